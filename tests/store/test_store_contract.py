from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from trustledger.store import LmdbStore, MemoryStore, Store
from trustledger.store.testing import StoreContract

if TYPE_CHECKING:
    from pathlib import Path


class TestMemoryStore(StoreContract):
    def make_store(self, tables: tuple[str, ...]) -> Store:
        return MemoryStore(tables)


class TestLmdbStore(StoreContract):
    @pytest.fixture(autouse=True)
    def _folder(self, tmp_path: Path) -> None:
        self.folder = tmp_path / "store"

    def make_store(self, tables: tuple[str, ...]) -> Store:
        return LmdbStore.open(self.folder, tables, create=True)


class TestTinyLmdbStore(TestLmdbStore):
    """The same with a map so small that everything makes it grow."""

    def make_store(self, tables: tuple[str, ...]) -> Store:
        return LmdbStore.open(self.folder, tables, create=True, map_size=1)
