"""audit and backup, on honest, forged and broken ledgers."""

from __future__ import annotations

import json
import shutil

import pytest

from trustledger import AuditReport

from .conftest import SHEET, real, run


@pytest.fixture
def filled(shop):
    shop.append(shop.write("raw.csv", SHEET))
    return shop


def card(shop):
    return str(shop.ledger / "ledger.card")


def test_an_honest_ledger(filled):
    document = filled.json("audit", "--trust", card(filled))
    assert (document["ok"], document["trusted"], document["exit_code"]) == (True, True, 0)
    assert "ledger of your card" in filled.run("audit", "--trust", card(filled)).output


def test_without_a_card_the_audit_says_what_that_proves(filled):
    output = filled.run("audit").output
    assert "proves nothing against its operator" in output
    assert "ledger of your card" not in output


def test_a_finding_is_no_fault_but_strict_counts_it(filled):
    shop = filled
    revoked = ("key", "revoke", shop.path("farm.key.pub"), "--reason", "compromised")
    shop.run(*revoked, "--key", shop.path("operator.key"))
    document = shop.json("audit", "--trust", card(shop))
    assert document["findings"]
    shop.run("audit", "--trust", card(shop), "--strict", code=3)


def test_a_changed_record_exits_3_and_names_the_place(filled):
    database = filled.ledger / "data" / "data.mdb"
    raw = database.read_bytes()
    old, new = b"\xa8quantity\xa3500", b"\xa8quantity\xa3900"
    assert old in raw
    database.write_bytes(raw.replace(old, new))
    document = filled.json("audit", "--trust", card(filled), code=3)
    assert document["faults"][0]["entry"] == 4
    output = filled.run("audit", "--lang", "zh", code=3).output
    assert "错误" in output
    filled.run("show", "4/0", code=3)
    assert (
        json.loads(run("--ledger", str(filled.ledger), "trace", "9506000134352", "RAW-1", "--json").stdout)[
            "error"
        ]["exit_code"]
        == 3
    )


def test_another_ledgers_card(filled, tmp_path):
    run(
        "init",
        str(tmp_path / "b.ledger"),
        "--origin",
        "b.example/log",
        "--operator",
        "https://b.example",
        "--key",
        str(tmp_path / "b.key"),
    )
    filled.run("audit", "--trust", str(tmp_path / "b.ledger" / "ledger.card"), code=3)


def test_a_damaged_card(filled):
    text = (filled.ledger / "ledger.card").read_text()
    filled.run(
        "audit",
        "--trust",
        filled.write("bad.card", text.replace("shop.example/ledger", "shap.example/ledger", 1)),
        code=3,
    )
    filled.run("audit", "--trust", filled.write("bad.card", "hello\n"), code=1)
    newer = filled.run(
        "audit", "--trust", filled.write("new.card", text.replace("card@v1", "card@v9")), code=1
    )
    assert "newer" in newer.stderr
    filled.run("audit", "--trust", filled.path("missing.card"), code=1)


def test_a_store_that_kills_its_reader_gives_an_answer(filled):
    database = filled.ledger / "data" / "data.mdb"
    raw = bytearray(database.read_bytes())
    for page in range(2, len(raw) // 4096):
        raw[page * 4096 + 16 : page * 4096 + 200] = b"\xff" * 184
    database.write_bytes(raw)
    result = real("--ledger", str(filled.ledger), "audit", "--json")
    assert result.returncode in (3, 5), result
    assert json.loads(result.stdout)["faults"]
    assert b"Traceback" not in result.stderr


def test_a_store_cut_short(filled):
    database = filled.ledger / "data" / "data.mdb"
    database.write_bytes(database.read_bytes()[:5000])
    result = real("--ledger", str(filled.ledger), "audit")
    assert result.returncode in (3, 5)
    assert b"Traceback" not in result.stderr + result.stdout


def test_backup_is_a_ledger_and_was_audited(filled):
    document = filled.json("backup", filled.path("copy"))
    assert document["verified"] is True
    assert document["size"] == 5
    assert not (filled.folder / "copy" / "private").exists()
    assert run("--ledger", filled.path("copy"), "audit", "--trust", card(filled)).exit_code == 0
    assert "keys" in filled.run("backup", filled.path("copy2")).output.lower()
    filled.run("backup", filled.path("copy"), code=5)


def test_a_copy_without_its_data(filled):
    shutil.rmtree(filled.ledger / "data")
    filled.run("audit", code=5)


def test_a_file_that_is_no_checkpoint_does_not_accuse_the_ledger(filled, tmp_path):
    ledger = ("--trust", card(filled))
    for content in ("", "garbage\n", SHEET, (filled.ledger / "ledger.card").read_text(), "\0" * 300):
        for more in ((), ledger):
            found = filled.json("audit", "--since", filled.write("x", content), *more, code=1)
            assert found["error"]["code"] == "cli.no_checkpoint"
            assert "“" in found["error"]["message"]
    (filled.folder / "binary").write_bytes(bytes(range(256)))
    filled.run("audit", "--since", filled.path("binary"), code=1)
    other = str(tmp_path / "b.ledger")
    key = str(tmp_path / "b.key")
    run("init", other, "--origin", "b.example/log", "--operator", "https://b.example", "--key", key)
    assert run("--ledger", other, "checkpoint", "-o", filled.path("b.checkpoint")).exit_code == 0
    for more in ((), ledger):
        found = filled.json("audit", "--since", filled.path("b.checkpoint"), *more, code=1)
        assert found["error"]["code"] == "cli.other_checkpoint"
    assert (
        "检查点" in filled.run("audit", "--since", filled.path("b.checkpoint"), "--lang", "zh", code=1).stderr
    )


def test_a_backup_does_not_go_into_the_ledger_itself(filled):
    for name in (".", "x", "data/x", "private/x"):
        found = filled.json("backup", str(filled.ledger / name), code=5)
        assert found["error"]["code"] == "cli.backup_inside"
    assert sorted(path.name for path in filled.ledger.iterdir()) == ["data", "ledger.card", "private"]


def test_a_copy_that_could_not_be_verified_is_not_called_verified(filled, monkeypatch):
    from trustledger_cli.commands import checking

    report = AuditReport(newer=True)
    monkeypatch.setattr(checking, "audit_directory", lambda *_, **__: report)
    assert filled.json("backup", filled.path("copy"), code=1)["error"]["code"] == "cli.newer_backup"


def test_a_ledger_that_lost_its_data_says_so_everywhere(filled):
    (filled.ledger / "data" / "data.mdb").unlink()
    for command in ("stats", "audit", "log"):
        filled.run(command, code=5)
    shutil.rmtree(filled.ledger / "data")
    filled.run("stats", code=5)


def test_an_audit_that_asks_no_standings_says_the_same_of_the_rest(shop):
    shop.append(shop.write("raw.csv", SHEET))
    whole, part = shop.json("audit"), shop.json("audit", "--no-standings")
    whole["counts"].pop("listings", None)
    part["counts"].pop("listings", None)
    assert whole == part
