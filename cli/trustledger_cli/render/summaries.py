"""What a step says, on one line: amounts with their units, results with their limits, words for codes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from trustledger.views.model import Node, Step
from trustledger_cli.render.records import field_name, price
from trustledger_cli.render.screen import Screen, clean

_BARE: Final = frozenset({"name", "step", "category", "place", "country", "direction", "note", "reason"})
"""Fields whose value needs no name beside it."""
_ELSEWHERE: Final = frozenset(
    {"unit", "currency", "results", "inputs", "outputs", "lots", "temperatures", "components", "event"}
)
"""Fields that stand beside another, on a line of their own, or in the tree itself."""
_RESULTS: Final = 4
_CHANGES: Final = 12
WORDS: Final = {
    "dispatched": "word.dispatched",
    "received": "word.received",
    "incorrect_data": "word.incorrect_data",
    "did_not_occur": "word.did_not_occur",
}
"""Codes in data that are shown as words."""


def details(screen: Screen, step: Step) -> str:
    """A step's telling fields, joined."""
    return " · ".join([*_fields(screen, step), *_temperatures(step.data), *_results(screen, step.data)])


def corrected(screen: Screen, step: Step) -> list[str]:
    """What a correction says otherwise: a line for each field, old → new."""
    lines = []
    for change in step.changes[:_CHANGES]:
        name = field_name(step.about_kind, change.path, screen.language)
        new = screen.say("trace.sealed_value") if change.sealed else clean(change.new) or "—"
        lines.append(f"{name}  {clean(change.old) or '—'} → {new}")
    if len(step.changes) > _CHANGES:
        lines.append(f"+{len(step.changes) - _CHANGES}")
    return lines


def product_name(screen: Screen, node: Node) -> str:
    """What a product is called, from what its brand owner said last; empty if nobody did."""
    for step in reversed(node.steps):
        names = step.said.get("names") if step.about_kind == "product" and step.counts else None
        if isinstance(names, Mapping) and names:
            return clean(names.get(screen.language) or next(iter(names.values())))
    return ""


def _fields(screen: Screen, step: Step) -> Iterator[str]:
    for name, value in step.summary:
        if name in _ELSEWHERE:
            continue
        text = screen.say(WORDS[value]) if value in WORDS else clean(value)
        if name == "quantity":
            yield f"{text} {clean(step.data.get('unit', ''))}".rstrip()
        elif name == "price":
            yield price(screen, step.data.get(name), step.data.get("currency"))
        elif name in _BARE:
            yield text
        else:
            yield f"{field_name(step.kind, name, screen.language)} {text}"


def _temperatures(data: Mapping[str, Any]) -> Iterator[str]:
    for one in _maps(data.get("temperatures"))[:_RESULTS]:
        yield f"{clean(one.get('value', '?'))} {clean(one.get('unit', ''))}".rstrip()


def _results(screen: Screen, data: Mapping[str, Any]) -> Iterator[str]:
    results = _maps(data.get("results"))
    for one in results[:_RESULTS]:
        unit = clean(one.get("unit", ""))
        if one.get("not_detected") is True:
            shown = screen.say("record.not_detected") + (
                f" (< {clean(one['loq'])} {unit})" if "loq" in one else ""
            )
        else:
            shown = f"{clean(one.get('value', '?'))} {unit}"
        limit = screen.say("trace.limit", limit=one["limit"]) if "limit" in one else ""
        yield f"{clean(one.get('parameter', '?'))} {shown}{limit}".rstrip()
    if len(results) > _RESULTS:
        yield f"+{len(results) - _RESULTS}"


def _maps(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
