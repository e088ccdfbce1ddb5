"""A trace as a tree that a person likes to look at."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from trustledger.views.model import Edge, Node, Signatory, Step, Trace, Visit
from trustledger.views.recall import RecallRow
from trustledger_cli.render.records import field_name, kind_name, role_names, short_subject
from trustledger_cli.render.screen import Screen, clean

_KIND_STYLES = {
    "inspection": "magenta",
    "report_copy": "magenta",
    "origin": "green",
    "processing": "blue",
    "shipping": "cyan",
    "recall": "bold red",
    "correction": "yellow",
}


def trace_tree(screen: Screen, found: Trace) -> RenderableType:
    """The tree, what is odd, and what all of it proves."""
    branches: list[Tree] = []
    for visit in found.walk():
        label = _label(screen, visit, forward=found.forward)
        del branches[visit.level :]
        branches.append(branches[-1].add(label) if branches else Tree(label, guide_style="dim"))
    title = "trace.forward" if found.forward else "trace.back"
    parts: list[RenderableType] = [
        Text(screen.say(title, subject=short_subject(found.subject)), style="bold"),
        branches[0],
    ]
    if found.cut:
        parts.append(Text(screen.say("trace.cut"), style="yellow"))
    if found.findings:
        parts.append(Text(screen.say("trace.odd"), style="bold yellow"))
        parts += [Text(f"  ! {finding.text(screen.language)}", style="yellow") for finding in found.findings]
    return Group(*parts)


def recall_table(screen: Screen, rows: Sequence[RecallRow]) -> Table:
    """The recall list: whom to call about what."""
    table = screen.table(
        "col.subject",
        "recall.what",
        "recall.quantity",
        "recall.where",
        "recall.document",
        "recall.date",
        "col.ref",
    )
    for row in rows:
        amount = f"{row.quantity} {row.unit}".strip()
        where = clean(row.destination or row.party)
        table.add_row(
            short_subject(row.subject),
            clean(row.step),
            clean(amount),
            where,
            clean(row.document),
            clean(row.date[:10]),
            row.ref,
        )
    return table


def legend(screen: Screen) -> RenderableType:
    """What the check of a trace shows, and what it does not."""
    lines = Text.assemble(
        ("✓ ", "bold green"),
        screen.say("legend.proven"),
        "\n",
        ("– ", "bold yellow"),
        screen.say("legend.not_proven"),
    )
    return screen.panel(lines, screen.say("legend.title"), "dim")


def _label(screen: Screen, visit: Visit, *, forward: bool) -> RenderableType:
    node = visit.node
    lines: list[RenderableType] = [_via(screen, edge) for edge in visit.via if edge.relation == "made_from"]
    lines.append(_headline(screen, node, again=visit.again))
    if visit.again:
        return Group(*lines)
    said = {edge.ref for edge in visit.via}
    told_above = "output" if forward else "input"
    for step in node.steps:
        if step.standing == told_above and (step.ref in said or not forward):
            continue
        lines.append(_step(screen, step))
    if not node.steps:
        lines.append(
            Text("  " + screen.say("trace.nothing" if node.expanded else "trace.not_read"), style="dim")
        )
    return Group(*lines)


def _headline(screen: Screen, node: Node, *, again: bool) -> Text:
    line = Text(short_subject(node.subject), style="bold")
    if again:
        line.append("  " + screen.say("trace.again"), style="dim")
    return line


def _via(screen: Screen, edge: Edge) -> Text:
    line = Text("", style="dim")
    line.append(clean(edge.step) or screen.say("trace.step"), style="italic")
    if edge.quantity:
        line.append(f"  {clean(edge.quantity)} {clean(edge.unit)}".rstrip())
        if edge.made:
            line.append(f" → {clean(edge.made)} {clean(edge.made_unit)}".rstrip())
    line.append(f"  [{edge.ref}]")
    if edge.superseded:
        line.append("  " + screen.say("trace.superseded"), style="yellow")
    return line


def _step(screen: Screen, step: Step) -> Text:
    line = Text("  ✓ ", style="green")
    rest = Text()
    if step.state == "withheld":
        rest.append(screen.say("record.withheld_short"), style="yellow")
    else:
        rest.append(kind_name(step.kind, screen.language), style=_KIND_STYLES.get(step.kind, "default"))
        if step.occurred_at is not None:
            rest.append(f"  {screen.when(step.occurred_at)}")
    if step.state == "newer":
        rest.append("  " + screen.say("record.newer_short"), style="yellow")
    if step.summary:
        rest.append("  " + _summary(screen, step))
    if step.sealed:
        rest.append("  " + screen.say("trace.sealed", count=len(step.sealed)), style="dim")
    rest.append("  — ", style="dim")
    rest.append(
        " + ".join(_signatory(screen, one) for one in (step.signed_by, *step.cosigned_by)), style="bold"
    )
    if step.transcribed:
        rest.append("  " + screen.say("trace.transcribed"), style="yellow")
    if step.corrects:
        rest.append("  " + screen.say("trace.corrects", ref=step.corrects), style="yellow")
    if step.corrected_by:
        rest.append("  " + screen.say("trace.corrected", refs=", ".join(step.corrected_by)), style="yellow")
    rest.append(f"  [{step.ref}]", style="dim")
    return line.append_text(rest)


def _summary(screen: Screen, step: Step) -> str:
    shown = [f"{field_name(step.kind, name, screen.language)} {clean(value)}" for name, value in step.summary]
    return (" · ").join(shown)


def _signatory(screen: Screen, one: Signatory) -> str:
    roles = role_names(one.roles, screen.language)
    if not roles:
        return clean(one.name)
    return f"{clean(one.name)}（{roles}）" if screen.language == "zh" else f"{clean(one.name)} ({roles})"
