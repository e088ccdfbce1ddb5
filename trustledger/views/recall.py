"""The recall list: whom to call, about which lots, with which papers; also as a CSV file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustledger.views.model import Trace


class RecallRow(NamedTuple):
    """One lot or item at one holder.

    Attributes:
        subject: The affected lot, item or logistic unit.
        made_from: What it was made from (the nearest subject towards the recalled one); empty for that one
        itself.
        step: ``dispatched`` or ``received``, or the step that made it where no handing-over is known.
        quantity: How much, a decimal; empty if not said.
        unit: Its unit.
        destination: Where it went, or who holds it, as the record says.
        document: The paper that goes with it.
        date: When, RFC 3339.
        ref: Place of the record, ``12/0``.
        party: URI of who signed it.
    """

    subject: str
    made_from: str
    step: str
    quantity: str
    unit: str
    destination: str
    document: str
    date: str
    ref: str
    party: str


def recall_list(found: Trace) -> list[RecallRow]:
    """Everything that is affected, and where it went.

    Args:
        found: A forward trace of what is recalled.

    Returns:
        A row for each handing-over of each affected subject; one row for a subject that was never handed
        over.
    """
    raise NotImplementedError


def write_recall_csv(rows: Iterable[RecallRow], out: TextIO) -> None:
    """Write the rows as CSV with a header.

    A cell that a spreadsheet would take for a formula begins with ``'`` (OWASP, "CSV injection").

    Args:
        rows: The list.
        out: Opened with ``newline=""``; use ``encoding="utf-8-sig"`` for a file that spreadsheets open.
    """
    raise NotImplementedError
