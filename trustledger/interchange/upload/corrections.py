"""Corrections in files: what they are about, and those that the ledger would refuse, at which cell of their row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trustledger.errors import InputError, NotFoundError
from trustledger.interchange.rows import Problem
from trustledger.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustledger.errors import TrustLedgerError
    from trustledger.interchange.rows import Row
    from trustledger.ledger import Ledger

_AT: Final = {
    "ledger.corrects_nothing": ("upload.corrects_nothing", "data.supersedes.entry"),
    "ledger.corrects_other": ("upload.corrects_other", "data.supersedes.record"),
    "ledger.corrects_others_word": ("upload.corrects_others_word", "data.supersedes.entry"),
    "ledger.corrects_elsewhere": ("upload.corrects_elsewhere", "subject"),
}
"""The ledger names a position in a statement; a person looks for a cell of a sheet."""


def about_target(ledger: Ledger, row: Row) -> Row:
    """A sheet's correction of a wrong output, as one about the lot that was written down wrong.

    In a sheet of outputs the first output is what a row is about. One that corrects it names the right lot, in whose
    chain the record that it corrects does not stand.

    Args:
        ledger: Where that record stands.
        row: Any row of the kind ``correction``.

    Returns:
        The row; with another subject if its own is an output of the corrected data, and none of that record's.
    """
    data = row.plain["data"]
    said, target = data.get("data"), data.get("supersedes")
    if not row.columns or not isinstance(said, dict) or not isinstance(target, dict):
        return row
    subject, entry, position = row.plain["subject"], target.get("entry"), target.get("position")
    outputs: list[Any] = said.get("outputs") or [{}]
    if outputs[0].get("lot") != subject or type(entry) is not int or type(position) is not int:
        return row
    try:
        standing = ledger.record(entry, position).record
    except NotFoundError:  # a problem of its own, later
        return row
    if not isinstance(standing, Record) or subject in standing.subjects:
        return row
    return row._replace(plain={**row.plain, "subject": standing.subjects[0]})


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
