"""A row that contradicts what stands in the ledger: at which cell, what it says, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trustledger.encoding import format_time
from trustledger.interchange.rows import Problem
from trustledger.kinds.currencies import CURRENCIES
from trustledger.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustledger.errors import PolicyError
    from trustledger.interchange.rows import Row
    from trustledger.ledger import Ledger
    from trustledger.record import Draft, Evidence

ABSENT: Final = "—"
"""Stands for a value that is not there."""
_LONGEST: Final = 120
"""Characters of a value that are shown: a list of results would fill the screen."""
_MONEY: Final = ("price", "amount")
"""Fields of a cost that are kept in minor units, and that nobody writes so."""


def other_content(ledger: Ledger, row: Row, draft: Draft, error: PolicyError) -> Problem:
    """The problem of a row whose business key stands already with other content.

    Args:
        ledger: Where it stands.
        row: The row.
        draft: What the row says. Its sealed values are not in its data, and are never shown.
        error: ``ledger.other_content``: the place of the standing record.

    Returns:
        ``upload.other_content`` at the cell that differs, with ``seen``, ``expected`` and ``ref``, or one of
        its kin where the difference is not between two public values: ``upload.other_kind``,
        ``upload.other_evidence``, ``upload.other_subjects``, ``upload.other_sealed``, ``upload.sealed_there``,
        ``upload.sealed_here``, ``upload.other_record``.
    """
    ref = str(error.facts["ref"])
    entry, _, position = ref.partition("/")
    standing = ledger.record(int(entry), int(position)).record
    if not isinstance(standing, Record):
        return Problem("upload.other_record", row.place, ref=ref)
    if standing.kind != draft.kind:
        place = row.locate("kind")
        return Problem("upload.other_kind", place, seen=draft.kind, expected=standing.kind, ref=ref)
    found = _other_seal(row, draft, standing, ref) or _other_data(row, draft, standing, ref)
    return found or _other_around(ledger, row, draft, standing, ref)


def _other_seal(row: Row, draft: Draft, standing: Record, ref: str) -> Problem | None:
    """A value is sealed in one and public in the other. Neither is shown: it may be the very same."""
    there, here = standing.sealed.keys() - draft.seal.keys(), draft.seal.keys() - standing.sealed.keys()
    if there:
        return Problem("upload.sealed_there", row.locate(min(there)), ref=ref)
    return Problem("upload.sealed_here", row.locate(min(here)), ref=ref) if here else None


def _other_data(row: Row, draft: Draft, standing: Record, ref: str) -> Problem | None:
    path, one, other = first_difference(draft.data, standing.data)
    if not path:
        return None
    currency = standing.data.get("currency") if path[-1] in _MONEY else None
    place = row.locate(".".join(("data", *path)))
    seen, expected = readable(one, currency), readable(other, currency)
    return Problem("upload.other_content", place, seen=seen, expected=expected, ref=ref)


def _other_around(ledger: Ledger, row: Row, draft: Draft, standing: Record, ref: str) -> Problem:
    """The data is the same: something beside it differs."""
    if draft.occurred_at != standing.occurred_at:
        seen, expected = format_time(draft.occurred_at), format_time(standing.occurred_at)
        place = row.locate("occurred_at")
        return Problem("upload.other_content", place, seen=seen, expected=expected, ref=ref)
    if draft.subjects != standing.subjects:
        mine, theirs = set(draft.subjects), set(standing.subjects)
        place = row.locate("also" if draft.subjects[0] == standing.subjects[0] else "subject")
        seen, expected = _listed(sorted(mine - theirs)), _listed(sorted(theirs - mine))
        return Problem("upload.other_subjects", place, seen=seen, expected=expected, ref=ref)
    if draft.evidence != standing.evidence:
        seen, expected = _files(draft.evidence, standing.evidence), _files(standing.evidence, draft.evidence)
        return Problem("upload.other_evidence", row.locate("evidence"), seen=seen, expected=expected, ref=ref)
    opened = ledger.openings(standing)
    for pointer, value in draft.seal.items():
        if pointer in opened and opened[pointer].value != value:
            return Problem("upload.other_sealed", row.locate(pointer), ref=ref)
    return Problem("upload.other_record", row.place, ref=ref)


def first_difference(one: Any, other: Any) -> tuple[tuple[str, ...], Any, Any]:
    """The first place, in the order of keys, where two canonical values differ.

    Returns:
        The steps to it and both values there (`ABSENT` for none); no steps if they are equal or wholly
        different.
    """
    path: tuple[str, ...] = ()
    while True:
        if isinstance(one, dict) and isinstance(other, dict):
            keys = [key for key in sorted({*one, *other}) if one.get(key, ABSENT) != other.get(key, ABSENT)]
            if not keys:
                return path, one, other
            path, one, other = (*path, keys[0]), one.get(keys[0], ABSENT), other.get(keys[0], ABSENT)
        elif isinstance(one, list) and isinstance(other, list) and one != other:
            number = next(
                (n for n, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
                min(len(one), len(other)),
            )
            path = (*path, str(number))
            one = one[number] if number < len(one) else ABSENT
            other = other[number] if number < len(other) else ABSENT
        else:
            return path, one, other


def readable(value: Any, currency: Any = None) -> str:
    """A canonical value on one line, as a person would write it down.

    Args:
        value: The value.
        currency: ISO 4217 code if an int is an amount of minor units.
    """
    text = _amount(value, currency) if type(value) is int and currency in CURRENCIES else _text(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key} {_text(item)}" for key, item in value.items())
    if isinstance(value, list):
        return "; ".join(map(_text, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _amount(minor: int, currency: str) -> str:
    """1280 CNY → ``12.80 CNY``."""
    digits = CURRENCIES[currency]
    whole = str(abs(minor)).zfill(digits + 1)
    split = len(whole) - digits
    return f"{'-' if minor < 0 else ''}{whole[:split]}{'.' if digits else ''}{whole[split:]} {currency}"


def _listed(names: Iterable[str]) -> str:
    return readable(", ".join(names) or ABSENT)


def _files(ones: Iterable[Evidence], others: Iterable[Evidence]) -> str:
    """Evidence that only one side names, by name and the beginning of its hash."""
    known = set(others)
    return _listed(f"{one.name} ({one.sha256.hex()[:8]}…)" for one in ones if one not in known)
