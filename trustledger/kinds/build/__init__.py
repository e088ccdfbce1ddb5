"""The library's door to kinds: one typed function for each, from keyword arguments to a draft.

All of them take:

- ``subject``: what the record is about, a URI in normal form (`trustledger.gs1` makes them);
- ``occurred_at``: an aware datetime, RFC 3339 text with an offset, or milliseconds since the epoch as an int;
- ``also``: further subjects; ``seal``: JSON Pointers into the data of values to keep private; ``evidence``:
  files kept elsewhere;
- about goods also ``event``, ``part`` and ``epcis``, for what came from EPCIS.

Measurements are decimal strings, ints or `decimal.Decimal`, never floats. A field that is None is absent.
Each raises InputError ``kinds.row`` with every bad field among its ``problems``.
"""

from trustledger.kinds.build.commerce import (
    claim,
    delivery,
    listing,
    order,
    order_line,
    promise,
    resolution,
    review,
    sample,
)
from trustledger.kinds.build.common import Attached, Common, Day, Fields, Measurement, Moment, lot, result
from trustledger.kinds.build.goods import observation, origin, processing, product, shipping
from trustledger.kinds.build.layouts import layout, layout_step
from trustledger.kinds.build.papers import correction, cost, inspection, recall, report_copy
from trustledger.kinds.build.proceedings import (
    Measure,
    appeal,
    decision,
    delisting,
    notice,
    record_ref,
    relisting,
    reply,
)

__all__ = [
    "Attached",
    "Common",
    "Day",
    "Fields",
    "Measure",
    "Measurement",
    "Moment",
    "appeal",
    "claim",
    "correction",
    "cost",
    "decision",
    "delisting",
    "delivery",
    "inspection",
    "layout",
    "layout_step",
    "listing",
    "lot",
    "notice",
    "observation",
    "order",
    "order_line",
    "origin",
    "processing",
    "product",
    "promise",
    "recall",
    "record_ref",
    "relisting",
    "reply",
    "report_copy",
    "resolution",
    "result",
    "review",
    "sample",
    "shipping",
]
