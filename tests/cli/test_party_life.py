"""party add, show, history, role, suspend: what the ledger knows of a party."""

from __future__ import annotations

import json
import sys

import pytest

from .conftest import FARM, GTIN, LAB, OPERATOR, SHEET, run

DAIRY = "https://dairy.example/"


@pytest.fixture
def operator(shop):
    return ("--key", shop.path("operator.key"))


def key(shop, name, party):
    assert run("key", "new", shop.path(name), "--party", party).exit_code == 0
    return shop.path(f"{name}.pub")


def changes(shop, party):
    return [
        [(change["field"], change["before"], change["after"]) for change in step["changes"]]
        for step in shop.json("party", "history", party)["history"]
    ]


def test_everything_that_is_said_is_shown(shop, operator):
    pub = key(shop, "dairy.key", DAIRY)
    shop.run(
        *("party", "add", DAIRY, "--role", "processor", "--name", "Dairy", "--pub", pub),
        *("--custody", "https://shop.example", "--owner", "https://group.example"),
        *("--identity", "uscc: 9111 0000 6000 37341l", "--identity", "lei:213800KUD8LAJWSQ9D15"),
        *("--accreditation", "CNAS:L1:2030-01-01T00:00:00Z", "--accredits", "lead", "--accredits", "fat"),
        *("--accredited-since", "2024-01-01T08:00:00+08:00", "--scope-kind", "processing"),
        *("--scope-subject", f"https://id.gs1.org/01/0{GTIN}/", "--scope-until", "2031-01-01T00:00:00Z"),
        *operator,
    )
    party = shop.json("party", "show", "https://dairy.example")["party"]
    assert party["identities"] == ["lei:213800KUD8LAJWSQ9D15", "uscc:91110000600037341L"]
    assert party["owner"] == "https://group.example/"
    assert party["accreditations"] == [
        {
            "body": "CNAS",
            "number": "L1",
            "parameters": ["fat", "lead"],
            "since": "2024-01-01T00:00:00Z",
            "until": "2030-01-01T00:00:00Z",
        }
    ]
    assert party["scopes"] == [
        {
            "kinds": ["processing"],
            "subjects": [f"https://id.gs1.org/01/0{GTIN}/"],
            "until": "2031-01-01T00:00:00Z",
        }
    ]
    assert [(one["custody"], one["state"], one["recovery"]) for one in party["keys"]] == [
        (OPERATOR, "active", False)
    ]
    output = shop.run("party", "show", DAIRY).output
    for word in ("group.example", "CNAS L1", "kinds processing", "uscc:91110000600037341L", OPERATOR):
        assert word in output
    assert "限定范围" in shop.run("party", "show", DAIRY, "--lang", "zh").output


def test_none_takes_away_and_what_is_not_said_stays(shop, operator):
    arguments = ("party", "add", LAB)
    shop.run(*arguments, "--owner", FARM, "--accreditation", "CNAS:L1", "--identity", "duns:12-34", *operator)
    shop.run(*arguments, "--scope-parameter", "lead", *operator)
    party = shop.json("party", "show", LAB)["party"]
    assert (party["owner"], party["identities"]) == (FARM, ["duns:1234"])
    assert party["scopes"] == [{"parameters": ["lead"]}]
    shop.run(
        *arguments,
        "--owner",
        "none",
        "--accreditation",
        "none",
        "--identity",
        "none",
        "--scopes",
        "none",
        *operator,
    )
    party = shop.json("party", "show", LAB)["party"]
    assert [party[name] for name in ("owner", "identities", "accreditations", "scopes")] == ["", [], [], None]


def test_several_scopes_from_a_file(shop, operator):
    file = shop.write(
        "s.toml",
        '[[scopes]]\nkinds = ["origin"]\nsince = 2026-01-01T00:00:00+08:00\n\n[[scopes]]\nparameters = ["lead"]\nuntil = "2030-01-01T00:00:00Z"\n',
    )
    shop.run("party", "add", FARM, "--scopes", file, *operator)
    assert shop.json("party", "show", FARM)["party"]["scopes"] == [
        {"kinds": ["origin"], "since": "2025-12-31T16:00:00Z"},
        {"parameters": ["lead"], "until": "2030-01-01T00:00:00Z"},
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("scopes = 1\n", "cli.scopes"),
        ("", "cli.scopes"),
        ("[[scopes]]\n[[other]]\n", "cli.scopes"),
        ("[[scopes]]\n", "cli.scope_key"),
        ('[[scopes]]\nkind = ["origin"]\n', "cli.scope_key"),
        ('[[scopes]]\nkinds = "origin"\n', "cli.scope_value"),
        ("[[scopes]]\nkinds = []\n", "cli.scope_value"),
        ("[[scopes]]\nkinds = [1]\n", "cli.scope_value"),
        ("[[scopes]]\nsince = 2026-01-01T00:00:00\n", "cli.scope_time"),
        ("[[scopes]]\nsince = 5\n", "cli.scope_time"),
        ('[[scopes]]\nsince = "yesterday"\n', "encoding.rfc3339"),
        ("[[scopes", "cli.toml"),
        ("x = " + "[" * 5000, "cli.toml"),
    ],
)
def test_a_file_of_scopes_is_read_strictly(shop, operator, text, code):
    file = shop.write("s.toml", text)
    found = shop.json("party", "add", FARM, "--scopes", file, *operator, code=1)["error"]
    assert found["code"] == code
    assert "?" not in found["message"]
    assert shop.json("stats")["entries"] == 4


@pytest.mark.parametrize(
    ("arguments", "code", "exits"),
    [
        ((), "cli.nothing_said", 2),
        (("--identity", "uscc:911100006000373410"), "cli.identity_digits", 1),
        (("--identity", "lei:213800KUD8LAJWSQ9D16"), "cli.identity_digits", 1),
        (("--identity", "vat:DE136695977"), "cli.identity_digits", 1),
        (("--identity", "vat:ZZ1"), "cli.identity_digits", 1),
        (("--identity", "vat:1"), "cli.identity_digits", 1),
        (("--identity", "91110000600037341L"), "cli.identity", 1),
        (("--identity", "uscc:"), "cli.identity", 1),
        (("--identity", "uscc:九一"), "cli.identity", 1),
        (("--accreditation", "CNAS"), "cli.accreditation", 1),
        (("--accreditation", "CNAS:L1:2030"), "encoding.rfc3339", 1),
        (("--accredits", "lead"), "cli.missing", 2),
        (("--scope-from", "20300101"), "encoding.rfc3339", 1),
        (("--scopes", "none", "--scope-kind", "origin"), "cli.contradiction", 2),
        (("--scope-kind", "Origin!"), "record.kind", 1),
        (("--threshold", "2"), "authority.threshold_keys", 1),
        (("--threshold", "0"), "cli.bad_value", 2),
        (("--owner", "nobody"), "subject.uri", 1),
        (("--custody", FARM), "authority.custody", 1),
        (("--role", "operator"), "authority.one_operator", 4),
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_cannot_be_said_is_refused_and_nothing_is_written(
    shop, operator, arguments, code, exits, language
):
    found = shop.json("party", "add", FARM, *arguments, *operator, "--lang", language, code=exits)["error"]
    assert (found["code"], shop.json("stats")["entries"]) == (code, 4)


def test_vat_numbers_of_the_union_and_beyond(shop, operator):
    numbers = ("vat:DE 136,695 976", "vat:GB 980 7806 84", "vat:el 094259216")
    typed = [word for number in numbers for word in ("--identity", number)]
    shop.run("party", "add", FARM, *typed, *operator)
    assert shop.json("party", "show", FARM)["party"]["identities"] == [
        "vat:DE136695976",
        "vat:EL094259216",
        "vat:GB980780684",
    ]


def test_without_the_extra_it_says_what_to_install(shop, operator, monkeypatch):
    for name in [name for name in sys.modules if name.partition(".")[0] == "stdnum"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "stdnum", None)
    arguments = ("party", "add", FARM, "--identity", "uscc:91110000600037341L", *operator)
    assert "pip install 'trustledger[identity]'" in shop.run(*arguments, code=1).stderr
    shop.run("party", "add", FARM, "--identity", "duns:1234", *operator)  # not one that is checked


def test_an_accreditation_that_is_taken_away_is_warned_of_and_stays_in_the_history(shop, operator):
    add = ("party", "add", LAB, "--accreditation")
    assert "off its list" not in shop.run(*add, "CNAS:L1:2030-01-01T00:00:00Z", *operator).stderr
    for language, words in (("en", "off its list"), ("zh", "从列表中去除")):
        shop.run(*add, "CNAS:L1:2030-01-01T00:00:00Z", *operator)
        assert words in shop.run(*add, "none", *operator, "--lang", language).stderr
    told = shop.json("party", "history", LAB)["history"][-1]["changes"]
    assert [(one["field"], one["before"][0]["number"], one["after"]) for one in told] == [
        ("accreditations", "L1", [])
    ]


def test_two_of_three_keys_sign(shop, operator):
    pubs = [word for name in "abc" for word in ("--pub", key(shop, f"{name}.key", DAIRY))]
    shop.run("party", "add", DAIRY, "--role", "producer", *pubs, "--threshold", "2", *operator)
    sheet = shop.write("a.csv", SHEET)
    append = ("append", sheet, "--as", DAIRY, "--zone", "UTC", "--key", shop.path("a.key"))
    shop.run(*append, code=4)
    shop.run(*append, "--with-key", shop.path("c.key"), "--dry-run")
    shop.run(*append, "--with-key", shop.path("c.key"))
    assert len(shop.json("show", "5/0")["keys"]) == 2
    refused = shop.run(
        "key", "revoke", shop.path("a.key"), "--reason", "lost", "--key", shop.path("b.key"), code=4
    )
    assert "2" in refused.stderr
    shop.run(
        *("key", "revoke", shop.path("a.key"), "--reason", "lost"),
        *("--key", shop.path("b.key"), "--with-key", shop.path("c.key")),
    )


def test_roles_are_given_and_taken(shop, operator):
    shop.run("party", "role", FARM, "--add", "processor", "--add", "merchant", *operator)
    shop.run("party", "role", FARM, "--remove", "merchant", "--remove", "insurer", *operator)
    document = shop.json("party", "role", FARM, "--set", "carrier", *operator)
    assert (document["party"]["roles"], document["new"]) == (["carrier"], True)
    again = shop.json("party", "role", FARM, "--add", "carrier", *operator)
    assert (again["entry"], again["new"]) == (None, False)
    shop.run("party", "role", FARM, "--remove", "carrier", *operator)
    assert shop.json("party", "show", FARM)["party"]["roles"] == []
    assert changes(shop, FARM)[1:] == [
        [("roles", ["producer"], ["merchant", "processor", "producer"])],
        [("roles", ["merchant", "processor", "producer"], ["processor", "producer"])],
        [("roles", ["processor", "producer"], ["carrier"])],
        [("roles", ["carrier"], [])],
    ]
    shop.run("party", "role", FARM, *operator, code=2)
    shop.run("party", "role", FARM, "--set", "carrier", "--add", "insurer", *operator, code=2)
    shop.run("party", "role", FARM, "--add", "insurer", "--remove", "insurer", *operator, code=2)


def test_a_suspended_party_hears_so_from_the_dry_run_until_it_is_lifted(shop, operator):
    sheet = shop.write("a.csv", SHEET)
    shop.run("party", "suspend", FARM, "--reason", "unpaid bills", *operator)
    for more in ((), ("--dry-run",)):
        assert "unpaid bills" in shop.append(sheet, *more, code=4).stderr
    assert "SUSPENDED" in shop.run("parties").output
    assert shop.json("party", "show", FARM)["party"]["suspended"] == "unpaid bills"
    shop.run("party", "suspend", FARM, "--lift", *operator)
    shop.append(sheet)
    assert changes(shop, FARM)[1:] == [
        [("suspended", None, "unpaid bills")],
        [("suspended", "unpaid bills", None)],
    ]
    shop.run("party", "suspend", FARM, *operator, code=2)
    shop.run("party", "suspend", FARM, "--lift", "--reason", "x", *operator, code=2)
    shop.run("party", "suspend", OPERATOR, "--reason", "x", *operator, code=4)
    shop.run("party", "suspend", FARM, "--reason", "x", "--key", shop.path("lab.key"), code=4)


def test_a_role_that_may_not_sign_a_kind_hears_so_at_once(shop):
    row = {
        "kind": "inspection",
        "subject": f"https://id.gs1.org/01/0{GTIN}/10/X",
        "occurred_at": "2026-10-05T08:00:00Z",
    }
    data = {
        "category": "milk",
        "report": "R",
        "results": [{"parameter": "lead", "value": "1", "unit": "mg/kg"}],
    }
    file = shop.write("i.jsonl", json.dumps({**row, "data": data}) + "\n")
    dry = shop.json("append", file, "--as", FARM, "--dry-run", code=4)["error"]
    assert (dry["code"], dry["facts"]["expected"]) == ("policy.roles", "inspector, processor")
    shop.append(file, code=4)
    assert shop.json("stats")["entries"] == 4


def test_what_stands_already_is_passed_over_without_the_role(shop, operator):
    """A party that lost a role may append last month's sheet again: nothing new is said."""
    sheet = shop.write("a.csv", SHEET)
    shop.append(sheet)
    shop.run("party", "role", FARM, "--set", "carrier", *operator)
    assert "2 already there, 0 new" in shop.append(sheet).output
    shop.write("a.csv", SHEET + f"'{GTIN},RAW-3,2026/10/2 9:00,奶,200,公斤,D-3\n")
    shop.append(sheet, code=4)


def test_history_names_who_signed_and_which_key(shop, operator):
    new = key(shop, "lab-2.key", LAB)
    shop.run("key", "rotate", shop.path("lab.key.pub"), new, "--key", shop.path("lab.key"))
    first, second = shop.json("party", "history", LAB)["history"]
    assert (first["by"], second["by"], second["kind"]) == ([OPERATOR], [LAB], "key")
    assert [one["field"] for one in first["changes"]] == ["name", "roles", "key"]
    ended, began = second["changes"]
    assert (ended["after"]["revoked"]["reason"], began["before"]) == ("superseded", None)
    output = shop.run("party", "history", LAB, "--lang", "zh").output
    assert "登记密钥" in output
    assert "已更换" in output


def test_guests_are_hidden_until_asked_for(shop, operator):
    from trustledger import Draft, Ed25519Signer, Ledger, key_note, read_key_file
    from trustledger.subject import party_subject

    shop.role(FARM, "merchant")
    guest = "urn:uuid:3f2b8c1e-6d0a-4b5e-9c7d-1a2b3c4d5e6f"
    order = "urn:uuid:9d1e7f6a-2b3c-4d5e-8f90-0a1b2c3d4e5f"
    note = key_note(Ed25519Signer.generate(guest)).decode()
    product = f"https://id.gs1.org/01/0{GTIN}"
    line = {"line": "1", "product": product, "price": 1999, "quantity": "1", "unit": "kg"}
    data = {"merchant": FARM, "currency": "CNY", "keys": [note], "lines": [line]}
    farm = read_key_file(shop.path("farm.key")).signer
    with Ledger.open(shop.ledger) as ledger:
        draft = Draft(
            "order", 1_790_000_000_000, (order, FARM, product, party_subject(guest)), data, salted=True
        )
        ledger.append([draft], signer=farm)
    assert guest not in shop.run("parties").output
    assert shop.json("parties")["hidden_guests"] == 1
    assert guest in shop.run("parties", "--guests").output
    assert order in shop.run("party", "show", guest).output
    assert shop.json("party", "history", guest)["history"][0]["kind"] == "order"


@pytest.mark.parametrize("command", ["show", "history", "role", "suspend"])
def test_a_party_that_nobody_enrolled(shop, operator, command):
    more = {"role": ("--add", "carrier", *operator), "suspend": ("--lift", *operator)}.get(command, ())
    found = shop.json("party", command, "https://nobody.example", *more, code=1)["error"]
    assert found["code"] == "cli.party_unknown"
