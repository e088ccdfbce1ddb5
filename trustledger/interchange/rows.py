"""What every importer yields, whatever the file was: plain rows, and problems with their place.

A *plain row* is the JSON Lines form of a record, as a dict::

    {"kind": …, "subject": URI, "also": [URI…], "occurred_at": RFC 3339 text, "data": {…},
     "seal": ["/pointer"…], "evidence": ["path" or {"media_type", "name", "sha256", "size"}…]}

``also``, ``seal`` and ``evidence`` may be absent. Importers only bring files into this form; whether the data is what
its kind allows is for `trustledger.kinds` to say. They are iterators that never stop at the first problem: a problem
is an item of the iteration, so a dry run can list every bad row at once.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from trustledger.errors import FormatError, Language

_NO_COLUMNS: Final[Mapping[str, str]] = MappingProxyType({})
_INDEX: Final = re.compile(r"\.(\d+)(?=\.|$)")


class Place(NamedTuple):
    """Where something stands in a file a person can open.

    Attributes:
        file: The file's name as the person gave it.
        row: Line as an editor or spreadsheet shows it, from 1; the header of a CSV file is 1. None: the whole file.
        column: The column's header as written, or the path of the field. None: the whole row.
    """

    file: str
    row: int | None = None
    column: str | None = None


class Row(NamedTuple):
    """One record-to-be.

    Attributes:
        place: Where it begins.
        plain: The plain row (see this module's first lines).
        rows: Every source row merged into it, in the order they were read; the first is ``place.row``.
        columns: Path of a field (``data.results.*.value``; ``*`` for an index) → header of the column it came from.
            Shared by all rows of a file.
    """

    place: Place
    plain: dict[str, Any]
    rows: tuple[int, ...]
    columns: Mapping[str, str] = _NO_COLUMNS

    def locate(self, at: str) -> Place:
        """The cell that a field came from, as exactly as it is known.

        Args:
            at: A field's path as errors give it: ``occurred_at``, ``data.results.1.value``.

        Returns:
            The place with a column where one is known; for an item of a list that was gathered from several rows,
            the row that brought the item.
        """
        row = self.place.row
        found = _INDEX.search(at)
        if found and 0 <= int(found[1]) < len(self.rows):
            row = self.rows[int(found[1])]
        general = _INDEX.sub(".*", at)
        while general not in self.columns and "." in general:
            general = general.rpartition(".")[0]
        return Place(self.place.file, row, self.columns.get(general, at))


RowOrProblem: TypeAlias = Row | FormatError
"""An importer's item. A problem carries the facts ``file``, ``row``, ``column``, ``seen``, ``expected`` as far as known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a file alone does not say.

    Attributes:
        party: URI of the party whose lots are meant where a lot has no GTIN; None refuses such rows.
        zone: Time zone of times written without an offset; None refuses such times.
        kind: Kind of all rows of a CSV file without a kind column; None detects it from the header.
        language: Where a ``name`` column does not say its language, this is it.
        progress: Called now and then with the bytes of this file read so far (compare `total_bytes`).
        name: What to call the file in places; None takes the path as given.
    """

    party: str | None = None
    zone: ZoneInfo | None = None
    kind: str | None = None
    language: Language = "en"
    progress: Callable[[int], None] | None = None
    name: str | None = None


def total_bytes(paths: Iterable[str | Path]) -> int:
    """Size of all files together, in bytes; a file that cannot be asked counts 0 (reading it will say why)."""
    total = 0
    for path in paths:
        try:
            total += Path(path).stat().st_size
        except OSError:
            continue
    return total


def read_rows(path: str | Path, options: ReadOptions | None = None) -> Iterator[RowOrProblem]:
    """Read any file of rows: CSV, JSON Lines, or EPCIS 2.0 JSON.

    The ending decides (``.csv .tsv .txt``, ``.jsonl .ndjson``, ``.json .jsonld``); with any other ending, the first bytes.
    Memory does not grow with the file.

    Args:
        path: The file.
        options: What the file does not say itself.

    Yields:
        A `Row` for each record, a `FormatError` for each problem. A problem that ends the reading (a file that cannot
        be opened or decoded) is the last item; no error is raised.
    """
    raise NotImplementedError
    yield  # pragma: no cover
