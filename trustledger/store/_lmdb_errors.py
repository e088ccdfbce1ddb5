"""LMDB's errors in this library's words."""

from __future__ import annotations

import errno
import math
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import lmdb

from trustledger.errors import CorruptStoreError, StorageError, StoreFullError

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAMAGE: Final = (
    lmdb.CorruptedError,
    lmdb.InvalidError,
    lmdb.PageNotFoundError,
    lmdb.VersionMismatchError,
    lmdb.IncompatibleError,
    *(
        getattr(lmdb, name)  # py-lmdb 3 knows these, older ones do not
        for name in ("ProblemError", "BadChecksumError", "EnvEncryptionError")
        if hasattr(lmdb, name)
    ),
)
"""What LMDB says when it meets bytes it cannot have written."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""No space on the device, over the quota, over the file size limit."""


_TOLD_APART: Final = (*_FULL, errno.EACCES, errno.EPERM, errno.EIO)


def translate(error: lmdb.Error | OSError, path: str) -> StorageError:
    """The error of ours that stands for ``error``, which happened to the store at ``path``."""
    seen = str(error)
    if isinstance(error, _DAMAGE):
        return CorruptStoreError("store.damaged", path=path, seen=seen)
    if isinstance(error, lmdb.DiskError | lmdb.MapFullError) or _number(error) in _FULL:
        return StoreFullError("store.full", path=path, seen=seen)
    if isinstance(error, lmdb.ReadersFullError):
        return StorageError("store.readers_full", path=path)
    if isinstance(error, lmdb.LockError | lmdb.ReadonlyError) or _number(error) in {
        errno.EACCES,
        errno.EPERM,
    }:
        return StorageError("store.permission", path=path, seen=seen)
    return StorageError("store.failed", path=path, seen=seen)


def is_io_error(error: lmdb.Error) -> bool:
    """Whether ``error`` is the system's EIO."""
    return _number(error) == errno.EIO


def file_size_limit() -> float:
    """Bytes a file of this process may have (``ulimit -f``)."""
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return math.inf
    soft = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    return math.inf if soft == resource.RLIM_INFINITY else soft


def _number(error: lmdb.Error | OSError) -> int:
    """The operating system's number for ``error``, 0 if unknown."""
    if isinstance(error, OSError):
        return error.errno or 0
    code = getattr(error, "code", 0)  # since py-lmdb 2
    if code:
        return int(code)
    text = str(error)
    return next((n for n in _TOLD_APART if text.endswith(os.strerror(n))), 0)


@contextmanager
def translated(path: str) -> Iterator[None]:
    """Let only errors of this library out of the block."""
    try:
        yield
    except (lmdb.Error, OSError) as error:
        raise translate(error, path) from error
