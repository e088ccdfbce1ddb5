"""Proceedings about a listing: case by case, from the notice to the relisting, as the records say and nobody computes.

Whoever decides is never who is decided about: what takes a listing off sale counts from anybody with the right role;
what gives the merchant time or puts it back (a notice, a decision in its favour, a relisting) only from somebody who
does not belong to it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from trustledger.views.trust_score.decay import DAY
from trustledger.views.trust_score.facts import Ordered, Place, Proceeded
from trustledger.views.trust_score.notes import Notes
from trustledger.views.trust_score.policy import StandingRules
from trustledger.views.trust_score.sides import Sides

Phase = Literal["unlisted", "listed", "noticed", "held", "delisted"]
"""Where a listing stands: not offered, offered, offered under notice, held until it is looked into, taken down."""
SELLING: Final = frozenset({"listed", "noticed"})
DECIDERS: Final = frozenset({"operator", "platform"})
"""Roles that decide (the registration policy that a ledger begins with says the same)."""
SAFETY: Final = frozenset({"safety_failure", "recall"})
"""Grounds that are about danger, not about a score."""
_ORDER: Final[tuple[Phase, ...]] = ("listed", "noticed", "held", "delisted")
_FAVOURS: Final = frozenset({"notice", "relisting"})
_BY_MERCHANT: Final = frozenset({"reply", "appeal"})


@dataclass(slots=True)
class Case:
    """One proceeding.

    Attributes:
        name: What joins its records.
        reason: The ground on which it was opened.
        phase: Where it stands; ``listed`` once it is over.
        until: End of the time to reply, ms.
        since: When what brought it there was placed.
        ref: Place of that record.
        place: The same; None if there is none.
        lots: The lots on sale then, or when it was released, if the case is about danger.
        released: Place of the decision that lifts the measure; None as long as there is none.
        released_at: When it was placed, ms.
        upheld: A person confirmed it.
        appealed: An appeal is undecided.
        granted: The decision that lifts it was about an appeal.
        answered: The merchant replied.
        measures: What was done: holds and delistings.
    """

    name: str
    reason: str = ""
    phase: Phase = "listed"
    until: int | None = None
    since: int | None = None
    ref: str = ""
    place: Place | None = None
    lots: frozenset[str] = frozenset()
    released: Place | None = None
    released_at: int | None = None
    upheld: bool = False
    appealed: bool = False
    granted: bool = False
    answered: bool = False
    measures: list[Proceeded] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a listing stands, as the records about it say.

    Attributes:
        phase: The worst of its open cases.
        case: The case that decides.
        until: End of the time to reply of a notice, ms; None otherwise.
        since: When the ledger placed what brought it there, ms; None if nothing did.
        ref: Place of that record; empty if there is none.
        appealed: An appeal is undecided.
    """

    phase: Phase
    case: str = ""
    until: int | None = None
    since: int | None = None
    ref: str = ""
    appealed: bool = False

    @property
    def selling(self) -> bool:
        """Whether it may be sold."""
        return self.phase in SELLING


class Docket:
    """All cases about one listing, in the order in which they were opened.

    Args:
        steps: Proceedings about the product and merchant, in the order of the log.
        sides: Who belongs to the merchant.
        rules: What a low score brings.
        notes: Takes what was not anybody's to say, and what came out of turn.
    """

    def __init__(self, steps: Iterable[Proceeded], sides: Sides, rules: StandingRules, notes: Notes) -> None:
        self.cases: dict[str, Case] = {}
        self._sides, self._rules, self._notes = sides, rules, notes
        self._turns: list[tuple[Place, bool]] = []
        for step in steps:
            if self._entitled(step):
                self._take(self.cases.setdefault(step.case, Case(step.case)), step)
                self._turns.append((step.place, self.standing(offered=True).selling))

    def standing(self, *, offered: bool, bound: Case | None = None) -> Standing:
        """Where the listing stands: its worst case; of equal ones the one that has stood so for the longest.

        Args:
            offered: The merchant offers it.
            bound: A case about another listing that binds this one too.
        """
        worst = max(
            [*self.cases.values(), *([] if bound is None else [bound])],
            key=lambda case: (_ORDER.index(case.phase), -(case.since or 0)),
            default=Case(""),
        )
        if worst.phase == "listed":
            return Standing("listed" if offered else "unlisted")
        until = worst.until if worst.phase == "noticed" else None
        return Standing(worst.phase, worst.name, until, worst.since, worst.ref, worst.appealed)

    def sold_while_held(self, orders: Iterable[Ordered]) -> Iterator[Ordered]:
        """Orders that the ledger placed while the listing was held or taken down."""
        turns = [place for place, _ in self._turns]
        for order in orders if turns else ():
            at = bisect_left(turns, order.place)
            if at and not self._turns[at - 1][1]:
                yield order

    def measures(self) -> list[Proceeded]:
        """Holds and delistings that nobody released."""
        return [one for case in self.cases.values() if case.released is None for one in case.measures]

    def _entitled(self, step: Proceeded) -> bool:
        placed = step.placed
        if step.kind in _BY_MERCHANT:
            fit = step.merchant in (placed.party, *placed.cosigners)
        elif step.kind in _FAVOURS or (step.kind == "decision" and step.what != "uphold"):
            fit = self._sides.witnesses(placed, DECIDERS)
        else:
            fit = self._sides.has_role(placed, DECIDERS)
        if not fit:
            own = (
                step.kind in _FAVOURS and self._sides.has_role(placed, DECIDERS) and self._sides.signs(placed)
            )
            self._notes.count("own_judge" if own else "not_entitled", placed, step.case)
        return fit

    def _take(self, case: Case, step: Proceeded) -> None:
        at, ref = step.placed.sequenced_at, step.placed.ref
        if step.kind == "notice":
            self._end_lapsed(step)
            if case.phase == "listed":
                case.phase, case.since, case.ref, case.place = "noticed", at, ref, step.place
                case.reason, case.until = step.reason, self._until(step)
                case.released = case.released_at = None
        elif step.kind == "reply":
            case.answered = True
        elif step.kind == "appeal":
            case.appealed = case.phase in ("held", "delisted")
        elif step.kind == "decision":
            self._decide(case, step)
        elif step.kind == "delisting":
            self._measure(case, step)
        else:
            case.phase, case.since, case.ref, case.place = "listed", at, ref, step.place
            case.appealed = False

    def _until(self, step: Proceeded) -> int:
        """The end of the time to reply, ms: never less than the policy gives, nor more than it allows."""
        placed, rules = step.placed, self._rules
        least = placed.sequenced_at + rules.reply_days * DAY
        said = least if step.until is None else step.until
        if said < least - DAY:  # a day for what lay between computing and placing it
            self._notes.add("short_notice", placed.ref, seen=step.case, expected=str(rules.reply_days))
        return min(max(said, least), placed.sequenced_at + rules.reply_most_days * DAY)

    def _end_lapsed(self, step: Proceeded) -> None:
        """A new notice takes the place of earlier ones on the same ground whose time to reply is over."""
        for case in self.cases.values():
            over = case.until is None or case.until <= step.placed.sequenced_at
            if case.phase == "noticed" and case.reason == step.reason and over:
                case.phase = "listed"

    def _decide(self, case: Case, step: Proceeded) -> None:
        """A person's word; what it lifts after a delisting is put back by a relisting."""
        case.granted, case.appealed = case.appealed and step.what == "release", False
        if step.what == "extend":
            if case.phase == "noticed" and step.until is not None:
                case.until = max(step.until, case.until or 0)
        elif step.what == "uphold":
            case.upheld, case.released, case.released_at = True, None, None
        else:
            case.released, case.released_at, case.upheld = step.place, step.placed.sequenced_at, False
            if case.phase == "noticed":
                case.phase = "listed"

    def _measure(self, case: Case, step: Proceeded) -> None:
        """A hold or delisting. One for a low score without a notice, or before its time, stands and is an alarm."""
        asked = self._rules.low_score == "notice" and step.reason == "low_score"
        if asked and step.what == "delist" and case.phase != "held":
            if case.phase != "noticed":
                self._notes.add("no_notice", step.placed.ref, seen=step.case)
            elif case.until is not None and step.placed.sequenced_at < case.until and not case.upheld:
                self._notes.add("early", step.placed.ref, seen=step.case)
        case.reason = case.reason or step.reason
        case.phase = "held" if step.what == "hold" and case.phase != "delisted" else "delisted"
        case.since, case.ref, case.place = step.placed.sequenced_at, step.placed.ref, step.place
        case.released = case.released_at = None
        case.measures.append(step)
