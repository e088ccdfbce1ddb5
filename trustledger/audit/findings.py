"""What an audit reports of records that verify: legal but odd, and openings that do not fit."""

from __future__ import annotations

from trustledger.audit.batch import Batch
from trustledger.audit.report import AuditReport
from trustledger.authority.parties import PartyState
from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.errors import ChainError, FormatError, TrustLedgerError
from trustledger.kinds.registry import Kinds
from trustledger.ledger import tables
from trustledger.ledger.correcting import superseded
from trustledger.ledger.vault import Vault
from trustledger.log import Entry, parse_entry
from trustledger.record import Record, StoredRecord, commitment, parse_record
from trustledger.statement import Statement, parse_statement
from trustledger.store import Snapshot


class Findings:
    """Looks at the records of one statement after another.

    Args:
        snapshot: The store, as far as the replay has come.
        kinds: The kinds the auditor knows.
        vault: Openings of sealed values, if they are to be compared.
        report: Takes findings and faults.
    """

    def __init__(self, snapshot: Snapshot, kinds: Kinds, vault: Vault | None, report: AuditReport) -> None:
        self._snapshot = snapshot
        self._kinds = kinds
        self._vault = vault
        self._report = report

    def look(
        self, index: int, statement: Statement, party: PartyState | None, batch: Batch, *, policy: bool
    ) -> None:
        """Report what is odd about the records of an entry.

        Args:
            index: Index of the entry.
            statement: Its statement.
            party: The party that speaks, as it is before the entry.
            batch: The records.
            policy: A registration policy holds, so roles are asked for elsewhere.
        """
        for kind, position in batch.kinds.items():
            if kind not in AUTHORITY_KINDS:
                self._role(f"{index}/{position}", kind, None if policy else party)
        for position, record in batch.corrections.items():
            reason = self._dead_correction(index, position, statement.party, record)
            if reason:
                self._report.add_finding("audit." + reason, f"{index}/{position}")
        if self._vault is not None:
            for position, record in batch.sealed.items():
                self._openings(self._vault, index, position, statement.party, record)

    def _role(self, ref: str, kind: str, party: PartyState | None) -> None:
        spec = self._kinds.spec(kind)
        if spec is None:
            self._report.add_finding("audit.unknown_kind", ref, kind=kind)
        elif party is not None and spec.signed_by and party.roles.isdisjoint(spec.signed_by):
            expected = ", ".join(spec.signed_by)
            self._report.add_finding("audit.role", ref, kind=kind, party=party.uri, expected=expected)

    def _dead_correction(self, index: int, position: int, party: str, record: Record) -> str:
        """Why a correction does not count, as the end of a code; empty if it does."""
        try:
            entry, at, digest = superseded(record)
            target = self._record(entry, at) if (entry, at) < (index, position) else None
            signed_by = self._party(entry) if target is not None else ""
        except TrustLedgerError:
            return "corrects_nothing"
        if target is None or target.hash.hex() != digest:
            return "corrects_nothing"
        if signed_by != party:
            return "corrects_others_word"
        return "" if record.subject_hashes[0] in target.subject_hashes else "corrects_elsewhere"

    def _record(self, entry: int, position: int) -> StoredRecord | None:
        if not 0 <= entry < 2**63 or not 0 <= position < 2**32:
            return None
        chunk, place = divmod(position, tables.RECORDS_PER_CHUNK)
        raw = self._snapshot.get("bundles", tables.chunk_key(entry, chunk))
        raws = [] if raw is None else tables.unpack_bundle(raw)
        return parse_record(raws[place]) if place < len(raws) else None

    def _party(self, entry: int) -> str:
        raw = self._snapshot.get("entries", tables.u64(entry))
        parsed = parse_entry(raw or b"")
        return parse_statement(parsed.note).statement.party if isinstance(parsed, Entry) else ""

    def _openings(self, vault: Vault, index: int, position: int, party: str, record: Record) -> None:
        """The openings that are kept are those of the commitments that stand in the ledger."""
        pointers = list(record.sealed)
        found = vault.get([record.sealed[pointer] for pointer in pointers])
        for pointer, opening in zip(pointers, found, strict=True):
            if opening is None:
                continue
            try:
                right = commitment(party, record.subjects[0], opening) == record.sealed[pointer]
            except FormatError:
                right = False
            if not right or opening.pointer != pointer:
                self._report.add_fault(ChainError("audit.opening", pointer=pointer), index, position)
