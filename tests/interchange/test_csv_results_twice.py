"""A result that a report gives twice."""

from __future__ import annotations

import pytest

HEADER = "gtin,lot,occurred_at,category,report,parameter,value,unit,loq,basis,method,seal\n"


def sheet(*results):
    rows = ("9506000134352,L1,2026-10-05,milk,R-1," + result for result in results)
    return HEADER + "\n".join(rows) + "\n"


def test_the_same_row_twice_is_one_result(read):
    lead = "lead,1,mg/kg,,,,"
    rows, problems = read(sheet(lead, "zinc,3,mg/kg,,,,", lead, lead))
    assert not problems
    assert [item["parameter"] for item in rows[0].plain["data"]["results"]] == ["lead", "zinc"]
    assert rows[0].rows == (2, 3, 4, 5)
    assert rows[0].sources["results"] == (2, 3)


@pytest.mark.parametrize(
    ("again", "column", "seen", "expected"),
    [
        ("lead,2,mg/kg,0.1,,,", "value", "2", "1"),
        ("lead,ND,mg/kg,0.1,,,", "value", "ND", "1"),
        ("lead,1,µg/kg,0.1,,,", "unit", "µg/kg", "mg/kg"),
        ("lead,1,mg/kg,0.2,,,", "loq", "0.2", "0.1"),
    ],
)
def test_another_value_for_the_same_names_both_rows(read, again, column, seen, expected):
    rows, problems = read(sheet("lead,1,mg/kg,0.1,,,", "zinc,3,mg/kg,,,,", again))
    assert not rows
    (problem,) = problems
    assert problem.code == "csv.result_twice"
    assert (problem.place.row, problem.place.column, problem.facts["first"]) == (4, column, 2)
    assert (problem.facts["seen"], problem.facts["expected"]) == (seen, expected)
    assert "row 2" in problem.text()
    assert "第 2 行" in problem.text("zh")


def test_what_was_measured_in_two_ways_stands_twice(read):
    rows, problems = read(
        sheet(
            "fat,3.5,g/100g,,as sold,,",
            "fat,28,g/100g,,dry matter,,",
            "fat,3.6,g/100g,,as sold,GB 5009.6,",
            "energy,270,kJ/100g,,,,",
            "energy,65,kcal/100g,,,,",
        )
    )
    assert not problems
    assert len(rows[0].plain["data"]["results"]) == 5


def test_a_value_to_be_sealed_is_not_quoted(read):
    _, problems = read(sheet("lead,1.234,mg/kg,,,,value", "lead,5.678,mg/kg,,,,value"))
    assert [problem.code for problem in problems] == ["csv.result_twice"]
    assert "1.234" not in problems[0].text()
    assert "5.678" not in problems[0].text()


def test_a_result_said_again_may_be_sealed_where_it_stands(read):
    rows, problems = read(sheet("lead,1,mg/kg,,,,value", "zinc,3,mg/kg,,,,", "lead,1,mg/kg,,,,value"))
    assert not problems
    assert rows[0].plain["seal"] == ["/results/0/value"]
