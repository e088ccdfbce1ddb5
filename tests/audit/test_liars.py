"""Lies told with the whole store in hand, some with keys too, and what the audit says to them."""

from __future__ import annotations

import pytest

from trustledger import Ledger
from trustledger.authority.writing import party_record_data
from trustledger.encoding import encode
from trustledger.errors import (
    ChainError,
    CorruptStoreError,
    FormatError,
    NewerFormatError,
    VerificationError,
)
from trustledger.keys import key_note
from trustledger.kinds import Kinds
from trustledger.ledger import tables
from trustledger.ledger.reader import Reader
from trustledger.record import Draft, parse_record, withhold
from trustledger.subject import LEDGER, party_subject

from .liar import entries_of, place_unasked, replace_log
from .story import FARM, LOT, OPERATOR, inspection, signer, tell

NEWER = [encode([64, 0]), encode([1, 1_790_000_900_000, b"trustledger/statement@v2\n", 1, bytes(32)])]


def codes(report) -> set[str]:
    return {fault.code for fault in report.faults}


@pytest.mark.parametrize("newer", NEWER)
def test_an_entry_that_calls_itself_newer_hides_nothing(newer):
    story = tell(3)
    checkpoint = story.ledger.checkpoint().note
    replace_log(story, [*entries_of(story)[:3], newer])
    report = story.audit(since=checkpoint)
    assert "audit.truncated" in codes(report)
    assert report.newer
    assert not report.ok


def test_a_newer_entry_in_the_middle_contradicts_the_checkpoint():
    story = tell(3)
    entries = entries_of(story)
    replace_log(story, [*entries[:4], NEWER[0], *entries[5:]])
    report = story.audit()
    assert "audit.checkpoint_root" in codes(report)


def test_after_a_newer_entry_records_are_still_checked():
    story = tell(3)
    entries = entries_of(story)
    replace_log(story, [*entries[:4], NEWER[0], *entries[5:]])
    with story.store.snapshot() as snapshot:
        key = tables.chunk_key(6, 0)
        bundle = snapshot.get("bundles", key)
    story.put("bundles", key, bundle[:-1] + bytes([bundle[-1] ^ 1]))
    assert any(fault.entry == 6 for fault in story.audit().faults)


def test_a_genuinely_newer_ledger_is_newer_and_not_broken():
    story = tell(3)
    replace_log(story, [*entries_of(story), NEWER[0]])
    with story.store.snapshot() as snapshot:
        head = tables.StoreHead.unpack(snapshot.head)
    from trustledger.checkpoint import Checkpoint, sign_checkpoint

    signed = sign_checkpoint(Checkpoint(story.card.origin, head.size, head.root), [story.log])
    story.put("checkpoints", tables.LATEST, signed)
    report = story.audit()
    assert report.faults == []
    assert report.newer
    assert not report.ok
    assert {"log.newer", "audit.blind"} <= {note.code for note in report.notes}


def test_another_first_entry_is_another_ledger_whatever_it_calls_itself():
    story = tell(3)
    replace_log(story, [NEWER[0]])
    assert codes(story.audit()) == {"audit.other_ledger"}


def test_a_newer_record_keeps_its_place_and_hides_nothing_behind_it():
    story = tell(3)
    entry = place_unasked(story, [encode([2, "inspection", 1_790_000_000_000, [LOT], {"a": 1}])], story.farm)
    story.ledger.append([Kinds.default().draft(inspection(LOT, "R-9", "0.019"))], signer=story.lab)
    report = story.audit()
    assert report.faults == []
    assert report.newer
    assert not report.ok
    with story.store.snapshot() as snapshot:
        key = tables.chunk_key(entry + 1, 0)
        bundle = snapshot.get("bundles", key)
    story.put("bundles", key, bundle.replace(b"0.019", b"0.001"))
    assert [fault.place for fault in story.audit().faults] == [f"{entry + 1}/0"]


def test_a_ledger_record_by_somebody_else_is_a_fault_and_not_news():
    story = tell(3)
    place_unasked(story, [encode([1, "ledger", 0, [LEDGER], {"format": 2}, {}, [], b""])], story.farm)
    assert "authority.not_operator" in codes(story.audit())


def test_a_withheld_record_of_the_ledger_itself_is_a_fault():
    story = tell(3)
    raw = encode([1, "ledger", 0, [LEDGER], {"format": 2}, {}, [], b""])
    entry = place_unasked(story, [raw], story.operator)
    assert story.audit().newer
    stand_in = withhold(parse_record(raw))
    story.put("bundles", tables.chunk_key(entry, 0), tables.pack_bundle([stand_in]))
    assert "audit.withheld_authority" in codes(story.audit())


@pytest.mark.parametrize("depth", [511, 512, 600, 1023, 1030])
def test_nesting_that_no_encoder_follows_is_a_fault(depth):
    story = tell(3)
    story.put(
        "bundles", tables.chunk_key(3, 0), tables.pack_bundle([b"\x92\x01" + b"\x91" * depth + b"\x01"])
    )
    assert story.audit().faults


def test_chunks_of_another_size_are_a_fault_to_reader_and_audit_alike():
    story = tell(130)
    with story.store.snapshot() as snapshot:
        raws = [
            raw
            for n in range(3)
            for raw in tables.unpack_bundle(snapshot.get("bundles", tables.chunk_key(3, n)))
        ]
    for number, (start, stop) in enumerate(((0, 60), (60, 128), (128, 130))):
        story.put("bundles", tables.chunk_key(3, number), tables.pack_bundle(raws[start:stop]))
    assert "ledger.record_count" in codes(story.audit())
    with story.store.snapshot() as snapshot, pytest.raises(ChainError):
        Reader(snapshot).record(3, 0)


def test_a_log_cut_off_together_with_its_checkpoint_is_a_fault():
    story = tell(3)
    replace_log(story, entries_of(story)[:3])
    story.put("checkpoints", tables.LATEST, None)
    assert "audit.no_checkpoint" in codes(story.audit())


@pytest.mark.parametrize("keep_checkpoint", [True, False])
def test_nothing_is_built_on_a_log_that_was_cut_off(keep_checkpoint):
    story = tell(3)
    ledger = Ledger(story.store, vault=story.vault, log_signers=[story.log])
    replace_log(story, entries_of(story)[:4])
    if not keep_checkpoint:
        story.put("checkpoints", tables.LATEST, None)
    fresh = Ledger(story.store, vault=story.vault, log_signers=[story.log])
    draft = Kinds.default().draft(inspection(LOT, "R-9", "0.019"))
    for handle in (ledger, fresh):
        for seen in (True, False):
            with pytest.raises((VerificationError, CorruptStoreError)):
                handle.append([draft], signer=story.lab, seen=seen)
    with story.store.snapshot() as snapshot:
        assert tables.StoreHead.unpack(snapshot.head).size == 4


def test_parties_who_cosign_each_others_records_can_be_read_again():
    story = tell(3)
    second = signer(OPERATOR, 11)

    def said(uri, **data):
        return Draft("party", 1_790_000_000_000, (party_subject(uri),), party_record_data(**data))

    story.ledger.append([said(OPERATOR, name="Shop 2")], signer=story.farm, cosigners=[story.operator])
    story.ledger.enrol(OPERATOR, operator=story.operator, key_note=key_note(second))
    story.ledger.append([said(FARM, name="Farm 2")], signer=second)
    assert story.audit().ok
    again = Ledger(story.store, vault=story.vault)
    assert again.party(FARM).name == "Farm 2"
    assert [key.public for key in again.party(OPERATOR).active_keys()] == [
        story.operator.public.public,
        second.public.public,
    ]


def test_a_long_row_of_parties_who_cosign_the_next_can_be_read_again():
    story = tell(3)
    before = story.farm
    for number in range(120):
        new = signer(f"https://p{number}.example/", 20 + number)
        data = party_record_data(name=f"P{number}", roles=(), key_notes=(key_note(new),))
        draft = Draft("party", 1_790_000_000_000, (party_subject(new.party),), data)
        story.ledger.append([draft], signer=before, cosigners=[story.operator])
        before = new
    again = Ledger(story.store, vault=story.vault)
    assert again.party(before.party).name == "P119"


def test_a_subject_in_another_spelling_is_an_error_and_not_an_empty_chain():
    story = tell(3)
    for uri in ("https://ID.gs1.org/01/09506000134352", "https://farm.example/lot/批号"):
        with pytest.raises(FormatError):
            list(story.ledger.chain(uri))


def test_a_newer_first_entry_cannot_be_opened():
    story = tell(3)
    replace_log(story, [NEWER[0]])
    with pytest.raises(NewerFormatError):
        Ledger(story.store, vault=story.vault)
