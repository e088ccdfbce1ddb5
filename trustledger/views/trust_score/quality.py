"""Quality: the inspection cards of the lots on sale. A gate; then coverage, independence, and a little for margin.

Points of a lot that passed: passed + coverage·c + independence·i + margin·stars/5, where c is the share of required
tests that were done and i the share of these done by independent laboratories. It can turn out doubt·(1 − i) lower, and
would have independence·(1 − i) more were all of it confirmed. A lot that failed, or is recalled, has 0. Of any other is
known only what was done: unknown + coverage·c, between 0 and what the least pass earns. The worst lot on sale is the
part's: any buyer may get it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from trustledger.views.trust_score.estimates import ARITHMETIC, Estimate
from trustledger.views.trust_score.facts import Place
from trustledger.views.trust_score.lots import OnSale
from trustledger.views.trust_score.model import CardLike, Component, Danger
from trustledger.views.trust_score.notes import Notes
from trustledger.views.trust_score.policy import QualityRules, ScorePolicy

RECALL: Final = "views.recall"
"""The code by which a card says that its lot is recalled."""
_NOTHING: Final = Estimate(Decimal(0), Decimal(0), Decimal(0))
CardOf = Callable[[str], CardLike]
"""The inspection card of a lot, as of the score's own time."""


@dataclass(frozen=True, slots=True)
class Quality:
    """What the cards say.

    Attributes:
        component: The part.
        dangers: What must be held at once.
        lots: The lots on sale that were looked at.
        category: Category of the product, by its own record; empty if no card knows it.
    """

    component: Component
    dangers: tuple[Danger, ...]
    lots: tuple[str, ...]
    category: str


def quality_part(on_sale: OnSale, card_of: CardOf, policy: ScorePolicy, notes: Notes) -> Quality:
    """The part of quality.

    Args:
        on_sale: The lots that a buyer may get. Danger is looked for in all of them; more than the policy's number are
            not known, and the latest of them count.
        card_of: Their cards.
        policy: The rules.
        notes: Takes dangers, and that no lot is named.
    """
    rules = policy.quality
    found = {lot: card_of(lot) for lot in sorted(on_sale.last)}
    every = {lot: card for lot, card in found.items() if not off_sale(lot, card, on_sale)}
    limit, unknown = rules.max_lots, on_sale.unknown or len(every) > rules.max_lots
    if len(every) > limit:
        notes.add("lots_cut", seen=str(len(every)), expected=str(limit))
    latest = sorted(every, key=lambda lot: (on_sale.last[lot], lot), reverse=True)[:limit]
    cards = {lot: every[lot] for lot in sorted(latest)}
    dangers = [one for lot, card in every.items() for one in endangers(lot, card)]
    for one in dangers:
        notes.add("recall" if one.reason == "recall" else "safety", one.ref, one.lot)
    points = {lot: _points(card, rules) for lot, card in cards.items()}
    points |= {one.lot: _NOTHING for one in dangers}
    if not points and not unknown:
        notes.add("no_lots")
    if not points or unknown:
        points[""] = Estimate(rules.unknown, Decimal(0), _least_pass(rules))
    worst = Estimate(*(min(column) for column in zip(*points.values(), strict=True)))
    refs = {one.record for card in cards.values() for one in card.results if one.record}
    return Quality(
        Component(
            name="quality",
            estimate=worst.published(),
            weight=policy.weights["quality"],
            evidence=sum(len(card.results) for card in cards.values()),
            amount=Decimal(len(cards)),
            provisional=not cards
            or unknown
            or any(card.verdict not in ("pass", "fail") for card in cards.values()),
            places=tuple(sorted(_place(ref) for ref in refs)),
            arithmetic={lot or "—": " ".join(map(str, one.published())) for lot, one in points.items()},
        ),
        tuple(dangers),
        tuple(cards),
        next((card.framework.category for card in cards.values() if card.framework.category), ""),
    )


def _points(card: CardLike, rules: QualityRules) -> Estimate:
    """Points of one lot."""
    c = ARITHMETIC
    if card.verdict == "fail" or _recalled(card):
        return _NOTHING
    done = [one for one in card.results if one.required and one.verdict == "pass"]
    wanted = len([one for one in card.results if one.required]) + len(card.untested)
    own = done if wanted else [one for one in card.results if one.verdict == "pass"]
    coverage = c.multiply(rules.coverage, _share(len(done), wanted))
    if card.verdict != "pass":
        return Estimate(c.add(rules.unknown, coverage), Decimal(0), _least_pass(rules))
    independent = _share(len([one for one in own if one.independent]), len(own))
    missing = c.subtract(Decimal(1), independent)
    margin = c.multiply(rules.margin, _share(card.stars or 0, 5))
    points = c.add(c.add(rules.passed, coverage), c.add(c.multiply(rules.independence, independent), margin))
    return Estimate(
        points,
        c.subtract(points, c.multiply(rules.doubt, missing)),
        c.add(points, c.multiply(rules.independence, missing)),
    )


def _least_pass(rules: QualityRules) -> Decimal:
    """The most that is granted to what nobody tested: not testing must shield nothing."""
    return ARITHMETIC.add(rules.passed, rules.coverage)


def _share(some: int, whole: int) -> Decimal:
    return ARITHMETIC.divide(Decimal(some), Decimal(whole)) if whole else Decimal(0)


def endangers(lot: str, card: CardLike) -> list[Danger]:
    """Failures of safety, and recalls. A failure whose limit is not known is taken for one."""
    found = [
        Danger("safety_failure", lot, one.record)
        for one in card.results
        if one.verdict == "fail" and (one.limit is None or one.limit.nature == "safety")
    ]
    return found + [Danger("recall", lot, one.ref) for one in card.findings if one.code == RECALL]


def off_sale(lot: str, card: CardLike, on_sale: OnSale) -> bool:
    """Whether a lot was recalled, is not offered, and was not sold since."""
    recalls = [_place(one.ref) for one in card.findings if one.code == RECALL]
    return bool(recalls) and lot not in on_sale.offered and on_sale.last.get(lot, (-1, -1)) < max(recalls)


def _recalled(card: CardLike) -> bool:
    return any(one.code == RECALL for one in card.findings)


def _place(ref: str) -> Place:
    entry, _, position = ref.partition("/")
    return int(entry), int(position)
