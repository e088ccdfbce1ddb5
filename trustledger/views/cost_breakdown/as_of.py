"""A reader of what stood at some time: whatever the ledger placed later is not there."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from trustledger.errors import NotFoundError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from trustledger.authority.parties import PartyState
    from trustledger.ledger import VerifiedRecord
    from trustledger.views.reading import ChainReader


class AsOf:
    """A `ChainReader` of the past.

    The ledger's clock decides (``sequenced_at``, which never decreases along a chain), not what parties claim.

    Args:
        reader: Verified records.
        time: ms since 1970-01-01T00:00:00Z; what was placed at that very time is there.
    """

    def __init__(self, reader: ChainReader, time: int) -> None:
        self._reader, self._time = reader, time

    @property
    def operator(self) -> str:
        """URI of the ledger's operator."""
        return self._reader.operator

    def chain(self, subject: str) -> Iterator[VerifiedRecord]:
        """The records of a subject up to the time, oldest first."""
        return takewhile(self._placed, self._reader.chain(subject))

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place.

        Raises:
            NotFoundError: There was none yet.
        """
        found = self._reader.record(entry, position)
        if not self._placed(found):
            raise NotFoundError("cost.later", seen=found.ref)
        return found

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party as it was before an entry."""
        return self._reader.party(uri, before)

    def business_places(self, digests: Sequence[bytes]) -> list[tuple[int, int] | None]:
        """Where the records with these business keys stand; those placed later are found out by `record`."""
        return self._reader.business_places(digests)

    def _placed(self, record: VerifiedRecord) -> bool:
        return record.sequenced_at <= self._time
