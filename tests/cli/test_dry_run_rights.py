"""append --dry-run: what an append would be refused for, it is told before."""

from __future__ import annotations

import pytest

from .conftest import FARM, GTIN, LAB, SHEET, run

RULES = """format = 1
name = "mine"
date = 2026-12-01
[secondary]
strangers = "steward"
[kinds.origin]
roles = ["producer"]
[kinds.shipping]
roles = ["producer"]
after = ["origin"]
"""
MOVE = """gtin,lot,quantity,unit,occurred_at,direction,document,also
9506000134352,{lot},1,kg,2026/10/2 8:00,dispatched,D-9,{also}
"""


@pytest.fixture
def operator(shop):
    return ("--key", shop.path("operator.key"))


def both(shop, sheets, expected, exits=4, keys=()):
    """The dry run and the append are refused for the same reason, and nothing is appended."""
    append = ("append", *sheets, "--as", FARM, "--zone", "UTC", "--key", shop.path("farm.key"), *keys)
    entries = shop.json("stats")["entries"]
    for more in (("--dry-run",), ()):
        assert shop.json(*append, *more, code=exits)["error"]["code"] == expected
        assert shop.json("stats")["entries"] == entries


def test_scopes(shop, operator):
    shop.run("party", "add", FARM, "--scope-subject", "https://elsewhere.example/", *operator)
    both(shop, [shop.write("a.csv", SHEET)], "policy.scope_subject")
    shop.run("party", "add", FARM, "--scope-kind", "shipping", *operator)
    both(shop, [shop.path("a.csv")], "policy.scope_kind")


def test_thresholds_are_counted_from_the_keys_given(shop, operator):
    assert run("key", "new", shop.path("two.key"), "--party", FARM).exit_code == 0
    shop.run("party", "add", FARM, "--pub", shop.path("two.key.pub"), "--threshold", "2", *operator)
    sheet = shop.write("a.csv", SHEET)
    both(shop, [sheet], "statement.threshold")
    append = ("append", sheet, "--as", FARM, "--zone", "UTC", "--key", shop.path("farm.key"))
    assert shop.json(*append, "--with-key", shop.path("two.key"), "--dry-run")["keys_asked"]
    (shop.folder / "two.key.pub").unlink()  # the key itself tells, where no passphrase protects it
    assert shop.json(*append, "--with-key", shop.path("two.key"), "--dry-run")["keys_asked"]
    without = ("append", sheet, "--as", FARM, "--zone", "UTC", "--dry-run")
    assert not shop.json(*without)["keys_asked"]
    assert "Not asked" in shop.run(*without).output


def test_a_key_that_ended_and_a_recovery_key(shop, operator):
    shop.run("key", "revoke", shop.path("farm.key.pub"), "--reason", "lost", *operator)
    both(shop, [shop.write("a.csv", SHEET)], "ledger.key_revoked")


def test_what_must_come_before_what(shop, operator):
    shop.run("policy", "set", shop.write("p.toml", RULES), *operator)
    move = shop.write("move.csv", MOVE.format(lot="RAW-1", also=""))
    both(shop, [move], "policy.after")
    append = ("append", shop.write("a.csv", SHEET), move, "--as", FARM, "--zone", "UTC")
    shop.run(*append, "--dry-run")  # the origin comes first in the same upload
    shop.run(*append, "--key", shop.path("farm.key"))


def test_what_stood_in_an_earlier_page_counts(shop, operator, monkeypatch):
    monkeypatch.setattr("trustledger.interchange.upload.reading.PAGE", 1)
    shop.run("policy", "set", shop.write("p.toml", RULES), *operator)
    files = (shop.write("a.csv", SHEET), shop.write("move.csv", MOVE.format(lot="RAW-1", also="")))
    shop.run("append", *files, "--as", FARM, "--zone", "UTC", "--dry-run")
    wrong = (files[0], shop.write("b.csv", MOVE.format(lot="RAW-3", also="")))
    refused = shop.json("append", *wrong, "--as", FARM, "--zone", "UTC", "--dry-run", code=4)["error"]
    assert (refused["code"], refused["facts"]["position"]) == ("policy.after", 2)


def test_goods_of_others(shop, operator):
    """Who names a lot that another party was the first to speak of asks that party to sign too."""
    shop.role(LAB, "producer")
    shop.run("policy", "set", shop.write("p.toml", RULES), *operator)
    theirs = shop.write("theirs.csv", SHEET.replace("RAW", "LAB"))
    shop.run("append", theirs, "--as", LAB, "--key", shop.path("lab.key"), "--zone", "UTC")
    other = f"https://id.gs1.org/01/0{GTIN}/10/LAB-1"
    files = [shop.write("a.csv", SHEET), shop.write("move.csv", MOVE.format(lot="RAW-1", also=other))]
    both(shop, files, "policy.steward")
