"""``--as-of``: a time, a day, a checkpoint file, or how many entries the log had."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustledger.encoding import parse_time
from trustledger_cli.framework import Handler, option
from trustledger_cli.session import Session, UsageFault, read_file

if TYPE_CHECKING:
    from trustledger.ledger.moments import AsOf

_LARGEST: Final = 1 << 16
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def as_of_option(function: Handler) -> Handler:
    """``--as-of``, for every command that answers as of a moment."""
    return option(
        "--as-of",
        metavar="TIME|CHECKPOINT",
        en="Only what the ledger held then: a time (2026-10-05T12:00:00+08:00), a day (to its end), a checkpoint file, or a number of entries. The latest entry by default.",  # noqa: E501
        zh="只看账本当时已有的内容：时间（2026-10-05T12:00:00+08:00）、日期（算到当日结束）、检查点文件或条目数。默认为最新条目。",
    )(function)


def read_moment(session: Session, text: str | None) -> AsOf:
    """The moment that some words mean.

    Raises:
        UsageFault: ``doors.as_of``: neither a time, a number nor a file.
        TrustLedgerError: The file cannot be read.
    """
    if text is None or (text.isascii() and text.isdigit()):
        return text
    if Path(text).is_file():
        return read_file(text, _LARGEST)
    day = _day(text)
    if day is not None:
        return _end_of(day, session.zone)
    if text[:4].isdigit() and "T" in text.upper():
        return parse_time(text)
    raise UsageFault("doors.as_of", seen=text)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == len("2026-10-05") else None
    except ValueError:
        return None


def _end_of(day: date, zone: tzinfo | None) -> int:
    """The last millisecond of a day where the reader is."""
    try:
        local = datetime.combine(day + timedelta(days=1), time.min)
        begins = local.replace(tzinfo=zone) if zone is not None else local.astimezone()
    except (OverflowError, ValueError, OSError):
        raise UsageFault("doors.as_of", seen=day.isoformat()) from None
    return (begins - _EPOCH) // timedelta(milliseconds=1) - 1
