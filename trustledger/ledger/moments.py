"""The moment a question is asked as of, and a reader of what the ledger held then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger import merkle
from trustledger.checkpoint import SignedCheckpoint, read_checkpoint, verify_checkpoint
from trustledger.encoding import check_time, parse_time
from trustledger.errors import ForkError, FormatError, NotFoundError
from trustledger.ledger.verified import VerifiedEntry

if TYPE_CHECKING:
    from trustledger.authority.parties import PartyState
    from trustledger.ledger.reader import Reader
    from trustledger.ledger.verified import VerifiedRecord
    from trustledger.views.reading import ChainReader

AsOf = int | str | bytes | SignedCheckpoint | None
"""How a moment is named: milliseconds since 1970-01-01T00:00:00Z; text, which is an RFC 3339 time or how many entries
the log had; a signed checkpoint, or its bytes; or None for the time of the latest entry."""

_SIZE: Final = re.compile(r"0|[1-9][0-9]{0,17}")


class Moment(NamedTuple):
    """A moment in the life of one ledger.

    Attributes:
        time: ms since 1970-01-01T00:00:00Z: what was placed by then is known.
        size: Entries known: fewer than were placed by ``time`` where a checkpoint lies between entries of one
            millisecond.
        named: What it is the same as for ever: the time, or the size of a checkpoint.
    """

    time: int
    size: int
    named: tuple[str, int]


def find_moment(reader: Reader, as_of: AsOf) -> Moment:
    """The moment that is meant, in the ledger of this reader.

    Raises:
        FormatError: Neither a time nor a checkpoint, or a moment before the ledger began (``moment.*``).
        NotFoundError: ``moment.ahead``: the log does not have as many entries.
        SignatureError: The checkpoint is not signed by the key that was the log's then.
        ForkError: ``moment.fork``: the log does not contain what the checkpoint signed.
    """
    size = reader.head.size
    if as_of is None:
        return _at_time(_time_of(reader, size - 1), size)
    if isinstance(as_of, SignedCheckpoint):
        as_of = as_of.note
    if isinstance(as_of, bytes):
        return _at_size(reader, _checked(reader, as_of))
    if isinstance(as_of, str) and _SIZE.fullmatch(as_of):
        return _at_size(reader, int(as_of))
    if type(as_of) is not int and not isinstance(as_of, str):
        raise FormatError("moment.type", seen=type(as_of).__name__)
    time = parse_time(as_of) if isinstance(as_of, str) else check_time(as_of)
    if _time_of(reader, 0) > time:
        raise FormatError("moment.before", seen=as_of)
    return _at_time(time, _entries_by(reader, time))


def _at_time(time: int, size: int) -> Moment:
    return Moment(time, size, ("time", time))


def _at_size(reader: Reader, size: int) -> Moment:
    """The state of the log when it had so many entries."""
    if not 0 < size <= reader.head.size:
        raise NotFoundError("moment.ahead", seen=size, size=reader.head.size)
    return Moment(_time_of(reader, size - 1), size, ("size", size))


def _checked(reader: Reader, note: bytes) -> int:
    """The size of a checkpoint, which this log signed and still contains."""
    size = read_checkpoint(note).size
    if not 0 < size <= reader.head.size:
        raise NotFoundError("moment.ahead", seen=size, size=reader.head.size)
    keys = reader.ledger_before(size).log_keys
    checkpoint = verify_checkpoint(note, reader.genesis.origin, keys).checkpoint
    root = merkle.tree_root(size, reader.nodes)
    if root != checkpoint.root:
        raise ForkError("moment.fork", size=size, seen=root, expected=checkpoint.root)
    return size


def _time_of(reader: Reader, entry: int) -> int:
    """When an entry was placed, as its bytes under the log's root say."""
    found = reader.entry(entry)
    return found.entry.sequenced_at if isinstance(found, VerifiedEntry) else found.sequenced_at


def _entries_by(reader: Reader, time: int) -> int:
    """How many entries were placed by a time: it never decreases along the log. At most 1 + log₂ n entries are read."""
    low, high = 1, reader.head.size
    if _time_of(reader, high - 1) <= time:
        return high
    while low < high:  # entry low-1 was placed by then, entry high-1 was not
        middle = (low + high) // 2
        if _time_of(reader, middle) <= time:
            low = middle + 1
        else:
            high = middle
    return low


class Past:
    """A `ChainReader` of what the log held at some size: later records, links and states are not there.

    Args:
        reader: Verified records.
        size: Entries of the log that are seen.
    """

    def __init__(self, reader: ChainReader, size: int) -> None:
        self._reader, self._size = reader, size

    @property
    def operator(self) -> str:
        """URI of the ledger's operator."""
        return self._reader.operator

    def chain(self, subject: str) -> Iterator[VerifiedRecord]:
        """The records of a subject that stood then, oldest first."""
        return takewhile(lambda placed: placed.entry < self._size, self._reader.chain(subject))

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place.

        Raises:
            NotFoundError: ``moment.later``: it did not stand there yet.
        """
        if entry >= self._size:
            raise NotFoundError("moment.later", seen=f"{entry}/{position}", size=self._size)
        return self._reader.record(entry, position)

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party as it was before an entry, at the latest as it was then."""
        return self._reader.party(uri, self._size if before is None else min(before, self._size))

    def business_places(self, digests: Sequence[bytes]) -> list[tuple[int, int] | None]:
        """Where the records with these business keys stand; those that came later are not there."""
        return [
            place if place is not None and place[0] < self._size else None
            for place in self._reader.business_places(digests)
        ]
