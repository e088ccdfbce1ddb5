"""Walking tables in step with what was computed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from trustledger.errors import ChainError
from trustledger.store import Snapshot

Complain = Callable[[ChainError, str], None]
"""Takes a fault and the table it is in."""

_SHOWN: Final = 40
"""Hex digits of a key that a fault shows."""


class Cursor:
    """Reads a table in key order and says what is missing from it and what is too much.

    Args:
        snapshot: The store.
        table: The table.
        complain: Takes faults.
    """

    def __init__(self, snapshot: Snapshot, table: str, complain: Complain) -> None:
        self._pairs = snapshot.scan(table)
        self._table = table
        self._complain = complain
        self._next = next(self._pairs, None)

    def take(self, key: bytes) -> bytes | None:
        """The value of the next key, which must be ``key``; None, and a fault, if it is missing."""
        while self._next is not None and self._next[0] < key:
            self._fault("audit.extra", self._next[0])
            self._next = next(self._pairs, None)
        if self._next is None or self._next[0] != key:
            self._fault("audit.missing", key)
            return None
        value = self._next[1]
        self._next = next(self._pairs, None)
        return value

    def expect(self, key: bytes, value: bytes) -> None:
        """The next key is ``key``, and its value is ``value``."""
        found = self.take(key)
        if found is not None and found != value:
            self._complain(
                ChainError("audit.differs", table=self._table, key=key.hex()[:_SHOWN]), self._table
            )

    def skip(self, prefix: bytes) -> None:
        """Pass over all keys that begin so."""
        while self._next is not None and self._next[0].startswith(prefix):
            self._next = next(self._pairs, None)

    def end(self) -> None:
        """There is nothing left."""
        while self._next is not None:
            self._fault("audit.extra", self._next[0])
            self._next = next(self._pairs, None)

    def _fault(self, code: str, key: bytes) -> None:
        self._complain(ChainError(code, table=self._table, key=key.hex()[:_SHOWN]), self._table)


class Lookup:
    """Compares a table by key, in any order, and counts, so that nothing else can stand in it.

    Each key of the table is confirmed at most once; if as many were confirmed as there are, there are no others.
    """

    def __init__(self, snapshot: Snapshot, table: str, complain: Complain) -> None:
        self._snapshot = snapshot
        self._table = table
        self._complain = complain
        self.confirmed = 0

    def get(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """The values of keys."""
        return self._snapshot.get_many(self._table, keys)

    def expect(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        """Every key has its value."""
        found = self.get([key for key, _ in pairs])
        for (key, value), stored in zip(pairs, found, strict=True):
            if stored == value:
                self.confirmed += 1
            else:
                self.fault("audit.missing" if stored is None else "audit.differs", key)

    def fault(self, code: str, key: bytes) -> None:
        """Take down a fault about a key."""
        self._complain(ChainError(code, table=self._table, key=key.hex()[:_SHOWN]), self._table)

    def end(self, unknown: int = 0) -> None:
        """As many keys are left that were not confirmed as there are ``unknown`` ones, which cannot be checked."""
        left = self._snapshot.count(self._table) - self.confirmed
        if left != unknown:
            self._complain(ChainError("audit.extra_count", table=self._table, seen=left), self._table)
