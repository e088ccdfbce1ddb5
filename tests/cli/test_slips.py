"""Slips of the hand: the wrong half of a key, a change that changes nothing, a key that is not at hand."""

from __future__ import annotations

import pytest
from trustledger_cli.render.audits import _grouped

from trustledger.audit.report import Finding

from .conftest import FARM, LAB, OPERATOR, SHEET, run


@pytest.fixture
def operator(shop):
    return ("--key", shop.path("operator.key"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_private_key_where_the_public_one_is_meant(shop, operator, language):
    arguments = ("party", "add", LAB, "--pub", shop.path("farm.key"), *operator, "--lang", language)
    refused = shop.json(*arguments, code=1)["error"]
    assert (refused["code"], refused["facts"]["expected"]) == ("cli.private_key", shop.path("farm.key.pub"))
    rotate = ("key", "rotate", shop.path("lab.key.pub"), shop.path("farm.key"), *operator)
    assert shop.json(*rotate, code=1)["error"]["code"] == "cli.private_key"
    assert shop.json("stats")["entries"] == 4


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_public_key_where_the_private_one_is_meant(shop, language):
    arguments = ("append", shop.write("a.csv", SHEET), "--as", FARM, "--zone", "UTC", "--lang", language)
    refused = shop.json(*arguments, "--key", shop.path("farm.key.pub"), code=1)["error"]
    assert (refused["code"], refused["facts"]["expected"]) == ("cli.public_key", shop.path("farm.key"))


@pytest.mark.parametrize(
    "change",
    [
        ("party", "add", LAB, "--name", "Lab", "--role", "inspector"),
        ("party", "add", LAB, "--threshold", "1", "--owner", "none", "--scopes", "none"),
        ("party", "add", LAB, "--identity", "none", "--accreditation", "none"),
        ("party", "suspend", LAB, "--lift"),
    ],
)
def test_what_stands_already_is_not_written_again(shop, operator, change):
    document = shop.json(*change, *operator)
    assert (document["entry"], document["new"]) == (None, False)
    assert "Nothing to change" in shop.run(*change, *operator).output
    assert shop.json("stats")["entries"] == 4


def test_a_part_that_is_new_is_written(shop, operator):
    shop.run("party", "add", LAB, "--name", "Lab", "--role", "carrier", *operator)
    shop.run("party", "suspend", LAB, "--reason", "a", *operator)
    shop.run("party", "suspend", LAB, "--reason", "a", *operator)
    shop.run("party", "suspend", LAB, "--reason", "b", *operator)
    assert shop.json("stats")["entries"] == 7


def test_an_append_without_the_logs_key_says_what_is_missing(shop):
    assert "checkpoint" not in shop.append(shop.write("a.csv", SHEET)).stderr
    (shop.ledger / "private" / "log.key").rename(shop.path("away.key"))
    warned = shop.append(shop.write("b.csv", SHEET.replace("RAW", "NEW"))).stderr
    assert "TRUSTLEDGER_LOG_KEY" in warned


def test_a_layout_is_signed_by_as_many_keys_as_must(shop, operator):
    assert run("key", "new", shop.path("two.key"), "--party", FARM).exit_code == 0
    pub = ("--pub", shop.path("two.key.pub"), "--threshold", "2")
    shop.run("party", "add", FARM, *pub, "--role", "brand-owner", *operator)
    shop.write("steps.toml", shop.run("layout", "set", "--template").stdout)
    lay = ("layout", "set", "09506000134352", shop.path("steps.toml"), "--key", shop.path("farm.key"))
    assert shop.json(*lay, code=4)["error"]["code"] == "statement.threshold"
    shop.run(*lay, "--with-key", shop.path("two.key"))


def test_what_a_stolen_key_signed_is_one_line(shop, operator):
    for number in range(3):
        shop.append(shop.write("a.csv", SHEET.replace("RAW", f"R{number}")))
    shop.run("party", "add", OPERATOR, "--name", "Shop", *operator)
    shop.append(shop.write("a.csv", SHEET.replace("RAW", "R9")))
    shop.run("key", "revoke", shop.path("farm.key.pub"), "--reason", "compromised", *operator)
    assert "4–6, 8 " in shop.run("audit").output
    assert [one["ref"] for one in shop.json("audit")["findings"] if one["code"] == "audit.compromised"] == [
        "4",
        "5",
        "6",
        "8",
    ]


def test_findings_keep_their_order_and_two_keys_their_lines():
    def stolen(ref, key):
        return Finding("audit.compromised", {"key": key}, ref)

    other = Finding("audit.role", {}, "5/0")
    found = [stolen("9", "a"), stolen("3", "b"), other, stolen("2", "a"), stolen("10", "a"), stolen("4", "b")]
    assert [refs for _, refs in _grouped(found)] == ["2, 9–10", "3–4", "5/0"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--owner", LAB), "own owner"),
        (("--scope-kind", "inspektion"), "did you mean inspection"),
        (("--scope-kind", "zzzz"), "no kind"),
        (("--identity", "duns:123456789"), "duns"),
    ],
)
def test_what_is_hardly_meant_is_pointed_out(shop, operator, more, words):
    assert words in shop.run("party", "add", LAB, *more, *operator).stderr
    assert shop.run("party", "add", LAB, *more, "--name", "x", *operator, "--lang", "zh").stderr


def test_a_party_without_a_role_and_one_company_under_two_addresses(shop, operator):
    shop.run("party", "add", FARM, "--identity", "duns:123456789", *operator)
    assert run("key", "new", shop.path("x.key"), "--party", "https://x.example").exit_code == 0
    add = (
        "party",
        "add",
        "https://x.example",
        "--pub",
        shop.path("x.key.pub"),
        "--identity",
        "duns:123456789",
    )
    warned = shop.run(*add, *operator).stderr
    assert "no role" in warned
    assert "Farm" in warned


@pytest.mark.parametrize(
    ("typed", "taken"),
    [("2026-10-01", "2026-09-30T16:00:00Z"), ("2026-10-01T08:00", "2026-10-01T00:00:00Z")],
)
def test_a_time_without_an_offset_is_the_profiles_and_is_told(shop, operator, typed, taken):
    shop.write("profile.json", '{"version": 1, "zone": "Asia/Shanghai"}')
    told = shop.run(
        *("party", "add", LAB, "--scope-from", typed, *operator),
        env={"TRUSTLEDGER_PROFILE": shop.path("profile.json")},
    )
    assert taken in told.stderr
    scopes = shop.json("party", "show", LAB)["party"]["scopes"]
    assert scopes[0]["since"] == taken
    assert "zone UTC" in shop.run("party", "add", LAB, "--scope-until", typed, *operator).stderr
    for wrong in ("20261001", "2026-13-01", "today"):
        shop.run("party", "add", LAB, "--scope-from", wrong, *operator, code=1)


def test_an_init_that_broke_off_says_how_to_go_on(tmp_path):
    def init(code=0):
        keys = ("--operator", OPERATOR, "--key", str(tmp_path / "op.key"))
        result = run("init", str(tmp_path / "a"), "--origin", "a.example/l", *keys)
        assert result.exit_code == code, result.output
        return result

    init()
    (tmp_path / "a" / "ledger.card").unlink()
    assert "broke off" in init(code=5).stderr
    for path in (tmp_path / "a" / "data").iterdir():
        path.unlink()
    (tmp_path / "a" / "data").rmdir()
    init()
