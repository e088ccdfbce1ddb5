"""Laboratories, their accreditations and their papers."""

from dataclasses import replace

import pytest
from steps import OIL, RAW, accredited, found, inspected, key, made, origin, sent, state, step, told, uri

from trustledger.authority.independence import MAX_OWNERS
from trustledger.authority.parties import Revocation

HASH = b"\x07" * 32
SIGNED = [state("farm"), state("mill"), state("shop"), state("lab")]


def test_an_independent_laboratory_is_nothing_odd():
    assert told(origin("2/0", RAW + "A", "9 kg"), inspected("3/0", RAW + "A"), parties=SIGNED) == []


@pytest.mark.parametrize("roles", [("inspector",), ("inspector", "producer")])
def test_a_laboratory_that_inspects_what_it_made(roles):
    own = inspected("3/0", RAW + "A", party="farm", roles=roles)
    (one,) = found(origin("2/0", RAW + "A", "9 kg"), own, parties=SIGNED)
    assert (one.level, one.code, one.subject) == ("alarm", "plausibility.own_goods", RAW + "A")
    assert (one.ref, one.refs) == ("3/0", ("2/0",))


def test_a_producer_that_openly_looks_at_its_own_goods_is_a_doubt():
    own = inspected("3/0", RAW + "A", party="farm")
    assert told(origin("2/0", RAW + "A", "9 kg"), own, parties=SIGNED) == [("doubt", "own_goods", "3/0")]


@pytest.mark.parametrize(
    "other",
    [
        sent("2/0", RAW + "A", "9 kg", party="shop"),
        made("2/0", [(RAW + "A", "9 kg")], [(OIL + "M", "9 kg")], party="shop", at="2026-03-01"),
        made("2/0", [(OIL + "M", "9 kg")], [(RAW + "A", "9 kg")], party="shop"),
        step("2/0", "shop", "product", RAW[:-4], {"names": {"en": "x"}}),
        step("2/0", "shop", "cost", RAW + "A", {"currency": "CNY", "price": 1}),
        step("2/0", "shop", "listing", RAW[:-4], {"merchant": uri("shop"), "lots": [{"lot": RAW + "A"}]}),
        step("2/0", "van", "order", "urn:x:1", {"merchant": uri("shop")}, also=(RAW + "A",)),
    ],
    ids=["shipped", "made", "used", "brand", "priced", "offered", "sold by a platform"],
)
def test_an_inspector_that_is_the_merchant(other):
    parties = [state("shop"), state("lab", owner="shop")]
    (one,) = found(other, inspected("3/0", RAW + "A"), parties=parties)
    assert (one.level, one.code) == ("alarm", "plausibility.own_group")
    assert one.facts == {"party": "https://lab.example/p", "owner": "https://shop.example/p"}


@pytest.mark.parametrize(
    ("parties", "tied"),
    [
        ([state("farm"), state("lab")], False),
        ([state("farm", identities=["91110000"]), state("lab", identities=["91110001"])], False),
        ([state("farm", identities=["9111 0000"]), state("lab", identities=["91110000"])], True),
        ([state("farm", owner="lab"), state("lab")], True),
        ([state("farm", owner="holding"), state("lab", owner="holding")], True),
        (
            [state("farm", owner="a"), state("a", owner="b"), state("lab", owner="c"), state("c", owner="b")],
            True,
        ),
        (
            [state("farm", owner="a"), state("a", owner="b"), state("b", owner="a"), state("lab", owner="c")],
            False,
        ),
        ([state("farm", owner="a"), state("a", identities=["1"]), state("lab", identities=["1"])], True),
    ],
)
def test_ties_through_owners_and_registered_identities(parties, tied):
    goods = origin("2/0", RAW + "A", "9 kg")
    findings = [("alarm", "own_group", "3/0")] if tied else []
    assert told(goods, inspected("3/0", RAW + "A"), parties=parties) == findings


def kept_by(*custodians, threshold=1, **more):
    keys = [key("lab", number, custody) for number, custody in enumerate(custodians, 1)]
    return replace(state("lab", keys=keys, **more), threshold=threshold)


@pytest.mark.parametrize(
    ("lab", "others", "level"),
    [
        (kept_by("farm"), [], "alarm"),
        (kept_by("lab"), [], None),
        (kept_by("stranger"), [state("stranger")], None),
        (kept_by("holding"), [state("holding")], None),
        (kept_by("keeper"), [state("keeper", owner="farm")], "alarm"),
        (kept_by("keeper"), [state("keeper", identities=["1"])], "alarm"),
        (kept_by("farm", "lab"), [], "doubt"),  # it may have signed with its own
        (kept_by("farm", "lab", threshold=2), [], "alarm"),
        (kept_by("farm", "lab", "lab", threshold=2), [], "doubt"),
    ],
)
def test_the_key_of_a_laboratory_lies_with_whoever_has_the_goods(lab, others, level):
    goods, test = origin("2/0", RAW + "A", "9 kg"), inspected("3/0", RAW + "A")
    farm = state("farm", identities=["1"])
    assert told(goods, test, parties=[farm, lab, *others]) == ([(level, "own_key", "3/0")] if level else [])


def test_what_is_said_of_a_key_that_lies_with_the_goods():
    (one,) = found(
        origin("2/0", RAW + "A", "9 kg"), inspected("3/0", RAW + "A"), parties=[kept_by("farm", "lab")]
    )
    assert one.facts == {
        "party": uri("lab"),
        "owner": uri("farm"),
        "custody": uri("farm"),
        "seen": "1",
        "expected": "2",
    }
    assert (one.subject, one.refs) == (RAW + "A", ("2/0",))
    assert one.text("en")
    assert one.text("zh")


def test_keys_that_cannot_sign_do_not_count_and_a_tie_says_it_already():
    lab = kept_by("farm", "lab")
    ended = replace(lab.keys[0], revoked=Revocation(1, 1, "superseded", None, ()))
    offline = replace(lab.keys[0], recovery=True)
    goods, test = origin("2/0", RAW + "A", "9 kg"), inspected("3/0", RAW + "A")
    for one in (ended, offline):
        assert told(goods, test, parties=[replace(lab, keys=(one, lab.keys[1]))]) == []
    assert told(goods, test, parties=[kept_by("farm", owner="farm")]) == [("alarm", "own_group", "3/0")]


@pytest.mark.parametrize(("length", "odd"), [(MAX_OWNERS - 1, False), (MAX_OWNERS, True), (40, True)])
def test_a_chain_of_owners_longer_than_what_is_followed_is_said_to_be_so(length, odd):
    goods, test = origin("2/0", RAW + "A", "9 kg"), inspected("3/0", RAW + "A")
    chain = [state(f"h{n}", owner=f"h{n + 1}" if n + 1 < length else "") for n in range(length)]
    for whose in ("lab", "farm"):
        findings = found(goods, test, parties=[state(whose, owner="h0"), *chain])
        assert [(one.level, one.code, one.ref, one.facts) for one in findings] == (
            [("note", "plausibility.owners_cut", "3/0", {"party": uri(whose), "expected": "32"})]
            if odd
            else []
        )
    assert told(test, parties=[state("lab", owner="h0"), *chain]) == []  # nobody whose goods they are
    circle = [state(f"h{n}", owner=f"h{(n + 1) % 5}") for n in range(5)]
    assert told(goods, test, parties=[state("lab", owner="h0"), *circle]) == []


def test_the_ties_of_a_merchant_whose_platform_speaks_for_it():
    sold = step("2/0", "van", "order", "urn:x:1", {"merchant": uri("shop")}, also=(RAW + "A",))
    parties = [state("van"), state("shop", identities=["1"]), state("lab", identities=["1"])]
    assert told(sold, inspected("3/0", RAW + "A"), parties=parties) == [("alarm", "own_group", "3/0")]


def test_who_carries_an_order_or_reviews_it_owns_nothing():
    said = [
        step("2/0", "van", "delivery", "urn:x:1", {"merchant": uri("shop")}, also=(RAW + "A",)),
        step(
            "3/0",
            "buyer",
            "review",
            "urn:x:1",
            {"merchant": uri("shop"), "lot": RAW + "A"},
            also=(RAW + "A",),
        ),
    ]
    for owner in ("van", "buyer"):
        parties = [state("van"), state("buyer"), state("lab", owner=owner)]
        assert (
            told(said[owner == "buyer"], inspected("4/0", RAW + "A", at="2026-05-01"), parties=parties) == []
        )


def test_a_carrier_does_not_own_what_it_carries():
    carried = sent("2/0", RAW + "A", "9 kg", party="van")
    assert told(carried, inspected("3/0", RAW + "A"), parties=[state("van", owner="lab"), state("lab")]) == []


def test_who_only_transcribes_a_report_inspects_nothing():
    copy = inspected("3/0", RAW + "A", party="shop", kind="report_copy")
    assert told(sent("2/0", RAW + "A", "9 kg", party="shop"), copy, parties=SIGNED) == []


def claims(number, *parameters, on="2026-03-08", **more):
    data = {"tested_on": on, **({"accreditation": number} if number else {})}
    return inspected("3/0", RAW + "A", *parameters, data=data, **more)


@pytest.mark.parametrize(
    ("known", "claimed", "on", "finding"),
    [
        ([accredited()], "L-1", "2026-03-08", None),
        ([accredited()], "l - 1", "2026-03-08", None),
        ([accredited()], "L-2", "2026-03-08", "accreditation_unknown"),
        ([], "L-1", "2026-03-08", "accreditation_unknown"),
        ([], "", "2026-03-08", None),
        ([accredited(until="2026-03-08")], "L-1", "2026-03-07", None),
        ([accredited(until="2026-03-08")], "L-1", "2026-03-08", "accreditation_expired"),
        ([accredited(since="2026-03-09")], "L-1", "2026-03-08", "accreditation_expired"),
        ([accredited(since="2026-03-09")], "L-1", "2026-03-09", None),
        ([accredited(until=None)], "L-1", "2026-03-08", None),
        ([accredited(until="2026-01-01"), accredited("L-9")], "L-1", "2026-03-08", "accreditation_expired"),
        ([accredited(parameters=["lead"])], "L-1", "2026-03-08", None),
        ([accredited(parameters=["cadmium"])], "L-1", "2026-03-08", "accreditation_narrow"),
        ([accredited(parameters=["cadmium"])], "", "2026-03-08", "accreditation_narrow"),
        (
            [accredited(parameters=["cadmium"]), accredited("L-2", parameters=["lead"])],
            "",
            "2026-03-08",
            None,
        ),
        ([accredited(until="2026-01-01")], "", "2026-03-08", "accreditation_expired"),
    ],
)
def test_an_accreditation_expired_or_too_narrow(known, claimed, on, finding):
    lab = state("lab", accreditations=known)
    level = "alarm" if claimed else "note"
    assert told(claims(claimed, on=on), parties=[lab]) == ([(level, finding, "3/0")] if finding else [])


def test_each_parameter_outside_is_named_and_the_claim_decides_where_no_day_is_given():
    lab = state("lab", accreditations=[accredited(parameters=["lead"])])
    outside = found(claims("L-1", "lead", "cadmium", "mercury"), parties=[lab])
    assert [one.facts["parameter"] for one in outside] == ["cadmium", "mercury"]
    late = inspected("3/0", RAW + "A", data={"accreditation": "L-1"}, at="2027-03-01", placed="2027-06-01")
    assert told(late, parties=[lab]) == [("alarm", "accreditation_expired", "3/0")]


def test_the_laboratory_is_asked_as_it_was_before_the_record():
    from steps import KINDS

    from trustledger.views.plausibility import judge

    asked = []

    def party(name, entry):
        asked.append(entry)
        return state("lab", accreditations=[accredited()] if entry < 9 else [])

    early = claims("L-1")
    assert judge([early], KINDS, party) == ()
    assert set(asked) == {3}


def copy(ref, subject, **more):
    return inspected(ref, subject, party="shop", kind="report_copy", **more)


def test_one_report_file_for_two_lots():
    one, two = copy("3/0", RAW + "A", files=[HASH]), copy("4/0", RAW + "B", report="R-2", files=[HASH])
    (alarm,) = found(one, two)
    assert (alarm.level, alarm.code, alarm.ref, alarm.refs) == (
        "alarm",
        "plausibility.report_file_twice",
        "4/0",
        ("3/0",),
    )
    assert alarm.facts == {"hash": HASH.hex(), "other": RAW + "A"}
    by_field = copy("4/0", RAW + "B", report="R-2", data={"file_sha256": HASH.hex()})
    assert told(one, by_field) == [("alarm", "report_file_twice", "4/0")]
    assert told(one, copy("4/0", RAW + "A", files=[HASH])) == []
    two = copy("4/0", RAW + "B", report="R-2", files=[HASH])
    assert found(two, one) == found(one, two)  # whichever arrives first
    same_number = copy("4/0", RAW + "B", files=[HASH])
    assert told(one, same_number) == [("alarm", "report_file_twice", "4/0")]  # said once
    assert told(one, copy("4/0", RAW + "A/21/7", files=[HASH])) == []
    assert told(one, copy("4/0", RAW + "B", report="R-2", files=[b"\x08" * 32])) == []


def test_a_laboratory_that_signs_itself_may_have_tested_a_sample_of_both():
    one, two = (
        inspected("3/0", RAW + "A", files=[HASH]),
        inspected("4/0", RAW + "B", report="R-2", files=[HASH]),
    )
    assert told(one, two) == [("doubt", "report_file_twice", "4/0")]


def test_a_file_of_another_kind_may_well_be_about_two_lots():
    one, two = (origin(f"{n}/0", RAW + name, "9 kg", files=[HASH]) for n, name in ((3, "A"), (4, "B")))
    assert told(one, two) == []


@pytest.mark.parametrize(
    ("first", "second", "odd"),
    [
        (("lab", "R-1", ""), ("lab", "R-1", ""), True),
        (("lab", "R-1", ""), ("lab", "R-2", ""), False),
        (("lab", "R-1", ""), ("other", "R-1", ""), False),
    ],
)
def test_one_report_number_for_two_lots(first, second, odd):
    steps = [
        inspected(f"{3 + n}/0", RAW + "AB"[n], party=party, report=number)
        for n, (party, number, _) in enumerate((first, second))
    ]
    assert told(*steps) == ([("doubt", "report_number_twice", "4/0")] if odd else [])


def test_the_name_of_an_event_is_no_report_number():
    event = {"event": "urn:e"}
    one = inspected("3/0", RAW + "A", report="urn:e", data={**event, "part": {"number": 1, "count": 2}})
    two = inspected("3/1", RAW + "B", report="urn:e", data={**event, "part": {"number": 2, "count": 2}})
    assert told(one, two) == []


def test_of_a_transcript_the_number_is_the_laboratorys():
    one, two = (
        copy(f"{n}/0", RAW + name, data={"lab": lab}) for n, name, lab in ((3, "A", "X"), (4, "B", "Y"))
    )
    assert told(one, two) == []
    assert told(one, copy("4/0", RAW + "B", data={"lab": "X"})) == [("doubt", "report_number_twice", "4/0")]
