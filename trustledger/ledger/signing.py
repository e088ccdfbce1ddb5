"""Making signed statements. Needs the ledger's card and a key, not the ledger: this is the part that works offline."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trustledger import merkle
from trustledger.authority.state import AUTHORITY_KINDS, ORDER_KIND, names_reserved
from trustledger.errors import FormatError
from trustledger.keys import Signer
from trustledger.kinds.registry import Kinds
from trustledger.ledger.card import Card
from trustledger.ledger.checking import check_draft
from trustledger.ledger.prepared import CORRECTION, Prepared, draft_digest
from trustledger.ledger.submission import Submission
from trustledger.record import Draft, Opening, Record, finish_draft, parse_record
from trustledger.statement import ID_BYTES, MAX_RECORDS, Seen, SignedStatement, Statement, sign_statement

Randomness = Callable[[int], bytes]
_GRANTING: Final = AUTHORITY_KINDS | {ORDER_KIND}
"""Kinds whose records may change who may say what."""


@dataclass(frozen=True, slots=True)
class Written:
    """Drafts that became records: the batch, and the openings of its sealed values by commitment."""

    batch: Prepared
    openings: Mapping[bytes, Opening]


def write_records(
    drafts: Iterable[Draft], party: str, kinds: Kinds, randomness: Randomness = os.urandom
) -> Written:
    """Make the bytes of records, their salts and their commitments.

    Args:
        drafts: What to say, in order.
        party: URI of the party that will sign.
        kinds: Kinds of records that may be said.
        randomness: Gives fresh random bytes.

    Raises:
        FormatError: A draft does not make a record, is of an unknown kind, or was made by hand and is not what its
            kind allows; ``facts["position"]`` says which.
    """
    batch = Prepared()
    openings: dict[bytes, Opening] = {}
    add_raw, add_leaf = batch.raws.append, batch.leaves.append
    add_subjects, add_digest = batch.subjects.append, batch.digests.append
    leaf_hash = merkle.leaf_hash
    for position, draft in enumerate(drafts):
        spec = getattr(draft, "checked_by", None)
        try:
            if spec is None or spec is not kinds.spec(draft.kind):
                check_draft(draft, kinds)
                spec = kinds.spec(draft.kind)
            raw, opened = finish_draft(draft, party, randomness)
        except FormatError as error:
            error.facts.setdefault("position", position)
            raise
        leaf = leaf_hash(raw)
        add_raw(raw)
        add_leaf(leaf)
        add_subjects(draft.subjects)
        add_digest(draft_digest(draft, party, spec, leaf))
        if draft.kind in _GRANTING:
            record = parse_record(raw)
            if names_reserved(record):
                batch.authority[position] = record
        elif draft.kind == CORRECTION:
            record = parse_record(raw)
            if isinstance(record, Record):
                batch.corrections[position] = record
        openings.update(opened)
    return Written(batch, openings)


def sign_batch(  # noqa: PLR0913  (each is a line of the statement)
    card: Card,
    batch: Prepared,
    signer: Signer,
    *,
    time: int,
    cosigners: Sequence[Signer] = (),
    cosigner_uris: Sequence[str] = (),
    statement_id: bytes | None = None,
    seen: Seen | None = None,
    randomness: Randomness = os.urandom,
) -> SignedStatement:
    """Sign a batch as one statement.

    Args:
        card: Which ledger it is for.
        batch: The records.
        signer: Signs for the party.
        time: Milliseconds since 1970-01-01T00:00:00Z, the signer's own clock.
        cosigners: Sign too, for their own parties or with another key of the same one.
        cosigner_uris: Parties that must sign too but do so elsewhere; see `trustledger.statement.cosign_statement`.
        statement_id: 16 bytes; the same id makes the same append. Random if None.
        seen: A checkpoint of this ledger that the signer holds.
        randomness: Gives fresh random bytes.

    Raises:
        FormatError: No records, too many, or a limit of the format is broken.
    """
    if not 1 <= len(batch.raws) <= MAX_RECORDS:
        raise FormatError("statement.records", seen=len(batch.raws), expected=MAX_RECORDS)
    others = {cosigner.party for cosigner in cosigners} | set(cosigner_uris)
    statement = Statement(
        card.origin,
        card.genesis,
        signer.party,
        tuple(sorted(others - {signer.party})),
        time,
        randomness(ID_BYTES) if statement_id is None else statement_id,
        seen,
        len(batch.raws),
        merkle.root(batch.leaves),
    )
    return sign_statement(statement, [signer, *cosigners], cosigner_uris)


def make_submission(  # noqa: PLR0913  (each is a line of the statement)
    card: Card,
    drafts: Iterable[Draft],
    signer: Signer,
    *,
    time: int,
    kinds: Kinds | None = None,
    randomness: Randomness = os.urandom,
) -> tuple[Submission, Mapping[bytes, Opening]]:
    """Drafts as a signed statement that another machine can submit, and the openings to keep at home."""
    written = write_records(drafts, signer.party, kinds or Kinds.default(), randomness)
    signed = sign_batch(card, written.batch, signer, time=time, randomness=randomness)
    return Submission(signed, tuple(written.batch.raws)), written.openings
