"""GTIN and lot cells, and the URI they name together.

A spreadsheet takes both for numbers or dates unless it is told otherwise, and what it then writes is not
what was typed. Each kind of damage is named here; none is repaired, because the lost characters cannot be
known.
"""

from __future__ import annotations

import re
from typing import Final

from trustledger import gs1
from trustledger.errors import FormatError
from trustledger.interchange.csv import cells

_MONTHS: Final = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_RUINED: Final = {
    "csv.lot_date": (
        rf"[0-9]{{1,2}}-(?:{_MONTHS})(?:-[0-9]{{2,4}})?|(?:{_MONTHS})-[0-9]{{1,4}}"
        r"|(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?"
        r"|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
        r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"
    ),
    "csv.lot_boolean": r"true|false",
    "csv.lot_scientific": r"[0-9](?:\.[0-9]+)?E\+[0-9]+",  # a lot typed as 1E5 has no plus
    "csv.trailing_zero": r"[0-9]+\.0+",
    "csv.thousands": r"[0-9]{1,3}(?:,[0-9]{3})+",
}
_RUIN_BY_CODE: Final = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in _RUINED.items()}
_ANY_RUIN: Final = "|".join(_RUINED.values())
_SOUND: Final = re.compile(rf"(?!(?:{_ANY_RUIN})$)[A-Za-z0-9][A-Za-z0-9_-]{{0,19}}", re.IGNORECASE | re.ASCII)
"""A lot number that nothing has happened to, and that GS1 allows and a URI takes as it is: nearly all of
them."""

_HOST: Final = re.compile(r"https?://[^/?#]+")
_GTIN_LENGTHS: Final = (8, 12, 13, 14)


def gtin(cell: str) -> str | None:
    """A GTIN as 14 digits; spaces and hyphens, as printed under a bar code, are left out.

    Raises:
        FormatError: ``csv.gtin_scientific``, ``csv.trailing_zero``, ``csv.gtin_zeros``, ``csv.gtin``,
            ``csv.check_digit``.
    """
    value = cells.unquoted(cell)
    if value is None:
        return None
    if cells.looks_scientific(value):
        raise FormatError("csv.gtin_scientific", seen=value)
    if _RUIN_BY_CODE["csv.trailing_zero"].fullmatch(value):
        raise FormatError("csv.trailing_zero", seen=value, expected=value.partition(".")[0])
    digits = value.replace(" ", "").replace("-", "")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > 14:
        raise FormatError("csv.gtin", seen=value)
    if len(digits) not in _GTIN_LENGTHS:
        raise FormatError("csv.gtin_zeros", seen=value, expected=_with_zeros(digits))
    if gs1.check_digit(digits[:-1]) != digits[-1]:
        raise FormatError("csv.check_digit", seen=value, expected=gs1.check_digit(digits[:-1]))
    return gs1.gtin14(digits)


def _with_zeros(digits: str) -> str:
    """What the GTIN was if only leading zeros are lost: the shortest length it may have had."""
    if len(digits) > 1 and gs1.check_digit(digits[:-1]) == digits[-1]:
        return digits.zfill(next(length for length in _GTIN_LENGTHS if length > len(digits)))
    return "8, 12, 13, 14"


def lot(cell: str) -> str | None:
    """A lot number, full-width characters as ASCII; a URI stays one.

    Raises:
        FormatError: ``csv.lot_date``, ``csv.lot_boolean``, ``csv.lot_scientific``, ``csv.trailing_zero``,
            ``csv.thousands``.
    """
    if _SOUND.fullmatch(cell):
        return cell
    value = cells.unquoted(cell)
    if value is None:
        return None
    for code, pattern in _RUIN_BY_CODE.items():
        if pattern.fullmatch(value):
            repaired = value.partition(".")[0] if code == "csv.trailing_zero" else value.replace(",", "")
            raise FormatError(code, seen=value, expected=repaired)
    return value


def sound(cell: str) -> bool:
    """Whether `lot` returns this cell as it is, and its URI is the product's, ``/10/`` and the cell."""
    return _SOUND.fullmatch(cell) is not None


def is_uri(value: str) -> bool:
    """Whether a lot cell holds a whole URI instead of a lot number."""
    return "://" in value or value.startswith("urn:")


def owner(cell: str) -> str | None:
    """The party whose lot it is, as a URI. ``https://farm.example`` stands for ``https://farm.example/``."""
    value = cells.uri(cell)
    return f"{value}/" if value is not None and _HOST.fullmatch(value) else value


def is_of_party(gtin_value: str | None, lot_value: str) -> bool:
    """Whether GS1 has no URI for this lot, so that it is named under the party whose lot it is."""
    return not is_uri(lot_value) and (gtin_value is None or not gs1.is_gs1_lot(lot_value))


def subject(gtin_value: str | None, lot_value: str | None, party: str | None) -> str | None:
    """The URI of a lot, or of a product if no lot is given; None if nothing is given.

    Args:
        gtin_value: 14 digits, from `gtin`.
        lot_value: From `lot`: a number, or a URI, which stands for itself.
        party: Whose lot it is where GS1 has no URI for it: no GTIN, or a number GS1 does not allow.

    Raises:
        FormatError: ``csv.no_party``, ``csv.uri_and_gtin``.
    """
    if lot_value is None:
        return None if gtin_value is None else gs1.product_uri(gtin_value)
    if is_uri(lot_value):
        if gtin_value is not None:
            raise FormatError("csv.uri_and_gtin", seen=lot_value)
        return lot_value
    if gtin_value is not None and gs1.is_gs1_lot(lot_value):
        return gs1.lot_uri(gtin_value, lot_value)
    if party is None:
        raise FormatError("csv.no_party", seen=lot_value)
    return gs1.lot_of_party(party, lot_value, gtin_value)
