"""What follows from a score: notice, reply, decision, delisting, appeal, relisting; each due once."""

from dataclasses import replace

import pytest
from score_world import (
    DAY,
    GOOD,
    LOT,
    LOT2,
    NOW,
    OPERATOR,
    PLATFORM,
    POLICY,
    RIVAL,
    SHOP,
    Market,
    card,
    codes,
    finding,
    party,
)

from trustledger.kinds.registry import Kinds
from trustledger.record import Withheld
from trustledger.views.trust_score import due, standing_findings

FAIL = card("fail", ref="1/0")
WEAK = card("untested", required=0, untested=1)


@pytest.fixture
def market():
    found = Market()
    found.listing()
    return found


@pytest.fixture
def bad(market):
    """Goods below their grade, bought by forty who were all unhappy: a score that is surely below 3."""
    market.cards[LOT] = card("fail", nature="quality")
    for _ in range(40):
        order = market.sold(1, day=990)
        market.claim(order, day=990)
        market.resolve(order, "replaced", day=991, fault_accepted=True)
    return market


def rows(market, day=1000, **more):
    return [
        (row["kind"], row["data"].get("action", ""), row["data"]["reason"])
        for row in due(market.score(day, **more))
    ]


def enforce(market, day=1000):
    """Append what is due, and see that nothing is due then."""
    found = due(market.score(day))
    market.append(found, day)
    assert due(market.score(day)) == []
    assert standing_findings(market.score(day)) == ()
    return [row["kind"] for row in found]


def phase(market, day=1000):
    return market.score(day).standing.phase


def test_a_good_listing_has_nothing_due(market):
    for _ in range(12):
        market.sold(5)
    assert rows(market) == []
    assert phase(market) == "listed"


# --- danger ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shown", "reason"), [(FAIL, "safety_failure"), (card(codes=["views.recall"]), "recall")]
)
def test_danger_holds_at_once(market, shown, reason):
    market.cards[LOT] = shown
    assert rows(market) == [("delisting", "hold", reason)]
    assert [one.code for one in standing_findings(market.score())] == ["score.should_hold"]
    enforce(market)
    assert phase(market) == "held"
    assert not market.score().listed


def test_a_hold_ends_when_all_on_sale_passes(market):
    market.cards[LOT] = FAIL
    enforce(market)
    market.cards[LOT] = WEAK
    assert rows(market) == []  # no longer failed, but not known to be good
    market.cards[LOT] = GOOD
    assert rows(market) == [("relisting", "", "retest_passed")]
    assert [one.code for one in standing_findings(market.score())] == ["score.should_relist"]
    enforce(market)
    assert phase(market) == "listed"
    market.cards[LOT] = FAIL
    assert rows(market) == [("delisting", "hold", "safety_failure")]
    assert due(market.score())[0]["data"]["case"] == "safety_failure-2"


def test_what_a_person_released_is_not_held_again_for_the_same(market):
    market.cards[LOT] = FAIL
    enforce(market)
    case = market.score().standing.case
    market.step("decision", case=case, outcome="release", reason="x", office="y")
    assert rows(market) == [("relisting", "", "decision")]
    enforce(market)
    assert phase(market) == "listed"
    assert rows(market) == []
    market.cards[LOT] = card("fail", ref=f"{len(market.records) + 1}/0")  # a new report
    assert rows(market) == [("delisting", "hold", "safety_failure")]


def test_what_is_not_offered_is_not_held():
    market = Market()
    market.order(990)
    market.cards[LOT] = FAIL
    assert rows(market) == []


@pytest.mark.parametrize(
    ("measure", "row"), [("delist", ("delisting", "delist")), ("notice", ("notice", ""))]
)
def test_the_policy_sets_what_danger_brings(market, measure, row):
    policy = replace(POLICY, standing=replace(POLICY.standing, safety=measure))
    market.cards[LOT] = FAIL
    assert rows(market, policy=policy) == [(*row, "safety_failure")]
    market.append(due(market.score(policy=policy)))
    assert rows(market, policy=policy) == []
    if measure == "notice":
        assert rows(market, day=1007, policy=policy) == [("delisting", "delist", "safety_failure")]


# --- a low score ----------------------------------------------------------------------------------------------------


def test_the_whole_way(bad):
    assert rows(bad) == [("notice", "", "low_score")]
    assert [one.code for one in standing_findings(bad.score())] == ["score.should_notice"]
    enforce(bad)
    found = bad.score(1006)
    assert (found.standing.phase, found.listed, due(found)) == ("noticed", True, [])
    bad.step("reply", who=SHOP, day=1003, case=found.standing.case, statement="x")
    assert rows(bad, 1007) == [("delisting", "delist", "low_score")]
    assert [one.code for one in standing_findings(bad.score(1007))] == ["score.should_delist"]
    enforce(bad, 1007)
    found = bad.score(1008)
    assert (found.standing.phase, found.listed) == ("delisted", False)
    assert not {"no_notice", "early"} & codes(found)
    ref = {"entry": 1, "position": 0, "record": "ab" * 32}
    bad.step("appeal", who=SHOP, day=1010, case=found.standing.case, delisting=ref, statement="x")
    assert bad.score(1010).standing.appealed
    bad.step("decision", day=1011, case=found.standing.case, outcome="release", reason="x", office="y")
    assert rows(bad, 1011) == [("relisting", "", "appeal_granted")]
    enforce(bad, 1011)
    assert phase(bad, 1011) == "listed"
    assert rows(bad, 1012) == []  # for a while the same ground isn't raised again
    assert rows(bad, 1041) == [("notice", "", "low_score")]


def test_recovery_needs_more_than_the_threshold(bad):
    enforce(bad)
    enforce(bad, 1007)
    bad.cards[LOT] = GOOD
    between = 0
    while not due(bad.score(1008)):
        between += bad.score(1008).score >= POLICY.standing.threshold
        bad.sold(5, day=1008)
    assert between > 3
    assert bad.score(1008).score >= POLICY.standing.relist_score
    assert rows(bad, 1008) == [("relisting", "", "score_recovered")]
    enforce(bad, 1008)


def test_nobody_recovers_by_what_was_erased(bad):
    enforce(bad)
    enforce(bad, 1007)
    bad.cards[LOT] = GOOD
    for at, one in enumerate(bad.records):
        if one.kind in ("review", "claim"):
            hidden = Withheld(one.record.hash, one.record.subject_hashes, b"")
            bad.records[at] = replace(one, record=hidden)
    for _ in range(200):
        bad.sold(5, day=1008)
    found = bad.score(1008)
    assert found.score > POLICY.standing.relist_score
    assert (due(found), found.provisional) == ([], True)


def test_a_notice_lapses_when_the_score_recovers_and_is_given_anew(market):
    bad = market
    bad.cards[LOT] = card("fail", nature="quality")
    for stars in (1, 3) * 25:
        bad.sold(stars, day=990)
    enforce(bad)
    bad.cards[LOT] = GOOD
    assert rows(bad, 1008) == []
    bad.cards[LOT] = card("fail", nature="quality")
    assert rows(bad, 1008) == [("delisting", "delist", "low_score")]
    assert rows(bad, 1036) == [("delisting", "delist", "low_score")]
    assert rows(bad, 1037) == [("notice", "", "low_score")]
    enforce(bad, 1037)
    assert rows(bad, 1044) == [("delisting", "delist", "low_score")]


@pytest.mark.parametrize(
    ("outcome", "more", "day", "expected"),
    [
        ("release", {}, 1007, []),
        ("extend", {"until": 20}, 1007, []),
        ("extend", {"until": 20}, 1020, ["delisting"]),
        ("uphold", {}, 1001, ["delisting"]),
    ],
)
def test_a_person_decides(bad, outcome, more, day, expected):
    enforce(bad)
    if "until" in more:
        more = {"until": bad.score().as_of + 20 * 86_400_000}
    bad.step("decision", day=1001, case="low_score-1", outcome=outcome, reason="x", office="y", **more)
    assert [kind for kind, _, _ in rows(bad, day)] == expected
    enforce(bad, day)


def test_a_low_score_that_is_not_certain_brings_nothing(market):
    market.cards[LOT] = WEAK
    for _ in range(12):
        market.sold(3)
    found = market.score()
    assert found.score < POLICY.standing.threshold <= found.upper
    assert due(found) == []


def test_buyers_who_are_surely_unhappy_are_heard_whatever_the_tests_say(market):
    for _ in range(15):
        market.sold(1)
    assert rows(market, 999) == []
    market.sold(1)
    assert rows(market, 999) == [
        ("notice", "", "low_score")
    ]  # sixteen of one star, as docs/scoring-trust.md says
    for _ in range(84):
        market.sold(1, day=990)
    found = market.score()
    assert found.upper > POLICY.standing.threshold
    assert rows(market) == [("notice", "", "low_score")]
    enforce(market)
    enforce(market, 1007)
    assert rows(market, 1008) == []
    while market.score(1008).component("reviews").estimate.score < POLICY.standing.reviews_floor:
        assert rows(market, 1008) == []
        for _ in range(5):
            market.sold(5, day=1008)
    assert rows(market, 1008) == [("relisting", "", "score_recovered")]


def test_too_few_reviews_bring_nothing(market):
    market.cards[LOT] = card("fail", nature="quality")
    for _ in range(9):
        market.sold(1)
    assert rows(market) == []


@pytest.mark.parametrize("measure", ["hold", "delist"])
def test_the_policy_sets_what_a_low_score_brings(bad, measure):
    policy = replace(POLICY, standing=replace(POLICY.standing, low_score=measure))
    assert rows(bad, policy=policy) == [("delisting", measure, "low_score")]
    bad.append(due(bad.score(policy=policy)))
    assert rows(bad, policy=policy) == []
    assert "no_notice" not in codes(bad.score(policy=policy))


# --- who may --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "who", "more"),
    [
        ("notice", RIVAL, {"reason": "low_score", "until": 0}),
        ("delisting", SHOP, {"action": "delist", "reason": "other"}),
        ("appeal", RIVAL, {"statement": "x"}),
        ("reply", PLATFORM, {"statement": "x"}),
        ("decision", SHOP, {"outcome": "release"}),
    ],
)
def test_not_theirs_to_say(market, kind, who, more):
    market.step(kind, who=who, **more)
    assert phase(market) == "listed"
    assert "not_entitled" in codes(market.score())


def test_nobody_releases_themselves(market):
    market.states[OPERATOR] = party(OPERATOR, "operator", owner=SHOP)
    market.cards[LOT] = FAIL
    market.append(due(market.score()), who=OPERATOR)
    assert phase(market) == "held"  # against oneself one may decide
    market.step("decision", who=OPERATOR, case="safety_failure-1", outcome="release", reason="x", office="y")
    assert phase(market) == "held"
    assert rows(market) == []
    market.cards[LOT] = GOOD
    market.append(due(market.score()), who=OPERATOR)
    assert phase(market) == "held"  # nor puts itself back
    assert "own_judge" in codes(market.score())
    assert [one.code for one in standing_findings(market.score())] == ["score.should_relist"]
    enforce(market)
    assert phase(market) == "listed"


@pytest.mark.parametrize("who", [SHOP, OPERATOR])
def test_a_notice_by_ones_own_side_shields_nobody(bad, who):
    bad.states[SHOP] = party(SHOP, "merchant", "platform")
    bad.states[OPERATOR] = party(OPERATOR, "operator", owner=SHOP)
    bad.step("notice", day=991, who=who, case="x", reason="low_score", until=NOW + 36500 * DAY)
    assert rows(bad) == [("notice", "", "low_score")]
    assert "own_judge" in codes(bad.score())


@pytest.mark.parametrize("until", [NOW - 9 * DAY, NOW + 90 * DAY])
def test_a_notice_on_other_grounds_does_not_shield(bad, until):
    bad.step("notice", day=990, reason="policy_breach", until=until)
    assert rows(bad) == [("notice", "", "low_score")]
    enforce(bad)
    assert rows(bad, 1007) == [("delisting", "delist", "low_score")]


def test_the_time_to_reply_is_neither_less_nor_more_than_the_rules_say(bad):
    bad.step("notice", day=1000, reason="low_score", until=NOW - DAY)
    assert "short_notice" in codes(bad.score())
    assert (rows(bad), rows(bad, 1006)) == ([], [])
    assert rows(bad, 1007) == [("delisting", "delist", "low_score")]
    bad.step("delisting", day=1003, action="delist", reason="low_score")
    assert "early" in codes(bad.score(1003))
    bad.records = bad.records[:-2]
    bad.step("notice", day=1000, reason="low_score", until=NOW + 36500 * DAY)
    assert rows(bad, 1029) == []
    assert rows(bad, 1030) == [("delisting", "delist", "low_score")]
    bad.step("decision", day=1001, outcome="extend", reason="x", office="y", until=NOW + 40 * DAY)
    assert (rows(bad, 1030), rows(bad, 1040)) == ([], [("delisting", "delist", "low_score")])


def test_several_notices_that_ran_out_bring_one_new_one(bad):
    for case, day in (("a", 940), ("b", 941)):
        bad.step("notice", day=day, case=case, reason="low_score", until=NOW + (day + 7 - 1000) * DAY)
    assert rows(bad) == [("notice", "", "low_score")]


def test_a_release_covers_its_own_danger_only(market):
    bad_lot = {LOT2: card("fail", ref="1/0")}
    market.step("notice", day=990, case="n", reason="low_score", until=NOW)
    market.step("decision", day=991, case="n", outcome="release", office="o", reason="r")
    market.cards |= bad_lot
    market.listing([LOT, LOT2], day=995)
    assert rows(market) == [
        ("delisting", "hold", "safety_failure")
    ]  # a release about the score says nothing of it
    market.listing([LOT], day=996)
    market.cards[LOT] = card("fail", ref="1/0")
    market.append(due(market.score(996)), 996)
    market.step("decision", day=997, case="safety_failure-2", outcome="release", office="o", reason="r")
    enforce(market, 997)
    assert rows(market, 998) == []
    market.listing([LOT, LOT2], day=998)
    assert rows(market, 998) == [("delisting", "hold", "safety_failure")]  # nor of a lot that was not there
    market.listing([LOT], day=999)
    market.cards[LOT] = card("fail", ref="1/0", codes=["views.recall"])
    assert rows(market) == [("delisting", "hold", "recall")]  # nor does a release of a failure cover a recall


def test_a_hold_ends_by_the_lot_that_was_held(market):
    market.cards[LOT] = FAIL
    enforce(market, 800)
    market.listing([LOT2], day=801)
    assert rows(market, 1000) == []  # naming another lot ends nothing
    market.cards[LOT] = card("fail", codes=["views.recall"], ref=f"{len(market.records)}/0")
    assert rows(market, 1000) == [("relisting", "", "retest_passed")]
    market.cards[LOT] = GOOD
    assert rows(market, 1000) == [("relisting", "", "retest_passed")]


def test_sales_of_what_must_not_be_sold_are_an_alarm(market):
    market.sold(5, day=900)
    assert not {"sold_while_held", "sold_unlisted"} & codes(market.score())
    market.step("delisting", day=910, action="hold", reason="other")
    market.sold(5, day=920)
    market.step("relisting", day=930, reason="decision")
    market.sold(5, day=940)
    assert finding(market.score(), "sold_while_held").facts["count"] == "1"
    market.listing(day=950, until=NOW - 30 * DAY)
    market.sold(5, day=960)
    market.sold(5, day=971)
    market.order(972, by=RIVAL, cosigners=())
    found = finding(market.score(), "sold_unlisted")
    assert (found.facts["count"], found.level) == ("1", "alarm")


def test_a_delisting_out_of_turn_is_an_alarm(market):
    market.step("delisting", action="delist", reason="low_score")
    assert "no_notice" in codes(market.score())
    assert phase(market) == "delisted"
    other = Market()
    other.listing()
    other.step("notice", day=1000, reason="low_score", until=other.score(1007).as_of)
    other.step("delisting", day=1003, action="delist", reason="low_score")
    assert "early" in codes(other.score(1003))


def test_what_was_upheld_may_be_taken_down_early(market):
    market.step("notice", day=1000, reason="low_score", until=market.score(1007).as_of)
    market.step("decision", day=1001, outcome="uphold", reason="x", office="y")
    market.step("delisting", day=1002, action="delist", reason="low_score")
    assert "early" not in codes(market.score(1002))
    market.step("delisting", day=1003, action="hold", reason="other")
    assert phase(market, 1003) == "delisted"  # a hold puts nothing back on sale


def test_a_notice_ends_no_other_that_still_runs(market):
    for case, days in (("a", 1010), ("b", 1020)):
        market.step("notice", case=case, reason="low_score", until=market.score(days).as_of)
    market.step("decision", case="b", outcome="release", reason="x", office="y")
    assert (phase(market), market.score().standing.case) == ("noticed", "a")
    market.step("notice", day=1010, case="c", reason="low_score", until=market.score(1030).as_of)
    assert market.score(1010).standing.case == "c"


def test_a_release_lifts_what_was_done_before_it_and_no_more(market):
    market.step("delisting", action="hold", reason="other")
    market.step("decision", outcome="release", reason="x", office="y")
    assert rows(market) == [("relisting", "", "decision")]
    market.step("delisting", action="delist", reason="other")
    assert (phase(market), rows(market)) == ("delisted", [])


def test_what_people_raised_people_end(market):
    market.step("notice", day=900, case="a", reason="policy_breach", until=market.score(907).as_of)
    assert (phase(market), rows(market)) == ("noticed", [])
    market.step("decision", day=908, case="a", outcome="uphold", reason="x", office="y")
    assert rows(market) == []
    market.step("delisting", day=950, case="b", action="hold", reason="legal_order")
    assert (phase(market), rows(market)) == ("held", [])
    market.step("delisting", day=951, case="b", action="delist", reason="legal_order")
    assert phase(market) == "delisted"
    market.step("relisting", day=960, case="b", reason="decision")
    assert phase(market) == "noticed"
    assert market.score().standing.case == "a"


def test_the_rows_are_drafts(bad):
    """What is due can be appended as it stands."""
    kinds = Kinds.default()
    made = [kinds.draft(row) for row in due(bad.score())]
    enforce(bad)
    made += [kinds.draft(row) for row in due(bad.score(1007))]
    enforce(bad, 1007)
    bad.step("decision", day=1008, case="low_score-1", outcome="release", reason="x", office="y")
    made += [kinds.draft(row) for row in due(bad.score(1008))]
    assert [draft.kind for draft in made] == ["notice", "delisting", "relisting"]


def test_a_new_case_takes_no_name_that_is_taken(market):
    market.step("notice", day=900, case="safety_failure-2", reason="other", until=market.score(901).as_of)
    market.cards[LOT] = FAIL
    assert due(market.score())[0]["data"]["case"] == "safety_failure-3"


def test_other_listings_cases_are_their_own(market):
    market.step("delisting", action="delist", reason="other", merchant=RIVAL)
    assert phase(market) == "listed"
    assert market.score().lots == (LOT,)
    assert LOT2 not in market.score().lots
