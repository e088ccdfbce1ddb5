"""A batch on its way into the ledger: record bytes beside what the ledger has to know of each.

Kept as parallel lists, because a batch may hold a million records and each costs microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from trustledger import merkle
from trustledger.authority.state import AUTHORITY_KINDS, ORDER_KIND, names_reserved
from trustledger.encoding import encode
from trustledger.errors import FormatError, PolicyError
from trustledger.kinds.business import business_digest
from trustledger.kinds.registry import Kinds
from trustledger.kinds.spec import KindSpec
from trustledger.ledger.checking import check_record
from trustledger.record import Draft, Record, StoredRecord, kind_bytes, parse_record, refuse_newer
from trustledger.statement import MAX_RECORDS

CORRECTION: Final = "correction"
CONTENT: Final = b"content"
"""First part of a business key that stands for the whole content."""


@dataclass(slots=True)
class Prepared:
    """Records ready to be placed, in order.

    Attributes:
        raws: Record bytes.
        leaves: Their leaf hashes.
        subjects: Their subjects.
        digests: Digests of their business keys.
        authority: Those of an authority kind or that name a subject of the ledger's own, by position.
        corrections: Those that correct another record, by position.
    """

    raws: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    subjects: list[tuple[str, ...]] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    authority: dict[int, StoredRecord] = field(default_factory=dict)
    corrections: dict[int, Record] = field(default_factory=dict)

    def kinds(self) -> dict[str, int]:
        """Each kind that there is a record of, and the first position of one."""
        first: dict[bytes, int] = {}
        for position, raw in enumerate(self.raws):
            first.setdefault(kind_bytes(raw), position)
        return {kind.decode(): position for kind, position in first.items()}

    def keyless(self) -> set[int]:
        """Positions of the records that are no business facts: they change who may say what."""
        found = self.authority.items()
        return {at for at, record in found if isinstance(record, Record) and record.kind in AUTHORITY_KINDS}

    def orders(self) -> set[int]:
        """Positions of the orders that enrol a guest."""
        found = self.authority.items()
        return {at for at, record in found if isinstance(record, Record) and record.kind == ORDER_KIND}

    def records(self, positions: Iterable[int] | None = None) -> Iterator[tuple[int, Record]]:
        """The records at some positions, or all, each with its position."""
        for position in range(len(self.raws)) if positions is None else positions:
            record = parse_record(self.raws[position])
            if isinstance(record, Record):
                yield position, record

    def only(self, chosen: Sequence[int]) -> Prepared:
        """Some of these records, in the order given."""
        places = list(enumerate(chosen))
        return Prepared(
            [self.raws[number] for number in chosen],
            [self.leaves[number] for number in chosen],
            [self.subjects[number] for number in chosen],
            [self.digests[number] for number in chosen],
            {at: self.authority[number] for at, number in places if number in self.authority},
            {at: self.corrections[number] for at, number in places if number in self.corrections},
        )


def parse_batch(raws: Iterable[bytes], party: str, kinds: Kinds) -> Prepared:
    """Read the records of a statement that somebody else made.

    Raises:
        FormatError: Not records, or of a kind that is not registered here.
        NewerFormatError: Records of a later version.
        PolicyError: A withheld record: a new statement has none.
    """
    batch = Prepared()
    for raw in raws:
        record = refuse_newer(parse_record(raw))
        if not isinstance(record, Record):
            raise PolicyError("ledger.withheld_record", position=len(batch.raws))
        if names_reserved(record):
            batch.authority[len(batch.raws)] = record
        if record.kind not in AUTHORITY_KINDS:
            check_record(record, kinds)
            if record.kind == CORRECTION:
                batch.corrections[len(batch.raws)] = record
        batch.raws.append(raw)
        batch.leaves.append(merkle.leaf_hash(raw))
        batch.subjects.append(record.subjects)
        batch.digests.append(record_digest(record, party, kinds.spec(record.kind)))
    if not 1 <= len(batch.raws) <= MAX_RECORDS:
        raise FormatError("statement.records", seen=len(batch.raws), expected=MAX_RECORDS)
    return batch


def fact_kind(kind: str, data: Mapping[str, object]) -> str:
    """The kind that a business key belongs to. An EPCIS event is one fact, whatever kind its records are of."""
    return "event" if type(data.get("event")) is str else kind


def record_digest(record: Record, party: str, spec: KindSpec | None) -> bytes:
    """Digest of a record's business key."""
    if spec is not None:
        parts = spec.business_key_of(record.subjects[0], record.occurred_at, record.data)
        if parts is not None:
            return business_digest(party, fact_kind(record.kind, record.data), parts)
    if not record.salt and not record.sealed:
        return business_digest(party, record.kind, (CONTENT, record.hash))
    content = _unsalted(record.kind, record.occurred_at, record.subjects, record.data, sorted(record.sealed))
    return business_digest(party, record.kind, (CONTENT, content))


def draft_digest(draft: Draft, party: str, spec: KindSpec | None, leaf: bytes) -> bytes:
    """Digest of a draft's business key, as its kind defines it; ``leaf`` is the hash of the record it became."""
    parts = None if spec is None else spec.business_key_of(draft.subjects[0], draft.occurred_at, draft.data)
    if parts is not None:
        return business_digest(party, fact_kind(draft.kind, draft.data), parts)
    if not draft.salted and not draft.seal:
        return business_digest(party, draft.kind, (CONTENT, leaf))
    content = _unsalted(draft.kind, draft.occurred_at, draft.subjects, draft.data, sorted(draft.seal))
    return business_digest(party, draft.kind, (CONTENT, content))


def _unsalted(kind: str, occurred_at: int, subjects: Sequence[str], data: object, sealed: list[str]) -> bytes:
    """Hash of what two records share that differ only in their random bytes and their evidence files."""
    return sha256(encode([kind, occurred_at, subjects, data, sealed])).digest()
