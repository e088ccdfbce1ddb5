"""``cosign``: a further signature for a statement that was signed on another computer."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from trustledger import NotFoundError, StorageError, parse_card
from trustledger.interchange.upload import Cosigned
from trustledger.interchange.upload import cosign as cosign_file
from trustledger.ledger.card import MAX_CARD
from trustledger_cli.app import cli
from trustledger_cli.commands.signing import show_waiting
from trustledger_cli.files import force_option, new_file
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.render.records import kind_name
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, read_file
from trustledger_cli.signers import read_signers, signer_options

_SHOWN: Final = 10
"""Subjects that are named; ``--json`` has all."""


@command(cli, "cosign")
@click.argument("statement", metavar="STATEMENT")
@option("--card", required=True, metavar="CARD", en="The ledger's public card.", zh="账本的公开名片。")
@option(
    "-o",
    "--output",
    required=True,
    metavar="FILE",
    en="Where to write the statement with the further signature.",
    zh="写出加签后声明的文件。",
)
@signer_options(
    "The key file that signs too; the profile's by default.", "共同签署的密钥文件；默认取配置文件。"
)
@force_option
@pass_session
def cosign(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    statement: str,
    card: str,
    output: str,
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
    force: bool,  # noqa: FBT001  (click's signature)
) -> None:
    """Sign a statement of a file too."""
    known = parse_card(read_file(card, MAX_CARD))
    signers = read_signers(session, key, with_keys, passphrase_files)
    try:
        with Path(statement).open("rb") as file, new_file(output, force=force) as out:
            done = list(cosign_file(file, card=known, signers=[signers.first, *signers.others], out=out))
    except FileNotFoundError:
        raise NotFoundError("cli.no_file", seen=statement) from None
    except OSError as error:
        raise StorageError("cli.unreadable", seen=statement, why=error.strerror) from None
    waiting = sorted({uri for one in done for uri in one.waits_for})
    document = {
        "statement": output,
        "ledger": known.origin,
        "statements": [_document(one) for one in done],
        "waits_for": waiting,
    }

    def view(screen: Screen) -> None:
        for one in done:
            _show(screen, one)
        if waiting:
            show_waiting(screen, waiting, output)
        else:
            screen.plain(f"  trustledger submit {output}", style="dim")

    session.emit(document, view)


def _document(one: Cosigned) -> dict[str, Any]:
    return {
        "party": one.statement.party,
        "cosigners": list(one.statement.cosigners),
        "records": one.statement.records,
        "kinds": dict(one.kinds),
        "subjects": list(one.subjects),
        "signed_by": list(one.signed_by),
        "waits_for": list(one.waits_for),
    }


def _show(screen: Screen, one: Cosigned) -> None:
    kinds = ", ".join(f"{kind_name(kind, screen.language)} {count}" for kind, count in one.kinds.items())
    by = ", ".join(dict.fromkeys(one.signed_by))
    screen.good("cosign.done", records=one.statement.records, party=one.statement.party, kinds=kinds, by=by)
    subjects = ", ".join(one.subjects[:_SHOWN]) + (", …" if len(one.subjects) > _SHOWN else "")
    screen.line("cosign.subjects", "dim", subjects=subjects)
