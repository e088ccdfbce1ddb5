"""A CSV file into rows and problems, one line at a time."""

from __future__ import annotations

import csv
import sqlite3
from itertools import chain
from typing import TYPE_CHECKING, Final, TextIO

from trustledger.errors import FormatError
from trustledger.interchange.csv import decoding
from trustledger.interchange.csv.cells import MAX_CELL
from trustledger.interchange.csv.columns import normal
from trustledger.interchange.csv.finish import finish, rest
from trustledger.interchange.csv.grouping import Gathered, Window
from trustledger.interchange.csv.header import ALL_NAMES, Plans
from trustledger.interchange.rows import Place, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trustledger.interchange.csv.plan import Found, Part, Plan
    from trustledger.interchange.rows import ReadOptions, RowOrProblem

_PROGRESS_EVERY: Final = 1024  # rows


def read(path: Path, options: ReadOptions) -> Iterator[RowOrProblem]:
    """Read a CSV file as merchants have it.

    UTF-8 with or without BOM, GB 18030, UTF-16 with BOM; comma, semicolon or tab; headers in English or
    Chinese. Rows of one report (run, document) are gathered into one record, which comes when 16,384 others
    have begun after it or the file ends. So problems may come before rows that stand above them.

    Args:
        path: The file.
        options: What it does not say itself.

    Yields:
        A row for each record; a problem for each bad cell or row. A record with a bad row is not yielded.

    Raises:
        OSError: The file cannot be read.
        FormatError: It is not CSV at all, or cannot be decoded.
    """
    name = options.name or str(path)
    codec = decoding.encoding_of(path)
    with path.open(encoding=codec, newline="") as file:
        reading = _Reading(name, file, options)
        try:
            yield from reading.items()
        except csv.Error:
            yield Problem("csv.quote", Place(name, reading.row + 1))
        except UnicodeError:  # it decoded a moment ago: somebody is writing to it
            yield Problem("csv.encoding", Place(name, reading.row + 1))
        except sqlite3.Error as error:
            yield Problem("csv.temporary", Place(name), seen=str(error))
        finally:
            reading.window.discard()


class _Reading:
    """One pass over one file."""

    def __init__(self, name: str, file: TextIO, options: ReadOptions) -> None:
        self.row = 0  # of the last line read, as a spreadsheet numbers it
        self.window = Window()
        self._long = False  # the last line, as a whole, is longer than a cell may be
        self._name = name
        self._file = file
        self._options = options

    def items(self) -> Iterator[RowOrProblem]:
        rows = self._rows()
        header = next(rows, None)
        if header is None:
            yield Problem("csv.empty", Place(self._name))
            return
        try:
            plans = Plans(header, self._options)
        except FormatError as error:
            column = error.facts.pop("column", None)
            yield Problem.at(Place(self._name, self.row, str(column) if column else None), error)
            return
        if plans.unknown:
            yield from self._problems(plans.unknown, header)
            return
        yield from self._records(rows, header, plans)
        for record in self.window.drain():
            yield from self._finished(record)

    def _rows(self) -> Iterator[list[str]]:
        """Lines as cells, empty ones left out; `row` follows."""
        first = ""
        for first in self._file:
            self.row += 1
            if first.strip():
                break
        self.row -= 1
        delimiter = decoding.delimiter_of(first, ALL_NAMES, normal)
        for cells in csv.reader(chain((first,), self._file), delimiter=delimiter, strict=True):
            self.row += 1
            text = "".join(cells)
            if text and not text.isspace():
                self._long = len(text) > MAX_CELL
                yield cells

    def _records(self, rows: Iterator[list[str]], header: list[str], plans: Plans) -> Iterator[RowOrProblem]:
        width, progress = len(header), self._options.progress
        found: Found = []
        for cells in rows:
            if progress is not None and self.row % _PROGRESS_EVERY == 0:
                progress(self._file.buffer.tell())
            if len(cells) != width:
                yield Problem("csv.width", Place(self._name, self.row), seen=len(cells), expected=width)
                continue
            done = self._take(cells, plans, found)
            if found:
                yield from self._problems(found, header)
                found.clear()
            if done is not None:
                yield from self._finished(done)
        if progress is not None:
            progress(self._file.buffer.tell())

    def _take(self, cells: list[str], plans: Plans, found: Found) -> Gathered | None:
        """Read one row into its record; returns a record that nothing more can be added to."""
        if self._long and max(map(len, cells)) > MAX_CELL:
            found.append((-1, FormatError("csv.long_cell", seen=max(map(len, cells)), expected=MAX_CELL)))
            return None
        try:
            plan = plans.plan_for(cells)
        except FormatError as error:
            found.append((-1, error))
            return None
        part = plan.read(cells, found)
        key = plan.group_of(part.root)
        if key is None:
            return self._begun(plan, part, found)
        record = self.window.find(key)
        if record is not None:
            record.add(self.row, part, found)
            if found:
                record.bad = record.bad.union(self._cells(plan, found))
            return None
        began = self.window.closed_row(key)
        if began is not None:
            found.append((-1, FormatError("csv.came_back", first=began)))
            return None
        return self.window.open(key, self._begun(plan, part, found))

    def _begun(self, plan: Plan, part: Part, found: Found) -> Gathered:
        record = Gathered(self.row, plan, part, broken=bool(found))
        if found:
            record.bad = record.bad.union(self._cells(plan, found))
        return record

    def _cells(self, plan: Plan, found: Found) -> Iterator[tuple[int, str | None]]:
        """The cells of this row that have a problem."""
        for index, _ in found:
            yield self.row, plan.header[index] if index >= 0 else None

    def _finished(self, record: Gathered) -> Iterator[RowOrProblem]:
        if not record.broken:
            yield finish(record, self._name)
        elif self._options.broken and (row := rest(record, self._name)) is not None:
            yield row

    def _problems(self, found: Found, header: list[str]) -> Iterator[Problem]:
        for index, error in found:
            column = (header[index].strip() or f"#{index + 1}") if index >= 0 else None
            yield Problem.at(Place(self._name, self.row, column), error)
