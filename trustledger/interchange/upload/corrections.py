"""A correction that the ledger would refuse: at which cell of its row, and what to write there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustledger.errors import InputError
from trustledger.interchange.rows import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustledger.errors import TrustLedgerError
    from trustledger.interchange.rows import Row

_AT: Final = {
    "ledger.corrects_nothing": ("upload.corrects_nothing", "data.supersedes.entry"),
    "ledger.corrects_other": ("upload.corrects_other", "data.supersedes.record"),
    "ledger.corrects_others_word": ("upload.corrects_others_word", "data.supersedes.entry"),
    "ledger.corrects_elsewhere": ("upload.corrects_elsewhere", "subject"),
}
"""The ledger names a position in a statement; a person looks for a cell of a sheet."""


def dead_correction(row: Row, error: TrustLedgerError) -> Iterator[Problem]:
    """The problems of a row whose correction would be refused.

    Args:
        row: The row.
        error: What `trustledger.ledger.appending.Appender.check_corrections` found.

    Yields:
        One problem, or one for each field of the corrected data that the corrected record's kind does not allow.
    """
    if isinstance(error, InputError) and error.problems:
        for problem in error.problems:
            at = str(problem.facts.get("at", ""))
            yield Problem.at(row.locate("data." + at if at.startswith("data") else at or "data"), problem)
        return
    code, at = _AT.get(error.code, (error.code, ""))
    facts = {name: value for name, value in error.facts.items() if name != "position"}
    yield Problem(code, row.locate(at) if at else row.place, **facts)
