"""How errors reach a person: one sentence, or one JSON document; an exit code; never a traceback."""

from __future__ import annotations

import sys
import traceback
from typing import Any, Final

import click

from trustledger import InputError, TrustLedgerError
from trustledger_cli.session import Session, UsageFault, to_json

INTERRUPTED: Final = 130
"""128 + SIGINT, as shells count."""
_SHOWN: Final = 50
"""Problems shown to a person; ``--json`` has all."""


def report(error: BaseException, session: Session) -> int:
    """Tell a person or a program what went wrong.

    Args:
        error: What was raised.
        session: Language and form of this run.

    Returns:
        The exit code.
    """
    if isinstance(error, click.Abort | KeyboardInterrupt):
        return _interrupted(session)
    if isinstance(error, click.exceptions.NoArgsIsHelpError) and not session.json:
        click.echo(error.ctx.get_help(), err=True)
        return error.exit_code
    known = _known(error)
    if session.debug and not isinstance(error, click.ClickException):
        traceback.print_exception(error, file=sys.stderr)
    if session.json:
        click.echo(to_json({"error": error_document(known, session.language)}))
    else:
        _print(known, session)
    return known.exit_code


def error_document(error: TrustLedgerError, language: str) -> dict[str, Any]:
    """An error as JSON: code, sentence, exit code, facts, and the problems it gathers."""
    document: dict[str, Any] = {
        "code": error.code,
        "message": _sentence(error, language),
        "exit_code": error.exit_code,
        "facts": error.facts,
    }
    if isinstance(error, InputError):
        document["problems"] = [problem_document(problem, language) for problem in error.problems]
    return document


def problem_document(problem: TrustLedgerError, language: str) -> dict[str, Any]:
    """One problem of many."""
    return {"code": problem.code, "message": _sentence(problem, language), "facts": problem.facts}


def _known(error: BaseException) -> TrustLedgerError:
    """Any error as one of ours."""
    if isinstance(error, TrustLedgerError):
        return error
    if isinstance(error, click.ClickException):
        return _usage(error)
    return TrustLedgerError("cli.unexpected", kind=type(error).__name__, seen=str(error))


def _usage(error: click.ClickException) -> TrustLedgerError:
    """Click's own complaints, in both languages."""
    hint = _hint(error)
    if isinstance(error, click.NoSuchOption):
        if error.possibilities:
            return UsageFault(
                "cli.no_such_option", seen=error.option_name, expected=", ".join(error.possibilities)
            )
        return UsageFault("cli.unknown_option", seen=error.option_name, help=hint)
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return UsageFault("cli.no_command", help=hint)
    if isinstance(error, click.MissingParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        return UsageFault("cli.missing", expected=name.replace("'", ""), help=hint)
    if isinstance(error, click.BadParameter):
        name = error.param.get_error_hint(error.ctx) if error.param and error.ctx else ""
        return UsageFault("cli.bad_value", at=name.replace("'", ""), why=error.message, help=hint)
    if isinstance(error, click.UsageError):
        return UsageFault("cli.usage", why=error.format_message(), help=hint)
    return TrustLedgerError("cli.usage", why=error.format_message(), help=hint)


def _hint(error: click.ClickException) -> str:
    ctx = error.ctx if isinstance(error, click.UsageError) else None
    return f"{ctx.command_path if ctx else 'trustledger'} --help"


def _sentence(error: TrustLedgerError, language: str) -> str:
    """The error's own sentence, without the list of problems."""
    if isinstance(error, InputError):
        return TrustLedgerError.text(error, "zh" if language == "zh" else "en")
    return error.text("zh" if language == "zh" else "en")


def _print(error: TrustLedgerError, session: Session) -> None:
    screen = session.screen
    screen.error(_sentence(error, session.language))
    if isinstance(error, InputError):
        for problem in error.problems[:_SHOWN]:
            screen.error_line("  " + _sentence(problem, session.language))
        if len(error.problems) > _SHOWN:
            screen.error_line("  …")


def _interrupted(session: Session) -> int:
    fault = TrustLedgerError("cli.interrupted" if session.writing else "cli.cancelled")
    if session.json:
        document = error_document(fault, session.language) | {"exit_code": INTERRUPTED}
        click.echo(to_json({"error": document}))
    else:
        session.screen.error(fault.text(session.language))
    return INTERRUPTED
