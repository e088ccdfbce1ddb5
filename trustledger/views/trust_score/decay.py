"""Ageing as whole numbers by day, so that every machine finds the same weight.

A table holds the weights of the days of one half-life, in millionths, counted from 1,000,000; whatever is older by
whole half-lives has the entry of its day halved as often, rounded down. For 180 days, something of 400 days has two
half-lives behind it and 40 days of the next: a quarter of entry 40.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from trustledger.errors import FormatError
from trustledger.views.trust_score.estimates import ARITHMETIC

FULL: Final = 1_000_000
"""The weight of what happened today: weights are counted in millionths."""
DAY: Final = 86_400_000
"""Milliseconds of a day."""
MAX_HALF_LIFE: Final = 3_660
"""Days: ten years."""


@dataclass(frozen=True, slots=True)
class Decay:
    """How fast something stops to count.

    Attributes:
        half_life: Days after which half is left.
        weights: Of the days 0 to ``half_life`` - 1, in millionths.
    """

    half_life: int
    weights: tuple[int, ...]

    def weight(self, at: int, as_of: int) -> int:
        """Millionths that are left at ``as_of`` of what was placed at ``at`` (both ms); full for what is later."""
        return self.after(age_of(at, as_of))

    def after(self, age: int) -> int:
        """Millionths that are left after so many whole days."""
        halvings, day = divmod(age, self.half_life)
        return self.weights[day] >> halvings


def age_of(at: int, as_of: int) -> int:
    """Whole days between two moments (ms); 0 if the first is the later one."""
    return (as_of - at) // DAY if as_of > at else 0


def decay_weights(half_life: int) -> tuple[int, ...]:
    """The table of a half-life: 1,000,000 · 2^(-day / half-life), computed to 34 digits and rounded half to even.

    Raises:
        FormatError: ``score.half_life``: not 1 to `MAX_HALF_LIFE` days.
    """
    if not 1 <= half_life <= MAX_HALF_LIFE:
        raise FormatError("score.half_life", seen=half_life, expected=MAX_HALF_LIFE)
    days = (
        ARITHMETIC.power(2, ARITHMETIC.divide(Decimal(-day), Decimal(half_life))) for day in range(half_life)
    )
    return tuple(int(ARITHMETIC.multiply(Decimal(FULL), one).to_integral_value()) for one in days)


def check_decay(half_life: int, weights: Sequence[int], at: str) -> Decay:
    """A table as a file has it: as many days as the half-life, from 1,000,000 down to no less than a half.

    Whether it is the very curve of `decay_weights` is a test's business for what is shipped, the author's for others.

    Raises:
        FormatError: ``score.decay``.
    """
    falling = all(left >= right for left, right in pairwise(weights))
    if len(weights) != half_life or not falling or weights[0] != FULL or weights[-1] < FULL // 2:
        raise FormatError("score.decay", at=at, seen=len(weights), expected=half_life)
    return Decay(half_life, tuple(weights))
