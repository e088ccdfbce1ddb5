"""Reading a ledger: whatever comes out of here has been verified on the way up.

A `Reader` stands on one snapshot of the store. It trusts two things: the root of the log in the store's head, which is
what the ledger's checkpoint signs, and the genesis. Everything else is checked against them:

- an entry, by its inclusion proof under the root;
- a statement, by its signatures and the keys that were active at its place, which come from the signer's own chain;
- a record, by hashing its chunk and folding the chunk roots to the statement's root;
- a chain, by computing its links again from the records, and proving the last link of each run under its entry.

That a chain has no restart or branch, and that nothing follows its last link, is not shown by this; only an audit
shows it (format v1, section 6).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from trustledger import merkle
from trustledger.authority.genesis import Genesis, read_genesis
from trustledger.authority.ledgers import LedgerState
from trustledger.authority.parties import PartyState
from trustledger.chain import NO_LINK, make_link
from trustledger.errors import ChainError, CorruptStoreError, NotFoundError
from trustledger.ledger import tables
from trustledger.ledger.history import Histories, Proven
from trustledger.ledger.log_reader import LogReader
from trustledger.ledger.recent import Recent
from trustledger.ledger.verified import ProvenEntry, VerifiedEntry, VerifiedRecord
from trustledger.log import Annotation, parse_entry
from trustledger.note import VerifierKey
from trustledger.record import StoredRecord, parse_record
from trustledger.statement import NO_KEYS, KeyRing, check_signatures, parse_statement
from trustledger.store import Snapshot
from trustledger.subject import check_subject, subject_hash

GUESTS: Final = b"urn:uuid:"
"""How the URIs of buyers begin that orders let in."""
_ENTRIES_KEPT: Final = 256
_CHUNKS_KEPT: Final = 256


class Reader(LogReader):
    """Verified reading from one snapshot. Not for several threads at a time.

    Args:
        snapshot: The store as it is.
        verified: A reader of the same ledger as it was; what it verified is not verified again.
        fold: Whether the operator's chain is folded at once, so that a reader who exists has a sound one. An audit
            folds it itself, entry by entry: what is wrong with a later one is not to be blamed on an earlier.
    """

    def __init__(self, snapshot: Snapshot, verified: Reader | None = None, *, fold: bool = True) -> None:
        self._entries: Recent[int, ProvenEntry | Annotation] = Recent(_ENTRIES_KEPT)
        self._signed: Recent[int, VerifiedEntry] = Recent(_ENTRIES_KEPT)
        self._records: Recent[tuple[int, int], list[bytes]] = Recent(_CHUNKS_KEPT)
        self._links: Recent[tuple[int, int], list[bytes]] = Recent(_CHUNKS_KEPT)
        self._withheld = snapshot.get("meta", tables.WITHHELD)
        if verified is None:
            super().__init__(snapshot)
            self.genesis = self._read_genesis()
            self._histories = Histories(self.genesis, self._walk, self.chain_length)
        else:
            self._take_over(verified)
            self.renew(snapshot)
        if fold:
            self._histories.party(self.operator)

    def _take_over(self, verified: Reader) -> None:
        self._snapshot, self._snapshot_head = verified._snapshot, verified._snapshot_head
        self.head, self.genesis = verified.head, verified.genesis
        self._histories = verified._histories.copy_for(self._walk, self.chain_length)

    def renew(self, snapshot: Snapshot) -> None:
        """Stand on a later snapshot, keeping what was verified: the log only grows, which is checked.

        Raises:
            ProofError: The later log does not contain the one read so far.
        """
        if self.move_to(snapshot):
            self._histories.renew()
        withheld = snapshot.get("meta", tables.WITHHELD)
        if withheld != self._withheld:  # what was erased must not be remembered
            self._withheld = withheld
            self._records = Recent(_CHUNKS_KEPT)

    def _read_genesis(self) -> Genesis:
        raw = self.entry_bytes(0)
        bundle = tables.unpack_bundle(self.value("bundles", tables.chunk_key(0, 0)))
        return read_genesis(raw, bundle)

    # --- statements and records --------------------------------------------------------------------------------

    def entry(self, index: int) -> VerifiedEntry | Annotation:
        """An entry with its statement's signatures checked, or an annotation.

        Raises:
            NotFoundError: The log is shorter.
            VerificationError: A proof or signature does not hold.
            NewerFormatError: An entry of a later version.
        """
        proven = self._proven(index)
        return proven if isinstance(proven, Annotation) else self._verified(proven)

    def _proven(self, index: int) -> ProvenEntry | Annotation:
        if type(index) is not int:
            raise NotFoundError("ledger.no_entry", seen=index, size=self.head.size)

        def make() -> ProvenEntry | Annotation:
            entry = parse_entry(self.entry_bytes(index))
            if isinstance(entry, Annotation):
                return entry
            signed = parse_statement(entry.note)
            expected = self.genesis.hash if index else bytes(32)
            if (signed.statement.origin, signed.statement.genesis) != (self.genesis.origin, expected):
                raise ChainError(
                    "ledger.other_ledger", seen=signed.statement.origin, expected=self.genesis.origin
                )
            return ProvenEntry(index, entry, signed)

        return self._entries.get(index, make)

    def _statement_entry(self, index: int) -> ProvenEntry:
        """The entry that an index of the store leads to; nobody asked for it, so it must be there."""
        if index >= self.head.size:
            raise ChainError("ledger.no_place", entry=index, seen=0)
        found = self._proven(index)
        if isinstance(found, Annotation):
            raise ChainError("ledger.annotation", entry=index)
        return found

    def _verified(self, proven: ProvenEntry) -> VerifiedEntry:
        def make() -> VerifiedEntry:
            checked = check_signatures(proven.signed, lambda uri: self.key_ring(uri, proven.index))
            return VerifiedEntry(proven.index, proven.entry, checked)

        return self._signed.get(proven.index, make)

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place.

        Raises:
            NotFoundError: No such entry, or it has no such position.
            VerificationError: Something on the way does not hold.
        """
        return self._placed(*self.proven(entry, position))

    def proven(self, entry: int, position: int) -> Proven:
        """The record at a place, under its entry's root; the signatures are not looked at.

        Raises:
            NotFoundError: No such entry, or it has no such position.
            VerificationError: It does not stand there.
        """
        proven = self._proven(entry)
        count = 0 if isinstance(proven, Annotation) else proven.signed.statement.records
        if isinstance(proven, Annotation) or type(position) is not int or not 0 <= position < count:
            raise NotFoundError("ledger.no_record", seen=f"{entry}/{position}", count=count)
        return Proven(proven, position, self._record(proven, position))

    def records(self, entry: int) -> Iterator[VerifiedRecord]:
        """All records of an entry, in order; none of an annotation.

        Raises:
            NotFoundError: No such entry.
            VerificationError: Something on the way does not hold.
        """
        proven = self._proven(entry)
        if isinstance(proven, ProvenEntry):
            for position in range(proven.signed.statement.records):
                yield self._placed(proven, position, self._record(proven, position))

    def _placed(self, proven: ProvenEntry, position: int, record: StoredRecord) -> VerifiedRecord:
        """A record that stands where it should, now that its signatures are checked too."""
        statement = proven.signed.statement
        return VerifiedRecord(
            proven.index,
            position,
            record,
            statement.party,
            statement.cosigners,
            self._verified(proven).statement.keys,
            proven.entry.sequenced_at,
            statement.time,
        )

    def _record(self, proven: ProvenEntry, position: int) -> StoredRecord:
        """A record under its statement's root."""
        if position >= proven.signed.statement.records:
            raise ChainError("ledger.no_place", entry=proven.index, seen=position)
        chunk = self._record_chunk(proven, position >> tables.RECORD_HEIGHT)
        return parse_record(chunk[position % tables.RECORDS_PER_CHUNK])

    def _record_chunk(self, proven: ProvenEntry, chunk: int) -> list[bytes]:
        def make() -> list[bytes]:
            raws = tables.unpack_bundle(self.value("bundles", tables.chunk_key(proven.index, chunk)))
            statement = proven.signed.statement
            expected = min(tables.RECORDS_PER_CHUNK, statement.records - chunk * tables.RECORDS_PER_CHUNK)
            if len(raws) != expected:
                raise ChainError("ledger.record_count", entry=proven.index, seen=len(raws), expected=expected)
            leaves = [tables.leaf_of(raw) for raw in raws]
            self._check_chunk(proven.index, b"r", chunk, merkle.root(leaves), statement.root)
            return raws

        return self._records.get((proven.index, chunk), make)

    def _check_chunk(self, entry: int, tree: bytes, chunk: int, chunk_root: bytes, root: bytes) -> None:
        """A chunk's root leads to the tree's root, by way of the stored roots of the other chunks."""
        stored = self._snapshot.get("roots", tables.u64(entry) + tree)
        roots = [chunk_root] if stored is None else tables.split_hashes(stored)
        if chunk >= len(roots):
            raise CorruptStoreError("ledger.missing", table="roots", key=f"{entry}/{chunk}")
        roots[chunk] = chunk_root
        seen = merkle.root_of_subtrees(roots)
        if seen != root:
            code = "ledger.records_root" if tree == b"r" else "ledger.links_root"
            raise ChainError(code, entry=entry, seen=seen, expected=root)

    # --- chains ------------------------------------------------------------------------------------------------

    def chain_heads(self, keys: Sequence[bytes]) -> dict[bytes, tables.ChainHead]:
        """The verified ends of those chains that exist, by SHA-256 of the subject.

        New links build on these for good, so each is computed again from its record and proven under its entry. That
        nothing follows it is taken from the index, which the audit checks.

        Raises:
            ChainError: An end that its own entry contradicts.
        """
        found = self._snapshot.get_many("heads", keys)
        heads = {
            key: tables.unpack_head(raw) for key, raw in zip(keys, found, strict=True) if raw is not None
        }
        for key, head in heads.items():
            run = tables.unpack_run(head.run)
            record = self._record(self._statement_entry(run.entry), run.positions[-1])
            ordinal, place = head.length - 1, (run.entry, run.positions[-1])
            link = make_link(head.previous, key, ordinal, *place, record.hash)
            if link != head.link or key not in record.subject_hashes:
                raise ChainError("ledger.link", subject=key, seen=link, expected=head.link, entry=run.entry)
            self._check_link(run, link)
        return heads

    def chain_length(self, subject: str) -> int:
        """How many records stand in a subject's chain, as the index has it."""
        raw = self._snapshot.get("heads", subject_hash(check_subject(subject)))
        return 0 if raw is None else tables.unpack_head(raw).length

    def ends(self, keys: Sequence[bytes]) -> list[bytes | None]:
        """Where chains end, as the index has it, by SHA-256 of the subject; None for one that does not exist.

        Equal bytes mean that nothing was appended to a chain. They are for comparing; `chain` verifies.
        """
        return self._snapshot.get_many("heads", keys)

    @property
    def erased(self) -> bytes | None:
        """How many records were withheld: other bytes than before mean that content is gone that was read then."""
        return self._withheld

    def chain(self, subject: str) -> Iterator[VerifiedRecord]:
        """The records of a subject's chain, oldest first, each verified; the links are computed again.

        Raises:
            FormatError: The subject is not in normal form: nothing ever stands under another spelling.
            VerificationError: A record, link or proof does not hold.
            CorruptStoreError: The index names what is not there.
        """
        for proven, position, record in self._walk(check_subject(subject)):
            yield self._placed(proven, position, record)

    def _walk(self, subject: str) -> Iterator[Proven]:
        """The same before signatures are looked at, for the chains that say which signatures count."""
        key = subject_hash(subject)
        raw = self._snapshot.get("heads", key)
        if raw is None:
            return
        head = tables.unpack_head(raw)
        ordinal, link = 0, NO_LINK
        for first, run_link, run_raw in self._runs(key, head):
            if first != ordinal:
                raise ChainError("ledger.chain_gap", subject=subject, seen=first, expected=ordinal)
            run = tables.unpack_run(run_raw)
            found = []
            for position in run.positions:
                proven = self._statement_entry(run.entry)
                record = self._record(proven, position)
                if key not in record.subject_hashes:
                    raise ChainError("ledger.wrong_chain", subject=subject, seen=f"{run.entry}/{position}")
                link = make_link(link, key, ordinal, run.entry, position, record.hash)
                ordinal += 1
                found.append(Proven(proven, position, record))
            if link != run_link:
                raise ChainError(
                    "ledger.link", subject=subject, seen=link, expected=run_link, entry=run.entry
                )
            self._check_link(run, link)
            yield from found
        if ordinal != head.length:
            raise ChainError("ledger.chain_gap", subject=subject, seen=ordinal, expected=head.length)

    def _runs(self, key: bytes, head: tables.ChainHead) -> Iterator[tuple[int, bytes, bytes]]:
        """First ordinal, last link and bytes of each run; the last one stands in the head."""
        if head.first:
            for run_key, raw in self._snapshot.scan("runs", key, key + b"\xff" * 9):
                yield int.from_bytes(run_key[32:], "big"), raw[:32], raw[32:]
        yield head.first, head.link, head.run

    def _check_link(self, run: tables.Run, link: bytes) -> None:
        """The last link of a run stands where the run says, under its entry's ``links_root``."""
        chunk, place = divmod(run.last_link, tables.LINKS_PER_CHUNK)
        entry = self._statement_entry(run.entry).entry
        key = (run.entry, chunk)

        def make() -> list[bytes]:
            links = tables.split_hashes(self.value("links", tables.chunk_key(*key)))
            self._check_chunk(run.entry, b"l", chunk, merkle.root(links), entry.links_root)
            return links

        links = self._links.get(key, make)
        if place >= len(links) or links[place] != link:
            raise ChainError("ledger.link_not_proven", entry=run.entry, seen=link)

    # --- authority ---------------------------------------------------------------------------------------------

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party's state before an entry, or now.

        Args:
            uri: The party.
            before: Index of the entry; its own records grant nothing to it. None for the state after all entries.
        """
        return self._histories.party(uri, before)

    def key_ring(self, uri: str, entry: int) -> KeyRing:
        """The keys that may sign for a party in this entry, and how many must; in entry 0, those that it enrols."""
        state = self._histories.party(uri, entry)
        return state.key_ring() if state else NO_KEYS

    def holder(self, key: VerifierKey) -> str | None:
        """Who holds this public key, or a key of this name and ID; from the index, which the audit checks."""
        for found in self._snapshot.get_many("keys", list(tables.key_keys(key))):
            if found is not None:
                return found.decode("utf-8", "replace")
        return None

    @property
    def operator(self) -> str:
        """URI of the operator."""
        return self.genesis.operator.uri

    @property
    def ledger(self) -> LedgerState:
        """The log's keys and the policy, now."""
        return self._histories.ledger()

    def ledger_before(self, entry: int) -> LedgerState:
        """The log's keys and the policy before an entry."""
        return self._histories.ledger(entry)

    def parties(self) -> Iterator[PartyState]:
        """All parties, by URI."""
        for key, _ in self._snapshot.scan("parties"):
            state = self.party(key.decode("utf-8", "replace"))
            if state is None:
                raise ChainError("ledger.missing", table="parties", key=key)
            yield state

    def party_uris(self) -> list[str]:
        """URIs of all parties but the buyers that orders let in, ascending."""
        found = self._snapshot.scan("parties", b"", GUESTS), self._snapshot.scan("parties", GUESTS + b"\xff")
        return [key.decode("utf-8", "replace") for keys in found for key, _ in keys]

    # --- what stood before ------------------------------------------------------------------------------------

    def about(self, subject: str, before: int) -> Iterator[Proven]:
        """The records about a subject before an entry, oldest first: those that have it as their primary subject.

        Their links are proven; their signatures are not looked at.

        Raises:
            VerificationError: A record or link of its chain does not hold.
        """
        key = subject_hash(subject)
        for proven in self._walk(subject):
            if proven.entry.index >= before:
                return
            if proven.record.subject_hashes[0] == key:
                yield proven

    def steward(self, subject: str, before: int, reach: int) -> str | None:
        """Who was the first, before an entry, to make a record about a subject.

        Only so many of the first records of its chain are looked at, so that the question costs the same however long
        the chain has become. Records are proven; that they are the first of the chain is taken from the index, which
        the audit checks.

        Args:
            subject: The subject.
            before: Index of the entry.
            reach: How many records are looked at.

        Returns:
            The party, or None if none of those records is about the subject.

        Raises:
            VerificationError: A record does not hold.
        """
        key = subject_hash(subject)
        raw = self._snapshot.get("heads", key)
        if raw is None:
            return None
        for _, _, run_raw in self._runs(key, tables.unpack_head(raw)):
            run = tables.unpack_run(run_raw)
            if run.entry >= before or reach <= 0:
                return None
            proven = self._statement_entry(run.entry)
            for position in run.positions[:reach]:
                if self._record(proven, position).subject_hashes[0] == key:
                    return proven.signed.statement.party
            reach -= len(run.positions)
        return None

    # --- indexes -----------------------------------------------------------------------------------------------

    def placement_of(self, party: str, statement_id: bytes) -> int | None:
        """Index of the entry that placed this party's statement with this id."""
        raw = self._snapshot.get("ids", tables.id_key(party, statement_id))
        return None if raw is None else tables.unpack_u64(raw)

    def business_places(self, digests: Sequence[bytes]) -> list[tuple[int, int] | None]:
        """Where the records with these business keys stand first."""
        found = self._snapshot.get_many("business", digests)
        return [None if raw is None else tables.unpack_place(raw) for raw in found]

    def checkpoint(self) -> bytes | None:
        """The latest signed checkpoint."""
        return self._snapshot.get("checkpoints", tables.LATEST)
