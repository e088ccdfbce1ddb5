"""Times as people write them, read in one way only or refused.

The year comes first, so that nobody guesses between day and month; a time without an offset is in the zone
the caller names; a time that the zone skips or has twice is refused, since only the writer knows which
moment was meant.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from trustledger.errors import FormatError
from trustledger.interchange.csv import cells

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_WRITTEN: Final = re.compile(
    r"(?P<year>[0-9]{4})(?:"
    r"(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|年 ?(?P<month_zh>[0-9]{1,2})月 ?(?P<day_zh>[0-9]{1,2})日"
    r"|(?P<month_run>[0-9]{2})(?P<day_run>[0-9]{2}))"
    r"(?:(?:[Tt]| +|(?<=日))(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<fraction>[0-9]{1,3})0*)?)?"
    r"|[时点時點] ?(?:(?P<minute_zh>[0-9]{1,2})分 ?(?:(?P<second_zh>[0-9]{1,2})秒)?)?)"
    r" ?(?P<offset>[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?"
)
_USUAL: Final = re.compile(
    r"([0-9]{4}([-/])[0-9]{1,2}\2[0-9]{1,2})[ T]([01]?[0-9]|2[0-3]):([0-5][0-9])(?::([0-5][0-9]))?", re.ASCII
)
_DAY_OR_MONTH_FIRST: Final = re.compile(
    r"([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})\b.*", re.DOTALL
)
_YEARS: Final = range(1900, 2200)
"""What a record of goods may be about, a best-before date included. There is no clock here to be stricter by."""
_SERIAL: Final = re.compile(r"([1-9][0-9]{4})(?:\.[0-9]+)?")  # 10000 is 1927-05-18, 99999 is 2173-10-13
_SERIAL_DAY_0: Final = date(1899, 12, 30)  # Excel's day 60 is 29 February 1900, which never was


def moment(cell: str, zone: ZoneInfo | None) -> str | None:
    """A point in time as RFC 3339 with an offset; a date alone is 00:00 of that day in the zone.

    Raises:
        FormatError: ``csv.time…``, ``csv.no_zone``.
    """
    found = _USUAL.fullmatch(cell)
    if found and zone is not None and (known := _quiet_day(found[1], zone)):
        return f"{known[0]}T{found[3]:0>2}:{found[4]}:{found[5] or '00'}{known[1]}"
    value = cells.folded(cell)
    if value is None:
        return None
    at, offset = _parse(value)
    if offset is not None:
        return at + offset
    if zone is None:
        raise FormatError("csv.no_zone", seen=value)
    return _in_zone(at, zone, value)


def day(cell: str, zone: ZoneInfo | None) -> str | None:
    """A date as ``YYYY-MM-DD``; with a time of day, as `moment`."""
    value = cells.folded(cell)
    if value is None:
        return None
    at, offset = _parse(value)
    if offset is None and at.endswith("T00:00:00"):
        # "2026/10/5 0:00:00" is how a spreadsheet writes a date into a CSV file.
        return at[:10]
    return moment(cell, zone)


@lru_cache(maxsize=4096)
def _quiet_day(text: str, zone: ZoneInfo) -> tuple[str, str] | None:
    """A date as ISO text and its offset, if that offset holds all day long; else, or if it is no date, None.

    A day costs some tens of microseconds, its rows then next to nothing.
    """
    try:
        start = datetime.fromisoformat(_parse(text)[0])
        hours = [start + timedelta(hours=hour) for hour in range(25)]
    except (FormatError, OverflowError):
        return None
    offsets = {hour.replace(tzinfo=zone, fold=fold).utcoffset() for hour in hours for fold in (0, 1)}
    offset = offsets.pop()
    if offsets or offset is None or offset.seconds % 60:
        return None
    return start.date().isoformat(), _offset(offset, text)


def _parse(value: str) -> tuple[str, str | None]:
    """Split into local time as ISO text, and offset if there is one."""
    found = _WRITTEN.fullmatch(value)
    if not found:
        raise _unread(value)
    part = found.groupdict()
    month = part["month"] or part["month_zh"] or part["month_run"]
    the_day = part["day"] or part["day_zh"] or part["day_run"]
    hour, minute = part["hour"] or 0, part["minute"] or part["minute_zh"] or 0
    second = part["second"] or part["second_zh"] or 0
    try:
        at = datetime(int(part["year"]), int(month), int(the_day), int(hour), int(minute), int(second))  # noqa: DTZ001
    except ValueError:
        raise FormatError("csv.time_impossible", seen=value) from None
    if at.year not in _YEARS:
        raise FormatError("csv.time_year", seen=value, expected=f"{_YEARS.start}–{_YEARS.stop - 1}")
    fraction = part["fraction"]
    offset = part["offset"]
    return at.isoformat() + (f".{fraction}" if fraction else ""), offset.upper() if offset else None


def _in_zone(at: str, zone: ZoneInfo, seen: str) -> str:
    local = datetime.fromisoformat(at.partition(".")[0])
    first, second = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    if first is None or second is None:  # no zone of the tz database does this
        raise FormatError("csv.time_zone", seen=seen, zone=zone.key)
    if first < second:
        raise FormatError("csv.time_skipped", seen=seen, zone=zone.key)
    if first > second:
        choices = f"{at}{_offset(first, seen)} / {at}{_offset(second, seen)}"
        raise FormatError("csv.time_twice", seen=seen, zone=zone.key, expected=choices)
    return at + _offset(first, seen)


def _offset(offset: timedelta, seen: str) -> str:
    minutes, rest = divmod(offset, timedelta(minutes=1))
    if rest:  # local mean time, before zones: RFC 3339 cannot write it
        raise FormatError("csv.time_zone", seen=seen, zone=str(offset))
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _unread(value: str) -> FormatError:
    """Say what is wrong with a time that cannot be read."""
    if found := _DAY_OR_MONTH_FIRST.fullmatch(value):
        one, other, year = found.groups()
        year = year if len(year) == 4 else "20" + year
        choices = [
            f"{year}-{int(month):02d}-{int(the_day):02d}"
            for the_day, month in dict.fromkeys([(one, other), (other, one)])
            if 1 <= int(month) <= 12 and 1 <= int(the_day) <= 31
        ]
        return FormatError("csv.time_ambiguous", seen=value, expected=" / ".join(choices) or "2026-10-05")
    if found := _SERIAL.fullmatch(value):
        guess = _SERIAL_DAY_0 + timedelta(days=int(found[1]))
        return FormatError("csv.time_serial", seen=value, expected=guess.isoformat())
    if cells.looks_scientific(value):
        return FormatError("csv.scientific", seen=value)
    return FormatError("csv.time", seen=value)
