"""What entry 0 leaves behind to the byte, with and without a key that is kept offline (docs/format.md, "Genesis")."""

from __future__ import annotations

import pytest

from trustledger import chain, merkle
from trustledger.authority.genesis import NewGenesis, make_genesis, read_genesis
from trustledger.authority.ledgers import LedgerState
from trustledger.authority.parties import EnrolledKey, PartyState
from trustledger.encoding import decode
from trustledger.errors import SignatureError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.log import Entry
from trustledger.record import parse_record
from trustledger.statement import NO_GENESIS, Statement, records_root, sign_statement

ORIGIN, OPERATOR = "shop.example/ledger", "https://shop.example/operator"
operator, spare = (Ed25519Signer.from_seed(OPERATOR, bytes([number]) * 32) for number in (1, 2))
log = Ed25519Signer.from_seed(ORIGIN, b"\x03" * 32)


def made(recovery: bytes | None) -> NewGenesis:
    return make_genesis(
        ORIGIN, (log.public,), operator, "Shop", now=1000, statement_id=bytes(16), recovery=recovery
    )


@pytest.mark.parametrize("offline", [None, key_note(spare)], ids=["one key", "and one offline"])
def test_the_state_after_entry_0(offline: bytes | None) -> None:
    new = made(offline)
    genesis = read_genesis(new.entry, new.records)
    keys = [EnrolledKey(operator.public, 0, 1000, OPERATOR)]
    if offline:
        keys.append(EnrolledKey(spare.public, 0, 1000, OPERATOR, recovery=True))
    assert genesis.operator == PartyState(OPERATOR, "Shop", frozenset({"operator"}), tuple(keys), 0, 0)
    assert genesis.ledger == LedgerState(ORIGIN, (log.public,))
    notes = [key_note(operator).decode(), key_note(spare).decode()]
    data = {"keys": notes[: len(keys)], "name": "Shop", "roles": ["operator"]}
    if offline:
        data["recovery"] = [spare.public.text]
    assert decode(new.records[1])[4] == data


def entry_by(new: NewGenesis, signer: Ed25519Signer) -> bytes:
    """Entry 0 over the same records, signed by another of its keys."""
    records = list(new.records)
    statement = Statement(ORIGIN, NO_GENESIS, OPERATOR, (), 1000, bytes(16), None, 2, records_root(records))
    parsed = [parse_record(raw) for raw in records]
    links = chain.extend({}, 0, [(record.hash, record.subject_hashes) for record in parsed])
    return Entry(1000, sign_statement(statement, [signer]).raw, len(links), merkle.root(links)).encode()


def test_a_key_kept_offline_begins_no_ledger() -> None:
    """It brings its party back, and says nothing else; least of all that the party exists."""
    new = made(key_note(spare))
    assert entry_by(new, operator) == new.entry
    with pytest.raises(SignatureError) as caught:
        read_genesis(entry_by(new, spare), new.records)
    assert caught.value.code == "genesis.operator"
