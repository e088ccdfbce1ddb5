"""After-sales and the merchant's credit: faults, promises, and a memory that forgets the good sooner than the bad."""

from dataclasses import replace
from decimal import Decimal

import pytest
from score_world import DAY, LOT, NOW, OTHER, PLATFORM, RIVAL, SHOP, TWIN, Market, card, codes, finding, party

from trustledger.authority.parties import Guest, Identity
from trustledger.views.trust_score import Sellers, due, same_seller

GUEST = "urn:uuid:10000000-0000-4000-8000-000000000001"
"""The key of the first order's buyer."""


@pytest.fixture
def market():
    found = Market()
    found.listing()
    return found


def service(market, **more):
    return market.score(**more).component("after_sales")


def faults(market, **more):
    return Decimal(service(market, **more).arithmetic["F"])


def promises(market, **more):
    found = service(market, **more).arithmetic
    return Decimal(found["K"]), Decimal(found["D"])


# --- faults ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "answer", "percent"),
    [
        ("fault", {"fault_accepted": True}, 100),
        ("fault", {"fault_accepted": True, "outcome": "rejected"}, 100),
        ("fault", {}, 50),
        ("fault", {"fault_accepted": False}, 50),
        ("fault", {"who": PLATFORM}, 100),
        ("fault", {"who": PLATFORM, "fault_accepted": False}, 50),
        ("fault", {"cosigners": (PLATFORM,)}, 100),
        ("fault", {"outcome": "rejected"}, 75),  # nobody is believed that nothing was wrong with its goods
        ("fault", {"outcome": "withdrawn"}, 75),
        ("fault", {"outcome": "rejected", "cosigners": (PLATFORM,)}, 0),
        ("fault", {"outcome": "rejected", "who": PLATFORM}, 0),
        ("fault", {"outcome": "withdrawn", "cosigners": (GUEST,)}, 0),
        ("fault", {"who": RIVAL, "fault_accepted": True}, 0),
        ("damaged", {"outcome": "replaced", "fault_accepted": True}, 100),
        ("no_reason_return", {"fault_accepted": True}, 0),  # a lawful return is no fault
        ("other", {"who": PLATFORM}, 0),
    ],
)
def test_what_is_a_fault(market, reason, answer, percent):
    order = market.sold(day=1000)
    market.claim(order, reason)
    market.resolve(order, **answer)
    assert faults(market) == Decimal(percent) / 100


def test_silence_is_a_fault_once_the_time_is_over(market):
    order = market.sold(day=900)
    market.claim(order, day=900)
    assert faults(market, day=907) == 0
    market.sold(day=908)
    assert faults(market, day=908) > 0


def test_a_claim_that_is_not_the_buyers_is_none(market):
    order = market.sold(day=1000)
    market.claim(order, who=RIVAL)
    market.resolve(order, fault_accepted=True)
    assert faults(market) == 0
    assert "not_theirs" in codes(market.score())


def test_an_answer_before_the_claim_is_none(market):
    order = market.sold(day=1000)
    market.resolve(order, fault_accepted=True)
    market.claim(order)
    assert faults(market) == 0


def test_points_by_hand(market):
    """50 lines, one fault, usual share 2 %: p = (1 + 2.5) / 100 = 0.035; 5 − 0.035 / 0.02 = 3.25; promises 2.5: 2.95."""
    for number in range(50):
        order = market.sold(day=1000)
        if not number:
            market.claim(order)
            market.resolve(order, fault_accepted=True)
    found = service(market)
    assert found.arithmetic["faults"] == "3.25"
    # the answer came in time: (1 + 2) / (1 + 4) · 5 = 3 points; 60 % of 3.25 and 40 % of 3
    assert (found.arithmetic["promises"], str(found.estimate.score)) == ("3.00", "3.15")


def test_the_baseline_is_that_of_the_products_own_category(market):
    for _ in range(50):
        market.sold(day=1000)
    before = service(market).estimate.score
    market.cards[LOT] = card(category="textile-infant")
    assert service(market).arithmetic["b"] == "0.04"
    assert (
        service(market).estimate.score == before
    )  # none at fault is none, whatever is usual: the prior scales too


def test_only_attested_and_delivered_lines_count(market):
    market.sold(day=1000, cosigners=())
    market.order(1000)
    found = market.score()
    for name in ("after_sales", "merchant_credit"):
        assert (found.component(name).evidence, found.component(name).amount) == (0, 0)
    market.sold(day=1000)
    assert (
        market.score().component("after_sales").evidence
        == market.score().component("merchant_credit").evidence
        == 1
    )


# --- promises -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hours", "expected"), [(48 + 96, (1, 1)), (48 + 97, (0, 1))])
def test_shipping(market, hours, expected):
    market.listing(day=2, promises={"ships_within_hours": "48"})
    order = market.order(1000)
    market.deliver(order, hours=hours)
    assert promises(market, day=1010)[1] > 0
    kept, due = promises(market, day=1010)
    assert (kept / due, 1) == expected


@pytest.mark.parametrize(("hours", "day"), [("876000", 1008), (None, 1008)])
def test_no_promise_makes_the_time_to_answer_longer(market, hours, day):
    market.listing(day=2, promises={"answer_within_hours": hours} if hours else None)
    order = market.sold(day=1000)
    market.claim(order, day=1000)
    assert faults(market, day=1007) == 0
    assert faults(market, day=day) > 0


def test_no_promise_makes_the_time_to_ship_longer_than_a_month(market):
    market.listing(day=2, promises={"ships_within_hours": "99999"})
    market.order(960)
    assert promises(market, day=994) == (0, 0)
    assert promises(market, day=995)[1] > 0


def test_what_never_came_was_late_though_nothing_was_promised(market):
    for status in ("failed", "delivered"):
        order = market.order(960)
        market.deliver(order, status=status, day=961)
    found = service(market, day=1000).arithmetic
    assert (found["ships_within_hours: broken"], Decimal(found["K"])) == ("1", 0)
    assert "ships_within_hours: kept" not in found


@pytest.mark.parametrize("said", [{"who": SHOP}, {"status": "failed"}])
def test_own_carriers_and_failed_deliveries_stop_no_clock(market, said):
    market.listing(day=2, promises={"ships_within_hours": "24"})
    order = market.order(980)
    market.deliver(order, day=980, **said)
    assert service(market).arithmetic["ships_within_hours: broken"] == "1"
    market.deliver(order, day=984)
    assert service(market).arithmetic["ships_within_hours: kept"] == "1"


def test_a_carrier_cannot_come_before_the_order(market):
    market.listing(day=2, promises={"ships_within_hours": "24"})
    order = market.order(900)
    market.deliver(order, day=999, occurred=NOW - 200 * DAY)
    assert service(market).arithmetic["ships_within_hours: broken"] == "1"


def test_a_promise_that_was_withdrawn_before_the_ledger_knew_of_the_order_still_holds(market):
    market.listing(day=2, promises={"ships_within_hours": "24"})
    market.listing(day=990)
    order = market.order(991, occurred=NOW - 12 * DAY)
    market.deliver(order, day=992)
    assert service(market).arithmetic["ships_within_hours: kept"] == "1"


def test_what_never_came_was_late(market):
    market.listing(day=2, promises={"ships_within_hours": "48"})
    market.order(994)
    assert promises(market) == (0, 0)  # 144 hours: not yet
    assert service(market).evidence == 0
    kept, due = promises(market, day=1001)
    assert (kept, due > 0) == (0, True)
    assert Decimal(market.score(1001).component("merchant_credit").arithmetic["lines"]) == 0
    assert Decimal(market.score(1001).component("merchant_credit").arithmetic["promises"]) > 0


@pytest.mark.parametrize("delivered", [False, True])
def test_what_went_wrong_counts_without_a_carriers_word(market, delivered):
    order = market.order(1000)
    if delivered:
        market.deliver(order, who=SHOP)
    market.claim(order, "not_received")
    assert faults(market) == 0
    market.resolve(order, who=PLATFORM)
    assert faults(market) == 1
    assert Decimal(market.score().component("merchant_credit").arithmetic["s"]) == 1
    assert market.score().component("reviews").evidence == 0


def test_nobody_is_late_by_the_merchants_own_clock(market):
    """An order that claims to be later than the ledger knew of it begins when the ledger did."""
    market.listing(day=2, promises={"ships_within_hours": "1"})
    order = market.order(990, occurred=NOW + 10**9)
    market.deliver(order, day=996)
    assert promises(market)[0] == 0


def test_answers(market):
    market.listing(day=2, promises={"answer_within_hours": "24"})
    for hours in (24, 25):
        order = market.sold(day=998)
        market.claim(order, "other", day=998)
        market.resolve(order, outcome="rejected", day=998, hours=hours)
    kept, due = promises(market)
    assert kept * 2 == due


def test_promises_are_those_of_the_day_of_the_order(market):
    market.listing(day=995, promises={"answer_within_hours": "1"})
    for day in (990, 996):
        order = market.sold(day=day)
        market.claim(order, "other", day=day)
        market.resolve(order, outcome="rejected", day=day, hours=2)
    found = service(market).arithmetic
    assert (found["answer_within_hours: kept"], found["answer_within_hours: broken"]) == ("1", "1")


def test_of_two_numbers_the_better_promise_holds(market):
    market.listing(day=2, number="a", promises={"answer_within_hours": "24"})
    market.listing(day=3, number="b", promises={"answer_within_hours": "2", "no_reason_return_days": "7"})
    order = market.sold(day=1000)
    market.claim(order, "no_reason_return", day=1000)
    market.resolve(order, day=1000, hours=3)
    found = service(market, day=1001).arithmetic
    assert found["answer_within_hours: broken"] == "1"
    assert found["no_reason_return_days: kept"] == "1"


@pytest.mark.parametrize(
    ("asked", "outcome", "expected"),
    [(7, "refunded", "kept"), (7, "rejected", "broken"), (7, "withdrawn", "broken"), (8, "rejected", None)],
)
def test_returns(market, asked, outcome, expected):
    market.listing(day=2, promises={"no_reason_return_days": "7"})
    order = market.sold(day=980)
    market.claim(order, "no_reason_return", day=980 + asked)
    market.resolve(order, outcome=outcome, day=980 + asked)
    found = {name for name in service(market).arithmetic if name.startswith("no_reason")}
    assert found == ({f"no_reason_return_days: {expected}"} if expected else set())


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"amount": 50, "currency": "CNY"}, "kept"), ({"amount": 49, "currency": "CNY"}, "broken"), ({}, "kept"),
        ({"amount": 50, "currency": "EUR"}, "broken"), ({"outcome": "rejected"}, "broken"),
    ],
)  # fmt: skip
def test_damaged_goods(market, more, expected):
    market.listing(day=2, promises={"bad_order_refund": "50"})
    order = market.sold(day=1000)
    market.claim(order, "damaged")
    market.resolve(order, **more)
    assert service(market).arithmetic[f"bad_order_refund: {expected}"] == "1"


def test_promises_are_not_corrected_away_afterwards(market):
    first = market.listing(day=2, promises={"ships_within_hours": "24"})
    late = market.order(900)
    market.deliver(late, day=960)
    said = {name: value for name, value in first.record.data.items() if name != "promises"}
    market.correct(first, said, day=965)
    assert service(market).arithmetic["ships_within_hours: broken"] == "1"
    market.correct(first, None, day=966, reason="did_not_occur")
    assert service(market).arithmetic["ships_within_hours: broken"] == "1"
    order = market.order(967)
    market.deliver(order, day=999)
    assert service(market).arithmetic["ships_within_hours: broken"] == "1"  # from its own place on it counts


def test_nobody_takes_back_alone_that_it_admitted_a_fault(market):
    order = market.sold(day=1000)
    market.claim(order)
    said = market.resolve(order, "replaced", fault_accepted=True)
    changed = {**said.record.data, "fault_accepted": False}
    market.correct(said, changed)
    market.correct(said, None, reason="did_not_occur")
    assert faults(market) == 1
    assert finding(market.score(), "taken_back").facts["count"] == "2"
    market.correct(said, changed, cosigners=(PLATFORM,))
    assert faults(market) == Decimal("0.5")


def test_anothers_listing_promises_nothing(market):
    market.listing(day=2, who=RIVAL, promises={"ships_within_hours": "1"})
    market.sold(day=900)
    assert promises(market) == (0, 0)


# --- credit ---------------------------------------------------------------------------------------------------------


def credit(market, **more):
    return market.score(**more).component("merchant_credit")


def test_credit_by_hand(market):
    """30 lines, one of them at fault: r = 2.9, s = 1: (2.9 + 1) / (2.9 + 1 + 1 + 1) · 5 = 3.305…"""
    for number in range(30):
        order = market.sold(day=1000)
        if not number:
            market.claim(order)
            market.resolve(order, fault_accepted=True)
    found = credit(market)
    assert (Decimal(found.arithmetic["r"]), Decimal(found.arithmetic["s"])) == (Decimal("2.9"), 1)
    assert str(found.estimate.score) == "3.31"


def test_credit_falls_fast_and_rises_slowly(market):
    for _ in range(100):
        market.sold(day=1000)
    high = credit(market).estimate.score
    order = market.sold(day=1000)
    market.claim(order)
    market.resolve(order, fault_accepted=True)
    low = credit(market).estimate.score
    for number in range(10):
        market.sold(day=1000)
        assert credit(market).estimate.score - low < high - low, (
            number
        )  # ten good ones do not make up for one bad
    later = credit(market, day=1720)
    assert Decimal(later.arithmetic["s"]) == Decimal("0.25")
    assert Decimal(later.arithmetic["r"]) == Decimal(110) / 10 / 16


def test_all_that_a_merchant_sells_counts(market):
    order = market.sold(day=1000, product=OTHER, lot=None)
    market.claim(order)
    market.resolve(order, fault_accepted=True)
    assert Decimal(credit(market).arithmetic["s"]) == 1
    assert faults(market) == 0


def test_a_new_name_washes_nothing_off(market):
    order = market.order(1000, merchant=TWIN, by=TWIN)
    market.deliver(order)
    market.claim(order)
    market.resolve(order, who=TWIN, fault_accepted=True)
    praised = market.order(1000, merchant=TWIN, by=TWIN)
    market.deliver(praised)
    market.review(praised, 5)
    market.step("delisting", merchant=TWIN, action="delist", reason="other")
    clean = credit(market)
    assert clean.evidence == 0
    market.states[TWIN] = party(TWIN, "merchant", identities=[Identity("uscc", "1")])
    market.states[SHOP] = party(SHOP, "merchant", identities=[Identity("uscc", "1")])
    market.states[RIVAL] = party(RIVAL, "processor", identities=[Identity("uscc", "1")])
    sellers = same_seller(SHOP, market.states.values())
    assert sellers == (SHOP, TWIN)
    found = credit(market, sellers=sellers)
    assert Decimal(found.arithmetic["s"]) == 21
    assert found.estimate.score < clean.estimate.score
    assert market.score(sellers=sellers).component("reviews").evidence == 1
    bound = market.score(sellers=sellers)
    assert (bound.standing.phase, bound.listed, due(bound)) == ("delisted", False, [])
    assert finding(bound, "bound").facts["merchant"] == TWIN
    market.step("relisting", merchant=TWIN, reason="decision")
    assert market.score(sellers=sellers).standing.phase == "listed"


def test_sellers_are_asked_of_the_parties_without_guests(market):
    """However many buyers a ledger has: the groups are made once, and guests change nothing about them."""
    dairy = "https://dairy.example/"
    same = [Identity("uscc", "1")]
    states = [
        party(SHOP, "merchant", identities=same), party(TWIN, "merchant", identities=same),
        party(RIVAL, "merchant"), party(dairy, "processor", identities=same), party(PLATFORM, owner=SHOP),
    ]  # fmt: skip
    guest = replace(
        party("urn:uuid:7d444840-9dc0-41d1-b245-000000000001", "merchant", identities=same),
        guest=Guest("urn:uuid:e4eaaaf2-d142-41b3-b3e4-000000000001", frozenset(), (SHOP,)),
    )
    for known in (states, [*states, guest]):
        sellers = Sellers(known)
        assert (sellers.of(SHOP), sellers.of(TWIN), sellers.of(RIVAL)) == (
            (SHOP, TWIN),
            (SHOP, TWIN),
            (RIVAL,),
        )
        assert sellers.of(dairy) == tuple(sorted((SHOP, TWIN, dairy)))  # it was a merchant once, perhaps
        assert sellers.of("https://nobody.example/") == ("https://nobody.example/",)
        assert all(same_seller(one, known) == sellers.of(one) for one in (SHOP, TWIN, RIVAL, dairy))


def test_broken_promises_and_holds_weigh_on_credit(market):
    market.listing(day=2, promises={"ships_within_hours": "1"})
    order = market.order(1000)
    market.deliver(order, day=1020)
    market.step("delisting", day=1020, action="hold", reason="other", case="h")
    found = credit(market, day=1020).arithmetic
    assert Decimal(found["holds"]) == 1
    assert Decimal(found["promises"]) > Decimal("0.9")
    assert Decimal(credit(market, day=1380).arithmetic["holds"]) == Decimal("0.5")
    market.step("decision", day=1020, outcome="release", reason="x", office="y", case="h")
    assert Decimal(credit(market, day=1020).arithmetic["holds"]) == 0


def test_how_many_buyers_got_a_key_is_shown(market):
    market.sold(5)
    market.sold()
    order = market.order()
    order.record.record.subjects  # noqa: B018  (an order whose record enrols nobody: none in a ledger)
    found = market.score()
    assert (found.orders, found.keys, found.keys_used) == (3, 3, 1)
    assert "keys" in codes(found)
