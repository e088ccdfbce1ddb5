"""The recall list, and its CSV."""

import csv
import io

import pytest
from views_world import CAKE, OIL, RAW

from trustledger.views.provenance import trace
from trustledger.views.recall import RecallRow, recall_list, write_recall_csv


def test_every_handing_over_of_everything_made_from_the_lot(world):
    world.say("farm", "origin", RAW + "A", {"quantity": "100", "unit": "kg", "place": "Field 3"})
    world.made("mill", OIL + "M", RAW + "A", step="pressing")
    sent = {"direction": "dispatched", "to": "Shop 9", "document": "D-1", "quantity": "3", "unit": "kg"}
    placed = world.say("mill", "shipping", OIL + "M", sent, day=4)
    world.say("shop", "shipping", OIL + "M", {"direction": "received", "document": "E-1"}, day=5)
    rows = recall_list(trace(world.ledger, RAW + "A", forward=True))
    assert [(row.subject, row.made_from, row.step, row.destination) for row in rows] == [
        (RAW + "A", "", "origin", "https://farm.example/p"),
        (OIL + "M", RAW + "A", "dispatched", "Shop 9"),
        (OIL + "M", RAW + "A", "received", "https://shop.example/p"),
    ]
    assert rows[1] == RecallRow(
        OIL + "M", RAW + "A", "dispatched", "3", "kg", "Shop 9", "D-1", "2026-10-04T08:00:00Z", placed.ref,
        "https://mill.example/p",
    )  # fmt: skip


def test_the_quantity_is_the_lots_own_where_a_record_names_several(world):
    lots = [
        {"lot": OIL + "M", "quantity": "7", "unit": "kg"},
        {"lot": OIL + "N", "quantity": "8", "unit": "kg"},
    ]
    world.say("mill", "shipping", OIL + "M", {"direction": "dispatched", "lots": lots})
    (row,) = recall_list(trace(world.ledger, OIL + "N", forward=True))
    assert (row.quantity, row.unit) == ("8", "kg")


def test_a_lot_nobody_speaks_of_is_on_the_list(world):
    (row,) = recall_list(trace(world.ledger, CAKE + "Q", forward=True))
    assert row.subject == CAKE + "Q"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_no_cell_is_a_formula(start):
    row = RecallRow(*[f"{start}1+1"] * len(RecallRow._fields))
    out = io.StringIO(newline="")
    write_recall_csv([row], out)
    header, cells = list(csv.reader(io.StringIO(out.getvalue(), newline="")))
    assert header == list(RecallRow._fields)
    assert all(cell.startswith("'") for cell in cells)


def test_other_cells_are_written_as_they_are():
    row = RecallRow(
        CAKE + "F", "", "发货", "3.5", "kg", 'Ann, "Shop"', "D-1", "2026-10-04T08:00:00Z", "3/0", "urn:x"
    )
    out = io.StringIO(newline="")
    write_recall_csv([row], out)
    assert list(csv.reader(io.StringIO(out.getvalue(), newline="")))[1] == list(row)


def test_only_who_has_the_goods_is_named_as_having_them(world):
    world.party("lab", "inspector")
    report = {
        "category": "oil",
        "report": "R-1",
        "place": "Laboratory Street 1",
        "results": [{"parameter": "lead", "value": "1", "unit": "mg/kg"}],
    }
    world.say("lab", "inspection", OIL + "M", report)
    (row,) = recall_list(trace(world.ledger, OIL + "M", forward=True))
    assert (row.step, row.destination, row.party) == ("inspection", "", "https://lab.example/p")
    world.say("farm", "origin", OIL + "M", {"quantity": "100", "unit": "kg", "place": "Field 3"}, day=2)
    (row,) = recall_list(trace(world.ledger, OIL + "M", forward=True))
    assert (row.step, row.destination) == ("origin", "https://farm.example/p")
    world.say("mill", "shipping", OIL + "M", {"direction": "dispatched"}, day=3)
    (row,) = recall_list(trace(world.ledger, OIL + "M", forward=True))
    assert (row.step, row.destination) == ("dispatched", "")


def total(rows):
    return sum(int(row.quantity) for row in rows if row.quantity)


SENT = {"direction": "dispatched", "to": "Shop 9", "quantity": "25000", "unit": "kg"}


@pytest.mark.parametrize("more", [{}, {"event": "urn:uuid:1", "part": {"number": 1, "count": 2}}])
def test_what_several_parties_tell_of_one_event_is_counted_once(world, more):
    refs = [world.say(name, "shipping", OIL + "M", SENT | more).ref for name in ("mill", "farm", "shop")]
    (row,) = recall_list(trace(world.ledger, OIL + "M", forward=True))
    assert (row.quantity, row.ref) == ("25000", refs[0])
    assert row.also_told_by == f"https://farm.example/p ({refs[1]}); https://shop.example/p ({refs[2]})"


def test_what_they_tell_differently_stays_visible_and_marked(world):
    event = {"event": "urn:uuid:1"}
    first = world.say("mill", "shipping", OIL + "M", SENT | event)
    world.say("farm", "shipping", OIL + "M", SENT | event | {"to": "Shop 8"})
    world.say("shop", "shipping", OIL + "M", SENT | event | {"quantity": "24000"})
    rows = recall_list(trace(world.ledger, OIL + "M", forward=True))
    assert [(row.destination, row.quantity, row.same_event) for row in rows] == [
        ("Shop 9", "25000", ""),
        ("Shop 8", "", first.ref),
        ("Shop 9", "24000", first.ref),
    ]


@pytest.mark.parametrize(
    "other", [{"part": {"number": 2, "count": 2}}, {"event": "urn:uuid:2", "document": "D-2"}]
)
def test_two_events_are_two_rows(world, other):
    one = SENT | {"event": "urn:uuid:1", "part": {"number": 1, "count": 2}}
    world.say("mill", "shipping", OIL + "M", one)
    world.say("farm", "shipping", OIL + "M", one | other)
    rows = recall_list(trace(world.ledger, OIL + "M", forward=True))
    assert total(rows) == 50000
    assert all(not row.same_event and not row.also_told_by for row in rows)
