"""Pass 2: drafts become statements in a ledger, or in a file for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from trustledger.interchange.upload.evidence import EvidenceFiles, evidence_beside
from trustledger.interchange.upload.reading import Check, Progress

if TYPE_CHECKING:
    from trustledger.interchange.rows import ReadOptions
    from trustledger.keys import Signer
    from trustledger.kinds.registry import Kinds
    from trustledger.ledger import Card, Ledger
    from trustledger.record import Opening

MAX_STATEMENT: Final = 4_096
"""Records of one statement. The writer's lock is held while a statement is placed: at some 15 µs a record that is well
under a tenth of a second, so other writers are never held up for more than a moment."""


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
    """

    new: int
    existing: int
    statements: tuple[Placed, ...]


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


def check(
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    *,
    party: str | None = None,
    ledger: Ledger | None = None,
    kinds: Kinds | None = None,
    evidence: EvidenceFiles = evidence_beside,
    progress: Progress | None = None,
) -> Check:
    """The dry run: everything an upload would find, and nothing appended.

    Args:
        paths: Files of rows: CSV, JSON Lines, EPCIS 2.0 JSON.
        options: What the files do not say themselves; its ``party`` is ``party`` if None.
        party: URI of the party that would sign; needed to compare with a ledger.
        ledger: Where it would be appended; None compares the files with one another only.
        kinds: Kinds of records; the ledger's, or the project's own, if None.
        evidence: Hashes evidence files.
        progress: Called now and then with ("reading", bytes done, bytes in all).

    Returns:
        Counts, problems, and samples of what was understood. Bad rows are in it; they are not raised.

    Raises:
        PolicyError: The party is not enrolled in the ledger (asked before any file is read).
        StorageError: The temporary folder is full.
    """
    raise NotImplementedError


def upload(
    ledger: Ledger,
    paths: Sequence[str | Path],
    options: ReadOptions | None = None,
    *,
    signer: Signer,
    cosigners: Sequence[Signer] = (),
    evidence: EvidenceFiles = evidence_beside,
    progress: Progress | None = None,
    confirm: Callable[[Check], bool] | None = None,
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

    Returns:
        What was appended.

    Raises:
        PolicyError: The party is not enrolled or the key is not its own (asked before any file is read).
        InputError: ``upload.problems``: rows to mend; nothing was appended. ``problems`` holds the first
            `trustledger.interchange.upload.reading.MAX_PROBLEMS`, ``facts["count"]`` is their number.
        TrustLedgerError: A statement was refused while appending. Those before it stand; running the same upload
            again goes on from there.
    """
    raise NotImplementedError


def sign(
    paths: Iterable[str | Path],
    options: ReadOptions | None = None,
    *,
    card: Card,
    signer: Signer,
    out: BinaryIO,
    openings: Callable[[Mapping[bytes, Opening]], None],
    time: int,
    kinds: Kinds | None = None,
    evidence: EvidenceFiles = evidence_beside,
    progress: Progress | None = None,
) -> Signed:
    """Sign the records of files for a ledger that is elsewhere; nothing is written unless every row is good.

    Args:
        paths: Files of rows.
        options: What the files do not say themselves; its ``party`` is the signer's if None.
        card: The ledger's public card.
        signer: Signs for the party that speaks.
        out: Gets the statements, in the form that `trustledger.ledger.read_submissions` reads.
        openings: Keeps what opens sealed values, by commitment. Called before the statement that needs them is
            written; what it is given is private.
        time: Milliseconds since 1970-01-01T00:00:00Z, the signer's own clock.
        kinds: Kinds of records; the project's own if None.
        evidence: Hashes evidence files.
        progress: As for `upload`.

    Raises:
        InputError: ``upload.problems``, as for `upload`.
    """
    raise NotImplementedError
