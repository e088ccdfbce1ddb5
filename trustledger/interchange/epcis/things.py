"""What an event names: goods with their quantities, places, parties, documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.encoding import check_decimal
from trustledger.errors import FormatError
from trustledger.gs1 import classes
from trustledger.interchange.epcis.identifiers import canonical, says_more
from trustledger.interchange.epcis.reading import exact
from trustledger.interchange.epcis.vocabulary import word_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_SUBJECTS: Final = 240
"""Subjects of one record that are goods and what they belong to. The format allows 256 (section 2); the rest
is for what `trustledger.kinds` adds."""
MAX_BYTES: Final = 24_000
"""Bytes of goods in one record. A URI stands in the subjects and in the data, its classes in the subjects;
twice this and the leftovers stay below the 65,535 bytes of a record."""
_FEW: Final = 12
"""So many goods fit into one record without counting: 12 * (2 * 512 + two classes) bytes."""


class Thing(NamedTuple):
    """A lot, item or logistic unit, with its quantity where one is given.

    Attributes:
        uri: Normal form.
        quantity: Decimal, or None: one instance, or an amount that the event leaves open.
        unit: Code as the event gives it, or None: a count.
    """

    uri: str
    quantity: str | None = None
    unit: str | None = None

    def amount(self) -> dict[str, str]:
        """``quantity`` and ``unit``, as far as they are known."""
        found = {}
        if self.quantity is not None:
            found["quantity"] = self.quantity
            if self.unit is not None:
                found["unit"] = self.unit
        return found

    def lot(self) -> dict[str, str]:
        """The thing as an entry of ``lots``, ``inputs`` or ``outputs``."""
        return {"lot": self.uri, **self.amount()}


def identifier(value: Any, at: str) -> str:
    """The normal form of a field that should hold an identifier, or an object with an ``id``.

    Raises:
        FormatError: With the fact ``column``: where in the event.
    """
    if isinstance(value, dict):
        value = value.get("id", value.get("@id"))
    if type(value) is not str:
        raise FormatError("epcis.not_identifier", column=at, seen=_shown(value))
    try:
        return canonical(value)
    except FormatError as error:
        raise FormatError(error.code, **{**error.facts, "column": at}) from None


def take(event: dict[str, Any], rest: dict[str, Any], epcs: str, quantities: str) -> list[Thing]:
    """The goods of two lists of an event, taken out of ``rest`` where they say no more than what is returned.

    Args:
        event: The whole event.
        rest: What no field has taken yet.
        epcs: Name of the list of instances (``epcList``).
        quantities: Name of the list of classes with quantities (``quantityList``).

    Raises:
        FormatError: Not lists, not identifiers, not quantities.
    """
    found: list[Thing] = []
    listed = _list(event, epcs)
    seen: set[str] = set()
    for number, epc in enumerate(listed):
        uri = identifier(epc, f"{epcs}.{number}")
        if uri not in seen:
            seen.add(uri)
            found.append(Thing(uri))
    if len(found) == len(listed) and not any(type(epc) is not str or says_more(epc) for epc in listed):
        _drop(rest, epcs)
    listed = _list(event, quantities)
    whole = True
    for number, element in enumerate(listed):
        thing, complete = _quantified(element, f"{quantities}.{number}")
        found.append(thing)
        whole = whole and complete
    if whole:
        _drop(rest, quantities)
    return found


def _drop(rest: dict[str, Any], name: str) -> None:
    if rest.get(name) is not None:  # a null says that there is no list; it is said by nothing else
        rest.pop(name, None)


def _list(event: dict[str, Any], name: str) -> list[Any]:
    listed = event.get(name)
    if listed is None:
        return []
    if not isinstance(listed, list):
        raise FormatError("epcis.not_list", column=name, seen=_shown(listed))
    return listed


def _quantified(element: Any, at: str) -> tuple[Thing, bool]:
    """One quantityElement, and whether the thing says all of it."""
    if not isinstance(element, dict):
        raise FormatError("epcis.not_identifier", column=at, seen=_shown(element))
    epc_class = element.get("epcClass")
    uri = identifier(epc_class, f"{at}.epcClass")
    quantity, unit = element.get("quantity"), element.get("uom")
    if quantity is not None:
        quantity = decimal(quantity, f"{at}.quantity")
    if unit is not None and (type(unit) is not str or len(unit) > 64):
        raise FormatError("epcis.unit", column=f"{at}.uom", seen=_shown(unit))
    complete = (
        element.keys() <= {"epcClass", "quantity", "uom"}
        and type(epc_class) is str
        and not says_more(epc_class)
        and not (quantity is None and unit is not None)
        and type(element.get("quantity", "")) in (int, str)
    )
    return Thing(uri, quantity, unit), complete


def decimal(value: Any, at: str) -> str:
    """A number, or a number written as text, as an exact decimal.

    Raises:
        FormatError: ``epcis.number``.
    """
    text = str(value) if type(value) is int else value
    made = exact(text.strip()) if isinstance(text, str) else None
    if made is None:
        raise FormatError("epcis.number", column=at, seen=_shown(value))
    return check_decimal(made)


def without_repeats(uris: Iterable[str], first: str) -> list[str]:
    """Different URIs in their order, without ``first``, each followed by the classes it belongs to."""
    found: dict[str, None] = {}
    for uri in uris:
        if uri != first:
            found[uri] = None
            found.update(dict.fromkeys(classes(uri)))
    found.pop(first, None)
    return list(found)


def portions(
    things: list[Thing], subjects: int = MAX_SUBJECTS, room: int = MAX_BYTES
) -> Iterator[list[Thing]]:
    """The things in their order, in as many lists as records are needed: at least one, maybe empty.

    Args:
        things: All of them.
        subjects: Different subjects, classes counted, that one list may bring.
        room: Bytes of goods that one list may bring.
    """
    if len(things) <= _FEW:
        yield things
        return
    portion: list[Thing] = []
    named: set[str] = set()
    used = 0
    for thing in things:
        fresh = {thing.uri, *classes(thing.uri)} - named
        size = (
            40 + len(thing.uri) + sum(map(len, fresh)) + len(thing.quantity or "") + 4 * len(thing.unit or "")
        )
        if portion and (len(named) + len(fresh) > subjects or used + size > room):
            yield portion
            portion, named, used = [], set(), 0
            fresh = {thing.uri, *classes(thing.uri)}
        portion.append(thing)
        named |= fresh
        used += size
    yield portion


def document(event: dict[str, Any], types: tuple[str, ...]) -> str | None:
    """The first business transaction of the earliest type in ``types`` that the event names."""
    found: dict[str, str] = {}
    listed = event.get("bizTransactionList")
    for element in listed if isinstance(listed, list) else ():
        if isinstance(element, dict) and type(element.get("bizTransaction")) is str:
            if len(element["bizTransaction"]) > 200:
                continue  # kept where it is; a number this long is not one
            found.setdefault(word_of(element.get("type")), element["bizTransaction"])
    for kind in types:
        if kind in found:
            return _readable(found[kind])
    return None


def party(event: dict[str, Any], listed: str, name: str) -> str | None:
    """From where, or to where: the location, else the possessing party, else the owning party.

    Args:
        event: The event.
        listed: ``sourceList`` or ``destinationList``.
        name: ``source`` or ``destination``.

    Raises:
        FormatError: It is no identifier.
    """
    found: dict[str, tuple[int, Any]] = {}
    elements = event.get(listed)
    for number, element in enumerate(elements if isinstance(elements, list) else ()):
        if isinstance(element, dict) and name in element:
            found.setdefault(word_of(element.get("type")), (number, element[name]))
    for kind in ("location", "possessing_party", "owning_party"):
        if kind in found:
            number, value = found[kind]
            return identifier(value, f"{listed}.{number}.{name}")
    return None


def place(event: dict[str, Any], rest: dict[str, Any]) -> str | None:
    """Where it happened: bizLocation, else readPoint.

    ``bizLocation`` leaves ``rest`` when it is only the place; ``readPoint`` when it is the same place as
    that, so that a readPoint that stood alone can still be told from it.
    """
    business, read = event.get("bizLocation"), event.get("readPoint")
    where = None if business is None else identifier(business, "bizLocation.id")
    if where is not None and _only_id(business):
        rest.pop("bizLocation", None)
    if read is not None:
        point = identifier(read, "readPoint.id")
        if where == point and _only_id(read):
            rest.pop("readPoint", None)
        where = where or point
    return where


def _only_id(value: Any) -> bool:
    text = value if type(value) is str else value.get("id") if value.keys() == {"id"} else None
    return type(text) is str and not says_more(text)


def _readable(text: str) -> str:
    """A document's number: in normal form where it is an identifier, else as written."""
    try:
        return canonical(text)
    except FormatError:
        return text


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else type(value).__name__
