"""A row that contradicts what stands in the ledger: at which cell, what it says, and what stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trustledger.encoding import format_time
from trustledger.interchange.rows import Problem
from trustledger.record import Record

if TYPE_CHECKING:
    from trustledger.errors import PolicyError
    from trustledger.interchange.rows import Row
    from trustledger.ledger import Ledger
    from trustledger.record import Draft

ABSENT: Final = "—"
"""Stands for a value that is not there."""
_OUTSIDE_DATA: Final = ("evidence", "record", "seal", "subject")


def other_content(ledger: Ledger, row: Row, draft: Draft, error: PolicyError) -> Problem:
    """The problem of a row whose business key stands already with other content.

    Args:
        ledger: Where it stands.
        row: The row.
        draft: What the row says. Its sealed values are not in its data, and are never shown.
        error: ``ledger.other_content``: the place of the standing record, and the field that differs.

    Returns:
        ``upload.other_content`` at the cell that differs, with ``seen``, ``expected`` and ``ref``; or
        ``upload.other_record`` for the row, where it is not one public value that differs.
    """
    ref, field = str(error.facts["ref"]), str(error.facts["field"])
    entry, _, position = ref.partition("/")
    standing = ledger.record(int(entry), int(position)).record
    if field in _OUTSIDE_DATA or not isinstance(standing, Record):
        return Problem("upload.other_record", row.place, seen=field, ref=ref)
    if field == "occurred_at":
        seen, expected = format_time(draft.occurred_at), format_time(standing.occurred_at)
        return Problem("upload.other_content", row.locate(field), seen=seen, expected=expected, ref=ref)
    path, one, other = first_difference(draft.data, standing.data)
    if not path:  # equal but for a sealed value
        return Problem("upload.other_record", row.place, seen=field, ref=ref)
    place = row.locate(".".join(("data", *path)))
    return Problem("upload.other_content", place, seen=_text(one), expected=_text(other), ref=ref)


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


def _text(value: Any) -> str:
    return type(value).__name__ if isinstance(value, dict | list) else str(value)
