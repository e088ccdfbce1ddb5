"""Reviews: a Bayesian mean with decay over order lines that were delivered and not refunded; bad ones count anyway.

Weight of a review, in millionths: decay by its age in days × percent of its buyer's line × percent of a rewarded one.
The weighted numbers of 1 to 5 stars go into `dirichlet` with the policy's prior: it gives both the Bayesian mean
(C·m + Σr) / (C + n), with C imagined ratings of mean m, and the bounds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from trustledger.views.trust_score.decay import FULL, age_of
from trustledger.views.trust_score.estimates import ARITHMETIC, STARS, Estimate, dirichlet, millionths, sum_of
from trustledger.views.trust_score.facts import Place
from trustledger.views.trust_score.model import Component
from trustledger.views.trust_score.notes import Notes
from trustledger.views.trust_score.policy import ScorePolicy, TradeRules
from trustledger.views.trust_score.sales import Sale, Shares, in_log_order, shares_of

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord


def reviews_part(  # noqa: PLR0913, PLR0917  (what a part depends on)
    sales: Sequence[Sale],
    shares: Shares,
    policy: ScorePolicy,
    as_of: int,
    notes: Notes,
    erased: Sequence[VerifiedRecord] = (),
) -> Component:
    """The part of the reviews.

    Args:
        sales: The order lines of the product, in the order of the log.
        shares: Those that count, if all had a review that counts (`shares_of`).
        policy: The rules.
        as_of: ms.
        notes: Takes what does not count, and why.
        erased: What buyers said who have no review here, and that cannot be read: each may have been one star.
    """
    rules, decay, bad_stars = policy.reviews, policy.reviews.decay, policy.trade.bad_stars
    alike: defaultdict[tuple[int, int, bool, int], list[Place]] = defaultdict(list)
    counted_sales, alone = _counting(sales, policy.trade, notes)
    if alone or len(counted_sales) < len(sales):
        shares = shares_of(counted_sales, policy.trade, reviewed=True)
    for sale, share in shares:
        review, order = sale.review, sale.order
        if review is None:
            continue
        if review.incentivised:
            notes.count("incentivised", review.placed, review.order)
        if not order.buyer and review.stars > bad_stars:
            notes.count("anonymous", order.placed, order.order)
        age = age_of(review.placed.sequenced_at, as_of)
        alike[
            age, share * (100 if review.stars <= bad_stars else sale.trust), review.incentivised, review.stars
        ].append(review.place)
    weights, counted = [0] * STARS, []
    for (age, percent, rewarded, stars), reviews in alike.items():
        weight = decay.after(age) * percent // 10_000
        if rewarded:
            weight = weight * rules.incentivised // 100
        if weight:
            weights[stars - 1] += weight * len(reviews)
            counted.append(reviews)
    places = in_log_order(counted)
    counts = [millionths(one) for one in weights]
    total = millionths(sum(weights))
    shown = {f"n{stars}": str(count) for stars, count in enumerate(counts, 1)}
    shown |= {"n": str(total), "prior": ", ".join(map(str, rules.prior)), "C": str(sum_of(rules.prior))}
    return Component(
        name="reviews",
        estimate=_estimate(counts, erased, policy, as_of).published(),
        weight=policy.weights["reviews"],
        evidence=len(places),
        amount=total,
        provisional=total < rules.minimum or bool(erased),
        places=places,
        arithmetic={**shown, "z": str(policy.z), "full": str(FULL)},
    )


def _estimate(
    counts: list[Decimal], erased: Sequence[VerifiedRecord], policy: ScorePolicy, as_of: int
) -> Estimate:
    """The mean and its bounds; the lower one as if all that was erased had been one star."""
    prior, z, decay = policy.reviews.prior, policy.z, policy.reviews.decay
    found = dirichlet(counts, prior, z)
    if not erased:
        return found
    lost = millionths(sum(decay.after(age_of(one.sequenced_at, as_of)) for one in erased))
    worst = dirichlet([ARITHMETIC.add(counts[0], lost), *counts[1:]], prior, z)
    return found._replace(lower=min(found.lower, worst.lower))


def _counting(sales: Sequence[Sale], rules: TradeRules, notes: Notes) -> tuple[list[Sale], bool]:
    """Lines whose review weighs anything, and whether some weigh other than their line does.

    A refund in full voids praise: it cost nothing. It never voids a bad review, or that is what refunds would be for.
    """
    found, alone, bad_stars = [], False, rules.bad_stars
    for sale in sales:
        review = sale.review
        if review is None or not sale.attested:
            continue
        bad = review.stars <= bad_stars
        if not bad and not sale.trust:
            continue
        if sale.refunded and not bad:
            notes.count("refunded", review.placed, sale.order.order)
            continue
        alone = alone or (bad and (sale.trust < 100 or not sale.order.buyer))
        found.append(sale)
    return found, alone
