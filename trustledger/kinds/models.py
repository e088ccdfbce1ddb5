"""The fields of the project's own kinds about goods; those of commerce and of proceedings stand beside.

Docstrings say what a field means and where that is not plain from its name. Which of them make up the
business key, may be sealed or name lots is in `trustledger.kinds.specs`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from trustledger.errors import FormatError
from trustledger.kinds.commerce_models import COMMERCE
from trustledger.kinds.fields import (
    Currency,
    Date,
    DecimalText,
    Digest,
    Flag,
    FreeMap,
    KindModel,
    Money,
    Name,
    Quantity,
    Text,
    UnitName,
)
from trustledger.kinds.layout_model import Layout
from trustledger.kinds.proceedings_models import PROCEEDINGS
from trustledger.kinds.shapes import MAX_ITEMS, Amount, Lots, Measured, Names, Part, RecordRef, SomeLots
from trustledger.kinds.units import unit

if TYPE_CHECKING:
    from collections.abc import Mapping

LOQ_NOT_STATED: Final = "LOQ not stated"
"""Note of a result "not detected" without a limit of quantification: such a result proves little."""


class _Supply(KindModel):
    """What every kind allows: the EPCIS event it came from, its part, and what had no field of its own."""

    event: Name | None = None
    part: Part | None = None
    epcis: FreeMap | None = None


class Product(_Supply):
    """What a product is, said by its brand owner."""

    names: Names
    category: Name
    market: Name
    required: Annotated[list[Name], Field(max_length=MAX_ITEMS)]
    brand: Name | None = None
    description: Text | None = None


class Origin(_Supply, Measured):
    """Where a lot or item came into being."""

    name: Name | None = None
    place: Text | None = None
    country: Name | None = None
    producer: Name | None = None
    harvested_on: Date | None = None
    method: Text | None = None
    document: Name | None = None


class Processing(_Supply):
    """Lots made from lots."""

    step: Name
    inputs: Lots
    outputs: SomeLots
    place: Text | None = None
    loss: Amount | None = None
    run: Name | None = None
    document: Name | None = None
    produced_on: Date | None = None
    expires_on: Date | None = None


class Result(KindModel):
    """What was measured. LOQ, uncertainty and limit are in the result's unit."""

    parameter: Name
    value: DecimalText | None = None
    not_detected: Literal[True] | None = None
    unit: UnitName
    loq: Quantity | None = None
    uncertainty: Quantity | None = None
    basis: Name | None = None
    method: Name | None = None
    limit: DecimalText | None = None
    conforms: Flag | None = None
    note: Text | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """A value or "not detected", one of them; not detected without an LOQ says so in its note."""
        if "not_detected" not in data:
            if "value" not in data:
                raise FormatError("kinds.no_value", at="value")
            return data
        if "value" in data:
            raise FormatError("kinds.value_and_not_detected", seen=data["value"], at="value")
        if "loq" not in data and "note" not in data:
            return dict(sorted({**data, "note": LOQ_NOT_STATED}.items()))
        return data


class Inspection(_Supply):
    """A report's results, signed by the laboratory itself."""

    category: Name
    report: Name
    results: Annotated[list[Result], Field(min_length=1, max_length=MAX_ITEMS)]
    sample: Name | None = None
    lab: Name | None = None
    accreditation: Name | None = None
    tested_on: Date | None = None
    place: Text | None = None


class ReportCopy(Inspection):
    """A transcript of a report on paper, signed by whoever typed it, never by the laboratory."""

    file_sha256: Digest | None = None
    transcribed_by: Name | None = None


class Temperature(KindModel):
    """A temperature on the way, and when."""

    value: DecimalText
    unit: UnitName
    at: Date | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """The unit is one of temperature."""
        if unit(data["unit"]).dimension != "temperature":
            raise FormatError("kinds.temperature", seen=data["unit"], at="unit")
        return data


class Shipping(_Supply, Measured):
    """Goods handed over: dispatched by one party, received by the next."""

    direction: Literal["dispatched", "received"]
    from_: Name | None = Field(default=None, alias="from")
    to: Name | None = None
    carrier: Name | None = None
    document: Name | None = None
    lots: Lots | None = None
    temperatures: Annotated[list[Temperature], Field(max_length=MAX_ITEMS)] | None = None
    seal_number: Name | None = None


class Observation(_Supply, Measured):
    """Something seen of a lot or item that has no kind of its own."""

    step: Name
    disposition: Name | None = None
    place: Text | None = None
    lots: Lots | None = None
    note: Text | None = None


class Component(KindModel):
    """A part of a price, in the cost's currency.

    ``lots`` says of a material which lots it is and how much of each goes into what the price is for, so that the
    amount can be held against what the supplier asked for the same lots.
    """

    component: Name
    amount: Money
    lots: Lots | None = None
    invoice: Name | None = None
    invoice_sha256: Digest | None = None


class Cost(_Supply):
    """What a product costs and of what that is made up, in minor units; ``buyer``: a price for one buyer alone."""

    currency: Currency
    price: Money
    components: Annotated[list[Component], Field(max_length=MAX_ITEMS)]
    seller: Name | None = None
    buyer: Name | None = None
    per: Amount | None = None


class Correction(_Supply):
    """A record that was wrong; both stay visible. ``data`` is the full corrected data, if any."""

    supersedes: RecordRef
    reason: Literal["incorrect_data", "did_not_occur"]
    note: Text | None = None
    data: FreeMap | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """What did not occur has no data."""
        if data["reason"] == "did_not_occur" and "data" in data:
            raise FormatError("kinds.did_not_occur", at="data")
        return data


class Recall(_Supply):
    """A lot called back."""

    reference: Name
    reason: Text
    severity: Name | None = None
    lots: Lots | None = None
    action: Text | None = None


MODELS: Final[Mapping[str, type[KindModel]]] = MappingProxyType(
    {
        "product": Product,
        "origin": Origin,
        "processing": Processing,
        "inspection": Inspection,
        "report_copy": ReportCopy,
        "shipping": Shipping,
        "observation": Observation,
        "cost": Cost,
        "correction": Correction,
        "recall": Recall,
        "layout": Layout,
        **COMMERCE,
        **PROCEEDINGS,
    }
)
"""Model of each of the project's own kinds."""
