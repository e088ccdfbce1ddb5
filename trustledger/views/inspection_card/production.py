"""When a lot was made, as far as its records bound it: the edition of a standard depends on it.

A date that was stated in time is believed. One that came late, was changed late, or lies after the lot's first
record, is believed only together with the days up to that first record: the strictest of the editions in force
between them decides. So nobody gains by choosing a date once the result is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from trustledger.frameworks import CardPolicy
from trustledger.views.inspection_card.numbers import day_of, days_earlier, moment_of
from trustledger.views.inspection_card.said import REPORTS, Said, Story
from trustledger.views.model import Finding

ONE_DAY = 1
"""A date is local, the log's moments are UTC: a date may lie a day after the moment at which it was recorded."""


class Produced(NamedTuple):
    """The days on which a lot may have been made, with what is odd about them."""

    first: date
    last: date
    findings: tuple[Finding, ...]


def produced(story: Story, lot: str, makers: Iterable[Said], as_of: int, policy: CardPolicy) -> Produced:
    """Bound the day of production of a lot.

    Args:
        story: What counts.
        lot: The lot.
        makers: What its makers say of how it came to be; only what stands counts.
        as_of: The moment of the card: the last bound where nothing else bounds it.
        policy: When a date is late, and how far back an unstated one may lie.
    """
    mentioned = min((placed.sequenced_at for placed in story.mentions(lot)), default=as_of)
    known = day_of(mentioned)
    reports = story.about(lot, *REPORTS)
    reported = min((one.original.sequenced_at for one in reports), default=None)
    claims = [(_claimed(one), one) for one in makers if one.stands]
    if not claims:
        finding = Finding("inspection.no_production_date", lot, "", {"seen": known.isoformat()})
        return Produced(days_earlier(known, policy.lookback_days), known, (finding,))
    days = [day for day, _ in claims]
    first, last = min(days), max(days)
    findings = []
    for day, one in claims:
        stated = day_of(one.counting.sequenced_at)
        late = (stated - day).days > policy.stated_within_days
        after_report = reported is not None and one.counting.sequenced_at > reported
        impossible = (day - known).days > ONE_DAY
        if late or after_report or impossible:
            code = "inspection.production_after" if impossible else "inspection.production_late"
            facts = {"seen": day.isoformat(), "stated": stated.isoformat(), "known": known.isoformat()}
            findings.append(Finding(code, lot, one.counting.ref, facts))
            first, last = min(first, known), max(last, known)
    return Produced(first, last, tuple(findings))


def _claimed(one: Said) -> date:
    """The day a record claims: its field, else when it says that it happened."""
    moment = moment_of(one.data.get("produced_on")) or moment_of(one.data.get("harvested_on"))
    return day_of(one.occurred_at if moment is None else moment)
