"""What one record says happened to goods, brought into one shape whatever its kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from trustledger.gs1 import classes
from trustledger.kinds.spec import pointer_of, steps_of
from trustledger.views.changes import text_of
from trustledger.views.goods import is_logistic_unit
from trustledger.views.plausibility.quantity import Stated

if TYPE_CHECKING:
    from trustledger.kinds.registry import Kinds
    from trustledger.views.model import Step

_CORRECTED: Final = "/data"
"""Where a correction says what is right."""
_AMOUNT_OF_ITS_OWN: Final = ("origin", "shipping", "observation")
"""Kinds whose quantity is that of the subject they are about."""
INSPECTING: Final = ("inspection", "report_copy")
"""Kinds that carry a laboratory's results."""


@dataclass(frozen=True, slots=True)
class Happening:
    """A record that counts, as far as goods are concerned.

    Attributes:
        place: Entry and position: the order of the log.
        ref: The same as people write it.
        kind: What kind of fact it is; of a correction, the kind of what it corrects.
        party: URI of who speaks.
        roles: Its roles before the entry.
        at: When it happened, as claimed, ms since 1970-01-01T00:00:00Z.
        sequenced_at: When the ledger placed it, ms.
        subject: What it is about.
        subjects: All its subjects.
        data: What it says.
        inputs: Goods used up.
        outputs: Goods made.
        moved: Goods named otherwise: handed over, seen. Without a list, the subject itself.
        loss: What it says was lost; None if nothing is said.
        files: SHA-256 of its files, hex.
    """

    place: tuple[int, int]
    ref: str
    kind: str
    party: str
    roles: tuple[str, ...]
    at: int
    sequenced_at: int
    subject: str
    subjects: tuple[str, ...]
    data: Mapping[str, Any] = field(repr=False)
    inputs: tuple[Stated, ...]
    outputs: tuple[Stated, ...]
    moved: tuple[Stated, ...]
    loss: Stated | None
    files: tuple[str, ...]

    @property
    def transforms(self) -> bool:
        """Whether it makes goods from goods."""
        return bool(self.outputs) and self.kind != "origin"

    @property
    def dispatched(self) -> bool:
        """Whether it hands goods over."""
        return self.kind == "shipping" and self.data.get("direction") == "dispatched"

    @property
    def received(self) -> bool:
        """Whether it takes goods over."""
        return self.kind == "shipping" and self.data.get("direction") == "received"

    def text(self, name: str) -> str:
        """A field as text; empty if it is not said."""
        return text_of(self.data.get(name))


def happening_of(step: Step, kinds: Kinds) -> Happening | None:
    """What a step of a trace says of goods; None if it says nothing that counts, or cannot be read."""
    if step.state != "shown" or not step.counts or step.withdrawn or step.occurred_at is None:
        return None
    data = step.said
    if not step.subjects or (step.kind == "correction" and not data):
        return None
    spec = kinds.spec(step.about_kind)
    sealed = frozenset(_own_pointers(step))
    lists = (spec.inputs, spec.outputs, spec.touched) if spec else ((), (), ())
    inputs, outputs, touched = (
        tuple(one for at in group for one in _amounts(data, steps_of(at), (), step.ref, sealed))
        for group in lists
    )
    about = _stated(data, step.subjects[0], (), step.ref, sealed)
    if step.about_kind == "origin":
        outputs = (about, *_beside(step))
    elif not touched and step.about_kind not in _AMOUNT_OF_ITS_OWN:
        about = Stated(step.ref, step.subjects[0])
    entry, _, position = step.ref.partition("/")
    return Happening(
        place=(int(entry), int(position)),
        ref=step.ref,
        kind=step.about_kind,
        party=step.signed_by.uri,
        roles=step.signed_by.roles,
        at=step.occurred_at,
        sequenced_at=step.sequenced_at,
        subject=step.subjects[0],
        subjects=step.subjects,
        data=data,
        inputs=inputs,
        outputs=outputs,
        moved=() if outputs else (touched or (about,)),
        loss=_loss(data, step.ref, sealed),
        files=tuple(one.sha256.hex() for one in step.evidence),
    )


def _own_pointers(step: Step) -> Iterator[str]:
    """Pointers of private values, as they lie in what the record says."""
    for pointer in step.sealed:
        if step.kind != "correction":
            yield pointer
        elif pointer.startswith(_CORRECTED + "/"):
            yield pointer.removeprefix(_CORRECTED)


def _beside(step: Step) -> Iterator[Stated]:
    """The other items that an origin is about: it lists them as subjects, without an amount."""
    above = {uri for one in step.subjects for uri in classes(one)}
    for uri in step.subjects[1:]:
        if uri not in above and (is_item(uri) or is_logistic_unit(uri)):
            yield Stated(step.ref, uri, "1", "pc")


def _amounts(
    value: Any, steps: tuple[str, ...], path: tuple[str, ...], ref: str, sealed: frozenset[str]
) -> Iterator[Stated]:
    """The goods at the places that a pattern names, each with what is said of its amount."""
    if len(steps) == 1:
        lot = value.get(steps[0]) if isinstance(value, Mapping) else None
        if isinstance(value, Mapping) and isinstance(lot, str):
            yield _stated(value, lot, path, ref, sealed)
    elif steps[0] == "*":
        for number, member in enumerate(value if isinstance(value, list) else ()):
            yield from _amounts(member, steps[1:], (*path, str(number)), ref, sealed)
    elif isinstance(value, Mapping):
        yield from _amounts(value.get(steps[0]), steps[1:], (*path, steps[0]), ref, sealed)


def _stated(
    value: Mapping[str, Any], lot: str, path: tuple[str, ...], ref: str, sealed: frozenset[str]
) -> Stated:
    """An amount; one item or one logistic unit is one piece, and a quantity without a unit counts pieces."""
    quantity, unit = text_of(value.get("quantity")), text_of(value.get("unit"))
    if pointer_of((*path, "quantity")) in sealed or (path and pointer_of(path) in sealed):
        return Stated(ref, lot, sealed=True)
    if not quantity and (is_item(lot) or is_logistic_unit(lot)):
        return Stated(ref, lot, "1", "pc")
    return Stated(ref, lot, quantity, unit or ("pc" if quantity else ""))


def _loss(data: Mapping[str, Any], ref: str, sealed: frozenset[str]) -> Stated | None:
    if "/loss" in sealed:
        return Stated(ref, "", sealed=True)
    loss = data.get("loss")
    return _stated(loss, "", ("loss",), ref, sealed) if isinstance(loss, Mapping) else None


def is_item(subject: str) -> bool:
    """Whether a subject is one thing with a serial number, which cannot be divided."""
    return "/21/" in subject
