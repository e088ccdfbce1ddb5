"""Which layout counts for a lot.

Entitled to lay down steps for a product is its brand owner: the party that signed the first record of kind ``product``
about it, having the role ``brand-owner`` before that entry. Of its layouts the newest by the order of the log counts,
one for the lot itself before one for the product. A layout by anybody else is a finding and changes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.views.goods import is_product
from trustledger.views.layouts.model import Layout, place_of
from trustledger.views.layouts.reading import read_layout
from trustledger.views.model import Finding

if TYPE_CHECKING:
    from trustledger.views.model import Node, Step, Trace

BRAND_OWNER: Final = "brand-owner"


class Choice(NamedTuple):
    """The layout that counts, and what is odd about those there are.

    Attributes:
        layout: It; None if none counts.
        findings: In the order of the log.
        any: Whether anybody laid down anything.
    """

    layout: Layout | None
    findings: tuple[Finding, ...]
    any: bool


def choose_layout(found: Trace) -> Choice:
    """The layout that counts for the subject of a trace.

    Args:
        found: A trace back from a lot or item, or of a product.
    """
    root = found.nodes[0]
    product = next((uri for uri in (root.subject, *root.classes) if is_product(uri)), "")
    if not product:
        return Choice(None, (), any=False)
    return _Choosing(found, root, product).run()


class _Choosing:
    """One choice."""

    def __init__(self, found: Trace, root: Node, product: str) -> None:
        self.product = product
        self.findings: list[Finding] = []
        nodes = {node.subject: node for node in (*found.products, *found.nodes)}
        self.subjects = [root.subject, *(uri for uri in root.classes if uri != product)]
        if product not in self.subjects:
            self.subjects.append(product)
        self.nodes = [nodes[uri] for uri in self.subjects if uri in nodes]
        self.about_product = _about(nodes[product], product) if product in nodes else []
        self.by_ref = {step.ref: step for node in self.nodes for step in node.steps}

    def run(self) -> Choice:
        """Go through the layouts, those of the smallest subject first, the newest of each first."""
        laid = [(node, _layouts(node)) for node in self.nodes]
        if not any(steps for _, steps in laid):
            return Choice(None, (), any=False)
        owner = self._owner()
        chosen: Layout | None = None
        for node, steps in laid:
            own = [step for step in steps if self._entitled(step, owner)]
            if chosen is None and own:
                chosen = self._newest(node, own)
        self._doubts(chosen, owner)
        self.findings.sort(key=lambda one: (place_of(one.ref) if one.ref else (1 << 64, 0), one.code))
        return Choice(chosen, tuple(self.findings), any=True)

    def _owner(self) -> str:
        """The product's brand owner; empty if nobody is."""
        for step in self.about_product:
            if step.state == "shown" and step.kind == "product" and not step.withdrawn:
                if BRAND_OWNER in step.signed_by.roles:
                    return step.signed_by.uri
                self._find("layout.product_role", step, self.product)
        self._find("layout.no_owner", None, self.product)
        return ""

    def _entitled(self, step: Step, owner: str) -> bool:
        """Whether a layout is the brand owner's, who had the role when it was laid down."""
        if step.signed_by.uri != owner:
            if owner:
                self._find("layout.rival", step, step.subjects[0], expected=owner)
            return False
        if BRAND_OWNER not in step.signed_by.roles:
            self._find("layout.role", step, step.subjects[0])
            return False
        return True

    def _newest(self, node: Node, own: list[Step]) -> Layout | None:
        """The newest of some layouts that was not withdrawn; None, with a finding, if it cannot be read."""
        for step in reversed(own):
            if step.withdrawn:
                continue
            said = self.by_ref.get(step.decided_by or step.ref)
            layout = read_layout(step, said) if said is not None else None
            if layout is None:
                self._find("layout.unreadable", step, node.subject)
            return layout
        return None

    def _doubts(self, chosen: Layout | None, owner: str) -> None:
        """Records that cannot be read, and could have been a product or a newer layout; chains that were cut."""
        after = place_of(chosen.said_at) if chosen is not None else (0, 0)
        for node in self.nodes:
            for step in node.steps:
                if step.state == "shown":
                    continue
                if step.signed_by.uri == owner and place_of(step.ref) > after:
                    self._find("layout.perhaps_newer", step, node.subject)
            if not node.expanded:
                self._find("layout.chain_cut", None, node.subject)
        first = next((step for step in self.about_product if step.signed_by.uri == owner), None)
        for step in self.about_product:
            if first is None or place_of(step.ref) >= place_of(first.ref):
                break
            if step.state != "shown":
                self._find("layout.perhaps_owner", step, self.product)

    def _find(self, code: str, step: Step | None, subject: str, **facts: str) -> None:
        if step is not None:
            facts |= {"party": step.signed_by.uri, "seen": ", ".join(step.signed_by.roles) or "—"}
        self.findings.append(Finding(code, subject, step.ref if step is not None else "", facts))


def _about(node: Node, product: str) -> list[Step]:
    """The records about a product itself, and those whose subject cannot be read, in the order of the log."""
    own = [step for step in node.steps if not step.subjects or step.subjects[0] == product]
    return sorted(own, key=lambda step: place_of(step.ref))


def _layouts(node: Node) -> list[Step]:
    """The layouts about a subject, in the order of the log; corrections stand beside what they correct."""
    own = [
        step
        for step in node.steps
        if step.state == "shown" and step.kind == "layout" and step.subjects[0] == node.subject
    ]
    return sorted(own, key=lambda step: place_of(step.ref))
