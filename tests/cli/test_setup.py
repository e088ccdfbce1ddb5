"""setup and the profile: a merchant answers once."""

from __future__ import annotations

import json
import stat

import pytest
from trustledger_cli.language import language_of

from .conftest import FARM, SHEET, run


def test_questions_are_asked_again_until_the_answer_is_good(shop, tmp_path):
    answers = [
        "zh",
        "/no/such",
        str(shop.ledger),
        "https://nobody.example",
        "1",
        shop.path("lab.key"),
        shop.path("farm.key"),
        "Beijing",
        "Asia/Shanghai",
    ]
    result = run("setup", input="\n".join(answers) + "\n")
    assert result.exit_code == 0, result.stderr
    profile = json.loads((tmp_path / "profile.json").read_text())
    assert profile == {
        "version": 1,
        "ledger": str(shop.ledger),
        "party": FARM,
        "key": shop.path("farm.key"),
        "zone": "Asia/Shanghai",
        "language": "zh",
    }
    assert result.stderr.count("错误：") == 4
    assert stat.S_IMODE((tmp_path / "profile.json").stat().st_mode) == 0o600
    assert "PRIVATE" not in (tmp_path / "profile.json").read_text()


def test_afterwards_the_file_is_enough(shop, tmp_path):
    arguments = (
        "setup",
        "--ledger",
        str(shop.ledger),
        "--party",
        FARM,
        "--key",
        shop.path("farm.key"),
        "--zone",
        "Asia/Shanghai",
        "--lang",
        "zh",
        "--json",
    )
    assert json.loads(run(*arguments).stdout)["language"] == "zh"
    sheet = shop.write("原奶.csv", SHEET, "gb18030")
    assert "可以写入" in run("append", sheet, "--dry-run").output
    assert "新增 2 条" in run("append", sheet).output
    assert "2026-10-01 08:00" in run("show", "4/0").output
    assert "already there" in run("append", sheet, "--lang", "en").output


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--ledger", "/no/such"),
        ("--party", "https://nobody.example/"),
        ("--key", "/no/such.key"),
        ("--zone", "Nowhere"),
    ],
)
def test_a_bad_answer_as_an_option_is_an_error_and_writes_nothing(shop, tmp_path, option, value):
    good = {"--ledger": str(shop.ledger), "--party": FARM, "--key": shop.path("farm.key"), "--zone": "UTC"}
    arguments = [word for pair in (good | {option: value}).items() for word in pair]
    assert run("setup", *arguments).exit_code in (1, 4)
    assert not (tmp_path / "profile.json").exists()


def test_input_that_ends_leaves_no_profile(shop, tmp_path):
    assert run("setup", input="en\n").exit_code == 130
    assert not (tmp_path / "profile.json").exists()


def test_a_key_that_is_not_enrolled_is_found_at_once(shop):
    run("key", "new", shop.path("new.key"), "--party", FARM)
    result = run(
        "setup", "--ledger", str(shop.ledger), "--party", FARM, "--key", shop.path("new.key"), "--zone", "UTC"
    )
    assert result.exit_code == 4


@pytest.mark.parametrize(
    "content",
    ["{", "[]", '{"version": 2}', '{"version": 1, "ledger": 5}', '{"version": 1, "what": "x"}', "[" * 9999],
)
def test_a_damaged_profile_is_said_when_it_is_needed(shop, tmp_path, content):
    (tmp_path / "profile.json").write_text(content)
    result = run("stats")
    assert result.exit_code == 1
    assert "setup" in result.stderr
    shop.run("stats")


@pytest.mark.parametrize(
    ("arguments", "environment", "profile", "expected"),
    [
        ([], {}, None, "en"),
        ([], {"LANG": "zh_CN.GB18030"}, None, "zh"),
        ([], {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, None, "en"),
        ([], {"LANG": "zh_CN.UTF-8"}, "en", "en"),
        ([], {"TRUSTLEDGER_LANG": "zh"}, "en", "zh"),
        (["--lang", "en"], {"TRUSTLEDGER_LANG": "zh"}, "zh", "en"),
        (["log", "--lang=zh"], {}, None, "zh"),
        (["log", "--", "--lang", "zh"], {}, None, "en"),
        (["log", "--lang"], {}, None, "en"),
    ],
)
def test_language(arguments, environment, profile, expected):
    assert language_of(arguments, environment, profile) == expected
