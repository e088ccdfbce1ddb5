"""Adding and comparing amounts that people stated: exactly, and never what cannot be compared.

Sums are fractions of the base unit of their dimension, so nothing is rounded before it is compared. What is shown is
a decimal: exact where it ends within `SHOWN_DIGITS` digits after the point, else rounded half to even to that many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from typing import Final, Literal, NamedTuple

from trustledger.errors import FormatError
from trustledger.kinds.units import Unit, unit

SHOWN_DIGITS: Final = 6
"""Digits after the point of a converted amount that is shown."""
_PRECISION: Final = Context(prec=100, rounding=ROUND_HALF_EVEN)
"""Enough for 1,024 amounts of 40 characters in one record, each of them in another unit."""

Gap = Literal["sealed", "unstated", "unreadable"]
"""Why an amount cannot be added: it is private; nothing was said; it is no decimal, negative, or in no known unit."""
Verdict = Literal["within", "more", "incomparable", "sealed", "unstated", "unreadable"]
"""How a sum compares with what there was to take it from."""


class Stated(NamedTuple):
    """An amount of some goods, as a record says it.

    Attributes:
        ref: Place of the record.
        lot: The goods.
        quantity: A decimal; empty if nothing is said.
        unit: Its unit.
        sealed: It is private.
    """

    ref: str
    lot: str
    quantity: str = ""
    unit: str = ""
    sealed: bool = False


@dataclass(slots=True)
class Sum:
    """Amounts added up, those of one dimension apart from those of another.

    Attributes:
        parts: Dimension → its sum in base units.
        units: Dimension → the unit in which its sum is shown: that of the first amount.
        gaps: What could not be added, by reason.
        refs: Places of the records, in the order in which they came.
        slack: Dimension → half a unit in the last digit of each amount: what rounding a converted amount may add.
        factors: Dimension → the factors of the units seen.
    """

    parts: dict[str, Fraction] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    gaps: dict[Gap, list[Stated]] = field(default_factory=dict)
    refs: dict[str, None] = field(default_factory=dict)
    slack: dict[str, Fraction] = field(default_factory=dict)
    factors: dict[str, set[Fraction]] = field(default_factory=dict)

    @classmethod
    def of(cls, amounts: Iterable[Stated]) -> Sum:
        """The sum of some amounts."""
        made = cls()
        for amount in amounts:
            made.add(amount)
        return made

    def add(self, amount: Stated) -> None:
        """Add an amount, or note why it cannot be added."""
        self.refs.setdefault(amount.ref)
        read = _read(amount)
        if isinstance(read, str):
            self.gaps.setdefault(read, []).append(amount)
            return
        value, of = read
        self.parts[of.dimension] = self.parts.get(of.dimension, Fraction(0)) + value
        self.units.setdefault(of.dimension, of)
        last = Fraction(1, 2 * 10 ** len(amount.quantity.partition(".")[2])) * of.factor
        self.slack[of.dimension] = self.slack.get(of.dimension, Fraction(0)) + last
        self.factors.setdefault(of.dimension, set()).add(of.factor)

    def join(self, other: Sum) -> None:
        """Add what another sum holds; where that came from is not taken over."""
        for dimension, value in other.parts.items():
            self.parts[dimension] = self.parts.get(dimension, Fraction(0)) + value
            self.units.setdefault(dimension, other.units[dimension])
            self.slack[dimension] = self.slack.get(dimension, Fraction(0)) + other.slack[dimension]
            self.factors.setdefault(dimension, set()).update(other.factors[dimension])
        for gap, amounts in other.gaps.items():
            self.gaps.setdefault(gap, []).extend(amounts[:1])

    @property
    def gap(self) -> Gap | None:
        """The gravest reason why the sum is not the whole, or None if it is."""
        reasons: tuple[Gap, ...] = ("unreadable", "sealed", "unstated")
        return next((reason for reason in reasons if reason in self.gaps), None)

    def text(self, like: Sum | None = None) -> str:
        """The sum as people read it, ``25250 lb``; in the units of another one where that has the dimension."""
        shown = []
        for dimension, value in self.parts.items():
            of = (like.units.get(dimension) if like else None) or self.units[dimension]
            shown.append(f"{decimal_of(value / of.factor)} {of.symbol}")
        return " + ".join(shown) or "—"


def exceeds(taken: Sum, available: Sum) -> Verdict:
    """Whether more was taken than there was.

    Args:
        taken: A lower bound is enough: what is missing here would only add to it.
        available: Must be known to the end: what is missing here could be any amount.
    """
    if available.gap is not None:
        return available.gap
    if not available.parts:
        return "unstated"
    if len(available.parts) > 1:
        return "incomparable"
    ((dimension, there),) = available.parts.items()
    if taken.parts.get(dimension, Fraction(0)) > there + _slack(taken, available, dimension):
        return "more"
    if taken.parts.keys() - {dimension}:
        return "incomparable"
    return taken.gap or "within"


def decimal_of(value: Fraction) -> str:
    """A fraction as a decimal without needless zeros, rounded half to even to `SHOWN_DIGITS` digits."""
    scaled = value * 10**SHOWN_DIGITS
    number = Decimal(round(scaled)).scaleb(-SHOWN_DIGITS, context=_PRECISION)
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _slack(taken: Sum, available: Sum, dimension: str) -> Fraction:
    """What rounding may have added: nothing among units that differ by powers of ten, as kg, g and t do."""
    factors = taken.factors.get(dimension, set()) | available.factors.get(dimension, set())
    first = next(iter(factors), Fraction(1))
    if all(_is_power_of_ten(factor / first) for factor in factors):
        return Fraction(0)
    return taken.slack.get(dimension, Fraction(0)) + available.slack.get(dimension, Fraction(0))


def _is_power_of_ten(ratio: Fraction) -> bool:
    text = str(max(ratio.numerator, ratio.denominator))
    return 1 in {ratio.numerator, ratio.denominator} and text.rstrip("0") == "1"


def _read(amount: Stated) -> tuple[Fraction, Unit] | Gap:
    if amount.sealed:
        return "sealed"
    if not amount.quantity:
        return "unstated"
    if amount.quantity.startswith("-"):
        return "unreadable"
    try:
        of = unit(amount.unit)
        return of.to_base(amount.quantity), of
    except FormatError:
        return "unreadable"
