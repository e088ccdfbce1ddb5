"""JSON Lines: what is taken, and what is refused with its line and field."""

from __future__ import annotations

import json
import re

import pytest

from trustledger.interchange import Problem
from trustledger.interchange.jsonl import MAX_LINE

GOOD = '{"kind": "inspection", "subject": "https://id.gs1.org/01/09506000134352/10/LOT-7", "occurred_at": "2026-10-05T08:00:00+08:00", "data": {"report": "R-1"}, "seal": [], "evidence": ["a.pdf", {"name": "b.pdf"}], "also": ["urn:a:1"]}'


def test_lines_become_rows_as_they_are(read):
    rows, problems = read("\ufeff" + GOOD + "\r\n\n  \n" + GOOD, name="rows.jsonl")
    assert not problems
    assert [row.place.row for row in rows] == [1, 4]
    assert rows[0].plain == json.loads(GOOD)
    assert rows[0].locate("data.report") == ("rows.jsonl", 1, "data.report")


def with_data(data):
    return GOOD.replace('{"report": "R-1"}', data)


@pytest.mark.parametrize(
    ("line", "code", "seen"),
    [
        (with_data('{"value": 0.5}'), "jsonl.float", "0.5"),
        (with_data('{"value": 1e3}'), "jsonl.float", "1e3"),
        (with_data('{"value": NaN}'), "jsonl.constant", "NaN"),
        (with_data('{"value": -Infinity}'), "jsonl.constant", "-Infinity"),
        (with_data('{"value": 9007199254740992}'), "jsonl.integer", "9007199254740992"),
        (with_data('{"value": ' + "9" * 5000 + "}"), "jsonl.integer", None),
        (with_data('{"a": 1, "a": 2}'), "jsonl.duplicate_key", "a"),
        (with_data('{"a": "\\ud800"}'), "jsonl.surrogate", None),
        (with_data("[" * 100 + "]" * 100), "jsonl.deep", None),
        (with_data('{"a": ' + "[" * 100_000), "jsonl.deep", None),
        (with_data("[]"), "jsonl.not_map", "[]"),
        (GOOD.replace('"occurred_at"', '"occured_at"'), "jsonl.unknown_field", "occured_at"),
        (GOOD.replace('"seal": []', '"seal": [1]'), "jsonl.not_texts", "1"),
        (GOOD.replace('"seal": []', '"seal": "x"'), "jsonl.not_list", '"x"'),
        (GOOD.replace('["a.pdf"', '[["a.pdf"]'), "jsonl.not_evidence", '["a.pdf"]'),
        (GOOD.replace('"inspection"', "null"), "jsonl.not_text", "null"),
        ('{"kind": "x"}', "jsonl.missing_field", None),
        (GOOD[:-1], "jsonl.syntax", "—"),
        (GOOD + GOOD, "jsonl.syntax", '{"kind": "in'),
        ("[1]", "jsonl.not_object", "[1]"),
        ("17", "jsonl.not_object", "17"),
    ],
)
def test_what_is_refused(read, line, code, seen):
    rows, problems = read(GOOD + "\n" + line + "\n" + GOOD, name="rows.ndjson")
    assert [row.place.row for row in rows] == [1, 3]
    assert [problem.code for problem in problems] == [code]
    assert problems[0].text("en").startswith("rows.ndjson, row 2")
    if seen is not None:
        assert problems[0].facts["seen"] == seen
    chinese = problems[0].text("zh").replace(str(seen), "")
    assert not re.search("string|array|object|number|Expecting|delimiter", chinese.replace("JSON", ""))


def test_the_largest_numbers_pass(read):
    rows, _ = read(with_data('{"a": 9007199254740991, "b": -9007199254740991, "c": true}'), name="rows.jsonl")
    assert rows[0].plain["data"]["a"] == 2**53 - 1


def test_unknown_fields_name_the_nearest(read):
    _, problems = read(GOOD.replace('"occurred_at"', '"occured_at"'), name="rows.jsonl")
    assert problems[0].facts["expected"] == "occurred_at"
    assert problems[0].place.column == "occured_at"


def test_bytes_that_are_not_utf8(read):
    assert [p.code for p in read(GOOD.encode().replace(b"R-1", b"\xff"), name="rows.jsonl")[1]] == [
        "jsonl.encoding"
    ]


def test_a_long_line_is_passed_over(read):
    long = with_data('{"a": "' + "x" * (3 * MAX_LINE) + '"}')
    rows, problems = read(long + "\n" + GOOD, name="rows.jsonl")
    assert [p.code for p in problems] == ["jsonl.long_line"]
    assert [row.place.row for row in rows] == [2]


def test_a_file_without_a_known_ending_is_told_by_its_first_line(read):
    assert len(read(GOOD + "\n", name="rows")[0]) == 1


def test_problems_survive_pickling_and_carry_any_rooms_error(read):
    import pickle

    _, problems = read("17", name="rows.jsonl")
    again = pickle.loads(pickle.dumps(problems[0]))
    assert isinstance(again, Problem)
    assert again.text("zh") == problems[0].text("zh")
    assert again.place == ("rows.jsonl", 1, None)
