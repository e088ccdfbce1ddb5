"""Plausibility: what is signed and proven, and yet cannot all be true (docs/plausibility.md).

A pure fold over steps of traces, which are verified records with their corrections taken into account: only what
counts is judged. The same records give the same findings in whatever order they are added.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.balance import balance_findings
from trustledger.views.plausibility.events import told_once
from trustledger.views.plausibility.happening import Happening, happening_of
from trustledger.views.plausibility.labs import accreditation_findings
from trustledger.views.plausibility.moving import place_findings, transfer_findings, unit_findings
from trustledger.views.plausibility.own import PartyAt, own_goods_findings
from trustledger.views.plausibility.papers import paper_findings
from trustledger.views.plausibility.times import before_made_findings, future_findings
from trustledger.views.plausibility.use import use_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustledger.kinds.registry import Kinds
    from trustledger.views.model import Step

MAX_HAPPENINGS: Final = 100_000
"""Records that are judged together. Beyond it nothing more is taken in, and a finding says so."""
MAX_REFS: Final = 100
"""Places that one finding names beside its own."""
_LEVELS: Final[tuple[Level, ...]] = ("alarm", "doubt", "note")


class Plausibility:
    """Collects what is said of goods, and judges it when asked.

    Args:
        kinds: Kinds of records.
        party: A party as the ledger knew it before an entry.
        most: Records that are taken in.
    """

    def __init__(self, kinds: Kinds, party: PartyAt, most: int = MAX_HAPPENINGS) -> None:
        self._kinds, self._party, self._most = kinds, party, most
        self._happenings: dict[str, Happening] = {}
        self._cut = False

    def add(self, step: Step) -> None:
        """Take in a step. One that was added before, under whatever subject, changes nothing."""
        if step.ref in self._happenings:
            return
        if len(self._happenings) >= self._most:
            self._cut = True
            return
        found = happening_of(step, self._kinds)
        if found is not None:
            self._happenings[step.ref] = found

    def findings(self) -> tuple[Finding, ...]:
        """What is odd, alarms first; within a level in the order of the log."""
        everything = sorted(self._happenings.values(), key=lambda one: one.place)
        told = told_once(everything)
        found = [*told.findings, *future_findings(everything)]
        for question in (
            balance_findings,
            use_findings,
            before_made_findings,
            place_findings,
            transfer_findings,
            unit_findings,
        ):
            found += question(told.happenings)
        found += paper_findings(everything)
        found += own_goods_findings(told.happenings, self._party)
        found += accreditation_findings(everything, self._party)
        if self._cut:
            found.append(Finding("plausibility.cut", "", "", {"expected": str(self._most)}, "note"))
        return tuple(sorted(map(_short, found), key=_order))


def judge(steps: Iterable[Step], kinds: Kinds, party: PartyAt) -> tuple[Finding, ...]:
    """What is odd about some steps: `Plausibility` at one go.

    Args:
        steps: Of one trace or many.
        kinds: Kinds of records.
        party: A party as the ledger knew it before an entry.
    """
    fold = Plausibility(kinds, party)
    for step in steps:
        fold.add(step)
    return fold.findings()


def _short(one: Finding) -> Finding:
    """A finding without the refs beyond the limit, so that many records cannot make each other's lists long."""
    return one if len(one.refs) <= MAX_REFS else replace(one, refs=one.refs[:MAX_REFS])


def _order(one: Finding) -> tuple[int, tuple[int, int], str, str, tuple[str, ...]]:
    entry, _, position = one.ref.partition("/")
    place = (int(entry), int(position)) if one.ref else (1 << 64, 0)
    return _LEVELS.index(one.level), place, one.code, one.subject, tuple(one.facts.values())


__all__ = ["MAX_HAPPENINGS", "Happening", "PartyAt", "Plausibility", "happening_of", "judge"]
