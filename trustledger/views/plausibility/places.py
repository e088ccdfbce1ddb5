"""Names of places and parties, as far as two of them can be compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_GLN: Final = re.compile(r"https://id\.gs1\.org/(41[0-7])/([0-9]{13})(?:/.*)?")
_LOCATION: Final = "414"


@lru_cache(maxsize=65_536)
def end_of(text: str) -> str:
    """One spelling for one end of a shipment: the GLN of a place or party, else the text without needless spaces.

    A GLN names a place under AI 414 and a party under 417; a company often uses one number for both, so equal numbers
    are one end.
    """
    found = _GLN.fullmatch(text)
    return f"gln:{found[2]}" if found else " ".join(text.split()).casefold()


def is_gln(end: str) -> bool:
    """Whether what `end_of` gave is a GLN."""
    return end.startswith("gln:")


def location_of(text: str) -> str:
    """The GLN of a physical place (GS1 General Specifications, AI 414) as `end_of` gives it; empty for anything else.

    Other names cannot be told apart: "Mill" and "Hall 2" may be one place, and the GLN of a party is not where it is.
    """
    found = _GLN.fullmatch(text)
    return end_of(text) if found and found[1] == _LOCATION else ""


def comparable(one: str, other: str) -> bool:
    """Whether two ends that differ are known to be different: both are GLNs, or both are URIs."""
    if is_gln(one) or is_gln(other):
        return is_gln(one) and is_gln(other)
    return "://" in one and "://" in other
