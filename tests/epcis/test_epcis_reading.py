"""Files: what is read, and what is refused before anybody looks at an event."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.interchange.epcis import read, reading
from trustledger.interchange.epcis.reading import exact, load
from trustledger.interchange.rows import ReadOptions


def test_all_envelopes_hold_the_same_events(event, read_json):
    said = event()
    wrapped = {
        "type": "EPCISQueryDocument",
        "epcisBody": {"queryResults": {"resultsBody": {"eventList": [said]}}},
    }
    for document in (
        {"type": "EPCISDocument", "epcisBody": {"eventList": [said]}},
        {"type": "EPCISDocument", "epcisBody": {"eventList": said}},
        {"type": "EPCISDocument", "epcisBody": {"event": said}},
        wrapped,
        [said],
        said,
        "\ufeff" + json.dumps(said),
    ):
        rows, problems = read_json(document)
        assert problems == []
        assert [row.plain for row in rows] == [read_json(said)[0][0].plain]
        assert rows[0].place.row == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<?xml version='1.0'?><epcis/>", "epcis.xml"),
        (b"\xef\xbb\xbf\n <epcis/>", "epcis.xml"),
        (b'{"a": "\xff"}', "epcis.utf8"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "epcis.duplicate_key"),
        (b'{"a": NaN}', "epcis.json"),
        (b'{"a": -Infinity}', "epcis.json"),
        (b'{"a": 01}', "epcis.json"),
        (b'{"a": 1} {}', "epcis.json"),
        (b"", "epcis.json"),
        (b"[" * 100_000, "epcis.too_deep"),
        (b'{"a":' * 100_000, "epcis.too_deep"),
        (b"7", "epcis.no_events"),
        (b"{}", "epcis.no_events"),
        (b'{"epcisBody": {"eventList": null}}', "epcis.no_events"),
    ],
)
def test_files_that_are_refused_as_a_whole(read_json, content, code):
    rows, problems = read_json(content)
    assert (rows, [problem.code for problem in problems]) == ([], [code])
    assert problems[0].place.row is None
    assert problems[0].text("zh") != problems[0].text("en")


def test_an_empty_list_is_no_problem(read_json):
    assert read_json([]) == ([], [])


def test_a_file_over_the_limit_is_refused(read_json, monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILE", 20)
    assert [p.code for p in read_json(b"[" + b" " * 18 + b"]")[1]] == []
    assert [p.code for p in read_json(b"[" + b" " * 19 + b"]")[1]] == ["epcis.too_large"]


def test_a_missing_file_is_a_problem(tmp_path):
    assert [p.code for p in read(tmp_path / "none.json")] == ["epcis.unreadable"]
    assert [p.code for p in read(tmp_path)] == ["epcis.unreadable"]
    assert [p.code for p in read("a\0b")] == ["epcis.unreadable"]


def test_problems_stand_at_their_event_and_do_not_stop_the_reading(event, read_json):
    bad = event(quantityList=[{"epcClass": "LOT-7"}])
    rows, problems = read_json(
        [event(), bad, 7, event(type="Nothing"), event()], options=ReadOptions(name="发货.json")
    )
    assert [row.place for row in rows] == [("发货.json", 1, None), ("发货.json", 5, None)]
    assert [problem.place for problem in problems] == [
        ("发货.json", 2, "quantityList.0.epcClass"),
        ("发货.json", 3, None),
        ("发货.json", 4, "type"),
    ]
    assert rows[0].locate("data.quantity").column == "quantityList.0.quantity"


def test_progress_ends_at_the_whole_file(event, tmp_path):
    path = tmp_path / "e.json"
    path.write_text(json.dumps([event()] * 2500))
    seen = []
    assert len(list(read(path, ReadOptions(progress=seen.append)))) == 2500
    assert seen == sorted(seen)
    assert (len(seen), seen[-1]) == (3, path.stat().st_size)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("452.0", "452.0"),
        ("-0.0", "0.0"),
        ("-0", "0"),
        ("1e3", "1000"),
        ("1.25E1", "12.5"),
        ("12e-3", "0.012"),
        ("-5e-1", "-0.5"),
        ("0e9", "0"),
        ("1e400", None),
        ("1e-41", None),
        ("9" * 41, None),
        ("1" + "0" * 39, "1" + "0" * 39),
        ("١", None),
        ("", None),
        ("1,000", None),
    ],
)
def test_numbers_are_exact_or_refused(text, expected):
    assert exact(text) == expected


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,15})(\.[0-9]{1,10})?([eE][+-]?[0-9]{1,2})?", fullmatch=True))
def test_a_number_keeps_its_value(text):
    made = exact(text)
    if made is not None:
        assert Decimal(made) == Decimal(text)
        assert "e" not in made.lower()


def test_large_integers_become_decimals(tmp_path):
    path = tmp_path / "e.json"
    path.write_text('[{"a": 9007199254740991, "b": 9007199254740992, "c": -9007199254740992, "d": -0}]')
    assert load(path).events == [
        {"a": 9007199254740991, "b": "9007199254740992", "c": "-9007199254740992", "d": 0}
    ]
