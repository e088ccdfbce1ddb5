"""show, log, stats, trace, checkpoint: looking at a ledger."""

from __future__ import annotations

import csv
import json

import pytest

from trustledger.authority.policy import default_policy

from .conftest import FARM, GTIN, LOT, SHEET, run

PROCESSING = (
    f'{{"kind": "processing", "subject": "{LOT}", "occurred_at": "2026-10-03T08:00:00+08:00", "data": {{"step": "drying",'
    ' "inputs": [{"lot": "https://id.gs1.org/01/09506000134352/10/RAW-1", "quantity": "500", "unit": "kg"}],'
    f' "outputs": [{{"lot": "{LOT}", "quantity": "60", "unit": "kg"}}]}}}}\n'
    f'{{"kind": "shipping", "subject": "{LOT}", "occurred_at": "2026-10-04T08:00:00+08:00",'
    ' "data": {"direction": "dispatched", "to": "=Shop 7", "document": "DN-1"}}\n'
    f'{{"kind": "cost", "subject": "{LOT}", "occurred_at": "2026-10-04T08:00:00+08:00", "seal": ["/price"],'
    ' "data": {"currency": "CNY", "price": 12877, "components": []}}\n'
)


@pytest.fixture
def filled(shop):
    shop.append(shop.write("raw.csv", SHEET))
    shop.append(shop.write("made.jsonl", PROCESSING))
    return shop


def test_show_a_record(filled):
    document = filled.json("show", "4/0")
    assert document["kind"] == "origin"
    assert document["party_name"] == "Farm"
    supersedes = document["correction"]["supersedes"]
    assert supersedes == {"entry": 4, "position": 0, "record": document["record_hash"]}
    output = filled.run("show", "4/0").output
    for word in ("生牛乳", "Farm", document["record_hash"], '"supersedes"', "✓"):
        assert word in output
    assert "采收" not in output
    assert "数量" in filled.run("show", "4/0", "--lang", "zh").output


def test_show_what_a_correction_needs_can_be_pasted(filled):
    supersedes = filled.json("show", "4/0")["correction"]["supersedes"]
    row = {
        "kind": "correction",
        "subject": "https://id.gs1.org/01/09506000134352/10/RAW-1",
        "occurred_at": "2026-10-06T08:00:00+08:00",
        "data": {"supersedes": supersedes, "reason": "did_not_occur"},
    }
    filled.append(filled.write("c.jsonl", json.dumps(row) + "\n"))
    assert "did not occur, says 6/0" in filled.run("trace", GTIN, "RAW-1").output
    assert "并未发生" in filled.run("trace", GTIN, "RAW-1", "--lang", "zh").output


def test_sealed_values_are_shown_only_when_asked(filled):
    assert "12877" not in filled.run("show", "5/2").output
    document = filled.json("show", "5/2")
    assert "openings" not in document
    assert list(document["sealed"]) == ["/price"]
    assert "/price = 128.77 CNY" in filled.run("show", "5/2", "--disclose").output
    assert filled.json("show", "5/2", "--disclose")["openings"]["/price"]["value"] == 12877


def test_show_an_entry_a_subject_and_a_party(filled):
    assert len(filled.json("show", "4")["record_list"]) == 2
    assert "Entry 4" in filled.run("show", "4").output
    assert [one["kind"] for one in filled.json("show", LOT)["records"]] == ["processing", "shipping", "cost"]
    assert filled.json("show", GTIN, "LOT-7") == filled.json("show", LOT)
    assert len(filled.json("show", GTIN)["records"]) == 5
    assert filled.json("show", "https://farm.example")["party"]["uri"] == FARM
    assert "audit" in filled.run("show", LOT).output


@pytest.mark.parametrize(
    "reference",
    [
        "99",
        "4/9",
        "99/0",
        "https://nobody.example/",
        "nonsense",
        "https://id.gs1.org/01/09506000134352/10/NONE",
    ],
)
def test_show_what_is_not_there(filled, reference):
    assert filled.json("show", reference, code=1)["error"]["code"]


def test_show_a_gtin_with_a_wrong_check_digit(filled):
    filled.run("show", "9506000134353", "LOT-7", code=1)


def test_log_and_stats(filled):
    document = filled.json("log", "--limit", "2")
    assert [entry["entry"] for entry in document["entries"]] == [4, 5]
    assert [entry["entry"] for entry in filled.json("log", "--from", "1", "--limit", "2")["entries"]] == [
        1,
        2,
    ]
    assert "Farm" in filled.run("log").output
    assert filled.json("stats")["entries"] == 6
    assert "Genesis" in filled.run("stats").output


def test_trace_back_and_forward(filled):
    output = filled.run("trace", LOT).output
    for word in ("drying", "RAW-1", "Farm (producer)", "500 kg", "not that it was true"):
        assert word in output
    assert "RAW-2" not in output
    forward = filled.run("trace", GTIN, "RAW-1", "--forward", "--lang", "zh").output
    assert "批号 LOT-7" in forward
    assert "生产者" in forward
    assert next(node["subject"] for node in filled.json("trace", LOT)["nodes"]) == LOT


def test_the_recall_list_is_a_csv_that_spreadsheets_open_safely(filled):
    path = filled.path("recall.csv")
    assert "recall.csv" in filled.run("trace", GTIN, "RAW-1", "--forward", "--csv", path).output
    raw = (filled.folder / "recall.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines()))
    assert any(row["subject"] == LOT and row["document"] == "DN-1" for row in rows)
    assert b",=Shop" not in raw
    document = filled.json("trace", GTIN, "RAW-1", "--forward", "--csv", path, "--force")
    assert len(document["recall"]) == len(rows)


def test_a_recall_list_goes_forward_only(filled):
    filled.run("trace", LOT, "--csv", filled.path("x.csv"), code=2)
    filled.run("trace", LOT, "--forward", "--csv", filled.path("no/such/dir.csv"), code=5)


def test_trace_of_nothing(filled):
    assert (
        filled.json("trace", "https://id.gs1.org/01/09506000134352/10/NONE", code=1)["error"]["code"]
        == "cli.nothing_about"
    )


def test_a_checkpoint_is_kept_and_compared_later(filled):
    path = filled.path("early.checkpoint")
    filled.run("checkpoint", "-o", path)
    assert filled.run("checkpoint").stdout_bytes == (filled.folder / "early.checkpoint").read_bytes()
    filled.append(filled.write("more.csv", SHEET.replace("RAW-", "NEW-")))
    filled.run("audit", "--since", path)
    document = filled.json("checkpoint")
    assert document["size"] == 7
    forged = filled.write(
        "forged", (filled.folder / "early.checkpoint").read_text().replace("\n6\n", "\n5\n")
    )
    filled.run("audit", "--since", forged, code=3)


def test_hostile_text_does_not_drive_the_terminal(shop):
    """An operator with software of their own is not held back by the kinds."""
    from trustledger import Draft, Kinds, Ledger, read_key_file
    from trustledger.record import mark_checked

    text = "[red]x\x1b[2J[/red]"
    draft = Draft("origin", 0, (LOT,), {"name": text, text: [{text: text}]})
    mark_checked(draft, Kinds.default().spec("origin"))
    with Ledger.open(shop.ledger) as ledger:
        ledger.append([draft], signer=read_key_file(shop.path("farm.key")).signer)
    for arguments in (("show", "4/0"), ("trace", LOT), ("show", LOT), ("show", "4")):
        assert "\x1b[2J" not in shop.run(*arguments).output
    assert "[red]x" in shop.run("show", "4/0").output
    assert shop.json("show", "4/0")["data"]["name"] == text


def test_commands_read_beside_a_writer(filled):
    from trustledger import Ledger

    with Ledger.open(filled.ledger) as ledger, ledger._store.exclusive(1.0):
        filled.run("trace", LOT)
        filled.run("audit")
    assert run("--ledger", str(filled.ledger), "log").exit_code == 0


COST = {"currency": "CNY", "price": 12800, "components": [{"component": "milk", "amount": 10000}]}


def line(kind, data, subject=LOT, day=6):
    when = f"2026-10-{day:02d}T08:00:00+08:00"
    return json.dumps({"kind": kind, "subject": subject, "occurred_at": when, "data": data}) + "\n"


def test_prices_are_shown_in_the_unit_that_people_pay_in(filled):
    yen = {"currency": "JPY", "price": 1500, "components": []}
    filled.append(filled.write("c.jsonl", line("cost", COST) + line("cost", yen, day=7)))
    shown = filled.run("show", "6/0").output
    assert "128.00 CNY" in shown
    assert "100.00 CNY" in shown
    traced = filled.run("trace", LOT).output
    assert "128.00 CNY" in traced
    assert "1500 JPY" in traced
    for output in (shown, traced):
        assert "12800" not in output
    assert filled.json("show", "6/0")["data"]["price"] == 12800


def corrected(shop, ref, said):
    supersedes = shop.json("show", ref)["correction"]["supersedes"]
    shop.append(shop.write("c.jsonl", line("correction", {"supersedes": supersedes, **said}, day=9)))


def test_a_trace_tells_what_a_correction_changed_and_why(filled):
    filled.append(filled.write("c.jsonl", line("cost", COST)))
    data = {**COST, "price": 13000, "components": [{"component": "milk", "amount": 9000}]}
    corrected(filled, "6/0", {"reason": "incorrect_data", "note": "typing mistake", "data": data})
    output = filled.run("trace", LOT).output
    for text in (
        "128.00 → 130.00",
        "100.00 → 90.00",
        "typing mistake",
        "wrong data",
        "now, by 7/0",
        "corrected by 7/0",
    ):
        assert text in output
    chinese = filled.run("trace", LOT, "--lang", "zh").output
    assert "数据有误" in chinese
    assert "incorrect_data" not in chinese
    assert "128.00 → 130.00" in filled.run("trace", LOT, "--forward").output
    corrected(filled, "7/0", {"reason": "did_not_occur", "note": "it was right"})
    output = filled.run("trace", LOT).output
    assert "130.00 →" not in output
    assert "stands as written" in output
    assert "did not occur, says 8/0" in output
    assert "128.00 CNY" in output


def test_a_product_is_traced_to_its_lots_even_if_nobody_describes_it(filled):
    output = filled.run("trace", GTIN).output
    for lot in ("RAW-1", "RAW-2", "LOT-7"):
        assert lot in output
    product = {"names": {"en": "Milk", "zh": "奶"}, "category": "milk", "market": "CN", "required": []}
    filled.role(FARM, "brand-owner")
    filled.append(filled.write("p.jsonl", line("product", product, f"https://id.gs1.org/01/0{GTIN}")))
    assert "[7/0]" in filled.run("trace", GTIN).output
    assert filled.json("trace", GTIN)["nodes"][0]["steps"][0]["kind"] == "product"
    assert "RAW-2" in filled.run("trace", GTIN, "--forward").output


def test_a_lot_that_is_only_named_is_not_denied(shop):
    shop.append(shop.write("made.jsonl", PROCESSING))
    assert "other records name it" in shop.run("trace", GTIN, "RAW-1").output


def test_file_and_screen_name_the_same_day(filled, tmp_path):
    (tmp_path / "profile.json").write_text('{"version": 1, "zone": "Asia/Shanghai"}')
    late = {"direction": "dispatched", "to": "Shop 8", "document": "DN-2"}
    row = line("shipping", late, day=5).replace("T08:00:00", "T00:30:00")
    filled.append(filled.write("s.jsonl", row))
    path = filled.path("recall.csv")
    screen = filled.run("trace", LOT, "--forward", "--csv", path).output
    rows = list(csv.DictReader((filled.folder / "recall.csv").read_text("utf-8-sig").splitlines()))
    assert "2026-10-05T00:30:00+08:00" in [row["date"] for row in rows]
    assert "2026-10-05" in screen


def test_findings_speak_one_language(filled):
    report = {
        "category": "milk",
        "report": "R",
        "results": [{"parameter": "lead", "value": "1", "unit": "mg/kg"}],
    }
    # A policy that lets those sign it who usually do not.
    rule = '[kinds.inspection]\nroles = ["inspector", "processor"'
    policy = default_policy().text.replace(rule, rule + ', "producer"')
    filled.run("policy", "set", filled.write("wide.toml", policy), "--key", filled.path("operator.key"))
    filled.append(filled.write("i.jsonl", line("inspection", report)))
    chinese = filled.run("trace", LOT, "--lang", "zh").output
    assert "此 检验 的签署方" in chinese
    assert "检验机构" in chinese
    for word in ("inspection", "inspector", "producer"):
        assert word not in chinese
    audited = filled.run("audit", "--lang", "zh").output
    assert "inspect" not in audited
    assert "usually inspector, processor signs it" in filled.run("trace", LOT).output
