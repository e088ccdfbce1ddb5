"""One LMDB environment per file and process, shared by every handle on it.

LMDB itself forbids three things, and this module sees to it that they do not happen:

- *Opening a file twice in one process* (closing one would drop the locks of both): a registry hands out the
  same environment and counts its users.
- *Using an environment in a forked child* (parent and child would share a slot in the table of readers):
  every call compares the process.
- *Changing the size of the map while transactions of the process are open*: a gate counts them.

**The map.** LMDB maps its file into memory, and the map's size, fixed when opening, is how large the file may
become. The map costs address space only, neither memory nor disk, so it starts at 64 GiB, or four times the
file if that is more; growing is the backstop for ledgers that outgrow it while open, and for machines that
refuse such a map. It doubles when a commit does not fit, and before that when the process has no transaction
open and half of the map is used, so that a reader seldom stands in the way. One that does is waited for, then
named in an error.

**Reading without the lock file.** Whoever may read a ledger but not write beside it (an auditor with another account, a
copy that was made read-only) cannot enter LMDB's table of readers, which lies in the lock file. Then, and only then,
the environment is opened without locks. Writers do not know of such a reader: a page that the commit after its own
frees may be used again by the commit after that. So whatever was read counts only if, afterwards, no commit has come
since the transaction began (`SharedEnv.check_unmoved`): as long as that is so no page it can see was touched. If one
came, the read is an error that asks to try again, and never an answer.
"""

from __future__ import annotations

import mmap
import os
import shutil
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final, TypeAlias

import lmdb

from trustledger.errors import StorageError, StoreFullError
from trustledger.store._lmdb_errors import file_size_limit, is_io_error, translate, translated
from trustledger.store._lmdb_file import DATA
from trustledger.store._names import MAX_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

MAP_SIZE: Final = 64 << 30
"""Bytes of address space to start with: 64 GiB, far below the 128 TiB (47 bits) a 64-bit process has."""

SMALLEST_MAP: Final = 1 << 20
"""Bytes below which no smaller map is tried when the system refuses one (1 MiB)."""

MAX_READERS: Final = 4096
"""Snapshots open at one time, in all processes together. 64 bytes of lock file each; LMDB's default is
126."""

GROWTH_PATIENCE: Final = 30.0
"""Seconds to wait for the snapshots of this process before giving up on a larger map."""

LOCK: Final = "lock.mdb"
"""The name LMDB gives its lock file."""

FILE_MODE: Final = 0o640
"""Owner writes, group reads, before the umask."""

_NEXT_TO_NOTHING: Final = 1 << 20
"""Bytes left that count as a full device: a short write takes all there was."""

_PROT_NONE: Final = 0
"""`mmap`'s name for pages nobody may touch, which count for address space and nothing else."""

Txn: TypeAlias = "lmdb.Transaction[bytes]"
"""A transaction that hands out copies, not views of the map."""

_Identity: TypeAlias = tuple[str, int, int]

_pid = os.getpid()


class Gate:
    """Counts who uses the map, and keeps all of them out while it is changed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._shut = False

    def idle(self) -> bool:
        """Whether nobody is inside or at work on the map. Takes no lock: asked in forked children too."""
        return not (self._inside or self._shut)

    def enter(self) -> None:
        """Go in; wait while the map is being changed."""
        with self._changed:
            while self._shut:
                self._changed.wait()
            self._inside += 1

    def leave(self) -> None:
        """Go out."""
        with self._changed:
            self._inside -= 1
            if not self._inside:
                self._changed.notify_all()

    @contextmanager
    def emptied(self, patience: float) -> Iterator[int]:
        """Let nobody in and wait until all are out, for at most ``patience`` seconds.

        Yields:
            How many are still inside: 0, or the wait was in vain.
        """
        with self._changed:
            while self._shut:  # another thread is at it
                self._changed.wait()
            self._shut = True
            try:
                self._changed.wait_for(lambda: not self._inside, patience)
                yield self._inside
            finally:
                self._shut = False
                self._changed.notify_all()


class SharedEnv:
    """An open LMDB environment. Made by `acquire`, given back by `release`."""

    def __init__(self, path: Path, *, create: bool, readonly: bool, map_size: int, durability: str) -> None:
        self.path = str(path)
        self.file = path / DATA
        self.readonly = readonly
        self.durability = durability
        self.pid = os.getpid()
        self.users = 0
        self.unlocked = False
        self.patience = GROWTH_PATIENCE
        self._gate = Gate()
        self._writing = threading.Lock()
        self._env = self._open(create=create, map_size=map_size)
        # Slots of readers that were killed would keep LMDB from ever reusing the pages they once looked at.
        self._env.reader_check()

    def _open(self, *, create: bool, map_size: int) -> lmdb.Environment:
        """Open with ``map_size``, or the largest map the system grants."""
        size = max(map_size, 4 * self.file.stat().st_size if self.file.exists() else 0)
        while True:
            try:
                return lmdb.open(
                    self.path,
                    map_size=size,
                    readonly=self.readonly,
                    lock=not self.unlocked,
                    create=create,
                    sync=self.durability == "sync",
                    mode=FILE_MODE,
                    max_readers=MAX_READERS,
                    max_spare_txns=0,  # spare ones keep a slot, which a forked child would take along
                    max_dbs=MAX_TABLES + 1,  # and the store's own
                )
            except lmdb.MemoryError as error:  # such as under RLIMIT_AS, or on a 32-bit machine
                if size // 2 < SMALLEST_MAP:
                    raise translate(error, self.path) from error
                size //= 2
            except (lmdb.Error, OSError) as error:
                refused = translate(error, self.path)
                if refused.code != "store.permission" or not self.readonly or self.unlocked:
                    raise refused from error
                self.unlocked = True  # if it is the data that may not be read, the next try says so

    def check_unmoved(self, txn: Txn) -> None:
        """What a transaction without locks has read is right: no commit came since it began.

        Raises:
            StorageError: ``store.moved``: one came, and pages may have been used again.
        """
        if self.unlocked and self._env.info()["last_txnid"] != txn.id():
            raise StorageError("store.moved", path=self.path)

    def idle(self) -> bool:
        """Whether no transaction is open in this process, nor the map being changed."""
        return self._gate.idle()

    def is_here(self) -> bool:
        """Whether this is the process that opened it."""
        return self.pid == _pid

    def check_process(self) -> None:
        """Refuse to go on in a forked child."""
        if self.pid != _pid:
            raise StorageError("store.forked", path=self.path, seen=_pid, expected=self.pid)

    def begin_read(self) -> Txn:
        """A read transaction; whoever got it ends it with `end_read`."""
        while True:
            self._gate.enter()
            try:
                return self._begin_read()
            except lmdb.MapResizedError:
                self._gate.leave()
            except lmdb.Error as error:
                self._gate.leave()
                raise translate(error, self.path) from error
            self._adopt_size()

    def _begin_read(self) -> Txn:
        try:
            return self._env.begin()
        except lmdb.ReadersFullError:
            if not self._env.reader_check():  # no slots of the dead to be had
                raise
            return self._env.begin()

    def end_read(self, txn: Txn) -> None:
        """End a transaction of `begin_read`. In a forked child it is the parent's, and left alone."""
        if not self.is_here():
            _kept_for_parent.append(txn)
            return
        txn.abort()
        self._gate.leave()

    def write(self, change: Callable[[Txn], None]) -> None:
        """Run ``change`` in a write transaction and commit it; again with a larger map if it did not fit.

        One thread at a time: LMDB's own lock would be waited for inside C, perhaps holding the interpreter
        lock that the thread in possession needs in order to finish.
        """
        with self._writing:
            self._grow_early()
            while True:
                self._gate.enter()
                try:
                    self._write_once(change)
                except lmdb.MapFullError:
                    step = self._grow
                except lmdb.MapResizedError:
                    step = self._adopt_size
                except lmdb.Error as error:
                    raise self._explain(error) from error
                else:
                    return
                finally:
                    self._gate.leave()
                step()

    def _write_once(self, change: Callable[[Txn], None]) -> None:
        with self._env.begin(write=True) as txn:
            change(txn)
            # Leaving this block is the commit, and the place where data becomes durable: LMDB writes the
            # changed pages to unused places and syncs them, then writes and syncs one meta page that points
            # to them. A crash before the meta page is on disk leaves the old state, whole; the pages written
            # so far are free space. A crash after it leaves the new state, whole. An error while the meta
            # page is written leaves one or the other: only the head, read again, tells which.

    def _explain(self, error: lmdb.Error) -> StorageError:
        """LMDB calls a write that came out short EIO, though the usual cause is a device just filled up."""
        ours = translate(error, self.path)
        if type(ours) is StorageError and is_io_error(error) and self._filled_up():
            return StoreFullError("store.full", path=self.path, seen=str(error))
        return ours

    def _filled_up(self) -> bool:
        """Whether the data file can hardly become longer: by its device, or by the limit of this process."""
        with translated(self.path):
            if shutil.disk_usage(self.path).free < _NEXT_TO_NOTHING:
                return True
            size = self.file.stat().st_size
        return size + _NEXT_TO_NOTHING > file_size_limit()

    @contextmanager
    def reading(self) -> Iterator[Txn]:
        """A read transaction for the length of a block."""
        txn = self.begin_read()
        try:
            yield txn
        except lmdb.Error as error:
            raise translate(error, self.path) from error
        finally:
            self.end_read(txn)

    def find_tables(self, names: Iterable[str]) -> dict[str, lmdb._Database]:
        """Handles of those tables that exist.

        py-lmdb drops handles that were opened in a read transaction when that ends, so each is opened in a
        write transaction of its own: where the file may be written, this waits for a commit under way.
        """
        found: dict[str, lmdb._Database] = {}
        with self._writing, self.reading(), translated(self.path):
            for name in names:
                with suppress(lmdb.NotFoundError):
                    found[name] = self._env.open_db(name.encode(), create=False)
        return found

    def make_tables(self, txn: Txn, names: Iterable[str]) -> dict[str, lmdb._Database]:
        """Handles of all tables, created where missing; they are good once ``txn`` is committed."""
        return {name: self._env.open_db(name.encode(), txn=txn, create=True) for name in names}

    def sync(self) -> None:
        """Have the system write everything to the disk now."""
        with self._writing, translated(self.path):
            self._env.sync(True)

    def map_size(self) -> int:
        """Bytes of the map."""
        with translated(self.path):
            return int(self._env.info()["map_size"])

    def used(self) -> int:
        """Bytes of the file up to the last page in use."""
        with translated(self.path):
            return (int(self._env.info()["last_pgno"]) + 1) * int(self._env.stat()["psize"])

    def close(self) -> None:
        """Close LMDB, after a commit under way in another thread. Open transactions become unusable."""
        with self._writing:
            self._env.close()

    def close_inherited(self) -> None:
        """Close a parent's environment in a forked child; only if it was idle when the child was made.

        It costs the parent nothing then: LMDB knows readers by their process, and locks are not inherited. An
        open transaction, however, would be struck off the table of readers, and the parent would read on
        without protection.
        """
        self._env.close()

    def _grow_early(self) -> None:
        """Double the map while that is easy: it is half full and nobody in this process is reading."""
        size = self.map_size()
        if 2 * self.used() > size and self._room() and _grants(size):
            with self._gate.emptied(0) as inside:
                if not inside:
                    self._resize(2 * size)

    def _grow(self) -> None:
        """Double the map, because a commit did not fit."""
        size = self.map_size()
        if not self._room():
            raise StoreFullError("store.full", path=self.path, seen="MDB_MAP_FULL")
        if not _grants(size):
            raise StorageError("store.map_refused", path=self.path, seen=2 * size)
        self._resize_when_unused(2 * size)

    def _adopt_size(self) -> None:
        """Take over the size another process has given the map."""
        self._resize_when_unused(0)

    def _room(self) -> bool:
        """Whether the device could hold more than the map does now."""
        with translated(self.path):
            return self.used() + shutil.disk_usage(self.path).free > self.map_size()

    def _resize_when_unused(self, size: int) -> None:
        with self._gate.emptied(self.patience) as inside:
            if inside:
                raise StorageError("store.growth_blocked", path=self.path, seen=inside, seconds=self.patience)
            self._resize(size)

    def _resize(self, size: int) -> None:
        with translated(self.path):
            self._env.set_mapsize(size)


def _grants(size: int) -> bool:
    """Whether the system has ``size`` bytes of address space left.

    Asked before a map grows: LMDB lets the old map go before it asks for the new one, and is lost without.
    """
    if os.name == "nt":
        return True
    try:
        mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=_PROT_NONE).close()
    except (OSError, OverflowError, ValueError):
        return False
    return True


_open_envs: dict[_Identity, SharedEnv] = {}
_inherited: dict[_Identity, SharedEnv] = {}
"""In a forked child: what the parent had open."""
_kept_for_parent: list[Txn] = []
"""In a forked child: the parent's transactions. Older py-lmdb ends them when they are collected here."""
_registry = threading.Lock()


def acquire(path: Path, *, create: bool, readonly: bool, map_size: int, durability: str) -> SharedEnv:
    """The environment in the existing directory ``path``: opened now, or shared with who has it open."""
    with _registry:
        _let_go_of_parent(path)
        env = _open_envs.get(_identity(path)) if (path / DATA).exists() else None
        if env is None:
            # Opened for writing where that is permitted, so that a later handle can share it and write.
            readonly = readonly and not _writable(path)
            env = SharedEnv(path, create=create, readonly=readonly, map_size=map_size, durability=durability)
            _open_envs[_identity(path)] = env
        elif env.readonly and not readonly:
            raise StorageError("store.permission", path=str(path), seen="opened read-only")
        elif env.durability != durability:
            raise StorageError("store.durability", path=str(path), seen=env.durability, expected=durability)
        env.users += 1
        return env


def release(env: SharedEnv) -> None:
    """One user less; the last one closes the environment."""
    if not env.is_here():
        return  # the parent's
    with _registry:
        env.users -= 1
        if env.users:
            return
        for key in [key for key, value in _open_envs.items() if value is env]:
            del _open_envs[key]
        env.close()


def _writable(path: Path) -> bool:
    """Whether this account may write the store in a directory: its data, and its lock file, made or to be made."""
    lock = path / LOCK
    return os.access(path / DATA, os.W_OK) and os.access(lock if lock.exists() else path, os.W_OK)


def _identity(path: Path) -> _Identity:
    """What makes two paths the same store; a directory deleted and made anew is another one."""
    file = (path / DATA).stat()
    return os.path.realpath(path), file.st_dev, file.st_ino


def _let_go_of_parent(path: Path) -> None:
    """In a forked child: py-lmdb opens no file twice, and the parent's handle on it is here as well."""
    env = _inherited.get(_identity(path)) if _inherited and (path / DATA).exists() else None
    if env is None:
        return
    if not env.idle():
        raise StorageError("store.forked_open", path=str(path))
    env.close_inherited()
    del _inherited[_identity(path)]


def _after_fork() -> None:
    """In a forked child: nothing is open here, whatever the parent has open or was about to lock."""
    global _pid, _registry  # noqa: PLW0603  # the process has changed, and these describe it
    _pid = os.getpid()
    _registry = threading.Lock()
    _inherited.update(_open_envs)
    _open_envs.clear()


if hasattr(os, "register_at_fork"):
    # Cheaper than asking the kernel in every call, and as good: only os.fork makes children that run Python.
    os.register_at_fork(after_in_child=_after_fork)
