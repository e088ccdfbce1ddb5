"""A whole store written anew: the one way copies are made, whatever back end they come from.

Read through a snapshot and put in key order, a copy is as small as it can be, takes over none of the
original's free pages, can tell how far it is, and leaves other threads room to run, none of which LMDB's own
copying call does.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustledger.errors import StorageError
from trustledger.store._lmdb_errors import translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trustledger.store.base import Progress, Snapshot, Table

_CHUNK_BYTES: Final = 8 << 20
"""Bytes of keys and values put in one transaction: bounds memory, LMDB keeps changed pages there until the
commit."""

_CHUNK_ENTRIES: Final = 20_000
"""Entries put in one transaction: how often progress is told."""


def write_copy(view: Snapshot, tables: Sequence[Table], path: Path, progress: Progress | None) -> None:
    """Write all that ``view`` shows into a new LMDB store at ``path``.

    A crash leaves at most a directory named ``.<name>.<random>.partial`` beside ``path``, never half a copy
    at ``path``.
    """
    with translated(str(path)):
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise StorageError("store.copy_exists", path=str(path))
        parent = path.absolute().parent
        partial = Path(tempfile.mkdtemp(dir=parent, prefix=f".{path.name}.", suffix=".partial"))
        try:
            _fill(view, tables, partial, progress)
            (partial / "lock.mdb").unlink(missing_ok=True)
            partial.chmod(0o750)
            sync_directory(partial)
            # Here the copy gets its name, whole: everything in it was synced before.
            partial.replace(path)
            sync_directory(parent)
        except BaseException:
            shutil.rmtree(partial, ignore_errors=True)
            raise


def _fill(view: Snapshot, tables: Sequence[Table], partial: Path, progress: Progress | None) -> None:
    from trustledger.store.lmdb import LmdbStore  # noqa: PLC0415  # which copies itself through this module

    total = sum(view.count(table) for table in tables)
    done = 0
    with LmdbStore.open(partial, tables, create=True, durability="nosync") as copy:
        for table in tables:
            for chunk in _chunks(view.scan(table)):
                copy.load(table, chunk)
                done += len(chunk)
                if progress:
                    progress(done, total)
        copy.commit(b"", {}, view.head)
        copy.sync()
    if progress and not total:
        progress(0, 0)


def _chunks(pairs: Iterator[tuple[bytes, bytes]]) -> Iterator[list[tuple[bytes, bytes]]]:
    """Cut ``pairs`` into lists of bounded length and size."""
    chunk: list[tuple[bytes, bytes]] = []
    size = 0
    for key, value in pairs:
        chunk.append((key, value))
        size += len(key) + len(value)
        if len(chunk) == _CHUNK_ENTRIES or size >= _CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


def sync_directory(path: Path) -> None:
    """Make the names in ``path`` durable, where the system can do that."""
    if os.name == "nt":
        return  # directories cannot be opened there; NTFS journals names itself
    with translated(str(path)):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
