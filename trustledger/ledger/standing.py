"""What stood in the ledger before an entry, for the questions of the registration policy.

The append asks it about the log's end, the audit about each entry it replays, through the same reader; so both get the
same answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from trustledger.authority.policy import NOTHING, STEWARD_REACH, UNREADABLE
from trustledger.authority.rights import Said
from trustledger.errors import TrustLedgerError
from trustledger.ledger.correcting import superseded
from trustledger.ledger.prepared import CORRECTION
from trustledger.ledger.reader import Reader
from trustledger.record import Record, StoredRecord, Withheld


class Standing:
    """The ledger before an entry.

    Args:
        reader: Gives the ledger, which may have grown since; asked when it is first needed.
        entry: Index of the entry; nothing of it or after it is seen.
    """

    def __init__(self, reader: Callable[[], Reader], entry: int) -> None:
        self._reader = reader
        self._entry = entry

    def steward(self, subject: str) -> str | None:
        """Who was the first to make a record about a subject, as far as `STEWARD_REACH` goes; None if nobody was."""
        return self._reader().steward(subject, self._entry, STEWARD_REACH)

    def kinds_about(self, subject: str) -> Iterator[str]:
        """Kinds of the records about a subject, oldest first; `UNREADABLE` for those that were erased."""
        for _, _, record in self._reader().about(subject, self._entry):
            yield UNREADABLE if isinstance(record, Withheld) else record.kind

    def said(self, records: Iterable[tuple[int, Record]]) -> Iterator[Said]:
        """Records as the rights of their signers are asked; of a correction, the kind of what it corrects too.

        Args:
            records: The records and their positions.
        """
        for position, record in records:
            corrects = self._corrected_kind(record) if record.kind == CORRECTION else ""
            yield Said(position, record.kind, record.subjects, record.data, tuple(record.sealed), corrects)

    def _corrected_kind(self, correction: Record) -> str:
        """The kind of what is corrected in the end; `UNREADABLE` if that was erased, `NOTHING` if it is not there."""
        record: StoredRecord = correction
        before = self._entry
        while isinstance(record, Record) and record.kind == CORRECTION:
            try:
                entry, position, _ = superseded(record)
                if not 0 <= entry < before:  # it leads ever further back, so this ends
                    return NOTHING
                record, before = self._reader().proven(entry, position).record, entry
            except TrustLedgerError:
                return NOTHING
        if isinstance(record, Withheld):
            return UNREADABLE
        return record.kind if isinstance(record, Record) else NOTHING
