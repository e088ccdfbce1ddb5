"""What parameters, categories and bases are called, so that 铅, Pb and lead are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from trustledger.errors import FormatError
from trustledger.frameworks.reading import Table, Text, read_toml

FORMAT: Final = "trustledger/vocabulary@1"
AS_SOLD: Final = "as sold"
"""The basis of a result that names none: a laboratory reports on the sample as received unless it says otherwise
(ISO/IEC 17025, 7.8.2.1 asks for what is needed to interpret a result)."""
_FILL: Final = re.compile(r"[\s_\-–]+")


@dataclass(frozen=True, slots=True)
class Named:
    """A parameter or basis.

    Attributes:
        id: Canonical name.
        title: What people call it.
    """

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class Category(Named):
    """A category of goods; ``parent`` is the one it belongs to, or empty."""

    parent: str = ""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names, looked up as people write them.

    Attributes:
        parameters: By canonical name.
        categories: By canonical name.
        bases: By canonical name.
        markets: Every folded name of a market → its code.
        sha256: Of the file.
    """

    parameters: Mapping[str, Named]
    categories: Mapping[str, Category]
    bases: Mapping[str, Named]
    markets: Mapping[str, str]
    sha256: str
    _names: Mapping[str, Mapping[str, str]]

    def parameter(self, name: str) -> str:
        """The canonical name of a parameter; an unknown one in one spelling, so that it equals itself."""
        return self._names["parameters"].get(folded(name)) or folded(name)

    def category(self, name: str) -> str | None:
        """The canonical name of a category, or None."""
        return self._names["categories"].get(folded(name))

    def basis(self, name: str | None) -> str | None:
        """The canonical name of a basis; `AS_SOLD` for none; None for an unknown one."""
        return AS_SOLD if name is None else self._names["bases"].get(folded(name))

    def market(self, name: str) -> str:
        """A market's code; an unknown one as it was written, in capitals."""
        return self.markets.get(folded(name), name.strip().upper())

    def lineage(self, category: str) -> tuple[str, ...]:
        """A category and what it belongs to, nearest first."""
        found: list[str] = []
        while category and category not in found:
            found.append(category)
            category = self.categories[category].parent if category in self.categories else ""
        return tuple(found)

    def title(self, name: str) -> Text:
        """What people call a parameter or category; its own name where nothing is known."""
        known = self.parameters.get(name) or self.categories.get(name)
        return known.title if known is not None else Text(name, name)


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """One spelling of a name: without case, width, spaces, hyphens and underscores."""
    return _FILL.sub("", unicodedata.normalize("NFKC", name).casefold())


def parse_vocabulary(raw: bytes) -> Vocabulary:
    """A vocabulary file.

    Raises:
        FormatError: ``frameworks.*``; ``frameworks.name_twice`` where one name means two things.
    """
    top, digest = read_toml(raw)
    top.expect("format", FORMAT)
    names: dict[str, dict[str, str]] = {"parameters": {}, "categories": {}, "bases": {}}
    parameters = {key: _named(key, table, names["parameters"]) for key, table in top.tables("parameters")}
    categories: dict[str, Category] = {}
    for key, table in top.tables("categories"):
        parent = table.text("parent", "")
        known = _named(key, table, names["categories"])
        if parent and parent not in categories:  # named above, so there are no cycles
            raise FormatError("frameworks.parent", at=f"categories.{key}", seen=parent)
        categories[key] = Category(key, known.title, parent)
    bases = {key: _named(key, table, names["bases"]) for key, table in top.tables("bases")}
    markets = _markets(top.table("markets"))
    top.end()
    frozen = {room: MappingProxyType(found) for room, found in names.items()}
    return Vocabulary(
        MappingProxyType(parameters),
        MappingProxyType(categories),
        MappingProxyType(bases),
        MappingProxyType(markets),
        digest,
        MappingProxyType(frozen),
    )


def _named(key: str, table: Table, names: dict[str, str]) -> Named:
    found = Named(key, Text(table.text("en"), table.text("zh")))
    spellings = {folded(name) for name in (key, found.title.en, found.title.zh, *table.texts("also"))}
    table.text("parent", "")
    table.end()
    for spelling in sorted(spellings):
        if names.setdefault(spelling, key) != key:
            raise FormatError(
                "frameworks.name_twice", at=table.at("also"), seen=spelling, expected=names[spelling]
            )
    return found


def _markets(table: Table) -> dict[str, str]:
    found: dict[str, str] = {}
    for code in table.names():
        found |= {folded(name): code for name in (code, *table.texts(code))}
    return found
