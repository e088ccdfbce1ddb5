"""Each question of the audit and the reader, broken alone: with keys where a lie needs them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from trustledger import Ledger
from trustledger.authority.writing import party_record_data
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.encoding import encode
from trustledger.errors import ForkError, SignatureError, VerificationError
from trustledger.keys import key_note
from trustledger.kinds import Kinds
from trustledger.ledger import tables
from trustledger.log import Annotation, parse_entry
from trustledger.statement import Seen
from trustledger.subject import party_subject

from .liar import entries_of, place_unasked, replace_log
from .story import FARM, LOT, OPERATOR, PRODUCT, inspection, signer, tell

PLAIN = [1, "observation", 1_790_000_000_000, [LOT, PRODUCT], {"step": "storing"}, {}, [], b""]


def codes(report) -> set[str]:
    return {fault.code for fault in report.faults}


def sign_log(story) -> None:
    """What an operator can do: sign whatever the log is now."""
    with story.store.snapshot() as snapshot:
        head = tables.StoreHead.unpack(snapshot.head)
    signed = sign_checkpoint(Checkpoint(story.card.origin, head.size, head.root), [story.log])
    story.put("checkpoints", tables.LATEST, signed)


def with_entry(story, index, change) -> None:
    entries = entries_of(story)
    entries[index] = change(parse_entry(entries[index])).encode()
    replace_log(story, entries)


def test_time_that_runs_backwards():
    story = tell(3)
    with_entry(story, 5, lambda entry: replace(entry, sequenced_at=entry.sequenced_at - 1_000_000))
    sign_log(story)
    assert "audit.time_backwards" in codes(story.audit())


def test_links_that_are_not_those_of_the_records():
    story = tell(3)
    with_entry(story, 5, lambda entry: replace(entry, links_root=bytes(32)))
    sign_log(story)
    assert "ledger.links_root" in codes(story.audit())


def test_a_head_index_that_the_chains_contradict():
    story = tell(3)
    index = next(n for n, raw in enumerate(entries_of(story)) if isinstance(parse_entry(raw), Annotation))
    with_entry(story, index, lambda entry: replace(entry, body=entry.body[:-1] + bytes([entry.body[-1] ^ 1])))
    sign_log(story)
    assert "audit.head_index" in codes(story.audit())


def test_a_checkpoint_of_this_size_with_another_root():
    story = tell(3)
    signed = sign_checkpoint(Checkpoint(story.card.origin, story.ledger.size, bytes(32)), [story.log])
    assert "audit.checkpoint_root" in codes(story.audit(since=signed))


def test_a_card_with_the_right_genesis_and_other_keys():
    story = tell(3)
    other = replace(story.card, log_keys=(signer(story.card.origin, 77).public,))
    assert codes(story.audit(trust=other)) == {"audit.card_differs"}


def test_a_statement_for_another_ledger_in_this_one():
    story = tell(3)
    place_unasked(story, [encode(PLAIN)], story.farm, genesis=bytes(32))
    assert "ledger.other_ledger" in codes(story.audit())


@pytest.mark.parametrize(("size", "root"), [(3, bytes(32)), (99, bytes(32))])
def test_a_seen_line_that_is_not_the_past(size, root):
    story = tell(3)
    place_unasked(story, [encode(PLAIN)], story.farm, seen=Seen(size, root))
    assert "ledger.seen" in codes(story.audit())


def correction(story, place, subjects):
    named = story.ledger.record(*place).record.hash.hex()
    said = {
        "reason": "did_not_occur",
        "supersedes": {"entry": place[0], "position": place[1], "record": named},
    }
    return encode([1, "correction", 1_790_000_000_000, subjects, said, {}, [], bytes(16)])


def test_corrections_that_correct_nothing_are_found():
    story = tell(3)
    place_unasked(story, [correction(story, (3, 0), [PRODUCT + "/10/LOT-0", PRODUCT])], story.lab)
    place_unasked(story, [correction(story, (3, 0), [PRODUCT + "/10/ELSE"])], story.farm)
    report = story.audit()
    assert report.ok
    assert {"audit.corrects_others_word", "audit.corrects_elsewhere"} <= {one.code for one in report.findings}


def test_an_enrolment_that_the_operators_key_did_not_sign():
    story = tell(3)
    thief, false = signer("https://thief.example/", 50), signer(OPERATOR, 51)
    data = party_record_data("Thief", (), (key_note(thief),))
    place_unasked(story, [encode([1, "party", 0, [party_subject(thief.party)], data, {}, [], b""])], false)
    with pytest.raises(SignatureError):
        Ledger(story.store, vault=story.vault).party(thief.party)
    assert "statement.key_not_active" in codes(story.audit())


def test_an_open_handle_is_not_led_onto_another_history():
    story = tell(3)
    assert story.ledger.party(FARM) is not None
    entries = entries_of(story)
    last = parse_entry(entries[-1])
    forked = replace(last, sequenced_at=last.sequenced_at + 1).encode()
    replace_log(story, [*entries[:-1], forked, Annotation(9, last.sequenced_at + 2, b"").encode()])
    with pytest.raises(VerificationError):
        _ = story.ledger.size


@pytest.mark.parametrize("beyond", [0, 5])
def test_nothing_is_appended_beside_a_checkpoint_of_another_log(beyond):
    story = tell(3)
    size = story.ledger.size
    signed = sign_checkpoint(Checkpoint(story.card.origin, size + beyond, bytes(32)), [story.log])
    story.put("checkpoints", tables.LATEST, signed)
    for seen in (True, False):
        with pytest.raises(ForkError):
            story.ledger.append(
                [Kinds.default().draft(inspection(LOT, "R-9", "0.019"))], signer=story.lab, seen=seen
            )
    assert story.ledger.size == size
