"""The cost records of a subject, and which of them count at some time."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.errors import FormatError
from trustledger.record import Record
from trustledger.subject import check_party, subject_hash
from trustledger.views.corrections import Corrections, said_by
from trustledger.views.cost_breakdown.disclosure import disclose
from trustledger.views.cost_breakdown.sheet import Sheet, read_terms
from trustledger.views.model import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from trustledger.ledger import VerifiedRecord
    from trustledger.record import Opening
    from trustledger.views.cost_breakdown.disclosure import Disclosed
    from trustledger.views.model import Level
    from trustledger.views.reading import ChainReader

KIND: Final = "cost"
MAX_RECORDS: Final = 100_000
"""Records read of one subject's chain. A product's holds those of all of its lots."""
_END: Final = (1 << 64, 0)
"""After every place in a log."""


class Findings:
    """What does not fit, each thing once."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str, tuple[str, ...], str], Finding] = {}

    def add(
        self, code: str, level: Level, subject: str, ref: str, refs: Iterable[str] = (), **facts: str
    ) -> None:
        """Note a finding; the same one again changes nothing."""
        others = tuple(sorted(set(refs), key=place_of))
        finding = Finding(f"cost.{code}", subject, ref, facts, level, others)
        key = (finding.code, subject, ref, others, repr(sorted(facts.items())))
        self._found.setdefault(key, finding)

    def in_order(self) -> tuple[Finding, ...]:
        """By the place of the record, then by code, subject and facts: nothing depends on the way taken."""
        ordered = sorted(self._found.items(), key=lambda one: (place_of(one[0][2]), one[0]))
        return tuple(finding for _, finding in ordered)


def place_of(ref: str) -> tuple[int, int]:
    """``12/0`` as numbers, which are in the order of the log; what has no place comes last."""
    entry, _, position = ref.partition("/")
    return (int(entry), int(position)) if ref else _END


class Word(NamedTuple):
    """A price as it was first said, and what became of it; None where that does not count.

    Attributes:
        first: What the record says itself.
        counting: What counts by the time asked about.
        changed: Place of the correction that counts instead.
    """

    first: Sheet | None
    counting: Sheet | None
    changed: tuple[int, int] | None

    def by(self, place: tuple[int, int]) -> Sheet | None:
        """What was said before a place in the log."""
        if self.changed is None or place < self.changed:
            return self.first if self.first and self.first.place < place else None
        return self.counting


class Book:
    """Cost records by subject; each chain is read once.

    Args:
        reader: Verified records of the time asked about.
        openings: Commitment → opening, as many as the reader of this answer holds.
        findings: Where what does not fit is noted.
    """

    def __init__(self, reader: ChainReader, openings: Mapping[bytes, Opening], findings: Findings) -> None:
        self._reader, self._openings, self._findings = reader, openings, findings
        self._corrections = Corrections(reader)
        self._read: dict[str, tuple[Word, ...]] = {}
        self._sheets: dict[tuple[str, tuple[int, int]], tuple[Sheet, ...]] = {}
        self._unreadable: dict[str, list[tuple[tuple[int, int], str]]] = {}

    def sheets(self, subject: str) -> tuple[Sheet, ...]:
        """All that sellers say themselves that a subject costs, by the time from when on, then by place."""
        return self.sheets_by(subject, _END)

    def sheets_by(self, subject: str, place: tuple[int, int]) -> tuple[Sheet, ...]:
        """The same as it stood before a place in the log, without what was corrected, taken back or added later."""
        if (subject, place) not in self._sheets:
            found = [sheet for word in self._words(subject) if (sheet := word.by(place)) is not None]
            self._sheets[subject, place] = tuple(sorted(found, key=lambda one: (one.since, one.place)))
        return self._sheets[subject, place]

    def unreadable(self, subject: str, party: str, after: tuple[int, int] = (-1, -1)) -> list[str]:
        """Places of a party's later records about a subject whose content cannot be read."""
        self._words(subject)
        return [
            f"{place[0]}/{place[1]}"
            for place, signer in self._unreadable[subject]
            if signer == party and place > after
        ]

    def _words(self, subject: str) -> tuple[Word, ...]:
        if subject not in self._read:
            records = list(islice(self._reader.chain(subject), MAX_RECORDS + 1))
            if len(records) > MAX_RECORDS:
                self._findings.add("cut", "doubt", subject, "")
            about = [one for one in records[:MAX_RECORDS] if _is_about(one, subject)]
            for placed in about:
                self._corrections.learn(placed)
            self._unreadable[subject] = [
                ((one.entry, one.position), one.party) for one in about if not isinstance(one.record, Record)
            ]
            self._read[subject] = tuple(self._word(one) for one in about if one.kind == KIND)
        return self._read[subject]

    def _word(self, placed: VerifiedRecord) -> Word:
        outcome = self._corrections.outcome(placed)
        if outcome.by is None:
            sheet = self._sheet(placed, placed, said_by(placed), self._findings)
            return Word(sheet, sheet, None)
        first = self._sheet(placed, placed, said_by(placed), Findings())
        counting = self._sheet(placed, outcome.by, outcome.data, self._findings)
        return Word(first, counting, (outcome.by.entry, outcome.by.position))

    def _sheet(
        self,
        placed: VerifiedRecord,
        counting: VerifiedRecord,
        data: Mapping[str, Any] | None,
        findings: Findings,
    ) -> Sheet | None:
        """What a record says, or a correction of it; None for what is malformed or is nobody's own word."""
        original, record = placed.record, counting.record
        if data is None or not isinstance(original, Record) or not isinstance(record, Record):
            return None
        subject, ref = original.subjects[0], counting.ref
        seen = disclose(counting, record, data, self._openings)
        for pointer in seen.false:
            findings.add("opening", "alarm", subject, ref, at=pointer)
        try:
            terms = read_terms(seen)
        except FormatError as error:
            findings.add("malformed", "doubt", subject, ref, at=str(error.facts.get("at", "")))
            return None
        seller = _seller(placed, seen, subject, ref, findings)
        if seller is None:
            return None
        buyer = None if "/buyer" in seen.closed else seen.data.get("buyer", "")
        return Sheet(
            subject=subject,
            seller=seller,
            buyer=buyer if isinstance(buyer, str) else None,
            since=original.occurred_at,
            place=(placed.entry, placed.position),
            records=(placed.ref,) if counting is placed else (placed.ref, ref),
            currency=terms.currency,
            price=terms.price,
            per=terms.per,
            lines=terms.lines,
        )


def _seller(
    placed: VerifiedRecord, seen: Disclosed, subject: str, ref: str, findings: Findings
) -> str | None:
    """The party whose own price it is: never one that did not sign."""
    if "/seller" in seen.closed:
        findings.add("seller_sealed", "note", subject, ref, party=placed.party)
        return None
    named = seen.data.get("seller")
    if isinstance(named, str) and named in placed.cosigners:
        return named
    if isinstance(named, str) and named != placed.party and _is_party(named):
        findings.add("hearsay", "doubt", subject, ref, party=placed.party, seen=named)
        return None
    return placed.party  # another name is what people call the signer, such as a branch


def latest(sheets: Iterable[Sheet], at: int) -> Sheet | None:
    """The one in force: the last that holds from ``at`` or before; of one moment, the last that was placed."""
    found = [sheet for sheet in sheets if sheet.since <= at]
    return max(found, key=lambda one: (one.since, one.place), default=None)


def _is_about(placed: VerifiedRecord, subject: str) -> bool:
    """Whether a subject is a record's primary one; that of a withheld record is proven by its hash."""
    return placed.record.subject_hashes[:1] == (subject_hash(subject),)


def _is_party(name: str) -> bool:
    try:
        check_party(name)
    except FormatError:
        return False
    return True
