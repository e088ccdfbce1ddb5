"""The floor: the raw calls that the very same bytes need, whoever makes them.

`Recorder` takes down what a ledger commits; `Floor` then does with those bytes what no program that keeps
this format can leave out, and nothing else: no check, no index looked up, no row parsed.

========  ================================================================================================
msgpack   writing each record, and the key of the business fact it states; in an audit reading each too
SHA-256   each record's leaf hash and business key, each subject, each link, and the nodes of both trees
Ed25519   signing each statement and its checkpoint; in an audit verifying each statement
LMDB      the same puts in order of their keys, durably, a commit a statement; in an audit reading all once
========  ================================================================================================
"""

from __future__ import annotations

import gc
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import lmdb
import msgpack
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks import goods
from benchmarks.harness import Rounds
from trustledger import Ledger
from trustledger.kinds import Kinds
from trustledger.ledger import tables
from trustledger.ledger.vault import StoreVault
from trustledger.log import Entry, parse_entry
from trustledger.statement import parse_statement
from trustledger.store import LmdbStore

if TYPE_CHECKING:
    from pathlib import Path

Commit = Mapping[str, Sequence[tuple[bytes, bytes]]]
MAP_SIZE = 64 << 30


class Recorder:
    """A store that takes down what is committed to it, and is otherwise the one behind it."""

    def __init__(self, store: LmdbStore) -> None:
        self._store = store
        self.commits: list[Commit] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def commit(self, expected_head: bytes, writes: Any, head: bytes) -> None:
        """Take it down, sorted as LMDB wants it, and pass it on."""
        taken = {table: sorted(pairs) for table, pairs in writes.items() if pairs}
        self.commits.append({**taken, "_store": [(b"head", head)]})
        self._store.commit(expected_head, writes, head)


def recorded_ledger(path: Path) -> tuple[Ledger, Recorder]:
    """A new ledger that takes down its commits."""
    goods.new_ledger(path)
    recorder = Recorder(LmdbStore.open(path / "data", tables.TABLES, create=False))
    counted = goods.Counted()
    ledger = Ledger(
        recorder,
        vault=StoreVault.in_memory(),
        log_signers=(goods.signer(goods.ORIGIN),),
        clock=counted.clock,
        randomness=counted.randomness,
    )
    return ledger, recorder


class Floor:
    """The raw calls for some commits.

    Args:
        commits: What a `Recorder` took down.
        records: How many records are in them.
    """

    def __init__(self, commits: Sequence[Commit], records: int) -> None:
        self.commits = commits
        entries = [parse_entry(commit["entries"][0][1]) for commit in commits]
        self.entries = [entry for entry in entries if isinstance(entry, Entry)]
        bundles = [value for commit in commits for _, value in commit["bundles"]]
        self.raws = [raw for bundle in bundles for raw in tables.unpack_bundle(bundle)]
        if len(self.raws) != records:
            raise ValueError(len(self.raws))
        self.values = [msgpack.unpackb(raw) for raw in self.raws]
        self.keys = [_business_key(items) for items in self.values]
        self.subjects = [uri.encode() for uri in {uri for items in self.values for uri in items[3]}]
        self.notes = [parse_statement(entry.note) for entry in self.entries]
        self.times = {name: Rounds(records) for name in ("msgpack", "SHA-256", "Ed25519", "LMDB")}
        gc.freeze()  # or the garbage collector would look through all of this while the work is measured

    def round_of_writing(self, path: Path) -> None:
        """Everything an append needs."""
        self._write_msgpack()
        self._hash()
        self._sign()
        self._put(path)

    def round_of_auditing(self, path: Path) -> None:
        """Everything an audit needs, over what `round_of_writing` put into ``path``."""
        self._read_msgpack()
        self._hash()
        self._verify()
        self._get(path)

    def _write_msgpack(self) -> None:
        pack = msgpack.packb
        with self.times["msgpack"].round() as timer, timer.running():
            for items, key in zip(self.values, self.keys, strict=True):
                pack(items)
                pack(key)

    def _read_msgpack(self) -> None:
        pack, unpack = msgpack.packb, msgpack.unpackb
        with self.times["msgpack"].round() as timer, timer.running():
            for raw, key in zip(self.raws, self.keys, strict=True):
                pack(unpack(raw))
                pack(key)

    def _hash(self) -> None:
        """As many hashes of as many bytes; those links and nodes are of zeros, which takes as long."""
        keys = [msgpack.packb(key) for key in self.keys]
        links = sum(entry.links for entry in self.entries)
        nodes = len(self.raws) + links - 2 * len(self.entries)
        link, node = bytes(117), bytes(65)
        with self.times["SHA-256"].round() as timer, timer.running():
            for raw in self.raws:
                sha256(b"\x00" + raw).digest()
            for known in (keys, self.subjects):
                for value in known:
                    sha256(value).digest()
            for _ in range(links):
                sha256(link).digest()
            for _ in range(nodes):
                sha256(node).digest()

    def _sign(self) -> None:
        key = Ed25519PrivateKey.generate()
        checkpoints = [value for commit in self.commits for _, value in commit["checkpoints"]]
        texts = [signed.statement.text() for signed in self.notes]
        with self.times["Ed25519"].round() as timer, timer.running():
            for message in (*texts, *checkpoints):
                key.sign(message)

    def _verify(self) -> None:
        public = Ed25519PrivateKey.from_private_bytes(bytes(32))
        signed = [(public.sign(note.statement.text()), note.statement.text()) for note in self.notes]
        key = public.public_key()
        with self.times["Ed25519"].round() as timer, timer.running():
            for signature, text in signed:
                key.verify(signature, text)

    def _put(self, path: Path) -> None:
        with lmdb.open(str(path), map_size=MAP_SIZE, max_dbs=64, sync=True) as env:
            dbs = {name: env.open_db(name.encode()) for name in (*tables.TABLES, "_store")}
            with self.times["LMDB"].round() as timer, timer.running():
                for commit in self.commits:
                    with env.begin(write=True) as txn:
                        for table, pairs in commit.items():
                            txn.cursor(dbs[table]).putmulti(pairs)

    def _get(self, path: Path) -> None:
        """Each table once in the order of its keys."""
        with lmdb.open(str(path), map_size=MAP_SIZE, max_dbs=64, readonly=True) as env:
            dbs = [env.open_db(name.encode(), create=False) for name in tables.TABLES]
            with self.times["LMDB"].round() as timer, timer.running(), env.begin() as txn:
                for db in dbs:
                    for _ in txn.cursor(db):
                        pass


def _business_key(items: list[Any]) -> tuple[str, ...]:
    """The parts of a record's business key, as `trustledger.kinds.business.business_digest` packs them."""
    spec = Kinds.default().spec(items[1])
    parts = None if spec is None else spec.business_key_of(items[3][0], items[2], items[4])
    return (goods.LAB, items[1], *(parts or ()))
