"""One `cost` record, read strictly: whoever wrote it may have checked nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.encoding import MAX_INT, check_decimal
from trustledger.errors import FormatError
from trustledger.kinds.currencies import CURRENCIES
from trustledger.kinds.units import unit

if TYPE_CHECKING:
    from trustledger.views.cost_breakdown.disclosure import Disclosed

PIECE: Final = "pc"
"""The unit of a quantity without one: pieces, as in EPCIS."""
MAX_LINES: Final = 1024
"""Lines of a breakdown, and lots of a line: what the kind allows."""
_HEX: Final = frozenset("0123456789abcdef")


class Quantity(NamedTuple):
    """A decimal that is not negative, and the symbol of its unit."""

    value: str
    unit: str


class Use(NamedTuple):
    """A lot, and how much of it goes into what the price is for; None if that is not said or sealed."""

    lot: str
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class Line:
    """One component: None where its name or amount is sealed.

    Attributes:
        component: What it pays for.
        amount: Minor units.
        uses: The lots that it pays for.
        invoiced: Whether the hash of an invoice stands beside it.
    """

    component: str | None
    amount: int | None
    uses: tuple[Use, ...]
    invoiced: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one seller says that a subject costs.

    Attributes:
        subject: The product or lot.
        seller: The party whose own word it is.
        buyer: For whom alone; empty if for everybody, None if that is sealed.
        since: From when on, as the seller claims, ms.
        place: Entry and position of the record.
        records: Places of the record, and of the correction that counts.
        currency: ISO 4217 code.
        price: Minor units; None if it is sealed.
        per: How much has that price.
        lines: Of what it is made up.
    """

    subject: str
    seller: str
    buyer: str | None
    since: int
    place: tuple[int, int]
    records: tuple[str, ...]
    currency: str
    price: int | None
    per: Quantity
    lines: tuple[Line, ...]

    @property
    def ref(self) -> str:
        """Place of what counts: the correction, if there is one."""
        return self.records[-1]

    @property
    def total(self) -> int | None:
        """The exact sum of the lines; None if one is sealed or there is none."""
        amounts = [line.amount for line in self.lines if line.amount is not None]
        return sum(amounts) if self.lines and len(amounts) == len(self.lines) else None

    @property
    def balanced(self) -> bool | None:
        """Whether the lines add up to the price; None if that cannot be known."""
        return None if self.total is None or self.price is None else self.total == self.price


class Terms(NamedTuple):
    """What the data alone says: a `Sheet` without where it comes from."""

    currency: str
    price: int | None
    per: Quantity
    lines: tuple[Line, ...]


def read_terms(seen: Disclosed) -> Terms:
    """The currency, price and lines of a cost record.

    Raises:
        FormatError: A field is missing or not what the kind allows. The caller makes it a finding.
    """
    data, closed = seen.data, seen.closed
    currency = data.get("currency")
    if not isinstance(currency, str) or currency not in CURRENCIES:
        raise FormatError("cost.malformed", at="currency")
    per = data.get("per")
    amount = Quantity("1", PIECE) if per is None else _quantity(per, "per")
    if amount is None or not Fraction(amount.value):
        raise FormatError("cost.malformed", at="per")
    listed = _list(data.get("components"), "components")
    lines = tuple(_line(one, number, closed) for number, one in enumerate(listed))
    return Terms(currency, _money(data, "price", "", closed), amount, lines)


def _line(value: Any, number: int, closed: frozenset[str]) -> Line:
    at = f"/components/{number}"
    data = _map(value, at)
    component = data.get("component")
    if not isinstance(component, str) and f"{at}/component" not in closed:
        raise FormatError("cost.malformed", at=f"{at}/component")
    uses = tuple(
        _use(one, f"{at}/lots/{n}") for n, one in enumerate(_list(data.get("lots", []), f"{at}/lots"))
    )
    digest = data.get("invoice_sha256")
    invoiced = isinstance(digest, str) and len(digest) == 64 and _HEX.issuperset(digest)
    return Line(
        component if isinstance(component, str) else None, _money(data, "amount", at, closed), uses, invoiced
    )


def _use(value: Any, at: str) -> Use:
    data = _map(value, at)
    lot = data.get("lot")
    if not isinstance(lot, str):
        raise FormatError("cost.malformed", at=f"{at}/lot")
    return Use(lot, _quantity(data, at))


def _quantity(value: Any, at: str) -> Quantity | None:
    data = _map(value, at)
    number, named = data.get("quantity"), data.get("unit", PIECE)
    if number is None:
        return None
    if not isinstance(number, str) or not isinstance(named, str):
        raise FormatError("cost.malformed", at=f"{at}/quantity")
    try:
        found = Quantity(check_decimal(number), unit(named).symbol)
    except FormatError:
        raise FormatError("cost.malformed", at=f"{at}/quantity") from None
    if number.startswith("-"):
        raise FormatError("cost.malformed", at=f"{at}/quantity")
    return found


def _money(data: Mapping[str, Any], name: str, at: str, closed: frozenset[str]) -> int | None:
    """Minor units; None if sealed. Never a bool, which Python takes for a number."""
    pointer, value = f"{at}/{name}", data.get(name)
    if pointer in closed:
        return None
    if type(value) is not int or abs(value) > MAX_INT:
        raise FormatError("cost.malformed", at=pointer)
    return value


def _map(value: Any, at: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise FormatError("cost.malformed", at=at)
    return value


def _list(value: Any, at: str) -> list[Any]:
    if not isinstance(value, list) or len(value) > MAX_LINES:
        raise FormatError("cost.malformed", at=at)
    return value
