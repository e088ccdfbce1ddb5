"""How the ledger lays its bytes out in a store: tables, keys and values. Everything here is big-endian.

Only ``entries`` and ``bundles`` hold what cannot be computed again. All the others are indexes derived from them, kept
so that nothing is ever found by scanning; an audit computes each of them again and compares.

==============  ===============================================  =====================================================
table           key                                              value
==============  ===============================================  =====================================================
``meta``        ``"schema"``                                     version of this layout
``meta``        ``"withheld"``                                   how many records were withheld, u64, if any were
``entries``     entry u64                                        entry bytes: a leaf of the log
``bundles``     entry u64 ‖ chunk u32                            records, each with its length as u16 before it
``nodes``       stored hash index u64                            one hash of the log's tree
``links``       entry u64 ‖ chunk u32                            links, 32 bytes each
``roots``       entry u64 ‖ ``"r"`` or ``"l"``                   roots of the record or link chunks, 32 bytes each
``heads``       SHA-256(subject)                                 length u64 ‖ last link ‖ link before it ‖ last run
``runs``        SHA-256(subject) ‖ first ordinal u64             last link of the run ‖ run
``ids``         SHA-256(party) ‖ id                              entry u64
``business``    digest of party, kind and business key           entry u64 ‖ position u32
``keys``        SHA-256 of a public key, or of name and key ID   the holder's URI
``parties``     the party's URI                                  entry u64 that enrolled it
``checkpoints`` ``"latest"``                                     signed checkpoint
==============  ===============================================  =====================================================

A *run* is what one statement added to one chain: entry u64 ‖ index of its last link in the entry u32 ‖ positions of its
records, u32 each. A chain's last run stands in ``heads``, so a chain touched by one statement costs one write.

A chunk of records is a complete subtree of the statement's tree (but for the last), so one record is verified by
hashing its chunk and folding the roots of the others, not by hashing the whole statement. The same holds for links.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from trustledger import merkle
from trustledger.chain import Head
from trustledger.errors import CorruptStoreError
from trustledger.note import VerifierKey
from trustledger.record import Withheld, parse_record

TABLES: Final = (
    "meta",
    "entries",
    "bundles",
    "nodes",
    "links",
    "roots",
    "heads",
    "runs",
    "ids",
    "business",
    "keys",
    "parties",
    "checkpoints",
)
SCHEMA_KEY: Final = b"schema"
SCHEMA: Final = b"1"
WITHHELD: Final = b"withheld"
"""Key of how many records were withheld; absent while there are none."""
LATEST: Final = b"latest"

RECORD_HEIGHT: Final = 6
"""A chunk of records holds 2⁶: some 16 kB, read and hashed in about 50 µs to get at one of them."""
LINK_HEIGHT: Final = 8
"""A chunk of links holds 2⁸: 8 kB."""
RECORDS_PER_CHUNK: Final = 1 << RECORD_HEIGHT
LINKS_PER_CHUNK: Final = 1 << LINK_HEIGHT

_U64: Final = struct.Struct(">Q")
_CHUNK: Final = struct.Struct(">QI")
_HEAD: Final = struct.Struct(">Q32s32s")
_RUN: Final = struct.Struct(">QI")
_SHORT_HEAD: Final = struct.Struct(">Q32s32sQII")
_STORE_HEAD: Final = struct.Struct(">Q32sq")

u64 = _U64.pack
chunk_key = _CHUNK.pack
place_value = _CHUNK.pack


class StoreHead(NamedTuple):
    """The store's head: what a commit compares and swaps.

    Attributes:
        size: Entries in the log.
        root: Root of the log.
        sequenced_at: Time of the last entry, in milliseconds.
    """

    size: int
    root: bytes
    sequenced_at: int

    def pack(self) -> bytes:
        """The bytes kept by the store."""
        return _STORE_HEAD.pack(*self)

    @classmethod
    def unpack(cls, raw: bytes) -> StoreHead:
        """Read what `pack` wrote.

        Raises:
            CorruptStoreError: Something else stands there.
        """
        if len(raw) != _STORE_HEAD.size:
            raise CorruptStoreError("ledger.bad_value", table="head", key="")
        return cls(*_STORE_HEAD.unpack(raw))


class Run(NamedTuple):
    """What one statement added to one chain.

    Attributes:
        entry: Index of the entry.
        last_link: Index of the run's last link among the entry's links.
        positions: Positions of the records in the statement, ascending.
    """

    entry: int
    last_link: int
    positions: tuple[int, ...]


class ChainHead(NamedTuple):
    """The end of a chain: its length, its last link, the link before that, and its last run."""

    length: int
    link: bytes
    previous: bytes
    run: bytes

    @property
    def first(self) -> int:
        """Ordinal of the first link of the last run."""
        return self.length - (len(self.run) - _RUN.size) // 4


def pack_head(head: Head, entry: int, last_link: int, positions: Sequence[int]) -> bytes:
    """Value of ``heads``."""
    if len(positions) == 1:
        return _SHORT_HEAD.pack(*head, entry, last_link, positions[0])
    return _HEAD.pack(*head) + _RUN.pack(entry, last_link) + struct.pack(f">{len(positions)}I", *positions)


def positions_by_chain(
    subjects: Sequence[Sequence[bytes]],
) -> tuple[dict[bytes, list[int]], dict[bytes, int]]:
    """Which records of a statement stand in which chain.

    Args:
        subjects: For each record in order, its subjects' hashes.

    Returns:
        By chain, the positions of its records, and the index of the last of their links among the entry's links.
    """
    positions: dict[bytes, list[int]] = {}
    last_link: dict[bytes, int] = {}
    get, number = positions.get, 0
    for position, group in enumerate(subjects):
        for key in group:
            found = get(key)
            if found is None:
                positions[key] = [position]
            else:
                found.append(position)
            last_link[key] = number
            number += 1
    return positions, last_link


def unpack_head(raw: bytes) -> ChainHead:
    """Read a value of ``heads``.

    Raises:
        CorruptStoreError: Not what `pack_head` writes.
    """
    if len(raw) < _SHORT_HEAD.size or len(raw) % 4:
        raise CorruptStoreError("ledger.bad_value", table="heads", key="")
    length, link, previous = _HEAD.unpack_from(raw)
    head = ChainHead(length, link, previous, raw[_HEAD.size :])
    if head.first < 0:
        raise CorruptStoreError("ledger.bad_value", table="heads", key="")
    return head


def unpack_run(raw: bytes) -> Run:
    """Read a run.

    Raises:
        CorruptStoreError: Not a run.
    """
    count, rest = divmod(len(raw) - _RUN.size, 4)
    if count < 1 or rest:
        raise CorruptStoreError("ledger.bad_value", table="runs", key="")
    entry, last_link = _RUN.unpack_from(raw)
    return Run(entry, last_link, struct.unpack_from(f">{count}I", raw, _RUN.size))


def pack_old_run(link: bytes, run: bytes) -> bytes:
    """Value of ``runs``: the last link of a run that is no longer a chain's last, and the run."""
    return link + run


def unpack_place(raw: bytes) -> tuple[int, int]:
    """Entry and position.

    Raises:
        CorruptStoreError: Not a place.
    """
    if len(raw) != _CHUNK.size:
        raise CorruptStoreError("ledger.bad_value", table="business", key="")
    entry, position = _CHUNK.unpack(raw)
    return entry, position


def unpack_u64(raw: bytes) -> int:
    """An entry index.

    Raises:
        CorruptStoreError: Not 8 bytes.
    """
    if len(raw) != 8:
        raise CorruptStoreError("ledger.bad_value", table="", key="")
    return int.from_bytes(raw, "big")


def pack_bundle(records: Sequence[bytes]) -> bytes:
    """Records with their lengths before them, as tiles carry them (format v1, section 5)."""
    parts = []
    for raw in records:
        parts.append(len(raw).to_bytes(2, "big"))
        parts.append(raw)
    return b"".join(parts)


def unpack_bundle(raw: bytes) -> list[bytes]:
    """Read what `pack_bundle` wrote.

    Raises:
        CorruptStoreError: A length leads beyond the end, or there is no record.
    """
    records, at, end = [], 0, len(raw)
    while at + 2 <= end:
        start = at + 2
        at = start + (raw[start - 2] << 8 | raw[start - 1])
        records.append(raw[start:at])
    if at != end or not records:
        raise CorruptStoreError("ledger.bad_value", table="bundles", key="")
    return records


def split_hashes(raw: bytes) -> list[bytes]:
    """32-byte hashes that were joined.

    Raises:
        CorruptStoreError: Not a whole number of them.
    """
    if len(raw) % 32 or not raw:
        raise CorruptStoreError("ledger.bad_value", table="links", key="")
    return [raw[at : at + 32] for at in range(0, len(raw), 32)]


def id_key(party: str, statement_id: bytes) -> bytes:
    """Key of ``ids``."""
    return sha256(party.encode()).digest() + statement_id


def key_keys(key: VerifierKey) -> tuple[bytes, bytes]:
    """The two keys of ``keys`` under which a public key is found: by itself, and by its name and ID."""
    return (
        sha256(b"public\0" + key.public).digest(),
        sha256(b"id\0" + key.key_id + key.name.encode()).digest(),
    )


def chunks(items: Sequence[bytes], size: int) -> Iterator[tuple[int, Sequence[bytes]]]:
    """Consecutive groups of ``size`` items with their numbers."""
    for number, start in enumerate(range(0, len(items), size)):
        yield number, items[start : start + size]


def leaf_of(raw: bytes) -> bytes:
    """A stored record's leaf hash; a withheld record's stand-in carries it."""
    if raw[:2] == b"\x93\x00":  # canonical for an array of three that begins with 0
        record = parse_record(raw)
        if isinstance(record, Withheld):
            return record.hash
    return merkle.leaf_hash(raw)
