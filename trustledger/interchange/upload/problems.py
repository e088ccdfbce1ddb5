"""Everything that is wrong with some files: all of it counted, the first thousand kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustledger.interchange.rows import Place, Problem

if TYPE_CHECKING:
    from trustledger.errors import FormatError, InputError
    from trustledger.interchange.rows import Row

MAX_PROBLEMS: Final = 1_000
"""Problems kept to be shown; more than that are counted. A person mends the first hundred and tries again."""


class Problems:
    """A bounded list that knows its true length.

    Attributes:
        count: How many problems were added.
        rows: How many rows have one; problems of one row are added one after another.
    """

    def __init__(self, limit: int = MAX_PROBLEMS) -> None:
        self.count = 0
        self.rows = 0
        self._limit = limit
        self._kept: list[tuple[int, int, Problem]] = []
        self._last: Place | None = None

    def add(self, file: int, problem: FormatError, place: Place, *, counted: bool = False) -> None:
        """Add a problem.

        Args:
            file: Number of the file, for the order in which problems are shown.
            problem: What is wrong.
            place: Where, unless the problem knows itself.
            counted: Its row is among `rows` already.
        """
        found = problem if isinstance(problem, Problem) else Problem.at(place, problem)
        place = found.place
        self.count += 1
        row = place._replace(column=None)
        if not counted and (row != self._last or row.row is None):
            self.rows += 1
            self._last = row
        if len(self._kept) < self._limit:
            self._kept.append((file, place.row or 0, found))

    def add_row(self, file: int, row: Row, error: InputError) -> None:
        """Add what a kind found wrong with a row, each problem at its cell."""
        for problem in error.problems:
            at = problem.facts.get("at")
            place = row.locate(at) if isinstance(at, str) and at else row.place
            self.add(file, Problem.at(place, problem), place)

    def add_rest(self, file: int, row: Row, error: InputError) -> None:
        """Add what a kind found wrong with a row that has unreadable cells: not that these are missing."""
        if row.broken is None:
            return
        for problem in error.problems:
            if row.broken.apart and problem.code == "kinds.missing":
                continue
            at = problem.facts.get("at")
            place = row.locate(at) if isinstance(at, str) and at else row.place
            if place.column not in row.broken.columns:
                self.add(file, Problem.at(place, problem), place, counted=place.row in row.broken.rows)

    def shown(self) -> tuple[Problem, ...]:
        """Those that were kept, in the order of files and rows."""
        return tuple(problem for _, _, problem in sorted(self._kept, key=lambda kept: kept[:2]))
