"""policy show, check, set: the rules that every statement is held to."""

from __future__ import annotations

import json
import time

import pytest

from trustledger.authority.policy import default_policy

from .conftest import FARM, LOT, SHEET, run

MINE = """format = 1
name = "mine"
date = 2026-12-01

[kinds.origin]
roles = ["producer"]
"""


@pytest.fixture
def operator(shop):
    return ("--key", shop.path("operator.key"))


def test_the_policy_in_force(shop):
    document = shop.json("policy", "show")
    assert (document["name"], document["is_default"]) == ("supply-chain", True)
    assert document["kinds"]["inspection"]["roles"] == ["inspector", "processor"]
    assert document["toml"] == default_policy().text
    assert shop.run("policy", "show", "--toml").stdout_bytes == default_policy().text.encode()
    for language, words in (
        ("en", ("30 days", "5 minutes", "inspector, processor", "claim, review")),
        ("zh", ("30 天", "5 分钟", "检验机构", "自定义类型")),
    ):
        output = shop.run("policy", "show", "--lang", language).output
        assert [word for word in words if word not in output] == []


def test_all_that_a_rule_can_ask_is_shown(shop, operator):
    text = (
        MINE + 'signatures = 2\ncosigned_by = ["platform"]\nafter = ["processing"]\nstrangers = "steward"\n'
    )
    text += '[kinds.processing]\nroles = ["processor"]\n[time]\nbehind = 7_200\nahead = 1\n'
    shop.run("policy", "set", shop.write("p.toml", text), *operator)
    output = shop.run("policy", "show").output
    for word in (
        "2 parties sign",
        "cosigned by platform",
        "after processing",
        "goods: steward",
        "2 hours",
        "1 second ",
    ):
        assert word in output


def test_a_policy_is_set_and_asked_at_once(shop, operator):
    file = shop.write("mine.toml", MINE)
    document = shop.json("policy", "set", file, *operator)
    assert (document["entry"], document["new"], document["name"]) == (4, True, "mine")
    assert {"path": "kinds.origin.roles", "before": "processor, producer", "after": "producer"} in document[
        "differences"
    ]
    again = shop.json("policy", "set", file, *operator)
    assert (again["entry"], again["new"]) == (None, False)
    assert "entry 4" in shop.run("policy", "set", file, *operator).output
    shop.append(shop.write("a.csv", SHEET))
    row = {
        "kind": "shipping",
        "subject": LOT,
        "occurred_at": "2026-10-04T08:00:00Z",
        "data": {"direction": "dispatched"},
    }
    refused = shop.append(shop.write("s.jsonl", json.dumps(row) + "\n"), "--dry-run", code=4)
    assert "does not list" in refused.stderr
    shop.run("policy", "set", "default", *operator)
    shop.append(shop.write("s.jsonl", json.dumps(row) + "\n"), "--dry-run")
    assert shop.json("audit")["ok"]
    shop.run("policy", "set", file, "--key", shop.path("farm.key"), code=4)


def test_a_check_says_what_changes_and_who_is_shut_out_and_changes_nothing(shop, operator):
    shop.append(shop.write("a.csv", SHEET))
    text = MINE.replace('["producer"]', '["processor"]')
    document = shop.json("policy", "check", shop.write("p.toml", text))
    assert document["compared_with"] == "ledger"
    assert [(one["party"], one["kind"], one["ref"]) for one in document["shut_out"]] == [
        (FARM, "origin", "4/0")
    ]
    assert document["shut_out"][0]["problem"]["code"] == "policy.roles"
    output = shop.run("policy", "check", shop.path("p.toml"), "--lang", "zh")
    assert "不能再照原样签署" in output.stderr
    assert "processor" in output.output
    assert shop.json("stats")["entries"] == 5
    assert shop.json("policy", "check", shop.write("q.toml", MINE))["shut_out"] == []
    same = shop.run("policy", "check", "default").output
    assert "what the policy in force says" in same
    assert "Everybody" in same


def test_a_policy_that_shuts_somebody_out_is_set_by_force_alone(shop, operator):
    shop.append(shop.write("a.csv", SHEET))
    strict = shop.write("p.toml", MINE.replace('["producer"]', '["processor"]'))
    refused = shop.run("policy", "set", strict, *operator, code=4)
    assert "4/0" in refused.stderr
    assert "--force" in refused.stderr
    assert shop.json("policy", "set", strict, *operator, code=4)["error"]["code"] == "cli.shut_out"
    assert shop.json("stats")["entries"] == 5
    document = shop.json("policy", "set", strict, *operator, "--force")
    assert (document["entry"], [one["ref"] for one in document["shut_out"]]) == (5, ["4/0"])


@pytest.mark.parametrize(
    ("more", "code", "ref"),
    [
        ('after = ["processing"]\n[kinds.processing]\nroles = ["producer"]\n', "policy.after", "4/0"),
        ("signatures = 2\n", "policy.signatures", "4/0"),
        ("[time]\nbehind = 60\nahead = 60\n", "policy.behind", "4"),
    ],
)
def test_a_check_asks_what_comes_first_and_how_late_too(shop, operator, monkeypatch, more, code, ref):
    """Signed on another computer a day before it was placed."""
    late = ("--card", str(shop.ledger / "ledger.card"), "--key", shop.path("farm.key"), "-o", shop.path("s"))
    real = time.time_ns
    with monkeypatch.context() as patch:
        patch.setattr("time.time_ns", lambda: real() - 86_400 * 10**9)
        signed = run("sign", shop.write("a.csv", SHEET), *late, "--zone", "UTC")
    assert signed.exit_code == 0, signed.output
    shop.run("submit", shop.path("s"))
    document = shop.json("policy", "check", shop.write("p.toml", MINE + more))
    assert [(one["problem"]["code"], one["ref"]) for one in document["shut_out"]] == [(code, ref)]
    assert FARM.rstrip("/") in shop.run("policy", "check", shop.path("p.toml")).stderr
    assert shop.json("policy", "check", shop.write("q.toml", MINE))["shut_out"] == []


def test_what_stood_before_in_the_same_statement_counts(shop, operator):
    rows = [
        {"kind": kind, "subject": LOT, "occurred_at": "2026-10-04T08:00:00Z", "data": data}
        for kind, data in (("origin", {}), ("shipping", {"direction": "dispatched"}))
    ]
    shop.append(shop.write("r.jsonl", "".join(json.dumps(row) + "\n" for row in rows)))
    rule = MINE + '[kinds.shipping]\nroles = ["producer"]\nafter = ["origin"]\n'
    assert shop.json("policy", "check", shop.write("p.toml", rule))["shut_out"] == []
    turned = rule.replace('after = ["origin"]', 'after = ["inspection"]')
    turned += '[kinds.inspection]\nroles = ["producer"]\n'
    found = shop.json("policy", "check", shop.write("q.toml", turned))["shut_out"]
    assert [one["ref"] for one in found] == ["4/1"]


def test_kinds_that_nobody_knows_are_pointed_out(shop):
    text = MINE.replace("kinds.origin", "kinds.orgin") + '[kinds."my.own"]\nroles = ["producer"]\n'
    file = shop.write("p.toml", text)
    assert shop.json("policy", "check", file)["unknown_kinds"] == {"orgin": "origin"}
    for language in ("en", "zh"):
        warned = shop.run("policy", "check", file, "--lang", language).stderr
        assert "orgin" in warned
        assert "origin" in warned


def test_what_was_refused_before_is_not_blamed_on_the_new_policy(shop, operator):
    shop.append(shop.write("a.csv", SHEET))
    shop.run("party", "role", FARM, "--set", "carrier", *operator)
    assert shop.json("policy", "check", shop.write("p.toml", MINE))["shut_out"] == []


def test_a_check_without_a_ledger_compares_with_the_default(tmp_path):
    (tmp_path / "p.toml").write_text(MINE)
    document = json.loads(run("policy", "check", str(tmp_path / "p.toml"), "--json").stdout)
    assert (document["compared_with"], document["shut_out"]) == ("default", None)
    assert "no ledger was named" in run("policy", "check", str(tmp_path / "p.toml")).output


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe", "cli.not_utf8"),
        (b"hello", "policy.toml"),
        (b"format = 9\n", "policy.newer"),
        (MINE.replace("producer", "farmer").encode(), "policy.role"),
        (b"#" * 60_001, "cli.large_file"),
    ],
)
@pytest.mark.parametrize("command", ["check", "set"])
def test_what_is_no_policy_is_named_and_nothing_is_written(shop, operator, content, code, command):
    (shop.folder / "p.toml").write_bytes(content)
    more = operator if command == "set" else ()
    found = shop.json("policy", command, shop.path("p.toml"), *more, code=1)["error"]
    assert found["code"] == code
    assert shop.json("stats")["entries"] == 4


def test_a_ledger_without_a_policy(tmp_path):
    key, ledger = str(tmp_path / "k"), str(tmp_path / "b.ledger")
    init = ("init", ledger, "--origin", "b.example/log", "--operator", "https://b.example", "--key", key)
    assert "none" in run(*init, "--policy", "none").output
    assert (
        json.loads(run("--ledger", ledger, "policy", "show", "--json").stdout)["error"]["code"]
        == "cli.no_policy"
    )
    assert "No policy holds yet" in run("--ledger", ledger, "policy", "check", "default").output
    assert run("--ledger", ledger, "policy", "set", "default", "--key", key).exit_code == 0
    assert run("--ledger", ledger, "policy", "show").exit_code == 0
