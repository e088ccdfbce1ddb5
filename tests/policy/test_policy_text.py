"""A registration policy's text: what it says, what it refuses, and that it says so."""

from __future__ import annotations

import datetime as dt
import sys
from hashlib import sha256

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trustledger.authority import policy as policies
from trustledger.authority.parties import ROLES
from trustledger.authority.policy import (
    KindRule,
    default_policy,
    default_policy_text,
    differences,
    parse_policy,
)
from trustledger.errors import FormatError, NewerFormatError, TrustLedgerError
from trustledger.kinds.specs import OWN

HEAD = 'format = 1\nname = "small"\ndate = 2026-11-22\n'


def refused(text, code):
    with pytest.raises(FormatError) as caught:
        parse_policy(text)
    assert caught.value.code == code
    assert "?" not in caught.value.text()
    assert "?" not in caught.value.text("zh")
    return caught.value


def test_the_least_policy_and_its_defaults():
    small = parse_policy(HEAD)
    assert (small.name, small.date) == ("small", dt.date(2026, 11, 22))
    assert (small.behind, small.ahead, small.strangers) == (2_592_000, 300, "named")
    assert (small.kinds, small.unlisted, small.guest_kinds) == ({}, None, frozenset())
    assert small.self_revocation == 30 * 24 * 60 * 60 * 1000
    assert small.sha256 == sha256(HEAD.encode()).digest()


def test_every_field():
    found = parse_policy(
        HEAD
        + "[time]\nbehind = 60\nahead = 0\n[secondary]\nstrangers = 'steward'\n"
        + "[kinds.cost]\nroles = ['merchant', 'carrier']\nsignatures = 2\ncosigned_by = ['platform']\n"
        + "after = ['product', 'com.example.x']\nstrangers = 'allow'\n[kinds.product]\nroles = []\n"
        + "[unlisted]\nroles = ['insurer']\n[guests]\nkinds = ['claim']\n[keys]\nself_revocation_days = 0\n"
    )
    assert (found.behind, found.ahead, found.self_revocation_days) == (60, 0, 0)
    assert found.rule("cost") == KindRule(
        frozenset({"merchant", "carrier"}), 2, frozenset({"platform"}), ("com.example.x", "product"), "allow"
    )
    assert found.rule("com.example.grading") == KindRule(frozenset({"insurer"}))
    assert found.rule("grading") is None  # a kind without a dot that this policy does not know
    assert (found.strangers_of("cost"), found.strangers_of("product")) == ("allow", "steward")
    assert (found.after("cost"), found.after("nothing")) == (("com.example.x", "product"), ())
    assert found.guest_kinds == {"claim"}


def test_the_default_policy_knows_every_kind_and_who_usually_signs_it():
    default = default_policy()
    guests = {kind for kind, spec in OWN.items() if spec.signed_by == ("guest",)}
    assert default.guest_kinds == guests
    assert default.kinds.keys() == OWN.keys() - guests
    for kind, rule in default.kinds.items():
        usual = set(OWN[kind].signed_by) or set(ROLES)  # a correction is whoever's word it was
        assert rule.roles == usual, kind  # or a trace would doubt what the policy let in
    assert default.rule("com.example.grading").roles == set(ROLES)
    assert {kind for kind in default.kinds if default.strangers_of(kind) == "allow"} == {
        "inspection",
        "observation",
        "origin",
    }
    assert len(default_policy_text().encode()) < 20_000
    assert max(map(len, default_policy_text().splitlines())) <= 120


def test_policies_are_equal_if_their_texts_are():
    assert parse_policy(HEAD) == parse_policy(str(HEAD.encode(), "utf-8"))
    assert parse_policy(HEAD) != parse_policy(HEAD + "\n")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (HEAD.replace("format = 1\n", ""), "policy.format"),
        (HEAD.replace("format = 1", "format = 0"), "policy.format"),
        (HEAD.replace("format = 1", "format = true"), "policy.format"),
        (HEAD.replace('name = "small"\n', ""), "policy.missing"),
        (HEAD.replace("date = 2026-11-22\n", ""), "policy.missing"),
        (HEAD.replace("2026-11-22", '"2026-11-22"'), "policy.value"),
        (HEAD.replace("2026-11-22", "2026-11-22T00:00:00Z"), "policy.value"),
        (HEAD.replace("small", "Small Shop"), "policy.value"),
        (HEAD.replace("small", "a#b"), "policy.value"),
        (HEAD + "colour = 1\n", "policy.unknown"),
        (HEAD + "[time]\nbehin = 1\n", "policy.unknown"),
        (HEAD + "[secondary]\nstranger = 'named'\n", "policy.unknown"),
        (HEAD + "[guests]\nkind = []\n", "policy.unknown"),
        (HEAD + "[keys]\ndays = 1\n", "policy.unknown"),
        (HEAD + "[unlisted]\nroles = []\nkinds = []\n", "policy.unknown"),
        (HEAD + "[kinds.cost]\nrole = ['merchant']\n", "policy.unknown"),
        (HEAD + "[kinds.com.example.grading]\nroles = []\n", "policy.dotted"),
        (HEAD + "[kinds.cost]\n", "policy.missing"),
        (HEAD + "[unlisted]\n", "policy.missing"),
        (HEAD + "[time]\nbehind = -1\n", "policy.value"),
        (HEAD + "[time]\nbehind = 315_360_001\n", "policy.value"),
        (HEAD + "[time]\nahead = true\n", "policy.value"),
        (HEAD + "[time]\nahead = 1.5\n", "policy.value"),
        (HEAD + "[time]\nahead = 0x" + "f" * 900 + "\n", "policy.value"),
        (HEAD + "[time]\nahead = " + "9" * 900 + "\n", "policy.value"),
        (HEAD + "[secondary]\nstrangers = 'friends'\n", "policy.value"),
        (HEAD + "[secondary]\nstrangers = 1\n", "policy.value"),
        (HEAD + "[kinds.cost]\nroles = 'merchant'\n", "policy.value"),
        (HEAD + "[kinds.cost]\nroles = [1]\n", "policy.value"),
        (HEAD + "[kinds.cost]\nroles = ['seller']\n", "policy.role"),
        (HEAD + "[kinds.cost]\nroles = []\ncosigned_by = ['seller']\n", "policy.role"),
        (HEAD + "[kinds.cost]\nroles = ['carrier', 'carrier']\n", "policy.twice"),
        (HEAD + "[kinds.cost]\nroles = []\nsignatures = 0\n", "policy.value"),
        (HEAD + "[kinds.cost]\nroles = []\nsignatures = 17\n", "policy.value"),
        (HEAD + "[kinds.Cost]\nroles = []\n", "policy.kind"),
        (HEAD + "[kinds.withheld]\nroles = []\n", "policy.kind"),
        (HEAD + "[kinds.party]\nroles = []\n", "policy.authority"),
        (HEAD + "[guests]\nkinds = ['key']\n", "policy.authority"),
        (HEAD + "[guests]\nkinds = ['Review']\n", "policy.kind"),
        (HEAD + "kinds = 1\n", "policy.value"),
        (HEAD + "[kinds]\ncost = 1\n", "policy.value"),
        (HEAD + "name = 'again'\n", "policy.toml"),
        (HEAD + "[kinds.cost]\nroles = " + "[\n" * 20_000 + "\n", "policy.toml"),
        ("\ud800", "policy.toml"),
        (HEAD + "#" + "x" * 60_000, "policy.size"),
        (HEAD + "#" + "x" * 1_000, "policy.long_line"),
        (HEAD + "#" + "长" * 20_000, "policy.size"),
        (7, "policy.text"),
    ],
)
def test_what_is_refused(text, code):
    refused(text, code)


def test_an_error_names_the_key_and_what_it_should_be():
    error = refused(HEAD + '[kinds."com.example.x"]\nroles = []\nsignatures = "two"\n', "policy.value")
    assert error.facts["at"] == 'kinds."com.example.x".signatures'
    assert '"two"' in error.text()
    assert "from 1 to 16" in error.text()
    assert "1 至 16 的整数" in error.text("zh")


def test_a_later_format_is_newer_whatever_else_it_holds():
    with pytest.raises(NewerFormatError) as caught:
        parse_policy("format = 2\nwhatever = 1\n")
    assert caught.value.code == "policy.newer"


@pytest.mark.parametrize(
    "line",
    [
        "kinds.cost = { roles = ['merchant'] }",
        "kinds.cost = { roles = ['merchant'],\n }",
        '[kinds."c\\u006fst"]\nroles = []',
        '"\\x6eame" = 1',
        "# a bell\a",
        "a = 1\r#",
        "# \x7f",
    ],
)
def test_what_readers_of_toml_differ_about_is_refused(line):
    assert refused(HEAD + line + "\n", "policy.plain").facts["line"] >= 4


def test_comments_may_hold_what_they_like_and_lines_may_end_as_on_windows():
    assert parse_policy(HEAD + "# {\\e} \t 供应链\n[time] # {\nbehind = 7 # \\\n").behind == 7
    assert parse_policy((HEAD + "[time]\nahead = 7\n").replace("\n", "\r\n")).ahead == 7


@pytest.mark.parametrize("name", ['"""a#\\x41"""', "'#{'", '"#\\e"'])
def test_what_hides_behind_a_hash_in_a_text_is_refused_all_the_same(name):
    with pytest.raises(FormatError):
        parse_policy(HEAD.replace('"small"', name))


@pytest.mark.parametrize(
    ("tables", "fits"),
    [
        ({"a": ["a"]}, False),
        ({"a": ["b"], "b": ["a"]}, False),
        ({"a": ["b"], "b": ["a", "c"], "c": []}, True),
        ({"a": ["nowhere"]}, False),
        ({"a": ["com.example.x"]}, False),  # no [unlisted] here
        ({"a": ["review"]}, True),  # a guest's
        ({"a": ["b"], "b": None}, False),  # nobody may sign b
    ],
)
def test_a_kind_that_could_never_be_signed_is_refused(tables, fits):
    text = HEAD + "[guests]\nkinds = ['review']\n"
    for kind, after in tables.items():
        text += (
            f"[kinds.{kind}]\nroles = {['merchant'] if after is not None else []}\nafter = {after or []}\n"
        )
    if fits:
        assert parse_policy(text)
    else:
        assert refused(text, "policy.never").facts["at"] == "kinds.a.after"


def test_unlisted_kinds_may_wait_for_each_other_no_more_than_listed_ones():
    some = HEAD + "[unlisted]\nroles = ['merchant']\nafter = ['{}']\n"
    assert refused(some.format("com.example.x"), "policy.never").facts["at"] == "unlisted.after"
    assert parse_policy(some.format("product") + "[kinds.product]\nroles = ['merchant']\n")


def test_differences_are_named_by_their_path():
    old = default_policy()
    text = old.text.replace("2_592_000", "60").replace('["review", "claim"]', '["claim"]')
    text = text.replace(
        "[kinds.cost]", "[kinds.\"com.example.x\"]\nroles = ['merchant']\n\n[kinds.cost]\nsignatures = 2"
    )
    assert differences(old, parse_policy(text)) == [
        ("guests.kinds", "claim, review", "claim"),
        ('kinds."com.example.x".roles', None, "merchant"),
        ('kinds."com.example.x".signatures', None, "1"),
        ("kinds.cost.signatures", "1", "2"),
        ("time.behind", "2592000", "60"),
    ]
    assert differences(old, parse_policy(old.text + "# a comment\n")) == []
    assert ("kinds.inspection.strangers", "allow", None) in differences(old, parse_policy(HEAD))
    full = "[kinds.cost]\nroles=[]\ncosigned_by=['insurer']\nafter=['x']\n[kinds.x]\nroles=['insurer']\n"
    assert {path for path, _, _ in differences(parse_policy(HEAD), parse_policy(HEAD + full))} >= {
        "kinds.cost.cosigned_by",
        "kinds.cost.after",
    }


@given(
    st.text() | st.text().map(lambda tail: HEAD + tail) | st.text("[]{}='\"#\\\nakinds.1,").map(HEAD.__add__)
)
@example("format = 1" * 5000)
@example("[\n" * 29_000)
@example(HEAD + ".".join("a" * 480) + " = 1")
def test_any_text_is_a_policy_or_an_error_of_ours(text):
    try:
        found = parse_policy(text)
    except TrustLedgerError as error:
        assert error.code.startswith("policy.")  # noqa: PT017  (either outcome is right)
    else:
        assert found.text == text


def test_a_chain_of_many_kinds_takes_no_time():
    chain = "".join(f"[kinds.a{n}]\nroles=['insurer']\nafter=['a{n - 1}']\n" for n in range(1, 1200))
    assert len(parse_policy(HEAD + chain + "[kinds.a0]\nroles=['insurer']\n").kinds) == 1200


def test_limits_are_those_that_the_format_names():
    assert (policies.MAX_TEXT, policies.MAX_SIGNATURES, policies.MAX_DAYS) == (60_000, 16, 3_650)
    assert policies.MAX_SECONDS == policies.MAX_DAYS * 86_400
    assert sys.getrecursionlimit() < 20_000  # or the deep lists above prove nothing
