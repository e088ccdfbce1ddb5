"""What counts among the records of a card: each original once, with what its corrections made of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from trustledger.frameworks import Vocabulary
from trustledger.kinds.registry import Kinds
from trustledger.record import NewerRecord, Record, Withheld
from trustledger.subject import subject_hashes
from trustledger.views.corrections import Corrections, is_correction
from trustledger.views.goods import Goods, goods_of, product_of
from trustledger.views.inspection_card.gathering import Gathered
from trustledger.views.inspection_card.judging import Measured
from trustledger.views.inspection_card.numbers import moment_of

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

REPORTS = ("inspection", "report_copy")
"""Kinds that state results."""
_CORRECTED = "/data"


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
    """

    original: VerifiedRecord
    counting: VerifiedRecord
    kind: str
    subject: str
    data: Mapping[str, Any]
    sealed: frozenset[str]
    goods: Goods

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
        self.said = tuple(self._all())
        self._about: dict[str, list[Said]] = {}
        self._makers: dict[str, list[Said]] = {}
        self._naming: dict[str, list[Said]] = {}
        for one in self.said:
            self._about.setdefault(one.subject, []).append(one)
            own = {one.subject} if one.kind == "origin" else set()
            for lot in own | {amount.lot for amount in one.goods.outputs}:
                self._makers.setdefault(lot, []).append(one)
            for lot in {one.subject} | {amount.lot for amount in one.goods.touched}:
                self._naming.setdefault(lot, []).append(one)

    def about(self, subject: str, *kinds: str) -> list[Said]:
        """What is said about a subject, in the order of the log."""
        return [one for one in self._about.get(subject, ()) if one.kind in kinds]

    def naming(self, subject: str, *kinds: str) -> list[Said]:
        """As `about`, and what only names it among its lots."""
        return [one for one in self._naming.get(subject, ()) if one.kind in kinds]

    def makers(self, lot: str) -> list[Said]:
        """What says that a lot came to be."""
        return self._makers.get(lot, [])

    def sources(self, lot: str) -> list[str]:
        """The lots from which a lot was made, however many steps ago, nearest first."""
        found: dict[str, None] = {}
        waiting = deque([lot])
        while waiting:
            for one in self.makers(waiting.popleft()):
                for amount in one.goods.inputs:
                    if amount.lot != lot and amount.lot not in found:
                        found[amount.lot] = None
                        waiting.append(amount.lot)
        return list(found)

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

    def _all(self) -> Iterator[Said]:
        for placed in self.gathered.records.values():
            record = placed.record
            if not isinstance(record, Record) or is_correction(placed):
                continue
            outcome = self._corrections.outcome(placed)
            if outcome.data is None:
                continue
            counting = outcome.by or placed
            sealed = counting.record.sealed if isinstance(counting.record, Record) else {}
            start = _CORRECTED if outcome.by is not None else ""
            pointers = frozenset(one.removeprefix(start) for one in sealed if one.startswith(start))
            goods = goods_of(self._kinds.spec(record.kind), outcome.data)
            yield Said(placed, counting, record.kind, record.subjects[0], outcome.data, pointers, goods)


def product_subject(lot: str) -> str:
    """The product of a lot; the lot itself where its URI names none."""
    return product_of(lot) or lot


def measured_in(report: Said, words: Vocabulary) -> Iterator[Measured]:
    """The results of a report; what has no form of a result is passed over, since nobody may guess it."""
    results = report.data.get("results")
    for number, result in enumerate(results if isinstance(results, list) else ()):
        if not isinstance(result, Mapping):
            continue
        name, unit = _text(result, "parameter"), _text(result, "unit")
        if name is None or unit is None:
            continue
        at = f"/results/{number}/"
        yield Measured(
            parameter=words.parameter(name),
            value=_text(result, "value"),
            not_detected=result.get("not_detected") is True,
            unit=unit,
            loq=_text(result, "loq"),
            uncertainty=_text(result, "uncertainty"),
            basis=_text(result, "basis"),
            method=_text(result, "method"),
            sealed=_hidden(report.sealed, at + "value"),
            uncertainty_sealed=_hidden(report.sealed, at + "uncertainty"),
        )


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
