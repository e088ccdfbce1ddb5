"""What ``party add`` is told about a party beside its name: scopes, accreditations, owner and identities.

An option that is not given leaves what stands; the word ``none`` takes it away.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

import click

from trustledger import FormatError
from trustledger.authority.parties import Accreditation, Identity, Scope
from trustledger.encoding import check_time, format_time, parse_time
from trustledger.subject import check_party
from trustledger_cli.identities import parse_identity
from trustledger_cli.lookup import typed_uri
from trustledger_cli.session import Session, UsageFault, read_file

NONE: Final = "none"
_LARGEST: Final = 65_536
_NAMES: Final = ("kinds", "subjects", "parameters")
_ACCREDITED: Final = re.compile(r"([^:]+):([^:]+)(?::(.+))?", re.DOTALL)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ScopeOptions:
    """The ``--scope-…`` options as given; together they are one scope."""

    kinds: tuple[str, ...]
    subjects: tuple[str, ...]
    parameters: tuple[str, ...]
    since: str | None
    until: str | None

    @property
    def scope(self) -> Scope | None:
        """The scope they are, or None if none was given."""
        scope = Scope(
            frozenset(self.kinds) or None,
            tuple(sorted(set(self.subjects))) or None,
            frozenset(self.parameters) or None,
            optional_time(self.since),
            optional_time(self.until),
        )
        return None if scope == Scope() else scope


def optional_time(text: str | None) -> int | None:
    """A time as typed, in ms, or None: RFC 3339; without an offset, or a day, in the profile's zone, else UTC.

    What was typed without an offset is told as it was understood.

    Raises:
        FormatError: Not a time.
    """
    if text is None:
        return None
    try:
        return parse_time(text)
    except FormatError:
        session = click.get_current_context().ensure_object(Session)
        taken = _without_offset(text, session.zone or UTC)
        if taken is None:
            raise
    session.screen.warn("time.taken_as", seen=text, time=format_time(taken), zone=session.zone or "UTC")
    return taken


def _without_offset(text: str, zone: tzinfo) -> int | None:
    """A day (its beginning) or a local time, in ms; None if it is neither."""
    try:
        local = datetime.fromisoformat(text)
        if local.tzinfo is not None or not text[:4].isdigit() or text[4:5] != "-":
            return None
        return check_time((local.replace(tzinfo=zone) - _EPOCH) // timedelta(milliseconds=1))
    except (FormatError, OverflowError, ValueError):
        return None


def read_scopes(one: ScopeOptions, file: str | None) -> list[Scope] | None:
    """The scopes of a party, from the options or from a file; ``[Scope()]`` lifts every limit; None says nothing.

    Raises:
        UsageFault: Options and a file.
        FormatError: A file that does not say scopes.
    """
    scope = one.scope
    if file is None:
        return None if scope is None else [scope]
    if scope is not None:
        raise UsageFault("cli.contradiction", seen="--scopes, --scope-…")
    return [Scope()] if file == NONE else _scopes_of(_read_toml(file), file)


def read_accreditations(
    texts: Sequence[str], parameters: Sequence[str], since: str | None, now: int
) -> list[Accreditation] | None:
    """Accreditations as typed, ``CNAS:L1234`` or ``CNAS:L1234:2028-01-01T00:00:00Z`` (until then).

    Args:
        texts: As typed; ``none`` alone takes all away.
        parameters: What all of them cover; everything if empty.
        since: From when on, RFC 3339; now if None.
        now: Milliseconds since 1970-01-01T00:00:00Z.

    Raises:
        UsageFault: Parameters or a time, and no accreditation.
        FormatError: Not of that form.
    """
    if not texts:
        if parameters or since:
            raise UsageFault("cli.missing", expected="--accreditation", help="trustledger party add --help")
        return None
    if list(texts) == [NONE]:
        return []
    began = optional_time(since)
    begin = now if began is None else began
    found = []
    for text in texts:
        parts = _ACCREDITED.fullmatch(text)
        if parts is None:
            raise FormatError("cli.accreditation", seen=text)
        body, number, until = parts.groups()
        found.append(Accreditation(body, number, frozenset(parameters) or None, begin, optional_time(until)))
    return found


def read_identities(texts: Sequence[str]) -> list[Identity] | None:
    """Identities as typed; ``none`` alone takes all away; None says nothing. Errors as `parse_identity`."""
    if not texts:
        return None
    return [] if list(texts) == [NONE] else [parse_identity(text) for text in texts]


def read_owner(text: str | None) -> str | None:
    """The owner's URI; empty for ``none``; None says nothing.

    Raises:
        FormatError: Not a party's URI.
    """
    if text is None:
        return None
    return "" if text in {NONE, ""} else check_party(typed_uri(text))


# --- scopes in a file ------------------------------------------------------------------------------------------------


def _read_toml(file: str) -> dict[str, Any]:
    raw = read_file(file, _LARGEST)
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FormatError("cli.toml", seen=file, why=str(error)) from None


def _scopes_of(data: Mapping[str, Any], file: str) -> list[Scope]:
    """``[[scopes]]`` tables, read strictly: a limit that is misspelt would not limit."""
    tables = data.get("scopes")
    if set(data) != {"scopes"} or type(tables) is not list or not all(type(one) is dict for one in tables):
        raise FormatError("cli.scopes", seen=file, at=", ".join(sorted(data)) or "-")
    return [_scope(table, file, number) for number, table in enumerate(tables, 1)]


def _scope(table: Mapping[str, Any], file: str, number: int) -> Scope:
    unknown = sorted(set(table) - {*_NAMES, "since", "until"})
    if unknown or not table:
        raise FormatError("cli.scope_key", seen=", ".join(unknown) or "-", file=file, number=number)
    names: dict[str, list[str] | None] = {}
    for key in _NAMES:
        names[key] = value = table.get(key)
        if value is not None and (
            type(value) is not list or not value or not all(type(one) is str for one in value)
        ):
            raise FormatError("cli.scope_value", seen=key, file=file, number=number)
    return Scope(
        None if names["kinds"] is None else frozenset(names["kinds"]),
        None if names["subjects"] is None else tuple(sorted(set(names["subjects"]))),
        None if names["parameters"] is None else frozenset(names["parameters"]),
        _moment(table.get("since"), file, number),
        _moment(table.get("until"), file, number),
    )


def _moment(value: object, file: str, number: int) -> int | None:
    """A time of a TOML file: its own, or a text."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return (value - _EPOCH) // timedelta(milliseconds=1)
    if value is None or type(value) is str:
        return optional_time(value)
    raise FormatError("cli.scope_time", seen=str(value), file=file, number=number)
