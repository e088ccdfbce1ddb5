"""Openings of sealed values: private, kept apart from the ledger's public data.

A sealed value stands in the ledger only as a commitment. What opens it (pointer, salt and value) is kept here, by
commitment, and nowhere else: not in the ledger's store, not in logs, errors or evidence. An opening is made durable
*before* the record that needs it is placed, so a crash can leave an opening that nobody needs, never a sealed value
that nobody can open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

from trustledger.encoding import decode, encode
from trustledger.errors import CorruptStoreError, FormatError
from trustledger.record import Opening
from trustledger.store import LmdbStore, MemoryStore, Store

TABLES: Final = ("openings",)
_LARGEST: Final = 1 << 17
"""Bytes of one opening: a value that fits a record, and room for its pointer."""


class Vault(Protocol):
    """Keeps openings by commitment."""

    def put(self, openings: Mapping[bytes, Opening]) -> None:
        """Keep these; durable on return."""

    def get(self, commitments: Sequence[bytes]) -> list[Opening | None]:
        """The openings of these commitments, None where there is none here."""

    def close(self) -> None:
        """Let go of files."""


class StoreVault:
    """A vault in a store of its own."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def in_directory(cls, path: Path, *, readonly: bool = False) -> StoreVault:
        """Open the vault in a directory that only its owner may enter; it is made if absent, unless ``readonly``.

        Raises:
            StorageError: This account may not enter it.
        """
        if readonly:
            return cls(LmdbStore.open(path, TABLES, create=False, readonly=True))
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = not (path / "data.mdb").exists()
        return cls(LmdbStore.open(path, TABLES, create=fresh))

    @classmethod
    def in_memory(cls) -> StoreVault:
        """A vault that forgets everything, for tests."""
        return cls(MemoryStore(TABLES))

    def put(self, openings: Mapping[bytes, Opening]) -> None:
        """Keep these; durable on return."""
        if not openings:
            return
        writes = [(key, _pack(opening)) for key, opening in openings.items()]
        with self._store.snapshot() as snapshot:
            head = snapshot.head
        self._store.commit(head, {"openings": writes}, head)

    def get(self, commitments: Sequence[bytes]) -> list[Opening | None]:
        """The openings of these commitments, None where there is none here.

        Raises:
            CorruptStoreError: Something else stands there.
        """
        with self._store.snapshot() as snapshot:
            return [
                None if raw is None else _unpack(raw) for raw in snapshot.get_many("openings", commitments)
            ]

    def forget(self, commitments: Iterable[bytes]) -> None:
        """Erase openings: once every copy is gone the values are redacted for good, and no proof breaks."""
        with self._store.snapshot() as snapshot:
            head = snapshot.head
        self._store.commit(head, {"openings": [(key, None) for key in commitments]}, head)

    def copy_to(self, path: Path) -> None:
        """A consistent copy for a private backup."""
        self._store.copy_to(path)

    def close(self) -> None:
        """Let go of files."""
        self._store.close()


def _pack(opening: Opening) -> bytes:
    return encode([opening.pointer, opening.salt, opening.value])


def _unpack(raw: bytes) -> Opening:
    try:
        pointer, salt, value = decode(raw, _LARGEST)
    except (FormatError, ValueError, TypeError):
        raise CorruptStoreError("ledger.bad_value", table="openings", key="") from None
    return Opening(pointer, salt, value)
