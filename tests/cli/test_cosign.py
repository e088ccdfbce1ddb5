"""sign, cosign, submit: several keys on several computers."""

from __future__ import annotations

import pytest

from .conftest import FARM, LAB, SHEET, run


@pytest.fixture
def two(shop):
    """The farm has two keys, Anna's and Chen's, and both must sign."""
    assert run("key", "new", shop.path("chen.key"), "--party", FARM).exit_code == 0
    more = ("--pub", shop.path("chen.key.pub"), "--threshold", "2")
    shop.run("party", "add", FARM, *more, "--key", shop.path("operator.key"))
    shop.write("a.csv", SHEET)
    return shop


def sign(shop, *more, out="one", **extra):
    """What Anna does on her computer, which has the card and no ledger."""
    arguments = ("--card", str(shop.ledger / "ledger.card"), "--as", FARM, "--key", shop.path("farm.key"))
    return run("sign", shop.path("a.csv"), *arguments, "--zone", "UTC", "-o", shop.path(out), *more, **extra)


def cosign(shop, statement, key, out, *more):
    card = ("--card", str(shop.ledger / "ledger.card"))
    keys = ("--key", shop.path(key), "-o", shop.path(out))
    return run("cosign", shop.path(statement), *card, *keys, *more)


def test_two_people_on_two_computers(two):
    assert sign(two).exit_code == 0
    two.run("submit", two.path("one"), code=4)
    signed = cosign(two, "one", "chen.key", "two")
    assert signed.exit_code == 0, signed.output
    assert "2 records of https://farm.example/ signed too" in signed.output
    assert "RAW-1" in signed.output
    two.run("submit", two.path("two"))
    assert "Nothing new" in two.run("submit", two.path("two")).output
    assert two.json("audit")["ok"]


@pytest.mark.parametrize("how", ["sign", "submit"])
def test_both_keys_at_hand(two, how):
    with_key = ("--with-key", two.path("chen.key"))
    assert sign(two, *(with_key if how == "sign" else ())).exit_code == 0
    two.run("submit", two.path("one"), *(with_key if how == "submit" else ()))
    assert two.json("stats")["entries"] == 6


def test_another_party_signs_elsewhere(shop):
    shop.write("a.csv", SHEET)
    signed = sign(shop, "--cosigner", LAB)
    assert signed.exit_code == 0, signed.output
    assert LAB in signed.stderr
    assert "trustledger cosign" in signed.output
    assert shop.json("submit", shop.path("one"), code=4)["error"]["code"] == "statement.unsigned"
    assert cosign(shop, "one", "lab.key", "two").exit_code == 0
    shop.run("submit", shop.path("two"))
    assert shop.json("show", "4/0")["cosigners"] == [LAB]


def test_nobody_signs_what_they_cannot_see_or_what_does_not_name_them(two, tmp_path):
    sign(two)
    stranger = cosign(two, "one", "lab.key", "two")
    assert (stranger.exit_code, "lab.example" in stranger.stderr) == (1, True)
    raw = (two.folder / "one").read_bytes()
    (two.folder / "one").write_bytes(raw[:-3] + b"abc")
    assert cosign(two, "one", "chen.key", "two").exit_code == 1
    (two.folder / "one").write_bytes(b"junk")
    assert cosign(two, "one", "chen.key", "two").exit_code == 1
    assert cosign(two, "none", "chen.key", "two").exit_code == 1
    other = ("--origin", "b.example/l", "--operator", "https://b.example", "--key", two.path("b.key"))
    assert run("init", str(tmp_path / "b"), *other).exit_code == 0
    (two.folder / "one").write_bytes(raw)
    keys = ("--key", two.path("chen.key"), "-o", two.path("two"))
    assert run("cosign", two.path("one"), "--card", str(tmp_path / "b" / "ledger.card"), *keys).exit_code == 4
    assert not (two.folder / "two").exists()


def test_passphrases_in_the_order_of_the_keys(two):
    for name in ("a", "b"):
        two.write(f"{name}.pass", f"secret {name}\n")
        made = ("--party", FARM, "--passphrase-file", two.path(f"{name}.pass"))
        assert run("key", "new", two.path(f"{name}.key"), *made).exit_code == 0
    pubs = ("--pub", two.path("a.key.pub"), "--pub", two.path("b.key.pub"), "--threshold", "3")
    two.run("party", "add", FARM, *pubs, "--key", two.path("operator.key"))
    # farm.key has no passphrase, and takes none of the files
    keys = ("--key", two.path("farm.key"), "--with-key", two.path("a.key"), "--with-key", two.path("b.key"))
    files = [word for name in ("a", "b") for word in ("--passphrase-file", two.path(f"{name}.pass"))]
    append = ("append", two.path("a.csv"), "--zone", "UTC", *keys)
    wrong = ("--passphrase-file", two.path("b.pass"), "--passphrase-file", two.path("a.pass"))
    two.run(*append, *wrong, code=1)
    found = two.json(*append, *files, "--passphrase-file", two.path("a.pass"), code=2)["error"]
    assert (found["code"], found["facts"]["expected"]) == ("cli.passphrases", 2)
    two.run(*append, *files)
