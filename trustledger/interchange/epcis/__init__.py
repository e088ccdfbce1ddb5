"""EPCIS 2.0 events (JSON or JSON-LD) as rows.

Importing is lenient where the meaning is clear (CBV words as bare words, URNs, web URIs or CURIEs; EPC URNs
and Digital Links on any host; numbers written as text) and refuses what would have to be guessed. Nothing of
an event is lost: what has no field of its own stands under ``data.epcis`` in the event's own words.
`trustledger.interchange.epcis.events` says which event becomes which record.

**An event seen twice** is recognised by ``data.event``: its eventID, or, without one, a hash of its content
less recordTime, the same for any order of keys. Two *different* contents under one eventID are refused by the
ledger, as two records with one business key; so is an event that comes a second time with a recordTime it did
not have.

**Limits:** 64 MiB a file, 14 levels an event, 40 characters a number, 10,000 records an event. Contexts named
by their address are never fetched. XML is refused.
"""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from trustledger.errors import FormatError
from trustledger.interchange.epcis.reading import load
from trustledger.interchange.epcis.splitting import rows
from trustledger.interchange.rows import Place, Problem, ReadOptions, Row, RowOrProblem

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "occurred_at": "eventTime",
        "data.event": "eventID",
        "data.step": "bizStep",
        "data.disposition": "disposition",
        "data.place": "bizLocation",
        "data.document": "bizTransactionList",
        "data.report": "bizTransactionList",
        "data.run": "transformationID",
        "data.from": "sourceList",
        "data.to": "destinationList",
        "data.results": "sensorElementList",
        "data.temperatures": "sensorElementList",
        "data.inputs": "inputEPCList, inputQuantityList",
        "data.outputs": "outputEPCList, outputQuantityList",
        "data.lots": "epcList, quantityList",
        "data.quantity": "quantityList.0.quantity",
        "data.unit": "quantityList.0.uom",
    }
)
"""Field of a row → where in an event it comes from, so that a problem found later names what the sender can
find."""
_REPORTED: Final = 1_000


def read(path: str | Path, options: ReadOptions | None = None) -> Iterator[RowOrProblem]:
    """Read a file of EPCIS 2.0 JSON or JSON-LD.

    Args:
        path: An EPCISDocument, an EPCISQueryDocument, one bare event, or an array of events.
        options: Only ``name`` and ``progress`` matter here; an event says the rest itself.

    Yields:
        A `Row` for each record and a `Problem` for each event that cannot become one. ``place.row`` is the
        number of the event in the file, from 1, ``column`` the path within the event. An event becomes all of
        its rows or a problem. No error is raised.
    """
    options = options or ReadOptions()
    name = options.name or str(path)
    try:
        source = load(path)
    except FormatError as error:
        yield Problem.at(Place(name), error)
        return
    total = len(source.events)
    size = Path(path).stat().st_size if options.progress else 0
    for number, said in enumerate(source.events, start=1):
        try:
            plain = rows(said, source.prefixes)
        except FormatError as error:
            yield Problem.at(Place(name, number, _column(error)), error)
            continue
        for row in plain:
            yield Row(Place(name, number), row, (number,), COLUMNS)
        if options.progress and (number % _REPORTED == 0 or number == total):
            options.progress(size * number // total)


def _column(error: FormatError) -> str | None:
    column = error.facts.get("column")
    return column if isinstance(column, str) else None
