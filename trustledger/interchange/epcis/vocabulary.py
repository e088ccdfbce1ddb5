"""Words of the Core Business Vocabulary (GS1 CBV 2.0), in all the spellings that are in use.

``shipping``, ``urn:epcglobal:cbv:bizstep:shipping``, ``https://ref.gs1.org/cbv/BizStep-shipping``,
``https://ns.gs1.org/voc/Bizstep-shipping`` and ``cbv:BizStep-shipping`` are one word. A word of somebody
else's vocabulary stays the whole URI or CURIE that it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

DISPATCHING: Final = frozenset({"shipping", "departing", "transporting"})
RECEIVING: Final = frozenset({"receiving", "arriving", "accepting"})
CREATING: Final = frozenset({"", "commissioning", "creating_class_instance", "harvesting"})
"""Steps of an ObjectEvent ADD that bring a lot or item into being; without a step, ADD itself says so."""

DISPATCH_DOCUMENTS: Final = ("desadv", "bol", "inv", "po")
RECEIPT_DOCUMENTS: Final = ("recadv", "desadv", "bol", "po", "inv")
WORK_DOCUMENTS: Final = ("prodorder", "po", "recadv", "cert", "inv")
REPORT_DOCUMENTS: Final = ("testres", "cert")

_TYPES: Final = (
    "ObjectEvent",
    "AggregationEvent",
    "AssociationEvent",
    "TransformationEvent",
    "TransactionEvent",
)
_SPELLING: Final = re.compile(
    r"(?:urn:epcglobal:cbv:(?:bizstep|disp|btt|sdt|er|comp):"
    r"|(?:https?://(?:ref|ns|www)?\.?gs1\.org/(?:cbv|voc)/|cbv:|gs1:)(?:bizstep|disp|btt|sdt|er|comp)-)"
    r"(?P<word>[a-z][a-z0-9_]*)",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


@lru_cache(maxsize=4096)
def word(text: str) -> str:
    """The bare CBV word, in lower case; a word from elsewhere as it is."""
    match = _SPELLING.fullmatch(text)
    if match:
        return match["word"].lower()
    return text.lower() if _BARE.fullmatch(text) else text


def word_of(value: Any) -> str:
    """`word` of a field that should hold one; "" for anything that does not."""
    if type(value) is str:
        return word(value)
    if isinstance(value, dict) and type(value.get("id")) is str:
        return word(value["id"])
    return ""


@lru_cache(maxsize=256)
def local_name(text: str) -> str:
    """The last step of a URI or CURIE: ``gs1:Temperature`` → ``Temperature``."""
    return re.split(r"[/#:]", text)[-1]


def event_type(event: dict[str, Any]) -> str | None:
    """``ObjectEvent`` and so on, from ``type``, ``@type`` or ``isA``; None if it is none of the five."""
    for name in ("type", "@type", "isA"):
        value = event.get(name)
        if type(value) is str:
            local = local_name(value)
            return local if local in _TYPES else None
    return None
