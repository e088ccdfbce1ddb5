"""One measured value against one limit: the arithmetic of docs/scoring.md, on exact fractions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, NamedTuple

from trustledger.errors import FormatError
from trustledger.frameworks import CardPolicy, Limit, Vocabulary
from trustledger.kinds.units import Unit, unit
from trustledger.views.inspection_card.model import INCOMPARABLE, Reason, ResultVerdict
from trustledger.views.inspection_card.numbers import fraction_of

_PER: Final = ("per ", "每")
_RANK: Final[dict[ResultVerdict, int]] = {"fail": 0, "undecided": 1, "pass": 2, "unrated": 3}


@dataclass(frozen=True, slots=True)
class Measured:
    """What a report says of one parameter, as it says it.

    Attributes:
        parameter: Canonical name.
        value: A decimal; None if nothing was detected or the value is sealed.
        not_detected: Nothing was detected.
        unit: As written.
        loq: Limit of quantification; None if not stated.
        uncertainty: Expanded uncertainty; None if not stated.
        basis: As written; None if not stated.
        method: As written; None if not stated.
        sealed: The value is private.
        uncertainty_sealed: The uncertainty is private.
        name: The parameter as written.
    """

    parameter: str
    value: str | None
    not_detected: bool
    unit: str
    loq: str | None
    uncertainty: str | None
    basis: str | None
    method: str | None
    sealed: bool = False
    uncertainty_sealed: bool = False
    name: str = ""


class Judgement(NamedTuple):
    """What a value means under a limit.

    Attributes:
        verdict: What came out.
        reason: Why, where it is no plain pass.
        limit: The limit; None if there is none.
        stars: Where stars are granted.
        ratio: (value + uncertainty) / limit, where margin is graded.
    """

    verdict: ResultVerdict
    reason: Reason
    limit: Limit | None
    stars: int | None = None
    ratio: Fraction | None = None

    @property
    def badness(self) -> tuple[int, Fraction]:
        """Ascending from the worst: fails, undecided, passes by their ratio from the greatest."""
        return _RANK[self.verdict], -(self.ratio or Fraction(0))

    @property
    def comparable(self) -> bool:
        """Whether the value could be held against the limit at all."""
        return self.reason not in INCOMPARABLE


NO_LIMIT: Final = Judgement("unrated", "no_limit", None)
NO_EDITION: Final = Judgement("undecided", "edition", None)


def worst(judgements: Iterable[Judgement]) -> Judgement:
    """The worst of several; they are not none."""
    return min(judgements, key=lambda one: one.badness)


def judge(measured: Measured, limit: Limit, policy: CardPolicy, words: Vocabulary) -> Judgement:
    """Hold a value against a limit. A sealed one may be anything: it is undecided, and lets nothing else pass.

    The value's interval is [low, high]: value ± uncertainty; for what was not detected, or lies below the LOQ,
    everything from nothing to the LOQ.
    """
    if measured.sealed:
        return Judgement("undecided", "sealed", limit)
    own = unit_of(measured)
    if own is None or not own.comparable(unit(limit.unit)):
        return Judgement("undecided", "unit", limit)
    if words.basis(measured.basis) not in limit.bases:
        return Judgement("undecided", "basis", limit)
    value, spread = _number(measured.value), _number(measured.uncertainty) or Fraction(0)
    loq = _number(measured.loq)
    if measured.not_detected and not loq:  # no method quantifies nothing at all
        return Judgement("undecided", "loq_unstated", limit)
    if value is None and not measured.not_detected:
        return Judgement("undecided", "decimal", limit)
    if min(value or 0, spread, loq or 0) < 0:
        return Judgement("undecided", "negative", limit)
    scale = _Scale(own, unit(limit.unit))
    if value is None or (loq is not None and value < loq):
        stated = scale(value or Fraction(0)), scale.width(spread) if value is not None else Fraction(0)
        return _below_loq(*stated, scale(loq or Fraction(0)), limit, policy)
    return _quantified(scale(value), scale.width(spread), limit, policy, sealed=measured.uncertainty_sealed)


def exceeds(measured: Measured, limit: Limit) -> bool:
    """Whether the bare number of a value that does not compare lies beyond the limit, or there is no number.

    In its own unit and on its own basis it may be lawful: but nobody can tell, and so nothing passes beside it.
    """
    number = _number(measured.value if measured.value is not None else measured.loq)
    if number is None:
        return True
    low, high = _bounds(limit)
    return (high is not None and abs(number) > high) or (low is not None and number < low)


def unit_of(measured: Measured) -> Unit | None:
    """The unit of a value, which may be split between its unit and its basis (``g`` and ``per 100 kJ``)."""
    try:
        found = unit(measured.unit)
        for start in _PER:
            if (
                measured.basis is not None
                and measured.basis.startswith(start)
                and found.dimension in ("mass", "energy")
            ):
                return unit(f"{found.symbol}/{measured.basis.removeprefix(start)}")
    except FormatError:
        return None
    return found


class _Scale:
    """From a report's unit to a limit's, exactly."""

    def __init__(self, own: Unit, wanted: Unit) -> None:
        self.factor = own.factor / wanted.factor
        self.offset = (own.offset - wanted.offset) / wanted.factor

    def __call__(self, value: Fraction) -> Fraction:
        return value * self.factor + self.offset

    def width(self, value: Fraction) -> Fraction:
        """A difference, which knows no offset."""
        return value * self.factor


def converted(value: str | None, own: Unit, wanted: str) -> Fraction | None:
    """A decimal of a report in a limit's unit; None if there is none."""
    found = _number(value)
    return None if found is None else _Scale(own, unit(wanted))(found)


def _quantified(
    value: Fraction, spread: Fraction, limit: Limit, policy: CardPolicy, *, sealed: bool
) -> Judgement:
    low, high = _bounds(limit)
    if high is not None and value > high:
        return Judgement("fail", "over", limit, stars=0, ratio=_ratio(value + spread, limit))
    if low is not None and value < low:
        return Judgement("fail", "under", limit, stars=0)
    if sealed:
        return Judgement("undecided", "uncertainty_sealed", limit)
    if (high is not None and value + spread > high) or (low is not None and value - spread < low):
        return Judgement("undecided", "uncertainty", limit, ratio=_ratio(value + spread, limit))
    return _passed(value + spread, limit, policy)


def _below_loq(
    value: Fraction, spread: Fraction, loq: Fraction, limit: Limit, policy: CardPolicy
) -> Judgement:
    """Not detected, or less than can be quantified: it counts as the LOQ, and an LOQ beyond a limit decides nothing.

    A value that is stated below the LOQ keeps its uncertainty: a coarser LOQ must not read better than a finer one.
    """
    low, high = _bounds(limit)
    upper = max(loq, value + spread)
    if high is not None and value > high:
        return Judgement("fail", "over", limit, stars=0, ratio=_ratio(upper, limit))
    if low is not None and loq < low:
        return Judgement("fail", "under", limit, stars=0)
    if low is not None or (high is not None and loq > high):
        return Judgement("undecided", "loq", limit, ratio=_ratio(upper, limit))
    if high is not None and upper > high:
        return Judgement("undecided", "uncertainty", limit, ratio=_ratio(upper, limit))
    return _passed(upper, limit, policy)


def _passed(upper: Fraction, limit: Limit, policy: CardPolicy) -> Judgement:
    ratio = _ratio(upper, limit)
    return Judgement("pass", "", limit, None if ratio is None else policy.stars(ratio), ratio)


def _ratio(upper: Fraction, limit: Limit) -> Fraction | None:
    return upper / Fraction(limit.maximum) if limit.graded else None


def _bounds(limit: Limit) -> tuple[Fraction | None, Fraction | None]:
    return (
        Fraction(limit.minimum) if limit.minimum else None,
        Fraction(limit.maximum) if limit.maximum else None,
    )


def _number(text: str | None) -> Fraction | None:
    return fraction_of(text)
