"""What counts among the records of a card: each original once, with what its corrections made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from trustledger.frameworks import Vocabulary
from trustledger.kinds.registry import Kinds
from trustledger.record import NewerRecord, Record, Withheld
from trustledger.subject import subject_hashes
from trustledger.views.corrections import Corrections, is_correction, said_by
from trustledger.views.goods import Goods, goods_of, product_of
from trustledger.views.inspection_card.gathering import Gathered
from trustledger.views.inspection_card.judging import Measured
from trustledger.views.inspection_card.numbers import moment_of

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

REPORTS = ("inspection", "report_copy")
"""Kinds that state results."""
_CORRECTED = "/data"
_MEANING = ("value", "not_detected", "unit", "basis")
"""Fields of a result without which nobody knows what was measured."""


@dataclass(frozen=True, slots=True)
class Said:
    """A record as it stands.

    Attributes:
        original: As it was first said.
        counting: The record whose word counts: the original, or its correction.
        kind: Its kind.
        subject: What it is about.
        data: What is said.
        sealed: Pointers of private values, into ``data``.
        goods: The lots it names.
        stands: It counts; else a correction replaced it or withdrew it, and it is only remembered.
        by: The correction that replaced it or took it back; None if it stands.
        withdrawn: It did not occur, says that correction.
    """

    original: VerifiedRecord
    counting: VerifiedRecord
    kind: str
    subject: str
    data: Mapping[str, Any]
    sealed: frozenset[str]
    goods: Goods
    stands: bool = True
    by: VerifiedRecord | None = None
    withdrawn: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Where these very words stand in the log."""
        return self.counting.entry, self.counting.position

    @property
    def party(self) -> str:
        """Who says it."""
        return self.original.party

    @property
    def tested_at(self) -> int:
        """When a report's test was done (ms): as claimed, never later than its place in the log."""
        claimed = moment_of(self.data.get("tested_on"))
        return min(self.occurred_at if claimed is None else claimed, self.original.sequenced_at)

    @property
    def occurred_at(self) -> int:
        """When its party says that it happened (ms)."""
        record = self.original.record
        return record.occurred_at if isinstance(record, Record) else self.original.sequenced_at


class Story:
    """All that is said in some records, by subject.

    Args:
        gathered: The records, those placed too late left out.
        kinds: Kinds that are known.
    """

    def __init__(self, gathered: Gathered, kinds: Kinds) -> None:
        self.gathered = gathered
        self._kinds = kinds
        self._corrections = Corrections(gathered.reader())
        for placed in gathered.records.values():
            self._corrections.learn(placed)
        self._about: dict[str, list[Said]] = {}
        self._makers: dict[str, list[Said]] = {}
        self._naming: dict[str, list[Said]] = {}
        self._beside: dict[str, list[Said]] = {}
        for one in self._all():
            self._about.setdefault(one.subject, []).append(one)
            own = {one.subject} if one.kind == "origin" else set()
            for lot in own | {amount.lot for amount in one.goods.outputs}:
                self._makers.setdefault(lot, []).append(one)
            for lot in {one.subject} | {amount.lot for amount in one.goods.touched}:
                self._naming.setdefault(lot, []).append(one)
            for subject in self._others(one):
                self._beside.setdefault(subject, []).append(one)

    def words(self, subject: str, *kinds: str) -> list[Said]:
        """Everything that was ever said about a subject: what was replaced or withdrawn before what replaced it."""
        return [one for one in self._about.get(subject, ()) if one.kind in kinds]

    def about(self, subject: str, *kinds: str) -> list[Said]:
        """What is said about a subject and stands, in the order of the log."""
        return [one for one in self.words(subject, *kinds) if one.stands]

    def naming(self, subject: str, *kinds: str) -> list[Said]:
        """As `about`, and what only names it among its lots."""
        return [one for one in self._naming.get(subject, ()) if one.kind in kinds and one.stands]

    def beside(self, subject: str, *kinds: str) -> list[Said]:
        """What stands, is about something else, and yet has this among its subjects."""
        return [one for one in self._beside.get(subject, ()) if one.kind in kinds and one.stands]

    def makers(self, lot: str) -> list[Said]:
        """Everything that ever said that a lot came to be, whether or not it stands."""
        return self._makers.get(lot, [])

    def mentions(self, lot: str) -> list[VerifiedRecord]:
        """Every record in whose subjects a lot stands, readable or not, in the order of the log."""
        (own,) = subject_hashes((lot,))
        return [placed for placed in self.gathered.records.values() if own in placed.record.subject_hashes]

    def unreadable(self, lot: str) -> Iterator[tuple[VerifiedRecord, str]]:
        """Records of a lot that are erased or of a later format."""
        for placed in self.mentions(lot):
            if isinstance(placed.record, Withheld):
                yield placed, "withheld"
            elif isinstance(placed.record, NewerRecord):
                yield placed, "newer"

    @staticmethod
    def _others(one: Said) -> tuple[str, ...]:
        record = one.original.record
        return record.subjects[1:] if isinstance(record, Record) and one.kind in REPORTS else ()

    def _all(self) -> Iterator[Said]:
        """Every original with the words of its corrections, in the order in which they were said."""
        for placed in self.gathered.records.values():
            if not isinstance(placed.record, Record) or is_correction(placed):
                continue
            outcome = self._corrections.outcome(placed)
            counting = None if outcome.withdrawn else (outcome.by or placed)
            later = sorted(self._corrections.of(placed), key=lambda one: (one.entry, one.position))
            for number, word in enumerate((placed, *later)):
                data = said_by(word)
                if data is None:
                    continue
                said = self._said(placed, word, data)
                if counting is None or word.ref != counting.ref:
                    by = later[min(number, len(later) - 1)]
                    said = replace(said, stands=False, by=by, withdrawn=outcome.withdrawn)
                yield said

    def _said(self, placed: VerifiedRecord, word: VerifiedRecord, data: Mapping[str, Any]) -> Said:
        """One word of a record: its own (``placed is word``), or that of a correction of it."""
        sealed = word.record.sealed if isinstance(word.record, Record) else {}
        start = _CORRECTED if word is not placed else ""
        pointers = frozenset(one.removeprefix(start) for one in sealed if one.startswith(start))
        subject = placed.record.subjects[0] if isinstance(placed.record, Record) else ""
        goods = goods_of(self._kinds.spec(placed.kind), data)
        return Said(placed, word, placed.kind, subject, data, pointers, goods)


def product_subject(lot: str) -> str:
    """The product of a lot; the lot itself where its URI names none."""
    return product_of(lot) or lot


def measured_in(report: Said, words: Vocabulary) -> Iterator[Measured]:
    """The results of a report that say what was measured; `has_unreadable` tells whether it has others.

    What a value means depends on its unit and basis: sealing one of them seals the value.
    """
    for number, result in enumerate(_results_of(report)):
        if not _is_readable(report, number, result):
            continue
        at = f"/results/{number}/"
        yield Measured(
            parameter=words.parameter(_text(result, "parameter") or ""),
            value=_text(result, "value"),
            not_detected=result.get("not_detected") is True,
            unit=_text(result, "unit") or "",
            loq=_text(result, "loq"),
            uncertainty=_text(result, "uncertainty"),
            basis=_text(result, "basis"),
            method=_text(result, "method"),
            sealed=any(_hidden(report.sealed, at + name) for name in _MEANING),
            uncertainty_sealed=_hidden(report.sealed, at + "uncertainty"),
            name=_text(result, "parameter") or "",
        )


def has_unreadable(report: Said) -> bool:
    """Whether a report states results that nobody can read: all are sealed, or what one of them is about is."""
    results = report.data.get("results")
    if not isinstance(results, list) or not results:
        return True
    return not all(_is_readable(report, number, one) for number, one in enumerate(results))


def _results_of(report: Said) -> list[Any]:
    results = report.data.get("results")
    return results if isinstance(results, list) else []


def _is_readable(report: Said, number: int, result: object) -> bool:
    """Whether it is known what a result is about, and in which unit unless that is sealed."""
    if not isinstance(result, Mapping) or _text(result, "parameter") is None:
        return False
    return _text(result, "unit") is not None or _hidden(report.sealed, f"/results/{number}/unit")


def texts_in(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of texts; whatever else is in it is passed over."""
    found = data.get(name)
    return tuple(one for one in found if isinstance(one, str)) if isinstance(found, list) else ()


def text_in(data: Mapping[str, Any], name: str) -> str:
    """A field that is a text; empty if it is none."""
    return _text(data, name) or ""


def _text(data: Mapping[str, Any], name: str) -> str | None:
    value = data.get(name)
    return value if isinstance(value, str) and value else None


def _hidden(sealed: Collection[str], pointer: str) -> bool:
    """Whether a value is private, alone or with what holds it."""
    return any(pointer == one or pointer.startswith(one + "/") for one in sealed)
