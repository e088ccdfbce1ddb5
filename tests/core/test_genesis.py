"""Entry 0: exactly two records, and each deviation is refused (format v1, section 4)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from trustledger import chain, merkle
from trustledger.authority.genesis import Genesis, make_genesis, read_genesis
from trustledger.encoding import decode, encode
from trustledger.errors import FormatError, NewerFormatError, PolicyError, SignatureError, TrustLedgerError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.log import Annotation, Entry, parse_entry
from trustledger.note import SignatureLine, VerifierKey, assemble
from trustledger.record import parse_record
from trustledger.statement import NO_GENESIS, Seen, Statement, records_root, sign_statement

ORIGIN, OPERATOR = "shop.example/ledger", "https://shop.example/operator"
operator = Ed25519Signer.from_seed(OPERATOR, b"\x01" * 32)
second = Ed25519Signer.from_seed(OPERATOR, b"\x02" * 32)
log = Ed25519Signer.from_seed(ORIGIN, b"\x03" * 32)
farm = Ed25519Signer.from_seed("https://farm.example/", b"\x04" * 32)

NEW = make_genesis(ORIGIN, (log.public,), operator, "Shop", now=1000, statement_id=bytes(16))
LEDGER_RECORD, PARTY_RECORD = (decode(raw) for raw in NEW.records)
STATEMENT = Statement(ORIGIN, NO_GENESIS, OPERATOR, (), 1000, bytes(16), None, 2, records_root(NEW.records))


def entry_of(
    records: list[bytes], statement: Statement = STATEMENT, signers: Any = (operator,), **changes: object
) -> bytes:
    """A well-made entry 0 over these records, whatever they are."""
    statement = (
        replace(statement, records=len(records), root=records_root(records))
        if statement is STATEMENT
        else statement
    )
    parsed = [parse_record(raw) for raw in records]
    links = chain.extend({}, 0, [(record.hash, record.subject_hashes) for record in parsed])
    entry = Entry(1000, sign_statement(statement, list(signers)).raw, len(links), merkle.root(links))
    return replace(entry, **changes).encode()


def read(ledger: list[Any] = LEDGER_RECORD, party: list[Any] = PARTY_RECORD, **options: Any) -> Genesis:
    records = [encode(ledger), encode(party)]
    return read_genesis(entry_of(records, **options), records)


def with_data(record: list[Any], **changes: Any) -> list[Any]:
    data = {key: value for key, value in {**record[4], **changes}.items() if value is not ...}
    return [*record[:4], data, *record[5:]]


def test_a_new_ledger():
    genesis = read_genesis(NEW.entry, NEW.records)
    assert genesis == read()
    assert genesis.hash == merkle.leaf_hash(NEW.entry)
    assert (genesis.origin, genesis.log_keys) == (ORIGIN, (log.public,))
    assert (genesis.operator.uri, genesis.operator.name, genesis.operator.roles) == (
        OPERATOR,
        "Shop",
        {"operator"},
    )
    assert genesis.operator.active_keys() == [operator.public]
    assert LEDGER_RECORD[4] == {
        "format": 1,
        "log_keys": [log.public.text],
        "operator": OPERATOR,
        "origin": ORIGIN,
    }


LATER = Ed25519Signer.from_seed(ORIGIN, b"\x05" * 32)


def test_several_log_keys_and_operator_keys_are_allowed():
    ledger = with_data(LEDGER_RECORD, log_keys=[log.public.text, LATER.public.text])
    party = with_data(PARTY_RECORD, keys=[key_note(operator).decode(), key_note(second).decode()])
    found = read(ledger, party, signers=(second,))
    assert len(found.log_keys) == len(found.operator.keys) == 2


@pytest.mark.parametrize(
    "ledger",
    [
        with_data(LEDGER_RECORD, format=0),
        with_data(LEDGER_RECORD, format=True),
        with_data(LEDGER_RECORD, format="1"),
        with_data(LEDGER_RECORD, format=...),
        with_data(LEDGER_RECORD, more=1),
        with_data(LEDGER_RECORD, operator=...),
        with_data(LEDGER_RECORD, operator="https://Shop.example/"),
        with_data(LEDGER_RECORD, operator=[OPERATOR]),
        with_data(LEDGER_RECORD, operator=None),
        with_data(LEDGER_RECORD, operator=farm.party),
        with_data(LEDGER_RECORD, origin="a b"),
        with_data(LEDGER_RECORD, origin=None),
        with_data(LEDGER_RECORD, origin="other.example/ledger"),
        with_data(LEDGER_RECORD, log_keys=...),
        with_data(LEDGER_RECORD, log_keys=[]),
        with_data(LEDGER_RECORD, log_keys=log.public.text),
        with_data(LEDGER_RECORD, log_keys=[log.public.text.encode()]),
        with_data(LEDGER_RECORD, log_keys=[log.public.text] * 2),
        with_data(LEDGER_RECORD, log_keys=["nonsense"]),
        with_data(LEDGER_RECORD, log_keys=[farm.public.text]),
        with_data(LEDGER_RECORD, log_keys=[VerifierKey(ORIGIN, 4, log.public.public).text]),
        with_data(LEDGER_RECORD, log_keys=[VerifierKey(ORIGIN, 1, operator.public.public).text]),
        [1, "party", *LEDGER_RECORD[2:]],
        [*LEDGER_RECORD[:3], ["trustledger:ledgers"], *LEDGER_RECORD[4:]],
        [*LEDGER_RECORD[:3], ["trustledger:ledger", "urn:x:a"], *LEDGER_RECORD[4:]],
        [*LEDGER_RECORD[:5], {"/policy": bytes(32)}, *LEDGER_RECORD[6:]],
    ],
    ids=lambda record: str(record)[:120],
)
def test_record_0_is_the_ledgers_own(ledger):
    with pytest.raises(FormatError):
        read(ledger)


@pytest.mark.parametrize(
    "party",
    [
        with_data(PARTY_RECORD, keys=...),
        with_data(PARTY_RECORD, keys=[]),
        with_data(PARTY_RECORD, keys=[key_note(farm).decode()]),
        with_data(PARTY_RECORD, keys=key_note(operator).decode()),
        with_data(PARTY_RECORD, keys=[operator.public.text]),
        with_data(PARTY_RECORD, keys=[key_note(second).decode()]),
        with_data(PARTY_RECORD, roles=...),
        with_data(PARTY_RECORD, roles=[]),
        with_data(PARTY_RECORD, roles=["producer"]),
        with_data(PARTY_RECORD, name=""),
        with_data(PARTY_RECORD, more=1),
        [1, "ledger", *PARTY_RECORD[2:]],
        [1, "inspection", *PARTY_RECORD[2:]],
        [*PARTY_RECORD[:3], ["trustledger:party/" + farm.party], *PARTY_RECORD[4:]],
        [*PARTY_RECORD[:3], [*PARTY_RECORD[3], "urn:x:a"], *PARTY_RECORD[4:]],
        [*PARTY_RECORD[:3], [OPERATOR], *PARTY_RECORD[4:]],
        [*PARTY_RECORD[:5], {"/revoked": bytes(32)}, *PARTY_RECORD[6:]],
    ],
    ids=lambda record: str(record)[:120],
)
def test_record_1_enrols_the_operator_and_the_key_that_signs(party):
    with pytest.raises((FormatError, PolicyError, SignatureError)):
        read(LEDGER_RECORD, party)


def test_the_operators_name_may_be_sealed():
    party = with_data(PARTY_RECORD, name=...)
    party[5] = {"/name": bytes(32)}
    assert read(LEDGER_RECORD, party).operator.name == OPERATOR


def test_a_log_key_is_no_partys_key():
    twin = Ed25519Signer.from_seed(ORIGIN, b"\x01" * 32)
    with pytest.raises(FormatError) as caught:
        make_genesis(ORIGIN, (twin.public,), operator, "Shop", now=0, statement_id=bytes(16))
    assert caught.value.code == "authority.log_key"


@pytest.mark.parametrize(
    ("changes", "signers"),
    [
        ({"origin": "other.example"}, (operator,)),
        ({"genesis": b"\x01" * 32}, (operator,)),
        ({"party": farm.party}, (farm,)),
        ({"cosigners": (farm.party,)}, (operator, farm)),
        ({"seen": Seen(1, bytes(32))}, (operator,)),
        ({"records": 3}, (operator,)),
        ({"root": bytes(32)}, (operator,)),
    ],
    ids=str,
)
def test_the_statement_is_exactly_the_operators(changes, signers):
    with pytest.raises(FormatError) as caught:
        read(statement=replace(STATEMENT, **changes), signers=signers)
    assert caught.value.code == "genesis.statement"


def test_it_is_signed_by_a_key_that_it_enrols_and_no_other():
    for signers in [(second,), (operator, second)]:
        with pytest.raises(SignatureError):
            read(signers=signers)
    text = STATEMENT.text()
    forged = assemble(text, [SignatureLine(OPERATOR, operator.public.key_id, bytes(64))])
    with pytest.raises(SignatureError):
        read_genesis(entry_of(list(NEW.records), note=forged), NEW.records)


def test_exactly_two_records():
    extra = encode([1, "inspection", 0, ["urn:x:a"], {}, {}, [], b""])
    for records in (
        [NEW.records[0]],
        [*NEW.records, extra],
        [NEW.records[1], NEW.records[0]],
        [NEW.records[0]] * 2,
    ):
        with pytest.raises(TrustLedgerError):
            read_genesis(entry_of(records), records)


@pytest.mark.parametrize("changes", [{"links": 1}, {"links": 3}, {"links_root": bytes(32)}], ids=str)
def test_its_links_are_those_of_its_records(changes):
    with pytest.raises(FormatError) as caught:
        read(**changes)
    assert caught.value.code == "genesis.links"


def test_records_other_than_those_it_is_about():
    other = encode(with_data(PARTY_RECORD, name="Somebody else"))
    with pytest.raises(FormatError):
        read_genesis(NEW.entry, [NEW.records[0], other])


def test_a_ledger_of_a_later_format_is_newer():
    with pytest.raises(NewerFormatError):
        read(with_data(LEDGER_RECORD, format=2, more=True))
    with pytest.raises(NewerFormatError):
        read([2, *LEDGER_RECORD[1:]])
    with pytest.raises(NewerFormatError):
        read_genesis(encode([64, 0]), NEW.records)


def test_an_annotation_is_no_genesis():
    with pytest.raises(FormatError):
        read_genesis(Annotation(2, 0, b"").encode(), NEW.records)
    assert isinstance(parse_entry(NEW.entry), Entry)


def test_a_withheld_record_is_no_genesis():
    from trustledger.record import withhold

    for records in (
        [withhold(parse_record(NEW.records[0])), NEW.records[1]],
        [NEW.records[0], withhold(parse_record(NEW.records[1]))],
    ):
        with pytest.raises(FormatError):
            read_genesis(NEW.entry, records)
