"""Order lines, each with what became of it: whether somebody else attests the sale, its delivery, review and claims.

What contradicts its order weighs nothing and is a finding; nothing is ever removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.views.trust_score.decay import age_of
from trustledger.views.trust_score.facts import (
    Claimed,
    Delivered,
    Goods,
    Ordered,
    Place,
    Resolved,
    Reviewed,
)
from trustledger.views.trust_score.notes import Notes
from trustledger.views.trust_score.policy import TradeRules
from trustledger.views.trust_score.sides import Sides
from trustledger.views.trust_score.trade import Trade

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

CARRIER: Final = frozenset({"carrier"})
SELLER: Final = frozenset({"merchant"})
OfLine = Reviewed | Claimed | Resolved


class Sent(NamedTuple):
    """A lot that somebody named: where and when (ms) it was said, the lot (empty: none was), and the record."""

    place: Place
    at: int
    lot: str
    placed: VerifiedRecord


class Answer(NamedTuple):
    """A resolution, and whether somebody without a part in the business signed it."""

    said: Resolved
    independent: bool


@dataclass(slots=True, eq=False)
class Complaint:
    """A claim with how it ended: answers in the order of the log."""

    claim: Claimed
    answers: list[Answer] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class Sale:
    """One line of an order.

    Attributes:
        order: The order.
        goods: The line.
        attested: Somebody with no part in the business signed the order.
        trust: Percent that the line counts by who signed its delivery; 0 as long as it is not delivered.
        delivery: The delivery that counts; None if there is none.
        arrived: The first record of an independent carrier that it was delivered, or returned.
        refunded: All of the money went back, as far as is known, or the goods did.
        review: The buyer's rating.
        complaints: The buyer's claims, in the order of the log.
        sent: Lots that were sent, as the delivery says, or the buyer where the order names none.
        fault: Percent of a fault that it had (`Promises.judge`).
        due: The promises about it that were due, by name, and whether they were kept (the same).
    """

    order: Ordered
    goods: Goods
    attested: bool
    trust: int = 0
    delivery: Delivered | None = None
    arrived: Delivered | None = None
    refunded: bool = False
    review: Reviewed | None = None
    complaints: list[Complaint] | tuple[()] = ()
    sent: tuple[Sent, ...] = ()
    fault: int = 0
    due: tuple[tuple[str, bool], ...] = ()

    @property
    def counts(self) -> bool:
        """Whether a review of it weighs anything: attested, and delivered by a carrier."""
        return self.attested and self.trust > 0

    @property
    def percent(self) -> int:
        """How much it weighs. What went wrong counts in full, or nothing would be as safe as never to deliver."""
        if not self.attested:
            return 0
        if not self.fault and not self.due:  # as good as always
            return self.trust
        wrong = self.fault or any(not kept for _, kept in self.due)
        return 100 if wrong else self.trust


Claims = dict[tuple[str, str], list[tuple[Sale, Complaint]]]
"""Claims by order and number, each with its line."""
Shares = list[tuple[Sale, int]]
"""Sales that count, each with its percent by who bought it."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose sales are put together, and about which of them something odd is a finding.

    Attributes:
        product: The product that is scored.
        merchant: The merchant that is scored.
        sellers: All names of that merchant.
    """

    product: str
    merchant: str
    sellers: frozenset[str]

    def covers(self, order: Ordered) -> bool:
        """Whether an order is one of the scored product, sold by the scored merchant under any of its names."""
        if order.merchant not in self.sellers:
            return False
        lines, product = order.lines, self.product
        return lines[0].product == product or any(one.product == product for one in lines)


def sales_of(trade: Trade, sides: Sides, rules: TradeRules, notes: Notes, scope: Scope) -> list[Sale]:
    """The order lines of a merchant under all its names, in the order of the log.

    Args:
        trade: Facts, corrections applied.
        sides: Who belongs to the merchant.
        rules: Which sales count.
        notes: Takes what does not fit about the scored product.
        scope: Whose sales.
    """
    return _Join(trade, sides, rules, notes, scope).sales()


class _Join:
    """Puts together what names one order."""

    def __init__(self, trade: Trade, sides: Sides, rules: TradeRules, notes: Notes, scope: Scope) -> None:
        self._trade, self._sides, self._rules, self._notes, self._scope = trade, sides, rules, notes, scope
        self._found: dict[str, dict[str, Sale]] = {}

    def sales(self) -> list[Sale]:
        """All of them."""
        self._take_orders()
        self._take_deliveries()
        self._take_reviews()
        claims = self._take_claims()
        for answer in self._trade.of_kind(Resolved):
            self._take_resolution(answer, claims)
        return [sale for lines in self._found.values() for sale in lines.values()]

    def _take_orders(self) -> None:
        """Each order once: the first that somebody else attests, or else the first."""
        found, sellers = self._found, self._scope.sellers
        vouches = self._sides.witness_of(self._rules.attested_by)
        better = False
        for order in self._trade.of_kind(Ordered):
            if order.merchant not in sellers:
                continue
            name, lines, vouched = order.order, order.lines, vouches(order.placed)
            if not self._belongs(order, vouched=vouched):
                self._foreign(order)
                continue
            if name in found:
                if self._scope.covers(order):
                    self._note("order_twice", order)
                if not vouched or any(sale.attested for sale in found[name].values()):
                    continue
                better = True
            if len(lines) == 1:  # as nearly always
                found[name] = {lines[0].line: Sale(order, lines[0], vouched)}
            else:
                found[name] = {one.line: Sale(order, one, vouched) for one in lines}
        if better:
            in_order = sorted(found.items(), key=lambda item: _first(item[1]).order.place)
            self._found = dict(in_order)
        for lines_of in self._found.values():
            sale = _first(lines_of)
            if not sale.attested:
                self._note("self_attested", sale.order)

    def _belongs(self, order: Ordered, *, vouched: bool) -> bool:
        """Whether an order is the merchant's: its side signed it, or a platform that sells nothing itself.

        A platform that is a merchant too could else write its rivals' orders.
        """
        placed = order.placed
        if placed.party == order.merchant or self._sides.signs(placed):
            return True
        return vouched and not self._sides.has_role(placed, SELLER)

    def _foreign(self, order: Ordered) -> None:
        """An order that neither the merchant's side nor anybody who attests signed is none of its orders."""
        if self._scope.covers(order):
            self._notes.count("foreign_order", order.placed, order.order)

    @cached_property
    def _about(self) -> frozenset[str]:
        """Orders of the scored product and merchant: what is odd about them is a finding."""
        return frozenset(one.order for one in self._trade.of_kind(Ordered) if self._scope.covers(one))

    def _take_deliveries(self) -> None:
        """The last word of the carriers counts: what was delivered may be returned."""
        found, carried = self._found.get, self._sides.witness_of(CARRIER)
        for delivery in self._trade.of_kind(Delivered):
            lines = found(delivery.order)
            if lines is None:
                continue
            independent = carried(delivery.placed)
            if not independent:
                self._note("self_delivered", delivery)
            trust = 100 if independent else self._rules.self_delivered
            merchant, delivered = delivery.merchant, delivery.status == "delivered"
            for goods in delivery.lines:
                sale = lines.get(goods.line)
                if sale is not None and goods.lot and (independent or self._sides.signs(delivery.placed)):
                    self._send(sale, delivery, goods)
                if sale is None or merchant != sale.order.merchant or not _same(goods, sale.goods):
                    self._note("contradicts", delivery)
                    continue
                if sale.arrived is None and independent and delivery.status != "failed":
                    sale.arrived = delivery
                if delivered:
                    if trust > sale.trust or sale.delivery is None:
                        sale.trust, sale.delivery = trust, delivery
                    if independent:  # what came back stays void, whatever the merchant's own side says
                        sale.refunded = False
                elif delivery.status == "returned" and independent and _brought(sale, delivery):
                    sale.refunded = True

    @staticmethod
    def _send(sale: Sale, fact: Delivered | Reviewed | Claimed, goods: Goods) -> None:
        """Note a lot that was sent, though it be another one than the order says."""
        if goods.lot != sale.goods.lot and goods.product == sale.goods.product:
            placed = fact.placed
            sale.sent = (*sale.sent, Sent(fact.place, placed.sequenced_at, goods.lot, placed))

    def _take_reviews(self) -> None:
        """As `_take_review`; what fits in every way, as nearly all do, is asked no more than that."""
        found = self._found.get
        for review in self._trade.of_kind(Reviewed):
            lines, said, placed = found(review.order), review.goods, review.placed
            sale = None if lines is None else lines.get(said.line)
            if sale is not None and sale.review is None and placed.party == sale.order.guest:
                goods = sale.goods
                fits = said.product == goods.product and said.lot == goods.lot
                if fits and not placed.cosigners and review.merchant == sale.order.merchant:
                    sale.review = review
                    continue
            self._take_review(review)

    def _take_review(self, review: Reviewed) -> None:
        sale = self._line(review)
        if sale is None or not self._by_buyer(sale, review):
            return
        if sale.attested and review.goods.lot and not sale.goods.lot:
            self._send(sale, review, review.goods)
        if sale.review is not None:  # the ledger refuses it; in one that did not, the last word counts
            self._note("review_twice", sale.review)
        sale.review = review

    def _take_claims(self) -> Claims:
        found: Claims = {}
        for claim in self._trade.of_kind(Claimed):
            sale = self._line(claim)
            if sale is not None and self._by_buyer(sale, claim):
                if sale.attested and claim.goods.lot and not sale.goods.lot:
                    self._send(sale, claim, claim.goods)
                complaint = Complaint(claim)
                if isinstance(sale.complaints, list):
                    sale.complaints.append(complaint)
                else:  # few lines have any: a list for each would cost more than it holds
                    sale.complaints = [complaint]
                found.setdefault((claim.order, claim.claim), []).append((sale, complaint))
        return found

    def _take_resolution(self, answer: Resolved, claims: Claims) -> None:
        """By the merchant's side, or by whoever may attest its orders."""
        sale = self._line(answer)
        if sale is None:
            return
        independent = self._sides.witnesses(answer.placed, self._rules.attested_by)
        if not independent and not self._sides.own(answer.placed.party):
            self._note("not_theirs", answer)
            return
        asked = [
            one
            for about, one in claims.get((answer.order, answer.claim), ())
            if about is sale and one.claim.place < answer.place
        ]
        for complaint in asked:
            complaint.answers.append(Answer(answer, independent))
        # A refund that the buyer did not ask for is the merchant's own word, and would void a review that displeases.
        if answer.outcome == "refunded" and (asked or independent) and _in_full(answer, sale.goods):
            sale.refunded = True

    def _line(self, fact: OfLine) -> Sale | None:
        """The line that a fact is about; None if there is none here, or what is said contradicts it."""
        lines = self._found.get(fact.order)
        if lines is None:
            if fact.merchant in self._scope.sellers and fact.goods.product == self._scope.product:
                self._notes.count("no_order", fact.placed, fact.order)
            return None
        sale = lines.get(fact.goods.line)
        if sale is None or fact.merchant != sale.order.merchant or not _same(fact.goods, sale.goods):
            self._note("contradicts", fact)
            return None
        return sale

    def _by_buyer(self, sale: Sale, fact: Reviewed | Claimed) -> bool:
        """Whether the key that the order gave to its buyer signed, and nobody else."""
        placed = fact.placed
        right = placed.party == sale.order.guest and not placed.cosigners
        if not right:
            self._note("not_theirs", fact)
        return right

    def _note(self, code: str, fact: Ordered | Delivered | Reviewed | Claimed | Resolved) -> None:
        if fact.order in self._about:
            self._notes.count(code, fact.placed, fact.order)


def _brought(sale: Sale, back: Delivered) -> bool:
    """Whether who says that goods came back delivered them: any carrier could else void praise that is not its own."""
    if sale.delivery is None:
        return False
    first, then = sale.delivery.placed, back.placed
    return not {first.party, *first.cosigners}.isdisjoint((then.party, *then.cosigners))


def _in_full(answer: Resolved, goods: Goods) -> bool:
    """Whether a refund is known to be the price: for a cent nobody buys away a rating."""
    amount, price = answer.amount, goods.price
    return (
        amount is not None
        and price is not None
        and amount >= price
        and answer.currency == goods.currency != ""
    )


def _first(lines: dict[str, Sale]) -> Sale:
    """Some line of an order, which has at least one."""
    return next(iter(lines.values()))


def _same(said: Goods, ordered: Goods) -> bool:
    """Whether what is said is about the ordered line: its product, and its lot as far as both name one."""
    return said.product == ordered.product and (said.lot == ordered.lot or not said.lot or not ordered.lot)


def shares_of(sales: Sequence[Sale], rules: TradeRules, *, reviewed: bool = False) -> Shares:
    """Sales that count, the latest first, each with its percent by who bought it.

    One buyer's many orders weigh less. A buyer without a pseudonym that can be read could be anybody, the merchant's
    own hand included; but a bad rating is not what a merchant's own hand writes.

    Args:
        sales: In the order of the log.
        rules: How much a buyer's lines count.
        reviewed: All have a review, and it is the review that is weighed.
    """
    seen: dict[str, int] = {}
    per_buyer, anonymous, most = rules.per_buyer, rules.anonymous, len(rules.per_buyer)
    found: Shares = []
    for sale in reversed(sales):
        if not reviewed and not sale.percent:
            continue
        buyer, share = sale.order.buyer, anonymous
        if buyer:
            number = seen.get(buyer, 0)
            seen[buyer] = number + 1
            share = per_buyer[number] if number < most else 0
        elif reviewed and sale.review is not None and sale.review.stars <= rules.bad_stars:
            share = 100
        if share:
            found.append((sale, share))
    return found


class Like(NamedTuple):
    """What the weight of a line hangs on.

    Attributes:
        age: Whole days since its order was placed; 0 for what is later.
        share: Percent by who bought it.
        percent: What the line counts (`Sale.percent`).
        fault: Percent of a fault.
        good: It was delivered by somebody who counts.
        due: Its promises that were due.
    """

    age: int
    share: int
    percent: int
    fault: int
    good: bool
    due: tuple[tuple[str, bool], ...]


Alike = dict[Like, list[Place]]
"""Places of orders by what the weight of their lines hangs on: thousands of sales have a few hundred weights."""


def alike(shares: Shares, as_of: int) -> Alike:
    """Lines with one weight put together, so that it is computed once."""
    found: defaultdict[Any, list[Place]] = defaultdict(list)
    for sale, share in shares:
        order = sale.order
        age = age_of(order.placed.sequenced_at, as_of)
        found[age, share, sale.percent, sale.fault, sale.trust > 0, sale.due].append(order.place)
    return {Like(*key): places for key, places in found.items()}


def in_log_order(places: Iterable[Iterable[Place]]) -> tuple[Place, ...]:
    """Places, each once."""
    return tuple(dict.fromkeys(sorted(chain.from_iterable(places))))
