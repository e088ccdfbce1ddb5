"""The results of one lot under one side: product, reports, editions, stars. The card adds what surrounds them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trustledger.frameworks import Limit
from trustledger.kinds.units import unit
from trustledger.views.inspection_card.holding import Holders
from trustledger.views.inspection_card.judging import NO_LIMIT, Judgement, Measured, converted, unit_of
from trustledger.views.inspection_card.model import Result, Untested, UntestedReason
from trustledger.views.inspection_card.numbers import day_of, months_later, ratio_text, shown
from trustledger.views.inspection_card.parties import (
    INSPECTOR,
    has_role,
    is_accredited,
    is_independent,
    signed_when_compromised,
)
from trustledger.views.inspection_card.product import Rules, Standards, product_of_lot, standards_of
from trustledger.views.inspection_card.production import ONE_DAY, produced
from trustledger.views.inspection_card.said import REPORTS, Said, Story, measured_in, product_subject, text_in
from trustledger.views.inspection_card.standing import Candidate, Outcome, Report, settle

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

_INTERESTED = ("cost", "listing", "origin", "processing", "report_copy", "shipping")
"""Kinds whose signers have a part in the goods: they make, move, sell or praise them."""


def is_doubted(placed: VerifiedRecord, rules: Rules) -> bool:
    """Whether a key that signed was in other hands by then, as the ledger knows at the moment of the card."""
    return signed_when_compromised(placed, rules.parties(placed.party, None))


class Lot:
    """One lot's results.

    Args:
        story: What counts.
        lot: The lot.
        group: The side.
        rules: All else.
        made_lot: The lot of the card, if this is one it was made from. Its maker used this one, and its category says
            which limits apply where neither product nor report of this one does.
    """

    def __init__(self, story: Story, lot: str, group: str, rules: Rules, made_lot: Lot | None = None) -> None:
        self.story, self.lot, self.group, self.rules = story, lot, group, rules
        self.product = product_of_lot(story, lot, rules)
        self._made_lot = made_lot
        self._by_category: dict[str, Standards] = {}
        brand = self.product.brand
        users = [] if made_lot is None else made_lot.handling()
        self.holders = Holders(story, rules.parties, rules.group_of, users)
        makers = self.holders.makers(lot, brand)
        self.made = produced(story, lot, makers, rules.as_of, rules.policy)
        self.sources = self.holders.sources(lot, brand) if made_lot is None else {}
        self.standards = standards_of(rules, self._wanted(), self.made)
        self.interested: frozenset[str] = self._interested() if made_lot is None else made_lot.interested
        words = story.words(lot, *REPORTS)
        self.strange = [one for one in words if one.stands and not self.holders.counts(one, lot, brand)]
        self.words = [self._report(one) for one in words if self.holders.counts(one, lot, brand)]
        self.reports = [one for one in self.words if one.said.stands]
        self.untested: list[Untested] = []
        self.results = sorted(self._results(), key=_worst_first)

    def lab_signed(self, said: Said) -> bool:
        """Whether a report is a laboratory's own, not a copy or the word of somebody else."""
        known = has_role(said.party, INSPECTOR, said.original.entry, self.rules.parties)
        return said.kind == "inspection" and known

    def handling(self) -> list[str]:
        """URIs of the brand owner and the makers."""
        makers = self.holders.makers(self.lot, self.product.brand)
        return [one.party for one in makers] + ([self.product.brand] if self.product.said is not None else [])

    def standards_for(self, said: Said) -> Standards:
        """The limits for one report: the product's; of a source without one, its own category's or the made lot's."""
        if self._made_lot is None or self.product.category:
            return self.standards
        category = self.rules.words.category(text_in(said.data, "category"))
        if category is None:
            category = self._made_lot.product.category
        if category not in self._by_category:
            self._by_category[category] = standards_of(self.rules, [(self.group, category)], self.made)
        return self._by_category[category]

    def _wanted(self) -> list[tuple[str, str]]:
        """The sides and categories to hold this lot against: on its own side, those of earlier versions too."""
        frameworks = self.rules.frameworks
        own = frameworks.group_of(self.product.market)
        wanted = [(self.group, self.product.category)]
        for category, market, _ in self.product.earlier:
            wanted.append((self.group, category))
            wanted.append(
                (frameworks.group_of(market) or self.group if own == self.group else self.group, category)
            )
        return [one for one in wanted if all(one)]

    def _interested(self) -> frozenset[str]:
        """Groups that have a part in the goods, and in what these were made from."""
        parties: set[str] = set()
        for lot in (self.lot, *self.sources):
            parties |= {one.party for one in self.story.naming(lot, *_INTERESTED)}
            parties |= {one.party for one in self.story.makers(lot)}
            parties |= {one.party for one in self.story.about(product_subject(lot), "listing", "cost")}
            parties.add(product_of_lot(self.story, lot, self.rules).brand)
        return frozenset(map(self.rules.group_of, sorted(parties - {""})))

    def _report(self, said: Said) -> Report:
        lab = said.party if self.lab_signed(said) else None
        doubted = is_doubted(said.original, self.rules) or is_doubted(said.counting, self.rules)
        independent = (
            not doubted
            and lab is not None
            and all(
                is_independent(placed, self.interested, self.rules.parties, self.rules.group_of)
                for placed in (said.original, said.counting)
            )
        )
        months = self.rules.policy.months(self.rules.words.lineage(self.product.category))
        tested = day_of(said.tested_at)
        aged = day_of(self.rules.as_of) >= months_later(tested, months)
        early = (self.made.first - tested).days > ONE_DAY
        return Report(said, lab, independent, aged, doubted, self.rules.group_of(said.party), early)

    def _results(self) -> Iterator[Result]:
        measured: dict[str, list[tuple[Report, Measured]]] = {}
        for report in self.words:
            for one in measured_in(report.said, self.rules.words):
                measured.setdefault(one.parameter, []).append((report, one))
        for parameter in sorted({*measured, *self.product.required}):
            yield from self._parameter(parameter, measured.get(parameter, []))

    def _parameter(self, parameter: str, values: list[tuple[Report, Measured]]) -> Iterator[Result]:
        """One result for each standard that limits a parameter; one without a limit where none does."""
        standards = sorted({name for report, _ in values for name in self.standards_for(report.said).ids})
        outcomes = [found for standard in standards if (found := self._settled(standard, values))]
        counts = self.rules.policy.transcribed_counts
        if not outcomes:
            readable = (
                Candidate(report, one, NO_LIMIT)
                for report, one in values
                if not one.sealed and report.said.stands
            )
            outcomes = [settle(readable, transcribed_counts=counts)]
        standing = [one.standing for one in outcomes if one.standing is not None]
        shown_ones = [one for one in standing if one.judgement.reason != "sealed"]
        yield from map(self._result, shown_ones)
        if len(shown_ones) < len(standing) or (not standing and parameter in self.product.required):
            self.untested.append(_untested(parameter, outcomes, values))

    def judged(self, report: Report, one: Measured, standard: str) -> Judgement | None:
        """What a value means under a standard; None where it limits nothing."""
        return self.standards_for(report.said).judge(standard, one, self.rules)

    def _settled(self, standard: str, values: list[tuple[Report, Measured]]) -> Outcome | None:
        judged = ((report, one, self.judged(report, one, standard)) for report, one in values)
        candidates = [Candidate(report, one, found) for report, one, found in judged if found is not None]
        if not candidates:
            return None
        return settle(candidates, transcribed_counts=self.rules.policy.transcribed_counts)

    def _result(self, standing: Candidate) -> Result:
        measured, judgement, report = standing.measured, standing.judgement, standing.report
        limit, said = judgement.limit, report.said
        values = _shown_values(measured, limit)
        return Result(
            parameter=measured.parameter,
            verdict=judgement.verdict,
            reason=judgement.reason,
            stars=judgement.stars,
            value=values[0],
            unit=values[2],
            uncertainty=values[1],
            ratio=ratio_text(judgement.ratio) if judgement.ratio is not None else None,
            stated=f"{_stated(measured)} {measured.unit}",
            basis=measured.basis,
            method=measured.method,
            limit=limit,
            record=said.counting.ref,
            lab=report.lab,
            transcribed_by=said.party if report.lab is None else None,
            independent=report.independent,
            accredited=report.lab is not None
            and is_accredited(
                said.original, measured.parameter, said.tested_at, self.rules.parties, self.rules.words
            ),
            tested_on=day_of(said.tested_at),
            required=measured.parameter in self.product.required,
            replaced=standing.replaced,
        )


def _untested(parameter: str, outcomes: list[Outcome], values: list[tuple[Report, Measured]]) -> Untested:
    sealed = tuple(dict.fromkeys(report.said.counting.ref for report, one in values if one.sealed))
    aged = tuple(dict.fromkeys(ref for one in outcomes for ref in one.aged))
    uncounted = tuple(dict.fromkeys(ref for one in outcomes for ref in one.uncounted))
    choices: tuple[tuple[UntestedReason, tuple[str, ...]], ...] = (
        ("sealed", sealed),
        ("aged", aged),
        ("transcribed", uncounted),
    )
    reason, records = next(((why, refs) for why, refs in choices if refs), ("no_report", ()))
    return Untested(parameter, reason, records)


def _shown_values(measured: Measured, limit: Limit | None) -> tuple[str, str | None, str]:
    """Value, uncertainty and unit: in the limit's unit where they compare, else as stated."""
    own = unit_of(measured)
    number = measured.value if measured.value is not None else measured.loq
    as_stated = _stated(measured), measured.uncertainty, measured.unit
    if limit is None or own is None or not own.comparable(unit(limit.unit)):
        return as_stated
    value, spread = converted(number, own, limit.unit), converted(measured.uncertainty, own, limit.unit)
    if value is None:
        return as_stated
    sign = "" if measured.value is not None else "<"
    return sign + shown(value), None if spread is None else shown(spread), limit.unit


def _stated(measured: Measured) -> str:
    if measured.value is not None:
        return measured.value
    return f"<{measured.loq}" if measured.loq is not None else "ND"


def _worst_first(one: Result) -> tuple[object, ...]:
    order = {"fail": 0, "undecided": 1, "pass": 2, "unrated": 3}
    safety = one.limit is not None and one.limit.nature == "safety"
    unknown_limit = one.limit is None and one.verdict != "unrated"
    return (
        not (safety or unknown_limit),
        order[one.verdict],
        6 if one.stars is None else one.stars,
        one.parameter,
        one.limit.standard if one.limit is not None else "",
        one.record,
    )
