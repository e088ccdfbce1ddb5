"""One report, one sample: a report's file or number that stands for two lots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from trustledger.gs1 import classes
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.happening import INSPECTING

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening


def paper_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """Reports that were used for two lots, by the hash of a file or by the laboratory's number.

    Of a report that a merchant typed, one file for two lots is an alarm; a laboratory that signs itself may have tested
    a sample of both. A lot and its own items or product are not two lots.
    """
    files: dict[str, list[Happening]] = {}
    numbers: dict[tuple[str, str], list[Happening]] = {}
    for one in happenings:
        if one.kind not in INSPECTING:
            continue
        for digest in dict.fromkeys((*filter(None, (one.text("file_sha256"),)), *one.files)):
            files.setdefault(digest, []).append(one)
        number = one.text("report")
        if number and number != one.text("event"):
            numbers.setdefault((_laboratory(one), number), []).append(one)
    accused: set[tuple[str, str]] = set()
    for digest, told in files.items():
        for first, one in _two_lots(told):
            accused.add((first.ref, one.ref))
            level: Level = "alarm" if "report_copy" in (one.kind, first.kind) else "doubt"
            facts = {"hash": digest, "other": first.subject}
            yield Finding("plausibility.report_file_twice", one.subject, one.ref, facts, level, (first.ref,))
    for (laboratory, number), told in numbers.items():
        for first, one in _two_lots(told):
            if (first.ref, one.ref) not in accused:
                facts = {"lab": laboratory, "report": number, "other": first.subject}
                yield Finding(
                    "plausibility.report_number_twice", one.subject, one.ref, facts, "doubt", (first.ref,)
                )


def _laboratory(one: Happening) -> str:
    """Whose number it is: the signer's, or of a transcript the laboratory's that it names."""
    return (one.text("lab") if one.kind == "report_copy" else "") or one.party


def _two_lots(told: list[Happening]) -> Iterator[tuple[Happening, Happening]]:
    """The first use of a paper with each later use for another lot, once for each lot."""
    first, seen = told[0], {told[0].subject}
    for one in told[1:]:
        if one.subject not in seen and not _belong(one.subject, first.subject):
            seen.add(one.subject)
            yield first, one


def _belong(one: str, other: str) -> bool:
    return one in classes(other) or other in classes(one)
