"""What a seller may try so that a false amount looks confirmed, or a contradiction disappears."""

from __future__ import annotations

import pytest
from cost_world import DAIRY, FARM, GTIN, MILK, SHOP, TIN, TRADER, codes, uses

from trustledger.authority.independence import MAX_OWNERS
from trustledger.authority.parties import Identity
from trustledger.views.cost_arithmetic import cost_arithmetic
from trustledger.views.cost_breakdown.contents import _measure
from trustledger.views.cost_breakdown.sheet import Quantity
from trustledger.views.goods import Amount

KG = {"quantity": "1", "unit": "kg"}


@pytest.fixture
def chain(world):
    """10 kg of milk at 5.00 each in 10 tins."""
    world.chain()
    world.farm = world.cost(FARM, MILK, 500, per=KG)
    return world


def statuses(found):
    return {one.status for one in found.components}


def found_in(world, code, **more):
    found = world.ask(seller=DAIRY, **more)
    (one,) = [finding for finding in found.findings if finding.code == f"cost.{code}"]
    return one


# --- rounding ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("amount", "agrees"), [(100, True), (101, False), (200, False)])
def test_a_lot_named_often_is_rounded_once(chain, amount, agrees):
    lots = {"lots": [{"lot": MILK, "quantity": "0.001", "unit": "kg"}] * 200}
    chain.cost(DAIRY, TIN, amount, ("milk", amount, lots))
    found = chain.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (
        ({"cross-checked"}, []) if agrees else ({"declared"}, ["contradiction"])
    )


def test_lines_of_one_lot_are_rounded_together(chain):
    """Each line of 0.001 kg is worth half a fen, so one fen agrees; 200 of them are worth 100 and not 200."""
    lines = [(f"milk {number}", 1, uses(MILK, "0.001", "kg")) for number in range(200)]
    chain.cost(DAIRY, TIN, 200, *lines)
    found = chain.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == ({"declared"}, ["contradiction"])
    assert found.findings[0].refs == (chain.farm.ref,)
    assert (found.findings[0].facts["seen"], found.findings[0].facts["expected"]) == ("2.00 CNY", "1.00 CNY")
    halves = [(f"milk {number}", number % 2, uses(MILK, "0.001", "kg")) for number in range(200)]
    chain.cost(DAIRY, TIN, 100, *halves, day=9)
    assert (statuses(chain.ask(seller=DAIRY)), codes(chain.ask(seller=DAIRY))) == ({"cross-checked"}, [])


@pytest.mark.parametrize(("amount", "agrees"), [(49, False), (50, True), (70, True), (90, True), (91, False)])
def test_lines_may_agree_with_different_sellers(chain, amount, agrees):
    """0.001 kg is half a fen from the farm and 0.9 from the trader: 100 lines come to 50 up to 90."""
    chain.cost(TRADER, MILK, 900, per=KG)
    chain.traded(TRADER, MILK)
    lines = [(f"milk {n}", int(n < amount), uses(MILK, "0.001", "kg")) for n in range(100)]
    chain.cost(DAIRY, TIN, amount, *lines)
    assert (codes(chain.ask(seller=DAIRY)) == []) is agrees


# --- quantities ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("used", "unit", "per", "agrees"),
    [
        ("15", "kg", "1", False),
        ("1.002", "kg", "1", False),
        ("1.001", "kg", "1", True),  # a decimal ends somewhere
        ("2", "斤", "1", True),
        ("3", "斤", "1", False),
        ("10", "kg", "10", True),
        ("11", "kg", "10", False),
    ],
)
def test_no_more_of_a_lot_is_paid_for_than_went_in(chain, used, unit, per, agrees):
    amount = {"kg": 500, "斤": 250}[unit] * round(float(used) * 1000) // 1000
    chain.cost(
        DAIRY, TIN, amount, ("milk", amount, uses(MILK, used, unit)), per={"quantity": per, "unit": "pc"}
    )
    found = chain.ask(seller=DAIRY)
    assert (statuses(found), codes(found)) == (
        ({"cross-checked"}, []) if agrees else ({"declared"}, ["beyond_chain"])
    )


def test_lines_use_a_lot_together(chain):
    chain.cost(DAIRY, TIN, 8_000, *[(f"milk {n}", 500, uses(MILK, "1", "kg")) for n in range(16)])
    finding = found_in(chain, "beyond_chain")
    assert (finding.level, finding.facts["seen"], finding.facts["expected"]) == ("alarm", "16 kg", "1 kg")
    assert statuses(chain.ask(seller=DAIRY)) == {"declared"}
    assert "16 kg" in finding.text("zh")


def test_what_is_sold_on_is_the_same_quantity(chain):
    """Nobody needs two tins to sell one."""
    chain.cost(DAIRY, TIN, 100)
    chain.cost(SHOP, TIN, 200, ("tins", 200, uses(TIN, "2")))
    assert codes(chain.ask(seller=SHOP)) == ["beyond_chain"]


def test_the_way_may_be_long(chain):
    """10 tins of 1 kg each in a box of 5, by a second step: 5 kg of milk in each box."""
    chain.say(SHOP, "processing", f"{GTIN}/10/BOX", {
        "step": "packing", "inputs": [{"lot": TIN, "quantity": "10"}], "outputs": [{"lot": f"{GTIN}/10/BOX", "quantity": "2"}],
    }, cosigners=[TRADER])  # fmt: skip
    for used, wanted in (("5", []), ("5.1", ["beyond_chain"])):
        amount = round(float(used) * 500)
        chain.cost(
            SHOP,
            f"{GTIN}/10/BOX",
            amount,
            ("milk", amount, uses(MILK, used, "kg")),
            day=int(amount // 500) + len(wanted),
        )
        assert codes(chain.ask(f"{GTIN}/10/BOX", seller=SHOP)) == wanted


@pytest.mark.parametrize(
    ("took", "made"), [({}, {"quantity": "10"}), (KG, {}), ({"quantity": "9"}, {"quantity": "10"})]
)
def test_without_quantities_in_the_chain_nothing_is_confirmed(world, took, made):
    world.say(FARM, "origin", MILK, {"name": "raw milk"})
    step = {"step": "drying", "inputs": [{"lot": MILK, **took}], "outputs": [{"lot": TIN, **made}]}
    world.say(DAIRY, "processing", TIN, step, day=2)
    world.cost(FARM, MILK, 500, per=KG)
    world.cost(DAIRY, TIN, 7_500, ("milk", 7_500, uses(MILK, "15", "kg")))
    assert statuses(world.ask(seller=DAIRY)) == {"declared"}
    assert found_in(world, "unknown_quantity").level == "doubt"


def test_of_a_product_the_lot_with_most_counts(chain):
    other = f"{GTIN}/10/LOT-8"
    chain.say(DAIRY, "processing", other, {
        "step": "drying", "run": "2", "inputs": [{"lot": MILK, "quantity": "4", "unit": "kg"}],
        "outputs": [{"lot": other, "quantity": "2"}],
    })  # fmt: skip
    for number, (used, wanted) in enumerate((("2", []), ("3", ["beyond_chain"]))):
        amount = int(used) * 500
        chain.cost(DAIRY, GTIN, amount, ("milk", amount, uses(MILK, used, "kg")), day=number + 4)
        assert codes(chain.ask(GTIN, seller=DAIRY)) == wanted


def test_a_product_price_reached_from_a_lot_is_held_against_that_lot(chain):
    chain.cost(DAIRY, GTIN, 900, ("milk", 900, uses(MILK, "1", "kg")))
    chain.cost(SHOP, TIN, 900, ("tin", 900, uses(TIN, "1")))
    assert codes(chain.ask(seller=SHOP)) == ["contradiction"]


def test_what_goes_in_a_circle_is_not_reckoned(chain):
    """The milk holds hay, and tins, which hold milk, which holds hay: nobody can say how much."""
    hay = "https://farm.example/lot/HAY"
    chain.say(FARM, "origin", hay, {"name": "hay"})
    chain.say(FARM, "processing", MILK, {
        "step": "feeding", "inputs": [{"lot": hay, "quantity": "5", "unit": "kg"}, {"lot": TIN, "quantity": "9"}],
        "outputs": [{"lot": MILK, "quantity": "10", "unit": "kg"}],
    })  # fmt: skip
    chain.cost(TRADER, hay, 100, per=KG)
    chain.traded(TRADER, hay)
    chain.cost(FARM, MILK, 500, ("hay", 80, uses(hay, "0.8", "kg")), ("rest", 420), per=KG, day=2)
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")), day=3)
    assert codes(chain.ask(seller=DAIRY)) == ["unknown_quantity"]


@pytest.mark.parametrize(("each", "wanted"), [("6", []), ("7", ["beyond_chain"])])
def test_a_pallet_holds_what_was_packed_into_it(chain, each, wanted):
    pallet = "https://id.gs1.org/00/095060001343520017"
    said = {"direction": "dispatched", "document": "P-1", "lots": [{"lot": TIN, "quantity": "3"}] * 2}
    chain.say(DAIRY, "shipping", pallet, said)
    chain.say(DAIRY, "shipping", pallet, {**said, "document": "P-2", "lots": [{"lot": TIN}]})
    chain.cost(DAIRY, TIN, 100)
    amount = int(each) * 100
    chain.cost(SHOP, pallet, amount, ("tins", amount, uses(TIN, each)))
    assert [one for one in codes(chain.ask(pallet, seller=SHOP)) if one != "no_lines"] == wanted


def test_a_corrected_quantity_counts(chain):
    made = {
        "step": "drying",
        "inputs": [{"lot": MILK, "quantity": "10", "unit": "kg"}],
        "outputs": [{"lot": TIN, "quantity": "5"}],
    }
    (step,) = [one for one in chain.ledger.chain(TIN) if one.kind == "processing"]
    chain.correct(step, made)
    for number, (used, wanted) in enumerate((("2", []), ("3", ["beyond_chain"]))):
        amount = int(used) * 500
        chain.cost(DAIRY, TIN, amount, ("milk", amount, uses(MILK, used, "kg")), day=number + 4)
        assert codes(chain.ask(seller=DAIRY)) == wanted


def test_a_product_may_be_any_of_its_lots(chain):
    chain.say(DAIRY, "processing", f"{GTIN}/10/LOT-8", {
        "step": "mixing", "run": "2", "inputs": [{"lot": TIN, "quantity": "1"}],
        "outputs": [{"lot": f"{GTIN}/10/LOT-8", "quantity": "2"}],
    })  # fmt: skip
    chain.cost(DAIRY, TIN, 100)
    for number, (used, wanted) in enumerate((("1", []), ("2", ["beyond_chain"]))):
        amount = int(used) * 100
        chain.cost(SHOP, GTIN, amount, ("tin", amount, uses(TIN, used)), day=number + 4)
        found = codes(chain.ask(GTIN, seller=SHOP))
        assert [one for one in found if one != "no_lines"] == wanted


def test_goods_that_were_made_twice_from_themselves_are_no_more(chain):
    """A second drying of all ten tins makes no ten tins more, so the milk in each stays a kilogram."""
    chain.say(DAIRY, "processing", TIN, {
        "step": "drying again", "run": "2", "inputs": [{"lot": TIN, "quantity": "10"}], "outputs": [{"lot": TIN, "quantity": "10"}],
    })  # fmt: skip
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    assert codes(chain.ask(seller=DAIRY)) == []


# --- who may sell, and who belongs together ------------------------------------------------------------------------


def test_whoever_never_had_the_goods_cannot_have_sent_them(chain):
    sent = chain.sent(TRADER, MILK)
    price = chain.cost(TRADER, MILK, 7_500, per=KG, day=2)
    erased = chain.cost(TRADER, MILK, 1, per=KG, day=3)
    chain.ledger.withhold(
        erased.entry, erased.position
    )  # it never had the goods: that is no supplier's price
    chain.cost(DAIRY, TIN, 7_500, ("milk", 7_500, uses(MILK, "1", "kg")), day=4)
    assert codes(chain.ask(seller=DAIRY)) == ["contradiction", "unreceived"]
    assert found_in(chain, "unreceived").refs == (sent.ref, price.ref)
    chain.sent(TRADER, MILK, "received")
    found = chain.ask(seller=DAIRY)
    assert statuses(found) == {"cross-checked"}
    assert codes(found) == ["other_seller", "supplier_unreadable"]


def test_owners_are_followed_all_the_way_up(chain):
    authority, top = chain.ledger.authority, "https://top.example/"
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    for uri, holding in ((FARM, "https://one.example/"), (DAIRY, "https://two.example/")):
        chain.enrol(holding, ["merchant"])
        authority.enrol(holding, operator=chain.operator, owner=top)
        authority.enrol(uri, operator=chain.operator, owner=holding)
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")), day=9)
    finding = found_in(chain, "same_owner")
    assert (finding.level, finding.facts["party"], finding.facts["seen"]) == ("doubt", DAIRY, FARM)


def test_one_registered_identity_is_one_party(chain):
    for uri in (FARM, DAIRY):
        known = [Identity("uscc", "91310000MA1FL0000X")]
        chain.ledger.authority.enrol(uri, operator=chain.operator, identities=known)
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    assert found_in(chain, "same_owner").refs == (chain.farm.ref,)


def test_owners_without_end_are_suspect(chain):
    names = [DAIRY, *(f"https://{number}.example/" for number in range(MAX_OWNERS))]
    for number, uri in enumerate(names):
        if number:
            chain.enrol(uri, ["merchant"])
    for uri, owner in zip(names, [*names[1:], "https://end.example/"], strict=True):
        chain.ledger.authority.enrol(uri, operator=chain.operator, owner=owner)
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    assert codes(chain.ask(seller=DAIRY)) == ["same_owner"]


# --- prices that change or disappear -------------------------------------------------------------------------------


def test_an_erased_price_of_a_supplier_is_missed(chain):
    chain.cost(DAIRY, TIN, 7_500, ("milk", 7_500, uses(MILK, "1", "kg")))
    assert codes(chain.ask(seller=DAIRY)) == ["contradiction"]
    chain.ledger.withhold(chain.farm.entry, chain.farm.position)
    finding = found_in(chain, "supplier_unreadable")
    assert (finding.level, finding.refs) == ("doubt", (chain.farm.ref,))


def test_an_erased_later_price_of_a_supplier_is_missed(chain):
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")), day=9)
    later = chain.cost(FARM, MILK, 600, per=KG, day=8)
    assert codes(chain.ask(seller=DAIRY)) == ["contradiction"]
    chain.ledger.withhold(later.entry, later.position)
    assert found_in(chain, "supplier_unreadable").refs == (later.ref,)
    chain.cost(FARM, MILK, 500, per=KG, day=9)
    assert codes(chain.ask(seller=DAIRY)) == []  # a still later one can be read


@pytest.mark.parametrize("how", ["corrected", "taken back", "backdated"])
def test_a_price_changed_afterwards_is_said(chain, how):
    chain.cost(DAIRY, TIN, 7_500, ("milk", 7_500, uses(MILK, "1", "kg")), day=9)
    assert codes(chain.ask(seller=DAIRY)) == ["contradiction"]
    new = {"currency": "CNY", "price": 7_500, "components": [], "per": KG}
    if how == "corrected":
        now = chain.correct(chain.farm, new)
    elif how == "taken back":
        chain.correct(chain.farm)
        now = chain.cost(FARM, MILK, 7_500, per=KG, day=2)
    else:
        now = chain.cost(FARM, MILK, 7_500, per=KG, day=2)
    finding = found_in(chain, "price_corrected")
    assert (finding.level, finding.refs) == ("doubt", (chain.farm.ref, now.ref))
    assert finding.facts["expected"] == "5.00 CNY / 1 kg"
    assert finding.facts["seen"] == "75.00 CNY / 1 kg"


def test_a_price_corrected_before_is_nobodys_business(chain):
    chain.correct(chain.farm, {"currency": "CNY", "price": 600, "components": [], "per": KG})
    chain.cost(DAIRY, TIN, 600, ("milk", 600, uses(MILK, "1", "kg")))
    assert codes(chain.ask(seller=DAIRY)) == []


def test_the_same_price_said_otherwise_is_no_other(chain):
    chain.cost(DAIRY, TIN, 500, ("milk", 500, uses(MILK, "1", "kg")))
    per = {"quantity": "1000", "unit": "g"}
    chain.correct(chain.farm, {"currency": "CNY", "price": 500, "components": [], "per": per})
    assert codes(chain.ask(seller=DAIRY)) == []


# --- comparisons dodged --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "more", "code"),
    [
        (uses(MILK, "1", "kg"), {"currency": "EUR"}, "currency"),
        (uses(MILK, "1"), {}, "units"),
        (uses(MILK), {}, "no_quantity"),
        (uses(MILK, "0", "kg"), {}, "no_quantity"),
        (uses(MILK, "1", "kg"), {"seal": ["/components/0/lots/0/quantity"]}, "no_quantity"),
    ],
)
def test_what_the_seller_could_have_made_comparable_is_a_doubt(chain, line, more, code):
    chain.cost(DAIRY, TIN, 7_500, ("milk", 7_500, line), **more)
    assert found_in(chain, code).level == "doubt"
    assert statuses(chain.ask(seller=DAIRY)) == {"declared"}


def test_backdating_is_a_doubt(world):
    world.chain()
    world.cost(FARM, MILK, 500, per=KG, day=2)
    world.cost(DAIRY, TIN, 7_500, ("milk", 7_500, uses(MILK, "1", "kg")), day=1)
    assert found_in(world, "supplier_later").level == "doubt"


def test_a_sealed_price_beside_an_open_one_is_a_doubt(chain):
    sealed = chain.cost(FARM, MILK, 999, per=KG, buyer=DAIRY, seal=["/price"], day=2)
    chain.cost(DAIRY, TIN, 7_500, ("milk", 7_500, uses(MILK, "1", "kg")), day=3)
    finding = found_in(chain, "supplier_sealed_one")
    assert (finding.level, finding.refs) == ("doubt", (chain.farm.ref, sealed.ref))


def test_a_sealed_price_alone_is_usual(world):
    world.chain()
    world.cost(FARM, MILK, 999, per=KG, buyer=DAIRY, seal=["/price"])
    world.cost(DAIRY, TIN, 7_500, ("milk", 7_500, uses(MILK, "1", "kg")))
    assert found_in(world, "supplier_sealed").level == "note"


def test_nothing_for_nothing_confirms_nothing(chain):
    chain.cost(DAIRY, TIN, 0, ("milk", 0, uses(MILK, "0", "kg")))
    assert statuses(chain.ask(seller=DAIRY)) == {"declared"}


def test_less_than_nothing_confirms_nothing(world):
    world.chain()
    world.cost(FARM, MILK, -500, per=KG)
    world.cost(DAIRY, TIN, -500, ("milk", -500, uses(MILK, "1", "kg")))
    assert statuses(world.ask(seller=DAIRY)) == {"declared"}
    assert found_in(world, "supplier_negative").level == "doubt"


def test_the_arithmetic_adds_all_that_a_line_uses(chain):
    lots = {
        "lots": [{"lot": MILK, "quantity": "1", "unit": "斤"}, {"lot": MILK, "quantity": "200", "unit": "g"}]
    }
    chain.cost(DAIRY, TIN, 350, ("milk", 350, lots))
    with chain.ledger.reading() as reader:
        ((share,),) = cost_arithmetic(reader, chain.ask(seller=DAIRY), {})
    assert (share.used, share.range) == (Quantity("1.4", "斤"), (350, 350))


@pytest.mark.parametrize(("quantity", "unit"), [("-1", "kg"), ("1e9", "kg"), ("1", "armful"), ("", "kg")])
def test_what_a_program_wrote_that_checked_nothing_is_no_measure(quantity, unit):
    assert _measure(Amount(MILK, quantity, unit)) is None
