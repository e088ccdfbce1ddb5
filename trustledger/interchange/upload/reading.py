"""Pass 1: rows become drafts, and everything that is wrong is found before anything is appended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from trustledger.interchange.rows import Place, Problem
    from trustledger.record import Draft

MAX_PROBLEMS: Final = 1_000
"""Problems kept to be shown; more than that are counted. A person mends the first hundred and tries again."""

Stage = Literal["reading", "appending"]
Progress = Callable[[Stage, int, int], None]
"""Called now and then with (stage, done, total): bytes of all files while reading, records while appending."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One row as it was understood.

    Attributes:
        place: Where it stands.
        written: The time as the row has it, before it was interpreted.
        draft: What would be signed; ``draft.occurred_at`` is the time as interpreted. ``draft.seal`` is private.
    """

    place: Place
    written: str
    draft: Draft


@dataclass(frozen=True, slots=True)
class Check:
    """What an upload would do.

    Attributes:
        rows: Rows read, without headers and empty rows.
        records: Records they make (several rows may make one).
        new: Records that would be appended.
        existing: Records that stand already with the same content, or stand twice in the files.
        problems: What to mend, in the order of the files: at most `MAX_PROBLEMS`.
        problem_count: How many problems there are.
        to_fix: Rows that have a problem.
        samples: The first few records of each kind, as understood.
        compared: Whether a ledger was asked what stands already. If not, ``existing`` knows only these files.
    """

    rows: int
    records: int
    new: int
    existing: int
    problems: tuple[Problem, ...]
    problem_count: int
    to_fix: int
    samples: tuple[Sample, ...]
    compared: bool

    @property
    def ok(self) -> bool:
        """Whether an upload would append."""
        return self.problem_count == 0
