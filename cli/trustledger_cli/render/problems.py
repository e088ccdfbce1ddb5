"""What a dry run shows: how rows were understood, and what to mend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from rich.text import Text

from trustledger import TrustLedgerError
from trustledger.interchange import Problem
from trustledger.interchange.upload import Sample
from trustledger_cli.render.records import kind_name, short_subject
from trustledger_cli.render.screen import Screen, clean

if TYPE_CHECKING:
    from rich.table import Table


def problem_table(screen: Screen, problems: Sequence[Problem], title: str) -> Table:
    """Every row to look at: file, row, column, and what to do."""
    several = len({problem.place.file for problem in problems}) > 1
    headings = ("col.file", "col.row", "col.column", "col.problem")
    table = screen.table(*headings[0 if several else 1 :], title=title, right=(1 if several else 0,))
    for problem in problems:
        place = problem.place
        cells = [
            Text("" if place.row is None else str(place.row)),
            Text(clean(place.column or "")),
            Text(sentence(screen, problem)),
        ]
        table.add_row(*([Text(clean(place.file))] if several else []), *cells)
    return table


def sentence(screen: Screen, problem: TrustLedgerError) -> str:
    """A problem's sentence without its place, which stands beside it."""
    return (
        problem.sentence(screen.language) if isinstance(problem, Problem) else problem.text(screen.language)
    )


def sample_table(screen: Screen, samples: Sequence[Sample], zone: ZoneInfo | None) -> Table:
    """The first rows as they were understood: above all the times, which a person has to see."""
    title = screen.say("check.understood", zone=zone.key) if zone else screen.say("check.understood_plain")
    several = len({sample.place.file for sample in samples}) > 1
    told = any(sample.written is not None for sample in samples)
    headings = ["col.row", "col.kind", "col.subject", *(["col.written"] if told else []), "col.understood"]
    if several:
        headings.insert(0, "col.file")
    table = screen.table(*headings, title=title, right=(1 if several else 0,))
    for sample in samples:
        table.add_row(
            *([clean(sample.place.file)] if several else []),
            "" if sample.place.row is None else str(sample.place.row),
            kind_name(sample.kind, screen.language),
            short_subject(sample.subject, screen.language),
            *([clean(sample.written or "")] if told else []),
            screen.when(sample.draft.occurred_at, exact=True, zone=zone),
        )
    return table
