"""Whose lot it is: the same lot has one name in the sheets of all parties."""

from __future__ import annotations

import pytest

FARM, PARTY = "https://farm.example", "https://shop.example"  # what the fixture's files are read as
LAB = "lot,lot_party,occurred_at,category,report,parameter,value,unit\n"
TEST = "2026-10-05,milk,R-1,lead,0.9,mg/kg\n"


@pytest.mark.parametrize("party", [FARM, FARM + "/"])
def test_a_laboratory_names_the_farms_lot(read, party):
    rows, problems = read(LAB + f"RAW-2,{party},{TEST}")
    assert not problems
    assert rows[0].plain["subject"] == f"{FARM}/lot/RAW-2"
    assert rows[0].own_lots == ()


def test_a_dairy_names_the_farms_lots_as_inputs(read):
    rows, problems = read(
        "发生时间,工序,生产批次,投入批号,投入批号所属方,产出批号,产出批号所属方\n"
        f"2026-10-05,喷雾干燥,RUN-1,RAW-2,{FARM},粉-7,https://dryer.example\n"
        f"2026-10-05,喷雾干燥,RUN-1,RAW-3,{FARM},,\n"
    )
    assert not problems
    data = rows[0].plain["data"]
    assert [item["lot"] for item in data["inputs"]] == [f"{FARM}/lot/RAW-2", f"{FARM}/lot/RAW-3"]
    assert rows[0].plain["subject"] == "https://dryer.example/lot/%E7%B2%89-7"
    assert rows[0].own_lots == ()


def test_lots_that_are_the_signers_by_default_are_told(read):
    rows, problems = read(
        "occurred_at,step,run,input_lot,input_lot_party,output_gtin,output_lot\n"
        "2026-10-05,drying,RUN-1,RAW-2,,9506000134352,批-7\n"
        f"2026-10-05,drying,RUN-1,RAW-3,{FARM},9506000134352,LOT-8\n"
        "2026-10-05,drying,RUN-1,RAW-2,,9506000134352,批-7\n"
    )
    assert not problems
    assert rows[0].own_lots == (
        (f"{PARTY}/lot/RAW-2", "RAW-2", None),
        (f"{PARTY}/lot/09506000134352/%E6%89%B9-7", "批-7", "09506000134352"),
    )


def test_a_lot_with_a_gs1_uri_is_nobodys_own(read):
    gtin = "gtin,lot,lot_party,occurred_at,step\n9506000134352,LOT-7,{},2026-10-05,storing\n"
    for party in ("", FARM):  # the same product's lot, whoever names it
        rows, problems = read(gtin.format(party))
        assert not problems
        assert rows[0].plain["subject"] == "https://id.gs1.org/01/09506000134352/10/LOT-7"
        assert rows[0].own_lots == ()


def test_a_whole_uri_stands_in_any_lot_column(read):
    rows, problems = read(
        "occurred_at,step,run,input_lot,output_lot\n"
        f"2026-10-05,drying,RUN-1,{FARM}/lot/RAW-2,https://id.gs1.org/01/09506000134352/10/LOT-7\n"
    )
    assert not problems
    assert rows[0].plain["data"]["inputs"] == [{"lot": f"{FARM}/lot/RAW-2"}]
    assert rows[0].own_lots == ()


@pytest.mark.parametrize(
    ("lot", "party", "code", "column"),
    [
        (f"{FARM}/lot/RAW-2", FARM, "csv.uri_and_gtin", "lot"),
        ("", FARM, "csv.lot_missing", "lot"),
        ("RAW-2", "Green Farm", "subject.uri", "lot_party"),
        ("RAW-2", "https://farm.example/?id=1", "gs1.party_query", "lot_party"),
        ("\u202eRAW", FARM, "gs1.own_lot", "lot"),
    ],
)
def test_a_party_that_says_nothing_is_refused_at_its_cell(read, lot, party, code, column):
    rows, problems = read(LAB + f"{lot},{party},{TEST}")
    assert not rows
    assert [(problem.code, problem.place.column) for problem in problems] == [(code, column)]
