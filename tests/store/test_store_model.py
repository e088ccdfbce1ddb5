"""Any sequence of commits and snapshots: both stores against plain dictionaries."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from trustledger.errors import ConflictError
from trustledger.store import LmdbStore, MemoryStore

TABLES = ("alpha", "beta")
KEYS = st.binary(min_size=1, max_size=3) | st.sampled_from([b"\x00", b"\xff", b"k" * 511])
VALUES = st.none() | st.binary(max_size=8) | st.just(b"v" * 5000)
WRITES = st.dictionaries(st.sampled_from(TABLES), st.lists(st.tuples(KEYS, VALUES), max_size=12))
BOUNDS = st.binary(max_size=2)


class Stores(RuleBasedStateMachine):
    views = Bundle("views")

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.model = {table: {} for table in TABLES}
        self.head = b""
        self.stores = [MemoryStore(TABLES), self.open()]

    def open(self):
        return LmdbStore.open(self.folder / "s", TABLES, create=True, durability="nosync")

    @rule(writes=WRITES, head=st.binary(max_size=2))
    def commit(self, writes, head):
        for store in self.stores:
            store.commit(self.head, writes, head)
        for table, pairs in writes.items():
            changed = {**self.model[table], **dict(pairs)}
            self.model[table] = {key: value for key, value in changed.items() if value is not None}
        self.head = head

    @rule(writes=WRITES, wrong=st.binary(max_size=2))
    def conflict(self, writes, wrong):
        if wrong != self.head:
            for store in self.stores:
                with pytest.raises(ConflictError):
                    store.commit(wrong, writes, b"never")

    @rule(target=views)
    def take(self):
        return [store.snapshot() for store in self.stores], self.head, dict(self.model)

    @rule(taken=views, table=st.sampled_from(TABLES), start=BOUNDS, stop=st.none() | BOUNDS)
    def scan(self, taken, table, start, stop):
        views, head, model = taken
        expected = [
            (key, value)
            for key, value in sorted(model[table].items())
            if key >= start and (stop is None or key < stop)
        ]
        for view in views:
            assert view.head == head
            assert view.count(table) == len(model[table])
            assert list(view.scan(table, start, stop)) == expected
            assert list(view.scan(table, start, stop, reverse=True)) == expected[::-1]

    @rule(taken=views, table=st.sampled_from(TABLES), keys=st.lists(KEYS, max_size=10))
    def get(self, taken, table, keys):
        views, _, model = taken
        keys += list(model[table])[:5]
        for view in views:
            assert view.get_many(table, keys) == [model[table].get(key) for key in keys]
            assert [view.get(table, key) for key in keys] == [model[table].get(key) for key in keys]

    @rule(taken=consumes(views))
    def close(self, taken):
        for view in taken[0]:
            view.close()

    @rule(_all=st.none())
    def second_handle(self, _all):
        with self.open() as other, other.snapshot() as view:
            assert view.head == self.head

    @invariant()
    def agree(self):
        for store in self.stores:
            assert store.stats()["entries"] == {table: len(self.model[table]) for table in TABLES}

    def teardown(self):
        for store in self.stores:
            store.close()
        shutil.rmtree(self.folder)


TestStores = Stores.TestCase
TestStores.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
