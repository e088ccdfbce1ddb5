"""Exact numbers in, decimals out. All rounding of the card stands here; nothing is decided on a rounded number."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final

from trustledger.encoding import check_decimal, parse_time
from trustledger.errors import FormatError

RATIO_DIGITS: Final = 4
"""Digits after the point of a ratio, rounded up: what is shown never flatters."""
SHOWN_DIGITS: Final = 6
"""Significant digits of a converted value that is no short decimal (1 kcal = 4.184 kJ), rounded half to even."""
_EXACT_DIGITS: Final = 40
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SHOWN: Final = Context(prec=SHOWN_DIGITS, rounding=ROUND_HALF_EVEN)
_WIDE: Final = Context(prec=120, rounding=ROUND_CEILING)


def shown(value: Fraction) -> str:
    """A number as a decimal: exactly where 40 digits hold it, else `SHOWN_DIGITS` significant ones."""
    over, under = Decimal(value.numerator), Decimal(value.denominator)
    exact = _WIDE.divide(over, under)
    if Fraction(exact) == value and len(exact.as_tuple().digits) <= _EXACT_DIGITS:
        return plain_text(exact)
    return plain_text(_SHOWN.divide(over, under))


def ratio_text(value: Fraction) -> str:
    """A ratio with four digits after the point, rounded up: 2/3 is ``0.6667``."""
    scaled = -((-value.numerator * 10**RATIO_DIGITS) // value.denominator)
    return plain_text(Decimal(scaled).scaleb(-RATIO_DIGITS, _WIDE))


def plain_text(value: Decimal) -> str:
    """A decimal without exponent and without zeros at the end of its fraction."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def fraction_of(value: object) -> Fraction | None:
    """A decimal text exactly; None for anything else, since a foreign writer may have put it there."""
    if not isinstance(value, str):
        return None
    try:
        return Fraction(check_decimal(value))
    except FormatError:
        return None


def day_of(moment: int) -> date:
    """The day, in UTC, of a moment in ms since 1970-01-01T00:00:00Z."""
    return (_EPOCH + timedelta(milliseconds=moment)).date()


def moment_of(text: object) -> int | None:
    """The first moment (ms) of a date, or an RFC 3339 moment; None for anything else."""
    if not isinstance(text, str):
        return None
    try:
        if len(text) == 10:
            return (
                datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC) - _EPOCH
            ) // timedelta(milliseconds=1)
        return parse_time(text)
    except ValueError:
        return None


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month; the last day there is, beyond the year 9999."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year > date.max.year:
        return date.max
    first_after = (
        date(year + (month == 11), (month + 1) % 12 + 1, 1) if (year, month) != (9999, 11) else date.max
    )
    last = (first_after - timedelta(days=1)).day if first_after != date.max else 31
    return date(year, month + 1, min(day.day, last))


def days_earlier(day: date, days: int) -> date:
    """Some days before, no earlier than the first day there is."""
    return date.fromordinal(max(day.toordinal() - days, 1))
