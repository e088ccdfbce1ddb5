"""``submit`` and ``withhold``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from trustledger import NotFoundError, StorageError
from trustledger.ledger import read_submissions
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.references import parse_place
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, UsageFault


@command(cli, "submit")
@click.argument("statement", metavar="STATEMENT")
@pass_session
def submit(session: Session, statement: str) -> None:
    """Place signed statements."""
    placed: list[dict[str, Any]] = []
    try:
        with Path(statement).open("rb") as file, session.open() as ledger:
            for submission in read_submissions(file):
                placement = ledger.submit(submission)
                party = submission.signed.statement.party
                placed.append(
                    {
                        "entry": placement.entry,
                        "party": party,
                        "records": placement.records,
                        "new": placement.new,
                    }
                )
    except FileNotFoundError:
        raise NotFoundError("cli.no_file", seen=statement) from None
    except OSError as error:
        raise StorageError("cli.unreadable", seen=statement, why=error.strerror) from None

    def view(screen: Screen) -> None:
        for one in placed:
            screen.good(
                "submit.new" if one["new"] else "submit.again",
                entry=one["entry"],
                records=one["records"],
                party=one["party"],
            )

    session.emit({"placed": placed}, view)


@command(cli, "withhold")
@click.argument("ref")
@option("--yes", is_flag=True, en="Do not ask.", zh="不再询问。")
@pass_session
def withhold(session: Session, ref: str, yes: bool) -> None:  # noqa: FBT001  (click's signature)
    """Erase a record's content."""
    with session.open() as ledger:
        reference = parse_place(ref)
        if reference is None or reference.entry is None or reference.position is None:
            raise UsageFault("cli.not_a_record", seen=ref)
        placed = ledger.record(reference.entry, reference.position)
        if not yes:
            if session.json:
                raise UsageFault("cli.needs_yes")
            click.confirm(session.screen.say("withhold.sure", ref=placed.ref), abort=True, err=True)
        ledger.withhold(reference.entry, reference.position)
    document = {"ref": placed.ref, "record_hash": placed.record.hash, "withheld": True}
    session.emit(document, lambda screen: screen.good("withhold.done", ref=placed.ref))
