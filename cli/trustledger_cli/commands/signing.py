"""``sign``: sheets into a signed statement, for a ledger that is elsewhere."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any, BinaryIO

import click

from trustledger import parse_card
from trustledger.interchange.upload import Signed
from trustledger.interchange.upload import sign as sign_files
from trustledger.ledger.card import MAX_CARD
from trustledger.record import Opening
from trustledger.subject import check_party
from trustledger_cli.app import cli
from trustledger_cli.commands.writing import read_options, stage_progress
from trustledger_cli.files import check_free, force_option, new_file
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.lookup import typed_uri
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, read_file, to_json
from trustledger_cli.signers import passphrases_option, read_signers, with_key_option


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
@with_key_option(
    "Another key that signs too: of another party, or of the same one.",
    "共同签署的另一把密钥：另一方的，或同一方的。",
)
@option(
    "--cosigner",
    "elsewhere",
    multiple=True,
    metavar="URI",
    en="A party that must sign too, on its own computer (trustledger cosign).",
    zh="须在自己的电脑上共同签署的一方（trustledger cosign）。",
)
@option("--kind", en="Kind of the rows, where a sheet does not say.", zh="记录类型（表格未注明时）。")
@option("--zone", metavar="TZ", en="Time zone of times without an offset.", zh="未写时差的时间所在时区。")
@passphrases_option
@force_option
@pass_session
def sign(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    files: tuple[str, ...],
    card: str,
    output: str,
    party: str | None,
    key: str | None,
    with_keys: tuple[str, ...],
    elsewhere: tuple[str, ...],
    kind: str | None,
    zone: str | None,
    passphrase_files: tuple[str, ...],
    force: bool,  # noqa: FBT001  (click's signature)
) -> None:
    """Sign files for a ledger elsewhere."""
    known = parse_card(read_file(card, MAX_CARD))
    party = typed_uri(party) if party else session.profile.party
    signer, cosigners = read_signers(session, key, with_keys, passphrase_files, party)
    others = [check_party(typed_uri(uri)) for uri in elsewhere]
    options = read_options(session, signer.party, kind, zone)
    now = time.time_ns() // 1_000_000
    with ExitStack() as stack:
        out = stack.enter_context(new_file(output, force=force))
        openings = _Openings(f"{output}.openings", stack, force=force)  # in its place before the statement is
        told = stage_progress(session, stack.enter_context(ExitStack()))
        signed = sign_files(
            files,
            options,
            card=known,
            signer=signer,
            cosigners=cosigners,
            elsewhere=others,
            out=out,
            openings=openings.keep,
            time=now,
            progress=told,
        )
    document = _signed_document(signed, output, known.origin, openings)
    document["waits_for"] = sorted(set(others) - {signer.party, *(one.party for one in cosigners)})
    session.emit(document, lambda screen: _show_signed(screen, document))


def _signed_document(signed: Signed, output: str, origin: str, openings: _Openings) -> dict[str, Any]:
    return {
        "statement": output,
        "ledger": origin,
        "records": signed.records,
        "repeated": signed.repeated,
        "statements": signed.statements,
        "openings": openings.path if openings.kept else None,
    }


def _show_signed(screen: Screen, document: dict[str, Any]) -> None:
    screen.good(
        "sign.done", records=document["records"], path=document["statement"], origin=document["ledger"]
    )
    if document["openings"]:
        screen.warn("sign.openings", path=document["openings"])
    if document["waits_for"]:
        show_waiting(screen, document["waits_for"], document["statement"])
    else:
        screen.plain(f"  trustledger submit {document['statement']}", style="dim")


def show_waiting(screen: Screen, parties: list[str], path: str) -> None:
    """Who has still to sign a statement, and how."""
    screen.warn("sign.waits", parties=", ".join(parties))
    screen.plain(f"  trustledger cosign {path} --card CARD --key KEY -o {path}.2", style="dim")


class _Openings:
    """Keeps what opens sealed values beside a statement, mode 0600; makes no file where there is nothing.

    Openings that lie there already stay in the file: nothing else may be able to open what they open.

    Args:
        path: The file.
        stack: What it is closed with; to be entered after the statement's own file.
        force: Whether a file that stands there may be added to.
    """

    def __init__(self, path: str, stack: ExitStack, *, force: bool) -> None:
        check_free(path, force=force)
        self.path = path
        self._stack, self._force = stack, force
        self._file: BinaryIO | None = None

    @property
    def kept(self) -> bool:
        """Whether there was anything to keep."""
        return self._file is not None

    def keep(self, openings: Mapping[bytes, Opening]) -> None:
        """Write the openings of one statement."""
        if not openings:
            return
        if self._file is None:
            self._file = self._stack.enter_context(new_file(self.path, force=self._force, mode=0o600))
            with suppress(FileNotFoundError), Path(self.path).open("rb") as before:
                shutil.copyfileobj(before, self._file)
        for commitment, one in openings.items():
            plain = {"commitment": commitment, "pointer": one.pointer, "salt": one.salt, "value": one.value}
            self._file.write((to_json(plain, indent=None) + "\n").encode())
