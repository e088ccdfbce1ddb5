"""What follows from a score: which records are due now, and what an audit finds where they are missing.

A pure function of the score: once what is due stands in the ledger, the next score says so, and nothing is due any
more.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any, Final

from trustledger.encoding import format_time
from trustledger.views.model import Finding
from trustledger.views.trust_score.cases import SAFETY, Case
from trustledger.views.trust_score.decay import DAY
from trustledger.views.trust_score.facts import Place
from trustledger.views.trust_score.model import Danger, TrustScore
from trustledger.views.trust_score.notes import level_of
from trustledger.views.trust_score.policy import Measure

LOW_SCORE: Final = "low_score"
_STANDING: Final = ("held", "delisted")


def due(score: TrustScore) -> list[dict[str, Any]]:
    """The records that are due now, as rows for `trustledger.kinds.Kinds.draft`, in the order in which to append them.

    Args:
        score: The score, as of now.

    Returns:
        Notices, delistings (holds too) and relistings. Nothing is due about what is not offered and not held.
    """
    return list(_Due(score).rows())


def standing_findings(score: TrustScore) -> tuple[Finding, ...]:
    """What an audit finds at the time of a score: what should be held or taken down and is not, or the reverse.

    Args:
        score: The score, as of the checkpoint's time.
    """
    codes = {"notice": "should_notice", "relisting": "should_relist"}
    found = []
    for row in due(score):
        data = row["data"]
        measure = "should_hold" if data.get("action") == "hold" else "should_delist"
        code = codes.get(row["kind"], measure)
        facts = {
            "merchant": score.merchant,
            "reason": data["reason"],
            "score": str(score.score),
            "upper": str(score.upper),
            "at": format_time(score.as_of),
        }
        found.append(Finding(f"score.{code}", score.subject, score.standing.ref, facts, level_of(code)))
    return tuple(found)


class _Due:
    """The rules, asked in their order."""

    def __init__(self, score: TrustScore) -> None:
        self._score, self._rules, self._now = score, score.policy.standing, score.as_of
        self._names = {case.name for case in score.cases}

    def rows(self) -> Iterator[dict[str, Any]]:
        """Danger first; then what was noticed; then what has recovered."""
        fresh = self._fresh_danger()
        if fresh is not None:
            yield from self._open(self._rules.safety, fresh.reason, "safety")
            return
        if (
            self._score.listed
            and not self._open_about(LOW_SCORE)
            and self._low
            and not self._released_lately()
        ):
            yield from self._open(self._rules.low_score, LOW_SCORE, "threshold")
        for case in self._score.cases:
            if case.phase == "noticed":
                yield from self._noticed(case)
            elif case.phase in _STANDING:
                yield from self._recovered(case)

    @property
    def _low(self) -> bool:
        """Whether it is certain enough that the score lies below the threshold."""
        enough = self._score.component("reviews").amount >= self._rules.reviews
        return enough and (self._score.upper < self._rules.threshold or self._unhappy)

    @property
    def _unhappy(self) -> bool:
        """Whether the buyers alone are surely of that mind: a part of 30 percent cannot pull a perfect rest below 3."""
        return self._score.component("reviews").estimate.upper < self._rules.reviews_floor

    def _fresh_danger(self) -> Danger | None:
        """A danger of something that may be sold, which no person has released since it was known."""
        if not self._score.listed:
            return None
        return next(
            (one for one in self._score.dangers if not any(map(partial(_covers, one), self._score.cases))),
            None,
        )

    def _open_about(self, reason: str) -> list[Case]:
        """The cases on one ground that are not over."""
        return [case for case in self._score.cases if case.reason == reason and case.phase != "listed"]

    def _released_lately(self) -> bool:
        """Whether a person released a case about the score a short while ago."""
        span = self._rules.release_days * DAY
        return any(
            one.reason == LOW_SCORE and one.released_at is not None and self._now < one.released_at + span
            for one in self._score.cases
        )

    def _noticed(self, case: Case) -> Iterator[dict[str, Any]]:
        """After the time to reply the delisting follows, unless it recovered; a person's word needs no time."""
        if case.reason not in (LOW_SCORE, *SAFETY):
            return  # what people raised, people end
        last = (case.until or 0) + self._rules.notice_days * DAY
        still = self._low if case.reason == LOW_SCORE else bool(self._score.dangers)
        if case.upheld or (still and (case.until or 0) <= self._now < last):
            yield self._row("delisting", case.name, case.reason, "after_notice", action="delist")
        elif (
            still and self._now >= last and case is self._open_about(case.reason)[-1]
        ):  # it has run out: nobody acted
            yield from self._open("notice", case.reason, "threshold")

    def _recovered(self, case: Case) -> Iterator[dict[str, Any]]:
        if case.released is not None:
            reason = "appeal_granted" if case.granted else "decision"
            yield self._row("relisting", case.name, reason, "released")
        elif (
            case.reason in SAFETY
            and not self._score.dangers
            and self._passes
            and case.name in self._score.cleared
        ):
            yield self._row("relisting", case.name, "retest_passed", "retest")
        elif case.reason == LOW_SCORE and self._back:
            yield self._row("relisting", case.name, "score_recovered", "hysteresis")

    @property
    def _passes(self) -> bool:
        """Whether every lot on sale has a card that passes."""
        quality = self._score.component("quality")
        return not quality.provisional and quality.estimate.score > 0

    @property
    def _back(self) -> bool:
        rules = self._rules
        if self._score.erased or self._score.component("reviews").estimate.score < rules.reviews_floor:
            return False
        return self._score.score >= rules.relist_score or self._score.lower >= rules.relist_lower

    def _open(self, measure: Measure, reason: str, rule: str) -> Iterator[dict[str, Any]]:
        """A new case: with a notice, or at once."""
        name = self._new_case(reason)
        if measure == "notice":
            until = format_time(self._now + self._rules.reply_days * DAY)
            yield self._row("notice", name, reason, rule, until=until)
        else:
            yield self._row("delisting", name, reason, rule, action=measure)

    def _new_case(self, reason: str) -> str:
        number = len(self._names) + 1
        while f"{reason}-{number}" in self._names:
            number += 1
        return f"{reason}-{number}"

    def _row(self, kind: str, case: str, reason: str, rule: str, **more: str) -> dict[str, Any]:
        score, now = self._score, format_time(self._now)
        return {
            "kind": kind,
            "subject": score.subject,
            "occurred_at": now,
            "data": {
                "merchant": score.merchant,
                "case": case,
                "reason": reason,
                "score": str(score.score),
                "lower": str(score.lower),
                "upper": str(score.upper),
                "policy": score.policy.sha256,
                "as_of": now,
                "rule": rule,
                **more,
            },
        }


def _covers(danger: Danger, case: Case) -> bool:
    """Whether a case deals with a danger.

    It does on its own ground, for lots and records that were there when it was released, or when the notice was given.
    """
    by = case.released or (case.place if case.phase == "noticed" else None)
    if by is None or case.reason != danger.reason:
        return False
    return danger.lot in case.lots and _place(danger.ref) < by


def _place(ref: str) -> Place:
    entry, _, position = ref.partition("/")
    return (int(entry), int(position)) if ref else (-1, -1)
