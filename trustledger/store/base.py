"""The seam between the ledger and whatever keeps its bytes.

A store keeps a few named tables of byte strings in key order, and one more value, the *head*. It knows
nothing of what any of them mean. Everything that changes goes through one call, `Store.commit`, which is
atomic, durable when it returns, and refused when somebody else moved the head first. Everything that is read
is read in a `Snapshot`, one consistent view which later commits do not touch.

Stores are not trusted: whoever reads from one checks what came back (hashes, signatures, links) on the way
up.

Every method raises only errors of `trustledger.errors`:

========================  ===================================================================================
`StorageError`            misuse, such as a closed or forked handle; or the machine failed (permissions, I/O)
`ConflictError`           the head moved, or another writer holds the lock
`StoreFullError`          no room left on the device
`CorruptStoreError`       the store's own files are damaged
========================  ===================================================================================

A back end may map its files into memory, as LMDB does. Damage inside such a file, or a file cut short while
it is mapped, can then kill the process with SIGBUS or SIGSEGV, which no Python code can catch. Whoever reads
a store that may be damaged does so in a child process.

`trustledger.store.testing.StoreContract` is this contract as tests, for any back end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, TypedDict

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from types import TracebackType

Table: TypeAlias = str
"""A table's name: one of the fixed tuple that was passed when the store was opened.
``[a-z][a-z0-9_]{0,31}``."""

Writes: TypeAlias = "Mapping[Table, Sequence[tuple[bytes, bytes | None]]]"
"""By table, pairs of key and new value; None deletes. The order does not matter, except that of two pairs
with the same key the later one counts."""

Progress: TypeAlias = "Callable[[int, int], None]"
"""Called with (entries done, entries in all) now and then; the last call has both equal."""

MAX_KEY: Final = 511
"""Bytes in a key, at most; at least 1. LMDB's own limit (``MDB_MAXKEYSIZE``), which every back end keeps so
that data can move between them."""

MAX_VALUE: Final = 1 << 30
"""Bytes in a value, at most (1 GiB); 0 is allowed. A guard against mistakes, far above any object of the
ledger."""


class Stats(TypedDict):
    """What `Store.stats` tells."""

    backend: str
    """``"lmdb"``, ``"memory"``, or the name of another back end."""
    bytes: int
    """Bytes the data takes up where it is kept (file size for LMDB; keys and values for memory)."""
    map_size: int
    """Bytes of address space reserved for the data; 0 where there is no such thing."""
    durability: str
    """``"sync"``: a commit that returned survives a power cut. ``"nosync"``: it may not. ``"none"``: nothing
    does."""
    entries: dict[Table, int]
    """Number of keys by table."""


class Snapshot(Protocol):
    """One consistent view of a store, as of the moment it was taken. A context manager.

    Commits, also those of other processes, neither change it nor wait for it. It may be handed from thread to
    thread but must be used by one at a time. After `close` every method raises `StorageError`, and so do the
    iterators of `scan`.

    Keep it short: while it is open the store cannot reuse the space of anything deleted or overwritten since.
    A snapshot held for hours beside a busy writer makes the file grow (nothing worse happens; the space is
    used again once it is closed). The ledger only ever adds, so little is freed, yet long jobs had better
    take a new one now and then.
    """

    @property
    def head(self) -> bytes:
        """The head as of this view; ``b""`` when nothing was ever committed."""

    def get(self, table: Table, key: bytes) -> bytes | None:
        """The value of ``key``, or None if there is none, also for what cannot be a key (empty, too long)."""

    def get_many(self, table: Table, keys: Sequence[bytes]) -> list[bytes | None]:
        """The values of ``keys``, in their order; None for each that is missing. Keys may repeat.

        One call is much cheaper than many `get`, most of all for keys near each other.
        """

    def scan(
        self, table: Table, start: bytes = b"", stop: bytes | None = None, *, reverse: bool = False
    ) -> Iterator[tuple[bytes, bytes]]:
        """Keys and values with ``start <= key < stop`` in byte order.

        Args:
            table: Where to look.
            start: First key wanted, if it is there.
            stop: First key not wanted any more; None for the end of the table.
            reverse: The same pairs, largest key first.

        Returns:
            A lazy iterator: stopping early costs nothing. It ends with the snapshot.
        """

    def count(self, table: Table) -> int:
        """Number of keys in ``table``, without reading them."""

    def close(self) -> None:
        """Let the view go. Closing twice is harmless."""

    def __enter__(self) -> Snapshot: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Store(Protocol):
    """Tables of bytes with one atomic commit. Safe to use from several threads. A context manager."""

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables it was opened with."""

    def snapshot(self) -> Snapshot:
        """A view of everything as it is now. Use it in a ``with`` statement.

        Close it before a `commit` where that is convenient: a store that must enlarge its map waits for the
        snapshots of its own process.
        """

    def commit(self, expected_head: bytes, writes: Writes, head: bytes) -> None:
        """Apply all of ``writes`` and set the head, or do nothing at all.

        Args:
            expected_head: The head the caller saw when it worked out ``writes``.
            writes: What to put and what to delete. Deleting a missing key is fine.
            head: The new head. If it equals ``expected_head``, other writers cannot see that anything
                changed; that is right only for writes that no other writer builds upon.

        On return the commit is durable: it survives a crash of the process and, with durability ``"sync"``,
        of the machine. A process killed before that leaves either all of it or nothing.

        Raises:
            ConflictError: The head is not ``expected_head``; nothing was written. Read again, work out the
                writes again, try again.
            StoreFullError: No room; nothing was written.
            StorageError: Something failed. When the device failed in the middle, whether the commit took
                place is known only by reading the head again.
        """

    def exclusive(self, timeout: float) -> AbstractContextManager[None]:
        """The one-writer lock, across threads and processes; held for the length of a ``with`` statement.

        `commit` is safe without it. It is for writers whose preparation is long and would be wasted on a
        conflict. Readers are not held up. Not re-entrant. The kernel releases it when its holder dies.

        Args:
            timeout: Seconds to wait, 0 to try only once.

        Raises:
            ConflictError: Still held by another after ``timeout`` seconds.
        """

    def copy_to(self, path: str | os.PathLike[str], progress: Progress | None = None) -> None:
        """Write a consistent copy of everything into the new directory ``path``, while others read and write.

        The copy is a store for `trustledger.store.LmdbStore`, compact and fsynced. It appears under its name
        only when it is whole.

        Raises:
            StorageError: ``path`` exists already and is not an empty directory.
            StoreFullError: No room; what was begun is removed.
        """

    def stats(self) -> Stats:
        """Sizes and counts, for people."""

    def close(self) -> None:
        """Let everything go. Closing twice is harmless; any other use afterwards raises `StorageError`."""

    def __enter__(self) -> Store: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
