"""Which steps of a layout are met, by whom, and which are missing or done by someone else.

What counts is the *chain of the layout*: from the lot back along those records that make lots, fit a step and are
signed by somebody who may perform it. Records of strangers lead nowhere and count for nothing, so they cannot make
a missing step a met one; they are shown.

- The state of a party before the entry of the record decides whether it may perform a step.
- A record counts for one step. Steps take records in the order of the layout, those first that fit the fewest
  later steps; so a record is never counted twice, and a layout whose steps compete for the same records may, at
  worst, be found wanting, never met by mistake.
- How many parties must have recorded a step is counted for each lot; parties of one group (one registered identity, or
  owners with what they own, as `Trace.independence` has them) are one.
- A record signed with a key that was compromised by then does not count for the party whose key that was. Results that
  do not conform stand: doubt never speaks for a lot, and takes nothing back that speaks against it.
- Nothing is done with a lot before it is made. A record dated earlier than the first that makes the lot, by somebody
  who may, counts only if it could be dated by the day (`trustledger.views.plausibility.times.weigh`) and was placed
  later.
- A step that makes lots, with ``inputs_from``: all that went in came out of the steps named, and all that
  came out of them went into a step that names them. A step that makes none (inspecting, shipping): each lot that
  came out of the steps named went through it. Without ``inputs_from`` it concerns the lot in question itself.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from trustledger.kinds.registry import Kinds
from trustledger.views.goods import is_product
from trustledger.views.layouts.choosing import choose_layout
from trustledger.views.layouts.deeds import Deed, deeds_of, lots_of, makes_lots
from trustledger.views.layouts.model import (
    Layout,
    LayoutResult,
    StepResult,
    Unforeseen,
    place_of,
)
from trustledger.views.layouts.weighing import Chain, Weighing
from trustledger.views.model import Finding

if TYPE_CHECKING:
    from trustledger.views.layouts.choosing import PartyAt
    from trustledger.views.layouts.model import Doer, ExpectedStep
    from trustledger.views.model import Trace


def layout_of_trace(
    found: Trace, kinds: Kinds | None = None, party: PartyAt | None = None
) -> LayoutResult | None:
    """A lot held against the layout that counts for it.

    Args:
        found: A trace back.
        kinds: Kinds of records; the project's own if None.
        party: A party as it was before an entry, or now; see `choose_layout`.

    Returns:
        The result; None for a product, for a trace forward, and where nobody laid down any steps.
    """
    if found.forward or is_product(found.subject):
        return None
    choice = choose_layout(found, party)
    if not choice.any:
        return None
    if choice.layout is None:
        return LayoutResult(found.subject, None, findings=choice.findings, whole=False)
    result = check_layout(found, choice.layout, kinds)
    return replace(result, findings=(*choice.findings, *result.findings))


def check_layout(found: Trace, layout: Layout, kinds: Kinds | None = None) -> LayoutResult:
    """A lot held against a layout. No rule that is broken raises; all stands in the result.

    Args:
        found: A trace back from the lot or item.
        layout: The layout; `choose_layout` says which one counts.
        kinds: Kinds of records; the project's own if None.
    """
    return _Check(found, layout, kinds or Kinds.default()).run()


class _Check:
    """One check: each step is weighed once, in the order of the layout."""

    def __init__(self, found: Trace, layout: Layout, kinds: Kinds) -> None:
        self.found, self.layout, self.kinds = found, layout, kinds
        self.deeds, self.unreadable = deeds_of(found, kinds)
        self.root = frozenset(lots_of(found.subject))
        self.making = frozenset(one.name for one in layout.steps if makes_lots(one.kind, kinds))
        valid = [deed for deed in self.deeds if self._valid(deed)]
        self.chain = Chain(self.root, layout.steps, self.making, valid, _groups(found))

    def run(self) -> LayoutResult:
        """Weigh the steps, then what they left over."""
        weighed: list[Weighing] = []
        for number, expected in enumerate(self.layout.steps):
            sources = [one for one in weighed if one.expected.name in expected.inputs_from]
            one = Weighing(self.chain, number, sources)
            one.take()
            weighed.append(one)
        for one in weighed:
            one.take_the_rest()
        consumed = {one.expected.name: one.consumed for one in weighed}
        steps = tuple(self._result(one, consumed) for one in weighed)
        whole, findings = self._whole(weighed, steps)
        return LayoutResult(
            self.found.subject,
            self.layout,
            steps,
            self._unforeseen(steps),
            self.unreadable,
            findings,
            whole,
        )

    def _valid(self, deed: Deed) -> bool:
        since, until = self.layout.since, self.layout.until
        return (since is None or since <= deed.placed) and (until is None or deed.placed < until)

    def _result(self, one: Weighing, consumed: dict[str, frozenset[str]]) -> StepResult:
        """What became of a step, once it is known what all of them took."""
        beside = frozenset[str]()  # a lot that another step took which follows the same one
        for other in self.layout.steps:
            if other.name in self.making and not set(other.inputs_from).isdisjoint(one.expected.inputs_from):
                beside |= consumed[other.name]
        outside = self._outside(one.expected)
        said_at = place_of(self.layout.said_at)
        return one.result(beside, said_at, outside)

    def _outside(self, expected: ExpectedStep) -> tuple[str, ...]:
        """Records of a step that were placed when the layout was not valid."""
        return tuple(
            deed.ref
            for deed in self.deeds
            if not self._valid(deed) and deed.fits(expected) and deed.allowed(expected)
        )

    def _whole(
        self, weighed: list[Weighing], steps: tuple[StepResult, ...]
    ) -> tuple[bool, tuple[Finding, ...]]:
        """Whether the lot came out of the last step that makes lots, and nothing of its chain was cut away."""
        findings = []
        done = [
            (one, step)
            for one, step in zip(weighed, steps, strict=True)
            if one.makes and step.status != "skipped"
        ]
        if done and done[-1][1].fine and self.root.isdisjoint(done[-1][0].lots):
            facts = {"step": done[-1][1].expected.name}
            findings.append(Finding("layout.not_from", self.found.subject, self.layout.ref, facts))
        if self.found.cut:
            findings.append(Finding("layout.trace_cut", self.found.subject, self.layout.ref))
        return not findings, tuple(findings)

    def _unforeseen(self, steps: tuple[StepResult, ...]) -> tuple[Unforeseen, ...]:
        """What was done and belongs to no step, whoever did it."""
        known: set[str] = set()
        for step in steps:
            listed: tuple[Doer, ...] = (*step.done_by, *step.others, *step.doubted)
            known.update((doer.ref for doer in listed), step.outside, (one.ref for one in step.foreign))
            known.update(one.ref for one in step.failed)
            known.update(one.ref for one in step.untimely)
        return tuple(
            Unforeseen(deed.ref, deed.kind, deed.step or deed.direction, deed.signers[0], deed.subject)
            for deed in self.deeds
            if deed.ref not in known
        )


def _groups(found: Trace) -> dict[str, str]:
    """For each party of a group of several what stands for the group."""
    groups = found.independence.groups if found.independence is not None else ()
    return {uri: group[0] for group in groups for uri in group}
