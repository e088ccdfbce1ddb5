"""The fold over authority records (docs/format.md, "Order of evaluation"): what one changes, and the whole state.

An authority record stands on subjects of scheme ``trustledger`` and is read from their chains alone. Its data may hold
only the fields known here: a field that a later version adds could take a right away, so a checker that does
not know it must not go on as if it were not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol

from trustledger.authority.changes import (
    Placing,
    change_keys,
    change_party,
    enrol_guest,
    guest_of,
    refuse_sealed,
)
from trustledger.authority.ledgers import LedgerState, change_log_keys, change_policy
from trustledger.authority.parties import PartyState
from trustledger.encoding import MIN_TIME, format_time
from trustledger.errors import FormatError, NewerFormatError, PolicyError
from trustledger.note import VerifierKey
from trustledger.record import NewerRecord, Record, StoredRecord, Withheld
from trustledger.statement import NO_KEYS, KeyRing
from trustledger.subject import LEDGER, PARTY_PREFIX, RESERVED, check_party

LEDGER_KIND: Final = "ledger"
POLICY_KIND: Final = "policy"
PARTY_KIND: Final = "party"
KEY_KIND: Final = "key"
ORDER_KIND: Final = "order"
AUTHORITY_KINDS: Final = frozenset({LEDGER_KIND, POLICY_KIND, PARTY_KIND, KEY_KIND})
"""Kinds that say nothing but who may say what. An ``order`` that names a guest is read beside them."""
_DAY: Final = 86_400_000
SELF_REVOCATION: Final = 30 * _DAY
"""How far back a party may date "compromised since" without the operator, in ms, as long as no policy says so."""


class AuthorityView(Protocol):
    """State before an entry, wherever it is kept: in memory during an audit, in the store during an append."""

    @property
    def operator(self) -> str:
        """URI of the operator."""

    @property
    def ledger(self) -> LedgerState:
        """The log's keys and the policy."""

    def party(self, uri: str) -> PartyState | None:
        """A party's state, or None if it is not enrolled."""

    def holder(self, key: VerifierKey) -> str | None:
        """Who holds this public key, or a key of this name and ID, or held it once; None if nobody did."""


@dataclass(slots=True)
class Changes:
    """What the authority records of one statement change.

    Attributes:
        parties: The states of the parties that changed, as they are after the entry.
        ledger: The ledger's own state, if it changed.
    """

    parties: dict[str, PartyState] = field(default_factory=dict)
    ledger: LedgerState | None = None


def apply_records(view: AuthorityView, placing: Placing, records: Mapping[int, StoredRecord]) -> Changes:
    """What the authority records of one statement change.

    Args:
        view: State before the entry; the statement's own records grant nothing to it.
        placing: Where it stands, and who signed it.
        records: The records that are of an authority kind or name a reserved subject, by position.

    Raises:
        PolicyError: Not theirs to say, or a key that stands already.
        NewerFormatError: A later version's record, kind of change or field.
        FormatError: Data that the kind does not allow.
    """
    changes = Changes()
    taken: list[VerifierKey] = []
    for position, record in records.items():
        try:
            said = authority_record(record, placing, position)
            if said.subjects == (LEDGER,):
                changes.ledger = change_ledger(changes.ledger or view.ledger, said, placing)
                _check_log_keys(view, changes.ledger, taken)
            else:
                uri = party_of(said)
                before = changes.parties.get(uri) or view.party(uri)
                after = change_state(before, uri, said, placing)
                _check_reach(view, before, after, placing)
                ledger = changes.ledger or view.ledger
                for enrolled in after.keys[len(before.keys) if before else 0 :]:
                    _check_new_key(view, ledger, enrolled.key, taken)
                    taken.append(enrolled.key)
                changes.parties[uri] = after
        except (PolicyError, FormatError) as error:
            error.facts.setdefault("position", position)
            raise
    return changes


def authority_record(record: StoredRecord, placing: Placing, position: int) -> Record:
    """A record that may change authority, as far as its shape says.

    Raises:
        NewerFormatError: A later version's record.
        PolicyError: It is not of such a kind, or erased.
    """
    if isinstance(record, NewerRecord):
        if not placing.by_operator:
            raise PolicyError("authority.not_operator", seen=placing.signers[0], expected=placing.operator)
        raise NewerFormatError("record.newer", seen=record.version, expected=1)
    if not isinstance(record, Record) or record.kind not in AUTHORITY_KINDS | {ORDER_KIND}:
        named = ", ".join(record.subjects) if isinstance(record, Record) else "a withheld record"
        raise PolicyError("authority.reserved_subject", position=position, seen=named)
    return record


def party_of(record: Record) -> str:
    """The party that an authority record is about.

    Raises:
        FormatError: It does not stand on exactly one party; an order, not on exactly one guest beside its own subjects.
    """
    if record.kind == ORDER_KIND:
        return guest_of(record)
    subject = record.subjects[0]
    if len(record.subjects) != 1 or not subject.startswith(PARTY_PREFIX):
        raise FormatError("authority.subject", seen=", ".join(record.subjects))
    return check_party(subject[len(PARTY_PREFIX) :])


def change_state(before: PartyState | None, uri: str, record: Record, placing: Placing) -> PartyState:
    """One step of the fold: a party's state after one more record of its chain.

    Raises:
        PolicyError: Not theirs to say.
        FormatError: Data that the kind does not allow.
        NewerFormatError: A field this version does not know.
    """
    if record.kind == ORDER_KIND:
        return enrol_guest(before, uri, record, placing)
    if record.kind == KEY_KIND:
        if not placing.by_operator and uri not in placing.signers:
            raise PolicyError("authority.not_its_key", seen=placing.signers[0], expected=uri)
        return change_keys(before, uri, refuse_sealed(record), placing)
    if not placing.by_operator:  # first: what is newer than we know must not excuse who says it
        raise PolicyError("authority.not_operator", seen=placing.signers[0], expected=placing.operator)
    if record.kind != PARTY_KIND:
        raise FormatError("authority.subject", seen=", ".join(record.subjects))
    return change_party(before, uri, refuse_sealed(record), placing)


def change_ledger(before: LedgerState, record: Record, placing: Placing) -> LedgerState:
    """One step of the fold: the ledger's own state after one more record of its chain.

    Raises:
        PolicyError: Not signed by the operator, or a log key that was retired.
        FormatError: Data that the kind does not allow.
        NewerFormatError: A field, kind or policy this version does not know.
    """
    if not placing.by_operator:
        raise PolicyError("authority.not_operator", seen=placing.signers[0], expected=placing.operator)
    if record.kind == POLICY_KIND:
        return change_policy(before, refuse_sealed(record), placing.entry)
    if record.kind != LEDGER_KIND:
        raise FormatError("authority.subject", seen=", ".join(record.subjects))
    return change_log_keys(before, refuse_sealed(record), placing.entry)


def names_reserved(record: StoredRecord) -> bool:
    """Whether a record is of an authority kind or names a subject of the ledger's own.

    Of a withheld record only hashes are left. Authority records are never withheld, and a chain of the ledger's own
    with a withheld record in it does not verify, because that record's subject is not known to be one.
    """
    if isinstance(record, Withheld):
        return False
    return record.kind in AUTHORITY_KINDS or any(uri.startswith(RESERVED) for uri in record.subjects)


def _check_reach(view: AuthorityView, before: PartyState | None, after: PartyState, placing: Placing) -> None:
    """A party alone may not reach far back: it could disown what it regrets, a month after it was shipped."""
    if placing.by_operator or before is None:
        return
    policy = view.ledger.policy
    reach = SELF_REVOCATION if policy is None else policy.self_revocation_days * _DAY
    for old, new in zip(before.keys, after.keys, strict=False):
        ended = new.revoked if new.revoked != old.revoked else None
        if ended is not None and ended.since is not None and ended.since < placing.at - reach:
            raise PolicyError(
                "authority.reach",
                seen=format_time(ended.since),
                first=format_time(max(placing.at - reach, MIN_TIME)),
                expected=placing.operator,
            )


def _check_new_key(
    view: AuthorityView, ledger: LedgerState, key: VerifierKey, taken: list[VerifierKey]
) -> None:
    """A public key, and a (name, key ID), stand at most once in a ledger; a log key is no party's key."""
    same = [
        one for one in taken if one.public == key.public or (one.name, one.key_id) == (key.name, key.key_id)
    ]
    holder = view.holder(key) or (same[0].name if same else None)
    if holder is not None:
        raise PolicyError("authority.key_enrolled", seen=key.text, holder=holder)
    if ledger.ever_log_key(key):
        raise PolicyError("authority.log_key", seen=key.text)


def _check_log_keys(view: AuthorityView, ledger: LedgerState, taken: list[VerifierKey]) -> None:
    """The other way about: what signs for a party never signs for the log."""
    for key in ledger.log_keys:
        same = [one for one in taken if one.public == key.public]
        if view.holder(key) is not None or same:
            raise PolicyError("authority.log_key", seen=key.text)


class Authority:
    """State of the whole ledger in memory, as an audit folds it."""

    def __init__(self, operator: PartyState, ledger: LedgerState) -> None:
        self._operator = operator.uri
        self._ledger = ledger
        self._parties: dict[str, PartyState] = {}
        self._rings: dict[str, KeyRing] = {}
        self._publics: dict[bytes, str] = {}
        self._ids: dict[tuple[str, bytes], str] = {}
        self.apply(Changes({operator.uri: operator}))

    @property
    def operator(self) -> str:
        """URI of the operator."""
        return self._operator

    @property
    def ledger(self) -> LedgerState:
        """The log's keys and the policy."""
        return self._ledger

    def party(self, uri: str) -> PartyState | None:
        """A party's state, or None if it is not enrolled."""
        return self._parties.get(uri)

    def parties(self) -> list[PartyState]:
        """All parties, in the order in which they were enrolled; guests among them."""
        return list(self._parties.values())

    def holder(self, key: VerifierKey) -> str | None:
        """Who holds this public key, or a key of this name and ID, or held it once."""
        return self._publics.get(key.public) or self._ids.get((key.name, key.key_id))

    def key_ring(self, uri: str) -> KeyRing:
        """The keys that may sign for a party now; none if it is not enrolled."""
        return self._rings.get(uri, NO_KEYS)

    def apply(self, changes: Changes) -> None:
        """Take over what `apply_records` found."""
        if changes.ledger is not None:
            self._ledger = changes.ledger
        for uri, state in changes.parties.items():
            self._parties[uri] = state
            self._rings[uri] = state.key_ring()
            for enrolled in state.keys:
                self._publics[enrolled.key.public] = uri
                self._ids[enrolled.key.name, enrolled.key.key_id] = uri
