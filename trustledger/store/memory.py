"""The store for tests and short-lived work: plain dictionaries, the same contract."""

from __future__ import annotations

import threading
from bisect import bisect_left
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

from trustledger.errors import ConflictError, StorageError
from trustledger.store._copying import write_copy
from trustledger.store._names import check_names, latest_writes

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from trustledger.store.base import Progress, Stats, Table, Writes


class _Content:
    """One table at one time. Not changed any more once a snapshot may look at it."""

    def __init__(self, values: dict[bytes, bytes]) -> None:
        self.values = values
        self._order: list[bytes] | None = None

    def order(self) -> list[bytes]:
        """The keys, sorted."""
        if self._order is None:
            self._order = sorted(self.values)
        return self._order

    def copy(self) -> _Content:
        """The same content, free to change."""
        copied = _Content(self.values.copy())
        copied._order = None if self._order is None else self._order.copy()
        return copied

    def apply(self, ordered: list[tuple[bytes, bytes | None]]) -> None:
        """Put and delete."""
        added: list[bytes] = []
        for key, value in ordered:
            if value is None:
                if self.values.pop(key, None) is not None:
                    self._order = None
            else:
                if key not in self.values:
                    added.append(key)
                self.values[key] = value
        if self._order is not None and added:
            self._order += added
            self._order.sort()  # two sorted runs: linear


class MemoryStore:
    """A `trustledger.store.Store` that forgets everything when it is closed.

    Args:
        tables: The tables to use; at most 63.
    """

    def __init__(self, tables: Sequence[Table]) -> None:
        self._tables = check_names(tables)
        self._content = {table: _Content({}) for table in self._tables}
        self._head = b""
        self._closed = False
        self._changing = threading.Lock()
        self._writer = threading.Lock()
        self._snapshots: WeakSet[MemorySnapshot] = WeakSet()

    @property
    def tables(self) -> tuple[Table, ...]:
        """See `Store.tables`."""
        return self._tables

    def snapshot(self) -> MemorySnapshot:
        """See `Store.snapshot`."""
        with self._changing:
            self._check_open()
            snapshot = MemorySnapshot(self._head, dict(self._content))
            self._snapshots.add(snapshot)
        return snapshot

    def commit(self, expected_head: bytes, writes: Writes, head: bytes) -> None:
        """See `Store.commit`. A table that a snapshot may see is copied first."""
        plan = latest_writes(writes, self._tables)
        with self._changing:
            self._check_open()
            if self._head != expected_head:
                raise ConflictError(
                    "store.head_moved", path="memory", seen=self._head, expected=expected_head
                )
            watched = {id(content) for view in self._snapshots for content in view.content()}
            for table, ordered in plan:
                if id(self._content[table]) in watched:
                    self._content[table] = self._content[table].copy()
                self._content[table].apply(ordered)
            self._head = head

    @contextmanager
    def exclusive(self, timeout: float) -> Iterator[None]:
        """See `Store.exclusive`."""
        self._check_open()
        if not self._writer.acquire(timeout=max(timeout, 0)):
            raise ConflictError("store.locked", lock="memory", seconds=timeout)
        try:
            yield
        finally:
            self._writer.release()

    def copy_to(self, path: str | os.PathLike[str], progress: Progress | None = None) -> None:
        """See `Store.copy_to`: the way to keep what a memory store holds."""
        with self.snapshot() as view:
            write_copy(view, self._tables, Path(path), progress)

    def stats(self) -> Stats:
        """See `Store.stats`."""
        with self.snapshot() as view:
            content = {table: content.values for table, content in view.tables().items()}
            size = sum(len(key) + len(value) for values in content.values() for key, value in values.items())
        entries = {table: len(values) for table, values in content.items()}
        return {"backend": "memory", "bytes": size, "map_size": 0, "durability": "none", "entries": entries}

    def close(self) -> None:
        """See `Store.close`."""
        with self._changing:
            self._closed = True
            for snapshot in list(self._snapshots):
                snapshot.close()
            self._content = {table: _Content({}) for table in self._tables}

    def _check_open(self) -> None:
        if self._closed:
            raise StorageError("store.closed", path="memory")

    def __enter__(self) -> MemoryStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class MemorySnapshot:
    """A `trustledger.store.Snapshot` of a `MemoryStore`."""

    def __init__(self, head: bytes, tables: dict[Table, _Content]) -> None:
        self._head = head
        self._tables: dict[Table, _Content] | None = tables

    @property
    def head(self) -> bytes:
        """See `Snapshot.head`."""
        self.tables()
        return self._head

    def get(self, table: Table, key: bytes) -> bytes | None:
        """See `Snapshot.get`."""
        return self._use(table).values.get(key)

    def get_many(self, table: Table, keys: Sequence[bytes]) -> list[bytes | None]:
        """See `Snapshot.get_many`."""
        return list(map(self._use(table).values.get, keys))

    def scan(
        self, table: Table, start: bytes = b"", stop: bytes | None = None, *, reverse: bool = False
    ) -> Iterator[tuple[bytes, bytes]]:
        """See `Snapshot.scan`."""
        content = self._use(table)
        return self._walk(table, content, start, stop, reverse=reverse)

    def _walk(
        self, table: Table, content: _Content, start: bytes, stop: bytes | None, *, reverse: bool
    ) -> Iterator[tuple[bytes, bytes]]:
        order = content.order()
        first = bisect_left(order, start)
        last = len(order) if stop is None else bisect_left(order, stop)
        for index in range(last - 1, first - 1, -1) if reverse else range(first, last):
            yield order[index], content.values[order[index]]
            self._use(table)  # raises if closed meanwhile

    def count(self, table: Table) -> int:
        """See `Snapshot.count`."""
        return len(self._use(table).values)

    def close(self) -> None:
        """See `Snapshot.close`."""
        self._tables = None

    def tables(self) -> dict[Table, _Content]:
        """All tables, while the snapshot is open."""
        if self._tables is None:
            raise StorageError("store.snapshot_closed", path="memory")
        return self._tables

    def content(self) -> list[_Content]:
        """What a commit must not change."""
        return [] if self._tables is None else list(self._tables.values())

    def _use(self, table: Table) -> _Content:
        content = self.tables().get(table)
        if content is None:
            raise StorageError("store.table", seen=table, expected=", ".join(self.tables()))
        return content

    def __enter__(self) -> MemorySnapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
