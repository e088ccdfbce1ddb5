"""The log from entry 0 on, computed again (format v1, sections 3 to 6).

Memory grows with the number of chains, parties and statements' ids looked up, not with the number of records.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final, NamedTuple

from trustledger import chain, merkle
from trustledger.audit.batch import Batch, BatchReader
from trustledger.audit.entitlement import Entitlement
from trustledger.audit.findings import Findings
from trustledger.audit.following import follow_links
from trustledger.audit.indexes import Indexes
from trustledger.audit.report import AuditReport, TooManyFaults
from trustledger.authority.genesis import Genesis, read_genesis
from trustledger.authority.registration import check_identity
from trustledger.checkpoint import Checkpoint, read_checkpoint, verify_checkpoint
from trustledger.collecting import rarely_collecting
from trustledger.encoding import format_time
from trustledger.errors import (
    ChainError,
    CorruptStoreError,
    ForkError,
    NewerFormatError,
    PolicyError,
    TrustLedgerError,
    VerificationError,
)
from trustledger.kinds.registry import Kinds
from trustledger.ledger import tables
from trustledger.ledger.card import Card
from trustledger.ledger.vault import Vault
from trustledger.log import HEAD_INDEX, Annotation, Entry, parse_entry
from trustledger.statement import SignedStatement, VerifiedStatement, check_signatures, parse_statement
from trustledger.store import Snapshot
from trustledger.subject import LEDGER, party_subject, subject_hash

Progress = Callable[[int, int], None]
"""Called with (entries done, entries in all) after each entry."""
_ROOTS_KEPT: Final = 4096
"""Latest sizes whose roots are kept for ``seen`` lines and checkpoints; older ones are computed from the nodes."""


@rarely_collecting()
def audit(  # noqa: PLR0913  (all by name)
    snapshot: Snapshot,
    *,
    trust: Card | None = None,
    since: bytes | None = None,
    kinds: Kinds | None = None,
    vault: Vault | None = None,
    progress: Progress | None = None,
    standings: bool = True,
) -> AuditReport:
    """Compute a whole ledger again from its stored bytes.

    Args:
        snapshot: The store, read and not trusted.
        trust: The ledger's card as it was handed to the auditor. Without it the audit shows that the ledger agrees
            with itself, which its operator can arrange.
        since: A signed checkpoint from earlier; the log must contain what it signed.
        kinds: Kinds of records the auditor knows, for business keys and findings; the project's own if None.
        vault: Openings of sealed values, to be compared with their commitments.
        progress: Told how far it is.
        standings: Judge too, by the shipped scoring policy, whether each listing stands where its trust score puts it;
            all that its merchant sold is read once more for that.

    Returns:
        Faults, findings, and what is not proven. What is wrong with the ledger is in it and never raised.
    """
    report = AuditReport()
    try:
        replay = _Replay(snapshot, trust, kinds or Kinds.default(), vault, report)
        replay.run(since, progress)
        if standings:
            replay.judge(progress)
    except TooManyFaults:
        report.add_note("audit.stopped", seen=len(report.faults))
    except TrustLedgerError as error:
        if len(report.faults) or isinstance(error, NewerFormatError):
            report.add_note("audit.stopped", seen=len(report.faults))
        with suppress(TooManyFaults):
            report.add_fault(error)
    if trust is None:
        report.add_note("audit.untrusted")
    return report


class _Claim(NamedTuple):
    """A checkpoint before it is checked: the note, where it came from, and the size that it says."""

    note: bytes
    table: str
    size: int


class _Replay:
    """One audit under way."""

    def __init__(
        self, snapshot: Snapshot, trust: Card | None, kinds: Kinds, vault: Vault | None, report: AuditReport
    ) -> None:
        self.snapshot = snapshot
        self.trust = trust
        self.report = report
        self.kinds = kinds
        self.batches = BatchReader(kinds, report)
        self.findings = Findings(snapshot, kinds, vault, report)
        self.frontier = merkle.Frontier()
        self.roots: dict[int, bytes] = {}
        self.heads: dict[bytes, chain.Head] = {}
        self.last_time: int | None = None
        self.listings: dict[tuple[str, str], tuple[int, int]] = {}
        self.blind = False
        self.authority_unsure = False
        self.counts = dict.fromkeys(
            ("entries", "statements", "annotations", "records", "withheld", "links", "chains", "parties"), 0
        )
        report.counts = self.counts

    def run(self, since: bytes | None, progress: Progress | None) -> None:
        """Replay every entry, then compare what is left."""
        if not self.snapshot.head:
            raise CorruptStoreError("ledger.empty")
        head = tables.StoreHead.unpack(self.snapshot.head)
        self.indexes = Indexes(self.snapshot, self.report)
        self.genesis = self._genesis()
        self.entitlement = Entitlement(self.snapshot, self.genesis, self.kinds)
        self.authority = self.entitlement.authority
        claims = self._checkpoints(since)
        for index in range(head.size):
            self.indexes.entry = index
            self._entry(index)
            self._compare_roots(index + 1, claims)
            if progress is not None:
                progress(index + 1, head.size)
        self._finish(head, claims)

    def judge(self, progress: Progress | None) -> None:
        """Whether what is offered stands where its score puts it."""
        if not self.listings:
            return
        from trustledger.audit.standings import judge_standings  # noqa: PLC0415  (loads the views)

        size = self.report.size

        def tell() -> None:
            if progress is not None:
                progress(size, size)

        judge_standings(self.snapshot, self.kinds, self.listings, self.report, tell)

    # --- the log -----------------------------------------------------------------------------------------------

    def _genesis(self) -> Genesis:
        raw = self.snapshot.get("entries", tables.u64(0))
        bundle = self.snapshot.get("bundles", tables.chunk_key(0, 0))
        if raw is None or bundle is None:
            raise CorruptStoreError("ledger.missing", table="entries", key="0")
        if self.trust is not None and merkle.leaf_hash(raw) != self.trust.genesis:
            raise ForkError("audit.other_ledger", seen=merkle.leaf_hash(raw), expected=self.trust.origin)
        genesis = read_genesis(raw, tables.unpack_bundle(bundle))
        self.report.origin = genesis.origin
        if self.trust is not None:
            card = Card.of(genesis)
            if self.trust != card:
                raise VerificationError("audit.card_differs", seen=card.origin)
            self.report.trusted = True
        return genesis

    def _entry(self, index: int) -> None:
        raw = self.indexes.entries.take(tables.u64(index))
        if raw is None:
            raise ChainError("audit.entry_missing", entry=index)
        self.indexes.check_nodes(self.frontier.append(merkle.leaf_hash(raw)))
        self.counts["entries"] += 1
        try:
            parsed = parse_entry(raw)
            self._time(parsed.sequenced_at)
            if isinstance(parsed, Annotation):
                self._annotation(parsed)
            else:
                self._statement(index, parsed)
        except NewerFormatError as error:
            self._go_on_blindly(error, index)
        except TrustLedgerError as error:
            self.report.add_fault(error, index)

    def _go_on_blindly(self, error: NewerFormatError, index: int) -> None:
        """After an entry of a later version links can no longer be checked (section 4), and who may sign may be news.

        The tree, checkpoints, statements and their records still can, and are.
        """
        self.report.add_fault(error, index)
        if not self.blind:
            self.report.add_note("audit.blind", entry=index)
        self.blind = self.authority_unsure = True
        self.indexes.skip_records(index)

    def _time(self, sequenced_at: int) -> None:
        if self.last_time is not None and sequenced_at < self.last_time:
            raise ChainError("audit.time_backwards", seen=sequenced_at, expected=self.last_time)
        self.last_time = sequenced_at

    def _annotation(self, annotation: Annotation) -> None:
        self.counts["annotations"] += 1
        if annotation.number != HEAD_INDEX:
            self.report.add_note("audit.unknown_annotation", seen=annotation.number)
            return
        count, root = chain.decode_head_index(annotation.body)
        expected = (len(self.heads), chain.heads_root(sorted(self.heads.items())))
        if (count, root) != expected:
            raise ForkError("audit.head_index", seen=root, expected=expected[1])

    def _statement(self, index: int, entry: Entry) -> None:
        signed = parse_statement(entry.note)
        verified = self._signatures(index, signed)
        batch = self._records(index, entry, signed)
        party, policy = self.authority.party(signed.statement.party), self.authority.ledger.policy
        self.findings.look(index, signed.statement, party, batch, policy=policy is not None)
        if verified is not None:
            self.entitlement.note_keys(index, entry.sequenced_at, verified)
            if index:
                self._rights(index, entry.sequenced_at, verified, batch)
        for position, (product, merchant) in batch.listings.items():
            if isinstance(merchant, str) and merchant in signed.statement.signers:
                self.listings[merchant, product] = index, position
        self.counts["statements"] += 1
        self.counts["records"] += len(batch.leaves)
        self.counts["withheld"] += batch.withheld

    def _signatures(self, index: int, signed: SignedStatement) -> VerifiedStatement | None:
        statement = signed.statement
        self.indexes.check_statement(statement.party, statement.id)
        try:
            if index:
                seen = statement.seen
                root = None if seen is None or seen.size > index else self._root_at(seen.size)
                check_identity(self.genesis, statement, index, root)
            return check_signatures(signed, self.authority.key_ring)
        except TrustLedgerError as error:
            if self.authority_unsure and error.code == "statement.key_not_active":
                self.report.add_finding("audit.key_not_known", f"{index}", seen=statement.party)
            else:
                self.report.add_fault(error, index)
            return None

    def _records(self, index: int, entry: Entry, signed: SignedStatement) -> Batch:
        """Records, their root, their links and all that is derived from them."""
        statement = signed.statement
        batch = self.batches.start(statement.party)
        for number in range(-(-statement.records // tables.RECORDS_PER_CHUNK)):
            bundle = self.indexes.bundles.take(tables.chunk_key(index, number))
            if bundle is None:
                raise ChainError("audit.records_missing", entry=index, chunk=number)
            raws = tables.unpack_bundle(bundle)
            expected = min(tables.RECORDS_PER_CHUNK, statement.records - number * tables.RECORDS_PER_CHUNK)
            if len(raws) != expected:
                raise ChainError("ledger.record_count", entry=index, seen=len(raws), expected=expected)
            self.batches.read(index, raws)
        record_roots = merkle.subtree_roots(batch.leaves, tables.RECORD_HEIGHT)
        root = merkle.root_of_subtrees(record_roots) if batch.leaves else merkle.EMPTY_ROOT
        if (len(batch.leaves), root) != (statement.records, statement.root):
            error = ChainError("ledger.records_root", entry=index, seen=root, expected=statement.root)
            if self.blind:
                raise error
            self._go_on_after(error, index, entry, batch)
            return batch
        if self.blind:
            return batch
        links = chain.extend(self.heads, index, zip(batch.leaves, batch.subjects, strict=True))
        link_roots = self.indexes.check_links(links)
        links_root = merkle.root_of_subtrees(link_roots) if links else merkle.EMPTY_ROOT
        self.indexes.check_roots(record_roots, link_roots)
        self.counts["links"] += len(links)
        if (len(links), links_root) != (entry.links, entry.links_root):
            raise ChainError("ledger.links_root", entry=index, seen=links_root, expected=entry.links_root)
        self.indexes.check_chains(batch.subjects, self.heads)
        self.indexes.check_business(batch)
        return batch

    def _go_on_after(self, error: ChainError, index: int, entry: Entry, batch: Batch) -> None:
        """Name the records that were changed, and go on with the links that the entry commits to."""
        links = self.indexes.stored_links(entry.links)
        records = list(zip(batch.leaves, batch.subjects, strict=True))
        if merkle.root(links) != entry.links_root or sum(map(len, batch.subjects)) != len(links):
            raise error
        changed = follow_links(self.heads, index, records, links)
        for position in changed:
            self.report.add_fault(
                ChainError("audit.record_changed", entry=index, position=position), index, position
            )
        if not changed:
            self.report.add_fault(error, index)
        self.indexes.pass_over(batch, len(links))
        self.indexes.check_chains(batch.subjects, self.heads)
        self.counts["links"] += len(links)

    # --- authority ---------------------------------------------------------------------------------------------

    def _rights(self, index: int, at: int, verified: VerifiedStatement, batch: Batch) -> None:
        """Whether the signers may say this here; then what it changes for those who come after."""
        try:
            self.authority.apply(self.entitlement.check(index, at, verified, batch))
        except NewerFormatError as error:  # what it gives or takes is not known; go on with what is
            self.report.add_fault(error, index)
            self.authority_unsure = True
        except PolicyError as error:
            position = error.facts.get("position")
            if self.authority_unsure:  # a right may have been given by what could not be read
                self.report.add_finding("audit.right_not_known", f"{index}", why=error.text())
            else:
                self.report.add_fault(error, index, position if type(position) is int else None)

    def _doubts(self) -> None:
        for entry, key, since, revoked in self.entitlement.doubts():
            self.report.add_finding(
                "audit.compromised",
                f"{entry}",
                party=key.name,
                key=key.key_id,
                since=format_time(since),
                entry=revoked,
            )

    # --- checkpoints and the end -------------------------------------------------------------------------------

    def _checkpoints(self, since: bytes | None) -> list[_Claim]:
        """The stored checkpoint and the auditor's own; they are checked when the replay comes to their size."""
        claims = []
        stored = dict(self.snapshot.scan("checkpoints"))
        raw = stored.pop(tables.LATEST, None)
        for extra in stored:
            self.report.add_fault(
                ChainError("audit.extra", table="checkpoints", key=extra.hex()), table="checkpoints"
            )
        if raw is None:  # every ledger is born with one
            self.report.add_fault(ChainError("audit.no_checkpoint"), table="checkpoints")
        for note, table in ((raw, "checkpoints"), (since, "since")):
            if note is not None:
                try:
                    claims.append(_Claim(note, table, read_checkpoint(note).size))
                except TrustLedgerError as error:
                    self.report.add_fault(error, table=table)
        return claims

    def _compare_roots(self, size: int, claims: Iterable[_Claim]) -> None:
        """Checkpoints of this size: signed by a key that was the log's then, and of the root that was computed."""
        for claim in claims:
            if claim.size != size:
                continue
            checkpoint = self._signed_checkpoint(claim)
            if checkpoint is not None and checkpoint.root != self._root_at(size):
                error = ForkError("audit.checkpoint_root", size=size, seen=self._root_at(size))
                self.report.add_fault(error, table="checkpoints")

    def _signed_checkpoint(self, claim: _Claim) -> Checkpoint | None:
        ledger = self.authority.ledger
        try:
            signed = verify_checkpoint(claim.note, ledger.origin, ledger.log_keys)
        except TrustLedgerError as error:
            if self.authority_unsure:
                self.report.add_finding("audit.key_not_known", seen=ledger.origin)
            else:
                self.report.add_fault(error, table=claim.table)
            return None
        if claim.table == "checkpoints":
            self.report.signed_size = claim.size
        return signed.checkpoint

    def _root_at(self, size: int) -> bytes:
        """Root of the first ``size`` entries: of the nodes, which were compared with the computed ones so far."""
        if size == self.frontier.size:
            if size not in self.roots:
                if len(self.roots) >= _ROOTS_KEPT:
                    self.roots.clear()
                self.roots[size] = self.frontier.root()
            return self.roots[size]
        return self.roots.get(size) or merkle.tree_root(size, self._nodes)

    def _nodes(self, indexes: Iterable[int]) -> list[bytes]:
        found = self.snapshot.get_many("nodes", [tables.u64(index) for index in indexes])
        return [node or b"" for node in found]

    def _finish(self, head: tables.StoreHead, claims: Iterable[_Claim]) -> None:
        self.report.size, self.report.root = self.frontier.size, self.frontier.root()
        parties = self.authority.parties()
        self.counts["chains"], self.counts["parties"] = len(self.heads), len(parties)
        self.counts["guests"] = sum(state.guest is not None for state in parties)
        time_known = self.blind or head.sequenced_at == self.last_time
        if head.root != self.report.root or not time_known:
            error = ChainError("ledger.root", seen=self.report.root, expected=head.root, size=head.size)
            self.report.add_fault(error, table="head")
        for claim in claims:
            if claim.size > head.size and self._signed_checkpoint(claim) is not None:
                error = ChainError("audit.truncated", seen=head.size, expected=claim.size)
                self.report.add_fault(error, table="checkpoints")
        if self.authority.ledger.policy is None:
            self.report.add_note("audit.no_policy")
        self._doubts()
        for identity, uris, suspended in self.entitlement.shared_identities():
            self.report.add_finding(
                "audit.shed_name" if suspended else "audit.same_identity",
                identity=f"{identity.scheme} {identity.value}",
                parties=", ".join(uris),
                suspended=", ".join(suspended),
            )
        self.report.independence = self.entitlement.independence()
        if 0 < self.report.signed_size < head.size:
            self.report.add_note("audit.unsigned_tail", seen=head.size - self.report.signed_size)
        for uri in (LEDGER, *(party_subject(state.uri) for state in parties)):
            if subject_hash(uri) in self.entitlement.withheld_chains:
                self.report.add_fault(ChainError("audit.withheld_authority", seen=uri))
        self.indexes.finish_log(self.counts["withheld"])
        if not self.blind:
            self.indexes.finish_derived()
        if not self.authority_unsure:
            self.indexes.finish_parties(self.authority)
