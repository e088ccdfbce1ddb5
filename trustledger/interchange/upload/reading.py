"""Pass 1: rows become records, and everything that is wrong is found before anything is appended."""

from __future__ import annotations

from array import array
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.errors import FormatError, InputError
from trustledger.interchange.rows import Place, Problem, ReadOptions, Row, read_rows, total_bytes
from trustledger.interchange.upload.corrections import about_target, dead_correction
from trustledger.interchange.upload.lots import OwnLots
from trustledger.interchange.upload.problems import MAX_PROBLEMS, Problems
from trustledger.interchange.upload.spool import Page, Seen
from trustledger.interchange.upload.standing import Lost, Standing, Verdict
from trustledger.ledger.prepared import CORRECTION, Prepared
from trustledger.ledger.signing import write_records

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustledger.interchange.upload.evidence import EvidenceFiles
    from trustledger.interchange.upload.spool import Spool
    from trustledger.kinds.registry import EvidenceReader, Kinds
    from trustledger.ledger import Ledger
    from trustledger.ledger.signing import Written
    from trustledger.note import VerifierKey
    from trustledger.record import Draft

Stage = Literal["reading", "appending"]
Progress = Callable[[Stage, int, int], None]
"""Called now and then with (stage, done, total): bytes of all files while reading, records while
appending."""

PAGE: Final = 512
"""Records that are written, compared and spooled together: large enough that what a page costs is nothing per
record, small enough (32 MiB at the very most) to be held in memory."""
SAMPLES: Final = 5
"""Records shown as they were understood."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One row as it was understood.

    Attributes:
        place: File and row where it begins.
        written: The time as it stands in the file, to the letter; None where the importer does not tell.
        understood: The time as interpreted, RFC 3339 with its offset.
        draft: What would be signed; ``draft.occurred_at`` is the same time in ms. ``draft.seal`` is private.
    """

    place: Place
    written: str | None
    understood: str
    draft: Draft

    @property
    def kind(self) -> str:
        """Name of the kind."""
        return self.draft.kind

    @property
    def subject(self) -> str:
        """URI of what the record is about."""
        return self.draft.subjects[0]


@dataclass(frozen=True, slots=True)
class Check:
    """What an upload would do.

    Attributes:
        rows: Rows that were understood, without headers and empty rows.
        records: Records they make (several rows may make one).
        new: Records that would be appended.
        existing: Records that stand already with the same content, or stand twice in the files.
        problems: What to mend, in the order of the files: at most
            `trustledger.interchange.upload.problems.MAX_PROBLEMS`.
        problem_count: How many problems there are.
        to_fix: Rows that have a problem.
        samples: The first few records, as understood.
        compared: Whether a ledger was asked what stands already. If not, ``existing`` knows only these files.
        unopened: How many of those that stand already have sealed values whose openings are not here any more:
            all else agrees, these values could not be compared.
        warnings: What a person should look at before signing; nothing here stops an upload. As many as
            `trustledger.interchange.upload.problems.MAX_PROBLEMS` at most.
    """

    rows: int
    records: int
    new: int
    existing: int
    problems: tuple[Problem, ...]
    problem_count: int
    to_fix: int
    samples: tuple[Sample, ...]
    compared: bool
    unopened: int = 0
    warnings: tuple[Problem, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether an upload would append."""
        return self.problem_count == 0


class Reading:
    """One run of pass 1.

    Args:
        kinds: Kinds of records.
        party: Who is going to sign.
        randomness: Gives fresh random bytes for salts.
        ledger: Where the records are to stand; None compares them with one another only.
        spool: Keeps the records that were written; None forgets them.
        cosigners: The other parties that are going to sign.
        keys: The keys that are going to sign, as far as they are known.

    Attributes:
        repeated: Numbers, among the new records, of those that stand twice in the files.
    """

    def __init__(  # noqa: PLR0913, PLR0917 -- the parts of an upload
        self,
        kinds: Kinds,
        party: str,
        randomness: Callable[[int], bytes],
        ledger: Ledger | None = None,
        spool: Spool | None = None,
        cosigners: Sequence[str] = (),
        keys: Sequence[VerifierKey] = (),
    ) -> None:
        self._kinds, self._party, self._randomness = kinds, party, randomness
        self._ledger, self._spool = ledger, spool
        self._lost = Lost()
        self._standing = None if ledger is None else Standing(ledger, party, self._lost, cosigners)
        self._own_lots = None if ledger is None else OwnLots(ledger, party)
        self._rights = None if ledger is None else ledger.appender.asking(party, cosigners, keys)
        self._warnings: list[Problem] = []
        self._problems = Problems()
        self._names: list[str] = []
        self._samples: list[Sample] = []
        self._rows = self._records = self._existing = self._unopened = self._new = 0
        self.repeated = array("Q")

    def read(
        self,
        paths: Sequence[str | Path],
        options: ReadOptions,
        evidence: EvidenceFiles,
        progress: Progress | None = None,
    ) -> Check:
        """Read all files to their ends, whatever is wrong with them.

        Raises:
            StorageError: ``upload.temporary``.
            VerificationError: What stands in the ledger does not hold.
        """
        total, done = total_bytes(paths), 0
        with closing(Seen()) as seen:
            for number, path in enumerate(map(Path, paths)):
                self._names.append(options.name or str(path))
                told = replace(options, broken=True, progress=partial(_tell, progress, done, total))
                self._read_file(number, path, told, evidence(path), seen)
                done += total_bytes([path])
            self._find_repeated(seen)
        _tell(progress, total, total, 0)
        return self._check()

    def _check(self) -> Check:
        new = self._new - len(self.repeated)
        return Check(
            rows=self._rows,
            records=self._records,
            new=new,
            existing=self._existing + len(self.repeated),
            problems=self._problems.shown(),
            problem_count=self._problems.count,
            to_fix=self._problems.rows,
            samples=tuple(self._samples),
            compared=self._ledger is not None,
            unopened=self._unopened,
            warnings=tuple(self._warnings),
        )

    def _read_file(
        self, number: int, path: Path, options: ReadOptions, reader: EvidenceReader, seen: Seen
    ) -> None:
        rows: list[Row] = []
        drafts: list[Draft] = []
        make = self._kinds.draft
        if self._ledger is not None:  # what stands already may name files that were archived since
            reader = self._lost.forgiving(reader)
        for item in read_rows(path, options):
            if not isinstance(item, Row):
                self._problems.add(number, item, Place(self._names[number]))
                continue
            if item.broken is not None:
                self._look_at_rest(number, item, reader)
                continue
            self._rows += len(item.rows)
            self._records += 1
            try:
                _refuse_authority(item)
                row = item
                if self._ledger is not None and item.plain.get("kind") == CORRECTION:
                    row = about_target(self._ledger, item)
                drafts.append(make(row.plain, evidence_reader=reader))
            except InputError as error:
                self._problems.add_row(number, item, error)
                continue
            rows.append(row)
            if len(rows) == PAGE:
                self._take(number, rows, drafts, seen)
                rows, drafts = [], []
        if rows:
            self._take(number, rows, drafts, seen)

    def _look_at_rest(self, file: int, row: Row, reader: EvidenceReader) -> None:
        """What else is wrong with a row some cells of which could not be read."""
        try:
            self._kinds.draft(row.plain, evidence_reader=reader)
        except InputError as error:
            self._problems.add_rest(file, row, error)

    def _take(self, file: int, rows: list[Row], drafts: list[Draft], seen: Seen) -> None:
        """Write a page of records, compare them with the ledger, and spool those that are new."""
        written = self._write(file, rows, drafts)
        if len(self._samples) < SAMPLES:
            self._samples += map(_sample, rows[: SAMPLES - len(self._samples)], drafts)
        chosen = self._compare(file, rows, drafts, written.batch)
        self._lost.forget()
        batch = written.batch
        if len(chosen) != len(rows):
            rows, drafts = [rows[n] for n in chosen], [drafts[n] for n in chosen]
            batch = batch.only(chosen)
        if not rows:
            return
        if self._rights is not None:  # no row can mend what they lack, so it is said at once and alone
            self._rights.ask(batch)
        if self._own_lots is not None and len(self._warnings) < MAX_PROBLEMS:
            self._warnings += islice(self._own_lots.warnings(rows), MAX_PROBLEMS - len(self._warnings))
        places = [row.place.row or 0 for row in rows]
        seen.add(file, batch.digests, self._contents(drafts, batch.leaves), places)
        self._new += len(rows)
        if self._spool is not None:
            openings = [(key, one.pointer, one.salt, one.value) for key, one in written.openings.items()]
            corrections = list(batch.corrections)
            self._spool.add(
                Page(batch.raws, batch.leaves, batch.subjects, batch.digests, openings, corrections)
            )

    def _write(self, file: int, rows: list[Row], drafts: list[Draft]) -> Written:
        """The records of some drafts. Those that make none are taken out of both lists, and are problems."""
        while True:
            try:
                return write_records(drafts, self._party, self._kinds, self._randomness)
            except FormatError as error:
                position = error.facts.get("position")
                if not isinstance(position, int):
                    raise
                self._problems.add(file, error, rows[position].place)
                del rows[position], drafts[position]

    def _compare(self, file: int, rows: list[Row], drafts: list[Draft], batch: Prepared) -> Sequence[int]:
        """Which of a page's records are new; of those that stand with other content the row is a problem."""
        if self._standing is None:
            return range(len(rows))
        chosen = []
        for number, found in enumerate(self._standing.compare(rows, drafts, batch.digests)):
            if found is Verdict.NEW:
                chosen.append(number)
            elif isinstance(found, Verdict):
                self._existing += 1
                self._unopened += found is Verdict.UNOPENED
            else:
                for problem in found:
                    self._problems.add(file, problem, problem.place)
        return self._without_dead_corrections(file, rows, chosen, batch)

    def _without_dead_corrections(
        self, file: int, rows: list[Row], chosen: list[int], batch: Prepared
    ) -> list[int]:
        """New corrections that would be refused are problems now, not when half of the upload stands."""
        if self._ledger is None or not batch.corrections:
            return chosen
        new = [number for number in chosen if number in batch.corrections]
        records = [batch.corrections[number] for number in new]
        dead = {}
        for number, error in zip(
            new, self._ledger.appender.check_corrections(self._party, records), strict=True
        ):
            if error is not None:
                dead[number] = error
                for problem in dead_correction(rows[number], error):
                    self._problems.add(file, problem, rows[number].place)
        return [number for number in chosen if number not in dead]

    def _contents(self, drafts: list[Draft], leaves: list[bytes]) -> list[bytes]:
        """What tells two records of one business key apart: their hash, computed without random bytes."""
        if not any(draft.salted or draft.seal for draft in drafts):
            return leaves
        return write_records(drafts, self._party, self._kinds, bytes).batch.leaves

    def _find_repeated(self, seen: Seen) -> None:
        """Rows that say what an earlier row says are left out; those that contradict it are problems."""
        for twice in seen.twice():
            self.repeated.append(twice.number)
            if not twice.same:
                place = Place(self._names[twice.file], twice.row)
                first = Place(self._names[twice.first_file], twice.first_row)
                facts = {"first": first.row, "first_file": first.file}
                self._problems.add(twice.file, Problem("upload.twice", place, **facts), place)


def _tell(progress: Progress | None, before: int, total: int, read: int) -> None:
    """Bytes of one file as bytes of all; a file that grows meanwhile is not more than all."""
    if progress is not None:
        progress("reading", min(before + read, total), total)


def _refuse_authority(row: Row) -> None:
    """Parties and keys are not enrolled by uploading.

    Raises:
        InputError: ``upload.authority_kind``.
    """
    kind = row.plain.get("kind")
    if kind in AUTHORITY_KINDS:
        problem = FormatError("upload.authority_kind", at="kind", seen=kind)
        raise InputError("kinds.row", problems=[problem], count=1, kind=kind)


def _sample(row: Row, draft: Draft) -> Sample:
    understood = str(row.plain.get("occurred_at", ""))
    written = row.written if row.columns else understood
    return Sample(row.place, written, understood, draft)
