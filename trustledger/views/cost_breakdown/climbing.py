"""Up the chain: each line that pays for lots is held against what the sellers of these lots say that they asked."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from trustledger.views.changes import money_of
from trustledger.views.cost_breakdown.book import latest, place_of
from trustledger.views.cost_breakdown.goods_graph import GoodsGraph
from trustledger.views.cost_breakdown.share import Offer, match, share_of
from trustledger.views.goods import product_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustledger.kinds import Kinds
    from trustledger.views.cost_breakdown.book import Book, Findings
    from trustledger.views.cost_breakdown.share import Match, Range
    from trustledger.views.cost_breakdown.sheet import Line, Sheet, Use
    from trustledger.views.reading import ChainReader

MAX_SHEETS: Final = 1_000
"""Breakdowns of suppliers that are looked at for one question."""
_SHOWN: Final = 8
"""Amounts and names that a finding lists."""


class Climb:
    """One walk from a breakdown to those of its suppliers, and theirs.

    Args:
        reader: Verified records of the time asked about.
        root: The breakdown to begin with.
        book: Cost records.
        kinds: Kinds of records.
        findings: Where what does not fit is noted.
    """

    def __init__(
        self, reader: ChainReader, root: Sheet, book: Book, kinds: Kinds, findings: Findings
    ) -> None:
        self._root, self._book, self._findings = root, book, findings
        self._graph = GoodsGraph(reader, root.subject, kinds)
        self._reader = reader
        self._seen = {root.ref}
        self._waiting = deque([root])

    def run(self) -> dict[int, tuple[str, ...]]:
        """Look at every breakdown on the way.

        Returns:
            For each line of the root with which suppliers' records agree: the line's number → their places.
        """
        agreed: dict[int, tuple[str, ...]] = {}
        while self._waiting:
            sheet = self._waiting.popleft()
            sources = self._graph.sources(sheet.subject)
            for number, line in enumerate(sheet.lines):
                refs = self._line(sheet, line, sources) if line.uses else ()
                if refs and sheet is self._root:
                    agreed[number] = refs
            if sheet.balanced is False:
                self._unbalanced(sheet)
        return agreed

    def _line(self, sheet: Sheet, line: Line, sources: set[str]) -> tuple[str, ...]:
        """Hold one line against the sellers of its lots; the places of the records that agree with it."""
        offers = [self._offers(sheet, line, use, sources) for use in line.uses]
        if line.amount is None or not all(offers):
            return ()
        found = match(line.amount, offers)
        name = line.component or "—"
        if found is None:
            self._findings.add("many_sellers", "note", sheet.subject, sheet.ref, component=name)
            return ()
        if not found.agreeing:
            self._contradiction(sheet, line, found)
            return ()
        for offer in found.others:
            self._findings.add(
                "other_seller", "note", sheet.subject, sheet.ref, [offer.sheet.ref],
                component=name, party=offer.sheet.seller, lot=offer.sheet.subject,
                seen=_money(line.amount, sheet), expected=_range(offer.share, sheet),
            )  # fmt: skip
        for offer in found.agreeing:
            self._independent(sheet, offer.sheet)
        refs = {ref for offer in found.agreeing for ref in offer.sheet.records}
        return tuple(sorted(refs, key=place_of))

    def _offers(self, sheet: Sheet, line: Line, use: Use, sources: set[str]) -> list[Offer]:
        """What the sellers of one lot ask for what a line uses of it, where that can be compared."""
        if use.lot not in sources:
            if not self._graph.whole:
                self._findings.add("cut", "doubt", sheet.subject, sheet.ref)
            else:
                self._findings.add(
                    "foreign_lot", "alarm", sheet.subject, sheet.ref,
                    component=line.component or "—", lot=use.lot,
                )  # fmt: skip
            return []
        found = []
        for other in self._counterparts(sheet, use.lot):
            self._visit(other)
            offer = self._offer(sheet, line, use, other)
            if offer is not None:
                found.append(offer)
        return found

    def _offer(self, sheet: Sheet, line: Line, use: Use, other: Sheet) -> Offer | None:
        facts = {"component": line.component or "—", "lot": use.lot, "party": other.seller}
        reason = share = None
        if other.currency != sheet.currency:
            reason, facts["seen"], facts["expected"] = "currency", sheet.currency, other.currency
        elif other.price is None or other.buyer is None:
            reason = "supplier_sealed"
        elif other.since > sheet.since:
            reason = "supplier_later"
        elif use.quantity is None:
            reason = "no_quantity"
        else:
            share = share_of(other.price, other.per, use.quantity)
            if share is None:
                reason, facts["seen"], facts["expected"] = "units", use.quantity.unit, other.per.unit
        if share is not None:
            return Offer(other, share)
        self._findings.add(reason or "units", "note", sheet.subject, sheet.ref, [other.ref], **facts)
        return None

    def _counterparts(self, sheet: Sheet, lot: str) -> list[Sheet]:
        """For each other seller of a lot its price for this buyer: of the lot, or else of its product."""
        found = []
        for seller in sorted(self._graph.sellers(lot) - {sheet.seller}):
            for subject in filter(None, (lot, product_of(lot))):
                own = [one for one in self._book.sheets(subject) if one.seller == seller]
                chosen = _for_buyer(own, sheet)
                if chosen is not None:
                    found.append(chosen)
                    break
        return found

    def _visit(self, sheet: Sheet) -> None:
        if sheet.ref in self._seen:
            return
        if len(self._seen) >= MAX_SHEETS:
            self._findings.add("cut", "doubt", self._root.subject, "")
            return
        self._seen.add(sheet.ref)
        self._waiting.append(sheet)

    # --- findings ------------------------------------------------------------------------------------------

    def _contradiction(self, sheet: Sheet, line: Line, found: Match) -> None:
        sellers = sorted({offer.sheet.seller for offer in found.others})
        lots = sorted({use.lot for use in line.uses})
        self._findings.add(
            "contradiction", "alarm", sheet.subject, sheet.ref, [offer.sheet.ref for offer in found.others],
            component=line.component or "—", seen=_money(line.amount, sheet), lots=_listed(lots),
            expected=_listed([_range(one, sheet) for one in found.expected]), parties=_listed(sellers),
        )  # fmt: skip

    def _unbalanced(self, sheet: Sheet) -> None:
        total, price = sheet.total or 0, sheet.price or 0
        self._findings.add(
            "unbalanced", "alarm", sheet.subject, sheet.ref,
            seen=_money(total, sheet), expected=_money(price, sheet), difference=_money(total - price, sheet),
        )  # fmt: skip

    def _independent(self, sheet: Sheet, other: Sheet) -> None:
        """Prices between companies of one owner prove little. What the ledger knew at the later record decides."""
        before = max(place_of(sheet.ref), place_of(other.ref))[0]
        groups = []
        for uri in (sheet.seller, other.seller):
            party = self._reader.party(uri, before)
            groups.append({uri, party.owner} - {""} if party else {uri})
        if groups[0] & groups[1]:
            self._findings.add(
                "same_owner", "doubt", sheet.subject, sheet.ref, [other.ref],
                party=sheet.seller, seen=other.seller, owner=", ".join(sorted(groups[0] & groups[1])),
            )  # fmt: skip


def _for_buyer(own: Iterable[Sheet], sheet: Sheet) -> Sheet | None:
    """Which of one seller's prices held for the seller of a breakdown when that began to hold.

    A price for this buyer alone goes before one for everybody; one whose buyer is sealed may be for anybody, so it
    stands among the latter and nothing is concluded from it. Prices in the same currency go before others. If all
    began later, the first of them.
    """
    pool = [one for one in own if one.buyer in ("", None, sheet.seller)]
    pool = [one for one in pool if one.currency == sheet.currency] or pool
    mine = [one for one in pool if one.buyer == sheet.seller]
    found = latest(mine, sheet.since) or latest(pool, sheet.since)
    return found or min(pool, key=lambda one: (one.since, one.place), default=None)


def _money(amount: int | None, sheet: Sheet) -> str:
    return f"{money_of(amount, sheet.currency)} {sheet.currency}"


def _range(one: Range, sheet: Sheet) -> str:
    low = _money(one.low, sheet)
    return low if one.low == one.high else f"{money_of(one.low, sheet.currency)}–{_money(one.high, sheet)}"


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    return ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
