"""What a trust score is made of: plain values. Decimals have two digits behind the point and lie between 0 and 5."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal, Protocol

from trustledger.views.model import Finding
from trustledger.views.trust_score.cases import Case, Standing
from trustledger.views.trust_score.estimates import Estimate
from trustledger.views.trust_score.facts import Place
from trustledger.views.trust_score.policy import ScorePolicy


class LimitLike(Protocol):
    """Of a card's limit: whether it is about safety."""

    @property
    def nature(self) -> str:
        """``safety`` or ``quality``."""


class ResultLike(Protocol):
    """Of a card's result, as much as a score needs (`trustledger.views.inspection_card.Result`)."""

    @property
    def parameter(self) -> str:
        """Canonical name."""

    @property
    def verdict(self) -> str:
        """``pass``, ``fail``, ``undecided`` or ``unrated``."""

    @property
    def required(self) -> bool:
        """The product's record asks for it."""

    @property
    def independent(self) -> bool:
        """The laboratory has no part in the goods."""

    @property
    def record(self) -> str:
        """Place of the record that counts."""

    @property
    def limit(self) -> LimitLike | None:
        """What it was held against."""


class FindingLike(Protocol):
    """Of a card's finding: its code and place."""

    @property
    def code(self) -> str:
        """Key of the message catalogue."""

    @property
    def ref(self) -> str:
        """Place of the record."""


class SideLike(Protocol):
    """By which rules a card was made: the product's category."""

    @property
    def category(self) -> str:
        """Canonical category; empty if unknown."""


class CardLike(Protocol):
    """As much of an inspection card as a score needs (`trustledger.views.inspection_card.InspectionCard`)."""

    @property
    def verdict(self) -> str:
        """``pass``, ``fail``, ``undecided`` or ``untested``."""

    @property
    def stars(self) -> int | None:
        """0 to 5; None where nothing is graded."""

    @property
    def results(self) -> Sequence[ResultLike]:
        """One for each parameter."""

    @property
    def untested(self) -> Sequence[Any]:
        """Required parameters without a result."""

    @property
    def framework(self) -> SideLike:
        """Its rules."""

    @property
    def findings(self) -> Sequence[FindingLike]:
        """What a reader must know."""


@dataclass(frozen=True, slots=True)
class Component:
    """One part of a score.

    Attributes:
        name: ``quality``, ``reviews``, ``after_sales`` or ``merchant_credit``.
        estimate: The part and its bounds, as published.
        weight: Percent of the whole.
        evidence: How many results, reviews or order lines count.
        amount: The same by weight; of quality, how many lots.
        provisional: There is too little of it.
        places: Where the records stand that count.
        arithmetic: Every number on the way, by name, for whoever computes it again.
    """

    name: str
    estimate: Estimate
    weight: int
    evidence: int
    amount: Decimal
    provisional: bool
    places: tuple[Place, ...] = field(default=(), repr=False)
    arithmetic: Mapping[str, str] = field(default_factory=dict)

    @property
    def records(self) -> tuple[str, ...]:
        """The places as people write them: ``12/0``."""
        return tuple(f"{entry}/{position}" for entry, position in self.places)


@dataclass(frozen=True, slots=True)
class Danger:
    """Why a lot on sale must be held at once.

    Attributes:
        reason: ``safety_failure`` or ``recall``.
        lot: The lot.
        ref: Place of the failing report or recall.
    """

    reason: Literal["safety_failure", "recall"]
    lot: str
    ref: str


@dataclass(frozen=True, slots=True)
class TrustScore:
    """What the chain says about a product sold by a merchant.

    Attributes:
        subject: The product.
        merchant: URI of the merchant.
        as_of: Records placed later were not seen; ms since 1970-01-01T00:00:00Z.
        estimate: The score and its bounds, as published.
        standing: Where the listing stands.
        cases: Its proceedings, in the order in which they were opened.
        provisional: A part has too little evidence.
        components: The parts, in the order of `COMPONENTS`.
        erased: What buyers without a review said that cannot be read any more; as long as there is any, no score
            recovers.
        cleared: Names of the cases about danger of which every lot that was on sale then has passed since, or is
            recalled and no longer sold.
        lots: The lots on sale that were looked at.
        dangers: Why it must be held at once; usually nothing.
        orders: Orders of this product by this merchant, under all its names.
        keys: How many of these handed their buyer a key.
        keys_used: With how many of these keys something was said.
        policy: The rules.
        findings: What a reader must know, in the order of the log.
    """

    subject: str
    merchant: str
    as_of: int
    estimate: Estimate
    standing: Standing
    cases: tuple[Case, ...]
    provisional: bool
    components: tuple[Component, ...]
    erased: int
    cleared: frozenset[str]
    lots: tuple[str, ...]
    dangers: tuple[Danger, ...]
    orders: int
    keys: int
    keys_used: int
    policy: ScorePolicy
    findings: tuple[Finding, ...]

    @property
    def score(self) -> Decimal:
        """The score."""
        return self.estimate.score

    @property
    def lower(self) -> Decimal:
        """Its lower bound."""
        return self.estimate.lower

    @property
    def upper(self) -> Decimal:
        """Its upper bound."""
        return self.estimate.upper

    @property
    def listed(self) -> bool:
        """Whether it may be sold."""
        return self.standing.selling

    def component(self, name: str) -> Component:
        """A part by its name."""
        return next(one for one in self.components if one.name == name)
