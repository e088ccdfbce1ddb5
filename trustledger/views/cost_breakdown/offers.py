"""What the sellers of a line's lots ask for as much as it uses, and why some of it cannot be compared."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from trustledger.views.cost_breakdown.book import latest, place_of
from trustledger.views.cost_breakdown.share import Offer, share_of
from trustledger.views.goods import product_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trustledger.views.cost_breakdown.book import Book, Findings
    from trustledger.views.cost_breakdown.goods_graph import GoodsGraph
    from trustledger.views.cost_breakdown.sheet import Line, Quantity, Sheet
    from trustledger.views.model import Level


class _Price(NamedTuple):
    """One seller's price for one buyer.

    Attributes:
        sheet: The price that counts.
        beside: The latest that can be read: another one, if this is sealed.
    """

    sheet: Sheet
    beside: Sheet | None


class Offers:
    """Finds them, and notes what stands in the way.

    Args:
        graph: Who had which goods.
        book: Cost records.
        findings: Where what does not fit is noted.
    """

    def __init__(self, graph: GoodsGraph, book: Book, findings: Findings) -> None:
        self._graph, self._book, self._findings = graph, book, findings
        self._earlier: dict[tuple[str, str], Sheet] = {}

    def of(
        self, sheet: Sheet, line: Line, lot: str, used: Sequence[Quantity | None]
    ) -> tuple[list[Sheet], list[Offer]]:
        """The prices of one lot, of which a line uses so much, and those that the line can be held against."""
        prices = self._prices(sheet, line, lot)
        offers = [self._offer(sheet, line, lot, used, price) for price in prices]
        return [price.sheet for price in prices], [one for one in offers if one is not None]

    def earlier(self, sheet: Sheet, offer: Offer) -> Sheet | None:
        """What the seller asked when the line's record was placed, if that came to another amount."""
        before = self._earlier.get((sheet.ref, offer.sheet.ref))
        return before if before is not None and _differs(before, offer.sheet) else None

    def _prices(self, sheet: Sheet, line: Line, lot: str) -> list[_Price]:
        """For each other seller of a lot its price for this buyer: of the lot, or else of its product."""
        sellers = self._graph.sellers(lot)
        found = []
        for seller in sorted((sellers.able | set(sellers.unfounded)) - {sheet.seller}):
            price = self._price(sheet, line, lot, seller, able=seller in sellers.able)
            if price is not None and seller in sellers.unfounded:
                self._findings.add(
                    "unreceived", "doubt", sheet.subject, sheet.ref,
                    [price.sheet.ref, sellers.unfounded[seller]], party=seller, **_facts(line, lot),
                )  # fmt: skip
            elif price is not None:
                found.append(price)
        return found

    def _price(self, sheet: Sheet, line: Line, lot: str, seller: str, *, able: bool) -> _Price | None:
        chosen: Sheet | None = None
        for subject in filter(None, (lot, product_of(lot))):
            pool = _for(sheet, seller, self._book.sheets(subject))
            chosen = _in_force(pool, sheet)
            missing = self._book.unreadable(subject, seller, place_of(chosen.ref) if chosen else (-1, -1))
            if missing and able:
                self._findings.add(
                    "supplier_unreadable", "doubt", sheet.subject, sheet.ref, missing,
                    party=seller, **_facts(line, lot),
                )  # fmt: skip
            if chosen is not None:
                before = _in_force(_for(sheet, seller, self._book.sheets_by(subject, sheet.place)), sheet)
                if before is not None:
                    self._earlier[sheet.ref, chosen.ref] = before
                open_ones = (one for one in pool if None not in (one.price, one.buyer))
                return _Price(chosen, latest(open_ones, sheet.since))
        return None

    def _offer(
        self, sheet: Sheet, line: Line, lot: str, used: Sequence[Quantity | None], price: _Price
    ) -> Offer | None:
        other = price.sheet
        facts = {**_facts(line, lot), "party": other.seller}
        known = [one for one in used if one is not None and Fraction(one.value)]
        share = share_of(other.price or 0, other.per, known)
        if other.currency != sheet.currency:
            reason, facts["seen"], facts["expected"] = "currency", sheet.currency, other.currency
        elif other.price is None or other.buyer is None:
            reason = "supplier_sealed_one" if price.beside else "supplier_sealed"
        elif other.since > sheet.since:
            reason = "supplier_later"
        elif len(known) < len(used):
            reason = "no_quantity"
        elif other.price < 0:
            reason = "supplier_negative"
        elif share is None:
            units = sorted({one.unit for one in known})
            reason, facts["seen"], facts["expected"] = "units", ", ".join(units), other.per.unit
        else:
            return Offer(other, lot, share)
        refs = [one.ref for one in (other, price.beside) if one is not None]
        level: Level = "note" if reason == "supplier_sealed" else "doubt"
        self._findings.add(reason, level, sheet.subject, sheet.ref, refs, **facts)
        return None


def _for(sheet: Sheet, seller: str, all_sheets: Iterable[Sheet]) -> list[Sheet]:
    """One seller's prices that can be for the seller of a breakdown; those in its currency, if there are any.

    A price whose buyer is sealed may be for anybody.
    """
    pool = [one for one in all_sheets if one.seller == seller and one.buyer in ("", None, sheet.seller)]
    return [one for one in pool if one.currency == sheet.currency] or pool


def _in_force(pool: Sequence[Sheet], sheet: Sheet) -> Sheet | None:
    """Which of one seller's prices held for the seller of a breakdown when that began to hold.

    A price for this buyer alone goes before one for everybody; one whose buyer is sealed stands among the latter, and
    nothing is concluded from it. If all began later, the first of them.
    """
    mine = [one for one in pool if one.buyer == sheet.seller]
    found = latest(mine, sheet.since) or latest(pool, sheet.since)
    return found or min(pool, key=lambda one: (one.since, one.place), default=None)


def _differs(one: Sheet, other: Sheet) -> bool:
    """Whether two prices of one seller come to different amounts; sealed ones are not compared."""
    if one.price is None or other.price is None or one.currency != other.currency:
        return False
    share = share_of(one.price, one.per, [other.per])
    return share is None or share != other.price


def _facts(line: Line, lot: str) -> dict[str, str]:
    return {"component": line.component or "—", "lot": lot}
