"""The fields of a ``party`` and a ``key`` record, read strictly (docs/format.md, "Data of the authority kinds").

Every reader takes what was decoded, of whatever type, and gives the value the fold works with, or says what is wrong.
Lists that are sets stand in ascending order, each member once, so that one meaning has one spelling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from trustledger.authority.parties import REASONS, ROLES, Accreditation, Identity, Scope
from trustledger.encoding import MAX_TIME, MIN_TIME
from trustledger.errors import FormatError, NewerFormatError
from trustledger.keys import open_key_note
from trustledger.note import ED25519, VerifierKey, parse_note, parse_vkey
from trustledger.record import check_kind
from trustledger.statement import MAX_SIGNATURES
from trustledger.subject import MAX_SUBJECT, check_party

MAX_NAME: Final = 255
MAX_KEYS: Final = 64
"""Keys a party may ever have; bounds what a signature check has to look at."""
SPARE_KEYS: Final = 64
"""As many more may be enrolled by whoever has the last word about a party: the operator, for it its recovery key."""
MAX_KEY_NOTE: Final = 16_384
MAX_LIST: Final = 64
"""Scopes, accreditations and identities of a party."""
MAX_NAMES: Final = 1_024
"""Kinds, beginnings of subjects and parameters in one scope or accreditation."""
KEY_HEADER: Final = "trustledger/key@v1\n"
_ANY_KEY_HEADER: Final = "trustledger/key@"
_UNFIT: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
"""What a name may not hold: control characters, line ends, and what turns the direction of writing. A fixed list,
because two checkers with different versions of Unicode must agree on who is enrolled."""
_SCHEME: Final = re.compile(r"[a-z][a-z0-9-]{1,31}")
_IDENTITY: Final = re.compile(r"[0-9A-Z]{1,64}")
"""Registers write these numbers in capitals and digits; other spellings of one number would be other identities."""


def read_name(name: Any) -> str:
    """What people call a party.

    Raises:
        FormatError: Not 1 to 255 printable characters.
    """
    if type(name) is not str or not 1 <= len(name) <= MAX_NAME or _UNFIT.search(name):
        raise FormatError("authority.name", seen=name)
    return name


def read_roles(roles: Any) -> frozenset[str]:
    """All roles of a party.

    Raises:
        FormatError: Not a list of known roles, ascending and different.
    """
    if type(roles) is not list or not all(type(role) is str for role in roles):
        raise FormatError("authority.roles", seen=type(roles).__name__)
    for role in roles:
        if role not in ROLES:
            raise FormatError("authority.role", seen=role, expected=", ".join(ROLES))
    if roles != sorted(set(roles)):
        raise FormatError("authority.role_order", seen=", ".join(roles))
    return frozenset(roles)


def read_threshold(threshold: Any) -> int:
    """How many keys must sign.

    Raises:
        FormatError: Not 1 to 16, which is how many lines a statement has.
    """
    if type(threshold) is not int or not 1 <= threshold <= MAX_SIGNATURES:
        raise FormatError("authority.threshold", seen=threshold, expected=MAX_SIGNATURES)
    return threshold


def read_suspension(reason: Any) -> str | None:
    """Why a party is suspended; None, written as an empty text, if it no longer is.

    Raises:
        FormatError: Not a text fit for people.
    """
    return None if reason == "" and type(reason) is str else read_name(reason)


def read_owner(owner: Any) -> str:
    """Who owns or controls a party; empty if nobody is named.

    Raises:
        FormatError: Not the URI of a party.
    """
    return "" if owner == "" and type(owner) is str else check_party(owner)


def read_scopes(scopes: Any) -> tuple[Scope, ...] | None:
    """What a party is limited to; None if one of the scopes does not limit anything.

    Raises:
        FormatError: Not a list of 1 to 64 scopes. An empty list would silence the party, for which there is
            ``suspended``.
    """
    found = tuple(_read_scope(one) for one in _list_of_maps(scopes, "scopes", least=1))
    return None if Scope() in found else found


def _read_scope(data: dict[str, Any]) -> Scope:
    _only(data, {"kinds", "subjects", "parameters", "since", "until"}, "scopes")
    since, until = _period(data, "scopes")
    return Scope(
        _names(data, "kinds", check_kind),
        None if (found := _names(data, "subjects", _beginning)) is None else tuple(sorted(found)),
        _names(data, "parameters", read_name),
        since,
        until,
    )


def read_accreditations(accreditations: Any) -> tuple[Accreditation, ...]:
    """A laboratory's accreditations, all of them from now on.

    Raises:
        FormatError: Not a list of at most 64.
    """
    return tuple(_read_accreditation(one) for one in _list_of_maps(accreditations, "accreditations"))


def _read_accreditation(data: dict[str, Any]) -> Accreditation:
    _only(data, {"body", "number", "parameters", "since", "until"}, "accreditations")
    since, until = _period(data, "accreditations")
    if since is None:
        raise FormatError("authority.field_missing", field="accreditations", seen="since")
    return Accreditation(
        read_name(data.get("body")),
        read_name(data.get("number")),
        _names(data, "parameters", read_name),
        since,
        until,
    )


def read_identities(identities: Any) -> tuple[Identity, ...]:
    """Registered identities, all of them from now on. Check digits are asked for where they are typed in.

    Raises:
        FormatError: Not a list of at most 64 different ones, ascending by scheme and value.
    """
    found = []
    for one in _list_of_maps(identities, "identities"):
        _only(one, {"scheme", "value"}, "identities")
        scheme, value = one.get("scheme"), one.get("value")
        if type(scheme) is not str or _SCHEME.fullmatch(scheme) is None:
            raise FormatError("authority.identity", seen=scheme)
        if type(value) is not str or _IDENTITY.fullmatch(value) is None:
            raise FormatError("authority.identity", seen=value)
        found.append(Identity(scheme, value))
    if found != sorted(set(found)):
        raise FormatError("authority.order", field="identities")
    return tuple(found)


REPLACING: Final[Mapping[str, Callable[[Any], Any]]] = MappingProxyType(
    {
        "accreditations": read_accreditations,
        "identities": read_identities,
        "name": read_name,
        "owner": read_owner,
        "roles": read_roles,
        "scopes": read_scopes,
        "suspended": read_suspension,
        "threshold": read_threshold,
    }
)
"""Fields of a ``party`` record that replace what stood, and how each is read; a party's state has the same names."""


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


def read_recovery(vkeys: Any, keys: list[VerifierKey]) -> frozenset[VerifierKey]:
    """Which of the keys that a record enrols are recovery keys.

    Raises:
        FormatError: Not a list of vkeys of those keys, of type 01, each once, at least one.
    """
    by_text = {key.text: key for key in keys if key.type == ED25519}
    if type(vkeys) is not list or not vkeys or not all(type(vkey) is str for vkey in vkeys):
        raise FormatError("authority.recovery", seen=type(vkeys).__name__)
    if not set(vkeys) <= set(by_text) or len(set(vkeys)) != len(vkeys):
        raise FormatError("authority.recovery", seen=", ".join(vkeys))
    return frozenset(by_text[vkey] for vkey in vkeys)


def read_revocations(revocations: Any) -> list[tuple[str, str, int | None]]:
    """The keys that a record revokes: (vkey, reason, since).

    Raises:
        FormatError: Not a list of at most 64 different ones, or one without a reason that is known; ``since`` belongs
            to ``compromised`` alone.
    """
    found: list[tuple[str, str, int | None]] = []
    for one in _list_of_maps(revocations, "revoke"):
        _only(one, {"key", "reason", "since"}, "revoke")
        key, reason = one.get("key"), one.get("reason")
        since, _ = _period(one, "revoke")
        if type(key) is not str:
            raise FormatError("authority.field_missing", field="revoke", seen="key")
        if type(reason) is not str or reason not in REASONS:
            raise FormatError("authority.reason", seen=reason, expected=", ".join(REASONS))
        if since is not None and reason != "compromised":
            raise FormatError("authority.since", seen=reason)
        found.append((key, reason, since))
    if len({key for key, _, _ in found}) != len(found):
        raise FormatError("authority.order", field="revoke")
    return found


def _list_of_maps(value: Any, field: str, *, least: int = 0) -> list[dict[str, Any]]:
    if type(value) is not list or not least <= len(value) <= MAX_LIST:
        raise FormatError("authority.list", field=field, expected=MAX_LIST, least=least)
    if not all(type(one) is dict for one in value):
        raise FormatError("authority.list", field=field, expected=MAX_LIST, least=least)
    return value


def _only(data: Mapping[str, Any], known: set[str], field: str) -> None:
    unknown = sorted(set(data) - known)
    if unknown:
        raise NewerFormatError("authority.newer_field", seen=", ".join(f"{field}/{name}" for name in unknown))


def _period(data: Mapping[str, Any], field: str) -> tuple[int | None, int | None]:
    times = []
    for name in ("since", "until"):
        time = data.get(name)
        if name in data and (type(time) is not int or not MIN_TIME <= time <= MAX_TIME):
            raise FormatError("authority.period", field=field, seen=time)
        times.append(time)
    since, until = times
    if since is not None and until is not None and since >= until:
        raise FormatError("authority.period", field=field, seen=until)
    return since, until


def _names(data: Mapping[str, Any], field: str, check: Callable[[Any], str]) -> frozenset[str] | None:
    """A set of names, or None if the field is not there."""
    if field not in data:
        return None
    names = data[field]
    if type(names) is not list or not 1 <= len(names) <= MAX_NAMES:
        raise FormatError("authority.list", field=field, expected=MAX_NAMES, least=1)
    for name in names:
        check(name)
    if names != sorted(set(names)):
        raise FormatError("authority.order", field=field)
    return frozenset(names)


def _beginning(prefix: Any) -> str:
    """A beginning of subjects. It need not be a subject itself."""
    if type(prefix) is not str or not 1 <= len(prefix) <= MAX_SUBJECT or not prefix.isascii():
        raise FormatError("authority.subject_prefix", seen=prefix)
    return prefix
