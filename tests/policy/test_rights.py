"""What a registration policy lets parties say."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.authority.parties import ROLES, Guest, PartyState, Scope
from trustledger.authority.policy import default_policy, parse_policy
from trustledger.authority.rights import (
    Said,
    check_after,
    check_guest,
    check_kinds,
    check_scopes,
    check_steward,
    check_suspended,
    check_time,
    strangers,
)
from trustledger.errors import PolicyError
from trustledger.kinds.spec import NO_LOTS, Lots
from trustledger.kinds.specs import OWN

HEAD = 'format = 1\nname = "small"\ndate = 2026-11-22\n'
AT = 1_790_000_000_000
LOT, PRODUCT = "https://id.gs1.org/01/09506000134352/10/LOT-7", "https://id.gs1.org/01/09506000134352"
OTHER, OTHER_PRODUCT = "https://id.gs1.org/01/04006381333931/10/A", "https://id.gs1.org/01/04006381333931"
GUEST = "urn:uuid:2b1c6f2e-7a53-4a8e-9d1a-5f0f3a3b9c11"
ORDER = "urn:uuid:6d0d2f3c-13a4-4d43-8a33-0b9a1f5f5a10"


def party(name="shop", *roles, **more):
    uri = more.pop("uri", f"https://{name}.example/")
    return PartyState(uri, name, frozenset(roles), (), 1, 1, **more)


def said(kind="inspection", *subjects, data=None, position=3, **more):
    return Said(position, kind, subjects or (LOT, PRODUCT), data or {}, **more)


def results(*names):
    return {"results": [{"parameter": name, "unit": "mg/kg"} for name in names]}


def refuses(code, ask, *arguments):
    with pytest.raises(PolicyError) as caught:
        ask(*arguments)
    assert caught.value.code == code
    for language in ("en", "zh"):
        assert "?" not in caught.value.text(language)
    return caught.value


# --- time


def test_times_up_to_the_limit_are_near_enough():
    policy = parse_policy(HEAD + "[time]\nbehind = 60\nahead = 5\n")
    check_time(policy, AT - 60_000, AT)
    check_time(policy, AT + 5_000, AT)
    refuses("policy.behind", check_time, policy, AT - 60_001, AT)
    error = refuses("policy.ahead", check_time, policy, AT + 5_001, AT)
    assert "2026-" in error.text()


# --- roles, signatures


def test_a_role_of_the_kind_is_needed():
    policy = default_policy()
    check_kinds(policy, party("lab", "inspector"), (), {"inspection": 0, "observation": 1})
    error = refuses(
        "policy.roles",
        check_kinds,
        policy,
        party("shop", "merchant"),
        (),
        {"observation": 0, "inspection": 5},
    )
    assert (error.facts["position"], error.facts["seen"]) == (5, "merchant")
    assert error.facts["expected"] == "inspector, processor"


def test_a_cosigners_role_does_not_replace_the_partys():
    refuses(
        "policy.roles",
        check_kinds,
        default_policy(),
        party("x", "carrier"),
        [party("lab", "inspector")],
        {"inspection": 0},
    )


def test_kinds_that_nobody_listed():
    check_kinds(default_policy(), party("x", "insurer"), (), {"com.example.grading": 0})
    refuses("policy.roles", check_kinds, default_policy(), party("x"), (), {"com.example.grading": 0})
    refuses("policy.unlisted", check_kinds, default_policy(), party("x", "insurer"), (), {"grading": 0})
    refuses("policy.unlisted", check_kinds, parse_policy(HEAD), party("x", *ROLES), (), {"com.example.x": 0})


def test_the_suspended_sign_nothing_alone_or_with_others():
    bad = party("lab", "inspector", suspended="samples swapped")
    check_suspended([party("x", "inspector")])
    refuses("policy.suspended", check_suspended, [bad])
    error = refuses("policy.suspended", check_suspended, [party("x", "inspector"), bad])
    assert "samples swapped" in error.text()


def test_different_parties_are_counted_not_lines():
    policy = parse_policy(HEAD + "[kinds.cost]\nroles = ['merchant']\nsignatures = 2\n")
    shop = party("shop", "merchant")
    refuses("policy.signatures", check_kinds, policy, shop, (), {"cost": 0})
    refuses("policy.signatures", check_kinds, policy, shop, [shop], {"cost": 0})
    check_kinds(policy, shop, [party("x")], {"cost": 0})


def test_another_signer_with_a_role():
    policy = parse_policy(
        HEAD + "[kinds.cost]\nroles = ['merchant']\ncosigned_by = ['platform', 'insurer']\n"
    )
    both = party("shop", "merchant", "platform")
    refuses("policy.cosigner", check_kinds, policy, both, (), {"cost": 0})  # not its own cosigner
    refuses("policy.cosigner", check_kinds, policy, both, [both], {"cost": 0})
    error = refuses("policy.cosigner", check_kinds, policy, both, [party("x", "carrier")], {"cost": 0})
    assert error.facts["seen"] == "carrier"
    check_kinds(policy, both, [party("x", "carrier"), party("y", "insurer")], {"cost": 0})


@given(
    st.sets(st.sampled_from(ROLES)),
    st.sampled_from(ROLES),
    st.sampled_from([*OWN, "com.example.x"]),
    st.booleans(),
)
def test_one_more_role_never_takes_a_right_away(roles, more, kind, cosigner):
    one = party("x", *roles)
    others = [party("y", *roles)] if cosigner else []
    try:
        check_kinds(default_policy(), one, others, {kind: 0})
    except PolicyError:
        return
    check_kinds(default_policy(), replace(one, roles=one.roles | {more}), others, {kind: 0})
    check_kinds(
        default_policy(), one, [replace(other, roles=other.roles | {more}) for other in others], {kind: 0}
    )


# --- guests


def guest():
    return party(uri=GUEST, guest=Guest(ORDER, frozenset({ORDER, LOT}), ("https://shop.example/",)))


def test_a_guest_needs_no_role_but_a_kind_of_the_list():
    check_kinds(default_policy(), guest(), (), {"review": 0, "claim": 1})
    refuses("policy.guest_kind", check_kinds, default_policy(), guest(), (), {"inspection": 0})
    refuses("policy.guest_kind", check_kinds, default_policy(), guest(), (), {"com.example.x": 0})
    refuses("policy.guest_kind", check_kinds, default_policy(), party("x", *ROLES), [guest()], {"cost": 0})
    asked = parse_policy(HEAD + "[guests]\nkinds = ['claim']\n[kinds.claim]\nroles = []\nsignatures = 2\n")
    refuses("policy.signatures", check_kinds, asked, guest(), (), {"claim": 0})
    check_kinds(asked, guest(), [party("x")], {"claim": 0})
    refuses("policy.roles", check_kinds, asked, party("x", *ROLES), [], {"claim": 0})


def test_a_guest_speaks_of_its_order_alone():
    check_guest(default_policy(), guest(), [said("review", ORDER, LOT, PRODUCT), said("claim", LOT, PRODUCT)])
    for subjects, seen in [
        ((OTHER, OTHER_PRODUCT), OTHER),
        ((PRODUCT,), PRODUCT),  # what the lot belongs to may be touched, not spoken of
        ((ORDER, OTHER), OTHER),
    ]:
        error = refuses(
            "policy.guest_subject", check_guest, default_policy(), guest(), [said("review", *subjects)]
        )
        assert (error.facts["seen"], error.facts["position"]) == (seen, 3)


def test_a_guest_cannot_correct_its_way_to_another_kind():
    policy = parse_policy(HEAD + "[guests]\nkinds = ['review', 'correction']\n")
    check_guest(policy, guest(), [said("correction", ORDER, corrects="review")])
    refuses(
        "policy.guest_kind", check_guest, policy, guest(), [said("correction", ORDER, corrects="inspection")]
    )
    refuses("policy.guest_kind", check_guest, None, guest(), [said("review", ORDER)])


def test_whoever_is_no_guest_is_not_asked():
    check_guest(default_policy(), party("x"), [said("inspection")])


# --- scopes


def scoped(*scopes):
    return party("lab", "inspector", scopes=scopes)


def test_without_scopes_nothing_is_limited():
    check_scopes(party("lab"), [said("whatever", OTHER)], AT)


def test_a_scope_of_kinds():
    lab = scoped(Scope(kinds=frozenset({"inspection"})))
    check_scopes(lab, [said()], AT)
    error = refuses("policy.scope_kind", check_scopes, lab, [said(), said("origin", position=9)], AT)
    assert (error.facts["position"], error.facts["seen"], error.facts["expected"]) == (
        9,
        "origin",
        "inspection",
    )


def test_a_scope_of_subjects_is_about_the_primary_one():
    lab = scoped(Scope(subjects=(PRODUCT + "/",)))
    check_scopes(lab, [said("inspection", LOT, OTHER)], AT)
    refuses("policy.scope_subject", check_scopes, lab, [said("inspection", OTHER, LOT)], AT)


def test_a_scope_ends_and_begins():
    lab = scoped(Scope(since=AT, until=AT + 1))
    check_scopes(lab, [said()], AT)
    refuses("policy.scope_time", check_scopes, lab, [said()], AT - 1)
    refuses("policy.scope_time", check_scopes, lab, [said()], AT + 1)


def test_no_scope_left_is_no_right():
    refuses("policy.scope_none", check_scopes, scoped(), [said()], AT)
    check_scopes(scoped(), [], AT)


def test_one_scope_must_allow_all_of_it():
    lab = scoped(
        Scope(kinds=frozenset({"inspection"}), parameters=frozenset({"lead"})),
        Scope(kinds=frozenset({"observation"}), subjects=(PRODUCT,)),
        Scope(subjects=(PRODUCT,), parameters=frozenset({"cadmium"})),
    )
    check_scopes(lab, [said("inspection", OTHER, data=results("lead")), said("observation")], AT)
    check_scopes(lab, [said("inspection", data=results("cadmium"))], AT)
    refuses("policy.scope_subject", check_scopes, lab, [said("observation", OTHER)], AT)
    both = [said("inspection", data=results("lead", "cadmium"))]  # each in a scope, neither in one
    refuses("policy.scope_parameter", check_scopes, lab, both, AT)


@pytest.mark.parametrize(
    "record",
    [
        said(data=results("lead")),
        said("observation"),
        said("correction", data={"reason": "did_not_occur"}, corrects="inspection"),
        said("correction", data={"data": results("lead")}, corrects="inspection"),
        said("correction", data={"data": 7}),
        said("com.example.x", data=results("lead")),
    ],
)
def test_results_within_a_scope_of_parameters(record):
    check_scopes(scoped(Scope(parameters=frozenset({"lead", "tin"}))), [record], AT)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (said(data=results("lead", "cadmium")), "policy.scope_parameter"),
        (said("observation", data=results("cadmium")), "policy.scope_parameter"),
        (said("correction", data={"data": results("cadmium")}), "policy.scope_parameter"),
        (said("correction", data=results("cadmium")), "policy.scope_parameter"),
        (said(), "policy.scope_hidden"),
        (said("report_copy"), "policy.scope_hidden"),
        (said(data={"results": "lead"}), "policy.scope_hidden"),
        (said(data={"results": [7]}), "policy.scope_hidden"),
        (said(data={"results": [{"parameter": ["lead"]}]}), "policy.scope_hidden"),
        (said(data={"results": [{"parameter": "lead"}, {}]}), "policy.scope_hidden"),
        (said("observation", sealed=("/results",)), "policy.scope_hidden"),
        (said("correction", sealed=("/data",)), "policy.scope_hidden"),
        (said("correction", data={"data": {}}, sealed=("/data/results",)), "policy.scope_hidden"),
        (said("correction", data={"data": {}}, corrects="inspection"), "policy.scope_hidden"),
        (said("correction", data={"data": []}, corrects="inspection"), "policy.scope_hidden"),
    ],
)
def test_results_beyond_a_scope_of_parameters(record, code):
    error = refuses(code, check_scopes, scoped(Scope(parameters=frozenset({"lead", "tin"}))), [record], AT)
    assert error.facts["expected"] == "lead, tin"


def test_a_correction_counts_as_what_it_corrects():
    lab = scoped(Scope(kinds=frozenset({"inspection"}), subjects=(PRODUCT,)))
    check_scopes(lab, [said("correction", corrects="inspection")], AT)
    refuses("policy.scope_kind", check_scopes, lab, [said("correction")], AT)
    refuses("policy.scope_kind", check_scopes, lab, [said("correction", corrects="origin")], AT)


def test_a_correction_cannot_move_to_a_lot_out_of_scope():
    mill = scoped(Scope(subjects=(PRODUCT,)))
    made = {"data": {"outputs": [{"lot": 7}, 8, {"lot": OTHER}]}}
    error = refuses("policy.scope_subject", check_scopes, mill, [said("correction", data=made)], AT)
    assert OTHER in error.facts["seen"]
    made["data"]["outputs"].append({"lot": LOT})
    check_scopes(mill, [said("correction", data=made)], AT)
    check_scopes(mill, [said("correction", data={"data": {"outputs": LOT}})], AT)
    check_scopes(mill, [said("processing", data=made["data"])], AT)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.binary(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["results", "parameter", "data", "outputs", "lot", "x"]), inner, max_size=3
        )
    ),
    max_leaves=12,
)


@given(
    st.dictionaries(st.sampled_from(["results", "data", "outputs", "lot"]), _json),
    st.sampled_from(["inspection", "correction", "x.y"]),
)
def test_hostile_data_is_allowed_or_refused(data, kind):
    lab = scoped(Scope(parameters=frozenset({"lead"}), subjects=(PRODUCT,)))
    for corrects in ("", "inspection"):
        try:
            check_scopes(lab, [said(kind, data=data, corrects=corrects)], AT)
        except PolicyError as error:
            assert error.text()  # noqa: PT017
    assert isinstance(
        strangers(default_policy(), said(kind, LOT, OTHER, data=data), OWN["processing"].lots(data)), tuple
    )


# --- other people's goods


@pytest.mark.parametrize("rule", ["allow", "named", "steward"])
def test_whom_a_record_touches(rule):
    policy = parse_policy(
        HEAD + f"[secondary]\nstrangers = '{rule}'\n[kinds.origin]\nroles = []\nstrangers = 'allow'\n"
    )
    far = "https://farm.example/lot/1"
    lots = Lots(inputs=(far, OTHER), outputs=(LOT,), touched=(OTHER + "B",))
    subjects = (LOT, PRODUCT, OTHER, OTHER_PRODUCT, OTHER + "B", far, "trustledger:party/x")
    expected = {"allow": (), "named": (), "steward": (OTHER, OTHER + "B", far)}
    assert strangers(policy, said("processing", *subjects), lots) == expected[rule]
    spam = said("processing", LOT, OTHER, OTHER_PRODUCT, PRODUCT)
    assert strangers(policy, spam, NO_LOTS) == (() if rule == "allow" else (OTHER, OTHER_PRODUCT))
    assert strangers(policy, said("origin", LOT, OTHER), NO_LOTS) == ()
    assert strangers(policy, said("correction", LOT, OTHER, corrects="origin"), NO_LOTS) == ()
    assert strangers(policy, said("processing", LOT, PRODUCT), NO_LOTS) == ()
    assert strangers(policy, said("processing", LOT), NO_LOTS) == ()


def test_the_class_of_what_was_used_up_is_not_implied():
    used = said("processing", LOT, OTHER, OTHER_PRODUCT, PRODUCT)
    assert strangers(default_policy(), used, Lots(inputs=(OTHER,), outputs=(LOT,))) == (OTHER_PRODUCT,)


def test_what_a_kind_names_otherwise_is_named():
    order = said("order", ORDER, OTHER, OTHER_PRODUCT, "https://shop.example/")
    assert strangers(default_policy(), order, NO_LOTS, (OTHER, "https://shop.example/")) == ()
    assert strangers(default_policy(), order, NO_LOTS, (OTHER,)) == ("https://shop.example/",)


def test_a_steward_signs_for_its_own():
    check_steward(0, OTHER, None, ("https://x.example/",))
    check_steward(0, OTHER, "https://x.example/", ("https://y.example/", "https://x.example/"))
    error = refuses("policy.steward", check_steward, 4, OTHER, "https://x.example/", ("https://y.example/",))
    assert error.facts["subject"] == OTHER


# --- what comes first


def test_what_must_come_first():
    check_after(0, "processing", (), [])
    check_after(0, "processing", ("origin", "sample"), ["product", "sample"])
    check_after(
        0, "processing", ("origin",), ["withheld"]
    )  # it may have been one: an audit must not fail by erasure
    error = refuses("policy.after", check_after, 2, "processing", ("origin",), ["product"])
    assert (error.facts["seen"], error.facts["expected"]) == ("product", "origin")
    refuses("policy.after", check_after, 2, "processing", ("origin",), iter(()))


def test_the_chain_is_read_only_as_far_as_needed():
    read = SimpleNamespace(count=0)

    def chain():
        for kind in ("product", "origin", "cost"):
            read.count += 1
            yield kind

    check_after(0, "processing", ("origin",), chain())
    assert read.count == 2
