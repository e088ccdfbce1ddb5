"""A batch on its way into the ledger: record bytes beside what the ledger has to know of each.

Kept as parallel lists, because a batch may hold a million records and each costs microseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final

from trustledger import merkle
from trustledger.encoding import encode
from trustledger.errors import FormatError, InputError, PolicyError
from trustledger.kinds.registry import Kinds
from trustledger.kinds.spec import KindSpec
from trustledger.ledger.tables import business_digest
from trustledger.record import Draft, Evidence, Record, StoredRecord, parse_record, refuse_newer
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
        authority: Those of an authority kind, by position.
        corrections: Those that correct another record, by position.
    """

    raws: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    subjects: list[tuple[str, ...]] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    authority: dict[int, StoredRecord] = field(default_factory=dict)
    corrections: dict[int, Record] = field(default_factory=dict)


def parse_batch(raws: Iterable[bytes], party: str, kinds: Kinds, authority_kinds: frozenset[str]) -> Prepared:
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
        if record.kind in authority_kinds:
            batch.authority[len(batch.raws)] = record
        else:
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


def check_record(record: Record, kinds: Kinds) -> None:
    """What the kind asks of a record that was made elsewhere, as if it had come as a row.

    Of a sealed value only the place is known; what the kind asks of it is the signer's word.

    Raises:
        FormatError: The kind is not registered here, the data is not what it allows, or the record does not stand in
            the chain of a lot or product that it is about.
    """
    if kinds.spec(record.kind) is None:
        raise FormatError("ledger.unknown_kind", seen=record.kind, expected=", ".join(kinds.names))
    row = {
        "kind": record.kind,
        "subject": record.subjects[0],
        "also": list(record.subjects[1:]),
        "occurred_at": record.occurred_at,
        "data": record.data,
        "evidence": [_plain_evidence(item) for item in record.evidence],
    }
    try:
        draft = kinds.draft(row)
    except InputError as error:
        hidden = {"data" + pointer.replace("/", ".") for pointer in record.sealed}
        left = [problem for problem in error.problems if problem.facts.get("at") not in hidden]
        if left or not hidden:
            raise
        return
    if draft.subjects != record.subjects:
        missing = sorted(set(draft.subjects) - set(record.subjects))
        raise FormatError("ledger.subjects_missing", seen=record.subjects[0], expected=", ".join(missing))
    if draft.data != record.data:
        raise FormatError("ledger.data_form", seen=record.kind)
    if draft.salted and not record.salt:
        raise FormatError("ledger.salt_missing", seen=record.kind)


def _plain_evidence(item: Evidence) -> dict[str, object]:
    return {"media_type": item.media_type, "name": item.name, "sha256": item.sha256.hex(), "size": item.size}


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
