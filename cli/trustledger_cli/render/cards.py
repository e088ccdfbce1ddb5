"""The inspection card: a verdict, stars, and each result beside its limit."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trustledger_cli.render.gauges import badge, bar, percent, stars
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.render.shop import Names, Remarks, heading, open_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trustledger.frameworks import Frameworks
    from trustledger.views.inspection_card import InspectionCard, Result

COLOURS: Final = {
    "pass": "green",
    "fail": "red",
    "undecided": "yellow",
    "untested": "grey50",
    "unrated": "grey50",
}
_MARKS: Final = {"pass": "✓", "fail": "✗", "undecided": "?", "untested": "○", "unrated": "–"}


def card_view(  # noqa: PLR0913  (all but the first two by name)
    screen: Screen,
    card: InspectionCard,
    *,
    frameworks: Frameworks,
    called: Mapping[str, str],
    names: Names,
    explain: bool,
) -> RenderableType:
    """One card.

    Args:
        screen: Knows the language.
        card: The card.
        frameworks: Knows what parameters and categories are called.
        called: The product's names by language.
        names: What parties are called.
        explain: Show how each digit comes about.
    """
    view = _View(screen, frameworks, names)
    parts: list[RenderableType] = [view.verdict(card), *view.side(card), Text("")]
    if card.results:
        parts.append(view.results(card))
    parts += view.untested(card)
    parts += Remarks(screen, names, view.title).show(card.findings, all_of_them=explain)
    if explain:
        parts += view.explained(card)
    notice = card.framework.policy.notice.in_language(screen.language)
    parts += [Text(""), Text(notice, style="dim italic")]
    return screen.panel(Group(*parts), heading(screen, card.subject, called), COLOURS[card.verdict])


class _View:
    """Draws cards in one language."""

    def __init__(self, screen: Screen, frameworks: Frameworks, names: Names) -> None:
        self.screen, self.words, self.names = screen, frameworks.words, names

    def title(self, name: str) -> str:
        """What people call a parameter or category."""
        return clean(self.words.title(name).in_language(self.screen.language))

    def label(self, name: str) -> str:
        """The same at the beginning of a line."""
        title = self.title(name)
        return title[:1].upper() + title[1:]

    def verdict(self, card: InspectionCard) -> RenderableType:
        """The word, the stars, and what they mean."""
        say, grid = self.screen.say, Table.grid(padding=(0, 2))
        shown = stars(card.stars) if card.stars is not None else Text("")
        counted = say("card.stars", stars=card.stars) if card.stars is not None else ""
        grid.add_row(
            badge(say(f"card.word.{card.verdict}"), COLOURS[card.verdict]), shown, Text(counted, style="bold")
        )
        return Group(grid, Text(say(f"card.says.{card.verdict}")))

    def side(self, card: InspectionCard) -> Iterator[RenderableType]:
        """By which rules, what the goods are, and as of when."""
        say, side = self.screen.say, card.framework
        standards = ", ".join(one.standard for one in side.editions) or "—"
        if side.applicable:
            yield Text(say("card.law", market=side.market, standards=standards), style="dim")
        elif side.group:
            yield Text(say("card.compare", group=side.group, standards=standards), style="yellow")
        else:
            yield Text(say("card.no_law"), style="yellow")
        first, last = (day.isoformat() for day in side.produced)
        category = self.label(side.category) if side.category else say("card.no_category")
        name = "card.category" if first == last else "card.category_at"
        goods = say(name, category=category, produced=first, first=first, last=last)
        time = say("shop.as_of", time=self.screen.when(card.as_of))
        yield Text(f"{goods} · {time}", style="dim")

    # --- results ---------------------------------------------------------------------------------------------

    def results(self, card: InspectionCard) -> Table:
        """A line for each result, the worst first."""
        table = open_table(
            self.screen, "card.parameter", "card.verdict", "card.value", "card.limit", "card.share", "card.by"
        )
        for one in card.results:
            table.add_row(
                Text(self.label(one.parameter), style="bold"),
                self._outcome(one),
                self._measured(one),
                self._limit(one),
                self._share(one),
                self._by(one),
            )
        return table

    def _outcome(self, one: Result) -> Text:
        style = COLOURS[one.verdict]
        found = Text(
            f"{_MARKS[one.verdict]} {self.screen.say(f'card.word.{one.verdict}')}", style=f"bold {style}"
        )
        if one.stars is not None:
            found.append(" ").append_text(stars(one.stars))
        if one.reason not in {"", "no_limit"}:
            found.append(f"\n{self.screen.say(f'card.is.{one.reason}')}", style=style)
        return found

    def _measured(self, one: Result) -> Text:
        more = f" ± {clean(one.uncertainty)}" if one.uncertainty is not None else ""
        return Text(f"{clean(one.value)}{more} {clean(one.unit)}".rstrip())

    def _limit(self, one: Result) -> Text:
        if one.limit is None:
            return Text("—", style="dim")
        return Text(f"{one.limit.text} {one.limit.unit}")

    def _share(self, one: Result) -> Text:
        """How much of the limit is used up, uncertainty included."""
        if one.ratio is None:
            return Text("")
        share = Fraction(one.ratio)
        return Text.assemble(bar(share, COLOURS[one.verdict], 10), " ", percent(share))

    def _by(self, one: Result) -> Text:
        say = self.screen.say
        if one.lab is None:
            typed = say("card.typed", party=self.names(one.transcribed_by or ""))
            found = Text(typed, style="yellow")
        else:
            found = Text(clean(self.names(one.lab)))
            free = "card.independent" if one.independent else "card.dependent"
            found.append(f"\n{say(free)}", style="green" if one.independent else "bold yellow")
            if one.accredited:
                found.append(f"\n{say('card.accredited')}", style="green")
        return found.append(f"\n{one.tested_on.isoformat()}  [{one.record}]", style="dim")

    def untested(self, card: InspectionCard) -> Iterator[RenderableType]:
        """What should have been tested, and why it does not count as such."""
        if card.untested:
            yield Text(self.screen.say("card.untested_list"), style="bold yellow")
        colon = "：" if self.screen.language == "zh" else ": "
        for one in card.untested:
            why = self.screen.say(f"card.why.{one.reason}")
            refs = f"  [{', '.join(one.records)}]" if one.records else ""
            yield Text(f"  ○ {self.label(one.parameter)}{colon}{why}{refs}", style="yellow")
        for shown in card.framework.points:
            facts = {"name": shown.id, "edition": shown.edition, "grade": shown.grade, "score": shown.score}
            yield Text(self.screen.say("card.points", **facts), style="dim")

    # --- how each digit comes about --------------------------------------------------------------------------

    def explained(self, card: InspectionCard) -> Iterator[RenderableType]:
        """The report's words, the limit with its clause, the arithmetic and the record, for each result."""
        yield Text("")
        yield Text(self.screen.say("shop.explain"), style="bold")
        for one in card.results:
            yield Text.assemble((self.label(one.parameter), "bold cyan"), f"  [{one.record}]")
            yield Padding(self.screen.facts(self._facts(card, one)), (0, 0, 1, 2))
        yield Text(self.screen.say("card.x.rules"), style="bold")
        yield Padding(Group(*self._rules(card)), (0, 0, 0, 2))

    def _facts(self, card: InspectionCard, one: Result) -> list[tuple[str, RenderableType]]:
        say = self.screen.say
        stated = [one.stated, one.basis or "", one.method or "", one.tested_on.isoformat()]
        uncertainty = {"value": one.uncertainty, "unit": one.unit}
        stated.insert(
            1, say("card.x.uncertainty", **uncertainty) if one.uncertainty else say("card.x.no_uncertainty")
        )
        found: list[tuple[str, RenderableType]] = [
            ("card.x.stated", Text(" · ".join(clean(part) for part in stated if part))),
            ("card.x.limit", self._limit_of(one)),
            ("card.x.arithmetic", Text("\n".join(self._arithmetic(card, one)))),
            ("card.x.by", self._who(one)),
            ("card.x.record", Text(say("card.x.record_of", ref=one.record))),
        ]
        if one.replaced:
            found.append(("card.x.replaced", Text(", ".join(one.replaced))))
        return found

    def _limit_of(self, one: Result) -> Text:
        limit = one.limit
        if limit is None:
            return Text(self.screen.say("card.x.none"))
        category = self.title(limit.category)
        facts = {"limit": limit.text, "unit": limit.unit, "standard": limit.standard, "clause": limit.clause}
        found = Text(self.screen.say("card.x.limit_of", category=category, **facts))
        if limit.note:
            found.append(f"\n{clean(limit.note)}", style="dim")
        if not limit.verified:
            found.append(f"\n{self.screen.say('card.x.unverified')}", style="yellow")
        return found

    def _arithmetic(self, card: InspectionCard, one: Result) -> Iterator[str]:
        """What can be redone with a pocket calculator."""
        say, limit = self.screen.say, one.limit
        number = one.value.removeprefix("<")
        if number != one.value:
            yield say("card.x.not_detected")
        if limit is None or one.reason not in _COMPARED:
            yield say(f"card.is.{one.reason}") if one.reason else "—"
        elif one.ratio is not None:
            yield from self._margin(card, one, number, limit.maximum)
        else:
            yield _compared(number, _spread(one), limit.minimum, limit.maximum)

    def _margin(self, card: InspectionCard, one: Result, number: str, most: str) -> Iterator[str]:
        """(v + U) ÷ L, or LOQ ÷ L where that is more."""
        total = Fraction(number) + Fraction(one.uncertainty or 0)
        exact = total / Fraction(most)
        ratio = Fraction(one.ratio or 0)
        if abs(ratio - exact) >= Fraction(1, 10_000):
            yield f"{self.screen.say('card.x.loq_counts')}: ÷ {most} = {one.ratio}"
        else:
            sum_of = f"({number} + {one.uncertainty})" if one.uncertainty else number
            rounded = "" if ratio == exact else f" ({self.screen.say('card.x.rounded')})"
            yield f"{sum_of} ÷ {most} = {one.ratio}{rounded}"
        if one.verdict != "pass":
            yield _compared(number, _spread(one), "", most)
            return
        for band in card.framework.policy.bands:
            if ratio <= Fraction(band.ratio):
                yield self.screen.say("card.x.band", ratio=band.ratio, stars=stars(band.stars).plain)
                return

    def _who(self, one: Result) -> Text:
        say = self.screen.say
        if one.lab is None:
            uri = one.transcribed_by or ""
            return Text(say("card.typed", party=f"{self.names(uri)} <{uri}>"), style="yellow")
        facts = [
            f"{clean(self.names(one.lab))} <{clean(one.lab)}>",
            say("card.independent" if one.independent else "card.dependent"),
            say("card.accredited" if one.accredited else "card.not_accredited"),
        ]
        return Text(" · ".join(facts))

    def _rules(self, card: InspectionCard) -> Iterator[Text]:
        say, side = self.screen.say, card.framework
        for one in side.editions:
            told = say("card.x.edition", standard=one.standard, since=one.in_force.isoformat())
            yield Text.assemble(told, (f"  SHA-256 {one.sha256[:16]}…", "dim"))
        policy = side.policy
        title = f"{policy.title.in_language(self.screen.language)} {policy.edition}"
        yield Text.assemble(title, (f"  SHA-256 {policy.sha256[:16]}…", "dim"))
        if side.category_record:
            yield Text(say("card.x.product", ref=side.category_record))


_COMPARED: Final = frozenset({"", "over", "under", "uncertainty", "loq"})
"""Reasons of results that were held against their limit."""


def _spread(one: Result) -> str | None:
    """The uncertainty, where it matters: what is beyond a limit by itself fails without it."""
    return None if one.reason in {"over", "under"} else one.uncertainty


def _compared(value: str, uncertainty: str | None, least: str, most: str) -> str:
    """How a value stands to its bounds, uncertainty and all: ``0.43 ≤ 0.71 − 0.02 … 0.71 + 0.02 > 0.72``."""
    low, high = Fraction(value) - Fraction(uncertainty or 0), Fraction(value) + Fraction(uncertainty or 0)
    less, more = (f"{value} − {uncertainty}", f"{value} + {uncertainty}") if uncertainty else (value, value)
    below = f"{least} {'≤' if Fraction(least) <= low else '>'} {less}" if least else ""
    above = f"{more} {'≤' if high <= Fraction(most) else '>'} {most}" if most else ""
    return "; ".join(part for part in (below, above) if part)
