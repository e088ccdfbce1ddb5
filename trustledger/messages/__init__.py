"""What errors and findings say to people, in English and Chinese.

Each room keeps its sentences in a module of its own here; this package joins them and fills in the facts. A code is
``room.what``; a template names its facts in braces. Both languages use the same facts (a test holds them to it).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from string import Formatter
from typing import Final

ROOMS: Final = (
    "core",
    "authority",
    "note",
    "kinds",
    "interchange",
    "upload",
    "epcis",
    "ledger",
    "audit",
    "store",
    "views",
    "moments",
    "doors",
    "cost",
    "plausibility",
    "policy",
    "layouts",
    "frameworks",
    "inspection",
    "score",
    "cli",
)
"""The modules of this package that hold sentences."""

_LONGEST_FACT: Final = 300
"""Characters of a fact that are shown: facts quote hostile input, which may be any size."""


@cache
def catalogue() -> Mapping[str, tuple[str, str]]:
    """All sentences: code → (English, Chinese)."""
    joined: dict[str, tuple[str, str]] = {}
    for room in ROOMS:
        joined.update(import_module(f"{__name__}.{room}").SENTENCES)
    return joined


def render(code: str, language: str, facts: Mapping[str, object]) -> str:
    """Fill a sentence with its facts.

    Args:
        code: Key of the catalogue. An unknown one is shown as it is, with its facts, never raised: this runs while an
            error is being reported.
        language: ``"zh"`` for Chinese, anything else for English.
        facts: Values for the names in braces.

    Returns:
        One sentence without control characters, so that hostile input cannot drive the reader's terminal.
    """
    sentence = catalogue().get(code)
    shown = {name: _printable(value) for name, value in facts.items()}
    if sentence is None:
        return f"{code} {shown}" if shown else code
    template = sentence[1 if language == "zh" else 0]
    return Formatter().vformat(template, (), _Facts(shown))


class _Facts(dict[str, str]):
    """A fact nobody passed is shown as a gap instead of hiding the error behind a KeyError."""

    def __missing__(self, key: str) -> str:
        return "?"


def _printable(value: object) -> str:
    try:
        text = value.hex() if isinstance(value, bytes) else str(value)
    except ValueError:  # an int of more digits than Python will write out, here or within a list
        text = "…"
    if len(text) > _LONGEST_FACT:
        text = text[:_LONGEST_FACT] + "…"
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text
    )
