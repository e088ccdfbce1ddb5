"""A trace as a tree that a person likes to look at."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text
from rich.tree import Tree

from trustledger.authority.independence import Independence
from trustledger.encoding import parse_time
from trustledger.views.model import Edge, Finding, Level, Node, Signatory, Step, Trace, Visit
from trustledger.views.recall import RecallRow
from trustledger_cli.render.findings import finding_text
from trustledger_cli.render.layouts import layout_view
from trustledger_cli.render.records import kind_name, role_names, short_subject
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.render.summaries import WORDS, corrected, details, product_name

if TYPE_CHECKING:
    from rich.table import Table

_KIND_STYLES = {
    "inspection": "magenta",
    "report_copy": "magenta",
    "origin": "green",
    "processing": "blue",
    "shipping": "cyan",
    "recall": "bold red",
    "correction": "yellow",
}

_MARKS: Final[dict[Level, tuple[str, str]]] = {
    "alarm": ("✗", "bold red"),
    "doubt": ("!", "yellow"),
    "note": ("·", "dim"),
}
"""How findings of each level are shown, in this order."""
_GOODS: Final = frozenset({"subject", "unit", "other"})
_HAPPENINGS: Final = frozenset({"what", "step"})
"""Facts of findings about plausibility: names of goods; a direction, step or kind."""


def trace_tree(screen: Screen, found: Trace) -> RenderableType:
    """The tree, what is odd, and what all of it proves."""
    names = {node.subject: product_name(screen, node) for node in found.products}
    branches: list[Tree] = []
    for visit in found.walk():
        label = _label(screen, found, visit, names)
        del branches[visit.level :]
        branches.append(branches[-1].add(label) if branches else Tree(label, guide_style="dim"))
    title = "trace.forward" if found.forward else "trace.back"
    parts: list[RenderableType] = [
        Text(screen.say(title, subject=short_subject(found.subject, screen.language)), style="bold"),
        branches[0],
    ]
    if found.cut:
        parts.append(Text(screen.say("trace.cut"), style="yellow"))
    if found.layout is not None:
        parts.append(layout_view(screen, found.layout))
    parts += _findings(screen, found.findings)
    if found.independence is not None and found.independence.parties:
        parts.append(behind(screen, found.independence))
    return Group(*parts)


def _findings(screen: Screen, findings: Sequence[Finding]) -> Iterator[RenderableType]:
    """What is odd, what weighs most first."""
    if findings:
        yield Text(screen.say("trace.odd"), style="bold yellow")
    for level, (mark, style) in _MARKS.items():
        for one in findings:
            if one.level == level:
                yield Text(f"  {mark} {finding_text(screen, one.code, _facts(screen, one))}", style=style)


def _facts(screen: Screen, one: Finding) -> Mapping[str, str]:
    """The facts of a finding in the words of the screen, where they are goods or what happened to them."""
    facts = dict(one.all_facts)
    if one.code.startswith("plausibility."):
        for name in _GOODS & facts.keys():
            facts[name] = short_subject(facts[name], screen.language) if "://" in facts[name] else facts[name]
        for name in _HAPPENINGS & facts.keys():
            facts[name] = _happened(screen, facts[name])
    return facts


def behind(screen: Screen, found: Independence) -> RenderableType:
    """How many independent parties and keys stand behind it, and how many keys the shop holds."""
    held = len(found.held_by_shop)
    line = screen.say(
        "trace.behind",
        independent=len(found.independent),
        parties=len(found.parties),
        keys=len(found.keys),
        held=held,
    )
    if found.cut:
        line += " " + screen.say("trace.owners_cut")
    return Text(line, style="default" if len(found.independent) > 1 and not found.cut else "yellow")


def recall_table(screen: Screen, found: Trace, rows: Sequence[RecallRow]) -> Table:
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
    names = {step.signed_by.uri: step.signed_by.name for node in found.nodes for step in node.steps}
    for row in rows:
        happened = [_happened(screen, row.step)] if row.step else []
        if row.also_told_by:
            happened.append(screen.say("recall.also", count=row.also_told_by.count("; ") + 1))
        if row.same_event:
            happened.append(screen.say("recall.same", ref=row.same_event))
        table.add_row(
            short_subject(row.subject, screen.language),
            "\n".join(happened),
            clean(f"{row.quantity} {row.unit}".strip()),
            clean(names.get(row.destination, row.destination)) or "—",
            clean(row.document),
            screen.when(parse_time(row.date))[:10] if row.date else "",  # the day where the reader is
            row.ref,
        )
    return table


def _happened(screen: Screen, step: str) -> str:
    """``dispatched``, ``received``, or the kind or step that made the lot."""
    word = WORDS.get(step)
    return screen.say(word) if word else kind_name(step, screen.language)


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


def _label(screen: Screen, found: Trace, visit: Visit, names: Mapping[str, str]) -> RenderableType:
    """A subject: how one comes to it, what it is, and what was recorded about it."""
    node = visit.node
    lines: list[RenderableType] = [_headline(screen, node, names, again=visit.again)]
    lines += [_via(screen, edge) for edge in visit.via if edge.relation != "member"]
    if visit.again:
        return Group(*lines)
    above = "output" if found.forward else "input"  # these stand on the lines between the subjects
    said, beside = {edge.ref for edge in visit.via}, {step.ref for step in node.steps}
    for step in node.steps:
        shown_above = step.standing == above and step.ref in said and step.decided_by is None
        if step.standing != "input" and not shown_above:
            lines += _step(screen, step, beside)
    if not node.steps:
        lines.append(Text("  " + screen.say(_silence(node)), style="dim"))
    return Group(*lines)


def _silence(node: Node) -> str:
    """Why nothing is shown of a subject: the name of a phrase."""
    if not node.expanded:
        return "trace.not_read"
    return "trace.only_named" if node.records else "trace.nothing"


def _headline(screen: Screen, node: Node, names: Mapping[str, str], *, again: bool) -> Text:
    name = next((names[uri] for uri in (node.subject, *node.classes) if names.get(uri)), "")
    line = Text(f"{name}  " if name else "", style="bold")
    line.append(short_subject(node.subject, screen.language), style="bold")
    if again:
        line.append("  " + screen.say("trace.again"), style="dim")
    return line


def _via(screen: Screen, edge: Edge) -> Text:
    line = Text("  → ", style="blue")
    if edge.quantity:
        line.append(f"{clean(edge.quantity)} {clean(edge.unit)}".rstrip() + "  ", style="default")
    line.append(clean(edge.step) or screen.say("trace.step"), style="blue")
    if edge.made:
        line.append(f"  → {clean(edge.made)} {clean(edge.made_unit)}".rstrip(), style="default")
    line.append(f"  [{edge.ref}]", style="dim")
    if edge.superseded:
        line.append("  " + screen.say("trace.superseded"), style="yellow")
    return line


def _step(screen: Screen, step: Step, beside: Container[str]) -> list[RenderableType]:
    """A record: who said what and when; below it, what, and what a correction makes of it.

    A correction whose record stands beside it tells its changes there.
    """
    line = Text("  ✓ ", style="green")
    line.append(_when(screen, step), style="default")
    line.append(_kind(screen, step), style=_KIND_STYLES.get(step.kind, "default"))
    line.append("  ")
    line.append(
        " + ".join(_signatory(screen, one) for one in (step.signed_by, *step.cosigned_by)),
        style="bold default",
    )
    line.append(f"  [{step.ref}]", style="dim")
    for remark in _remarks(screen, step):
        line.append(f"  {remark}", style="yellow")
    said = details(screen, step)
    if step.sealed:
        said += ("  " if said else "") + screen.say("trace.sealed", count=len(step.sealed))
    below = [Text(said, style="dim strike" if step.withdrawn else "dim")] if said else []
    if step.decided_by is not None and not step.withdrawn:
        below.append(Text(screen.say("trace.now", ref=step.decided_by), style="yellow"))
    if step.corrects not in beside:
        below += [Text(f"  {change}", style="yellow") for change in corrected(screen, step)]
    return [line, *(Padding(text, (0, 0, 0, 4)) for text in below)]


def _when(screen: Screen, step: Step) -> str:
    return "" if step.occurred_at is None else screen.when(step.occurred_at) + "  "


def _kind(screen: Screen, step: Step) -> str:
    return (
        screen.say("record.withheld_short")
        if step.state == "withheld"
        else kind_name(step.kind, screen.language)
    )


def _remarks(screen: Screen, step: Step) -> Iterator[str]:
    if step.state == "newer":
        yield screen.say("record.newer_short")
    if step.doubts:
        yield screen.say("trace.compromised")
    if step.transcribed:
        yield screen.say("trace.transcribed")
    if step.corrects:
        yield screen.say("trace.corrects", ref=step.corrects)
    if step.withdrawn:
        yield screen.say("trace.withdrawn", ref=step.decided_by or "")
    elif step.corrected_by:
        yield screen.say("trace.corrected", refs=", ".join(step.corrected_by))
        if step.decided_by is None and step.corrects is None and step.counts:
            yield screen.say("trace.as_written")


def _signatory(screen: Screen, one: Signatory) -> str:
    roles = role_names(one.roles, screen.language)
    if not roles:
        return clean(one.name)
    return f"{clean(one.name)}（{roles}）" if screen.language == "zh" else f"{clean(one.name)} ({roles})"
