"""``audit``, ``checkpoint`` and ``backup``."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path
from typing import Final

import click

from trustledger import AuditReport, FormatError, NewerFormatError, TrustLedgerError, parse_card
from trustledger.audit import audit_directory
from trustledger.checkpoint import parse_checkpoint_text
from trustledger.errors import CorruptStoreError, StorageError, VerificationError
from trustledger.ledger import Card
from trustledger.ledger.card import MAX_CARD
from trustledger.ledger.directory import CARD
from trustledger.note import parse_note
from trustledger_cli.app import cli
from trustledger_cli.files import check_free, force_option, write_file
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.render.audits import audit_view
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, read_file

MAX_CHECKPOINT: Final = 65_536
_UNREADABLE: Final = ("audit.store_died", "audit.child_failed")


@command(cli, "audit")
@option("--trust", metavar="CARD", en="The card you were handed.", zh="别人交给您的账本名片。")
@option(
    "--since", metavar="CHECKPOINT", en="A signed checkpoint kept from earlier.", zh="以前保存的签名检查点。"
)
@option("--strict", is_flag=True, en="Findings count as failures too.", zh="有提示也算失败。")
@option(
    "--no-standings",
    is_flag=True,
    en="Do not ask whether products stand on sale as their scores put them.",
    zh="不核对商品在售状态是否与信任分相符。",
)
@pass_session
def audit(
    session: Session,
    trust: str | None,
    since: str | None,
    strict: bool,  # noqa: FBT001
    no_standings: bool,  # noqa: FBT001
) -> None:
    """Audit the ledger."""
    card = read_file(trust, MAX_CARD) if trust else None
    earlier = _earlier(since, parse_card(card) if card else _own_card(session.ledger_path)) if since else None
    with session.screen.progress("progress.audit") as told:
        report = audit_directory(
            session.ledger_path, trust=card, since=earlier, progress=told, standings=not no_standings
        )
    code = exit_code_of(report, strict=strict)
    document = report.to_plain() | {"exit_code": code}
    session.emit(document, lambda screen: screen.show(audit_view(screen, report)))
    click.get_current_context().exit(code)


def _earlier(path: str, card: Card | None) -> bytes:
    """A kept checkpoint, as far as it can be told without the ledger that this is one, and of this ledger.

    Another file handed in by mistake says nothing against the ledger.

    Raises:
        FormatError: ``cli.no_checkpoint`` or ``cli.other_checkpoint``.
    """
    raw = read_file(path, MAX_CHECKPOINT)
    try:
        checkpoint = parse_checkpoint_text(parse_note(raw).text)
    except NewerFormatError:
        raise
    except FormatError as error:
        why = error.text(click.get_current_context().ensure_object(Session).language)
        raise FormatError("cli.no_checkpoint", seen=path, why=why) from None
    if card is not None and checkpoint.origin != card.origin:
        raise FormatError("cli.other_checkpoint", at=path, seen=checkpoint.origin, expected=card.origin)
    return raw


def _own_card(ledger: Path) -> Card | None:
    """The card that lies in the ledger, if it can be read: good enough to tell which ledger is meant."""
    try:
        return parse_card(read_file(ledger / CARD, MAX_CARD))
    except TrustLedgerError:
        return None  # the audit says what is wrong with the ledger


def exit_code_of(report: AuditReport, *, strict: bool = False) -> int:
    """0 ok; 1 something is of a later version; 3 faults, or findings when strict; 5 nothing could be read."""
    if report.faults:
        lost = report.size == 0 and all(
            fault.code in _UNREADABLE or fault.code.startswith("store.") for fault in report.faults
        )
        return CorruptStoreError.exit_code if lost else VerificationError.exit_code
    if report.newer:
        return 1
    return VerificationError.exit_code if strict and report.findings else 0


@command(cli, "checkpoint")
@option(
    "-o",
    "--output",
    metavar="FILE",
    en="Write it here instead of standard output.",
    zh="写入文件，而不是标准输出。",
)
@force_option
@pass_session
def checkpoint(session: Session, output: str | None, force: bool) -> None:  # noqa: FBT001
    """Print or write the latest signed checkpoint."""
    if output:
        check_free(output, force=force)
    with session.open() as ledger:
        signed = ledger.checkpoint()
    if output:
        write_file(output, signed.note, force=force)
    head = signed.checkpoint
    document = {
        "origin": head.origin,
        "size": head.size,
        "root": b64encode(head.root).decode("ascii"),
        "note": signed.note.decode("utf-8"),
        "file": output,
    }

    def view(screen: Screen) -> None:
        if output:
            screen.good("checkpoint.done", size=head.size, path=output)
        else:
            click.echo(signed.note, nl=False)

    session.emit(document, view)


@command(cli, "backup")
@click.argument("directory", metavar="DIR")
@pass_session
def backup(session: Session, directory: str) -> None:
    """Copy the ledger, and verify the copy."""
    if Path(directory).resolve().is_relative_to(session.ledger_path.resolve()):
        raise StorageError("cli.backup_inside", seen=directory, expected=session.ledger_path)
    with session.open(readonly=True) as ledger:
        card = ledger.public_card
        with session.screen.progress("progress.copy") as told:
            ledger.backup(directory, told)
    with session.screen.progress("progress.audit") as told:
        report = audit_directory(directory, trust=card, progress=told, openings=False)
    if not report.ok or report.newer:
        _report_bad_copy(session, directory, report)
    document = {
        "backup": directory,
        "verified": report.ok,
        "size": report.size,
        "root": report.root,
        "counts": report.counts,
    }

    def view(screen: Screen) -> None:
        screen.good("backup.done", path=directory, size=report.size)
        screen.line("backup.private", "yellow")

    session.emit(document, view)


def _report_bad_copy(session: Session, directory: str, report: AuditReport) -> None:
    if not session.json:
        session.screen.errors.print(audit_view(session.screen, report))
    if not report.faults:
        raise NewerFormatError("cli.newer_backup", seen=directory)
    raise StorageError("cli.bad_backup", seen=directory, count=len(report.faults))
