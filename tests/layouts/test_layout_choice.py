"""Which layout counts, for whom, and from when."""

from dataclasses import replace

import pytest
from layout_world import LOT, MILK, OTHER, PRODUCT, STEPS, T0, World, codes, good_story, statuses, uri

from trustledger import FormatError, PolicyError
from trustledger.kinds.build import layout_step
from trustledger.views.layouts import choose_layout, layout_of_trace
from trustledger.views.layouts.deeds import DEEDS
from trustledger.views.layouts.reading import read_layout
from trustledger.views.model import Signatory, Step
from trustledger.views.provenance import trace

EASY = [layout_step("anything", "observation", roles=["merchant"], optional=True)]
TEST = [layout_step("test", "inspection", roles=["inspector"])]


def test_a_rivals_layout_does_not_count(world):
    refs = good_story(world)
    world.product("rival", OTHER)
    ref = world.layout(EASY, "rival")
    result = world.check()
    assert result.layout.ref == refs["layout"]
    assert codes(result) == ["layout.rival"]
    assert result.findings[0].ref == ref
    assert uri("rival") in result.findings[0].text("zh")


def test_a_rival_who_describes_the_product_later_owns_nothing(world):
    refs = good_story(world)
    world.product("rival")
    world.layout(EASY, "rival")
    assert world.check().layout.ref == refs["layout"]


def test_who_squats_on_a_product_without_the_role_owns_nothing(world):
    world.product("stranger")
    world.layout(EASY, "stranger")
    result = world.check()
    assert result.layout is None
    assert not result.met
    assert codes(result) == ["layout.product_role", "layout.no_owner"]
    world.product()
    ref = world.layout()
    assert world.check().layout.ref == ref


def test_a_role_that_came_later_does_not_make_an_owner_in_hindsight(world):
    world.product("stranger")
    world.roles("stranger", "brand-owner")
    world.product()
    ref = world.layout()
    world.layout(EASY, "stranger")
    assert world.check().layout.ref == ref


def test_an_owner_without_the_role_lays_down_nothing(world):
    world.product()
    ref = world.layout()
    world.roles("brand", "merchant")
    world.layout(EASY, version="2")
    result = world.check()
    assert result.layout.ref == ref
    assert codes(result) == ["layout.role"]


def test_without_a_product_nobody_owns_it(world):
    world.layout()
    result = world.check()
    assert result.layout is None
    assert codes(result) == ["layout.no_owner"]
    assert result.steps == ()


def test_a_product_that_was_withdrawn_makes_no_owner(world):
    wrong = world.product("rival")
    world.product()
    ref = world.layout()
    assert world.check().layout is None
    world.correct("rival", wrong)
    assert world.check().layout.ref == ref


def test_the_newest_layout_counts(world):
    world.product()
    world.layout(TEST, version="1")
    ref = world.layout(EASY, version="2")
    assert world.check().layout.ref == ref
    assert world.check().met


def test_a_layout_for_the_lot_comes_before_one_for_the_product(world):
    world.product()
    ref = world.layout(TEST, subject=LOT, version="lot")
    world.layout(EASY, version="later")
    assert world.check().layout.ref == ref
    assert world.check(PRODUCT + "/10/LOT-8").layout.version == "later"


def test_a_rivals_layout_for_the_lot_does_not_count(world):
    world.product()
    ref = world.layout(TEST)
    world.layout(EASY, "rival", subject=LOT)
    result = world.check()
    assert result.layout.ref == ref
    assert codes(result) == ["layout.rival"]


def test_a_withdrawn_layout_gives_way_to_the_one_before(world):
    world.product()
    ref = world.layout(TEST, version="1")
    newer = world.layout(EASY, version="2")
    world.correct("brand", newer)
    assert world.check().layout.ref == ref
    world.correct("brand", ref)
    assert world.check().layout is None


def test_a_corrected_layout_says_what_the_correction_says(world):
    world.product()
    ref = world.layout(EASY, version="1")
    said_at = world.correct("brand", ref, {"version": "1", "steps": TEST})
    layout = world.check().layout
    assert (layout.ref, layout.said_at) == (ref, said_at)
    assert statuses(world.check()) == {"test": "missing"}


def test_nobody_else_corrects_a_layout(world):
    world.product()
    ref = world.layout(TEST, version="1")
    with pytest.raises(PolicyError):
        world.correct("rival", ref, {"version": "1", "steps": EASY})
    assert world.check().layout.said_at == ref


def test_a_correction_brings_back_no_older_layout(world):
    world.product()
    old = world.layout(EASY, version="1")
    ref = world.layout(TEST, version="2")
    world.correct("brand", old, {"version": "1", "steps": EASY, "note": "again"})
    assert world.check().layout.ref == ref


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"version": "1"},
        {"version": 1, "steps": TEST},
        {"version": "1", "steps": []},
        {"version": "1", "steps": TEST * 2},
        {"version": "1", "steps": TEST * 65},
        {"version": "1", "steps": ["x"]},
        {"version": "1", "steps": [{**TEST[0], "surprise": True}]},
        {"version": "1", "steps": [{**TEST[0], "name": ""}]},
        {"version": "1", "steps": [{**TEST[0], "kind": 5}]},
        {"version": "1", "steps": [{**TEST[0], "roles": "inspector"}]},
        {"version": "1", "steps": [{**TEST[0], "roles": []}]},
        {"version": "1", "steps": [{**TEST[0], "signatures": 0}]},
        {"version": "1", "steps": [{**TEST[0], "signatures": True}]},
        {"version": "1", "steps": [{**TEST[0], "optional": "yes"}]},
        {"version": "1", "steps": [{**TEST[0], "inputs_from": ["test"]}]},
        {"version": "1", "steps": TEST, "since": "2026"},
        {"version": "1", "steps": TEST, "until": "2026"},
    ],
)
def test_what_cannot_be_read_as_steps_is_never_met(world, data):
    """The ledger refuses such data; a ledger that did not would still make no lot pass."""
    world.product()
    world.layout(EASY)
    found = trace(world.ledger, LOT)
    product = found.products[0]
    steps = [replace(one, data=data) if one.kind == "layout" else one for one in product.steps]
    bad = replace(found, products=(replace(product, steps=tuple(steps)),))
    result = layout_of_trace(bad)
    assert result.layout is None
    assert not result.met
    assert codes(result) == ["layout.unreadable"]


def test_good_data_is_read():
    brand = Signatory(uri("brand"), "Brand", ("brand-owner",))
    data = {"version": "1", "steps": STEPS, "since": 1, "until": 2}
    step = Step("3/0", "layout", "layout", "shown", "about", brand, (), 0, 0, (PRODUCT,), data)
    layout = read_layout(step, step)
    assert [one.name for one in layout.steps] == [one["name"] for one in STEPS]
    assert (layout.since, layout.until, layout.steps[3].signatures) == (1, 2, 2)


def test_an_erased_record_that_may_be_a_newer_layout_is_told(world):
    refs = good_story(world)
    newer = world.layout(EASY, version="2")
    world.withhold(newer)
    result = world.check()
    assert result.layout.ref == refs["layout"]
    assert codes(result) == ["layout.perhaps_newer"]
    assert result.findings[0].ref == newer


def test_an_erased_layout_no_longer_says_anything(world):
    world.product()
    world.withhold(world.layout(TEST))
    assert world.check() is None


def test_an_erased_record_before_the_first_product_is_told(world):
    first = world.product("rival")
    world.product()
    ref = world.layout()
    world.withhold(first)
    result = world.check()
    assert result.layout.ref == ref
    assert codes(result) == ["layout.perhaps_owner"]


def test_an_erased_step_never_counts(world):
    refs = good_story(world)
    world.withhold(refs["drying"])
    result = world.check()
    assert result.step("drying").status == "missing"
    assert [(one.ref, one.party.uri) for one in result.unreadable] == [(refs["drying"], uri("dairy"))]


def test_a_withdrawn_step_never_counts(world):
    refs = good_story(world)
    world.correct("dairy", refs["drying"])
    result = world.check()
    assert result.step("drying").status == "missing"
    assert refs["drying"] not in [one.ref for one in result.unforeseen]


def test_a_corrected_step_counts_as_corrected(world):
    refs = good_story(world)
    data = {"step": "drying", "inputs": [MILK + "A", MILK + "B"], "outputs": [LOT], "run": "dairy-drying"}
    data |= {"inputs": [{"lot": MILK + "A"}], "outputs": [{"lot": LOT}]}
    correction = world.correct("dairy", refs["drying"], data)
    result = world.check()
    assert result.step("drying").refs == (correction,)
    world.correct("dairy", correction, {**data, "step": "freezing"})
    assert world.check().step("drying").status == "missing"


def test_a_correction_does_not_move_a_test_to_another_lot(world):
    """Its subject may be any of the record's; what was tested stays what it was."""
    world.product()
    world.layout(TEST)
    data = {"step": "x", "results": []}
    ref = world.tested(MILK + "A", "lead", name="lab")
    world.say("lab", "observation", LOT, {"step": "x"})
    with pytest.raises(FormatError):
        world.correct("lab", ref, data, subject="no uri")
    row = {
        "category": "milk powder",
        "report": "R9",
        "results": [{"parameter": "lead", "value": "1", "unit": "mg/kg"}],
    }
    from trustledger.kinds import Kinds

    draft = Kinds.default().draft(
        {
            "kind": "inspection",
            "subject": PRODUCT + "/10/LOT-8",
            "also": [LOT],
            "occurred_at": "2026-10-01T08:00:00Z",
            "data": row,
        }
    )
    entry, position = world.ledger.append([draft], signer=world.party("lab")).places[0]
    assert world.check().step("test").status == "missing"
    world.correct("lab", f"{entry}/{position}", {**row, "report": "R10"}, subject=LOT)
    assert world.check().step("test").status == "missing"


def test_a_layout_that_came_after_the_goods_says_so(world):
    world.product()
    first = world.tested(LOT, "lead")
    world.layout(TEST)
    second = world.tested(LOT, "lead", name="lab2")
    step = world.check().step("test")
    assert step.status == "met"
    assert step.early == (first,)
    assert second in step.refs


def test_records_outside_the_validity_do_not_count(world):
    world.product()
    world.layout(TEST, since=T0, until=T0 + 3_000)
    ref = world.tested(LOT, "lead")
    result = world.check()
    assert result.step("test").status == "missing"
    assert result.step("test").outside == (ref,)
    assert result.unforeseen == ()
    placed = world.ledger.record(*map(int, ref.split("/"))).sequenced_at
    world.layout(TEST, version="2", since=placed, until=placed + 1)
    assert world.check().met
    world.layout(TEST, version="3", since=placed + 1)
    assert world.check().step("test").outside == (ref,)
    world.layout(TEST, version="4", until=placed)
    assert world.check().step("test").outside == (ref,)


def test_the_kinds_of_steps_are_those_of_the_model():
    from typing import get_args

    from trustledger.authority.parties import ROLES
    from trustledger.kinds.layout_model import STEP_KINDS, Role

    assert STEP_KINDS == DEEDS
    assert get_args(Role) == ROLES


def test_goods_without_a_product_have_no_layout():
    world = World()
    sscc = "https://id.gs1.org/00/008600099999850000"
    world.shipped(sscc)
    assert choose_layout(trace(world.ledger, sscc)) == (None, (), False)
