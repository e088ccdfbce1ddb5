"""The fields of the kinds of commerce: what is offered, ordered, delivered, reviewed, claimed, and made good.

When something happened is the record's ``occurred_at``; no field says it again. What is paid is one currency a
record. Which values may be sealed and which subjects a record names is in `trustledger.kinds.commerce_specs`.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from trustledger.errors import FormatError
from trustledger.gs1 import classes
from trustledger.kinds.fields import (
    Currency,
    Date,
    Digest,
    Flag,
    GoodsUri,
    GuestKey,
    KindModel,
    Money,
    Name,
    Ordinal,
    PartyUri,
    ProductUri,
    Quantity,
    Time,
    UnitName,
)
from trustledger.kinds.shapes import MAX_ITEMS, Amount, LanguageTag, Measured, SomeLots

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PROMISES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "answer_within_hours": "h",
        "bad_order_refund": "%",
        "no_reason_return_days": "d",
        "ships_within_hours": "h",
    }
)
"""Promises that are measured: name → the unit of its value. A shop's own have a dot in their name."""
_OWN_PROMISE: Final = re.compile(r"[a-z][a-z0-9_-]*(?:\.[a-z0-9_-]+)+")

Stars = Annotated[int, Field(strict=True, ge=1, le=5)]
"""A rating: 1, 2, 3, 4 or 5."""
Lines = Annotated[list["Line"], Field(min_length=1, max_length=MAX_ITEMS)]
OrderLines = Annotated[list["OrderLine"], Field(min_length=1, max_length=MAX_ITEMS)]


def refuse_twice(keys: Iterable[tuple[str, ...]], at: str) -> None:
    """Refuse a list in which two items are about the same.

    Args:
        keys: What each item is about; its first part is shown.
        at: Where that stands, with ``*`` for the item's number: ``"lines.*.line"``.

    Raises:
        FormatError: ``kinds.twice``.
    """
    seen: set[tuple[str, ...]] = set()
    for index, key in enumerate(keys):
        if key in seen:
            raise FormatError("kinds.twice", seen=key[0], at=at.replace("*", str(index)))
        seen.add(key)


def need_currency(data: Mapping[str, Any], *amounts: bool) -> None:
    """Refuse an amount of money without its currency. FormatError ``kinds.currency_missing``."""
    if any(amounts) and "currency" not in data:
        raise FormatError("kinds.currency_missing", at="currency")


class Goods(KindModel):
    """A product and, where it is known, the lot or item of it."""

    product: ProductUri
    lot: GoodsUri | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """A lot that tells its product tells this one."""
        found = classes(data.get("lot", ""))
        if found and data["product"] not in found:
            raise FormatError("kinds.lot_elsewhere", seen=data["lot"], expected=data["product"], at="lot")
        return super().check(data)


class Line(Goods, Measured):
    """So much of a line of an order, which may come as several lots. Without a unit the quantity counts pieces."""

    line: Name


class OrderLine(Line):
    """What was ordered. ``price`` is what the whole line costs."""

    price: Money | None = None


class OfOrder(Goods):
    """What is said of one line of an order, in the chains of its goods and of whoever sold them."""

    merchant: PartyUri
    line: Name


class Promise(KindModel):
    """What a merchant promises: one of `PROMISES` with its value, or one of the shop's own."""

    promise: Name
    value: Quantity | None = None
    unit: UnitName | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """A known promise has its value, in its own unit; others are the shop's own, with a dot in the name."""
        promise = data["promise"]
        if promise not in PROMISES:
            if _OWN_PROMISE.fullmatch(promise) is None:
                raise FormatError("kinds.promise", seen=promise, expected=", ".join(PROMISES), at="promise")
            if "unit" in data and "value" not in data:
                raise FormatError("kinds.unit_alone", seen=data["unit"], at="value")
            return data
        if "value" not in data:
            raise FormatError("kinds.promise_value", seen=promise, expected=PROMISES[promise], at="value")
        if data.get("unit", PROMISES[promise]) != PROMISES[promise]:
            raise FormatError(
                "kinds.promise_unit",
                seen=data["unit"],
                expected=PROMISES[promise],
                promise=promise,
                at="unit",
            )
        return data


class Listing(KindModel):
    """A product on sale: at which price, from which lots, with which promises. A later one replaces it."""

    merchant: PartyUri
    currency: Currency
    price: Money
    lots: SomeLots | None = None
    promises: Annotated[list[Promise], Field(max_length=MAX_ITEMS)] | None = None
    per: Amount | None = None
    category: Name | None = None
    market: Name | None = None
    number: Name | None = None
    until: Time | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing is promised twice."""
        refuse_twice(((item["promise"],) for item in data.get("promises", ())), "promises.*.promise")
        return data


class Order(KindModel):
    """What a buyer ordered, and the key by which that buyer may speak of it.

    ``keys`` holds one self-signed key note, which enrols the buyer as a guest under a random name. ``buyer`` is a
    pseudonym that the platform gives: the same for the same person, and known to nobody else.
    """

    keys: Annotated[list[GuestKey], Field(min_length=1, max_length=1)]
    merchant: PartyUri
    lines: OrderLines
    buyer: Name | None = None
    currency: Currency | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Each line stands once, and prices have a currency."""
        refuse_twice(((item["line"],) for item in data["lines"]), "lines.*.line")
        need_currency(data, *("price" in item for item in data["lines"]))
        return data


class Delivery(KindModel):
    """What the carrier did with an order's goods, by which document."""

    merchant: PartyUri
    document: Name
    status: Literal["delivered", "failed", "returned"]
    lines: Lines
    attempt: Ordinal | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """No lot of a line stands twice."""
        refuse_twice(((item["line"], item.get("lot", "")) for item in data["lines"]), "lines.*.line")
        return data


class Sample(Measured):
    """A sample of a lot that was taken, sealed and sent to a laboratory, said before the result is known."""

    sample: Name
    lab: PartyUri
    parameters: Annotated[list[Name], Field(min_length=1, max_length=MAX_ITEMS)]
    seal_number: Name | None = None
    sent_on: Date | None = None
    method: Name | None = None
    place: Name | None = None
    taken_by: Name | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """No parameter is asked for twice."""
        refuse_twice(((name,) for name in data["parameters"]), "parameters.*")
        return super().check(data)


class Review(OfOrder):
    """A buyer's rating of one line. The text stays outside; its hash says which text it was."""

    stars: Stars
    text_sha256: Digest | None = None
    language: LanguageTag | None = None
    incentivised: Flag | None = None


class Claim(OfOrder):
    """What a buyer complains of, and wants."""

    claim: Name
    reason: Literal[
        "fault", "not_as_described", "damaged", "not_received", "counterfeit", "no_reason_return", "other"
    ]
    wanted: Literal["refund", "replacement", "repair"]
    amount: Money | None = None
    currency: Currency | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """An amount has a currency."""
        need_currency(data, "amount" in data)
        return super().check(data)


class Resolution(OfOrder):
    """How a claim ended. ``fault_accepted``: the merchant admits that the goods or the service were at fault."""

    claim: Name
    outcome: Literal["refunded", "replaced", "repaired", "rejected", "withdrawn"]
    fault_accepted: Flag | None = None
    amount: Money | None = None
    currency: Currency | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """An amount has a currency."""
        need_currency(data, "amount" in data)
        return super().check(data)


COMMERCE: Final[Mapping[str, type[KindModel]]] = MappingProxyType(
    {
        "listing": Listing,
        "order": Order,
        "delivery": Delivery,
        "sample": Sample,
        "review": Review,
        "claim": Claim,
        "resolution": Resolution,
    }
)
"""Model of each kind of commerce."""
