"""Entry 0: the ledger's origin, its log keys and its operator (format v1, section 4, genesis and authority).

Whoever knows the leaf hash of entry 0 knows which ledger this is: every later statement names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from trustledger import chain, merkle
from trustledger.authority.state import (
    LEDGER_KIND,
    PARTY_KIND,
    PartyState,
    party_data,
    party_record_data,
    party_subject,
    step,
)
from trustledger.encoding import encode
from trustledger.errors import FormatError, NewerFormatError, SignatureError
from trustledger.keys import Signer, key_note
from trustledger.log import Entry, parse_entry
from trustledger.note import ED25519, VerifierKey, parse_vkey
from trustledger.record import Record, parse_record, refuse_newer
from trustledger.statement import (
    NO_GENESIS,
    Statement,
    VerifiedStatement,
    check_signatures,
    parse_statement,
    records_root,
    sign_statement,
)
from trustledger.subject import LEDGER, check_origin, check_party

FORMAT: Final = 1
_FIELDS: Final = {"format", "log_keys", "operator", "origin"}


@dataclass(frozen=True, slots=True)
class Genesis:
    """What entry 0 establishes.

    Attributes:
        hash: Leaf hash of entry 0: the ledger's identity.
        origin: The ledger's name, and the name of its log keys.
        log_keys: The keys that sign checkpoints.
        operator: The operator's state after entry 0.
    """

    hash: bytes
    origin: str
    log_keys: tuple[VerifierKey, ...]
    operator: PartyState


@dataclass(frozen=True, slots=True)
class NewGenesis:
    """Entry 0 in the making: its bytes and its records' bytes."""

    entry: bytes
    records: tuple[bytes, bytes]


def make_genesis(  # noqa: PLR0913  (what entry 0 is made of)
    origin: str,
    log_keys: tuple[VerifierKey, ...],
    operator: Signer,
    name: str,
    *,
    now: int,
    statement_id: bytes,
) -> NewGenesis:
    """Make entry 0.

    Args:
        origin: The ledger's name, such as ``shop.example/ledger``.
        log_keys: Public keys of the log, named as the origin.
        operator: Signs entry 0 and is enrolled by it.
        name: What people call the operator.
        now: Milliseconds since 1970-01-01T00:00:00Z.
        statement_id: 16 random bytes.

    Raises:
        FormatError: A name or key that the format does not allow.
    """
    check_origin(origin)
    check_party(operator.party)
    data = {
        "format": FORMAT,
        "log_keys": [key.text for key in log_keys],
        "operator": operator.party,
        "origin": origin,
    }
    _read_log_keys(data["log_keys"], origin)
    enrolment = party_record_data(name, ("operator",), (key_note(operator),))
    records = (
        encode([1, LEDGER_KIND, now, [LEDGER], data, {}, [], b""]),
        encode([1, PARTY_KIND, now, [party_subject(operator.party)], enrolment, {}, [], b""]),
    )
    statement = Statement(
        origin, NO_GENESIS, operator.party, (), now, statement_id, None, len(records), records_root(records)
    )
    note = sign_statement(statement, [operator]).raw
    links = _links(records)
    entry = Entry(now, note, len(links), merkle.root(links)).encode()
    read_genesis(entry, records)
    return NewGenesis(entry, records)


def read_genesis(entry_raw: bytes, records: tuple[bytes, ...] | list[bytes]) -> Genesis:
    """Check entry 0 and its records to the byte.

    Raises:
        NewerFormatError: A ledger of a later format.
        FormatError: Not exactly the two records that section 4 asks for.
        SignatureError: Not signed by the key that it enrols.
    """
    entry = parse_entry(entry_raw)
    if not isinstance(entry, Entry) or len(records) != 2:
        raise FormatError("genesis.shape", seen=len(records))
    signed = parse_statement(entry.note)
    statement = signed.statement
    ledger, party = (refuse_newer(parse_record(raw)) for raw in records)
    if not isinstance(ledger, Record) or not isinstance(party, Record):
        raise FormatError("genesis.shape", seen=len(records))
    origin, operator, log_keys = _read_ledger(ledger)
    if party.kind != PARTY_KIND or party.subjects != (party_subject(operator),):
        raise FormatError("genesis.operator", seen=", ".join(party.subjects), expected=operator)
    state = step(None, operator, party_data(party), 0)
    _check_text(statement, origin, operator, list(records))
    verified: VerifiedStatement = check_signatures(signed, lambda _: state.active_keys())
    if not verified.keys or "operator" not in state.roles:
        raise SignatureError("genesis.operator", seen=operator, expected=operator)
    if any(key.public == log_key.public for key in state.active_keys() for log_key in log_keys):
        raise FormatError("authority.log_key", seen=operator)
    links = _links(records)
    if (entry.links, entry.links_root) != (len(links), merkle.root(links)):
        raise FormatError("genesis.links")
    return Genesis(merkle.leaf_hash(entry_raw), origin, log_keys, state)


def _read_ledger(record: Record) -> tuple[str, str, tuple[VerifierKey, ...]]:
    data: dict[str, Any] = record.data
    if record.kind != LEDGER_KIND or record.subjects != (LEDGER,):
        raise FormatError("genesis.ledger_record", seen=record.kind)
    if type(data.get("format")) is int and data["format"] > FORMAT:
        raise NewerFormatError("genesis.newer", seen=data["format"], expected=FORMAT)
    if set(data) != _FIELDS or type(data["format"]) is not int or data["format"] != FORMAT or record.sealed:
        raise FormatError("genesis.ledger_record", seen=", ".join(data))
    origin = check_origin(data["origin"])
    return origin, check_party(data["operator"]), _read_log_keys(data["log_keys"], origin)


def _read_log_keys(texts: Any, origin: str) -> tuple[VerifierKey, ...]:
    if type(texts) is not list or not texts or not all(type(text) is str for text in texts):
        raise FormatError("genesis.log_keys", seen=type(texts).__name__)
    keys = tuple(parse_vkey(text) for text in texts)
    if any(key.type != ED25519 or key.name != origin for key in keys) or len(set(keys)) != len(keys):
        raise FormatError("genesis.log_keys", seen=", ".join(texts))
    return keys


def _check_text(statement: Statement, origin: str, operator: str, records: list[bytes]) -> None:
    right = (
        statement.origin == origin
        and statement.genesis == NO_GENESIS
        and statement.signers == (operator,)
        and statement.seen is None
        and (statement.records, statement.root) == (len(records), records_root(records))
    )
    if not right:
        raise FormatError("genesis.statement", seen=statement.party)


def _links(records: tuple[bytes, ...] | list[bytes]) -> list[bytes]:
    parsed = [parse_record(raw) for raw in records]
    return chain.extend({}, 0, [(record.hash, record.subject_hashes) for record in parsed])
