"""``submit`` and ``withhold``."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from trustledger import FormatError, NotFoundError, Signer, StorageError
from trustledger.ledger import read_submissions
from trustledger.record import Opening
from trustledger.statement import cosign_statement
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.references import parse_place
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, UsageFault, read_file
from trustledger_cli.signers import passphrases_option, read_signers, with_key_option

_LARGEST_OPENINGS: Final = 1 << 30


@command(cli, "submit")
@click.argument("statement", metavar="STATEMENT")
@option(
    "--openings",
    metavar="FILE",
    en="Keep these openings of sealed values beside the ledger too (STATEMENT.openings).",
    zh="同时在账本旁保存这些密封值的开启材料（STATEMENT.openings）。",
)
@with_key_option(
    "A key that signs too, before it is placed; for a computer that has only the file, see cosign.",
    "写入前共同签署的密钥；只有文件的电脑请用 cosign。",
)
@passphrases_option
@pass_session
def submit(
    session: Session,
    statement: str,
    openings: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
) -> None:
    """Place signed statements."""
    placed: list[dict[str, Any]] = []
    opened = read_openings(openings) if openings else {}
    signers: list[Signer] = []
    if with_keys:
        first, others = read_signers(session, with_keys[0], with_keys[1:], passphrase_files)
        signers = [first, *others]
    try:
        with Path(statement).open("rb") as file, session.open() as ledger:
            for submission in read_submissions(file):
                if signers:
                    submission = replace(submission, signed=cosign_statement(submission.signed, signers))  # noqa: PLW2901  (the same one, signed further)
                placement = ledger.submit(submission, opened)
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


def read_openings(path: str) -> dict[bytes, Opening]:
    """The openings that `trustledger sign` wrote beside a statement, by commitment.

    Raises:
        NotFoundError: There is no such file.
        FormatError: Not such a file; no value of it is quoted.
    """
    found: dict[bytes, Opening] = {}
    for number, line in enumerate(read_file(path, _LARGEST_OPENINGS).splitlines(), 1):
        try:
            plain = json.loads(line)
            pointer, value = plain["pointer"], plain["value"]
            found[bytes.fromhex(plain["commitment"])] = Opening(pointer, bytes.fromhex(plain["salt"]), value)
        except (ValueError, TypeError, KeyError, RecursionError):
            raise FormatError("cli.not_openings", seen=path, line=number) from None
    return found


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
