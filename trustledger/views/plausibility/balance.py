"""Mass balance across processing: what came out, and what was lost, against what went in."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.views.goods import is_logistic_unit
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.quantity import Stated, Sum, exceeds

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening

_MASS: Final = "mass"
_FREE: Final = ("pieces", "volume", "length", "area")
"""Dimensions in which more may well come out than went in: a log gives many boards, cream is whipped."""


class Transformation(NamedTuple):
    """One transformation, which several records may tell in parts.

    Attributes:
        told_by: Its records, in the order of the log.
        inputs: What went in.
        outputs: What came out.
        losses: What was lost.
    """

    told_by: tuple[Happening, ...]
    inputs: tuple[Stated, ...]
    outputs: tuple[Stated, ...]
    losses: tuple[Stated, ...]


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
    """What is odd about the amounts of each transformation.

    Packing into a logistic unit and unpacking make nothing; what such a unit holds is judged with its shipments.
    """
    for made in transformations(happenings):
        if any(is_logistic_unit(one.lot) for one in (*made.inputs, *made.outputs)):
            continue
        available, taken = Sum.of(made.inputs), Sum.of((*made.outputs, *made.losses))
        verdict = exceeds(taken, available)
        if verdict == "within":
            continue
        code, level = f"plausibility.balance_{verdict}", _LEVELS.get(verdict, "note")
        if verdict == "more":
            dimension = next(iter(available.parts))
            if dimension != _MASS:
                code, level = "plausibility.count_grew", "note" if dimension in _FREE else "doubt"
        last = made.told_by[-1]
        facts = {
            "step": last.text("step"),
            "inputs": available.text(),
            "outputs": Sum.of(made.outputs).text(),
            "loss": Sum.of(made.losses).text(),
        }
        refs = tuple(one.ref for one in made.told_by[:-1])
        yield Finding(code, made.outputs[0].lot, last.ref, facts, level, refs)


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
