"""The group of all commands, and the way in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import click

from trustledger import FormatError, __version__
from trustledger_cli.errors import report
from trustledger_cli.framework import Group, Option
from trustledger_cli.language import language_of, wants_json
from trustledger_cli.profile import read_profile
from trustledger_cli.session import Session, UsageFault


class Trustledger(Group):
    """The group of all commands: its `main` turns whatever happens into an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: ARG002, FBT001, FBT002
        **extra: Any,
    ) -> Any:
        """Run one command line and exit.

        Args:
            args: The arguments; those of this process if None.
            prog_name: What to call the program.
            complete_var: As `click.Group.main`.
            standalone_mode: Has no effect: click's own reporting of errors is never wanted.
            **extra: As `click.Group.main`.
        """
        arguments = list(sys.argv[1:] if args is None else args)
        session = Session(
            language_of(arguments, profile=_profile_language()), json_wanted=wants_json(arguments)
        )
        extra |= {"obj": session}
        try:
            code = super().main(
                arguments, prog_name or "trustledger", complete_var, standalone_mode=False, **extra
            )
        except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001  (no traceback ever reaches a user)
            code = report(error, session)
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Trustledger, name="trustledger", invoke_without_command=True)
@click.option("--version", is_flag=True, cls=Option, en="Show the version.", zh="显示版本。")
@click.pass_context
def cli(ctx: click.Context, version: bool) -> None:  # noqa: FBT001  (click's signature)
    """All commands."""
    session = ctx.ensure_object(Session)
    if version:
        session.emit({"version": __version__}, lambda screen: screen.plain(f"trustledger {__version__}"))
    elif ctx.invoked_subcommand is None and session.json:
        raise UsageFault("cli.no_command", help="trustledger --help")
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


def _profile_language() -> str | None:
    with suppress(FormatError):
        return read_profile().language
    return None
