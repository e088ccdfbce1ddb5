"""Goods and times: before they exist, from where they are not, more than was sent."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from steps import (
    FARM_GLN,
    ITEM,
    KINDS,
    MILL_GLN,
    OIL,
    PALLET,
    RAW,
    SHOP_GLN,
    found,
    inspected,
    lot,
    made,
    ms,
    origin,
    received,
    sent,
    step,
    told,
    uri,
)

from trustledger.views.plausibility import MAX_HAPPENINGS, Plausibility
from trustledger.views.plausibility.places import comparable, end_of, location_of
from trustledger.views.plausibility.times import CLOCKS_MAY_DIFFER, DAY, days_of, weigh

LATER = "2026-03-04"


@pytest.mark.parametrize(
    "early",
    [
        sent("3/0", RAW + "A", "1 kg", at="2026-03-03"),
        received("3/0", RAW + "A", "1 kg", party="farm", at="2026-03-03"),
        inspected("3/0", RAW + "A", at="2026-03-03"),
        made("3/0", [(OIL + "M", "1 kg")], [(RAW + "A", "1 kg")], party="farm", at="2026-03-03"),
        sent("3/0", PALLET, lots=[(RAW + "A", "1 kg")], at="2026-03-03"),
    ],
    ids=["shipped", "received", "inspected", "consumed", "on a pallet"],
)
def test_nothing_happens_to_goods_before_they_exist(early):
    (one,) = found(origin("2/0", RAW + "A", "9 kg", at=LATER), early)
    assert (one.level, one.code, one.subject) == ("alarm", "plausibility.before_made", RAW + "A")
    assert (one.ref, one.refs) == ("3/0", ("2/0",))
    assert (one.facts["seen"], one.facts["expected"]) == ("2026-03-03T08:00:01Z", "2026-03-04T08:00:01Z")
    assert one.facts["placed"] == "2026-06-01T08:00:01Z"


def test_an_observation_before_may_be_an_announcement():
    seen = step("3/0", "mill", "observation", RAW + "A", {"step": "cooling"}, at="2026-03-03")
    assert told(origin("2/0", RAW + "A", "9 kg", at=LATER), seen) == [("doubt", "before_made", "3/0")]


def test_the_earliest_making_counts_and_a_recall_or_a_price_is_no_use():
    steps = [
        origin("2/0", RAW + "A", "9 kg", at=LATER),
        origin("3/0", RAW + "A", "9 kg", at="2026-03-02"),
        sent("4/0", RAW + "A", "1 kg", at="2026-03-03"),
        step("5/0", "farm", "recall", RAW + "A", {"reference": "x", "reason": "y"}, at="2026-02-01"),
    ]
    assert told(*steps) == []


@pytest.mark.parametrize(
    ("earlier", "later", "level"),
    [
        ("2026-03-04T00:00:00Z", "2026-03-04T08:00:00Z", "note"),
        ("2026-03-03T16:00:00Z", "2026-03-04T08:00:00Z", "note"),  # midnight in China
        ("2026-03-04T07:59:59Z", "2026-03-04T08:00:00Z", "alarm"),
        ("2026-03-03T08:00:00Z", "2026-03-04T08:00:00Z", "alarm"),
        ("2026-03-03T08:15:00Z", "2026-03-04T08:00:00Z", "note"),
    ],
)
def test_less_than_a_day_from_what_may_be_a_midnight_proves_nothing(earlier, later, level):
    assert weigh(ms(earlier), ms(later)) == level
    steps = origin("2/0", RAW + "A", "9 kg", at=later), sent("3/0", RAW + "A", "1 kg", at=earlier)
    assert told(*steps) == [(level, "before_made", "3/0")]


@pytest.mark.parametrize(
    ("late", "odd"), [(0, False), (CLOCKS_MAY_DIFFER, False), (CLOCKS_MAY_DIFFER + 1, True)]
)
def test_nothing_is_placed_before_it_happened(late, odd):
    one = origin("2/0", RAW + "A", "9 kg")
    object.__setattr__(one, "sequenced_at", one.occurred_at - late)
    assert told(one) == ([("alarm", "future", "2/0")] if odd else [])


@pytest.mark.parametrize(
    ("name", "text", "odd"),
    [
        ("harvested_on", "2026-06-02", False),  # it is that day already, farthest east
        ("harvested_on", "2026-06-03", True),
        ("tested_on", "2026-06-01T10:05:00Z", False),
        ("tested_on", "2026-06-01T10:05:00.001Z", True),
        ("produced_on", "soon", False),
        ("produced_on", "2026-99-99", False),
    ],
)
def test_a_day_that_has_not_come(name, text, odd):
    one = origin("2/0", RAW + "A", "9 kg", data={name: text}, placed="2026-06-01T10:00:00Z")
    assert told(one) == ([("alarm", "future_date", "2/0")] if odd else [])


def test_food_does_not_expire_before_it_is_made():
    def days(produced, expires):
        return origin("2/0", RAW + "A", "9 kg", data={"produced_on": produced, "expires_on": expires})

    assert told(days("2026-03-02", "2026-03-01")) == [("alarm", "dates_crossed", "2/0")]
    assert told(days("2026-03-02", "2026-03-02")) == []
    assert days_of("1970-01-02") == (DAY, 2 * DAY)


def test_goods_do_not_leave_from_where_they_never_came():
    steps = [
        origin("2/0", RAW + "A", "9 kg", data={"place": FARM_GLN}),
        sent("3/0", RAW + "A", "9 kg", from_=FARM_GLN, to=MILL_GLN),
    ]
    onward = {"party": "mill", "at": "2026-03-05", "to": "https://shop.example/p"}
    assert told(*steps, sent("4/0", RAW + "A", "9 kg", from_=MILL_GLN, **onward)) == []
    (one,) = found(*steps, sent("4/0", RAW + "A", "9 kg", from_=SHOP_GLN, **onward))
    assert (one.level, one.code, one.ref, one.refs) == (
        "doubt",
        "plausibility.elsewhere",
        "4/0",
        ("2/0", "3/0"),
    )
    assert (one.facts["seen"], one.facts["expected"]) == ("0860009998001", "0860009999060, 0860009999077")
    assert told(*steps, sent("4/0", RAW + "A", "9 kg", from_="Depot 7", **onward)) == []  # may be anywhere


def test_goods_are_not_used_where_they_never_came():
    steps = [
        origin("2/0", RAW + "A", "9 kg", data={"place": FARM_GLN}),
        made("5/0", [(OIL + "M", "8 kg")], [(RAW + "A", "9 kg")], data={"place": MILL_GLN}),
    ]
    assert told(*steps) == [("note", "elsewhere", "5/0")]  # nobody recorded any movement
    away = sent("3/0", RAW + "A", "0 kg", from_=FARM_GLN, to=SHOP_GLN)
    assert told(*steps, away) == [("doubt", "elsewhere", "5/0")]
    assert told(*steps, sent("3/0", RAW + "A", "0 kg", from_=FARM_GLN, to=MILL_GLN)) == []
    seen = step(
        "4/0", "mill", "observation", RAW + "A", {"step": "storing", "place": MILL_GLN}, at="2026-03-04"
    )
    assert told(*steps, away, seen) == []


def test_one_thing_is_where_it_was_last():
    steps = [
        origin("2/0", ITEM, "", data={"place": FARM_GLN}),
        sent("3/0", ITEM, from_=FARM_GLN, to=MILL_GLN),
        sent("4/0", ITEM, from_=FARM_GLN, to=SHOP_GLN, at="2026-03-05", document="D-2"),
    ]
    assert ("doubt", "elsewhere", "4/0") in told(*steps)


def test_what_was_packed_goes_where_its_pallet_goes():
    steps = [
        origin("2/0", RAW + "A", "9 kg", data={"place": FARM_GLN}),
        made(
            "3/0",
            [(PALLET, "")],
            [(RAW + "A", "9 kg")],
            party="farm",
            at="2026-03-02",
            data={"place": FARM_GLN},
        ),
        sent("3/1", PALLET, from_=FARM_GLN, to=MILL_GLN, at="2026-03-03"),
        made("5/0", [(OIL + "M", "8 kg")], [(RAW + "A", "0 kg")], data={"place": MILL_GLN}),
    ]
    assert [one for one in told(*steps) if one[1] == "elsewhere"] == []
    assert ("doubt", "elsewhere", "5/0") in told(
        *steps[:2], steps[3], sent("3/1", PALLET, from_=FARM_GLN, to=SHOP_GLN)
    )


def test_received_without_having_been_sent():
    born, came = origin("2/0", RAW + "A", "9 kg"), received("4/0", RAW + "A", "9 kg")
    assert told(born, came) == [("doubt", "unsent", "4/0")]
    assert told(came) == []  # nobody here made it, so nobody here could say
    assert told(origin("2/0", RAW + "A", "9 kg", party="mill"), came) == []
    assert told(born, sent("3/0", RAW + "A", "9 kg"), came) == []
    assert told(born, came, sent("5/0", RAW + "A", "9 kg", party="mill", at="2026-03-09")) == [
        ("doubt", "unsent", "4/0")
    ]


@pytest.mark.parametrize(
    ("to", "end", "level"),
    [
        (MILL_GLN, MILL_GLN, None),
        (MILL_GLN, MILL_GLN.replace("/414/", "/417/"), None),
        (MILL_GLN, SHOP_GLN, "doubt"),
        (uri("mill"), "", None),
        (uri("shop"), "", "doubt"),
        (uri("shop"), "Mill", "note"),
        ("Mill ", "mill", None),
        ("Hall 2", "Mill", "note"),
        (MILL_GLN, "Mill", "note"),
    ],
)
def test_received_by_another_than_the_addressee(to, end, level):
    away = sent("3/0", RAW + "A", "9 kg", to=to)
    came = received("4/0", RAW + "A", "9 kg", **({"to": end} if end else {}))
    assert told(away, came) == ([(level, "other_addressee", "4/0")] if level else [])


def test_a_carrier_that_takes_goods_over_is_not_the_addressee():
    away = sent("3/0", RAW + "A", "9 kg", to=MILL_GLN)
    assert told(away, received("4/0", RAW + "A", "9 kg", party="van")) == []
    assert told(away, received("4/0", RAW + "A", "9 kg", party="shop")) != []


def test_received_before_it_was_sent():
    away = sent("3/0", RAW + "A", "9 kg", to=MILL_GLN, at="2026-03-04")
    (one,) = found(away, received("4/0", RAW + "A", "9 kg", to=MILL_GLN, at="2026-03-02"))
    assert (one.level, one.code, one.refs) == ("alarm", "plausibility.received_before_sent", ("3/0",))
    assert told(away, received("4/0", RAW + "A", "9 kg", to=MILL_GLN, at="2026-03-04")) == []


@pytest.mark.parametrize(
    ("amount", "finding"),
    [
        ("9 kg", None),
        ("8 kg", None),
        ("9000 g", None),
        ("10 kg", ("alarm", "received_more")),
        ("10 case", ("note", "received_incomparable")),
    ],
)
def test_more_received_than_sent(amount, finding):
    away, came = sent("3/0", RAW + "A", "9 kg", to=MILL_GLN), received("4/0", RAW + "A", amount, to=MILL_GLN)
    assert told(away, came) == ([(*finding, "4/0")] if finding else [])


def test_received_twice_under_two_papers_is_more_than_was_sent():
    away = sent("3/0", RAW + "A", "9 kg", to=MILL_GLN)
    twice = [received(f"4/{n}", RAW + "A", "5 kg", to=MILL_GLN, document=f"D-{n}") for n in range(2)]
    (one,) = found(away, *twice)
    assert (one.code, one.ref, one.refs) == ("plausibility.received_more", "4/1", ("3/0", "4/0"))
    assert (one.facts["seen"], one.facts["expected"]) == ("10 kg", "9 kg")
    private = received("4/0", RAW + "A", to=MILL_GLN, sealed=["/quantity"])
    assert told(away, private) == [("note", "received_sealed", "4/0")]


def packed(*lots):
    return made("3/0", [(PALLET, "")], list(lots), party="farm", at="2026-03-02")


def test_a_pallet_holds_what_was_packed():
    away = sent("3/1", PALLET, to=MILL_GLN)
    packing = packed((RAW + "A", "25 case"), (RAW + "B", "25 case"))

    def came(*lots):
        return received("4/0", PALLET, lots=list(lots), to=MILL_GLN)

    assert told(packing, away, came((RAW + "A", "25 case"), (RAW + "B", "24 case"))) == []
    more = found(packing, away, came((RAW + "A", "500 case"), (RAW + "B", "25 case")))
    assert [(one.level, one.code, one.refs) for one in more] == [
        ("alarm", "plausibility.unit_more", ("3/0",))
    ]
    assert (more[0].facts["seen"], more[0].facts["expected"]) == ("500 case", "25 case")
    assert told(packing, away, came((RAW + "A", "25 case"))) == [("note", "unit_missing", "4/0")]
    other = came((RAW + "A", "1 case"), (RAW + "B", "1 case"), (RAW + "C", "1 case"))
    assert told(packing, away, other) == [("doubt", "unit_other", "4/0")]
    kilos = came((RAW + "A", "25 kg"), (RAW + "B", "1 case"))
    assert told(packing, away, kilos) == [("note", "unit_incomparable", "4/0")]
    assert told(packing, away, made("5/0", [(RAW + "A", "26 case")], [(PALLET, "")])) == [
        ("alarm", "unit_more", "5/0")
    ]


def test_a_pallet_is_not_sent_before_it_is_packed():
    early = sent("3/1", PALLET, to=MILL_GLN, at="2026-03-01")
    assert told(packed((RAW + "A", "1 case")), early) == [("alarm", "before_made", "3/1")]


@pytest.mark.parametrize(
    ("text", "end", "location"),
    [
        (FARM_GLN, "gln:0860009999060", "gln:0860009999060"),
        (FARM_GLN + "/254/A", "gln:0860009999060", "gln:0860009999060"),
        (FARM_GLN.replace("/414/", "/417/"), "gln:0860009999060", ""),
        ("  Mill\t 2 ", "mill 2", ""),
        ("", "", ""),
    ],
)
def test_ends_and_places(text, end, location):
    assert (end_of(text), location_of(text)) == (end, location)


def test_which_ends_can_be_told_apart():
    assert comparable("gln:1", "gln:2")
    assert comparable("https://a.example/p", "https://b.example/p")
    assert not comparable("gln:1", "https://a.example/p")
    assert not comparable("mill", "hall 2")


@given(st.permutations(range(7)), st.integers(0, 6))
def test_what_has_nothing_to_do_with_it_changes_nothing(order, many):
    steps = [
        origin("2/0", RAW + "A", "9 kg", data={"place": FARM_GLN}, at=LATER),
        sent("3/0", RAW + "A", "10 kg", from_=SHOP_GLN, to=MILL_GLN),
        received("4/0", RAW + "A", "12 kg", to=MILL_GLN, at="2026-02-02"),
    ]
    others = [origin(f"1/{n}", OIL + str(n), f"{n} kg", at=f"2026-01-0{n + 1}") for n in range(many)]
    alone = found(*steps)
    assert len(alone) >= 5
    mixed = [*steps, *others]
    assert found(*(mixed[n] for n in order if n < len(mixed)), *mixed) == alone


def test_no_more_is_judged_than_a_stated_number():
    fold = Plausibility(KINDS, lambda *_: None, most=1)
    for number in range(3):
        fold.add(origin("2/0", RAW + "A", "9 kg") if number < 2 else origin("3/0", RAW + "B", "9 kg"))
    (one,) = fold.findings()
    assert (one.level, one.code, one.facts) == ("note", "plausibility.cut", {"expected": "1"})
    assert MAX_HAPPENINGS >= 100_000


def test_hostile_records_are_passed_over():
    odd = [
        step("2/0", "farm", "origin", RAW + "A", {"quantity": 5, "unit": ["kg"]}),
        step(
            "3/0",
            "farm",
            "processing",
            OIL + "M",
            {"inputs": "x", "outputs": [3, {"lot": 4}], "loss": "much"},
        ),
        step("4/0", "farm", "shipping", RAW + "A", {"direction": 7, "lots": {"lot": RAW + "A"}}),
        step("5/0", "lab", "inspection", RAW + "A", {"results": {"parameter": "x"}, "tested_on": "x" * 10}),
        step(
            "6/0",
            "lab",
            "inspection",
            RAW + "A",
            {"results": [None, {"parameter": ["x"]}], "part": 3, "event": 4},
        ),
        step("7/0", "farm", "a.custom", RAW + "A", {"outputs": [lot(OIL + "M")]}),
        step(
            "8/0",
            "farm",
            "processing",
            OIL + "M",
            {
                "inputs": [lot(RAW + "A", "1" * 40 + " kg")],
                "outputs": [lot(OIL + "M", "9" * 40 + " t")],
                "event": "e",
                "part": "p",
            },
        ),
    ]
    codes = {one.code for one in found(*odd)}
    assert (
        codes == {"plausibility.balance_more", "plausibility.use_incomparable"}
        or "plausibility.balance_more" in codes
    )
    assert all(one.text("zh") and one.text("en") for one in found(*odd))
