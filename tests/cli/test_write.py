"""template, append, sign, submit, withhold."""

from __future__ import annotations

import json

import pytest

from .conftest import FARM, GTIN, LAB, LOT, SHEET, run

REPORT = f"""gtin,lot,occurred_at,category,report,parameter,value,unit,loq
'{GTIN},LOT-7,2026-10-05 08:00,milk powder,R-1,lead,0.090,mg/kg,0.005
'{GTIN},LOT-7,2026-10-05 08:00,milk powder,R-1,cadmium,ND,mg/kg,0.002
"""
BAD = f"""gtin,lot,occurred_at,category,report,parameter,value,unit
{6.90123e12:.5E},LOT-7,2026-10-05 08:00,milk powder,R-1,lead,0.1,mg/kg
'{GTIN},LOT-7,05/06/2026 08:00,milk powder,R-2,lead,0.1,mg/kg
'{GTIN},LOT-7,2026-10-05 08:00,milk powder,R-3,lead,0.1,bananas
"""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", ["origin", "inspection", "shipping", "加工", "product"])
def test_a_template_can_be_appended_as_it_is(shop, kind, language):
    shop.run("template", kind, "-o", shop.path("t.csv"), "--lang", language)
    shop.role(FARM, "brand-owner", "inspector")
    shop.append(shop.path("t.csv"))


def test_a_template_on_standard_output_is_the_file_itself(shop):
    shop.run("template", "origin", "-o", shop.path("t.csv"))
    assert run("template", "origin").stdout_bytes == (shop.folder / "t.csv").read_bytes()
    assert run("template", "nonsense").exit_code == 1


def test_a_gb18030_sheet_is_appended_once(shop):
    sheet = shop.write("原奶.csv", SHEET, "gb18030")
    assert "0 already there, 2 new" in shop.append(sheet).output
    assert "2 already there, 0 new" in shop.append(sheet).output
    shop.write("原奶.csv", SHEET + f"'{GTIN},RAW-3,2026/10/2 9:00,生牛乳,200,公斤,D-3\n", "gb18030")
    assert "已有 2 条，新增 1 条" in shop.append(sheet, "--lang", "zh").output
    assert shop.json("show", GTIN, "RAW-3")["records"][0]["data"]["quantity"] == "200"


def test_append_as_json(shop):
    sheet = shop.write("a.csv", SHEET)
    document = shop.json(
        "append", sheet, "--as", FARM, "--key", shop.path("farm.key"), "--zone", "Asia/Shanghai"
    )
    assert document == {"party": FARM, "new": 2, "existing": 0, "statements": [{"entry": 4, "records": 2}]}


def test_a_dry_run_shows_times_as_understood_and_appends_nothing(shop):
    sheet = shop.write("a.csv", SHEET)
    output = shop.append(sheet, "--dry-run").output
    assert "2026-10-01 08:00:00+08:00" in output
    assert "Asia/Shanghai" in output
    assert "0 already there, 2 new, 0 to fix" in output
    assert shop.json("stats")["entries"] == 4


def test_a_dry_run_shows_the_cell_beside_what_was_understood(shop):
    sheet = shop.write("a.csv", SHEET)
    rows = f'{{"kind": "origin", "subject": "{LOT}", "occurred_at": "2026-10-05T08:00:00+02:00", "data": {{}}}}\n'
    other = shop.write("b.jsonl", rows)
    arguments = ("--as", FARM, "--zone", "Asia/Shanghai", "--dry-run")
    output = shop.run("append", sheet, *arguments).output
    assert "2026/10/1 8:00" in output
    assert "File" not in output
    output = shop.run("append", sheet, other, *arguments).output
    for word in ("File", "a.csv", "b.jsonl", "2026-10-05 14:00:00+08:00"):
        assert word in output
    samples = shop.json("append", sheet, other, *arguments)["samples"]
    assert [(one["row"], one["kind"], one["occurred_at"]) for one in samples] == [
        (2, "origin", "2026-10-01T08:00:00+08:00"),
        (3, "origin", "2026-10-01T09:00:00+08:00"),
        (1, "origin", "2026-10-05T08:00:00+02:00"),
    ]
    assert samples[0]["written"] == "2026/10/1 8:00"
    assert {"file", "subject"} <= samples[0].keys()


def test_one_thing_is_not_called_several(shop):
    shop.append(shop.write("a.csv", SHEET))
    output = shop.append(shop.write("b.csv", SHEET.replace("RAW-", "NEW-"))).output
    assert "In entry 5" in output
    assert "1 row:" in shop.run("trace", GTIN, "RAW-1", "--forward", "--csv", shop.path("y.csv")).output
    assert "1 record," in shop.run("show", GTIN, "RAW-1").output


def test_a_dry_run_needs_no_key(shop):
    sheet = shop.write("a.csv", SHEET)
    shop.run("append", sheet, "--as", FARM, "--zone", "Asia/Shanghai", "--dry-run")
    assert "Which party" in shop.run("append", sheet, "--dry-run", code=2).stderr


def test_a_dry_run_lists_every_bad_row_at_once(shop):
    sheet = shop.write("bad.csv", BAD)
    result = shop.append(sheet, "--dry-run", code=1)
    for word in ("To fix", "6.90123E+12", "05/06/2026", "bananas", "3 to fix"):
        assert word in result.output
    document = shop.json("append", sheet, "--as", FARM, "--zone", "Asia/Shanghai", "--dry-run", code=1)
    assert document["ok"] is False
    assert [problem["facts"]["row"] for problem in document["problems"]] == [2, 3, 4]
    assert all(problem["message"] for problem in document["problems"])


def test_bad_rows_are_listed_by_an_append_too_and_nothing_is_appended(shop):
    sheet = shop.write("bad.csv", BAD)
    result = shop.append(sheet, "--lang", "zh", code=1)
    assert "bananas" in result.stderr
    assert "第 2 行" in result.stderr
    error = shop.json(
        "append", sheet, "--as", FARM, "--key", shop.path("farm.key"), "--zone", "Asia/Shanghai", code=1
    )["error"]
    assert len(error["problems"]) == 3
    assert error["exit_code"] == 1
    assert shop.json("stats")["entries"] == 4


def test_other_content_under_a_standing_key_points_to_a_correction(shop):
    sheet = shop.write("a.csv", SHEET)
    shop.append(sheet)
    shop.write("a.csv", SHEET.replace("500", "5000"))
    result = shop.append(sheet, code=1)
    assert "correction" in result.stderr
    assert shop.json("stats")["entries"] == 5


def test_a_zone_is_never_guessed(shop):
    sheet = shop.write("a.csv", SHEET)
    shop.run("append", sheet, "--as", FARM, "--key", shop.path("farm.key"), code=1)
    assert (
        "Atlantis"
        in shop.run("append", sheet, "--as", FARM, "--dry-run", "--zone", "Mars/Atlantis", code=1).stderr
    )


def test_two_parties_sign_one_statement(shop):
    sheet = shop.write("a.csv", SHEET)
    shop.append(sheet, "--with-key", shop.path("lab.key"))
    document = shop.json("show", "4/0")
    assert (document["party"], document["cosigners"]) == (FARM, [LAB])
    assert len(document["keys"]) == 2


def test_signed_offline_and_submitted_as_a_file(shop):
    report = shop.write("report.csv", REPORT)
    card = shop.write("card", (shop.ledger / "ledger.card").read_text())
    arguments = (
        "sign",
        report,
        "--card",
        card,
        "--key",
        shop.path("lab.key"),
        "--zone",
        "Asia/Shanghai",
        "-o",
        shop.path("r.statement"),
    )
    signed = run(*arguments)
    assert signed.exit_code == 0, signed.output
    assert "1 record signed for shop.example/ledger" in signed.output
    assert shop.json("submit", shop.path("r.statement"))["placed"] == [
        {"entry": 4, "party": LAB, "records": 1, "new": True}
    ]
    assert "Nothing new: entry 4" in shop.run("submit", shop.path("r.statement")).output
    assert shop.json("show", "4/0")["data"]["results"][1]["not_detected"] is True


def test_sealed_values_of_an_offline_statement_are_kept_beside_it(shop):
    row = f'{{"kind": "cost", "subject": "{LOT}", "occurred_at": "2026-10-05T08:00:00+08:00", "seal": ["/price"], "data": {{"currency": "CNY", "price": 12877, "components": []}}}}\n'
    rows = shop.write("c.jsonl", row)
    out = shop.path("c.statement")
    shop.run(
        "sign", rows, "--card", str(shop.ledger / "ledger.card"), "--key", shop.path("farm.key"), "-o", out
    )
    openings = shop.folder / "c.statement.openings"
    assert openings.stat().st_mode & 0o777 == 0o600
    kept = [json.loads(line) for line in openings.read_text().splitlines()]
    assert [(one["pointer"], one["value"]) for one in kept] == [("/price", 12877)]
    shop.run("submit", out)
    assert kept[0]["commitment"] == shop.json("show", "4/0")["sealed"]["/price"]
    assert (
        "openings" not in shop.json("show", "4/0", "--disclose")
        or not shop.json("show", "4/0", "--disclose")["openings"]
    )
    shop.run("submit", out, "--openings", str(openings))  # submitted again, this time with what opens it
    assert shop.json("show", "4/0", "--disclose")["openings"]["/price"]["value"] == 12877


@pytest.mark.parametrize("change", [("12877", "12878"), ('"/price"', '"/seller"')])
def test_openings_that_do_not_open_are_refused_and_no_value_is_quoted(shop, change):
    row = f'{{"kind": "cost", "subject": "{LOT}", "occurred_at": "2026-10-05T08:00:00+08:00", "seal": ["/price"], "data": {{"currency": "CNY", "price": 12877, "components": []}}}}\n'
    out = shop.path("c.statement")
    card = str(shop.ledger / "ledger.card")
    shop.run("sign", shop.write("c.jsonl", row), "--card", card, "--key", shop.path("farm.key"), "-o", out)
    text = (shop.folder / "c.statement.openings").read_text()
    other = shop.write("other.openings", text.replace(*change))
    refused = shop.run("submit", out, "--openings", other, code=1)
    assert "1287" not in refused.output
    assert shop.json("log")["size"] == 4
    assert (
        "not an opening" in shop.run("submit", out, "--openings", shop.write("x", "12877\n"), code=1).output
    )


def test_a_dry_run_asks_whose_the_key_is(shop):
    sheet = shop.write("origin.csv", SHEET)
    refused = shop.run(
        "append", sheet, "--as", "https://farm.example/", "--key", shop.path("lab.key"),
        "--zone", "Asia/Shanghai", "--dry-run", code=4,
    )  # fmt: skip
    assert "key" in refused.output


def test_a_statement_with_bad_rows_is_not_written(shop):
    shop.run(
        "sign",
        shop.write("bad.csv", BAD),
        "--card",
        str(shop.ledger / "ledger.card"),
        "--key",
        shop.path("lab.key"),
        "--zone",
        "UTC",
        "-o",
        shop.path("r.statement"),
        code=1,
    )
    assert not [path for path in shop.folder.iterdir() if path.name.startswith("r.statement")]


def test_withheld_for_good(shop):
    shop.append(shop.write("a.csv", SHEET))
    assert "--yes" in shop.run("withhold", "4/0", "--json", code=2).stdout
    shop.run("withhold", "4/0", input="n\n", code=130)
    assert shop.json("show", "4/0")["state"] == "shown"
    assert shop.json("withhold", "4/0", "--yes")["withheld"] is True
    assert shop.json("show", "4/0")["state"] == "withheld"
    assert "Withheld" in shop.run("show", "4/0").output
    assert "内容已删除" in shop.run("show", "4", "--lang", "zh").output
    shop.run("withhold", "2/0", "--yes", code=4)
    shop.run("withhold", "1", "--yes", code=2)
    shop.run("audit", "--trust", str(shop.ledger / "ledger.card"))
