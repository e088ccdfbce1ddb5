"""The frameworks that a card may use: those shipped, and a user's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

from trustledger.errors import FormatError
from trustledger.frameworks.limits import Framework, parse_framework
from trustledger.frameworks.points import PointsFramework
from trustledger.frameworks.policy import CardPolicy, parse_policy
from trustledger.frameworks.vocabulary import Vocabulary, parse_vocabulary

SHIPPED: Final = (
    "codex-cxs-193",
    "eu-2023-915",
    "gb-10765-2021",
    "gb-18401-2010",
    "gb-2762-2025",
    "nutri-score-2023",
)
"""Files of ``data/`` that are frameworks."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of one standard on one day of production.

    Attributes:
        id: The standard, over all editions.
        framework: The edition in force; None if it was not supplied.
        missing: What is missing, as it is cited; empty if nothing is.
    """

    id: str
    framework: Framework | None
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Frameworks:
    """Frameworks with the words that they use.

    Attributes:
        words: Names of parameters, categories and bases.
        limits: Every edition of every standard, by id and first day.
        points: Algorithms of points, by id and first day.
    """

    words: Vocabulary
    limits: tuple[Framework, ...]
    points: tuple[PointsFramework, ...] = ()

    @classmethod
    def load(cls, words: bytes, files_read: Iterable[bytes]) -> Frameworks:
        """Frameworks with a vocabulary of one's own. FormatError ``frameworks.*``."""
        return cls(parse_vocabulary(words), ()).adding(files_read)

    def adding(self, files_read: Iterable[bytes]) -> Frameworks:
        """These and a user's own; one of the same id and edition takes the place of what was there.

        Raises:
            FormatError: ``frameworks.*``.
        """
        limits = {(one.id, one.edition): one for one in self.limits}
        points = {(one.id, one.edition): one for one in self.points}
        for raw in files_read:
            found = parse_framework(raw, self.words)
            if isinstance(found, Framework):
                limits[found.id, found.edition] = found
            else:
                points[found.id, found.edition] = found
        checked = tuple(sorted(limits.values(), key=lambda one: (one.id, one.in_force, one.edition)))
        for one, next_one in pairwise(checked):
            if one.id == next_one.id and (one.in_force == next_one.in_force or one.group != next_one.group):
                raise FormatError(
                    "frameworks.same_day", seen=next_one.edition, expected=one.edition, at=one.id
                )
        return replace(
            self,
            limits=checked,
            points=tuple(sorted(points.values(), key=lambda one: (one.id, one.in_force, one.edition))),
        )

    def groups(self) -> tuple[str, ...]:
        """All sides that a card can show, sorted."""
        return tuple(sorted({one.group for one in self.limits}))

    def group_of(self, market: str) -> str | None:
        """The side that applies in a market; None if no framework here does."""
        return next((one.group for one in self.limits if market in one.markets), None)

    def check_group(self, group: str) -> str:
        """A side that there is. FormatError ``inspection.group`` for another."""
        if group not in self.groups():
            raise FormatError("inspection.group", seen=group, expected=", ".join(self.groups()))
        return group

    def on(self, group: str, lineage: tuple[str, ...], day: date) -> tuple[Edition, ...]:
        """For each standard of a group that covers a category, the edition in force on a day.

        A standard whose other editions cover the category, but that was not supplied for this day, is there without
        a framework: nobody may guess its limits. One that replaced nothing did not exist before its first day.
        """
        found: list[Edition] = []
        for standard in sorted({one.id for one in self.limits if one.group == group}):
            editions = [one for one in self.limits if one.id == standard]
            if not any(one.covers(lineage) for one in editions):
                continue
            begun = [one for one in editions if one.in_force <= day]
            if not begun:
                if editions[0].replaces:
                    found.append(Edition(standard, None, editions[0].replaces))
            elif begun[-1].until is not None and day >= begun[-1].until:
                found.append(Edition(standard, None, f"{begun[-1].standard} (< {begun[-1].until})"))
            else:
                found.append(Edition(standard, begun[-1]))
        return tuple(found)

    def starts(self, group: str) -> tuple[date, ...]:
        """The days on which the editions of a group change."""
        own = [one for one in self.limits if one.group == group]
        return tuple(
            sorted({one.in_force for one in own} | {one.until for one in own if one.until is not None})
        )


@cache
def shipped() -> Frameworks:
    """The frameworks of this package."""
    return Frameworks.load(_data("vocabulary"), map(_data, SHIPPED))


@cache
def shipped_policy() -> CardPolicy:
    """The house rules of this package."""
    return parse_policy(_data("house-stars"))


def _data(name: str) -> bytes:
    return files(__package__).joinpath("data", f"{name}.toml").read_bytes()
