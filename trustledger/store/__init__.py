"""Where the ledger's bytes are kept: a small seam, and two stores behind it.

The seam is `Store` and `Snapshot` in `trustledger.store.base`. `LmdbStore` keeps everything on disk,
`MemoryStore` in memory. `trustledger.store.testing` holds the tests any other back end has to pass.
"""

from __future__ import annotations

from trustledger.store.base import MAX_KEY, MAX_VALUE, Progress, Snapshot, Stats, Store, Table, Writes
from trustledger.store.lmdb import LmdbSnapshot, LmdbStore
from trustledger.store.memory import MemorySnapshot, MemoryStore

__all__ = [
    "MAX_KEY",
    "MAX_VALUE",
    "LmdbSnapshot",
    "LmdbStore",
    "MemorySnapshot",
    "MemoryStore",
    "Progress",
    "Snapshot",
    "Stats",
    "Store",
    "Table",
    "Writes",
]
