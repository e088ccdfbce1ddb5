"""The state of the fold: the facts of commerce by place. Parts can be added and joined in any order.

A record is read once, when it is added. Corrections are kept beside, and answered when the facts are asked for: a
correction may arrive before what it corrects.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar, cast

from trustledger.collecting import rarely_collecting
from trustledger.errors import FormatError, NotFoundError
from trustledger.record import Record
from trustledger.views.corrections import Corrections, Outcome, is_correction
from trustledger.views.trust_score.facts import READERS, Fact, Listed, Place, Resolved, read_fact

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord
    from trustledger.views.reading import ChainReader

F = TypeVar("F", bound=Fact)
_NOWHERE: Final[Place] = (-1, -1)


@dataclass(slots=True)
class Trade:
    """Facts by place; two are equal if their facts are.

    Attributes:
        facts: What records say.
        malformed: Records of a known kind that do not say what their kind must, with the field.
        withheld: Records whose content cannot be read.
        corrections: Corrections, whatever they correct.
        lone: Corrections that do not count, since not everybody signed them who signed what they correct.
        taken_back: Corrections by which a merchant alone would take back that it admitted a fault; they do not count.
        stated: Listings as they were stated and corrected, where there are corrections (`listings`).
        cut: Chains that were not read to their end.
        end: The entry after the last one added.
        latest: When the last one was placed, ms; 0 if nothing was added.
    """

    facts: dict[Place, Fact] = field(default_factory=dict)
    malformed: dict[Place, tuple[VerifiedRecord, str]] = field(default_factory=dict)
    withheld: dict[Place, VerifiedRecord] = field(default_factory=dict)
    corrections: dict[Place, VerifiedRecord] = field(default_factory=dict)
    lone: dict[Place, VerifiedRecord] = field(default_factory=dict)
    taken_back: dict[Place, VerifiedRecord] = field(default_factory=dict)
    cut: set[str] = field(default_factory=set)
    end: int = 0
    latest: int = 0
    stated: list[Listed] | None = field(default=None, init=False, repr=False, compare=False)
    _by_kind: dict[type[Fact], list[Fact]] = field(
        default_factory=lambda: defaultdict(list), init=False, repr=False, compare=False
    )
    _in_order: int = field(default=0, init=False, repr=False, compare=False)
    _last: Place = field(default=_NOWHERE, init=False, repr=False, compare=False)

    @classmethod
    def of(cls, records: Iterable[VerifiedRecord]) -> Trade:
        """The state after some records."""
        found = cls()
        found.add(records)
        return found

    def add(self, records: Iterable[VerifiedRecord]) -> None:
        """Take some more records, in any order; the same record again changes nothing."""
        facts, end, latest, last = self.facts, self.end, self.latest, self._last
        by_kind, reader_of = self._by_kind, READERS.get
        in_order = self._in_order == len(facts)
        with rarely_collecting():
            for placed in records:
                entry = placed.entry
                place = (entry, placed.position)
                if entry >= end:
                    end = entry + 1
                if placed.sequenced_at > latest:  # noqa: PLR1730  (a call for each record is not free)
                    latest = placed.sequenced_at
                record = placed.record
                read = reader_of(record.kind) if type(record) is Record else None
                if read is None:
                    self._set_aside(placed, place)
                elif place not in facts:
                    try:
                        fact = facts[place] = read(placed, place, record, record.data)  # type: ignore[union-attr,arg-type]
                    except FormatError as error:
                        self.malformed[place] = placed, str(error.facts.get("at", ""))
                        continue
                    if place > last:
                        last = place
                        by_kind[type(fact)].append(fact)
                    else:
                        in_order = False
        self.end, self.latest, self._last = end, latest, last
        self._in_order = len(facts) if in_order else -1

    def _set_aside(self, placed: VerifiedRecord, place: Place) -> None:
        """What is no fact: corrections, and what cannot be read."""
        if type(placed.record) is not Record:
            self.withheld[place] = placed
        elif placed.record.kind == "correction":
            self.corrections[place] = placed

    def joined(self, other: Trade) -> Trade:
        """This state and another one's: the same as if all had been added to one."""
        return Trade(
            {**self.facts, **other.facts},
            {**self.malformed, **other.malformed},
            {**self.withheld, **other.withheld},
            {**self.corrections, **other.corrections},
            {**self.lone, **other.lone},
            {**self.taken_back, **other.taken_back},
            self.cut | other.cut,
            max(self.end, other.end),
            max(self.latest, other.latest),
        )

    def until(self, as_of: int) -> Trade:
        """What the ledger had placed by a moment (ms)."""
        if self.latest <= as_of:
            return self
        kept = [
            *(one.placed for one in self.facts.values()),
            *(one for one, _ in self.malformed.values()),
            *self.withheld.values(),
            *self.corrections.values(),
        ]
        found = Trade.of(one for one in kept if one.sequenced_at <= as_of)
        found.cut = set(self.cut)
        return found

    def counting(self, independent: Callable[[VerifiedRecord], bool] = lambda _: False) -> Trade:
        """The same with what corrections say instead, and without what did not occur.

        What several parties signed, an order above all, is only corrected by all of them: a merchant alone could else
        move a line away from under its review. Nor can it take back that it admitted a fault.

        Args:
            independent: Whether somebody signed a correction who has no part in the merchant's business.
        """
        if not self.corrections:
            return self
        answers, found = self._admitted(independent)
        for place, placed in answers.targets.items():
            outcome = answers.corrections.outcome(placed)
            if outcome.by is None:
                continue
            found.facts.pop(place, None)
            found.malformed.pop(place, None)
            if outcome.data is not None and isinstance(placed.record, Record):
                found.read(placed, place, placed.record, outcome)
        return found

    def _admitted(self, independent: Callable[[VerifiedRecord], bool]) -> tuple[_Answers, Trade]:
        """The corrections that count, and this state with those that do not set aside."""
        every, held = Corrections(cast("ChainReader", _Held(self))), cast("ChainReader", _Held(self))
        for correction in self.corrections.values():
            every.learn(correction)
        counting, targets = Corrections(held), {}
        lone, taken_back = dict(self.lone), dict(self.taken_back)
        admitted = {
            place for place, fact in self.facts.items() if type(fact) is Resolved and fact.fault is True
        }
        amended: list[tuple[Place, Listed]] = []
        for place, correction in sorted(self.corrections.items()):
            origin = self._origin(every, correction)
            if origin is None:
                continue
            at = (origin.entry, origin.position)
            said = correction.record.data.get("data") if isinstance(correction.record, Record) else None
            admits = isinstance(said, Mapping) and said.get("fault_accepted") is True
            if not {origin.party, *origin.cosigners} <= {correction.party, *correction.cosigners}:
                lone[place] = correction
            elif at in admitted and not admits and not independent(correction):
                taken_back[place] = correction
            else:
                counting.learn(correction)
                targets[at] = origin
                if admits and type(self.facts.get(at)) is Resolved:
                    admitted.add(at)
                amended += self._amended(origin, correction, place, said)
        found = Trade(
            dict(self.facts),
            dict(self.malformed),
            self.withheld,
            {},
            lone,
            taken_back,
            self.cut,
            self.end,
            self.latest,
        )
        found.stated = _history([*((one.place, one) for one in self.of_kind(Listed)), *amended])
        return _Answers(counting, targets), found

    def _amended(
        self, origin: VerifiedRecord, correction: VerifiedRecord, place: Place, said: object
    ) -> Iterator[tuple[Place, Listed]]:
        """A listing as a correction has it from its own place on."""
        at = (origin.entry, origin.position)
        if not isinstance(origin.record, Record) or origin.record.kind != "listing":
            return
        if isinstance(said, Mapping):
            try:
                fact = read_fact(correction, place, origin.record, said)
            except FormatError:
                return
            if isinstance(fact, Listed):
                yield at, fact
        elif isinstance(before := self.facts.get(at), Listed):
            yield (
                at,
                before._replace(
                    placed=correction, place=place, lots=(), promises=(), until=correction.sequenced_at
                ),
            )

    def read(self, placed: VerifiedRecord, place: Place, record: Record, outcome: Outcome) -> None:
        """Take what a correction says instead of a record."""
        try:
            fact = read_fact(placed, place, record, outcome.data or {})
        except FormatError as error:
            self.malformed[place] = outcome.by or placed, str(error.facts.get("at", ""))
        else:
            if fact is not None:
                self.facts[place] = fact

    def listings(self) -> list[Listed]:
        """Every offer as it stood from its place on, those that were corrected later too, in the order of the log."""
        return self.of_kind(Listed) if self.stated is None else self.stated

    def of_kind(self, kind: type[F]) -> list[F]:
        """The facts of one kind, in the order of the log."""
        if self._in_order != len(self.facts):  # they came in another order, or from another state
            self._by_kind = defaultdict(list)
            for place in sorted(self.facts):
                fact = self.facts[place]
                self._by_kind[type(fact)].append(fact)
                self._last = place
            self._in_order = len(self.facts)
        return cast("list[F]", self._by_kind.get(cast("type[Fact]", kind), []))

    def held(self) -> Iterator[VerifiedRecord]:
        """The records that a correction can be about, and corrections."""
        yield from (one.placed for one in self.facts.values())
        yield from (one for one, _ in self.malformed.values())
        yield from self.corrections.values()

    def _origin(self, answers: Corrections, correction: VerifiedRecord) -> VerifiedRecord | None:
        """The record that a correction is about in the end, if it counts at all."""
        current: VerifiedRecord | None = correction
        for _ in range(len(self.corrections) + 1):
            if current is None or not is_correction(current):
                break
            current = answers.corrected(current)
        return None if current is None or is_correction(current) else current


class _Answers(NamedTuple):
    """Corrections that count, and the records that they are about."""

    corrections: Corrections
    targets: dict[Place, VerifiedRecord]


def _history(versions: list[tuple[Place, Listed]]) -> list[Listed]:
    """Versions of listings in the order of the log; correcting an old one changes nothing once a newer one stands."""
    latest: dict[tuple[str, str, str], Place] = {}
    found = []
    for origin, one in sorted(versions, key=lambda pair: pair[1].place):
        key = (one.merchant, one.product, one.number)
        if origin >= latest.get(key, _NOWHERE):
            latest[key] = origin
            found.append(one)
    return found


class _Held:
    """A reader of records that are already here: as much of one as `Corrections` asks for."""

    def __init__(self, trade: Trade) -> None:
        self._records = {(one.entry, one.position): one for one in trade.held()}

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place. NotFoundError if it is not here."""
        found = self._records.get((entry, position))
        if found is None:
            raise NotFoundError("score.held", seen=f"{entry}/{position}")
        return found

    def business_places(self, digests: Sequence[bytes]) -> list[Place | None]:
        """All corrections are among the records."""
        return [None for _ in digests]
