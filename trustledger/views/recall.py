"""The recall list: whom to call, about which lots, with which papers; also as a CSV file."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from trustledger.encoding import format_time
from trustledger.views.goods import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trustledger.views.model import Step, Trace

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


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

    What was validly corrected is left out; its correction stands in its place.

    Args:
        found: A forward trace of what is recalled.

    Returns:
        A row for each handing-over of each affected subject; for a subject that was never handed over, one
        row for each record about it. In the order of the trace.
    """
    sources = _sources(found)
    rows: list[RecallRow] = []
    for node in found.nodes:
        made_from = sources.get(node.subject, "")
        steps = [step for step in node.steps if step.state == "shown" and not step.corrected_by]
        said = [(step, _effective(step)) for step in steps]
        moved = [(step, data) for step, data in said if step.about_kind == "shipping" and data]
        held = [(step, data) for step, data in said if step.standing in ("about", "output") and data]
        rows += [_row(node.subject, made_from, step, data) for step, data in moved or held]
        if not moved and not held:
            rows.append(RecallRow(node.subject, made_from, "", "", "", "", "", "", "", ""))
    return rows


def write_recall_csv(rows: Iterable[RecallRow], out: TextIO) -> None:
    """Write the rows as CSV with a header.

    A cell that a spreadsheet would take for a formula begins with ``'`` (OWASP, "CSV injection").

    Args:
        rows: The list.
        out: Opened with ``newline=""``; use ``encoding="utf-8-sig"`` for a file that spreadsheets open.
    """
    writer = csv.writer(out)
    writer.writerow(RecallRow._fields)
    writer.writerows([_safe(cell) for cell in row] for row in rows)


def _sources(found: Trace) -> dict[str, str]:
    """For each affected subject the nearest one that it was made from."""
    depths = {node.subject: node.depth for node in found.nodes}
    sources: dict[str, str] = {}
    for edge in sorted(found.edges, key=lambda one: (depths.get(one.source, 0), one.source)):
        if edge.target != found.subject:
            sources.setdefault(edge.target, edge.source)
    return sources


def _effective(step: Step) -> Mapping[str, Any]:
    """What a step says; of a valid correction, what it says instead. Empty if it did not occur."""
    if step.corrects is None:
        return step.data
    data = step.data.get("data")
    return data if isinstance(data, dict) else {}


def _row(subject: str, made_from: str, step: Step, data: Mapping[str, Any]) -> RecallRow:
    quantity, unit = _amount(subject, data)
    received = data.get("direction") == "received"
    holder = data.get("to") or (step.signed_by.uri if received else "") or data.get("place")
    return RecallRow(
        subject=subject,
        made_from=made_from,
        step=text_of(data.get("direction") or data.get("step")) or step.about_kind,
        quantity=quantity,
        unit=unit,
        destination=text_of(holder) or step.signed_by.uri,
        document=text_of(data.get("document")),
        date=format_time(step.sequenced_at if step.occurred_at is None else step.occurred_at),
        ref=step.ref,
        party=step.signed_by.uri,
    )


def _amount(subject: str, data: Mapping[str, Any]) -> tuple[str, str]:
    """How much of a subject a record names: in its lists, or for itself."""
    for name in ("outputs", "lots"):
        members = data.get(name)
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict) and member.get("lot") == subject:
                return text_of(member.get("quantity")), text_of(member.get("unit"))
    if "outputs" in data:
        return "", ""
    return text_of(data.get("quantity")), text_of(data.get("unit"))


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
