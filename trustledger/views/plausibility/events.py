"""One event told several times is one event; told in two ways it is a finding."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from trustledger.errors import FormatError
from trustledger.kinds.units import unit
from trustledger.views.model import Finding
from trustledger.views.plausibility.places import end_of

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening
    from trustledger.views.plausibility.quantity import Stated


class Told(NamedTuple):
    """What happened, each thing once.

    Attributes:
        happenings: In the order of the log; of several tellings of one event the first.
        findings: Events that are told with different goods or figures.
    """

    happenings: tuple[Happening, ...]
    findings: tuple[Finding, ...]


def told_once(happenings: Iterable[Happening]) -> Told:
    """Leave out what only repeats an earlier record.

    Two records tell of one event if they have the same ``event`` and part; or if two *parties* say the same of the same
    moment, goods and place or ends, without naming different papers. What one party says twice happened twice; and so
    did what two say without a place, since several farms bring the same amount on one day.
    """
    kept: list[Happening] = []
    findings: list[Finding] = []
    by_event: dict[Hashable, Happening] = {}
    by_content: dict[Hashable, dict[str | None, set[str]]] = {}
    for one in sorted(happenings, key=lambda each: each.place):
        event, content = _event(one), _content(one)
        first = by_event.get(event) if event else None
        if first is not None:
            if _content(first)[-1] != content[-1]:
                findings.append(_differs(first, one))
            continue
        same = by_content.setdefault(content, {})
        if _restates(one, same):
            continue
        _note(one, same)
        kept.append(one)
        if event:
            by_event[event] = one
    return Told(tuple(kept), tuple(findings))


def _event(one: Happening) -> Hashable:
    event, part = one.data.get("event"), one.data.get("part")
    if not isinstance(event, str) or not event:
        return None
    number = part.get("number") if isinstance(part, dict) else None
    return event, number if type(number) is int else 1, one.kind


def _content(one: Happening) -> tuple[Hashable, ...]:
    ends = (end_of(one.text("from")), end_of(one.text("to")), end_of(one.text("place")))
    step = one.text("step"), one.text("direction"), one.text("report")
    amounts = tuple(tuple(sorted(map(_amount, group))) for group in (one.inputs, one.outputs, one.moved))
    return one.kind, one.at, one.subject, ends, step, amounts


def _amount(one: Stated) -> tuple[str, str, str]:
    """An amount in base units, so that 1 t and 1,000 kg are the same figure."""
    try:
        of = unit(one.unit)
        return one.lot, str(of.to_base(one.quantity)), of.dimension
    except FormatError:
        return one.lot, one.quantity, one.unit


def _restates(one: Happening, told: dict[str | None, set[str]]) -> bool:
    """Whether another party has told the same under the same paper, or one of both names none."""
    if not any(one.text(name) for name in ("from", "to", "place")):
        return False
    paper = one.text("document")
    others = told.get(None, set()) if not paper else told.get("", set()) | told.get(paper, set())
    return bool(others - {one.party})


def _note(one: Happening, told: dict[str | None, set[str]]) -> None:
    """Remember who told it under which paper, and under any (None)."""
    for paper in (None, one.text("document")):
        told.setdefault(paper, set()).add(one.party)


def _differs(first: Happening, one: Happening) -> Finding:
    facts = {"event": one.text("event"), "seen": _figures(one), "expected": _figures(first)}
    return Finding("plausibility.event_differs", one.subject, one.ref, facts, "alarm", (first.ref,))


def _figures(one: Happening) -> str:
    """The amounts of a record in a line: ``250 lb → 25 case``."""
    groups = (one.inputs, one.outputs, one.moved)
    return " → ".join(
        " + ".join(f"{each.quantity} {each.unit}".strip() or "—" for each in group)
        for group in groups
        if group
    )
