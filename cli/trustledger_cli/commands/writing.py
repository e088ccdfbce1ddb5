"""``template``, ``append`` and ``sign``: sheets into records."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from trustledger import StorageError, parse_card
from trustledger.encoding import encode
from trustledger.interchange import ReadOptions
from trustledger.interchange.csv import template as csv_template
from trustledger.interchange.upload import Check, Signed, Uploaded
from trustledger.interchange.upload import check as check_files
from trustledger.interchange.upload import sign as sign_files
from trustledger.interchange.upload import upload as upload_files
from trustledger.ledger.card import MAX_CARD
from trustledger.record import Opening
from trustledger_cli.app import cli
from trustledger_cli.errors import problem_document
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.profile import zone_named
from trustledger_cli.references import typed_uri
from trustledger_cli.render.problems import problem_table, sample_table
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, UsageFault, read_file, write_file

MENDING: Final = 1
"""Exit code of a dry run that found rows to mend, as an append of the same rows would have it."""


@command(cli, "template")
@click.argument("kind")
@option(
    "-o",
    "--output",
    metavar="FILE",
    en="Write it here instead of standard output.",
    zh="写入文件，而不是标准输出。",
)
@pass_session
def template(session: Session, kind: str, output: str | None) -> None:
    """Write a template."""
    text = csv_template(kind, session.language)
    if output:
        write_file(output, text.encode())
    document = {"kind": kind, "file": output, "csv": None if output else text}

    def view(screen: Screen) -> None:
        if output:
            screen.good("template.done", path=output)
        else:
            click.echo(text.encode(), nl=False)

    session.emit(document, view)


@command(cli, "append")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
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
@option(
    "--with-key",
    "with_keys",
    multiple=True,
    metavar="FILE",
    en="Another party's key that signs too.",
    zh="共同签署的另一方的密钥文件。",
)
@option("--kind", en="Kind of the rows, where a sheet does not say.", zh="记录类型（表格未注明时）。")
@option("--zone", metavar="TZ", en="Time zone of times without an offset.", zh="未写时差的时间所在时区。")
@option("--passphrase-file", metavar="FILE", en="A file with the key's passphrase.", zh="密钥的口令文件。")
@option(
    "--dry-run", is_flag=True, en="Show what would happen; append nothing.", zh="只显示将会发生什么，不写入。"
)
@pass_session
def append(
    session: Session,
    files: tuple[str, ...],
    party: str | None,
    key: str | None,
    with_keys: tuple[str, ...],
    kind: str | None,
    zone: str | None,
    passphrase_file: str | None,
    dry_run: bool,  # noqa: FBT001  (click's signature)
) -> None:
    """Append files."""
    party = typed_uri(party) if party else session.profile.party
    if dry_run:
        _dry_run(session, files, _options(session, party, kind, zone), party)
        return
    signer = session.signer(key, passphrase_file, party=party)
    cosigners = [session.signer(path) for path in with_keys]
    options = _options(session, signer.party, kind, zone)
    with session.open() as ledger, ExitStack() as stack:
        told = _progress(session, stack)
        done = upload_files(ledger, files, options, signer=signer, cosigners=cosigners, progress=told)
        stack.close()
    document = {
        "party": signer.party,
        "new": done.new,
        "existing": done.existing,
        "statements": [{"entry": one.entry, "records": one.records} for one in done.statements],
    }
    session.emit(document, lambda screen: _show_appended(screen, done))


def _options(session: Session, party: str | None, kind: str | None, zone: str | None) -> ReadOptions:
    name = zone or session.profile.zone
    return ReadOptions(
        party=party, kind=kind, zone=zone_named(name) if name else None, language=session.language
    )


def _progress(session: Session, stack: ExitStack) -> Callable[[str, int, int], None]:
    """A bar for each stage, one after the other."""
    bars: dict[str, Callable[[int, int], None]] = {}

    def tell(stage: str, done: int, total: int) -> None:
        if stage not in bars:
            stack.close()
            bars[stage] = stack.enter_context(session.screen.progress(f"progress.{stage}"))
        bars[stage](done, total)

    return tell


def _show_appended(screen: Screen, done: Uploaded) -> None:
    screen.good("append.done", existing=done.existing, new=done.new)
    if done.statements:
        screen.line(
            "append.entries", entries=", ".join(str(one.entry) for one in done.statements[:20]), style="dim"
        )


def _dry_run(session: Session, files: Sequence[str], options: ReadOptions, party: str | None) -> None:
    """List what would happen, and every bad row at once; exit 1 if there is one."""
    if party is None:
        raise UsageFault("cli.no_party")
    with session.open(readonly=True) as ledger, ExitStack() as stack:
        found = check_files(files, options, party=party, ledger=ledger, progress=_progress(session, stack))
        stack.close()
    session.emit(_check_document(session, found), lambda screen: _show_check(screen, found, options.zone))
    if not found.ok:
        click.get_current_context().exit(MENDING)


def _check_document(session: Session, found: Check) -> dict[str, Any]:
    return {
        "dry_run": True,
        "ok": found.ok,
        "rows": found.rows,
        "records": found.records,
        "new": found.new,
        "existing": found.existing,
        "to_fix": found.to_fix,
        "problem_count": found.problem_count,
        "problems": [problem_document(problem, session.language) for problem in found.problems],
    }


def _show_check(screen: Screen, found: Check, zone: ZoneInfo | None) -> None:
    if found.samples:
        screen.show(sample_table(screen, found.samples, zone))
    if found.problems:
        screen.show(problem_table(screen, found.problems))
    if found.problem_count > len(found.problems):
        screen.line("more", count=found.problem_count - len(found.problems), style="dim")
    name = "check.good" if found.ok else "check.bad"
    facts = {"existing": found.existing, "new": found.new, "to_fix": found.to_fix}
    if found.ok:
        screen.good(name, **facts)
    else:
        screen.line(name, style="bold yellow", **facts)


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
def sign(
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
    options = _options(session, signer.party, kind, zone)
    openings = _Openings(Path(f"{output}.openings"))
    temporary = Path(f"{output}.part")
    try:
        with temporary.open("wb") as out, ExitStack() as stack:
            told = _progress(session, stack)
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
    """Keeps what opens sealed values beside a statement: mode 0600, durable before the statement is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.kept = False

    def keep(self, openings: Mapping[bytes, Opening]) -> None:
        if not openings:
            return
        handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as file:
            for commitment, one in openings.items():
                raw = encode([commitment, one.pointer, one.salt, one.value])
                file.write(len(raw).to_bytes(4, "big") + raw)
            file.flush()
            os.fsync(file.fileno())
        self.kept = True
