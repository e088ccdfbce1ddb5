"""What card, breakdown and score show alike: the goods' name, what a reader must know, and by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich import box
from rich.padding import Padding
from rich.text import Text

from trustledger_cli.render.findings import finding_text
from trustledger_cli.render.records import short_subject
from trustledger_cli.render.screen import Screen, clean

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from trustledger.views.model import Finding

_MARKS: Final = {"alarm": ("‼ ", "bold red"), "doubt": ("! ", "yellow"), "note": ("· ", "dim")}
_SHOWN: Final = 12
_PARAMETERS: Final = frozenset({"parameter", "parameters", "category"})
"""Facts that name parameters or categories."""
REASONS: Final = {
    "safety_failure": "score.reason.safety_failure",
    "recall": "score.reason.recall",
    "low_score": "score.reason.low_score",
    "score_recovered": "score.reason.score_recovered",
    "retest_passed": "score.reason.retest_passed",
    "appeal_granted": "score.reason.appeal_granted",
    "decision": "score.reason.decision",
}
"""Reasons of proceedings that follow from a score → the phrase for them."""
_ALIKE: Final = frozenset({"inspection.limit_unverified"})
"""Findings that are told once for several parameters."""

Names = Callable[[str], str]
"""A party's URI → what people call it."""


def heading(screen: Screen, subject: str, names: Mapping[str, str]) -> str:
    """The goods as people call them, with their number."""
    called = names.get(screen.language) or next(iter(names.values()), "")
    short = short_subject(subject, screen.language)
    return f"{clean(called)} · {short}" if called else short


def open_table(screen: Screen, *headings: str, right: Sequence[int] = ()) -> Table:
    """A table without a frame of its own: it stands within one, and 80 columns are few."""
    table = screen.table(*headings, right=right)
    table.box, table.pad_edge = box.SIMPLE_HEAD, False
    return table


class Remarks:
    """What a reader must know, in words: alarms first, goods and parties by their names.

    Args:
        screen: Knows the language.
        names: What parties are called.
        title: What parameters and categories are called.
    """

    def __init__(self, screen: Screen, names: Names, title: Callable[[str], str] = clean) -> None:
        self._screen, self._names, self._title = screen, names, title

    def show(self, findings: Iterable[Finding], *, all_of_them: bool = False) -> Iterator[RenderableType]:
        """A line for each finding; long lists are cut where nobody asked for everything."""
        order = list(_MARKS)
        told = sorted(_joined(findings), key=lambda one: order.index(one.level))
        if told:
            yield Text(self._screen.say("shop.remarks"), style="bold")
        for one in told if all_of_them else told[:_SHOWN]:
            mark, style = _MARKS[one.level]
            sentence = finding_text(self._screen, one.code, self._facts(one.all_facts))
            yield Padding(Text.assemble((mark, style), (sentence, style)), (0, 0, 0, 2))
        if len(told) > _SHOWN and not all_of_them:
            more = self._screen.say("more", count=len(told) - _SHOWN)
            yield Padding(Text(more, style="dim"), (0, 0, 0, 2))

    def _facts(self, facts: Mapping[str, str]) -> Mapping[str, str]:
        """The facts as people call them."""
        return {name: self._word(name, value) for name, value in facts.items()}

    def _word(self, name: str, value: str) -> str:
        parts = value.split(", ")
        if name in _PARAMETERS:
            between = "、" if self._screen.language == "zh" else ", "
            return between.join(self._title(one) for one in parts)
        if name == "reason" and value in REASONS:
            return self._screen.say(REASONS[value])
        if all("://" in one for one in parts):
            return ", ".join(self._called(one) for one in parts)
        return value

    def _called(self, uri: str) -> str:
        """A party by its name, goods by their number."""
        name = self._names(uri)
        return name if name != uri else short_subject(uri, self._screen.language)


def _joined(findings: Iterable[Finding]) -> list[Finding]:
    """Findings that differ in their parameter alone, as one."""
    found: dict[tuple[object, ...], Finding] = {}
    for one in findings:
        rest = {name: value for name, value in one.facts.items() if name != "parameter"}
        alike = one.code in _ALIKE
        key = (one.code, one.subject, one.ref, one.refs, *(rest if alike else one.facts).items())
        before = found.get(key)
        if before is not None and alike:
            both = f"{before.facts['parameter']}, {one.facts['parameter']}"
            found[key] = replace(before, facts={**before.facts, "parameter": both})
        else:
            found[key] = one
    return list(found.values())
