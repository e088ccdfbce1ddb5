"""Corrections: which count, and that what they correct stays visible."""

import pytest
from views_world import CAKE, OIL, RAW

from trustledger.kinds import Kinds
from trustledger.ledger import sequencer
from trustledger.record import finish_draft, parse_record
from trustledger.views.changes import changes_of, money_of
from trustledger.views.provenance import trace
from trustledger.views.recall import recall_list


def correct(world, name, placed, *, subject=None, digest=None, ref=None, data=None, reason="incorrect_data"):
    entry, position = ref or (placed.entry, placed.position)
    said = {
        "supersedes": {"entry": entry, "position": position, "record": digest or placed.record.hash.hex()},
        "reason": reason,
    }
    if data is not None:
        said["data"] = data
    return world.say(name, "correction", subject or placed.record.subjects[0], said, day=8)


@pytest.fixture
def unchecked(world, monkeypatch):
    """A ledger that admits any correction, as one run by somebody else might."""
    monkeypatch.setattr(sequencer, "check_correction", lambda *_: None)
    return world


def test_a_correction_and_what_it_corrects_both_stay_visible(world):
    wrong = world.say("farm", "origin", RAW + "A", {"quantity": "100", "unit": "kg"})
    right = correct(world, "farm", wrong, data={"quantity": "10", "unit": "kg"})
    found = trace(world.ledger, RAW + "A")
    steps = {step.ref: step for step in found.nodes[0].steps}
    assert steps[wrong.ref].corrected_by == (right.ref,)
    assert steps[right.ref].corrects == wrong.ref
    assert steps[right.ref].about_kind == "origin"
    assert found.findings == ()


def test_a_correction_of_a_correction_is_followed_to_the_record(world):
    first = world.say("farm", "origin", RAW + "A", {"quantity": "100", "unit": "kg"})
    second = correct(world, "farm", first, data={"quantity": "10", "unit": "kg"})
    third = correct(world, "farm", second, data={"quantity": "11", "unit": "kg"})
    steps = {step.ref: step for step in trace(world.ledger, RAW + "A").nodes[0].steps}
    assert steps[first.ref].corrected_by == (second.ref, third.ref)
    assert steps[second.ref].corrected_by == (third.ref,)
    assert steps[third.ref].about_kind == "origin"


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("views.correction_party", {"name": "mill"}),
        ("views.correction_subject", {"subject": RAW + "C"}),
        ("views.correction_hash", {"digest": "00" * 32}),
        ("views.correction_missing", {"ref": (99, 0)}),
    ],
)
def test_a_correction_that_does_not_count_changes_nothing_and_is_a_finding(unchecked, code, change):
    world = unchecked
    placed = world.made("farm", RAW + "A", RAW + "B")
    said = {"step": "mixing", "inputs": [{"lot": OIL + "Z"}], "outputs": [{"lot": RAW + "A"}]}
    change = dict(change)
    false = correct(world, change.pop("name", "farm"), placed, data=said, **change)
    found = trace(world.ledger, RAW + "A")
    odd = trace(world.ledger, change.get("subject", RAW + "A"))
    assert (code, false.ref) in [(finding.code, finding.ref) for finding in odd.findings]
    step = next(step for step in found.nodes[0].steps if step.ref == placed.ref)
    assert step.corrected_by == ()
    assert OIL + "Z" not in [node.subject for node in found.nodes]
    assert not any(edge.superseded for edge in found.edges)


def test_a_correction_of_what_is_yet_to_be_said_corrects_nothing(unchecked):
    world = unchecked
    world.party("farm")
    row = {
        "kind": "origin",
        "subject": RAW + "A",
        "occurred_at": "2026-10-01T08:00:00Z",
        "data": {"country": "CN"},
    }
    raw, _ = finish_draft(Kinds.default().draft(row), "https://farm.example/p", bytes)
    later = (world.ledger.size + 1, 0)
    said = {
        "supersedes": {"entry": later[0], "position": 0, "record": parse_record(raw).hash.hex()},
        "reason": "did_not_occur",
    }
    world.say("farm", "correction", RAW + "A", said)
    placed = world.say("farm", "origin", RAW + "A", {"country": "CN"})
    assert (placed.entry, placed.position) == later
    found = trace(world.ledger, RAW + "A")
    assert "views.correction_missing" in [finding.code for finding in found.findings]
    assert all(step.corrected_by == () for step in found.nodes[0].steps)


def test_corrected_inputs_are_followed_beside_the_old_ones(world):
    wrong = world.made("mill", OIL + "M", RAW + "A")
    said = {
        "step": "mixing",
        "inputs": [{"lot": RAW + "B", "quantity": "3"}],
        "outputs": [{"lot": OIL + "M"}],
    }
    right = correct(world, "mill", wrong, data=said)
    found = trace(world.ledger, OIL + "M")
    assert {(edge.source, edge.ref, edge.superseded) for edge in found.edges} == {
        (RAW + "A", wrong.ref, True),
        (RAW + "B", right.ref, False),
    }
    forward = trace(world.ledger, RAW + "B", forward=True)
    assert [node.subject for node in forward.nodes] == [RAW + "B", OIL + "M"]


def test_from_a_lot_that_a_correction_took_out_the_old_edge_is_marked(world):
    wrong = world.made("mill", OIL + "M", RAW + "A")
    correct(world, "mill", wrong, data={"step": "mixing", "inputs": [], "outputs": [{"lot": OIL + "M"}]})
    (edge,) = trace(world.ledger, RAW + "A", forward=True).edges
    assert edge.superseded


def test_what_did_not_occur_leaves_no_edge_of_its_own(world):
    wrong = world.made("mill", OIL + "M", RAW + "A")
    correct(world, "mill", wrong, reason="did_not_occur")
    (edge,) = trace(world.ledger, OIL + "M").edges
    assert edge.superseded


def test_the_recall_list_says_what_the_correction_says(world):
    world.made("mill", CAKE + "F", RAW + "A")
    wrong = world.say(
        "shop", "shipping", CAKE + "F", {"direction": "dispatched", "to": "Ann", "document": "D1"}
    )
    right = correct(world, "shop", wrong, data={"direction": "dispatched", "to": "Bob", "document": "D1"})
    rows = [
        row for row in recall_list(trace(world.ledger, RAW + "A", forward=True)) if row.subject == CAKE + "F"
    ]
    assert [(row.destination, row.ref) for row in rows] == [("Bob", right.ref)]


def test_a_shipping_that_did_not_occur_is_not_on_the_list(world):
    world.made("mill", CAKE + "F", RAW + "A")
    wrong = world.say("shop", "shipping", CAKE + "F", {"direction": "dispatched", "to": "Ann"})
    correct(world, "shop", wrong, reason="did_not_occur")
    rows = recall_list(trace(world.ledger, CAKE + "F", forward=True))
    assert [row.step for row in rows] == ["mixing"]


def test_a_correction_about_another_of_the_records_lots_is_valid(world):
    wrong = world.made("mill", OIL + "M", RAW + "A")
    said = {
        "step": "mixing",
        "inputs": [{"lot": RAW + "A"}],
        "outputs": [{"lot": OIL + "M"}, {"lot": OIL + "N"}],
    }
    right = correct(world, "mill", wrong, subject=RAW + "A", data=said)
    found = trace(world.ledger, RAW + "A", forward=True)
    assert {(edge.target, edge.superseded) for edge in found.edges} == {
        (OIL + "M", True),
        (OIL + "M", False),
        (OIL + "N", False),
    }
    assert [one.code for one in found.findings] == ["plausibility.balance_unstated"]  # it states no amounts
    step = next(step for step in trace(world.ledger, OIL + "M").nodes[0].steps if step.ref == wrong.ref)
    assert (step.counts, step.decided_by) == (False, right.ref)


def shipped(world, name="shop", to="Ann"):
    sent = {"direction": "dispatched", "to": to, "document": "D1", "quantity": "12", "unit": "kg"}
    return world.say(name, "shipping", CAKE + "F", sent)


def steps_of(world, subject=CAKE + "F"):
    return {step.ref: step for step in trace(world.ledger, subject, forward=True).nodes[0].steps}


def test_taking_back_a_mistaken_correction_restores_what_was_written(world):
    world.made("mill", CAKE + "F", RAW + "A")
    sent = shipped(world)
    mistaken = correct(world, "shop", sent, reason="did_not_occur")
    assert [row.step for row in recall_list(trace(world.ledger, CAKE + "F", forward=True))] == ["mixing"]
    assert (steps_of(world)[sent.ref].counts, steps_of(world)[sent.ref].withdrawn) == (False, True)
    back = correct(world, "shop", mistaken, reason="did_not_occur")
    (row,) = recall_list(trace(world.ledger, CAKE + "F", forward=True))
    assert (row.step, row.destination, row.ref) == ("dispatched", "Ann", sent.ref)
    steps = steps_of(world)
    assert (steps[sent.ref].counts, steps[sent.ref].withdrawn, steps[sent.ref].decided_by) == (
        True,
        False,
        None,
    )
    assert steps[mistaken.ref].withdrawn
    assert not steps[back.ref].counts


def test_what_a_withdrawn_correction_said_is_not_followed(world):
    made = world.made("mill", OIL + "M", RAW + "A")
    said = {"step": "mixing", "inputs": [{"lot": RAW + "B"}], "outputs": [{"lot": OIL + "M"}]}
    mistaken = correct(world, "mill", made, data=said)
    correct(world, "mill", mistaken, reason="did_not_occur")
    edges = trace(world.ledger, OIL + "M").edges
    assert {(edge.source, edge.superseded) for edge in edges} == {(RAW + "A", False), (RAW + "B", True)}


def test_of_a_chain_of_corrections_the_last_counts(world):
    sent = shipped(world)
    data = {"direction": "dispatched", "to": "Bob", "document": "D1", "quantity": "12", "unit": "kg"}
    second = correct(world, "shop", sent, data=data)
    third = correct(world, "shop", second, data={**data, "to": "Eve"})
    steps = steps_of(world)
    assert [steps[one.ref].counts for one in (sent, second, third)] == [False, False, True]
    assert steps[sent.ref].decided_by == third.ref
    assert [(one.path, one.old, one.new) for one in steps[sent.ref].changes] == [("to", "Ann", "Eve")]
    assert [(one.path, one.old, one.new) for one in steps[third.ref].changes] == [("to", "Bob", "Eve")]
    assert [row.destination for row in recall_list(trace(world.ledger, CAKE + "F", forward=True))] == ["Eve"]


def test_that_it_is_wrong_without_what_is_right_takes_nothing_from_the_recall_list(world):
    sent = shipped(world)
    correct(world, "shop", sent)
    (row,) = recall_list(trace(world.ledger, CAKE + "F", forward=True))
    assert row.ref == sent.ref


def test_a_recall_that_did_not_occur_is_no_finding(world):
    placed = world.say("mill", "recall", CAKE + "F", {"reference": "R-1", "reason": "glass"})
    assert [one.code for one in trace(world.ledger, CAKE + "F", forward=True).findings] == ["views.recall"]
    correct(world, "mill", placed, reason="did_not_occur")
    assert trace(world.ledger, CAKE + "F", forward=True).findings == ()


def test_changes_are_told_field_by_field_money_in_its_major_unit_and_secrets_not():
    old = {"currency": "CNY", "price": 12800, "components": [{"component": "milk", "amount": 10000}]}
    new = {"currency": "CNY", "components": [{"component": "milk", "amount": 9000}, {"component": "tax"}]}
    assert [tuple(one) for one in changes_of(old, new, ["/data/price", "/note"])] == [
        ("price", "128.00", "", True),
        ("components.0.amount", "100.00", "90.00", False),
        ("components.1.component", "", "tax", False),
    ]


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        (12800, "CNY", "128.00"), (5, "CNY", "0.05"), (-5, "EUR", "-0.05"), (1500, "JPY", "1500"),
        (1, "KWD", "0.001"), (0, "CNY", "0.00"), (1, "XXX", ""), ("1", "CNY", ""), (True, "CNY", ""), (1, None, ""),
    ],
)  # fmt: skip
def test_money(amount, currency, text):
    assert money_of(amount, currency) == text
