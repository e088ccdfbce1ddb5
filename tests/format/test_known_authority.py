"""docs/format-authority.md quotes every change of authority: the library makes it, a stranger checks it, a liar is caught."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import stranger
from known_authority import GUEST, LAB, OPERATOR, ORDER, POLICY, SHOP, Governed, signer
from test_known_answers import quoted_in

from trustledger.authority.changes import Placing
from trustledger.authority.genesis import read_genesis
from trustledger.authority.state import Authority, apply_records, names_reserved
from trustledger.checkpoint import verify_checkpoint
from trustledger.errors import SignatureError
from trustledger.log import Entry, parse_entry
from trustledger.record import parse_record
from trustledger.statement import check_signatures, parse_statement

PAGE = Path(__file__).resolve().parents[2] / "docs" / "format-authority.md"
QUOTED = quoted_in(PAGE)
GOVERNED = Governed()
ANSWERS = GOVERNED.answers()
SIZE = 9
STRANGE = (stranger.Fault, ValueError, TypeError, LookupError, AttributeError)


@pytest.mark.parametrize("name", sorted(ANSWERS.keys() | QUOTED.keys()))
def test_the_page_quotes_what_the_library_makes(name):
    assert QUOTED.get(name) == ANSWERS.get(name)


def entries() -> list[bytes]:
    return [bytes.fromhex(QUOTED[f"a.entry.{number}"]) for number in range(SIZE)]


def bundles() -> dict[int, list[bytes]]:
    pattern = re.compile(r"a\.record\.(\d+)\.(\d+)")
    found: dict[int, list[bytes]] = {number: [] for number in range(SIZE)}
    for name in sorted(QUOTED):
        if match := pattern.fullmatch(name):
            found[int(match[1])].append(bytes.fromhex(QUOTED[name]))
    return found


def test_a_stranger_accepts_the_ledger():
    ledger = stranger.check_ledger(entries(), bundles(), QUOTED["a.checkpoint"].encode())
    assert stranger.tree(ledger.leaves) == bytes.fromhex(QUOTED["a.root"])
    assert ledger.policy == POLICY
    assert ledger.guests.keys() == {GUEST}
    assert ledger.guests[GUEST][0] == ORDER
    active = {key for key in ledger.keys if key not in ledger.ended}
    assert {name for name, _ in active} == {OPERATOR, SHOP, GUEST}
    assert len([key for key in active if key[0] == OPERATOR]) == 3
    assert [(name, entry) for (name, _), entry in ledger.ended.items()] == [
        (LAB, 3), (LAB, 6), (OPERATOR, 7), (OPERATOR, 7),
    ]  # fmt: skip


def test_the_library_folds_the_same_state_from_the_quoted_bytes():
    raws = bundles()
    genesis = read_genesis(entries()[0], raws[0])
    view = Authority(genesis.operator, genesis.ledger)
    for index, raw in enumerate(entries()[1:], 1):
        entry = parse_entry(raw)
        assert isinstance(entry, Entry)
        verified = check_signatures(parse_statement(entry.note), view.key_ring)
        assert bool(verified.recovering) == (index == 7)
        placing = Placing(index, entry.sequenced_at, verified.statement.signers, verified.keys, OPERATOR)
        records = [parse_record(one) for one in raws[index]]
        view.apply(
            apply_records(view, placing, {n: one for n, one in enumerate(records) if names_reserved(one)})
        )
    lab, shop, guest = (view.party(uri) for uri in (LAB, SHOP, GUEST))
    assert lab is not None and shop is not None and guest is not None  # noqa: PT018
    assert [one.revoked and one.revoked.reason for one in lab.keys] == ["superseded", "compromised"]
    assert lab.keys[1].revoked is not None
    assert lab.keys[1].revoked.since == 1_790_000_003_500
    assert (lab.owner, lab.identities[0].value) == ("https://group.example/", "91350100M000100Y43")
    assert lab.scopes is not None
    assert lab.scopes[0].parameters == {"cadmium", "lead"}
    assert lab.accreditations[0].covers("lead", 1_790_000_000_000)
    assert shop.keys[0].custody == OPERATOR
    assert guest.guest is not None
    assert guest.guest.order == ORDER
    operator = view.party(OPERATOR)
    assert operator is not None
    assert operator.key_ring().keys == tuple(one.public for one in GOVERNED.fresh)
    assert operator.key_ring().recovery == (GOVERNED.recovery.public,)
    assert operator.threshold == 2
    assert view.ledger.policy is not None
    assert view.ledger.policy.text == POLICY
    signed = verify_checkpoint(QUOTED["a.checkpoint"].encode(), genesis.origin, view.ledger.log_keys)
    assert len(signed.signed_by) == 2


def test_before_the_change_the_next_log_key_signs_nothing():
    with pytest.raises(SignatureError):
        verify_checkpoint(
            QUOTED["a.checkpoint"].encode(),
            GOVERNED.genesis.origin,
            [signer("shop.example/ledger", 14).public],
        )


@pytest.mark.parametrize("number", range(1, SIZE))
def test_a_stranger_refuses_any_changed_bit(number):
    source = random.Random(number)
    for _ in range(25):
        changed, records = entries(), bundles()
        if source.randrange(2):
            at = source.randrange(len(changed[number]))
            changed[number] = _flip(changed[number], at, source)
        else:
            raw = records[number][0]
            records[number][0] = _flip(raw, source.randrange(len(raw)), source)
        with pytest.raises(STRANGE):
            stranger.check_ledger(changed, records, QUOTED["a.checkpoint"].encode())


def _flip(raw: bytes, at: int, source: random.Random) -> bytes:
    return raw[:at] + bytes([raw[at] ^ 1 << source.randrange(8)]) + raw[at + 1 :]
