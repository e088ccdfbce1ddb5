"""The results of one lot under one side: product, reports, editions, stars. The card adds what surrounds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from trustledger.frameworks import CardPolicy, Framework, Frameworks, Limit, Vocabulary
from trustledger.frameworks.collection import Edition
from trustledger.kinds.units import unit
from trustledger.views.inspection_card.judging import (
    NO_EDITION,
    NO_LIMIT,
    Judgement,
    Measured,
    converted,
    judge,
    unit_of,
    worst,
)
from trustledger.views.inspection_card.model import Result, Untested, UntestedReason
from trustledger.views.inspection_card.numbers import day_of, months_later, ratio_text, shown
from trustledger.views.inspection_card.parties import (
    BRAND_OWNER,
    INSPECTOR,
    GroupOf,
    PartyAt,
    has_role,
    is_accredited,
    is_independent,
    signed_when_compromised,
)
from trustledger.views.inspection_card.production import Produced, produced
from trustledger.views.inspection_card.said import (
    REPORTS,
    Said,
    Story,
    measured_in,
    product_subject,
    text_in,
    texts_in,
)
from trustledger.views.inspection_card.standing import Candidate, Outcome, Report, settle

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

_INTERESTED = ("cost", "listing", "origin", "processing", "report_copy", "shipping")
"""Kinds whose signers have a part in the goods: they make, move, sell or praise them."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a card depends on besides the records.

    Attributes:
        frameworks: Standards.
        policy: House rules.
        as_of: The moment of the card, ms.
        parties: The ledger's word on parties.
        group_of: Groups of parties.
        end: The entry after the last that is seen.
    """

    frameworks: Frameworks
    policy: CardPolicy
    as_of: int
    parties: PartyAt
    group_of: GroupOf
    end: int

    @property
    def words(self) -> Vocabulary:
        """Names."""
        return self.frameworks.words


class Product(NamedTuple):
    """What the brand owner says of a lot's product.

    Attributes:
        said: The record; None if there is none.
        category: Canonical category; empty if unknown.
        market: Its code; empty if nobody said.
        required: Canonical parameters that must be tested.
        others: Product records by other brand owners, which count for nothing.
    """

    said: Said | None
    category: str = ""
    market: str = ""
    required: frozenset[str] = frozenset()
    others: tuple[Said, ...] = ()


class Standards(NamedTuple):
    """The editions in force on the days on which a lot may have been made.

    Attributes:
        lineage: The category and those above it.
        days: For each day that matters, the editions.
    """

    lineage: tuple[str, ...]
    days: tuple[tuple[Edition, ...], ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The standards."""
        return tuple(sorted({one.id for day in self.days for one in day}))

    def editions(self) -> tuple[Framework, ...]:
        """The editions held against, each once."""
        found = {
            one.framework.sha256: one.framework
            for day in self.days
            for one in day
            if one.framework is not None
        }
        return tuple(sorted(found.values(), key=lambda one: (one.id, one.in_force)))

    def missing(self) -> tuple[str, ...]:
        """The editions that were not supplied."""
        return tuple(sorted({one.missing for day in self.days for one in day if one.framework is None}))

    def safety(self) -> frozenset[str]:
        """The parameters that an edition here limits for safety's sake."""
        named = {parameter for one in self.editions() for _, parameter in one.limits}
        return frozenset(
            parameter
            for parameter in named
            for one in self.editions()
            if (limit := one.limit(self.lineage, parameter)) is not None and limit.nature == "safety"
        )

    def judge(self, standard: str, measured: Measured, rules: Rules) -> Judgement | None:
        """A value under every edition of one standard that may apply, the worst first; None where none limits it."""
        found: list[Judgement] = []
        for day in self.days:
            for one in day:
                if one.id != standard:
                    continue
                if one.framework is None:
                    found += [NO_EDITION] if self._may_limit(standard, measured.parameter, rules) else []
                else:
                    limit = one.framework.limit(self.lineage, measured.parameter)
                    found += [judge(measured, limit, rules.policy, rules.words)] if limit is not None else []
        return worst(found) if found else None

    def _may_limit(self, standard: str, parameter: str, rules: Rules) -> bool:
        """Whether an edition that was not supplied is likely to limit a parameter: another edition does."""
        own = (one for one in rules.frameworks.limits if one.id == standard)
        return any(one.limit(self.lineage, parameter) is not None for one in own)


def product_of_lot(story: Story, lot: str, rules: Rules) -> Product:
    """The product's record: the first brand owner's, as it stands."""
    own = [
        one
        for one in story.about(product_subject(lot), "product")
        if has_role(one.party, BRAND_OWNER, one.original.entry, rules.parties)
    ]
    if not own:
        return Product(None)
    said = next((one for one in own if one.party == own[0].party), own[0])
    return Product(
        said,
        rules.words.category(text_in(said.data, "category")) or "",
        rules.words.market(text_in(said.data, "market")) if text_in(said.data, "market") else "",
        frozenset(map(rules.words.parameter, texts_in(said.data, "required"))),
        tuple(one for one in own if one.party != said.party),
    )


def is_doubted(placed: VerifiedRecord, rules: Rules) -> bool:
    """Whether a key that signed was in other hands by then, as the ledger knows at the moment of the card."""
    return signed_when_compromised(placed, rules.parties(placed.party, rules.end))


def standards_of(rules: Rules, group: str, category: str, made: Produced) -> Standards:
    """The editions in force on the first possible day of production, and whenever one changed until the last."""
    lineage = rules.words.lineage(category)
    days = [made.first, *(day for day in rules.frameworks.starts(group) if made.first < day <= made.last)]
    return Standards(
        lineage, tuple(rules.frameworks.on(group, lineage, day) for day in days) if lineage else ()
    )


class Lot:
    """One lot's results.

    Args:
        story: What counts.
        lot: The lot.
        group: The side.
        rules: All else.
    """

    def __init__(self, story: Story, lot: str, group: str, rules: Rules) -> None:
        self.story, self.lot, self.rules = story, lot, rules
        self.product = product_of_lot(story, lot, rules)
        self.made = produced(story, lot, rules.as_of, rules.policy)
        self.standards = standards_of(rules, group, self.product.category, self.made)
        self.interested = self._interested()
        self.reports = [self._report(said) for said in story.about(lot, *REPORTS)]
        self.untested: list[Untested] = []
        self.results = sorted(self._results(), key=_worst_first)

    def lab_signed(self, said: Said) -> bool:
        """Whether a report is a laboratory's own, not a copy or the word of somebody else."""
        known = has_role(said.party, INSPECTOR, said.original.entry, self.rules.parties)
        return said.kind == "inspection" and known

    def _interested(self) -> frozenset[str]:
        """Groups that have a part in the goods."""
        parties = {one.party for one in self.story.naming(self.lot, *_INTERESTED)}
        parties |= {one.party for one in self.story.makers(self.lot)}
        parties |= {one.party for one in self.story.about(product_subject(self.lot), "listing", "cost")}
        if self.product.said is not None:
            parties.add(self.product.said.party)
        return frozenset(map(self.rules.group_of, parties))

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
        ends = months_later(day_of(said.tested_at), months)
        return Report(said, lab, independent, day_of(self.rules.as_of) >= ends, doubted)

    def _results(self) -> Iterator[Result]:
        measured: dict[str, list[tuple[Report, Measured]]] = {}
        for report in self.reports:
            for one in measured_in(report.said, self.rules.words):
                measured.setdefault(one.parameter, []).append((report, one))
        for parameter in sorted({*measured, *self.product.required}):
            yield from self._parameter(parameter, measured.get(parameter, []))

    def _parameter(self, parameter: str, values: list[tuple[Report, Measured]]) -> Iterator[Result]:
        """One result for each standard that limits a parameter; one without a limit where none does."""
        outcomes = [found for standard in self.standards.ids if (found := self._settled(standard, values))]
        if not outcomes:
            readable = (Candidate(report, one, NO_LIMIT) for report, one in values if not one.sealed)
            outcomes = [settle(readable, transcribed_counts=self.rules.policy.transcribed_counts)]
        standing = [one.standing for one in outcomes if one.standing is not None]
        shown_ones = [one for one in standing if one.judgement.reason != "sealed"]
        yield from map(self._result, shown_ones)
        if len(shown_ones) < len(standing) or (not standing and parameter in self.product.required):
            self.untested.append(_untested(parameter, outcomes, values))

    def _settled(self, standard: str, values: list[tuple[Report, Measured]]) -> Outcome | None:
        judged = ((report, one, self.standards.judge(standard, one, self.rules)) for report, one in values)
        candidates = [Candidate(report, one, found) for report, one, found in judged if found is not None]
        return (
            settle(candidates, transcribed_counts=self.rules.policy.transcribed_counts)
            if candidates
            else None
        )

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
