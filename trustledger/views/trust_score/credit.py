"""Merchant credit: everything a merchant sells, under all its names. It falls fast and rises slowly.

Jøsang's Beta reputation with forgetting: 5 · (r + good) / (r + good + s + bad), where r adds up ``line`` for every line
without fault, and s adds ``fault``, ``promise``, ``hold`` and ``delisting`` for what went wrong, each with its weight.
What was good is forgotten sooner than what was bad, and weighs less to begin with.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from trustledger.views.trust_score.estimates import ARITHMETIC, beta, millionths, scaled, sum_of
from trustledger.views.trust_score.model import Component
from trustledger.views.trust_score.policy import ScorePolicy
from trustledger.views.trust_score.sales import Alike, in_log_order

if TYPE_CHECKING:
    from trustledger.views.trust_score.facts import Place, Proceeded


def credit_part(
    sales: Alike,
    measures: Iterable[Proceeded],
    policy: ScorePolicy,
    as_of: int,
) -> Component:
    """The part of the merchant's credit.

    Args:
        sales: All its order lines that count, of all its names, judged, by weight (`alike`).
        measures: Listings of its that were held or taken down, and not released since.
        policy: The rules.
        as_of: ms.
    """
    rules = policy.credit
    good = fault = broken = 0
    counted: list[list[Place]] = []
    for like, orders in sales.items():
        percent, count = like.share * like.percent, len(orders)
        fall = rules.fall.after(like.age) * percent // 10_000
        if not fall:
            continue
        counted.append(orders)
        if like.good:
            rise = rules.rise.after(like.age) * percent // 10_000
            good += rise * (100 - like.fault) // 100 * count
        fault += fall * like.fault // 100 * count
        broken += fall * count if any(not kept for _, kept in like.due) else 0
    held = taken = 0
    for measure in measures:
        weight = rules.fall.weight(measure.placed.sequenced_at, as_of)
        held += weight if measure.what == "hold" else 0
        taken += weight if measure.what == "delist" else 0
        counted.append([measure.place])
    units = {
        "lines": (good, rules.line),
        "faults": (fault, rules.fault),
        "promises": (broken, rules.promise),
        "holds": (held, rules.hold),
        "delistings": (taken, rules.delisting),
    }
    scored = {name: ARITHMETIC.multiply(millionths(sum_), unit) for name, (sum_, unit) in units.items()}
    amount = millionths(good + fault)
    rise_units = scored["lines"]
    fall_units = sum_of([value for name, value in scored.items() if name != "lines"])
    estimate = beta(ARITHMETIC.add(rise_units, rules.good), ARITHMETIC.add(fall_units, rules.bad), policy.z)
    return Component(
        name="merchant_credit",
        estimate=scaled(estimate).published(),
        weight=policy.weights["merchant_credit"],
        evidence=sum(map(len, counted)),
        amount=amount,
        provisional=amount < rules.minimum,
        places=in_log_order(counted),
        arithmetic={
            **{name: str(millionths(sum_)) for name, (sum_, _) in units.items()},
            "r": f"{rise_units:f}",  # never with an exponent, as nothing is where all is nothing
            "s": f"{fall_units:f}",
        },
    )
