"""Where a ledger's files lie.

::

    shop.ledger/
        ledger.card         the public page that others are handed
        data/               the ledger itself: everything in it is public
        private/            0700: not for others, not part of the ledger
            log.key         signs checkpoints (unless it was put elsewhere)
            log.1a2b3c4d.key    the next one, while it is changed; named by its key ID
            openings/       what opens sealed values
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from trustledger.errors import NotFoundError, StorageError

CARD: Final = "ledger.card"
DATA: Final = "data"
PRIVATE: Final = "private"
LOG_KEY: Final = "log.key"
OPENINGS: Final = "openings"


def log_key_path(directory: Path) -> Path:
    """Where the log's key is looked for."""
    return directory / PRIVATE / LOG_KEY


def log_key_paths(directory: Path) -> list[Path]:
    """The files in which keys of the log may lie: ``log.key`` and those that ``key rotate --log`` made, by name."""
    return sorted((directory / PRIVATE).glob("log*.key"))


def next_log_key_path(directory: Path, key_id: bytes) -> Path:
    """Where a further key of the log is put: a name of its own, so that it never replaces another."""
    return directory / PRIVATE / f"log.{key_id.hex()}.key"


def openings_path(directory: Path) -> Path:
    """Where openings of sealed values are kept."""
    return directory / PRIVATE / OPENINGS


def make_directory(directory: Path) -> None:
    """Make a new ledger's directory.

    Raises:
        StorageError: Something is there already, or it cannot be made.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True)
        if any(path.name != PRIVATE for path in directory.iterdir()):
            raise StorageError("ledger.not_empty", seen=str(directory))
        (directory / PRIVATE).mkdir(mode=0o700, exist_ok=True)
        (directory / DATA).mkdir(exist_ok=True)
    except OSError as error:
        raise StorageError("ledger.directory", seen=str(directory), why=error.strerror) from None


def check_directory(directory: Path) -> None:
    """There is a ledger here.

    Raises:
        NotFoundError: No such directory.
        StorageError: A directory, but not a ledger.
    """
    if not directory.is_dir():
        raise NotFoundError("ledger.no_directory", seen=str(directory))
    if not (directory / DATA).is_dir():
        raise StorageError("ledger.not_a_ledger", seen=str(directory))


def write_whole(path: Path, write: Callable[[int], None] | bytes, mode: int = 0o644) -> None:
    """Write a file so that it appears whole or not at all, and is on disk when this returns."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "wb") as file:
            if callable(write):
                write(file.fileno())
            else:
                file.write(write)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise StorageError("ledger.directory", seen=str(path), why=error.strerror) from None
