"""Typed functions for goods on their way: product, origin, processing, shipping, observation."""

# ruff: noqa: PLR0913 - a typed function has a keyword for each field of its kind

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Unpack

from trustledger.kinds.build.common import Common, Day, Fields, Measurement, Moment, draft_from
from trustledger.record import Draft


def product(
    subject: str,
    *,
    occurred_at: Moment,
    names: Mapping[str, str],
    category: str,
    market: str,
    required: Sequence[str] = (),
    brand: str | None = None,
    description: str | None = None,
    **common: Unpack[Common],
) -> Draft:
    """What a product is, said by its brand owner.

    Args:
        subject: ``https://id.gs1.org/01/<GTIN-14>``.
        occurred_at: When this became so.
        names: Language → name.
        category: The category that limits go by.
        market: Where it is sold.
        required: Parameters that every lot must be tested for.
        brand: Brand name.
        description: Free text.
        **common: See `Common`.

    Example:
        >>> product("https://id.gs1.org/01/09506000134352", occurred_at="2026-10-05T08:00:00+08:00",
        ...         names={"zh": "奶粉"}, category="milk powder", market="CN", required=["lead"]).kind
        'product'
    """
    fields: dict[str, Any] = {"names": names, "category": category, "market": market, "required": required}
    fields |= {"brand": brand, "description": description}
    return draft_from("product", subject, occurred_at, fields, common)


def origin(
    subject: str,
    *,
    occurred_at: Moment,
    name: str | None = None,
    place: str | None = None,
    country: str | None = None,
    quantity: Measurement | None = None,
    unit: str | None = None,
    producer: str | None = None,
    harvested_on: Day | None = None,
    method: str | None = None,
    document: str | None = None,
    **common: Unpack[Common],
) -> Draft:
    """Where a lot or item came into being.

    Args:
        subject: The lot or item.
        occurred_at: When.
        name: What it is called.
        place: Farm, plot, mine; a URI or a name.
        country: Country of origin.
        quantity: How much of it there is.
        unit: Unit of the quantity; without it pieces are counted.
        producer: Who grew, caught or made it.
        harvested_on: Date of the harvest.
        method: How it was produced.
        document: Number of the document behind it.
        **common: See `Common`.

    Example:
        >>> origin("https://id.gs1.org/01/09506000134352/10/RAW-1", occurred_at="2026-10-01T06:00:00Z",
        ...        place="Hulunbuir", quantity="500", unit="公斤").data["unit"]
        'kg'
    """
    fields: dict[str, Any] = {
        "name": name,
        "place": place,
        "country": country,
        "quantity": quantity,
        "unit": unit,
    }
    fields |= {"producer": producer, "harvested_on": harvested_on, "method": method, "document": document}
    return draft_from("origin", subject, occurred_at, fields, common)


def processing(
    *,
    occurred_at: Moment,
    step: str,
    inputs: Sequence[Fields | str],
    outputs: Sequence[Fields | str],
    subject: str | None = None,
    place: str | None = None,
    loss: Fields | None = None,
    run: str | None = None,
    document: str | None = None,
    produced_on: Day | None = None,
    expires_on: Day | None = None,
    **common: Unpack[Common],
) -> Draft:
    """Lots made from lots.

    Args:
        occurred_at: When the step was done.
        step: What was done: "drying", "spinning", ….
        inputs: Lots consumed, from `lot` or as bare URIs.
        outputs: Lots made; the first is what the record is about.
        subject: One of the outputs, if it is not to be the first.
        place: Where.
        loss: ``{"quantity": "3", "unit": "kg"}``.
        run: Number of the production run.
        document: Number of the document behind it.
        produced_on: Production date of the outputs.
        expires_on: Expiry date of the outputs.
        **common: See `Common`.

    Example:
        >>> from trustledger.kinds.build import lot
        >>> processing(occurred_at="2026-10-02T06:00:00Z", step="drying",
        ...            inputs=[lot("https://farm.example/lot/RAW-1", "500", "kg")],
        ...            outputs=[lot("https://id.gs1.org/01/09506000134352/10/LOT-7", "60", "kg")]).subjects[0]
        'https://id.gs1.org/01/09506000134352/10/LOT-7'
    """
    fields: dict[str, Any] = {
        "step": step,
        "inputs": inputs,
        "outputs": outputs,
        "place": place,
        "loss": loss,
        "run": run,
    }
    fields |= {"document": document, "produced_on": produced_on, "expires_on": expires_on}
    return draft_from("processing", subject, occurred_at, fields, common)


def shipping(
    subject: str,
    *,
    occurred_at: Moment,
    direction: Literal["dispatched", "received"],
    from_: str | None = None,
    to: str | None = None,
    carrier: str | None = None,
    document: str | None = None,
    lots: Sequence[Fields | str] | None = None,
    quantity: Measurement | None = None,
    unit: str | None = None,
    temperatures: Sequence[Fields] | None = None,
    seal_number: str | None = None,
    **common: Unpack[Common],
) -> Draft:
    """Goods handed over.

    Args:
        subject: The lot, item or logistic unit.
        occurred_at: When.
        direction: ``"dispatched"`` by the signer, or ``"received"``.
        from_: Where from (``from`` in rows).
        to: Where to.
        carrier: Who carries it.
        document: Delivery note, bill of lading.
        lots: Lots within the shipment.
        quantity: How much.
        unit: Unit of the quantity; without it pieces are counted.
        temperatures: ``{"value": "4.5", "unit": "°C", "at": "2026-10-06T09:00:00+08:00"}``.
        seal_number: Of the container's seal.
        **common: See `Common`.

    Example:
        >>> shipping("https://id.gs1.org/01/09506000134352/10/LOT-7", occurred_at="2026-10-06T08:00:00+08:00",
        ...          direction="dispatched", to="Shop 7", document="DN-1").data["to"]
        'Shop 7'
    """
    fields: dict[str, Any] = {
        "direction": direction,
        "from": from_,
        "to": to,
        "carrier": carrier,
        "document": document,
    }
    fields |= {"lots": lots, "quantity": quantity, "unit": unit}
    fields |= {"temperatures": temperatures, "seal_number": seal_number}
    return draft_from("shipping", subject, occurred_at, fields, common)


def observation(
    subject: str,
    *,
    occurred_at: Moment,
    step: str,
    disposition: str | None = None,
    place: str | None = None,
    quantity: Measurement | None = None,
    unit: str | None = None,
    lots: Sequence[Fields | str] | None = None,
    note: str | None = None,
    **common: Unpack[Common],
) -> Draft:
    """Something seen of a lot or item that has no kind of its own.

    Args:
        subject: The lot or item.
        occurred_at: When.
        step: What happened: "storing", "packing", ….
        disposition: The state it is in afterwards.
        place: Where.
        quantity: How much.
        unit: Unit of the quantity; without it pieces are counted.
        lots: Other lots concerned.
        note: Anything else.
        **common: See `Common`.

    Example:
        >>> observation("https://id.gs1.org/01/09506000134352/10/LOT-7", occurred_at=0,
        ...             step="storing").occurred_at
        0
    """
    fields: dict[str, Any] = {
        "step": step,
        "disposition": disposition,
        "place": place,
        "quantity": quantity,
        "unit": unit,
    }
    fields |= {"lots": lots, "note": note}
    return draft_from("observation", subject, occurred_at, fields, common)
