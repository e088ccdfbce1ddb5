"""Points by thresholds, such as Nutri-Score: an example of a foreign algorithm as data.

A table gives each parameter one point for every threshold that its value exceeds. Negative points less positive points
are the score; grades are bounds of the score from below. Protein counts only while the negative points stay below a
bound, where the table has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType

from trustledger.errors import FormatError
from trustledger.frameworks.reading import Table, Text, exact
from trustledger.frameworks.vocabulary import Vocabulary
from trustledger.kinds.units import listed

_PROTEIN = "protein"


@dataclass(frozen=True, slots=True)
class Scale:
    """Points of one parameter: one for each threshold exceeded.

    Attributes:
        unit: Canonical symbol in which the thresholds are.
        over: The thresholds, ascending.
        optional: A value that is missing gives no points; else there is no score without it.
    """

    unit: str
    over: tuple[str, ...]
    optional: bool = False

    def points(self, value: Fraction) -> int:
        """How many thresholds a value exceeds."""
        return sum(value > exact(threshold) for threshold in self.over)


@dataclass(frozen=True, slots=True)
class Points:
    """What came out.

    Attributes:
        score: Negative less positive points.
        grade: The first grade whose bound is not exceeded.
        parts: (parameter, points): negative ones first, as counted; positive ones below zero.
    """

    score: int
    grade: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PointsTable:
    """One table of thresholds.

    Attributes:
        basis: To what the values must refer.
        negative: Scales that count against.
        positive: Scales that count for.
        protein_below: Protein counts only below this many negative points; None: always.
        grades: (grade, greatest score); the next letter after the last is for all above.
    """

    basis: str
    negative: Mapping[str, Scale]
    positive: Mapping[str, Scale]
    protein_below: int | None
    grades: tuple[tuple[str, int], ...]

    @property
    def scales(self) -> Mapping[str, Scale]:
        """All scales."""
        return {**self.negative, **self.positive}

    def score(self, values: Mapping[str, Fraction]) -> Points | None:
        """The points of some values, each in its scale's unit.

        Returns:
            None where a value is missing that is not optional.

        Example: energy 2000 kJ, sugars 18 g, saturates 1 g, salt 1 g, protein 8 g, fibre 5 g:
            5 + 5 + 0 + 4 = 14 negative points; protein does not count from 11 on; fibre 2: score 12, grade D.
        """
        if any(name not in values and not scale.optional for name, scale in self.scales.items()):
            return None
        against = {
            name: scale.points(values[name]) for name, scale in self.negative.items() if name in values
        }
        total = sum(against.values())
        counts = self.protein_below is None or total < self.protein_below
        favour = {
            name: scale.points(values[name]) if counts or name != _PROTEIN else 0
            for name, scale in self.positive.items()
            if name in values
        }
        score = total - sum(favour.values())
        grade = next((name for name, most in self.grades if score <= most), chr(ord(self.grades[-1][0]) + 1))
        return Points(score, grade, (*against.items(), *((name, -points) for name, points in favour.items())))


@dataclass(frozen=True, slots=True)
class PointsFramework:
    """One edition of an algorithm of points; the fields as in `trustledger.frameworks.limits.Framework`.

    Attributes:
        categories: Category → name of its table.
        tables: Name → table.
    """

    id: str
    edition: str
    group: str
    standard: str
    title: Text
    in_force: date
    source: str
    url: str
    note: Text
    categories: Mapping[str, str]
    tables: Mapping[str, PointsTable]
    sha256: str

    def table(self, lineage: tuple[str, ...]) -> PointsTable | None:
        """The table of the nearest category that has one."""
        for category in lineage:
            if category in self.categories:
                return self.tables[self.categories[category]]
        return None


def parse_points(top: Table, digest: str, words: Vocabulary) -> PointsFramework:
    """The rest of a framework file of kind ``points``. FormatError ``frameworks.*``."""
    tables = {name: _table(table, words) for name, table in top.tables("tables")}
    chosen = top.table("categories")
    categories = {category: chosen.expect(category, *tables) for category in chosen.names()}
    for category in categories:
        if category not in words.categories:
            raise FormatError("frameworks.word", at="categories", seen=category)
    top.texts("markets")
    found = PointsFramework(
        id=top.ident("id"),
        edition=top.text("edition"),
        group=top.text("group"),
        standard=top.text("standard"),
        title=top.pair("title"),
        in_force=top.day("in_force"),
        source=top.text("source"),
        url=top.text("url"),
        note=top.pair("note"),
        categories=MappingProxyType(categories),
        tables=MappingProxyType(tables),
        sha256=digest,
    )
    top.end()
    return found


def _table(table: Table, words: Vocabulary) -> PointsTable:
    grades = table.table("grades")
    bounds = tuple((name, int(grades.decimal(name))) for name in grades.names())
    basis = table.text("basis")
    if not bounds or basis not in words.bases or list(bounds) != sorted(bounds, key=lambda one: one[1]):
        raise FormatError("frameworks.bounds", at=table.at("grades"), seen=basis)
    found = PointsTable(
        basis,
        MappingProxyType(_scales(table, "negative", words)),
        MappingProxyType(_scales(table, "positive", words)),
        table.number("protein_below", 0, 100) if table.has("protein_below") else None,
        bounds,
    )
    table.end()
    return found


def _scales(table: Table, name: str, words: Vocabulary) -> dict[str, Scale]:
    found: dict[str, Scale] = {}
    for parameter, row in table.tables(name):
        if parameter not in words.parameters:
            raise FormatError("frameworks.word", at=row.at("unit"), seen=parameter)
        over = tuple(row.check_decimal("over", threshold) for threshold in row.texts("over"))
        if not over or list(over) != sorted(over, key=exact):
            raise FormatError("frameworks.bounds", at=row.at("over"), seen=", ".join(over))
        found[parameter] = Scale(listed(row.text("unit")).symbol, over, row.flag("optional", default=False))
        row.end()
    return found
