"""A score as values that JSON can hold. Decimals are strings; a moment is RFC 3339."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trustledger.encoding import format_time

if TYPE_CHECKING:
    from trustledger.views.model import Finding
    from trustledger.views.trust_score.model import Component, TrustScore


def plain(score: TrustScore) -> dict[str, Any]:
    """A score in the form that others build on; fields are only ever added."""
    return {
        "subject": score.subject,
        "merchant": score.merchant,
        "as_of": format_time(score.as_of),
        "score": str(score.score),
        "lower": str(score.lower),
        "upper": str(score.upper),
        "listed": score.listed,
        "provisional": score.provisional,
        "components": {one.name: _component(one) for one in score.components},
        "policy": {
            "id": score.policy.id,
            "edition": score.policy.edition,
            "since": score.policy.since.isoformat(),
            "sha256": score.policy.sha256,
        },
        "findings": [_finding(one) for one in score.findings],
    }


def explained(score: TrustScore) -> dict[str, Any]:
    """As `plain`, with the arithmetic, the records and the standing behind each number."""
    found = plain(score)
    for one in score.components:
        found["components"][one.name] |= {
            "lower": str(one.estimate.lower),
            "upper": str(one.estimate.upper),
            "amount": str(one.amount),
            "provisional": one.provisional,
            "arithmetic": dict(one.arithmetic),
            "records": list(one.records),
        }
    standing = score.standing
    return found | {
        "lots": list(score.lots),
        "keys": {"orders": score.orders, "handed": score.keys, "used": score.keys_used},
        "standing": {
            "phase": standing.phase,
            "case": standing.case,
            "until": None if standing.until is None else format_time(standing.until),
            "since": None if standing.since is None else format_time(standing.since),
            "record": standing.ref,
            "appealed": standing.appealed,
        },
    }


def _component(one: Component) -> dict[str, Any]:
    return {"score": str(one.estimate.score), "weight": one.weight, "evidence": one.evidence}


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "subject": one.subject,
        "ref": one.ref,
        "facts": dict(one.facts),
        "text": one.text(),
        "level": one.level,
        "refs": list(one.refs),
    }
