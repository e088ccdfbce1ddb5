"""An audit's report on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from trustledger import AuditReport
from trustledger.audit.report import Finding
from trustledger_cli.render.findings import finding_text
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.render.trees import behind

_STOLEN = "audit.compromised"
_COUNTS = ("entries", "statements", "records", "withheld", "links", "chains", "parties", "annotations")


def audit_view(screen: Screen, report: AuditReport, most: int | None = None) -> RenderableType:
    """Verdict, counts, faults, findings, and what was not proven.

    Args:
        screen: Where it is shown.
        report: The report.
        most: How many faults to list; all if None.
    """
    parts: list[RenderableType] = [_verdict(screen, report)]
    if report.origin:
        parts.append(
            screen.facts(
                [
                    ("stats.origin", clean(report.origin)),
                    ("audit.counts", _counts(screen, report)),
                    ("audit.root", report.root.hex()),
                ]
            )
        )
    if report.independence is not None and report.independence.parties:
        parts.append(behind(screen, report.independence))
    if report.faults:
        table = screen.table("audit.place", "audit.fault", title=screen.say("audit.faults"))
        for fault in report.faults[:most]:
            table.add_row(Text(clean(fault.place), style="bold red"), Text(fault.text(screen.language)))
        parts.append(table)
        if most is not None and len(report.faults) > most:
            parts.append(Text(screen.say("audit.follow", count=len(report.faults) - most), style="dim"))
    if report.findings:
        table = screen.table("col.ref", "audit.finding", title=screen.say("audit.findings"))
        for finding, refs in _grouped(report.findings):
            table.add_row(Text(clean(refs)), Text(finding_text(screen, finding.code, finding.facts)))
        parts.append(table)
    if report.more_findings:
        parts.append(Text(screen.say("more", count=report.more_findings), style="dim"))
    parts += [Text(f"– {note.text(screen.language)}", style="yellow") for note in report.notes]
    return Group(*parts)


def _grouped(findings: Sequence[Finding]) -> Iterator[tuple[Finding, str]]:
    """Findings with their places; what one stolen key signed is one line with all its entries, ``0–5, 11``."""
    entries: dict[str, list[int]] = {}
    for one in findings:
        if one.code == _STOLEN:
            entries.setdefault(repr(sorted(one.facts.items())), []).append(int(one.ref))
    for one in findings:
        if one.code != _STOLEN:
            yield one, one.ref
        elif found := entries.pop(repr(sorted(one.facts.items())), None):
            yield one, _runs(sorted(found))


def _runs(numbers: Sequence[int]) -> str:
    """Ascending numbers as people write them: ``0–5, 11``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("–".join(map(str, run)) for run in runs)


def _verdict(screen: Screen, report: AuditReport) -> RenderableType:
    if report.faults:
        text, style = screen.say("audit.bad", count=len(report.faults)), "red"
    elif report.newer:
        text, style = screen.say("audit.newer"), "yellow"
    else:
        text, style = screen.say("audit.good" if report.trusted else "audit.consistent"), "green"
    mark = "✗" if report.faults else "!" if report.newer else "✓"
    return screen.panel(Text.assemble((f"{mark} ", f"bold {style}"), (text, f"bold {style}")), style=style)


def _counts(screen: Screen, report: AuditReport) -> str:
    shown = [
        f"{screen.say(f'count.{name}')} {report.counts[name]:,}"
        for name in _COUNTS
        if report.counts.get(name)
    ]
    return " · ".join(shown)
