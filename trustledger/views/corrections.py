"""Which corrections are valid, and what a record says once they are taken into account.

A correction is valid if the party that signed the record signs it, its primary subject is one of the record's,
it comes later, and it names the hash of what it corrects. Both stay visible. A correction that is not valid
changes nothing and is a finding. A correction can be corrected itself: one that did not occur, so to speak, was
a mistake, and what it corrected stands as it was written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.errors import NotFoundError
from trustledger.kinds.business import business_digest
from trustledger.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trustledger.ledger.verified import VerifiedRecord
    from trustledger.views.reading import ChainReader

CORRECTION: Final = "correction"
_MAX_CHAIN: Final = 100
"""Corrections of corrections that are followed."""

Place = tuple[int, int]


class Outcome(NamedTuple):
    """What became of what a record says.

    Attributes:
        by: The correction whose word counts; None: the record's own.
        withdrawn: It did not occur.
        data: What is said now; None if nothing is, or what is cannot be read.
    """

    by: VerifiedRecord | None
    withdrawn: bool
    data: Mapping[str, Any] | None


class Corrections:
    """Answers about corrections, each record being read once.

    Args:
        reader: Verified records.
    """

    def __init__(self, reader: ChainReader) -> None:
        self._reader = reader
        self._read: dict[Place, VerifiedRecord | None] = {}
        self._known: dict[Place, set[Place]] = {}
        self._asked: set[Place] = set()
        self._outcomes: dict[Place, Outcome] = {}

    def learn(self, placed: VerifiedRecord) -> str:
        """Take note of a record that was read.

        Returns:
            Empty, or why it is a correction that does not count: ``missing``, ``party``, ``subject``,
            ``hash``.
        """
        self._read[placed.entry, placed.position] = placed
        if not is_correction(placed):
            return ""
        reason = self._fault(placed)
        if not reason:
            self._know(_target(placed) or (-1, -1), (placed.entry, placed.position))
        return reason

    def corrected(self, placed: VerifiedRecord) -> VerifiedRecord | None:
        """The record that a correction validly corrects; None for any other record."""
        place = _target(placed)
        return self._at(place) if place is not None and not self._fault(placed) else None

    def of(self, placed: VerifiedRecord) -> list[VerifiedRecord]:
        """The valid corrections of a record, those of the corrections after them."""
        found: dict[Place, VerifiedRecord] = {}
        waiting = [placed]
        while waiting and len(found) < _MAX_CHAIN:
            for correction in self._direct(waiting.pop(0)):
                place = (correction.entry, correction.position)
                if place not in found:
                    found[place] = correction
                    waiting.append(correction)
        return list(found.values())

    def outcome(self, placed: VerifiedRecord) -> Outcome:
        """What became of what a record says, by its corrections and theirs; the last of several counts."""
        return self._outcome(placed, _MAX_CHAIN)

    def _outcome(self, placed: VerifiedRecord, depth: int) -> Outcome:
        place = (placed.entry, placed.position)
        direct = self._direct(placed) if depth else []  # finding a new one makes what was remembered void
        if place in self._outcomes:
            return self._outcomes[place]
        found = Outcome(None, withdrawn=False, data=said_by(placed))
        for correction in direct:
            became = self._outcome(correction, depth - 1)
            if became.withdrawn:
                continue
            if became.by is None and _denies(correction):
                found = Outcome(correction, withdrawn=True, data=None)
            elif (
                became.data is not None
            ):  # that it is wrong, without what is right, changes nothing that is said
                found = Outcome(became.by or correction, withdrawn=False, data=became.data)
        self._outcomes[place] = found
        return found

    def counts(self, placed: VerifiedRecord) -> bool:
        """Whether what a record says stands: of a correction, whether it is the one that counts."""
        original: VerifiedRecord | None = placed
        for _ in range(_MAX_CHAIN):
            if original is None or not is_correction(original):
                break
            original = self.corrected(original)
        if original is None or is_correction(original):
            return False
        by = self.outcome(original).by
        return (by or original).ref == placed.ref

    def effective(self, placed: VerifiedRecord) -> tuple[str, Mapping[str, Any]]:
        """The kind and data for which a record stands: of a valid correction, those of what it corrects."""
        record = placed.record
        if not isinstance(record, Record):
            return "", {}
        if record.kind != CORRECTION:
            return record.kind, record.data
        original: VerifiedRecord | None = placed
        for _ in range(_MAX_CHAIN):
            if original is None or not is_correction(original):
                break
            original = self.corrected(original)
        data = record.data.get("data")
        kind = original.record.kind if original is not None and isinstance(original.record, Record) else ""
        return (kind, data if isinstance(data, dict) else {}) if kind != CORRECTION else ("", {})

    def _direct(self, placed: VerifiedRecord) -> list[VerifiedRecord]:
        """Corrections that name this very record: those that were read, and the one that the index knows."""
        place = (placed.entry, placed.position)
        indexed = None
        if place not in self._asked:
            self._asked.add(place)
            digest = business_digest(placed.party, CORRECTION, tuple(map(str, place)))
            indexed = self._reader.business_places([digest])[0]
        if indexed is not None:
            candidate = self._at(indexed)
            if candidate is not None and is_correction(candidate) and not self._fault(candidate):
                self._know(place, indexed)
        found = (self._at(one) for one in sorted(self._known.get(place, ())))
        return [correction for correction in found if correction is not None]

    def _know(self, corrected: Place, correction: Place) -> None:
        known = self._known.setdefault(corrected, set())
        if correction not in known:
            known.add(correction)
            self._outcomes.clear()

    def _fault(self, placed: VerifiedRecord) -> str:
        place = _target(placed)
        target = self._at(place) if place is not None and place < (placed.entry, placed.position) else None
        if target is None:
            return "missing"
        if target.party != placed.party:
            return "party"
        if placed.record.subject_hashes[0] not in target.record.subject_hashes:
            return "subject"
        return "" if _named_hash(placed) == target.record.hash.hex() else "hash"

    def _at(self, place: Place) -> VerifiedRecord | None:
        if place not in self._read:
            try:
                self._read[place] = self._reader.record(*place)
            except NotFoundError:
                self._read[place] = None
        return self._read[place]


def is_correction(placed: VerifiedRecord) -> bool:
    """Whether a record is a correction whose content can be read."""
    return isinstance(placed.record, Record) and placed.record.kind == CORRECTION


def said_by(placed: VerifiedRecord) -> Mapping[str, Any] | None:
    """A record's data; of a correction the data that it says instead, None if there is none."""
    if not isinstance(placed.record, Record):
        return None
    data = placed.record.data
    if placed.record.kind != CORRECTION:
        return data
    instead = data.get("data")
    return instead if isinstance(instead, dict) else None


def _denies(placed: VerifiedRecord) -> bool:
    """Whether a correction says that what it corrects did not occur."""
    return isinstance(placed.record, Record) and placed.record.data.get("reason") == "did_not_occur"


def _superseded(placed: VerifiedRecord) -> Mapping[str, Any]:
    found = placed.record.data.get("supersedes") if isinstance(placed.record, Record) else None
    return found if isinstance(found, dict) else {}


def _target(placed: VerifiedRecord) -> Place | None:
    if not is_correction(placed):
        return None
    entry, position = _superseded(placed).get("entry"), _superseded(placed).get("position")
    if type(entry) is not int or type(position) is not int or entry < 0 or position < 0:
        return None
    return entry, position


def _named_hash(placed: VerifiedRecord) -> str:
    found = _superseded(placed).get("record")
    return found if isinstance(found, str) else ""
