"""The fields of the kinds by which a listing is questioned, held, taken down and put back.

All are about a product and name its merchant. ``case`` joins the records of one proceeding; whoever opens it chooses
it, and it stays the same from the notice to the relisting. Reasons come from short lists, so that they can be counted;
``rule`` is the policy's own name of the rule that was applied.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from pydantic import Field

from trustledger.errors import FormatError
from trustledger.kinds.fields import (
    Count,
    Digest,
    KindModel,
    Name,
    Ordinal,
    PartyUri,
    Quantity,
    Text,
    Time,
)
from trustledger.kinds.shapes import MAX_ITEMS, RecordRef

if TYPE_CHECKING:
    from collections.abc import Mapping

Grounds = Literal["safety_failure", "low_score", "recall", "legal_order", "policy_breach", "other"]
"""Why a listing is questioned or taken down."""
Recovery = Literal["score_recovered", "retest_passed", "decision", "appeal_granted", "other"]
"""Why a listing is put back."""
Records = Annotated[list[RecordRef], Field(max_length=MAX_ITEMS)]


class _Case(KindModel):
    """Which proceeding, about whose listing."""

    merchant: PartyUri
    case: Name


class _Evidence(KindModel):
    """What was computed, and from what: with the same ledger and policy anyone computes it again.

    ``score``, ``lower`` and ``upper`` are decimals from 0 to 5; ``policy`` is the SHA-256 of the scoring policy's
    text; ``as_of`` and ``log_size`` say of which state of the log; ``records`` are those that decided.
    """

    score: Quantity | None = None
    lower: Quantity | None = None
    upper: Quantity | None = None
    policy: Digest | None = None
    as_of: Time | None = None
    log_size: Count | None = None
    records: Records | None = None
    rule: Name | None = None
    note: Text | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """A score says by which policy and as of when."""
        for name in ("score", "lower", "upper"):
            for needed in ("policy", "as_of"):
                if name in data and needed not in data:
                    raise FormatError("kinds.score_alone", seen=data[name], field=name, at=needed)
        return data


class Notice(_Case, _Evidence):
    """The merchant is told what stands against a listing, and until when to reply."""

    reason: Grounds
    until: Time


class Reply(_Case):
    """The merchant's answer."""

    statement: Text
    records: Records | None = None


class Decision(_Case):
    """A person decided: the measure stands, is lifted, or the time to reply is extended.

    ``office`` names the office that decided, never the person.
    """

    office: Name
    outcome: Literal["uphold", "release", "extend"]
    reason: Text
    until: Time | None = None
    records: Records | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """What extends says until when, and nothing else does."""
        if (data["outcome"] == "extend") != ("until" in data):
            raise FormatError("kinds.decision_until", seen=data["outcome"], at="until")
        return data


class Delisting(_Case, _Evidence):
    """A listing is held (at once, until it is looked into) or taken down."""

    action: Literal["hold", "delist"]
    reason: Grounds


class Appeal(_Case):
    """The merchant appeals against a delisting."""

    delisting: RecordRef
    statement: Text
    number: Ordinal | None = None
    records: Records | None = None


class Relisting(_Case, _Evidence):
    """A listing that was held or taken down is put back."""

    reason: Recovery


PROCEEDINGS: Final[Mapping[str, type[KindModel]]] = MappingProxyType(
    {
        "notice": Notice,
        "reply": Reply,
        "decision": Decision,
        "delisting": Delisting,
        "appeal": Appeal,
        "relisting": Relisting,
    }
)
"""Model of each kind of a proceeding."""
