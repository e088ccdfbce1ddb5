"""Several rows, one record."""

from __future__ import annotations

import pytest

from trustledger.interchange.csv import grouping

HEADER = "gtin,lot,occurred_at,report,parameter,value,lab\n"


def row(report, parameter, lab="Lab", lot="A"):
    return f"9506000134352,{lot},2026-10-05,{report},{parameter},0.1,{lab}\n"


def test_rows_of_one_report_become_one_record_wherever_they_stand(read):
    rows, problems = read(
        HEADER + row("R-1", "lead") + row("R-2", "lead") + row("R-1", "cadmium", lab="") + row("R-1", "zinc")
    )
    assert not problems
    assert [r.plain["data"]["report"] for r in rows] == ["R-1", "R-2"]
    assert [x["parameter"] for x in rows[0].plain["data"]["results"]] == ["lead", "cadmium", "zinc"]
    assert rows[0].rows == (2, 4, 5)
    assert rows[0].locate("data.results.1.value") == ("sheet.csv", 4, "value")
    assert rows[0].locate("/results/2/value") == ("sheet.csv", 5, "value")
    assert rows[0].locate("data.lab") == ("sheet.csv", 2, "lab")
    assert rows[0].locate("subject").column == "lot"


def test_the_same_report_about_another_lot_is_another_record(read):
    rows, _ = read(HEADER + row("R-1", "lead") + row("R-1", "lead", lot="B"))
    assert len(rows) == 2


def test_rows_that_disagree_name_both_rows_and_withhold_the_record(read):
    rows, problems = read(HEADER + row("R-1", "lead") + row("R-1", "zinc", lab="Other") + row("R-2", "lead"))
    assert [r.plain["data"]["report"] for r in rows] == ["R-2"]
    assert [(p.code, p.facts["row"], p.facts["column"], p.facts["first"]) for p in problems] == [
        ("csv.rows_disagree", 3, "lab", 2)
    ]
    assert "row 2" in problems[0].text()


def test_a_bad_result_withholds_its_whole_report(read):
    rows, problems = read(HEADER + row("R-1", "lead") + row("R-1", "zinc").replace("0.1", "1e3"))
    assert not rows
    assert [p.code for p in problems] == ["csv.result"]


@pytest.mark.parametrize("between", [3, 30])
def test_a_report_that_comes_back_after_its_window_is_refused(read, monkeypatch, between):
    monkeypatch.setattr(grouping.Window.__init__, "__defaults__", (4,))
    monkeypatch.setattr(grouping, "_BATCH", 4)
    others = "".join(row(f"X-{i}", "lead") for i in range(between))
    rows, problems = read(HEADER + row("R-1", "lead") + others + row("R-1", "zinc"))
    if between == 3:
        assert not problems
        assert rows[0].rows == (2, 6)
    else:
        assert len(rows) == 31
        assert [(p.code, p.facts["row"], p.facts["first"]) for p in problems] == [("csv.came_back", 33, 2)]


def test_every_closed_report_is_remembered(read, monkeypatch):
    monkeypatch.setattr(grouping.Window.__init__, "__defaults__", (4,))
    monkeypatch.setattr(grouping, "_BATCH", 4)
    reports = [row(f"R-{i}", "lead") for i in range(41)]
    _, problems = read(HEADER + "".join(reports + reports[:37]))
    assert [p.facts["first"] for p in problems] == list(range(2, 39))


def test_a_run_gathers_inputs_and_outputs(read):
    rows, problems = read(
        "step,run,occurred_at,input_lot,input_quantity,input_unit,output_lot,output_quantity,output_unit\n"
        "milling,1,2026-10-05,A,5,kg,X,7,kg\n"
        "milling,1,,B,3,kg,X,7,kg\n"
        "milling,1,,,,,Y,1,kg\n"
        "milling,2,2026-10-05,A,5,kg,,,\n"
        "milling,,2026-10-05,,,,Z,2,kg\n"
    )
    lot = "https://shop.example/lot/"
    assert [p.code for p in problems] == ["csv.subject_missing"]
    assert problems[0].facts["row"] == 5
    by_subject = {r.plain["subject"]: r for r in rows}
    data = by_subject[lot + "X"].plain["data"]
    assert [i["lot"] for i in data["inputs"]] == [lot + "A", lot + "B"]
    assert [o["lot"] for o in data["outputs"]] == [lot + "X", lot + "Y"]
    assert by_subject[lot + "X"].locate("data.outputs.1.quantity").row == 4
    assert by_subject[lot + "Z"].rows == (6,)


def test_a_document_gathers_lots_and_temperatures(read):
    rows, problems = read(
        "lot,occurred_at,direction,document,quantity,unit,temperature,temperature_unit\n"
        "A,2026-10-05,发货,D-1,5,kg,4.1,°C\n"
        "B,2026-10-05,发货,D-1,6,kg,4.2,℃\n"
        ",,发货,D-1,,,4.3,C\n"
        "C,2026-10-05,发货,D-2,7,kg,,\n"
        ",2026-10-05,发货,D-3,7,kg,,\n"
    )
    assert [(p.code, p.facts["row"], p.facts["column"]) for p in problems] == [("csv.lot_missing", 6, "lot")]
    data = rows[0].plain["data"]
    assert [x["quantity"] for x in data["lots"]] == ["5", "6"]
    assert [x["value"] for x in data["temperatures"]] == ["4.1", "4.2", "4.3"]
    assert rows[1].plain["data"] == {
        "direction": "dispatched",
        "document": "D-2",
        "quantity": "7",
        "unit": "kg",
    }


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("12.5", "CNY", 1250), ("12", "JPY", 12), ("0.120", "CNY", 12), ("1.234", "KWD", 1234)],
)
def test_money_becomes_minor_units(read, amount, currency, minor):
    rows, problems = read(
        f"lot,occurred_at,currency,price,component,amount\nA,2026-10-05,{currency},{amount},milk,{amount}\n"
    )
    assert not problems
    assert rows[0].plain["data"]["price"] == rows[0].plain["data"]["components"][0]["amount"] == minor


@pytest.mark.parametrize(
    ("amount", "currency", "code", "column"),
    [
        ("12.345", "CNY", "csv.money_digits", "price"),
        ("12.5", "JPY", "csv.money_digits", "price"),
        ("1", "RMB", "csv.currency", "currency"),
    ],
)
def test_money_that_is_not_exact(read, amount, currency, code, column):
    rows, problems = read(f"lot,occurred_at,currency,price\nA,2026-10-05,{currency},{amount}\n")
    assert not rows
    assert [(p.code, p.facts["column"]) for p in problems] == [(code, column)]


def test_a_correction_brings_the_corrected_content_in_its_own_columns(read):
    rows, problems = read(
        "entry,position,record,correction_reason,correction_note," + HEADER.strip() + ",seal\n"
        f"12,0,{'ab' * 32},数据有误,typo," + row("R-1", "lead").strip() + ",value\n"
        f"12,0,{'ab' * 32},数据有误,typo," + row("R-1", "zinc").strip() + ",\n"
    )
    assert not problems
    (made,) = rows
    assert made.plain["kind"] == "correction"
    assert made.plain["data"]["supersedes"] == {"entry": 12, "position": 0, "record": "ab" * 32}
    assert made.plain["data"]["reason"] == "incorrect_data"
    assert [x["parameter"] for x in made.plain["data"]["data"]["results"]] == ["lead", "zinc"]
    assert made.plain["seal"] == ["/data/results/0/value"]
    assert made.locate("data.data.lab").column == "lab"
    assert made.locate("data.supersedes.entry").column == "entry"


def test_sealed_items_follow_their_row(read):
    rows, problems = read(
        "lot,occurred_at,currency,price,component,amount,seal\n"
        "A,2026-10-05,CNY,9,milk,3,\n"
        "A,2026-10-05,CNY,9,box,2,金额; price\n"
    )
    assert [p.code for p in problems] == ["csv.seal_unknown"]  # the header of this sheet is "amount"
    rows, problems = read(
        "lot,occurred_at,currency,price,component,amount,seal\n"
        "A,2026-10-05,CNY,9,milk,3,\n"
        "A,2026-10-05,CNY,9,box,2,amount; price\n"
    )
    assert not problems
    assert rows[0].plain["seal"] == ["/components/1/amount", "/price"]


def test_the_seal_of_a_single_lot_follows_it_out_of_its_list(read):
    header = "lot,occurred_at,direction,document,quantity,unit,seal\n"
    rows, problems = read(header + "A,2026-10-05,in,D-1,5,kg,quantity\n")
    assert not problems
    assert rows[0].plain["seal"] == ["/quantity"]
    assert rows[0].locate("data.quantity").column == "quantity"
    assert rows[0].locate("subject").column == "lot"
    rows, _ = read(header + "A,2026-10-05,in,D-1,5,kg,\nB,2026-10-05,in,D-1,6,kg,quantity\n")
    assert rows[0].plain["seal"] == ["/lots/1/quantity"]


def test_an_interleaved_sheet_is_put_together_as_far_as_the_guide_says(read):
    from pathlib import Path

    assert f"{grouping.WINDOW:,} other records" in (Path(__file__).parents[2] / "docs" / "csv.md").read_text(
        "utf-8"
    )
    reports = [f"R-{number}" for number in range(grouping.WINDOW)]
    rows, problems = read(HEADER + "".join(row(report, p) for p in ("lead", "zinc") for report in reports))
    assert not problems
    assert len(rows) == len(reports)
    assert all(len(one.rows) == 2 for one in rows)
