"""Typed functions for what is written about goods: inspection, report copy, cost, correction, recall."""

# ruff: noqa: PLR0913 - a typed function has a keyword for each field of its kind

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Unpack

from trustledger.kinds.build.common import Common, Day, Fields, Moment, draft_from
from trustledger.record import Draft


def inspection(
    subject: str,
    *,
    occurred_at: Moment,
    category: str,
    report: str,
    results: Sequence[Fields],
    sample: str | None = None,
    lab: str | None = None,
    accreditation: str | None = None,
    tested_on: Day | None = None,
    place: str | None = None,
    **common: Unpack[Common],
) -> Draft:
    """A report's results, signed by the laboratory itself.

    Args:
        subject: The lot or item.
        occurred_at: When the report was issued.
        category: The category that limits go by.
        report: The report's number.
        results: From `result`, at least one.
        sample: The sample's number.
        lab: The laboratory.
        accreditation: Its accreditation number.
        tested_on: Date of the test.
        place: Where the sample was taken.
        **common: See `Common`.

    Example:
        >>> from trustledger.kinds.build import result
        >>> inspection("https://id.gs1.org/01/09506000134352/10/LOT-7",
        ...     occurred_at="2026-10-05T08:00:00+08:00", category="milk powder", report="R-1",
        ...            results=[result("lead", "0.012", "mg/kg")]).business_key
        ('R-1', 'https://id.gs1.org/01/09506000134352/10/LOT-7')
    """
    fields: dict[str, Any] = {
        "category": category,
        "report": report,
        "results": results,
        "sample": sample,
        "lab": lab,
    }
    fields |= {"accreditation": accreditation, "tested_on": tested_on, "place": place}
    return draft_from("inspection", subject, occurred_at, fields, common)


def report_copy(
    subject: str,
    *,
    occurred_at: Moment,
    category: str,
    report: str,
    results: Sequence[Fields],
    file_sha256: str | bytes | None = None,
    transcribed_by: str | None = None,
    sample: str | None = None,
    lab: str | None = None,
    accreditation: str | None = None,
    tested_on: Day | None = None,
    place: str | None = None,
    **common: Unpack[Common],
) -> Draft:
    """A transcript of a report on paper. Shown as transcribed, never as signed by the laboratory.

    Args:
        subject: The lot or item.
        occurred_at: When the report was issued.
        category: The category that limits go by.
        report: The report's number.
        results: From `result`, at least one.
        file_sha256: SHA-256 of the report's file; may be left out if ``evidence`` has the file.
        transcribed_by: Who typed it.
        sample: The sample's number.
        lab: The laboratory named in the report.
        accreditation: Its accreditation number.
        tested_on: Date of the test.
        place: Where the sample was taken.
        **common: See `Common`.

    Example:
        >>> from trustledger.kinds.build import result
        >>> report_copy("https://id.gs1.org/01/09506000134352/10/LOT-7",
        ...     occurred_at="2026-10-05T08:00:00+08:00", category="milk powder", report="R-1",
        ...     file_sha256=bytes(32), results=[result("lead", "0.012", "mg/kg")]).kind
        'report_copy'
    """
    fields: dict[str, Any] = {
        "category": category,
        "report": report,
        "results": results,
        "sample": sample,
        "lab": lab,
    }
    fields |= {"accreditation": accreditation, "tested_on": tested_on, "place": place}
    fields |= {"file_sha256": file_sha256, "transcribed_by": transcribed_by}
    return draft_from("report_copy", subject, occurred_at, fields, common)


def cost(
    subject: str,
    *,
    occurred_at: Moment,
    currency: str,
    price: int,
    components: Mapping[str, int] | Sequence[Fields] = (),
    seller: str | None = None,
    buyer: str | None = None,
    per: Fields | None = None,
    **common: Unpack[Common],
) -> Draft:
    """What a product costs and of what that is made up.

    Args:
        subject: The product or lot.
        occurred_at: From when on.
        currency: ISO 4217 code.
        price: In minor units: 1999 is 19.99 CNY.
        components: Component → minor units, or a list of ``{"component", "amount"}``, each perhaps with the ``lots``
            of a material (what goes into one ``per`` of each), the number of its ``invoice`` and the file's
            ``invoice_sha256``.
        seller: Who sells it.
        buyer: Whom this price is for, where it is not for everybody: the party's URI. Then price and amounts are
            sealed unless you say otherwise: ``seal=[]`` shows them to all.
        per: ``{"quantity": "1", "unit": "kg"}``; absent: per piece.
        **common: See `Common`.

    Example:
        >>> cost("https://id.gs1.org/01/09506000134352", occurred_at=0, currency="CNY", price=1999,
        ...      components={"milk": 800}).salted
        True
    """
    listed: Any = components
    if isinstance(components, Mapping):
        listed = [{"component": component, "amount": amount} for component, amount in components.items()]
    fields: dict[str, Any] = {
        "currency": currency,
        "price": price,
        "components": listed,
        "seller": seller,
        "buyer": buyer,
        "per": per,
    }
    return draft_from("cost", subject, occurred_at, fields, common)


def correction(
    subject: str,
    *,
    occurred_at: Moment,
    supersedes: Fields,
    reason: Literal["incorrect_data", "did_not_occur"],
    note: str | None = None,
    data: Fields | None = None,
    **common: Unpack[Common],
) -> Draft:
    """A record that was wrong. Both stay visible.

    Args:
        subject: The primary subject of the wrong record.
        occurred_at: When the fault was found.
        supersedes: ``{"entry": 12, "position": 0, "record": <hash in hex>}``.
        reason: ``"incorrect_data"`` or ``"did_not_occur"``, as in EPCIS.
        note: Why.
        data: The full corrected data; absent if it did not occur.
        **common: See `Common`.

    Example:
        >>> correction("https://id.gs1.org/01/09506000134352/10/LOT-7", occurred_at=0, reason="did_not_occur",
        ...            supersedes={"entry": 12, "position": 0, "record": bytes(32)}).business_key
        ('12', '0')
    """
    fields: dict[str, Any] = {"supersedes": supersedes, "reason": reason, "note": note, "data": data}
    return draft_from("correction", subject, occurred_at, fields, common)


def recall(
    subject: str,
    *,
    occurred_at: Moment,
    reference: str,
    reason: str,
    severity: str | None = None,
    lots: Sequence[Fields | str] | None = None,
    action: str | None = None,
    **common: Unpack[Common],
) -> Draft:
    """A lot or product called back.

    Args:
        subject: The lot or product.
        occurred_at: When.
        reference: Number of the recall.
        reason: Why.
        severity: Its class.
        lots: Further lots recalled.
        action: What to do with the goods.
        **common: See `Common`.

    Example:
        >>> recall("https://id.gs1.org/01/09506000134352/10/LOT-7", occurred_at=0, reference="RC-1",
        ...        reason="lead above the limit").business_key[0]
        'RC-1'
    """
    fields: dict[str, Any] = {
        "reference": reference,
        "reason": reason,
        "severity": severity,
        "lots": lots,
        "action": action,
    }
    return draft_from("recall", subject, occurred_at, fields, common)
