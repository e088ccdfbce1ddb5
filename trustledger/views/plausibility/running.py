"""Amounts in the order of time: what had been taken of some goods by a moment against what there was by then."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from trustledger.views.plausibility.quantity import Stated, Sum, exceeds
from trustledger.views.plausibility.times import weigh

if TYPE_CHECKING:
    from trustledger.views.model import Level
    from trustledger.views.plausibility.happening import Happening

Taken = tuple["Happening", Stated]


class Shortage(NamedTuple):
    """More had been taken than there was, until more came.

    Attributes:
        one: The record that took too much.
        taken: What had been taken by then, with it.
        there: What there was by then.
        cured: The record with which there was enough.
        level: How much it weighs: less than a day is only a note if it is a day without a time of day.
    """

    one: Happening
    taken: Sum
    there: Sum
    cured: Happening
    level: Level


def shortage(
    came: Iterable[Taken], taken: Iterable[Taken], *, by_place: bool = False, from_nothing: bool = False
) -> Shortage | None:
    """The gravest moment at which more had been taken than had come, the first of several; None if there is none.

    What never sufficed is no shortage: the totals say so.

    Args:
        came: What came, with its records.
        taken: What was taken.
        by_place: At one moment the order of the log decides, and a record takes before it makes. Otherwise all that
            comes at a moment comes first.
        from_nothing: Ask also before anything had come.
    """
    moves = [(one.at, by_place and one.place, True, one.place, one, amount) for one, amount in came]
    moves += [(one.at, by_place and one.place, False, one.place, one, amount) for one, amount in taken]
    moves.sort(key=lambda move: (*move[:2], move[2] if by_place else not move[2], move[3]))
    there, gone = Sum(), Sum()
    waiting: deque[tuple[Happening, Sum, Sum]] = deque()
    gravest: Shortage | None = None
    for _, _, comes, _, one, amount in moves:
        (there if comes else gone).add(amount)
        if not comes:
            if _short(gone, there, from_nothing=from_nothing):
                waiting.append((one, _copy(gone), _copy(there)))
            continue
        while waiting and not _short(waiting[0][1], there, from_nothing=from_nothing):
            short, used, had = waiting.popleft()
            level = weigh(short.at, one.at)
            if gravest is None or (gravest.level, level) == ("note", "alarm"):
                gravest = Shortage(short, used, had, one, level)
    return gravest


def _short(gone: Sum, there: Sum, *, from_nothing: bool) -> bool:
    if from_nothing and not there.parts and there.gap is None:
        return any(gone.parts.values())
    return exceeds(gone, there) == "more"


def _copy(one: Sum) -> Sum:
    made = Sum()
    made.join(one)
    return made
