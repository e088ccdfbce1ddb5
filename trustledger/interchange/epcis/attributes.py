"""Facts about the goods themselves that an event carries: ilmd, and master data of the same item.

Only what a field of the record can hold exactly is read; all of it stays in the record's ``epcis`` as well. A
best-before date is no expiry date, and a span of days is no day.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from trustledger.encoding import parse_time
from trustledger.errors import FormatError
from trustledger.gs1 import encode_value, is_gs1_lot
from trustledger.interchange.epcis.identifiers import canonical
from trustledger.interchange.epcis.vocabulary import local_name

if TYPE_CHECKING:
    from trustledger.interchange.epcis.things import Thing

_ITEM: Final = re.compile(r"(https://id\.gs1\.org/01/[0-9]{14})/21/[^/]+")
_LOT: Final = ("lotNumber", "hasBatchLotNumber", "batchLotNumber")
_PRODUCED: Final = ("productionDate", "productionDateTime")
_EXPIRES: Final = ("expirationDate", "itemExpirationDate", "expirationDateTime")
_MASTER_DATA: Final = "gs1:masterDataAvailableFor"


def of_origin(event: dict[str, Any], subject: str) -> dict[str, str]:
    """``harvested_on`` and ``country``, where the event says them of all its goods or of this one."""
    said = _said(event.get("ilmd"))
    listed = event.get(_MASTER_DATA)
    for entry in listed if isinstance(listed, list) else [listed]:
        if isinstance(entry, dict) and _is(entry.get("id"), subject):
            said |= _said(entry)
    found = {}
    start, end = (
        _day(said, "harvestDateStart", "harvestStartDate"),
        _day(said, "harvestDateEnd", "harvestEndDate"),
    )
    day = _day(said, "harvestDate") or (start if start == end else None)
    if day:
        found["harvested_on"] = day
    country = said.get("countryOfOrigin")
    if isinstance(country, dict):
        country = _said(country).get("countryCode")
    if type(country) is str and re.fullmatch("[A-Z]{2}", country):
        found["country"] = country
    return found


def of_processing(event: dict[str, Any]) -> dict[str, str]:
    """``produced_on`` and ``expires_on`` of what a step made."""
    said = _said(event.get("ilmd"))
    days = {"produced_on": _day(said, *_PRODUCED), "expires_on": _day(said, *_EXPIRES)}
    return {name: day for name, day in days.items() if day}


def named_lot(event: dict[str, Any], things: list[Thing]) -> list[str]:
    """The lot that ilmd names for items whose own identifiers name none: their chain should lead through it.

    Empty unless all goods are items of one product.
    """
    said = _said(event.get("ilmd"))
    lot = next((said[name] for name in _LOT if type(said.get(name)) is str), "")
    if not is_gs1_lot(lot):
        return []
    items = [_ITEM.fullmatch(thing.uri) for thing in things]
    products = {item[1] if item else None for item in items}
    product = products.pop() if len(products) == 1 else None
    return [f"{product}/10/{encode_value(lot)}"] if product else []


def _said(value: Any) -> dict[str, Any]:
    """Names without their prefixes: ``gs1:harvestDate`` and ``cbvmda:harvestDate`` are read alike."""
    return {local_name(name): inner for name, inner in value.items()} if isinstance(value, dict) else {}


def _day(said: dict[str, Any], *names: str) -> str | None:
    for name in names:
        text = said.get(name)
        if type(text) is str and _is_day(text):
            return text
    return None


def _is_day(text: str) -> bool:
    try:
        if len(text) == 10:
            date.fromisoformat(text)
        elif len(text) <= 40:
            parse_time(text)
    except (ValueError, FormatError):
        return False
    return 10 <= len(text) <= 40


def _is(identifier: Any, subject: str) -> bool:
    try:
        return type(identifier) is str and canonical(identifier) == subject
    except FormatError:
        return False
