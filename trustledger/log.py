"""Entries: what the log holds (format v1, section 4).

An entry places one statement; an annotation says something about the log itself. The log is the RFC 9162 tree over
the bytes of both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from trustledger.encoding import check_time, decode, encode
from trustledger.errors import FormatError, NewerFormatError

VERSION: Final = 1
MAX_LINKS: Final = 4_194_304
MAX_ANNOTATION: Final = 63
HEAD_INDEX: Final = 2
"""Number of the annotation that carries the head index."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A placed statement.

    Attributes:
        sequenced_at: Milliseconds since 1970-01-01T00:00:00Z when the ledger placed it; never decreases, and the only
            time that grants anything.
        note: The signed statement.
        links: How many links its records add to chains.
        links_root: RFC 9162 root whose leaf hashes are those links.
    """

    sequenced_at: int
    note: bytes
    links: int
    links_root: bytes

    def encode(self) -> bytes:
        """The canonical bytes: a leaf of the log.

        Raises:
            FormatError: More than 65,535 bytes, or more links than an entry may have.
        """
        if not 1 <= self.links <= MAX_LINKS:
            raise FormatError("log.links", seen=self.links, expected=MAX_LINKS)
        return _sized(
            encode([VERSION, check_time(self.sequenced_at), self.note, self.links, self.links_root])
        )


@dataclass(frozen=True, slots=True)
class Annotation:
    """An entry without records, links or authority.

    Attributes:
        number: 2 to 63; what it is about.
        sequenced_at: As in `Entry`.
        body: Its content, whose meaning the number gives.
    """

    number: int
    sequenced_at: int
    body: bytes

    def encode(self) -> bytes:
        """The canonical bytes: a leaf of the log."""
        return _sized(encode([self.number, check_time(self.sequenced_at), self.body]))


def parse_entry(raw: bytes) -> Entry | Annotation:
    """Read an entry strictly.

    Raises:
        NewerFormatError: An entry of a later version.
        FormatError: Anything else that section 4 does not allow.
    """
    items = decode(raw)
    if type(items) is not list or not items or type(items[0]) is not int:
        raise FormatError("log.shape", seen=type(items).__name__)
    number = items[0]
    if number == VERSION:
        return _entry(items)
    if 2 <= number <= MAX_ANNOTATION:
        if len(items) != 3 or type(items[2]) is not bytes:
            raise FormatError("log.shape", seen=number)
        return Annotation(number, check_time(items[1]), items[2])
    raise NewerFormatError("log.newer", seen=number)


def _entry(items: list[Any]) -> Entry:
    if len(items) != 5:
        raise FormatError("log.shape", seen=len(items))
    _, sequenced_at, note, links, links_root = items
    if type(note) is not bytes or type(links_root) is not bytes or len(links_root) != 32:
        raise FormatError("log.shape", seen=VERSION)
    if type(links) is not int or not 1 <= links <= MAX_LINKS:
        raise FormatError("log.links", seen=links, expected=MAX_LINKS)
    return Entry(check_time(sequenced_at), note, links, links_root)


def _sized(raw: bytes) -> bytes:
    if len(raw) > 65_535:
        raise FormatError("log.too_large", seen=len(raw))
    return raw
