"""A card as values that JSON can hold. Decimals are strings; a day is ``YYYY-MM-DD``, a moment RFC 3339."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trustledger.encoding import format_time

if TYPE_CHECKING:
    from trustledger.frameworks import Framework, Limit
    from trustledger.views.inspection_card.model import InspectionCard, Result, Side
    from trustledger.views.model import Finding


def plain(card: InspectionCard) -> dict[str, Any]:
    """A card in the form that others build on; fields are only ever added."""
    return {
        "subject": card.subject,
        "as_of": format_time(card.as_of),
        "verdict": card.verdict,
        "stars": card.stars,
        "results": [_result(one) for one in card.results],
        "untested": [
            {"parameter": one.parameter, "reason": one.reason, "records": list(one.records)}
            for one in card.untested
        ],
        "framework": _side(card.framework),
        "findings": [_finding(one) for one in card.findings],
    }


def explained(card: InspectionCard) -> dict[str, Any]:
    """As `plain`, with the arithmetic, the limit's source and the reasons behind each result."""
    found = plain(card)
    for shown, result in zip(found["results"], card.results, strict=True):
        shown |= {
            "reason": result.reason,
            "ratio": result.ratio,
            "stated": result.stated,
            "transcribed_by": result.transcribed_by,
            "required": result.required,
            "replaced": list(result.replaced),
            "limit_category": result.limit.category if result.limit is not None else None,
            "limit_unit": result.limit.unit if result.limit is not None else None,
            "limit_bases": list(result.limit.bases) if result.limit is not None else [],
            "nature": result.limit.nature if result.limit is not None else None,
            "verified": result.limit.verified if result.limit is not None else None,
            "note": result.limit.note if result.limit is not None else "",
        }
    return found


def _result(one: Result) -> dict[str, Any]:
    limit = one.limit
    return {
        "parameter": one.parameter,
        "stars": one.stars,
        "verdict": one.verdict,
        "value": one.value,
        "unit": one.unit,
        "basis": one.basis,
        "method": one.method,
        "uncertainty": one.uncertainty,
        "limit": _limit(limit),
        "standard": limit.standard if limit is not None else None,
        "clause": limit.clause if limit is not None else None,
        "lab": one.lab,
        "independent": one.independent,
        "accredited": one.accredited,
        "tested_on": one.tested_on.isoformat(),
        "record": one.record,
    }


def _limit(limit: Limit | None) -> str | None:
    """A plain decimal where there is only a greatest value; else the range as text."""
    if limit is None:
        return None
    return limit.maximum if limit.maximum and not limit.minimum else limit.text


def _side(side: Side) -> dict[str, Any]:
    policy = side.policy
    return {
        "group": side.group,
        "applicable": side.applicable,
        "market": side.market,
        "category": side.category,
        "category_record": side.category_record,
        "produced": [day.isoformat() for day in side.produced],
        "editions": [_edition(one) for one in side.editions],
        "missing": list(side.missing),
        "stars": {
            "id": policy.id,
            "edition": policy.edition,
            "sha256": policy.sha256,
            "title": policy.title.plain,
            "notice": policy.notice.plain,
            "bands": [{"ratio": band.ratio, "stars": band.stars} for band in policy.bands],
        },
        "vocabulary": side.vocabulary,
        "points": [
            {
                "id": one.id,
                "edition": one.edition,
                "sha256": one.sha256,
                "score": str(one.score),
                "grade": one.grade,
                "parts": {name: str(points) for name, points in one.parts},
            }
            for one in side.points
        ],
    }


def _edition(one: Framework) -> dict[str, Any]:
    return {
        "id": one.id,
        "edition": one.edition,
        "standard": one.standard,
        "title": one.title.plain,
        "in_force": one.in_force.isoformat(),
        "sha256": one.sha256,
        "verified": one.verified,
        "source": one.source,
        "url": one.url,
        "note": one.note.plain,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "code": one.code,
        "subject": one.subject,
        "ref": one.ref,
        "facts": dict(one.facts),
        "level": one.level,
        "text": one.text(),
    }
