"""What logistic units hold, so that goods packed on a pallet are weighed as the goods they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.views.goods import is_logistic_unit
from trustledger.views.plausibility.quantity import Sum

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening
    from trustledger.views.plausibility.quantity import Stated

MAX_INSIDE: Final = 100
"""Units inside those that a step names that are opened; beyond, its balance is open."""


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

    @property
    def packs_only(self) -> bool:
        """Whether nothing but logistic units comes out: that makes nothing."""
        return all(is_logistic_unit(one.lot) for one in self.outputs)


class Packed(NamedTuple):
    """What one step put on some logistic units, or what shipments list as being on one.

    Attributes:
        total: The goods added up, units left out.
        lots: Which they are.
        units: Units that were packed in turn.
        refs: Places of the records that say so.
    """

    total: Sum
    lots: frozenset[str]
    units: tuple[str, ...]
    refs: tuple[str, ...]

    @classmethod
    def of(cls, amounts: Iterable[Stated]) -> Packed:
        """What some amounts make together."""
        listed = tuple(amounts)
        goods = goods_in(listed)
        units = dict.fromkeys(one.lot for one in listed if is_logistic_unit(one.lot))
        refs = dict.fromkeys(one.ref for one in listed)
        return cls(Sum.of(goods), frozenset(one.lot for one in goods), tuple(units), tuple(refs))


class Contents:
    """What logistic units hold: what was packed on them, else what shipments say is on them.

    Args:
        made: All transformations.
        happenings: All that happened, in the order of the log.
    """

    def __init__(self, made: Iterable[Transformation], happenings: Iterable[Happening]) -> None:
        self._packed: dict[str, list[Packed]] = {}
        for one in made:
            units = dict.fromkeys(each.lot for each in one.outputs if is_logistic_unit(each.lot))
            if units:
                packed = Packed.of(one.inputs)
                for unit in units:
                    self._packed.setdefault(unit, []).append(packed)
        listed: dict[str, dict[tuple[str, ...], Stated]] = {}
        for told in happenings:
            if (
                told.kind == "shipping"
                and is_logistic_unit(told.subject)
                and told.subject not in self._packed
            ):
                for amount in told.moved:
                    if amount.lot != told.subject:
                        same = amount.lot, amount.quantity, amount.unit
                        listed.setdefault(told.subject, {}).setdefault(same, amount)
        self._packed |= {unit: [Packed.of(amounts.values())] for unit, amounts in listed.items()}

    def of(self, units: Iterable[str]) -> list[Packed] | None:
        """What some units hold together at most, those inside them opened; None where it is not said of one.

        What was packed in one step is there once, on however many units.
        """
        waiting = list(dict.fromkeys(units))
        opened, most = set(waiting), len(waiting) + MAX_INSIDE
        held: dict[int, Packed] = {}
        while waiting:
            unit = waiting.pop()
            if unit not in self._packed or len(opened) > most:
                return None
            for packed in self._packed[unit]:
                if id(packed) not in held:
                    held[id(packed)] = packed
                    new = [one for one in packed.units if one not in opened]
                    opened.update(new)
                    waiting += new
        return list(held.values())


def opened_together(made: Sequence[Transformation]) -> Iterator[list[Transformation]]:
    """The transformations that share logistic units, group by group: what one took off a pallet, another cannot."""
    first: dict[str, str] = {}

    def root(unit: str) -> str:
        while first.setdefault(unit, unit) != unit:
            first[unit] = first[first[unit]]
            unit = first[unit]
        return unit

    touched = [
        (one, [each.lot for each in (*one.inputs, *one.outputs) if is_logistic_unit(each.lot)])
        for one in made
    ]
    for _, units in touched:
        for unit in units[1:]:
            first[root(unit)] = root(units[0])
    groups: dict[str, list[Transformation]] = {}
    for one, units in touched:
        if units:
            groups.setdefault(root(units[0]), []).append(one)
    yield from groups.values()


def units_in(made: Iterable[Transformation]) -> list[str]:
    """The logistic units that some transformations use, each once."""
    return list(dict.fromkeys(each.lot for one in made for each in one.inputs if is_logistic_unit(each.lot)))


def goods_in(amounts: Iterable[Stated]) -> tuple[Stated, ...]:
    """Amounts without the logistic units among them."""
    return tuple(one for one in amounts if not is_logistic_unit(one.lot))
