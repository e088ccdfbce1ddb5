"""Goods that leave from where they are not, arrive without having left, or arrive as more than what left."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.encoding import format_time
from trustledger.views.goods import is_logistic_unit
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.happening import is_item
from trustledger.views.plausibility.places import comparable, end_of, location_of
from trustledger.views.plausibility.quantity import Stated, Sum, exceeds
from trustledger.views.plausibility.times import weigh

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening

_CARRIER_ONLY: Final = ("carrier",)


class Stay(NamedTuple):
    """A place where goods are said to be, or to be sent to.

    Attributes:
        at: From when on, as claimed.
        location: The GLN of the place.
        ref: Place of the record.
        order: Its place in the log.
    """

    at: int
    location: str
    ref: str
    order: tuple[int, int]


Move = tuple["Happening", Stated]
_SHOWN: Final = 8
"""Names that one finding lists."""


class Dispatches:
    """The dispatches of one lot, found by where they lead.

    One may be what was received if it names this end; or if it names none, and another party sent it.

    Args:
        moves: Each dispatch with its amount.
    """

    def __init__(self, moves: list[Move]) -> None:
        self._by_end: dict[str, list[Move]] = {}
        for move in sorted(moves, key=lambda each: (each[0].at, each[0].place)):
            self._by_end.setdefault(end_of(move[0].text("to")), []).append(move)
        self._moves = moves
        self._parties = {one.party for one, _ in moves}

    def first(self, received: Happening) -> Happening | None:
        """The earliest dispatch that may be what was received."""
        heads = [self._by_end[end][0][0] for end in _ends(received) if end in self._by_end]
        heads += [one for one, _ in self._by_end.get("", ()) if one.party != received.party][:1]
        return min(heads, key=lambda one: (one.at, one.place), default=None)

    def by_others(self, received: Happening) -> list[Happening]:
        """Dispatches by other parties than the one that received, as many as a finding lists."""
        if not self._parties - {received.party}:
            return []
        return list(islice((one for one, _ in self._moves if one.party != received.party), _SHOWN))

    def to_any(self, received: list[Happening]) -> list[Move]:
        """All dispatches that may be one of the receipts."""
        ends = {end for one in received for end in _ends(one)}
        parties = {one.party for one in received}
        found = [move for end in sorted(ends) for move in self._by_end.get(end, ())]
        return found + [move for move in self._by_end.get("", ()) if parties != {move[0].party}]


def _ends(received: Happening) -> set[str]:
    """The names of the end at which something was received."""
    return {end_of(received.text("to")), end_of(received.party)} - {""}


def place_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """Goods used or dispatched at a place where nobody says they came.

    A lot can be divided, so it may be wherever any of it was, if it is known where all of it was made; one thing is
    where it was last. Only GLNs of places (AI 414) are compared, since other names cannot be told apart. Where nobody
    recorded any movement of some goods, their use at another place is a gap in the records and only a note.
    """
    told = list(happenings)
    stays, begun = _stays(told), _begun(told)
    tracked = {
        amount.lot for one in told if one.kind == "shipping" for amount in (*one.moved, *_carried(one))
    }
    tracked |= {
        used.lot
        for one in told
        for unit in one.outputs
        if unit.lot in tracked and is_logistic_unit(unit.lot)
        for used in one.inputs
    }
    for one in told:
        here = location_of(one.text("from")) if one.dispatched else ""
        lots = one.moved
        if one.transforms:
            here, lots = location_of(one.text("place")), one.inputs
        for lot in dict.fromkeys(amount.lot for amount in lots) if here else ():
            known = _whereabouts(one, lot, stays.get(lot, []), divisible=lot in begun)
            if known and here not in {stay.location for stay in known}:
                level: Level = "doubt" if one.dispatched or lot in tracked else "note"
                yield _elsewhere(one, lot, here, known, level)


def _whereabouts(one: Happening, lot: str, stays: list[Stay], *, divisible: bool) -> list[Stay]:
    """Where some goods may be when something happens to them, by time; empty if they may be anywhere."""
    single = is_item(lot) or is_logistic_unit(lot)
    if not single and not divisible:
        return []
    known = stays[: bisect_right(stays, one.at, key=lambda stay: stay.at)]
    while single and known and known[-1].order == one.place:
        known.pop()
    return [stay for stay in known if stay.order != one.place and (not single or stay.at == known[-1].at)]


def _elsewhere(one: Happening, lot: str, here: str, known: list[Stay], level: Level) -> Finding:
    facts = {
        "seen": here.removeprefix("gln:"),
        "expected": ", ".join(sorted({stay.location.removeprefix("gln:") for stay in known})[:_SHOWN]),
        "time": format_time(one.at),
    }
    refs = tuple(dict.fromkeys(stay.ref for stay in sorted(known, key=lambda each: each.order)))
    return Finding("plausibility.elsewhere", lot, one.ref, facts, level, refs)


def transfer_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """What was received against what was dispatched: lot by lot, and logistic unit by logistic unit."""
    told = list(happenings)
    makers: dict[str, list[Happening]] = {}
    sent: dict[str, list[Move]] = {}
    came: dict[str, list[Move]] = {}
    for one in told:
        for amount in one.outputs:
            makers.setdefault(amount.lot, []).append(one)
        for amount in _carried(one):
            (sent if one.dispatched else came).setdefault(amount.lot, []).append((one, amount))
    for lot, receipts in came.items():
        dispatches = Dispatches(sent.get(lot, []))
        for one, _ in receipts:
            first = dispatches.first(one)
            others = dispatches.by_others(one)
            if first is not None:
                yield from _too_early(lot, one, first)
            elif others:
                yield from _misdirected(lot, one, others)
            else:
                yield from _unsent(lot, one, makers.get(lot, []))
        yield from _grown(lot, receipts, dispatches)


def unit_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """What a logistic unit is said to hold against what was packed into it."""
    told = list(happenings)
    packed: dict[str, dict[str, Sum]] = {}
    for one in told:
        for made in one.outputs:
            if is_logistic_unit(made.lot) and one.transforms:
                for used in one.inputs:
                    packed.setdefault(made.lot, {}).setdefault(used.lot, Sum()).add(used)
    for one in told:
        units = [used.lot for used in one.inputs] if one.transforms else [one.subject]
        for unit in units:
            listed = one.outputs if one.transforms else one.moved if one.kind == "shipping" else ()
            if unit in packed and listed and all(amount.lot != unit for amount in listed):
                yield from _contents(unit, one, listed, packed[unit])


def _contents(
    unit: str, one: Happening, listed: tuple[Stated, ...], packed: dict[str, Sum]
) -> Iterator[Finding]:
    for lot in dict.fromkeys(amount.lot for amount in listed):
        told = Sum.of(amount for amount in listed if amount.lot == lot)
        facts = {"unit": unit, "seen": told.text(packed.get(lot))}
        if lot not in packed:
            refs = tuple(dict.fromkeys(ref for held in packed.values() for ref in held.refs))
            yield Finding("plausibility.unit_other", lot, one.ref, facts, "doubt", refs)
            continue
        verdict = exceeds(told, packed[lot])
        facts["expected"] = packed[lot].text()
        if verdict == "more":
            yield Finding("plausibility.unit_more", lot, one.ref, facts, "alarm", tuple(packed[lot].refs))
        elif verdict in ("incomparable", "sealed"):
            code = f"plausibility.unit_{verdict}"
            yield Finding(code, lot, one.ref, facts, "note", tuple(packed[lot].refs))
    if one.received:
        for lot in sorted(packed.keys() - {amount.lot for amount in listed}):
            facts = {"unit": unit, "expected": packed[lot].text()}
            yield Finding("plausibility.unit_missing", lot, one.ref, facts, "note", tuple(packed[lot].refs))


def _carried(one: Happening) -> tuple[Stated, ...]:
    """What a shipment hands over: of a logistic unit the unit, whatever it is said to hold."""
    if one.kind != "shipping" or not (one.dispatched or one.received):
        return ()
    return (Stated(one.ref, one.subject, "1", "pc"),) if is_logistic_unit(one.subject) else one.moved


def _stays(told: list[Happening]) -> dict[str, list[Stay]]:
    """Where each lot is said to have been or to be sent to; what was packed goes where its logistic unit goes."""
    stays: dict[str, list[Stay]] = {}
    inside: dict[str, set[str]] = {}
    for one in told:
        for made in one.outputs:
            if is_logistic_unit(made.lot):
                inside.setdefault(made.lot, set()).update(used.lot for used in one.inputs)
    for one in told:
        if one.kind == "shipping":
            lots = (*one.moved, *_carried(one))
        elif one.kind == "observation" or one.outputs:
            lots = (*one.outputs, *one.moved)
        else:
            continue
        names = {amount.lot for amount in lots}
        for name in names | {lot for unit in names for lot in inside.get(unit, ())}:
            stays.setdefault(name, []).extend(_said_places(one))
    return {lot: sorted(known) for lot, known in stays.items()}


def _begun(told: list[Happening]) -> set[str]:
    """The lots of which every record that made them says where."""
    places: dict[str, list[str]] = {}
    for one in told:
        for made in one.outputs:
            places.setdefault(made.lot, []).append(location_of(one.text("place")))
    return {lot for lot, known in places.items() if all(known)}


def _said_places(one: Happening) -> Iterator[Stay]:
    """Where a record says goods are: of a dispatch where it starts, and from then on where it leads."""
    if one.kind != "shipping":
        ends = [(one.at, one.text("place"))]
    elif one.dispatched:
        ends = [(one.at, one.text("from")), (one.at + 1, one.text("to"))]
    else:
        ends = [(one.at, one.text("to"))]
    for at, text in ends:
        if location_of(text):
            yield Stay(at, location_of(text), one.ref, one.place)


def _unsent(lot: str, one: Happening, makers: list[Happening]) -> Iterator[Finding]:
    """Received although whoever made it, another party, never says that it left. Unknown makers are not asked."""
    others = {maker.party for maker in makers}
    if others and one.party not in others:
        facts = {"party": one.party, "maker": ", ".join(sorted(others))}
        refs = tuple(maker.ref for maker in makers)
        yield Finding("plausibility.unsent", lot, one.ref, facts, "doubt", refs)


def _too_early(lot: str, one: Happening, first: Happening) -> Iterator[Finding]:
    """Received before anything was sent there."""
    if one.at < first.at:
        facts = {"seen": format_time(one.at), "expected": format_time(first.at)}
        level = weigh(one.at, first.at)
        yield Finding("plausibility.received_before_sent", lot, one.ref, facts, level, (first.ref,))


def _misdirected(lot: str, one: Happening, dispatches: list[Happening]) -> Iterator[Finding]:
    """Received by someone to whom nobody else sent it; a carrier is on the way to the addressee."""
    if one.roles == _CARRIER_ONLY:
        return
    here = end_of(one.text("to")) or end_of(one.party)
    known = all(comparable(here, end_of(each.text("to"))) for each in dispatches)
    facts = {
        "seen": one.text("to") or one.party,
        "expected": ", ".join(dict.fromkeys(each.text("to") for each in dispatches)),
    }
    refs = tuple(each.ref for each in dispatches)
    yield Finding("plausibility.other_addressee", lot, one.ref, facts, "doubt" if known else "note", refs)


def _grown(lot: str, receipts: list[Move], dispatches: Dispatches) -> Iterator[Finding]:
    """More received at one end than was ever sent to it."""
    ends: dict[str, list[Move]] = {}
    for one, amount in receipts:
        if one.roles != _CARRIER_ONLY:
            ends.setdefault(end_of(one.text("to")) or end_of(one.party), []).append((one, amount))
    for arrived in ends.values():
        fitting = dispatches.to_any([one for one, _ in arrived])
        taken, available = (Sum.of(amount for _, amount in group) for group in (arrived, fitting))
        verdict = exceeds(taken, available) if fitting else "within"
        last = max((one for one, _ in arrived), key=lambda one: one.place)
        facts = {"seen": taken.text(available), "expected": available.text()}
        refs = tuple(dict.fromkeys(one.ref for one, _ in (*fitting, *arrived) if one.ref != last.ref))
        if verdict == "more":
            yield Finding("plausibility.received_more", lot, last.ref, facts, "alarm", refs)
        elif verdict in ("incomparable", "sealed"):
            yield Finding(f"plausibility.received_{verdict}", lot, last.ref, facts, "note", refs)
