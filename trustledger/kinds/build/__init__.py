"""The library's door to kinds: one typed function for each, from keyword arguments to a draft.

All of them take:

- ``subject``: what the record is about, a URI in normal form (`trustledger.gs1` makes them);
- ``occurred_at``: an aware datetime, RFC 3339 text with an offset, or milliseconds since the epoch as an int;
- ``also``: further subjects; ``seal``: JSON Pointers into the data of values to keep private; ``evidence``:
  files kept elsewhere;
- ``event``, ``part`` and ``epcis``, for what came from EPCIS.

Measurements are decimal strings, ints or `decimal.Decimal`, never floats. A field that is None is absent.
Each raises InputError ``kinds.row`` with every bad field among its ``problems``.
"""

from trustledger.kinds.build.common import Common, Day, Fields, Measurement, Moment, lot, result
from trustledger.kinds.build.goods import observation, origin, processing, product, shipping
from trustledger.kinds.build.layouts import layout, layout_step
from trustledger.kinds.build.papers import correction, cost, inspection, recall, report_copy

__all__ = [
    "Common",
    "Day",
    "Fields",
    "Measurement",
    "Moment",
    "correction",
    "cost",
    "inspection",
    "layout",
    "layout_step",
    "lot",
    "observation",
    "origin",
    "processing",
    "product",
    "recall",
    "report_copy",
    "result",
    "shipping",
]
