"""The recall list: whom to call, about which lots, with which papers; also as a CSV file."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TextIO

from trustledger.encoding import encode, format_time
from trustledger.views.changes import text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trustledger.views.model import Step, Trace

_HOLDING: Final = ("origin", "processing", "observation")
"""Kinds, besides shipping, that say who had the goods, or where they were seen."""
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
        destination: Where it went, or who holds it, as the record says; empty if it does not. A laboratory
            that looked at a sample holds no goods.
        document: The paper that goes with it.
        date: When, RFC 3339, UTC.
        ref: Place of the record, ``12/0``.
        party: URI of who signed it.
        also_told_by: Places and parties of other records that say the very same of the same event.
        same_event: Place of the first record of the same event, where this one says something else about it:
            its quantity is not another quantity.
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
    also_told_by: str = ""
    same_event: str = ""


def recall_list(found: Trace) -> list[RecallRow]:
    """Everything that is affected, and where it went.

    What a correction says otherwise is left out; the correction stands in its place. What several parties say of
    one event stands once, so that its quantity is not counted twice.

    Args:
        found: A forward trace of what is recalled.

    Returns:
        A row for each handing-over of each affected subject; for a subject that was never handed over, one
        row for each record that says who had it, or where none does for each record about it. In the order of the
        trace.
    """
    sources = _sources(found)
    rows: list[RecallRow] = []
    for node in found.nodes:
        made_from = sources.get(node.subject, "")
        steps = [step for step in node.steps if step.state == "shown" and step.counts and step.said]
        moved = [step for step in steps if step.about_kind == "shipping"]
        about = [step for step in steps if step.standing in ("about", "output")]
        held = [step for step in about if step.about_kind in _HOLDING]
        told = [(step, _row(node.subject, made_from, step)) for step in moved or held or about]
        rows += _once(told) or [RecallRow(node.subject, made_from, "", "", "", "", "", "", "", "")]
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


def _once(told: list[tuple[Step, RecallRow]]) -> list[RecallRow]:
    """Rows of one subject, in which nothing that happened once stands as if it had happened again."""
    rows: list[RecallRow] = []
    events: dict[Any, int] = {}
    for step, row in told:
        event = _event(step)
        number = next((n for n in (events.get(key) for key in event) if n is not None), None)
        if number is None:
            events.update(dict.fromkeys(event, len(rows)))
            rows.append(row)
            continue
        first = rows[number]
        if first[:8] == row[:8]:
            teller = f"{row.party} ({row.ref})"
            also = f"{first.also_told_by}; {teller}" if first.also_told_by else teller
            rows[number] = first._replace(also_told_by=also)
        else:
            same = (row.quantity, row.unit) == (first.quantity, first.unit)
            amount = {"quantity": "", "unit": ""} if same else {}
            rows.append(row._replace(same_event=first.ref, **amount))
    return rows


def _event(step: Step) -> tuple[Any, ...]:
    """What makes two records tell of one event: its id and part, or all that they say."""
    data = step.said
    event, part = data.get("event"), data.get("part")
    number = part.get("number") if isinstance(part, dict) else None
    named = (("event", event, number),) if isinstance(event, str) else ()
    return (*named, ("content", step.about_kind, step.occurred_at, encode(dict(data))))


def _row(subject: str, made_from: str, step: Step) -> RecallRow:
    data = step.said
    quantity, unit = _amount(subject, data)
    return RecallRow(
        subject=subject,
        made_from=made_from,
        step=text_of(data.get("direction") or data.get("step")) or step.about_kind,
        quantity=quantity,
        unit=unit,
        destination=_destination(step),
        document=text_of(data.get("document")),
        date=format_time(step.sequenced_at if step.occurred_at is None else step.occurred_at),
        ref=step.ref,
        party=step.signed_by.uri,
    )


def _destination(step: Step) -> str:
    """Where goods went, or who had them; the place of a farm or of a laboratory is neither."""
    data = step.said
    if step.about_kind == "shipping":
        received = data.get("direction") == "received"
        return text_of(data.get("to")) or (step.signed_by.uri if received else "")
    if step.about_kind == "observation":
        return text_of(data.get("place"))
    return step.signed_by.uri if step.about_kind in _HOLDING else ""


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
