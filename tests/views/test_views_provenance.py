"""Traces over small stories told in memory."""

import json

import pytest
from views_world import CAKE, OIL, RAW, World

from trustledger.errors import FormatError, VerificationError
from trustledger.kinds import Kinds, KindSpec
from trustledger.views.model import Trace
from trustledger.views.provenance import MAX_NODES, to_plain, trace

SSCC = "https://id.gs1.org/00/008600099999850000"


def subjects(found: Trace) -> list[str]:
    return [node.subject for node in found.nodes]


def codes(found: Trace) -> list[str]:
    return [finding.code for finding in found.findings]


def story(world):
    world.say("farm", "origin", RAW + "A", {"quantity": "100", "unit": "kg", "country": "CN"}, day=1)
    world.say("farm", "origin", RAW + "B", {"quantity": "70", "unit": "kg"}, day=1)
    world.made("mill", OIL + "M", RAW + "A", RAW + "B", step="pressing", day=2)
    world.made("mill", CAKE + "F", OIL + "M", step="baking", day=3)
    world.say(
        "shop", "shipping", CAKE + "F", {"direction": "dispatched", "to": "Shop 9", "document": "D-1"}, day=4
    )


def test_back_from_the_finished_lot_to_its_materials(world):
    story(world)
    found = trace(world.ledger, CAKE + "F")
    assert subjects(found) == [CAKE + "F", OIL + "M", RAW + "A", RAW + "B"]
    assert [node.depth for node in found.nodes] == [0, 1, 2, 2]
    assert [(edge.source, edge.target, edge.step, edge.quantity, edge.made) for edge in found.edges] == [
        (OIL + "M", CAKE + "F", "baking", "10", "5"),
        (RAW + "A", OIL + "M", "pressing", "10", "5"),
        (RAW + "B", OIL + "M", "pressing", "11", "5"),
    ]
    assert codes(found) == ["plausibility.used_twice"]  # 5 kg of oil were made, and 10 kg of it baked
    assert not found.cut


def test_back_from_a_lot_its_later_use_is_not_shown(world):
    story(world)
    found = trace(world.ledger, OIL + "M")
    assert [step.kind for step in found.nodes[0].steps] == ["processing"]
    assert found.nodes[0].steps[0].standing == "output"
    assert CAKE + "F" not in subjects(found)


def test_forward_from_a_raw_lot_to_where_it_went(world):
    story(world)
    found = trace(world.ledger, RAW + "B", forward=True)
    assert subjects(found) == [RAW + "B", OIL + "M", CAKE + "F"]
    cake = found.node(CAKE + "F")
    assert [(step.kind, step.standing) for step in cake.steps] == [
        ("processing", "output"),
        ("shipping", "about"),
    ]
    assert RAW + "A" not in subjects(found)


def test_the_reader_of_one_state_does_as_well_as_the_ledger(world):
    story(world)
    with world.ledger.reading() as reader:
        assert trace(reader, CAKE + "F") == trace(world.ledger, CAKE + "F")


def test_a_step_says_who_signed_with_the_name_and_roles_of_that_time(world):
    story(world)
    world.ledger.enrol("https://farm.example/p", operator=world.operator, roles=["merchant"], name="Renamed")
    step = trace(world.ledger, RAW + "A").nodes[0].steps[0]
    assert (step.signed_by.uri, step.signed_by.name, step.signed_by.roles) == (
        "https://farm.example/p",
        "Farm",
        ("producer",),
    )


def test_steps_stand_in_the_order_of_the_times_claimed(world):
    world.say("farm", "shipping", RAW + "A", {"direction": "dispatched"}, day=9)
    world.say("farm", "origin", RAW + "A", {}, day=3)
    assert [step.kind for step in trace(world.ledger, RAW + "A").nodes[0].steps] == ["origin", "shipping"]


def test_a_subject_nobody_spoke_of_is_one_empty_node(world):
    found = trace(world.ledger, RAW + "X")
    assert subjects(found) == [RAW + "X"]
    assert found.nodes[0].steps == ()
    assert codes(found) == ["views.unsaid"]
    assert RAW + "X" in found.findings[0].text("zh")


def test_not_a_subject_is_refused(world):
    with pytest.raises(FormatError):
        trace(world.ledger, "milk")


@pytest.mark.parametrize("forward", [False, True])
def test_cycles_end(world, forward):
    world.made("mill", SSCC, RAW + "A", step="packing", day=2)
    world.made("mill", RAW + "A", SSCC, step="unpacking", day=3)
    found = trace(world.ledger, RAW + "A", forward=forward)
    assert subjects(found) == [RAW + "A", SSCC]
    assert len(found.edges) == 2
    lines = [(visit.level, visit.node.subject, visit.again) for visit in found.walk()]
    assert lines == [(0, RAW + "A", False), (1, SSCC, False), (2, RAW + "A", True)]


@pytest.mark.parametrize("forward", [False, True])
def test_what_is_made_of_itself_is_a_finding_and_no_edge(world, forward):
    world.made("mill", RAW + "A", RAW + "A", RAW + "B")
    found = trace(world.ledger, RAW + "A", forward=forward)
    assert "views.made_of_itself" in codes(found)
    assert all(edge.source != edge.target for edge in found.edges)


def test_a_diamond_is_read_once_and_shown_once(world):
    world.made("mill", OIL + "L", RAW + "A")
    world.made("mill", OIL + "R", RAW + "A")
    world.made("mill", CAKE + "F", OIL + "L", OIL + "R")
    found = trace(world.ledger, CAKE + "F")
    assert subjects(found) == [CAKE + "F", OIL + "L", OIL + "R", RAW + "A"]
    assert [visit.again for visit in found.walk() if visit.node.subject == RAW + "A"] == [False, True]


def test_a_long_chain_needs_no_stack(world):
    drafts = [
        Kinds.default().draft(
            {
                "kind": "processing",
                "subject": f"{RAW}L{n + 1}",
                "occurred_at": n,
                "data": {"step": "mix", "inputs": [f"{RAW}L{n}"], "outputs": [f"{RAW}L{n + 1}"]},
            }
        )
        for n in range(1500)
    ]
    world.ledger.append(drafts, signer=world.party("mill"))
    found = trace(world.ledger, RAW + "L1500")
    assert len(found.nodes) == 1501
    assert sum(1 for _ in found.walk()) == 1501
    assert not found.cut


def test_the_limit_on_subjects_is_told(world):
    world.made("mill", CAKE + "F", *(f"{RAW}{n}" for n in range(20)))
    found = trace(world.ledger, CAKE + "F", max_nodes=5)
    assert len(found.nodes) == 5
    assert found.cut
    nodes = set(subjects(found))
    assert all({edge.source, edge.target} <= nodes for edge in found.edges)
    assert not trace(world.ledger, CAKE + "F", max_nodes=21).cut
    assert MAX_NODES == 10_000


def test_the_limit_on_records_is_told(world, monkeypatch):
    story(world)
    monkeypatch.setattr("trustledger.views.provenance.MAX_RECORDS", 2)
    found = trace(world.ledger, CAKE + "F")
    assert found.cut
    assert [node.expanded for node in found.nodes] == [True, False]


def test_an_item_belongs_to_the_lot_in_its_uri_and_comes_from_what_the_lot_comes_from(world):
    world.made("mill", CAKE + "F", RAW + "A")
    item = CAKE + "F/21/7"
    world.say("shop", "shipping", item, {"direction": "dispatched", "to": "Ann"}, day=5)
    back = trace(world.ledger, item)
    assert back.nodes[0].classes == (CAKE + "F", CAKE.removesuffix("/10/"))
    assert subjects(back) == [item, CAKE + "F", RAW + "A"]
    assert [step.ref for step in back.node(CAKE + "F").steps if step.kind == "shipping"] == []
    forward = trace(world.ledger, RAW + "A", forward=True)
    assert subjects(forward) == [RAW + "A", CAKE + "F", item]
    assert [edge.relation for edge in forward.edges] == ["made", "member"]


def test_an_item_nobody_spoke_of_comes_from_what_its_lot_comes_from(world):
    world.made("mill", CAKE + "F", RAW + "A")
    assert subjects(trace(world.ledger, CAKE + "F/21/8")) == [CAKE + "F/21/8", CAKE + "F", RAW + "A"]


def test_a_product_named_as_an_output_does_not_stand_for_all_its_lots(world):
    product = CAKE.removesuffix("/10/")
    world.made("mill", product, RAW + "A")
    world.made("mill", CAKE + "F", RAW + "B")
    assert subjects(trace(world.ledger, RAW + "A", forward=True)) == [RAW + "A", product]


def test_an_item_beside_which_its_lot_is_named_belongs_to_it(world):
    item = CAKE.replace("/10/", "/21/") + "S1"
    world.made("mill", CAKE + "F", RAW + "A")
    world.say("mill", "origin", item, {}, also=[CAKE + "F", OIL + "Z"])
    assert subjects(trace(world.ledger, item)) == [item, CAKE + "F", RAW + "A"]
    assert subjects(trace(world.ledger, CAKE + "F", forward=True)) == [CAKE + "F", item]


@pytest.mark.parametrize("forward", [False, True])
def test_from_a_product_to_its_lots(world, forward):
    product = CAKE.removesuffix("/10/")
    names = {"names": {"en": "Cake"}, "category": "cake", "market": "CN", "required": []}
    world.say("shop", "product", product, names)
    world.made("mill", CAKE + "F", RAW + "A")
    world.made("mill", CAKE + "G", RAW + "A")
    found = trace(world.ledger, product, forward=forward)
    assert {CAKE + "F", CAKE + "G"} <= set(subjects(found))
    assert (RAW + "A" in subjects(found)) is not forward
    assert [visit.node.subject for visit in found.walk() if visit.level == 1] == [CAKE + "F", CAKE + "G"]
    assert [step.kind for step in found.nodes[0].steps] == ["product"]


def test_what_is_said_of_the_product_as_a_whole_is_shown_beside(world):
    product = CAKE.removesuffix("/10/")
    world.made("mill", CAKE + "F", RAW + "A")
    world.say("shop", "recall", product, {"reference": "RC-1", "reason": "glass"})
    found = trace(world.ledger, CAKE + "F")
    assert [node.subject for node in found.products] == sorted([RAW.removesuffix("/10/"), product])
    assert [[step.kind for step in node.steps] for node in found.products] == [["recall"], []]
    assert codes(found) == ["views.recall", "views.unsaid"]


def test_a_lot_in_a_logistic_unit_goes_where_it_goes(world):
    world.say(
        "shop", "shipping", SSCC, {"direction": "received", "lots": [{"lot": RAW + "A", "quantity": "3"}]}
    )
    world.say("shop", "shipping", SSCC, {"direction": "dispatched", "to": "Port"}, day=9)
    found = trace(world.ledger, RAW + "A", forward=True)
    assert subjects(found) == [RAW + "A", SSCC]
    assert [(edge.relation, edge.quantity) for edge in found.edges] == [("carried", "3")]
    assert subjects(trace(world.ledger, SSCC)) == [SSCC, RAW + "A"]


def test_lots_listed_in_a_shipping_without_a_unit_are_not_inside_one_another(world):
    lots = [{"lot": RAW + "A"}, {"lot": RAW + "B"}]
    world.say("shop", "shipping", RAW + "A", {"direction": "dispatched", "lots": lots})
    assert trace(world.ledger, RAW + "B", forward=True).edges == ()


def test_a_recall_of_an_input_is_found(world):
    story(world)
    placed = world.say("farm", "recall", RAW + "B", {"reference": "RC-7", "reason": "aflatoxin"}, day=20)
    found = trace(world.ledger, CAKE + "F")
    (recall,) = [finding for finding in found.findings if finding.code == "views.recall"]
    assert (recall.subject, recall.ref) == (RAW + "B", placed.ref)
    assert "aflatoxin" in recall.text()
    assert "RC-7" in recall.text("zh")


def test_a_signer_without_a_usual_role_is_found(world):
    placed = world.say("shop", "origin", RAW + "A", {})
    (finding,) = trace(world.ledger, RAW + "A").findings
    assert (finding.code, finding.ref) == ("views.role", placed.ref)
    assert (finding.facts["seen"], finding.facts["party"]) == ("merchant", "https://shop.example/p")


def test_a_copy_of_a_report_is_transcribed_never_the_laboratorys(world):
    results = [{"parameter": "lead", "value": "0.012", "unit": "mg/kg"}]
    data = {
        "category": "milk",
        "report": "R-1",
        "results": results,
        "lab": "Lab One",
        "file_sha256": "ab" * 32,
    }
    world.say("shop", "report_copy", RAW + "A", data)
    found = trace(world.ledger, RAW + "A")
    (step,) = found.nodes[0].steps
    assert step.transcribed
    assert step.signed_by.uri == "https://shop.example/p"
    assert "views.report_copy" in codes(found)


def test_a_withheld_record_is_shown_as_withheld(world):
    story(world)
    placed = world.say("farm", "observation", RAW + "A", {"step": "weighing"}, day=2)
    world.ledger.withhold(placed.entry, placed.position)
    found = trace(world.ledger, RAW + "A")
    step = next(step for step in found.nodes[0].steps if step.ref == placed.ref)
    assert (step.state, step.kind, step.data, step.occurred_at) == ("withheld", "", {}, None)
    assert step.signed_by.name == "Farm"
    assert "views.withheld" in codes(found)


def test_sealed_values_are_pointers_only(world):
    placed = world.say("farm", "origin", RAW + "A", {"quantity": "5", "unit": "kg"}, seal=["/quantity"])
    found = trace(world.ledger, RAW + "A")
    assert found.nodes[0].steps[0].sealed == ("/quantity",)
    assert placed.ref == found.nodes[0].steps[0].ref
    assert "quantity" not in found.nodes[0].steps[0].data


def test_a_kind_that_is_not_registered_is_found():
    spec = KindSpec(name="acme.blend", title={"en": "blend", "zh": "调和"})
    model = Kinds.default().model("observation")
    kinds = Kinds.default().with_kind(spec, model)
    row = {"kind": "acme.blend", "subject": RAW + "A", "occurred_at": 1, "data": {"step": "x"}}
    world = World(kinds)
    world.ledger.append([kinds.draft(row)], signer=world.party("mill", "processor"))
    assert "views.unknown_kind" in codes(trace(world.ledger, RAW + "A", kinds=Kinds.default()))
    assert "views.unknown_kind" not in codes(trace(world.ledger, RAW + "A"))


def test_a_kind_of_ones_own_is_followed_by_what_it_says_of_its_lots():
    spec = KindSpec(
        name="acme.blend",
        title={"en": "b", "zh": "b"},
        inputs=("/inputs/*/lot",),
        outputs=("/outputs/*/lot",),
    )
    kinds = Kinds.default().with_kind(spec, Kinds.default().model("processing"))
    data = {"step": "x", "inputs": [RAW + "A"], "outputs": [OIL + "M"]}
    world = World(kinds)
    row = {"kind": "acme.blend", "subject": OIL + "M", "occurred_at": 1, "data": data}
    world.ledger.append([kinds.draft(row)], signer=world.party("mill", "processor"))
    assert subjects(trace(world.ledger, OIL + "M")) == [OIL + "M", RAW + "A"]


def test_a_tampered_record_is_an_error_not_a_finding(world):
    story(world)

    class Lying:
        def __init__(self, reader):
            self.reader = reader

        def chain(self, _subject):
            raise VerificationError("ledger.link")

        def __getattr__(self, name):
            if name == "reading":
                raise AttributeError(name)
            return getattr(self.reader, name)

    with world.ledger.reading() as reader, pytest.raises(VerificationError):
        trace(Lying(reader), CAKE + "F")


def test_plain_form_is_json_with_decimals_as_text(world):
    story(world)
    plain = json.loads(json.dumps(to_plain(trace(world.ledger, CAKE + "F"))))
    assert plain["direction"] == "back"
    assert plain["edges"][0]["quantity"] == "10"
    assert plain["nodes"][0]["steps"][0]["occurred_at"] == "2026-10-03T08:00:00Z"
    assert plain["nodes"][0]["steps"][0]["signed_by"] == {
        "uri": "https://mill.example/p",
        "name": "Mill",
        "roles": ["processor"],
    }
    text = json.dumps(plain)
    assert json.loads(text, parse_float=lambda number: pytest.fail(f"float {number}")) == plain


def test_a_summary_begins_with_what_tells_most(world):
    story(world)
    step = trace(world.ledger, CAKE + "F").nodes[0].steps[0]
    assert step.summary == (("step", "baking"), ("inputs", "1"), ("outputs", "1"))


def test_the_same_records_give_the_same_trace_whatever_their_order_of_discovery(world):
    story(world)
    first, second = trace(world.ledger, CAKE + "F"), trace(world.ledger, CAKE + "F")
    assert to_plain(first) == to_plain(second)


def test_a_product_without_a_record_of_its_own_shows_its_lots_and_is_not_called_unsaid(world):
    world.say("farm", "origin", RAW + "A", {"name": "seed"})
    product = RAW.removesuffix("/10/")
    found = trace(world.ledger, product)
    assert [node.subject for node in found.nodes] == [product, RAW + "A"]
    assert (found.nodes[0].steps, found.nodes[0].records) == ((), 1)
    assert found.findings == ()


def test_a_lot_that_others_only_name_is_known(world):
    world.made("mill", OIL + "M", RAW + "A")
    found = trace(world.ledger, RAW + "A")
    assert (found.nodes[0].steps, found.nodes[0].records) == ((), 1)
    assert trace(world.ledger, RAW + "Z").nodes[0].records == 0
