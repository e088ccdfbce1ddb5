"""What holds for any market."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st
from score_world import CARRIER, LOT, LOT2, NOW, PLATFORM, RIVAL, SHOP, Market, card

from trustledger.views.trust_score import Trade, due

STARS = st.integers(1, 5)
SALE = st.fixed_dictionaries(
    {
        "day": st.integers(700, 1000),
        "stars": st.none() | STARS,
        "buyer": st.sampled_from(["", "a", "b", None]),
        "attested": st.booleans(),
        "delivered": st.sampled_from(["delivered", "failed", "returned", ""]),
        "claim": st.sampled_from(["", "fault", "damaged", "no_reason_return", "other"]),
        "outcome": st.sampled_from(["", "refunded", "replaced", "rejected"]),
        "admitted": st.none() | st.booleans(),
        "by": st.sampled_from([SHOP, PLATFORM]),
    }
)


def market_of(sales, promises=None):
    found = Market()
    found.listing(promises=promises or {"ships_within_hours": "24", "answer_within_hours": "48"})
    for said in sorted(sales, key=lambda one: one["day"]):
        sell(found, said)
    return found


def sell(market, said):
    order = market.order(said["day"], buyer=said["buyer"], cosigners=(PLATFORM,) if said["attested"] else ())
    if said["delivered"]:
        market.deliver(order, status=said["delivered"], hours=30)
    if said["stars"]:
        market.review(order, said["stars"])
    if said["claim"]:
        market.claim(order, said["claim"])
        if said["outcome"]:
            more = {} if said["admitted"] is None else {"fault_accepted": said["admitted"]}
            market.resolve(order, said["outcome"], who=said["by"], **more)
    return order


MARKETS = st.lists(SALE, max_size=12).map(market_of)


@settings(max_examples=40, deadline=None)
@given(MARKETS, st.integers(0, 100), st.integers(0, 60))
def test_order_and_parts_change_nothing(market, seed, cut):
    whole = market.score()
    assert market.score(shuffled=seed) == whole
    shuffled = random.Random(seed).sample(market.records, len(market.records))
    parts = Trade.of(shuffled[:cut]), Trade.of(shuffled[cut:])
    assert market.score(records=parts[0].joined(parts[1]).held()) == whole
    assert parts[0].joined(parts[1]) == Trade.of(market.records)


@settings(max_examples=40, deadline=None)
@given(MARKETS, STARS, st.data())
def test_a_review_without_the_orders_key_never_moves_a_score(market, stars, data):
    order = market.sold(day=1000)
    before = market.score()
    who = data.draw(
        st.sampled_from([SHOP, PLATFORM, RIVAL, CARRIER, "urn:uuid:00000000-0000-4000-8000-00000000ffff"])
    )
    market.review(order, stars, who=who)
    assert market.score().estimate == before.estimate
    assert market.score().components == before.components


@settings(max_examples=40, deadline=None)
@given(MARKETS)
def test_bounds_enclose_and_stay_within_0_to_5(market):
    found = market.score()
    for estimate in (found.estimate, *(one.estimate for one in found.components)):
        assert 0 <= estimate.lower <= estimate.score <= estimate.upper <= 5


@settings(max_examples=40, deadline=None)
@given(MARKETS, STARS, STARS)
def test_a_better_review_never_lowers_a_score(market, one, other):
    scores = []
    order = market.sold(day=1000)
    for stars in sorted((one, other)):
        scores.append(
            market.score(records=[*market.records, market.review(order, stars)][: len(market.records)]).score
        )
        market.records.pop()
    assert scores[0] <= scores[1]


@settings(max_examples=40, deadline=None)
@given(MARKETS)
def test_admitting_a_fault_never_helps(market):
    order = market.sold(day=1000)
    market.claim(order)
    market.resolve(order, "replaced")
    met = market.score().score
    market.resolve(order, "replaced", fault_accepted=True)
    assert market.score().score <= met


@settings(max_examples=30, deadline=None)
@given(
    MARKETS,
    st.sampled_from([card(), card("fail"), card("fail", nature="quality"), card("untested", untested=1)]),
)
def test_what_is_due_is_due_once(market, shown):
    market.cards[LOT] = shown
    for day in (1000, 1007, 1040, 1047):
        market.append(due(market.score(day)), day)
        assert due(market.score(day)) == []


@settings(max_examples=30, deadline=None)
@given(MARKETS, st.integers(1, 5), st.integers(1, 5), st.booleans(), st.booleans())
def test_a_better_card_never_lowers_a_score(market, one, other, independent, other_independent):
    low, high = sorted((one, other))
    worse, better = sorted((independent, other_independent))
    scores = []
    for stars, free in ((low, worse), (high, worse), (high, better)):
        market.cards[LOT] = card(stars=stars, independent=free)
        scores.append(market.score().score)
    market.listing([LOT, LOT2])
    market.cards[LOT2] = card("untested", untested=1, required=0)
    assert scores == sorted(scores)
    assert market.score().score <= scores[-1]
    assert market.score().as_of == NOW
