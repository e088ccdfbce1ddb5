"""Who sold which lot to whom, and how much of it went into what, as far as the chain of the goods says."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trustledger.views.cost_breakdown.contents import Contents
from trustledger.views.provenance import trace

if TYPE_CHECKING:
    from trustledger.kinds import Kinds
    from trustledger.views.cost_breakdown.contents import Measure
    from trustledger.views.cost_breakdown.sheet import Quantity
    from trustledger.views.model import Step
    from trustledger.views.reading import ChainReader


class Sellers(NamedTuple):
    """Parties of one lot.

    Attributes:
        able: Whoever signed that it made the lot, or that it received it and sent it on.
        unfounded: Whoever signed that it sent the lot on, without a record that it ever had it → where.
    """

    able: frozenset[str]
    unfounded: dict[str, str]


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
        self._sellers: dict[str, Sellers] = {}
        self._contents = Contents(subject, self._steps, self._from, kinds)

    def sources(self, subject: str) -> set[str]:
        """The subject itself and everything that it was made from; of a product, its lots and theirs."""
        found, waiting = {subject}, [subject]
        while waiting:
            new = self._from.get(waiting.pop(), set()) - found
            found |= new
            waiting += new
        return found

    def most(self, subject: str, lot: str, per: Quantity) -> Measure | None:
        """At most how much of a lot can be in an amount of a subject; None if the records do not say."""
        return self._contents.most(subject, lot, per)

    def sellers(self, lot: str) -> Sellers:
        """Parties that can have sold a lot.

        A price alone makes nobody a supplier, or a friend of the seller could sign whatever price is wanted; nor does a
        dispatch by somebody who never had the goods.
        """
        if lot not in self._sellers:
            self._sellers[lot] = self._find_sellers(lot)
        return self._sellers[lot]

    def _find_sellers(self, lot: str) -> Sellers:
        had: set[str] = set()
        sent: dict[str, str] = {}
        for step in self._steps.get(lot, ()):
            if step.state != "shown" or not step.counts:
                continue
            signers = [party.uri for party in (step.signed_by, *step.cosigned_by)]
            if _makes(step):
                had.update(signers)
                sent |= dict.fromkeys(signers, step.ref)
            elif step.about_kind == "shipping" and step.standing in ("about", "touched"):
                if step.said.get("direction") == "dispatched":
                    sent |= dict.fromkeys(signers, step.ref)
                elif step.said.get("direction") == "received":
                    had.update(signers)
        return Sellers(frozenset(had & set(sent)), {uri: ref for uri, ref in sent.items() if uri not in had})


def _makes(step: Step) -> bool:
    """Whether a step makes the very lot; a record of other goods may name it too."""
    made = step.about_kind == "processing" and step.standing == "output"
    return made or (step.about_kind == "origin" and step.standing == "about")
