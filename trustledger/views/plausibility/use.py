"""The same kilogram used twice: what was taken of a lot against what there was of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trustledger.encoding import format_time
from trustledger.views.goods import is_logistic_unit
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.balance import transformations
from trustledger.views.plausibility.circles import Circles, circle_findings
from trustledger.views.plausibility.happening import is_item
from trustledger.views.plausibility.pallets import Contents
from trustledger.views.plausibility.places import comparable, end_of, is_gln
from trustledger.views.plausibility.quantity import Sum, exceeds
from trustledger.views.plausibility.running import Shortage, Taken, shortage

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening
    from trustledger.views.plausibility.pallets import Transformation

_CARRIER_ONLY: Final = ("carrier",)


@dataclass(slots=True)
class LotUse:
    """What is said of one lot's amounts.

    Attributes:
        made: Origins and transformations that made it.
        consumed: Transformations that used it.
        received: Shipments that took it over.
        dispatched: Shipments that handed it over, those of a logistic unit that it was packed into left out: the
            packing has used it already.
        fresh: Of what made it, what was not made of it and did not merely take it out of what it was packed into.
        returned: Something made it that was made of it.
    """

    made: list[Taken] = field(default_factory=list)
    consumed: list[Taken] = field(default_factory=list)
    received: list[Taken] = field(default_factory=list)
    dispatched: list[Taken] = field(default_factory=list)
    fresh: list[Taken] = field(default_factory=list)
    returned: bool = False

    @property
    def only_unpacked(self) -> bool:
        """Whether all that is said to have made it merely took it out again: nobody says how much there is."""
        return bool(self.made) and not self.fresh and not self.returned

    @property
    def arrived(self) -> bool:
        """Whether somebody took some over no later than the first was made, so that it came from elsewhere."""
        first = min((one.at for one, _ in self.made), default=None)
        return first is not None and any(one.at <= first for one, _ in self.received)

    @property
    def from_outside(self) -> bool:
        """Whether there was some before any was made, so that there is more of it than anyone says was made."""
        if self.fresh or not self.made:
            return False
        first = min(one.at for one, _ in self.made)
        return self.arrived or any(one.at < first for one, _ in self.consumed)


def lot_uses(
    happenings: Iterable[Happening], wholes: Sequence[Transformation], circles: Circles
) -> dict[str, LotUse]:
    """What is said of each lot's amounts, by lot, in the order of the log.

    Args:
        happenings: What happened.
        wholes: The transformations among it.
        circles: Which lots come out of themselves.
    """
    told = list(happenings)
    uses: dict[str, LotUse] = {}
    for one in told:
        if one.kind == "origin":
            for amount in one.outputs:
                use = uses.setdefault(amount.lot, LotUse())
                use.made.append((one, amount))
                use.fresh.append((one, amount))
    for number, whole in enumerate(wholes):
        by_ref = {one.ref: one for one in whole.told_by}
        for amount in whole.outputs:
            use = uses.setdefault(amount.lot, LotUse())
            use.made.append((by_ref[amount.ref], amount))
            back = circles.returns(number, amount.lot)
            use.returned |= back
            if not back and (number, amount.lot) not in circles.unpacked:
                use.fresh.append(use.made[-1])
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
    """Lots of which more was used, or left a holder, than there was, by then or at all; and lots out of nothing."""
    told = list(happenings)
    wholes = transformations(told)
    circles = Circles(wholes, Contents(wholes, told))
    uses = lot_uses(told, wholes, circles)
    barren = [
        lots for lots in circles.groups() if not any(uses[lot].fresh or uses[lot].arrived for lot in lots)
    ]
    yield from circle_findings(circles, wholes, barren)
    accused = {lot for lots in barren for lot in lots}
    for lot, use in uses.items():
        if is_logistic_unit(lot):
            continue
        if is_item(lot):
            yield from _item(use)
            continue
        found = [*_used_twice(use)]
        if not found and lot not in accused:
            found += _used_early(use, circular=circles.has(lot))
        left = [] if any(one.level == "alarm" for one in found) else [*_more_left(use)]
        yield from (*found, *left)
        if all(one.level == "note" for one in left):
            yield from _sent_twice(use)


def _used_twice(use: LotUse) -> Iterator[Finding]:
    """All that was consumed of a lot against all that was ever made of it.

    Where some of it was there before anyone says that it was made, what was received counts as well, and as nobody
    knows whether that is all, it is a doubt.
    """
    if not use.consumed or not use.made or use.only_unpacked:
        return
    came = _came(use)
    available, taken = _sum(came), _sum(use.consumed)
    verdict = exceeds(taken, available)
    facts = {"made": available.text(), "used": taken.text(available)}
    if verdict == "more":
        level: Level = "doubt" if use.from_outside else "alarm"
        yield _finding("plausibility.used_twice", level, facts, use.consumed, came)
    elif verdict in ("incomparable", "sealed") or (verdict == "unstated" and taken.parts):
        yield _finding(f"plausibility.use_{verdict}", "note", facts, use.consumed, came)


def _used_early(use: LotUse, *, circular: bool) -> Iterator[Finding]:
    """What had been consumed of a lot at some moment against what there was by then.

    An alarm where only what was made of the lot itself makes up for it: that cannot have been there before. Otherwise
    more was made later, and a step that took days may be recorded with its first. Where there was nothing at all,
    `before_made_findings` says so, unless all of it was made of itself.
    """
    if use.only_unpacked:
        return
    came = _came(use)
    short = shortage(came, use.consumed, by_place=circular, from_nothing=use.from_outside)
    if short is not None:
        known = exceeds(short.taken, _sum(use.fresh)) == "more"
        yield _early("", short, came, use.consumed, alarm=known)


def _more_left(use: LotUse) -> Iterator[Finding]:
    """What left each holder, consumed or handed over, against what it made or took over.

    Of one that only took out what it, or another, had packed, nobody says how much it had before.
    """
    holders = use.received if use.only_unpacked else (*use.made, *use.received)
    for party in sorted({one.party for one, _ in holders}):
        came = [each for each in (*use.made, *use.received) if each[0].party == party]
        consumed = [each for each in use.consumed if each[0].party == party]
        own = _own_ends(party, (*use.made, *use.received, *use.consumed))
        sent = [each for each in use.dispatched if each[0].party == party and _to(each[0]) not in own]
        available = _sum(came)
        facts = {"party": party, "made": available.text()}
        for taken in (sent, consumed, [*consumed, *sent]):
            total = _sum(taken)
            if taken and exceeds(total, available) == "more":
                facts["used"] = total.text(available)
                alarm = taken is sent and _beyond_all(total, use, party, own)
                yield _finding("plausibility.more_left", "alarm" if alarm else "doubt", facts, taken, came)
                break
        else:
            verdict = exceeds(_sum(sent), available) if sent else "within"
            if verdict in ("incomparable", "sealed"):
                facts["used"] = _sum(sent).text(available)
                yield _finding(f"plausibility.use_{verdict}", "note", facts, sent, came)
            short = shortage(came, sent)
            if short is not None:
                alarm = _beyond_all(short.taken, use, party, own, until=short.one.at)
                yield _early(party, short, came, sent, alarm=alarm)


def _beyond_all(taken: Sum, use: LotUse, party: str, own: set[str], until: int | None = None) -> bool:
    """Whether one party sent more than anyone says it can have had, its own receipts complete or not.

    That is more than was ever made of the lot, and more than it made itself and others say that they sent it.

    Args:
        taken: What it sent.
        use: What is said of the lot.
        party: The sender.
        own: Where it has the goods.
        until: The moment by which others must have sent it, ms; None if any.
    """
    if use.from_outside or use.only_unpacked:
        return False
    ends = own | {_from(one) for one, _ in use.dispatched if one.party == party}
    mine = [each for each in use.made if each[0].party == party]
    back = [
        each
        for each in use.dispatched
        if each[0].party != party
        and (until is None or each[0].at <= until)
        and (_to(each[0]) in ends or not any(comparable(_to(each[0]), end) for end in ends))
    ]
    made = _sum(use.made)
    return exceeds(taken, made) == "more" and (
        not (mine or back) or exceeds(taken, _sum([*mine, *back])) == "more"
    )


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


def _came(use: LotUse) -> list[Taken]:
    """What there was of a lot: what was made, and, if it also came from elsewhere, what was received."""
    return [*use.made, *use.received] if use.from_outside else use.made


def _early(party: str, short: Shortage, came: list[Taken], taken: list[Taken], *, alarm: bool) -> Finding:
    """A finding about the record that took too much, of a lot or of one party's share of it.

    Beside it stand what had been taken and had come by then, and what came until there was enough.
    """
    code = "plausibility.left_early" if party else "plausibility.used_early"
    level: Level = "note" if short.level == "note" else "alarm" if alarm else "doubt"
    until = max(short.one.at, short.cured.at)
    beside = [one for one, _ in taken if one.at <= short.one.at] + [one for one, _ in came if one.at <= until]
    others = {one.place: one.ref for one in beside if one.ref != short.one.ref}
    lot = next(amount.lot for one, amount in taken if one.ref == short.one.ref)
    facts = {
        **({"party": party} if party else {}),
        "used": short.taken.text(short.there),
        "made": short.there.text(),
        "time": format_time(short.one.at),
        "until": format_time(short.cured.at),
    }
    return Finding(code, lot, short.one.ref, facts, level, tuple(others[place] for place in sorted(others)))


def _finding(
    code: str, level: Level, facts: dict[str, str], taken: Sequence[Taken], made: Sequence[Taken]
) -> Finding:
    """A finding about the lot, at the last record that took of it; the others stand beside it, makers too."""
    last = max((one for one, _ in taken), key=lambda one: one.place)
    others = {one.place: one.ref for one, _ in (*made, *taken) if one.ref != last.ref}
    lot = next(amount.lot for _, amount in taken)
    return Finding(code, lot, last.ref, facts, level, tuple(others[place] for place in sorted(others)))
