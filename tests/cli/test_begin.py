"""init, key new, party add, parties: a ledger begins."""

from __future__ import annotations

import json
import os
import stat

from .conftest import FARM, GTIN, LOT, OPERATOR, run


def init(folder, *more, code=0):
    arguments = (
        "init",
        str(folder / "a.ledger"),
        "--origin",
        "a.example/log",
        "--operator",
        OPERATOR,
        "--key",
        str(folder / "op.key"),
    )
    result = run(*arguments, *more)
    assert result.exit_code == code, result.output
    return result


def test_init_makes_keys_card_and_says_what_to_keep(tmp_path):
    output = init(tmp_path).output
    ledger = tmp_path / "a.ledger"
    for word in ("ledger.card", "op.key", "private/log.key", "openings", "backup"):
        assert word in output
    assert (ledger / "ledger.card").read_text().startswith("trustledger/card@v1\norigin a.example/log\n")
    assert stat.S_IMODE((ledger / "private" / "log.key").stat().st_mode) == 0o600
    assert stat.S_IMODE((ledger / "private").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "op.key").stat().st_mode) == 0o600


def test_init_uses_keys_that_are_there(tmp_path):
    assert run("key", "new", str(tmp_path / "op.key"), "--party", OPERATOR).exit_code == 0
    before = (tmp_path / "op.key").read_bytes()
    document = json.loads(init(tmp_path, "--json", "--log-key", str(tmp_path / "log.key")).stdout)
    assert (tmp_path / "op.key").read_bytes() == before
    assert document["operator_key"]["made"] is False
    assert (tmp_path / "log.key.pub").exists()


def test_init_twice_is_refused_and_leaves_everything(tmp_path):
    init(tmp_path)
    before = (tmp_path / "a.ledger" / "ledger.card").read_bytes()
    assert "holds a ledger already" in init(tmp_path, code=5).stderr
    assert (tmp_path / "a.ledger" / "ledger.card").read_bytes() == before


def test_init_in_a_full_directory_makes_no_key(tmp_path):
    (tmp_path / "a.ledger").mkdir()
    (tmp_path / "a.ledger" / "holiday.jpg").write_bytes(b"x")
    init(tmp_path, code=5)
    assert not (tmp_path / "op.key").exists()


def test_init_refuses_another_partys_key(tmp_path):
    run("key", "new", str(tmp_path / "op.key"), "--party", FARM)
    result = init(tmp_path, code=1)
    assert FARM in result.stderr
    assert not (tmp_path / "a.ledger" / "data").exists()


def test_init_says_when_a_name_is_impossible(tmp_path):
    result = run(
        "init", str(tmp_path / "a"), "--origin", "a b", "--operator", OPERATOR, "--key", str(tmp_path / "k")
    )
    assert result.exit_code == 1
    assert not (tmp_path / "k").exists()


def test_key_new_shows_the_fingerprint_and_never_overwrites(tmp_path):
    path = str(tmp_path / "k.key")
    document = json.loads(run("key", "new", path, "--party", "https://farm.example", "--json").stdout)
    assert document["party"] == FARM
    assert document["id"] in document["vkey"]
    assert run("key", "new", path, "--party", FARM).exit_code == 5


def test_key_with_a_passphrase_file(shop):
    shop.write("word", "secret\nsecond line\n")
    shop.run(
        "key",
        "new",
        shop.path("x.key"),
        "--party",
        "https://x.example/",
        "--passphrase-file",
        shop.path("word"),
    )
    assert b"ENCRYPTED" in (shop.folder / "x.key").read_bytes()
    sheet = shop.write("a.csv", f"商品条码,批号,发生时间,名称\n'{GTIN},R-1,2026/10/1 8:00,奶\n")
    append = (
        "append",
        sheet,
        "--as",
        "https://x.example/",
        "--key",
        shop.path("x.key"),
        "--zone",
        "Asia/Shanghai",
    )
    assert "passphrase" in shop.run(*append, code=1).stderr
    shop.write("wrong", "no\n")
    assert "wrong" in shop.run(*append, "--passphrase-file", shop.path("wrong"), code=1).stderr
    shop.run(
        "party",
        "add",
        "https://x.example/",
        "--role",
        "producer",
        "--pub",
        shop.path("x.key.pub"),
        "--key",
        shop.path("operator.key"),
    )
    shop.run(*append, "--passphrase-file", shop.path("word"))


def test_key_with_a_passphrase_that_is_asked_for_twice(tmp_path):
    result = run(
        "key", "new", str(tmp_path / "k"), "--party", FARM, "--passphrase", input="one\ntwo\none\none\n"
    )
    assert result.exit_code == 0
    assert b"ENCRYPTED" in (tmp_path / "k").read_bytes()


def test_both_passphrase_options_contradict(tmp_path):
    result = run("key", "new", str(tmp_path / "k"), "--party", FARM, "--passphrase", "--passphrase-file", "x")
    assert result.exit_code == 2


def test_parties(shop):
    document = shop.json("parties")
    assert [(party["uri"], party["roles"]) for party in document["parties"]] == [
        (FARM, ["producer"]),
        ("https://lab.example/", ["inspector"]),
        (OPERATOR, ["operator"]),
    ]
    output = shop.run("parties", "--lang", "zh").output
    assert "生产者" in output
    assert "Example Shop" in output


def test_party_add_with_another_partys_key_note(shop):
    result = shop.run(
        "party",
        "add",
        "https://new.example/",
        "--role",
        "carrier",
        "--pub",
        shop.path("farm.key.pub"),
        "--key",
        shop.path("operator.key"),
        code=4,
    )
    assert FARM in result.stderr


def test_party_add_by_somebody_else(shop):
    run("key", "new", shop.path("n.key"), "--party", "https://new.example/")
    shop.run(
        "party",
        "add",
        "https://new.example/",
        "--pub",
        shop.path("n.key.pub"),
        "--key",
        shop.path("farm.key"),
        code=4,
    )
    assert shop.json("stats")["parties"] == 3


def test_party_changes_its_name(shop):
    shop.run("party", "add", FARM, "--name", "Greener Farm", "--key", shop.path("operator.key"))
    document = shop.json("show", FARM)
    assert document["party"]["name"] == "Greener Farm"
    assert document["party"]["roles"] == ["producer"]


def test_the_ledger_may_be_named_before_or_after_the_command_or_by_the_environment(shop, monkeypatch):
    assert run("--ledger", str(shop.ledger), "parties").exit_code == 0
    assert run("parties", "--ledger", str(shop.ledger)).exit_code == 0
    monkeypatch.setenv("TRUSTLEDGER_LEDGER", str(shop.ledger))
    assert run("parties").exit_code == 0
    assert run("--ledger", os.devnull, "parties").exit_code == 1


def test_a_key_that_others_can_read_is_warned_about(shop):
    (shop.folder / "farm.key").chmod(0o644)
    sheet = shop.write("a.csv", f"商品条码,批号,发生时间,名称\n'{GTIN},R-1,2026/10/1 8:00,奶\n")
    result = shop.append(sheet)
    assert "chmod 600" in result.stderr
    assert LOT not in result.stderr


def test_a_log_key_that_lies_elsewhere_is_named_by_the_environment(tmp_path, monkeypatch):
    init(tmp_path, "--log-key", str(tmp_path / "log.key"))
    ledger = str(tmp_path / "a.ledger")
    run("key", "new", str(tmp_path / "f.key"), "--party", FARM)
    add = (
        "party",
        "add",
        FARM,
        "--pub",
        str(tmp_path / "f.key.pub"),
        "--key",
        str(tmp_path / "op.key"),
        "--ledger",
        ledger,
    )
    assert run(*add).exit_code == 0
    assert run("checkpoint", "--ledger", ledger).exit_code == 1
    monkeypatch.setenv("TRUSTLEDGER_LOG_KEY", str(tmp_path / "log.key"))
    assert json.loads(run("checkpoint", "--ledger", ledger, "--json").stdout)["size"] == 3
