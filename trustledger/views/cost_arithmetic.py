"""The arithmetic behind a cost breakdown: each supplier's price, how much was used, and the share that this makes."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from trustledger.kinds.units import convert
from trustledger.views.changes import money_of
from trustledger.views.cost_breakdown.as_of import AsOf
from trustledger.views.cost_breakdown.book import Book, Findings
from trustledger.views.cost_breakdown.share import rounded, share_of
from trustledger.views.cost_breakdown.sheet import Quantity
from trustledger.views.goods import product_of
from trustledger.views.plausibility.quantity import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from trustledger.record import Opening
    from trustledger.views.cost_breakdown import CostBreakdown, CostComponent
    from trustledger.views.cost_breakdown.share import Range
    from trustledger.views.cost_breakdown.sheet import Line, Sheet
    from trustledger.views.reading import ChainReader


@dataclass(frozen=True, slots=True)
class Share:
    """One supplier's price for what a line uses of one lot: price · used / per, rounded both ways.

    Attributes:
        lot: The lot.
        seller: URI of the supplier.
        record: Place of its price.
        price: Minor units, for ``per``.
        per: How much has that price.
        used: How much the line uses of the lot, every time that it names it.
        range: The share, rounded down and up.
    """

    lot: str
    seller: str
    record: str
    price: int
    per: Quantity
    used: Quantity
    range: Range

    def plain(self, currency: str) -> dict[str, Any]:
        """The form for JSON."""
        return {
            "lot": self.lot,
            "seller": self.seller,
            "record": self.record,
            "price": money_of(self.price, currency),
            "per": self.per._asdict(),
            "used": self.used._asdict(),
            "share": [money_of(one, currency) for one in self.range],
        }


def cost_arithmetic(
    reader: ChainReader, found: CostBreakdown, openings: Mapping[bytes, Opening]
) -> tuple[tuple[Share, ...], ...]:
    """For each line of a breakdown the shares that its amount agrees with; none for a line that is not cross-checked.

    Args:
        reader: The verified records that the breakdown was made from.
        found: The breakdown.
        openings: The openings that it was made with.
    """
    book = Book(AsOf(reader, found.as_of), openings, Findings())
    sheet = _own_sheet(book, found)
    if sheet is None:
        return tuple(() for _ in found.components)
    pairs = zip(found.components, sheet.lines, strict=True)
    return tuple(tuple(_shares(book, sheet, one, line)) for one, line in pairs)


def _own_sheet(book: Book, found: CostBreakdown) -> Sheet | None:
    """The record that the lines come from: each line names it first."""
    for subject in filter(None, (found.subject, product_of(found.subject))):
        for sheet in book.sheets(subject):
            if found.components and found.components[0].records[: len(sheet.records)] == sheet.records:
                return sheet
    return None


def _shares(book: Book, sheet: Sheet, component: CostComponent, line: Line) -> Iterator[Share]:
    agreeing = frozenset(component.records[len(sheet.records) :])
    for lot in dict.fromkeys(use.lot for use in line.uses) if agreeing else ():
        used = [use.quantity for use in line.uses if use.lot == lot]
        for subject in filter(None, (lot, product_of(lot))):
            for other in book.sheets(subject):
                share = _share(other, lot, used) if agreeing.issuperset(other.records) else None
                if share is not None and other.seller != sheet.seller:
                    yield share


def _share(other: Sheet, lot: str, used: Sequence[Quantity | None]) -> Share | None:
    known = [one for one in used if one is not None]
    exact = share_of(other.price, other.per, known) if other.price is not None else None
    if exact is None or not known or other.price is None:
        return None
    first, *rest = known
    total = sum((convert(one.value, one.unit, first.unit) for one in rest), Fraction(first.value))
    shown = Quantity(decimal_of(total), first.unit) if rest else first
    return Share(lot, other.seller, other.ref, other.price, other.per, shown, rounded([exact]))
