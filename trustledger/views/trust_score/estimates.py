"""The statistics: a mean, and how far it can be off. Decimal arithmetic in one stated context, no floats.

All of it is done with 34 significant digits, rounded half to even (the precision of IEEE 754 decimal128); a root is the
square root in that context. A pocket calculator gives the same published digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from typing import Final, NamedTuple

ARITHMETIC: Final = Context(prec=34, rounding=ROUND_HALF_EVEN)
"""The context of all arithmetic of scores."""
STARS: Final = 5
TOP: Final = Decimal(STARS)
"""Every part of a score lies between 0 and this."""
_ZERO: Final = Decimal(0)
_ONE: Final = Decimal(1)
_CENT: Final = Decimal("0.01")


class Estimate(NamedTuple):
    """A value with the bounds within which it is taken to lie."""

    score: Decimal
    lower: Decimal
    upper: Decimal

    def published(self) -> Estimate:
        """Two digits behind the point: the bounds are rounded outwards, so they never claim more than they know."""
        score, lower, upper = (min(max(one, _ZERO), TOP) for one in self)
        return Estimate(
            score.quantize(_CENT, ROUND_HALF_EVEN),
            lower.quantize(_CENT, ROUND_FLOOR),
            upper.quantize(_CENT, ROUND_CEILING),
        )


def dirichlet(counts: Sequence[Decimal], prior: Sequence[Decimal], z: Decimal) -> Estimate:
    """The mean rating and its bounds (Evan Miller, "Ranking Items With Star Ratings").

    With aₖ = nₖ + prior of k stars and A = Σaₖ: mean = Σ k·aₖ / A, and the bounds lie
    z·√((Σ k²·aₖ / A − mean²) / (A + 1)) to either side. Miller's own formula has a prior of 1 for each rating, and is
    the lower bound.

    Args:
        counts: How many ratings of 1, 2, … stars; they need not be whole.
        prior: Imagined ratings that everybody begins with.
        z: How many standard deviations lie on either side.
    """
    c = ARITHMETIC
    sums = [c.add(count, before) for count, before in zip(counts, prior, strict=True)]
    total = sum_of(sums)
    mean = c.divide(sum_of([c.multiply(Decimal(k), one) for k, one in enumerate(sums, 1)]), total)
    square = c.divide(sum_of([c.multiply(Decimal(k * k), one) for k, one in enumerate(sums, 1)]), total)
    variance = c.divide(c.subtract(square, c.multiply(mean, mean)), c.add(total, _ONE))
    return around(mean, variance, z)


def beta(good: Decimal, bad: Decimal, z: Decimal) -> Estimate:
    """The share of good ones, 0 to 1, and its bounds: p = g / (g + b), z·√(p·(1 − p) / (g + b + 1)) to either side."""
    c = ARITHMETIC
    total = c.add(good, bad)
    share = c.divide(good, total)
    spread = c.multiply(share, c.subtract(_ONE, share))
    return around(share, c.divide(spread, c.add(total, _ONE)), z)


def around(mean: Decimal, variance: Decimal, z: Decimal) -> Estimate:
    """Bounds z standard deviations to either side."""
    width = ARITHMETIC.multiply(z, ARITHMETIC.sqrt(max(variance, _ZERO)))
    return Estimate(mean, ARITHMETIC.subtract(mean, width), ARITHMETIC.add(mean, width))


def weighted(parts: Sequence[tuple[Estimate, int]]) -> Estimate:
    """Parts joined by weights in percent. The bounds are joined alike: nothing is taken to be independent."""
    columns = zip(*(estimate for estimate, _ in parts), strict=True)
    return Estimate(
        *(
            ARITHMETIC.divide(
                sum_of(
                    [
                        ARITHMETIC.multiply(value, Decimal(weight))
                        for value, (_, weight) in zip(column, parts, strict=True)
                    ]
                ),
                Decimal(100),
            )
            for column in columns
        )
    )


def scaled(estimate: Estimate) -> Estimate:
    """A share from 0 to 1 as 0 to 5."""
    return Estimate(*(ARITHMETIC.multiply(one, TOP) for one in estimate))


def millionths(weight: int) -> Decimal:
    """A sum of weights as a count."""
    return Decimal(weight).scaleb(-6, ARITHMETIC)


def sum_of(values: Sequence[Decimal]) -> Decimal:
    """A sum, in the order given."""
    total = _ZERO
    for one in values:
        total = ARITHMETIC.add(total, one)
    return total
