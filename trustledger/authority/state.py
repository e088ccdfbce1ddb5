"""Parties and their keys as a fold over authority records (docs/format.md, "Data of the authority kinds").

An authority record stands on exactly one subject of scheme ``trustledger`` and is signed by the operator. Its data may
hold only the fields known here: a field that a later version adds could take a right away, so a checker that does
not know it must not go on as if it were not there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from trustledger.errors import FormatError, NewerFormatError, PolicyError
from trustledger.keys import open_key_note
from trustledger.note import ED25519, VerifierKey, parse_note, parse_vkey
from trustledger.record import NewerRecord, Record, StoredRecord, Withheld
from trustledger.subject import LEDGER, PARTY_PREFIX, RESERVED, check_party, party_subject

LEDGER_KIND: Final = "ledger"
PARTY_KIND: Final = "party"
AUTHORITY_KINDS: Final = frozenset({LEDGER_KIND, PARTY_KIND})
ROLES: Final = (
    "brand-owner",
    "carrier",
    "inspector",
    "insurer",
    "merchant",
    "operator",
    "platform",
    "processor",
    "producer",
)
MAX_NAME: Final = 255
MAX_KEYS: Final = 64
"""Keys a party may ever have; bounds what a signature check has to look at."""
MAX_KEY_NOTE: Final = 16_384
KEY_HEADER: Final = "trustledger/key@v1\n"
_ANY_KEY_HEADER: Final = "trustledger/key@"
_SEALABLE: Final = frozenset({"/name"})
"""What may be sealed in a ``party`` record: what is personal, and nothing that grants or takes a right."""
_UNFIT: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
"""What a name may not hold: control characters, line ends, and what turns the direction of writing. A fixed list,
because two checkers with different versions of Unicode must agree on who is enrolled."""
_PARTY_FIELDS: Final = frozenset({"keys", "name", "roles"})


@dataclass(frozen=True, slots=True)
class EnrolledKey:
    """A key, and the index of the entry that enrolled it: it signs from the entry after that on."""

    key: VerifierKey
    entry: int


@dataclass(frozen=True, slots=True)
class PartyState:
    """What the ledger knows about a party at some place of the log.

    Attributes:
        uri: The party's URI.
        name: What people call it; the operator's word for it.
        roles: Role names as in `ROLES`.
        keys: Every key enrolled so far, in order.
        entry: Index of the entry that enrolled the party.
        changed: Index of the entry that changed it last: this is the state after that entry.
    """

    uri: str
    name: str
    roles: frozenset[str]
    keys: tuple[EnrolledKey, ...]
    entry: int
    changed: int

    def active_keys(self) -> list[VerifierKey]:
        """The keys that may sign for this party now."""
        return [enrolled.key for enrolled in self.keys]


class AuthorityView(Protocol):
    """State before an entry, wherever it is kept: in memory during an audit, in the store during an append."""

    @property
    def operator(self) -> str:
        """URI of the operator."""

    @property
    def log_keys(self) -> tuple[VerifierKey, ...]:
        """The log's keys."""

    def party(self, uri: str) -> PartyState | None:
        """A party's state, or None if it is not enrolled."""

    def holder(self, key: VerifierKey) -> str | None:
        """Who holds this public key, or a key of this name and ID; None if nobody does."""


def apply_records(
    view: AuthorityView, signers: tuple[str, ...], entry: int, records: Mapping[int, StoredRecord]
) -> dict[str, PartyState]:
    """What the authority records of one statement change.

    Args:
        view: State before the entry; the statement's own records grant nothing to it.
        signers: Who signed the statement.
        entry: Index of the entry.
        records: The records that are of an authority kind or name a reserved subject, by position.

    Returns:
        The states of the parties that changed, as they are after the entry.

    Raises:
        PolicyError: Not the operator's to say, or a key that stands already.
        NewerFormatError: A later version's record, kind of change or field.
        FormatError: Data that the kind does not allow.
    """
    changed: dict[str, PartyState] = {}
    taken: list[VerifierKey] = []
    for position, record in records.items():
        if view.operator not in signers:  # first: what is newer than we know must not excuse who says it
            raise PolicyError(
                "authority.not_operator", seen=signers[0], expected=view.operator, position=position
            )
        uri, data = authority_data(record, position)
        before = changed.get(uri) or view.party(uri)
        after = step(before, uri, data, entry)
        for enrolled in after.keys[len(before.keys) if before else 0 :]:
            _check_new_key(view, enrolled.key, taken)
            taken.append(enrolled.key)
        if "operator" in after.roles and uri != view.operator:
            raise PolicyError("authority.one_operator", seen=uri, expected=view.operator)
        changed[uri] = after
    return changed


def step(before: PartyState | None, uri: str, data: Mapping[str, Any], entry: int) -> PartyState:
    """One step of the fold: a party's state after one more ``party`` record.

    Raises:
        FormatError: Data that the kind does not allow.
        NewerFormatError: A field this version does not know.
    """
    unknown = sorted(set(data) - _PARTY_FIELDS)
    if unknown:
        raise NewerFormatError("authority.newer_field", seen=", ".join(unknown))
    keys = tuple(EnrolledKey(key, entry) for key in read_keys(data.get("keys", []), uri))
    if before is None:
        if not keys:
            raise FormatError("authority.no_key", seen=uri)
        before = PartyState(uri, uri, frozenset(), (), entry, entry)
    if len(before.keys) + len(keys) > MAX_KEYS:
        raise FormatError("authority.too_many_keys", seen=uri, expected=MAX_KEYS)
    return replace(
        before,
        name=_read_name(data["name"]) if "name" in data else before.name,
        roles=_read_roles(data["roles"]) if "roles" in data else before.roles,
        keys=before.keys + keys,
        changed=entry,
    )


def read_keys(notes: Any, name: str) -> list[VerifierKey]:
    """The keys of self-signed key notes, all under one name.

    Raises:
        FormatError: Not a list of key notes, or a key under another name, or one twice.
        SignatureError: A note its own key did not sign.
    """
    if type(notes) is not list or not all(type(note) is str for note in notes):
        raise FormatError("authority.keys", seen=type(notes).__name__)
    keys = [_read_key(note) for note in notes]
    for key in keys:
        if key.name != name:
            raise FormatError("authority.key_name", seen=key.name, expected=name)
    if len({key.key_id for key in keys}) != len(keys):
        raise FormatError("authority.key_twice", seen=name)
    return keys


def _read_key(note_text: str) -> VerifierKey:
    """The key of a self-signed note.

    A key of a type that this version cannot verify is enrolled on the strength of its shape: its lines count for
    number, order and size, and never as a required signature (format v1, section 3).
    """
    raw = note_text.encode()
    vkey = parse_note(raw, max_bytes=MAX_KEY_NOTE, max_lines=1)
    text = vkey.text.decode()
    if text.startswith(_ANY_KEY_HEADER) and not text.startswith(KEY_HEADER):
        raise NewerFormatError("key.note_newer", seen=text.partition("\n")[0])
    if not text.startswith(KEY_HEADER) or text.count("\n") != 2:
        raise FormatError("authority.key_note", seen=text)
    key = parse_vkey(text[len(KEY_HEADER) : -1], unassigned=True)
    if key.type == ED25519:
        return open_key_note(raw)
    if not vkey.lines[0].is_by(key):
        raise FormatError("authority.key_note", seen=text)
    return key


def names_reserved(record: StoredRecord) -> bool:
    """Whether a record is of an authority kind or names a subject of the ledger's own.

    Of a withheld record only hashes are left. Authority records are never withheld, and a chain of the ledger's own
    with a withheld record in it does not verify, because that record's subject is not known to be one.
    """
    if isinstance(record, Withheld):
        return False
    return record.kind in AUTHORITY_KINDS or any(uri.startswith(RESERVED) for uri in record.subjects)


def authority_data(record: StoredRecord, position: int) -> tuple[str, Mapping[str, Any]]:
    """The party that an authority record is about, and what it says.

    Raises:
        NewerFormatError: A later version's record, field or kind of change.
        PolicyError: Not a record of an authority kind.
        FormatError: It does not stand on exactly one party.
    """
    if isinstance(record, NewerRecord):
        raise NewerFormatError("record.newer", seen=record.version, expected=1)
    if not isinstance(record, Record) or record.kind not in AUTHORITY_KINDS:
        named = ", ".join(record.subjects) if isinstance(record, Record) else "a withheld record"
        raise PolicyError("authority.reserved_subject", position=position, seen=named)
    if record.kind == LEDGER_KIND or record.subjects == (LEDGER,):
        raise NewerFormatError("authority.newer_ledger", position=position)
    subject = record.subjects[0]
    if len(record.subjects) != 1 or not subject.startswith(PARTY_PREFIX):
        raise FormatError("authority.subject", seen=", ".join(record.subjects))
    return check_party(subject[len(PARTY_PREFIX) :]), party_data(record)


def party_data(record: Record) -> Mapping[str, Any]:
    """Data of a ``party`` record, once it is sure that it hides nothing that would have to be known.

    Raises:
        NewerFormatError: Something other than the name is sealed.
    """
    hidden = sorted(set(record.sealed) - _SEALABLE)
    if hidden:
        raise NewerFormatError("authority.newer_field", seen=", ".join(hidden))
    return record.data


def _check_new_key(view: AuthorityView, key: VerifierKey, taken: list[VerifierKey]) -> None:
    """A public key, and a (name, key ID), stand at most once in a ledger; a log key is no party's key."""
    same = [
        one for one in taken if one.public == key.public or (one.name, one.key_id) == (key.name, key.key_id)
    ]
    holder = view.holder(key) or (same[0].name if same else None)
    if holder is not None:
        raise PolicyError("authority.key_enrolled", seen=key.text, holder=holder)
    if any(log_key.public == key.public for log_key in view.log_keys):
        raise PolicyError("authority.log_key", seen=key.text)


def _read_name(name: Any) -> str:
    if type(name) is not str or not 1 <= len(name) <= MAX_NAME or _UNFIT.search(name):
        raise FormatError("authority.name", seen=name)
    return name


def _read_roles(roles: Any) -> frozenset[str]:
    if type(roles) is not list or not all(type(role) is str for role in roles):
        raise FormatError("authority.roles", seen=type(roles).__name__)
    for role in roles:
        if role not in ROLES:
            raise FormatError("authority.role", seen=role, expected=", ".join(ROLES))
    if roles != sorted(set(roles)):
        raise FormatError("authority.role_order", seen=", ".join(roles))
    return frozenset(roles)


class Authority:
    """State of the whole ledger in memory, as an audit folds it."""

    def __init__(self, operator: PartyState, log_keys: tuple[VerifierKey, ...]) -> None:
        self._operator = operator.uri
        self._log_keys = log_keys
        self._parties: dict[str, PartyState] = {}
        self._publics: dict[bytes, str] = {}
        self._ids: dict[tuple[str, bytes], str] = {}
        self.apply({operator.uri: operator})

    @property
    def operator(self) -> str:
        """URI of the operator."""
        return self._operator

    @property
    def log_keys(self) -> tuple[VerifierKey, ...]:
        """The log's keys."""
        return self._log_keys

    def party(self, uri: str) -> PartyState | None:
        """A party's state, or None if it is not enrolled."""
        return self._parties.get(uri)

    def parties(self) -> list[PartyState]:
        """All parties, in the order in which they were enrolled."""
        return list(self._parties.values())

    def holder(self, key: VerifierKey) -> str | None:
        """Who holds this public key, or a key of this name and ID."""
        return self._publics.get(key.public) or self._ids.get((key.name, key.key_id))

    def active_keys(self, uri: str) -> list[VerifierKey]:
        """The keys that may sign for a party now; none if it is not enrolled."""
        party = self._parties.get(uri)
        return party.active_keys() if party else []

    def apply(self, changed: Mapping[str, PartyState]) -> None:
        """Take over what `apply_records` found."""
        for uri, state in changed.items():
            self._parties[uri] = state
            for enrolled in state.keys:
                self._publics[enrolled.key.public] = uri
                self._ids[enrolled.key.name, enrolled.key.key_id] = uri


def party_record_data(
    name: str | None = None, roles: tuple[str, ...] | None = None, key_notes: tuple[bytes, ...] = ()
) -> dict[str, Any]:
    """Data of a ``party`` record; what is None is not said.

    Raises:
        FormatError: An unknown role or an impossible name.
    """
    data: dict[str, Any] = {}
    if key_notes:
        data["keys"] = [note.decode() for note in key_notes]
    if name is not None:
        data["name"] = _read_name(name)
    if roles is not None:
        data["roles"] = sorted(set(roles))
        _read_roles(data["roles"])
    return data


__all__ = [
    "AUTHORITY_KINDS",
    "LEDGER_KIND",
    "PARTY_KIND",
    "ROLES",
    "Authority",
    "AuthorityView",
    "EnrolledKey",
    "PartyState",
    "apply_records",
    "authority_data",
    "names_reserved",
    "party_data",
    "party_record_data",
    "party_subject",
    "read_keys",
    "step",
]
