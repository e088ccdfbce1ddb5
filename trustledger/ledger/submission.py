r"""A signed statement as a file: made on one machine, submitted on another.

::

    trustledger/submission@v1 <bytes of the note> <number of records>\n
    the note
    the records, each with its length as two big-endian bytes before it

Several submissions may follow one another in a file; each is placed whole or not at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from trustledger.errors import FormatError, NewerFormatError
from trustledger.statement import MAX_NOTE, MAX_RECORDS, SignedStatement, parse_statement

MAGIC: Final = b"trustledger/submission@"
_LINE: Final = re.compile(rb"trustledger/submission@v1 ([1-9][0-9]{0,4}) ([1-9][0-9]{0,6})\n")
_LONGEST_LINE: Final = 64


@dataclass(frozen=True, slots=True)
class Submission:
    """A signed statement and the bytes of its records."""

    signed: SignedStatement
    records: tuple[bytes, ...]


def write_submission(file: BinaryIO, submission: Submission) -> None:
    """Append one submission to an open file."""
    note = submission.signed.raw
    file.write(b"trustledger/submission@v1 %d %d\n" % (len(note), len(submission.records)))
    file.write(note)
    for raw in submission.records:
        file.write(len(raw).to_bytes(2, "big"))
        file.write(raw)


def read_submissions(file: BinaryIO) -> Iterator[Submission]:
    """Read the submissions of a file one after another; memory is bounded by the largest.

    Raises:
        FormatError: Not such a file, or cut short; says at which submission.
        NewerFormatError: Made by a later version.
    """
    number = 0
    while line := file.readline(_LONGEST_LINE):
        number += 1
        yield _read_one(file, line, number)
    if not number:
        raise FormatError("submission.empty")


def _read_one(file: BinaryIO, line: bytes, number: int) -> Submission:
    match = _LINE.fullmatch(line)
    if match is None:
        if line.startswith(MAGIC) and not line.startswith(MAGIC + b"v1 "):
            raise NewerFormatError("submission.newer", seen=line[:40].decode("ascii", "replace"))
        raise FormatError("submission.line", number=number)
    note_bytes, count = int(match[1]), int(match[2])
    if note_bytes > MAX_NOTE or count > MAX_RECORDS:
        raise FormatError("submission.line", number=number)
    signed = parse_statement(_take(file, note_bytes, number))
    records = tuple(_take(file, int.from_bytes(_take(file, 2, number), "big"), number) for _ in range(count))
    return Submission(signed, records)


def _take(file: BinaryIO, count: int, number: int) -> bytes:
    raw = file.read(count)
    if len(raw) != count:
        raise FormatError("submission.cut_short", number=number)
    return raw
