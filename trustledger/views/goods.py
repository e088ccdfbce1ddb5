"""What a record says about goods: which lots went in and came out, how much, and how that concerns them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.gs1 import HOST, classes
from trustledger.kinds.spec import steps_of
from trustledger.views.changes import is_money, money_of, text_of

if TYPE_CHECKING:
    from trustledger.kinds.spec import KindSpec
    from trustledger.views.model import Standing

CARRYING: Final = ("observation", "shipping")
"""Kinds whose ``lots`` are inside the logistic unit that they are about."""
_SSCC: Final = f"{HOST}/00/"
_PRODUCT: Final = f"{HOST}/01/"
_TELLING_FIRST: Final = (
    *("step", "direction", "reference", "reason", "report", "results", "name"),
    *("quantity", "unit", "inputs", "outputs", "lots", "from", "to", "place", "document"),
    *("harvested_on", "produced_on", "lab", "method", "price", "currency"),
)
_TELLING: Final = {name: number for number, name in enumerate(_TELLING_FIRST)}
_UNTOLD: Final = ("event", "file_sha256")
_SUMMARY_FIELDS: Final = 6
_SUMMARY_LENGTH: Final = 120


class Amount(NamedTuple):
    """A lot and how much of it: decimals, empty where nothing is said (or the value is sealed)."""

    lot: str
    quantity: str
    unit: str


@dataclass(frozen=True, slots=True)
class Goods:
    """The lots that a record names, with amounts, in the order of its data."""

    inputs: tuple[Amount, ...] = ()
    outputs: tuple[Amount, ...] = ()
    touched: tuple[Amount, ...] = ()


def goods_of(spec: KindSpec | None, data: Mapping[str, Any]) -> Goods:
    """The goods that a kind finds in some data; none for an unknown kind."""
    if spec is None:
        return Goods()
    groups = (spec.inputs, spec.outputs, spec.touched)
    return Goods(
        *(tuple(amount for at in group for amount in _amounts(data, steps_of(at))) for group in groups)
    )


def _amounts(value: Any, steps: tuple[str, ...]) -> Iterator[Amount]:
    if not isinstance(value, Mapping | list):
        return
    if len(steps) == 1:
        lot = value.get(steps[0]) if isinstance(value, Mapping) else None
        if isinstance(value, Mapping) and isinstance(lot, str):
            yield Amount(lot, text_of(value.get("quantity")), text_of(value.get("unit")))
    elif steps[0] == "*":
        for member in value if isinstance(value, list) else ():
            yield from _amounts(member, steps[1:])
    elif isinstance(value, Mapping):
        yield from _amounts(value.get(steps[0]), steps[1:])


def standing_of(subject: str, subjects: tuple[str, ...], goods: Goods) -> Standing:
    """How a record with these subjects and goods concerns one of its subjects."""
    if any(amount.lot == subject for amount in goods.outputs):
        return "output"
    if subject == subjects[0]:
        return "about"
    if any(amount.lot == subject for amount in goods.inputs):
        return "input"
    if any(amount.lot == subject for amount in goods.touched):
        return "touched"
    return "member" if is_member(subjects[0], subject) or _has_member(goods, subject) else "also"


def _has_member(goods: Goods, subject: str) -> bool:
    return any(subject in classes(amount.lot) for amount in (*goods.outputs, *goods.touched))


def is_member(item: str, holder: str) -> bool:
    """Whether an item names its lot, or a lot its product, in its own URI."""
    return holder in classes(item)


def is_lot_of(lot: str, item: str) -> bool:
    """Whether two subjects that one record names are a lot and an item of one product.

    EPCIS says the lot of an item beside it: a serial number's URI need not hold a lot.
    """
    return (
        "/10/" in lot and "/21/" not in lot and "/21/" in item and product_of(lot) == product_of(item) != ""
    )


def product_of(subject: str) -> str:
    """The product class of a lot or item; empty if it has none or is one itself."""
    above = classes(subject)
    return above[-1] if above else ""


def is_product(subject: str) -> bool:
    """Whether a subject is a product class."""
    return subject.startswith(_PRODUCT) and subject.count("/") == 4


def is_logistic_unit(subject: str) -> bool:
    """Whether a subject is an SSCC: a pallet or parcel."""
    return subject.startswith(_SSCC)


def summary_of(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The fields worth a line, the telling ones first: short texts, and how many items a list has."""
    found: list[tuple[str, str]] = []
    for name in sorted(data, key=lambda name: _TELLING.get(name, len(_TELLING))):
        value = data[name]
        if isinstance(value, list):
            found.append((name, str(len(value))))
        elif not isinstance(value, Mapping) and value is not None and name not in _UNTOLD:
            text = (money_of(value, data.get("currency")) if is_money(name) else "") or text_of(value)
            found.append((name, text if len(text) <= _SUMMARY_LENGTH else text[: _SUMMARY_LENGTH - 1] + "…"))
    return tuple(found[:_SUMMARY_FIELDS])
