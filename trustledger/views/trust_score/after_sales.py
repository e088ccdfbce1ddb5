"""After-sales: faults against what is usual in the category, and promises kept on time.

Faults: with F weighted faults on N weighted lines, a usual share b, c imagined lines of which m·b are at fault, the
share is p = (F + c·m·b) / (N + c), with the bounds of `beta`; it earns 5 − p/b points: none at fault 5, the usual share
4, five times as much 0. Promises: of D due, K were kept: 5 · (K + kept) / (D + kept + broken), with the bounds of
`beta`.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from trustledger.views.trust_score.estimates import (
    ARITHMETIC,
    TOP,
    Estimate,
    beta,
    millionths,
    scaled,
    weighted,
)
from trustledger.views.trust_score.model import Component
from trustledger.views.trust_score.policy import ScorePolicy
from trustledger.views.trust_score.sales import Alike, in_log_order


def after_sales_part(sales: Alike, category: str, policy: ScorePolicy) -> Component:
    """The part of after-sales.

    Args:
        sales: The order lines of the product that count, judged, by weight (`alike`).
        category: Of the product, by its own record; empty if unknown.
        policy: The rules.
    """
    rules, decay = policy.service, policy.reviews.decay
    lines = faults = due = kept = 0
    seen: Counter[tuple[str, bool]] = Counter()
    counted = []
    for like, orders in sales.items():
        weight = decay.after(like.age) * like.share * like.percent // 10_000
        if not weight:
            continue
        counted.append(orders)
        count = len(orders)
        lines += weight * count
        faults += weight * like.fault // 100 * count
        for promise, good in like.due:
            due += weight * count
            kept += weight * count if good else 0
            seen[promise, good] += count
    places = in_log_order(counted)
    usual, number, bad = rules.baseline(category), millionths(lines), millionths(faults)
    fault, promise_part = _faults(number, bad, usual, policy), _promises(kept, due, policy)
    joined = weighted(((fault, rules.faults), (promise_part, 100 - rules.faults)))
    return Component(
        name="after_sales",
        estimate=joined.published(),
        weight=policy.weights["after_sales"],
        evidence=sum(map(len, counted)),
        amount=number,
        provisional=number < rules.minimum,
        places=places,
        arithmetic={
            "N": str(number),
            "F": str(bad),
            "b": str(usual),
            "faults": str(fault.published().score),
            "D": str(millionths(due)),
            "K": str(millionths(kept)),
            "promises": str(promise_part.published().score),
            **{
                f"{name}: {'kept' if good else 'broken'}": str(seen[name, good])
                for name, good in sorted(seen)
            },
        },
    )


def _faults(lines: Decimal, faults: Decimal, usual: Decimal, policy: ScorePolicy) -> Estimate:
    c, rules = ARITHMETIC, policy.service
    before = c.multiply(c.multiply(rules.prior_lines, rules.prior_multiple), usual)
    bad = c.add(faults, before)
    good = c.subtract(c.add(lines, rules.prior_lines), bad)
    share = beta(bad, good, policy.z)
    points = [c.subtract(TOP, c.divide(one, usual)) for one in (share.score, share.upper, share.lower)]
    return Estimate(*(min(max(one, Decimal(0)), TOP) for one in points))


def _promises(kept: int, due: int, policy: ScorePolicy) -> Estimate:
    c, rules = ARITHMETIC, policy.service
    good = c.add(millionths(kept), rules.kept)
    bad = c.add(millionths(due - kept), rules.broken)
    return scaled(beta(good, bad, policy.z))
