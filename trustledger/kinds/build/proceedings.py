"""Typed functions for proceedings about a listing: notice, reply, decision, delisting, appeal, relisting.

All are about the product, name its merchant, and share the ``case`` that joins one proceeding's records. `record_ref`
names the records they rest on.
"""

# ruff: noqa: PLR0913 - a typed function has a keyword for each field of its kind

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal, TypeAlias, Unpack

from trustledger.kinds.build.common import Attached, Fields, Measurement, Moment, draft_from, present
from trustledger.record import Draft

Grounds: TypeAlias = Literal["safety_failure", "low_score", "recall", "legal_order", "policy_breach", "other"]
"""Why a listing is questioned or taken down."""
Recovery: TypeAlias = Literal["score_recovered", "retest_passed", "decision", "appeal_granted", "other"]
"""Why a listing is put back."""


class Measure(Attached, total=False):
    """What a measure rests on, and what all kinds of it take besides.

    Attributes:
        score: The score, a decimal from 0 to 5; with ``policy`` and ``as_of``, as are its bounds.
        lower: Lower bound of its uncertainty.
        upper: Upper bound.
        policy: SHA-256 of the scoring policy's text.
        as_of: As of when it was computed.
        log_size: Entries of the log that it was computed from.
        records: From `record_ref`: the records that decided.
        rule: The policy's name of the rule applied.
        note: Anything else.
    """

    score: Measurement | None
    lower: Measurement | None
    upper: Measurement | None
    policy: str | bytes | None
    as_of: Moment | None
    log_size: int | None
    records: Sequence[Fields] | None
    rule: str | None
    note: str | None


def record_ref(entry: int, position: int, record: str | bytes) -> dict[str, Any]:
    """A record by its place in the ledger and its hash, for ``records`` and ``delisting``.

    Example:
        >>> record_ref(12, 0, bytes(32))["entry"]
        12
    """
    return {"entry": entry, "position": position, "record": record}


def notice(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    case: str,
    reason: Grounds,
    until: Moment,
    **measure: Unpack[Measure],
) -> Draft:
    """The merchant is told what stands against a listing, and until when to reply.

    Args:
        subject: The product.
        occurred_at: When.
        merchant: Whose listing.
        case: Name of the proceeding that this opens.
        reason: Why.
        until: The end of the time to reply.
        **measure: See `Measure`.

    Example:
        >>> notice("https://id.gs1.org/01/09506000134352", occurred_at=0, merchant="https://shop.example/",
        ...        case="2026-17", reason="low_score", until="2026-10-12T00:00:00Z").business_key[2]
        '2026-17'
    """
    fields: dict[str, Any] = {"merchant": merchant, "case": case, "reason": reason, "until": until}
    return draft_from("notice", subject, occurred_at, fields, measure)


def reply(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    case: str,
    statement: str,
    records: Sequence[Fields] | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """The merchant's answer to a notice or a hold, signed by the merchant.

    Args:
        subject: The product.
        occurred_at: When.
        merchant: Whose listing: the signer.
        case: Name of the proceeding.
        statement: What the merchant has to say.
        records: From `record_ref`: records it relies on.
        **attached: See `Attached`.

    Example:
        >>> reply("https://id.gs1.org/01/09506000134352", occurred_at=0, merchant="https://shop.example/",
        ...       case="2026-17", statement="The lot was taken off the shelf.").kind
        'reply'
    """
    fields: dict[str, Any] = {
        "merchant": merchant,
        "case": case,
        "statement": statement,
        "records": records,
    }
    return draft_from("reply", subject, occurred_at, fields, attached)


def decision(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    case: str,
    office: str,
    outcome: Literal["uphold", "release", "extend"],
    reason: str,
    until: Moment | None = None,
    records: Sequence[Fields] | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """What a person decided about a case.

    Args:
        subject: The product.
        occurred_at: When.
        merchant: Whose listing.
        case: Name of the proceeding.
        office: The office that decided; never the name of a person.
        outcome: The measure stands, is lifted, or the time to reply is extended.
        reason: Why.
        until: The new end of the time to reply, where it is extended.
        records: From `record_ref`: records that decided.
        **attached: See `Attached`.

    Example:
        >>> decision("https://id.gs1.org/01/09506000134352", occurred_at=0, merchant="https://shop.example/",
        ...          case="2026-17", office="food safety desk", outcome="release",
        ...          reason="The retest passed.").business_key[3]
        'release'
    """
    fields: dict[str, Any] = {"merchant": merchant, "case": case, "office": office, "outcome": outcome}
    fields |= {"reason": reason, "until": until, "records": records}
    return draft_from("decision", subject, occurred_at, fields, attached)


def delisting(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    case: str,
    action: Literal["hold", "delist"],
    reason: Grounds,
    **measure: Unpack[Measure],
) -> Draft:
    """A listing is held or taken down.

    Args:
        subject: The product.
        occurred_at: When.
        merchant: Whose listing.
        case: Name of the proceeding; a hold at once opens one.
        action: Held until it is looked into, or taken down.
        reason: Why.
        **measure: See `Measure`.

    Example:
        >>> delisting("https://id.gs1.org/01/09506000134352", occurred_at=0, merchant="https://shop.example/",
        ...           case="2026-17", action="delist", reason="low_score", score="2.31", upper="2.87",
        ...           policy=bytes(32), as_of="2026-10-12T00:00:00Z").data["score"]
        '2.31'
    """
    fields: dict[str, Any] = {"merchant": merchant, "case": case, "action": action, "reason": reason}
    return draft_from("delisting", subject, occurred_at, fields, measure)


def appeal(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    case: str,
    delisting: Fields,
    statement: str,
    number: int | None = None,
    records: Sequence[Fields] | None = None,
    **attached: Unpack[Attached],
) -> Draft:
    """The merchant appeals against a delisting, signed by the merchant.

    Args:
        subject: The product.
        occurred_at: When.
        merchant: Whose listing: the signer.
        case: Name of the proceeding.
        delisting: From `record_ref`: the delisting.
        statement: Why it should be lifted.
        number: Which appeal of this case, from the second on.
        records: From `record_ref`: records it relies on.
        **attached: See `Attached`.

    Example:
        >>> appeal("https://id.gs1.org/01/09506000134352", occurred_at=0, merchant="https://shop.example/",
        ...        case="2026-17", delisting=record_ref(12, 0, bytes(32)), statement="Retested.").kind
        'appeal'
    """
    fields: dict[str, Any] = {"merchant": merchant, "case": case, "delisting": delisting}
    fields |= present({"statement": statement, "number": number, "records": records})
    return draft_from("appeal", subject, occurred_at, fields, attached)


def relisting(
    subject: str,
    *,
    occurred_at: Moment,
    merchant: str,
    case: str,
    reason: Recovery,
    **measure: Unpack[Measure],
) -> Draft:
    """A listing that was held or taken down is put back.

    Args:
        subject: The product.
        occurred_at: When.
        merchant: Whose listing.
        case: Name of the proceeding that this ends.
        reason: Why.
        **measure: See `Measure`.

    Example:
        >>> relisting("https://id.gs1.org/01/09506000134352", occurred_at=0, merchant="https://shop.example/",
        ...           case="2026-17", reason="retest_passed").salted
        False
    """
    fields: dict[str, Any] = {"merchant": merchant, "case": case, "reason": reason}
    return draft_from("relisting", subject, occurred_at, fields, measure)
