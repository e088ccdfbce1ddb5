"""What a card is made of: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from trustledger.frameworks import CardPolicy, Framework, Limit
from trustledger.views.model import Finding

Verdict = Literal["pass", "fail", "undecided", "untested"]
"""Of a card. *Undecided* where something was measured that does not decide; *untested* where a required test is
missing."""
ResultVerdict = Literal["pass", "fail", "undecided", "unrated"]
"""Of one result; *unrated* where this side of the card limits nothing."""
Reason = Literal[
    "", "over", "under", "uncertainty", "uncertainty_sealed", "loq", "loq_unstated",
    "unit", "basis", "negative", "decimal", "edition", "no_limit", "sealed",
]  # fmt: skip
"""Why a result is not a plain pass."""
UntestedReason = Literal["no_report", "sealed", "aged", "transcribed"]
INCOMPARABLE: Final[frozenset[Reason]] = frozenset({"unit", "basis", "decimal", "negative"})
"""A value that cannot be held against the limit at all: another that can is shown instead."""


@dataclass(frozen=True, slots=True)
class Result:
    """One parameter of a lot, held against one limit.

    Attributes:
        parameter: Canonical name.
        verdict: What came out.
        reason: Why, where it is no plain pass.
        stars: 0 to 5; None where nothing is decided or the limit grants none.
        value: In ``unit``; ``<0.005`` for what was not detected (the number is the LOQ), ``ND`` without an LOQ.
        unit: The limit's unit, or the report's own where they do not compare.
        uncertainty: In ``unit``; None if none was stated.
        ratio: (value + uncertainty) / limit, four digits, rounded up; None where no margin is graded.
        stated: Value and unit as the report has them.
        basis: As the report names it; None if it does not.
        method: As the report names it.
        limit: What it was held against; None if there is none.
        record: Place of the record that counts.
        lab: Party that signed as a laboratory; None where somebody else typed the report.
        transcribed_by: Party that typed it; None for a laboratory's own report.
        independent: The laboratory has no part in the goods, nor has whoever holds its key.
        accredited: Its accreditation covered the parameter when it was tested.
        tested_on: Day of the test as claimed, never later than its place in the log.
        required: The product's record asks for it.
        replaced: Places of worse reports that an independent retest replaced.
    """

    parameter: str
    verdict: ResultVerdict
    reason: Reason
    stars: int | None
    value: str
    unit: str
    uncertainty: str | None
    ratio: str | None
    stated: str
    basis: str | None
    method: str | None
    limit: Limit | None
    record: str
    lab: str | None
    transcribed_by: str | None
    independent: bool
    accredited: bool
    tested_on: date
    required: bool
    replaced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Untested:
    """A required parameter without a result that counts.

    Attributes:
        parameter: Canonical name.
        reason: ``no_report``, ``sealed`` (private), ``aged`` (too old) or ``transcribed`` (only a copy).
        records: Places of the records that do not count.
    """

    parameter: str
    reason: UntestedReason
    records: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PointsShown:
    """A foreign algorithm's score beside the card; it decides nothing.

    Attributes:
        id: The algorithm.
        edition: Its edition.
        sha256: Of its file.
        score: Negative less positive points.
        grade: The letter.
        parts: (parameter, points).
    """

    id: str
    edition: str
    sha256: str
    score: int
    grade: str
    parts: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Side:
    """By which rules a card was made.

    Attributes:
        group: The side: ``CN``, ``EU``, ``CODEX``; empty where no framework applies.
        applicable: It is the law of the product's market.
        market: The product's market; empty if nobody said.
        category: Canonical category; empty if unknown.
        category_record: Place of the product's record; empty if there is none.
        produced: First and last day on which the lot may have been made, as far as the records bound it.
        editions: The editions held against.
        missing: Editions that would be needed and were not supplied.
        policy: The house's rules.
        vocabulary: SHA-256 of the vocabulary.
        points: Foreign scores.
    """

    group: str
    applicable: bool
    market: str
    category: str
    category_record: str
    produced: tuple[date, date]
    editions: tuple[Framework, ...]
    missing: tuple[str, ...]
    policy: CardPolicy
    vocabulary: str
    points: tuple[PointsShown, ...] = ()


@dataclass(frozen=True, slots=True)
class InspectionCard:
    """What is known of a lot's tests at a moment.

    Attributes:
        subject: The lot.
        as_of: Records placed later were not seen; ms since 1970-01-01T00:00:00Z.
        verdict: Of the whole.
        stars: Of the worst safety item, of the worst quality item where no safety item is graded; 0 where it
            fails; None where it is neither passed nor failed, or where nothing is graded.
        results: Safety before quality, the worst first.
        untested: Required parameters without a result.
        framework: The rules.
        findings: What a reader must know, in the order of the log.
    """

    subject: str
    as_of: int
    verdict: Verdict
    stars: int | None
    results: tuple[Result, ...]
    untested: tuple[Untested, ...]
    framework: Side
    findings: tuple[Finding, ...]
