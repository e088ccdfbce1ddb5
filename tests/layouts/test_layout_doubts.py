"""Stolen keys, one company under two names, tests before there was anything to test: none of them meets a step."""

import pytest
from layout_world import LOT, MILK, STEPS, T0, codes, good_story, statuses, uri

from trustledger import Ed25519Signer
from trustledger.authority.parties import Identity
from trustledger.keys import key_note
from trustledger.kinds.build import layout_step
from trustledger.views.provenance import to_plain, trace

TEST = layout_step("test", "inspection", roles=["inspector"], parameters=["lead"])
EASY = [layout_step("anything", "observation", roles=["merchant"], optional=True)]
SSCC = "https://id.gs1.org/00/008600099999850000"
USCC = [Identity("uscc", "91110000600037341L")]


def stolen(world, name, **since):
    """The only key of a party turns out to have been a thief's, for its whole life if nothing else is said."""
    world.ledger.authority.revoke_key(world.party(name).public, "compromised", signer=world.operator, **since)


def plain_step(world, name):
    steps = to_plain(trace(world.ledger, LOT))["layout"]["steps"]
    return next(one for one in steps if one["name"] == name)


def at(hour, minute=1):
    """A moment on the day on which everything else happened; no whole quarter of an hour, so no mere date."""
    return f"2026-10-01T{hour:02d}:{minute:02d}:00Z"


# --- stolen keys ----------------------------------------------------------------------------------------------------


def test_what_a_stolen_key_signed_meets_no_step(world):
    world.product()
    world.layout([TEST])
    ref = world.tested(LOT, "lead")
    assert world.check().met
    stolen(world, "lab")
    result = world.check()
    assert not result.met
    step = result.step("test")
    assert (step.status, step.done_by, step.others) == ("doubted", (), ())
    assert [(one.ref, one.party.uri) for one in step.doubted] == [(ref, uri("lab"))]
    assert plain_step(world, "test")["doubted"][0]["ref"] == ref
    assert result.unforeseen == ()
    world.tested(LOT, "lead", name="lab2")
    assert world.check().met


def test_what_a_stolen_key_signed_makes_nobody_independent(world):
    world.product()
    first = world.tested(LOT, "lead")
    second = world.tested(LOT, "lead", report="R2")
    assert (uri("lab"),) in trace(world.ledger, LOT).independence.independent
    placed = [world.ledger.record(*map(int, ref.split("/"))).sequenced_at for ref in (first, second)]
    stolen(world, "lab", since=placed[1])
    found = trace(world.ledger, LOT).independence
    assert (uri("lab"),) in found.independent  # the first signature stands
    assert found.doubted == ()
    stolen(world, "lab", since=placed[0])
    found = trace(world.ledger, LOT).independence
    assert (uri("lab"),) not in found.independent
    assert [use.party for use in found.doubted] == [uri("lab")]


def test_what_was_signed_before_the_theft_stands(world):
    world.product()
    world.layout([TEST])
    ref = world.tested(LOT, "lead")
    placed = world.ledger.record(*map(int, ref.split("/"))).sequenced_at
    stolen(world, "lab", since=placed + 1)
    assert world.check().met


def test_a_stolen_key_among_several_signers_takes_only_its_own_word_away(world):
    world.product()
    world.layout([{**TEST, "signatures": 2}])
    world.tested(LOT, "lead", cosigners=["lab2"])
    stolen(world, "lab2")
    step = world.check().step("test")
    assert (uri("lab"),) in trace(world.ledger, LOT).independence.independent
    assert step.status == "doubted"
    assert [one.party.uri for one in step.done_by] == [uri("lab")]
    assert [one.party.uri for one in step.doubted] == [uri("lab2")]
    world.layout([TEST], version="2")
    assert world.check().met


def test_who_is_honest_says_it_again_with_a_good_key(world):
    world.product()
    layout, ref = world.layout([TEST]), world.tested(LOT, "lead")
    stolen(world, "lab")
    good = Ed25519Signer.generate(uri("lab"))
    world.ledger.enrol(uri("lab"), operator=world.operator, key_note=key_note(good))
    world.signers["lab"] = good
    correction = world.correct("lab", ref, report("R-lab-"))
    result = world.check()
    assert result.met
    assert (result.layout.ref, result.step("test").refs) == (layout, (correction,))


def test_a_failure_stands_whoever_may_have_signed_it(world):
    """Else a maker's laboratory would call its key stolen and have the lot tested elsewhere."""
    world.product()
    world.layout([TEST])
    world.tested(LOT, "lead", conforms=False)
    stolen(world, "lab")
    world.tested(LOT, "lead", name="lab2")
    assert world.check().step("test").status == "failed"


def test_a_stolen_key_leads_no_further_back(world):
    good_story(world)
    stolen(world, "dairy")
    assert statuses(world.check()) == {
        "milking": "missing",
        "raw test": "missing",
        "drying": "doubted",
        "final test": "met",
        "delivery": "missing",
    }


def test_a_lot_that_only_a_stolen_key_saw_is_in_doubt(world):
    world.product()
    world.layout([STEPS[0], STEPS[1], STEPS[2]])
    world.milked("A")
    world.milked("B")
    world.tested(MILK + "A", "melamine")
    world.tested(MILK + "B", "melamine", name="lab2")
    world.made(LOT, MILK + "A", MILK + "B")
    stolen(world, "lab2")
    raw = world.check().step("raw test")
    assert (raw.status, raw.unconsumed) == ("doubted", (MILK + "B",))


def test_a_layout_under_a_stolen_key_gives_way_to_one_that_is_not(world):
    world.product()
    ref = world.layout([TEST])
    newer = world.layout(EASY, version="2")
    placed = world.ledger.record(*map(int, newer.split("/"))).sequenced_at
    assert world.check().met
    stolen(world, "brand", since=placed)
    result = world.check()
    assert result.layout.ref == ref
    assert [(one.code, one.ref) for one in result.findings] == [("layout.doubted", newer)]
    assert uri("brand") in result.findings[0].text("zh")


def test_a_thief_withdraws_and_corrects_no_layout(world):
    world.product()
    older = world.layout(EASY)
    ref = world.layout([TEST], version="2")
    correction = world.correct("brand", ref)
    assert world.check().layout.ref == older
    placed = world.ledger.record(*map(int, correction.split("/"))).sequenced_at
    stolen(world, "brand", since=placed)
    result = world.check()
    assert result.layout.ref == older
    assert codes(result) == ["layout.doubted"]


def test_a_brand_confirms_its_layout_with_a_good_key(world):
    world.product()
    ref = world.layout([TEST])
    stolen(world, "brand")
    assert world.check().layout is None
    good = Ed25519Signer.generate(uri("brand"))
    world.ledger.enrol(uri("brand"), operator=world.operator, key_note=key_note(good))
    world.signers["brand"] = good
    said_at = world.correct("brand", ref, {"version": "1", "steps": [TEST]})
    result = world.check()
    assert (result.layout.ref, result.layout.said_at, codes(result)) == (ref, said_at, [])


def test_a_stolen_brands_product_stays_its_own(world):
    """Else whoever described the product second would inherit it."""
    world.product()
    world.product("rival")
    world.layout(EASY, "rival")
    stolen(world, "brand")
    assert world.check().layout is None
    assert codes(world.check()) == ["layout.rival"]


# --- one company, two names -----------------------------------------------------------------------------------------


def test_one_company_under_two_names_signs_once(world):
    world.product()
    world.layout([{**TEST, "signatures": 2}])
    for name in ("lab", "lab2"):
        world.party(name)
        world.ledger.authority.enrol(uri(name), operator=world.operator, identities=USCC)
        world.tested(LOT, "lead", name=name)
    step = world.check().step("test")
    assert step.status == "few"
    assert step.short == ((LOT, 1, 2),)
    assert step.same == ((uri("lab"), uri("lab2")),)
    assert plain_step(world, "test")["counted_as_one"] == [[uri("lab"), uri("lab2")]]
    world.party("lab3", "inspector")
    world.tested(LOT, "lead", name="lab3")
    result = world.check()
    assert result.met
    assert len(result.step("test").refs) == 3
    assert result.step("test").same == ((uri("lab"), uri("lab2")),)


def test_what_one_company_signed_twice_goes_no_further(world):
    world.product()
    world.layout([STEPS[0], {**STEPS[1], "signatures": 2}, {**STEPS[2], "inputs_from": ["raw test"]}])
    world.milked("A")
    for name in ("lab", "lab2"):
        world.party(name)
        world.ledger.authority.enrol(uri(name), operator=world.operator, identities=USCC)
        world.tested(MILK + "A", "melamine", name=name)
    ref = world.made(LOT, MILK + "A")
    assert world.check().step("drying").foreign == ((MILK + "A", ref),)


@pytest.mark.parametrize("owners", [{"lab2": "lab"}, {"lab": "holding", "lab2": "holding"}])
def test_an_owner_and_what_it_owns_sign_once(world, owners):
    world.product()
    world.layout([{**TEST, "signatures": 2}])
    for name in ("lab", "lab2"):
        world.party(name)
        if name in owners:
            world.ledger.authority.enrol(uri(name), operator=world.operator, owner=uri(owners[name]))
        world.tested(LOT, "lead", name=name)
    assert world.check().step("test").status == "few"


def test_what_one_of_a_company_lacks_is_not_asked_of_it_twice(world):
    world.product()
    world.layout([{**TEST, "parameters": ["lead", "cadmium"], "signatures": 2}])
    for name in ("lab", "lab2"):
        world.party(name)
        world.ledger.authority.enrol(uri(name), operator=world.operator, identities=USCC)
    world.tested(LOT, "lead", "cadmium", name="lab")
    world.tested(LOT, "lead", name="lab2")
    world.party("lab3", "inspector")
    world.tested(LOT, "cadmium", name="lab3")
    step = world.check().step("test")
    assert step.status == "parameters"
    assert [one.parameter for one in step.parameters] == ["lead"]  # lab3's, and not lab2's cadmium


# --- before there was anything --------------------------------------------------------------------------------------


def test_a_test_dated_before_the_lot_was_made_is_none(world):
    world.product()
    world.layout([STEPS[0], STEPS[2], TEST])
    world.milked("A")
    drying = {"step": "drying", "inputs": [MILK + "A"], "outputs": [LOT], "run": "1"}
    early = world.say("lab", "inspection", LOT, report("R1"), at=at(9))
    made = world.say("dairy", "processing", LOT, drying, at=at(10))
    step = world.check().step("test")
    assert (step.status, step.done_by) == ("order", ())
    assert step.untimely == ((LOT, early, made),)
    assert plain_step(world, "test")["before_made"] == [{"lot": LOT, "ref": early, "made": made}]
    assert world.check().unforeseen == ()
    world.say("lab", "inspection", LOT, report("R2"), at=at(10))
    result = world.check()
    assert result.met  # at the same moment, and the other one does no harm
    assert result.step("test").untimely == ((LOT, early, made),)


def test_goods_are_not_used_before_they_are_made(world):
    world.product()
    world.layout([STEPS[0], STEPS[2]])
    milk = world.say("farm", "origin", MILK + "A", {"document": "M"}, at=at(9))
    drying = {"step": "drying", "inputs": [MILK + "A"], "outputs": [LOT], "run": "1"}
    made = world.say("dairy", "processing", LOT, drying, at=at(7))
    step = world.check().step("drying")
    assert (step.status, step.untimely) == ("order", ((MILK + "A", made, milk),))


def test_the_first_that_makes_a_lot_counts_and_strangers_make_none(world):
    world.product()
    world.layout([STEPS[0], STEPS[2], TEST])
    world.milked("A")
    first = {"step": "drying", "inputs": [MILK + "A"], "outputs": [LOT]}
    world.say("dairy", "processing", LOT, {**first, "run": "2"}, at=at(12))
    world.say("dairy", "processing", LOT, {**first, "run": "1"}, at=at(10))
    world.say("lab", "inspection", LOT, report("R1"), at=at(11))
    assert world.check().met
    world.say("stranger", "processing", LOT, {**first, "run": "3"}, at=at(23))
    assert world.check().met


def test_one_lot_tested_in_time_does_not_speak_for_another(world):
    world.product()
    world.layout([STEPS[0], STEPS[1], STEPS[2]])
    world.milked("A")
    later = world.say("farm", "origin", MILK + "B", {"document": "B"}, at=at(8, 20))
    world.tested(MILK + "A", "melamine")
    early = world.say("lab", "inspection", MILK + "B", report("R1", "melamine"), at=at(8, 10))
    drying = {"step": "drying", "inputs": [MILK + "A", MILK + "B"], "outputs": [LOT], "run": "1"}
    world.say("dairy", "processing", LOT, drying, at=at(9))
    raw = world.check().step("raw test")
    assert (raw.status, raw.unconsumed) == ("order", (MILK + "B",))
    assert raw.untimely == ((MILK + "B", early, later),)


def test_a_record_about_several_lots_counts_for_those_that_were_there(world):
    collection = layout_step("collection", "shipping", roles=["carrier"], inputs_from=["milking"])
    world.product()
    world.layout([STEPS[0], collection, STEPS[2]])
    world.milked("A")
    later = world.say("farm", "origin", MILK + "B", {"document": "B"}, at=at(8, 20))
    lots = [{"lot": MILK + "A"}, {"lot": MILK + "B"}]
    shipping = {"direction": "dispatched", "document": "D", "lots": lots}
    early = world.say("truck", "shipping", SSCC, shipping, at=at(8, 10))
    drying = {"step": "drying", "inputs": [MILK + "A", MILK + "B"], "outputs": [LOT], "run": "1"}
    world.say("dairy", "processing", LOT, drying, at=at(9))
    step = world.check().step("collection")
    assert (step.status, step.unconsumed) == ("order", (MILK + "B",))
    assert step.untimely == ((MILK + "B", early, later),)
    assert step.refs == (early,)


def test_a_day_without_a_time_is_no_time_before(world):
    """Sheets often hold dates alone, which are recorded as their midnight."""
    world.product()
    world.layout([{**STEPS[0], "name": "made"}, TEST])
    world.say("farm", "origin", LOT, {"document": "M"}, at="2026-09-20T10:01:00Z")
    world.say("lab", "inspection", LOT, report("R1"), at="2026-09-20T00:00:00Z")
    assert world.check().met
    ref = world.say("lab2", "inspection", LOT, report("R2"), at="2026-09-19T00:00:00Z")
    assert [one.ref for one in world.check().step("test").untimely] == [ref]


def test_what_the_ledger_placed_before_was_done_before_whatever_its_date_is(world):
    """A midnight may stand for a day, but not for one that had not begun."""
    hours = T0 // 3_600_000 + 3
    world.product()
    world.layout([{**STEPS[0], "name": "made"}, TEST])
    world.say("lab", "inspection", LOT, report("R1"), at="2026-09-21T00:00:00Z")
    world.say("farm", "origin", LOT, {"document": "M"}, at=hours * 3_600_000 + 1)
    assert world.check().step("test").status == "order"


def report(number, parameter="lead"):
    results = [{"parameter": parameter, "value": "0.01", "unit": "mg/kg"}]
    return {"category": "milk powder", "report": number, "results": results}
