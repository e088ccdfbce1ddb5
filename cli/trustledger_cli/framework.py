"""Commands that speak two languages and take the same options everywhere.

Click does the parsing; help is drawn here, because click takes a Chinese character to be one column wide.
"""

from __future__ import annotations

from collections.abc import Callable
from difflib import get_close_matches
from typing import Any, Final

import click

from trustledger.errors import Language
from trustledger_cli.language import LANGUAGES, as_language
from trustledger_cli.render.help import command_help, group_help
from trustledger_cli.session import Session, UsageFault
from trustledger_cli.texts.help import HELP

Handler = Callable[..., None]
pass_session = click.make_pass_decorator(Session, ensure=True)


class Option(click.Option):
    """An option with its help in two languages.

    Args:
        *args: As `click.Option`.
        en: Help in English.
        zh: Help in Chinese.
        common: Whether every command has it; those are listed apart.
        **kwargs: As `click.Option`.
    """

    def __init__(self, *args: Any, en: str = "", zh: str = "", common: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"help": en}))
        self.texts = {"en": en, "zh": zh or en}
        self.common = common


class Command(click.Command):
    """A command whose help text stands in `trustledger_cli.texts.help`."""

    def __init__(self, *args: Any, topic: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic or self.name or ""
        self.params += common_options()

    def get_help(self, ctx: click.Context) -> str:
        """The help page in the language of this run."""
        return command_help(self, HELP[self.topic], ctx, language_in(ctx))


class Group(click.Group):
    """A group of commands."""

    def __init__(self, *args: Any, topic: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic = topic or self.name or ""
        self.params += common_options()

    def get_help(self, ctx: click.Context) -> str:
        """The help page: an overview of the commands."""
        return group_help(self, HELP[self.topic], ctx, language_in(ctx))

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named.

        Raises:
            NoArgsIsHelpError: None was.
        """
        if not ctx._protected_args and not ctx.args and not self.invoke_without_command:  # noqa: SLF001
            raise click.exceptions.NoArgsIsHelpError(ctx)
        return super().invoke(ctx)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the first word names.

        Raises:
            UsageFault: There is none; says which is near.
        """
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            near = get_close_matches(name, list(self.commands), n=1, cutoff=0.5)
            if near:
                raise UsageFault("cli.no_such_command", seen=name, expected=near[0])
            raise UsageFault("cli.unknown_command", seen=name, help=f"{ctx.command_path} --help")
        return super().resolve_command(ctx, args)


def language_in(ctx: click.Context) -> Language:
    """The language of this run."""
    session = ctx.find_object(Session)
    return session.language if session else "en"


def option(*names: str, en: str, zh: str, **settings: Any) -> Callable[[Handler], Handler]:
    """An option of one command; see `Option`."""
    return click.option(*names, cls=Option, en=en, zh=zh, **settings)


def command(group: click.Group, name: str, topic: str = "") -> Callable[[Handler], click.Command]:
    """Register a command of a group under a name and a topic of `HELP`."""
    return group.command(name, cls=Command, topic=topic or name)


def common_options() -> list[click.Parameter]:
    """``--ledger``, ``--json``, ``--lang`` and ``--debug``, before and after the command's name."""
    return [
        Option(
            ["--ledger"],
            metavar="DIR",
            expose_value=False,
            callback=_set_ledger,
            common=True,
            en="The ledger's directory (or TRUSTLEDGER_LEDGER).",
            zh="账本目录（或 TRUSTLEDGER_LEDGER）。",
        ),
        Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=_set_json,
            common=True,
            en="One JSON document on standard output.",
            zh="标准输出为一个 JSON 文档。",
        ),
        Option(
            ["--lang"],
            type=click.Choice(LANGUAGES),
            expose_value=False,
            callback=_set_language,
            common=True,
            en="Language of messages.",
            zh="界面语言。",
        ),
        Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_set_debug,
            common=True,
            en="Show where an unexpected error happened.",
            zh="显示意外错误发生的位置。",
        ),
    ]


def _set_ledger(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.ensure_object(Session).ledger_option = value


def _set_json(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  (click's signature)
    if value:
        ctx.ensure_object(Session).json = True


def _set_language(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    language = as_language(value)
    if language is not None:
        ctx.ensure_object(Session).language = language


def _set_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001  (click's signature)
    if value:
        ctx.ensure_object(Session).debug = True


SECTIONS: Final = (
    ("start", ("init", "key", "party", "policy", "setup", "demo")),
    ("write", ("template", "append", "sign", "cosign", "submit", "withhold", "layout")),
    ("read", ("card", "cost", "score", "trace", "show", "log", "parties", "stats")),
    ("check", ("audit", "checkpoint", "backup")),
)
"""How the overview arranges the commands; a command of no section stands under the last."""
