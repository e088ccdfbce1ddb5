"""The fields of a layout: the steps that a brand owner expects of a product, and who may perform each.

What the fields mean is learned from in-toto (https://in-toto.io, specification 1.0, sections 4.3 and 5.2): steps with
functionaries and a threshold, artifact rules (``inputs_from`` is its MATCH), an expiry.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from trustledger.errors import FormatError
from trustledger.kinds import values
from trustledger.kinds.fields import Flag, KindModel, Name, Ordinal, Rule, Text
from trustledger.subject import check_party

MAX_STEPS: Final = 64
"""Steps of a layout. With a name, parties and parameters each they fit a record of 65,535 bytes."""
MAX_NAMED: Final = 64
"""Parties, roles, parameters or earlier steps that a step may name."""
MAX_SIGNATURES: Final = 16
"""Parties that must have recorded one step; a statement has no more signatures either (format, section 3)."""
STEP_KINDS: Final = ("inspection", "observation", "origin", "processing", "report_copy", "shipping")
"""The project's kinds that say that something was done with goods; a kind of one's own has a dot in its name."""

_OWN_KIND: Final = re.compile(r"[a-z][a-z0-9_\-]*\.[a-z0-9_.\-]{1,62}")
_ONLY_FOR: Final = {
    "step": ("observation", "processing"),
    "direction": ("shipping",),
    "parameters": ("inspection", "report_copy"),
}
"""Fields that only records of some of the project's kinds can answer."""


def _step_kind(value: Any) -> str:
    """A kind that a step can be."""
    if type(value) is str and (value in STEP_KINDS or (_OWN_KIND.fullmatch(value) and len(value) <= 64)):
        return value
    raise FormatError("layout.kind", seen=values.shown(value), expected=", ".join(STEP_KINDS))


def _party(value: Any) -> str:
    """A party's URI."""
    return check_party(value)


StepKind = Annotated[str, Rule(_step_kind)]
Party = Annotated[str, Rule(_party)]
Moment = Annotated[int, Rule(values.time_ms)]
"""A moment: RFC 3339 text with an offset, an aware datetime, or milliseconds since the epoch; kept as the last."""
Role = Literal[
    "brand-owner",
    "carrier",
    "inspector",
    "insurer",
    "merchant",
    "operator",
    "platform",
    "processor",
    "producer",
]


class LayoutStep(KindModel):
    """One step: what must have been recorded, and by whom. All that is set must fit.

    ``signatures`` is how many different parties of those allowed must have recorded it, 1 if absent;
    ``inputs_from`` names the earlier steps from which its goods must come.
    """

    name: Name
    kind: StepKind
    step: Name | None = None
    direction: Literal["dispatched", "received"] | None = None
    parties: Annotated[list[Party], Field(min_length=1, max_length=MAX_NAMED)] | None = None
    roles: Annotated[list[Role], Field(min_length=1, max_length=MAX_NAMED)] | None = None
    signatures: Annotated[Ordinal, Field(le=MAX_SIGNATURES)] | None = None
    inputs_from: Annotated[list[Name], Field(min_length=1, max_length=MAX_NAMED)] | None = None
    parameters: Annotated[list[Name], Field(min_length=1, max_length=MAX_NAMED)] | None = None
    optional: Flag | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Somebody may perform it, enough of them, and its fields are those of its kind."""
        kind, allowed = data["kind"], set(data.get("parties", ()))
        if not allowed and "roles" not in data:
            raise FormatError("layout.nobody", at="roles", seen=data["name"])
        if allowed and data.get("signatures", 1) > len(allowed):
            raise FormatError(
                "layout.signatures", at="signatures", seen=data["signatures"], expected=len(allowed)
            )
        for name, kinds in _ONLY_FOR.items():
            if name in data and "." not in kind and kind not in kinds:
                raise FormatError("layout.field_of", at=name, seen=kind, expected=", ".join(kinds))
        if kind == "origin" and "inputs_from" in data:
            raise FormatError("layout.origin_inputs", at="inputs_from", seen=data["name"])
        return data


class Layout(KindModel):
    """The steps that a product's lots must have gone through, in order, said by its brand owner.

    A record counts for a step only if the ledger placed it from ``since`` on and before ``until``.
    """

    version: Name
    steps: Annotated[list[LayoutStep], Field(min_length=1, max_length=MAX_STEPS)]
    since: Moment | None = None
    until: Moment | None = None
    note: Text | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Each step has a name of its own, and takes its goods from steps before it."""
        before: list[str] = []
        for number, step in enumerate(data["steps"]):
            if step["name"] in before:
                raise FormatError("layout.name_twice", at=f"steps.{number}.name", seen=step["name"])
            unknown = next((name for name in step.get("inputs_from", ()) if name not in before), None)
            if unknown is not None:
                raise FormatError(
                    "layout.inputs_from",
                    at=f"steps.{number}.inputs_from",
                    seen=unknown,
                    expected=", ".join(before) or "—",
                )
            before.append(step["name"])
        if "until" in data and data["until"] <= data.get("since", data["until"] - 1):
            raise FormatError("layout.until", at="until", seen=data["until"], expected=data["since"])
        return data
