"""Naming a subject: as typed, as pasted, and as the screen shows it."""

from __future__ import annotations

import json

import pytest
from trustledger_cli.lookup import typed_uri

from trustledger.gs1 import lot_of_party

from .conftest import FARM, GTIN, LAB

OTHER = "6901234567892"
OWN = lot_of_party(FARM, "批次一号", OTHER)
BARE = lot_of_party(FARM, "原奶 #1/2?50%")
TWICE = (lot_of_party(FARM, "T-1"), lot_of_party(LAB, "T-1"))
GS1 = f"https://id.gs1.org/01/0{GTIN}/10/A%2F1"


def rows(*subjects):
    return "".join(
        json.dumps(
            {
                "kind": "origin",
                "subject": subject,
                "occurred_at": "2026-10-01T08:00:00Z",
                "data": {"name": "milk", "document": f"D-{number}"},
            }
        )
        + "\n"
        for number, subject in enumerate(subjects)
    )


@pytest.fixture
def stocked(shop):
    shop.append(shop.write("r.jsonl", rows(OWN, BARE, GS1, *TWICE)))
    return shop


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ((OTHER, "批次一号"), OWN),
        (("0" + OTHER, "批次一号"), OWN),
        (("farm.example/lot/06901234567892/批次一号",), OWN),
        (("https://farm.example/lot/06901234567892/批次一号",), OWN),
        (("HTTPS://Farm.Example:443/lot/06901234567892/%e6%89%b9次一号",), OWN),
        ((FARM + "lot/" + "06901234567892/" + "%E6%89%B9%E6%AC%A1%E4%B8%80%E5%8F%B7",), OWN),
        (("原奶 #1/2?50%",), BARE),
        (("farm.example/lot/原奶 #1/2?50%",), BARE),
        (("https://farm.example/lot/原奶 #1/2?50%",), BARE),
        (("https://farm.example", "原奶 #1/2?50%"), BARE),
        ((GTIN, "A/1"), GS1),
        ((f"0{GTIN} · lot A/1",), GS1),
        ((f"0{GTIN} · 批号 A/1",), GS1),
        (("farm.example",), None),
        (("https://farm.example",), None),
    ],
)
def test_one_subject_by_many_names(stocked, words, subject):
    assert stocked.json("show", *words)["subject"] == (subject or FARM)
    if subject:
        assert stocked.json("trace", *words)["subject"] == subject


def test_what_the_screen_shows_can_be_typed(stocked):
    from trustledger_cli.render.records import short_subject

    for subject in (OWN, BARE, GS1, *TWICE):
        for language in ("en", "zh"):
            assert stocked.json("trace", short_subject(subject, language))["subject"] == subject


@pytest.mark.parametrize("language", ["en", "zh"])
def test_several_subjects_of_one_name_are_listed(stocked, language):
    for command in ("trace", "show"):
        result = stocked.run(command, "T-1", "--lang", language, code=1)
        assert all(subject in result.stderr for subject in TWICE)
    assert stocked.json("trace", TWICE[1])["subject"] == TWICE[1]


def test_what_nobody_knows_is_not_found(stocked):
    for words, code in (
        ((OTHER, "批次二号"), "cli.nothing_about"),
        (("https://farm.example/lot/批次二号",), "cli.nothing_about"),
        (("批次二号",), "cli.reference"),
        ((OTHER, ""), "cli.lot"),
        (("6901234567893", "批次一号"), "gs1.check_digit"),
    ):
        for command in ("trace", "show"):
            assert stocked.json(command, *words, code=1)["error"]["code"] == code


def test_digits_beyond_the_log_may_be_a_lot_number(shop):
    shop.append(shop.write("r.jsonl", rows(lot_of_party(FARM, "0901"))))
    assert shop.json("show", "0901")["subject"].endswith("/lot/0901")
    assert shop.json("show", "0902", code=1)["error"]["code"] != "cli.reference"


def test_a_lot_numbered_by_its_day_is_not_a_wrong_gtin(shop):
    shop.append(shop.write("r.jsonl", rows(lot_of_party(FARM, "20261001"))))
    for command in ("trace", "show"):
        assert "/lot/20261001" in json.dumps(shop.json(command, "20261001"))
        assert shop.json(command, "20261002", code=1)["error"]["code"] == "gs1.check_digit"


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("https://farm.example", "https://farm.example/"),
        ("HTTP://Farm.Example:80/A", "http://farm.example/A"),
        ("https://farm.example/%7e%e6%89%b9", "https://farm.example/~%E6%89%B9"),
        ("https://farm.example/a b#c", "https://farm.example/a%20b%23c"),
        ("https://farm.example/100%", "https://farm.example/100%25"),
        ("https://牧场.example/", "https://xn--mes554d.example/"),
        ("https://farm.example/e\u0301", "https://farm.example/%C3%A9"),
        ("urn:epc:id:sgln:614141.07346.0", "urn:epc:id:sgln:614141.07346.0"),
    ],
)
def test_a_typed_uri_in_normal_form(typed, normal):
    assert typed_uri(typed) == normal
    assert typed_uri(normal) == normal
