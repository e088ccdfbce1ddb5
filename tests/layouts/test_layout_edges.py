"""What goes no further, what is told, and what is left out of the account: the edges of the rules."""

from dataclasses import replace

import pytest
from layout_world import LOT, MILK, PRODUCT, STEPS, T0, codes, good_story, statuses, uri

from trustledger.kinds.build import layout_step
from trustledger.views.layouts import choose_layout, layout_of_trace
from trustledger.views.provenance import trace

TEST = layout_step("test", "inspection", roles=["inspector"])


@pytest.mark.parametrize(
    ("raw", "conforms"),
    [({"signatures": 2}, None), ({}, False), ({"parameters": ["melamine", "fat"]}, None)],
)
def test_what_did_not_pass_a_step_goes_no_further(world, raw, conforms):
    """Too few signed for the milk, it failed, or it was not tested for everything: then it may not be dried."""
    world.product()
    world.layout([STEPS[0], {**STEPS[1], **raw}, {**STEPS[2], "inputs_from": ["raw test"]}])
    world.milked("A")
    world.tested(MILK + "A", "melamine", conforms=conforms)
    ref = world.made(LOT, MILK + "A")
    result = world.check()
    assert not result.step("raw test").fine
    assert result.step("drying").status == "inputs"
    assert result.step("drying").foreign == ((MILK + "A", ref),)


def test_what_is_made_of_nothing_comes_from_nowhere(world):
    world.product()
    world.layout([STEPS[0], STEPS[2]])
    world.milked("A")
    world.made(LOT)
    assert world.check().step("drying").status == "missing"


def test_a_test_of_goods_elsewhere_is_no_test_of_these(world):
    world.product()
    world.layout([STEPS[0], STEPS[1], STEPS[2]])
    world.milked("A")
    world.made(LOT, MILK + "A")
    world.say("lab", "observation", LOT, {"step": "seen"})
    world.tested(LOT, "melamine")
    raw = world.check().step("raw test")
    assert raw.status == "missing"
    assert raw.done_by == ()


def test_an_optional_step_need_not_be_done_with_every_lot(world):
    world.product()
    world.layout([STEPS[0], {**STEPS[1], "optional": True}, STEPS[2]])
    world.milked("A")
    world.milked("B")
    world.made(LOT, MILK + "A", MILK + "B")
    assert world.check().step("raw test").unconsumed == ()
    world.tested(MILK + "A", "melamine")
    raw = world.check().step("raw test")
    assert (raw.status, raw.unconsumed) == ("met", (MILK + "B",))
    assert world.check().met


def test_a_last_step_that_was_left_out_makes_no_lot(world):
    packing = layout_step("packing", "processing", step="packing", roles=["processor"], optional=True)
    world.product()
    world.layout([STEPS[0], STEPS[2], packing])
    world.milked("A")
    world.made(LOT, MILK + "A")
    assert world.check().met


def test_a_record_that_does_not_match_one_step_may_match_the_next(world):
    """Steps without names of their own for what is done: the goods tell which is which."""
    first = layout_step("first", "processing", roles=["processor"], inputs_from=["milking"])
    second = layout_step("second", "processing", roles=["processor"], inputs_from=["first"])
    world.product()
    world.layout([STEPS[0], first, second])
    world.milked("A")
    world.made(MILK + "DRY", MILK + "A", step="drying")
    world.made(LOT, MILK + "DRY", step="blending")
    result = world.check()
    assert result.met
    assert result.step("first").foreign == ()


def test_who_did_another_step_is_not_accused_of_this_one(world):
    steps = [
        layout_step("one", "inspection", parties=[uri("lab")]),
        layout_step("two", "inspection", parties=[uri("lab2")]),
    ]
    world.product()
    world.layout(steps)
    world.tested(LOT, "lead", name="lab2")
    result = world.check()
    assert statuses(result) == {"one": "missing", "two": "met"}
    assert result.step("one").others == ()


def test_strangers_outside_the_validity_are_not_listed_as_if_they_might(world):
    world.product()
    world.layout([TEST], since=T0, until=T0 + 1)
    ref = world.tested(LOT, "lead", name="stranger")
    result = world.check()
    assert result.step("test").outside == ()
    assert [one.ref for one in result.unforeseen] == [ref]


def test_a_withdrawal_is_no_deed(world):
    refs = good_story(world)
    withdrawal = world.correct("dairy", refs["drying"])
    assert withdrawal not in [one.ref for one in world.check().unforeseen]


def test_an_erased_record_before_the_layout_raises_no_doubt(world):
    world.product()
    old = world.layout([TEST], version="1")
    world.layout([TEST], version="2")
    world.withhold(old)
    assert codes(world.check()) == []


def test_a_record_about_one_lot_makes_nobody_owner_of_the_product(world):
    world.product("rival", LOT)
    world.product()
    ref = world.layout([TEST])
    assert choose_layout(trace(world.ledger, PRODUCT)).layout.ref == ref
    assert world.check().layout.ref == ref


def test_a_chain_that_was_not_read_to_its_end_may_hold_a_newer_layout(world):
    good_story(world)
    found = trace(world.ledger, LOT)
    cut = replace(found, products=tuple(replace(one, expanded=False) for one in found.products))
    assert codes(layout_of_trace(cut)) == ["layout.chain_cut"]


def test_a_lot_may_be_cosigned_by_two_who_are_allowed_for_each_lot(world):
    """A party's record on several lots is taken once, and counts for each."""
    world.product()
    world.layout([STEPS[0], {**STEPS[1], "parameters": ["melamine"]}, STEPS[2]])
    world.milked("A")
    world.milked("B")
    report = {
        "category": "milk",
        "report": "R-both",
        "results": [{"parameter": "melamine", "value": "0", "unit": "mg/kg"}],
    }
    world.say("lab", "inspection", MILK + "A", report)
    world.say("lab", "inspection", MILK + "B", report)
    world.made(LOT, MILK + "A", MILK + "B")
    assert world.check().met
