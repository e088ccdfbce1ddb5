"""Findings of a score: thousands of records with one fault are one finding, with their number and the first places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from trustledger.views.model import Finding, Level

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord

MAX_REFS: Final = 20
"""Places that one finding names."""
_NOTES: Final = frozenset(
    {
        "self_attested",
        "self_delivered",
        "refunded",
        "anonymous",
        "repeated",
        "incentivised",
        "keys",
        "unanswered",
    }
)
_ALARMS: Final = frozenset(
    {
        "safety",
        "recall",
        "should_hold",
        "should_delist",
        "should_notice",
        "no_notice",
        "early",
        "not_entitled",
        "own_judge",
        "taken_back",
        "bound",
        "sold_unlisted",
        "sold_while_held",
    }
)
_LAST: Final = (1 << 63, 0)


class Notes:
    """Collects findings about one subject.

    Args:
        subject: The product.
    """

    def __init__(self, subject: str) -> None:
        self._subject = subject
        self._counted: dict[str, set[tuple[int, int, str]]] = {}
        self._single: list[Finding] = []

    def count(self, code: str, placed: VerifiedRecord, about: str = "") -> None:
        """One more record with a fault, each once for what it is about."""
        self._counted.setdefault(code, set()).add((placed.entry, placed.position, about))

    def add(self, code: str, ref: str = "", subject: str = "", **facts: str) -> None:
        """A finding of its own."""
        self._single.append(Finding(f"score.{code}", subject or self._subject, ref, facts, level_of(code)))

    def findings(self) -> tuple[Finding, ...]:
        """All, by the place of their first record, then by code."""
        found = list(self._single)
        for code, counted in self._counted.items():
            ordered = sorted(counted)
            refs = list(dict.fromkeys(f"{entry}/{position}" for entry, position, _ in ordered))
            places = ", ".join(refs[:MAX_REFS]) + (", …" if len(refs) > MAX_REFS else "")
            facts = {"count": str(len(ordered)), "about": ordered[0][2], "places": places}
            found.append(
                Finding(
                    f"score.{code}",
                    self._subject,
                    refs[0],
                    facts,
                    level_of(code),
                    tuple(refs[1:MAX_REFS]),
                )
            )
        return in_order(found)


def level_of(code: str) -> Level:
    """How much a finding of this room weighs."""
    if code in _ALARMS:
        return "alarm"
    return "note" if code in _NOTES else "doubt"


def in_order(found: list[Finding]) -> tuple[Finding, ...]:
    """Findings, each once, in the order of the log."""
    unique = {(one.code, one.subject, one.ref, tuple(sorted(one.facts.items()))): one for one in found}
    return tuple(one for _, one in sorted(unique.items(), key=lambda pair: (_place(pair[1].ref), pair[0])))


def _place(ref: str) -> tuple[int, int]:
    entry, _, position = ref.partition("/")
    return (int(entry), int(position)) if ref else _LAST
