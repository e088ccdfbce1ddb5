"""The cost breakdown: what each part of a price pays for, and what speaks for it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from trustledger.kinds.units import convert
from trustledger.views.changes import money_of
from trustledger_cli.render.gauges import bar, percent
from trustledger_cli.render.records import short_subject
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.render.shop import Names, Remarks, heading, open_table
from trustledger_cli.texts.shop_phrases import COMPONENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from rich.table import Table

    from trustledger.views.cost_arithmetic import Share
    from trustledger.views.cost_breakdown import CostBreakdown, CostComponent

_STATUS: Final = {
    "declared": ("·", "white", "cost.declared"),
    "evidenced": ("▤", "cyan", "cost.evidenced"),
    "cross-checked": ("✓", "green", "cost.cross_checked"),
    "sealed": ("■", "grey50", "cost.sealed"),
}
_PIECE: Final = ("1", "pc")


def cost_view(  # noqa: PLR0913  (all but the first two by name)
    screen: Screen,
    found: CostBreakdown,
    *,
    called: Mapping[str, str],
    names: Names,
    shares: Sequence[Sequence[Share]] | None,
    disclosed: bool,
) -> RenderableType:
    """One breakdown.

    Args:
        screen: Knows the language.
        found: The breakdown.
        called: The product's names by language.
        names: What parties are called.
        shares: The suppliers' shares for each line, to be explained; None for no explanation.
        disclosed: Openings were used: say that this is private.
    """
    view = _View(screen, found, names)
    time = screen.say("shop.as_of", time=screen.when(found.as_of))
    parts: list[RenderableType] = [Text(view.price(), style="bold"), Text(time, style="dim"), Text("")]
    if found.components:
        parts.append(view.lines())
    parts.append(view.balance())
    parts += Remarks(screen, names).show(found.findings, all_of_them=shares is not None)
    if shares is not None:
        parts += view.explained(shares)
    if disclosed:
        parts += [Text(""), Text(screen.say("cost.disclosed"), style="bold yellow")]
    title = screen.say("cost.title", goods=heading(screen, found.subject, called))
    alarmed = any(one.level == "alarm" for one in found.findings)
    return screen.panel(Group(*parts), title, "red" if alarmed else "cyan")


class _View:
    """Draws a breakdown in one language."""

    def __init__(self, screen: Screen, found: CostBreakdown, names: Names) -> None:
        self.screen, self.found, self.names = screen, found, names

    def money(self, amount: int | None) -> str:
        """An amount with its currency, or that it is private."""
        if amount is None:
            return self.screen.say("cost.private")
        return f"{money_of(amount, self.found.currency)} {self.found.currency}"

    def component(self, one: CostComponent) -> str:
        """What a line pays for: the usual names in the reader's language, others as the seller wrote them."""
        if one.component is None:
            return self.screen.say("cost.private")
        usual = COMPONENTS.get(one.component.strip().casefold())
        return usual[self.screen.language == "zh"] if usual else clean(one.component)

    def amount_of(self, value: str, unit: str) -> str:
        """A quantity; pieces in words."""
        return self.screen.say("cost.pieces", count=value) if unit == "pc" else f"{value} {clean(unit)}"

    def price(self) -> str:
        """What is asked, for how much, and by whom."""
        found = self.found
        each = (found.quantity, found.unit) == _PIECE
        price = self.money(found.price) if found.price is not None else self.screen.say("cost.price_sealed")
        facts = {"price": price, "seller": self.names(found.seller), "quantity": found.quantity}
        return self.screen.say("cost.price_each" if each else "cost.price", unit=found.unit, **facts)

    def lines(self) -> Table:
        """A line for each part, and their sum."""
        table = open_table(
            self.screen, "cost.component", "cost.amount", "cost.share", "cost.status", right=(1,)
        )
        for one in self.found.components:
            mark, style, phrase = _STATUS[one.status]
            status = Text(f"{mark} {self.screen.say(phrase)}", style=style)
            status.append(f"  [{', '.join(one.records)}]", style="dim")
            name = self.component(one)
            table.add_row(Text(name, style="bold"), self.money(one.amount), self._share(one, style), status)
        amounts = [one.amount for one in self.found.components]
        if None not in amounts:
            total = sum(amount for amount in amounts if amount is not None)
            table.add_section()
            table.add_row(
                Text(self.screen.say("cost.sum"), style="bold"), Text(self.money(total), style="bold"), "", ""
            )
        return table

    def _share(self, one: CostComponent, style: str) -> Text:
        """How much of the price it takes; a rebate takes nothing."""
        if one.amount is None or not self.found.price:
            return Text("")
        share = Fraction(one.amount, self.found.price)
        return Text.assemble(bar(share, style), " ", percent(share))

    def balance(self) -> Text:
        """Whether the lines add up."""
        if self.found.balanced is None:
            return Text(self.screen.say("cost.unknown"), style="yellow")
        if self.found.balanced:
            return Text.assemble(("✓ ", "bold green"), self.screen.say("cost.balanced"))
        return Text.assemble(("✗ ", "bold red"), (self.screen.say("cost.not_balanced"), "bold"))

    # --- how each amount comes about -------------------------------------------------------------------------

    def explained(self, shares: Sequence[Sequence[Share]]) -> Iterator[RenderableType]:
        """Each line's evidence and arithmetic, and the sum."""
        yield Text("")
        yield Text(self.screen.say("shop.explain_amounts"), style="bold")
        for one, own in zip(self.found.components, shares, strict=True):
            name = self.component(one)
            refs = self.screen.say("cost.x.records", refs=", ".join(one.records))
            yield Text.assemble((name, "bold cyan"), (f"  {refs}", "dim"))
            told = [self._stated(one), *(self._shared(share) for share in own)]
            yield Padding(Text("\n".join(told)), (0, 0, 0, 2))
        yield from self._sum()

    def _stated(self, one: CostComponent) -> str:
        name = {"sealed": "cost.x.sealed", "evidenced": "cost.x.evidenced"}.get(one.status, "cost.x.declared")
        return self.screen.say(name, amount=self.money(one.amount), seller=self.names(self.found.seller))

    def _shared(self, share: Share) -> str:
        """The supplier's price, brought to what was used: price · used / per."""
        per, used = share.per, share.used
        exact = share.price * convert(used.value, used.unit, per.unit) / Fraction(per.value)
        price = money_of(share.price, self.found.currency)
        each, needed = self.amount_of(*per), self.amount_of(*used)
        arithmetic = f"{price} × {needed} ÷ {each} = "
        low, high = (self.money(one) for one in share.range)
        if exact.denominator == 1:
            arithmetic += low
        else:
            begun = f"{money_of(share.range.low, self.found.currency)}…"
            arithmetic += self.screen.say("cost.x.between", exact=begun, low=low, high=high)
        return self.screen.say(
            "cost.x.share",
            seller=f"{self.names(share.seller)} [{share.record}]",
            price=self.money(share.price),
            per=each,
            used=needed,
            lot=short_subject(share.lot, self.screen.language),
            arithmetic=arithmetic,
        )

    def _sum(self) -> Iterator[RenderableType]:
        amounts = [one.amount for one in self.found.components]
        if not amounts or None in amounts:
            return
        known = [amount for amount in amounts if amount is not None]
        terms = " + ".join(money_of(amount, self.found.currency) for amount in known)
        sign = "=" if sum(known) == self.found.price else "≠"
        total = f"{terms} = {money_of(sum(known), self.found.currency)} {sign} {self.money(self.found.price)}"
        yield Text.assemble((self.screen.say("cost.x.sum"), "bold cyan"), f"  {total}")
