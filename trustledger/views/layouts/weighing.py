"""One step of a layout: which records count for it, for which lots, and what that makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from trustledger.views.layouts.deeds import Deed, lots_of
from trustledger.views.layouts.model import (
    Doer,
    ExpectedStep,
    Foreign,
    Short,
    Status,
    StepResult,
    Unmet,
    Untimely,
    in_order,
    place_of,
)
from trustledger.views.plausibility.times import weigh

if TYPE_CHECKING:
    from trustledger.views.model import Signatory


class Chain:
    """The chain of a layout: the lots behind the one in question, and the records that tell of them.

    Args:
        root: The lot, or an item and its lot.
        steps: The layout's steps.
        making: Names of those that make lots.
        deeds: All that was done and may count, in the order of the log.
        groups: What stands for a party's group, of those that belong to one; see `group_of`.
    """

    def __init__(
        self,
        root: frozenset[str],
        steps: Sequence[ExpectedStep],
        making: frozenset[str],
        deeds: Sequence[Deed],
        groups: Mapping[str, str],
    ) -> None:
        self.root, self.steps, self.making, self.deeds = root, steps, making, deeds
        self._groups = groups
        self.taken: set[str] = set()
        self._makers = self._making()
        self.lots = self._reached()

    def group_of(self, uri: str) -> str:
        """The same text for all parties that count as one."""
        return self._groups.get(uri, uri)

    def before_made(self, deed: Deed, lot: str) -> Deed | None:
        """The first record that makes a lot, if another is dated before it.

        A day without a time of day is recorded as its midnight; then the ledger's own time must tell.
        """
        makers = [one for name in lots_of(lot) for one in self._makers.get(name, ())]
        if not makers:
            return None
        first = min(makers, key=lambda one: (one.at, place_of(one.ref)))
        early = deed.at < first.at and (weigh(deed.at, first.at) == "alarm" or deed.placed < first.at)
        return first if early else None

    def _making(self) -> dict[str, list[Deed]]:
        """For each lot the records that make it, fit a step and are signed by somebody who may perform it."""
        makers: dict[str, list[Deed]] = {}
        for deed in self.deeds:
            if any(
                step.name in self.making and deed.fits(step) and deed.allowed(step) for step in self.steps
            ):
                for lot in deed.made:
                    makers.setdefault(lot, []).append(deed)
        return makers

    def _reached(self) -> frozenset[str]:
        """The lots to which these records lead back."""
        reached, waiting = set(self.root), list(self.root)
        while waiting:
            for deed in self._makers.get(waiting.pop(), ()):
                for lot in {one for used in deed.used for one in lots_of(used)} - reached:
                    reached.add(lot)
                    waiting.append(lot)
        return frozenset(reached)

    def rivals(self, deed: Deed, number: int) -> int:
        """How many steps after one of this number could count a record too."""
        return sum(deed.fits(step) and bool(deed.allowed(step)) for step in self.steps[number + 1 :])


class Weighing:
    """A step and the records that count for it.

    Args:
        chain: The chain of the layout.
        number: Which step.
        sources: The steps that it follows, weighed already.
    """

    def __init__(self, chain: Chain, number: int, sources: Sequence[Weighing]) -> None:
        self.chain, self.number = chain, number
        self.expected = chain.steps[number]
        self.makes = self.expected.name in chain.making
        self.sources = frozenset(lot for one in sources for lot in one.lots)
        self.votes: dict[str, dict[str, list[Deed]]] = {}
        self.counted: dict[str, tuple[Deed, tuple[Signatory, ...]]] = {}
        self.misfits: list[Deed] = []
        self.others: list[Deed] = []
        self.failed: set[Unmet] = set()
        self.doubted: dict[str, set[Doer]] = {}
        self.untimely: set[Untimely] = set()
        self.lots: frozenset[str] = frozenset()
        """The lots that went through it as they should."""

    @property
    def wanted(self) -> frozenset[str]:
        """The lots that must go through a step that makes none."""
        return self.sources if self.expected.inputs_from else self.chain.root

    # --- records -------------------------------------------------------------------------------------------

    def take(self) -> None:
        """Find the records of the step, and take as many of them as it needs."""
        for deed in self.chain.deeds:
            if deed.fits(self.expected) and deed.ref not in self.chain.taken:
                self._sort(deed)
        good, failed = set(), {one.lot for one in self.failed}
        for lot in sorted(self.votes):
            chosen = self._chosen(lot)
            for uri in chosen:
                self._count(self._enough(self.votes[lot][uri]))
            if len(chosen) >= self.expected.signatures and lot not in failed:
                good.add(lot)
        self.lots = frozenset(good)

    def take_the_rest(self) -> None:
        """Records that no step needed stand with the first one that they tell of."""
        for parties in self.votes.values():
            for deeds in parties.values():
                self._count([deed for deed in deeds if deed.ref not in self.chain.taken])

    def _sort(self, deed: Deed) -> None:
        """Whether a record may count for the step, and for which lots."""
        lots, allowed = self._lots_of(deed), deed.allowed(self.expected)
        near, doubted = not deed.made.isdisjoint(self.chain.lots), deed.in_doubt(self.expected)
        if not allowed and not doubted:
            if lots or (near if self.makes else not self.wanted):
                self.others.append(deed)
            return
        if not lots:
            if self.makes and near:  # a doubted one leads nowhere, so what went in comes from nowhere
                self._doubt(deed, doubted, deed.made & self.chain.lots)
                self.misfits += [deed] if allowed else []
            return
        asked = frozenset(self.expected.parameters)
        failed = deed.failed & asked if asked else deed.failed
        self.failed.update(Unmet(lot, name, deed.ref) for lot in lots for name in failed)
        if asked and asked.isdisjoint(deed.parameters | deed.failed):
            return
        self._doubt(deed, doubted, lots)
        for lot in self._timely(deed, lots):
            for party in allowed:
                self.votes.setdefault(lot, {}).setdefault(party.uri, []).append(deed)

    def _doubt(self, deed: Deed, parties: Iterable[Signatory], lots: Iterable[str]) -> None:
        """Take note of who would have recorded the step for some lots, were it not for a stolen key."""
        for party in parties:
            for lot in lots:
                self.doubted.setdefault(lot, set()).add(Doer(deed.ref, party))

    def _lots_of(self, deed: Deed) -> frozenset[str]:
        """The lots for which a record counts."""
        if not self.makes:
            if self.expected.inputs_from:
                return deed.used & self.sources
            return self.chain.root if not deed.used.isdisjoint(self.chain.root) else frozenset()
        if self.expected.inputs_from and (not deed.used or self._foreign(deed)):
            return frozenset()
        return deed.made & self.chain.lots

    def _timely(self, deed: Deed, lots: frozenset[str]) -> frozenset[str]:
        """Those of the lots for which a record counts that it is not dated too early for; the others are noted."""
        early = {}
        for lot in deed.used if self.makes else lots:
            first = self.chain.before_made(deed, lot)
            if first is not None and first.ref != deed.ref:
                early[lot] = Untimely(lot, deed.ref, first.ref)
        self.untimely.update(early.values())
        return frozenset() if self.makes and early else lots - early.keys()

    def _foreign(self, deed: Deed) -> list[str]:
        """What went in and came out of none of the steps it follows."""
        return sorted(lot for lot in deed.used if self.sources.isdisjoint(lots_of(lot)))

    def _chosen(self, lot: str) -> list[str]:
        """The parties whose records are taken for a lot: complete ones, those first whose records nobody else needs.

        Of each group at most one.
        """
        parties = self.votes[lot]

        def order(uri: str) -> tuple[bool, int, tuple[int, int], str]:
            held = all(deed.ref in self.counted for deed in parties[uri])
            rivals = sum(self.chain.rivals(deed, self.number) for deed in parties[uri])
            return not held, rivals, place_of(parties[uri][0].ref), uri

        complete: dict[str, str] = {}
        for uri in sorted(parties, key=order):
            if not self._lacking(parties[uri]):
                complete.setdefault(self.chain.group_of(uri), uri)
        return list(complete.values())[: self.expected.signatures]

    def _enough(self, deeds: Sequence[Deed]) -> Iterator[Deed]:
        """As few of a party's records as the step needs, those first that no other step could count."""

        def order(deed: Deed) -> tuple[bool, int, tuple[int, int]]:
            return deed.ref not in self.counted, self.chain.rivals(deed, self.number), place_of(deed.ref)

        asked, taken = set(self.expected.parameters), False
        for deed in sorted(deeds, key=order):
            new = asked & (deed.parameters | deed.failed)
            if new or not taken:
                yield deed
            asked -= new
            taken = True

    def _lacking(self, deeds: Iterable[Deed]) -> list[str]:
        """The parameters for which some records have no result."""
        found: set[str] = set()
        for deed in deeds:
            found |= deed.parameters | deed.failed
        return [name for name in self.expected.parameters if name not in found]

    def _count(self, deeds: Iterable[Deed]) -> None:
        for deed in deeds:
            self.chain.taken.add(deed.ref)
            self.counted[deed.ref] = (deed, deed.allowed(self.expected))

    # --- what that makes of it -----------------------------------------------------------------------------

    @property
    def consumed(self) -> frozenset[str]:
        """The lots that its records used up."""
        return frozenset(
            one for deed, _ in self.counted.values() for lot in deed.used for one in lots_of(lot)
        )

    def result(
        self, beside: frozenset[str], said_at: tuple[int, int], outside: tuple[str, ...]
    ) -> StepResult:
        """What became of the step.

        Args:
            beside: Lots that steps which follow the same ones used up.
            said_at: Place at which the layout was laid down.
            outside: Records that do not count because the layout was not valid.
        """
        misfits = [deed for deed in self.misfits if deed.ref not in self.chain.taken]
        foreign = tuple(Foreign(lot, deed.ref) for deed in misfits for lot in self._foreign(deed))
        others = [deed for deed in self.others if deed.ref not in self.chain.taken]
        short, lacking = self._wanting()
        unconsumed = self._unconsumed(beside)
        done = in_order(Doer(deed.ref, party) for deed, allowed in self.counted.values() for party in allowed)
        return StepResult(
            expected=self.expected,
            status=self._status(others, foreign, unconsumed, short, lacking),
            done_by=done,
            others=in_order(doer for deed in others for doer in deed.doers),
            foreign=foreign,
            unconsumed=unconsumed,
            short=short,
            parameters=lacking,
            failed=tuple(sorted(self.failed)),
            early=tuple(dict.fromkeys(doer.ref for doer in done if place_of(doer.ref) < said_at)),
            outside=outside,
            doubted=in_order(doer for doers in self.doubted.values() for doer in doers),
            untimely=tuple(sorted(self.untimely, key=lambda one: (place_of(one.ref), one.lot))),
            same=self._same(),
        )

    def _same(self) -> tuple[tuple[str, ...], ...]:
        """Parties that spoke of one lot and belong together."""
        found: dict[str, set[str]] = {}
        for parties in self.votes.values():
            groups: dict[str, set[str]] = {}
            for uri in parties:
                groups.setdefault(self.chain.group_of(uri), set()).add(uri)
            for name, group in groups.items():
                if len(group) > 1:
                    found.setdefault(name, set()).update(group)
        return tuple(sorted(tuple(sorted(group)) for group in found.values()))

    def _unconsumed(self, beside: frozenset[str]) -> tuple[str, ...]:
        """Lots of the steps before that did not go through it; of a step that was left out as it may be, none."""
        if self.expected.optional and not self.votes:
            return ()
        through = beside if self.makes else self.votes.keys()
        return tuple(sorted(self.sources - through))

    def _wanting(self) -> tuple[tuple[Short, ...], tuple[Unmet, ...]]:
        """Lots of which too few parties spoke, and parameters for which there is no result."""
        short, lacking = [], []
        for lot in sorted(self.votes):
            parties = self.votes[lot]
            gaps = {uri: self._lacking(deeds) for uri, deeds in parties.items()}
            group_of = self.chain.group_of
            complete = {group_of(uri) for uri, gap in gaps.items() if not gap}
            if len(complete) >= self.expected.signatures:
                continue
            if len({group_of(uri) for uri in parties}) >= self.expected.signatures:
                wanting = (gap for uri, gap in gaps.items() if group_of(uri) not in complete)
                lacking += [Unmet(lot, name) for name in min(wanting, key=lambda gap: (len(gap), gap))]
            else:
                short.append(Short(lot, len(complete), self.expected.signatures))
        return tuple(short), tuple(lacking)

    def _status(
        self,
        others: Sequence[Deed],
        foreign: Sequence[Foreign],
        unconsumed: Sequence[str],
        short: Sequence[Short],
        lacking: Sequence[Unmet],
    ) -> Status:
        """The gravest of what can be said."""
        if self.failed:
            return "failed"
        if foreign:
            return "inputs"
        if not self.votes:
            if self.expected.optional:
                return "skipped"
            if self.untimely:
                return "order"
            return "doubted" if self.doubted else "other" if others else "missing"
        if unconsumed and not self.expected.optional:
            return self._why(unconsumed) or "inputs"
        if lacking:
            return "parameters"
        return (self._why(one.lot for one in short) or "few") if short else "met"

    def _why(self, lots: Iterable[str]) -> Status | None:
        """Why the records about some lots do not count, if there are some about each."""
        wanting = set(lots)
        if wanting <= {one.lot for one in self.untimely}:
            return "order"
        return "doubted" if wanting <= self.doubted.keys() else None
