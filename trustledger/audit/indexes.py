"""The tables that can be computed again, compared with what the replay computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from trustledger import merkle
from trustledger.audit.batch import Batch
from trustledger.audit.cursor import Cursor, Lookup
from trustledger.audit.report import AuditReport
from trustledger.authority.state import Authority
from trustledger.chain import Head
from trustledger.errors import ChainError
from trustledger.ledger import tables
from trustledger.store import Snapshot


class Indexes:
    """All derived tables of a store, compared as the replay goes.

    Args:
        snapshot: The store.
        report: Takes faults.
    """

    def __init__(self, snapshot: Snapshot, report: AuditReport) -> None:
        self._report = report
        self.entry = 0
        self._snapshot = snapshot
        self.entries = Cursor(snapshot, "entries", self._complain)
        self.bundles = Cursor(snapshot, "bundles", self._complain)
        self._nodes = Cursor(snapshot, "nodes", self._complain)
        self._links = Cursor(snapshot, "links", self._complain)
        self._roots = Cursor(snapshot, "roots", self._complain)
        self._heads = Lookup(snapshot, "heads", self._complain)
        self._runs = Lookup(snapshot, "runs", self._complain)
        self._ids = Lookup(snapshot, "ids", self._complain)
        self._business = Lookup(snapshot, "business", self._complain)
        self._next_node = 0
        self._unknown: set[bytes] = set()
        self._unsure: set[bytes] = set()

    def _complain(self, error: ChainError, table: str) -> None:
        self._report.add_fault(error, self.entry, None, table)

    def check_nodes(self, nodes: Sequence[bytes]) -> None:
        """The tree's stored hashes are those that one more entry completes."""
        for node in nodes:
            self._nodes.expect(tables.u64(self._next_node), node)
            self._next_node += 1

    def check_statement(self, party: str, statement_id: bytes) -> None:
        """This entry is the one that placed the party's statement with this id; so no id stands twice."""
        self._ids.expect([(tables.id_key(party, statement_id), tables.u64(self.entry))])

    def check_roots(self, record_roots: Sequence[bytes], link_roots: Sequence[bytes]) -> None:
        """The stored roots of chunks."""
        for tree, roots in ((b"l", link_roots), (b"r", record_roots)):
            if len(roots) > 1:
                self._roots.expect(tables.u64(self.entry) + tree, b"".join(roots))

    def check_links(self, links: Sequence[bytes]) -> list[bytes]:
        """The stored links; returns the roots of their chunks."""
        for number, chunk in tables.chunks(links, tables.LINKS_PER_CHUNK):
            self._links.expect(tables.chunk_key(self.entry, number), b"".join(chunk))
        return merkle.subtree_roots(links, tables.LINK_HEIGHT)

    def stored_links(self, count: int) -> list[bytes]:
        """The links of this entry as they are stored, to be held against its ``links_root``."""
        links: list[bytes] = []
        for number in range(-(-count // tables.LINKS_PER_CHUNK)):
            links += tables.split_hashes(self._links.take(tables.chunk_key(self.entry, number)) or bytes(32))
        return links

    def pass_over(self, batch: Batch, links: int) -> None:
        """Do not hold what was derived from records against records that were changed since."""
        sizes = ((b"l", links, tables.LINKS_PER_CHUNK), (b"r", len(batch.leaves), tables.RECORDS_PER_CHUNK))
        for tree, count, size in sizes:
            if count > size:
                self._roots.take(tables.u64(self.entry) + tree)
        self._unsure.update(tables.place_value(self.entry, position) for position in range(len(batch.leaves)))

    def check_chains(self, subjects: Sequence[Sequence[bytes]], heads: dict[bytes, Head]) -> None:
        """What this entry added to each chain stands in ``heads`` if nothing followed it, else in ``runs``.

        Args:
            subjects: Hashes of the subjects of each record.
            heads: The chains after this entry.
        """
        positions, last_link = tables.positions_by_chain(subjects)
        keys = list(positions)
        pack = tables.pack_head
        old: list[tuple[bytes, bytes]] = []
        for key, stored in zip(keys, self._heads.get(keys), strict=True):
            head = heads[key]
            value = pack(head, self.entry, last_link[key], positions[key])
            if stored == value:
                self._heads.confirmed += 1
            elif stored is None:
                self._heads.fault("audit.missing", key)
            elif int.from_bytes(stored[:8], "big") > head[0]:
                run = tables.unpack_head(value)
                old.append((key + tables.u64(run.first), tables.pack_old_run(run.link, run.run)))
            else:
                self._heads.fault("audit.differs", key)
        if old:
            self._runs.expect(old)

    def check_business(self, batch: Batch) -> None:
        """Each business key leads to the first record that has it."""
        self._unknown.update(tables.place_value(self.entry, position) for position in batch.unknown)
        self._unsure.update(tables.place_value(self.entry, position) for position in batch.newer)
        positions = [position for position, digest in enumerate(batch.digests) if digest is not None]
        digests = [digest for digest in batch.digests if digest is not None]
        for position, digest, stored in zip(positions, digests, self._business.get(digests), strict=True):
            place = tables.place_value(self.entry, position)
            if stored == place:
                self._business.confirmed += 1
            elif stored is None or len(stored) != len(place) or stored > place:
                self._business.fault("audit.missing" if stored is None else "audit.differs", digest)
            else:
                entry, first = tables.unpack_place(stored)
                self._report.add_finding("audit.twice", f"{self.entry}/{position}", first=f"{entry}/{first}")

    def skip_records(self, entry: int) -> None:
        """Pass over the records of an entry that cannot be read."""
        self.bundles.skip(tables.u64(entry))

    def finish_log(self, withheld: int) -> None:
        """Nothing is left over in the tables that hold the log, and its layout is the one of this version."""
        for cursor in (self.entries, self.bundles, self._nodes):
            cursor.end()
        meta = {tables.SCHEMA_KEY: tables.SCHEMA}
        if withheld:
            meta[tables.WITHHELD] = tables.u64(withheld)
        self._expect_all("meta", meta)

    def finish_derived(self) -> None:
        """Nothing is left over in the tables that are derived from records and links."""
        for cursor in (self._links, self._roots):
            cursor.end()
        for lookup in (self._heads, self._runs, self._ids):
            lookup.end()
        self._finish_business()

    def _finish_business(self) -> None:
        """The rows that are left over lead to records whose keys cannot be computed, one row to each.

        Those are records that were erased, or are of a kind unknown here; and, after a fault, those of its entry.
        """
        found: dict[bytes, int] = {}
        if self._unknown or self._unsure:
            for _, place in self._snapshot.scan("business"):
                if place in self._unknown or place in self._unsure:
                    found[place] = found.get(place, 0) + 1
        for place in sorted(self._unknown):
            if found.get(place) != 1:
                self._business.fault("audit.missing", place)
        self._business.end(sum(found.values()))

    def finish_parties(self, authority: Authority) -> None:
        """Parties and keys are those of the chains."""
        parties = {state.uri.encode(): tables.u64(state.entry) for state in authority.parties()}
        keys = {
            key: state.uri.encode()
            for state in authority.parties()
            for enrolled in state.keys
            for key in tables.key_keys(enrolled.key)
        }
        self._expect_all("parties", parties)
        self._expect_all("keys", keys)

    def _expect_all(self, table: str, expected: Mapping[bytes, bytes]) -> None:
        cursor = Cursor(self._snapshot, table, self._complain)
        for key in sorted(expected):
            cursor.expect(key, expected[key])
        cursor.end()
