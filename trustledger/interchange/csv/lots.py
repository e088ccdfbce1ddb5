"""GTIN and lot cells, and the URI they name together.

A spreadsheet takes both for numbers or dates unless it is told otherwise, and what it then writes is not what was
typed. Each kind of damage is named here; none is repaired, because the lost characters cannot be known.
"""

from __future__ import annotations

import re
from typing import Final

from trustledger import gs1
from trustledger.errors import FormatError
from trustledger.interchange.csv import cells

_MONTHS: Final = "jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec"
_DATE: Final = re.compile(
    rf"[0-9]{{1,2}}-(?:{_MONTHS})(?:-[0-9]{{2,4}})?"
    rf"|(?:{_MONTHS})-[0-9]{{1,4}}"
    r"|(?:[0-9]{4}年)?[0-9]{1,2}月(?:[0-9]{1,2}日)?"
    r"|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2}(?: [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
    r"|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2} [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?",
    re.IGNORECASE,
)
_RUINED_EXPONENT: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]+")  # a lot typed as 1E5 has no plus
_TRAILING_ZERO: Final = re.compile(r"[0-9]+\.0+")
_THOUSANDS: Final = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+")
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
    if _TRAILING_ZERO.fullmatch(value):
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
    value = cells.unquoted(cell)
    if value is None:
        return None
    if _DATE.fullmatch(value):
        raise FormatError("csv.lot_date", seen=value)
    if value.upper() in ("TRUE", "FALSE"):
        raise FormatError("csv.lot_boolean", seen=value)
    if _RUINED_EXPONENT.fullmatch(value):
        raise FormatError("csv.lot_scientific", seen=value)
    if _TRAILING_ZERO.fullmatch(value):
        raise FormatError("csv.trailing_zero", seen=value, expected=value.partition(".")[0])
    if _THOUSANDS.fullmatch(value):
        raise FormatError("csv.thousands", seen=value, expected=value.replace(",", ""))
    return value


def is_uri(value: str) -> bool:
    """Whether a lot cell holds a whole URI instead of a lot number."""
    return "://" in value or value.startswith("urn:")


def subject(gtin_value: str | None, lot_value: str | None, party: str | None) -> str | None:
    """The URI of a lot, or of a product if no lot is given; None if nothing is given.

    Args:
        gtin_value: 14 digits, from `gtin`.
        lot_value: From `lot`: a number, or a URI, which stands for itself.
        party: Whose lot it is where GS1 has no URI for it: without a GTIN, or with a number GS1 does not allow.

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
