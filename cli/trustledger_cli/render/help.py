"""Help pages, in columns that hold Chinese too."""

from __future__ import annotations

import sys
from io import StringIO
from typing import Any, Final

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from trustledger.errors import Language
from trustledger_cli.texts.phrases import phrase
from trustledger_cli.texts.topic import Topic

_WIDTH: Final = 100


def command_help(command: click.Command, topic: Topic, ctx: click.Context, language: Language) -> str:
    """The page of one command."""
    page = _Page(language)
    page.usage(command, ctx)
    page.text(topic, language)
    page.options(command, ctx)
    return page.done()


def group_help(group: click.Group, topic: Topic, ctx: click.Context, language: Language) -> str:
    """The page of a group: its commands in sections."""
    from trustledger_cli.framework import SECTIONS  # noqa: PLC0415  (the framework draws its help here)
    from trustledger_cli.texts.help import HELP  # noqa: PLC0415

    page = _Page(language)
    page.usage(group, ctx)
    page.text(topic, language)
    listed = {name: HELP[getattr(sub, "topic", name)].of(language)[0] for name, sub in group.commands.items()}
    for title, names in SECTIONS:
        known = [(name, listed.pop(name)) for name in names if name in listed]
        if known and ctx.parent is None:
            page.section(phrase(f"help.{title}", language), known)
        elif known:
            listed |= dict(known)
    if listed:
        page.section(phrase("help.commands", language), list(listed.items()))
    page.options(group, ctx)
    return page.done()


class _Page:
    """A page as it grows."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        terminal = Console(file=sys.stdout)
        self._text = StringIO()
        width = min(terminal.width, _WIDTH) if terminal.is_terminal else _WIDTH
        self._console = Console(
            file=self._text,
            width=width,
            force_terminal=terminal.is_terminal,
            highlight=False,
            markup=False,
            emoji=False,
        )

    def usage(self, command: click.Command, ctx: click.Context) -> None:
        pieces = " ".join(command.collect_usage_pieces(ctx))
        self._console.print(
            Text.assemble(
                (phrase("help.usage", self._language), "bold yellow"), f" {ctx.command_path} {pieces}"
            )
        )

    def text(self, topic: Topic, language: Language) -> None:
        summary, body, example = topic.of(language)
        self._console.print()
        self._console.print(Padding(Text(summary, style="bold"), (0, 2)))
        if body:
            self._console.print()
            self._console.print(Padding(Text(body), (0, 2)))
        if example:
            self._console.print()
            self._console.print(Text(phrase("help.example", language), style="bold yellow"))
            for line in example.split("\n"):
                self._console.print(Text("  " + line, style="green"), soft_wrap=True)

    def options(self, command: click.Command, ctx: click.Context) -> None:
        own: list[tuple[str, str]] = []
        common: list[tuple[str, str]] = []
        for parameter in command.get_params(ctx):
            if isinstance(parameter, click.Option) and not parameter.hidden:
                listed = common if getattr(parameter, "common", False) or "--help" in parameter.opts else own
                listed.append(_option(parameter, ctx, self._language))
        if own:
            self.section(phrase("help.options", self._language), own)
        self.section(phrase("help.common", self._language), common)

    def section(self, title: str, rows: list[tuple[str, str]]) -> None:
        self._console.print()
        self._console.print(Text(title, style="bold yellow"))
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="cyan", max_width=34)
        grid.add_column()
        for name, text in rows:
            grid.add_row(Text("  " + name), Text(text))
        self._console.print(grid)

    def done(self) -> str:
        return "\n".join(line.rstrip() for line in self._text.getvalue().rstrip().split("\n"))


def _option(parameter: click.Option, ctx: click.Context, language: Language) -> tuple[str, str]:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    if not parameter.is_flag and not parameter.count:
        names += " " + _metavar(parameter, ctx)
    texts: dict[str, str] = getattr(parameter, "texts", {})
    text = phrase("help.help", language) if "--help" in parameter.opts else texts.get(language, "")
    if parameter.required:
        text += phrase("help.required", language)
    return names, text


def _metavar(parameter: Any, ctx: click.Context) -> str:
    return str(parameter.make_metavar(ctx))
