"""Pass 2: records become statements in a ledger, or in a file for one."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from trustledger.authority.state import ORDER_KIND, names_reserved
from trustledger.collecting import rarely_collecting
from trustledger.errors import FormatError, InputError, PolicyError
from trustledger.interchange.rows import ReadOptions
from trustledger.interchange.upload.evidence import evidence_beside
from trustledger.interchange.upload.reading import PAGE, Check, Reading
from trustledger.interchange.upload.spool import Spool
from trustledger.kinds.registry import Kinds
from trustledger.ledger.prepared import Prepared
from trustledger.ledger.signing import Written, sign_batch
from trustledger.ledger.submission import Submission, write_submission
from trustledger.record import Draft, Opening, Record, kind_bytes, parse_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from trustledger.interchange.upload.evidence import EvidenceFiles
    from trustledger.interchange.upload.reading import Progress
    from trustledger.keys import Signer
    from trustledger.ledger import Card, Ledger
    from trustledger.note import VerifierKey

    Randomness = Callable[[int], bytes]

MAX_STATEMENT: Final = 4_096
"""Records of one statement. The writer's lock is held while a statement is placed: at some 15 µs a record
that is well under a tenth of a second, so other writers are never held up for more than a moment."""
MAX_STATEMENT_BYTES: Final = 1 << 24
"""Bytes of its records, for the same reason where records are large."""
_ORDER: Final = ORDER_KIND.encode()


@dataclass(frozen=True, slots=True)
class Placed:
    """One statement of an upload.

    Attributes:
        entry: Index of its entry.
        records: How many records it added.
        checkpoint: The signed checkpoint that covers it, if the log's key was at hand.
    """

    entry: int
    records: int
    checkpoint: bytes | None


@dataclass(frozen=True, slots=True)
class Uploaded:
    """What became of an upload.

    Attributes:
        new: Records appended.
        existing: Records that stood already with the same content, or stood twice in the files.
        statements: The statements they went in as, in order.
        checked: What pass 1 found.
    """

    new: int
    existing: int
    statements: tuple[Placed, ...]
    checked: Check


@dataclass(frozen=True, slots=True)
class Signed:
    """What `sign` wrote.

    Attributes:
        records: Records signed.
        repeated: Records left out because the files hold them twice.
        statements: How many statements were written.
    """

    records: int
    repeated: int
    statements: int


@rarely_collecting()
def check(  # noqa: PLR0913 -- what a person decides about an upload
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    *,
    party: str | None = None,
    key: VerifierKey | None = None,
    cosigners: Sequence[str] = (),
    cosigner_keys: Sequence[VerifierKey] | None = None,
    ledger: Ledger | None = None,
    kinds: Kinds | None = None,
    evidence: EvidenceFiles = evidence_beside,
    progress: Progress | None = None,
) -> Check:
    """The dry run: everything an upload would find, and nothing appended.

    Args:
        paths: Files of rows: CSV, JSON Lines, EPCIS 2.0 JSON.
        options: What the files do not say themselves.
        party: URI of the party that would sign; ``options.party`` if None.
        key: The public key that would sign for it (`trustledger.keys.Signer.public`); None: not known yet.
        cosigners: URIs of the other parties that would sign.
        cosigner_keys: The other public keys that would sign; None: not known. Thresholds are asked if all are known.
        ledger: Where it would be appended; None compares the files with one another only.
        kinds: Kinds of records; the ledger's, or the project's own, if None.
        evidence: Hashes evidence files.
        progress: Called now and then with ("reading", bytes done, bytes in all).

    Returns:
        Counts, problems, and samples of what was understood. Bad rows are in it; they are not raised.

    Raises:
        FormatError: ``upload.no_party``: a ledger, but nobody whose records to look for.
        PolicyError: The party is not enrolled in the ledger, or the key is not one of its own (asked before
            any file is read, as `upload` does).
        StorageError: The temporary folder is full.
    """
    options = options or ReadOptions()
    party = party or options.party
    if ledger is not None:
        if party is None:
            raise FormatError("upload.no_party")
        keys = _check_party(ledger, party, key, cosigners, cosigner_keys)
    else:
        keys = []
    known = kinds or (ledger.kinds if ledger is not None else Kinds.default())
    # Nothing written here is kept, so its salts need not be random.
    reading = Reading(known, party or NOBODY, bytes, ledger, cosigners=cosigners, keys=keys)
    return reading.read(paths, replace(options, party=options.party or party), evidence, progress)


def _check_party(
    ledger: Ledger,
    party: str,
    key: VerifierKey | None,
    cosigners: Sequence[str],
    cosigner_keys: Sequence[VerifierKey] | None,
) -> list[VerifierKey]:
    """What `upload` asks of its signers, without their private keys; the keys that are known."""
    for uri in (party, *cosigners):
        ledger.appender.check_party(uri)
    ledger.appender.check_kinds(party, cosigners, {})
    if key is not None and key.name != party:
        raise PolicyError("ledger.key_not_of_party", seen=key.key_id, party=party)
    keys = [*([] if key is None else [key]), *(cosigner_keys or ())]
    ledger.appender.check_keys(keys)
    if key is not None and (cosigner_keys is not None or not cosigners):
        ledger.appender.check_thresholds(keys)
    return keys


NOBODY: Final = "urn:uuid:00000000-0000-0000-0000-000000000000"
"""Signs in a dry run without a party."""


@rarely_collecting()
def upload(  # noqa: PLR0913 -- what a person decides about an upload
    ledger: Ledger,
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    *,
    signer: Signer,
    cosigners: Sequence[Signer] = (),
    evidence: EvidenceFiles = evidence_beside,
    progress: Progress | None = None,
    confirm: Callable[[Check], bool] | None = None,
    randomness: Randomness = os.urandom,
) -> Uploaded:
    """Append the records of files, all checked before the first is appended.

    Args:
        ledger: Where to.
        paths: Files of rows: CSV, JSON Lines, EPCIS 2.0 JSON.
        options: What the files do not say themselves; its ``party`` is the signer's if None.
        signer: Signs for the party that speaks.
        cosigners: Other parties that sign too.
        evidence: Hashes evidence files.
        progress: Called with ("reading", bytes done, bytes in all), then ("appending", records done, in all).
        confirm: Asked between the passes, when there is no problem; False appends nothing.
        randomness: Gives fresh random bytes.

    Returns:
        What was appended.

    Raises:
        PolicyError: The party is not enrolled, suspended, or the key is not its own (asked before any file is read); or
            it may not sign a kind of record that it states anew (as soon as one was read).
        InputError: ``upload.problems``: rows to mend; nothing was appended. ``problems`` holds the first
            `trustledger.interchange.upload.problems.MAX_PROBLEMS`, ``facts["count"]`` is their number.
        TrustLedgerError: A statement was refused while appending. Those before it stand; running the same
            upload again goes on from there.
    """
    ledger.appender.check_signers([signer, *cosigners])
    ledger.appender.check_kinds(signer.party, [cosigner.party for cosigner in cosigners], {})
    with closing(Spool()) as spool:
        others = [cosigner.party for cosigner in cosigners]
        keys = [signer.public, *(cosigner.public for cosigner in cosigners)]
        reading = Reading(ledger.kinds, signer.party, randomness, ledger, spool, others, keys)
        checked = _read(reading, paths, options, signer, evidence, progress)
        if confirm is not None and not confirm(checked):
            return Uploaded(0, checked.existing, (), checked)
        placed: list[Placed] = []
        new, existing = 0, checked.existing
        for written in _statements(spool, reading.repeated):
            statement, meanwhile = _place(ledger, written, signer, cosigners)
            existing += meanwhile
            if statement is not None:
                placed.append(statement)
                new += statement.records
            if progress is not None:
                progress("appending", new + existing - checked.existing, checked.new)
    return Uploaded(new, existing, tuple(placed), checked)


@rarely_collecting()
def sign(  # noqa: PLR0913 -- what a person decides about signing
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    *,
    card: Card,
    signer: Signer,
    cosigners: Sequence[Signer] = (),
    elsewhere: Sequence[str] = (),
    out: BinaryIO,
    openings: Callable[[Mapping[bytes, Opening]], None],
    time: int,
    kinds: Kinds | None = None,
    evidence: EvidenceFiles = evidence_beside,
    progress: Progress | None = None,
    randomness: Randomness = os.urandom,
) -> Signed:
    """Sign the records of files for a ledger that is elsewhere; nothing is written unless every row is good.

    Args:
        paths: Files of rows.
        options: What the files do not say themselves; its ``party`` is the signer's if None.
        card: The ledger's public card.
        signer: Signs for the party that speaks.
        cosigners: Further keys of the same party, or of other parties, that sign too.
        elsewhere: URIs of parties that must sign too, on another machine (`trustledger.interchange.upload.cosign`).
        out: Gets the statements, in the form that `trustledger.ledger.read_submissions` reads.
        openings: Keeps what opens sealed values, by commitment. Called before the statement that needs them
        is
            written; what it is given is private.
        time: Milliseconds since 1970-01-01T00:00:00Z, the signer's own clock.
        kinds: Kinds of records; the project's own if None.
        evidence: Hashes evidence files.
        progress: As for `upload`.
        randomness: Gives fresh random bytes.

    Raises:
        InputError: ``upload.problems``, as for `upload`.
    """
    with closing(Spool()) as spool:
        reading = Reading(kinds or Kinds.default(), signer.party, randomness, None, spool)
        checked = _read(reading, paths, options, signer, evidence, progress)
        records = statements = 0
        for written in _statements(spool, reading.repeated):
            signed = sign_batch(
                card,
                written.batch,
                signer,
                time=time,
                cosigners=cosigners,
                cosigner_uris=elsewhere,
                randomness=randomness,
            )
            if written.openings:
                openings(written.openings)
            write_submission(out, Submission(signed, tuple(written.batch.raws)))
            records += len(written.batch.raws)
            statements += 1
            if progress is not None:
                progress("appending", records, checked.new)
    return Signed(records, checked.existing, statements)


def _read(  # noqa: PLR0913, PLR0917 -- handed on as they came
    reading: Reading,
    paths: Sequence[str | Path],
    options: ReadOptions | None,
    signer: Signer,
    evidence: EvidenceFiles,
    progress: Progress | None,
) -> Check:
    """Pass 1, ending in an error if there is anything to mend.

    Raises:
        InputError: ``upload.problems``.
    """
    options = options or ReadOptions()
    checked = reading.read(paths, replace(options, party=options.party or signer.party), evidence, progress)
    if checked.problem_count:
        raise InputError(
            "upload.problems",
            problems=checked.problems,
            count=checked.problem_count,
            rows=checked.to_fix,
            new=checked.new,
            existing=checked.existing,
        )
    return checked


def _statements(spool: Spool, repeated: Sequence[int]) -> Iterator[Written]:
    """What was spooled, without repetitions, in portions of a statement each."""
    batch, openings, size = Prepared(), dict[bytes, Opening](), 0
    number, skipped = 0, iter(repeated)
    skip = next(skipped, -1)
    for page in spool.pages():
        for commitment, pointer, salt, value in page.openings:
            openings[commitment] = Opening(pointer, salt, value)
        correcting = set(page.corrections)
        for at, (raw, leaf, subjects, digest) in enumerate(zip(*page[:4], strict=True)):
            if number == skip:
                skip = next(skipped, -1)
            else:
                if at in correcting:
                    batch.corrections[len(batch.raws)] = _record(raw)
                elif kind_bytes(raw) == _ORDER and names_reserved(order := _record(raw)):
                    batch.authority[len(batch.raws)] = order
                batch.raws.append(raw)
                batch.leaves.append(leaf)
                batch.subjects.append(subjects)
                batch.digests.append(digest)
                size += len(raw)
            number += 1
        if len(batch.raws) + PAGE > MAX_STATEMENT or size >= MAX_STATEMENT_BYTES:
            yield Written(batch, openings)
            batch, openings, size = Prepared(), {}, 0
    if batch.raws:
        yield Written(batch, openings)


def _place(
    ledger: Ledger, written: Written, signer: Signer, cosigners: Sequence[Signer]
) -> tuple[Placed | None, int]:
    """Append one statement; with the number of records that somebody else appended meanwhile."""
    try:
        placement = ledger.appender.place(written, signer, cosigners)
    except PolicyError as error:
        if error.code != "ledger.business_key":
            raise
    else:
        return Placed(placement.entry, placement.records, placement.checkpoint), 0
    # Between the passes another process appended one of these records. `append` looks again, and passes over
    # those that say the same.
    drafts = [_draft(raw, written.openings) for raw in written.batch.raws]
    receipt = ledger.append(drafts, signer=signer, cosigners=cosigners)
    if receipt.entry is None:
        return None, receipt.existing
    return Placed(receipt.entry, receipt.new, receipt.checkpoint), receipt.existing


def _draft(raw: bytes, openings: Mapping[bytes, Opening]) -> Draft:
    """The draft that a record was written from."""
    record = _record(raw)
    seal: dict[str, Any] = {pointer: openings[key].value for pointer, key in record.sealed.items()}
    return Draft(
        record.kind,
        record.occurred_at,
        record.subjects,
        record.data,
        seal,
        record.evidence,
        bool(record.salt),
    )


def _record(raw: bytes) -> Record:
    """A record that was written here a moment ago."""
    record = parse_record(raw)
    if not isinstance(record, Record):
        raise FormatError("record.shape", seen=type(record).__name__)
    return record
