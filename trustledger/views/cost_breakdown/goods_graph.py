"""Who sold which lot to whom, as far as the chain of the goods says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustledger.views.provenance import trace

if TYPE_CHECKING:
    from trustledger.kinds import Kinds
    from trustledger.views.model import Step
    from trustledger.views.reading import ChainReader


class GoodsGraph:
    """What a subject was made from, and who handed it on.

    Args:
        reader: Verified records of the time asked about.
        subject: A product or lot.
        kinds: Kinds of records.
    """

    def __init__(self, reader: ChainReader, subject: str, kinds: Kinds) -> None:
        found = trace(reader, subject, kinds=kinds)
        self.whole = not found.cut
        self._steps = {node.subject: node.steps for node in found.nodes}
        self._from: dict[str, set[str]] = {}
        for edge in found.edges:
            if edge.superseded:
                continue
            # From a product the way leads to its lots, against the direction of all other edges.
            down = edge.relation == "member" and edge.source == subject
            here, there = (edge.source, edge.target) if down else (edge.target, edge.source)
            self._from.setdefault(here, set()).add(there)

    def sources(self, subject: str) -> set[str]:
        """The subject itself and everything that it was made from; of a product, its lots and theirs."""
        found, waiting = {subject}, [subject]
        while waiting:
            new = self._from.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def sellers(self, lot: str) -> set[str]:
        """Parties that can have sold a lot: whoever signed that it made it, or that it sent it on.

        A price alone makes nobody a supplier, or a friend of the seller could sign whatever price is wanted.
        """
        steps = (step for step in self._steps.get(lot, ()) if step.state == "shown" and step.counts)
        return {
            party.uri for step in steps if _hands_on(step) for party in (step.signed_by, *step.cosigned_by)
        }


def _hands_on(step: Step) -> bool:
    """Whether a step makes the very lot or sends it on; a record of other goods may name it too."""
    if step.about_kind == "shipping":
        return step.said.get("direction") == "dispatched" and step.standing in ("about", "touched")
    made = step.about_kind == "processing" and step.standing == "output"
    return made or (step.about_kind == "origin" and step.standing == "about")
