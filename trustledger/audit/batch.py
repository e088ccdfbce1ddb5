"""The records of one statement, read fast: an audit spends most of its time here.

What `trustledger.record.parse_record` asks of one record is asked here of a chunk of them. Decoding each and encoding
all of them again in one go gives the same answer as one by one: canonical bytes are the shortest, so a record's own
could only be longer; and no complete MessagePack value is the beginning of another, so if the joined bytes are equal,
each is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

import msgpack

from trustledger import merkle
from trustledger.audit.report import AuditReport
from trustledger.authority.registration import allowed_keys, check_subjects_allowed, touches
from trustledger.authority.state import AUTHORITY_KINDS, ORDER_KIND, names_reserved
from trustledger.encoding import check_time, is_plain
from trustledger.errors import NewerFormatError, TrustLedgerError
from trustledger.gs1 import product_of_plain_lot
from trustledger.kinds.business import business_digest
from trustledger.kinds.registry import Kinds
from trustledger.ledger.prepared import fact_kind, record_digest
from trustledger.record import (
    NewerRecord,
    Record,
    StoredRecord,
    Withheld,
    check_kind,
    check_order,
    parse_record,
    read_record,
)

CORRECTION: Final = "correction"
LISTING: Final = "listing"
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
        newer: Positions of records of a later version, whose business key nobody here knows.
        touching: Positions of the records whose secondary subjects are not all classes of the primary one.
        listings: Products that are offered and who is said to sell them, by position.
        unknown: Positions of records whose business key cannot be computed: erased, or of a kind not known here.
    """

    leaves: list[bytes] = field(default_factory=list)
    subjects: list[tuple[bytes, ...]] = field(default_factory=list)
    digests: list[bytes | None] = field(default_factory=list)
    special: dict[int, StoredRecord] = field(default_factory=dict)
    kinds: dict[str, int] = field(default_factory=dict)
    sealed: dict[int, Record] = field(default_factory=dict)
    corrections: dict[int, Record] = field(default_factory=dict)
    withheld: int = 0
    touching: list[int] = field(default_factory=list)
    listings: dict[int, tuple[str, object]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    newer: list[int] = field(default_factory=list)


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
        start = len(self._batch.leaves)
        items = _decode(raws)
        if items is not None:
            try:
                for raw, item in zip(raws, items, strict=True):
                    self._add_usual(raw, item)
            except (TrustLedgerError, TypeError, ValueError):
                self._forget_from(start)
            else:
                return
        for raw in raws:
            self._add_any(entry, raw)

    def _forget_from(self, start: int) -> None:
        """Take back what was read of a chunk that is not as usual; it is read again with full care."""
        batch = self._batch
        del batch.leaves[start:], batch.subjects[start:], batch.digests[start:]
        for positions in (batch.special, batch.sealed, batch.corrections, batch.listings):
            for position in [position for position in positions if position >= start]:
                del positions[position]
        batch.unknown = [position for position in batch.unknown if position < start]
        batch.touching = [position for position in batch.touching if position < start]
        batch.kinds = {kind: position for kind, position in batch.kinds.items() if position < start}

    def _add_usual(self, raw: bytes, items: list[Any]) -> None:
        """A record of version 1 that is not of the ledger's own. Raises for anything else, and says no more."""
        _, kind, occurred_at, subjects, data, sealed, evidence, salt = items
        if type(subjects) is not list or type(data) is not dict or kind in AUTHORITY_KINDS:
            raise TypeError
        if not is_plain(data, 2):
            raise TypeError
        check_time(occurred_at)
        check_order(subjects)
        product = product_of_plain_lot(subjects[0])
        keys = allowed_keys(subjects, product)
        batch = self._batch
        position = len(batch.leaves)
        if len(subjects) > 1 and subjects[1:] != [product] and touches(subjects):
            batch.touching.append(position)
        if sealed != {} or evidence != [] or salt != b"" or kind == CORRECTION:
            if not is_plain(items, 1):
                raise TypeError
            self._remember(position, raw, items)
        if kind == LISTING:
            batch.listings[position] = subjects[0], data.get("merchant")
        batch.leaves.append(sha256(b"\x00" + raw).digest())
        batch.subjects.append(keys)
        batch.digests.append(self._digest(raw, items, position))

    def _digest(self, raw: bytes, items: list[Any], position: int) -> bytes | None:
        """The digest of a business key, if the kind is known here."""
        kind, batch = items[1], self._batch
        if kind not in batch.kinds:
            batch.kinds[check_kind(kind)] = position
        spec = self._kinds.spec(kind)
        if spec is None:
            batch.unknown.append(position)
            return None
        parts = spec.business_key_of(items[3][0], items[2], items[4])
        if parts is not None:
            return business_digest(self._party, fact_kind(kind, items[4]), parts)
        record = read_record(items, raw)
        return record_digest(record, self._party, spec) if isinstance(record, Record) else None

    def _remember(self, position: int, raw: bytes, items: list[Any]) -> None:
        record = read_record(items, raw)
        if isinstance(record, Record):
            if record.sealed:
                self._batch.sealed[position] = record
            if record.kind == CORRECTION:
                self._batch.corrections[position] = record

    def _add_any(self, entry: int, raw: bytes) -> None:
        """Any record; a broken one is a fault, and its leaf hash still counts, so that the root says so too."""
        batch = self._batch
        position = len(batch.leaves)
        try:
            record = parse_record(raw)
            if not isinstance(record, Withheld) and record.kind not in AUTHORITY_KINDS:
                check_subjects_allowed(record.subjects, position, guest=record.kind == ORDER_KIND)
                if len(record.subjects) > 1 and touches(record.subjects):
                    batch.touching.append(position)
        except TrustLedgerError as error:
            self._report.add_fault(error, entry, position)
            batch.leaves.append(merkle.leaf_hash(raw))
            batch.subjects.append(())
            batch.digests.append(None)
            return
        digest = None
        if isinstance(record, Withheld):
            batch.withheld += 1
            batch.unknown.append(position)
        elif isinstance(record, NewerRecord):
            newer = NewerFormatError("record.newer", seen=record.version, expected=1)
            self._report.add_fault(newer, entry, position)
            batch.newer.append(position)
        elif record.kind not in AUTHORITY_KINDS:
            spec = self._kinds.spec(record.kind)
            if spec is None:
                batch.unknown.append(position)
            digest = None if spec is None else record_digest(record, self._party, spec)
            if record.sealed:
                batch.sealed[position] = record
            if record.kind == CORRECTION:
                batch.corrections[position] = record
            if record.kind == LISTING:
                batch.listings[position] = record.subjects[0], record.data.get("merchant")
        if not isinstance(record, Withheld | NewerRecord):
            batch.kinds.setdefault(record.kind, position)
        if isinstance(record, Withheld) or names_reserved(record):
            batch.special[position] = record
        batch.leaves.append(record.hash)
        batch.subjects.append(record.subject_hashes)
        batch.digests.append(digest)


def _decode(raws: Sequence[bytes]) -> list[Any] | None:
    """What the bytes of a chunk say, if all are arrays that begin with 1 and would be written so again; else None.

    That they hold only what the format allows is left to be asked of each.
    """
    unpack = msgpack.unpackb
    try:
        items = [unpack(raw, **_FAST) for raw in raws]
        for item in items:
            if type(item) is not list or item[0] != 1 or type(item[0]) is not int:
                return None
        packed: bytes = msgpack.packb(items)
    except (
        ValueError,
        IndexError,
        msgpack.UnpackException,
    ):  # also a nesting that the encoder does not follow
        return None
    joined = b"".join(raws)
    return items if packed[-len(joined) :] == joined and len(packed) - len(joined) in (1, 3, 5) else None
