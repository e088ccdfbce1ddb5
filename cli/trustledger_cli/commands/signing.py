"""``sign``: sheets into a signed statement, for a ledger that is elsewhere."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import click

from trustledger import StorageError, parse_card
from trustledger.interchange.upload import Signed
from trustledger.interchange.upload import sign as sign_files
from trustledger.ledger.card import MAX_CARD
from trustledger.record import Opening
from trustledger_cli.app import cli
from trustledger_cli.commands.writing import read_options, stage_progress
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.references import typed_uri
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, read_file, to_json


@command(cli, "sign")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@option("--card", required=True, metavar="CARD", en="The ledger's public card.", zh="账本的公开名片。")
@option(
    "-o",
    "--output",
    required=True,
    metavar="STATEMENT",
    en="Where to write the signed statement.",
    zh="写出签名声明的文件。",
)
@option(
    "--as",
    "party",
    metavar="URI",
    en="The party that signs; the profile's by default.",
    zh="签名的参与方；默认取配置文件。",
)
@option(
    "--key",
    metavar="FILE",
    en="Its key file; the profile's by default.",
    zh="该方的密钥文件；默认取配置文件。",
)
@option("--kind", en="Kind of the rows, where a sheet does not say.", zh="记录类型（表格未注明时）。")
@option("--zone", metavar="TZ", en="Time zone of times without an offset.", zh="未写时差的时间所在时区。")
@option("--passphrase-file", metavar="FILE", en="A file with the key's passphrase.", zh="密钥的口令文件。")
@pass_session
def sign(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    files: tuple[str, ...],
    card: str,
    output: str,
    party: str | None,
    key: str | None,
    kind: str | None,
    zone: str | None,
    passphrase_file: str | None,
) -> None:
    """Sign files for a ledger elsewhere."""
    known = parse_card(read_file(card, MAX_CARD))
    signer = session.signer(key, passphrase_file, party=typed_uri(party) if party else session.profile.party)
    options = read_options(session, signer.party, kind, zone)
    openings = _Openings(Path(f"{output}.openings"))
    temporary = Path(f"{output}.part")
    try:
        with temporary.open("wb") as out, ExitStack() as stack:
            told = stage_progress(session, stack)
            now = time.time_ns() // 1_000_000
            signed = sign_files(
                files,
                options,
                card=known,
                signer=signer,
                out=out,
                openings=openings.keep,
                time=now,
                progress=told,
            )
        temporary.replace(output)
    except OSError as error:
        raise StorageError("cli.unwritable", seen=output, why=error.strerror) from None
    finally:
        temporary.unlink(missing_ok=True)
    document = _signed_document(signed, output, known.origin, openings)
    session.emit(document, lambda screen: _show_signed(screen, document))


def _signed_document(signed: Signed, output: str, origin: str, openings: _Openings) -> dict[str, Any]:
    return {
        "statement": output,
        "ledger": origin,
        "records": signed.records,
        "repeated": signed.repeated,
        "statements": signed.statements,
        "openings": str(openings.path) if openings.kept else None,
    }


def _show_signed(screen: Screen, document: dict[str, Any]) -> None:
    screen.good(
        "sign.done", records=document["records"], path=document["statement"], origin=document["ledger"]
    )
    if document["openings"]:
        screen.warn("sign.openings", path=document["openings"])
    screen.plain(f"  trustledger submit {document['statement']}", style="dim")


class _Openings:
    """Keeps what opens sealed values beside a statement: mode 0600, durable before the statement is."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept = False

    def keep(self, openings: Mapping[bytes, Opening]) -> None:
        if not openings:
            return
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            for commitment, one in openings.items():
                plain = {
                    "commitment": commitment,
                    "pointer": one.pointer,
                    "salt": one.salt,
                    "value": one.value,
                }
                file.write(to_json(plain, indent=None) + "\n")
            file.flush()
            os.fsync(file.fileno())
        self.kept = True
