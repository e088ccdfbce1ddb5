"""The card: one lot's results under one side, what is missing, and what a reader must know besides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from trustledger.frameworks import CardPolicy, Frameworks, PointsFramework
from trustledger.kinds.registry import Kinds
from trustledger.kinds.units import unit
from trustledger.subject import check_subject
from trustledger.views.inspection_card.gathering import Gathered
from trustledger.views.inspection_card.judging import Measured, converted, unit_of
from trustledger.views.inspection_card.model import (
    INCOMPARABLE,
    InspectionCard,
    PointsShown,
    Result,
    Side,
    Verdict,
)
from trustledger.views.inspection_card.noticing import noticed
from trustledger.views.inspection_card.parties import GroupOf, PartyAt, declared_groups
from trustledger.views.inspection_card.product import Rules, product_of_lot
from trustledger.views.inspection_card.said import Story, measured_in
from trustledger.views.inspection_card.scoring import Lot
from trustledger.views.model import Finding, Level

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

_LAST_PLACE: Final = (1 << 63, 0)
_LEVELS: Final[dict[str, Level]] = {
    "inspection.input_failed": "alarm",
    "inspection.parameter_disguised": "alarm",
    "inspection.report_corrected": "alarm",
    "inspection.report_withdrawn": "alarm",
    "inspection.stranger": "alarm",
    "inspection.key_compromised": "alarm",
    "inspection.production_after": "alarm",
    "views.recall": "alarm",
    "inspection.coverage": "note",
    "inspection.limit_unverified": "note",
    "inspection.retested": "note",
    "inspection.transcribed": "note",
    "views.newer": "note",
}
"""Findings that weigh more or less than a doubt."""


def inspection_card(  # noqa: PLR0913  (keywords, which name what a card depends on)
    records: Iterable[VerifiedRecord] | Gathered,
    subject: str,
    *,
    frameworks: Frameworks,
    policy: CardPolicy,
    as_of: int,
    parties: PartyAt,
    group_of: GroupOf | None = None,
    group: str | None = None,
    kinds: Kinds | None = None,
) -> InspectionCard:
    """The inspection card of a lot.

    Args:
        records: Verified records of the lot, its product, and what it was made from, in any order; `gather` reads them.
        subject: The lot.
        frameworks: Standards.
        policy: The house's rules.
        as_of: The moment of the card, ms since 1970-01-01T00:00:00Z; records placed later are not seen.
        parties: A party as the ledger knew it before an entry (`Reader.party`), and at the moment
            of the card where no entry is named: a key may turn out to be stolen after the last of the records.
        group_of: To which group a party belongs; by declared ownership and identity if None.
        group: The side to show, such as ``EU``; the one that applies in the product's market if None.
        kinds: Kinds that are known; the project's own if None.

    Returns:
        The card. A lot nobody speaks of has an untested one.

    Raises:
        FormatError: ``subject.*``; ``inspection.group`` for a side that no framework has.

    Cost: linear in the records, for each standard of the side.
    """
    gathered = _seen(records, as_of)
    rules = Rules(frameworks, policy, as_of, parties, group_of or _groups(gathered, parties))
    story = Story(gathered, kinds or Kinds.default())
    own = frameworks.group_of(product_of_lot(story, check_subject(subject), rules).market)
    return _Card(story, subject, own if group is None else frameworks.check_group(group), own, rules).card()


def inspection_cards(  # noqa: PLR0913  (the same)
    records: Iterable[VerifiedRecord] | Gathered,
    subject: str,
    *,
    frameworks: Frameworks,
    policy: CardPolicy,
    as_of: int,
    parties: PartyAt,
    group_of: GroupOf | None = None,
    kinds: Kinds | None = None,
) -> tuple[InspectionCard, ...]:
    """The cards of a lot side by side: the applicable one first, then every side that covers its category.

    Arguments and errors as `inspection_card`.
    """
    gathered = _seen(records, as_of)
    rules = Rules(frameworks, policy, as_of, parties, group_of or _groups(gathered, parties))
    story = Story(gathered, kinds or Kinds.default())
    product = product_of_lot(story, check_subject(subject), rules)
    own = frameworks.group_of(product.market)
    lineage = frameworks.words.lineage(product.category)
    covering = {one.group for one in frameworks.limits if one.covers(lineage)} - {own}
    return tuple(_Card(story, subject, side, own, rules).card() for side in (own, *sorted(covering)))


def _seen(records: Iterable[VerifiedRecord] | Gathered, as_of: int) -> Gathered:
    return (records if isinstance(records, Gathered) else Gathered().adding(records)).until(as_of)


def _groups(gathered: Gathered, parties: PartyAt) -> GroupOf:
    """Groups of all who signed."""
    return declared_groups(parties, gathered.records.values())


class _Card:
    """One card being made."""

    def __init__(self, story: Story, lot: str, group: str | None, own: str | None, rules: Rules) -> None:
        self.story, self.subject, self.rules = story, lot, rules
        self.group, self.applicable = group or "", group is not None and group == own
        self.lot = Lot(story, lot, self.group, rules)
        self.holds = False

    def card(self) -> InspectionCard:
        """The whole."""
        notes = list(noticed(self.lot))
        self.holds = any(one.holds for one in notes)
        verdict = self._verdict()
        unique = {
            (one.code, one.subject, one.ref, tuple(one.facts.items())): replace(
                one, level=_LEVELS.get(one.code, "doubt")
            )
            for one in (note.finding for note in notes)
        }
        return InspectionCard(
            subject=self.subject,
            as_of=self.rules.as_of,
            verdict=verdict,
            stars=self._stars(verdict),
            results=tuple(self.lot.results),
            untested=tuple(self.lot.untested),
            framework=self._side(),
            findings=tuple(sorted(unique.values(), key=_log_order)),
        )

    # --- the whole -------------------------------------------------------------------------------------------

    def _verdict(self) -> Verdict:
        """The worst of all; a pass needs everything required, and a safety item that passed where any is limited."""
        results = self.lot.results
        if any(one.verdict == "fail" for one in results):
            return "fail"
        if any(one.verdict == "undecided" and _counts(one) for one in results):
            return "undecided"
        if self.lot.untested:
            return "untested"
        safety = self.lot.standards.safety()
        if not any(one.verdict == "pass" and (not safety or one.parameter in safety) for one in results):
            return "undecided" if not safety and results else "untested"
        return "undecided" if self.holds else "pass"

    def _stars(self, verdict: Verdict) -> int | None:
        if verdict == "fail":
            return 0
        if verdict != "pass":
            return None
        for nature in ("safety", "quality"):
            graded = [
                one.stars
                for one in self.lot.results
                if one.stars is not None and one.limit is not None and one.limit.nature == nature
            ]
            if graded:
                return min(graded)
        return None

    def _side(self) -> Side:
        said, standards = self.lot.product.said, self.lot.standards
        return Side(
            group=self.group,
            applicable=self.applicable,
            market=self.lot.product.market,
            category=self.lot.product.category,
            category_record=said.counting.ref if said is not None else "",
            produced=(self.lot.made.first, self.lot.made.last),
            editions=standards.editions(),
            missing=standards.missing(),
            policy=self.rules.policy,
            vocabulary=self.rules.words.sha256,
            points=tuple(self._points()),
        )

    def _points(self) -> Iterator[PointsShown]:
        """Foreign scores of what stands; their algorithms are not law, so the newest edition is shown."""
        newest = {one.id: one for one in self.rules.frameworks.points}
        for framework in newest.values():
            found = self._score(framework)
            if found is not None:
                yield found

    def _score(self, framework: PointsFramework) -> PointsShown | None:
        table = framework.table(self.rules.words.lineage(self.lot.product.category))
        if table is None:
            return None
        values: dict[str, Fraction] = {}
        for one in self.lot.results:
            scale = table.scales.get(one.parameter)
            measured = self._measured(one)
            if scale is None or measured is None or self.rules.words.basis(measured.basis) != table.basis:
                continue
            own = unit_of(measured)
            if own is not None and own.comparable(unit(scale.unit)):
                number = measured.value if measured.value is not None else measured.loq
                value = converted(number, own, scale.unit)
                if value is not None and value >= 0:
                    values[one.parameter] = value
        score = table.score(values)
        if score is None:
            return None
        return PointsShown(
            framework.id, framework.edition, framework.sha256, score.score, score.grade, score.parts
        )

    def _measured(self, result: Result) -> Measured | None:
        """What a result's record says of it."""
        for report in self.lot.reports:
            if report.said.counting.ref == result.record:
                for one in measured_in(report.said, self.rules.words):
                    if one.parameter == result.parameter and not one.sealed:
                        return one
        return None


def _counts(result: Result) -> bool:
    """Whether an undecided result leaves the whole undecided: one nobody asked for, in another basis, does not."""
    return result.required or result.reason not in INCOMPARABLE


def _log_order(one: Finding) -> tuple[object, ...]:
    entry, _, position = one.ref.partition("/")
    place = (int(entry), int(position)) if one.ref else _LAST_PLACE
    return place, one.code, one.subject, tuple(one.facts.items())
