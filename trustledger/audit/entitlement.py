"""Whether those who signed were entitled to, asked again for every statement, and what is known of their keys today.

The questions are those of the append (`trustledger.authority.registration`), with the state before the entry, which the
audit folds as it goes. Their cost is a few microseconds a statement; single records are decoded again only for
signers with narrow rights, and for the few records that touch what is not implied by what they are about.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterator
from functools import cached_property

from trustledger.audit.batch import Batch
from trustledger.authority.genesis import Genesis
from trustledger.authority.independence import Independence, IndependenceFold
from trustledger.authority.parties import Identity, PartyState
from trustledger.authority.registration import Case, check_rights
from trustledger.authority.rights import Said
from trustledger.authority.state import Authority, Changes, apply_records
from trustledger.kinds.registry import Kinds
from trustledger.ledger import tables
from trustledger.ledger.reader import Reader
from trustledger.ledger.standing import Standing
from trustledger.note import VerifierKey
from trustledger.record import Record, Withheld, parse_record
from trustledger.statement import VerifiedStatement
from trustledger.store import Snapshot


class Entitlement:
    """Authority as it grows, and the statements that each key signed.

    Args:
        snapshot: The store; records are read from it again where they are asked about.
        genesis: What entry 0 establishes.
        kinds: Kinds the auditor knows.

    Attributes:
        authority: The state after the entries so far.
        withheld_chains: Hashes of the subjects of records that were erased: none may be the ledger's own.
    """

    def __init__(self, snapshot: Snapshot, genesis: Genesis, kinds: Kinds) -> None:
        self._snapshot = snapshot
        self._kinds = kinds
        self.authority = Authority(genesis.operator, genesis.ledger)
        self.withheld_chains: set[bytes] = set()
        self._signed: dict[VerifierKey, tuple[array[int], array[int]]] = {}
        self._counted: set[VerifierKey] = set()
        self._changes = self._counted_at = 0
        self._behind = IndependenceFold(genesis.operator.uri)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._snapshot, fold=False)

    def note_keys(self, entry: int, at: int, verified: VerifiedStatement) -> None:
        """Take down which keys signed an entry: whose they are, and in case one turns out to have been stolen."""
        states = [self.authority.party(uri) for uri in verified.statement.signers]
        signers = [state for state in states if state is not None and state.guest is None]
        if self._counted_at != self._changes:  # somebody's owner, identity or custodian may be another
            self._counted_at = self._changes
            self._counted.clear()
        names = {state.uri for state in signers}
        keys = [key for key in verified.keys if key.name in names]
        if not self._counted.issuperset(keys):
            self._counted.update(keys)
            self._behind.add(signers[0], signers[1:], verified.keys, self.authority.party)
        for key in verified.keys:
            entries, times = self._signed.setdefault(key, (array("Q"), array("q")))
            entries.append(entry)
            times.append(at)

    def check(self, entry: int, at: int, verified: VerifiedStatement, batch: Batch) -> Changes:
        """Ask everything about the rights of the signers, then fold what the statement changes.

        Raises:
            PolicyError: They may not say this here.
            FormatError: An authority record whose data the format does not allow.
            NewerFormatError: One of a later version.
        """
        records, erased = {}, {}
        for position, record in batch.special.items():
            if isinstance(record, Withheld):
                erased[position] = record.subject_hashes[0]
                self.withheld_chains.update(record.subject_hashes)
            else:
                records[position] = record
        standing = Standing(lambda: self._reader, entry)

        def said(positions: Collection[int] | None) -> Iterator[Said]:
            wanted = range(len(batch.leaves)) if positions is None else positions
            return standing.said(self._records(entry, wanted))

        case = Case(verified, entry, at, batch.kinds, records, batch.touching, said, erased)
        check_rights(self.authority, case, standing, self._kinds.spec)
        changes = apply_records(self.authority, case.placing(self.authority.operator), records)
        self._changes += any(state.guest is None for state in changes.parties.values())
        return changes

    def _records(self, entry: int, positions: Collection[int]) -> Iterator[tuple[int, Record]]:
        """Records of an entry once more, a chunk at a time; erased ones are passed over."""
        number, raws = -1, list[bytes]()
        for position in positions:
            chunk, place = divmod(position, tables.RECORDS_PER_CHUNK)
            if chunk != number:
                number = chunk
                raw = self._snapshot.get("bundles", tables.chunk_key(entry, chunk))
                raws = [] if raw is None else tables.unpack_bundle(raw)
            record = parse_record(raws[place]) if place < len(raws) else None
            if isinstance(record, Record):
                yield position, record

    def independence(self) -> Independence:
        """Who stands behind the statements so far; guests are not counted."""
        return self._behind.result()

    def shared_identities(self) -> Iterator[tuple[Identity, list[str], list[str]]]:
        """Registered identities that several parties have: one company under several names.

        Yields:
            The identity, the parties in the order in which they were enrolled, and those of them that are suspended.
        """
        found: dict[Identity, list[PartyState]] = {}
        for state in self.authority.parties():
            for identity in state.identities:
                found.setdefault(identity, []).append(state)
        for identity in sorted(found):
            states = found[identity]
            if len(states) > 1:
                suspended = [state.uri for state in states if state.suspended is not None]
                yield identity, [state.uri for state in states], suspended

    def doubts(self) -> Iterator[tuple[int, VerifierKey, int, int]]:
        """The statements that are signed by a key and placed since it was compromised, as was said later.

        Yields:
            Index of the entry, the key, since when (ms), and the index of the entry that said so.
        """
        for state in self.authority.parties():
            for one in state.keys:
                if one.revoked is None or one.revoked.since is None or one.key not in self._signed:
                    continue
                for entry, at in zip(*self._signed[one.key], strict=True):
                    if at >= one.revoked.since:
                        yield entry, one.key, one.revoked.since, one.revoked.said_in
