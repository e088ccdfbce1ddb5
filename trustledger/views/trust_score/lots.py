"""Which lots a buyer may get: those offered, and those that were sold and sent a short while ago.

What was sold does not depend on what a listing says afterwards, so relisting washes nothing off. A lot is one of this
product, as its own URI says; a line whose lot nobody names, and a listing that names another product's lot, leave open
what a buyer gets.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.views.goods import is_product, product_of
from trustledger.views.trust_score.decay import DAY
from trustledger.views.trust_score.facts import Listed, Ordered, Place
from trustledger.views.trust_score.notes import Notes
from trustledger.views.trust_score.policy import QualityRules
from trustledger.views.trust_score.sales import Sale, Scope

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

_LATER: Final[Place] = (1 << 63, 0)
_FOREVER: Final = 1 << 63
_EARLIER: Final[Place] = (-1, -1)


class OnSale(NamedTuple):
    """What a buyer may get.

    Attributes:
        last: Lot → place of the record that named it last: a listing, an order, a delivery, a buyer's word.
        offered: Those that the listings name.
        unknown: Some of it has no name that counts.
    """

    last: dict[str, Place]
    offered: frozenset[str]
    unknown: bool


class Lots:
    """The lots of one listing, at any moment.

    Args:
        listings: All that the merchant ever offered, as it stood and as it was corrected, in the order of the log.
        sales: Its sales of the product.
        scope: The product and merchant.
        rules: For how many days what was sold counts.
        notes: Takes what was not offered, has no name, or is another product's.
    """

    def __init__(
        self,
        listings: Iterable[Listed],
        sales: Iterable[Sale],
        scope: Scope,
        rules: QualityRules,
        notes: Notes,
    ) -> None:
        self._scope, self._span, self._notes = scope, rules.sold_days * DAY, notes
        self._listings = [one for one in listings if is_offer(one, scope.product, scope.merchant)]
        self._sold = [one for one in sales if one.order.merchant == scope.merchant]
        self._named = {lot for one in self._listings for lot in one.lots}
        self._sent = [sent for sale in self._sold if sale.sent for sent in sale.sent]
        self._ours = cache(self._is_ours)

    def on_sale(self, as_of: int, offers: Sequence[Listed]) -> OnSale:
        """What a buyer may get now (ms), as these offers hold; what is odd is a finding."""
        return self._at(as_of, offers, _LATER, noting=True)

    def before(self, place: Place, at: int) -> frozenset[str]:
        """All lots on sale when the ledger placed something, at a moment (ms)."""
        offers = offers_of([one for one in self._listings if one.place < place], at)
        return frozenset(self._at(at, offers, place, noting=False).last)

    def sold_unlisted(self, orders: Iterable[Ordered]) -> Iterator[Ordered]:
        """Orders, in the order of the log, that the ledger placed while nothing was offered."""
        latest: dict[str, Listed] = {}
        waiting, until = deque(self._listings), -1
        for order in orders:
            while waiting and waiting[0].place < order.place:
                one = waiting.popleft()
                latest[one.number] = one
                until = max(_FOREVER if offer.until is None else offer.until for offer in latest.values())
            if order.placed.sequenced_at >= until:
                yield order

    def _at(self, at: int, offers: Sequence[Listed], place: Place, *, noting: bool) -> OnSale:
        last: dict[str, Place] = {}
        unknown = False
        for offer in offers:
            for lot in offer.lots:
                if self._ours(lot):
                    last[lot] = offer.place
                    continue
                unknown = True
                if noting:
                    self._notes.count("foreign_lot", offer.placed, lot)
        offered = frozenset(last)
        ours, named = self._ours, self._named
        for when, lot, placed in self._named_by(at - self._span):
            if when >= place:
                continue
            if lot and ours(lot):
                if when > last.get(lot, _EARLIER):
                    last[lot] = when
                if noting and lot not in named:
                    self._notes.count("unlisted_lot", placed, lot)
                continue
            unknown = True
            if noting:
                self._notes.count("lot_unnamed", placed, lot)
        return OnSale(last, offered, unknown)

    def _named_by(self, earliest: int) -> Iterator[tuple[Place, str, VerifiedRecord]]:
        """Where and by which record each lot was named after a moment (ms); of sales, orders first."""
        for sale in reversed(self._sold):
            order, lot = sale.order, sale.goods.lot
            if order.placed.sequenced_at <= earliest:
                break  # the ledger's time never falls
            if lot or not sale.sent:
                yield order.place, lot, order.placed
        for sent in self._sent:
            if sent.at > earliest:
                yield sent.place, sent.lot, sent.placed

    def _is_ours(self, lot: str) -> bool:
        """Whether a lot is one of the product: as its URI says, where the product's own says what it is."""
        named, product = product_of(lot), self._scope.product
        return named == product if named or is_product(product) else not is_product(lot)


def is_offer(one: Listed, product: str, merchant: str) -> bool:
    """Whether a merchant itself offers a product."""
    signed = merchant in (one.placed.party, *one.placed.cosigners)
    return signed and one.merchant == merchant and one.product == product


def offers_of(listings: Iterable[Listed], as_of: int) -> list[Listed]:
    """What is offered: of each number what was said last, if that has not run out."""
    latest = {one.number: one for one in listings}
    return [one for one in latest.values() if one.until is None or one.until > as_of]
