"""The trust score: a number with its bounds, its four parts, and where the listing stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trustledger.views.trust_score import standing_findings
from trustledger_cli.render.gauges import badge, bar
from trustledger_cli.render.records import short_subject
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.render.shop import Names, Remarks, heading, open_table

if TYPE_CHECKING:
    from decimal import Decimal

    from trustledger.views.trust_score import Component, TrustScore

PHASES: Final = {
    "listed": ("score.phase.listed", "green"),
    "noticed": ("score.phase.noticed", "yellow"),
    "held": ("score.phase.held", "red"),
    "delisted": ("score.phase.delisted", "red"),
    "unlisted": ("score.phase.unlisted", "grey50"),
}
"""Where a listing stands → the phrase for it, and its colour."""
_TOP: Final = 5
_REFS: Final = 40


def score_view(
    screen: Screen, found: TrustScore, *, called: Mapping[str, str], names: Names, explain: bool
) -> RenderableType:
    """One score.

    Args:
        screen: Knows the language.
        found: The score.
        called: The product's names by language.
        names: What parties are called.
        explain: Show how each part comes about.
    """
    view = _View(screen, found)
    parts: list[RenderableType] = [view.number(), *view.standing(), Text(""), view.parts()]
    threshold = found.policy.standing.threshold
    parts.append(Text(screen.say("score.below", threshold=threshold), style="dim"))
    told = (*standing_findings(found), *found.findings)
    parts += Remarks(screen, names).show(told, all_of_them=explain)
    if explain:
        parts += view.explained()
    notice = found.policy.notice.in_language(screen.language)
    parts += [Text(""), Text(notice, style="dim italic")]
    goods = heading(screen, found.subject, called)
    title = screen.say("score.title", goods=goods, merchant=names(found.merchant))
    return screen.panel(Group(*parts), title, PHASES[found.standing.phase][1])


class _View:
    """Draws a score in one language."""

    def __init__(self, screen: Screen, found: TrustScore) -> None:
        self.screen, self.found = screen, found

    def colour(self, points: Decimal) -> str:
        """Red below the threshold, green from one above it."""
        threshold = self.found.policy.standing.threshold
        return "red" if points < threshold else "green" if points >= threshold + 1 else "yellow"

    def number(self) -> RenderableType:
        """The score, and how sure it is."""
        say, found = self.screen.say, self.found
        phrase, colour = PHASES[found.standing.phase]
        number = Text(say("score.of_five", score=found.score), style=f"bold {self.colour(found.score)}")
        grid = Table.grid(padding=(0, 2))
        grid.add_row(number, _bar(found.score, self.colour(found.score), 20), badge(say(phrase), colour))
        sure = Text(say("score.between", lower=found.lower, upper=found.upper))
        if not found.provisional:
            return Group(grid, sure)
        return Group(grid, sure, Text(say("score.provisional"), style="yellow"))

    def standing(self) -> Iterator[Text]:
        """As of when, and what led to where it stands."""
        say, standing = self.screen.say, self.found.standing
        yield Text(say("shop.as_of", time=self.screen.when(self.found.as_of)), style="dim")
        if standing.since is not None:
            since = say("score.since", time=self.screen.when(standing.since), ref=standing.ref)
            yield Text(f"{say(PHASES[standing.phase][0])} {since}", style="yellow")
        if standing.until is not None:
            yield Text(say("score.until", time=self.screen.when(standing.until)), style="yellow")
        if standing.appealed:
            yield Text(say("score.appealed"), style="yellow")

    def parts(self) -> Table:
        """A line for each part."""
        table = open_table(
            self.screen,
            "score.part",
            "score.points",
            "score.bounds",
            "score.weight",
            "score.evidence",
            right=(3,),
        )
        for one in self.found.components:
            estimate = one.estimate
            points = _bar(estimate.score, self.colour(estimate.score), 10)
            evidence = Text(self.screen.say(f"score.rests.{one.name}", count=one.evidence))
            if one.provisional:
                evidence.append(f" · {self.screen.say('score.little')}", style="yellow")
            table.add_row(
                Text(self.screen.say(f"score.name.{one.name}"), style="bold"),
                Text.assemble(points, f" {estimate.score}"),
                Text(f"{estimate.lower}–{estimate.upper}", style="dim"),
                f"{one.weight} %",
                evidence,
            )
        return table

    # --- how each part comes about ---------------------------------------------------------------------------

    def explained(self) -> Iterator[RenderableType]:
        """Every number on the way, the records that count, and the sum."""
        say, policy = self.screen.say, self.found.policy
        yield Text("")
        yield Text(say("score.explain"), style="bold")
        for one in self.found.components:
            yield Text.assemble((say(f"score.name.{one.name}"), "bold cyan"), f"  {one.estimate.score}")
            yield Padding(Group(*self._numbers(one)), (0, 0, 1, 2))
        yield Text.assemble((say("score.x.sum"), "bold cyan"), f"  {self._sum()}")
        yield Text(f"  {say('score.x.unrounded')}", style="dim")
        title = f"{policy.title.in_language(self.screen.language)} {policy.edition}"
        rules = (say("score.x.rules"), "bold cyan"), f"  {title}", (f"  SHA-256 {policy.sha256[:16]}…", "dim")
        yield Text.assemble(*rules)
        yield Text(say("score.x.formulas"), style="dim")

    def _numbers(self, one: Component) -> Iterator[RenderableType]:
        for name, value in one.arithmetic.items():
            shown = short_subject(name, self.screen.language) if "://" in name else clean(name)
            yield Text(f"{shown} = {clean(value)}")
        if one.records:
            refs = list(one.records[:_REFS])
            if len(one.records) > _REFS:
                refs.append(self.screen.say("more", count=len(one.records) - _REFS))
            yield Text(f"{self.screen.say('score.x.records')} {', '.join(refs)}", style="dim")

    def _sum(self) -> str:
        terms = " + ".join(f"{one.weight} % × {one.estimate.score}" for one in self.found.components)
        return f"{terms} ≈ {self.found.score}"


def _bar(points: Decimal, colour: str, cells: int) -> Text:
    return bar(Fraction(points) / _TOP, colour, cells)
