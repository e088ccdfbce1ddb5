"""Up the chain: what the seller says that it paid, held against what the suppliers say that they asked."""

from __future__ import annotations

import itertools
from dataclasses import replace
from fractions import Fraction

import pytest
from cost_world import DAIRY, FARM, GTIN, LATER, MILK, MILK_2, SHOP, TIN, TRADER, codes, uses
from hypothesis import given
from hypothesis import strategies as st

from trustledger import InputError
from trustledger.views import provenance
from trustledger.views.cost_breakdown import book, climbing
from trustledger.views.cost_breakdown import share as shares
from trustledger.views.cost_breakdown.as_of import AsOf
from trustledger.views.cost_breakdown.share import MAX_COMBINATIONS, Offer, Range, match, rounded, share_of
from trustledger.views.cost_breakdown.sheet import Quantity, Sheet

KG = {"quantity": "1", "unit": "kg"}


def find(found, code):
    """The only finding with a code."""
    (one,) = [finding for finding in found.findings if finding.code == f"cost.{code}"]
    return one


def statuses(found):
    return [one.status for one in found.components]


def test_the_case_of_the_guide(world):
    """docs/costs.md, by hand: 1 kg of milk at 5.00 goes into each tin of 80.00, which the shop sells for 128.00."""
    world.chain()
    farm = world.cost(FARM, MILK, 500, per=KG)
    dairy = world.cost(
        DAIRY, TIN, 8_000, ("milk", 500, uses(MILK, "1", "kg")), ("drying", 6_500), ("profit", 1_000), day=4
    )
    shop = world.cost(
        SHOP, TIN, 12_800, ("tin", 8_000, uses(TIN, "1")), ("logistics", 800, {"invoice_sha256": "0a" * 32}),
        ("tax", 1_200), ("platform fee", 300), ("profit", 2_500), day=5,
    )  # fmt: skip
    found = world.ask(seller=SHOP)
    assert (found.balanced, found.findings) == (True, ())
    assert statuses(found) == ["cross-checked", "evidenced", "declared", "declared", "declared"]
    assert found.components[0].records == (shop.ref, dairy.ref)
    below = world.ask(seller=DAIRY)
    assert statuses(below) == ["cross-checked", "declared", "declared"]
    assert below.components[0].records == (dairy.ref, farm.ref)


def test_a_contradiction_names_both_records(world):
    world.chain()
    farm = world.cost(FARM, MILK, 500, per=KG)
    dairy = world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    found = world.ask(seller=DAIRY)
    finding = find(found, "contradiction")
    assert (finding.level, finding.subject, finding.ref, finding.refs) == (
        "alarm",
        TIN,
        dairy.ref,
        (farm.ref,),
    )
    assert dict(finding.facts) == {
        "component": "milk", "seen": "9.00 CNY", "expected": "5.00 CNY", "parties": FARM, "lots": MILK,
    }  # fmt: skip
    assert statuses(found) == ["declared"]
    assert "“milk”" in finding.text("en")
    assert "5.00 CNY" in finding.text("zh")


def test_a_lie_further_up_is_found_from_below(world):
    world.chain()
    farm = world.cost(FARM, MILK, 500, ("feed", 499), per=KG)
    dairy = world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")), day=2)
    shop = world.cost(SHOP, TIN, 900, ("tin", 900, uses(TIN, "1")), day=3)
    found = world.ask(seller=SHOP)
    assert (found.balanced, statuses(found)) == (True, ["cross-checked"])
    assert codes(found) == ["unbalanced", "contradiction"]
    assert [one.ref for one in found.findings] == [farm.ref, dairy.ref]
    assert shop.ref not in {one.ref for one in found.findings}


def test_an_invoice_does_not_outweigh_the_supplier(world):
    world.chain()
    world.cost(FARM, MILK, 500, per=KG)
    line = ("milk", 900, {**uses(MILK, "1", "kg"), "invoice_sha256": "0a" * 32})
    world.cost(DAIRY, TIN, 900, line)
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["evidenced"], ["contradiction"])


# --- scaling and rounding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "per", "used", "low", "high"),
    [
        (500, ("1", "kg"), ("1", "kg"), 500, 500),
        (500, ("3", "kg"), ("400", "g"), 66, 67),  # 500 · 0.4 / 3 = 66.66…
        (500, ("1", "斤"), ("1", "kg"), 1000, 1000),  # 斤 is half a kilogram
        (1, ("3", "kg"), ("3", "kg"), 1, 1),  # a third three times is one
        (100, ("12", "pc"), ("1", "pc"), 8, 9),
        (-100, ("12", "pc"), ("1", "pc"), -9, -8),
        (10**15, ("0.000001", "kg"), ("1000", "t"), 10**27, 10**27),
        (500, ("1", "kg"), ("0", "kg"), 0, 0),
    ],
)
def test_shares_by_hand(price, per, used, low, high):
    assert rounded([share_of(price, Quantity(*per), [Quantity(*used)])]) == Range(low, high)


def test_units_of_different_dimensions_have_no_share():
    assert share_of(500, Quantity("1", "kg"), [Quantity("1", "L")]) is None


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6), st.integers(0, 10**6), st.integers(1, 1000))
def test_a_share_is_the_exact_one_rounded_both_ways(price, per, used, factor):
    found = share_of(price, Quantity(str(per), "kg"), [Quantity(str(used), "kg")])
    assert found == Fraction(price * used, per)
    low, high = rounded([found])
    assert low <= found <= high
    assert high - low == (found.denominator != 1)
    assert share_of(price * factor, Quantity(str(per * factor), "kg"), [Quantity(str(used), "kg")]) == found
    assert share_of(price, Quantity(str(per * 1000), "g"), [Quantity(str(used), "kg")]) == found


@given(st.lists(st.integers(0, 10**6), max_size=20), st.integers(1, 10**6), st.integers(0, 10**6))
def test_uses_of_one_lot_are_added_before_they_are_rounded(used, per, price):
    parts = [Quantity(str(one), "g") for one in used]
    whole = [Quantity(str(sum(used)), "g")]
    assert share_of(price, Quantity(str(per), "kg"), parts) == share_of(
        price, Quantity(str(per), "kg"), whole
    )


@pytest.mark.parametrize(("amount", "agrees"), [(65, False), (66, True), (67, True), (68, False)])
def test_a_share_may_be_rounded_up_or_down_and_no_further(world, amount, agrees):
    world.chain()
    world.cost(FARM, MILK, 500, per={"quantity": "3", "unit": "kg"})
    world.cost(DAIRY, TIN, amount, ("milk", amount, uses(MILK, "400", "g")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found) == ["cross-checked"]) is agrees
    assert codes(found) == ([] if agrees else ["contradiction"])
    if not agrees:
        assert find(found, "contradiction").facts["expected"] == "0.66–0.67 CNY"


def test_a_line_of_several_lots_is_held_against_the_sum(world):
    world.chain()
    kg = {"quantity": "5", "unit": "kg"}
    world.say(FARM, "origin", MILK_2, {"name": "raw milk", **kg})
    world.say(DAIRY, "processing", TIN, {
        "step": "blending", "run": "2", "inputs": [{"lot": MILK_2, **kg}], "outputs": [{"lot": TIN, "quantity": "10"}],
    })  # fmt: skip
    first = world.cost(FARM, MILK, 500, per=KG)
    second = world.cost(FARM, MILK_2, 600, per=KG)
    lots = {
        "lots": [
            {"lot": MILK, "quantity": "0.5", "unit": "kg"},
            {"lot": MILK_2, "quantity": "250", "unit": "g"},
        ]
    }
    dairy = world.cost(DAIRY, TIN, 400, ("milk", 400, lots))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), found.components[0].records) == (
        ["cross-checked"],
        (dairy.ref, first.ref, second.ref),
    )
    world.cost(DAIRY, TIN, 401, ("milk", 401, lots), day=9)
    assert find(world.ask(seller=DAIRY), "contradiction").refs == (first.ref, second.ref)


# --- what is not compared, and why -------------------------------------------------------------------------------


def test_currencies_are_not_compared(world):
    world.chain()
    farm = world.cost(FARM, MILK, 500, per=KG, currency="USD")
    world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["currency"])
    assert find(found, "currency").refs == (farm.ref,)
    world.cost(FARM, MILK, 500, per=KG)  # the farm has a price in the dairy's currency too
    assert statuses(world.ask(seller=DAIRY)) == ["cross-checked"]


def test_units_are_not_guessed(world):
    world.chain()
    world.cost(FARM, MILK, 500, per={"quantity": "1", "unit": "L"})
    world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["units"])


@pytest.mark.parametrize("seal", [(), ("/components/0/lots/0/quantity",)])
def test_a_quantity_is_not_guessed(world, seal):
    world.chain()
    world.cost(FARM, MILK, 500, per=KG)
    used = uses(MILK, "1", "kg") if seal else uses(MILK)
    world.cost(DAIRY, TIN, 500, ("milk", 500, used), seal=seal)
    assert (statuses(world.ask(seller=DAIRY)), codes(world.ask(seller=DAIRY))) == (
        ["declared"],
        ["no_quantity"],
    )
    if seal:
        assert statuses(world.ask(seller=DAIRY, openings=world.openings)) == ["cross-checked"]


def test_a_sealed_price_is_compared_by_the_one_reader_who_may(world):
    world.chain()
    farm = world.cost(FARM, MILK, 500, per=KG, seal=["/price"])
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["supplier_sealed"])
    assert find(found, "supplier_sealed").refs == (farm.ref,)
    assert codes(world.ask(seller=DAIRY, openings=world.openings)) == ["contradiction"]


def test_a_sealed_line_is_not_compared(world):
    world.chain()
    world.cost(FARM, MILK, 500, per=KG)
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")), seal=["/components/0/amount"])
    assert (statuses(world.ask(seller=DAIRY)), codes(world.ask(seller=DAIRY))) == (["sealed"], [])
    assert codes(world.ask(seller=DAIRY, openings=world.openings)) == ["contradiction"]


def test_a_price_that_began_later_is_not_held_against_the_line(world):
    world.chain()
    world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")), day=5)
    later = world.cost(FARM, MILK, 900, per=KG, day=6)
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["supplier_later"])
    world.cost(FARM, MILK, 500, per=KG, day=4)
    assert (statuses(world.ask(seller=DAIRY)), codes(world.ask(seller=DAIRY))) == (["cross-checked"], [])
    assert later.ref == find(found, "supplier_later").refs[0]


def test_the_past_does_not_know_the_suppliers_later_word(world):
    world.chain()
    dairy = world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    world.cost(FARM, MILK, 500, per=KG)
    assert codes(world.ask(seller=DAIRY)) == ["contradiction"]
    assert codes(world.ask(seller=DAIRY, as_of=dairy.sequenced_at)) == []


def test_the_suppliers_correction_counts(world):
    world.chain()
    wrong = world.cost(FARM, MILK, 900, per=KG)
    dairy = world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    assert codes(world.ask(seller=DAIRY)) == ["contradiction"]
    right = world.correct(wrong, {"currency": "CNY", "price": 500, "components": [], "per": KG})
    found = world.ask(seller=DAIRY)
    assert found.components[0].records == (dairy.ref, wrong.ref, right.ref)
    world.correct(right)
    assert codes(world.ask(seller=DAIRY)) == ["contradiction"]


def test_a_suppliers_list_price_stands_in_for_that_of_the_lot(world):
    world.chain()
    world.cost(DAIRY, GTIN, 8_000)
    world.cost(SHOP, TIN, 8_000, ("tin", 8_000, uses(TIN, "1")))
    assert statuses(world.ask(seller=SHOP)) == ["cross-checked"]
    world.cost(DAIRY, TIN, 7_000)
    assert codes(world.ask(seller=SHOP)) == ["contradiction"]


def test_a_price_for_this_buyer_goes_before_the_one_for_everybody(world):
    world.chain()
    world.cost(DAIRY, TIN, 8_000, day=2)
    world.cost(DAIRY, TIN, 1, buyer=TRADER, day=3)
    world.cost(SHOP, TIN, 8_000, ("tin", 8_000, uses(TIN, "1")), day=9)
    assert statuses(world.ask(seller=SHOP)) == ["cross-checked"]
    world.cost(DAIRY, TIN, 7_500, buyer=SHOP, day=1)
    assert codes(world.ask(seller=SHOP)) == ["contradiction"]


def test_a_sealed_buyer_could_be_anybody(world):
    """The kind does not allow it, but a program that checks nothing can write it."""
    world.chain()
    data = {"currency": "CNY", "price": 8_000, "components": []}
    world.say(DAIRY, "cost", TIN, data, seal={"/buyer": TRADER}, checked=False)
    world.cost(SHOP, TIN, 8_000, ("tin", 8_000, uses(TIN, "1")))
    found = world.ask(seller=SHOP)
    assert (statuses(found), codes(found)) == (["declared"], ["supplier_sealed"])
    assert codes(world.ask(seller=SHOP, openings=world.openings)) == []


def test_prices_for_two_buyers_of_one_moment_are_two(world):
    world.chain()
    for buyer, price in ((SHOP, 8_000), (TRADER, 7_000), ("", 9_000)):
        world.cost(DAIRY, TIN, price, **({"buyer": buyer} if buyer else {}))
    assert [world.ask(seller=DAIRY, buyer=one).price for one in (SHOP, TRADER, "")] == [8_000, 7_000, 9_000]
    with pytest.raises(InputError):
        world.cost(DAIRY, TIN, 1, buyer=SHOP, seal=["/buyer"])


# --- liars -------------------------------------------------------------------------------------------------------


def test_a_lot_that_never_went_in_is_an_alarm(world):
    world.chain()
    world.say(FARM, "origin", MILK_2, {"name": "raw milk", **KG})
    world.cost(FARM, MILK_2, 900, per=KG)
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK_2, "1", "kg")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["foreign_lot"])
    assert find(found, "foreign_lot").facts["lot"] == MILK_2


def test_a_lot_that_went_in_by_mistake_did_not(world):
    """A correction takes the step back, and with it the right to count the lot."""
    world.chain()
    kg = {"quantity": "5", "unit": "kg"}
    world.say(FARM, "origin", MILK_2, {"name": "raw milk", **kg})
    step = world.say(DAIRY, "processing", TIN, {
        "step": "blending", "run": "2", "inputs": [{"lot": MILK_2, **kg}], "outputs": [{"lot": TIN}],
    })  # fmt: skip
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK_2, "1", "kg")))
    assert codes(world.ask(seller=DAIRY)) == []
    world.correct(step)
    assert codes(world.ask(seller=DAIRY)) == ["foreign_lot"]


def test_a_friend_who_never_had_the_goods_confirms_nothing(world):
    """The trader states the price that the dairy wants to have paid; it neither made nor sent the milk."""
    world.chain()
    world.cost(FARM, MILK, 500, per=KG)
    world.cost(TRADER, MILK, 900, per=KG)
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["contradiction"])
    assert find(found, "contradiction").facts["parties"] == FARM
    world.sent(TRADER, MILK, "received")  # to have received goods is not to have sold them
    assert codes(world.ask(seller=DAIRY)) == ["contradiction"]


def test_a_middleman_is_seen(world):
    """The trader did send the milk: its price explains the line, and the farm's is shown beside it."""
    world.chain()
    farm = world.cost(FARM, MILK, 500, per=KG)
    trader = world.cost(TRADER, MILK, 900, per=KG)
    world.traded(TRADER, MILK)
    dairy = world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), found.components[0].records) == (["cross-checked"], (dairy.ref, trader.ref))
    assert codes(found) == ["other_seller"]
    other = find(found, "other_seller")
    assert other.level == "doubt"
    assert (other.refs, other.facts["party"], other.facts["expected"]) == ((farm.ref,), FARM, "5.00 CNY")


@pytest.mark.parametrize("kind", ["origin", "processing", "shipping"])
def test_a_lot_named_beside_other_goods_makes_no_seller(world, kind):
    world.chain()
    world.cost(TRADER, MILK, 900, per=KG)
    data = {
        "origin": {"name": "hay"},
        "processing": {"step": "pressing", "inputs": [], "outputs": [{"lot": MILK_2}]},
        "shipping": {"direction": "dispatched", "document": "D-9"},
    }
    world.say(TRADER, kind, MILK_2, data[kind], also=[MILK], cosigners=[FARM])  # else the policy refuses it
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    assert statuses(world.ask(seller=DAIRY)) == ["declared"]


def test_a_dispatch_that_did_not_occur_makes_no_seller(world):
    world.chain()
    world.cost(TRADER, MILK, 900, per=KG)
    sent = world.traded(TRADER, MILK)
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    assert statuses(world.ask(seller=DAIRY)) == ["cross-checked"]
    world.correct(sent)
    assert statuses(world.ask(seller=DAIRY)) == ["declared"]


def test_whoever_signed_too_can_be_the_seller(world):
    world.chain()
    for direction in ("received", "dispatched"):
        world.say(TRADER, "shipping", MILK, {"direction": direction, "document": "D-9"}, cosigners=[SHOP])
    world.cost(SHOP, MILK, 900, per=KG)
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    assert statuses(world.ask(seller=DAIRY)) == ["cross-checked"]


def test_a_line_is_compared_when_all_of_its_lots_can_be(world):
    world.chain()
    world.say(DAIRY, "processing", TIN, {
        "step": "blending", "run": "2", "inputs": [{"lot": MILK_2}], "outputs": [{"lot": TIN}],
    })  # fmt: skip
    world.cost(FARM, MILK, 500, per=KG)
    lots = {"lots": [{"lot": MILK, **KG}, {"lot": MILK_2, **KG}]}
    world.cost(DAIRY, TIN, 800, ("milk", 800, lots))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], [])


def test_the_lots_of_a_product_are_among_its_goods(world):
    world.chain()
    world.cost(DAIRY, TIN, 8_000)
    world.cost(SHOP, GTIN, 8_000, ("tin", 8_000, uses(TIN, "1")))
    found = world.ask(GTIN, seller=SHOP)
    assert (statuses(found), codes(found)) == (["cross-checked"], [])


def test_nobody_confirms_itself(world):
    world.chain()
    world.sent(SHOP, TIN)
    world.cost(SHOP, TIN, 8_000, ("tin", 8_000, uses(TIN, "1")))
    assert statuses(world.ask(seller=SHOP)) == ["declared"]


def test_a_supplier_that_states_the_price_of_another_confirms_nothing(world):
    world.chain()
    world.cost(FARM, MILK, 900, per=KG, seller=TRADER)
    world.cost(DAIRY, TIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["hearsay"])


def test_two_companies_of_one_owner_are_told(world, monkeypatch):
    real, owners = AsOf.party, {}
    monkeypatch.setattr(
        AsOf,
        "party",
        lambda self, uri, before=None: replace(real(self, uri, before), owner=owners.get(uri, "")),
    )
    world.chain()
    world.cost(FARM, MILK, 500, per=KG)
    world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    for of_farm, of_dairy, belong in (
        ("", "", False),
        (SHOP, TRADER, False),
        (SHOP, SHOP, True),
        (DAIRY, "", True),
        ("", FARM, True),
    ):
        owners.update({FARM: of_farm, DAIRY: of_dairy})
        found = world.ask(seller=DAIRY)
        assert codes(found) == (["same_owner"] if belong else [])
        assert statuses(found) == ["cross-checked"]


def test_goods_that_go_in_a_circle_end(world):
    world.chain()
    world.say(
        FARM, "processing", MILK, {"step": "feeding", "inputs": [{"lot": TIN}], "outputs": [{"lot": MILK}]}
    )
    world.cost(FARM, MILK, 8_000, ("tin", 8_000, uses(TIN, "1")), per=KG)
    world.cost(DAIRY, TIN, 8_000, ("milk", 8_000, uses(MILK, "1", "kg")))
    assert statuses(world.ask(seller=DAIRY)) == ["cross-checked"]
    found = world.ask(MILK, seller=FARM)
    assert (statuses(found), set(codes(found))) == (["declared"], {"unknown_quantity"})


# --- limits ------------------------------------------------------------------------------------------------------


def offers(*lots):
    """Offers of these shares, one list for each lot."""
    blank = Sheet(MILK, FARM, "", 0, (0, 0), ("0/0",), "CNY", 1, Quantity("1", "kg"), ())
    return [[Offer(blank, str(number), Fraction(one)) for one in lot] for number, lot in enumerate(lots)]


def test_every_choice_of_sellers_is_tried():
    lots = offers([1, 2], [10, 20], [100])
    assert [one.low for one in match(112, lots).expected] == [111, 112, 121, 122]
    found = match(112, lots)
    assert [one.share for one in found.agreeing] == [2, 10, 100]
    assert [one.share for one in found.others] == [1, 20]
    assert match(113, lots).agreeing == ()


def test_too_many_choices_are_given_up():
    assert match(0, offers(*[[1, 2]] * 10)) is not None
    assert MAX_COMBINATIONS == 2**10
    assert match(0, offers(*[[1, 2]] * 10, [1, 2])) is None
    assert match(11, offers(*[[1]] * 11)).agreeing


def test_a_line_with_too_many_sellers_says_so(world, monkeypatch):
    world.chain()
    world.cost(FARM, MILK, 500, per=KG)
    world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    monkeypatch.setattr(shares, "MAX_COMBINATIONS", 0)
    found = world.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (["declared"], ["many_sellers"])


def test_limits_are_said(world, monkeypatch):
    world.chain()
    world.cost(FARM, MILK, 500, per=KG)
    world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    monkeypatch.setattr(climbing, "MAX_SHEETS", 1)
    assert codes(world.ask(seller=DAIRY)) == ["cut"]
    monkeypatch.setattr(climbing, "MAX_SHEETS", 2)
    assert codes(world.ask(seller=DAIRY)) == []
    with monkeypatch.context() as patch:
        patch.setattr(book, "MAX_RECORDS", 3)
        assert "cut" in codes(world.ask(seller=DAIRY))
    world.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK_2, "1", "kg")), day=9)
    assert codes(world.ask(seller=DAIRY)) == ["foreign_lot"]
    monkeypatch.setattr(provenance, "MAX_RECORDS", 1)  # what was not read is not held against anybody
    assert codes(world.ask(seller=DAIRY)) == ["cut"]


def test_the_order_of_arrival_changes_no_amount(world):
    """Suppliers may speak before or after: what is said is the same, only places differ."""
    answers = set()
    for order in itertools.permutations(range(3)):
        one = type(world)().chain()
        says = [
            lambda one=one: one.cost(FARM, MILK, 500, per=KG),
            lambda one=one: one.cost(TRADER, MILK, 700, per=KG) and one.traded(TRADER, MILK),
            lambda one=one: one.cost(DAIRY, TIN, 700, ("milk", 700, uses(MILK, "1", "kg")), day=5),
        ]
        for number in order:
            says[number]()
        found = one.ask(seller=DAIRY, as_of=LATER)
        answers.add((found.balanced, tuple(statuses(found)), tuple(codes(found)), found.components[0].amount))
    assert answers == {(True, ("cross-checked",), ("other_seller",), 700)}
