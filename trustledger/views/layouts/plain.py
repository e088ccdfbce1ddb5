"""A lot held against its layout, as values that JSON can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trustledger.encoding import format_time

if TYPE_CHECKING:
    from trustledger.views.layouts.model import Doer, ExpectedStep, Layout, LayoutResult, StepResult


def layout_to_plain(found: LayoutResult) -> dict[str, Any]:
    """A result as JSON-able values: times as RFC 3339 text. Fields are only ever added."""
    return {
        "subject": found.subject,
        "met": found.met,
        "whole": found.whole,
        "layout": None if found.layout is None else _layout(found.layout),
        "steps": [_step(step) for step in found.steps],
        "unforeseen": [
            {"ref": one.ref, "kind": one.kind, "step": one.step, "party": one.party.uri, "subject": one.lot}
            for one in found.unforeseen
        ],
        "unreadable": [_doer(one) for one in found.unreadable],
        "findings": [
            {
                "code": one.code,
                "subject": one.subject,
                "ref": one.ref,
                "facts": dict(one.facts),
                "text": one.text(),
            }
            for one in found.findings
        ],
    }


def _layout(layout: Layout) -> dict[str, Any]:
    return {
        "ref": layout.ref,
        "said_at": layout.said_at,
        "subject": layout.subject,
        "version": layout.version,
        "signed_by": layout.signed_by.uri,
        "since": None if layout.since is None else format_time(layout.since),
        "until": None if layout.until is None else format_time(layout.until),
    }


def _step(step: StepResult) -> dict[str, Any]:
    return {
        **_expected(step.expected),
        "status": step.status,
        "done_by": [_doer(one) for one in step.done_by],
        "others": [_doer(one) for one in step.others],
        "foreign": [one._asdict() for one in step.foreign],
        "unconsumed": list(step.unconsumed),
        "short": [one._asdict() for one in step.short],
        "missing_parameters": [{"lot": one.lot, "parameter": one.parameter} for one in step.parameters],
        "failed": [one._asdict() for one in step.failed],
        "older_than_layout": list(step.early),
        "outside_validity": list(step.outside),
        "doubted": [_doer(one) for one in step.doubted],
        "before_made": [one._asdict() for one in step.untimely],
        "counted_as_one": [list(group) for group in step.same],
    }


def _expected(expected: ExpectedStep) -> dict[str, Any]:
    return {
        "name": expected.name,
        "kind": expected.kind,
        "step": expected.step,
        "direction": expected.direction,
        "parties": sorted(expected.parties),
        "roles": sorted(expected.roles),
        "signatures": expected.signatures,
        "inputs_from": list(expected.inputs_from),
        "parameters": list(expected.parameters),
        "optional": expected.optional,
    }


def _doer(one: Doer) -> dict[str, Any]:
    return {"ref": one.ref, "party": one.party.uri, "name": one.party.name, "roles": list(one.party.roles)}
