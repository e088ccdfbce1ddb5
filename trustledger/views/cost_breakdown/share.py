"""What a supplier's price makes of the quantity that was used: exact fractions, rounded once, at the end.

A supplier asks p minor units for q of a unit; a line uses u of the same dimension. The exact share is p · u / q, with
u and q brought to one unit by the table of units. All that is used of one lot is added before anything is rounded: else
a hundred small uses would each bring a minor unit of room. Both ways of rounding the sum of one lot to whole minor
units are right, since nobody has said which one the parties use, so a line over several lots agrees if its amount lies
between the shares of its lots rounded down and rounded up. A share that is a whole number leaves no room at all.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.errors import FormatError
from trustledger.kinds.units import convert

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    """What one seller asks for all that a line uses of one lot.

    Attributes:
        sheet: The seller's price.
        lot: The lot; the price may be that of its product.
        share: Minor units, exact.
    """

    sheet: Sheet
    lot: str
    share: Fraction


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


def share_of(price: int, per: Quantity, used: Sequence[Quantity]) -> Fraction | None:
    """The share of a price that some quantities come to together; None if the units cannot be compared.

    Args:
        price: Minor units, for ``per``.
        per: How much has that price, more than zero.
        used: How much was used, each time.

    Example:
        >>> from trustledger.views.cost_breakdown.sheet import Quantity
        >>> share_of(500, Quantity("3", "kg"), [Quantity("400", "g")])
        Fraction(200, 3)
    """
    try:
        total = sum((convert(one.value, one.unit, per.unit) for one in used), Fraction())
    except FormatError:
        return None
    return price * total / Fraction(per.value)


def rounded(shares: Iterable[Fraction]) -> Range:
    """Shares of several lots as whole minor units: the sum of all rounded down, and of all rounded up."""
    found = list(shares)
    return Range(sum(map(floor, found)), sum(map(ceil, found)))


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
        total = rounded(offers[lot][number].share for lot, number in enumerate(choice))
        expected.add(total)
        if total.holds(amount):
            agreeing.update(enumerate(choice))
    placed = [((lot, number), offer) for lot, one in enumerate(offers) for number, offer in enumerate(one)]
    return Match(
        tuple(offer for at, offer in placed if at in agreeing),
        tuple(offer for at, offer in placed if at not in agreeing),
        tuple(sorted(expected)),
    )


def together(matches: Sequence[Match]) -> Range:
    """What lines that agree one by one may come to together, with each lot rounded once over all of them.

    Where several sellers of a lot agree with a line, the range reaches from the least of them to the greatest.
    """
    low: dict[str, Fraction] = {}
    high: dict[str, Fraction] = {}
    for one in matches:
        asked: dict[str, list[Fraction]] = {}
        for offer in one.agreeing:
            asked.setdefault(offer.lot, []).append(offer.share)
        for lot, shares in asked.items():
            low[lot] = low.get(lot, Fraction()) + min(shares)
            high[lot] = high.get(lot, Fraction()) + max(shares)
    return Range(rounded(low.values()).low, rounded(high.values()).high)
