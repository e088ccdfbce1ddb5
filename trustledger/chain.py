"""Subject chains: one link for each subject of each record (format v1, section 4).

A link binds the one before it, the subject, its ordinal in the chain, its place in the log and the record. Whoever
holds the last link of a chain and the records can compute the chain again and see whether anything was left out.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, MutableMapping, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

from trustledger.encoding import MAX_INT, decode, encode
from trustledger.errors import FormatError

NO_LINK: Final = bytes(32)
"""Stands before the first link of a chain."""

_LINK: Final = struct.Struct(">c32s32sQQI32s")
_LINK_TAG: Final = b"\x02"
_LEAF_TAG: Final = b"\x04"
_BRANCH_TAG: Final = b"\x05"


Head: TypeAlias = "tuple[int, bytes, bytes]"
"""Where a chain ends: how many links it has, the last of them, and the one before that. A plain tuple, because an audit
makes one for every link."""

EMPTY: Final[Head] = (0, NO_LINK, NO_LINK)


def make_link(  # noqa: PLR0913, PLR0917  (what a link binds, in the order of section 4)
    previous: bytes, subject_hash: bytes, ordinal: int, entry: int, position: int, record_hash: bytes
) -> bytes:
    """One link.

    Args:
        previous: The link before it, or `NO_LINK`.
        subject_hash: SHA-256 of the subject.
        ordinal: How many links stand before it in this chain.
        entry: Index of the entry in the log.
        position: Position of the record in its statement.
        record_hash: The record's leaf hash.

    Returns:
        SHA-256 over the 117 bytes of section 4.
    """
    packed = _LINK.pack(_LINK_TAG, previous, subject_hash, ordinal, entry, position, record_hash)
    return sha256(packed).digest()


def extend(
    heads: MutableMapping[bytes, Head], entry: int, records: Iterable[tuple[bytes, Sequence[bytes]]]
) -> list[bytes]:
    """Add the links of an entry's records.

    Args:
        heads: The last link of every chain that these records touch; a chain that is not in it is new. Moved forward
            in place.
        entry: Index of the entry.
        records: For each record in order: its hash, and its subjects' hashes in the record's order.

    Returns:
        The links in the order of ``links_root``: record by record, and within a record subject by subject.
    """
    pack, links, tag, get = _LINK.pack, list[bytes](), _LINK_TAG, heads.get
    add, digest = links.append, sha256
    for position, (record_hash, subjects) in enumerate(records):
        for subject in subjects:
            length, previous, _ = get(subject, EMPTY)
            link = digest(pack(tag, previous, subject, length, entry, position, record_hash)).digest()
            heads[subject] = (length + 1, link, previous)
            add(link)
    return links


def heads_root(heads: Sequence[tuple[bytes, Head]]) -> bytes:
    """Root of the head index over all chains (section 4, annotation 2).

    Args:
        heads: ``(SHA-256 of the subject, head)``, ascending, each subject once.

    Returns:
        32 bytes; zero bytes where there is no chain.
    """
    if not heads:
        return NO_LINK
    return _heads_root(heads, 0, len(heads), 0)


def _heads_root(heads: Sequence[tuple[bytes, Head]], start: int, stop: int, bit: int) -> bytes:
    """The subtree of ``heads[start:stop]``, which agree in their first ``bit`` bits. Depth is at most 256."""
    if stop - start == 1:
        key, (length, link, _) = heads[start]
        return sha256(_LEAF_TAG + key + length.to_bytes(8, "big") + link).digest()
    middle = _first_with_bit(heads, start, stop, bit)
    left = _heads_root(heads, start, middle, bit + 1) if middle > start else NO_LINK
    right = _heads_root(heads, middle, stop, bit + 1) if middle < stop else NO_LINK
    return sha256(_BRANCH_TAG + left + right).digest()


def _first_with_bit(heads: Sequence[tuple[bytes, Head]], start: int, stop: int, bit: int) -> int:
    """Where, in an ascending run, the keys begin whose bit is 1 (most significant bit first)."""
    byte, mask = divmod(bit, 8)
    while start < stop:
        middle = (start + stop) // 2
        if heads[middle][0][byte] & (0x80 >> mask):
            stop = middle
        else:
            start = middle + 1
    return start


def encode_head_index(count: int, root: bytes) -> bytes:
    """The body of annotation 2: ``canonical([number of chains, heads_root])``."""
    return encode([count, root])


def decode_head_index(body: bytes) -> tuple[int, bytes]:
    """Number of chains and heads_root of an annotation 2.

    Raises:
        FormatError: Another shape.
    """
    items = decode(body)
    if type(items) is not list or len(items) != 2 or type(items[0]) is not int or type(items[1]) is not bytes:
        raise FormatError("chain.head_index")
    if not 0 <= items[0] <= MAX_INT or len(items[1]) != 32:
        raise FormatError("chain.head_index")
    return items[0], items[1]
