"""What was done with goods, as the records of a trace tell it: who, when, from which lots to which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trustledger.gs1 import classes
from trustledger.views.goods import goods_of, is_product
from trustledger.views.layouts.model import Doer, ExpectedStep, in_order, place_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trustledger.kinds.registry import Kinds
    from trustledger.views.model import Signatory, Step, Trace

DEEDS: Final = ("inspection", "observation", "origin", "processing", "report_copy", "shipping")
"""The project's kinds that say that something was done with goods; kinds of others have a dot in their name."""
_MOST_CORRECTIONS: Final = 100


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that was done, as it stands after its corrections.

    Attributes:
        ref: Place of the record that says so; of a corrected one, of the correction.
        kind: Kind of the record.
        step: What a processing or observation calls it.
        direction: Of a shipping.
        signers: Who signed, as the ledger knew them before the entry.
        doubted: URIs of those of them whose key was compromised by then, as was said later.
        at: When it was done, as claimed, ms since 1970-01-01T00:00:00Z.
        placed: When the ledger placed it, ms.
        subject: What it is about.
        used: Lots that went in; of what makes no lots, those it is about or names.
        made: Lots that came out; of what makes no lots, the same.
        parameters: For which it has a result that does not fail.
        failed: For which it has a result that does not conform.
    """

    ref: str
    kind: str
    step: str
    direction: str
    signers: tuple[Signatory, ...]
    doubted: frozenset[str]
    at: int
    placed: int
    subject: str
    used: frozenset[str]
    made: frozenset[str]
    parameters: frozenset[str]
    failed: frozenset[str]

    def fits(self, expected: ExpectedStep) -> bool:
        """Whether it tells of a step, whoever did it."""
        return (
            self.kind == expected.kind
            and expected.step in ("", self.step)
            and expected.direction in ("", self.direction)
        )

    def allowed(self, expected: ExpectedStep) -> tuple[Signatory, ...]:
        """Those of its signers who may perform a step, each once; whose key was compromised is not among them."""
        return self._who(expected, doubted=False)

    def in_doubt(self, expected: ExpectedStep) -> tuple[Signatory, ...]:
        """Those of its signers who may perform a step, but whose key could have been a thief's by then."""
        return self._who(expected, doubted=True)

    def _who(self, expected: ExpectedStep, *, doubted: bool) -> tuple[Signatory, ...]:
        asked = (one for one in self.signers if (one.uri in self.doubted) is doubted)
        return tuple({one.uri: one for one in asked if expected.allows(one)}.values())

    @property
    def doers(self) -> tuple[Doer, ...]:
        """Its signers with its place."""
        return tuple(Doer(self.ref, one) for one in self.signers)


def makes_lots(kind: str, kinds: Kinds) -> bool:
    """Whether records of a kind tell how lots came into being."""
    spec = kinds.spec(kind)
    return kind == "origin" or (spec is not None and bool(spec.outputs))


def lots_of(uri: str) -> tuple[str, ...]:
    """A lot or item, and the lots it belongs to by its own name; never its product."""
    return (uri, *(one for one in classes(uri) if not is_product(one)))


def deeds_of(found: Trace, kinds: Kinds) -> tuple[list[Deed], tuple[Doer, ...]]:
    """What was done, in the order of the log, and the records of which nobody can say what they tell."""
    steps = {step.ref: step for node in found.nodes for step in node.steps}
    deeds, unreadable = [], []
    for ref in sorted(steps, key=place_of):
        step = steps[ref]
        if step.state != "shown":
            unreadable.append(Doer(ref, step.signed_by))
        elif _tells(step):
            deeds.append(_deed(step, _original(step, steps), kinds))
    return deeds, in_order(unreadable)


def _tells(step: Step) -> bool:
    """Whether a record tells of a deed, and nobody has taken it back."""
    taken_back = step.kind == "correction" and (step.corrects is None or not step.said)
    kind = step.about_kind
    return step.counts and not step.withdrawn and not taken_back and (kind in DEEDS or "." in kind)


def _original(step: Step, steps: Mapping[str, Step]) -> Step | None:
    """The record that was corrected in the end; None if it is not in the trace."""
    found: Step | None = step
    for _ in range(_MOST_CORRECTIONS):
        if found is None or found.corrects is None:
            return found
        found = steps.get(found.corrects)
    return None


def _deed(step: Step, original: Step | None, kinds: Kinds) -> Deed:
    """What a record tells. A correction says what was otherwise, never what the record was about."""
    said, kind = step.said, step.about_kind
    subject = original.subjects[0] if original is not None and original.subjects else ""
    goods = goods_of(kinds.spec(kind), said)
    used = frozenset(amount.lot for amount in goods.inputs)
    made = frozenset(amount.lot for amount in goods.outputs)
    if kind == "origin":
        made = frozenset({subject} - {""})
    elif not makes_lots(kind, kinds):
        used = made = frozenset({subject, *(amount.lot for amount in goods.touched)} - {""})
    parameters, failed = _results(said.get("results"))
    signers = (step.signed_by, *step.cosigned_by)
    named = (_text(said.get("step")), _text(said.get("direction")))
    doubted = frozenset(one.party for one in step.doubts)
    at = step.sequenced_at if step.occurred_at is None else step.occurred_at
    when = (at, step.sequenced_at)
    return Deed(step.ref, kind, *named, signers, doubted, *when, subject, used, made, parameters, failed)


def _results(value: Any) -> tuple[frozenset[str], frozenset[str]]:
    """The parameters with a result: those that do not fail, and those that do."""
    results = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    named = [(one.get("parameter"), one.get("conforms") is False) for one in results]
    failed = frozenset(name for name, fails in named if fails and isinstance(name, str))
    return frozenset(name for name, _ in named if isinstance(name, str)) - failed, failed


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
