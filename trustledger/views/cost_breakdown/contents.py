"""How much of a lot can be in the goods that were made from it, by the records of the chain: exact fractions.

If the records made an amount m of some goods in all, and took in q₁ … qₙ of their sources, then one unit of the goods
holds at most (q₁ · c₁ + … + qₙ · cₙ) / m of a lot, where cᵢ is what one unit of source i holds of it; the lot itself
holds one. It is a bound: a step with several outputs could have put all of an input into one of them. A logistic unit
holds what was packed into it, a product as much as that of its lots that holds most, an item what its lot holds.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.encoding import check_decimal
from trustledger.errors import FormatError
from trustledger.kinds.units import convert, unit
from trustledger.views.cost_breakdown.sheet import PIECE
from trustledger.views.goods import CARRYING, goods_of, is_logistic_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from trustledger.kinds import Kinds
    from trustledger.views.cost_breakdown.sheet import Quantity
    from trustledger.views.goods import Amount, Goods
    from trustledger.views.model import Step


class Measure(NamedTuple):
    """An exact number of a unit."""

    value: Fraction
    unit: str

    def within(self, symbol: str) -> Measure | None:
        """The same in another unit; None if the two cannot be compared."""
        if symbol == self.unit:
            return self
        try:
            return Measure(
                self.value * (convert("1", self.unit, symbol) - convert("0", self.unit, symbol)), symbol
            )
        except FormatError:
            return None


class Content(NamedTuple):
    """At most how much of a lot is in one unit of some goods.

    Attributes:
        lot: How much of the lot, in a unit of the lot's; None of the lot itself, whatever it is counted in.
        per: The unit of the goods.
    """

    lot: Measure | None
    per: str

    def of(self, goods: Measure) -> Measure | None:
        """How much is in an amount of the goods; None if that cannot be compared."""
        if self.lot is None:
            return goods
        counted = goods.within(self.per)
        return Measure(counted.value * self.lot.value, self.lot.unit) if counted else None


class _Recipe(NamedTuple):
    """What went into some goods in all, and how much of them came of it; None where that is not said."""

    inputs: tuple[tuple[str, Measure | None], ...]
    made: Measure | None


_ITSELF: Final = Content(None, "")
_ONE: Final = Measure(Fraction(1), PIECE)


class Contents:
    """What lots hold of each other.

    Args:
        root: Where the goods were followed back from.
        steps: The records of each subject.
        sources: Of what each subject was made, or what belongs to it.
        kinds: Kinds of records.
    """

    def __init__(
        self, root: str, steps: Mapping[str, Sequence[Step]], sources: Mapping[str, set[str]], kinds: Kinds
    ) -> None:
        self._steps, self._sources, self._kinds = steps, sources, kinds
        self._order = _sources_first(root, sources)
        self._number = {subject: number for number, subject in enumerate(self._order)}
        self._recipes: dict[str, _Recipe | None] = {}
        self._known: dict[str, dict[str, Content | None]] = {}

    def most(self, subject: str, lot: str, per: Quantity) -> Measure | None:
        """At most how much of a lot is in an amount of a subject; None if the records do not say."""
        if lot not in self._known:
            self._known[lot] = self._all(lot)
        content = self._known[lot].get(subject)
        return content.of(Measure(Fraction(per.value), per.unit)) if content else None

    def _all(self, lot: str) -> dict[str, Content | None]:
        """What everything holds of a lot; only what holds some, and None where it is not known how much."""
        found: dict[str, Content | None] = {lot: _ITSELF}
        for subject in self._order[self._number.get(lot, 0) :]:
            if subject == lot:
                continue
            recipe = self._recipe(subject)
            if recipe is None:
                inside = [found[one] for one in self._sources.get(subject, ()) if one in found]
                if inside:
                    found[subject] = _largest(inside)
            else:
                inputs = [one for one in recipe.inputs if self._holds(subject, one[0], found)]
                if inputs:
                    found[subject] = _cooked(_Recipe(tuple(inputs), recipe.made), found)
        return found

    def _holds(self, subject: str, source: str, found: Mapping[str, Content | None]) -> bool:
        """Whether a source holds some of the lot, or goes in a circle, so that nobody can say."""
        return source in found or self._number.get(source, -1) > self._number[subject]

    def _recipe(self, subject: str) -> _Recipe | None:
        if subject not in self._recipes:
            self._recipes[subject] = self._read(subject)
        return self._recipes[subject]

    def _read(self, subject: str) -> _Recipe | None:
        """All records that made a subject, taken together; without any, the contents of a logistic unit."""
        steps = [one for one in self._steps.get(subject, ()) if one.state == "shown" and one.counts]
        made = [self._goods(step) for step in steps if step.standing == "output"]
        if made:
            inputs = [one for goods in made for one in goods.inputs if one.lot != subject]
            outputs = [
                one
                for goods in made
                for one in goods.outputs
                if one.lot == subject
                and all(used.lot != subject for used in goods.inputs)  # else it was there before
            ]
            return _Recipe(tuple((one.lot, _measure(one)) for one in inputs), _total(map(_measure, outputs)))
        if not is_logistic_unit(subject):
            return None
        lists = [self._goods(one).touched for one in steps if one.about_kind in CARRYING]
        packed = max(lists, key=len, default=())  # several hands list the same pallet, some of them in part
        return _Recipe(tuple((one.lot, _measure(one)) for one in packed), _ONE) if packed else None

    def _goods(self, step: Step) -> Goods:
        return goods_of(self._kinds.spec(step.about_kind), step.said)


def _cooked(recipe: _Recipe, found: Mapping[str, Content | None]) -> Content | None:
    """What one unit of some goods holds at most, of inputs that all hold some; None if anything is not known."""
    parts: list[Measure | None] = []
    for source, amount in recipe.inputs:
        content = found.get(source)
        parts.append(content.of(amount) if content and amount else None)
    total = _total(parts)
    if total is None or recipe.made is None or not recipe.made.value:
        return None
    return Content(Measure(total.value / recipe.made.value, total.unit), recipe.made.unit)


def _largest(contents: Sequence[Content | None]) -> Content | None:
    """The one that holds most; None if one is not known or they cannot be compared."""
    best = contents[0]
    for one in contents[1:]:
        if one is None or best is None:
            return None
        if one.lot is None or best.lot is None:
            best = _ITSELF
            continue
        other = one.of(Measure(Fraction(1), best.per))
        other = other and other.within(best.lot.unit)
        if other is None:
            return None
        best = Content(max(best.lot, other), best.per)
    return best


def _total(parts: Iterable[Measure | None]) -> Measure | None:
    """The sum in the unit of the first; None if there is none, one is not known or they cannot be added."""
    total: Measure | None = None
    for one in parts:
        added = one.within(total.unit if total else one.unit) if one else None
        if added is None:
            return None
        total = Measure((total.value if total else 0) + added.value, added.unit)
    return total


def _measure(amount: Amount) -> Measure | None:
    """An amount as a number, read from a record that may have been written by a program that checked nothing."""
    if not amount.quantity:
        return _ONE if is_logistic_unit(amount.lot) or "/21/" in amount.lot else None
    try:
        value = Fraction(check_decimal(amount.quantity))
        return Measure(value, unit(amount.unit or PIECE).symbol) if value >= 0 else None
    except FormatError:
        return None


def _sources_first(root: str, sources: Mapping[str, set[str]]) -> list[str]:
    """Everything that a subject was made from, each after its own sources, as far as they go in no circle."""
    order: list[str] = []
    seen, waiting = {root}, [(root, iter(sorted(sources.get(root, ()))))]
    while waiting:
        subject, rest = waiting[-1]
        following = next((one for one in rest if one not in seen), None)
        if following is None:
            order.append(subject)
            waiting.pop()
        else:
            seen.add(following)
            waiting.append((following, iter(sorted(sources.get(following, ())))))
    return order
