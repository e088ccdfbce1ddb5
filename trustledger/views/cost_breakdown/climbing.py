"""Up the chain: each line that pays for lots is held against what the sellers of these lots say that they asked."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from trustledger.authority.independence import Ties
from trustledger.views.changes import money_of
from trustledger.views.cost_breakdown.book import place_of
from trustledger.views.cost_breakdown.contents import Measure
from trustledger.views.cost_breakdown.goods_graph import GoodsGraph
from trustledger.views.cost_breakdown.offers import Offers
from trustledger.views.cost_breakdown.share import match, rounded, together
from trustledger.views.plausibility.quantity import decimal_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustledger.authority.parties import PartyState
    from trustledger.kinds import Kinds
    from trustledger.views.cost_breakdown.book import Book, Findings
    from trustledger.views.cost_breakdown.share import Match, Offer, Range
    from trustledger.views.cost_breakdown.sheet import Line, Quantity, Sheet
    from trustledger.views.reading import ChainReader

MAX_SHEETS: Final = 1_000
"""Breakdowns of suppliers that are looked at for one question."""
ROOM: Final = Fraction(1001, 1000)
"""How much more than the chain says may be written, since a decimal ends somewhere: a third of a kilogram is 0.3334."""
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
        self._root, self._findings = root, findings
        self._graph = GoodsGraph(reader, root.subject, kinds)
        self._offers = Offers(self._graph, book, findings)
        self._reader = reader
        self._seen = {root.ref}
        self._waiting = deque([(root, root.subject)])

    def run(self) -> dict[int, tuple[str, ...]]:
        """Look at every breakdown on the way.

        Returns:
            For each line of the root with which suppliers' records agree: the line's number → their places.
        """
        agreed: dict[int, tuple[str, ...]] = {}
        while self._waiting:
            sheet, goods = self._waiting.popleft()
            found = self._sheet(sheet, goods)
            if sheet is self._root:
                agreed = found
            if sheet.balanced is False:
                self._unbalanced(sheet)
        return agreed

    def _sheet(self, sheet: Sheet, goods: str) -> dict[int, tuple[str, ...]]:
        """Hold a breakdown against the sellers of its lots and the chain; which lines agree, with whose records.

        Args:
            sheet: The breakdown.
            goods: The lot that it is for, where it is the price of its product.
        """
        sources = self._graph.sources(goods)
        matches: dict[int, Match] = {}
        for number, line in enumerate(sheet.lines):
            found = self._line(sheet, line, sources) if line.uses else None
            if found is not None:
                matches[number] = found
        used = self._used(sheet, goods, sources)
        matches = self._rounded_once(sheet, matches)
        agreed = {}
        for number, found in matches.items():
            self._agreeing(sheet, sheet.lines[number], found)
            if self._quantities(sheet, sheet.lines[number], used):
                refs = {ref for offer in found.agreeing for ref in offer.sheet.records}
                agreed[number] = tuple(sorted(refs, key=place_of))
        return agreed

    # --- amounts -------------------------------------------------------------------------------------------

    def _line(self, sheet: Sheet, line: Line, sources: set[str]) -> Match | None:
        """Hold one line against the sellers of its lots; None unless it agrees."""
        used: dict[str, list[Quantity | None]] = {}
        for use in line.uses:
            used.setdefault(use.lot, []).append(use.quantity)
        offers = [self._lot(sheet, line, lot, used[lot], sources) for lot in used]
        if line.amount is None or not all(offers):
            return None
        found = match(line.amount, offers)
        if found is None:
            self._findings.add("many_sellers", "doubt", sheet.subject, sheet.ref, component=_name(line))
        elif not found.agreeing:
            self._contradiction(sheet, [line], [offer.sheet for offer in found.others], found.expected)
            found = None
        return found

    def _lot(
        self, sheet: Sheet, line: Line, lot: str, used: list[Quantity | None], sources: set[str]
    ) -> list[Offer]:
        """What the sellers of one lot ask for what a line uses of it, where that can be compared."""
        if lot in sources:
            prices, offers = self._offers.of(sheet, line, lot, used)
            for other in prices:
                self._visit(other, lot)
            return offers
        if not self._graph.whole:
            self._findings.add("cut", "doubt", sheet.subject, sheet.ref)
        else:
            self._findings.add(
                "foreign_lot", "alarm", sheet.subject, sheet.ref, component=_name(line), lot=lot
            )
        return []

    def _rounded_once(self, sheet: Sheet, matches: dict[int, Match]) -> dict[int, Match]:
        """Those of the agreeing lines that agree together too: lines with a lot in common share its rounding."""
        kept: dict[int, Match] = {}
        for group in _groups(matches):
            amounts = [sheet.lines[number].amount or 0 for number in group]
            expected = together([matches[number] for number in group])
            if len(group) == 1 or expected.holds(sum(amounts)):
                kept |= {number: matches[number] for number in group}
                continue
            sheets = [offer.sheet for number in group for offer in matches[number].agreeing]
            self._contradiction(sheet, [sheet.lines[number] for number in group], sheets, [expected])
        return dict(sorted(kept.items()))

    # --- quantities ----------------------------------------------------------------------------------------

    def _used(self, sheet: Sheet, goods: str, sources: set[str]) -> dict[str, bool | None]:
        """Of each lot, whether all lines together use no more of it than the chain says; None if that is not known."""
        uses: dict[str, list[Measure]] = {}
        for line in sheet.lines:
            for use in line.uses:
                if use.lot in sources and use.quantity is not None:
                    amount = Measure(Fraction(use.quantity.value), use.quantity.unit)
                    uses.setdefault(use.lot, []).append(amount)
        found: dict[str, bool | None] = {}
        for lot, amounts in uses.items():
            most = self._graph.most(goods, lot, sheet.per)
            counted = [one.within(most.unit) for one in amounts] if most else []
            total = sum((one.value for one in counted if one is not None), Fraction())
            found[lot] = None if most is None or None in counted else total <= most.value * ROOM
            if most is not None and total > most.value * ROOM:
                found[lot] = False
                self._findings.add(
                    "beyond_chain", "alarm", sheet.subject, sheet.ref, lot=lot,
                    seen=_measure(Measure(total, most.unit)), expected=_measure(most),
                    per=f"{sheet.per.value} {sheet.per.unit}",
                )  # fmt: skip
        return found

    def _quantities(self, sheet: Sheet, line: Line, used: dict[str, bool | None]) -> bool:
        """Whether the chain bears out how much of its lots a line uses."""
        lots = {use.lot for use in line.uses}
        for lot in sorted(one for one in lots if used.get(one) is None):
            self._findings.add(
                "unknown_quantity", "doubt", sheet.subject, sheet.ref, component=_name(line), lot=lot
            )
        return all(used.get(lot) for lot in lots)

    def _visit(self, sheet: Sheet, goods: str) -> None:
        if sheet.ref in self._seen:
            return
        if len(self._seen) >= MAX_SHEETS:
            self._findings.add("cut", "doubt", self._root.subject, "")
            return
        self._seen.add(sheet.ref)
        self._waiting.append((sheet, goods))

    # --- findings ------------------------------------------------------------------------------------------

    def _agreeing(self, sheet: Sheet, line: Line, found: Match) -> None:
        """What a reader must know of prices that agree: who asks another one, who changed it, who belongs together."""
        for offer in found.others:
            self._findings.add(
                "other_seller", "doubt", sheet.subject, sheet.ref, [offer.sheet.ref],
                component=_name(line), party=offer.sheet.seller, lot=offer.lot,
                seen=_money(line.amount, sheet), expected=_range(rounded([offer.share]), sheet),
            )  # fmt: skip
        for offer in found.agreeing:
            self._independent(sheet, offer.sheet)
            before = self._offers.earlier(sheet, offer)
            if before is not None:
                self._findings.add(
                    "price_corrected", "doubt", sheet.subject, sheet.ref, [before.ref, offer.sheet.ref],
                    component=_name(line), party=offer.sheet.seller, lot=offer.lot,
                    seen=_price(offer.sheet), expected=_price(before),
                )  # fmt: skip

    def _contradiction(
        self, sheet: Sheet, lines: list[Line], others: list[Sheet], expected: Iterable[Range]
    ) -> None:
        lots = sorted({use.lot for line in lines for use in line.uses})
        self._findings.add(
            "contradiction", "alarm", sheet.subject, sheet.ref, [one.ref for one in others],
            component=_listed(dict.fromkeys(map(_name, lines))), lots=_listed(lots),
            seen=_money(sum(line.amount or 0 for line in lines), sheet),
            expected=_listed([_range(one, sheet) for one in expected]),
            parties=_listed(sorted({one.seller for one in others})),
        )  # fmt: skip

    def _unbalanced(self, sheet: Sheet) -> None:
        total, price = sheet.total or 0, sheet.price or 0
        self._findings.add(
            "unbalanced", "alarm", sheet.subject, sheet.ref,
            seen=_money(total, sheet), expected=_money(price, sheet), difference=_money(total - price, sheet),
        )  # fmt: skip

    def _independent(self, sheet: Sheet, other: Sheet) -> None:
        """Prices within one group of companies prove little. What the ledger knew at the later record decides."""
        before = max(place_of(sheet.ref), place_of(other.ref))[0]

        def party(uri: str) -> PartyState | None:
            return self._reader.party(uri, before)

        ties = Ties()
        for state in map(party, (sheet.seller, other.seller)):
            if state is not None:
                ties.learn(state, party)
        if ties.cut or ties.same(sheet.seller, other.seller):
            self._findings.add(
                "same_owner", "doubt", sheet.subject, sheet.ref, [other.ref],
                party=sheet.seller, seen=other.seller,
            )  # fmt: skip


def _groups(matches: dict[int, Match]) -> list[list[int]]:
    """Numbers of lines, those together that have a lot in common."""
    ties = Ties()
    for number, found in matches.items():
        for offer in found.agreeing:
            ties.join(f"line {number}", offer.lot)
    groups: dict[str, list[int]] = {}
    for number in matches:
        groups.setdefault(ties.group(f"line {number}"), []).append(number)
    return list(groups.values())


def _name(line: Line) -> str:
    return line.component or "—"


def _money(amount: int | None, sheet: Sheet) -> str:
    return f"{money_of(amount, sheet.currency)} {sheet.currency}"


def _price(sheet: Sheet) -> str:
    return f"{_money(sheet.price, sheet)} / {sheet.per.value} {sheet.per.unit}"


def _measure(measure: Measure) -> str:
    return f"{decimal_of(measure.value)} {measure.unit}"


def _range(one: Range, sheet: Sheet) -> str:
    low = _money(one.low, sheet)
    return low if one.low == one.high else f"{money_of(one.low, sheet.currency)}–{_money(one.high, sheet)}"


def _listed(names: Iterable[str]) -> str:
    found = list(names)
    return ", ".join(found[:_SHOWN]) + (", …" if len(found) > _SHOWN else "")
