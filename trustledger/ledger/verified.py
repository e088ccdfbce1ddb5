"""What was verified on the way out of the store. Views accept nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from trustledger.log import Entry
from trustledger.note import VerifierKey
from trustledger.record import StoredRecord, Withheld
from trustledger.statement import SignedStatement, VerifiedStatement


@dataclass(frozen=True, slots=True)
class VerifiedRecord:
    """A record that was verified, and its place. Only `Reader` and the audit build it; views accept nothing else.

    Attributes:
        entry: Index of the entry in the log.
        position: Position in the statement.
        record: The record, its withheld stand-in, or a record of a later version.
        party: URI of the party that signed.
        cosigners: URIs of the other parties that signed.
        keys: The keys that signed.
        sequenced_at: When the ledger placed it, ms since 1970-01-01T00:00:00Z.
        time: When the party says it signed, ms.
    """

    entry: int
    position: int
    record: StoredRecord
    party: str
    cosigners: tuple[str, ...]
    keys: tuple[VerifierKey, ...]
    sequenced_at: int
    time: int

    @property
    def kind(self) -> str:
        """The record's kind; ``withheld`` where its content was erased."""
        return "withheld" if isinstance(self.record, Withheld) else self.record.kind

    @property
    def ref(self) -> str:
        """The record's place as people write it: ``12/0``."""
        return f"{self.entry}/{self.position}"


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """A statement's entry under the log's root. Its signatures are not checked yet.

    Attributes:
        index: Index in the log.
        entry: The entry.
        signed: Its statement; it is for this ledger.
    """

    index: int
    entry: Entry
    signed: SignedStatement


@dataclass(frozen=True, slots=True)
class VerifiedEntry:
    """A statement's entry under the log's root, its signatures checked."""

    index: int
    entry: Entry
    statement: VerifiedStatement
