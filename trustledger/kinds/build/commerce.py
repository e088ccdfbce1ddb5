"""Typed functions for commerce: listing, order, delivery, sample, review, claim, resolution.

When something happened is ``occurred_at``. An order is named by a random ``urn:uuid``; what a buyer says later is
about that URN, and names goods that stand in the order too.
"""

# ruff: noqa: PLR0913 - a typed function has a keyword for each field of its kind

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Unpack

from trustledger.kinds.build.common import (
    Attached,
    Day,
    Fields,
    Measurement,
    Moment,
    draft_from,
    present,
)
from trustledger.record import Draft


def order_line(
    line: str,
    product: str,
    *,
    lot: str | None = None,
    quantity: Measurement | None = None,
    unit: str | None = None,
    price: int | None = None,
) -> dict[str, Any]:
    """A line of an order, for ``lines`` of `order` and `delivery`.

    Args:
        line: Its number within the order.
        product: URI of the product.
        lot: The lot or item, where it is known.
        quantity: How much; without a unit, pieces.
        unit: Unit of the quantity.
        price: What the whole line costs, in minor units; only in an order.

    Example:
        >>> order_line("1", "https://id.gs1.org/01/09506000134352", quantity=2)["line"]
        '1'
    """
    named: dict[str, Any] = {"line": line, "product": product, "lot": lot}
    return present({**named, "quantity": quantity, "unit": unit, "price": price})


def promise(name: str, value: Measurement | None = None, unit: str | None = None) -> dict[str, Any]:
    """A promise, for ``promises`` of `listing`.

    Args:
        name: ``ships_within_hours``, ``answer_within_hours``, ``no_reason_return_days``, ``bad_order_refund`` (the
            percentage of the price that is paid back for spoilt goods), or one of your own with a dot in its name.
        value: How much is promised.
        unit: Its unit; a known promise has its own.

    Example:
        >>> promise("ships_within_hours", 48)
        {'promise': 'ships_within_hours', 'value': 48}
    """
    return present({"promise": name, "value": value, "unit": unit})


def listing(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    currency: str,
    price: int,
    lots: Sequence[Fields | str] | None = None,
    promises: Sequence[Fields] | Mapping[str, Measurement] | None = None,
    per: Fields | None = None,
    category: str | None = None,
    market: str | None = None,
    number: str | None = None,
    until: Moment | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """A product on sale, signed by the merchant. A later listing of the same number replaces it.

    Args:
        subject: The product.
        occurred_at: From when on.
        merchant: The merchant's URI: the signer.
        currency: ISO 4217 code.
        price: In minor units: 1999 is 19.99 CNY.
        lots: The lots on sale.
        promises: From `promise`, or known promises → value.
        per: ``{"quantity": "1", "unit": "kg"}``; absent: per piece.
        category: The shop's own category.
        market: Where it is offered.
        number: The merchant's number of the offer, where a product has several.
        until: End of the offer.
        **attached: See `Attached`.

    Example:
        >>> listing("https://id.gs1.org/01/09506000134352", occurred_at=0, merchant="https://shop.example/",
        ...         currency="CNY", price=1999, promises={"ships_within_hours": 48}).subjects[1]
        'https://shop.example/'
    """
    listed: Any = promises
    if isinstance(promises, Mapping):
        listed = [promise(name, value) for name, value in promises.items()]
    fields: dict[str, Any] = {"merchant": merchant, "currency": currency, "price": price, "lots": lots}
    fields |= {"promises": listed, "per": per, "category": category, "market": market}
    fields |= {"number": number, "until": until}
    return draft_from("listing", subject, occurred_at, fields, attached)


def order(
    subject: str,
    *,
    occurred_at: Moment,
    buyer_key: bytes,
    merchant: str,
    lines: Sequence[Fields],
    buyer: str | None = None,
    currency: str | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """What a buyer ordered, and the key by which that buyer may speak of it.

    The record enrols the key as a guest: it may sign reviews and claims about this order, and nothing else. Let a
    platform or payment provider sign too, or it counts as the merchant's own word.

    Args:
        subject: The order: ``urn:uuid:`` and a random UUID of version 4.
        occurred_at: When it was placed.
        buyer_key: The ``.pub`` file of the buyer's key, named by another random ``urn:uuid``.
        merchant: Who sells.
        lines: From `order_line`.
        buyer: The platform's pseudonym for the buyer, the same in every order; may be sealed.
        currency: ISO 4217 code of the lines' prices.
        **attached: See `Attached`.

    Example:
        >>> from trustledger.keys import Ed25519Signer, key_note
        >>> guest = Ed25519Signer.from_seed("urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2", bytes(32))
        >>> order("urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd", occurred_at=0, buyer_key=key_note(guest),
        ...       merchant="https://shop.example/",
        ...       lines=[order_line("1", "https://id.gs1.org/01/09506000134352")]).subjects[-1]
        'trustledger:party/urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2'
    """
    fields: dict[str, Any] = {"keys": [buyer_key], "merchant": merchant, "lines": lines}
    fields |= {"buyer": buyer, "currency": currency}
    return draft_from("order", subject, occurred_at, fields, attached)


def delivery(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    document: str,
    status: Literal["delivered", "failed", "returned"],
    lines: Sequence[Fields],
    attempt: int | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """What the carrier did with an order's goods, signed by the carrier.

    Args:
        subject: The order.
        occurred_at: When they were handed over, not handed over, or handed back.
        merchant: Who sent them.
        document: Number of the waybill.
        status: What became of them.
        lines: From `order_line`, without prices: which lots went to which line.
        attempt: Which attempt, where one failed before.
        **attached: See `Attached`.

    Example:
        >>> delivery("urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd", occurred_at=0, document="SF-1",
        ...          merchant="https://shop.example/", status="delivered",
        ...          lines=[order_line("1", "https://id.gs1.org/01/09506000134352")]).business_key[1:]
        ('SF-1', 'delivered', '')
    """
    fields: dict[str, Any] = {"merchant": merchant, "document": document, "status": status}
    fields |= {"lines": lines, "attempt": attempt}
    return draft_from("delivery", subject, occurred_at, fields, attached)


def sample(
    subject: str,
    *,
    occurred_at: Moment,
    sample: str,
    lab: str,
    parameters: Sequence[str],
    seal_number: str | None = None,
    sent_on: Day | None = None,
    quantity: Measurement | None = None,
    unit: str | None = None,
    method: str | None = None,
    place: str | None = None,
    taken_by: str | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """A sample that was taken and sent to a laboratory, said before its result is known.

    A sample without an answer shows, so that nobody can have ten samples tested and show the best report.

    Args:
        subject: The lot or item.
        occurred_at: When it was taken.
        sample: The sample's number; the report names the same.
        lab: URI of the laboratory it goes to.
        parameters: What it is to be tested for.
        seal_number: Number of the seal on it.
        sent_on: When it was sent.
        quantity: How much was taken.
        unit: Unit of the quantity; without it pieces are counted.
        method: Standard of sampling.
        place: Where it was taken.
        taken_by: Who took it.
        **attached: See `Attached`.

    Example:
        >>> sample("https://id.gs1.org/01/09506000134352/10/LOT-7", occurred_at=0, sample="S-1",
        ...        lab="https://lab.example/", parameters=["lead"]).business_key[0]
        'S-1'
    """
    fields: dict[str, Any] = {"sample": sample, "lab": lab, "parameters": parameters}
    fields |= {"seal_number": seal_number, "sent_on": sent_on, "quantity": quantity, "unit": unit}
    fields |= {"method": method, "place": place, "taken_by": taken_by}
    return draft_from("sample", subject, occurred_at, fields, attached)


def review(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    line: str,
    product: str,
    stars: int,
    lot: str | None = None,
    text_sha256: str | bytes | None = None,
    language: str | None = None,
    incentivised: bool | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """A buyer's rating of one line of an order, signed with that order's buyer key.

    Args:
        subject: The order.
        occurred_at: When it was written.
        merchant: The merchant, as the order names it.
        line: Number of the line.
        product: The product of that line.
        stars: 1 to 5.
        lot: The lot, if the order names it.
        text_sha256: SHA-256 of the text, which stays outside; seal it where the text is short.
        language: Of the text, as BCP 47 has it.
        incentivised: Something was given for writing a review.
        **attached: See `Attached`.

    Example:
        >>> review("urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd", occurred_at=0, line="1", stars=4,
        ...        merchant="https://shop.example/", product="https://id.gs1.org/01/09506000134352").business_key
        ('urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd', '1')
    """
    fields: dict[str, Any] = {"merchant": merchant, "line": line, "product": product, "stars": stars}
    fields |= {"lot": lot, "text_sha256": text_sha256, "language": language, "incentivised": incentivised}
    return draft_from("review", subject, occurred_at, fields, attached)


def claim(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    line: str,
    product: str,
    claim: str,
    reason: Literal[
        "fault", "not_as_described", "damaged", "not_received", "counterfeit", "no_reason_return", "other"
    ],
    wanted: Literal["refund", "replacement", "repair"],
    lot: str | None = None,
    amount: int | None = None,
    currency: str | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """What a buyer complains of, signed with the order's buyer key.

    Args:
        subject: The order.
        occurred_at: When the claim was opened.
        merchant: The merchant, as the order names it.
        line: Number of the line.
        product: The product of that line.
        claim: The claim's number within the order.
        reason: Why. Without a reason a return is a right, not a fault.
        wanted: What the buyer wants.
        lot: The lot, if the order names it.
        amount: Claimed, in minor units.
        currency: ISO 4217 code of the amount.
        **attached: See `Attached`.

    Example:
        >>> claim("urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd", occurred_at=0, line="1", claim="1",
        ...       merchant="https://shop.example/", product="https://id.gs1.org/01/09506000134352",
        ...       reason="damaged", wanted="refund").salted
        True
    """
    fields: dict[str, Any] = {"merchant": merchant, "line": line, "product": product, "claim": claim}
    fields |= {"reason": reason, "wanted": wanted, "lot": lot, "amount": amount, "currency": currency}
    return draft_from("claim", subject, occurred_at, fields, attached)


def resolution(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    line: str,
    product: str,
    claim: str,
    outcome: Literal["refunded", "replaced", "repaired", "rejected", "withdrawn"],
    fault_accepted: bool | None = None,
    lot: str | None = None,
    amount: int | None = None,
    currency: str | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """How a claim ended, signed by the merchant or the platform.

    Args:
        subject: The order.
        occurred_at: When it ended so.
        merchant: The merchant, as the order names it.
        line: Number of the line.
        product: The product of that line.
        claim: The claim's number within the order.
        outcome: How it ended. What was rejected may be refunded later: that is another record.
        fault_accepted: The merchant admits a fault.
        lot: The lot, if the order names it.
        amount: Paid, in minor units.
        currency: ISO 4217 code of the amount.
        **attached: See `Attached`.

    Example:
        >>> resolution("urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd", occurred_at=0, line="1", claim="1",
        ...            merchant="https://shop.example/", product="https://id.gs1.org/01/09506000134352",
        ...            outcome="refunded", fault_accepted=True).business_key[1:]
        ('1', 'refunded')
    """
    fields: dict[str, Any] = {"merchant": merchant, "line": line, "product": product, "claim": claim}
    fields |= {"outcome": outcome, "fault_accepted": fault_accepted, "lot": lot}
    fields |= {"amount": amount, "currency": currency}
    return draft_from("resolution", subject, occurred_at, fields, attached)
