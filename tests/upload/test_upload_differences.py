"""A row that contradicts what stands: the cell it is about, readable values, and never a private one."""

import pytest

from trustledger.interchange.upload import check, upload
from trustledger.interchange.upload.differences import readable

SEAL = {"seal": ["/results/0/value"]}


@pytest.fixture
def look(shop, write):
    """The one problem of the second version of a file, after the first was appended."""

    def look(name, first, second):
        upload(shop.ledger, [write(name, first)], shop.options, signer=shop.signer)
        (problem,) = check(
            [write(name, second)], shop.options, party=shop.signer.party, ledger=shop.ledger
        ).problems
        assert "?" not in problem.text() + problem.text("zh")
        return problem

    return look


def said(problem):
    return problem.code, problem.place.column, problem.facts.get("seen"), problem.facts.get("expected")


def test_a_value_that_was_taken_out_of_a_sheet(look):
    head = "lot,occurred_at,name,place,quantity,unit\n"
    problem = look(
        "a.csv", head + "R1,2026/10/1,milk,Hulunbuir,500,kg\n", head + "R1,2026/10/1,milk,,500,kg\n"
    )
    assert said(problem) == ("upload.other_content", "place", "—", "Hulunbuir")


def test_a_column_that_was_taken_out_of_a_sheet_is_named_as_it_was(look):
    first = "批号,发生时间,品名,地点\nR1,2026/10/1,生乳,呼伦贝尔\n"
    problem = look("a.csv", first, "批号,发生时间,品名,国家\nR1,2026/10/1,生乳,\n")
    assert said(problem)[1:] == ("地点", "—", "呼伦贝尔")


def test_a_result_that_was_taken_out_is_shown_as_a_person_writes_it(look, sheet):
    head, one = sheet([1]).splitlines()
    two = one.replace("lead", "cadmium").replace("0.012", "0.3")
    problem = look("a.csv", f"{head}\n{one}\n{two}\n", f"{head}\n{one}\n")
    assert said(problem) == (
        "upload.other_content", "parameter", "—", "parameter cadmium, unit mg/kg, value 0.3",
    )  # fmt: skip
    assert "dict" not in problem.text()


def test_money_is_shown_in_its_main_unit(look):
    head = "gtin,occurred_at,currency,price,component,amount\n"
    line = "6901234567892,2026/10/7,CNY,{},milk,60.00\n"
    problem = look("a.csv", head + line.format("128.00"), head + line.format("99.05"))
    assert said(problem) == ("upload.other_content", "price", "99.05 CNY", "128.00 CNY")


def test_a_changed_input_is_named_by_its_cell_and_not_as_another_subject(look):
    head = "occurred_at,step,run,input_lot,input_quantity,input_unit,output_lot\n"
    line = "2026/10/2,dry,X,{},5,kg,OUT\n"
    problem = look("a.csv", head + line.format("R1"), head + line.format("R2"))
    assert said(problem) == (
        "upload.other_content", "input_lot", "https://shop.example/p/lot/R2", "https://shop.example/p/lot/R1",
    )  # fmt: skip


def test_another_subject_is_named(look, row):
    problem = look("a.jsonl", [row(1)], [row(1, also=["urn:order:7"])])
    assert said(problem) == ("upload.other_subjects", "also", "urn:order:7", "—")


@pytest.mark.parametrize(
    ("first", "second", "code"),
    [
        (SEAL, SEAL, "upload.other_sealed"),
        (SEAL, {}, "upload.sealed_there"),
        ({}, SEAL, "upload.sealed_here"),
    ],
)
def test_a_sealed_value_is_named_by_its_cell_and_never_shown(look, row, first, second, code):
    problem = look("a.jsonl", [row(1, value="0.111", **first)], [row(1, value="0.777", **second)])
    assert (problem.code, problem.place.column) == (code, "data.results.0.value")
    for text in (repr(problem.facts), problem.text(), problem.text("zh")):
        assert "0.777" not in text
        assert "0.111" not in text


def test_one_event_said_in_two_ways_is_refused(look, row):
    event = {"event": "urn:uuid:00000000-0000-4000-8000-000000000001"}
    first = row(1) | {"kind": "observation", "data": {**event, "step": "storing"}}
    second = row(1) | {"kind": "origin", "data": {**event, "name": "milk"}}
    assert said(look("a.jsonl", [first], [second])) == ("upload.other_kind", "kind", "origin", "observation")


def test_one_event_said_in_two_ways_within_the_files_is_refused(shop, write, row):
    event = {"event": "urn:uuid:00000000-0000-4000-8000-000000000001"}
    first = row(1) | {"kind": "observation", "data": {**event, "step": "storing"}}
    second = row(1) | {"kind": "origin", "data": {**event, "name": "milk"}}
    together = [write("both.jsonl", [first, second])]
    apart = [write("one.jsonl", [first]), write("two.jsonl", [second])]
    for paths in (together, apart):
        (problem,) = check(paths, shop.options, party=shop.signer.party, ledger=shop.ledger).problems
        assert problem.code == "upload.twice"


@pytest.mark.parametrize(
    ("value", "currency", "text"),
    [
        (True, None, "true"),
        (-5, "CNY", "-0.05 CNY"),
        (1280, "JPY", "1280 JPY"),
        (7, None, "7"),
        ([{"a": "1", "b": [2]}, "c"], None, "a 1, b 2; c"),
        ("x" * 500, None, "x" * 120 + "…"),
    ],
)
def test_values_are_written_as_people_write_them(value, currency, text):
    assert readable(value, currency) == text
