"""A trace as values that JSON can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trustledger.encoding import format_time
from trustledger.views.layouts.plain import layout_to_plain

if TYPE_CHECKING:
    from trustledger.views.model import Node, Signatory, Step, Trace


def to_plain(found: Trace) -> dict[str, Any]:
    """A trace as JSON-able values: times as RFC 3339 text, decimals as strings, hashes in hex.

    The form is part of the public interface: fields are only ever added.
    """
    return {
        "subject": found.subject,
        "direction": "forward" if found.forward else "back",
        "nodes": [_node(node) for node in found.nodes],
        "edges": [
            {
                "source": edge.source,
                "target": edge.target,
                "relation": edge.relation,
                "ref": edge.ref,
                "step": edge.step,
                "quantity": edge.quantity,
                "unit": edge.unit,
                "made": edge.made,
                "made_unit": edge.made_unit,
                "superseded": edge.superseded,
            }
            for edge in found.edges
        ],
        "products": [_node(node) for node in found.products],
        "findings": [
            {
                "code": one.code,
                "subject": one.subject,
                "ref": one.ref,
                "facts": dict(one.facts),
                "text": one.text(),
                "level": one.level,
                "refs": list(one.refs),
            }
            for one in found.findings
        ],
        "cut": found.cut,
        "independence": None if found.independence is None else found.independence.to_plain(),
        "layout": None if found.layout is None else layout_to_plain(found.layout),
    }


def _node(node: Node) -> dict[str, Any]:
    return {
        "subject": node.subject,
        "depth": node.depth,
        "classes": list(node.classes),
        "expanded": node.expanded,
        "records": node.records,
        "steps": [_step(step) for step in node.steps],
    }


def _step(step: Step) -> dict[str, Any]:
    return {
        "ref": step.ref,
        "kind": step.kind,
        "about_kind": step.about_kind,
        "state": step.state,
        "standing": step.standing,
        "signed_by": _signatory(step.signed_by),
        "cosigned_by": [_signatory(one) for one in step.cosigned_by],
        "occurred_at": None if step.occurred_at is None else format_time(step.occurred_at),
        "sequenced_at": format_time(step.sequenced_at),
        "subjects": list(step.subjects),
        "data": _value(step.data),
        "sealed": list(step.sealed),
        "evidence": [
            {"media_type": one.media_type, "name": one.name, "sha256": one.sha256.hex(), "size": one.size}
            for one in step.evidence
        ],
        "transcribed": step.transcribed,
        "corrects": step.corrects,
        "corrected_by": list(step.corrected_by),
        "counts": step.counts,
        "withdrawn": step.withdrawn,
        "decided_by": step.decided_by,
        "changes": [change._asdict() for change in step.changes],
        "doubts": [
            {
                "party": one.party,
                "key": one.key,
                "since": format_time(one.since),
                "entry": one.entry,
                "by": list(one.by),
            }
            for one in step.doubts
        ],
    }


def _signatory(one: Signatory) -> dict[str, Any]:
    return {"uri": one.uri, "name": one.name, "roles": list(one.roles)}


def _value(value: Any) -> Any:
    """A canonical value; bytes, which JSON does not know, in hex. A record nests at most 16 deep."""
    if isinstance(value, dict):
        return {name: _value(member) for name, member in value.items()}
    if isinstance(value, list):
        return [_value(member) for member in value]
    return value.hex() if isinstance(value, bytes) else value
