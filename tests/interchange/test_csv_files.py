"""Encodings, delimiters, headers, rows that do not fit, and how a file's memory stays flat."""

from __future__ import annotations

import tracemalloc

import pytest

from trustledger.interchange import ReadOptions, read_rows
from trustledger.interchange.csv import grouping
from trustledger.interchange.csv.decoding import MAX_LINE

HEADER = "商品条码,批号,发生时间,报告编号,检测项目,检测结果,单位,检测机构\n"
ROW = "9506000134352,LOT-7,2026-10-05,R-1,铅,0.012,mg/kg,青岛检测中心\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encodings_of_real_spreadsheets(read, codec):
    rows, problems = read(HEADER + ROW, codec=codec)
    assert not problems
    assert rows[0].plain["data"]["lab"] == "青岛检测中心"
    assert rows[0].plain["kind"] == "inspection"


def test_big_endian_utf16(read):
    rows, problems = read("\ufeff" + HEADER + ROW, codec="utf-16-be")
    assert not problems
    assert len(rows) == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters_and_line_endings(read, delimiter, ending):
    rows, problems = read((HEADER + ROW).replace(",", delimiter).replace("\n", ending))
    assert not problems
    assert len(rows) == 1


def one(problems, code):
    assert [problem.code for problem in problems] == [code], [p.text() for p in problems]
    return problems[0]


def test_what_is_no_known_encoding_is_refused_where_it_begins(read):
    _, problems = read((HEADER + ROW).encode() + b"\xff\xff\xff,\n")
    problem = one(problems, "csv.encoding")
    assert problem.facts["row"] == 3


def test_a_damaged_utf8_file_with_a_byte_order_mark_is_not_taken_for_chinese(read):
    _, problems = read(b"\xef\xbb\xbf" + HEADER.encode() + "9506000134352,号".encode("gb18030") + b"\n")
    one(problems, "csv.encoding")


def test_nul_bytes(read):
    assert one(read(HEADER + ROW + "a\0b\n")[1], "csv.nul").facts["row"] == 3


def test_a_line_without_end_is_refused_before_it_is_held(read):
    assert one(read(HEADER + ROW + "x" * (2 * MAX_LINE + 10))[1], "csv.long_line").facts["row"] == 3


def test_a_quote_that_is_never_closed(read):
    rows, problems = read(HEADER + ROW + ROW.replace("LOT-7", '"LOT-8') + ROW)
    assert one(problems, "csv.quote").facts["row"] == 3
    assert not rows or len(rows) == 1


def test_an_empty_file(read):
    one(read("")[1], "csv.empty")
    one(read("\n \n")[1], "csv.empty")


def test_a_missing_file_and_a_workbook(read, tmp_path):
    (problem,) = read_rows(tmp_path / "none.csv", ReadOptions())
    assert problem.code == "rows.unreadable"
    one(read(b"PK\x03\x04rest")[1], "rows.workbook")
    one(read(b"%PDF-1.7")[1], "rows.pdf")


def test_headers_do_not_mind_case_spaces_and_width(read):
    rows, problems = read(
        "ＧＴＩＮ,Lot Number*,OCCURRED_AT,Report-Number, parameter ,Result\n9506000134352,A,2026-10-05,R,lead,1\n"
    )
    assert not problems
    assert rows[0].plain["data"] == {"report": "R", "results": [{"parameter": "lead", "value": "1"}]}


def test_an_unknown_column_names_the_nearest(read):
    _, problems = read("gtin,lot,occurred_at,report,parametre,value\n")
    problem = one(problems, "csv.column_unknown")
    assert problem.facts["seen"] == "parametre"
    assert problem.facts["expected"] == "parameter"


def test_a_header_far_from_anything_and_a_header_without_end(read):
    one(read("gtin,lot,occurred_at,report,parameter,value,zzzzqq\n")[1], "csv.column_no_such")
    one(read("gtin," * 300 + "\n")[1], "csv.many_columns")


def test_two_columns_that_say_the_same(read):
    assert (
        one(read("gtin,lot,批号,occurred_at,report,parameter,value\n")[1], "csv.column_twice").facts["column"]
        == "批号"
    )


def test_kinds_are_told_by_the_header_or_asked_for(read):
    _, problems = read("gtin,name,occurred_at\n9506000134352,Milk,2026-10-05\n")
    assert one(problems, "csv.kind_ambiguous").facts["seen"] == "product, origin"
    rows, problems = read(
        "gtin,name,occurred_at\n9506000134352,奶粉,2026-10-05\n", kind="产品", language="zh"
    )
    assert not problems
    assert rows[0].plain["data"] == {"names": {"zh": "奶粉"}}
    one(read("gtin,lot,occurred_at\n", kind="shipping")[1], "csv.columns_missing")
    one(read("gtin,lot,occurred_at\n", kind="com.example.x")[1], "csv.kind")
    one(read("colour,taste\n")[1], "csv.header")
    one(read("occurred_at,report,lab\n")[1], "csv.columns_missing")
    one(read("occurred_at,report,lab,carrier\n")[1], "csv.kind_unclear")


def test_a_kind_column_lets_kinds_stand_together(read):
    rows, problems = read(
        "类型,gtin,批号,发生时间,报告编号,检测项目,检测结果,方向\n"
        "检验,9506000134352,A,2026-10-05,R,lead,1,\n"
        "运输,9506000134352,A,2026-10-05,,,,发货\n"
        "运输,9506000134352,A,2026-10-05,R,,,发货\n"
        "飞行,9506000134352,A,2026-10-05,,,,\n"
    )
    assert sorted(row.plain["kind"] for row in rows) == ["inspection", "shipping"]
    assert [(p.code, p.facts["row"]) for p in problems] == [("csv.column_of_other_kind", 4), ("csv.kind", 5)]


def test_rows_that_do_not_fit_the_header(read):
    rows, problems = read(
        HEADER + ROW + "a,b\n" + "," * 8 + "\n\n" + ROW.replace("R-1", "R-2") + ROW.strip() + ",extra\n"
    )
    assert [(p.code, p.facts["row"]) for p in problems] == [("csv.width", 3), ("csv.width", 7)]
    assert [row.place.row for row in rows] == [2, 6]


def test_a_cell_longer_than_a_spreadsheets(read):
    rows, problems = read(HEADER + ROW + ROW.replace("青岛检测中心", "x" * 32_768).replace("R-1", "R-2"))
    assert one(problems, "csv.long_cell").facts["row"] == 3
    assert len(rows) == 1


def test_all_bad_cells_of_all_rows_are_listed(read):
    _, problems = read(
        HEADER
        + ROW.replace("0.012", "1e3").replace("2026-10-05", "5/10/26")
        + ROW.replace("9506000134352", "1")
    )
    assert [(p.facts["row"], p.facts["column"]) for p in problems] == [
        (2, "发生时间"),
        (2, "检测结果"),
        (3, "商品条码"),
    ]


def test_a_line_break_inside_a_cell_does_not_move_the_row_numbers(read):
    rows, problems = read(
        HEADER + ROW.replace("青岛检测中心", '"青岛\n检测中心"') + ROW.replace("0.012", "x")
    )
    assert rows == [] or rows[0].plain["data"]["lab"] == "青岛\n检测中心"
    assert problems[0].facts["row"] == 3


def test_progress_reaches_the_size_of_the_file(read):
    seen = []
    content = HEADER + "".join(ROW.replace("R-1", f"R-{i}") for i in range(5000))
    read(content, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == len(content.encode())
    assert len(seen) > 2


def test_memory_does_not_grow_with_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(grouping.Window.__init__, "__defaults__", (2_048,))  # a tenth of the records
    path = tmp_path / "large.csv"
    with path.open("w") as file:
        file.write("lot,occurred_at,report,parameter,value\n")
        file.writelines(f"L{i},2026-10-05T08:00:00Z,R-{i},lead,0.{i:05d}1\n" for i in range(20_000))
    options = ReadOptions(party="https://shop.example/")
    tracemalloc.start()
    try:
        count = sum(1 for _ in read_rows(path, options))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 14_000_000


@pytest.mark.parametrize(
    ("word", "kind"),
    [("产地", "origin"), ("来源", "origin"), ("报告转录", "report_copy"), ("报告副本", "report_copy")],
)
def test_a_kind_is_called_by_its_title_and_by_what_it_was_called_before(word, kind):
    from trustledger.interchange.csv.header import kind_named

    assert kind_named(word) == kind


def test_every_kind_of_sheet_is_called_by_its_title():
    from trustledger.interchange.csv.columns import SHEETS
    from trustledger.interchange.csv.header import kind_named
    from trustledger.kinds import Kinds

    for kind in SHEETS:
        assert kind_named(Kinds.default().spec(kind).title["zh"]) == kind


@pytest.mark.parametrize("name", ["events.xml", "events", "events.json"])
def test_xml_is_told_by_what_it_is(read, name):
    rows, problems = read('<?xml version="1.0"?>\n<epcis:EPCISDocument/>\n', name=name)
    assert not rows
    assert [problem.code for problem in problems] == ["epcis.xml"]
