"""What only the store on disk has to stand: other processes, forks, growth, full disks, damage."""

from __future__ import annotations

import errno
import gc
import multiprocessing
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import lmdb
import pytest

from trustledger.errors import (
    ConflictError,
    CorruptStoreError,
    NewerFormatError,
    NotFoundError,
    StorageError,
    StoreFullError,
)
from trustledger.store import LmdbStore
from trustledger.store import _lmdb_env as env_module

TABLES = ("alpha", "beta")
SPAWN = multiprocessing.get_context("spawn")
ROOT = Path(__file__).resolve().parents[2]


def make(path, **options):
    return LmdbStore.open(path, TABLES, create=True, **options)


def fill(store, count=100, size=100):
    store.commit(b"", {"alpha": [(b"%06d" % n, b"v" * size) for n in range(count)]}, b"filled")


def start_python(code, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
    )


def finish(child):
    child.stdin.close()
    child.stdout.close()
    return child.wait(10)


def in_fork(work):
    """Run ``work`` in a forked child; what it printed and how it ended."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        try:
            os.write(write, str(work()).encode())
        except BaseException as error:  # noqa: BLE001  # the parent is told
            os.write(write, f"{type(error).__name__} {getattr(error, 'code', error)}".encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as pipe:
        said = pipe.read()
    return said, os.waitpid(child, 0)[1]


# --- several processes ---------------------------------------------------------------------------------------


def race(path, name, rounds):
    with LmdbStore.open(path, TABLES, create=False) as store:
        for n in range(rounds):
            while True:
                with store.snapshot() as view:
                    head = view.head
                place = int(head or b"0")
                try:
                    store.commit(
                        head, {"alpha": [(b"%06d" % place, b"%d %d" % (name, n))]}, b"%d" % (place + 1)
                    )
                except ConflictError:
                    continue
                break


def test_processes_racing_lose_nothing(tmp_path):
    with make(tmp_path / "s") as store:
        running = [SPAWN.Process(target=race, args=(tmp_path / "s", name, 25)) for name in range(2)]
        for process in running:
            process.start()
        for process in running:
            process.join(20)
            assert process.exitcode == 0
        with store.snapshot() as view:
            assert view.head == b"50"
            assert sorted(value for _, value in view.scan("alpha")) == sorted(
                b"%d %d" % (name, n) for name in range(2) for n in range(25)
            )


COMMITTING = """
import sys
from trustledger.store import LmdbStore
store = LmdbStore.open(sys.argv[1], ("alpha", "beta"), create=False)
n = 0
while True:
    pairs = [(b"%06d %d" % (n, i), b"v" * 300) for i in range(400)]
    store.commit(b"%d" % n if n else b"", {"alpha": pairs, "beta": [(b"n", b"%d" % n)]}, b"%d" % (n + 1))
    n += 1
    print(n, flush=True)
"""


def test_writer_killed_in_the_middle_leaves_whole_commits(tmp_path):
    make(tmp_path / "s").close()
    child = start_python(COMMITTING, tmp_path / "s")
    for _ in range(5):
        told = int(child.stdout.readline())
    time.sleep(0.013)
    child.kill()
    told = max([told, *map(int, child.stdout.read().split())])
    finish(child)
    with LmdbStore.open(tmp_path / "s", TABLES, create=False) as store, store.snapshot() as view:
        count = int(view.head)
        assert count >= told, "a commit that returned is gone"
        assert view.count("alpha") == 400 * count
        assert view.get("beta", b"n") == b"%d" % (count - 1)
        store.commit(view.head, {}, b"goes on")


def test_snapshot_stays_while_another_process_commits(tmp_path):
    with make(tmp_path / "s") as store:
        with store.snapshot() as view:
            race_in = SPAWN.Process(target=race, args=(tmp_path / "s", 1, 30))
            race_in.start()
            race_in.join(20)
            assert (view.head, view.count("alpha")) == (b"", 0)
        with store.snapshot() as view:
            assert view.count("alpha") == 30


READING = """
import sys
from trustledger.store import LmdbStore
store = LmdbStore.open(sys.argv[1], ("alpha", "beta"), create=False)
views = [store.snapshot() for _ in range(3)]
print("ready", flush=True)
sys.stdin.read()
"""


def readers(path):
    """Slots in use in LMDB's table of readers."""
    with make(path) as store:
        return store._env._env.readers().count("\n") - 1 if "(no" not in store._env._env.readers() else 0


def test_slots_of_killed_readers_are_cleared_when_opening(tmp_path):
    make(tmp_path / "s").close()
    killed, living = (start_python(READING, tmp_path / "s") for _ in range(2))
    for child in (killed, living):
        assert child.stdout.readline() == "ready\n"
    assert readers(tmp_path / "s") >= 6
    killed.kill()
    finish(killed)
    assert 3 <= readers(tmp_path / "s") < 6
    assert finish(living) == 0


HOLDING = """
import sys
from trustledger.store import LmdbStore
store = LmdbStore.open(sys.argv[1], ("alpha", "beta"), create=False)
with store.exclusive(1):
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_exclusive_times_out_and_ends_with_its_holder(tmp_path):
    with make(tmp_path / "s") as store:
        child = start_python(HOLDING, tmp_path / "s")
        assert child.stdout.readline() == "ready\n"
        began = time.monotonic()
        with pytest.raises(ConflictError) as caught, store.exclusive(0.1):
            pass
        assert 0.09 < time.monotonic() - began < 2
        assert caught.value.code == "store.locked"
        assert "writer.lock" in str(caught.value)
        child.kill()
        finish(child)
        with store.exclusive(1):
            pass


# --- forks and handles ---------------------------------------------------------------------------------------


def test_handles_are_refused_after_fork(tmp_path):
    with make(tmp_path / "s") as store, store.snapshot() as view:
        for use in (
            store.snapshot,
            store.stats,
            lambda: store.commit(b"", {}, b"x"),
            lambda: store.exclusive(0).__enter__(),
            lambda: view.head,
            lambda: view.get("alpha", b"x"),
            lambda: view.scan("alpha"),
        ):
            assert in_fork(use) == ("StorageError store.forked", 0)
        store.commit(b"", {}, b"x")


def test_child_opens_the_store_anew(tmp_path):
    def work():
        with make(tmp_path / "s") as own:
            own.commit(b"filled", {"beta": [(b"k", b"child")]}, b"by the child")
            with own.snapshot() as seen:
                return seen.head.decode()

    with make(tmp_path / "s") as store:
        fill(store)
        assert in_fork(work) == ("by the child", 0)
        with store.snapshot() as view:
            assert (view.head, view.get("beta", b"k")) == (b"by the child", b"child")


def test_child_tidies_up_without_harm_to_the_parent(tmp_path):
    def leave():
        nonlocal store, view
        view.close()
        store.close()
        del store, view
        gc.collect()
        make(tmp_path / "s")

    with make(tmp_path / "s") as store:
        fill(store)
        with store.snapshot() as view:
            assert in_fork(leave) == ("StorageError store.forked_open", 0)
            for n in range(20):  # the pages the view needs would be reused if its slot were gone
                head = b"%d" % n
                with store.snapshot() as now:
                    store.commit(now.head, {"alpha": [(b"%06d" % i, head * 50) for i in range(100)]}, head)
            assert list(view.scan("alpha")) == [(b"%06d" % n, b"v" * 100) for n in range(100)]


def test_child_does_not_release_the_parents_lock(tmp_path):
    with make(tmp_path / "s") as store, make(tmp_path / "s") as other:
        held = store.exclusive(0)
        with held:
            in_fork(lambda: held.__exit__(None, None, None))
            with pytest.raises(ConflictError), other.exclusive(0):
                pass


def test_same_directory_twice_in_a_process(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "s")
    first = make(tmp_path / "s")
    second = LmdbStore.open(tmp_path / "link" / ".." / "s", ("alpha",), create=False)
    first.commit(b"", {"alpha": [(b"k", b"v")]}, b"one")
    first.close()
    with second.snapshot() as view:
        assert view.get("alpha", b"k") == b"v"
    second.close()
    assert not env_module._open_envs


def test_handle_with_more_tables(tmp_path):
    with make(tmp_path / "s") as store:
        with LmdbStore.open(tmp_path / "s", ("alpha", "gamma"), create=True) as wider:
            wider.commit(b"", {"gamma": [(b"k", b"v")]}, b"one")
        with store.snapshot() as view, pytest.raises(StorageError, match="gamma"):
            view.get("gamma", b"k")


@pytest.mark.skipif(
    int(lmdb.__version__.split(".")[0]) < 3, reason="older py-lmdb tells environments apart by path"
)
def test_directory_deleted_and_made_anew(tmp_path):
    with make(tmp_path / "s") as store:
        fill(store)
        shutil.rmtree(tmp_path / "s")
        with make(tmp_path / "s") as fresh, fresh.snapshot() as view:
            assert view.head == b""


def test_durability_is_stated_and_must_agree(tmp_path):
    with make(tmp_path / "s", durability="nosync") as store:
        assert store.stats()["durability"] == "nosync"
        with pytest.raises(StorageError) as caught:
            make(tmp_path / "s")
        assert caught.value.code == "store.durability"
    with make(tmp_path / "s") as store:
        assert store.stats()["durability"] == "sync"
        assert store._env._env.flags()["sync"]


def test_readonly(tmp_path):
    with make(tmp_path / "s") as store:
        fill(store)
    with LmdbStore.open(tmp_path / "s", TABLES, create=False, readonly=True) as store:
        with store.snapshot() as view:
            assert view.count("alpha") == 100
        for use in (lambda: store.commit(b"filled", {}, b"x"), lambda: store.exclusive(0).__enter__()):
            with pytest.raises(StorageError) as caught:
                use()
            assert caught.value.code == "store.readonly"
        with make(tmp_path / "s") as writer:
            writer.commit(b"filled", {}, b"x")


def test_readonly_without_permission_to_write(tmp_path, monkeypatch):
    with make(tmp_path / "s") as store:
        fill(store)
    monkeypatch.setattr(env_module.os, "access", lambda *_: False)
    with (
        LmdbStore.open(tmp_path / "s", TABLES, create=False, readonly=True) as store,
        store.snapshot() as view,
    ):
        assert view.count("alpha") == 100
        assert store._env._env.flags()["readonly"]
        with pytest.raises(StorageError) as caught:
            make(tmp_path / "s")
        assert caught.value.code == "store.permission"


def without_lock_file(monkeypatch):
    """What an account sees that may read the store and write nothing beside it."""
    real = env_module.lmdb.open

    def refused(path, **settings):
        if settings["lock"]:
            raise env_module.lmdb.ReadonlyError(f"{path}: Permission denied")
        return real(path, **settings)

    monkeypatch.setattr(env_module.os, "access", lambda *_: False)
    monkeypatch.setattr(env_module.lmdb, "open", refused)


def test_readonly_without_the_lock_file(tmp_path, monkeypatch):
    with make(tmp_path / "s") as store:
        fill(store)
    (tmp_path / "s" / "lock.mdb").unlink()
    without_lock_file(monkeypatch)
    with (
        LmdbStore.open(tmp_path / "s", TABLES, create=False, readonly=True) as store,
        store.snapshot() as view,
    ):
        assert (view.head, view.count("alpha"), len(list(view.scan("alpha")))) == (b"filled", 100, 100)
        assert not (tmp_path / "s" / "lock.mdb").exists()


def test_what_is_read_without_the_lock_file_while_somebody_writes_is_no_answer(tmp_path, monkeypatch):
    with make(tmp_path / "s") as store:
        fill(store)
        key = next(iter(store.snapshot().scan("alpha")))[0]
    commit = (
        "import sys; from trustledger.store import LmdbStore\n"
        "LmdbStore.open(sys.argv[1], sys.argv[2:], create=False).commit(b'filled', {}, b'x')\n"
    )
    with monkeypatch.context() as patch:
        without_lock_file(patch)
        store = LmdbStore.open(tmp_path / "s", TABLES, create=False, readonly=True)
    with store, store.snapshot() as view:
        walk = view.scan("alpha")
        next(walk)
        subprocess.run([sys.executable, "-c", commit, str(tmp_path / "s"), *TABLES], check=True)
        for read in (
            lambda: view.head,
            lambda: view.get("alpha", key),
            lambda: view.get_many("alpha", [key]),
            lambda: view.count("alpha"),
            lambda: next(walk),
        ):
            with pytest.raises(StorageError) as caught:
                read()
            assert caught.value.code == "store.moved"


def test_files_are_not_for_everyone(tmp_path):
    before = os.umask(0)
    try:
        with make(tmp_path / "s") as store, store.exclusive(0):
            modes = {entry.name: entry.stat().st_mode & 0o777 for entry in (tmp_path / "s").iterdir()}
    finally:
        os.umask(before)
    assert modes == {"data.mdb": 0o640, "lock.mdb": 0o640, "writer.lock": 0o640}


# --- the map -------------------------------------------------------------------------------------------------


def test_map_is_large_and_sparse(tmp_path):
    with make(tmp_path / "s") as store:
        fill(store)
        stats = store.stats()
    assert stats["map_size"] == 64 << 30
    assert stats["bytes"] < 1 << 20
    assert stats["bytes"] == (tmp_path / "s" / "data.mdb").stat().st_size


def test_map_grows_in_one_commit_and_early(tmp_path):
    with make(tmp_path / "s", map_size=1) as store:
        small = store.stats()["map_size"]
        store.commit(b"", {"alpha": [(b"%06d" % n, b"v" * 1000) for n in range(3000)]}, b"one")
        assert store.stats()["map_size"] > small
        with store.snapshot() as view:
            assert view.count("alpha") == 3000
        used = store._env.used()
        store._env._resize(used + (1 << 20))
        with store.snapshot():
            store.commit(b"one", {}, b"two")
        assert store._env.map_size() < 2 * used, "not while somebody reads"
        store.commit(b"two", {}, b"three")
        assert store._env.map_size() >= 2 * used


def test_long_reader_does_not_stand_in_the_way_of_an_ordinary_store(tmp_path):
    with make(tmp_path / "s") as store, store.snapshot() as view:
        store.commit(b"", {"alpha": [(b"%06d" % n, b"v" * 1000) for n in range(3000)]}, b"one")
        assert view.count("alpha") == 0


def test_growth_waits_for_readers_of_the_process(tmp_path):
    big = {"alpha": [(b"%06d" % n, b"v" * 1000) for n in range(300)]}
    with make(tmp_path / "s", map_size=1) as store:
        view = store.snapshot()
        threading.Timer(0.1, view.close).start()
        store.commit(b"", big, b"one")
        with store.snapshot() as after:
            assert after.count("alpha") == 300


def test_growth_gives_up_on_a_reader_that_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(env_module, "GROWTH_PATIENCE", 0.05)
    big = {"alpha": [(b"%06d" % n, b"v" * 1000) for n in range(300)]}
    with make(tmp_path / "s", map_size=1) as store:
        with store.snapshot() as view:
            with pytest.raises(StorageError) as caught:
                store.commit(b"", big, b"one")
            assert caught.value.code == "store.growth_blocked"
            assert view.head == b""
        store.commit(b"", big, b"one")


def test_forgotten_snapshot_is_not_waited_for(tmp_path):
    with make(tmp_path / "s", map_size=1) as store:
        store.snapshot()
        gc.collect()
        store.commit(b"", {"alpha": [(b"%06d" % n, b"v" * 1000) for n in range(300)]}, b"one")


def grow_elsewhere(path):
    with LmdbStore.open(path, TABLES, create=False, map_size=1) as store:
        store.commit(b"", {"alpha": [(b"%06d" % n, b"v" * 1000) for n in range(3000)]}, b"one")


@pytest.mark.parametrize("reading", [True, False])
def test_map_grown_by_another_process_is_taken_over(tmp_path, monkeypatch, reading):
    monkeypatch.setattr(env_module.SharedEnv, "_grow_early", lambda _: None)
    with make(tmp_path / "s", map_size=1) as store:
        other = SPAWN.Process(target=grow_elsewhere, args=(tmp_path / "s",))
        other.start()
        other.join(20)
        assert other.exitcode == 0
        if reading:
            with store.snapshot() as view:
                assert view.count("alpha") == 3000
        else:
            store.commit(b"one", {"beta": [(b"k", b"v")]}, b"two")
        with store.snapshot() as view:
            assert sum(1 for _ in view.scan("alpha")) == 3000


SMALL_SPACE = """
import resource, sys
from trustledger.store import LmdbStore
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
with LmdbStore.open(sys.argv[1], ("alpha",), create=True) as store:
    store.commit(b"", {"alpha": [(b"k", b"v")]}, b"one")
    print(store.stats()["map_size"])
"""


def test_smaller_map_where_the_system_refuses_a_large_one(tmp_path):
    child = start_python(SMALL_SPACE, tmp_path / "s")
    assert (1 << 20) <= int(child.stdout.readline()) < (2 << 30)
    assert finish(child) == 0


def test_map_is_kept_when_a_larger_one_is_refused(tmp_path, monkeypatch):
    with make(tmp_path / "s", map_size=1) as store:
        monkeypatch.setattr(env_module, "_grants", lambda _: False)
        with pytest.raises(StorageError) as caught:
            fill(store, 300, 1000)
        assert caught.value.code == "store.map_refused"
        monkeypatch.undo()
        fill(store, 300, 1000)


def test_address_space_is_asked_for_without_being_used():
    assert env_module._grants(1 << 36)
    assert not env_module._grants(1 << 55)


# --- full disks ----------------------------------------------------------------------------------------------

FULL = """
import resource, sys
from trustledger.errors import StoreFullError
from trustledger.store import LmdbStore
with LmdbStore.open(sys.argv[1], ("alpha", "beta"), create=True) as store:
    store.commit(b"", {"alpha": [(b"k", b"v")]}, b"one")
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))
    big = {"beta": [(b"%06d" % n, b"v" * 1000) for n in range(3000)]}
    try:
        store.commit(b"one", big, b"two")
    except StoreFullError as error:
        print(error.code)
    with store.snapshot() as view:
        print(view.head, view.count("beta"))
    try:
        store.copy_to(sys.argv[1] + "-copy")
        print("copied")
    except StoreFullError as error:
        print(error.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.commit(b"one", big, b"two")
    with store.snapshot() as view:
        print(view.head, view.count("beta"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, resource.RLIM_INFINITY))
    try:
        store.copy_to(sys.argv[1] + "-other")
    except StoreFullError as error:
        print(error.code)
"""


def test_full_disk_leaves_everything_as_it_was(tmp_path):
    child = start_python(FULL, tmp_path / "s")
    said = child.stdout.read().split("\n")
    assert finish(child) == 0
    assert said[:-1] == ["store.full", "b'one' 0", "copied", "b'two' 3000", "store.full"]
    assert {entry.name for entry in tmp_path.iterdir()} == {"s", "s-copy"}


def test_map_does_not_grow_beyond_the_disk(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=0)
    with make(tmp_path / "s", map_size=1) as store:
        monkeypatch.setattr(env_module.shutil, "disk_usage", lambda _: usage)
        with pytest.raises(StoreFullError):
            fill(store, 300, 1000)
        with store.snapshot() as view:
            assert (view.head, view.count("alpha")) == (b"", 0)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (lmdb.DiskError("x"), StoreFullError),
        (OSError(errno.EDQUOT, "x"), StoreFullError),
        (lmdb.Error(f"mdb_txn_commit: {os.strerror(errno.ENOSPC)}"), StoreFullError),
        (lmdb.CorruptedError("x"), CorruptStoreError),
        (lmdb.PageNotFoundError("x"), CorruptStoreError),
        (lmdb.VersionMismatchError("x"), CorruptStoreError),
        (lmdb.PanicError("x"), StorageError),
        (lmdb.BadTxnError("x"), StorageError),
        (lmdb.ReadersFullError("x"), StorageError),
        (lmdb.ReadonlyError("x"), StorageError),
        (OSError(errno.EACCES, "x"), StorageError),
    ],
)
def test_every_error_of_lmdb_becomes_ours(error, kind):
    ours = env_module.translate(error, "somewhere")
    assert type(ours) is kind
    assert "somewhere" in ours.text("en")
    assert "somewhere" in ours.text("zh")


# --- what is not a store -------------------------------------------------------------------------------------


def refused(path, kind, code, **options):
    with pytest.raises(kind) as caught:
        LmdbStore.open(path, TABLES, **{"create": False, **options})
    assert caught.value.code == code
    assert not env_module._open_envs


def tree(path):
    return sorted(str(entry) for entry in path.rglob("*"))


def test_nothing_there_and_nothing_made(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    before = tree(tmp_path)
    refused(tmp_path / "none", NotFoundError, "store.missing")
    refused(tmp_path / "none", NotFoundError, "store.missing", create=True, readonly=True)
    refused(tmp_path / "empty", NotFoundError, "store.missing")
    refused(tmp_path / "file", NotFoundError, "store.not_a_directory")
    refused(tmp_path / "file", NotFoundError, "store.not_a_directory", create=True)
    refused(tmp_path / "none" / "deeper", StorageError, "store.failed", create=True)
    assert tree(tmp_path) == before


def test_files_that_are_not_stores(tmp_path):
    data = tmp_path / "data.mdb"
    data.touch()
    refused(tmp_path, CorruptStoreError, "store.empty")
    data.write_bytes(b"x" * 20_000)
    for create in (True, False):
        refused(tmp_path, CorruptStoreError, "store.not_lmdb", create=create)
    assert data.read_bytes() == b"x" * 20_000
    assert tree(tmp_path) == [str(data)]
    data.write_bytes(b"")
    make(tmp_path).close()


def test_another_programs_lmdb_file(tmp_path):
    with lmdb.open(str(tmp_path)) as env, env.begin(write=True) as txn:
        txn.put(b"k", b"v")
    for create in (True, False):
        refused(tmp_path, CorruptStoreError, "store.foreign", create=create)
    with lmdb.open(str(tmp_path)) as env, env.begin() as txn:
        assert txn.get(b"k") == b"v"


def test_other_layouts(tmp_path):
    make(tmp_path).close()
    with pytest.raises(CorruptStoreError) as caught:
        LmdbStore.open(tmp_path, ("alpha", "gamma"), create=False)
    assert caught.value.facts["seen"] == "gamma"
    for layout, kind, code in (
        (b"trustledger store 2", NewerFormatError, "store.newer"),
        (b"something else", CorruptStoreError, "store.foreign"),
    ):
        with lmdb.open(str(tmp_path), max_dbs=9) as env, env.begin(write=True) as txn:
            txn.put(b"layout", layout, db=env.open_db(b"_store", txn=txn))
        refused(tmp_path, kind, code)


def test_file_cut_short_anywhere_does_not_kill_the_process(tmp_path):
    with make(tmp_path / "s") as store:
        fill(store, 300, 300)
    whole = (tmp_path / "s" / "data.mdb").read_bytes()
    (tmp_path / "cut").mkdir()
    for size in (1, 100, 4096, 4200, 8191, *range(8192, len(whole), 4096), len(whole) - 1):
        (tmp_path / "cut" / "data.mdb").write_bytes(whole[:size])
        refused(tmp_path / "cut", CorruptStoreError, "store.truncated")
    (tmp_path / "cut" / "data.mdb").write_bytes(whole)
    LmdbStore.open(tmp_path / "cut", TABLES, create=False).close()


def test_file_short_of_unused_pages_only_is_sound(tmp_path):
    """LMDB does not write pages that were taken and given back in one transaction, so such files exist."""
    with make(tmp_path / "s") as store:
        store.commit(b"", {"alpha": [(b"%03d" % n, b"v" * 9000) for n in range(50)]}, b"0")
        store.commit(b"0", {"alpha": [(b"%03d" % n, None) for n in range(50)]}, b"1")
        for n in range(1, 5):
            store.commit(b"%d" % n, {"beta": [(b"k", b"%d" % n)]}, b"%d" % (n + 1))
        size = store._env.used()
    os.truncate(tmp_path / "s" / "data.mdb", size - 5 * 4096)
    with LmdbStore.open(tmp_path / "s", TABLES, create=False) as store, store.snapshot() as view:
        assert (view.head, view.get("beta", b"k"), view.count("alpha")) == (b"5", b"4", 0)


@pytest.mark.parametrize(
    "tables", [(), ("a", "a"), ("A",), ("_store",), ("a" * 33,), ("ü",), [f"t{n}" for n in range(64)]]
)
def test_table_names(tmp_path, tables):
    with pytest.raises(StorageError) as caught:
        LmdbStore.open(tmp_path / "s", tables, create=True)
    assert caught.value.code == "store.table_names"
    assert not (tmp_path / "s").exists()


def test_as_many_tables_as_promised(tmp_path):
    with LmdbStore.open(tmp_path / "s", [f"t{n}" for n in range(63)], create=True) as store:
        assert len(store.stats()["entries"]) == 63


def test_head_and_own_table_are_out_of_reach(tmp_path):
    with make(tmp_path / "s") as store:
        with pytest.raises(StorageError):
            store.commit(b"", {"_store": [(b"head", b"x")]}, b"y")
        with store.snapshot() as view, pytest.raises(StorageError):
            view.get("_store", b"head")


def test_failed_copy_leaves_nothing(tmp_path):
    class StopError(Exception):
        pass

    def stop(_done, _total):
        raise StopError

    with make(tmp_path / "s") as store:
        fill(store)
        with pytest.raises(StopError):
            store.copy_to(tmp_path / "copy", stop)
        (tmp_path / "there").mkdir()
        store.copy_to(tmp_path / "there")
        assert (tmp_path / "there" / "data.mdb").stat().st_mode & 0o777 == 0o640
    assert {entry.name for entry in tmp_path.iterdir()} == {"s", "there"}


def test_copy_of_a_live_store_is_consistent(tmp_path):
    with make(tmp_path / "s") as store:
        fill(store, 50_000, 10)
        calls = []

        def commit_meanwhile(done, total):
            with store.snapshot() as now:
                store.commit(now.head, {"alpha": [(b"new %d" % done, b"x")]}, b"%d" % done)
            calls.append((done, total))

        store.copy_to(tmp_path / "copy", commit_meanwhile)
    assert len(calls) > 1
    with LmdbStore.open(tmp_path / "copy", TABLES, create=False) as copy, copy.snapshot() as view:
        assert (view.head, view.count("alpha")) == (b"filled", 50_000)


def test_closing_waits_for_a_commit_in_another_thread(tmp_path):
    store = make(tmp_path / "s")
    began = threading.Event()
    plan = [(b"%06d" % n, b"v") for n in range(20_000)]
    writer = threading.Thread(target=lambda: (began.set(), store.commit(b"", {"alpha": plan}, b"one")))
    writer.start()
    began.wait()
    time.sleep(0.01)
    store.close()
    writer.join()
    with make(tmp_path / "s") as again, again.snapshot() as view:
        assert (view.head, view.count("alpha")) == (b"one", 20_000)


def test_load_wants_ascending_keys(tmp_path):
    with make(tmp_path / "s") as store:
        store.load("alpha", [(b"1", b""), (b"2", b"")])
        for pairs in ([(b"4", b""), (b"3", b"")], [(b"2", b"")], [(b"3", b""), (b"", b"")]):
            with pytest.raises(StorageError):
                store.load("alpha", pairs)
        with store.snapshot() as view:
            assert [key for key, _ in view.scan("alpha")] == [b"1", b"2"]
            assert view.head == b""
