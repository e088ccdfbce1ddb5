"""What parameters, categories and bases are called, so that 铅, Pb and lead are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
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
_PARENTHESES: Final = re.compile(r"\(([^()]*)\)")
_IDLE: Final = re.compile(r"total|总|总量|as.{1,8}|以.{1,12}计")
"""What stands in parentheses behind a parameter and does not change which it is, in the folded form."""
_BESIDE: Final = re.compile(r"^(?:total|总)|(?:含量|总量|残留量|content|level|concentration|total)$")
"""What stands before or after a parameter and does not change which it is, in the folded form."""
_LOOKS: Final = str.maketrans("аеорсухіјѕԁһԛԝвкмнтαοριντυκ", "aeopcyxijsdhqwbkmhtaopivtuk")
"""Small Cyrillic and Greek letters → the Latin ones that they look like (Unicode TR 39, confusables)."""


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
        """The canonical name of a parameter; an unknown one in one spelling, so that it equals itself.

        Where the whole name is not known, it is looked up without what only says how it was measured: a symbol in
        parentheses, ``total``, ``总``, ``含量``, and with letters of other scripts read as those that they look like.
        """
        names = self._names["parameters"]
        known = names.get(folded(name))
        return known or next((names[one] for one in _simpler(name, names) if one in names), folded(name))

    def is_disguised(self, name: str) -> bool:
        """Whether a name mixes Latin letters with Cyrillic or Greek ones, or reads as a known one only by their looks.

        Prefixes that are Greek by right (``α-``, ``β-``, ``µ``) are letters of their own and disguise nothing.
        """
        if folded(name) in self._names["parameters"]:
            return False
        looks = folded(name).translate(_LOOKS)
        return looks != folded(name) and (_is_mixed(name) or self.parameter(name) in self.parameters)

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


def _simpler(name: str, names: Mapping[str, str]) -> Iterator[str]:
    """A name without what names may carry besides, the least taken away first.

    Only parentheses that repeat the name or say nothing of it are taken away: chromium (VI) is not chromium.
    """
    for text in (folded(name), folded(name).translate(_LOOKS)):
        yield text
        outside, inside = _PARENTHESES.sub("", text), _PARENTHESES.findall(text)
        bare = _BESIDE.sub("", outside)
        for one in (outside, bare):
            if all(_IDLE.fullmatch(part) or names.get(part) == names.get(one, "") for part in inside):
                yield one


def _is_mixed(name: str) -> bool:
    """Whether a name has letters of Latin and of a script that looks like it, but for single Greek ones (``β-``)."""
    words = [word for word in re.split(r"[\s\-–()]+", name) if len(word) > 1]
    scripts = {
        unicodedata.name(letter, "").partition(" ")[0] for letter in "".join(words) if letter.isalpha()
    }
    return "LATIN" in scripts and not scripts.isdisjoint({"CYRILLIC", "GREEK"})


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
