"""A second signature for a file of signed statements, added on the machine where its key lies."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from trustledger.errors import FormatError, PolicyError
from trustledger.ledger.submission import Submission, read_submissions, write_submission
from trustledger.record import Record, parse_record
from trustledger.statement import Statement, cosign_statement, records_root

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from trustledger.keys import Signer
    from trustledger.ledger import Card


@dataclass(frozen=True, slots=True)
class Cosigned:
    """One statement that was signed once more.

    Attributes:
        statement: What it says of itself.
        signed_by: Whose signature it has now, each party once for every key, in order.
        waits_for: Parties that it names and that have not signed it.
        kinds: How many records of each kind it is about.
        subjects: What they are about, each once, in the order of the records.
    """

    statement: Statement
    signed_by: tuple[str, ...]
    waits_for: tuple[str, ...]
    kinds: Mapping[str, int]
    subjects: tuple[str, ...]


def cosign(file: BinaryIO, *, card: Card, signers: Sequence[Signer], out: BinaryIO) -> Iterator[Cosigned]:
    """Sign the statements of a file too, one after another.

    Nobody signs what cannot be read: the records beside each statement are those that it is about. Whether the
    signatures that it has already hold is the ledger's to say, which alone knows the keys.

    Args:
        file: Statements as `trustledger.interchange.upload.sign` writes them.
        card: The ledger they are for.
        signers: Keys of parties that each statement names.
        out: Gets the statements with the further signatures.

    Yields:
        What was signed.

    Raises:
        PolicyError: ``ledger.other_ledger``.
        FormatError: Not such a file; other records than a statement is about; a party that it does not name.
        NewerFormatError: Made by a later version.
    """
    for submission in read_submissions(file):
        statement = submission.signed.statement
        if (statement.origin, statement.genesis) != (card.origin, card.genesis):
            raise PolicyError("ledger.other_ledger", seen=statement.origin, expected=card.origin)
        seen = len(submission.records)
        if (statement.records, statement.root) != (seen, records_root(submission.records)):
            raise FormatError("ledger.other_records", seen=seen, expected=statement.records)
        signed = cosign_statement(submission.signed, signers)
        write_submission(out, Submission(signed, submission.records))
        by = tuple(line.name for line in signed.lines)
        kinds, subjects = _about(submission.records)
        yield Cosigned(statement, by, tuple(sorted(set(statement.signers) - set(by))), kinds, subjects)


def _about(raws: Iterable[bytes]) -> tuple[Mapping[str, int], tuple[str, ...]]:
    """The kinds of some records, and what they are about."""
    kinds: Counter[str] = Counter()
    subjects: dict[str, None] = {}
    for raw in raws:
        record = parse_record(raw)
        if isinstance(record, Record):
            kinds[record.kind] += 1
            subjects.setdefault(record.subjects[0])
    return dict(sorted(kinds.items())), tuple(subjects)
