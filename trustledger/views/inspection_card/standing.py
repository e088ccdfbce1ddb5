"""Which of several reports on one parameter of one lot stands.

Report by report, in the order of the log: the worst stands. A report of an independent laboratory, tested no earlier
than all before it, is a retest and takes their place, whatever it says. Good reports age out; an aged independent one
still clears what it had retested, so that a failure it disproved does not come back. A sealed value stands like one
that decides nothing: sealing a failure and showing another report is no way to pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from trustledger.views.inspection_card.judging import Judgement, Measured
from trustledger.views.inspection_card.said import Said


@dataclass(frozen=True, slots=True)
class Report:
    """A report as a witness.

    Attributes:
        said: The record.
        lab: Party that signed as a laboratory; None for a copy.
        independent: It has no part in the goods.
        aged: It is too old to tell for the lot.
        doubted: It was signed with a key that was compromised by then.
    """

    said: Said
    lab: str | None
    independent: bool
    aged: bool
    doubted: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value of one report, judged.

    Attributes:
        report: The report.
        measured: What it says.
        judgement: What that means.
        replaced: Places of worse reports in whose place it stands.
    """

    report: Report
    measured: Measured
    judgement: Judgement
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What stands.

    Attributes:
        standing: The candidate; None if none counts.
        aged: Places of reports that are too old.
        uncounted: Places of copies that may not tell for the lot.
    """

    standing: Candidate | None
    aged: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()


def settle(candidates: Iterable[Candidate], *, transcribed_counts: bool) -> Outcome:
    """Fold the candidates of one parameter under one limit, in the order of the log.

    Values that cannot be held against the limit are left out where another can.
    """
    every = list(candidates)
    comparable = [one for one in every if one.judgement.comparable] or every
    standing: Candidate | None = None
    latest: int | None = None
    aged: list[str] = []
    uncounted: list[str] = []
    for one in comparable:
        retest = one.report.independent and (latest is None or one.report.said.tested_at >= latest)
        latest = max(latest or one.report.said.tested_at, one.report.said.tested_at)
        good = one.judgement.verdict in ("pass", "unrated")
        if good and one.report.aged:
            aged.append(one.report.said.counting.ref)
            standing = None if retest else standing
        elif good and one.report.lab is None and not transcribed_counts:
            uncounted.append(one.report.said.counting.ref)
        elif standing is None:
            standing = one
        elif retest:
            standing = _retested(standing, one)
        elif one.judgement.badness <= standing.judgement.badness:
            standing = one
    return Outcome(standing, tuple(aged), tuple(uncounted))


def _retested(standing: Candidate, retest: Candidate) -> Candidate:
    """The retest, with the worse report that it replaced."""
    if (
        standing.report.said.counting.ref == retest.report.said.counting.ref
    ):  # one report, two values: the worse
        worse_value = min(standing, retest, key=lambda one: one.judgement.badness)
        return replace(worse_value, replaced=standing.replaced)
    worse = standing.judgement.badness < retest.judgement.badness
    own = (standing.report.said.counting.ref,) if worse else ()
    return replace(retest, replaced=(*standing.replaced, *own))
