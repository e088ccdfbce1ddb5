"""The house's own rules for a card: stars by margin, when reports age out, when a date is late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Final, NamedTuple

from trustledger.errors import FormatError
from trustledger.frameworks.reading import Table, Text, exact, read_toml

FORMAT: Final = "trustledger/card-policy@1"
_DEFAULT: Final = "default"


class Band(NamedTuple):
    """At most this share of a limit gives so many stars."""

    ratio: str
    stars: int


@dataclass(frozen=True, slots=True)
class CardPolicy:
    """The house's rules.

    Attributes:
        id: Name of the framework of stars.
        edition: Its edition.
        since: Its date.
        title: What people call it.
        notice: That it is a house framework and no certification; stands on every card.
        bands: By ascending ratio; the last is ``1``.
        transcribed_counts: Whether a copy of a report may tell for a lot; it always tells against it.
        stated_within_days: A production date that comes onto record later than this after itself is late.
        lookback_days: How long before a lot's first record it may have been made, where nobody says when.
        valid_months: Category or ``default`` → months for which a good report counts.
        sha256: Of the file.
    """

    id: str
    edition: str
    since: date
    title: Text
    notice: Text
    bands: tuple[Band, ...]
    transcribed_counts: bool
    stated_within_days: int
    lookback_days: int
    valid_months: Mapping[str, int]
    sha256: str

    def stars(self, ratio: Fraction) -> int:
        """Stars for a share of a limit; 0 above it. A step of the share never takes more than one band."""
        return next((band.stars for band in self.bands if ratio <= exact(band.ratio)), 0)

    def months(self, lineage: tuple[str, ...]) -> int:
        """For how many months a good report of this category counts."""
        return next(
            (self.valid_months[name] for name in lineage if name in self.valid_months),
            self.valid_months[_DEFAULT],
        )


def parse_policy(raw: bytes) -> CardPolicy:
    """A policy file.

    Raises:
        FormatError: ``frameworks.*``; ``frameworks.bands`` unless ratios rise to 1 and stars fall within 1 to 5.
    """
    top, digest = read_toml(raw)
    top.expect("format", FORMAT)
    bands = tuple(top.items("bands", _band))
    ratios, stars = [exact(band.ratio) for band in bands], [band.stars for band in bands]
    if (
        not bands
        or ratios != sorted(set(ratios))
        or stars != sorted(set(stars), reverse=True)
        or ratios[-1] != 1
    ):
        raise FormatError("frameworks.bands", at="bands")
    months = top.table("valid_months")
    valid = {name: months.number(name, 1, 600) for name in months.names()}
    if _DEFAULT not in valid:
        raise FormatError("frameworks.missing", at="valid_months.default")
    found = CardPolicy(
        id=top.ident("id"),
        edition=top.text("edition"),
        since=top.day("since"),
        title=top.pair("title"),
        notice=top.pair("notice"),
        bands=bands,
        transcribed_counts=top.flag("transcribed_counts"),
        stated_within_days=top.number("stated_within_days", 0, 3660),
        lookback_days=top.number("lookback_days", 0, 36600),
        valid_months=MappingProxyType(valid),
        sha256=digest,
    )
    top.end()
    return found


def _band(table: Table, key: str) -> Band:
    row = table.table(key)
    found = Band(row.decimal("ratio"), row.number("stars", 1, 5))
    row.end()
    return found
