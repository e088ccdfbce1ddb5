"""Which layout counts for a lot.

Entitled to lay down steps for a product is its brand owner. Those who may be it signed a record of kind ``product``
about it, having the role ``brand-owner`` before that entry; they stand in line in the order of these records. At a
place of the log the owner is the first in line who then has the role, is not suspended, and whose scopes, if it has
any, cover the product.

A layout counts if its signer was the owner at its place and nobody before it in line is entitled now: whoever is
suspended by mistake and comes back finds its place as it was. Of the layouts that count the newest by the order of the
log is held against a lot, one for the lot itself before one for the product. A layout by anybody else is a finding and
changes nothing; so is one signed, corrected or withdrawn with a key that was compromised by then.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.views.goods import is_product
from trustledger.views.layouts.model import Layout, place_of
from trustledger.views.layouts.reading import read_layout
from trustledger.views.model import Finding

if TYPE_CHECKING:
    from trustledger.authority.parties import PartyState, Scope
    from trustledger.views.model import Node, Step, Trace

BRAND_OWNER: Final = "brand-owner"
PartyAt = Callable[[str, "int | None"], "PartyState | None"]
"""A party as the ledger knew it before an entry, or knows it now: `trustledger.ledger.reader.Reader.party`."""
_OWN_KINDS: Final = frozenset({"layout", "product"})
"""A scope that allows neither makes nobody owner of a product."""


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


def choose_layout(found: Trace, party: PartyAt | None = None) -> Choice:
    """The layout that counts for the subject of a trace.

    Args:
        found: A trace back from a lot or item, or of a product.
        party: A party as it was before an entry, or now (None). Without it nothing is known of a party but the roles
            that it had when it signed: then the first in line is the owner, suspended or not.
    """
    root = found.nodes[0]
    product = next((uri for uri in (root.subject, *root.classes) if is_product(uri)), "")
    if not product:
        return Choice(None, (), any=False)
    return _Choosing(found, root, product, party).run()


class _Choosing:
    """One choice."""

    def __init__(self, found: Trace, root: Node, product: str, party: PartyAt | None) -> None:
        self.product, self.party = product, party
        self.findings: list[Finding] = []
        nodes = {node.subject: node for node in (*found.products, *found.nodes)}
        self.subjects = [root.subject, *(uri for uri in root.classes if uri != product)]
        if product not in self.subjects:
            self.subjects.append(product)
        self.nodes = [nodes[uri] for uri in self.subjects if uri in nodes]
        self.about_product = _about(nodes[product], product) if product in nodes else []
        self.by_ref = {step.ref: step for node in self.nodes for step in node.steps}
        self.latest = max((step.sequenced_at for step in self.by_ref.values()), default=0)
        self.line: list[str] = []

    def run(self) -> Choice:
        """Go through the layouts, those of the smallest subject first, the newest of each first."""
        laid = [(node, _layouts(node)) for node in self.nodes]
        if not any(steps for _, steps in laid):
            return Choice(None, (), any=False)
        self.line = self._in_line()
        chosen: Layout | None = None
        for node, steps in laid:
            own = [step for step in steps if self._entitled(step)]
            if chosen is None and own:
                chosen = self._newest(node, own)
        self._doubts(chosen)
        self.findings.sort(key=lambda one: (place_of(one.ref) if one.ref else (1 << 64, 0), one.code))
        return Choice(chosen, tuple(self.findings), any=True)

    def _in_line(self) -> list[str]:
        """Those who may be the brand owner, in the order in which they described the product."""
        found: dict[str, None] = {}
        for step in self.about_product:
            if step.state == "shown" and step.kind == "product" and not step.withdrawn:
                if BRAND_OWNER in step.signed_by.roles:
                    found.setdefault(step.signed_by.uri)
                elif not found:
                    self._find("layout.product_role", step, self.product)
        if not found:
            self._find("layout.no_owner", None, self.product)
        return list(found)

    def _entitled(self, step: Step) -> bool:
        """Whether a layout is the brand owner's; told if it is not."""
        if not self.line:
            return False
        before = self._before(step)
        if before:
            self._find("layout.rival", step, step.subjects[0], expected=before)
            return False
        if BRAND_OWNER not in step.signed_by.roles:
            self._find("layout.role", step, step.subjects[0])
            return False
        if not self._holds(step.signed_by.uri, place_of(step.ref)[0], step.sequenced_at):
            self._find("layout.scope", step, step.subjects[0])
            return False
        return True

    def _before(self, step: Step) -> str:
        """Who is the owner, and not the signer of a record at its place; empty if the signer could be."""
        entry, uri = place_of(step.ref)[0], step.signed_by.uri
        if uri not in self.line:
            entitled = (one for one in self.line if self._holds(one, entry, step.sequenced_at))
            return next(entitled, self.line[0])
        for one in self.line[: self.line.index(uri)]:
            if self._holds(one, entry, step.sequenced_at) or self._holds(one, None, self.latest):
                return one
        return ""

    def _holds(self, uri: str, entry: int | None, at: int) -> bool:
        """Whether a party in line is entitled before an entry, or now.

        Args:
            uri: The party.
            entry: The entry; None for now.
            at: The ledger's time there, ms, for scopes that end.
        """
        if self.party is None:
            return True
        state = self.party(uri, entry)
        if state is None or state.suspended is not None or BRAND_OWNER not in state.roles:
            return False
        return state.scopes is None or any(_covers(scope, self.product, at) for scope in state.scopes)

    def _newest(self, node: Node, own: list[Step]) -> Layout | None:
        """The newest of some layouts that was not withdrawn; None, with a finding, if it cannot be read.

        What a thief could have signed, corrected or withdrawn is passed over, with a finding.
        """
        for step in reversed(own):
            said = self.by_ref.get(step.decided_by or step.ref)
            if said is not None and said.doubts:
                self._find("layout.doubted", step, node.subject)
                continue
            if step.withdrawn:
                continue
            layout = read_layout(step, said) if said is not None else None
            if layout is None:
                self._find("layout.unreadable", step, node.subject)
            return layout
        return None

    def _doubts(self, chosen: Layout | None) -> None:
        """Records that cannot be read, and could have been a product or a newer layout; chains that were cut."""
        after = place_of(chosen.said_at) if chosen is not None else (0, 0)
        for node in self.nodes:
            for step in node.steps:
                if step.state == "shown" or step.signed_by.uri not in self.line:
                    continue
                if place_of(step.ref) > after and not self._before(step):
                    self._find("layout.perhaps_newer", step, node.subject)
            if not node.expanded:
                self._find("layout.chain_cut", None, node.subject)
        owner = chosen.signed_by.uri if chosen is not None else next(iter(self.line), "")
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


def _covers(scope: Scope, product: str, at: int) -> bool:
    """Whether a scope lets a party speak as a product's owner at a time of the ledger."""
    begun = scope.since is None or scope.since <= at
    in_time = begun and (scope.until is None or at < scope.until)
    kinds = scope.kinds is None or not scope.kinds.isdisjoint(_OWN_KINDS)
    return in_time and kinds and (scope.subjects is None or product.startswith(scope.subjects))
