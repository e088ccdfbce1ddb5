"""Which rows stand in the ledger already, even where this machine has less at hand than when they were appended.

An evidence file that was archived since cannot be hashed again, and a sealed value whose opening was lost cannot be
compared again. The sheet did not change for that, and is not refused for that.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Final

from trustledger.errors import FormatError, PolicyError
from trustledger.interchange.rows import Problem
from trustledger.interchange.upload.differences import other_content
from trustledger.ledger.signing import write_records
from trustledger.record import Draft, Evidence, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustledger.interchange.rows import Row
    from trustledger.kinds.registry import EvidenceReader
    from trustledger.ledger import Ledger

_SEARCHED: Final = 1_024
"""Records of a chain that are looked through for one whose evidence files are gone and whose business key is
its whole content, the files' hashes included; so there is no other way to find it."""
_LONGEST_NAME: Final = 255
_LOST: Final = ("upload.evidence_missing", "upload.evidence_unreadable")


class Verdict(Enum):
    """What a comparison found: the record is to be appended, or stands already.

    `UNOPENED`: it stands already as far as can be told, for its sealed values cannot be opened here any more.
    """

    NEW = "new"
    STANDS = "stands"
    UNOPENED = "unopened"


class Lost:
    """Files that cannot be read now. Their place in a draft is held by evidence that is never appended.

    So their row can be compared with what stands before anybody is told to look for a file.
    """

    def __init__(self) -> None:
        self._errors: dict[Evidence, FormatError] = {}

    def forgiving(self, reader: EvidenceReader) -> EvidenceReader:
        """A reader that notes files it cannot read instead of raising."""

        def read(written: str) -> Evidence:
            try:
                return reader(written)
            except FormatError as error:
                name = written.rpartition("/")[2]
                if error.code not in _LOST or len(name.encode("utf-8", "replace")) > _LONGEST_NAME:
                    raise
                stands_for = sha256(b"lost file\0" + written.encode("utf-8", "replace")).digest()
                evidence = Evidence("", name, stands_for, 0)
                self._errors[evidence] = error
                return evidence

        return read

    def problems(self, row: Row, draft: Draft) -> list[Problem]:
        """One for each of a row's files that cannot be read."""
        if not self._errors:
            return []
        return [
            Problem.at(row.locate(f"evidence.{number}"), self._errors[one])
            for number, one in enumerate(draft.evidence)
            if one in self._errors
        ]

    def filled(self, draft: Draft, known: Sequence[Evidence]) -> Draft | None:
        """The draft with known files of the same names for lost ones; None if one of them has no namesake."""
        waiting = [one for one in known if one not in draft.evidence]
        evidence = []
        for one in draft.evidence:
            if one in self._errors:
                match = next((other for other in waiting if other.name == one.name), None)
                if match is None:
                    return None
                waiting.remove(match)
                evidence.append(match)
            else:
                evidence.append(one)
        return replace(draft, evidence=tuple(evidence))

    def forget(self) -> None:
        """Nothing that was read so far is asked for again."""
        self._errors.clear()


class Standing:
    """Compares pages of records with a ledger.

    Args:
        ledger: Where they are to stand.
        party: Who is going to sign.
        lost: The files that could not be read.
        cosigners: The other parties that are going to sign.
    """

    def __init__(self, ledger: Ledger, party: str, lost: Lost, cosigners: Sequence[str] = ()) -> None:
        self._ledger = ledger
        self._party = party
        self._lost = lost
        self._cosigners = tuple(cosigners)

    def compare(
        self, rows: Sequence[Row], drafts: Sequence[Draft], digests: Sequence[bytes]
    ) -> list[Verdict | list[Problem]]:
        """What becomes of each record; a list of problems for one that can neither be appended nor passed over.

        Args:
            rows: The rows.
            drafts: What they say.
            digests: Digests of their business keys.

        Raises:
            VerificationError: What stands in the ledger does not hold.
        """
        found = self._ledger.appender.compare(self._party, drafts, digests, self._cosigners)
        return [self._judge(*one) for one in zip(rows, drafts, found, strict=True)]

    def _judge(
        self, row: Row, draft: Draft, found: tuple[int, int] | PolicyError | None
    ) -> Verdict | list[Problem]:
        if isinstance(found, tuple):
            return Verdict.STANDS
        if draft.evidence and (lost := self._lost.problems(row, draft)):
            return self._judge_lost(row, draft, found, lost)
        return Verdict.NEW if found is None else self._contradicted(row, draft, found)

    def _contradicted(self, row: Row, draft: Draft, error: PolicyError) -> Verdict | list[Problem]:
        if error.code in ("ledger.cosigners", "ledger.erased_differs"):
            return [Problem.at(row.place, error)]
        standing = self._record(error)
        if standing is not None and self._unopened(draft, standing):
            return Verdict.UNOPENED
        return [other_content(self._ledger, row, draft, error)]

    def _judge_lost(
        self, row: Row, draft: Draft, found: PolicyError | None, lost: list[Problem]
    ) -> Verdict | list[Problem]:
        """The same for a row with files that cannot be read: they are taken to be those of the same name."""
        if found is None:
            return Verdict.STANDS if self._stands_in_chain(draft) else lost
        standing = self._record(found)
        filled = None if standing is None else self._lost.filled(draft, standing.evidence)
        if filled is None:
            return lost
        again = self._compare_one(filled)
        if isinstance(again, PolicyError):
            return self._contradicted(row, filled, again)
        return lost if again is None else Verdict.STANDS

    def _stands_in_chain(self, draft: Draft) -> bool:
        """Whether it stands under a business key that only the lost files' hashes could lead to."""
        tried: set[tuple[Evidence, ...]] = set()
        with self._ledger.reading() as reader:
            for placed in islice(reader.chain(draft.subjects[0]), _SEARCHED):
                record = placed.record
                if placed.party != self._party or not isinstance(record, Record) or record.data != draft.data:
                    continue
                filled = self._lost.filled(draft, record.evidence)
                if filled is not None and filled.evidence not in tried:
                    tried.add(filled.evidence)
                    if isinstance(self._compare_one(filled), tuple):
                        return True
        return False

    def _compare_one(self, draft: Draft) -> tuple[int, int] | PolicyError | None:
        digests = write_records([draft], self._party, self._ledger.kinds, bytes).batch.digests
        return self._ledger.appender.compare(self._party, [draft], digests, self._cosigners)[0]

    def _record(self, error: PolicyError) -> Record | None:
        entry, _, position = str(error.facts["ref"]).partition("/")
        record = self._ledger.record(int(entry), int(position)).record
        return record if isinstance(record, Record) else None

    def _unopened(self, draft: Draft, standing: Record) -> bool:
        """All that can be compared agrees, and what cannot is sealed with an opening that is not here."""
        if not draft.seal or set(draft.seal) != set(standing.sealed):
            return False
        if (draft.kind, draft.occurred_at, draft.subjects, draft.data, draft.evidence) != (
            standing.kind, standing.occurred_at, standing.subjects, standing.data, standing.evidence
        ):  # fmt: skip
            return False
        opened = self._ledger.openings(standing)
        return len(opened) < len(draft.seal) and all(
            opening.value == draft.seal[pointer] for pointer, opening in opened.items()
        )
