"""What all typed functions share: their common keywords, and the maps within their data."""

# ruff: noqa: PLR0913 - a typed function has a keyword for each field of its kind

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias, TypedDict

from trustledger.kinds.registry import Kinds
from trustledger.record import Draft, Evidence

Measurement: TypeAlias = str | int | Decimal
"""A decimal: ``"0.012"``, ``12`` or ``Decimal("0.012")``."""
Moment: TypeAlias = datetime | str | int
"""An aware datetime, RFC 3339 text with an offset, or milliseconds since the epoch."""
Day: TypeAlias = date | datetime | str
"""A date or ``YYYY-MM-DD``; an aware datetime or RFC 3339 text where the time of day matters."""
Fields: TypeAlias = Mapping[str, Any]
"""A map within the data, as `lot`, `result` and the other helpers make them."""


class Attached(TypedDict, total=False):
    """What every kind takes besides its own fields.

    Attributes:
        also: Further subjects this record touches.
        seal: JSON Pointers into the data of values that stay private.
        evidence: Files kept elsewhere.
    """

    also: Sequence[str]
    seal: Sequence[str]
    evidence: Sequence[Evidence]


class Common(Attached, total=False):
    """What every kind about goods takes besides its own fields.

    Attributes:
        event: ID of the EPCIS event this record came from.
        part: ``{"number": 1, "count": 3}`` when one event became several records.
        epcis: What the event said that has no field of its own.
    """

    event: str | None
    part: Fields | None
    epcis: Fields | None


def lot(uri: str, quantity: Measurement | None = None, unit: str | None = None) -> dict[str, Any]:
    """A lot or item with how much of it, for ``inputs``, ``outputs`` and ``lots``.

    Example:
        >>> lot("https://id.gs1.org/01/09506000134352/10/LOT-7", "500", "kg")["quantity"]
        '500'
    """
    return present({"lot": uri, "quantity": quantity, "unit": unit})


def result(
    parameter: str,
    value: Measurement | None,
    unit: str,
    *,
    not_detected: bool = False,
    loq: Measurement | None = None,
    uncertainty: Measurement | None = None,
    basis: str | None = None,
    method: str | None = None,
    limit: Measurement | None = None,
    conforms: bool | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """One result of an inspection.

    Args:
        parameter: What was measured.
        value: The value, or None with ``not_detected``.
        unit: Its unit; LOQ, uncertainty and limit are in the same.
        not_detected: Below the limit of quantification; give ``loq``, or the result proves little and says
            so.
        loq: Limit of quantification.
        uncertainty: Expanded uncertainty.
        basis: "as sold", "dry", …: results on different bases cannot be compared.
        method: The standard followed.
        limit: The limit it was held against.
        conforms: The laboratory's verdict.
        note: Anything else.

    Example:
        >>> result("lead", None, "mg/kg", not_detected=True, loq="0.005")["loq"]
        '0.005'
    """
    fields: dict[str, Any] = {
        "parameter": parameter,
        "value": value,
        "unit": unit,
        "loq": loq,
        "uncertainty": uncertainty,
    }
    fields |= {"basis": basis, "method": method, "limit": limit, "conforms": conforms, "note": note}
    if not_detected:
        fields["not_detected"] = True
    return present(fields)


_KINDS: Final = Kinds.default()


def present(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields that are not None."""
    return {name: value for name, value in fields.items() if value is not None}


def draft_from(
    kind: str, subject: str | None, occurred_at: Moment, fields: dict[str, Any], common: Attached
) -> Draft:
    """What every typed function ends in: its keywords as a plain row, and that as a draft.

    Raises:
        InputError: ``kinds.row``, with every bad field among its problems.
    """
    data = {name: value for name, value in fields.items() if value is not None}
    row: dict[str, Any] = {"kind": kind, "subject": subject, "occurred_at": occurred_at, "data": data}
    for name, value in common.items():
        if value is None:
            continue
        if name in ("also", "seal", "evidence"):
            row[name] = value
        else:
            data[name] = value
    return _KINDS.draft(row)
