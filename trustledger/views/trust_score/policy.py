"""The scoring policy as a value: every number of a score that is no fact, read strictly from dated, hashed TOML.

What is left out is an error, not a default: two houses that publish the same hash score alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, Literal, TypeVar, cast

from trustledger.authority.parties import ROLES
from trustledger.errors import FormatError
from trustledger.frameworks.reading import Table, Text, read_toml
from trustledger.views.trust_score.decay import MAX_HALF_LIFE, Decay, check_decay
from trustledger.views.trust_score.estimates import STARS, TOP

T = TypeVar("T")
FORMAT: Final = "trustledger/score-policy@1"
DEFAULT: Final = "house-trust"
"""The policy that is shipped."""
MAX_COUNT: Final = 1_000_000
COMPONENTS: Final = ("quality", "reviews", "after_sales", "merchant_credit")
"""The parts of a score, in the order in which they are shown."""
DEFAULT_CATEGORY: Final = "default"
Measure = Literal["hold", "delist", "notice"]
"""What follows at once: held, taken down, or a notice that starts the time to reply."""


@dataclass(frozen=True, slots=True)
class QualityRules:
    """Points of a lot, 0 to 5 in all.

    Attributes:
        passed: For having passed everything required.
        coverage: For the share of required tests that were done.
        independence: For the share of them done by laboratories without a part in the goods.
        margin: For the stars of the card, as many fifths.
        unknown: Instead of ``passed`` as long as that is not known; less than a pass earns.
        doubt: How much lower a pass can turn out that nobody independent confirmed.
        max_lots: Lots on sale whose points count, the latest first; more than these are not known.
        sold_days: Days for which a lot that was sold counts as on sale, whatever is offered now.
    """

    passed: Decimal
    coverage: Decimal
    independence: Decimal
    margin: Decimal
    unknown: Decimal
    doubt: Decimal
    max_lots: int
    sold_days: int


@dataclass(frozen=True, slots=True)
class TradeRules:
    """Which sales count, and how much.

    Attributes:
        attested_by: Roles of which one signs an order that counts, or signs it too.
        self_delivered: Percent that a line counts whose delivery no independent carrier signed.
        per_buyer: Percent of one buyer's latest line, the one before, …; further lines count nothing.
        anonymous: Percent of each line of a buyer whose pseudonym is sealed or missing.
        bad_stars: Ratings of so many stars or fewer are bad: they count in full for every attested order, whoever
            carried it, and no refund voids them.
    """

    attested_by: frozenset[str]
    self_delivered: int
    per_buyer: tuple[int, ...]
    anonymous: int
    bad_stars: int


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """Ratings.

    Attributes:
        prior: Imagined ratings of 1 to 5 stars that everybody begins with.
        incentivised: Percent of a review that was rewarded.
        minimum: Reviews (weighted) below which a score is provisional.
        decay: How they age.
    """

    prior: tuple[Decimal, ...]
    incentivised: int
    minimum: Decimal
    decay: Decay


@dataclass(frozen=True, slots=True)
class ServiceRules:
    """Faults and promises.

    Attributes:
        faults: Percent of the part that faults make up; promises make up the rest.
        minimum: Lines (weighted) below which a score is provisional.
        baselines: Category or ``default`` → share of lines with a fault that is usual.
        prior_lines: Imagined lines that everybody begins with.
        prior_multiple: How many times the usual share of these is at fault.
        made_good: Percent of a fault that was made good without being admitted.
        unanswered: Percent of a fault claim that nobody answered in time.
        rejected: Percent of a fault claim that the merchant alone says was rejected or withdrawn.
        answer_hours: Time to answer a claim where the listing promises none, and the most it can promise.
        ships_hours: The most time to ship that a listing can promise; what never came by then was late anyway.
        transit_hours: Time that the way takes, granted on top of a promise to ship.
        kept: Imagined promises kept.
        broken: Imagined promises broken.
    """

    faults: int
    minimum: Decimal
    baselines: Mapping[str, Decimal]
    prior_lines: Decimal
    prior_multiple: Decimal
    made_good: int
    unanswered: int
    rejected: int
    answer_hours: int
    ships_hours: int
    transit_hours: int
    kept: Decimal
    broken: Decimal

    def baseline(self, category: str) -> Decimal:
        """The usual share of faults in a category."""
        return self.baselines.get(category, self.baselines[DEFAULT_CATEGORY])


@dataclass(frozen=True, slots=True)
class CreditRules:
    """The merchant's record over everything it sells.

    Attributes:
        good: Imagined good units everybody begins with.
        bad: Imagined bad units.
        line: Good units of a line without fault.
        fault: Bad units of a fault.
        promise: Bad units of a broken promise.
        hold: Bad units of a listing held.
        delisting: Bad units of a listing taken down.
        minimum: Lines (weighted) below which a score is provisional.
        rise: How the good ages.
        fall: How the bad ages: slower.
    """

    good: Decimal
    bad: Decimal
    line: Decimal
    fault: Decimal
    promise: Decimal
    hold: Decimal
    delisting: Decimal
    minimum: Decimal
    rise: Decay
    fall: Decay


@dataclass(frozen=True, slots=True)
class StandingRules:
    """What follows from a score.

    Attributes:
        safety: What a safety failure brings.
        low_score: What an upper bound below ``threshold`` brings.
        threshold: The score below which nothing is sold.
        reviews: Reviews (weighted) without which a low score brings nothing.
        reviews_floor: An upper bound of the reviews alone below which the same follows, whatever the rest says.
        reply_days: Days that a notice gives to reply at least.
        reply_most_days: Days that it gives at most; only a decision extends them.
        notice_days: Days after these within which it must be acted upon; then a new one is needed.
        release_days: Days for which a person's release keeps the same ground from being raised again.
        relist_score: A score at which a listing is put back, or …
        relist_lower: … a lower bound at which it is.
    """

    safety: Measure
    low_score: Measure
    threshold: Decimal
    reviews: Decimal
    reviews_floor: Decimal
    reply_days: int
    reply_most_days: int
    notice_days: int
    release_days: int
    relist_score: Decimal
    relist_lower: Decimal


@dataclass(frozen=True, slots=True)
class ScorePolicy:
    """A scoring policy.

    Attributes:
        id: Its name.
        edition: Its edition.
        since: Its date.
        title: What people call it.
        notice: What a shopper should know about it.
        weights: Component → percent; together 100.
        z: Standard deviations between a mean and its bounds.
        quality: Points of lots.
        trade: Which sales count.
        reviews: Ratings.
        service: Faults and promises.
        credit: The merchant's record.
        standing: What follows.
        sha256: Of the file, in hex.
    """

    id: str
    edition: str
    since: date
    title: Text
    notice: Text
    weights: Mapping[str, int]
    z: Decimal
    quality: QualityRules
    trade: TradeRules
    reviews: ReviewRules
    service: ServiceRules
    credit: CreditRules
    standing: StandingRules
    sha256: str


def parse_score_policy(raw: bytes) -> ScorePolicy:
    """A policy file.

    Raises:
        FormatError: ``frameworks.*`` for what is no such file; ``score.*`` for numbers that do not go together.
    """
    top, digest = read_toml(raw)
    top.expect("format", FORMAT)
    found = ScorePolicy(
        id=top.ident("id"),
        edition=top.text("edition"),
        since=top.day("since"),
        title=top.pair("title"),
        notice=top.pair("notice"),
        weights=_weights(top.table("weights")),
        z=_positive(top, "z"),
        quality=_quality(top.table("quality")),
        trade=_trade(top.table("trade")),
        reviews=_reviews(top.table("reviews")),
        service=_service(top.table("after_sales")),
        credit=_credit(top.table("merchant_credit")),
        standing=_standing(top.table("standing")),
        sha256=digest,
    )
    top.end()
    return found


@cache
def shipped_score_policy(name: str = DEFAULT) -> ScorePolicy:
    """A policy of this package."""
    return parse_score_policy((files(__package__) / "policies" / f"{name}.toml").read_bytes())


def _weights(table: Table) -> Mapping[str, int]:
    found = {name: table.number(name, 0, 100) for name in COMPONENTS}
    if sum(found.values()) != 100:
        raise FormatError("score.weights", at=table.at(COMPONENTS[0]), seen=sum(found.values()))
    return MappingProxyType(_ended(table, found))


def _quality(table: Table) -> QualityRules:
    found = QualityRules(
        passed=_positive(table, "passed"),
        coverage=_decimal(table, "coverage"),
        independence=_decimal(table, "independence"),
        margin=_decimal(table, "margin"),
        unknown=_decimal(table, "unknown"),
        doubt=_decimal(table, "doubt"),
        max_lots=table.number("max_lots", 1, 1000),
        sold_days=table.number("sold_days", 1, MAX_HALF_LIFE),
    )
    points = found.passed + found.coverage + found.independence + found.margin
    if points != TOP or found.unknown >= found.passed:  # what is not known must never look like a pass
        raise FormatError("score.points", at=table.at("passed"), seen=str(points), expected=STARS)
    return _ended(table, found)


def _trade(table: Table) -> TradeRules:
    roles, shares = table.texts("attested_by"), tuple(_percents(table, "per_buyer"))
    for role in roles:
        if role not in ROLES:
            raise FormatError(
                "frameworks.type", at=table.at("attested_by"), seen=role, expected=", ".join(ROLES)
            )
    if not roles or not shares or list(shares) != sorted(shares, reverse=True):
        raise FormatError("score.trade", at=table.at("per_buyer"))
    found = TradeRules(
        frozenset(roles),
        _percent(table, "self_delivered"),
        shares,
        _percent(table, "anonymous"),
        table.number("bad_stars", 1, STARS - 1),
    )
    return _ended(table, found)


def _reviews(table: Table) -> ReviewRules:
    prior = tuple(Decimal(one) for one in table.items("prior", lambda item, key: item.decimal(key)))
    if len(prior) != STARS or min(prior) < 0 or not sum(prior):
        raise FormatError("score.prior", at=table.at("prior"), seen=len(prior), expected=STARS)
    found = ReviewRules(
        prior=prior,
        incentivised=_percent(table, "incentivised"),
        minimum=_decimal(table, "minimum"),
        decay=_decay(table, "decay"),
    )
    return _ended(table, found)


def _service(table: Table) -> ServiceRules:
    shares = table.table("baselines")
    baselines = {name: _positive(shares, name) for name in shares.names()}
    found = ServiceRules(
        faults=_percent(table, "faults"),
        minimum=_decimal(table, "minimum"),
        baselines=MappingProxyType(baselines),
        prior_lines=_positive(table, "prior_lines"),
        prior_multiple=_positive(table, "prior_multiple"),
        made_good=_percent(table, "made_good"),
        unanswered=_percent(table, "unanswered"),
        rejected=_percent(table, "rejected"),
        ships_hours=table.number("ships_hours", 1, 8784),
        answer_hours=table.number("answer_hours", 1, 8784),
        transit_hours=table.number("transit_hours", 0, 8784),
        kept=_positive(table, "kept"),
        broken=_positive(table, "broken"),
    )
    if DEFAULT_CATEGORY not in baselines:
        raise FormatError("frameworks.missing", at=shares.at(DEFAULT_CATEGORY))
    for name, share in baselines.items():
        if share * found.prior_multiple >= 1:
            raise FormatError("score.baseline", at=shares.at(name), seen=str(share))
    return _ended(table, found)


def _credit(table: Table) -> CreditRules:
    units = {
        name: _decimal(table, name) for name in ("line", "fault", "promise", "hold", "delisting", "minimum")
    }
    found = CreditRules(
        good=_positive(table, "good"),
        bad=_positive(table, "bad"),
        rise=_decay(table, "rise"),
        fall=_decay(table, "fall"),
        **units,
    )
    if found.rise.half_life > found.fall.half_life:
        raise FormatError(
            "score.credit", at=table.at("fall"), seen=found.fall.half_life, expected=found.rise.half_life
        )
    return _ended(table, found)


def _standing(table: Table) -> StandingRules:
    found = StandingRules(
        safety=cast("Measure", table.expect("safety", "hold", "delist", "notice")),
        low_score=cast("Measure", table.expect("low_score", "hold", "delist", "notice")),
        threshold=_decimal(table, "threshold"),
        reviews=_decimal(table, "reviews"),
        reviews_floor=_decimal(table, "reviews_floor"),
        reply_days=(days := table.number("reply_days", 1, 365)),
        reply_most_days=table.number("reply_most_days", days, 365),
        notice_days=table.number("notice_days", 1, 365),
        release_days=table.number("release_days", 0, 365),
        relist_score=_decimal(table, "relist_score"),
        relist_lower=_decimal(table, "relist_lower"),
    )
    if min(found.relist_score, found.relist_lower) <= found.threshold:  # or a listing would flicker
        raise FormatError("score.hysteresis", at=table.at("relist_score"), expected=str(found.threshold))
    return _ended(table, found)


def _decay(table: Table, name: str) -> Decay:
    row = table.table(name)
    half_life = row.number("half_life_days", 1, MAX_HALF_LIFE)
    weights = [*row.items("weights", lambda item, key: item.number(key, 0, MAX_COUNT))]
    return _ended(row, check_decay(half_life, weights, row.at("weights")))


def _percents(table: Table, name: str) -> list[int]:
    return [*table.items(name, lambda item, key: item.number(key, 0, 100))]


def _percent(table: Table, name: str) -> int:
    return table.number(name, 0, 100)


def _decimal(table: Table, name: str) -> Decimal:
    """A decimal that is not negative."""
    found = Decimal(table.decimal(name))
    if not 0 <= found <= MAX_COUNT:
        raise FormatError("frameworks.type", at=table.at(name), seen=str(found), expected=f"0…{MAX_COUNT}")
    return found


def _positive(table: Table, name: str) -> Decimal:
    found = _decimal(table, name)
    if not found:
        raise FormatError("frameworks.type", at=table.at(name), seen="0", expected="> 0")
    return found


def _ended(table: Table, found: T) -> T:
    table.end()
    return found
