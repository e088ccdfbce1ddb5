"""Problems name the headers that a person sees, also of columns that the sheet does not have."""

from __future__ import annotations

import pytest

from trustledger.errors import InputError
from trustledger.interchange import Problem
from trustledger.kinds import Kinds

RECORD = "ab" * 32


@pytest.fixture
def told(read):
    """What kinds find wrong with the one record of a sheet, as `upload` places it."""

    def _told(content):
        (row,), problems = read(content)
        assert not problems
        with pytest.raises(InputError) as raised:
            Kinds.default().draft(row.plain)
        return [Problem.at(row.locate(fault.facts["at"]), fault) for fault in raised.value.problems]

    return _told


def columns(problems):
    return {problem.place.column for problem in problems}


@pytest.mark.parametrize(
    ("sheet", "missing"),
    [
        ("gtin,lot,occurred_at,report,parameter,value\n9506000134352,L,2026-10-05,R,lead,1\n", {"category", "unit"}),
        ("商品条码,批号,发生时间,报告编号,检测项目,检测结果\n9506000134352,L,2026-10-05,R,铅,1\n", {"食品类别", "单位"}),
        ("gtin,occurred_at,currency\n9506000134352,2026-10-05,CNY\n", {"price", "component"}),
        ("商品条码,发生时间,币种\n9506000134352,2026-10-05,CNY\n", {"售价", "成本项目"}),
        ("gtin,occurred_at,name_en\n9506000134352,2026-10-05,Milk\n", {"category", "market", "required"}),
        ("发生时间,工序,产出批号\n2026-10-05,干燥,L\n", {"投入批号"}),
    ],
)  # fmt: skip
def test_a_missing_field_names_the_header_it_should_have(told, sheet, missing):
    problems = told(sheet)
    assert columns(problems) == missing
    for problem in problems:
        assert "data." not in problem.text("en") + problem.text("zh")
        assert "Field required" not in str(problem.facts)


def test_a_place_in_a_list_is_that_of_its_row_and_column(told):
    problems = told(
        "gtin,lot,occurred_at,category,report,parameter,value,unit\n"
        "9506000134352,L,2026-10-05,milk,R,lead,1,mg/kg\n"
        "9506000134352,L,,,R,zinc,2,\n"
    )
    assert [problem.place[1:] for problem in problems] == [(3, "unit")]
    assert problems[0].text() == "sheet.csv, row 3, column unit: missing; this field is required."


def test_what_did_not_occur_is_said_of_a_lot_alone(read):
    header = "entry,position,record,correction_reason,"
    for sheet in (
        header + f"lot,occurred_at\n4,0,{RECORD},did_not_occur,RAW-3,2026-10-02\n",
        header + f"lot,occurred_at,place,quantity,unit\n4,0,{RECORD},did_not_occur,RAW-3,2026-10-02,,,\n",
        header + f"occurred_at,step,input_lot,output_lot\n4,0,{RECORD},did_not_occur,2026-10-02,,,RAW-3\n",
        header + f"lot,occurred_at,direction,document\n4,0,{RECORD},did_not_occur,RAW-3,2026-10-02,,\n",
    ):
        (row,), problems = read(sheet)
        assert not problems
        assert "data" not in row.plain["data"]
        assert Kinds.default().draft(row.plain).subjects == ("https://shop.example/lot/RAW-3",)


def test_content_of_what_did_not_occur_is_refused_at_its_column(read):
    rows, problems = read(
        "entry,position,record,correction_reason,occurred_at,step,input_lot,output_lot\n"
        f"4,0,{RECORD},did_not_occur,2026-10-02,,RAW-2,RAW-3\n"
    )
    assert not rows
    assert [(problem.code, problem.place.column) for problem in problems] == [
        ("csv.did_not_occur", "input_lot")
    ]


def test_a_row_tells_its_time_as_it_was_written(read):
    rows, _ = read("lot,occurred_at,step\nA,2026/10/5 8:00,storing\n")
    assert rows[0].written == "2026/10/5 8:00"
