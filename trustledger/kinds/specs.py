"""The project's own kinds: all that a checker needs of them. Fields are in `trustledger.kinds.models`."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from trustledger.kinds.commerce_specs import COMMERCE_SPECS
from trustledger.kinds.spec import KindSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

_INSPECTION_SEALABLE: Final = (
    "/accreditation",
    "/lab",
    "/place",
    "/results/*/uncertainty",
    "/results/*/value",
    "/sample",
)

PRODUCT: Final = KindSpec(
    name="product",
    title={"en": "product", "zh": "产品"},
    business_key=("subject",),
    signed_by=("brand-owner",),
)
ORIGIN: Final = KindSpec(
    name="origin",
    title={"en": "origin", "zh": "产地"},
    business_key=("subject", "/document|"),
    sealable=("/place", "/producer", "/quantity", "/epcis"),
    signed_by=("processor", "producer"),
)
PROCESSING: Final = KindSpec(
    name="processing",
    title={"en": "processing", "zh": "加工"},
    business_key=("subject", "/step", "/run|/document|"),
    sealable=("/inputs/*/quantity", "/loss", "/outputs/*/quantity", "/place", "/epcis"),
    signed_by=("merchant", "processor", "producer"),  # shops cut, pack and unpack
    inputs=("/inputs/*/lot",),
    outputs=("/outputs/*/lot",),
)
INSPECTION: Final = KindSpec(
    name="inspection",
    title={"en": "inspection", "zh": "检验"},
    business_key=("/report", "subject"),
    sealable=(*_INSPECTION_SEALABLE, "/epcis"),
    signed_by=("inspector", "processor"),  # whether it looked at its own goods is asked apart
)
REPORT_COPY: Final = KindSpec(
    name="report_copy",
    title={"en": "copy of a report", "zh": "报告转录"},
    business_key=("/report", "subject"),
    sealable=(*_INSPECTION_SEALABLE, "/transcribed_by", "/epcis"),
    signed_by=("merchant",),
    file_hash="/file_sha256",
)
SHIPPING: Final = KindSpec(
    name="shipping",
    title={"en": "shipping", "zh": "运输"},
    business_key=("subject", "/direction", "/document"),
    sealable=("/carrier", "/from", "/lots/*/quantity", "/quantity", "/seal_number", "/to", "/epcis"),
    signed_by=("carrier", "merchant", "processor", "producer"),
    touched=("/lots/*/lot",),
)
OBSERVATION: Final = KindSpec(
    name="observation",
    title={"en": "observation", "zh": "观察"},
    sealable=("/lots/*/quantity", "/note", "/place", "/quantity", "/epcis"),
    signed_by=("carrier", "inspector", "merchant", "processor", "producer"),
    touched=("/lots/*/lot",),
)
COST: Final = KindSpec(
    name="cost",
    title={"en": "cost", "zh": "成本"},
    business_key=("subject", "/currency", "occurred_at", "/buyer|"),
    sealable=(
        "/components/*/amount",
        "/components/*/component",
        "/components/*/invoice",
        "/components/*/invoice_sha256",
        "/components/*/lots/*/quantity",
        "/price",
        "/seller",
    ),
    salted=True,  # a price is guessed in a few thousand tries
    signed_by=("merchant", "processor", "producer"),
    named=("/components/*/lots/*/lot",),
    private_with="/buyer",  # what a supplier asks of one buyer is between the two
    private=("/components/*/amount", "/price"),
)
RECALL: Final = KindSpec(
    name="recall",
    title={"en": "recall", "zh": "召回"},
    business_key=("/reference", "subject"),
    signed_by=("brand-owner", "merchant", "platform", "processor", "producer"),
    touched=("/lots/*/lot",),
)

LAYOUT: Final = KindSpec(
    name="layout",
    title={"en": "layout", "zh": "工序布局"},
    business_key=("subject", "/version"),
    signed_by=("brand-owner",),
)

_CORRECTABLE: Final = (
    PRODUCT,
    ORIGIN,
    PROCESSING,
    INSPECTION,
    REPORT_COPY,
    SHIPPING,
    OBSERVATION,
    COST,
    RECALL,
    LAYOUT,
    *COMMERCE_SPECS,
)
_TEXTS: Final = {"/data/lab"}
"""What one kind means as a party's URI and another as a text: a sample's laboratory, an inspection's. A correction does
not know which it corrects; the corrected sample stands in the chain of its first laboratory."""
CORRECTION: Final = KindSpec(
    name="correction",
    title={"en": "correction", "zh": "更正"},
    business_key=("/supersedes/entry", "/supersedes/position"),
    sealable=("/note", *sorted({"/data" + pattern for kind in _CORRECTABLE for pattern in kind.sealable})),
    salted=True,  # what it corrects may be a price
    private_with="/data" + COST.private_with,
    private=tuple("/data" + pattern for pattern in COST.private),
    touched=("/data/inputs/*/lot", "/data/outputs/*/lot", "/data/lots/*/lot"),
    named=tuple(sorted({"/data" + pattern for kind in _CORRECTABLE for pattern in kind.named} - _TEXTS)),
)
OWN: Final[Mapping[str, KindSpec]] = MappingProxyType(
    {kind.name: kind for kind in (*_CORRECTABLE, CORRECTION)}
)
"""All of them by name."""
