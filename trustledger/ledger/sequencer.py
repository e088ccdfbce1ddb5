"""Placing statements: what is asked before one enters the log, and the one commit that puts it there.

One way in for all: a statement signed here a moment ago and one that came as a file pass the same questions.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trustledger import chain, merkle
from trustledger.authority.genesis import NewGenesis, read_genesis
from trustledger.authority.ledgers import LedgerState
from trustledger.authority.parties import PartyState
from trustledger.authority.registration import Case, check_identity, check_rights, look_at_subjects
from trustledger.authority.state import Changes, apply_records
from trustledger.checkpoint import (
    Checkpoint,
    SignedCheckpoint,
    read_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
)
from trustledger.errors import CorruptStoreError, ForkError, FormatError, PolicyError
from trustledger.keys import Signer
from trustledger.kinds.registry import Kinds
from trustledger.ledger import tables
from trustledger.ledger.correcting import check_correction
from trustledger.ledger.prepared import Prepared
from trustledger.ledger.reader import Reader
from trustledger.ledger.standing import Standing
from trustledger.ledger.verified import VerifiedEntry
from trustledger.log import Entry, parse_entry
from trustledger.record import parse_record
from trustledger.statement import (
    SignedStatement,
    VerifiedStatement,
    check_signatures,
    parse_statement,
)
from trustledger.store import Store
from trustledger.subject import subject_hashes

LOCK_TIMEOUT: Final = 30.0
"""Seconds a writer waits for another before it gives up."""

TableWrites = dict[str, list[tuple[bytes, bytes | None]]]


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a statement stands.

    Attributes:
        entry: Index of its entry.
        records: How many records it has.
        sequenced_at: When it was placed, ms since 1970-01-01T00:00:00Z.
        new: False if it stood there already and nothing was added.
        checkpoint: The signed checkpoint that covers it, if the log's key was at hand.
    """

    entry: int
    records: int
    sequenced_at: int
    new: bool
    checkpoint: bytes | None


class Sequencer:
    """Places statements in one store. Not for several threads at a time.

    Args:
        store: Where the ledger is kept.
        clock: Milliseconds since 1970-01-01T00:00:00Z.
        log_signers: Keys that sign checkpoints; empty where the log's key is elsewhere.
        timeout: Seconds to wait for another writer.
        kinds: Kinds of records, for corrections of them; the project's own if None.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], int],
        log_signers: Sequence[Signer] = (),
        timeout: float = LOCK_TIMEOUT,
        kinds: Kinds | None = None,
    ) -> None:
        self._store = store
        self._kinds = kinds or Kinds.default()
        self._clock = clock
        self._log_signers = log_signers
        self._timeout = timeout

    def place(self, reader: Reader, signed: SignedStatement, batch: Prepared) -> Placement:
        """Place a statement, or find that it stands already.

        Args:
            reader: Brought forward to the state before the commit.
            signed: The statement.
            batch: Its records.

        Raises:
            FormatError: The records are not those the statement is about.
            SignatureError: A signature, or the right to sign, is missing.
            PolicyError: Not allowed here; nothing was added.
            ConflictError: Another writer holds the lock.
        """
        statement = signed.statement
        record_roots = merkle.subtree_roots(batch.leaves, tables.RECORD_HEIGHT)
        if (statement.records, statement.root) != (len(batch.raws), merkle.root_of_subtrees(record_roots)):
            raise FormatError("ledger.other_records", seen=len(batch.raws), expected=statement.records)
        with self._store.exclusive(self._timeout):
            with self._store.snapshot() as snapshot:
                reader.renew(snapshot)
                verified = check_signatures(signed, lambda uri: reader.key_ring(uri, reader.head.size))
                standing = self._standing(reader, signed)
                if standing is not None:
                    return standing
                at = max(self._clock(), reader.head.sequenced_at)
                changes = self._admit(reader, verified, batch, at)
                plan = _Plan(reader, signed, batch, record_roots, at)
                writes, head = plan.writes(), plan.head()
                plan.add_parties(writes, changes.parties)
                checkpoint = sign_head(changes.ledger or reader.ledger, head, self._log_signers)
                if checkpoint is not None:
                    writes["checkpoints"] = [(tables.LATEST, checkpoint)]
                expected = snapshot.head
            # Until the next line returns nothing has happened: a crash leaves the ledger as it was, and the same call
            # with the same id can be made again. Once it has returned everything above is durable together.
            self._store.commit(expected, writes, head.pack())
        return Placement(head.size - 1, statement.records, head.sequenced_at, new=True, checkpoint=checkpoint)

    def _standing(self, reader: Reader, signed: SignedStatement) -> Placement | None:
        """The first placement of this very statement; its signatures were checked first (section 3, ``id``)."""
        statement = signed.statement
        entry = reader.placement_of(statement.party, statement.id)
        if entry is None:
            return None
        found = reader.entry(entry)
        if not isinstance(found, VerifiedEntry) or found.statement.statement.text() != statement.text():
            raise PolicyError("ledger.id_taken", entry=entry, seen=statement.id)
        return Placement(
            entry, statement.records, found.entry.sequenced_at, new=False, checkpoint=reader.checkpoint()
        )

    def _admit(self, reader: Reader, verified: VerifiedStatement, batch: Prepared, at: int) -> Changes:
        """Everything else that is asked before sequencing."""
        statement = verified.statement
        size = reader.head.size
        check_checkpoint(reader)
        if statement.seen is not None and statement.seen.size > size:
            raise PolicyError("ledger.seen_future", seen=statement.seen.size, expected=size)
        seen_root = merkle.tree_root(statement.seen.size, reader.nodes) if statement.seen else None
        check_identity(reader.genesis, statement, size, seen_root)
        standing = Standing(lambda: reader, size)
        case = Case(
            verified,
            size,
            at,
            batch.kinds(),
            batch.authority,
            look_at_subjects(batch.subjects, batch.orders(), batch.keyless()),
            lambda positions: standing.said(batch.records(positions)),
        )
        check_rights(reader, case, standing, self._kinds.spec)
        placing = case.placing(reader.operator)
        changes = apply_records(reader, placing, batch.authority) if batch.authority else Changes()
        taken: dict[bytes, int] = {}
        for position, digest in enumerate(batch.digests):
            if taken.setdefault(digest, position) != position:
                raise PolicyError("ledger.twice_in_batch", position=position, first=taken[digest])
        keyless = batch.keyless()
        for position, place in enumerate(reader.business_places(batch.digests)):
            if place is not None and position not in keyless:
                raise PolicyError("ledger.business_key", position=position, ref=f"{place[0]}/{place[1]}")
        for position, record in batch.corrections.items():
            check_correction(reader, self._kinds, statement.party, record, position)
        return changes


def sign_head(ledger: LedgerState, head: tables.StoreHead, log_signers: Sequence[Signer]) -> bytes | None:
    """A checkpoint of a log that ends here. One size has one root: the lock and the commit see to that.

    While a log key is changed the old one and the new sign, and one that was retired signs no more.

    Args:
        ledger: The ledger's own state after its last entry.
        head: The log's head.
        log_signers: The log keys at hand.

    Returns:
        The signed note, or None if no key is at hand.

    Raises:
        PolicyError: Keys are at hand, and none of them is one of this ledger any more.
    """
    signers = [signer for signer in log_signers if signer.public in ledger.log_keys]
    if signers:
        return sign_checkpoint(Checkpoint(ledger.origin, head.size, head.root), signers)
    if log_signers:
        expected = ", ".join(key.text for key in ledger.log_keys)
        raise PolicyError("ledger.log_key_retired", seen=log_signers[0].public.text, expected=expected)
    return None


def check_checkpoint(reader: Reader) -> SignedCheckpoint:
    """The stored checkpoint is of this log: what is appended goes on from what was signed before.

    A ledger never signs two checkpoints of one size with different roots, nor a smaller one after a larger (section
    5); so a store that was cut back or exchanged behind its checkpoint is not written to.

    Returns:
        The checkpoint, verified.

    Raises:
        CorruptStoreError: There is none, though every ledger is born with one.
        VerificationError: Its signature does not hold.
        ForkError: It signs more entries than there are, or others.
    """
    raw = reader.checkpoint()
    if raw is None:
        raise CorruptStoreError("ledger.missing", table="checkpoints", key=tables.LATEST.decode())
    size = read_checkpoint(raw).size
    signed = verify_checkpoint(raw, reader.genesis.origin, reader.ledger_before(size).log_keys)
    root = signed.checkpoint.root
    if size > reader.head.size or merkle.tree_root(size, reader.nodes) != root:
        raise ForkError("ledger.checkpoint_root", size=size, seen=root)
    return signed


class _Plan:
    """Works out what one statement changes in every table."""

    def __init__(
        self,
        reader: Reader,
        signed: SignedStatement,
        batch: Prepared,
        record_roots: Sequence[bytes],
        sequenced_at: int,
    ) -> None:
        self.reader = reader
        self.signed = signed
        self.batch = batch
        self.record_roots = record_roots
        self.index = reader.head.size
        self.hashes = [subject_hashes(subjects) for subjects in batch.subjects]
        self.before = self._heads_before()
        heads = {key: (head.length, head.link, head.previous) for key, head in self.before.items()}
        self.links = chain.extend(heads, self.index, zip(batch.leaves, self.hashes, strict=True))
        self.after = heads
        self.link_roots = merkle.subtree_roots(self.links, tables.LINK_HEIGHT)
        links_root = merkle.root_of_subtrees(self.link_roots)
        self.entry = Entry(sequenced_at, signed.raw, len(self.links), links_root).encode()
        frontier = merkle.Frontier.load(self.index, reader.nodes)
        self.nodes = frontier.append(merkle.leaf_hash(self.entry))
        self.store_head = tables.StoreHead(self.index + 1, frontier.root(), sequenced_at)

    def head(self) -> tables.StoreHead:
        """The store's head after the commit."""
        return self.store_head

    def _heads_before(self) -> dict[bytes, tables.ChainHead]:
        keys = list({key for group in self.hashes for key in group})
        return self.reader.chain_heads(keys)

    def writes(self) -> TableWrites:
        """All writes but those about parties."""
        first_node = merkle.stored_hash_count(self.index)
        batch, statement = self.batch, self.signed.statement
        keyless = batch.keyless()
        writes: TableWrites = {
            "entries": [(tables.u64(self.index), self.entry)],
            "nodes": [(tables.u64(first_node + number), node) for number, node in enumerate(self.nodes)],
            "bundles": [
                (tables.chunk_key(self.index, number), tables.pack_bundle(raws))
                for number, raws in tables.chunks(batch.raws, tables.RECORDS_PER_CHUNK)
            ],
            "links": [
                (tables.chunk_key(self.index, number), b"".join(links))
                for number, links in tables.chunks(self.links, tables.LINKS_PER_CHUNK)
            ],
            "roots": [
                (tables.u64(self.index) + tree, b"".join(roots))
                for tree, roots in ((b"r", self.record_roots), (b"l", self.link_roots))
                if len(roots) > 1
            ],
            "ids": [(tables.id_key(statement.party, statement.id), tables.u64(self.index))],
            "business": [
                (digest, tables.place_value(self.index, position))
                for position, digest in enumerate(batch.digests)
                if position not in keyless
            ],
        }
        self._add_chains(writes)
        return writes

    def _add_chains(self, writes: TableWrites) -> None:
        """New heads; the runs that were last until now move to a table of their own."""
        positions, last_link = tables.positions_by_chain(self.hashes)
        after, pack = self.after, tables.pack_head
        heads: list[tuple[bytes, bytes | None]] = []
        for key, places in positions.items():
            heads.append((key, pack(after[key], self.index, last_link[key], places)))
        writes["heads"] = heads
        writes["runs"] = [
            (key + tables.u64(head.first), tables.pack_old_run(head.link, head.run))
            for key, head in self.before.items()
        ]

    def add_parties(self, writes: TableWrites, changed: Mapping[str, PartyState]) -> None:
        """Indexes of parties and keys."""
        for uri, state in changed.items():
            if state.entry == self.index:
                writes.setdefault("parties", []).append((uri.encode(), tables.u64(self.index)))
            for enrolled in state.keys:
                if enrolled.entry == self.index:
                    writes.setdefault("keys", []).extend(
                        (key, uri.encode()) for key in tables.key_keys(enrolled.key)
                    )


def first_writes(new: NewGenesis, log_signers: Sequence[Signer]) -> tuple[TableWrites, tables.StoreHead]:
    """What a new ledger's store begins with: entry 0, and every index of it."""
    genesis = read_genesis(new.entry, new.records)
    entry = parse_entry(new.entry)
    if not isinstance(entry, Entry):
        raise FormatError("genesis.shape", seen=2)
    signed = parse_statement(entry.note)
    records = [parse_record(raw) for raw in new.records]
    leaf = merkle.leaf_hash(new.entry)
    root = merkle.root([leaf])
    hashes = [record.subject_hashes for record in records]
    heads: dict[bytes, chain.Head] = {}
    links = chain.extend(
        heads, 0, [(record.hash, group) for record, group in zip(records, hashes, strict=True)]
    )
    uri = genesis.operator.uri.encode()
    checkpoint = sign_checkpoint(Checkpoint(genesis.origin, 1, root), log_signers)
    writes: TableWrites = {
        "meta": [(tables.SCHEMA_KEY, tables.SCHEMA)],
        "entries": [(tables.u64(0), new.entry)],
        "nodes": [(tables.u64(0), leaf)],
        "bundles": [(tables.chunk_key(0, 0), tables.pack_bundle(new.records))],
        "links": [(tables.chunk_key(0, 0), b"".join(links))],
        "heads": [
            (key, tables.pack_head(heads[key], 0, number, [number])) for number, (key,) in enumerate(hashes)
        ],
        "ids": [(tables.id_key(genesis.operator.uri, signed.statement.id), tables.u64(0))],
        "parties": [(uri, tables.u64(0))],
        "keys": [(key, uri) for enrolled in genesis.operator.keys for key in tables.key_keys(enrolled.key)],
        "checkpoints": [(tables.LATEST, checkpoint)],
    }
    return writes, tables.StoreHead(1, root, entry.sequenced_at)
