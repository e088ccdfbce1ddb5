"""The storage contract as tests, for anyone who writes a back end.

::

    class TestMyStore(StoreContract):
        def make_store(self, tables):
            return MyStore(tables)

Run it with pytest. Nothing here needs pytest itself, so the module can be imported anywhere.
"""

from __future__ import annotations

import tempfile
import threading
from abc import ABC, abstractmethod
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustledger.errors import ConflictError, StorageError
from trustledger.store.base import MAX_KEY
from trustledger.store.lmdb import LmdbStore

if TYPE_CHECKING:
    from collections.abc import Callable

    from trustledger.store.base import Store, Table, Writes

TABLES: Final = ("alpha", "beta")
"""The tables the contract's stores are opened with."""


def refused(kind: type[Exception], code: str, action: Callable[[], object]) -> None:
    """Fail unless ``action`` raises ``kind`` with ``code``.

    Raises:
        AssertionError: It did not.
    """
    try:
        action()
    except kind as error:
        same("code", getattr(error, "code", None), code)
    else:
        raise AssertionError(f"expected {kind.__name__} {code}")


def same(what: str, seen: object, expected: object) -> None:
    """Fail unless ``seen`` equals ``expected``. Not the statement ``assert``, which ``python -O`` would drop.

    Raises:
        AssertionError: It does not.
    """
    if seen != expected:
        raise AssertionError(f"{what}: {seen!r}, expected {expected!r}")


class StoreContract(ABC):
    """What every back end promises; inherit it and say how to make an empty store."""

    @abstractmethod
    def make_store(self, tables: tuple[Table, ...]) -> Store:
        """A new, empty store with these tables. The contract closes it."""

    def _filled(self) -> Store:
        store = self.make_store(TABLES)
        pairs = [(bytes([n]), b"value %d" % n) for n in (3, 1, 5, 4, 2)]
        store.commit(b"", {"alpha": pairs}, b"one")
        return store

    def test_empty_store(self) -> None:
        """Nothing there, and no head."""
        with self.make_store(TABLES) as store, store.snapshot() as view:
            same("tables", store.tables, TABLES)
            same("head", view.head, b"")
            same("get", view.get("alpha", b"x"), None)
            same("get_many", view.get_many("alpha", [b"x", b"y"]), [None, None])
            same("scan", list(view.scan("alpha")), [])
            same("scan reverse", list(view.scan("alpha", reverse=True)), [])
            same("scan back from", list(view.scan("alpha", stop=b"x", reverse=True)), [])
            same("count", view.count("alpha"), 0)

    def test_get_many_keeps_order_and_repeats(self) -> None:
        """Few keys and many, in the order asked."""
        with self._filled() as store, store.snapshot() as view:
            for keys in (
                [b"\x02", b"?", b"\x02"],
                [b"\x05", b"?", b"", b"\x01", b"k" * 600, b"\x05"] * 20,
                [],
            ):
                expected = [view.get("alpha", key) for key in keys]
                same("get_many", view.get_many("alpha", keys), expected)
            same("get", view.get("alpha", b"\x02"), b"value 2")

    def test_scan_bounds(self) -> None:
        """``start <= key < stop``, both ways, with bounds that are keys and bounds that are not."""
        with self._filled() as store, store.snapshot() as view:
            bounds = [b"", b"\x01", b"\x01\x00", b"\x03", b"\x04", b"\x05", b"\x06", b"\xff" * 600]
            for start in bounds:
                for stop in (*bounds, None):
                    expected = [
                        (bytes([n]), b"value %d" % n)
                        for n in range(1, 6)
                        if start <= bytes([n]) and (stop is None or bytes([n]) < stop)
                    ]
                    what = f"scan {start!r} {stop!r}"
                    same(what, list(view.scan("alpha", start, stop)), expected)
                    same(what, list(view.scan("alpha", start, stop, reverse=True)), expected[::-1])

    def test_commit_puts_deletes_and_moves_the_head(self) -> None:
        """Several tables in one commit; the last word on a key counts; values may be empty."""
        with self._filled() as store:
            writes: Writes = {
                "alpha": [
                    (b"\x01", None),
                    (b"\x02", b""),
                    (b"nowhere", None),
                    (b"\x03", b"x"),
                    (b"\x03", b"y"),
                ],
                "beta": [(b"k" * MAX_KEY, b"v" * 10_000)],
            }
            store.commit(b"one", writes, b"two")
            with store.snapshot() as view:
                same("head", view.head, b"two")
                same("values", view.get_many("alpha", [b"\x01", b"\x02", b"\x03"]), [None, b"", b"y"])
                same("count", (view.count("alpha"), view.count("beta")), (4, 1))
                same("value", view.get("beta", b"k" * MAX_KEY), b"v" * 10_000)
            same("entries", store.stats()["entries"], {"alpha": 4, "beta": 1})

    def test_scans_follow_commits(self) -> None:
        """Scan, change, scan again: keys added in any place, others gone."""
        with self._filled() as store:
            expected = {bytes([n]): b"value %d" % n for n in range(1, 6)}
            head = b"one"
            for n, (added, gone) in enumerate(
                [(b"\x00", b"\x05"), (b"\x03\x01", b"\x00"), (b"\x00\x00", b"\x03")]
            ):
                with store.snapshot() as view:
                    same("scan", list(view.scan("alpha")), sorted(expected.items()))
                store.commit(head, {"alpha": [(b"\xff", b"%d" % n), (added, b"new")]}, head + b"+")
                expected |= {added: b"new", b"\xff": b"%d" % n}
                with store.snapshot() as view:
                    same("scan", list(view.scan("alpha")), sorted(expected.items()))
                store.commit(head + b"+", {"alpha": [(gone, None)]}, head)
                del expected[gone]
            with store.snapshot() as view:
                same("scan", list(view.scan("alpha")), sorted(expected.items()))

    def test_commit_without_writes_moves_the_head(self) -> None:
        """The head alone is a commit too."""
        with self._filled() as store:
            store.commit(b"one", {"alpha": []}, b"two")
            with store.snapshot() as view:
                same("head", view.head, b"two")
                same("count", view.count("alpha"), 5)

    def test_moved_head_is_a_conflict_and_nothing_is_written(self) -> None:
        """Compare and swap."""
        with self._filled() as store:
            writes = {"alpha": [(b"new", b"x"), (b"\x01", None)]}
            refused(ConflictError, "store.head_moved", lambda: store.commit(b"", writes, b"two"))
            with store.snapshot() as view:
                same("head", view.head, b"one")
                same("values", view.get_many("alpha", [b"new", b"\x01"]), [None, b"value 1"])

    def test_bad_writes_are_refused_whole(self) -> None:
        """Keys no back end keeps, tables nobody opened: nothing of the commit is written."""
        good = (b"good", b"x")
        bad: list[tuple[str, Writes]] = [
            ("store.key_size", {"beta": [good], "alpha": [(b"", b"x")]}),
            ("store.key_size", {"beta": [good], "alpha": [(b"k" * (MAX_KEY + 1), b"x")]}),
            ("store.table", {"beta": [good], "gamma": [good]}),
        ]
        with self._filled() as store:
            for code, writes in bad:
                refused(StorageError, code, partial(store.commit, b"one", writes, b"two"))
            with store.snapshot() as view:
                same("head", view.head, b"one")
                same("get", view.get("beta", b"good"), None)
                refused(StorageError, "store.table", lambda: view.get("gamma", b"x"))
                refused(StorageError, "store.table", lambda: view.count("gamma"))

    def test_snapshots_do_not_see_later_commits(self) -> None:
        """Isolation, also in the middle of a scan."""
        with self._filled() as store, store.snapshot() as before:
            scan = before.scan("alpha")
            same("first", next(scan), (b"\x01", b"value 1"))
            store.commit(b"one", {"alpha": [(b"\x02", None), (b"\x03", b"new"), (b"\x09", b"new")]}, b"two")
            with store.snapshot() as after:
                same(
                    "after",
                    (after.head, after.count("alpha"), after.get("alpha", b"\x03")),
                    (b"two", 5, b"new"),
                )
            same("before", (before.head, before.count("alpha")), (b"one", 5))
            same("scan", [value for _, value in scan], [b"value %d" % n for n in (2, 3, 4, 5)])

    def test_nothing_works_after_close(self) -> None:
        """A closed snapshot, its iterators, and a closed store say so; closing twice is harmless."""
        store = self._filled()
        view = store.snapshot()
        scan = view.scan("alpha")
        next(scan)
        view.close()
        view.close()
        closed = "store.snapshot_closed"
        refused(StorageError, closed, lambda: next(scan))
        refused(StorageError, closed, lambda: view.head)
        refused(StorageError, closed, lambda: view.get("alpha", b"\x01"))
        refused(StorageError, closed, lambda: view.get_many("alpha", [b"\x01"] * 50))
        refused(StorageError, closed, lambda: view.scan("alpha"))
        refused(StorageError, closed, lambda: view.count("alpha"))
        left_open = store.snapshot()
        store.close()
        store.close()
        refused(StorageError, closed, lambda: left_open.get("alpha", b"\x01"))
        refused(StorageError, "store.closed", store.snapshot)
        refused(StorageError, "store.closed", lambda: store.commit(b"one", {}, b"two"))
        refused(StorageError, "store.closed", store.stats)

    def test_exclusive_excludes(self) -> None:
        """One holder; others wait or are told; an error inside lets go."""
        with self.make_store(TABLES) as store:
            with store.exclusive(1):
                refused(ConflictError, "store.locked", lambda: store.exclusive(0.02).__enter__())
            try:
                with store.exclusive(0):
                    raise KeyError  # noqa: TRY301  # as any body might
            except KeyError:
                pass
            with store.exclusive(0):
                pass

    def test_exclusive_hands_over_between_threads(self) -> None:
        """A waiting thread gets the lock when it is free."""
        with self.make_store(TABLES) as store:
            got = threading.Event()

            def wait_for_it() -> None:
                with store.exclusive(5):
                    got.set()

            with store.exclusive(0):
                waiting = threading.Thread(target=wait_for_it)
                waiting.start()
                same("held", got.wait(0.05), False)
            waiting.join(5)
            same("handed over", got.is_set(), True)

    def test_racing_commits_lose_nothing(self) -> None:
        """Threads that read, commit and try again on conflict: every commit counts once."""
        threads, rounds = 4, 10
        with self.make_store(TABLES) as store:

            def work(name: int) -> None:
                for n in range(rounds):
                    while True:
                        with store.snapshot() as view:
                            head = view.head
                        key = int(head or b"0")
                        try:
                            store.commit(
                                head, {"alpha": [(b"%06d" % key, b"%d %d" % (name, n))]}, b"%d" % (key + 1)
                            )
                        except ConflictError:
                            continue
                        break

            running = [threading.Thread(target=work, args=(name,)) for name in range(threads)]
            for thread in running:
                thread.start()
            for thread in running:
                thread.join()
            with store.snapshot() as view:
                values = {value for _, value in view.scan("alpha")}
                same("head", view.head, b"%d" % (threads * rounds))
                same("kept", values, {b"%d %d" % (t, n) for t in range(threads) for n in range(rounds)})

    def test_copy_is_whole(self) -> None:
        """A copy holds everything, tells its progress, and does not overwrite."""
        with self._filled() as store, tempfile.TemporaryDirectory() as folder:
            told: list[tuple[int, int]] = []
            target = Path(folder) / "copy"
            store.copy_to(target, lambda done, total: told.append((done, total)))
            same("progress", told[-1], (5, 5))
            same("nothing beside it", [entry.name for entry in Path(folder).iterdir()], ["copy"])
            with (
                LmdbStore.open(target, TABLES, create=False) as copy,
                copy.snapshot() as copied,
                store.snapshot() as view,
            ):
                same("head", copied.head, view.head)
                for table in TABLES:
                    same(table, list(copied.scan(table)), list(view.scan(table)))
            refused(StorageError, "store.copy_exists", lambda: store.copy_to(target))
