"""Points for the cards of the lots on sale."""

import pytest
from score_world import (
    LOT,
    LOT2,
    NOW,
    OTHER,
    PLATFORM,
    POLICY,
    PRODUCT,
    RIVAL,
    SHOP,
    Market,
    card,
    codes,
    finding,
)

from trustledger.views.inspection_card import InspectionCard
from trustledger.views.trust_score.model import CardLike


def like(card: InspectionCard) -> CardLike:
    """The card itself fits: mypy holds it to that."""
    return card


@pytest.fixture
def market():
    found = Market()
    found.listing()
    return found


def quality(market, **more):
    return market.score(**more).component("quality")


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (card(), ("5.00", "5.00", "5.00")),
        (card(stars=1), ("4.68", "4.68", "4.68")),  # near the limit: lawful food isn't punished
        (card(stars=None), ("4.60", "4.60", "4.60")),  # nothing graded, such as textile classes
        (card(independent=False), ("4.40", "3.40", "5.00")),
        (card("untested", required=3, untested=1), ("2.25", "0.00", "4.00")),  # 1.5 + 3/4
        (card("untested", required=0, untested=1), ("1.50", "0.00", "4.00")),
        (card("undecided", required=0), ("1.50", "0.00", "4.00")),
        (card("fail"), ("0.00", "0.00", "0.00")),
        (card("fail", nature="quality"), ("0.00", "0.00", "0.00")),
        (card(codes=["views.recall"]), ("0.00", "0.00", "0.00")),
    ],
)
def test_points(market, shown, expected):
    market.cards[LOT] = shown
    assert tuple(map(str, quality(market).estimate)) == expected
    assert quality(market).provisional == (expected[2] == "4.00")


def test_half_independent(market):
    shown = card(required=2)
    shown.results[1].independent = False
    market.cards[LOT] = shown
    assert tuple(map(str, quality(market).estimate)) == ("4.70", "4.20", "5.00")


def test_the_worst_lot_on_sale_counts(market):
    market.listing([LOT, LOT2], day=2)
    market.cards[LOT2] = card("untested", untested=1, required=0)
    assert str(quality(market).estimate.score) == "1.50"
    assert market.score().lots == (LOT, LOT2)
    market.listing([LOT], day=3)
    assert str(quality(market).estimate.score) == "5.00"


def test_a_lot_that_is_sent_is_on_sale(market):
    market.order(950, lot=LOT2)
    market.cards[LOT2] = card("fail")
    found = market.score()
    assert found.lots == (LOT, LOT2)
    assert finding(found, "unlisted_lot").facts["about"] == LOT2
    assert [one.lot for one in found.dangers] == [LOT2]
    market.listing([LOT], day=960)  # offering something else afterwards washes nothing off
    assert market.score().lots == (LOT, LOT2)
    assert market.score(1040).lots == (LOT,)


def test_nobody_else_puts_a_lot_on_sale(market):
    """One order that a rival signs alone holds no listing, and is none of the merchant's."""
    market.cards[LOT2] = card("fail")
    order = market.order(995, by=RIVAL, cosigners=(), lot=LOT2)
    market.deliver(order, who=RIVAL)
    found = market.score()
    assert (found.lots, found.dangers, found.orders, found.keys) == ((LOT,), (), 0, 0)
    assert finding(found, "foreign_order").facts["count"] == "1"
    market.order(996, by=PLATFORM, cosigners=(), lot=LOT2)
    assert [one.lot for one in market.score().dangers] == [LOT2]


def test_another_products_lot_does_not_pass_for_this_one(market):
    market.listing([OTHER + "/10/GOOD"], day=2)
    found = market.score()
    assert (found.lots, str(found.component("quality").estimate.score)) == ((), "1.50")
    assert found.provisional
    assert finding(found, "foreign_lot").facts["about"] == OTHER + "/10/GOOD"
    market.listing([PRODUCT], day=3)
    assert market.score().lots == ()


@pytest.mark.parametrize("by", ["delivery", "review", "claim"])
def test_the_lot_that_is_really_sent_is_seen(market, by):
    market.cards[LOT2] = card("fail")
    order = market.order(990, lot=None)
    assert "lot_unnamed" in codes(market.score())
    assert str(quality(market).estimate.score) == "1.50"
    named = {**order.line, "lot": LOT2}
    if by == "delivery":
        market.deliver(order, line=named)
    else:
        order.line = named
        market.review(order, 1) if by == "review" else market.claim(order)
    assert [one.lot for one in market.score().dangers] == [LOT2]
    assert "lot_unnamed" not in codes(market.score())
    assert market.score(990 + POLICY.quality.sold_days).dangers == ()


def test_a_carrier_that_brings_another_lot_is_believed_a_stranger_is_not(market):
    market.cards[LOT2] = card("fail")
    order = market.order(990)
    market.deliver(order, line={**order.line, "lot": LOT2}, who=RIVAL)
    assert market.score().dangers == ()
    market.deliver(order, line={**order.line, "lot": LOT2})
    assert [one.lot for one in market.score().dangers] == [LOT2]


def test_a_recalled_lot_that_is_no_longer_sold_is_off_sale(market):
    market.order(990, lot=LOT2)
    market.cards[LOT2] = card("fail", codes=["views.recall"], ref="9/0")
    assert market.score().lots == (LOT,)
    for _ in range(9):
        market.order(991, lot=LOT2)
    assert {one.reason for one in market.score().dangers} == {"recall", "safety_failure"}


def test_a_listing_without_lots_is_unknown(market):
    market.listing((), day=2)
    assert str(quality(market).estimate.score) == "1.50"
    assert "no_lots" in codes(market.score())


@pytest.mark.parametrize(
    "said", [{"who": RIVAL}, {"who": RIVAL, "merchant": RIVAL}, {"product": PRODUCT[:-1] + "9"}]
)
def test_only_the_merchants_own_listing_counts(market, said):
    if "product" in said:
        said = {"product": "https://id.gs1.org/01/06901234567892"}
    market.listing([LOT2], day=2, **said)
    assert market.score().lots == (LOT,)


def test_numbers_stand_side_by_side_until_they_run_out(market):
    market.listing([LOT2], day=2, number="SKU-2", until=NOW)
    assert market.score(day=999).lots == (LOT, LOT2)
    assert market.score().lots == (LOT,)


def test_not_more_lots_than_the_policy_looks_at(market):
    many = [f"{PRODUCT}/10/L{number:04d}" for number in range(POLICY.quality.max_lots + 1)]
    market.listing(many, day=2)
    found = market.score()
    assert found.lots == tuple(many[1:])
    assert str(quality(market).estimate.score) == "1.50"  # what is not looked at is not known
    market.cards[many[0]] = card("fail")
    assert [one.lot for one in market.score().dangers] == [many[0]]
    assert "lots_cut" in codes(found)


@pytest.mark.parametrize(("nature", "dangers"), [("safety", 1), ("quality", 0), (None, 1)])
def test_only_what_endangers_is_a_danger(market, nature, dangers):
    market.cards[LOT] = card("fail", nature=nature)
    if nature is None:
        market.cards[LOT].results[0].limit = None
    assert len(market.score().dangers) == dangers
    assert ("safety" in codes(market.score())) == bool(dangers)


def test_a_recall_is_a_danger(market):
    market.cards[LOT] = card(codes=["views.recall", "views.other"], ref="7/0")
    (danger,) = market.score().dangers
    assert (danger.reason, danger.lot, danger.ref) == ("recall", LOT, "7/0")
    assert market.score().merchant == SHOP
