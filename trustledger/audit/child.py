"""An audit in a process of its own.

LMDB maps the store's file into memory. A damaged file can kill the process that reads it, with a signal that no Python
code can catch; here that process is a child, and its death is a fault in the report.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import IO, Final

from trustledger.audit.report import AuditReport
from trustledger.errors import CorruptStoreError, NotFoundError, StorageError, TrustLedgerError
from trustledger.ledger import directory, tables
from trustledger.ledger.card import Card, parse_card
from trustledger.ledger.vault import StoreVault
from trustledger.store import LmdbStore

_PROGRESS_EVERY: Final = 64
STALL_SECONDS: Final = 600.0
"""Without a word for so long, the child is running in circles in a damaged file: one entry takes 15 s at most."""
_RESULT: Final = "result"
_ERROR: Final = "error"

Progress = Callable[[int, int], None]


def audit_directory(  # noqa: PLR0913  (all but the first by name)
    path: str | Path,
    *,
    trust: Card | bytes | None = None,
    since: bytes | None = None,
    progress: Progress | None = None,
    openings: bool = True,
    standings: bool = True,
) -> AuditReport:
    """Audit the ledger in a directory, in a child process.

    Args:
        path: The ledger's directory.
        trust: The card that was handed to the auditor: the signed file's bytes, or a `Card`.
        since: A signed checkpoint from earlier.
        progress: Told (entries done, entries in all).
        openings: Compare the openings kept beside the ledger too, if there are any.
        standings: Judge the listings too (`trustledger.audit.audit`).

    Returns:
        The report. If the child was killed by what it read, that is a fault of code ``audit.store_died``.

    Raises:
        NotFoundError: No such directory.
        StorageError: Not a ledger's directory, or one that this account or machine cannot read: nothing was audited.
        FormatError: ``trust`` is not a card.
    """
    where = Path(path)
    directory.check_directory(where)
    card = parse_card(trust) if isinstance(trust, bytes) else trust
    request = {
        "path": str(where),
        "card": None if card is None else _b64(card.text()),
        "since": None if since is None else _b64(since),
        "openings": openings,
        "standings": standings,
    }
    with tempfile.TemporaryFile() as errors:
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "trustledger.audit.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            result = _talk(child, json.dumps(request), progress)
        finally:
            if child.poll() is None:
                child.kill()
            child.wait()
            for stream in (child.stdin, child.stdout):
                if stream is not None:
                    stream.close()
        if result is not None:
            return AuditReport.from_plain(result)
        return _died(child.returncode, errors, trusted=card is not None)


def _talk(child: subprocess.Popen[str], request: str, progress: Progress | None) -> dict[str, object] | None:
    """Send the request, pass on progress, and wait for the result or the end."""
    if child.stdin is None or child.stdout is None:
        return None
    try:
        child.stdin.write(request)
        child.stdin.close()
    except BrokenPipeError:
        return None
    for line in _watched(child, child.stdout):
        message = json.loads(line)
        if message[0] == _RESULT:
            child.wait()
            return dict(message[1])
        if message[0] == _ERROR:
            child.wait()
            raise StorageError(message[1], **message[2])
        if progress is not None:
            progress(message[1], message[2])
    child.wait()
    return None


def _watched(child: subprocess.Popen[str], lines: IO[str]) -> Iterator[str]:
    """The child's lines; it is killed when none comes for too long."""
    while True:
        watchdog = Timer(STALL_SECONDS, child.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            line = lines.readline()
        finally:
            watchdog.cancel()
        if not line:
            return
        yield line


def _died(code: int, errors: IO[bytes], *, trusted: bool) -> AuditReport:
    """What to say of a child that ended without a result."""
    report = AuditReport(trusted=False)
    if code < 0:
        name = signal.Signals(-code).name if -code in set(signal.Signals) else str(-code)
        report.add_fault(CorruptStoreError("audit.store_died", seen=name))
    else:
        errors.seek(0)
        last = errors.read()[-2000:].decode("utf-8", "replace").strip().rpartition("\n")[2]
        report.add_fault(CorruptStoreError("audit.child_failed", seen=last or code))
    if not trusted:
        report.add_note("audit.untrusted")
    return report


def main() -> int:
    """The child: one request on standard input; progress and one result on standard output."""
    request = json.loads(sys.stdin.read())
    out = sys.stdout

    def progress(done: int, total: int) -> None:
        if done % _PROGRESS_EVERY == 0 or done == total:
            out.write(json.dumps(["progress", done, total]) + "\n")
            out.flush()

    try:
        answer: list[object] = [_RESULT, _run(request, progress).to_plain()]
    except StorageError as error:
        answer = [_ERROR, error.code, {name: str(fact) for name, fact in error.facts.items()}]
    out.write(json.dumps(answer) + "\n")
    out.flush()
    return 0


def _run(request: dict[str, str | None], progress: Progress) -> AuditReport:
    from trustledger.audit.replay import audit  # noqa: PLC0415  (replay is not needed by the parent)

    where = Path(str(request["path"]))
    card = None if request["card"] is None else Card.from_text(b64decode(request["card"]))
    since = None if request["since"] is None else b64decode(request["since"])
    try:
        with LmdbStore.open(where / directory.DATA, tables.TABLES, create=False, readonly=True) as store:
            vault, unread = _openings(where) if request["openings"] else (None, None)
            try:
                with store.snapshot() as snapshot:
                    report = audit(
                        snapshot, trust=card, since=since, vault=vault, progress=progress,
                        standings=bool(request.get("standings", True)),
                    )  # fmt: skip
            finally:
                if vault is not None:
                    vault.close()
            if unread is not None:
                report.add_note("audit.openings_unread", why=unread.text(), why_zh=unread.text("zh"))
            return report
    except TrustLedgerError as error:
        report = AuditReport()
        report.add_fault(error)
        if card is None:
            report.add_note("audit.untrusted")
        return report


def _openings(where: Path) -> tuple[StoreVault | None, StorageError | None]:
    """The openings beside a ledger, for reading alone; or why an auditor who may not see them does without.

    They lie in a directory that only the ledger's owner may enter.
    """
    path = directory.openings_path(where)
    try:
        path.lstat()
        return StoreVault.in_directory(path, readonly=True), None
    except (FileNotFoundError, NotFoundError):
        return None, None
    except OSError as error:
        return None, StorageError("store.permission", path=str(path), seen=error.strerror)
    except CorruptStoreError:
        raise
    except StorageError as error:
        return None, error


def _b64(raw: bytes) -> str:
    return b64encode(raw).decode("ascii")


if __name__ == "__main__":
    sys.exit(main())
