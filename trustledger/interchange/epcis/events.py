"""One EPCIS event → the records it becomes.

=====================================================  ====================================================
Event                                                  Record
=====================================================  ====================================================
ObjectEvent ADD that creates or commissions            ``origin``: one for each class with a quantity, one
                                                       for all instances together
Object, Aggregation, Transaction: shipping, departing  ``shipping``, dispatched
or transporting
Object, Aggregation, Transaction: receiving, arriving  ``shipping``, received
or accepting
TransformationEvent                                    ``processing``
Aggregation, Association ADD with children             ``processing``: children in, parent out
the same, DELETE                                       ``processing``: parent in, children out
anything with sensor values                            ``inspection``; beside it the record above, if any
an event with an errorDeclaration                      ``observation`` with step ``error_declaration``
anything else                                          ``observation``
=====================================================  ====================================================

Decisions that are not in the standard:

- Temperatures of a shipment are its ``temperatures``. Any other value measured on a shipment, a step or an
  origin is an ``inspection`` of its own, part 2 of the event.
- An inspection whose figures are in extensions is an ``observation``: its figures are kept, never guessed at.
- A declared error repeats the erroneous event under the same eventID. It is a statement about that event, not
  a second happening, so it is no second shipment or processing; its ``event`` is computed, the eventID stays
  in ``epcis``.
- ``epcis`` holds every field of the event whose whole meaning does not stand in a field of the record, in the
  event's own words: bizTransactionList, sourceList, destinationList, ilmd and sensorElementList stay whole,
  though some of their values are read into fields.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from trustledger.encoding import encode
from trustledger.errors import FormatError
from trustledger.interchange.epcis import attributes, sensors
from trustledger.interchange.epcis import vocabulary as cbv
from trustledger.interchange.epcis.identifiers import says_more
from trustledger.interchange.epcis.things import (
    MAX_BYTES,
    MAX_SUBJECTS,
    Thing,
    document,
    identifier,
    party,
    place,
    portions,
    take,
    without_repeats,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustledger.interchange.epcis.sensors import Reading

MAX_RESULTS: Final = 80
"""Results or temperatures in one record: with the longest parameters and a full load of goods it stays below
its size."""
MAX_PARTS: Final = 10_000
"""Records of one event. What would need more (a transformation of everything into everything) is no single
event."""
MAX_TEXT: Final = 255
"""Characters of an eventID or a step, as `trustledger.kinds` allows for a name."""

_TIME: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt ]([0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:\.([0-9]+))?([Zz]|[+-][0-9]{2}:?[0-9]{2})"
)
_LISTS: Final = (
    ("epcList", "quantityList"),
    ("childEPCs", "childQuantityList"),
    ("outputEPCList", "outputQuantityList"),
    ("inputEPCList", "inputQuantityList"),
)
_CONTAINERS: Final = ("AggregationEvent", "AssociationEvent")
_NOT_CONTENT: Final = ("@context", "recordTime")


@dataclass(slots=True)
class Made:
    """A record on its way: what will stand in a plain row, without what all parts of an event share."""

    kind: str
    subject: str
    data: dict[str, Any]
    also: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Event:
    """An event as it is being read.

    Attributes:
        said: The event, untouched.
        rest: Its fields that have no place yet.
        type: ``ObjectEvent`` …
        step: bizStep as a word, "" without one.
        action: ``ADD``, ``OBSERVE``, ``DELETE`` or "".
        id: The eventID, or one computed from the content.
        occurred_at: RFC 3339.
    """

    said: dict[str, Any]
    rest: dict[str, Any]
    type: str
    step: str
    action: str
    id: str
    occurred_at: str

    @property
    def place(self) -> str | None:
        """Where it happened, taken out of the rest as far as a field of the record can say it."""
        return place(self.said, self.rest)


def open_event(said: Any, encoded: bytes) -> Event:
    """Read what all events have in common.

    Args:
        said: What stands where an event is expected.
        encoded: Its canonical bytes.

    Raises:
        FormatError: Not an event, or one without type or time.
    """
    if not isinstance(said, dict):
        raise FormatError("epcis.not_event", seen=type(said).__name__)
    kind = cbv.event_type(said)
    if kind is None:
        raise FormatError("epcis.type", column="type", seen=said.get("type", said.get("isA", "")))
    rest = dict(said)
    action = said.get("action", "")
    return Event(
        said=said,
        rest=rest,
        type=kind,
        step=cbv.word_of(said.get("bizStep"))[:MAX_TEXT],
        action=action.upper() if type(action) is str else "",
        id=_event_id(said, rest, encoded),
        occurred_at=_time(said, rest),
    )


def computed_id(said: dict[str, Any], encoded: bytes | None = None) -> str:
    """A name for an event's content: the same whatever the order of its keys and whenever it was recorded.

    Args:
        said: The event.
        encoded: Its canonical bytes, where they are known already.
    """
    if encoded is None or any(name in said for name in _NOT_CONTENT):
        encoded = encode({name: value for name, value in said.items() if name not in _NOT_CONTENT})
    digest = urlsafe_b64encode(sha256(encoded).digest()).rstrip(b"=")
    return f"ni:///sha-256;{digest.decode('ascii')}"


def _event_id(said: dict[str, Any], rest: dict[str, Any], encoded: bytes) -> str:
    given = said.get("eventID")
    if given is None or "errorDeclaration" in said:
        return computed_id(said, encoded)
    if type(given) is not str or not 0 < len(given) <= MAX_TEXT:
        raise FormatError("epcis.event_id", column="eventID", seen=given)
    del rest["eventID"]
    return given


def _time(said: dict[str, Any], rest: dict[str, Any]) -> str:
    """eventTime, cut to milliseconds; its text stays in ``rest`` where this would not give it back."""
    given = said.get("eventTime")
    match = _TIME.fullmatch(given) if type(given) is str else None
    if match is None:
        raise FormatError("epcis.time", column="eventTime", seen=given)
    day, clock, fraction, offset = match.groups()
    offset = "Z" if offset in "Zz" else f"{offset[:3]}:{offset[-2:]}"
    local = said.get("eventTimeZoneOffset")
    if (len(fraction or "") <= 3 or not fraction[3:].strip("0")) and _same_offset(offset, local):
        del rest["eventTime"]
    return f"{day}T{clock}{'.' + fraction[:3] if fraction else ''}{offset}"


def _same_offset(offset: str, local: Any) -> bool:
    return local is None or local == offset or (offset == "Z" and local in ("+00:00", "-00:00"))


def records(event: Event) -> Iterator[Made]:
    """The records of an event, in an order that depends on its content alone.

    Raises:
        FormatError: The event names nothing, or something that has no normal form.
    """
    if "errorDeclaration" in event.said:
        yield from _observation(event, _all_things(event), "error_declaration")
        return
    measured = sensors.readings(event.said)
    if event.type == "TransformationEvent":
        made = _transformation(event)
    elif event.type in _CONTAINERS and event.action in ("ADD", "DELETE"):
        made = _container(event)
    else:
        made, measured = _by_step(event, measured)
    first: Made | None = None
    for record in made:
        first = first or record
        yield record
    if measured:
        yield from _inspection(event, measured, first)


def _by_step(event: Event, measured: list[Reading]) -> tuple[Iterator[Made], list[Reading]]:
    """Object, transaction and observed aggregation: by step. With the readings that no record has taken."""
    direction = (
        "dispatched" if event.step in cbv.DISPATCHING else "received" if event.step in cbv.RECEIVING else ""
    )
    things = _all_things(event)
    if direction and event.action != "DELETE":
        only_warm = len(measured) <= MAX_RESULTS and all(one.parameter == "temperature" for one in measured)
        if only_warm:
            return _shipping(event, things, direction, measured), []
        return _shipping(event, things, direction, []), measured
    if event.type == "ObjectEvent" and event.action == "ADD" and event.step in cbv.CREATING:
        return _origin(event, things), measured
    if measured and event.action != "DELETE":
        return iter(()), measured
    return _observation(event, things), measured


def _all_things(event: Event) -> list[Thing]:
    """Everything an event names, whatever its type: the parent first, and outputs before inputs."""
    found = [] if event.said.get("parentID") is None else [_parent(event)]
    for epcs, quantities in _LISTS:
        if epcs in event.said or quantities in event.said:
            found += take(event.said, event.rest, epcs, quantities)
    if event.type == "TransformationEvent" or (len(found) == 1 and event.said.get("parentID") is not None):
        _keep_lists(event)  # else nobody could tell inputs from outputs, or a parent from a child
    return found or [_fallback(event)]


def _keep_lists(event: Event) -> None:
    """Leave the event's lists where they are: the record has no field that says all they say."""
    for name in ("parentID", *(name for names in _LISTS for name in names)):
        if name in event.said:
            event.rest[name] = event.said[name]


def _parent(event: Event) -> Thing:
    given = event.said["parentID"]
    parent = identifier(given, "parentID")
    if type(given) is str and not says_more(given):
        event.rest.pop("parentID", None)
    return Thing(parent)


def _fallback(event: Event) -> Thing:
    """An event without goods is about its document, or else about its place."""
    listed = event.said.get("bizTransactionList")
    if isinstance(listed, list) and listed and isinstance(listed[0], dict):
        return Thing(identifier(listed[0].get("bizTransaction"), "bizTransactionList.0.bizTransaction"))
    where = event.place
    if where is None:
        raise FormatError("epcis.nothing")
    return Thing(where)


def _put(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def _word(event: Event, name: str) -> str:
    """A word that becomes a field of the record, which takes it out of the rest."""
    given = event.said.get(name)
    text = cbv.word_of(given)
    if len(text) > MAX_TEXT:
        return ""
    if text and type(given) is str:
        event.rest.pop(name, None)
    return text


def _shipping(event: Event, things: list[Thing], direction: str, warm: list[Reading]) -> Iterator[Made]:
    said = event.said
    sent = direction == "dispatched"
    shared = _put(
        direction=direction,
        document=document(said, cbv.DISPATCH_DOCUMENTS if sent else cbv.RECEIPT_DOCUMENTS),
    )
    ends = {
        "from": party(said, "sourceList", "source"),
        "to": party(said, "destinationList", "destination"),
    }
    here = "from" if sent else "to"
    if ends[here] is None and event.step != "transporting" and said.get("readPoint") is not None:
        ends[here] = identifier(said["readPoint"], "readPoint.id")
    shared |= _put(**ends)
    for part in _listed(event, things, "shipping"):
        part.data.update(shared)
        if warm:
            part.data["temperatures"] = [reading.temperature() for reading in warm]
            warm = []
        yield part


def _observation(event: Event, things: list[Thing], step: str | None = None) -> Iterator[Made]:
    shared = _put(step=step or _word(event, "bizStep") or "observing", place=event.place)
    disposition = _word(event, "disposition")
    if disposition:
        shared["disposition"] = disposition
    for part in _listed(event, things, "observation"):
        part.data.update(shared)
        yield part


def _listed(event: Event, things: list[Thing], kind: str) -> Iterator[Made]:
    """One record about the one thing and its amount, or records that list several things.

    They are about the parent, where there is one, else about the first they list.
    """
    if len(things) == 1:
        yield Made(kind, things[0].uri, dict(things[0].amount()))
        return
    inside = event.said.get("parentID") is not None
    for portion in portions(things[1:] if inside else things):
        primary = things[0].uri if inside else portion[0].uri
        yield Made(kind, primary, {"lots": [thing.lot() for thing in portion]})


def _origin(event: Event, things: list[Thing]) -> Iterator[Made]:
    """One origin for each class with an amount of its own, and one for (nearly) all instances together."""
    shared = _put(place=event.place, document=document(event.said, cbv.WORK_DOCUMENTS))
    instances = [thing for thing in things if thing.quantity is None]
    named = attributes.named_lot(event.said, things)
    for portion in portions(instances) if instances else ():
        data = shared | attributes.of_origin(event.said, portion[0].uri)
        also = without_repeats([thing.uri for thing in portion] + named, portion[0].uri)
        yield Made("origin", portion[0].uri, data, also)
    for thing in things:
        if thing.quantity is not None:
            data = shared | thing.amount() | attributes.of_origin(event.said, thing.uri)
            yield Made("origin", thing.uri, data, without_repeats(named, thing.uri))
    if len(things) > 1:
        _keep_lists(event)


def _transformation(event: Event) -> Iterator[Made]:
    said, rest = event.said, event.rest
    outputs = take(said, rest, "outputEPCList", "outputQuantityList")
    inputs = take(said, rest, "inputEPCList", "inputQuantityList")
    if not outputs:  # one half of a transformation that several events share
        yield from _observation(event, _all_things(event))
        return
    shared = attributes.of_processing(said)
    if type(said.get("transformationID")) is str:
        shared["run"] = identifier(said["transformationID"], "transformationID")
        if not says_more(said["transformationID"]):
            del rest["transformationID"]
    named = attributes.named_lot(said, outputs)
    for part in _flow(event, inputs, outputs, "transforming"):
        part.data.update(shared)
        part.also = without_repeats(named, part.subject)
        yield part


def _container(event: Event) -> Iterator[Made]:
    """Packing makes the parent out of the children, unpacking the children out of the parent."""
    children = _children(event.said, event.rest)
    if event.said.get("parentID") is None or not children:
        yield from _observation(event, _all_things(event))
    elif event.action == "ADD":
        yield from _flow(event, children, [_parent(event)], "packing")
    else:
        yield from _flow(event, [_parent(event)], children, "unpacking")


def _flow(event: Event, inputs: list[Thing], outputs: list[Thing], otherwise: str) -> Iterator[Made]:
    """Processing; cut into parts, every output still meets every input, and an amount is said once."""
    shared = _put(
        step=_word(event, "bizStep") or otherwise,
        place=event.place,
        document=document(event.said, cbv.WORK_DOCUMENTS),
    )
    ins = list(portions(inputs, MAX_SUBJECTS // 2, MAX_BYTES // 2))
    outs = list(portions(outputs, MAX_SUBJECTS // 2, MAX_BYTES // 2))
    for column, made in enumerate(outs):
        for row, used in enumerate(ins):
            data = {
                "inputs": [thing.lot() if column == 0 else {"lot": thing.uri} for thing in used],
                "outputs": [thing.lot() if row == 0 else {"lot": thing.uri} for thing in made],
            }
            yield Made("processing", made[0].uri, data | shared)


def _outputs(event: Event) -> list[Thing]:
    """What came out of a processing, read again without taking it from the rest a second time."""
    if event.type == "TransformationEvent":
        return take(event.said, {}, "outputEPCList", "outputQuantityList")
    if event.action == "ADD":
        return [Thing(identifier(event.said["parentID"], "parentID"))]
    return _children(event.said, {})


def _children(said: dict[str, Any], rest: dict[str, Any]) -> list[Thing]:
    return [
        *take(said, rest, "childEPCs", "childQuantityList"),
        *take(said, rest, "epcList", "quantityList"),
    ]


def _inspection(event: Event, measured: list[Reading], beside: Made | None) -> Iterator[Made]:
    """Inspections of all the event's goods; beside a processing, of what came out of it."""
    if beside and beside.kind == "processing":
        things = _outputs(event)
    else:
        things = _all_things(event)
        if len(things) > 1 or (not beside and things[0].quantity is not None):
            _keep_lists(event)
    shared = _put(
        category="unspecified",
        report=document(event.said, cbv.REPORT_DOCUMENTS) or event.id,
        place=event.place,
    )
    for portion in portions(things):
        also = without_repeats((thing.uri for thing in portion), portion[0].uri)
        for start in range(0, len(measured), MAX_RESULTS):
            results = [reading.result() for reading in measured[start : start + MAX_RESULTS]]
            yield Made("inspection", portion[0].uri, {**shared, "results": results}, also)
