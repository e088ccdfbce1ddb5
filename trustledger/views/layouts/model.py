"""What a layout says, and what became of each of its steps: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from trustledger.views.model import Finding, Signatory

Status = Literal[
    "met", "skipped", "missing", "other", "few", "inputs", "parameters", "failed", "doubted", "order"
]
"""What became of a step:

- ``met``: enough of the parties allowed recorded it, for every lot that had to go through it;
- ``skipped``: it is optional, and nobody recorded it;
- ``missing``: nobody recorded it;
- ``other``: only parties that are not allowed did;
- ``few``: too few of those allowed did, those of one company counted once;
- ``inputs``: its goods are not, or not all of, those of the steps that it follows;
- ``parameters``: it has no results for all that it must cover;
- ``failed``: its results do not conform;
- ``doubted``: what would meet it is signed with keys that were compromised by then, as was said later;
- ``order``: what would meet it is dated before its goods were made.
"""
FINE: Final = ("met", "skipped")


@dataclass(frozen=True, slots=True)
class ExpectedStep:
    """A step of a layout. All that is set must fit.

    Attributes:
        name: What the layout calls it.
        kind: Kind of the records that tell of it.
        step: What a processing or observation must call it; empty for any.
        direction: Which side of a shipping; empty for both.
        parties: Who may perform it; empty for anyone with one of the roles.
        roles: Of which the party must have one before the record's entry; empty for any.
        signatures: How many different parties of those allowed must have recorded it; parties with one registered
            identity, and owners with what they own, are one.
        inputs_from: The earlier steps from which its goods come.
        parameters: What an inspection must cover.
        optional: It may be left out.
    """

    name: str
    kind: str
    step: str = ""
    direction: str = ""
    parties: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    signatures: int = 1
    inputs_from: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    optional: bool = False

    def allows(self, party: Signatory) -> bool:
        """Whether a party, as it was before an entry, may perform it."""
        named = not self.parties or party.uri in self.parties
        return named and (not self.roles or not self.roles.isdisjoint(party.roles))


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that counts, its corrections applied.

    Attributes:
        ref: Place of the record, ``12/0``.
        said_at: Place of the record whose word counts: the same, or a correction's.
        subject: The product, or the lot.
        version: Its name.
        signed_by: The brand owner.
        steps: What is expected, in order.
        since: A record counts if the ledger placed it at this time or later, ms since 1970-01-01T00:00:00Z; or None.
        until: A record counts if the ledger placed it before this time, ms; or None.
    """

    ref: str
    said_at: str
    subject: str
    version: str
    signed_by: Signatory
    steps: tuple[ExpectedStep, ...]
    since: int | None = None
    until: int | None = None


class Doer(NamedTuple):
    """Who recorded something, and where."""

    ref: str
    party: Signatory


class Short(NamedTuple):
    """A lot that too few parties spoke of.

    Attributes:
        lot: The lot.
        seen: How many of the parties allowed did, those of one company counted once.
        expected: How many must.
    """

    lot: str
    seen: int
    expected: int


class Foreign(NamedTuple):
    """A lot that went into a step and came out of none of those it follows."""

    lot: str
    ref: str


class Unmet(NamedTuple):
    """A parameter without a result, or (with a place) whose result does not conform."""

    lot: str
    parameter: str
    ref: str = ""


class Untimely(NamedTuple):
    """A record that is dated before its goods were made.

    Attributes:
        lot: The lot that it used or speaks of.
        ref: Its place.
        made: Place of the record that tells first how the lot was made, by somebody who may.
    """

    lot: str
    ref: str
    made: str


@dataclass(frozen=True, slots=True)
class StepResult:
    """What became of a step, with the evidence.

    Attributes:
        expected: The step.
        status: See `Status`.
        done_by: Who recorded it and may: (place, party), in the order of the log.
        others: Who recorded it and may not.
        foreign: Lots that went in without coming from the steps it follows.
        unconsumed: Lots that came out of those steps and did not go through it.
        short: Lots that too few parties spoke of.
        parameters: What has no result.
        failed: What was found not to conform.
        early: Places of those records that are older than the layout.
        outside: Places of records that the ledger placed outside the layout's validity: they do not count.
        doubted: Who would have recorded it and may, with a key that was compromised by then: it counts for nothing but
            a result that does not conform.
        untimely: Records that do not count because they are dated before their goods were made.
        same: Parties that recorded it and count as one, ascending.
    """

    expected: ExpectedStep
    status: Status
    done_by: tuple[Doer, ...] = ()
    others: tuple[Doer, ...] = ()
    foreign: tuple[Foreign, ...] = ()
    unconsumed: tuple[str, ...] = ()
    short: tuple[Short, ...] = ()
    parameters: tuple[Unmet, ...] = ()
    failed: tuple[Unmet, ...] = ()
    early: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    doubted: tuple[Doer, ...] = ()
    untimely: tuple[Untimely, ...] = ()
    same: tuple[tuple[str, ...], ...] = ()

    @property
    def fine(self) -> bool:
        """Whether the lot may pass as far as this step goes."""
        return self.status in FINE

    @property
    def refs(self) -> tuple[str, ...]:
        """Places of the records that count."""
        return tuple(dict.fromkeys(doer.ref for doer in self.done_by))


class Unforeseen(NamedTuple):
    """A record in the chain that no step of the layout foresees."""

    ref: str
    kind: str
    step: str
    party: Signatory
    lot: str


@dataclass(frozen=True, slots=True)
class LayoutResult:
    """A lot held against its layout.

    Attributes:
        subject: The lot or item.
        layout: The layout that counts; None if none does (the findings say why).
        steps: What became of each step, in the order of the layout.
        unforeseen: Records in the chain and in no step.
        unreadable: Records in the chain that were erased or are of a later version: they count for nothing.
        findings: What is odd about the layout, and what keeps the whole from being met.
        whole: Whether the lot itself came out of a step, and all of its chain was read.
    """

    subject: str
    layout: Layout | None
    steps: tuple[StepResult, ...] = ()
    unforeseen: tuple[Unforeseen, ...] = ()
    unreadable: tuple[Doer, ...] = ()
    findings: tuple[Finding, ...] = ()
    whole: bool = True

    @property
    def met(self) -> bool:
        """Whether a layout counts, all of its steps are met or left out as they may be, and nothing was cut."""
        return self.layout is not None and self.whole and all(step.fine for step in self.steps)

    def step(self, name: str) -> StepResult | None:
        """What became of a step, or None."""
        return next((one for one in self.steps if one.expected.name == name), None)


def place_of(ref: str) -> tuple[int, int]:
    """A place in the order of the log."""
    entry, _, position = ref.partition("/")
    return int(entry), int(position)


def in_order(doers: Iterable[Doer]) -> tuple[Doer, ...]:
    """Each once, by place and party."""
    return tuple(sorted(set(doers), key=lambda doer: (place_of(doer.ref), doer.party.uri)))
