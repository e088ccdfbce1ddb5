"""Policies at the ends of their limits, what a refusal names, and every key by its path (docs/policy.md)."""

from __future__ import annotations

import pytest

from trustledger.authority.policy import KindRule, Policy, differences, parse_policy
from trustledger.errors import FormatError

HEAD = 'format = 1\nname = "small"\ndate = 2026-11-22\n'
COST = "[kinds.cost]\nroles = ['merchant']\n"


def refused(text: str, code: str) -> FormatError:
    with pytest.raises(FormatError) as caught:
        parse_policy(text)
    assert caught.value.code == code
    return caught.value


def padded(size: int, character: str = "x") -> str:
    """A policy of so many characters, most of them in comments."""
    lines, last = divmod(size - len(HEAD), 1_000)
    return HEAD + ("#" + character * 998 + "\n") * lines + ("#" + character * (last - 1) if last else "")


# --- limits -------------------------------------------------------------------------------------------------------


def test_a_policy_of_60000_bytes_and_lines_of_1000_characters() -> None:
    assert len(parse_policy(padded(60_000)).text) == 60_000
    assert refused(padded(60_001), "policy.size").facts == {"seen": 60_001, "expected": 60_000}
    wide = padded(59_000, "长")
    size = len(wide.encode())
    assert refused(wide, "policy.size").facts == {"seen": size, "expected": 60_000}
    assert refused(padded(60_001, "长"), "policy.size").facts["seen"] == 60_001
    assert parse_policy(HEAD + "#" + "长" * 999 + "\n")
    assert refused(HEAD + "#" + "长" * 1_000 + "\n", "policy.long_line").facts["line"] == 4


@pytest.mark.parametrize(
    ("table", "key", "low", "high", "attribute"),
    [
        ("time", "behind", 0, 315_360_000, "behind"),
        ("time", "ahead", 0, 315_360_000, "ahead"),
        ("keys", "self_revocation_days", 0, 3_650, "self_revocation_days"),
    ],
)
def test_numbers_from_their_lowest_to_their_highest(
    table: str, key: str, low: int, high: int, attribute: str
) -> None:
    for number in (low, low + 1, high - 1, high):
        assert getattr(parse_policy(f"{HEAD}[{table}]\n{key} = {number}\n"), attribute) == number
    for number in (low - 1, high + 1):
        assert refused(f"{HEAD}[{table}]\n{key} = {number}\n", "policy.value").facts == {
            "at": f"{table}.{key}",
            "seen": number,
            "expected": f"a whole number from {low} to {high}",
            "expected_zh": f"{low} 至 {high} 的整数",
        }


def test_from_1_to_16_signatures() -> None:
    for number in (1, 2, 15, 16):
        rule = parse_policy(f"{HEAD}{COST}signatures = {number}\n").rule("cost")
        assert rule == KindRule(frozenset({"merchant"}), number)
    for number in (0, 17):
        refused(f"{HEAD}{COST}signatures = {number}\n", "policy.value")


def test_names_of_policies_and_kinds_have_1_to_64_characters() -> None:
    for name in ("a", "7", "a" * 64, "9_.-"):
        assert parse_policy(HEAD.replace("small", name)).name == name
    for name in ("", "a" * 65, "-a", "aB"):
        refused(HEAD.replace("small", name), "policy.value")
    for kind in ("a", "a" * 64, "a9_.-"):
        assert set(parse_policy(f'{HEAD}[kinds."{kind}"]\nroles = []\n').kinds) == {kind}
    for kind in ("a" * 65, "9", "a b"):
        assert refused(f'{HEAD}[kinds."{kind}"]\nroles = []\n', "policy.kind").facts == {
            "at": "kinds",
            "seen": kind,
        }


# --- what a refusal names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "at", "seen", "expected", "expected_zh"),
    [
        ("time = 1", "time", 1, "a table", "一个表"),
        ("secondary = 'x'", "secondary", '"x"', "a table", "一个表"),
        ("[kinds]\ncost = [1]", "kinds.cost", "[…]", "a table", "一个表"),
        (
            "[secondary]\nstrangers = {}",
            "secondary.strangers",
            None,
            'one of "allow", "named", "steward"',
            '"allow", "named", "steward" 之一',
        ),
        (
            "[kinds.cost]\nroles = 'merchant'",
            "kinds.cost.roles",
            '"merchant"',
            'a list of names, such as ["merchant"]',
            '名称列表，如 ["merchant"]',
        ),
        (
            '[kinds."com.example.x"]\nroles = []\nafter = [1]',
            'kinds."com.example.x".after',
            "[…]",
            'a list of names, such as ["merchant"]',
            '名称列表，如 ["merchant"]',
        ),
    ],
)
def test_a_wrong_value_is_named_with_what_stands_there(
    text: str, at: str, seen: object, expected: str, expected_zh: str
) -> None:
    if seen is None:
        text, seen = text.replace("{}", "'friends'"), '"friends"'
    facts = {"at": at, "seen": seen, "expected": expected, "expected_zh": expected_zh}
    assert refused(f"{HEAD}{text}\n", "policy.value").facts == facts


def test_name_and_date_are_named_like_any_other_value() -> None:
    assert refused(HEAD.replace('"small"', "7"), "policy.value").facts == {
        "at": "name",
        "seen": 7,
        "expected": "1 to 64 characters a-z, 0-9, “_”, “.”, “-”, a letter or digit first",
        "expected_zh": "1 至 64 个字符（a-z、0-9、“_”、“.”、“-”），以字母或数字开头",
    }
    assert refused(HEAD.replace("2026-11-22", '"2026-11-22"'), "policy.value").facts == {
        "at": "date",
        "seen": '"2026-11-22"',
        "expected": "a date such as 2026-11-22, without quotes",
        "expected_zh": "日期，如 2026-11-22，不加引号",
    }
    assert refused("format = 1\n", "policy.missing").facts == {"at": "name"}
    assert refused(HEAD.replace("format = 1", "format = '2'"), "policy.format").facts["seen"] == '"2"'
    assert refused(HEAD.replace("format = 1", "format = {}"), "policy.plain").facts["line"] == 1
    assert refused(HEAD.replace("format = 1\n", "") + "[format]\n", "policy.format").facts["seen"] == "{…}"
    assert refused(HEAD.replace("format = 1\n", ""), "policy.format").facts["seen"] == "-"


@pytest.mark.parametrize(
    ("text", "code", "at"),
    [
        ("[colour]\n", "policy.unknown", "colour"),
        ("[time]\n[time.zone]\n", "policy.unknown", "time.zone"),
        ("[unlisted]\nroles = []\n[unlisted.x]\n", "policy.unknown", "unlisted.x"),
        ("[kinds.cost]\nroles = []\nrole = []\n", "policy.unknown", "kinds.cost.role"),
        ("[kinds.com.example]\nroles = []\n", "policy.dotted", "kinds.com.example"),
        ("[guests]\nkinds = ['a', 'a']\n", "policy.twice", "guests.kinds"),
        ("[guests]\nkinds = ['Review']\n", "policy.kind", "guests.kinds"),
        ("[guests]\nkinds = ['party']\n", "policy.authority", "guests.kinds"),
        ("[kinds.cost]\nroles = []\nafter = ['ledger']\n", "policy.authority", "kinds.cost.after"),
        ("[kinds.cost]\nroles = ['king']\n", "policy.role", "kinds.cost.roles"),
        ("[unlisted]\nroles = []\ncosigned_by = ['king']\n", "policy.role", "unlisted.cosigned_by"),
        ("[unlisted]\nsignatures = 2\n", "policy.missing", "unlisted.roles"),
    ],
)
def test_the_path_of_the_key_that_is_wrong(text: str, code: str, at: str) -> None:
    assert refused(HEAD + text, code).facts["at"] == at


def test_the_line_of_what_is_not_plain_counts_from_1() -> None:
    assert refused("\a" + HEAD, "policy.plain").facts["line"] == 1
    assert refused("\n\a" + HEAD, "policy.plain").facts == {"seen": "\a", "line": 2}
    assert refused(HEAD + "a = {\n", "policy.plain").facts == {"seen": "{", "line": 4}
    assert refused("\n" + HEAD + "a = 1\n\\", "policy.plain").facts == {"seen": "\\", "line": 6}
    assert refused("\n#" + "x" * 1_000 + "\n" + HEAD, "policy.long_line").facts["line"] == 2


# --- kinds that wait for others -----------------------------------------------------------------------------------


def rules(**after: list[str]) -> str:
    return HEAD + "".join(
        f"[kinds.{kind}]\nroles = ['merchant']\nafter = {names}\n" for kind, names in after.items()
    )


def test_the_first_kind_that_could_never_be_signed_is_named() -> None:
    two = rules(c=[], b=["a"], a=["b", "x"])
    assert refused(two, "policy.never").facts == {"at": "kinds.a.after", "seen": "b, x"}
    assert refused(rules(b=["b"], c=[]), "policy.never").facts["at"] == "kinds.b.after"
    # It is enough that one of them can stand first, however many come before it.
    assert parse_policy(rules(e=["a", "d"], d=["c"], c=["b"], b=["a"], a=[]))


def test_guests_and_unlisted_kinds_may_be_waited_for() -> None:
    guests = "[guests]\nkinds = ['claim']\n"
    assert parse_policy(rules(a=["claim"]) + guests)
    assert refused(rules(a=["review"]) + guests, "policy.never")
    dotted = "[guests]\nkinds = ['com.example.note']\n"
    assert parse_policy(rules(a=["com.example.note"]) + dotted)
    assert refused(rules(a=["com.example.other"]) + dotted, "policy.never")
    unlisted = "[unlisted]\nroles = ['merchant']\n"
    assert parse_policy(rules(a=["com.example.x"]) + unlisted)
    assert refused(rules(a=["x"]) + unlisted, "policy.never").facts["at"] == "kinds.a.after"
    waiting = unlisted + "after = ['a']\n"
    assert parse_policy(rules(a=[], b=["com.example.x"]) + waiting)
    assert refused(rules(a=["com.example.x"]) + waiting, "policy.never").facts["at"] == "unlisted.after"
    # Listed with a dot, and nobody may sign it: it is not one of the unlisted ones.
    listed = '[kinds."com.example.x"]\nroles = []\n'
    assert refused(rules(a=["com.example.x"]) + listed + unlisted, "policy.never")
    # A guest's kind may wait for another one.
    assert parse_policy(rules(product=[]) + "[kinds.claim]\nroles = []\nafter = ['product']\n" + guests)
    never = rules() + "[kinds.claim]\nroles = []\nafter = ['product']\n" + guests
    assert refused(never, "policy.never").facts == {"at": "kinds.claim.after", "seen": "product"}


# --- what a policy says -------------------------------------------------------------------------------------------

FULL = HEAD + (
    "[time]\nbehind = 1\nahead = 2\n[secondary]\nstrangers = 'steward'\n[guests]\nkinds = ['b', 'a']\n"
    "[keys]\nself_revocation_days = 3\n[unlisted]\nroles = ['merchant']\nsignatures = 2\n"
    "cosigned_by = ['platform', 'insurer']\nafter = ['a']\nstrangers = 'allow'\n"
    "[kinds.b]\nroles = []\n"
)


def test_every_key_by_its_path() -> None:
    other = parse_policy(HEAD.replace("small", "other").replace("22", "23"))
    assert differences(other, parse_policy(FULL)) == [
        ("date", "2026-11-23", "2026-11-22"),
        ("guests.kinds", "", "a, b"),
        ("keys.self_revocation_days", "30", "3"),
        ("kinds.b.roles", None, ""),
        ("kinds.b.signatures", None, "1"),
        ("name", "other", "small"),
        ("secondary.strangers", "named", "steward"),
        ("time.ahead", "300", "2"),
        ("time.behind", "2592000", "1"),
        ("unlisted.after", None, "a"),
        ("unlisted.cosigned_by", None, "insurer, platform"),
        ("unlisted.roles", None, "merchant"),
        ("unlisted.signatures", None, "2"),
        ("unlisted.strangers", None, "allow"),
    ]


def strangers(text: str, *kinds: str) -> list[str]:
    policy: Policy = parse_policy(text)
    return [policy.strangers_of(kind) for kind in kinds]


def test_strangers_by_kind_and_the_loosest_rule_of_what_was_erased() -> None:
    assert strangers(FULL, "b", "x", "com.example.x", "withheld") == ["steward", "steward", "allow", "allow"]
    assert strangers(HEAD, "b", "withheld") == ["named", "named"]
    tight = HEAD + "[secondary]\nstrangers = 'steward'\n"
    assert strangers(tight, "a", "withheld") == ["steward", "steward"]
    assert strangers(tight + COST + "strangers = 'named'\n", "cost", "a", "withheld") == [
        "named", "steward", "named",
    ]  # fmt: skip
    looser = HEAD + "[unlisted]\nroles = []\nstrangers = 'steward'\n" + COST + "strangers = 'allow'\n"
    assert strangers(looser, "cost", "a", "b.c", "withheld") == ["allow", "named", "steward", "allow"]


def test_rules_for_kinds_that_are_listed_unlisted_or_without_a_dot() -> None:
    policy = parse_policy(FULL)
    unlisted = KindRule(frozenset({"merchant"}), 2, frozenset({"insurer", "platform"}), ("a",), "allow")
    assert policy.rule("x.y") == policy.unlisted == unlisted
    assert policy.rule("b") == KindRule(frozenset())
    assert policy.rule("y") is None
    assert (policy.after("x.y"), policy.after("b"), policy.after("y")) == (("a",), (), ())
    assert parse_policy(HEAD).rule("x.y") is None
