"""The typed function for a layout: the steps that a brand owner expects of a product."""

# ruff: noqa: PLR0913 - a typed function has a keyword for each field of its kind

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from trustledger.kinds.build.common import Fields, Moment, draft_from
from trustledger.record import Draft


def layout(
    subject: str,
    *,
    occurred_at: Moment,
    version: str,
    steps: Sequence[Fields],
    since: Moment | None = None,
    until: Moment | None = None,
    note: str | None = None,
) -> Draft:
    """The steps that every lot of a product must have gone through, and who may perform each.

    Args:
        subject: The product, or one lot of it.
        occurred_at: When it was laid down.
        version: Its name among the layouts of the product; what it says under this name never changes.
        steps: From `layout_step`, in order.
        since: A record counts only if the ledger placed it at this time or later.
        until: A record counts only if the ledger placed it before this time.
        note: Anything else.

    Example:
        >>> layout("https://id.gs1.org/01/09506000134352", occurred_at="2026-10-05T08:00:00+08:00", version="1",
        ...        steps=[layout_step("milking", "origin", roles=["producer"])]).business_key
        ('https://id.gs1.org/01/09506000134352', '1')
    """
    fields: dict[str, Any] = {
        "version": version,
        "steps": steps,
        "since": since,
        "until": until,
        "note": note,
    }
    return draft_from("layout", subject, occurred_at, fields, {})


def layout_step(
    name: str,
    kind: str,
    *,
    step: str | None = None,
    direction: Literal["dispatched", "received"] | None = None,
    parties: Sequence[str] | None = None,
    roles: Sequence[str] | None = None,
    signatures: int | None = None,
    inputs_from: Sequence[str] | None = None,
    parameters: Sequence[str] | None = None,
    optional: bool = False,
) -> dict[str, Any]:
    """One step of a layout. All that is set must fit.

    Args:
        name: What the layout calls it.
        kind: Kind of the records that tell of it.
        step: What a processing or observation must call it.
        direction: Which side of a shipping.
        parties: URIs of the parties that may perform it.
        roles: Roles, one of which its party must have had when the ledger placed the record.
        signatures: How many different parties of those allowed must have recorded it; 1 if None.
        inputs_from: Names of the earlier steps from which its goods must come, and nothing else with them.
        parameters: What an inspection must have results for.
        optional: It may be left out.

    Example:
        >>> layout_step("drying", "processing", step="drying", roles=["processor"], inputs_from=["milking"])["kind"]
        'processing'
    """
    named = {"parties": parties, "roles": roles, "inputs_from": inputs_from, "parameters": parameters}
    fields: dict[str, Any] = {"name": name, "kind": kind, "step": step, "direction": direction}
    fields |= {key: list(values) for key, values in named.items() if values is not None}
    fields |= {"signatures": signatures, "optional": optional or None}
    return {key: value for key, value in fields.items() if value is not None}
