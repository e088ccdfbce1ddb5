"""Files that a command writes where a person said: whole or not at all, and never over another by accident."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from trustledger import FormatError, StorageError
from trustledger_cli.framework import Handler, option


def force_option(function: Handler) -> Handler:
    """``--force``, for every command that writes a file of the user's choice."""
    return option(
        "--force",
        is_flag=True,
        en="Replace the file if it exists; without this nothing is ever overwritten.",
        zh="文件已存在时覆盖；不加此项绝不覆盖任何文件。",
    )(function)


def check_free(path: str | Path, *, force: bool) -> None:
    """A file may be written here: there is nothing yet, or a plain file and ``--force``.

    Asked before long work; `new_file` asks again when it puts the file in its place.

    Raises:
        FormatError: ``cli.file_exists``.
        StorageError: A directory or device stands there, which is never replaced.
    """
    if not os.path.lexists(path):
        return
    if not force:
        raise FormatError("cli.file_exists", seen=str(path))
    if os.path.exists(path) and not os.path.isfile(path):  # noqa: PTH110, PTH113  (a path as the user gave it)
        raise StorageError("cli.not_a_file", seen=str(path))


@contextmanager
def new_file(path: str | Path, *, force: bool, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file that appears under its name when the block ends well, and not at all otherwise.

    Args:
        path: Where.
        force: Replace a file that stands there; its permissions are not kept.
        mode: Permissions, of which the umask takes its part.

    Raises:
        FormatError: ``cli.file_exists``.
        StorageError: It cannot be written.
    """
    check_free(path, force=force)
    target = Path(path).resolve()  # a link that is replaced on purpose keeps pointing where it did
    temporary = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if force:
            temporary.replace(target)
        else:
            _put(temporary, target)
    except FileExistsError:  # it came between the question and now
        raise FormatError("cli.file_exists", seen=str(path)) from None
    except OSError as error:
        raise StorageError("cli.unwritable", seen=str(path), why=error.strerror or str(error)) from None
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def _put(temporary: Path, target: Path) -> None:
    """Give a file its name unless the name is taken; a link does so in one step, where there are links."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links: what is left is to claim the name first
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        temporary.replace(target)


def write_file(path: str | Path, raw: bytes, *, force: bool = False) -> None:
    """Write a new file, whole. Errors as `new_file`."""
    with new_file(path, force=force) as file:
        file.write(raw)
