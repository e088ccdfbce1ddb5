"""Mass balance across processing: what came out, and what was lost, against what went in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from trustledger.views.goods import is_logistic_unit
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.pallets import (
    Contents,
    Packed,
    Transformation,
    goods_in,
    opened_together,
    units_in,
)
from trustledger.views.plausibility.quantity import Stated, Sum, exceeds

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening

_MASS: Final = "mass"
_FREE: Final = ("pieces", "volume", "length", "area")
"""Dimensions in which more may well come out than went in: a log gives many boards, cream is whipped."""
_SHOWN: Final = 8
"""Names that one finding lists."""


def transformations(happenings: Iterable[Happening]) -> list[Transformation]:
    """The transformations among some happenings; parts of one event, and records of one run of a party, are one."""
    groups: dict[Hashable, list[Happening]] = {}
    for one in happenings:
        if one.transforms:
            groups.setdefault(_group(one), []).append(one)
    return [
        Transformation(
            tuple(group),
            tuple(_once(amount for one in group for amount in one.inputs)),
            tuple(_once(amount for one in group for amount in one.outputs)),
            tuple(one.loss for one in group if one.loss is not None),
        )
        for group in groups.values()
    ]


def balance_findings(happenings: Iterable[Happening]) -> Iterator[Finding]:
    """What is odd about the amounts of each transformation, and of those together that opened the same pallets.

    Packing into a logistic unit makes nothing. Whoever uses a unit up uses what it holds; where that is not said, the
    balance is open. What is merely unpacked is held against what was packed elsewhere (`unit_findings`).
    """
    told = list(happenings)
    made = transformations(told)
    contents = Contents(made, told)
    for one in made:
        if not one.packs_only:
            yield from _balance(one, contents)
    for group in opened_together(made):
        yield from _taken_twice(group, contents)


def _balance(made: Transformation, contents: Contents) -> Iterator[Finding]:
    units, goods = units_in([made]), goods_in(made.outputs)
    held = contents.of(units)
    others = goods_in(made.inputs)
    if held is None or (
        held and not others and all(any(one.lot in each.lots for each in held) for one in goods)
    ):
        return
    available, taken = Sum.of(others), Sum.of((*goods, *made.losses))
    for each in held:
        available.join(each.total)
    verdict = exceeds(taken, available)
    if verdict == "within":
        return
    code, level = f"plausibility.balance_{verdict}", _LEVELS.get(verdict, "note")
    if verdict == "more":
        dimension = next(iter(available.parts))
        if dimension != _MASS:
            code, level = "plausibility.count_grew", _grown(dimension)
    last = made.told_by[-1]
    facts = {
        "step": last.text("step"),
        "inputs": available.text(),
        "outputs": Sum.of(goods).text(),
        "loss": Sum.of(made.losses).text(),
    }
    refs = (*_packings(held), *(one.ref for one in made.told_by[:-1]))
    yield Finding(code, goods[0].lot, last.ref, facts, level, refs)


def _taken_twice(group: list[Transformation], contents: Contents) -> Iterator[Finding]:
    """What came off some pallets in several steps, against all that they hold and what was added.

    A step that also packs one of them has put its goods there already.
    """
    opening = [one for one in group if units_in([one]) and not one.packs_only]
    units = units_in(opening)
    held = contents.of(units) if len(opening) > 1 else None
    if held is None:
        return
    packing = _packings(held)
    available = Sum.of(
        amount for one in opening for amount in goods_in(one.inputs) if amount.ref not in packing
    )
    for each in held:
        available.join(each.total)
    taken = Sum.of(amount for one in opening for amount in (*goods_in(one.outputs), *one.losses))
    if exceeds(taken, available) == "more":
        dimension = next(iter(available.parts))
        records = {one.place: one.ref for each in opening for one in each.told_by}
        *others, last = (records[place] for place in sorted(records))
        facts = {
            "unit": ", ".join(units[:_SHOWN]),
            "seen": taken.text(available),
            "expected": available.text(),
        }
        level = "alarm" if dimension == _MASS else _grown(dimension)
        refs = tuple(one for one in dict.fromkeys((*packing, *others)) if one != last)
        yield Finding("plausibility.unit_twice", units[0], last, facts, level, refs)


def _packings(held: list[Packed]) -> dict[str, None]:
    return dict.fromkeys(ref for each in held for ref in each.refs)


def _grown(dimension: str) -> Level:
    return "note" if dimension in _FREE else "doubt"


_LEVELS: Final[dict[str, Level]] = {"more": "alarm", "unreadable": "doubt"}


def _group(one: Happening) -> Hashable:
    run, event, part = one.text("run"), one.text("event"), one.data.get("part")
    if run:
        return "run", one.party, one.text("step"), run
    if event and part:
        return "event", one.party, event
    return "record", one.place


def _once(amounts: Iterable[Stated]) -> Iterator[Stated]:
    """Amounts without those that only repeat a name: the parts of a long event state each amount once."""
    listed = list(amounts)
    stated = {one.lot for one in listed if one.quantity and one.unit and not _implied(one)}
    silent: set[str] = set()
    for one in listed:
        if one.quantity and not _implied(one):
            yield one
        elif one.sealed or (one.lot not in stated and one.lot not in silent):
            silent.add(one.lot)
            yield one


def _implied(one: Stated) -> bool:
    """One piece of a thing that cannot be divided is one piece however often it is named."""
    return (one.quantity, one.unit) == ("1", "pc") and ("/21/" in one.lot or is_logistic_unit(one.lot))
