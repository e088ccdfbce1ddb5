"""What a view asks of a ledger: verified records, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trustledger.authority.parties import PartyState
    from trustledger.ledger.verified import VerifiedRecord


class ChainReader(Protocol):
    """What a trace reads: verified records. `trustledger.ledger.reader.Reader` is one."""

    @property
    def operator(self) -> str:
        """URI of the ledger's operator."""

    def chain(self, subject: str) -> Iterator[VerifiedRecord]:
        """The records of a subject, oldest first."""

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place."""

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party as it was before an entry."""

    def business_places(self, digests: Sequence[bytes]) -> list[tuple[int, int] | None]:
        """Where the records with these business keys stand."""
