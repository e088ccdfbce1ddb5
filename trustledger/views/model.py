"""What a trace is made of: plain values, in an order that depends on the ledger alone."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from trustledger.messages import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from trustledger.authority.independence import Independence
    from trustledger.errors import Language
    from trustledger.record import Evidence
    from trustledger.views.changes import Change
    from trustledger.views.doubts import Doubt
    from trustledger.views.layouts.model import LayoutResult

Standing = Literal["about", "output", "input", "touched", "also", "member"]
"""How a record concerns a subject: it is about it; made it, consumed it or names it; was filed under it by
its signer; or is about an item or lot that belongs to it."""
State = Literal["shown", "withheld", "newer"]
"""Whether a record's content can be read here, was erased, or was written by a later version of the
format."""
Level = Literal["alarm", "doubt", "note"]
"""How much a finding weighs: ``alarm``, what is said cannot all be true or breaks a rule; ``doubt``, it is odd and a
person should look; ``note``, something could not be compared, or is good to know."""
Relation = Literal["made", "carried", "member"]
"""How goods get from one subject to another: ``made``, a processing step, packing included; ``carried``, a
lot in a logistic unit that a shipping names; ``member``, from a lot to one of its items, or a product to one
of its lots."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, as the ledger knew the party before the entry.

    Attributes:
        uri: The party.
        name: What people call it: the operator's word.
        roles: Its roles, ascending; of the buyer of an order ``guest`` alone.
    """

    uri: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One verified record, as it concerns one subject.

    Attributes:
        ref: Its place, ``12/0``.
        kind: Name of its kind; empty if the record is withheld.
        about_kind: Of a valid correction the kind of what it corrects; else the kind itself.
        state: Whether its content can be read.
        standing: How it concerns the subject under which it is listed.
        signed_by: The party that speaks.
        cosigned_by: The parties that signed too.
        occurred_at: ms since 1970-01-01T00:00:00Z as the party claims; None if withheld.
        sequenced_at: When the ledger placed it, ms.
        subjects: Its subjects, the primary one first; empty if withheld.
        data: The kind's fields; empty where they cannot be read.
        summary: The fields worth a line of their own: (name, value as text), the telling ones first.
        sealed: Pointers of values that are private.
        evidence: Files kept elsewhere.
        transcribed: A copy of a report, typed by the signer: never show it as signed by the laboratory.
        corrects: Place of the record that this one validly corrects, or None.
        corrected_by: Places of the valid corrections of this record, in the order of the log.
        counts: What it says stands: no correction that counts says otherwise; of a correction, that it is the one
            that does.
        withdrawn: A correction that counts says that it did not occur.
        decided_by: Place of the correction that counts instead, or None.
        changes: What ``decided_by`` says otherwise; of a correction, what it says otherwise than what it corrects.
        doubts: Keys behind its signatures that were compromised when it was placed, as was said later.
    """

    ref: str
    kind: str
    about_kind: str
    state: State
    standing: Standing
    signed_by: Signatory
    cosigned_by: tuple[Signatory, ...]
    occurred_at: int | None
    sequenced_at: int
    subjects: tuple[str, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    summary: tuple[tuple[str, str], ...] = ()
    sealed: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    transcribed: bool = False
    corrects: str | None = None
    corrected_by: tuple[str, ...] = ()
    counts: bool = True
    withdrawn: bool = False
    decided_by: str | None = None
    changes: tuple[Change, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def said(self) -> Mapping[str, Any]:
        """Its data; of a correction the data that it says instead, empty if there is none."""
        if self.kind != "correction":
            return self.data
        instead = self.data.get("data")
        return instead if isinstance(instead, dict) else {}


@dataclass(frozen=True, slots=True)
class Edge:
    """A step from one subject to another, in the direction in which goods flow.

    Attributes:
        source: What went in; of a membership, the lot or product.
        target: What came out; of a membership, the item or lot.
        relation: Which of the two.
        ref: Place of the record that says so; of a membership, of the first record that names the member, or
        empty.
        step: Name of the processing step; empty for a membership.
        quantity: How much of the source went in, a decimal; empty if not said. A correction may say
        otherwise.
        unit: Its unit.
        made: How much of the target came out.
        made_unit: Its unit.
        superseded: A correction that counts says otherwise, so this is what was said before.
    """

    source: str
    target: str
    relation: Relation
    ref: str
    step: str = ""
    quantity: str = ""
    unit: str = ""
    made: str = ""
    made_unit: str = ""
    superseded: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A subject on the way.

    Attributes:
        subject: Its URI.
        depth: Steps from where the trace began; the fewest.
        classes: What it belongs to, smallest first: an item its lot and product, a lot its product.
        steps: Its records, by the time they claim.
        expanded: False where the trace was cut before its records were read.
        records: How many records of its chain were read; more than ``steps`` where some only name it.
    """

    subject: str
    depth: int
    classes: tuple[str, ...]
    steps: tuple[Step, ...]
    expanded: bool = True
    records: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """Something legal but odd.

    Attributes:
        code: Key of the message catalogue.
        subject: What it is about.
        ref: Place of the record, ``12/0``.
        facts: What the sentence needs.
        level: How much it weighs.
        refs: Places of the other records that it was compared with, in the order of the log.
    """

    code: str
    subject: str
    ref: str
    facts: Mapping[str, str] = field(default_factory=dict)
    level: Level = "doubt"
    refs: tuple[str, ...] = ()

    def text(self, language: Language = "en") -> str:
        """The sentence for a person."""
        return render(self.code, language, self.all_facts)

    @property
    def all_facts(self) -> Mapping[str, str]:
        """The facts, with subject and places."""
        return {"subject": self.subject, "ref": self.ref, "refs": ", ".join(self.refs), **self.facts}


@dataclass(frozen=True, slots=True)
class Visit:
    """One line of the tree.

    Attributes:
        level: Indentation, 0 for the subject asked about.
        node: The subject.
        via: The edges that lead here from the line above; empty for the first line.
        again: It was visited above: its own branches are not repeated.
    """

    level: int
    node: Node
    via: tuple[Edge, ...]
    again: bool


@dataclass(frozen=True, slots=True)
class Trace:
    """Where something came from, or where it went.

    Attributes:
        subject: What was asked about.
        forward: False: back to its raw materials; True: on to everything made from it.
        nodes: Every subject reached, nearest first; the first is ``subject``.
        edges: Every step between them, by source, target and place.
        findings: What is odd, in the order of the log; about subjects without records at the end.
        products: The product classes of the nodes, each with what is said about it as a whole (its name, a
            recall); not expanded where its chain was too long to be read to its end.
        cut: Whether the limit on subjects or records ended the trace early: then there is more.
        independence: Who stands behind the records that are shown; None if nobody counted.
        layout: Back from a lot or item: what became of the steps that its brand owner laid down; None if nobody did.
    """

    subject: str
    forward: bool
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    findings: tuple[Finding, ...]
    products: tuple[Node, ...] = ()
    cut: bool = False
    independence: Independence | None = None
    layout: LayoutResult | None = None

    def node(self, subject: str) -> Node | None:
        """The node of a subject, or None."""
        return next((node for node in self.nodes if node.subject == subject), None)

    def walk(self) -> Iterator[Visit]:
        """The tree, line by line, depth first; every subject's branches are shown once."""
        nodes = {node.subject: node for node in self.nodes}
        branches = self._branches(nodes)
        shown: set[str] = set()
        waiting: list[tuple[int, str, tuple[Edge, ...]]] = [(0, self.subject, ())]
        while waiting:
            level, subject, via = waiting.pop()
            again = subject in shown
            yield Visit(level, nodes[subject], via, again)
            if not again:
                shown.add(subject)
                below = branches.get(subject, {})
                waiting += [(level + 1, other, tuple(below[other])) for other in reversed(below)]

    def _branches(self, nodes: Mapping[str, Node]) -> dict[str, dict[str, list[Edge]]]:
        """For each subject the next ones, with the edges that lead there."""
        branches: dict[str, dict[str, list[Edge]]] = {}
        for edge in self.edges:
            # Back from a product one comes to its lots: the only way along an edge that a trace back takes.
            along = self.forward or (edge.relation == "member" and edge.source == self.subject)
            here, there = (edge.source, edge.target) if along else (edge.target, edge.source)
            if here in nodes and there in nodes:
                branches.setdefault(here, {}).setdefault(there, []).append(edge)
        return branches
