"""What a supplier's price makes of the quantity that was used: exact fractions, rounded once, at the end.

A supplier asks p minor units for q of a unit; a line uses u of the same dimension. The exact share is p · u / q, with
u and q brought to one unit by the table of units. Both ways of rounding it to whole minor units are right, since
nobody has said which one the parties use, so a line over several lots agrees if its amount lies between the sum of the
shares rounded down and the sum of the shares rounded up. A share that is a whole number leaves no room at all.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.errors import FormatError
from trustledger.kinds.units import convert

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustledger.views.cost_breakdown.sheet import Quantity, Sheet

MAX_COMBINATIONS: Final = 1024
"""Ways to choose one seller for each lot of a line; beyond, a line is not held against them."""


class Range(NamedTuple):
    """Minor units, from the shares rounded down to the shares rounded up."""

    low: int
    high: int

    def holds(self, amount: int) -> bool:
        """Whether an amount is within it."""
        return self.low <= amount <= self.high


class Offer(NamedTuple):
    """What one seller asks for what a line uses of one lot."""

    sheet: Sheet
    share: Range


class Match(NamedTuple):
    """How a line stands to the sellers of its lots.

    Attributes:
        agreeing: Offers in a choice of one seller for each lot that the amount agrees with.
        others: Offers in no such choice.
        expected: What each choice comes to, ascending, each range once.
    """

    agreeing: tuple[Offer, ...]
    others: tuple[Offer, ...]
    expected: tuple[Range, ...]


def share_of(price: int, per: Quantity, used: Quantity) -> Range | None:
    """The share of a price that a quantity comes to; None if the units cannot be compared.

    Args:
        price: Minor units, for ``per``.
        per: How much has that price, more than zero.
        used: How much was used.

    Example:
        >>> from trustledger.views.cost_breakdown.sheet import Quantity
        >>> share_of(500, Quantity("3", "kg"), Quantity("400", "g"))
        Range(low=66, high=67)
    """
    try:
        exact = price * convert(used.value, used.unit, per.unit) / Fraction(per.value)
    except FormatError:
        return None
    return Range(floor(exact), ceil(exact))


def match(amount: int, offers: Sequence[Sequence[Offer]]) -> Match | None:
    """Hold an amount against the offers for its lots.

    Args:
        amount: Minor units.
        offers: For each lot of the line what its sellers ask, at least one.

    Returns:
        How it stands to them; None if there are more than `MAX_COMBINATIONS` choices.
    """
    choices = 1
    for one in offers:
        choices *= len(one)
        if choices > MAX_COMBINATIONS:
            return None
    agreeing: set[tuple[int, int]] = set()
    expected: set[Range] = set()
    for choice in product(*(range(len(one)) for one in offers)):
        chosen = [offers[lot][number].share for lot, number in enumerate(choice)]
        total = Range(sum(one.low for one in chosen), sum(one.high for one in chosen))
        expected.add(total)
        if total.holds(amount):
            agreeing.update(enumerate(choice))
    placed = [((lot, number), offer) for lot, one in enumerate(offers) for number, offer in enumerate(one)]
    return Match(
        tuple(offer for at, offer in placed if at in agreeing),
        tuple(offer for at, offer in placed if at not in agreeing),
        tuple(sorted(expected)),
    )
