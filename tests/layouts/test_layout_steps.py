"""Which steps are met, by whom, and which are missing or done by someone else."""

import json

import pytest
from layout_world import LOT, MILK, OTHER, PRODUCT, STEPS, codes, good_story, statuses, uri

from trustledger.kinds.build import layout_step
from trustledger.views.layouts import check_layout, choose_layout
from trustledger.views.provenance import to_plain, trace

ALL_MET = dict.fromkeys(("milking", "raw test", "drying", "final test", "delivery"), "met")


def test_a_lot_that_went_all_the_way(world):
    refs = good_story(world)
    result = world.check()
    assert statuses(result) == ALL_MET
    assert result.met
    assert result.findings == result.unforeseen == result.unreadable == ()
    assert result.step("raw test").refs == (refs["raw test A"], refs["raw test B"])
    assert [(one.ref, one.party.uri) for one in result.step("final test").done_by] == [
        (refs["final test"], uri("lab")),
        (refs["final test 2"], uri("lab2")),
    ]
    assert result.layout.ref == refs["layout"]
    assert result.layout.version == "1"


def test_a_trace_says_it_in_json(world):
    good_story(world)
    plain = to_plain(trace(world.ledger, LOT))["layout"]
    assert plain["met"]
    assert [step["status"] for step in plain["steps"]] == ["met"] * 5
    assert json.loads(json.dumps(plain)) == plain
    assert to_plain(trace(world.ledger, LOT, forward=True))["layout"] is None


def test_the_pure_fold_gives_what_the_trace_gives(world):
    good_story(world)
    found = trace(world.ledger, LOT)
    assert check_layout(found, choose_layout(found).layout) == found.layout


def test_no_layout_no_result(world):
    world.product()
    world.milked("A")
    world.made(LOT, MILK + "A")
    assert world.check() is None
    world.layout()
    assert trace(world.ledger, PRODUCT).layout is None
    assert trace(world.ledger, MILK + "A").layout is None


@pytest.mark.parametrize("gone", ["milking", "raw test", "drying", "final test", "delivery"])
def test_a_step_that_nobody_recorded_is_missing(world, gone):
    world.product()
    world.layout()
    if gone != "milking":
        world.milked("A")
    if gone != "raw test":
        world.tested(MILK + "A", "melamine")
    if gone != "drying":
        world.made(LOT, MILK + "A")
    if gone != "final test":
        world.tested(LOT, "lead")
        world.tested(LOT, "lead", name="lab2")
    if gone != "delivery":
        world.shipped(LOT)
    result = world.check()
    assert not result.met
    assert result.step(gone).status == "missing"
    assert result.step(gone).done_by == ()


def test_a_step_done_by_someone_else_names_who_and_where(world):
    world.product()
    world.layout()
    world.milked("A")
    world.tested(MILK + "A", "melamine")
    ref = world.made(LOT, MILK + "A", name="stranger")
    drying = world.check().step("drying")
    assert drying.status == "other"
    assert [(one.ref, one.party.uri, one.party.roles) for one in drying.others] == [
        (ref, uri("stranger"), ("merchant",))
    ]


def test_the_chain_of_a_stranger_is_not_followed(world):
    """A bogus step that names well-made goods as its input brings their records no nearer."""
    world.product()
    world.layout()
    world.milked("A")
    world.tested(MILK + "A", "melamine")
    world.made(LOT, MILK + "A", name="stranger")
    assert statuses(world.check())["milking"] == "missing"


def test_a_strangers_second_account_beside_the_right_one_is_shown_and_spoils_nothing(world):
    good_story(world)
    ref = world.made(LOT, OTHER + "/10/X", name="stranger")
    result = world.check()
    assert result.met
    assert [one.ref for one in result.step("drying").others] == [ref]


def test_one_party_counts_once_however_often_it_signs(world):
    world.product()
    world.layout()
    world.tested(LOT, "lead")
    world.tested(LOT, "lead", report="R2")
    final = world.check().step("final test")
    assert final.status == "few"
    assert final.short == ((LOT, 1, 2),)


def test_a_cosigned_record_is_recorded_by_each_of_its_signers(world):
    world.product()
    world.layout()
    world.tested(LOT, "lead", cosigners=["lab2"])
    assert world.check().step("final test").status == "met"


def test_a_cosigner_who_is_not_allowed_counts_for_nothing(world):
    world.product()
    world.layout()
    world.tested(LOT, "lead", cosigners=["stranger"])
    final = world.check().step("final test")
    assert final.status == "few"
    assert {one.party.uri for one in final.done_by} == {uri("lab")}


def test_signatures_are_counted_for_each_lot(world):
    """Two laboratories that each looked at another lot are not two for either."""
    steps = [STEPS[0], {**STEPS[1], "signatures": 2}, STEPS[2]]
    world.product()
    world.layout(steps)
    world.milked("A")
    world.milked("B")
    world.tested(MILK + "A", "melamine")
    world.tested(MILK + "B", "melamine", name="lab2")
    world.made(LOT, MILK + "A", MILK + "B")
    raw = world.check().step("raw test")
    assert raw.status == "few"
    assert [one.lot for one in raw.short] == [MILK + "A", MILK + "B"]


def test_a_lot_from_elsewhere_does_not_match(world):
    world.product()
    world.layout()
    world.milked("A")
    world.tested(MILK + "A", "melamine")
    ref = world.made(LOT, MILK + "A", MILK + "UNKNOWN")
    result = world.check()
    assert result.step("drying").status == "inputs"
    assert result.step("drying").foreign == ((MILK + "UNKNOWN", ref),)


def test_a_lot_spelled_otherwise_is_another_lot(world):
    world.product()
    world.layout()
    world.milked("A")
    ref = world.made(LOT, MILK + "a")
    assert world.check().step("drying").foreign == ((MILK + "a", ref),)


def test_a_lot_that_went_around_a_step_is_named(world):
    world.product()
    world.layout()
    world.milked("A")
    world.milked("B")
    world.tested(MILK + "A", "melamine")
    world.made(LOT, MILK + "A", MILK + "B")
    raw = world.check().step("raw test")
    assert raw.status == "inputs"
    assert raw.unconsumed == (MILK + "B",)


def test_a_lot_that_was_used_around_a_step_that_makes_lots(world):
    """Milk that goes into the blend without having been dried."""
    steps = [
        STEPS[0],
        layout_step("drying", "processing", step="drying", roles=["processor"], inputs_from=["milking"]),
        layout_step(
            "blending",
            "processing",
            step="blending",
            roles=["processor"],
            inputs_from=["drying", "milking"],
        ),
    ]
    world.product()
    world.layout(steps)
    world.milked("A")
    world.milked("B")
    world.made(MILK + "DRY", MILK + "A")
    world.made(LOT, MILK + "DRY", MILK + "B", step="blending")
    assert world.check().met  # the blend may take milk too
    steps[2] = {**steps[2], "inputs_from": ["drying"]}
    world.layout(steps, version="2")
    result = world.check()
    assert result.step("blending").foreign == ((MILK + "B", result.step("blending").foreign[0].ref),)
    assert result.step("drying").unconsumed == (MILK + "B",)


def test_one_record_does_not_count_for_two_steps(world):
    test = layout_step("first", "inspection", roles=["inspector"])
    world.product()
    world.layout([test, {**test, "name": "second"}])
    world.tested(LOT, "lead")
    assert statuses(world.check()) == {"first": "met", "second": "missing"}
    world.tested(LOT, "lead", report="again")
    result = world.check()
    assert result.met
    assert set(result.step("first").refs).isdisjoint(result.step("second").refs)


def test_a_step_leaves_records_to_later_steps_that_need_them(world):
    steps = [
        layout_step("any", "inspection", roles=["inspector"]),
        layout_step("that one", "inspection", parties=[uri("lab")]),
    ]
    world.product()
    world.layout(steps)
    world.tested(LOT, "lead", name="lab")
    world.tested(LOT, "lead", name="lab2")
    result = world.check()
    assert result.met
    assert [one.party.uri for one in result.step("any").done_by] == [uri("lab2")]


def test_records_beyond_what_is_needed_stand_with_their_step(world):
    good_story(world)
    ref = world.tested(MILK + "A", "melamine", report="again")
    result = world.check()
    assert ref in result.step("raw test").refs
    assert result.unforeseen == ()


def test_a_role_given_later_does_not_count(world):
    world.product()
    world.layout()
    world.party("lab", "merchant")
    world.tested(LOT, "lead", name="lab")
    world.roles("lab", "inspector")
    final = world.check().step("final test")
    assert final.status == "other"
    assert final.others[0].party.roles == ("merchant",)


def test_a_role_taken_later_does_not_undo_what_was_done(world):
    good_story(world)
    world.roles("lab", "merchant")
    assert world.check().met


def test_parties_and_roles_must_both_fit(world):
    world.product()
    world.layout([layout_step("test", "inspection", parties=[uri("lab")], roles=["carrier"])])
    world.tested(LOT, "lead")
    assert statuses(world.check()) == {"test": "other"}


def test_another_lots_papers_do_not_count(world):
    world.product()
    world.layout()
    world.milked("A")
    world.made(LOT, MILK + "A")
    world.made(PRODUCT + "/10/LOT-8", MILK + "A")
    world.tested(PRODUCT + "/10/LOT-8", "lead")
    world.tested(PRODUCT + "/10/LOT-8", "lead", name="lab2")
    world.tested(MILK + "A", "lead")
    world.tested(MILK + "A", "lead", name="lab2")
    assert world.check().step("final test").status == "missing"
    assert world.check(PRODUCT + "/10/LOT-8").step("final test").status == "met"


def test_parameters_without_a_result_are_named(world):
    world.product()
    world.layout([layout_step("test", "inspection", roles=["inspector"], parameters=["lead", "cadmium"])])
    world.tested(LOT, "lead", "fat")
    step = world.check().step("test")
    assert step.status == "parameters"
    assert [(one.lot, one.parameter) for one in step.parameters] == [(LOT, "cadmium")]
    world.tested(LOT, "cadmium", name="lab2")
    assert world.check().step("test").status == "parameters"  # each party must cover them all
    world.tested(LOT, "cadmium", report="R2")
    assert world.check().step("test").status == "met"


def test_a_report_on_other_parameters_is_no_such_test(world):
    world.product()
    world.layout([layout_step("test", "inspection", roles=["inspector"], parameters=["lead"])])
    ref = world.tested(LOT, "fat")
    result = world.check()
    assert result.step("test").status == "missing"
    assert [one.ref for one in result.unforeseen] == [ref]


def test_results_that_do_not_conform_do_not_meet_a_step(world):
    world.product()
    world.layout([layout_step("test", "inspection", roles=["inspector"], parameters=["lead"])])
    ref = world.tested(LOT, "lead", conforms=False)
    assert world.check().step("test").status == "failed"
    world.tested(LOT, "lead", conforms=True, name="lab2")  # asking another laboratory does not help
    step = world.check().step("test")
    assert step.status == "failed"
    assert step.failed == ((LOT, "lead", ref),)
    world.tested(MILK + "A", "lead", conforms=False)


def test_what_was_not_asked_for_may_fail(world):
    world.product()
    world.layout([layout_step("test", "inspection", roles=["inspector"], parameters=["lead"])])
    world.tested(LOT, "lead", conforms=True)
    world.tested(LOT, "colour", conforms=False, report="R2")
    assert world.check().met


def test_an_optional_step_may_be_left_out(world):
    world.product()
    world.layout([layout_step("test", "inspection", roles=["inspector"], optional=True)])
    world.milked("A")
    world.made(LOT, MILK + "A")
    assert statuses(world.check()) == {"test": "skipped"}
    assert world.check().met
    ref = world.tested(LOT, "lead", name="stranger")
    step = world.check().step("test")
    assert step.status == "skipped"
    assert [one.ref for one in step.others] == [ref]


def test_an_optional_step_that_was_begun_must_be_done_well(world):
    world.product()
    world.layout([layout_step("test", "inspection", roles=["inspector"], signatures=2, optional=True)])
    world.tested(LOT, "lead")
    assert statuses(world.check()) == {"test": "few"}


def test_what_no_step_foresees_is_listed(world):
    refs = good_story(world)
    ref = world.say("stranger", "observation", LOT, {"step": "repacking"})
    result = world.check()
    assert [(one.ref, one.kind, one.step, one.party.uri, one.lot) for one in result.unforeseen] == [
        (ref, "observation", "repacking", uri("stranger"), LOT)
    ]
    assert result.met
    assert refs["layout"] not in [one.ref for one in result.unforeseen]


def test_the_lot_itself_must_come_out_of_the_last_step(world):
    """Steps that were done with another lot, from which a stranger says to have made this one."""
    steps = [layout_step("drying", "processing", step="drying", roles=["processor"])]
    world.product()
    world.layout(steps)
    good = PRODUCT + "/10/GOOD"
    world.made(good, MILK + "A")
    world.made(LOT, good, name="stranger", step="repacking")
    assert not world.check().met
    assert world.check(good).met
    pressing = layout_step("drying", "processing", step="drying", roles=["processor"])
    packing = layout_step("packing", "processing", step="packing", roles=["processor"])
    world.layout([pressing, packing], version="2")
    world.made(PRODUCT + "/10/P", MILK + "A", step="packing")
    world.made(PRODUCT + "/10/Q", PRODUCT + "/10/P")
    result = world.check(PRODUCT + "/10/Q")
    assert statuses(result) == {"drying": "met", "packing": "met"}
    assert codes(result) == ["layout.not_from"]
    assert not result.met


def test_an_item_went_the_way_of_its_lot(world):
    good_story(world)
    item = LOT + "/21/S1"
    world.say("stranger", "observation", item, {"step": "sold"})
    result = world.check(item)
    assert result.met
    assert [one.step for one in result.unforeseen] == ["sold"]


def test_an_item_of_a_lot_may_stand_for_it_as_an_input(world):
    world.product()
    world.layout([STEPS[0], STEPS[2]])
    world.milked("A")
    world.made(LOT, MILK + "A/21/CAN-1")
    assert world.check().met


def test_a_trace_that_was_cut_is_never_met(world):
    good_story(world)
    found = trace(world.ledger, LOT, max_nodes=2)
    assert found.cut
    assert not found.layout.met
    assert "layout.trace_cut" in codes(found.layout)


def test_names_of_steps_and_directions_are_compared_as_they_are(world):
    world.product()
    world.layout([layout_step("delivery", "shipping", direction="dispatched", roles=["carrier"])])
    world.shipped(LOT, direction="received")
    assert statuses(world.check()) == {"delivery": "missing"}
    world.shipped(LOT)
    assert statuses(world.check()) == {"delivery": "met"}
