"""The records of one statement, read fast: an audit spends most of its time here.

What `trustledger.record.parse_record` asks of one record is asked here of a chunk of them. Decoding each and encoding
all of them again in one go gives the same answer as one by one: canonical bytes are the shortest, so a record's own
could only be longer; and no complete MessagePack value is the beginning of another, so if the joined bytes are equal,
each is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

import msgpack

from trustledger import merkle
from trustledger.audit.report import AuditReport
from trustledger.authority.registration import check_subject_allowed
from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.encoding import is_plain
from trustledger.errors import FormatError, TrustLedgerError
from trustledger.kinds.registry import Kinds
from trustledger.ledger.prepared import record_digest
from trustledger.ledger.tables import RECORDS_PER_CHUNK, business_digest
from trustledger.record import NewerRecord, Record, StoredRecord, Withheld, check_v1, parse_record, read_record
from trustledger.subject import subject_hash

_FAST: dict[str, int] = {"max_array_len": 512, "max_map_len": 256, "max_ext_len": 0}


@dataclass(slots=True)
class Batch:
    """What an audit needs of a statement's records, in order.

    Attributes:
        leaves: Leaf hashes.
        subjects: Hashes of the subjects of each.
        digests: Digest of each business key; None where it cannot be known.
        special: Records of authority kinds, of reserved subjects, withheld or newer, by position.
        kinds: Kinds that occur, with the first position of each.
        sealed: Records with sealed values, by position.
        corrections: Corrections, by position.
        withheld: How many are withheld.
        unknown: How many are of kinds the auditor does not know.
    """

    leaves: list[bytes] = field(default_factory=list)
    subjects: list[tuple[bytes, ...]] = field(default_factory=list)
    digests: list[bytes | None] = field(default_factory=list)
    special: dict[int, StoredRecord] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    sealed: dict[int, Record] = field(default_factory=dict)
    corrections: dict[int, Record] = field(default_factory=dict)
    withheld: int = 0
    unknown: int = 0


class BatchReader:
    """Reads the records of statements, one chunk at a time.

    Args:
        kinds: The kinds the auditor knows; business keys of others are not checked.
        report: Takes faults, each with its position.
    """

    def __init__(self, kinds: Kinds, report: AuditReport) -> None:
        self._kinds = kinds
        self._report = report
        self._party = ""
        self._batch = Batch()

    def start(self, party: str) -> Batch:
        """Begin a statement by ``party``."""
        self._party, self._batch = party, Batch()
        return self._batch

    def read(self, entry: int, raws: Sequence[bytes]) -> None:
        """Read the next chunk."""
        items = _decode(raws)
        if items is not None:
            try:
                for raw, item in zip(raws, items, strict=True):
                    self._add_v1(raw, item)
            except TrustLedgerError:
                self._forget_beyond(entry, raws)
            else:
                return
        for raw in raws:
            self._add_slowly(entry, raw)

    def _forget_beyond(self, entry: int, raws: Sequence[bytes]) -> None:
        """Take back what part of a chunk was read, so that it can be read again slowly."""
        batch = self._batch
        start = len(batch.leaves) - len(batch.leaves) % RECORDS_PER_CHUNK
        del batch.leaves[start:], batch.subjects[start:], batch.digests[start:]
        for positions in (batch.special, batch.sealed, batch.corrections):
            for position in [position for position in positions if position >= start]:
                del positions[position]

    def _add_v1(self, raw: bytes, items: list[Any]) -> None:
        """A record of version 1, not of the ledger's own; anything else is left to the slow path."""
        check_v1(items)
        batch, subjects, kind = self._batch, items[3], items[1]
        position = len(batch.leaves)
        if kind in AUTHORITY_KINDS:
            raise FormatError("record.shape", seen=kind)
        keys = tuple(map(_allowed_key, subjects))
        leaf = sha256(b"\x00" + raw).digest()
        spec = self._kinds.spec(kind)
        if spec is None:
            digest = None
            batch.unknown += 1
        else:
            parts = spec.business_key_of(subjects[0], items[2], items[4])
            if parts is not None:
                digest = business_digest(self._party, kind, parts)
            else:
                record = read_record(items, raw)
                digest = record_digest(record, self._party, spec) if isinstance(record, Record) else None
        if kind not in batch.kinds:
            batch.kinds[kind] = position
        if items[5] or kind == "correction":
            self._remember(position, raw, items)
        batch.leaves.append(leaf)
        batch.subjects.append(keys)
        batch.digests.append(digest)

    def _remember(self, position: int, raw: bytes, items: list[Any]) -> None:
        record = read_record(items, raw)
        if isinstance(record, Record):
            if record.sealed:
                self._batch.sealed[position] = record
            if record.kind == "correction":
                self._batch.corrections[position] = record

    def _add_slowly(self, entry: int, raw: bytes) -> None:
        """Any record; a broken one is a fault, and its leaf hash still counts, so that the root says so too."""
        batch = self._batch
        position = len(batch.leaves)
        try:
            record = parse_record(raw)
            if not isinstance(record, Withheld) and record.kind not in AUTHORITY_KINDS:
                for uri in record.subjects:
                    check_subject_allowed(uri, position)
        except TrustLedgerError as error:
            self._report.add_fault(error, entry, position)
            batch.leaves.append(merkle.leaf_hash(raw))
            batch.subjects.append(())
            batch.digests.append(None)
            return
        digest = None
        if isinstance(record, Withheld):
            batch.withheld += 1
        elif isinstance(record, Record) and record.kind not in AUTHORITY_KINDS:
            spec = self._kinds.spec(record.kind)
            batch.unknown += spec is None
            digest = None if spec is None else record_digest(record, self._party, spec)
            batch.kinds.setdefault(record.kind, position)
            if record.sealed:
                batch.sealed[position] = record
            if record.kind == "correction":
                batch.corrections[position] = record
        if isinstance(record, Withheld | NewerRecord) or record.kind in AUTHORITY_KINDS:
            batch.special[position] = record
        batch.leaves.append(record.hash)
        batch.subjects.append(record.subject_hashes)
        batch.digests.append(digest)


@lru_cache(maxsize=65_536)
def _allowed_key(uri: str) -> bytes:
    """The key of a subject's chain, for a subject that the registration policy lets stand."""
    check_subject_allowed(uri)
    return subject_hash(uri)


def _decode(raws: Sequence[bytes]) -> list[Any] | None:
    """The values of canonical bytes, all of them arrays that begin with 1; None if any is not, or is unusual."""
    unpack = msgpack.unpackb
    try:
        items = [unpack(raw, **_FAST) for raw in raws]
        for item in items:
            if type(item) is not list or item[0] != 1 or type(item[0]) is not int or not is_plain(item, 1):
                return None
    except (ValueError, IndexError, msgpack.UnpackException):
        return None
    packed: bytes = msgpack.packb(items)
    joined = b"".join(raws)
    return items if packed[-len(joined) :] == joined and len(packed) - len(joined) in (1, 3, 5) else None
