"""What the records of commerce say, as plain tuples: one fact a record, each with the record it was read from.

Reading is strict: a record is verified, but its data is whatever a writer sent. What a fact needs and does not find is
a `FormatError` ``score.malformed``, and the view makes a finding of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.encoding import check_decimal
from trustledger.errors import FormatError
from trustledger.subject import PARTY_PREFIX

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord
    from trustledger.record import Record

FAULTS: Final = frozenset({"fault", "not_as_described", "damaged", "not_received", "counterfeit"})
"""Reasons of a claim that say that goods or service were at fault. A lawful no-reason return says nothing of it."""
MADE_GOOD: Final = frozenset({"refunded", "replaced", "repaired"})
"""Outcomes by which a claim was met."""
Place = tuple[int, int]
"""Where a record stands: entry and position, in the order of the log."""


class Goods(NamedTuple):
    """One line: its name, the product, the lot (empty if it is not said), the price (minor units) and currency."""

    line: str
    product: str
    lot: str
    price: int | None = None
    currency: str = ""


class Ordered(NamedTuple):
    """An order. ``buyer`` is the pseudonym, empty if sealed or missing; ``guest`` the name of the buyer's key."""

    placed: VerifiedRecord
    place: Place
    order: str
    merchant: str
    guest: str
    buyer: str
    lines: tuple[Goods, ...]


class Delivered(NamedTuple):
    """What a carrier did with an order's lines: delivered, failed or returned."""

    placed: VerifiedRecord
    place: Place
    order: str
    merchant: str
    status: str
    lines: tuple[Goods, ...]


class Reviewed(NamedTuple):
    """A rating of one line, 1 to 5."""

    placed: VerifiedRecord
    place: Place
    order: str
    merchant: str
    goods: Goods
    stars: int
    incentivised: bool


class Claimed(NamedTuple):
    """What a buyer complains of."""

    placed: VerifiedRecord
    place: Place
    order: str
    merchant: str
    goods: Goods
    claim: str
    reason: str


class Resolved(NamedTuple):
    """How a claim ended. ``fault``: whether it was admitted, None if nothing is said. ``amount``: minor units."""

    placed: VerifiedRecord
    place: Place
    order: str
    merchant: str
    goods: Goods
    claim: str
    outcome: str
    fault: bool | None
    amount: int | None
    currency: str


class Listed(NamedTuple):
    """An offer. ``promises``: (name, value as a decimal, empty where there is none)."""

    placed: VerifiedRecord
    place: Place
    product: str
    merchant: str
    number: str
    lots: tuple[str, ...]
    promises: tuple[tuple[str, str], ...]
    until: int | None


class Proceeded(NamedTuple):
    """A step of a proceeding about a listing. ``what``: its action or outcome, empty if it has none."""

    placed: VerifiedRecord
    place: Place
    kind: str
    product: str
    merchant: str
    case: str
    what: str
    reason: str
    until: int | None


Fact = Ordered | Delivered | Reviewed | Claimed | Resolved | Listed | Proceeded


def read_fact(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Fact | None:
    """What a record says.

    Args:
        placed: The record as it was verified.
        place: Where it stands.
        record: It.
        data: Its data, or what a correction says instead.

    Returns:
        The fact; None for a kind that has no part in a score.

    Raises:
        FormatError: ``score.malformed``, with the field.
    """
    read = READERS.get(record.kind)
    return None if read is None else read(placed, place, record, data)


# Orders, deliveries and reviews come by the ten thousand: `_new` makes a fact without the detour through the function
# that a named tuple has for it.
_new = tuple.__new__


def _order(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Ordered:
    subjects = record.subjects
    buyer, currency, merchant = data.get("buyer", ""), data.get("currency", ""), data.get("merchant")
    if type(buyer) is not str or type(currency) is not str or type(merchant) is not str:
        raise _not_text(buyer=buyer, currency=currency, merchant=merchant)
    lines = _lines(data, currency)
    return _new(Ordered, (placed, place, subjects[0], merchant, _guest(subjects), buyer, lines))


def _guest(subjects: Sequence[str]) -> str:
    """The party that an order names, if it is one; all subjects but the first are in order."""
    at = bisect_left(subjects, PARTY_PREFIX, 1)
    found = subjects[at] if at < len(subjects) else ""
    if not found.startswith(PARTY_PREFIX):
        found = subjects[0] if subjects[0].startswith(PARTY_PREFIX) else ""
    elif subjects[0].startswith(PARTY_PREFIX) or (
        subjects[-1] is not found and subjects[at + 1].startswith(PARTY_PREFIX)
    ):
        found = ""
    return found[len(PARTY_PREFIX) :]


def _delivery(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Delivered:
    status, merchant = data.get("status"), data.get("merchant")
    if type(status) is not str or type(merchant) is not str:
        raise _not_text(status=status, merchant=merchant)
    return _new(Delivered, (placed, place, record.subjects[0], merchant, status, _lines(data)))


def _review(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Reviewed:
    stars, merchant = data.get("stars"), data.get("merchant")
    if type(stars) is not int or not 1 <= stars <= 5:
        raise FormatError("score.malformed", at="stars")
    if type(merchant) is not str:
        raise FormatError("score.malformed", at="merchant")
    rewarded = data.get("incentivised") is True
    return _new(Reviewed, (placed, place, record.subjects[0], merchant, _goods(data), stars, rewarded))


def _claim(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Claimed:
    name, reason = _text(data, "claim"), _text(data, "reason")
    return Claimed(placed, place, record.subjects[0], _text(data, "merchant"), _goods(data), name, reason)


def _resolution(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Resolved:
    fault, amount = data.get("fault_accepted"), data.get("amount")
    return Resolved(
        placed,
        place,
        record.subjects[0],
        _text(data, "merchant"),
        _goods(data),
        _text(data, "claim"),
        _text(data, "outcome"),
        fault if isinstance(fault, bool) else None,
        amount if type(amount) is int else None,
        _text(data, "currency", ""),
    )


def _listing(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Listed:
    lots = tuple(_text(item, "lot") for item in _items(data, "lots"))
    promises = tuple((_text(item, "promise"), _decimal(item, "value")) for item in _items(data, "promises"))
    merchant, number = _text(data, "merchant"), _text(data, "number", "")
    return Listed(placed, place, record.subjects[0], merchant, number, lots, promises, _time(data, "until"))


def _proceeding(placed: VerifiedRecord, place: Place, record: Record, data: Mapping[str, Any]) -> Proceeded:
    what = _text(data, "action" if record.kind == "delisting" else "outcome", "")
    merchant, case, reason = _text(data, "merchant"), _text(data, "case"), _text(data, "reason", "")
    return Proceeded(
        placed, place, record.kind, record.subjects[0], merchant, case, what, reason, _time(data, "until")
    )


def _lines(data: Mapping[str, Any], currency: str = "") -> tuple[Goods, ...]:
    items = data.get("lines")
    if type(items) is not list or not items:
        raise FormatError("score.malformed", at="lines")
    if len(items) == 1:  # as nearly always
        return _read_line(items[0], currency)
    return tuple([_read_line(item, currency)[0] for item in items])


def _goods(item: Any) -> Goods:
    return _read_line(item, "")[0]


def _read_line(item: Any, currency: str) -> tuple[Goods]:
    if type(item) is not dict:
        raise FormatError("score.malformed", at="lines")
    line, product, lot, price = item.get("line"), item.get("product"), item.get("lot", ""), item.get("price")
    if type(line) is str and type(product) is str and type(lot) is str:
        return _line(line, product, lot, price if type(price) is int else None, currency)
    raise FormatError("score.malformed", at="line, product, lot")


@lru_cache(maxsize=4096)
def _line(line: str, product: str, lot: str, price: int | None, currency: str) -> tuple[Goods]:
    """One line, as the tuple of an order with no other: thousands of buyers order the same, and one of it is kept."""
    return (Goods(line, product, lot, price, currency),)


def _items(data: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    items = data.get(name, [])
    if not isinstance(items, list) or not all(isinstance(item, Mapping) for item in items):
        raise FormatError("score.malformed", at=name)
    return items


def _text(data: Mapping[str, Any], name: str, default: str | None = None) -> str:
    value = data.get(name, default)
    if type(value) is not str:
        raise FormatError("score.malformed", at=name)
    return value


def _not_text(**values: object) -> FormatError:
    """The error that names the first of some values that is no text."""
    return FormatError(
        "score.malformed", at=next(at for at, value in values.items() if type(value) is not str)
    )


def _decimal(data: Mapping[str, Any], name: str) -> str:
    value = _text(data, name, "")
    return value and check_decimal(value)


def _time(data: Mapping[str, Any], name: str) -> int | None:
    value = data.get(name)
    if value is not None and type(value) is not int:
        raise FormatError("score.malformed", at=name)
    return value


PROCEEDINGS: Final = frozenset({"notice", "reply", "decision", "delisting", "appeal", "relisting"})
"""Kinds of proceedings."""
READERS: Final[Mapping[str, Callable[[VerifiedRecord, Place, Record, Mapping[str, Any]], Fact]]] = (
    MappingProxyType(
        {
            "order": _order,
            "delivery": _delivery,
            "review": _review,
            "claim": _claim,
            "resolution": _resolution,
            "listing": _listing,
            **dict.fromkeys(sorted(PROCEEDINGS), _proceeding),
        }
    )
)
"""By kind: what reads a record of it."""
