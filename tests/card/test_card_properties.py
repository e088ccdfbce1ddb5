"""Laws of the card: what is better never costs a star; order and parts change nothing."""

import random
from decimal import Decimal
from fractions import Fraction

from card_world import LAB, LAB2, LOT, OWNLAB, RAW, RAW_PRODUCT, SHOP, Book, result
from hypothesis import given, settings
from hypothesis import strategies as st

from trustledger.encoding import encode
from trustledger.frameworks import shipped, shipped_policy
from trustledger.views.inspection_card import Gathered, explained, inspection_card
from trustledger.views.inspection_card.judging import Measured, judge
from trustledger.views.inspection_card.numbers import ratio_text

SLOW = settings(max_examples=60, deadline=None)
LEAD = next(one.limits["milk", "lead"] for one in shipped().limits if one.id == "gb-2762")
decimals = st.integers(0, 60).map(lambda n: format(Decimal(n) / 1000, "f"))
maybe = st.one_of(st.none(), decimals)
loqs = st.integers(1, 60).map(lambda n: format(Decimal(n) / 1000, "f"))
"""No method quantifies nothing at all: an LOQ of 0 states none."""
RANK = {"fail": 0, "undecided": 1, "untested": 1, "pass": 2}


def standing(found):
    """How good something is: a verdict, then stars."""
    return RANK[found.verdict], found.stars if found.stars is not None else 0


def measured(value, uncertainty, loq):
    return Measured("lead", value, value is None, "mg/kg", loq, uncertainty, None, None)


def judged(*said):
    return judge(measured(*said), LEAD, shipped_policy(), shipped().words)


@given(decimals, maybe, maybe, decimals)
def test_a_smaller_value_never_costs_a_star(value, uncertainty, loq, other):
    low, high = sorted((value, other), key=Decimal)
    assert standing(judged(low, uncertainty, loq)) >= standing(judged(high, uncertainty, loq))


@given(decimals, decimals, decimals, maybe)
def test_a_smaller_uncertainty_never_costs_a_star(value, one, other, loq):
    low, high = sorted((one, other), key=Decimal)
    assert standing(judged(value, low, loq)) >= standing(judged(value, high, loq))


@given(maybe, maybe, loqs, loqs)
def test_a_finer_loq_never_costs_a_star(value, uncertainty, one, other):
    low, high = sorted((one, other), key=Decimal)
    assert standing(judged(value, uncertainty, low)) >= standing(judged(value, uncertainty, high))


@given(st.fractions(min_value=0, max_value=10))
def test_a_ratio_is_never_shown_smaller_than_it_is(ratio):
    shown = Fraction(ratio_text(ratio))
    assert 0 <= shown - ratio < Fraction(1, 10000)


REPORT = st.tuples(
    st.sampled_from([LAB, LAB2, OWNLAB, SHOP]),
    decimals,
    st.integers(0, 3),
    st.sampled_from(["lead", "总汞"]),
    st.sampled_from(["2026-06-01", "2026-10-04", "2026-10-05", None]),
)


def written(reports, changed=None):
    book = Book()
    book.product(required=["lead", "mercury"])
    book.product("raw milk", subject=RAW_PRODUCT)
    book.made(RAW, "2026-09-20", "2026-09-21")
    book.made(inputs=[RAW])
    book.handed(SHOP)
    for number, (who, value, thousandths, parameter, day) in enumerate(reports):
        half = format(Decimal(value) / 2, "f")
        more = {"tested_on": day} if day else {}
        kind = "report_copy" if who == SHOP else "inspection"
        said = result(parameter, half if number == changed else value, uncertainty=f"0.00{thousandths}")
        book.report(said, who=who, kind=kind, lot=RAW if number % 5 == 4 else LOT, **more)
    return book


@SLOW
@given(st.lists(REPORT, max_size=6), st.integers(0, 5))
def test_a_better_measurement_never_lowers_the_card(reports, changed):
    before, after = written(reports).card(), written(reports, changed).card()
    assert standing(after) >= standing(before)


def same(card):
    return encode(explained(card))


@SLOW
@given(st.lists(REPORT, max_size=6), st.randoms(use_true_random=False), st.integers(0, 10))
def test_order_and_parts_change_nothing(reports, chance, cut):
    book = written(reports)
    whole = same(book.card())
    shuffled = list(book.records)
    chance.shuffle(shuffled)
    assert same(inspection_card(shuffled, LOT, **book.arguments())) == whole
    parts = Gathered().adding(shuffled[:cut]).adding(shuffled[cut:])
    assert same(inspection_card(parts, LOT, **book.arguments())) == whole
    again = parts.adding(shuffled)
    assert again.records == parts.records


def test_corrections_out_of_order():
    book = written([(LAB, "0.03", 0, "lead", None), (LAB2, "0.001", 0, "mercury", None)])
    old = book.records[5]
    book.correct(old, {**old.record.data, "results": [result(value="0.001")]})
    whole = same(book.card())
    for seed in range(1, 8):
        random.Random(seed).shuffle(book.records)
        assert same(book.card()) == whole


JUNK = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-5, 5), st.text(max_size=4), st.just("lead"), st.just("mg/kg")
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["parameter", "value", "unit", "results", "loq", "basis", "x"]), inner, max_size=4
        ),
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(
    ["inspection", "report_copy", "product", "processing", "origin", "sample", "recall", "correction"]
)
DATA = st.dictionaries(
    st.sampled_from(
        ["results", "category", "required", "market", "tested_on", "produced_on", "inputs", "outputs", "sample", "lab",
         "parameters", "supersedes", "data", "reason", "lots"]
    ),
    JUNK,
    max_size=5,
)  # fmt: skip


@SLOW
@given(st.lists(st.tuples(KINDS, st.sampled_from([LAB, SHOP, "https://brand.example/"]), DATA), max_size=6))
def test_foreign_writers_cannot_break_a_card(said):
    book = Book()
    book.product()
    for kind, who, data in said:
        book.say(who, kind, LOT, data)
    card = book.card()
    encode(explained(card))
    assert all(one.text("zh") for one in card.findings)
