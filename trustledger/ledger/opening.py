"""What it takes to open or make a ledger: the store, its schema, entry 0, and the keys and openings beside it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from trustledger.authority.genesis import make_genesis
from trustledger.errors import NewerFormatError, StorageError, TrustLedgerError
from trustledger.keys import Signer, read_key_file
from trustledger.ledger import directory, tables
from trustledger.ledger.sequencer import first_writes
from trustledger.ledger.vault import StoreVault
from trustledger.record import Opening
from trustledger.store import Store


def system_clock() -> int:
    """Milliseconds since 1970-01-01T00:00:00Z."""
    return time.time_ns() // 1_000_000


def write_genesis(  # noqa: PLR0913, PLR0917  (what entry 0 is made of)
    store: Store,
    origin: str,
    operator: Signer,
    log: Signer,
    name: str | None,
    recovery: bytes | None,
    clock: Callable[[], int],
    randomness: Callable[[int], bytes],
) -> None:
    """Put entry 0 into an empty store.

    Raises:
        FormatError: A name or key that the format does not allow.
        ConflictError: The store is not empty.
    """
    new = make_genesis(
        origin,
        (log.public,),
        operator,
        name or operator.party,
        now=clock(),
        statement_id=randomness(16),
        recovery=recovery,
    )
    writes, head = first_writes(new, (log,))
    store.commit(b"", writes, head.pack())


def check_schema(schema: bytes | None) -> None:
    """The store is laid out as this version does it.

    Raises:
        StorageError: Not a ledger's store.
        NewerFormatError: A later version's.
    """
    if schema is None:
        raise StorageError("ledger.not_a_ledger", seen="")
    if schema != tables.SCHEMA:
        seen = schema.decode("ascii", "replace")
        raise NewerFormatError("ledger.newer_schema", seen=seen, expected=tables.SCHEMA.decode())


def log_signers(
    path: Path, given: Signer | Sequence[Signer] | None = None, *, readonly: bool = False
) -> tuple[Signer, ...]:
    """What signs checkpoints: the signers given, else the log's keys that lie beside the ledger without a passphrase.

    There are two or more while a log key is being changed. A file whose key does not sign (any more) does no harm: who
    signs is what the ledger itself says. Each key is there once: a checkpoint has one line of it.
    """
    if given is not None:
        signers = given if isinstance(given, Sequence) else (given,)
        return tuple({signer.public.public: signer for signer in signers}.values())
    if readonly:
        return ()
    found: dict[bytes, Signer] = {}
    for file in directory.log_key_paths(path):
        if not file.is_file() or not os.access(file, os.R_OK):
            continue
        try:
            signer = read_key_file(file).signer
        except TrustLedgerError as error:
            if error.code == "key.passphrase_missing":
                continue
            raise
        found[signer.public.public] = signer
    return tuple(found.values())


class LazyVault:
    """Opens the vault when something is sealed or disclosed: most readers never need it, and may not enter it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: StoreVault | None = None
        self._writable = False

    def _vault(self, *, writing: bool) -> StoreVault:
        if self._opened is None or (writing and not self._writable):
            opened = StoreVault.in_directory(self._path, readonly=not writing)
            self.close()
            self._opened, self._writable = opened, writing
        return self._opened

    def put(self, openings: Mapping[bytes, Opening]) -> None:
        """Keep these; durable on return."""
        if openings:
            self._vault(writing=True).put(openings)

    def get(self, commitments: Sequence[bytes]) -> list[Opening | None]:
        """The openings of these commitments, None where there is none here, or none that this account may read."""
        # os.path says no, where pathlib raises, of what lies in a directory that this account may not enter.
        if not commitments or (self._opened is None and not os.path.isdir(self._path)):  # noqa: PTH112
            return [None] * len(commitments)
        try:
            return self._vault(writing=False).get(commitments)
        except StorageError as error:
            if error.code != "store.permission":
                raise
            return [None] * len(commitments)

    def close(self) -> None:
        """Let go of files."""
        if self._opened is not None:
            self._opened.close()
