"""Which reviews weigh something, and how much."""

from dataclasses import replace
from decimal import Decimal

import pytest
from score_world import (
    CARRIER,
    LOT2,
    NOW,
    OTHER,
    PLATFORM,
    POLICY,
    RIVAL,
    SHOP,
    TWIN,
    Market,
    codes,
    finding,
    party,
)  # fmt: skip

from trustledger.authority.parties import EnrolledKey, Identity, PartyState, Revocation
from trustledger.keys import Ed25519Signer


@pytest.fixture
def market():
    found = Market()
    found.listing()
    return found


def reviews(market, **more):
    return market.score(**more).component("reviews")


def weight(market, **more):
    return reviews(market, **more).amount


def test_a_review_counts(market):
    market.sold(5, day=1000)
    assert (weight(market), reviews(market).evidence, reviews(market).weight) == (1, 1, 30)
    assert reviews(market).provisional


def test_a_review_ages(market):
    market.sold(5, day=1000 - 180)
    assert weight(market) == Decimal("0.5")


def test_without_delivery_it_weighs_nothing(market):
    order = market.order(1000)
    market.review(order, 5)
    assert weight(market) == 0
    market.deliver(order, status="failed")
    assert weight(market) == 0
    market.deliver(order)
    assert weight(market) == 1
    market.deliver(order, status="returned")
    assert weight(market) == 0
    market.deliver(order)
    assert weight(market) == 1


def test_without_the_orders_key_it_weighs_nothing(market):
    order, other = market.sold(day=1000), market.sold(day=1000)
    for who in (SHOP, PLATFORM, other.guest):
        market.review(order, 5, who=who)
    assert weight(market) == 0
    assert finding(market.score(), "not_theirs").facts["count"] == "3"


def test_what_others_sign_with_the_buyer_is_not_the_buyers_word(market):
    order = market.sold(day=1000)
    market.say(order.guest, "review", order.name, market.of_line(order, stars=5), cosigners=(SHOP,))
    assert weight(market) == 0
    assert "not_theirs" in codes(market.score())


def test_an_order_attested_by_nobody_else_weighs_nothing(market):
    market.sold(5, cosigners=())
    market.sold(5, cosigners=(RIVAL,))
    assert weight(market) == 0
    assert finding(market.score(), "self_attested").facts["count"] == "2"
    market.sold(5, day=1000, by=PLATFORM, cosigners=())
    assert weight(market) == 1


@pytest.mark.parametrize(
    "platform",
    [
        party(PLATFORM, "platform", owner=SHOP),
        party(PLATFORM, "platform", identities=[Identity("uscc", "91310000X")]),
        party(PLATFORM, "carrier"),
    ],
)
def test_a_platform_of_the_merchants_own_attests_nothing(market, platform):
    market.states[SHOP] = party(SHOP, "merchant", identities=[Identity("USCC", "9131 0000x")])
    market.sold(5)
    assert weight(market) > 0
    market.states[PLATFORM] = platform
    assert weight(market) == 0


def test_a_tie_over_a_third_party_is_found(market):
    market.sold(5, cosigners=(PLATFORM, RIVAL))
    market.states[RIVAL] = party(RIVAL, "merchant", owner=SHOP, identities=[Identity("lei", "X")])
    market.states[PLATFORM] = party(PLATFORM, "platform", identities=[Identity("lei", "X")])
    assert weight(market) == 0


def key_of(uri, custody=None, revoked=None):
    key = Ed25519Signer.from_seed(uri, bytes(32)).public
    return EnrolledKey(key, 0, 0, custody or uri, revoked=revoked)


@pytest.mark.parametrize(("since", "expected"), [(NOW, 0), (NOW + 1, 1)])
def test_what_a_stolen_key_attested_weighs_nothing(market, since, expected):
    held = key_of(PLATFORM, revoked=Revocation(9, NOW, "compromised", since, (PLATFORM,)))
    market.states[PLATFORM] = party(PLATFORM, "platform", keys=[held])
    market.sold(5, day=1000, keys=[held.key])
    assert weight(market) == expected


def test_a_key_that_the_merchant_keeps_is_the_merchants(market):
    held = key_of(CARRIER, custody=SHOP)
    market.states[CARRIER] = party(CARRIER, "carrier", keys=[held])
    order = market.order(1000)
    market.deliver(order, keys=[held.key])
    market.review(order, 5)
    assert weight(market) == 0
    assert "self_delivered" in codes(market.score())


@pytest.mark.parametrize("who", [SHOP, TWIN])
def test_a_delivery_signed_by_the_merchant_counts_nothing(market, who):
    market.states[TWIN] = party(TWIN, "carrier", owner=SHOP)
    market.states[SHOP] = party(SHOP, "merchant", "carrier")
    order = market.order(1000)
    market.deliver(order, who=who)
    market.review(order, 5)
    assert weight(market) == 0
    market.deliver(order)
    assert weight(market) == 1
    market.deliver(order, who=who, status="returned")  # it cannot void a review by its own word
    assert weight(market) == 1


def test_a_policy_may_grant_something_to_own_deliveries(market):
    policy = replace(POLICY, trade=replace(POLICY.trade, self_delivered=40))
    order = market.order(1000)
    market.deliver(order, who=SHOP)
    market.review(order, 5)
    assert weight(market, policy=policy) == Decimal("0.4")
    market.claim(order)
    market.resolve(order, outcome="replaced", fault_accepted=True)
    found = market.score(policy=policy)
    assert found.component("reviews").amount == Decimal("0.4")
    assert found.component("after_sales").arithmetic["F"] == "1.000000"


def test_a_tie_or_theft_declared_after_the_last_record_counts(market):
    """The states are those of the moment asked for, not those after the merchant's own last record."""
    market.sold(5)

    def parties(uri, before=None):
        if uri == PLATFORM and before is None:
            return party(PLATFORM, "platform", owner=SHOP)
        return market.states.get(uri)

    assert weight(market, parties=parties) == 0


def test_roles_are_those_before_the_entry(market):
    market.sold(5)
    now, then = party(PLATFORM, "platform"), party(PLATFORM, "insurer")
    changed = next(one for one in market.records if one.kind == "order").entry

    def parties(uri, before=None):
        if uri != PLATFORM:
            return market.states.get(uri)
        late = before is None or before > changed
        return type(now)(uri, uri, (now if late else then).roles, (), 0, changed if late else 0)

    assert weight(market) > 0
    assert weight(market, parties=parties) == 0


def test_a_role_that_was_given_later_says_nothing_of_before(market):
    first = market.sold(5, day=1000)
    market.claim(first)
    market.resolve(first, outcome="replaced", who=PLATFORM)
    changed = market.records[-1].entry
    market.sold(4, day=1000)

    def parties(uri, before=None):
        if uri != PLATFORM:
            return market.states.get(uri)
        late = before is None or before > changed
        roles = frozenset({"platform"} if late else ())
        return PartyState(uri, uri, roles, (), 0, changed if late else 0)

    found = market.score(parties=parties)
    assert found.component("reviews").arithmetic["n4"] == "1.000000"
    assert found.component("reviews").amount == 1
    assert finding(found, "not_theirs").facts["count"] == "1"


def test_refunded_lines_weigh_nothing(market):
    order = market.sold(5, day=1000)
    market.claim(order, reason="other")
    market.resolve(order, outcome="rejected")
    assert weight(market) == 1
    market.resolve(order, outcome="refunded", amount=100, currency="CNY")
    assert weight(market) == 0
    assert finding(market.score(), "refunded").facts["count"] == "1"


@pytest.mark.parametrize(
    ("stars", "said", "expected"),
    [
        (5, {"amount": 99, "currency": "CNY"}, 1), (5, {"amount": 100, "currency": "USD"}, 1), (5, {}, 1),
        (3, {"amount": 100, "currency": "CNY"}, 0), (2, {"amount": 100, "currency": "CNY"}, 1),
        (1, {"amount": 900, "currency": "CNY", "who": PLATFORM}, 1),
    ],
)  # fmt: skip
def test_a_refund_voids_praise_and_only_in_full(market, stars, said, expected):
    order = market.sold(stars, day=1000)
    market.claim(order, reason="other")
    market.resolve(order, outcome="refunded", **said)
    assert weight(market) == expected


@pytest.mark.parametrize(("stars", "expected"), [(1, 1), (2, 1), (3, 0), (5, 0)])
@pytest.mark.parametrize("buyer", [None, ""])
def test_what_is_bad_needs_no_independent_carrier_and_no_name(market, stars, expected, buyer):
    order = market.order(1000, buyer=buyer)
    market.deliver(order, who=SHOP)
    market.review(order, stars)
    assert weight(market) == expected
    assert market.score().component("after_sales").evidence == 0  # it is no line without fault either
    unattested = market.order(1000, cosigners=(), buyer=buyer)
    market.review(unattested, 1)
    assert weight(market) == expected


def test_only_who_brought_it_takes_it_back(market):
    market.states[RIVAL] = party(RIVAL, "merchant", "carrier")
    order = market.sold(5, day=1000)
    market.deliver(order, status="returned", who=RIVAL)
    assert weight(market) == 1
    market.deliver(order, status="returned")
    assert weight(market) == 0
    market.deliver(order, who=SHOP)  # and the merchant does not undo it
    assert weight(market) == 0


def test_a_platform_that_sells_itself_writes_no_orders_of_others(market):
    market.states[RIVAL] = party(RIVAL, "merchant", "platform", "carrier")
    forged = market.order(1000, by=RIVAL, cosigners=())
    market.deliver(forged, who=RIVAL)
    market.review(forged, 1)
    assert weight(market) == 0
    assert "foreign_order" in codes(market.score())
    market.sold(5, cosigners=(RIVAL,), day=1000)  # with the merchant it may
    assert weight(market) == 1


def test_returned_goods_void_no_bad_review(market):
    order = market.sold(1, day=1000)
    market.deliver(order, status="returned")
    assert weight(market) == 1


def test_a_refund_that_nobody_asked_for_voids_no_review(market):
    order, full = market.sold(5, day=1000), {"outcome": "refunded", "amount": 100, "currency": "CNY"}
    market.resolve(order, **full)
    assert weight(market) == 1
    market.resolve(order, **full, who=RIVAL, claim="2")
    assert weight(market) == 1
    market.resolve(order, **full, who=PLATFORM, claim="3")
    assert weight(market) == 0


def test_one_buyers_many_orders_weigh_less(market):
    for stars in (1, 1, 1, 5, 5):
        market.sold(stars, day=1000, buyer="b")
    assert weight(market) == Decimal("1.75")
    assert reviews(market).arithmetic["n5"] == "1.500000"  # the latest count most
    assert reviews(market).evidence == 3


def test_sealed_buyers_could_all_be_one(market):
    for _ in range(20):
        market.sold(5, day=1000, buyer="")
    assert weight(market) == 2
    assert finding(market.score(), "anonymous").level == "note"


def test_rewarded_reviews_weigh_half(market):
    order = market.sold(day=1000)
    market.review(order, 5, incentivised=True)
    assert weight(market) == Decimal("0.5")
    assert "incentivised" in codes(market.score())


def test_of_two_reviews_of_one_line_the_last_counts(market):
    order = market.sold(5, day=1000)
    market.review(order, 1)
    assert reviews(market).arithmetic["n1"] == "1.000000"
    assert weight(market) == 1
    assert "review_twice" in codes(market.score())


@pytest.mark.parametrize(
    "line", [{"line": "2"}, {"lot": LOT2}, {"product": OTHER, "lot": ""}, {"merchant": RIVAL}]
)
def test_a_review_that_contradicts_its_order(market, line):
    order = market.sold(day=1000)
    market.say(order.guest, "review", order.name, market.of_line(order, stars=5) | line)
    assert weight(market) == 0
    assert "contradicts" in codes(market.score())


def test_a_delivery_that_contradicts_its_order(market):
    order = market.order(1000)
    market.deliver(order, line={**order.line, "lot": LOT2})
    market.review(order, 5)
    assert weight(market) == 0
    assert "contradicts" in codes(market.score())


def test_a_review_without_an_order(market):
    order = market.order(1000)
    market.records.pop()
    market.review(order, 5)
    assert weight(market) == 0
    assert "no_order" in codes(market.score())


def test_each_order_counts_once_and_best_attested(market):
    order = market.order(1000, cosigners=())
    market.order(1000, number=market.count)
    market.order(1000, number=market.count, cosigners=())
    market.deliver(order)
    market.review(order, 5)
    assert weight(market) == 1
    assert finding(market.score(), "order_twice").facts["count"] == "2"


def test_a_merchant_alone_cannot_move_a_line_from_under_its_review(market):
    order = market.sold(1, day=1000)
    moved = {**order.record.record.data, "lines": [{"line": "9", "product": OTHER}]}
    market.correct(order.record, moved)
    assert weight(market) == 1
    assert "lone_correction" in codes(market.score())
    both = market.correct(order.record, moved, cosigners=(PLATFORM,))
    assert weight(market) == 0
    market.correct(order.record, order.record.record.data)  # nor move it back alone
    market.correct(both, None, reason="did_not_occur")
    assert weight(market) == 0


def test_several_lines_are_several_sales(market):
    order = market.order(1000, lines=2)
    for line in ("1", "2"):
        market.deliver(order, line={**order.line, "line": line})
        market.say(order.guest, "review", order.name, market.of_line(order, stars=5) | {"line": line})
    assert weight(market) == Decimal("1.5")  # of one buyer
