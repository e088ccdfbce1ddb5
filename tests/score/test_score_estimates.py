"""The arithmetic: against integers and roots of integers, against a published formula, and by hand."""

from decimal import Decimal
from fractions import Fraction
from math import isqrt

import pytest
from score_world import DAY, POLICY

from trustledger.errors import FormatError
from trustledger.views.trust_score import Estimate, beta, decay_weights, dirichlet
from trustledger.views.trust_score.decay import check_decay
from trustledger.views.trust_score.estimates import weighted

Z = Decimal("1.65")
SCALE = 10**60


def root(value):
    """A square root of a fraction to 60 digits, by integers alone."""
    return Fraction(isqrt(value.numerator * SCALE * SCALE // value.denominator), SCALE)


def miller(counts, prior, z):
    """Evan Miller's lower bound in exact fractions: counts from 1 star up."""
    sums = [Fraction(count) + Fraction(before) for count, before in zip(counts, prior, strict=True)]
    total = sum(sums)
    mean = sum(k * one for k, one in enumerate(sums, 1)) / total
    square = sum(k * k * one for k, one in enumerate(sums, 1)) / total
    return mean - Fraction(z) * root((square - mean * mean) / (total + 1))


def test_the_lower_bound_is_the_published_formula():
    """60, 80, 75, 20 and 25 ratings of 5, 4, 3, 2 and 1 stars, in fractions by hand: docs/scoring-trust.md."""
    counts = [Decimal(count) for count in (25, 20, 75, 80, 60)]
    found = dirichlet(counts, [Decimal(1)] * 5, Z)
    by_hand = Fraction(925, 265) - Fraction("1.65") * root(
        (Fraction(3615, 265) - Fraction(925, 265) ** 2) / 266
    )
    assert str(found.lower)[:20] == "3.368430745620908009"
    assert str(found.score)[:9] == "3.4905660"
    assert miller(counts, [1] * 5, "1.65") == by_hand
    assert abs(Fraction(found.lower) - by_hand) < Fraction(1, 10**30)


def test_the_value_that_is_quoted_for_it_does_not_follow_from_it():
    """3.3686975120774694 is repeated after one answer on the web, whose own code gives the value above."""
    quoted = Fraction("3.3686975120774694")
    assert quoted - miller((25, 20, 75, 80, 60), [1] * 5, "1.65") > Fraction(26, 10**5)


@pytest.mark.parametrize(
    ("counts", "expected"), [((0, 0, 0, 0, 0), "2.6"), ((0, 0, 0, 0, 10), "3.8"), ((10, 0, 0, 0, 0), "1.8")]
)
def test_the_mean_is_bayesian(counts, expected):
    """(C·m + Σr) / (C + n) with C = 10 imagined ratings of mean 2.6."""
    assert dirichlet([Decimal(one) for one in counts], POLICY.reviews.prior, Z).score == Decimal(expected)


def test_beta():
    """(6 + 1) / 10 = 0.7; √(0.7 · 0.3 / 11) = 0.138169…"""
    found = beta(Decimal(7), Decimal(3), Decimal(1))
    assert found.score == Decimal("0.7")
    assert str(found.upper)[:10] == "0.83816985"
    assert found.upper - found.score == found.score - found.lower


def test_what_is_published_never_claims_more_than_is_known():
    found = Estimate(Decimal("2.995"), Decimal("2.999"), Decimal("3.001")).published()
    assert [str(one) for one in found] == ["3.00", "2.99", "3.01"]
    assert [str(one) for one in Estimate(Decimal("5.2"), Decimal(-1), Decimal(9)).published()] == [
        "5.00",
        "0.00",
        "5.00",
    ]
    assert str(Estimate(Decimal("2.985"), Decimal(0), Decimal(5)).published().score) == "2.98"  # half to even


def test_bounds_are_joined_like_the_scores():
    parts = [
        (Estimate(Decimal(4), Decimal(3), Decimal(5)), 40),
        (Estimate(Decimal(2), Decimal(1), Decimal(3)), 60),
    ]
    assert weighted(parts) == Estimate(Decimal("2.8"), Decimal("1.8"), Decimal("3.8"))


@pytest.mark.parametrize("decay", [POLICY.reviews.decay, POLICY.credit.rise, POLICY.credit.fall])
def test_shipped_tables_are_what_the_procedure_makes(decay):
    assert decay.weights == decay_weights(decay.half_life)


def test_ageing_by_hand():
    """2^(−40/180) = 0.857243…, so 40 days are 857,244 millionths; 400 days are a quarter of that."""
    decay = POLICY.reviews.decay
    assert (
        decay.weight(0, 40 * DAY)
        == decay.weight(0, 41 * DAY - 1)
        == round(10**6 * 2 ** (-40 / 180))
        == 857244
    )
    assert decay.weight(0, 400 * DAY) == 857244 // 4
    assert decay.weight(0, 180 * DAY) == 500_000
    assert decay.weight(5, 5) == decay.weight(9, 5) == 1_000_000
    assert decay.weight(0, 5000 * DAY) == 0


@pytest.mark.parametrize(
    "weights", [(), (1_000_000,), (999_999, 700_000), (1_000_000, 400_000), (1_000_000, 1_000_001)]
)
def test_a_table_that_is_none(weights):
    with pytest.raises(FormatError, match="half-life"):
        check_decay(2, weights, "weights")


@pytest.mark.parametrize("days", [0, -1, 3661])
def test_a_half_life_that_is_none(days):
    with pytest.raises(FormatError, match="half-life"):
        decay_weights(days)
