"""Times that cannot be: from the future, before the goods existed, or after what must come later."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from trustledger.encoding import format_time, parse_time
from trustledger.errors import FormatError
from trustledger.views.goods import is_logistic_unit
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.happening import INSPECTING

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening

CLOCKS_MAY_DIFFER: Final = 300_000
"""Milliseconds that a claimed time may lie after its placement: five minutes, which is what Kerberos allows between
two clocks by default (RFC 4120, section 8.2)."""
DAY: Final = 86_400_000
_QUARTER: Final = 900_000
"""All offsets of time zones in use are whole quarters of an hour, so midnight is too, wherever it was."""
_MOST_AHEAD: Final = 14 * 3_600_000
"""UTC+14 is the earliest zone: a date may begin there that many milliseconds before it does in UTC."""
_DATES: Final = ("harvested_on", "produced_on", "tested_on")
_ORDER: Final = tuple((one, "expires_on") for one in _DATES)


def future_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """Claims about a time after the ledger had placed them already."""
    for one in happenings:
        if one.at > one.sequenced_at + CLOCKS_MAY_DIFFER:
            facts = {"seen": format_time(one.at), "expected": format_time(one.sequenced_at)}
            yield Finding("plausibility.future", one.subject, one.ref, facts, "alarm")
        for name in _DATES:
            span = days_of(one.text(name))
            only_a_day = span is not None and span[1] - span[0] == DAY
            if span is not None and one.sequenced_at < span[0] - (
                _MOST_AHEAD if only_a_day else CLOCKS_MAY_DIFFER
            ):
                facts = {"field": name, "seen": one.text(name), "expected": format_time(one.sequenced_at)}
                yield Finding("plausibility.future_date", one.subject, one.ref, facts, "alarm")
        for name, later in _ORDER:
            first, last = days_of(one.text(name)), days_of(one.text(later))
            if first is not None and last is not None and last[1] <= first[0]:
                facts = {"field": later, "seen": one.text(later), "other": name, "expected": one.text(name)}
                yield Finding("plausibility.dates_crossed", one.subject, one.ref, facts, "alarm")


def before_made_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """Goods that were shipped, used, cooled or inspected before any record says that they came to be.

    What comes out of something that it was put into does not come to be there.
    """
    told = list(happenings)
    packed = {(used.lot, made.lot) for one in told for made in one.outputs for used in one.inputs}
    born: dict[str, Happening] = {}
    for one in told:
        for amount in one.outputs:
            unpacked = any(
                is_logistic_unit(used.lot) or (amount.lot, used.lot) in packed for used in one.inputs
            ) and not is_logistic_unit(amount.lot)
            if not unpacked and (amount.lot not in born or one.at < born[amount.lot].at):
                born[amount.lot] = one
    for one in told:
        for lot in dict.fromkeys(amount.lot for amount in (*one.inputs, *one.moved)):
            maker = born.get(lot)
            if maker is None or maker.place == one.place or one.at >= maker.at:
                continue
            if one.kind == "recall":
                continue
            facts = {
                "what": _what(one),
                "seen": format_time(one.at),
                "expected": format_time(maker.at),
                "placed": format_time(one.sequenced_at),
                "placed_made": format_time(maker.sequenced_at),
            }
            level = weigh(one.at, maker.at)
            if level == "alarm" and one.kind == "observation":
                level = "doubt"  # an announcement is one too
            yield Finding("plausibility.before_made", lot, one.ref, facts, level, (maker.ref,))


def weigh(earlier: int, later: int) -> Level:
    """How much it weighs that two times stand in the wrong order.

    A day without a time of day is recorded as its midnight: less than a day proves nothing if the earlier one may be
    midnight somewhere.
    """
    only_a_day = earlier % _QUARTER == 0 and later - earlier < DAY
    return "note" if only_a_day else "alarm"


def days_of(text: str) -> tuple[int, int] | None:
    """The moments from and until which a date or time may be, UTC; None if it is neither."""
    try:
        if len(text) == 10:
            start = (date.fromisoformat(text).toordinal() - date(1970, 1, 1).toordinal()) * DAY
            return start, start + DAY
        if text:
            moment = parse_time(text)
            return moment, moment + 1
    except (ValueError, FormatError):
        return None
    return None


def _what(one: Happening) -> str:
    """What happened, as a name that people know: the direction, the step, or the kind."""
    if one.kind in INSPECTING:
        return one.kind
    return one.text("direction") or one.text("step") or one.kind
