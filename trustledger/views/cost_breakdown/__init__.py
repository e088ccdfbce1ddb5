"""What a price pays for, and whether the suppliers say the same (docs/costs.md has the formulas and a case by hand).

A seller's `cost` record declares the lines. They are added exactly and held against the price; each line that names
lots is held against what the sellers of these lots say that they asked, all the way up the chain of the goods. A sealed
amount is never guessed: with it the sum is unknown, unless the reader holds its opening.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from trustledger.errors import FormatError, NotFoundError
from trustledger.kinds.registry import Kinds
from trustledger.subject import check_subject
from trustledger.views.cost_breakdown.as_of import AsOf
from trustledger.views.cost_breakdown.book import Book, Findings, latest, place_of
from trustledger.views.cost_breakdown.climbing import Climb
from trustledger.views.cost_breakdown.model import CostBreakdown, CostComponent, Status
from trustledger.views.goods import product_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trustledger.ledger import Ledger
    from trustledger.record import Opening
    from trustledger.views.cost_breakdown.sheet import Line, Sheet
    from trustledger.views.reading import ChainReader

_NOTHING: Final[Mapping[bytes, Opening]] = MappingProxyType({})


def cost_breakdown(  # noqa: PLR0913  (all but the first two by name)
    source: Ledger | ChainReader,
    subject: str,
    *,
    as_of: int,
    seller: str | None = None,
    buyer: str = "",
    currency: str | None = None,
    openings: Mapping[bytes, Opening] = _NOTHING,
    kinds: Kinds | None = None,
) -> CostBreakdown:
    """What one seller's price of a product or lot is made up of, and what speaks for it.

    Args:
        source: The ledger, or a reader of one state of it.
        subject: A product or lot in normal form. A lot without a price of its own has that of its product.
        as_of: ms since 1970-01-01T00:00:00Z: only what the ledger had placed by then is known, and of this the price
            counts that holds then.
        seller: URI of the party that sells; may be left out if only one does.
        buyer: The price that holds for this party alone; by default the one for everybody.
        currency: ISO 4217 code, if the seller has prices in several; by default that of the latest.
        openings: Commitment → opening of what was disclosed to the reader of this answer.
        kinds: Kinds of records; the ledger's, or the project's own, if None.

    Returns:
        The breakdown. Equal records and arguments give equal bytes.

    Raises:
        FormatError: Not a subject; or several parties sell it (``cost.several_sellers``, with their URIs).
        NotFoundError: ``cost.none``: no such price holds at that time.
        VerificationError: A record or link does not hold.
    """
    check_subject(subject)
    question = _Question(subject, as_of, seller, buyer, currency)
    reading = getattr(source, "reading", None)
    if reading is None:
        return _answer(cast("ChainReader", source), question, openings, kinds or Kinds.default())
    ledger = cast("Ledger", source)
    with ledger.reading() as reader:
        return _answer(reader, question, openings, kinds or ledger.kinds)


def cost_sellers(source: ChainReader, subject: str, *, as_of: int) -> tuple[str, ...]:
    """URIs of the parties whose price of a product or lot for everybody holds at a time, ascending.

    Args:
        source: A reader of one state of a ledger.
        subject: A product or lot in normal form.
        as_of: ms since 1970-01-01T00:00:00Z.

    Raises:
        FormatError: Not a subject.
        VerificationError: A record or link does not hold.
    """
    check_subject(subject)
    question = _Question(subject, as_of, None, "", None)
    return tuple(
        sorted({one.seller for one in question.candidates(Book(AsOf(source, as_of), {}, Findings()))})
    )


class _Question:
    """Which price is asked for."""

    def __init__(
        self, subject: str, as_of: int, seller: str | None, buyer: str, currency: str | None
    ) -> None:
        self.subject, self.as_of, self.seller, self.buyer, self.currency = (
            subject, as_of, seller, buyer, currency,
        )  # fmt: skip

    def candidates(self, book: Book) -> list[Sheet]:
        """All prices of the lot, or else of its product, that hold by then and are of the kind asked for."""
        for subject in filter(None, (self.subject, product_of(self.subject))):
            found = [
                one
                for one in book.sheets(subject)
                if one.since <= self.as_of
                and one.buyer == self.buyer
                and self.seller in (None, one.seller)
                and self.currency in (None, one.currency)
            ]
            if found:
                return found
        return []

    def sheet(self, book: Book, findings: Findings) -> Sheet:
        """The price that counts, noting those of the same seller in other currencies."""
        found = self.candidates(book)
        sellers = sorted({one.seller for one in found})
        if len(sellers) > 1:
            raise FormatError("cost.several_sellers", subject=self.subject, seen=", ".join(sellers))
        chosen = latest(found, self.as_of)
        if chosen is None:
            raise NotFoundError("cost.none", subject=self.subject, seen=self.seller or "—")
        for code in sorted({one.currency for one in found} - {chosen.currency}):
            other = latest([one for one in found if one.currency == code], self.as_of)
            findings.add(
                "other_currency", "note", chosen.subject, chosen.ref, [other.ref] if other else (),
                seen=chosen.currency, expected=code,
            )  # fmt: skip
        return chosen


def _answer(
    reader: ChainReader, question: _Question, openings: Mapping[bytes, Opening], kinds: Kinds
) -> CostBreakdown:
    past, findings = AsOf(reader, question.as_of), Findings()
    book = Book(past, openings, findings)
    sheet = question.sheet(book, findings)
    for ref in book.unreadable(sheet.subject, sheet.seller, place_of(sheet.ref)):
        findings.add("unreadable", "doubt", sheet.subject, ref, [sheet.ref])
    if not sheet.lines:
        findings.add("no_lines", "note", sheet.subject, sheet.ref)
    agreed = Climb(past, sheet, book, kinds, findings).run()
    return CostBreakdown(
        subject=question.subject,
        seller=sheet.seller,
        as_of=question.as_of,
        currency=sheet.currency,
        price=sheet.price,
        quantity=sheet.per.value,
        unit=sheet.per.unit,
        components=tuple(
            _component(sheet, line, agreed.get(number, ())) for number, line in enumerate(sheet.lines)
        ),
        balanced=sheet.balanced,
        findings=findings.in_order(),
    )


def _component(sheet: Sheet, line: Line, agreed: tuple[str, ...]) -> CostComponent:
    """A line with the best that speaks for it."""
    status: Status = "declared"
    if line.amount is None:
        status = "sealed"
    elif agreed:
        status = "cross-checked"
    elif line.invoiced:
        status = "evidenced"
    return CostComponent(line.component, line.amount, status, (*sheet.records, *agreed))


__all__ = ["CostBreakdown", "CostComponent", "Status", "cost_breakdown", "cost_sellers"]
