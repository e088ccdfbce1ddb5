"""Rows of one event: its records, the part that each is, and what was left over.

A record has at most 65,535 bytes and 256 subjects (format v1, sections 1 and 2); an EPCIS event knows no such
bounds. The goods are cut in `trustledger.interchange.epcis.things.portions`; here the leftovers are. They go
with part 1; what has no room there follows in observations with step ``continued``, cut between fields, and
within a field only between the items of a list. The cut depends on the event's content alone, so an event
seen twice is cut alike.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from trustledger.encoding import encode
from trustledger.errors import FormatError
from trustledger.gs1 import classes
from trustledger.interchange.epcis.events import MAX_PARTS, Event, Made, open_event, records
from trustledger.interchange.epcis.reading import BadNumber

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOM: Final = 60_000
"""Bytes of a record that its goods and the event's own words may fill; the rest is for kind, time, event and
seals."""
_SMALL: Final = 12_000
"""An event of so many bytes fits into its records without counting: every byte is used at most four times."""
_LISTS_OF_GOODS: Final = ("inputs", "lots", "outputs")


def rows(said: Any, prefixes: Mapping[str, str]) -> list[dict[str, Any]]:
    """The plain rows of one event.

    Args:
        said: What stands where an event is expected.
        prefixes: Name → IRI as defined in the document; those that the leftovers use are kept with them.

    Raises:
        FormatError: The event cannot become records; the fact ``column`` says where.
    """
    encoded = _encoded(said)
    event = open_event(said, encoded)
    size = len(encoded)
    made = list(islice(records(event), MAX_PARTS + 1))
    rest = event.rest
    if prefixes and "@context" not in rest:
        used = _used(rest, prefixes)
        if used:
            rest["@context"] = used
            size += len(encode(used))
    words = [dict(sorted(rest.items()))]
    if size > _SMALL:
        words = list(_groups(rest, ROOM - _weight(made[0])))
        made += [Made("observation", made[0].subject, {"step": "continued"}) for _ in words[1:]]
    if len(made) > MAX_PARTS:
        raise FormatError("epcis.too_many_parts", expected=MAX_PARTS)
    return _assembled(event, made, words)


def _assembled(event: Event, made: list[Made], words: list[dict[str, Any]]) -> list[dict[str, Any]]:
    count = len(made)
    first_with_words = {0: words[0]} | {
        count - len(words) + number: words[number] for number in range(1, len(words))
    }
    found = []
    for number, record in enumerate(made):
        data = record.data
        data["event"] = event.id
        if count > 1:
            data["part"] = {"count": count, "number": number + 1}
        kept = first_with_words.get(number)
        if kept:
            data["epcis"] = kept
        plain: dict[str, Any] = {
            "kind": record.kind,
            "subject": record.subject,
            "occurred_at": event.occurred_at,
            "data": data,
        }
        if record.also:
            plain["also"] = record.also
        found.append(plain)
    return found


def _encoded(said: Any) -> bytes:
    """Canonical bytes of an event, no deeper than they may be in a record (array, data, epcis).

    Raises:
        FormatError: Too deep, not Unicode, or a number that cannot be kept.
    """
    try:
        return encode([[said]])[2:]  # less the two arrays of one
    except FormatError as error:
        at = str(error.facts.get("at", ""))
        column = ".".join(at.split("/")[3:]) or None
        number = _at(said, at.split("/")[3:])
        if isinstance(number, BadNumber):
            raise FormatError("epcis.number", column=column, seen=str(number)) from None
        code = "epcis.too_deep" if error.code == "encoding.too_deep" else error.code
        raise FormatError(code, **{**error.facts, "column": column}) from None


def _at(value: Any, path: list[str]) -> Any:
    for step in path:
        if isinstance(value, dict):
            value = value.get(step)
        elif isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
    return value


def _weight(made: Made) -> int:
    """Bytes of a record without its leftovers, its subjects and their classes included."""
    named = [made.subject, *made.also]
    for name in _LISTS_OF_GOODS:
        named += [entry["lot"] for entry in made.data.get(name, ())]
    subjects = {subject for uri in named for subject in (uri, *classes(uri))}
    return len(encode(made.data)) + sum(len(subject) + 3 for subject in subjects)


def _groups(rest: dict[str, Any], first_room: int) -> Iterator[dict[str, Any]]:
    """Leftovers, field by field in their order, cut into maps that have room; the first may be empty."""
    group: dict[str, Any] = {}
    room = first_room
    for name, value in _pieces(rest):
        size = len(encode({name: value}))
        if size > room or name in group:
            yield group
            group, room = {}, ROOM
        group[name] = value
        room -= size
    yield group


def _pieces(rest: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Fields that each have room in a record of their own: a long list comes as several of the same name."""
    for name in sorted(rest):
        value = rest[name]
        if len(encode({name: value})) <= ROOM:
            yield name, value
            continue
        if not isinstance(value, list):
            raise FormatError("epcis.field_too_large", column=name, expected=ROOM)
        yield from ((name, piece) for piece in _slices(name, value))


def _slices(name: str, items: list[Any]) -> Iterator[list[Any]]:
    room = ROOM - len(encode({name: []})) - 4
    piece: list[Any] = []
    used = 0
    for number, item in enumerate(_finer(items) if name == "sensorElementList" else items):
        size = len(encode(item))
        if size > room:
            raise FormatError("epcis.field_too_large", column=f"{name}.{number}", expected=ROOM)
        if used + size > room:
            yield piece
            piece, used = [], 0
        piece.append(item)
        used += size
    yield piece


def _finer(elements: list[Any]) -> Iterator[Any]:
    """Elements of at most 50 reports: n under one metadata are the same as n under copies of it."""
    for element in elements:
        reports = element.get("sensorReport") if isinstance(element, dict) else None
        if not isinstance(reports, list) or len(reports) <= 50:
            yield element
            continue
        for start in range(0, len(reports), 50):
            yield {**element, "sensorReport": reports[start : start + 50]}


def _used(value: Any, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes, of those defined, that keys and texts begin with."""
    found: dict[str, str] = {}
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            waiting += item.keys()
            waiting += item.values()
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, str):
            prefix, colon, _ = item.partition(":")
            if colon and prefix in prefixes:
                found[prefix] = prefixes[prefix]
    return dict(sorted(found.items()))
