"""Whatever goes wrong: one sentence, one exit code, nothing appended, no traceback."""

from __future__ import annotations

import json
import re

import pytest

from .conftest import FARM, LAB, OPERATOR, SHEET, run


def error(result):
    assert "Traceback" not in result.output
    return json.loads(result.stdout)["error"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["nonsense"], "cli.unknown_command"),
        (["audti"], "cli.no_such_command"),
        (["party", "addd"], "cli.no_such_command"),
        (["show"], "cli.missing"),
        (["show", "2", "--nope"], "cli.unknown_option"),
        (["append", "x", "--dry-rum"], "cli.no_such_option"),
        (["log", "--limit", "many"], "cli.bad_value"),
        (["log", "--lang", "fr"], "cli.bad_value"),
        (["show", "2", "2", "3"], "cli.usage"),
        ([], "cli.no_command"),
        (["key"], "cli.no_command"),
        (["party"], "cli.no_command"),
        (["show", "2"], "cli.no_ledger"),
        (["append", "x.csv"], "cli.no_key"),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_misuse_exits_2(arguments, code, language):
    found = error(run(*arguments, "--json", env={"TRUSTLEDGER_LANG": language}))
    assert (found["code"], found["exit_code"]) == (code, 2)
    assert not re.search(r"(^|[ “])\?", found["message"])  # a gap where a fact is missing
    if code == "cli.no_command":
        return
    result = run(*arguments, env={"TRUSTLEDGER_LANG": language})
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("错误：" if language == "zh" else "Error: ")


def test_json_has_the_shape_that_is_documented(shop):
    found = error(shop.run("show", "99", "--json", code=1))
    assert set(found) == {"code", "message", "exit_code", "facts"}
    assert found["facts"]["size"] == 4


@pytest.mark.parametrize("language", ["en", "zh"])
def test_not_a_ledger(tmp_path, language):
    assert run("stats", "--ledger", str(tmp_path / "none"), "--lang", language).exit_code == 1
    (tmp_path / "full").mkdir()
    result = run("stats", "--ledger", str(tmp_path / "full"), "--lang", language)
    assert result.exit_code == 5
    assert ("不是账本" if language == "zh" else "not a ledger") in result.stderr


def test_an_unregistered_party(shop):
    run("key", "new", shop.path("x.key"), "--party", "https://x.example/")
    sheet = shop.write("a.csv", SHEET)
    result = shop.run(
        "append",
        sheet,
        "--as",
        "https://x.example/",
        "--key",
        shop.path("x.key"),
        "--zone",
        "UTC",
        "--lang",
        "zh",
        code=4,
    )
    assert "登记" in result.stderr
    shop.run("append", sheet, "--as", "https://x.example/", "--zone", "UTC", "--dry-run", code=4)
    assert shop.json("stats")["entries"] == 4


def test_the_key_of_another_party(shop):
    sheet = shop.write("a.csv", SHEET)
    result = shop.run("append", sheet, "--as", FARM, "--key", shop.path("lab.key"), "--zone", "UTC", code=1)
    assert LAB in result.stderr
    run("key", "new", shop.path("thief.key"), "--party", FARM)
    shop.run("append", sheet, "--as", FARM, "--key", shop.path("thief.key"), "--zone", "UTC", code=4)
    assert shop.json("stats")["entries"] == 4


def test_a_statement_for_another_ledger(shop, tmp_path):
    other = tmp_path / "b.ledger"
    run(
        "init",
        str(other),
        "--origin",
        "b.example/log",
        "--operator",
        OPERATOR,
        "--key",
        str(tmp_path / "b.key"),
    )
    sheet = shop.write("a.csv", SHEET)
    assert (
        run(
            "sign",
            sheet,
            "--card",
            str(other / "ledger.card"),
            "--key",
            shop.path("farm.key"),
            "--zone",
            "UTC",
            "-o",
            shop.path("s"),
        ).exit_code
        == 0
    )
    assert "b.example/log" in shop.run("submit", shop.path("s"), code=4).stderr


@pytest.mark.parametrize(
    "content", [b"", b"\x00" * 500, b"trustledger/submission@v1 10 1\nshort", "随便".encode("gb18030")]
)
def test_a_damaged_statement(shop, content):
    (shop.folder / "s").write_bytes(content)
    shop.run("submit", shop.path("s"), code=1)


def test_a_statement_of_a_newer_version(shop):
    (shop.folder / "s").write_bytes(b"trustledger/submission@v2 10 1\n")
    assert "newer" in shop.run("submit", shop.path("s"), code=1).stderr


@pytest.mark.parametrize("command", ["append", "submit", "party"])
def test_a_file_that_is_not_there(shop, command):
    missing = shop.path("missing")
    if command == "append":
        shop.append(missing, code=1)
    elif command == "submit":
        shop.run("submit", missing, code=1)
    else:
        shop.run(
            "party", "add", "https://x.example", "--pub", missing, "--key", shop.path("operator.key"), code=1
        )


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04xxx", b"%PDF-1.7", b"", bytes(range(256)), b"a,b\n1,2\n", "列,甲\n1,2\n".encode("gb18030")],
)
def test_files_that_are_not_sheets(shop, content):
    (shop.folder / "x.csv").write_bytes(content)
    shop.append(shop.path("x.csv"), code=1)
    assert shop.json("stats")["entries"] == 4


def test_a_damaged_key_file(shop):
    sheet = shop.write("a.csv", SHEET)
    shop.write("farm.key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
    shop.append(sheet, code=1)


def test_a_ledger_of_a_newer_layout(shop):
    from trustledger.ledger import tables
    from trustledger.store import LmdbStore

    with LmdbStore.open(shop.ledger / "data", tables.TABLES, create=False) as store:
        with store.snapshot() as snapshot:
            head = snapshot.head
        store.commit(head, {"meta": [(tables.SCHEMA_KEY, b"9")]}, head)
    assert error(shop.run("stats", "--json", code=1))["code"] == "ledger.newer_schema"


def test_a_second_writer_that_never_finishes(shop, monkeypatch):
    from trustledger_cli import session

    from trustledger import Ledger

    opened = Ledger.open
    monkeypatch.setattr(
        session.Ledger, "open", lambda path, **options: opened(path, **options, lock_timeout=0.2)
    )
    sheet = shop.write("a.csv", SHEET)
    with opened(shop.ledger) as ledger, ledger._store.exclusive(1.0):
        result = shop.append(sheet, code=5)
    assert "writer" in result.stderr.lower() or "lock" in result.stderr.lower()
    assert shop.json("stats")["entries"] == 4


def test_what_nobody_expected_is_one_line(shop, monkeypatch):
    from trustledger import Ledger

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a\x1b[2Jb")

    monkeypatch.setattr(Ledger, "stats", broken)
    result = shop.run("stats", code=1)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "\x1b" not in result.stderr
    assert error(shop.run("stats", "--json", code=1))["facts"]["kind"] == "ZeroDivisionError"
    assert "Traceback" in shop.run("stats", "--debug", code=1).stderr


def test_ctrl_c_is_calm(shop, monkeypatch):
    from trustledger import Ledger

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "stats", interrupted)
    assert "Cancelled" in shop.run("stats", code=130).stderr
    assert "已取消" in shop.run("stats", "--lang", "zh", code=130).stderr


@pytest.mark.parametrize("group", ["key", "party"])
def test_a_group_alone_shows_its_help(group):
    for arguments in ((group,), (group, "--lang", "zh")):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.strip() == run(*arguments, "--help").stdout.strip()
        assert "\\n" not in result.stderr


def test_cancelled_before_anything_was_opened_speaks_of_no_statements(shop, monkeypatch):
    result = shop.run("setup", input="", code=130)
    assert "Cancelled." in result.stderr
    assert "tatement" not in result.stderr

    from trustledger.ledger import Ledger

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(Ledger, "submit", interrupted)
    monkeypatch.setattr("trustledger_cli.commands.submitting.read_submissions", lambda _: [None])
    assert "Statements that were placed" in shop.run("submit", shop.path("farm.key"), code=130).stderr
