"""The result cell of a test report: a number, or "not detected" with or without its limit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.errors import FormatError
from trustledger.interchange.csv import cells

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER: Final = r"[0-9][0-9.,]*"
_UNIT: Final = r"(?![eE][0-9])[^0-9\s.,()<>=≤≥+±~-][^\s()<>=≤≥±]*(?: [^\s()<>=≤≥±]+)?"
_NOT_DETECTED: Final = (
    r"(?:未检出|未检测到|n\.? ?d\.?|not[ -]detected|none detected|non[ -]?d[eé]tect(?:ed)?)"
)
_BARE: Final = re.compile(_NOT_DETECTED, re.IGNORECASE)
_BELOW: Final = re.compile(
    rf"(?:{_NOT_DETECTED} ?)?\(? ?(?:(?P<word>loq|定量限|lod|检出限) ?(?:[:=<]|为)? ?|< ?)"
    rf"(?P<loq>{_NUMBER}) ?(?P<unit>{_UNIT})? ?\)?",
    re.IGNORECASE,
)
_BOUND: Final = re.compile(r"(?:[<>]=|[≤≥>⩽⩾]).*", re.DOTALL)
_WITH_UNCERTAINTY: Final = re.compile(rf"-?{_NUMBER} ?(?:±|\+/-|\+-).*", re.DOTALL)
_WITH_UNIT: Final = re.compile(rf"(?P<value>-?{_NUMBER}) ?(?P<unit>{_UNIT})")


class Result(NamedTuple):
    """A result cell that says more than a number.

    Attributes:
        value: The number; None: not detected.
        loq: The limit of quantification it names.
        unit: The unit it names.
    """

    value: str | None
    loq: str | None = None
    unit: str | None = None


def result(cell: str) -> str | Result | None:
    """Read a result: ``0.012``, ``0.012 mg/kg``, ``ND``, ``未检出``, ``<0.005``, ``未检出（定量限 0.005）``.

    Raises:
        FormatError: ``csv.bound`` (``≤``, ``>``: no measurement), ``csv.lod``, ``csv.uncertainty_in_value``,
            ``csv.result``, and those of `cells.decimal` and `cells.unit`.
    """
    if cells.is_decimal(cell):
        return cell
    value = cells.unquoted(cell)
    if value is None or cells.is_decimal(value):
        return value
    if _BARE.fullmatch(value):
        return Result(None)
    if found := _BELOW.fullmatch(value):
        if (found["word"] or "").casefold() in ("lod", "检出限"):
            raise FormatError("csv.lod", seen=value)
        return Result(None, cells.decimal(found["loq"]), cells.unit(found["unit"] or ""))
    if _BOUND.fullmatch(value):
        raise FormatError("csv.bound", seen=value)
    if _WITH_UNCERTAINTY.fullmatch(value):
        raise FormatError("csv.uncertainty_in_value", seen=value)
    if (found := _WITH_UNIT.fullmatch(value)) and not cells.looks_scientific(value):
        return Result(cells.decimal(found["value"]), None, cells.unit(found["unit"]))
    problem = cells.not_a_number(value)
    raise FormatError("csv.result", seen=value) if problem.code == "csv.decimal" else problem


def limit(cell: str) -> str | None:
    """A legal limit: a decimal, with or without ``≤`` before it."""
    value = cells.unquoted(cell)
    for sign in ("≤", "<=", "⩽"):
        value = value.removeprefix(sign).lstrip() if value else value
    return cells.decimal(value) if value else None


def settle(item: dict[str, Any], report: Callable[[str, FormatError], None]) -> None:
    """Put what a result cell said into the fields of its own, if they are empty or say the same.

    Args:
        item: One of ``data.results``, changed in place: ``value`` may be a `Result`.
        report: Called with the field and the problem where a cell contradicts another.
    """
    said: Result = item.pop("value")
    if said.value is None:
        item["not_detected"] = True
    else:
        item["value"] = said.value
    for field, value in (("loq", said.loq), ("unit", said.unit)):
        if value is not None and item.setdefault(field, value) != value:
            report("value", FormatError("csv.result_conflict", seen=value, expected=item[field], field=field))
