"""The log's own key, changed in two steps: ``key rotate --log``, and later ``key revoke --log``.

In between, while readers learn the new one, both keys sign every checkpoint. A crash anywhere leaves a ledger that goes
on: the new key's file is durable before the ledger hears of the key, it is used by the next try, and a key that the
ledger does not list signs nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from trustledger import Ed25519Signer, Ledger, PolicyError, StorageError, read_key_file, write_key_file
from trustledger.authority.ledgers import LedgerState
from trustledger.keys import is_protected
from trustledger.ledger.directory import log_key_paths, next_log_key_path
from trustledger.note import VerifierKey
from trustledger_cli.key_references import find_log_key
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import LOG_KEY_ENVIRONMENT, Session
from trustledger_cli.signers import Signers


def rotate_log_key(session: Session, file: str | None, operator: Signers) -> None:
    """Let a further key sign for the log, from the next entry on.

    Args:
        session: This run.
        file: Where the new key lies, or is to be made; None: within the ledger's ``private/``.
        operator: Who signs.
    """
    directory = session.ledger_path
    with session.open(readonly=True) as ledger:
        state = ledger.authority.state()
    new, path = _new_key(session, directory, state, file)
    with session.open(further=[new]) as ledger:
        keys = ledger.authority.state().log_keys
        if new.public in keys:
            raise PolicyError("cli.log_key_listed", seen=str(path))
        receipt = ledger.authority.set_log_keys(
            [*keys, new.public], operator=operator.first, cosigners=operator.others
        )
        document = {"entry": receipt.entry, "file": str(path), "key": new.public.text, **_log_keys(ledger)}
    elsewhere = path.resolve().parent != (directory / "private").resolve()

    def view(screen: Screen) -> None:
        screen.good("log.rotated", key=new.public.key_id.hex(), entry=receipt.entry)
        _show_keys(screen, document)
        if elsewhere:
            screen.warn("log.elsewhere", name=LOG_KEY_ENVIRONMENT, path=path)
        screen.line("log.next", "dim")
        screen.plain(f"  trustledger key revoke --log {keys[0].key_id.hex()}", "dim")

    session.emit(document, view)


def retire_log_key(session: Session, name: str, operator: Signers) -> None:
    """Let a key of the log sign no more, for good.

    Args:
        session: This run.
        name: The key: its file, vkey or key ID.
        operator: Who signs.

    Raises:
        PolicyError: It is the last one.
    """
    directory = session.ledger_path
    with session.open() as ledger:
        keys = ledger.authority.state().log_keys
        old = find_log_key(keys, name)
        rest = [key for key in keys if key != old]
        if not rest:
            raise PolicyError("cli.last_log_key", seen=old.key_id.hex())
        receipt = ledger.authority.set_log_keys(rest, operator=operator.first, cosigners=operator.others)
        useless = [str(path) for path in log_key_paths(directory) if _holds(path, old)]
        document = {"entry": receipt.entry, "retired": old.text, "useless": useless, **_log_keys(ledger)}

    def view(screen: Screen) -> None:
        screen.good("log.retired", key=old.key_id.hex(), entry=receipt.entry)
        _show_keys(screen, document)
        for path in useless:
            screen.line("log.useless", "", path=path)

    session.emit(document, view)


def _new_key(
    session: Session, directory: Path, state: LedgerState, file: str | None
) -> tuple[Ed25519Signer, Path]:
    """The key to be: in the file named, left by a try that broke off, or made now and durable on return."""
    if file is not None and Path(file).exists():
        return session.signer(file, party=state.origin), Path(file)
    if file is None:
        for path in log_key_paths(directory):
            left = _read(path)
            if left is not None and left.party == state.origin and not state.ever_log_key(left.public):
                return left, path
    new = Ed25519Signer.generate(state.origin)
    path = next_log_key_path(directory, new.public.key_id) if file is None else Path(file)
    try:
        if file is None:
            path.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError("ledger.directory", seen=str(path.parent), why=error.strerror) from None
    write_key_file(path, new)
    return new, path


def _read(path: Path) -> Ed25519Signer | None:
    """The key in a file; None if a passphrase protects it."""
    try:
        protected = is_protected(path.read_bytes())
    except OSError as error:
        raise StorageError("key.file_unreadable", at=path, seen=error.strerror) from None
    return None if protected else read_key_file(path).signer


def _holds(path: Path, key: VerifierKey) -> bool:
    signer = _read(path)
    return signer is not None and signer.public == key


def _log_keys(ledger: Ledger) -> dict[str, Any]:
    """The keys that sign from now on, and whether each did so just now."""
    signed = set(ledger.checkpoint().signed_by)
    keys = ledger.authority.state().log_keys
    return {"log_keys": [{"id": key.key_id, "vkey": key.text, "signs": key in signed} for key in keys]}


def _show_keys(screen: Screen, document: dict[str, Any]) -> None:
    table = screen.table("log.keys", "log.signs")
    for key in document["log_keys"]:
        table.add_row(key["id"].hex(), screen.say("yes" if key["signs"] else "no"))
    screen.show(table)
