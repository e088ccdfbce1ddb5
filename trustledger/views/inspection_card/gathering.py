"""The records that a card is made from: of the lot, of its product, and of what it was made from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from trustledger.errors import NotFoundError
from trustledger.gs1 import classes
from trustledger.kinds.registry import Kinds
from trustledger.record import Record
from trustledger.views.corrections import Corrections
from trustledger.views.goods import goods_of, is_product

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord
    from trustledger.views.reading import ChainReader

MAX_LOTS: Final = 1000
"""Lots that are followed back from one lot."""
MAX_CHAIN: Final = 10_000
"""Records read of one chain. A product's chain holds the records of all of its lots."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Gathered:
    """Verified records, each once, in the order of the log. The fold's state: parts can be added in any order.

    Attributes:
        records: By place.
        cut: Subjects whose records were not read to the end.
    """

    records: Mapping[Place, VerifiedRecord] = field(default_factory=lambda: MappingProxyType({}))
    cut: frozenset[str] = frozenset()

    def adding(self, records: Iterable[VerifiedRecord], cut: Iterable[str] = ()) -> Gathered:
        """These records and some more."""
        more = {(placed.entry, placed.position): placed for placed in records}
        joined = {**more, **self.records}
        ordered = {place: joined[place] for place in sorted(joined)}
        return Gathered(MappingProxyType(ordered), self.cut | frozenset(cut))

    def until(self, as_of: int) -> Gathered:
        """The records that the ledger had placed by a moment (ms)."""
        seen = {place: placed for place, placed in self.records.items() if placed.sequenced_at <= as_of}
        return Gathered(MappingProxyType(seen), self.cut)

    @property
    def end(self) -> int:
        """The entry after the last of these."""
        return max((entry for entry, _ in self.records), default=-1) + 1

    def reader(self) -> ChainReader:
        """These records as what `Corrections` reads."""
        return cast("ChainReader", _Held(self.records))


class _Held:
    """A reader of records that are already here: as much of one as `Corrections` asks for."""

    def __init__(self, records: Mapping[Place, VerifiedRecord]) -> None:
        self._records = records

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place. NotFoundError if it is not here."""
        found = self._records.get((entry, position))
        if found is None:
            raise NotFoundError("inspection.held", seen=f"{entry}/{position}")
        return found

    def business_places(self, digests: Sequence[bytes]) -> list[Place | None]:
        """All corrections are among the records."""
        return [None for _ in digests]


def gather(
    reader: ChainReader,
    lot: str,
    kinds: Kinds | None = None,
    *,
    max_lots: int = MAX_LOTS,
    max_chain: int = MAX_CHAIN,
) -> Gathered:
    """Read what the card of a lot needs.

    Args:
        reader: Verified records of one state of the ledger.
        lot: The lot, in normal form.
        kinds: Kinds that are known; the project's own if None.
        max_lots: Lots to follow back.
        max_chain: Records to read of one chain.

    Returns:
        The records of the lot and of every lot it was made from, of their products, and their corrections.

    Raises:
        VerificationError: A record or link does not hold.
    """
    known = kinds or Kinds.default()
    found: dict[Place, VerifiedRecord] = {}
    corrections = Corrections(reader)
    cut: set[str] = set()
    reached, waiting = {lot}, deque([lot])
    while waiting:
        subject = waiting.popleft()
        records = list(islice(reader.chain(subject), max_chain + 1))
        if len(records) > max_chain:
            cut.add(subject)
        for placed in records[:max_chain]:
            corrections.learn(placed)
            if not is_product(subject) or _is_about(placed, subject):
                found[placed.entry, placed.position] = placed
                _keep_corrections(placed, corrections, found)
        made = [placed for placed in records if _makes(placed, subject, known, corrections)]
        inputs = sorted({amount for placed in made for amount in _inputs(placed, known, corrections)})
        for other in (*classes(subject), *inputs):
            if other not in reached:
                if len(reached) >= max_lots * 2:  # each lot brings its product
                    cut.add(other)
                    continue
                reached.add(other)
                waiting.append(other)
    return Gathered().adding(found.values(), cut)


def _keep_corrections(
    placed: VerifiedRecord, corrections: Corrections, found: dict[Place, VerifiedRecord]
) -> None:
    """A correction may stand in the chain of another of the record's subjects: the index knows it."""
    for other in corrections.of(placed):
        found[other.entry, other.position] = other


def _is_about(placed: VerifiedRecord, subject: str) -> bool:
    """Whether a record is about a product itself: the records of all its lots stand in its chain too."""
    return isinstance(placed.record, Record) and placed.record.subjects[0] == subject


def _makes(placed: VerifiedRecord, lot: str, kinds: Kinds, corrections: Corrections) -> bool:
    kind, data = corrections.effective(placed)
    return any(amount.lot == lot for amount in goods_of(kinds.spec(kind), data).outputs)


def _inputs(placed: VerifiedRecord, kinds: Kinds, corrections: Corrections) -> tuple[str, ...]:
    kind, data = corrections.effective(placed)
    return tuple(amount.lot for amount in goods_of(kinds.spec(kind), data).inputs)
