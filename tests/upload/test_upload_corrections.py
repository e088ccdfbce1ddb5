"""Corrections in files: a dead one is a problem at its row, and never appended."""

import io

import pytest

from trustledger.errors import InputError, PolicyError
from trustledger.interchange.csv import template
from trustledger.interchange.upload import check, doing, sign, upload
from trustledger.keys import Ed25519Signer, key_note
from trustledger.ledger import read_submissions
from trustledger.ledger.appending import Appender

OTHER_LOT = "https://id.gs1.org/01/06901234567892/10/L9"


def go(shop, *paths, **more):
    return upload(shop.ledger, paths, shop.options, signer=shop.signer, **more)


def look(shop, *paths):
    return check(paths, shop.options, party=shop.signer.party, ledger=shop.ledger)


@pytest.fixture
def correction(shop, row):
    """A plain row that corrects the record at a place."""

    def correction(entry=2, position=0, number=1, **change):
        fixed = row(number, value="0.5")
        named = change.pop("record", None) or shop.ledger.record(entry, position).record.hash.hex()
        supersedes = {"entry": entry, "position": position, "record": named}
        data = {"supersedes": supersedes, "reason": "incorrect_data", "data": fixed["data"]}
        return {**fixed, "kind": "correction", "data": data} | change

    return correction


def dead(shop, correction, name):
    """Corrections that the ledger refuses, by what is wrong with them."""
    if name == "nothing":
        return correction(entry=99, record="00" * 32)
    if name == "no_position":
        return correction(position=7, record="00" * 32)
    if name == "hash":
        return correction(record="00" * 32)
    if name == "subject":
        return correction(subject=OTHER_LOT)
    if name == "data":
        bad = correction()
        bad["data"]["data"] = {**bad["data"]["data"], "colour": "red"}
        return bad
    return correction(entry=1, record=shop.ledger.record(1, 0).record.hash.hex())  # the operator's enrolment


DEAD = {
    "nothing": ("upload.corrects_nothing", "data.supersedes.entry"),
    "no_position": ("upload.corrects_nothing", "data.supersedes.entry"),
    "hash": ("upload.corrects_other", "data.supersedes.record"),
    "subject": ("upload.corrects_elsewhere", "subject"),
    "data": ("kinds.unknown_field", "data.data.colour"),
    "party": ("upload.corrects_others_word", "data.supersedes.entry"),
}


@pytest.mark.parametrize("name", DEAD)
def test_a_dead_correction_is_a_problem_at_its_row_and_not_appended(shop, write, row, correction, name):
    go(shop, write("a.jsonl", [row(1)]))
    path = write("c.jsonl", [row(2), dead(shop, correction, name)])
    (problem,) = look(shop, path).problems
    code, column = DEAD[name]
    assert (problem.place.row, problem.place.column) == (2, column)
    assert problem.code == code
    if code.startswith("upload."):
        assert "?" not in problem.text() + problem.text("zh")
    size = shop.ledger.size
    with pytest.raises(InputError):
        go(shop, path)
    assert shop.ledger.size == size


def test_what_another_party_said_is_not_corrected(shop, write, row, correction):
    lab = Ed25519Signer.generate("https://lab.example/")
    shop.ledger.enrol(
        lab.party, operator=shop.operator, key_note=key_note(lab), roles=["inspector"], name="Lab"
    )
    upload(shop.ledger, [write("a.jsonl", [row(1)])], shop.options, signer=lab)
    (problem,) = look(shop, write("c.jsonl", [correction(entry=3)])).problems
    assert problem.code == "upload.corrects_others_word"
    assert (problem.facts["seen"], problem.facts["expected"]) == (shop.signer.party, lab.party)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_template_as_it_comes_corrects_nothing(shop, write, language):
    path = write("correction.csv", template("correction", language))
    seen = look(shop, path)
    assert {problem.code for problem in seen.problems} == {"upload.corrects_nothing"}
    assert (seen.new, seen.ok) == (0, False)
    with pytest.raises(InputError):
        go(shop, path)


def test_a_sheet_points_to_the_cell(shop, write, sheet):
    go(shop, write("a.csv", sheet([1])))
    head, line = sheet([1], value="0.5").splitlines()
    text = f"entry,position,record,correction_reason,{head}\n2,0,{'ab' * 32},incorrect_data,{line}\n"
    (problem,) = look(shop, write("c.csv", text)).problems
    assert (problem.code, problem.place.row, problem.place.column) == ("upload.corrects_other", 2, "record")


def test_bad_corrected_data_in_a_sheet_points_to_its_cell(shop, write, sheet):
    go(shop, write("a.csv", sheet([1])))
    named = shop.ledger.record(2, 0).record.hash.hex()
    text = (
        "entry,position,record,correction_reason,gtin,lot,occurred_at,name,country\n"
        f"2,0,{named},incorrect_data,6901234567892,L1,2026-10-05 08:00,milk,CN\n"
    )
    problems = look(shop, write("c.csv", text)).problems
    assert {problem.place.column for problem in problems} >= {"name", "country"}


def test_what_passes_the_first_pass_is_asked_again_when_it_is_placed(
    shop, write, row, correction, monkeypatch
):
    go(shop, write("a.jsonl", [row(1)]))
    bad = correction(entry=99, record="00" * 32)
    path = write("c.jsonl", [row(1), row(3), row(2), row(3), bad, row(4)])  # some stand, some are said twice
    monkeypatch.setattr(Appender, "check_corrections", lambda _self, _party, records: [None] * len(records))
    with pytest.raises(PolicyError) as refused:
        go(shop, path)
    assert refused.value.code == "ledger.corrects_nothing"


def test_signed_away_from_the_ledger_a_dead_correction_is_refused_there(shop, write, row, correction):
    out = io.BytesIO()
    path = write("c.jsonl", [correction(entry=99, record="00" * 32)])
    sign(
        [path], shop.options, card=shop.ledger.public_card, signer=shop.signer, out=out, openings=dict, time=5
    )
    out.seek(0)
    (submission,) = read_submissions(out)
    with pytest.raises(PolicyError):
        shop.ledger.submit(submission)


def test_good_corrections_among_many_rows_are_appended_once(shop, write, row, correction, monkeypatch):
    monkeypatch.setattr(doing, "MAX_STATEMENT", 600)
    go(shop, write("a.jsonl", [row(1), row(2)]))
    good = [correction(), correction(position=1, number=2)]
    path = write("c.jsonl", [row(n) for n in range(3, 700)] + good[:1] + [row(3)] + good)
    assert look(shop, path).existing == 2
    done = go(shop, path)
    assert (done.new, done.existing) == (699, 2)
    assert go(shop, path).new == 0
    assert shop.ledger.audit().ok
