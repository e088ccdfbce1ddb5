"""key rotate, revoke, recover: the life of a party's keys and of the log's."""

from __future__ import annotations

import json
import shutil

import pytest

from trustledger import Ledger, StorageError, parse_card, read_key_file
from trustledger.checkpoint import verify_checkpoint
from trustledger.keys import open_key_note
from trustledger.ledger.governance import Governance

from .conftest import FARM, LAB, OPERATOR, SHEET, run


@pytest.fixture
def operator(shop):
    return ("--key", shop.path("operator.key"))


def new_key(shop, name, party):
    assert run("key", "new", shop.path(name), "--party", party).exit_code == 0
    return shop.path(f"{name}.pub")


def states(shop, party):
    return [one["state"] for one in shop.json("party", "show", party)["party"]["keys"]]


def log_keys(shop):
    return sorted(path.name for path in (shop.ledger / "private").glob("log*.key"))


def signatures(shop):
    """How many keys signed the latest checkpoint."""
    return shop.run("checkpoint").stdout.count("— shop.example/ledger ")


# --- of a party ------------------------------------------------------------------------------------------------------


def test_rotated_by_the_party_itself(shop):
    sheet = shop.write("a.csv", SHEET)
    new = new_key(shop, "farm-2.key", FARM)
    document = shop.json(
        "key", "rotate", shop.path("farm.key.pub"), new, "--key", shop.path("farm.key"), "--custody", OPERATOR
    )
    assert document["entry"] == 4
    keys = document["party"]["keys"]
    assert [one["state"] for one in keys] == ["revoked", "active"]
    assert (keys[0]["revoked"]["reason"], keys[1]["custody"]) == ("superseded", OPERATOR)
    assert "superseded" in shop.append(sheet, code=4).stderr
    shop.append(sheet, "--dry-run", code=4)
    shop.run("append", sheet, "--as", FARM, "--key", shop.path("farm-2.key"), "--zone", "UTC")
    assert shop.json("audit")["ok"]


@pytest.mark.parametrize("way", ["file", "pub", "vkey", "id"])
def test_a_key_is_named_by_file_vkey_or_id(shop, operator, way):
    key = open_key_note((shop.folder / "lab.key.pub").read_bytes())
    name = {
        "file": shop.path("lab.key"),
        "pub": shop.path("lab.key.pub"),
        "vkey": key.text,
        "id": key.key_id.hex().upper(),
    }[way]
    assert "superseded" in shop.run("key", "revoke", name, "--reason", "superseded", *operator).output
    assert states(shop, LAB) == ["revoked"]


def test_a_scope_does_not_keep_a_party_from_ending_its_key(shop, operator):
    shop.run("party", "add", LAB, "--scope-kind", "inspection", *operator)
    new = new_key(shop, "lab-2.key", LAB)
    shop.run("key", "rotate", shop.path("lab.key.pub"), new, "--key", shop.path("lab.key"))
    assert states(shop, LAB) == ["revoked", "active"]


def test_compromised_since_marks_and_removes_nothing(shop, operator):
    shop.append(shop.write("a.csv", SHEET))
    result = shop.run(
        *("key", "revoke", shop.path("farm.key.pub"), "--reason", "compromised"),
        *("--since", "2020-01-01T00:00:00Z", *operator),
    )
    assert "no key left" in result.stderr
    revoked = shop.json("party", "show", FARM)["party"]["keys"][0]
    assert revoked["revoked"]["since"] == revoked["at"]  # not before it was enrolled
    document = shop.json("audit")
    assert document["ok"]
    assert [one["code"] for one in document["findings"]] == ["audit.compromised"]
    assert "已泄露" in shop.run("party", "show", FARM, "--lang", "zh").output


@pytest.mark.parametrize(
    ("arguments", "code", "exits"),
    [
        (("revoke", "lab.key.pub"), "cli.missing", 2),
        (("revoke", "lab.key.pub", "--reason", "bored"), "cli.bad_value", 2),
        (("revoke", "nonsense", "--reason", "lost"), "cli.key_reference", 1),
        (("revoke", "00000000", "--reason", "lost"), "cli.key_unknown", 1),
        (("revoke", "a+b+c", "--reason", "lost"), "vkey.form", 1),
        (("revoke", "x.key.pub", "--reason", "lost"), "cli.key_unknown", 1),
        (
            ("revoke", "lab.key.pub", "--reason", "lost", "--since", "2026-01-01T00:00:00Z"),
            "authority.since",
            1,
        ),
        (("revoke", "lab.key.pub", "--reason", "compromised", "--since", "today"), "encoding.rfc3339", 1),
        (
            ("revoke", "lab.key.pub", "--reason", "compromised", "--since", "2999-01-01T00:00:00Z"),
            "authority.since_outside",
            4,
        ),
        (("revoke", "operator.key.pub", "--reason", "lost", "--log"), "cli.log_revoke", 2),
        (("revoke", "--log", "00000000"), "cli.log_key_unknown", 1),
        (("revoke", "--log", "shop.ledger/private/log.key"), "cli.last_log_key", 4),
        (("rotate", "lab.key.pub"), "cli.missing", 2),
        (("rotate", "lab.key.pub", "lab.key.pub"), "authority.key_enrolled", 4),
        (("rotate", "lab.key.pub", "x.key.pub"), "ledger.key_of_other", 4),
        (("rotate", "lab.key.pub", "missing.pub"), "cli.no_file", 1),
        (("rotate", "--log", "a", "b"), "cli.log_rotate", 2),
        (("rotate", "--log", "farm.key"), "key.party_differs", 1),
        (("recover", "x.key.pub"), "authority.recovery_needed", 4),
    ],
)
def test_mistakes_are_refused_and_change_nothing(shop, operator, monkeypatch, arguments, code, exits):
    new_key(shop, "x.key", "https://x.example/")
    monkeypatch.chdir(shop.folder)
    for language in ("en", "zh"):
        found = shop.json("key", *arguments, *operator, "--lang", language, code=exits)["error"]
        assert found["code"] == code
    assert shop.json("stats")["entries"] == 4
    assert log_keys(shop) == ["log.key"]


def test_nobody_ends_the_key_of_another(shop):
    new_key(shop, "x.key", "https://x.example/")
    for key in ("farm.key", "x.key"):
        shop.run(
            "key", "revoke", shop.path("lab.key.pub"), "--reason", "lost", "--key", shop.path(key), code=4
        )
    assert states(shop, LAB) == ["active"]


# --- of the operator -------------------------------------------------------------------------------------------------


@pytest.fixture
def guarded(shop, tmp_path):
    """A ledger with a recovery key, named b.ledger."""
    new_key(shop, "recovery.key", OPERATOR)
    arguments = ("init", str(tmp_path / "b.ledger"), "--origin", "b.example/log", "--operator", OPERATOR)
    keys = ("--key", shop.path("operator.key"), "--recovery", shop.path("recovery.key.pub"))
    assert run(*arguments, *keys).exit_code == 0
    shop.folder = shop.folder.rename(tmp_path / "moved")
    shutil.rmtree(shop.ledger)
    (tmp_path / "b.ledger").rename(shop.ledger)
    return shop


def test_the_operator_comes_back(guarded):
    new = new_key(guarded, "op-2.key", OPERATOR)
    recovery = ("--key", guarded.path("recovery.key"))
    guarded.run("party", "add", OPERATOR, "--name", "x", *recovery, code=4)  # good for nothing else
    document = guarded.json("key", "recover", new, *recovery)
    assert [(one["state"], one["recovery"]) for one in document["party"]["keys"]] == [
        ("revoked", False),
        ("active", True),
        ("active", False),
    ]
    add = ("party", "add", OPERATOR, "--name", "Shop again")
    guarded.run(*add, "--key", guarded.path("operator.key"), code=4)
    guarded.run(*add, "--key", guarded.path("op-2.key"))
    assert guarded.json("audit", "--trust", str(guarded.ledger / "ledger.card"))["ok"]


def test_a_thief_cannot_throw_the_recovery_key_away(guarded):
    stolen = ("--key", guarded.path("operator.key"))
    guarded.run("key", "revoke", guarded.path("recovery.key.pub"), "--reason", "lost", *stolen, code=4)
    guarded.run("key", "recover", new_key(guarded, "op-2.key", OPERATOR), *stolen, code=4)


def test_a_recovery_key_is_followed_by_a_recovery_key(guarded):
    new = new_key(guarded, "recovery-2.key", OPERATOR)
    old = guarded.path("recovery.key")
    document = guarded.json("key", "rotate", f"{old}.pub", new, "--key", old)
    assert [(one["state"], one["recovery"]) for one in document["party"]["keys"]] == [
        ("active", False),
        ("revoked", True),
        ("active", True),
    ]
    fresh = ("--key", guarded.path("recovery-2.key"))
    guarded.run("party", "add", OPERATOR, "--name", "x", *fresh, code=4)
    guarded.run("key", "recover", new_key(guarded, "op-2.key", OPERATOR), *fresh)


def test_the_last_recovery_key_ends_only_by_force(guarded):
    key = guarded.path("recovery.key")
    end = ("key", "revoke", f"{key}.pub", "--reason", "lost", "--key", key)
    for language in ("en", "zh"):
        assert guarded.json(*end, "--lang", language, code=4)["error"]["code"] == "cli.last_recovery"
    assert guarded.json("stats")["entries"] == 2
    guarded.run(*end, "--force")
    assert states(guarded, OPERATOR) == ["active", "revoked"]


def test_a_party_with_too_few_keys_left_is_warned_of(shop, operator):
    more = ("--pub", new_key(shop, "farm-2.key", FARM), "--threshold", "2")
    shop.run("party", "add", FARM, *more, *operator)
    ended = shop.run("key", "revoke", shop.path("farm.key.pub"), "--reason", "lost", *operator)
    assert "1 of the 2 keys" in ended.stderr
    ended = shop.run("key", "revoke", shop.path("lab.key.pub"), "--reason", "lost", *operator)
    assert "has no key left" in ended.stderr


def test_the_operator_without_keys_hears_of_the_recovery_key(guarded):
    ended = guarded.run(
        "key",
        "revoke",
        guarded.path("operator.key.pub"),
        "--reason",
        "compromised",
        "--key",
        guarded.path("operator.key"),
    )
    assert "trustledger key recover" in ended.stderr


def test_init_names_the_recovery_key_and_the_policy(shop, tmp_path):
    new_key(shop, "recovery.key", OPERATOR)
    new_key(shop, "x.key", "https://x.example/")

    def init(name, *more, code=0):
        arguments = ("init", str(tmp_path / name), "--origin", "b.example/log", "--operator", OPERATOR)
        result = run(*arguments, "--key", str(tmp_path / f"{name}.key"), *more, "--json")
        assert result.exit_code == code, result.output
        return json.loads(result.stdout)

    made = init("a", "--recovery", shop.path("recovery.key.pub"))
    assert (
        made["recovery_key"]["id"]
        == open_key_note((shop.folder / "recovery.key.pub").read_bytes()).key_id.hex()
    )
    assert made["policy"]["name"] == "supply-chain"
    bare = init("b", "--policy", "none")
    assert (bare["policy"], bare["recovery_key"]) == (None, None)
    mine = shop.write("p.toml", 'format = 1\nname = "mine"\ndate = 2026-12-01\n')
    assert init("c", "--policy", mine)["policy"]["name"] == "mine"
    for number, (more, code) in enumerate(
        [
            (("--recovery", shop.path("x.key.pub")), 4),
            (("--recovery", shop.path("x.key")), 1),
            (("--recovery", shop.path("missing")), 1),
            (("--policy", shop.write("bad.toml", "format = 1\n")), 1),
            (("--policy", shop.path("missing")), 1),
        ]
    ):
        init(f"bad{number}", *more, code=code)
        assert not [path for path in tmp_path.iterdir() if path.name.startswith("bad")]


# --- of the log ------------------------------------------------------------------------------------------------------


def test_the_logs_key_changes_in_two_steps(shop, operator):
    assert signatures(shop) == 1
    document = shop.json("key", "rotate", "--log", *operator)
    assert [one["signs"] for one in document["log_keys"]] == [True, True]
    assert len(log_keys(shop)) == 2
    shop.append(shop.write("a.csv", SHEET))
    assert signatures(shop) == 2
    ended = shop.json("key", "revoke", "--log", str(shop.ledger / "private" / "log.key"), *operator)
    assert [one["vkey"] for one in ended["log_keys"]] == [document["key"]]
    assert [path.rpartition("/")[2] for path in ended["useless"]] == ["log.key"]
    assert signatures(shop) == 1
    (shop.ledger / "private" / "log.key").unlink()
    shop.append(shop.write("b.csv", SHEET.replace("RAW", "NEW")))
    with Ledger.open(shop.ledger, readonly=True) as ledger:
        found = ledger.checkpoint().signed_by
    assert [key.text for key in found] == [document["key"]]
    assert shop.json("audit", "--trust", str(shop.ledger / "ledger.card"))["ok"]
    shop.run("key", "revoke", "--log", document["log_keys"][0]["id"], *operator, code=1)


def test_whoever_knows_only_the_old_key_follows_while_both_sign(shop, operator):
    old = read_key_file(shop.ledger / "private" / "log.key").signer.public
    shop.run("key", "rotate", "--log", *operator)
    raw = shop.run("checkpoint").stdout_bytes
    assert verify_checkpoint(raw, "shop.example/ledger", [old]).checkpoint.size == 5
    assert parse_card((shop.ledger / "ledger.card").read_bytes()).origin == "shop.example/ledger"


def test_a_crash_between_file_and_record_is_gone_on_from(shop, operator, monkeypatch):
    """The key's file is there, the ledger never heard of it: nothing signs with it, and the next try uses it."""

    def crash(*_, **__):
        raise StorageError("ledger.directory", seen="x", why="power")

    with monkeypatch.context() as patch:
        patch.setattr(Governance, "set_log_keys", crash)
        shop.run("key", "rotate", "--log", *operator, code=5)
    left = log_keys(shop)
    assert len(left) == 2
    shop.append(shop.write("a.csv", SHEET))
    assert signatures(shop) == 1
    document = shop.json("key", "rotate", "--log", *operator)
    assert log_keys(shop) == left
    assert document["file"].endswith(left[0] if left[0] != "log.key" else left[1])
    assert signatures(shop) == 2


def test_by_somebody_else_it_is_refused_and_the_ledger_goes_on(shop, operator):
    shop.run("key", "rotate", "--log", "--key", shop.path("farm.key"), code=4)
    shop.append(shop.write("a.csv", SHEET))
    assert signatures(shop) == 1
    shop.run("key", "rotate", "--log", *operator)
    assert len(log_keys(shop)) == 2


def test_log_keys_that_lie_elsewhere(shop, operator, monkeypatch):
    private = shop.ledger / "private" / "log.key"
    private.rename(shop.folder / "old.key")
    (shop.ledger / "private" / "log.key.pub").unlink()
    monkeypatch.setenv("TRUSTLEDGER_LOG_KEY", shop.path("old.key"))
    result = shop.run("key", "rotate", "--log", shop.path("new.key"), *operator)
    assert "TRUSTLEDGER_LOG_KEY" in result.stderr
    assert log_keys(shop) == []
    shop.append(shop.write("a.csv", SHEET))
    assert signatures(shop) == 1  # nobody named the new one yet
    monkeypatch.setenv("TRUSTLEDGER_LOG_KEY", f"{shop.path('old.key')}:{shop.path('new.key')}")
    shop.append(shop.write("b.csv", SHEET.replace("RAW", "NEW")))
    assert signatures(shop) == 2
    found = shop.json("key", "rotate", "--log", shop.path("new.key"), *operator, code=4)["error"]
    assert found["code"] == "cli.log_key_listed"


def test_a_retired_key_alone_signs_nothing_and_says_so(shop, operator):
    shop.run("key", "rotate", "--log", *operator)
    shop.run("key", "revoke", "--log", str(shop.ledger / "private" / "log.key"), *operator)
    for path in (shop.ledger / "private").glob("log.*.key"):
        path.unlink()
    found = shop.run(
        "append",
        shop.write("a.csv", SHEET),
        "--as",
        FARM,
        "--key",
        shop.path("farm.key"),
        "--zone",
        "UTC",
        code=4,
    )
    assert "log" in found.stderr
    assert shop.json("stats")["entries"] == 6
