"""Maps and lists that the fields of several kinds are made of: amounts, lots, names, references to records."""

from __future__ import annotations

import re
from typing import Annotated, Any, Final

from pydantic import BeforeValidator, Field

from trustledger.errors import FormatError
from trustledger.kinds import values
from trustledger.kinds.fields import (
    Count,
    Digest,
    GoodsUri,
    KindModel,
    Ordinal,
    Quantity,
    Rule,
    UnitName,
)

MAX_ITEMS: Final = 1024
"""Items of any list in a record: with 60 bytes each they fill it."""
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def _names(value: Any) -> dict[str, str]:
    """Names by language (BCP 47), at least one."""
    if not isinstance(value, dict) or not value:
        raise FormatError("kinds.names", seen=type(value).__name__)
    for language in value:
        _language(language)
    return {language: values.name_text(value[language]) for language in sorted(value)}


def _language(value: Any) -> str:
    if type(value) is not str or _LANGUAGE.fullmatch(value) is None:
        raise FormatError("kinds.language", seen=values.shown(value))
    return value


def _lot(value: Any) -> Any:
    """A bare URI is short for a lot without a quantity."""
    return {"lot": value} if type(value) is str else value


Names = Annotated[dict[str, str], Rule(_names)]
"""Language (BCP 47) → name, at least one."""
LanguageTag = Annotated[str, Rule(_language)]
"""A language as BCP 47 writes it: ``zh``, ``zh-Hant``, ``en``."""


class Part(KindModel):
    """Which part of an event this is, when one became several records."""

    number: Ordinal
    count: Ordinal

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """The number is not above the count."""
        if data["number"] > data["count"]:
            raise FormatError("kinds.part", seen=data["number"], expected=data["count"], at="number")
        return data


class Amount(KindModel):
    """A quantity with its unit."""

    quantity: Quantity
    unit: UnitName


class Measured(KindModel):
    """What may have a quantity. Without a unit the quantity counts pieces, as in EPCIS."""

    quantity: Quantity | None = None
    unit: UnitName | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """No unit without a quantity."""
        if "unit" in data and "quantity" not in data:
            raise FormatError("kinds.unit_alone", seen=data["unit"], at="quantity")
        return data


class LotAmount(Measured):
    """A lot or item, and how much of it."""

    lot: GoodsUri


LotItem = Annotated[LotAmount, BeforeValidator(_lot)]
Lots = Annotated[list[LotItem], Field(max_length=MAX_ITEMS)]
SomeLots = Annotated[list[LotItem], Field(min_length=1, max_length=MAX_ITEMS)]


class RecordRef(KindModel):
    """A record: its place in the ledger and its hash."""

    entry: Count
    position: Count
    record: Digest
