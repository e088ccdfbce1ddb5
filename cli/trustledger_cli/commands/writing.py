"""``template``, ``append`` and ``sign``: sheets into records."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trustledger.interchange import ReadOptions
from trustledger.interchange.csv import template as csv_template
from trustledger.interchange.upload import Check, Sample, Uploaded
from trustledger.interchange.upload import check as check_files
from trustledger.interchange.upload import upload as upload_files
from trustledger.keys import MAX_KEY_FILE, MAX_KEY_NOTE, is_protected, open_key_note, read_key_file
from trustledger.subject import check_party
from trustledger_cli.app import cli
from trustledger_cli.errors import problem_document
from trustledger_cli.files import force_option, write_file
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.lookup import typed_uri
from trustledger_cli.profile import zone_named
from trustledger_cli.render.problems import problem_table, sample_table
from trustledger_cli.session import LOG_KEY_ENVIRONMENT, Session, UsageFault, read_file
from trustledger_cli.signers import passphrases_option, read_signers, with_key_option

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from zoneinfo import ZoneInfo

    from trustledger.note import VerifierKey
    from trustledger_cli.render.screen import Screen

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
@force_option
@pass_session
def template(session: Session, kind: str, output: str | None, force: bool) -> None:  # noqa: FBT001
    """Write a template."""
    text = csv_template(kind, session.language)
    if output:
        write_file(output, text.encode(), force=force)
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
@with_key_option(
    "Another key that signs too: of another party, or of the same one.",
    "共同签署的另一把密钥：另一方的，或同一方的。",
)
@option("--kind", en="Kind of the rows, where a sheet does not say.", zh="记录类型（表格未注明时）。")
@option("--zone", metavar="TZ", en="Time zone of times without an offset.", zh="未写时差的时间所在时区。")
@passphrases_option
@option(
    "--dry-run", is_flag=True, en="Show what would happen; append nothing.", zh="只显示将会发生什么，不写入。"
)
@pass_session
def append(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    files: tuple[str, ...],
    party: str | None,
    key: str | None,
    with_keys: tuple[str, ...],
    kind: str | None,
    zone: str | None,
    passphrase_files: tuple[str, ...],
    dry_run: bool,  # noqa: FBT001  (click's signature)
) -> None:
    """Append files."""
    party = typed_uri(party) if party else session.profile.party
    if dry_run:
        options = read_options(session, party, kind, zone)
        _dry_run(session, files, options, party, key or session.profile.key, with_keys)
        return
    signer, cosigners = read_signers(session, key, with_keys, passphrase_files, party)
    options = read_options(session, signer.party, kind, zone)
    with session.open() as ledger, ExitStack() as stack:
        told = stage_progress(session, stack)
        done = upload_files(ledger, files, options, signer=signer, cosigners=cosigners, progress=told)
        stack.close()
    document = {
        "party": signer.party,
        "new": done.new,
        "existing": done.existing,
        "statements": [{"entry": one.entry, "records": one.records} for one in done.statements],
    }
    session.emit(document, lambda screen: _show_appended(screen, done))


def read_options(session: Session, party: str | None, kind: str | None, zone: str | None) -> ReadOptions:
    """What the files do not say, from the options and the profile."""
    name = zone or session.profile.zone
    return ReadOptions(
        party=party, kind=kind, zone=zone_named(name) if name else None, language=session.language
    )


def stage_progress(session: Session, stack: ExitStack) -> Callable[[str, int, int], None]:
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
        entries = ", ".join(str(one.entry) for one in done.statements[:20])
        screen.line("append.entries", "dim", count=len(done.statements), entries=entries)
        if done.statements[-1].checkpoint is None:
            screen.warn("append.unsigned", name=LOG_KEY_ENVIRONMENT)


def _dry_run(  # noqa: PLR0913, PLR0917  (what an append is told)
    session: Session,
    files: Sequence[str],
    options: ReadOptions,
    party: str | None,
    key: str | None,
    with_keys: Sequence[str],
) -> None:
    """List what would happen, and every bad row at once; exit 1 if there is one."""
    if party is None:
        raise UsageFault("cli.no_party")
    public, others = _public_key(key), [_public_key(path) for path in with_keys]
    known = [one for one in others if one is not None]
    asked = public is not None and len(known) == len(others)
    with session.open(readonly=True) as ledger, ExitStack() as stack:
        found = check_files(
            files,
            options,
            party=party,
            key=public,
            cosigners=[_party_of(path) for path in with_keys],
            cosigner_keys=known if len(known) == len(others) else None,
            ledger=ledger,
            progress=stage_progress(session, stack),
        )
        stack.close()
    document = _check_document(session, found) | {"keys_asked": asked}

    def view(screen: Screen) -> None:
        _show_check(screen, found, options.zone)
        if not asked:
            screen.line("check.keys_unasked", "yellow")

    session.emit(document, view)
    if not found.ok:
        click.get_current_context().exit(MENDING)


def _public_key(key: str | None) -> VerifierKey | None:
    """The public half of a key file, as far as it can be had: a dry run asks for no passphrase."""
    if key is None:
        return None
    public = Path(f"{key}.pub")
    if public.is_file():
        return open_key_note(read_file(public, MAX_KEY_NOTE))
    protected = not Path(key).is_file() or is_protected(read_file(key, MAX_KEY_FILE))
    return None if protected else read_key_file(key).signer.public


def _party_of(key: str) -> str:
    """Whose a key file is: its ``.pub`` says so, or its first line; no passphrase is needed for that.

    Raises:
        FormatError: Neither does.
    """
    public = _public_key(key)
    if public is not None:
        return public.name
    first, _, _ = read_file(key, MAX_KEY_FILE).partition(b"\n")
    return check_party(first.removeprefix(b"Party: ").decode("ascii", "replace"))


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
        "warnings": [problem_document(one, session.language) for one in found.warnings],
        "samples": [_sample_document(sample) for sample in found.samples],
    }


def _sample_document(sample: Sample) -> dict[str, Any]:
    """A record as it was understood; its sealed values are private, and not in its data."""
    return {
        "file": sample.place.file,
        "row": sample.place.row,
        "kind": sample.kind,
        "subject": sample.subject,
        "written": sample.written,
        "occurred_at": sample.understood,
    }


def _show_check(screen: Screen, found: Check, zone: ZoneInfo | None) -> None:
    if found.samples:
        screen.show(sample_table(screen, found.samples, zone))
    if found.problems:
        screen.show(problem_table(screen, found.problems, screen.say("check.to_fix")))
    if found.warnings:
        screen.show(problem_table(screen, found.warnings, screen.say("check.warnings")))
    if found.problem_count > len(found.problems):
        screen.line("more", "dim", count=found.problem_count - len(found.problems))
    name = "check.good" if found.ok else "check.bad"
    facts = {"existing": found.existing, "new": found.new, "to_fix": found.to_fix}
    if found.ok:
        screen.good(name, **facts)
    else:
        screen.line(name, "bold yellow", **facts)
