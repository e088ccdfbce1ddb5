"""The records that a card is made from: of the lot, of its product, and of what it was made from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, cast

from trustledger.errors import NotFoundError
from trustledger.gs1 import classes
from trustledger.kinds.registry import Kinds
from trustledger.record import Record
from trustledger.subject import subject_hashes
from trustledger.views.corrections import Corrections, is_correction
from trustledger.views.goods import goods_of, is_product

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord
    from trustledger.views.reading import ChainReader

MAX_LOTS: Final = 1000
"""Lots that are followed back from one lot."""
MAX_CHAIN: Final = 10_000
"""Records kept of one chain: only those that a card may depend on, so that nothing else crowds them out."""
_TRADING: Final = frozenset({"cost", "listing"})
"""Kinds that only tell who has a part in the goods: one of each party is enough."""
_DECIDING: Final = _TRADING | {
    "correction", "inspection", "origin", "processing", "product", "recall", "report_copy", "sample", "shipping",
    "withheld",
}  # fmt: skip
"""Kinds that a card depends on; a record that cannot be read may be any of them."""

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
        max_chain: Records to keep of one chain.

    Returns:
        The records of the lot and of every lot it was made from, of their products, and their corrections.

    Raises:
        VerificationError: A record or link does not hold.

    Cost: linear in the chains; memory in what is kept of them, which records of other kinds and lots do not fill.
    """
    known = kinds or Kinds.default()
    found: dict[Place, VerifiedRecord] = {}
    corrections = Corrections(reader)
    cut: set[str] = set()
    reached, waiting = {lot}, deque([lot])
    while waiting:
        subject = waiting.popleft()
        own, whole = _kept_of(reader, subject, max_chain, corrections, known)
        cut |= set() if whole else {subject}
        inputs: dict[str, None] = {}  # in the order of the log: the first maker's come first
        for placed in own:
            found[placed.entry, placed.position] = placed
            for word in _keep_corrections(placed, corrections, found):
                if _makes(word, subject, known, corrections):
                    inputs |= dict.fromkeys(_inputs(word, known, corrections))
        for other in (*classes(subject), *inputs):
            if other not in reached:
                if len(reached) >= max_lots * 2:  # each lot brings its product
                    cut.add(other)
                    continue
                reached.add(other)
                waiting.append(other)
    return Gathered().adding(found.values(), cut)


def _kept_of(
    reader: ChainReader, subject: str, most: int, corrections: Corrections, kinds: Kinds
) -> tuple[list[VerifiedRecord], bool]:
    """What of a chain a card may depend on, and whether that is all of it."""
    kept: list[VerifiedRecord] = []
    traders: set[tuple[str, str]] = set()
    (own,) = subject_hashes((subject,))
    product = is_product(subject)
    for number, placed in enumerate(reader.chain(subject)):
        if is_correction(placed):
            corrections.learn(placed)  # it is kept with what it corrects
            continue
        if product and placed.record.subject_hashes[0] != own:  # the records of all its lots stand here too
            continue
        trader = (placed.kind, placed.party)
        if (
            number and placed.kind not in _DECIDING
        ) or trader in traders:  # the first bounds the day of production
            continue
        if number and _is_other_step(placed, subject, kinds, corrections):
            continue  # what became of this lot later
        if placed.kind in _TRADING:
            traders.add(trader)
        if len(kept) >= most:
            return kept, False
        kept.append(placed)
    return kept, True


def _is_other_step(placed: VerifiedRecord, lot: str, kinds: Kinds, corrections: Corrections) -> bool:
    """Whether a record tells how another lot was made."""
    readable = isinstance(placed.record, Record) and placed.kind == "processing"
    return readable and not _makes(placed, lot, kinds, corrections)


def _keep_corrections(
    placed: VerifiedRecord, corrections: Corrections, found: dict[Place, VerifiedRecord]
) -> list[VerifiedRecord]:
    """A record with its corrections. One may stand in the chain of another of its subjects: the index knows it."""
    later = corrections.of(placed)
    found.update({(other.entry, other.position): other for other in later})
    return [placed, *later]


def _makes(placed: VerifiedRecord, lot: str, kinds: Kinds, corrections: Corrections) -> bool:
    kind, data = corrections.effective(placed)
    return any(amount.lot == lot for amount in goods_of(kinds.spec(kind), data).outputs)


def _inputs(placed: VerifiedRecord, kinds: Kinds, corrections: Corrections) -> tuple[str, ...]:
    kind, data = corrections.effective(placed)
    return tuple(amount.lot for amount in goods_of(kinds.spec(kind), data).inputs)
