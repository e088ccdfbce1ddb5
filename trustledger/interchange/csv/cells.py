"""One cell at a time: what a person typed, or a spreadsheet made of it, into a plain value.

A converter takes the text of a cell and returns the value, or None for an empty cell, or raises a
`FormatError` that says what to write instead. Nothing is guessed: where a cell can be read in two ways, it
is refused by name.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from trustledger.errors import FormatError
from trustledger.kinds import units

MAX_CELL: Final = 32_767
"""Characters of a cell: Excel's own limit (Excel specifications and limits, "Total number of characters")."""

_FOLD: Final = str.maketrans(
    {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}  # full-width ASCII
    | {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x3380, 0x33E0)}  # ㎎ ㎏ ㏄ …
    | dict.fromkeys("\u3000\u00a0\u2007\u2009\u202f\t", " ")
    | dict.fromkeys("\u200b\u200e\u200f\u2060\ufeff", "")  # invisible, left by web pages and chat programs
    | {"\u2212": "-", "。": ".", "℃": "°C", "℉": "°F"}
)
"""What an input method writes instead of ASCII. Not NFKC as a whole: that would make 102 of 10²."""

_SPREADSHEET_ERRORS: Final = frozenset(
    (
        "#REF!",
        "#N/A",
        "#VALUE!",
        "#NAME?",
        "#DIV/0!",
        "#NULL!",
        "#NUM!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
    )
)
_PLAIN: Final = re.compile(r"[0-9A-Za-z](?:[ -~]*[!-~])?")  # nothing to fold, strip or suspect
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NAME: Final = re.compile(
    r"[A-Za-z][A-Za-z0-9/_.-]*"
)  # as `_PLAIN`, and not taken for a number by a spreadsheet
_DECIMAL: Final = re.compile(r"(?!-0(?:\.0+)?$)-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")  # no minus before a zero
_INTEGER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,15})")
_SCIENTIFIC: Final = re.compile(r"[+-]?[0-9](?:[.,][0-9]+)?E[+-][0-9]+", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"-?[1-9][0-9]{0,2}(?:[, '’][0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL_COMMA: Final = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+),[0-9]+")
_TRUE: Final = frozenset(("true", "yes", "y", "1", "是", "合格", "符合", "pass", "passed"))
_FALSE: Final = frozenset(("false", "no", "n", "0", "否", "不合格", "不符合", "fail", "failed"))
_LIST_SEPARATORS: Final = re.compile(r"[;；、\n]")


def refuse_ruin(cell: str) -> None:
    """Refuse what is no value in any column: a formula, a spreadsheet's error, a column too narrow, controls.

    Raises:
        FormatError: ``csv.formula``, ``csv.error_value``, ``csv.hashes``, ``csv.control``, ``csv.long_cell``.
    """
    if len(cell) > MAX_CELL:
        raise FormatError("csv.long_cell", seen=len(cell), expected=MAX_CELL)
    text = cell.strip().translate(_FOLD)
    if text.startswith("="):
        raise FormatError("csv.formula", seen=text)
    if text.startswith("#"):
        if text.upper() in _SPREADSHEET_ERRORS:
            raise FormatError("csv.error_value", seen=text)
        if len(text) > 1 and not text.strip("#"):
            raise FormatError("csv.hashes", seen=text)
    if found := _CONTROL.search(cell):
        raise FormatError("csv.control", seen=f"U+{ord(found[0]):04X}")


def text(cell: str) -> str | None:
    """A name, a sentence: as it is, without surrounding spaces, in NFC; full-width forms stay."""
    if _PLAIN.fullmatch(cell):
        return cell
    refuse_ruin(cell)
    return unicodedata.normalize("NFC", cell.replace("\r\n", "\n").strip().strip("\ufeff\u200b")) or None


def folded(cell: str) -> str | None:
    """A code, a unit, a number: full-width characters as ASCII, invisible ones and outer spaces gone, NFC."""
    if _PLAIN.fullmatch(cell):
        return cell
    refuse_ruin(cell)
    return unicodedata.normalize("NFC", cell.translate(_FOLD).strip()) or None


def unquoted(cell: str) -> str | None:
    """`folded`, without the apostrophe by which a spreadsheet is told that digits are text."""
    value = folded(cell)
    if value and value[0] in "'’" and value[1:].isdecimal():
        return value[1:]
    return value


def code(cell: str) -> str | None:
    """A number that is a name (of a report, a document), a unit, a currency: `folded`, and not ruined.

    Raises:
        FormatError: ``csv.scientific`` where a spreadsheet has replaced its last digits by an exponent.
    """
    if _NAME.fullmatch(cell):
        return cell
    value = unquoted(cell)
    if value and "+" in value and looks_scientific(value):
        raise FormatError("csv.scientific", seen=value)
    return value


def unit(cell: str) -> str | None:
    """A unit of the table, as written. A code that the table does not hold is a slip, where a person typed it.

    Raises:
        FormatError: ``units.unknown``, with the nearest.
    """
    value = code(cell)
    if value is not None:
        units.listed(value)
    return value


def decimal(cell: str) -> str | None:
    r"""A measurement: ``-?(0|[1-9][0-9]*)(\.[0-9]+)?``, at most 40 characters (format §1).

    Raises:
        FormatError: ``csv.thousands``, ``csv.decimal_comma``, ``csv.scientific``, else ``csv.decimal``.
    """
    if is_decimal(cell):
        return cell
    value = unquoted(cell)
    if value is not None and not is_decimal(value):
        raise not_a_number(value)
    return value


def is_decimal(value: str) -> bool:
    """Whether this is a decimal as the format writes it."""
    return len(value) <= 40 and _DECIMAL.fullmatch(value) is not None


def not_a_number(value: str) -> FormatError:
    """What is wrong with a number, by name, and what to write."""
    if _SCIENTIFIC.fullmatch(value):
        return FormatError("csv.scientific", seen=value)
    if _THOUSANDS.fullmatch(value):
        return FormatError("csv.thousands", seen=value, expected=re.sub("[, '’]", "", value))
    if _DECIMAL_COMMA.fullmatch(value):
        return FormatError("csv.decimal_comma", seen=value, expected=value.replace(".", "").replace(",", "."))
    return FormatError("csv.decimal", seen=value)


def integer(cell: str) -> int | None:
    """A whole number, such as a position in the log."""
    value = cell if _INTEGER.fullmatch(cell) else unquoted(cell)
    if value is None:
        return None
    if not _INTEGER.fullmatch(value) or value == "-0":
        problem = not_a_number(value)
        raise FormatError("csv.integer", seen=value) if problem.code == "csv.decimal" else problem
    return int(value)


def boolean(cell: str) -> bool | None:
    """Yes or no, in English or Chinese; 合格 is yes."""
    value = folded(cell)
    if value is None:
        return None
    if value.casefold() in _TRUE:
        return True
    if value.casefold() in _FALSE:
        return False
    raise FormatError("csv.boolean", seen=value)


def items(cell: str) -> list[str] | None:
    """Several texts in one cell, separated by semicolons (``;`` ``；``), ``、`` or line breaks."""
    value = text(cell)
    if value is None:
        return None
    return [part for part in (part.strip() for part in _LIST_SEPARATORS.split(value)) if part] or None


def note(cell: str) -> list[str] | None:
    """A key note, the whole content of a ``.pub`` file, as a list of one; a note ends in a line break."""
    value = text(cell)
    return None if value is None else [value + "\n"]


def uri(cell: str) -> str | None:
    """A URI, as written: whether it is in normal form is the record's to check."""
    return folded(cell)


def uris(cell: str) -> list[str] | None:
    """Several URIs, separated by spaces or line breaks (a semicolon may be part of one)."""
    value = folded(cell)
    return value.split() if value else None


def looks_scientific(value: str) -> bool:
    """Whether a spreadsheet wrote a long number with an exponent, losing its last digits."""
    return bool(_SCIENTIFIC.fullmatch(value))
