"""The provenance of goods: back to the raw materials, and forward to everything made from a lot."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Final, cast

from trustledger.authority.independence import IndependenceFold
from trustledger.encoding import format_time
from trustledger.gs1 import classes
from trustledger.kinds.registry import Kinds
from trustledger.record import NewerRecord, Record
from trustledger.subject import check_subject, subject_hash
from trustledger.views.changes import Change, changes_of, text_of
from trustledger.views.corrections import Corrections, Outcome, said_by
from trustledger.views.doubts import doubts_of
from trustledger.views.goods import (
    CARRYING,
    Goods,
    goods_of,
    is_logistic_unit,
    is_lot_of,
    is_member,
    is_product,
    product_of,
    standing_of,
    summary_of,
)
from trustledger.views.layouts import layout_of_trace
from trustledger.views.model import Edge, Finding, Level, Node, Signatory, Step, Trace, Visit
from trustledger.views.plain import to_plain
from trustledger.views.plausibility import Plausibility
from trustledger.views.reading import ChainReader

if TYPE_CHECKING:
    from trustledger.authority.independence import Independence
    from trustledger.ledger import Ledger, VerifiedRecord

MAX_NODES: Final = 10_000
"""Subjects of one trace. A tree of more is not read by a person; the trace says that it was cut."""
MAX_RECORDS: Final = 100_000
"""Records read for one trace: some seconds of verifying."""
MAX_PRODUCT_RECORDS: Final = 10_000
"""Records read of one product's chain, in which all of its lots stand."""

_TELLS_ORIGIN: Final = ("about", "also", "output")
_LEVELS: Final[dict[str, Level]] = {
    "views.compromised": "alarm",
    "views.recall": "alarm",
    "views.newer": "note",
    "views.report_copy": "note",
    "views.unknown_kind": "note",
    "views.unsaid": "note",
    "views.withheld": "note",
}
"""How much a finding about a single record weighs; the others are doubts."""


def trace(  # noqa: PLR0913  (the last four are options)
    source: Ledger | ChainReader,
    subject: str,
    *,
    forward: bool = False,
    kinds: Kinds | None = None,
    max_nodes: int = MAX_NODES,
    merchant: str | None = None,
) -> Trace:
    """Where something came from, or where it went.

    Args:
        source: The ledger, or a reader of one state of it.
        subject: A lot, item, product or SSCC, in normal form.
        forward: Towards what was made from it, instead of what it was made from.
        kinds: Kinds of records; the ledger's, or the project's own, if None.
        max_nodes: Subjects to reach before the trace is cut.
        merchant: URI of the shop whose keys are told from those of others; the operator's always are.

    Returns:
        The trace. A subject that stands in no record gives one node without steps.

    Raises:
        FormatError: Not a subject.
        VerificationError: A record or link does not hold.
    """
    check_subject(subject)
    reading = getattr(source, "reading", None)
    if reading is None:
        reader = cast("ChainReader", source)
        tracer = _Tracer(reader, subject, kinds or Kinds.default(), max_nodes, forward=forward)
        return tracer.run(merchant)
    ledger = cast("Ledger", source)
    with ledger.reading() as reader:
        tracer = _Tracer(reader, subject, kinds or ledger.kinds, max_nodes, forward=forward)
        return tracer.run(merchant)


class _Tracer:
    """One trace. Breadth first, each subject read once, so cycles end by themselves."""

    def __init__(
        self, reader: ChainReader, root: str, kinds: Kinds, max_nodes: int, *, forward: bool
    ) -> None:
        self.reader, self.root, self.kinds, self.forward = reader, root, kinds, forward
        self.max_nodes = max(max_nodes, 1)
        self.records_left = MAX_RECORDS
        self.corrections = Corrections(reader)
        self.depths = {root: 0}
        self.waiting = deque([root])
        self.nodes: list[Node] = []
        self.edges: dict[Edge, None] = {}
        self.memberships: set[tuple[str, str]] = set()
        self.findings: dict[tuple[str, str, str], Finding] = {}
        self.signatories: dict[tuple[str, int], Signatory] = {}
        self.plausibility = Plausibility(kinds, reader.party)
        self.signed: dict[int, VerifiedRecord] = {}
        self.cut = False

    def run(self, merchant: str | None) -> Trace:
        """Follow everything that can be followed."""
        while self.waiting:
            self.nodes.append(self._node(self.waiting.popleft()))
        products = tuple(map(self._product, sorted(self._product_classes())))
        order = sorted(
            self.edges,
            key=lambda edge: (self.depths.get(edge.source, 0), edge.source, edge.target, _place(edge.ref)),
        )
        found = Trace(
            subject=self.root,
            forward=self.forward,
            nodes=tuple(self.nodes),
            edges=tuple(order),
            findings=self._all_findings(),
            products=products,
            cut=self.cut,
            independence=self._independence(merchant),
        )
        return replace(found, layout=layout_of_trace(found, self.kinds, self.reader.party))

    def _all_findings(self) -> tuple[Finding, ...]:
        """What is odd about single records, and what cannot be true together: of the subjects shown."""
        shown = {*self.depths, *self._product_classes(), ""}
        implausible = (one for one in self.plausibility.findings() if one.subject in shown)
        found = [*self.findings.values(), *implausible]
        return tuple(sorted(found, key=lambda one: (_place(one.ref), one.code, one.subject)))

    def _independence(self, merchant: str | None) -> Independence:
        """Who stands behind the records that are shown, one statement at a time."""
        fold = IndependenceFold(self.reader.operator, merchant)
        for entry, placed in sorted(self.signed.items()):
            party = partial(self.reader.party, before=entry)
            cosigners = (state for state in map(party, placed.cosigners) if state is not None)
            state = party(placed.party)
            if state is not None:
                doubts = {(one.party, one.key) for one in doubts_of(placed, self.reader.party)}
                doubted = [key for key in placed.keys if (key.name, key.key_id.hex()) in doubts]
                fold.add(state, cosigners, placed.keys, party, doubted)
        return fold.result()

    # --- subjects ------------------------------------------------------------------------------------------

    def _node(self, subject: str) -> Node:
        """Read a subject's chain: its steps, and the edges that lead on."""
        depth, above = self.depths[subject], classes(subject)
        if self.records_left <= 0:
            self.cut = True
            return Node(subject, depth, above, (), expanded=False)
        records = list(islice(self.reader.chain(subject), self.records_left + 1))
        whole = len(records) <= self.records_left
        self.cut |= not whole
        self.records_left -= len(records)
        reasons = [self.corrections.learn(placed) for placed in records]
        steps = []
        for placed, reason in zip(records, reasons, strict=True):
            step = self._step(placed, subject)
            self._follow(placed, subject)
            self.plausibility.add(step)
            if self._belongs(step):
                steps.append(step)
                self.signed.setdefault(placed.entry, placed)
                self._look_at(placed, step, reason)
        if not self.forward and len(above) > 1:
            self._member(above[0], subject, "", above[0])
        if not self.forward and not is_product(subject) and not any(map(_tells_origin, steps)):
            self._find("views.unsaid", subject, "")
        return Node(subject, depth, above, tuple(sorted(steps, key=_when)), whole, len(records))

    def _belongs(self, step: Step) -> bool:
        """Whether a step is shown under its subject: back from a lot, what was made of it later is not."""
        return step.standing != "member" and (self.forward or step.standing != "input" or not step.subjects)

    def _product_classes(self) -> set[str]:
        return {product_of(node.subject) for node in self.nodes} - {"", self.root}

    def _product(self, product: str) -> Node:
        """What is said about a product as a whole: among all that stands in its chain, so within a limit."""
        limit = min(MAX_PRODUCT_RECORDS, max(self.records_left, 0))
        records = list(islice(self.reader.chain(product), limit + 1))
        self.records_left -= len(records)
        steps, about = [], subject_hash(product)
        for placed in records[:limit]:
            if placed.record.subject_hashes[0] == about:  # what was erased, too: nobody can say what it was
                reason = self.corrections.learn(placed)
                step = self._step(placed, product)
                steps.append(step)
                self.plausibility.add(step)
                self.signed.setdefault(placed.entry, placed)
                self._look_at(placed, step, reason)
        return Node(product, 0, (), tuple(sorted(steps, key=_when)), len(records) <= limit, len(records))

    # --- edges ---------------------------------------------------------------------------------------------

    def _follow(self, placed: VerifiedRecord, subject: str) -> None:
        """Add the edges of a record that lead on from a subject; a correction that does not count has none."""
        record = placed.record
        kind, data = self.corrections.effective(placed)
        if not isinstance(record, Record) or not kind:
            return
        goods = goods_of(self.kinds.spec(kind), data)
        superseded = not self.corrections.counts(placed)
        self._made(placed, subject, goods, str(data.get("step", "")), superseded=superseded)
        primary = record.subjects[0]
        if kind in CARRYING and is_logistic_unit(primary):
            self._carried(placed, subject, primary, goods, superseded=superseded)
        self._members(placed, subject, record.subjects)

    def _made(
        self, placed: VerifiedRecord, subject: str, goods: Goods, step: str, *, superseded: bool
    ) -> None:
        for used in goods.inputs:
            for made in goods.outputs:
                here, there = (used.lot, made.lot) if self.forward else (made.lot, used.lot)
                if here != subject:
                    continue
                if here == there:
                    self._find("views.made_of_itself", subject, placed.ref, step=step)
                    continue
                amounts = (used.quantity, used.unit, made.quantity, made.unit)
                self._edge(Edge(used.lot, made.lot, "made", placed.ref, step, *amounts, superseded), there)

    def _carried(
        self, placed: VerifiedRecord, subject: str, unit: str, goods: Goods, *, superseded: bool
    ) -> None:
        for lot in goods.touched:
            here, there = (lot.lot, unit) if self.forward else (unit, lot.lot)
            if here == subject != there:
                amounts = (lot.quantity, lot.unit)
                edge = Edge(lot.lot, unit, "carried", placed.ref, "", *amounts, superseded=superseded)
                self._edge(edge, there)

    def _members(self, placed: VerifiedRecord, subject: str, subjects: tuple[str, ...]) -> None:
        """From a lot to its items (and from the product asked about to its lots), or back."""
        downwards = self.forward or (subject == self.root and is_product(subject))
        if not downwards:
            for lot in subjects[1:]:
                if subjects[0] == subject and is_lot_of(lot, subject):
                    self._member(lot, subject, placed.ref, lot)
            return
        if is_product(subject) and subject != self.root:
            return
        for member in subjects:
            if is_member(member, subject) or (member == subjects[0] and is_lot_of(subject, member)):
                self._member(subject, member, placed.ref, member)

    def _member(self, source: str, target: str, ref: str, there: str) -> None:
        """A membership is said by many records; the first that is read is named."""
        if (source, target) not in self.memberships:
            self.memberships.add((source, target))
            self._edge(Edge(source, target, "member", ref), there)

    def _edge(self, edge: Edge, there: str) -> None:
        """Keep an edge, and go where it leads unless the limit is reached."""
        if there not in self.depths:
            if len(self.depths) >= self.max_nodes:
                self.cut = True
                return
            here = edge.source if there == edge.target else edge.target
            self.depths[there] = self.depths[here] + 1
            self.waiting.append(there)
        self.edges.setdefault(edge)

    # --- steps ---------------------------------------------------------------------------------------------

    def _step(self, placed: VerifiedRecord, subject: str) -> Step:
        step = self._told(placed, subject)
        doubts = doubts_of(placed, self.reader.party)
        return replace(step, doubts=doubts) if doubts else step

    def _told(self, placed: VerifiedRecord, subject: str) -> Step:
        record = placed.record
        signed_by, *others = (self._signatory(uri, placed.entry) for uri in (placed.party, *placed.cosigners))
        cosigned = tuple(others)
        if isinstance(record, NewerRecord):
            standing = standing_of(subject, record.subjects, Goods())
            return Step(
                placed.ref, record.kind, record.kind, "newer", standing, signed_by, cosigned,
                record.occurred_at, placed.sequenced_at, record.subjects,
            )  # fmt: skip
        if not isinstance(record, Record):
            return Step(
                placed.ref, "", "", "withheld", "also", signed_by, cosigned, None, placed.sequenced_at
            )
        kind, data = self.corrections.effective(placed)
        goods = goods_of(self.kinds.spec(kind), data)
        corrected = self.corrections.corrected(placed)
        outcome = self.corrections.outcome(placed)
        return Step(
            ref=placed.ref,
            kind=record.kind,
            about_kind=kind or record.kind,
            state="shown",
            standing=standing_of(subject, record.subjects, goods),
            signed_by=signed_by,
            cosigned_by=cosigned,
            occurred_at=record.occurred_at,
            sequenced_at=placed.sequenced_at,
            subjects=record.subjects,
            data=record.data,
            summary=summary_of(record.data),
            sealed=tuple(record.sealed),
            evidence=record.evidence,
            transcribed=(kind or record.kind) == "report_copy",
            corrects=corrected.ref if corrected is not None else None,
            corrected_by=tuple(one.ref for one in self.corrections.of(placed)),
            counts=self.corrections.counts(placed),
            withdrawn=outcome.withdrawn,
            decided_by=outcome.by.ref if outcome.by is not None else None,
            changes=_changes(placed, corrected, outcome),
        )

    def _signatory(self, uri: str, entry: int) -> Signatory:
        if (uri, entry) not in self.signatories:
            state = self.reader.party(uri, entry)
            roles = tuple(sorted(state.roles)) if state else ()
            if state is not None and state.guest is not None:  # what guests sign, those who should sign
                roles = ("guest",)
            self.signatories[uri, entry] = Signatory(uri, state.name if state else uri, roles)
        return self.signatories[uri, entry]

    # --- findings ------------------------------------------------------------------------------------------

    def _look_at(self, placed: VerifiedRecord, step: Step, reason: str) -> None:
        """What is legal but odd about a record."""
        about = step.subjects[0] if step.subjects else self.root
        for doubt in step.doubts:
            self._find(
                "views.compromised", about, placed.ref, party=doubt.party, key=doubt.key,
                since=format_time(doubt.since), entry=str(doubt.entry),
            )  # fmt: skip
        if step.state != "shown":
            self._find(f"views.{step.state}", about, placed.ref)
            return
        spec = self.kinds.spec(step.kind)
        if spec is None:
            self._find("views.unknown_kind", about, placed.ref, seen=step.kind)
        elif spec.signed_by and set(spec.signed_by).isdisjoint(step.signed_by.roles):
            self._find(
                "views.role",
                about,
                placed.ref,
                kind=step.kind,
                party=step.signed_by.uri,
                seen=", ".join(step.signed_by.roles) or "—",
                expected=", ".join(spec.signed_by),
            )
        if reason:
            self._find(f"views.correction_{reason}", about, placed.ref)
        if step.transcribed:
            self._find("views.report_copy", about, placed.ref, party=step.signed_by.uri)
        if step.about_kind == "recall" and step.counts and step.said:
            facts = {name: text_of(step.said.get(name)) for name in ("reference", "reason")}
            self._find("views.recall", about, placed.ref, **facts)

    def _find(self, code: str, subject: str, ref: str, **facts: str) -> None:
        found = Finding(code, subject, ref, facts, _LEVELS.get(code, "doubt"))
        self.findings.setdefault((code, ref, "" if ref else subject), found)


def _tells_origin(step: Step) -> bool:
    """Whether a step says where its subject came from, and nobody has taken it back."""
    takes_back = step.corrects is not None and not step.said
    return step.standing in _TELLS_ORIGIN and step.counts and not takes_back


def _changes(
    placed: VerifiedRecord, corrected: VerifiedRecord | None, outcome: Outcome
) -> tuple[Change, ...]:
    """What a record's correction says otherwise; of a correction, what it says otherwise itself."""
    if corrected is None:
        old, new, correction = said_by(placed), outcome.data, outcome.by
    else:
        old, new, correction = said_by(corrected), said_by(placed), placed
    if old is None or new is None or correction is None or not isinstance(correction.record, Record):
        return ()
    return changes_of(old, new, correction.record.sealed)


def _place(ref: str) -> tuple[int, int]:
    """A place in the order of the log; what has none comes last."""
    entry, _, position = ref.partition("/")
    return (int(entry), int(position)) if ref else (1 << 64, 0)


def _when(step: Step) -> tuple[int, tuple[int, int]]:
    """The order of a story: by the time claimed, or placed where none can be read; then by place."""
    when = step.sequenced_at if step.occurred_at is None else step.occurred_at
    return when, _place(step.ref)


__all__ = [
    "ChainReader",
    "Edge",
    "Finding",
    "Node",
    "Signatory",
    "Step",
    "Trace",
    "Visit",
    "to_plain",
    "trace",
]
