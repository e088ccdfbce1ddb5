"""Which of several reports on one parameter of one lot stands.

Report by report, in the order of the log: the worst stands. A report of an independent laboratory, tested no earlier
than all before it, is a retest and takes the place of what other laboratories said, whatever it says; a laboratory
that failed the lot before cannot clear it. Good reports age out; an aged retest still clears what it had retested, so
that a failure it disproved does not come back, but then only another independent laboratory lets the lot pass. A
sealed value stands like one that decides nothing: sealing a failure and showing another report is no way to pass. So
does a failing or sealed one that its own laboratory corrected or withdrew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

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
        group: Group of its signer: a retest comes from another one.
        early: It was tested before the lot was made, so that it cannot tell for it.
    """

    said: Said
    lab: str | None
    independent: bool
    aged: bool
    doubted: bool = False
    group: str = ""
    early: bool = False


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

    @property
    def ref(self) -> str:
        """Place of the words that say it."""
        return self.report.said.counting.ref

    @property
    def good(self) -> bool:
        """Whether it tells for the lot, or nothing."""
        return self.judgement.verdict in ("pass", "unrated")

    def is_worse(self, other: Candidate) -> bool:
        """Whether it is worse than another."""
        return self.judgement.badness < other.judgement.badness

    @property
    def remembered(self) -> bool:
        """Whether it counts: what a correction replaced does only where it failed, or nobody could read it."""
        failed = self.judgement.verdict == "fail" or self.judgement.reason == "sealed"
        return self.report.said.stands or failed


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
    every = [one for one in candidates if one.remembered]
    fold = _Fold(transcribed_counts)
    for one in _worst_of_each([one for one in every if one.judgement.comparable] or every):
        fold.add(one)
    worst: Candidate | None = None
    for one in sorted(fold.standing.values(), key=lambda one: one.report.said.place):
        worst = one if worst is None or not worst.is_worse(one) else worst
    return Outcome(worst, tuple(fold.aged), tuple(fold.uncounted))


def _worst_of_each(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The worst value of each report: in which order it states several must not matter."""
    found: dict[str, Candidate] = {}
    for one in candidates:
        before = found.get(one.ref)
        if before is None or one.is_worse(before):
            found[one.ref] = one
    yield from found.values()


@dataclass(slots=True)
class _Fold:
    """What stands so far, the worst of each group of signers, the newer of two equal ones.

    Whom a retest clears depends on who tested when, never on how good its own value is.
    """

    transcribed_counts: bool
    standing: dict[str, Candidate] = field(default_factory=dict)
    aged: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)
    latest: int | None = None
    failed: set[str] = field(default_factory=set)
    contested: set[str] = field(default_factory=set)

    def add(self, one: Candidate) -> None:
        """One report more."""
        report = one.report
        tested = report.said.tested_at
        fit = (
            report.independent and report.said.stands and not report.early and report.group not in self.failed
        )
        retest = fit and (self.latest is None or tested >= self.latest)
        self.latest = tested if self.latest is None else max(self.latest, tested)
        if one.judgement.verdict == "fail" or one.judgement.reason == "sealed":
            self.failed.add(report.group)
        if one.good and report.early:
            self.aged.append(one.ref)
            return
        if one.good and report.lab is None and not self.transcribed_counts:
            self.uncounted.append(one.ref)
            return
        cleared = [old for group, old in self.standing.items() if retest and group != report.group]
        for old in cleared:
            del self.standing[old.report.group]
        if one.good and report.aged:
            self.aged.append(one.ref)
            self.contested |= {old.report.group for old in cleared if not old.good}
        elif one.good and self.contested and not (report.independent and report.group not in self.contested):
            self.aged.append(one.ref)
        else:
            self.contested = set()
            own = self.standing.get(report.group)
            if own is None or not own.is_worse(one):
                self.standing[report.group] = replace(one, replaced=tuple(_replaced(one, cleared)))


def _replaced(retest: Candidate, cleared: Iterable[Candidate]) -> Iterator[str]:
    """The worse reports in whose place a retest stands."""
    for old in cleared:
        yield from old.replaced
        if old.is_worse(retest):
            yield old.ref
