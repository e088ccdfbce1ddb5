"""What a breakdown adds up to, which record counts, and what stays sealed."""

from __future__ import annotations

import json

import pytest
from cost_world import DAIRY, FARM, GTIN, LATER, MILK, SHOP, T0, TIN, TRADER, codes
from hypothesis import given
from hypothesis import strategies as st

from trustledger.encoding import parse_time
from trustledger.errors import FormatError, NotFoundError
from trustledger.record import Opening
from trustledger.views.cost_breakdown import cost_breakdown, cost_sellers
from trustledger.views.cost_breakdown.disclosure import Disclosed, disclose
from trustledger.views.cost_breakdown.sheet import Sheet, read_terms


def test_the_public_form(world):
    placed = world.cost(SHOP, TIN, 12_800, ("milk", 8_000), ("tax", 4_800))
    assert world.ask().plain() == {
        "subject": TIN,
        "currency": "CNY",
        "price": "128.00",
        "components": [
            {"component": "milk", "amount": "80.00", "status": "declared", "records": [placed.ref]},
            {"component": "tax", "amount": "48.00", "status": "declared", "records": [placed.ref]},
        ],
        "balanced": True,
        "findings": [],
    }


def test_lines_that_do_not_add_up_are_a_finding(world):
    placed = world.cost(SHOP, TIN, 12_800, ("milk", 8_000), ("tax", 4_799))
    found = world.ask()
    assert found.balanced is False
    (finding,) = found.findings
    assert (finding.code, finding.level, finding.ref) == ("cost.unbalanced", "alarm", placed.ref)
    assert dict(finding.facts) == {"seen": "127.99 CNY", "expected": "128.00 CNY", "difference": "-0.01 CNY"}
    assert "127.99 CNY" in finding.text("en")
    assert "127.99 CNY" in finding.text("zh")


def test_money_has_the_digits_of_its_currency(world):
    for currency, price in (("JPY", "128"), ("BHD", "0.128"), ("CNY", "1.28")):
        world.cost(SHOP, TIN, 128, ("all", 128), currency=currency)
        assert world.ask(currency=currency).plain()["price"] == price


def test_a_rebate_is_a_negative_line(world):
    world.cost(SHOP, TIN, 900, ("milk", 1_000), ("rebate", -100))
    found = world.ask()
    assert found.balanced
    assert found.plain()["components"][1]["amount"] == "-1.00"


def test_a_price_without_lines_is_neither_right_nor_wrong(world):
    world.cost(SHOP, TIN, 0)
    found = world.ask()
    assert found.balanced is None
    assert codes(found) == ["no_lines"]


def test_an_invoice_is_evidence(world):
    world.cost(SHOP, TIN, 3, ("milk", 1, {"invoice_sha256": "ab" * 32}), ("tin", 2))
    assert [one.status for one in world.ask().components] == ["evidenced", "declared"]


@pytest.mark.parametrize("digest", ["ab" * 31, "AB" * 32, "g" * 64, 7, None])
def test_what_is_no_hash_is_no_evidence(world, digest):
    line = {"component": "milk", "amount": 1, "invoice_sha256": digest}
    world.say(SHOP, "cost", TIN, {"currency": "CNY", "price": 1, "components": [line]}, checked=False)
    assert world.ask().components[0].status == "declared"


# --- which record counts ---------------------------------------------------------------------------------------


def test_the_price_in_force_is_the_last_that_began(world):
    world.cost(SHOP, TIN, 200, day=2)
    world.cost(SHOP, TIN, 300, day=20)
    world.cost(SHOP, TIN, 100, day=1)  # told later, of earlier
    assert world.ask().price == 300
    assert world.ask(as_of=LATER).price == 300


def test_the_past_knows_neither_what_came_later_nor_what_was_announced(world):
    first = world.cost(SHOP, TIN, 100, day=1)
    second = world.cost(SHOP, TIN, 200, day=2)
    assert world.ask(as_of=first.sequenced_at).price == 100
    assert world.ask(as_of=second.sequenced_at - 1).price == 100
    assert world.ask(as_of=second.sequenced_at).price == 200
    with pytest.raises(NotFoundError, match="holds at that time") as none:
        world.ask(as_of=first.sequenced_at - 1)
    assert none.value.code == "cost.none"
    begins = parse_time("2026-12-01T00:00:00Z")
    assert begins > second.sequenced_at
    data = {"currency": "CNY", "price": 999, "components": []}
    row = {"kind": "cost", "subject": TIN, "occurred_at": begins, "data": data}
    world.ledger.append([world.ledger.kinds.draft(row)], signer=world.signers[SHOP])
    assert world.ask(as_of=begins - 1).price == 200
    world.ledger.append([world.ledger.kinds.draft(row)], signer=world.signers[TRADER])
    with world.ledger.reading() as reader:
        assert cost_sellers(reader, TIN, as_of=begins - 1) == (SHOP,)
    assert world.ask(as_of=begins - 1).seller == SHOP
    assert world.ask(as_of=begins, seller=SHOP).price == 999


def test_a_lot_has_the_price_of_its_product_unless_it_has_its_own(world):
    world.cost(SHOP, GTIN, 100)
    assert world.ask(TIN).price == 100
    assert world.ask(TIN).subject == TIN
    world.cost(SHOP, TIN, 90)
    assert world.ask(TIN).price == 90
    assert world.ask(GTIN).price == 100


def test_a_record_that_only_names_the_lot_is_not_about_it(world):
    data = {"currency": "CNY", "price": 5, "components": []}
    world.say(SHOP, "cost", MILK, data, also=[TIN])
    with pytest.raises(NotFoundError):
        world.ask(TIN)


def test_each_seller_has_a_price_of_its_own(world):
    world.cost(SHOP, TIN, 100)
    world.cost(TRADER, TIN, 90)
    with pytest.raises(FormatError) as several:
        world.ask()
    assert several.value.code == "cost.several_sellers"
    assert several.value.facts["seen"] == f"{SHOP}, {TRADER}"
    assert [world.ask(seller=one).price for one in (SHOP, TRADER)] == [100, 90]
    with world.ledger.reading() as reader:
        assert cost_sellers(reader, TIN, as_of=LATER) == (SHOP, TRADER)
        assert cost_sellers(reader, TIN, as_of=T0) == ()
        assert cost_breakdown(reader, TIN, as_of=LATER, seller=SHOP).price == 100


def test_nobody_states_the_price_of_another(world):
    placed = world.cost(TRADER, TIN, 1, seller=SHOP)
    with pytest.raises(NotFoundError):
        world.ask(seller=SHOP)
    world.cost(SHOP, TIN, 100, seller="Shop 7, Nanjing Road")  # a branch: whoever signs sells
    found = world.ask(seller=SHOP)
    assert (found.seller, found.price) == (SHOP, 100)
    finding = next(one for one in found.findings if one.code == "cost.hearsay")
    assert (finding.code, finding.ref, finding.facts["seen"]) == ("cost.hearsay", placed.ref, SHOP)
    world.cost(TRADER, TIN, 95, seller=SHOP, cosigners=[SHOP], day=9)  # the shop signed it too
    assert world.ask(seller=SHOP).price == 95


def test_a_price_for_one_buyer_is_not_the_one_for_everybody(world):
    world.cost(DAIRY, TIN, 70, buyer=SHOP)
    with pytest.raises(NotFoundError):
        world.ask()
    assert world.ask(buyer=SHOP).price == 70


def test_corrections_count(world):
    wrong = world.cost(SHOP, TIN, 100, ("milk", 90))
    data = {"currency": "CNY", "price": 100, "components": [{"component": "milk", "amount": 100}]}
    right = world.correct(wrong, data)
    found = world.ask()
    assert found.balanced
    assert found.components[0].records == (wrong.ref, right.ref)
    assert world.ask(as_of=right.sequenced_at - 1).balanced is False
    world.correct(right)  # the correction itself was a mistake
    assert world.ask().balanced is False


def test_a_price_that_was_taken_back_is_none(world):
    world.correct(world.cost(SHOP, TIN, 100))
    with pytest.raises(NotFoundError):
        world.ask()


def test_an_erased_record_may_have_held_another_price(world):
    before = world.cost(SHOP, TIN, 100, day=1)
    world.ledger.withhold(before.entry, before.position)
    world.cost(SHOP, TIN, 100, day=2)
    later = world.cost(SHOP, TIN, 50, day=9)
    world.ledger.withhold(later.entry, later.position)
    other = world.cost(TRADER, TIN, 50, day=9)
    world.ledger.withhold(other.entry, other.position)
    found = world.ask()
    assert (found.price, codes(found)) == (100, ["no_lines", "unreadable"])
    assert found.findings[1].ref == later.ref


def test_currencies_are_never_mixed(world):
    yuan = world.cost(SHOP, TIN, 100, ("milk", 100))
    dollars = world.cost(SHOP, TIN, 14, ("milk", 14), currency="USD", day=2)
    found = world.ask()
    assert (found.currency, found.balanced, codes(found)) == ("USD", True, ["other_currency"])
    assert found.findings[0].refs == (yuan.ref,)
    assert world.ask(currency="CNY").findings == ()
    assert world.ask(currency="CNY").components[0].records == (yuan.ref,)
    assert dollars.ref != yuan.ref


# --- sealed ----------------------------------------------------------------------------------------------------


def test_what_is_sealed_is_not_guessed(world):
    world.cost(SHOP, TIN, 100, ("milk", 60), ("profit", 41), seal=["/components/0/amount"])
    found = world.ask()
    assert found.balanced is None
    assert [(one.amount, one.status) for one in found.components] == [(None, "sealed"), (41, "declared")]
    assert found.plain()["components"][0]["amount"] is None
    assert codes(found) == []
    seen = world.ask(openings=world.openings)
    assert (seen.balanced, codes(seen)) == (False, ["unbalanced"])


def test_a_sealed_price_leaves_the_sum_open(world):
    world.cost(SHOP, TIN, 100, ("milk", 60), ("tax", 40), seal=["/price", "/components/1/component"])
    found = world.ask()
    assert (found.price, found.balanced, found.components[1].component) == (None, None, None)
    assert found.components[1].status == "declared"
    assert json.loads(json.dumps(found.plain()))["price"] is None
    seen = world.ask(openings=world.openings)
    assert (seen.price, seen.balanced, seen.components[1].component) == (100, True, "tax")


def test_an_opening_is_held_against_what_was_signed(world):
    world.cost(SHOP, TIN, 100, ("milk", 60), ("profit", 41), seal=["/components/0/amount"])
    ((committed, right),) = world.openings.items()
    lies = [
        Opening(right.pointer, right.salt, 59),
        Opening(right.pointer, bytes(16), 60),
        Opening("/price", right.salt, 60),
        Opening(right.pointer, right.salt, 1.5),
    ]
    for lie in lies:
        found = world.ask(openings={committed: lie})
        assert (found.balanced, found.components[0].amount) == (None, None)
        assert [(one.code, one.facts["at"]) for one in found.findings] == [
            ("cost.opening", "/components/0/amount")
        ]
    assert world.ask(openings={bytes(32): right}).findings == ()
    assert world.ask(openings={committed: right}).components[0].amount == 60


def test_what_is_opened_for_one_reader_is_open_to_no_other(world):
    placed = world.cost(SHOP, TIN, 100, ("milk", 60), seal=["/price", "/components/0/amount"])
    record = placed.record
    seen = disclose(placed, record, record.data, world.openings)
    assert (seen.data["price"], seen.data["components"][0]["amount"], seen.closed) == (100, 60, frozenset())
    assert record.data == {"currency": "CNY", "components": [{"component": "milk"}]}


def test_a_correction_is_opened_as_one(world):
    wrong = world.cost(SHOP, TIN, 100, ("milk", 90), seal=["/price"])
    data = {"currency": "CNY", "price": 80, "components": [{"component": "milk", "amount": 80}]}
    world.correct(wrong, data, seal=["/data/price"])
    assert (world.ask().price, world.ask().balanced) == (None, None)
    assert (world.ask(openings=world.openings).price, world.ask(openings=world.openings).balanced) == (
        80,
        True,
    )


def test_a_sealed_seller_is_nobody(world):
    world.cost(SHOP, TIN, 100, seller=SHOP, seal=["/seller"])
    with pytest.raises(NotFoundError):
        world.ask()
    assert world.ask(openings=world.openings).price == 100
    world.cost(TRADER, TIN, 7)
    assert sorted(codes(world.ask())) == ["no_lines", "seller_sealed"]


# --- hostile data ----------------------------------------------------------------------------------------------

GOOD = {"currency": "CNY", "price": 1, "components": [{"component": "a", "amount": 1}]}
LINE = GOOD["components"][0]


@pytest.mark.parametrize(
    ("data", "at"),
    [
        ({}, "currency"),
        ({**GOOD, "currency": "XXX"}, "currency"),
        ({**GOOD, "currency": ["CNY"]}, "currency"),
        ({**GOOD, "price": True}, "/price"),
        ({**GOOD, "price": "1"}, "/price"),
        ({**GOOD, "price": None}, "/price"),
        ({"currency": "CNY", "price": 1}, "components"),
        ({**GOOD, "components": {}}, "components"),
        ({**GOOD, "components": [LINE] * 1025}, "components"),
        ({**GOOD, "components": [1]}, "/components/0"),
        ({**GOOD, "components": [{"amount": 1}]}, "/components/0/component"),
        ({**GOOD, "components": [LINE, {"component": "a"}]}, "/components/1/amount"),
        ({**GOOD, "components": [{**LINE, "amount": False}]}, "/components/0/amount"),
        ({**GOOD, "components": [{**LINE, "lots": {}}]}, "/components/0/lots"),
        ({**GOOD, "components": [{**LINE, "lots": [TIN]}]}, "/components/0/lots/0"),
        ({**GOOD, "components": [{**LINE, "lots": [{}]}]}, "/components/0/lots/0/lot"),
        ({**GOOD, "components": [{**LINE, "lots": [{"lot": MILK, "quantity": 1}]}]}, "/components/0/lots/0/quantity"),
        ({**GOOD, "components": [{**LINE, "lots": [{"lot": MILK, "quantity": "1e9"}]}]}, "/components/0/lots/0/quantity"),
        ({**GOOD, "components": [{**LINE, "lots": [{"lot": MILK, "quantity": "-1"}]}]}, "/components/0/lots/0/quantity"),
        ({**GOOD, "components": [{**LINE, "lots": [{"lot": MILK, "quantity": "1", "unit": "armful"}]}]},
         "/components/0/lots/0/quantity"),
        ({**GOOD, "per": {}}, "per"),
        ({**GOOD, "per": {"quantity": "0.00", "unit": "kg"}}, "per"),
        ({**GOOD, "per": "kg"}, "per"),
    ],
)  # fmt: skip
def test_a_malformed_price_does_not_count_and_is_said_to_be_so(world, data, at):
    """Records can be written by a program that checked nothing."""
    world.cost(SHOP, TIN, 100)
    bad = world.say(SHOP, "cost", TIN, data, day=9, checked=False)
    found = world.ask()
    assert found.price == 100
    finding = next(one for one in found.findings if one.code == "cost.malformed")
    assert (finding.ref, finding.facts["at"]) == (bad.ref, at)


def test_an_opened_value_can_be_malformed_too():
    with pytest.raises(FormatError):
        read_terms(Disclosed({**GOOD, "price": 2**53}, frozenset(), ()))
    with pytest.raises(FormatError):
        read_terms(Disclosed({**GOOD, "price": "12"}, frozenset(), ()))


# --- properties ------------------------------------------------------------------------------------------------

AMOUNTS = st.lists(st.integers(-(2**40), 2**40), min_size=1, max_size=12)


def sheet(price, amounts, sealed=()):
    """A sheet of these amounts, some of them sealed."""
    lines = [{"component": str(n), "amount": amount} for n, amount in enumerate(amounts)]
    for number in sealed:
        del lines[number]["amount"]
    closed = frozenset(f"/components/{number}/amount" for number in sealed)
    terms = read_terms(Disclosed({"currency": "CNY", "price": price, "components": lines}, closed, ()))
    return Sheet(TIN, SHOP, "", 0, (0, 0), ("0/0",), *terms)


@given(AMOUNTS, st.randoms(use_true_random=False), st.integers(-2, 2))
def test_the_order_of_lines_changes_no_sum(amounts, random, off):
    price, shuffled = sum(amounts) + off, list(amounts)
    random.shuffle(shuffled)
    assert sheet(price, amounts).total == sheet(price, shuffled).total == sum(amounts)
    assert sheet(price, amounts).balanced == sheet(price, shuffled).balanced == (off == 0)


@given(AMOUNTS, st.data(), st.integers(-2, 2))
def test_a_line_split_in_two_changes_no_sum(amounts, data, off):
    number = data.draw(st.integers(0, len(amounts) - 1))
    part = data.draw(st.integers(-(2**40), 2**40))
    split = [*amounts[:number], part, amounts[number] - part, *amounts[number + 1 :]]
    price = sum(amounts) + off
    assert sheet(price, split).balanced == sheet(price, amounts).balanced


@given(AMOUNTS, st.data(), st.integers(-2, 2))
def test_sealing_a_line_never_turns_a_false_sum_into_a_right_one(amounts, data, off):
    price = sum(amounts) + off
    sealed = data.draw(st.sets(st.integers(0, len(amounts) - 1), min_size=1))
    assert sheet(price, amounts, sealed).balanced is None
    assert sheet(price, amounts, sealed).total is None


def test_equal_questions_have_equal_answers(world):
    world.chain()
    world.cost(FARM, MILK, 500, per={"quantity": "1", "unit": "kg"})
    world.cost(SHOP, TIN, 12_800, ("milk", 8_000), ("tax", 4_799))
    assert json.dumps(world.ask().plain()) == json.dumps(world.ask().plain())
    assert world.ask() == world.ask()
