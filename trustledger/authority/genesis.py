"""Entry 0: the ledger's origin, its log keys and its operator (format v1, section 4, genesis and authority).

Whoever knows the leaf hash of entry 0 knows which ledger this is: every later statement names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from trustledger import chain, merkle
from trustledger.authority.changes import Placing, change_party, refuse_sealed
from trustledger.authority.ledgers import LedgerState, read_log_keys
from trustledger.authority.parties import PartyState
from trustledger.authority.state import LEDGER_KIND, PARTY_KIND
from trustledger.authority.writing import party_record_data
from trustledger.encoding import encode
from trustledger.errors import FormatError, NewerFormatError, SignatureError
from trustledger.keys import Signer, key_note, open_key_note
from trustledger.log import Entry, parse_entry
from trustledger.note import VerifierKey
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
from trustledger.subject import LEDGER, check_origin, check_party, party_subject

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

    @property
    def ledger(self) -> LedgerState:
        """What the ledger says of itself after entry 0: no policy stands yet."""
        return LedgerState(self.origin, self.log_keys)


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
    recovery: bytes | None = None,
) -> NewGenesis:
    """Make entry 0.

    Args:
        origin: The ledger's name, such as ``shop.example/ledger``.
        log_keys: Public keys of the log, named as the origin.
        operator: Signs entry 0 and is enrolled by it.
        name: What people call the operator.
        now: Milliseconds since 1970-01-01T00:00:00Z.
        statement_id: 16 random bytes.
        recovery: The self-signed note of a key that the operator keeps offline; it brings the operator back when the
            others are lost or stolen, and there is no other time at which it could be enrolled.

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
    read_log_keys(data["log_keys"], origin)
    notes = (key_note(operator),) if recovery is None else (key_note(operator), recovery)
    spare = () if recovery is None else (open_key_note(recovery),)
    enrolment = party_record_data(name, ("operator",), notes, recovery=spare)
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
    placing = Placing(0, entry.sequenced_at, (operator,), (), operator)
    state = change_party(None, operator, refuse_sealed(party), placing)
    _check_text(statement, origin, operator, list(records))
    verified: VerifiedStatement = check_signatures(signed, lambda _: state.key_ring())
    if not verified.keys or verified.recovering:
        raise SignatureError("genesis.operator", seen=operator, expected=operator)
    if any(one.key.public == log_key.public for one in state.keys for log_key in log_keys):
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
    return origin, check_party(data["operator"]), read_log_keys(data["log_keys"], origin)


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
