"""The store on disk: LMDB, in one directory.

===============  ============================================================================================
``data.mdb``     everything, in one file of copy-on-write B+ trees
``lock.mdb``     LMDB's table of readers; may be deleted while nobody has the store open
``writer.lock``  the lock of `LmdbStore.exclusive`; the kernel releases it when its holder dies
===============  ============================================================================================

One writer at a time and any number of readers, in any number of processes and threads; neither waits for the
other. A local file system is needed: LMDB's locks and its map do not work over a network.

A damaged ``data.mdb`` can kill the process that maps it (see `trustledger.store.base`). Opening looks at the
front of the file and its length, which finds a file that is something else or was cut short, not a damaged
page.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, cast
from weakref import WeakSet

import lmdb
from filelock import FileLock, Timeout

from trustledger.errors import ConflictError, CorruptStoreError, NewerFormatError, NotFoundError, StorageError
from trustledger.store._copying import sync_directory, write_copy
from trustledger.store._lmdb_env import FILE_MODE, MAP_SIZE, SharedEnv, acquire, release
from trustledger.store._lmdb_errors import translate, translated
from trustledger.store._lmdb_file import DATA, check_file
from trustledger.store._names import check_names, latest_writes
from trustledger.store.base import MAX_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType

    from trustledger.store._lmdb_env import Txn
    from trustledger.store.base import Progress, Stats, Table, Writes

Durability = Literal["sync", "nosync"]

_OWN: Final = "_store"
"""The table that holds what the store itself must know."""
_HEAD: Final = b"head"
_LAYOUT: Final = b"layout"
_THIS_LAYOUT: Final = b"trustledger store 1"


class LmdbStore:
    """A `trustledger.store.Store` in an LMDB directory. Made by `open`.

    A handle belongs to the process that opened it; a forked child that uses it gets a `StorageError` and
    opens the store anew. Handles on the same directory in one process share one environment.
    """

    def __init__(
        self,
        path: Path,
        tables: tuple[Table, ...],
        env: SharedEnv,
        dbs: dict[str, lmdb._Database],
        *,
        readonly: bool,
    ) -> None:
        self._path = path
        self._tables = tables
        self._env: SharedEnv | None = env
        self._readonly = readonly
        self._head = dbs.pop(_OWN)
        self._dbs = dbs
        self._snapshots: WeakSet[LmdbSnapshot] = WeakSet()

    @classmethod
    def open(  # noqa: PLR0913  # five of them by name, each independent of the others
        cls,
        path: str | os.PathLike[str],
        tables: Sequence[Table],
        *,
        create: bool,
        readonly: bool = False,
        map_size: int = MAP_SIZE,
        durability: Durability = "sync",
    ) -> LmdbStore:
        """Open the store in the directory ``path``.

        Args:
            path: The directory; other files may lie in it.
            tables: The tables to use; at most 63.
            create: Make the directory (one level), the store and its tables where they are missing. If false,
                nothing is created, not even a lock file, unless the store is there.
            readonly: Refuse `commit` and `exclusive`. Works without permission to write ``data.mdb``.
            map_size: Bytes of address space to begin with; it grows by itself (see `_lmdb_env`).
            durability: ``"nosync"`` leaves it to the system when data reaches the disk. For benchmarks: a
                power cut may then damage the store beyond repair.

        Raises:
            NotFoundError: No store there, and ``create`` is false.
            CorruptStoreError: Files that are not a store, of another layout, or cut short.
            StorageError: No permission; open in this process with another durability; or LMDB refused.
        """
        names = check_names(tables)
        place = Path(path)
        create = create and not readonly
        if not check_file(place):
            if not create:
                code = "store.empty" if (place / DATA).exists() else "store.missing"
                raise (CorruptStoreError if code == "store.empty" else NotFoundError)(code, path=str(place))
            with translated(str(place)):
                place.mkdir(mode=0o750, exist_ok=True)
        env = acquire(place, create=create, readonly=readonly, map_size=map_size, durability=durability)
        try:
            dbs = _prepare(env, names, create=create)
            return cls(place, names, env, dbs, readonly=readonly)
        except BaseException:
            release(env)
            raise

    @property
    def tables(self) -> tuple[Table, ...]:
        """See `Store.tables`."""
        return self._tables

    @property
    def path(self) -> Path:
        """The directory, as it was given."""
        return self._path

    def snapshot(self) -> LmdbSnapshot:
        """See `Store.snapshot`."""
        snapshot = LmdbSnapshot(self._use(), self._dbs, self._head)
        self._snapshots.add(snapshot)
        return snapshot

    def commit(self, expected_head: bytes, writes: Writes, head: bytes) -> None:
        """See `Store.commit`. Keys are put in sorted order, about 1 µs each."""
        env = self._use(writing=True)
        plan = [_table_plan(self._dbs[table], pairs) for table, pairs in latest_writes(writes, self._tables)]
        own = self._head

        def change(txn: Txn) -> None:
            found = txn.get(_HEAD, b"", db=own)
            if found != expected_head:
                raise ConflictError("store.head_moved", path=env.path, seen=found, expected=expected_head)
            for db, puts, deletes in plan:
                for key in deletes:
                    txn.delete(key, db=db)
                if puts:
                    txn.cursor(db).putmulti(puts)
            txn.put(_HEAD, head, db=own)

        env.write(change)

    @contextmanager
    def exclusive(self, timeout: float) -> Iterator[None]:
        """See `Store.exclusive`."""
        self._use(writing=True)
        file = self._path / "writer.lock"
        # A lock object of its own for each call: two of them exclude each other, also within a thread.
        lock = FileLock(file, mode=FILE_MODE)
        try:
            lock.acquire(timeout=max(timeout, 0), poll_interval=0.01)
        except Timeout as error:
            raise ConflictError("store.locked", lock=str(file), seconds=timeout) from error
        except OSError as error:
            raise translate(error, str(self._path)) from error
        owner = os.getpid()
        try:
            yield
        finally:
            if os.getpid() == owner:  # a forked child shares the lock, and must not end it
                lock.release()

    def copy_to(self, path: str | os.PathLike[str], progress: Progress | None = None) -> None:
        """See `Store.copy_to`."""
        with self.snapshot() as view:
            write_copy(view, self._tables, Path(path), progress)

    def stats(self) -> Stats:
        """See `Store.stats`."""
        env = self._use()
        with self.snapshot() as view:
            entries = {table: view.count(table) for table in self._tables}
        with translated(env.path):
            size = env.file.stat().st_size
        return {
            "backend": "lmdb",
            "bytes": size,
            "map_size": env.map_size(),
            "durability": env.durability,
            "entries": entries,
        }

    def load(self, table: Table, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Append pairs in ascending order behind the last key of ``table``, outside the order of heads.

        For filling a new store: pages are packed full, and the head stays as it is.

        Raises:
            StorageError: A key is not greater than the one before it; nothing was written.
        """
        env = self._use(writing=True)
        db = self._dbs[table]

        def change(txn: Txn) -> None:
            stored = txn.cursor(db).putmulti(pairs, append=True)
            if stored != (len(pairs), len(pairs)):
                raise StorageError("store.order", table=table)

        env.write(change)

    def sync(self) -> None:
        """Make all commits so far durable, for a store opened with durability ``"nosync"``."""
        self._use(writing=True).sync()

    def close(self) -> None:
        """See `Store.close`."""
        env, self._env = self._env, None
        if env is None:
            return
        for snapshot in list(self._snapshots):
            snapshot.close()
        release(env)

    def _use(self, *, writing: bool = False) -> SharedEnv:
        """The environment, if this handle may still be used, for writing if so asked."""
        if self._env is None:
            raise StorageError("store.closed", path=str(self._path))
        self._env.check_process()
        if writing and self._readonly:
            raise StorageError("store.readonly", path=str(self._path))
        return self._env

    def __enter__(self) -> LmdbStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_env", None) is not None:
            self.close()


class LmdbSnapshot:
    """A `trustledger.store.Snapshot` of an `LmdbStore`: an LMDB read transaction.

    While it is open LMDB keeps every page it can see, so the file grows with each overwrite and delete
    meanwhile.
    """

    def __init__(self, env: SharedEnv, dbs: dict[str, lmdb._Database], own: lmdb._Database) -> None:
        self._env = env
        self._dbs = dbs
        self._own = own
        self._txn: Txn | None = env.begin_read()
        self._unlocked = env.unlocked

    @property
    def head(self) -> bytes:
        """See `Snapshot.head`."""
        txn = self._open_txn()
        with translated(self._env.path):
            head = txn.get(_HEAD, b"", db=self._own)
        if self._unlocked:
            self._env.check_unmoved(txn)
        return head

    def get(self, table: Table, key: bytes) -> bytes | None:
        """See `Snapshot.get`."""
        txn, db = self._use(table)
        if not 0 < len(key) <= MAX_KEY:
            return None
        try:
            value = txn.get(key, None, db)
        except lmdb.Error as error:
            raise self._explain(txn, error) from error
        if self._unlocked:
            self._env.check_unmoved(txn)
        return value

    def get_many(self, table: Table, keys: Sequence[bytes]) -> list[bytes | None]:
        """See `Snapshot.get_many`.

        Look-ups one by one, 0.3 µs each among neighbours and 1 µs at random. (Sorting the keys for a cursor,
        as `getmulti` wants it, was measured slower for 4 to 50,000 keys of 200,000.)
        """
        txn, db = self._use(table)
        get = txn.get
        try:
            values = [get(key, None, db) for key in keys]
        except lmdb.BadValsizeError:
            return [self.get(table, key) for key in keys]
        except lmdb.Error as error:
            raise self._explain(txn, error) from error
        if self._unlocked:
            self._env.check_unmoved(txn)
        return values

    def scan(
        self, table: Table, start: bytes = b"", stop: bytes | None = None, *, reverse: bool = False
    ) -> Iterator[tuple[bytes, bytes]]:
        """See `Snapshot.scan`."""
        txn, db = self._use(table)
        walk = _descend(txn, db, start, stop) if reverse else _ascend(txn, db, start, stop)
        return self._guarded(txn, walk)

    def count(self, table: Table) -> int:
        """See `Snapshot.count`."""
        txn, db = self._use(table)
        with translated(self._env.path):
            entries = int(txn.stat(db)["entries"])
        if self._unlocked:
            self._env.check_unmoved(txn)
        return entries

    def close(self) -> None:
        """See `Snapshot.close`."""
        txn, self._txn = self._txn, None
        if txn is not None:
            self._env.end_read(txn)

    def _open_txn(self) -> Txn:
        """The transaction, if it may still be used."""
        self._env.check_process()
        if self._txn is None:
            raise StorageError("store.snapshot_closed", path=self._env.path)
        return self._txn

    def _use(self, table: Table) -> tuple[Txn, lmdb._Database]:
        """The transaction and the table, if both may be used."""
        db = self._dbs.get(table)
        txn = self._open_txn()
        if db is None:
            raise StorageError("store.table", seen=table, expected=", ".join(self._dbs))
        return txn, db

    def _guarded(self, txn: Txn, walk: Iterator[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
        """Pass on what ``walk`` yields as long as this snapshot is open."""
        try:
            for pair in walk:
                if self._unlocked:
                    self._env.check_unmoved(txn)
                yield pair
                if self._txn is not txn:
                    self._open_txn()  # raises
            if self._unlocked:
                self._env.check_unmoved(txn)
        except lmdb.Error as error:
            raise self._explain(txn, error) from error

    def _explain(self, txn: Txn, error: lmdb.Error) -> StorageError:
        """LMDB's error in our words; what is read without locks while somebody writes is no damage."""
        try:
            self._env.check_unmoved(txn)
        except StorageError as moved:
            return moved
        return translate(error, self._env.path)

    def __enter__(self) -> LmdbSnapshot:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        if getattr(self, "_txn", None) is not None:
            self.close()


class _TablePlan(NamedTuple):
    db: lmdb._Database
    puts: list[tuple[bytes, bytes]]
    deletes: list[bytes]


def _table_plan(db: lmdb._Database, ordered: list[tuple[bytes, bytes | None]]) -> _TablePlan:
    """One table's writes, in key order: neighbours share pages, so LMDB finds and copies each page once."""
    deletes = [key for key, value in ordered if value is None]
    puts = [(key, value) for key, value in ordered if value is not None] if deletes else ordered
    return _TablePlan(db, cast("list[tuple[bytes, bytes]]", puts), deletes)


def _ascend(txn: Txn, db: lmdb._Database, start: bytes, stop: bytes | None) -> Iterator[tuple[bytes, bytes]]:
    cursor = txn.cursor(db)
    if not cursor.set_range(start):
        return
    if stop is None:
        yield from cursor
        return
    for pair in cursor:
        if pair[0] >= stop:
            return
        yield pair


def _descend(txn: Txn, db: lmdb._Database, start: bytes, stop: bytes | None) -> Iterator[tuple[bytes, bytes]]:
    cursor = txn.cursor(db)
    beyond = stop is not None and cursor.set_range(stop)
    if not (cursor.prev() if beyond else cursor.last()):
        return
    for pair in cursor.iterprev():
        if pair[0] < start:
            return
        yield pair


def _prepare(env: SharedEnv, names: tuple[Table, ...], *, create: bool) -> dict[str, lmdb._Database]:
    """Open the tables of ``env``, or make them in a new one; refuse what is not ours."""
    dbs = env.find_tables((*names, _OWN))
    with env.reading() as txn:
        layout = txn.get(_LAYOUT, None, db=dbs[_OWN]) if _OWN in dbs else None
        blank = not txn.stat()["entries"]
    if layout != _THIS_LAYOUT and not (blank and create):
        if layout is not None and layout.startswith(b"trustledger store "):
            raise NewerFormatError("store.newer", path=env.path, seen=layout, expected=_THIS_LAYOUT)
        raise CorruptStoreError("store.foreign", path=env.path)
    missing = [name for name in names if name not in dbs]
    if missing and not create:
        raise CorruptStoreError("store.tables_missing", path=env.path, seen=", ".join(missing))
    return _create_tables(env, names) if missing else dbs


def _create_tables(env: SharedEnv, names: tuple[Table, ...]) -> dict[str, lmdb._Database]:
    """Make what is missing, all in one commit: a crash leaves a blank store or a complete one."""
    dbs: dict[str, lmdb._Database] = {}

    def change(txn: Txn) -> None:
        dbs.update(env.make_tables(txn, (*names, _OWN)))
        txn.put(_LAYOUT, _THIS_LAYOUT, db=dbs[_OWN])

    env.write(change)
    sync_directory(Path(env.path))
    sync_directory(Path(env.path).absolute().parent)
    return dbs
