"""What every importer yields, whatever the file was: plain rows, and problems with their place.

A *plain row* is the JSON Lines form of a record, as a dict::

    {"kind": …, "subject": URI, "also": [URI…], "occurred_at": RFC 3339 text, "data": {…},
     "seal": ["/pointer"…], "evidence": ["path" or {"media_type", "name", "sha256", "size"}…]}

``also``, ``seal`` and ``evidence`` may be absent. Importers only bring files into this form; whether the
data is what its kind allows is for `trustledger.kinds` to say. They are iterators that never stop at the
first problem: a problem is an item of the iteration, so a dry run can list every bad row at once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from trustledger.errors import FormatError, TrustLedgerError
from trustledger.messages import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from trustledger.errors import Language

_NO_COLUMNS: Final[Mapping[str, str]] = MappingProxyType({})
_SNIFFED: Final = 4096  # bytes; an EPCIS document or a row shows what it is well before
_FORMS: Final = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "epcis",
    ".jsonld": "epcis",
}
_NOT_ROWS: Final = {
    b"PK\x03\x04": "rows.workbook",  # .xlsx, .ods
    b"\xd0\xcf\x11\xe0": "rows.workbook",  # .xls
    b"%PDF": "rows.pdf",
}
_NO_SOURCES: Final[Mapping[str, tuple[int, ...]]] = MappingProxyType({})
_INDEX: Final = re.compile(r"\.(\d+)(?=\.|$)")


class Place(NamedTuple):
    """Where something stands in a file a person can open.

    Attributes:
        file: The file's name as the person gave it.
        row: Row as a spreadsheet numbers it (a line of JSON Lines), from 1, the header included. None: the
            whole file.
        column: The column's header as written, or the path of the field. None: the whole row.
    """

    file: str
    row: int | None = None
    column: str | None = None


OwnLot: TypeAlias = tuple[str, str, str | None]
"""A lot that stands under the party that signs: its URI, its number as read, its GTIN (14 digits) if it has one."""


class Broken(NamedTuple):
    """What could not be read of a row; each is a problem that came before the row.

    Attributes:
        columns: Headers of the cells.
        rows: The source rows that have one.
        apart: Among these cells are such as bring the rows of one record together, so what is missing here may
            stand in another row.
    """

    columns: frozenset[str]
    rows: frozenset[int]
    apart: bool = False


class Row(NamedTuple):
    """One record-to-be.

    Attributes:
        place: Where it begins.
        plain: The plain row (see this module's first lines).
        rows: Every source row merged into it, in the order they were read; the first is ``place.row``.
        columns: Path of a field (``data.results.*.value``; ``*`` for an index) → header of the column it came
            from; for a field the file has no column for, the header of a template. Shared by all rows of a file.
        sources: Name of a list in data → the source row of each of its items, where several rows were merged.
        own_lots: Lots that were named under the signer because the file does not say whose they are. Another
            party may have a lot of that number, and mean another lot, or this one.
        written: The cell of ``occurred_at`` in the row where the record begins; None: it did not come from one.
        broken: The row is not to be appended, only looked at for what else is wrong with it; see
            `ReadOptions.broken`. None: it is whole.
    """

    place: Place
    plain: dict[str, Any]
    rows: tuple[int, ...]
    columns: Mapping[str, str] = _NO_COLUMNS
    sources: Mapping[str, tuple[int, ...]] = _NO_SOURCES
    own_lots: tuple[OwnLot, ...] = ()
    written: str | None = None
    broken: Broken | None = None

    def locate(self, at: str) -> Place:
        """The cell that a field came from, as exactly as it is known.

        Args:
            at: A field's path as errors give it: ``occurred_at``, ``data.results.1.value``, or as a pointer
                into data, ``/results/1/value``.

        Returns:
            The place with a column where one is known (else the path stands for it); for an item of a list
            that was gathered from several rows, the row that brought the item.
        """
        if at.startswith("/"):
            at = "data" + at.replace("/", ".")
        row, steps = self.place.row, at.split(".")
        rows = self.sources.get(steps[1], ()) if len(steps) > 2 else ()
        if rows and steps[2].isdecimal() and int(steps[2]) < len(rows):
            row = rows[int(steps[2])]
        return Place(self.place.file, row, self._header(_INDEX.sub(".*", at), at))

    def _header(self, general: str, at: str) -> str | None:
        """The header of a field's column; of one that has several (a list, an amount), the first of these.

        A file without columns has paths; a field that no column has, none.
        """
        if not self.columns:
            return at
        within = f"{general}."
        if general not in self.columns:
            inner = next((path for path in self.columns if path.startswith(within)), None)
            if inner is not None:
                return self.columns[inner]
        while general not in self.columns and "." in general:
            general = general.rpartition(".")[0]
        return self.columns.get(general)


class Problem(FormatError):  # noqa: N818 -- an item of a list of things to mend; mostly it is not raised
    """Something in a file that a person has to mend, and where it stands.

    Args:
        code: Key of the message catalogue, of any room.
        place: File, row and column; they become facts of these names and begin the sentence.
        **facts: ``seen``, ``expected`` and the like.
    """

    def __init__(self, code: str, /, place: Place | None = None, **facts: object) -> None:
        if place is not None:
            facts |= {name: value for name, value in place._asdict().items() if value is not None}
        super().__init__(code, **facts)

    @classmethod
    def at(cls, place: Place, error: TrustLedgerError) -> Problem:
        """The same error with its place, so that any room's errors can be shown beside their cell."""
        return cls(error.code, place, **error.facts)

    @property
    def place(self) -> Place:
        """Where the problem stands."""
        row, column = self.facts.get("row"), self.facts.get("column")
        return Place(
            str(self.facts.get("file", "?")),
            row if isinstance(row, int) else None,
            column if isinstance(column, str) else None,
        )

    def text(self, language: Language = "en") -> str:
        """The place and the sentence, in ``language``."""
        place = self.place
        code = (
            "rows.at_file" if place.row is None else "rows.at_row" if place.column is None else "rows.at_cell"
        )
        return render(code, language, self.facts) + self.sentence(language)

    def sentence(self, language: Language = "en") -> str:
        """The sentence without its place, for a table in which the place has columns of its own."""
        sentence, at = super().text(language), self.facts.get("at")
        if at and self.place.column is not None:  # the place in the file says it, in the file's own words
            sentence = sentence.removeprefix(f"{at}: ").removeprefix(f"{at}：")
        return sentence


RowOrProblem: TypeAlias = Row | FormatError
"""An importer's item. A problem is a `Problem` wherever its place is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a file alone does not say.

    Attributes:
        party: URI of the party whose lots are meant where a lot has no GTIN and its row names no party; None
            refuses such rows.
        zone: Time zone of times written without an offset; None refuses such times.
        kind: Kind of all rows of a CSV file without a kind column; None detects it from the header.
        language: Where a ``name`` column does not say its language, this is it.
        progress: Called now and then with the bytes of this file read so far (compare `total_bytes`).
        name: What to call the file in places; None takes the path as given.
        broken: Yield rows with unreadable cells too, as far as they were read and marked so, after the problems
            of these cells: what else is wrong with them can then be told at once.
    """

    party: str | None = None
    zone: ZoneInfo | None = None
    kind: str | None = None
    language: Language = "en"
    progress: Callable[[int], None] | None = None
    name: str | None = None
    broken: bool = False


def total_bytes(paths: Iterable[str | Path]) -> int:
    """Size of all files together, in bytes; one that cannot be asked counts 0 (reading it will say why)."""
    total = 0
    for path in paths:
        try:
            total += Path(path).stat().st_size
        except OSError:
            continue
    return total


def read_rows(path: str | Path, options: ReadOptions | None = None) -> Iterator[RowOrProblem]:
    """Read any file of rows: CSV, JSON Lines, or EPCIS 2.0 JSON.

    The ending decides (``.csv .tsv .txt``, ``.jsonl .ndjson``, ``.json .jsonld``); with any other ending,
    the first bytes. Memory does not grow with the file.

    Args:
        path: The file.
        options: What the file does not say itself.

    Yields:
        A `Row` for each record, a `FormatError` for each problem. A problem that ends the reading (a file
        that cannot be opened or decoded) is the last item; no error is raised.
    """
    path, options = Path(path), options or ReadOptions()
    place = Place(options.name or str(path))
    try:
        with path.open("rb") as file:
            start = file.read(_SNIFFED)
        yield from _reader(path, start)(path, options)
    except OSError as error:
        yield Problem("rows.unreadable", place, seen=error.strerror or type(error).__name__)
    except FormatError as error:
        yield error if isinstance(error, Problem) else Problem.at(place, error)


def _reader(path: Path, start: bytes) -> Callable[[Path, ReadOptions], Iterator[RowOrProblem]]:
    """Choose an importer; each is imported only when a file asks for it."""
    form = _FORMS.get(path.suffix.lower()) or _form_of(start)
    for magic, code in _NOT_ROWS.items():
        if start.startswith(magic):
            raise FormatError(code)
    if form == "epcis":
        from trustledger.interchange import epcis  # noqa: PLC0415

        return epcis.read
    if form == "jsonl":
        from trustledger.interchange import jsonl  # noqa: PLC0415

        return jsonl.read
    from trustledger.interchange import csv  # noqa: PLC0415

    return csv.read


def _form_of(start: bytes) -> str:
    """Tell a file without a known ending by its first line."""
    first, newline, _ = start.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")
    if first[:1] == b"<":
        return "epcis"  # which says what to do with XML
    if first[:1] not in (b"{", b"["):
        return "csv"
    return "jsonl" if newline and first.rstrip().endswith(b"}") and b'"kind"' in first else "epcis"
