"""Known answers: what people type, and what spreadsheets make of it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

LOT_7 = "https://id.gs1.org/01/09506000134352/10/LOT-7"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("0.012", {"value": "0.012", "unit": "mg/kg"}),
        ("０．０１２", {"value": "0.012", "unit": "mg/kg"}),
        (" 0.012 ", {"value": "0.012", "unit": "mg/kg"}),
        ("'0.012", {"value": "'0.012"}),  # only whole digits are an apostrophe's text
        ("0.012 mg/kg", {"value": "0.012", "unit": "mg/kg"}),
        ("0.012㎎/㎏", {"value": "0.012", "unit": "mg/kg"}),
        ("未检出", {"not_detected": True, "unit": "mg/kg"}),
        ("ND", {"not_detected": True, "unit": "mg/kg"}),
        ("n.d.", {"not_detected": True, "unit": "mg/kg"}),
        ("Not detected", {"not_detected": True, "unit": "mg/kg"}),
        ("<0.005", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
        ("＜0.005", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
        ("< 0.005 mg/kg", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
        ("未检出(<0.005)", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
        ("未检出（＜0.005）", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
        ("未检出（LOQ 0.005）", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
        ("未检出（定量限：0.005mg/kg）", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
        ("ND (LOQ=0.005 mg/kg)", {"not_detected": True, "loq": "0.005", "unit": "mg/kg"}),
    ],
)
def test_results_are_read(cell, text, result):
    plain, problems = cell("value", text)
    if text.startswith("'"):
        assert [p.code for p in problems] == ["csv.result"]
        return
    assert not problems
    assert plain[0]["data"]["results"] == [{"parameter": "lead", **result}]


def test_a_unit_in_the_value_fills_an_empty_unit_cell(read):
    rows, problems = read("lot,occurred_at,report,parameter,value,unit\nA,2026-10-05,R,lead,12 %,\n")
    assert not problems
    assert rows[0].plain["data"]["results"] == [{"parameter": "lead", "value": "12", "unit": "%"}]


RUINED = [
    ("value", "≤0.02", "csv.bound"),
    ("value", ">0.02", "csv.bound"),
    ("value", "<=0.02", "csv.bound"),
    ("value", "未检出（检出限 0.002）", "csv.lod"),
    ("value", "0.012±0.002", "csv.uncertainty_in_value"),
    ("value", "0.012 g/kg", "csv.result_conflict"),
    ("value", "阴性", "csv.result"),
    ("value", "1,000", "csv.thousands"),
    ("value", "1，000", "csv.thousands"),
    ("value", "1 000.5", "csv.thousands"),
    ("value", "1.234,5", "csv.decimal_comma"),
    ("value", "0,012", "csv.decimal_comma"),
    ("value", "1.2E-02", "csv.scientific"),
    ("value", "-0", "csv.result"),
    ("value", "1e3", "csv.result"),
    ("value", "1E3 mg/kg", "csv.result"),
    ("value", "007", "csv.result"),
    ("value", ".5", "csv.result"),
    ("value", "=A1*2", "csv.formula"),
    ("value", "＝A1*2", "csv.formula"),
    ("value", "#REF!", "csv.error_value"),
    ("value", "#N/A", "csv.error_value"),
    ("value", "#VALUE!", "csv.error_value"),
    ("value", "#####", "csv.hashes"),
    ("lab", "=HYPERLINK(1)", "csv.formula"),
    ("lab", "a\x07b", "csv.control"),
    ("loq", "1,000", "csv.thousands"),
    ("loq", "0.005 mg/kg", "csv.decimal"),
    ("gtin", "6.90123E+12", "csv.gtin_scientific"),
    ("gtin", "9506000134352.0", "csv.trailing_zero"),
    ("gtin", "9506000134353", "csv.check_digit"),
    ("gtin", "1234567", "csv.gtin_zeros"),
    ("gtin", "123456789", "csv.gtin_zeros"),
    ("gtin", "123456789012345", "csv.gtin"),
    ("gtin", "950600013435X", "csv.gtin"),
    ("lot", "Oct-05", "csv.lot_date"),
    ("lot", "5-Oct", "csv.lot_date"),
    ("lot", "5-Oct-26", "csv.lot_date"),
    ("lot", "10月5日", "csv.lot_date"),
    ("lot", "2026年10月5日", "csv.lot_date"),
    ("lot", "2026/10/5", "csv.lot_date"),
    ("lot", "2026/10/5 0:00:00", "csv.lot_date"),
    ("lot", "2026-10-05 00:00:00", "csv.lot_date"),
    ("lot", "TRUE", "csv.lot_boolean"),
    ("lot", "false", "csv.lot_boolean"),
    ("lot", "1.00E+05", "csv.lot_scientific"),
    ("lot", "12345.0", "csv.trailing_zero"),
    ("lot", "1,000", "csv.thousands"),
    ("lot", "", "csv.lot_missing"),
    ("report", "2.0261E+11", "csv.scientific"),
    ("conforms", "maybe", "csv.boolean"),
    ("occurred_at", "05/10/2026", "csv.time_ambiguous"),
    ("occurred_at", "10/5/26", "csv.time_ambiguous"),
    ("occurred_at", "13/10/2026", "csv.time_ambiguous"),
    ("occurred_at", "2026-02-30", "csv.time_impossible"),
    ("occurred_at", "2026/10/5 25:00", "csv.time_impossible"),
    ("occurred_at", "45935", "csv.time_serial"),
    ("occurred_at", "45935.333", "csv.time_serial"),
    ("occurred_at", "yesterday", "csv.time"),
    ("occurred_at", "2026/10/5 8:00 PM", "csv.time"),
    ("occurred_at", "2026-10/05", "csv.time"),
    ("occurred_at", "", "csv.occurred_at_missing"),
    ("tested_on", "45935", "csv.time_serial"),
    ("seal", "colour", "csv.seal_unknown"),
]


@pytest.mark.parametrize(("column", "text", "code"), RUINED)
def test_what_is_ruined_is_named_with_its_place(cell, column, text, code):
    plain, problems = cell(column, text)
    assert not plain
    assert [problem.code for problem in problems] == [code]
    assert problems[0].text("en").startswith(f"sheet.csv, row 2, column {column}: ")
    assert problems[0].text("zh").startswith(f"sheet.csv，第 2 行，“{column}”列：")
    assert "?" not in problems[0].text("en").replace("?)", "")  # no gap where a fact is missing
    if text:
        assert str(problems[0].facts["seen"]) in problems[0].text("zh")


@pytest.mark.parametrize(
    ("code", "text", "advice"),
    [
        ("occurred_at", "13/10/2026", "2026-10-13"),
        ("occurred_at", "05/10/2026", "2026-10-05 / 2026-05-10"),
        ("occurred_at", "45935.333", "2025-10-05"),
        ("value", "1,000", "1000"),
        ("value", "1.234,5", "1234.5"),
        ("gtin", "9506000134353", "2"),
        ("gtin", "414100006", "000414100006"),
        ("lot", "12345.0", "12345"),
    ],
)
def test_problems_say_what_to_write(cell, code, text, advice):
    _, problems = cell(code, text)
    assert advice in str(problems[0].facts["expected"])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026/10/5 8:00", "2026-10-05T08:00:00+08:00"),
        ("2026-10-05", "2026-10-05T00:00:00+08:00"),
        ("2026/10/5", "2026-10-05T00:00:00+08:00"),
        ("2026.10.5", "2026-10-05T00:00:00+08:00"),
        ("20261005", "2026-10-05T00:00:00+08:00"),
        ("2026-10-05 08:00:07", "2026-10-05T08:00:07+08:00"),
        ("2026年10月5日 8时30分", "2026-10-05T08:30:00+08:00"),
        ("2026年10月5日8时", "2026-10-05T08:00:00+08:00"),
        ("2026年10月5日", "2026-10-05T00:00:00+08:00"),
        ("２０２６／１０／５　８：００", "2026-10-05T08:00:00+08:00"),
        ("2026-10-05T08:00:00+02:00", "2026-10-05T08:00:00+02:00"),
        ("2026-10-05T08:00:00.250Z", "2026-10-05T08:00:00.250Z"),
    ],
)
def test_times_are_read_in_one_way(cell, text, at):
    plain, problems = cell("occurred_at", text)
    assert not problems
    assert plain[0]["occurred_at"] == at


def test_a_time_without_offset_needs_a_zone(cell):
    assert [p.code for p in cell("occurred_at", "2026-10-05 08:00", zone=None)[1]] == ["csv.no_zone"]
    assert not cell("occurred_at", "2026-10-05T08:00:00Z", zone=None)[1]


def test_times_that_the_clock_skips_or_repeats_are_refused(cell):
    berlin = ZoneInfo("Europe/Berlin")
    _, skipped = cell("occurred_at", "2026-03-29 02:30", zone=berlin)
    _, twice = cell("occurred_at", "2026-10-25 02:30", zone=berlin)
    assert [p.code for p in skipped] == ["csv.time_skipped"]
    assert [p.code for p in twice] == ["csv.time_twice"]
    assert twice[0].facts["expected"] == "2026-10-25T02:30:00+02:00 / 2026-10-25T02:30:00+01:00"
    assert (
        cell("occurred_at", "2026-10-25 12:30", zone=berlin)[0][0]["occurred_at"]
        == "2026-10-25T12:30:00+01:00"
    )
    assert (
        cell("occurred_at", "2026-03-29 01:59", zone=berlin)[0][0]["occurred_at"]
        == "2026-03-29T01:59:00+01:00"
    )


def test_a_spreadsheets_midnight_is_a_date(cell):
    plain, _ = cell("tested_on", "2026/10/5 0:00:00")
    assert plain[0]["data"]["tested_on"] == "2026-10-05"


@pytest.mark.parametrize(
    ("gtin", "lot", "subject"),
    [
        ("9506000134352", "LOT-7", LOT_7),
        ("'9506000134352", "LOT-7", LOT_7),
        ("9506000134352", " LOT-7　", LOT_7),
        ("９５０６０００１３４３５２", "ＬＯＴ－７", LOT_7),
        ("09506000134352", "LOT-7", LOT_7),
        ("9 506000 134352", "LOT-7", LOT_7),
        ("614141000036", "A", "https://id.gs1.org/01/00614141000036/10/A"),
        ("12345670", "A", "https://id.gs1.org/01/00000012345670/10/A"),
        ("9506000134352", "'0123", "https://id.gs1.org/01/09506000134352/10/0123"),
        ("9506000134352", "A/B", "https://id.gs1.org/01/09506000134352/10/A%2FB"),
        ("9506000134352", "2026-10-05", "https://id.gs1.org/01/09506000134352/10/2026-10-05"),
        ("", "七号", "https://shop.example/lot/%E4%B8%83%E5%8F%B7"),
        ("9506000134352", "七号", "https://shop.example/lot/09506000134352/%E4%B8%83%E5%8F%B7"),
        ("", "https://id.gs1.org/01/09506000134352/10/LOT-7", LOT_7),
    ],
)
def test_gtin_and_lot_become_a_uri(read, gtin, lot, subject):
    # Twice, since the second row finds the product's URI remembered.
    row = f"{gtin},{lot},2026-10-05,"
    rows, problems = read(f"GTIN,批号,occurred at,report,parameter,value\n{row}R-1,lead,1\n{row}R-2,lead,1\n")
    assert not problems
    assert [r.plain["subject"] for r in rows] == [subject, subject]


def test_a_lot_without_a_gtin_needs_a_party(cell):
    assert [p.code for p in cell("gtin", "", party=None)[1]] == ["csv.no_party"]


def test_texts_keep_their_own_form(cell):
    plain, _ = cell("lab", "Ｌａｂ　Cafe\u0301")
    assert plain[0]["data"]["lab"] == "Ｌａｂ　Café"


def test_columns_are_sealed_by_their_name(cell):
    plain, problems = cell("seal", "value; report")
    assert not problems
    assert plain[0]["seal"] == ["/results/0/value", "/report"]


def test_lists_in_a_cell(cell):
    assert cell("evidence", "a.pdf；b.pdf")[0][0]["evidence"] == ["a.pdf", "b.pdf"]
    assert cell("also", "urn:a:1 urn:b:2")[0][0]["also"] == ["urn:a:1", "urn:b:2"]


@pytest.mark.parametrize("year", ["0026", "1899", "2200", "3026", "9999"])
@pytest.mark.parametrize("column", ["occurred_at", "tested_on"])
def test_a_year_that_is_a_slip_is_refused(cell, column, year):
    rows, problems = cell(column, f"{year}-10-05")
    assert not rows
    assert [(problem.code, problem.place.column) for problem in problems] == [("csv.time_year", column)]
    assert not cell(column, "2199/12/31 23:00")[1]
