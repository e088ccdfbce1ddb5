"""Goods that are made of each other in a circle, so that none of them shows where any of it came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from trustledger.views.goods import is_logistic_unit
from trustledger.views.model import Finding
from trustledger.views.plausibility.happening import is_item

if TYPE_CHECKING:
    from trustledger.views.plausibility.happening import Happening
    from trustledger.views.plausibility.pallets import Contents, Transformation

_SHOWN: Final = 8
"""Names that one finding lists."""
Node = str | int
"""A lot by its name, or a transformation by its number."""


class Circles:
    """Which lots come out of themselves, through however many steps.

    Taking out what was packed is no step: it makes nothing.

    Args:
        made: All transformations.
        contents: What logistic units hold.
    """

    def __init__(self, made: Sequence[Transformation], contents: Contents) -> None:
        self._made = made
        put_into = {
            (used.lot, box.lot)
            for one in made
            for box in one.outputs
            for used in one.inputs
            if is_item(box.lot) or is_item(used.lot)
        }
        self.unpacked = frozenset(
            (number, lot) for number, one in enumerate(made) for lot in _unpacked(one, contents, put_into)
        )
        """Numbers of transformations with the lots that they merely took out of something."""
        self._circle = _circles(self._edges())

    def _edges(self) -> dict[Node, list[Node]]:
        edges: dict[Node, list[Node]] = {}
        for number, one in enumerate(self._made):
            edges[number] = [
                each.lot for each in one.outputs if each.lot and (number, each.lot) not in self.unpacked
            ]
            for each in one.inputs:
                edges.setdefault(each.lot, []).append(number)
        return edges

    def has(self, lot: str) -> bool:
        """Whether a lot comes out of itself."""
        return lot in self._circle

    def returns(self, number: int, lot: str) -> bool:
        """Whether a transformation makes a lot of something that was made of it."""
        return number in self._circle and self._circle[number] == self._circle.get(lot)

    def groups(self) -> list[list[str]]:
        """The lots of each circle, ascending; circles of things that are only packed into one another left out."""
        found: dict[int, list[str]] = {}
        for node, circle in self._circle.items():
            if isinstance(node, str):
                found.setdefault(circle, []).append(node)
        groups = (sorted(lots) for lots in found.values())
        return sorted(lots for lots in groups if any(_is_plain(lot) for lot in lots))


def circle_findings(
    circles: Circles, made: Sequence[Transformation], barren: Iterable[list[str]]
) -> Iterator[Finding]:
    """What came out of circles into which nothing ever came.

    Args:
        circles: Which lots come out of themselves.
        made: All transformations.
        barren: The lots of each circle that has no source.
    """
    steps: dict[str, list[Happening]] = {}
    for number, one in enumerate(made):
        for each in one.outputs:
            if circles.returns(number, each.lot):
                steps.setdefault(each.lot, []).extend(one.told_by)
    for lots in barren:
        records = {one.place: one for lot in lots for one in steps.get(lot, ())}
        *others, last = (records[place] for place in sorted(records))
        named = [lot for lot in lots if _is_plain(lot)]
        subject = next((each.lot for each in last.outputs if each.lot in named), named[0])
        facts = {"lots": ", ".join(named[:_SHOWN])}
        yield Finding(
            "plausibility.circle", subject, last.ref, facts, "alarm", tuple(one.ref for one in others)
        )


def _is_plain(lot: str) -> bool:
    return not is_item(lot) and not is_logistic_unit(lot)


def _unpacked(made: Transformation, contents: Contents, put_into: set[tuple[str, str]]) -> Iterator[str]:
    """The lots among the outputs that were packed into an input: on a pallet, or into or as one thing."""
    units = [one.lot for one in made.inputs if is_logistic_unit(one.lot)]
    held = (contents.of(units) if units else None) or []
    for lot in dict.fromkeys(one.lot for one in made.outputs):
        if any(lot in each.lots for each in held) or any((lot, one.lot) in put_into for one in made.inputs):
            yield lot


def _circles(edges: dict[Node, list[Node]]) -> dict[Node, int]:
    """The nodes on circles, each with the number of its own: strongly connected components of two or more nodes.

    Tarjan's algorithm (SIAM Journal on Computing 1:2, 1972), with a stack of its own since chains are long.
    """
    low: dict[Node, int] = {}
    index: dict[Node, int] = {}
    path: list[Node] = []
    found: dict[Node, int] = {}
    done: set[Node] = set()
    for start, first in edges.items():
        work: list[tuple[Node, Iterator[Node]]] = [] if start in index else [(start, iter(first))]
        while work:
            node, targets = work[-1]
            if node not in index:
                index[node] = low[node] = len(index)
                path.append(node)
            for target in targets:
                if target not in index:
                    work.append((target, iter(edges.get(target, ()))))
                    break
                if target not in done:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == index[node]:
                    members = _until(path, node)
                    done.update(members)
                    if len(members) > 1:
                        found.update(dict.fromkeys(members, index[node]))
    return found


def _until(path: list[Node], node: Node) -> list[Node]:
    """Take the nodes off a path up to one, and that one."""
    members = [path.pop()]
    while members[-1] != node:
        members.append(path.pop())
    return members
