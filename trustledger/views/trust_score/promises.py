"""Promises of a listing, each a deadline with a clock: kept, broken, or not yet due.

What was promised is what the listings said that held when the order was placed. The clock runs by who has nothing to
gain: an order begins when its signers say, never later than the ledger placed it; a carrier says when it came; between
claim and answer the ledger's own time counts.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.record import Record
from trustledger.views.trust_score.decay import DAY
from trustledger.views.trust_score.estimates import ARITHMETIC
from trustledger.views.trust_score.facts import FAULTS, MADE_GOOD, Listed
from trustledger.views.trust_score.policy import ServiceRules
from trustledger.views.trust_score.sales import Complaint, Sale

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

HOUR: Final = 3_600_000
"""Milliseconds of an hour."""
SHIPS: Final = "ships_within_hours"
ANSWERS: Final = "answer_within_hours"
RETURNS: Final = "no_reason_return_days"
DAMAGED: Final = "bad_order_refund"
_LESS_IS_BETTER: Final = frozenset({SHIPS, ANSWERS})


class Kept(NamedTuple):
    """One promise that was due: which, and whether it was kept."""

    promise: str
    kept: bool


class Promises:
    """What a merchant promised, by time and product.

    Args:
        listings: Its listings, in the order of the log.
        rules: Deadlines where nothing is promised.
    """

    def __init__(self, listings: Iterable[Listed], rules: ServiceRules) -> None:
        self._rules = rules
        self._times: dict[tuple[str, str], list[int]] = {}
        self._held: dict[tuple[str, str], list[Mapping[str, Decimal]]] = {}
        self._any = False
        standing: dict[tuple[str, str], dict[str, Mapping[str, Decimal]]] = {}
        for one in listings:
            if one.merchant not in (one.placed.party, *one.placed.cosigners):
                continue
            key = (one.merchant, one.product)
            offers = standing.setdefault(key, {})
            self._any = self._any or bool(one.promises)
            offers[one.number] = {name: Decimal(value) for name, value in one.promises if value}
            self._times.setdefault(key, []).append(one.placed.sequenced_at)
            self._held.setdefault(key, []).append(_best(offers.values()))

    def judge(self, sales: Iterable[Sale], as_of: int) -> None:
        """Note of each sale what was at fault and which promises were kept by a time (ms)."""
        for sale in sales:
            if sale.complaints:
                sale.fault = self._worst(sale, as_of)
            if sale.complaints or self._any or sale.delivery is None:
                sale.due = tuple(self.due(sale, as_of))

    def of(self, sale: Sale) -> Mapping[str, Decimal]:
        """What held when an order was made, or when it was placed: whichever is better for the buyer."""
        key = (sale.order.merchant, sale.goods.product)
        times = self._times.get(key)
        if times is None:
            return {}
        placed, said = sale.order.placed.sequenced_at, _said(sale.order.placed)
        found = {bisect_right(times, placed), bisect_right(times, said)} - {0}
        held = [self._held[key][at - 1] for at in sorted(found)]
        return held[0] if len(held) == 1 else _best(held)

    def answer_within(self, sale: Sale) -> int:
        """Within which time a claim about a line must be answered, ms: no promise makes it longer than usual."""
        usual = Decimal(self._rules.answer_hours)
        return _hours(min(self.of(sale).get(ANSWERS, usual), usual))

    def due(self, sale: Sale, as_of: int) -> Iterator[Kept]:
        """The promises about a line that were due by a time."""
        promised = self.of(sale)
        if SHIPS in promised or sale.delivery is None:
            yield from self._shipped(sale, promised.get(SHIPS), as_of)
        for complaint in sale.complaints:
            yield from self._answered(sale, complaint, as_of)
            if complaint.claim.reason == "no_reason_return" and RETURNS in promised and complaint.answers:
                yield from _taken_back(sale, complaint, promised[RETURNS])
            if complaint.claim.reason == "damaged" and DAMAGED in promised and complaint.answers:
                yield Kept(DAMAGED, any(_repaid(sale, one, promised[DAMAGED]) for one in _refunds(complaint)))

    def _shipped(self, sale: Sale, hours: Decimal | None, as_of: int) -> Iterator[Kept]:
        """In time by the word of an independent carrier; what was not promised can only be broken."""
        most, ordered = Decimal(self._rules.ships_hours), _said(sale.order.placed)
        end = ordered + _hours(most if hours is None else min(hours, most)) + self._rules.transit_hours * HOUR
        if sale.arrived is not None:
            came = _said(sale.arrived.placed)
            if came < ordered:  # before it was ordered: the ledger knows better
                came = sale.arrived.placed.sequenced_at
            if hours is not None:
                yield Kept(SHIPS, came <= end)
        elif as_of > end:
            yield Kept(SHIPS, kept=False)

    def _answered(self, sale: Sale, complaint: Complaint, as_of: int) -> Iterator[Kept]:
        end = complaint.claim.placed.sequenced_at + self.answer_within(sale)
        if complaint.answers:
            yield Kept(ANSWERS, complaint.answers[0].said.placed.sequenced_at <= end)
        elif as_of > end:
            yield Kept(ANSWERS, kept=False)

    def _worst(self, sale: Sale, as_of: int) -> int:
        """Percent of a fault that a line had: the worst of its claims."""
        return max(self._fault(sale, one, as_of) for one in sale.complaints)

    def _fault(self, sale: Sale, complaint: Complaint, as_of: int) -> int:
        """Admitted or decided is a fault; made good without a word is a part of one; silence is one, too."""
        if complaint.claim.reason not in FAULTS:
            return 0
        if not complaint.answers:
            late = as_of > complaint.claim.placed.sequenced_at + self.answer_within(sale)
            return self._rules.unanswered if late else 0
        worst = 0
        heard = any(
            independent or sale.order.guest in (one.placed.party, *one.placed.cosigners)
            for one, independent in complaint.answers
        )
        for answer, independent in complaint.answers:
            met = answer.outcome in MADE_GOOD
            if answer.fault is True or (met and independent and answer.fault is not False):
                return 100
            own_word = (
                0 if heard else self._rules.rejected
            )  # nobody is believed that nothing was wrong with its goods
            worst = max(worst, self._rules.made_good if met else own_word)
        return worst


def _best(offers: Iterable[Mapping[str, Decimal]]) -> Mapping[str, Decimal]:
    """Of several numbers of one product the best promises: the order does not say which it was."""
    found: dict[str, Decimal] = {}
    for offer in offers:
        for name, value in offer.items():
            pick = min if name in _LESS_IS_BETTER else max
            found[name] = pick(found.get(name, value), value)
    return found


def _taken_back(sale: Sale, complaint: Complaint, days: Decimal) -> Iterator[Kept]:
    """A return asked for in time, counted from the arrival, is taken back."""
    if sale.delivery is not None:
        arrived = _said(sale.delivery.placed)
        if complaint.claim.placed.sequenced_at <= arrived + int(ARITHMETIC.multiply(days, Decimal(DAY))):
            last = complaint.answers[-1].said
            withdrawn = last.outcome == "withdrawn" and (
                complaint.answers[-1].independent
                or sale.order.guest in (last.placed.party, *last.placed.cosigners)
            )
            yield Kept(RETURNS, last.outcome in MADE_GOOD or withdrawn)


def _refunds(complaint: Complaint) -> list[tuple[int | None, str]]:
    return [(one.amount, one.currency) for one, _ in complaint.answers if one.outcome in MADE_GOOD]


def _repaid(sale: Sale, refund: tuple[int | None, str], percent: Decimal) -> bool:
    """As much of the price as was promised, in its currency; an amount or price that is sealed is believed."""
    amount, currency = refund
    price = sale.goods.price
    if amount is None or price is None:
        return True
    return amount * 100 >= percent * price and currency == sale.goods.currency


def _said(placed: VerifiedRecord) -> int:
    """When something happened, as its signers say; never later than the ledger knew of it."""
    record = placed.record
    return min(record.occurred_at, placed.sequenced_at) if isinstance(record, Record) else placed.sequenced_at


def _hours(hours: Decimal) -> int:
    return int(ARITHMETIC.multiply(hours, Decimal(HOUR)))
