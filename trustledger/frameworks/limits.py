"""Limits of one edition of one standard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, Literal, cast

from trustledger.errors import FormatError
from trustledger.frameworks.points import PointsFramework, parse_points
from trustledger.frameworks.reading import Table, Text, exact, read_toml
from trustledger.frameworks.vocabulary import Vocabulary
from trustledger.kinds.units import listed

FORMAT: Final = "trustledger/framework@1"
Nature = Literal["safety", "quality"]


@dataclass(frozen=True, slots=True)
class Limit:
    """What a standard asks of one parameter in one category.

    Attributes:
        parameter: Canonical name.
        category: Canonical name of the category for which the standard states it.
        minimum: Least value allowed, a decimal in ``unit``; empty if there is none.
        maximum: Greatest value allowed; empty if there is none.
        unit: Canonical symbol.
        bases: Bases that compare; the first is the standard's own.
        nature: Safety counts before quality.
        graded: The house grants stars for the margin below ``maximum``; else it is met or not.
        standard: Such as ``GB 2762-2025``.
        clause: Table or section.
        verified: Found in an official text or in two independent sources.
        exempt: The standard says that it limits nothing here, though it does in the category above.
        note: What the number does not say.
    """

    parameter: str
    category: str
    minimum: str
    maximum: str
    unit: str
    bases: tuple[str, ...]
    nature: Nature
    graded: bool
    standard: str
    clause: str
    verified: bool
    exempt: bool = False
    note: str = ""

    @property
    def text(self) -> str:
        """The limit as people write it, without its unit: ``≤ 0.02``, ``0.43–0.72``, ``≥ 3.5``."""
        if self.minimum and self.maximum:
            return f"{self.minimum}–{self.maximum}"
        return f"≤ {self.maximum}" if self.maximum else f"≥ {self.minimum}"


@dataclass(frozen=True, slots=True)
class Framework:
    """One edition of one standard.

    Attributes:
        id: The same for all editions.
        edition: Such as ``2025``.
        group: Standards shown together as one side of a card: ``CN``, ``EU``, ``CODEX``.
        markets: Where it is the law.
        standard: As it is cited.
        title: Its title.
        in_force: First day of production to which it applies.
        until: First day to which it no longer applies; None if it still does or the next edition says so.
        replaces: What it replaced; empty if nothing. Goods made before ``in_force`` are then under that edition.
        source: Where the numbers come from.
        url: Where the official text is.
        note: What a reader must know.
        verified: Every limit in it is.
        limits: (category, parameter) → the limit.
        sha256: Of the file.
    """

    id: str
    edition: str
    group: str
    markets: tuple[str, ...]
    standard: str
    title: Text
    in_force: date
    until: date | None
    replaces: str
    source: str
    url: str
    note: Text
    verified: bool
    limits: Mapping[tuple[str, str], Limit]
    sha256: str

    def limit(self, lineage: tuple[str, ...], parameter: str) -> Limit | None:
        """The limit of the nearest category that has one; None if there is none, or an exemption."""
        for category in lineage:
            found = self.limits.get((category, parameter))
            if found is not None:
                return None if found.exempt else found
        return None

    def covers(self, lineage: tuple[str, ...]) -> bool:
        """Whether it limits anything in a category."""
        return any(category in lineage and not one.exempt for (category, _), one in self.limits.items())


def parse_framework(raw: bytes, words: Vocabulary) -> Framework | PointsFramework:
    """A framework file.

    Args:
        raw: The file.
        words: Its parameters, categories and bases must be known.

    Raises:
        FormatError: ``frameworks.*``.
    """
    top, digest = read_toml(raw)
    top.expect("format", FORMAT)
    if top.expect("kind", "limits", "points") == "points":
        return parse_points(top, digest, words)
    standard = top.text("standard")
    defaults, clauses = top.table("defaults"), top.table("clauses")
    usual = _Defaults(standard, defaults, {name: clauses.text(name) for name in clauses.names()})
    limits: dict[tuple[str, str], Limit] = {}
    for category, table in top.tables("limits"):
        if category not in words.categories:
            raise FormatError("frameworks.word", at="limits", seen=category)
        for parameter in table.names():
            if parameter not in words.parameters:
                raise FormatError("frameworks.word", at=table.at(parameter), seen=parameter)
            limits[category, parameter] = usual.limit(category, parameter, table.table(parameter), words)
    found = Framework(
        id=top.ident("id"),
        edition=top.text("edition"),
        group=top.text("group"),
        markets=top.texts("markets"),
        standard=standard,
        title=top.pair("title"),
        in_force=top.day("in_force"),
        until=top.day("until") if top.has("until") else None,
        replaces=top.text("replaces", ""),
        source=top.text("source"),
        url=top.text("url"),
        note=top.pair("note"),
        verified=all(one.verified for one in limits.values()),
        limits=MappingProxyType(limits),
        sha256=digest,
    )
    top.end()
    return found


class _Defaults:
    """What the rows of a file share, so that a row is short enough to be compared with the printed table."""

    def __init__(self, standard: str, table: Table, clauses: Mapping[str, str]) -> None:
        self.standard, self.clauses = standard, clauses
        self.unit = table.text("unit", "")
        self.bases = (table.text("basis"), *table.texts("same_as"))
        self.nature = cast("Nature", table.expect("nature", "safety", "quality"))
        self.graded, self.verified = table.flag("graded"), table.flag("verified")
        self.clause = table.text("clause", "")
        table.end()

    def limit(self, category: str, parameter: str, row: Table, words: Vocabulary) -> Limit:
        """One row, checked: a bound, a unit that is known, bases that are known, a clause."""
        exempt = row.flag("exempt", default=False)
        low = row.decimal("min") if row.has("min") else ""
        high = row.decimal("max") if row.has("max") else ""
        if exempt == bool(low or high) or (low and high and exact(low) > exact(high)):
            raise FormatError("frameworks.bounds", at=row.at("max"), seen=f"{low}…{high}")
        own = (row.text("basis"), *row.texts("same_as")) if row.has("basis") else self.bases
        for basis in own:
            if basis not in words.bases:
                raise FormatError("frameworks.word", at=row.at("basis"), seen=basis)
        clause = row.text("clause", self.clauses.get(parameter, self.clause) or None)
        found = Limit(
            parameter=parameter,
            category=category,
            minimum=low,
            maximum=high,
            unit="" if exempt else listed(row.text("unit", self.unit or None)).symbol,
            bases=own,
            nature=self.nature,
            graded=row.flag("graded", default=self.graded) and bool(high) and not low and exact(high) > 0,
            standard=self.standard,
            clause=clause,
            verified=row.flag("verified", default=self.verified),
            exempt=exempt,
            note=row.text("note", ""),
        )
        row.end()
        return found
