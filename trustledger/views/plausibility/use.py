"""The same kilogram used twice: what was taken of a lot against what there was of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trustledger.views.goods import is_logistic_unit
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.balance import transformations
from trustledger.views.plausibility.happening import is_item
from trustledger.views.plausibility.places import end_of, is_gln
from trustledger.views.plausibility.quantity import Stated, Sum, exceeds

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening

_CARRIER_ONLY: Final = ("carrier",)
Taken = tuple["Happening", Stated]


@dataclass(slots=True)
class LotUse:
    """What is said of one lot's amounts.

    Attributes:
        made: Origins and transformations that made it.
        consumed: Transformations that used it.
        received: Shipments that took it over.
        dispatched: Shipments that handed it over, those of a logistic unit that it was packed into left out: the
            packing has used it already.
    """

    made: list[Taken] = field(default_factory=list)
    consumed: list[Taken] = field(default_factory=list)
    received: list[Taken] = field(default_factory=list)
    dispatched: list[Taken] = field(default_factory=list)


def lot_uses(happenings: Iterable[Happening]) -> dict[str, LotUse]:
    """What is said of each lot's amounts, by lot, in the order of the log."""
    told = list(happenings)
    uses: dict[str, LotUse] = {}
    for one in told:
        if one.kind == "origin":
            for amount in one.outputs:
                uses.setdefault(amount.lot, LotUse()).made.append((one, amount))
    for whole in transformations(told):
        by_ref = {one.ref: one for one in whole.told_by}
        for amount in whole.outputs:
            uses.setdefault(amount.lot, LotUse()).made.append((by_ref[amount.ref], amount))
        for amount in whole.inputs:
            uses.setdefault(amount.lot, LotUse()).consumed.append((by_ref[amount.ref], amount))
    packed = _packed(told)
    for one in told:
        for amount in one.moved if one.kind == "shipping" else ():
            use = uses.setdefault(amount.lot, LotUse())
            if one.received:
                use.received.append((one, amount))
            elif one.dispatched and (amount.lot, one.subject) not in packed:
                use.dispatched.append((one, amount))
    return uses


def use_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """Lots of which more was used, or left a holder, than there was."""
    for lot, use in lot_uses(happenings).items():
        if is_logistic_unit(lot):
            continue
        if is_item(lot):
            yield from _item(use)
            continue
        found = [*_used_twice(use)]
        left = [] if any(one.level == "alarm" for one in found) else [*_more_left(use)]
        yield from (*found, *left)
        if all(one.level == "note" for one in left):
            yield from _sent_twice(use)


def _used_twice(use: LotUse) -> Iterator[Finding]:
    """All that was consumed of a lot against all that was ever made of it."""
    if not use.consumed or not use.made:
        return
    available, taken = _sum(use.made), _sum(use.consumed)
    verdict = exceeds(taken, available)
    facts = {"made": available.text(), "used": taken.text(available)}
    if verdict == "more":
        yield _finding("plausibility.used_twice", "alarm", facts, use.consumed, use.made)
    elif verdict in ("incomparable", "sealed") or (verdict == "unstated" and taken.parts):
        yield _finding(f"plausibility.use_{verdict}", "note", facts, use.consumed, use.made)


def _more_left(use: LotUse) -> Iterator[Finding]:
    """What left each holder, consumed or handed over, against what it made or took over."""
    for party in sorted({one.party for one, _ in (*use.made, *use.received)}):
        came = [each for each in (*use.made, *use.received) if each[0].party == party]
        consumed = [each for each in use.consumed if each[0].party == party]
        own = _own_ends(party, (*use.made, *use.received, *use.consumed))
        sent = [each for each in use.dispatched if each[0].party == party and _to(each[0]) not in own]
        available = _sum(came)
        facts = {"party": party, "made": available.text()}
        for taken, level in ((consumed, "alarm"), (sent, "alarm"), ([*consumed, *sent], "doubt")):
            total = _sum(taken)
            if taken and exceeds(total, available) == "more":
                facts["used"] = total.text(available)
                weight: Level = "alarm" if level == "alarm" else "doubt"
                yield _finding("plausibility.more_left", weight, facts, taken, came)
                break
        else:
            verdict = exceeds(_sum(sent), available) if sent else "within"
            if verdict in ("incomparable", "sealed"):
                facts["used"] = _sum(sent).text(available)
                yield _finding(f"plausibility.use_{verdict}", "note", facts, sent, came)


def _sent_twice(use: LotUse) -> Iterator[Finding]:
    """What was sent away, against all that was ever made.

    Of one sender that says nothing of what it received: all that it sent. Of all senders, where each names both ends by
    a GLN: what was sent to those who did not send it on. One consignment that several records tell of, under one
    document or by its carrier, counts once.
    """
    available = _sum(use.made)
    holders = {one.party for one, _ in (*use.made, *use.received)}
    sent = [each for each in use.dispatched if each[0].roles != _CARRIER_ONLY]
    choices = [
        [each for each in sent if each[0].party == party] for party in _senders(sent) if party not in holders
    ]
    if sent and all(is_gln(_from(one)) and is_gln(_to(one)) for one, _ in sent):
        onward = {_from(one) for one, _ in sent}
        choices.append([each for each in sent if _to(each[0]) not in onward])
    for choice in choices:
        told = list(
            {(_to(one), one.text("document") or one.ref): (one, amount) for one, amount in choice}.values()
        )
        if len(told) > 1 and use.made and exceeds(_sum(told), available) == "more":
            facts = {"made": available.text(), "used": _sum(told).text(available)}
            yield _finding("plausibility.sent_twice", "doubt", facts, told, use.made)
            return


def _senders(sent: Iterable[Taken]) -> list[str]:
    return sorted({one.party for one, _ in sent})


def _item(use: LotUse) -> Iterator[Finding]:
    """One thing is used up once, unless it was taken out of something again in between."""
    if len(use.consumed) < 2:
        return
    first = min(one.at for one, _ in use.consumed)
    again = [each for each in use.made if each[0].at > first]
    if len(use.consumed) > 1 + len(again):
        facts = {"made": f"{1 + len(again)} pc", "used": f"{len(use.consumed)} pc"}
        yield _finding("plausibility.used_twice", "alarm", facts, use.consumed, use.made)


def _packed(happenings: Iterable[Happening]) -> frozenset[tuple[str, str]]:
    """Which lots were packed into which logistic units."""
    return frozenset(
        (used.lot, made.lot)
        for one in happenings
        for made in one.outputs
        if is_logistic_unit(made.lot)
        for used in one.inputs
    )


def _own_ends(party: str, told: Iterable[Taken]) -> set[str]:
    """Where a party had the goods: what it sends there stays with it."""
    mine = [one for one, _ in told if one.party == party]
    ends = {end_of(one.text("place")) for one in mine} | {_to(one) for one in mine if one.received}
    return (ends | {end_of(party)}) - {""}


def _to(one: Happening) -> str:
    return end_of(one.text("to"))


def _from(one: Happening) -> str:
    return end_of(one.text("from"))


def _sum(taken: Iterable[Taken]) -> Sum:
    return Sum.of(amount for _, amount in taken)


def _finding(
    code: str, level: Level, facts: dict[str, str], taken: Sequence[Taken], made: Sequence[Taken]
) -> Finding:
    """A finding about the lot, at the last record that took of it; the others stand beside it, makers too."""
    last = max((one for one, _ in taken), key=lambda one: one.place)
    others = {one.place: one.ref for one, _ in (*made, *taken) if one.ref != last.ref}
    lot = next(amount.lot for _, amount in taken)
    return Finding(code, lot, last.ref, facts, level, tuple(others[place] for place in sorted(others)))
