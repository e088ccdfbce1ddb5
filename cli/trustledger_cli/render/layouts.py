"""A lot held against its layout: a table that says at a glance where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.text import Text

from trustledger_cli.render.findings import finding_text
from trustledger_cli.render.records import kind_name, role_names, short_subject
from trustledger_cli.render.screen import Screen, clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from trustledger.views.layouts.model import Doer, ExpectedStep, LayoutResult, StepResult

STATUS: Final = {
    "met": ("✓", "green", "steps.met"),
    "skipped": ("–", "dim", "steps.skipped"),
    "missing": ("✗", "bold red", "steps.missing"),
    "other": ("✗", "bold red", "steps.other"),
    "few": ("✗", "bold yellow", "steps.few"),
    "inputs": ("✗", "bold red", "steps.inputs"),
    "parameters": ("✗", "bold yellow", "steps.parameters"),
    "failed": ("✗", "bold red", "steps.failed"),
    "doubted": ("✗", "bold red", "steps.doubted"),
    "order": ("✗", "bold red", "steps.order"),
}
"""Status of a step: its mark, its style, and the phrase for it."""
_SHOWN: Final = 8
"""Remarks and records of one sort that are shown; ``--json`` has all."""


def layout_view(screen: Screen, found: LayoutResult) -> RenderableType:
    """The steps with their status, what no step foresees, what is odd, and the verdict."""
    parts: list[RenderableType] = []
    layout = found.layout
    if layout is None:
        name = short_subject(found.subject, screen.language)
        parts.append(Text(screen.say("steps.no_layout", subject=name), style="bold yellow"))
    else:
        facts = {"version": layout.version, "party": layout.signed_by.name, "ref": layout.said_at}
        parts += [Text(screen.say("steps.title", **facts), style="bold"), _table(screen, found)]
    if found.unforeseen:
        parts.append(Text(screen.say("steps.unforeseen"), style="yellow"))
        parts += [Text(f"  {line}", style="yellow") for line in _unforeseen(screen, found)]
    if found.unreadable:
        refs = ", ".join(one.ref for one in found.unreadable)
        parts.append(Text(screen.say("steps.unreadable", refs=refs), style="yellow"))
    told = (finding_text(screen, one.code, one.all_facts) for one in found.findings)
    parts += [Text(f"! {text}", style="yellow") for text in told]
    parts.append(verdict(screen, found))
    return Group(*parts)


def verdict(screen: Screen, found: LayoutResult) -> Text:
    """One line: whether the lot went the way that was laid down."""
    facts = {"subject": short_subject(found.subject, screen.language)}
    if found.met:
        return Text.assemble(("✓ ", "bold green"), screen.say("steps.good", **facts))
    count = sum(not step.fine for step in found.steps)
    name = "steps.bad" if count else "steps.not_whole"
    return Text.assemble(("✗ ", "bold red"), (screen.say(name, count=count, **facts), "bold"))


def lots_table(screen: Screen, results: Sequence[LayoutResult]) -> Table:
    """The lots of a product, a line for each."""
    table = screen.table("steps.lots", "steps.status", "steps.open")
    for found in results:
        mark = Text("✓", style="bold green") if found.met else Text("✗", style="bold red")
        bad = "\n".join(
            f"{clean(step.expected.name)}: {screen.say(STATUS[step.status][2])}"
            for step in found.steps
            if not step.fine
        )
        odd = "" if bad or found.met else screen.say("steps.not_whole", subject="")
        table.add_row(short_subject(found.subject, screen.language), mark, bad or odd.strip(" :："))
    return table


def _table(screen: Screen, found: LayoutResult) -> Table:
    table = screen.table(
        "steps.number", "steps.step", "steps.status", "steps.who", "steps.remarks", right=(0,)
    )
    for number, step in enumerate(found.steps, 1):
        mark, style, name = STATUS[step.status]
        status = Text(f"{mark} {screen.say(name)}", style=style)
        who = "\n".join(_doer(one) for one in step.done_by[:_SHOWN])
        remarks = list(_remarks(screen, step))
        if len(remarks) > _SHOWN:
            remarks[_SHOWN:] = [screen.say("more", count=len(remarks) - _SHOWN)]
        table.add_row(
            str(number),
            _name(screen, step.expected),
            status,
            who or "—",
            Text("\n".join(remarks), style="dim"),
        )
    return table


def _name(screen: Screen, expected: ExpectedStep) -> Text:
    """What the layout calls a step; below it the records that tell of it."""
    what = kind_name(expected.kind, screen.language)
    detail = clean(expected.step) or clean(expected.direction)
    return Text.assemble(
        (clean(expected.name), "bold"), "\n", (f"{what} {detail}".strip() if detail else what, "dim")
    )


def _doer(one: Doer) -> str:
    return f"{clean(one.party.name)}  [{one.ref}]"


def _remarks(screen: Screen, step: StepResult) -> Iterator[str]:
    """What keeps a step from being met, and what is good to know."""

    def lot(uri: str) -> str:
        return short_subject(uri, screen.language)

    if not step.fine:
        yield screen.say("steps.allowed", who=_allowed(screen, step.expected))
    for other in step.others:
        yield screen.say("steps.someone_else", party=other.party.name, ref=other.ref)
    for foreign in step.foreign:
        yield screen.say("steps.foreign", lot=lot(foreign.lot), ref=foreign.ref)
    for uri in step.unconsumed if step.status == "inputs" else ():
        yield screen.say("steps.unconsumed", lot=lot(uri))
    for short in step.short:
        yield screen.say("steps.short", lot=lot(short.lot), seen=short.seen, expected=short.expected)
    for unmet in step.parameters:
        yield screen.say("steps.parameter", lot=lot(unmet.lot), parameter=unmet.parameter)
    for failed in step.failed:
        facts = {"lot": lot(failed.lot), "parameter": failed.parameter, "ref": failed.ref}
        yield screen.say("steps.result", **facts)
    for doubted in step.doubted:
        yield screen.say("steps.in_doubt", party=doubted.party.name, ref=doubted.ref)
    for early in step.untimely:
        facts = {"lot": lot(early.lot), "ref": early.ref, "made": early.made}
        yield screen.say("steps.untimely", **facts)
    for group in step.same if step.expected.signatures > 1 else ():
        yield screen.say("steps.same", parties=", ".join(group))
    if step.early:
        yield screen.say("steps.early", refs=", ".join(step.early[:_SHOWN]))
    if step.outside:
        yield screen.say("steps.outside", refs=", ".join(step.outside[:_SHOWN]))


def _allowed(screen: Screen, expected: ExpectedStep) -> str:
    """Who may perform a step, in words."""
    roles = role_names(expected.roles, screen.language)
    parties = ", ".join(clean(uri) for uri in sorted(expected.parties))
    if parties and roles:
        return screen.say("steps.with_roles", who=parties, roles=roles)
    return parties or roles


def _unforeseen(screen: Screen, found: LayoutResult) -> Iterator[str]:
    for one in found.unforeseen[:_SHOWN]:
        what = " ".join(filter(None, (kind_name(one.kind, screen.language), clean(one.step))))
        yield f"{what}  {short_subject(one.lot, screen.language)}  {clean(one.party.name)}  [{one.ref}]"
    if len(found.unforeseen) > _SHOWN:
        yield screen.say("more", count=len(found.unforeseen) - _SHOWN)
