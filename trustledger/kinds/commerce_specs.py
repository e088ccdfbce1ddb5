"""What the kinds of commerce and of proceedings mean.

Their fields are in `trustledger.kinds.commerce_models` and `trustledger.kinds.proceedings_models`.

Each is a fact that may be sent twice by whoever is not sure that it arrived, so each has a business key of what its
own world numbers: orders by their URN, lines and claims within them, waybills, cases. What may follow itself (a claim
rejected and then refunded, a delivery tried twice) has that in its key too.
"""

from __future__ import annotations

from typing import Final

from trustledger.kinds.spec import KindSpec

_LINES: Final = ("/lines/*/lot", "/lines/*/product", "/merchant")
_ONE_LINE: Final = ("/lot", "/merchant", "/product")
_CASE: Final = ("subject", "/merchant", "/case")
_DECIDERS: Final = ("operator", "platform")

LISTING: Final = KindSpec(
    name="listing",
    title={"en": "listing", "zh": "上架"},
    business_key=("subject", "/merchant", "/number|", "occurred_at"),
    signed_by=("merchant",),
    named=("/lots/*/lot", "/merchant"),
    about="product",
)
ORDER: Final = KindSpec(
    name="order",
    title={"en": "order", "zh": "订单"},
    business_key=("subject",),
    sealable=("/buyer", "/currency", "/lines/*/price", "/lines/*/quantity"),
    salted=True,
    signed_by=("merchant", "platform"),
    named=_LINES,
    guest_keys="/keys/*",
    about="order",
)
DELIVERY: Final = KindSpec(
    name="delivery",
    title={"en": "delivery", "zh": "配送"},
    business_key=("subject", "/document", "/status", "/attempt|"),
    sealable=("/lines/*/quantity",),
    salted=True,
    signed_by=("carrier",),
    named=_LINES,
    about="order",
)
SAMPLE: Final = KindSpec(
    name="sample",
    title={"en": "sample", "zh": "抽样"},
    business_key=("/sample", "subject"),
    sealable=("/place", "/quantity", "/taken_by"),
    signed_by=("brand-owner", "inspector", "merchant"),
    named=("/lab",),
)
REVIEW: Final = KindSpec(
    name="review",
    title={"en": "review", "zh": "评价"},
    business_key=("subject", "/line"),
    sealable=("/text_sha256",),  # the hash of a short text gives it away
    salted=True,
    signed_by=("guest",),
    named=_ONE_LINE,
    about="order",
)
CLAIM: Final = KindSpec(
    name="claim",
    title={"en": "claim", "zh": "售后申请"},
    business_key=("subject", "/claim"),
    sealable=("/amount",),
    salted=True,
    signed_by=("guest",),
    named=_ONE_LINE,
    about="order",
)
RESOLUTION: Final = KindSpec(
    name="resolution",
    title={"en": "resolution", "zh": "售后处理"},
    business_key=("subject", "/claim", "/outcome"),
    sealable=("/amount",),
    salted=True,
    signed_by=("merchant", "platform"),
    named=_ONE_LINE,
    about="order",
)
NOTICE: Final = KindSpec(
    name="notice",
    title={"en": "notice", "zh": "通知"},
    business_key=_CASE,
    signed_by=_DECIDERS,
    named=("/merchant",),
    about="product",
)
REPLY: Final = KindSpec(
    name="reply",
    title={"en": "reply", "zh": "答复"},
    signed_by=("merchant",),
    named=("/merchant",),
    about="product",
)
DECISION: Final = KindSpec(
    name="decision",
    title={"en": "decision", "zh": "决定"},
    business_key=(*_CASE, "/outcome", "/until|"),
    signed_by=_DECIDERS,
    named=("/merchant",),
    about="product",
)
DELISTING: Final = KindSpec(
    name="delisting",
    title={"en": "delisting", "zh": "下架"},
    business_key=(*_CASE, "/action"),
    signed_by=_DECIDERS,
    named=("/merchant",),
    about="product",
)
APPEAL: Final = KindSpec(
    name="appeal",
    title={"en": "appeal", "zh": "申诉"},
    business_key=(*_CASE, "/number|"),
    signed_by=("merchant",),
    named=("/merchant",),
    about="product",
)
RELISTING: Final = KindSpec(
    name="relisting",
    title={"en": "relisting", "zh": "重新上架"},
    business_key=_CASE,
    signed_by=_DECIDERS,
    named=("/merchant",),
    about="product",
)

COMMERCE_SPECS: Final = (
    LISTING,
    ORDER,
    DELIVERY,
    SAMPLE,
    REVIEW,
    CLAIM,
    RESOLUTION,
    NOTICE,
    REPLY,
    DECISION,
    DELISTING,
    APPEAL,
    RELISTING,
)
"""All of them."""
