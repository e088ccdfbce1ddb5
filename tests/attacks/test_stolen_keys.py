"""A thief with a key, and the way back."""

from __future__ import annotations

import pytest
from lies import policy_raw, weaker
from market import (
    LOT,
    NAMES,
    OPERATOR,
    ORIGIN_DATA,
    RAW,
    START,
    Market,
    draft,
    faults,
    found_nothing,
    key,
    lie,
    open_market,
    party_raw,
    raw,
)

from trustledger.authority.writing import party_record_data
from trustledger.errors import FormatError, PolicyError
from trustledger.keys import key_note


def rob(market: Market) -> None:
    """A thief with the operator's key: enrols itself as everything, changes the rules and the log's key."""
    ledger, operator = market.ledger, key("operator")
    ledger.authority.enrol(
        NAMES["thief"], operator=operator, key_note=key_note(key("thief")), roles=["inspector"]
    )
    ledger.authority.set_policy(weaker(), operator=operator)
    ledger.authority.set_log_keys([key("log").public, key("log", 66).public], operator=operator)
    market.fresh(key("log"), key("log", 66)).authority.set_log_keys(
        [key("log", 66).public], operator=operator
    )
    market.log = key("log", 66)
    market.ledger = market.fresh()
    market.say(key("thief"), "sample", LOT, {"sample": "S-1", "lab": NAMES["lab"], "parameters": ["lead"]})


def recover(market: Market, since: int | None = None, *, spare: int = 0) -> None:
    """The way back: a new log key and a new operator's key, by the recovery key alone."""
    recovery = key("recovery")
    market.log = key("log", 2)
    market.ledger = market.fresh()
    market.ledger.authority.set_log_keys([key("log", 2).public], operator=recovery)
    market.ledger.authority.recover(
        [key_note(key("operator", 2 + number)) for number in range(1 + spare)], recovery=recovery, since=since
    )


def test_a_stolen_operator_key_does_what_it_likes_in_sight_of_all_and_the_recovery_key_ends_it():
    market = open_market()
    stolen_at = market.now
    rob(market)
    assert market.audit().ok  # nothing shows: it is the operator's key
    recover(market, since=stolen_at)
    operator = key("operator", 2)
    market.ledger.authority.suspend(NAMES["thief"], "enrolled with a stolen key", operator=operator)
    for thief in (key("operator"), key("thief")):
        with pytest.raises(PolicyError):
            market.say(thief, "observation", LOT, {"step": "storing"})
    with pytest.raises(PolicyError, match="log"):
        market.fresh(key("log", 66)).append([draft("origin", RAW + "2", ORIGIN_DATA)], signer=key("farm", 1))
    report = market.audit()
    assert report.ok
    doubted = [finding for finding in report.findings if finding.code == "audit.compromised"]
    assert len(doubted) == 4  # each statement of the stolen key since the theft
    assert {finding.facts["party"] for finding in doubted} == {OPERATOR}


def test_a_record_of_the_stolen_key_after_the_recovery_is_a_fault():
    market = open_market()
    rob(market)
    recover(market)
    lie(market, [party_raw(NAMES["thief"], party_record_data(roles=["merchant"]))], key("operator"))
    assert "statement.key_not_active" in faults(market.audit())


def test_a_checkpoint_of_the_stolen_log_key_after_the_recovery_is_a_fault():
    market = open_market()
    rob(market)
    recover(market)
    market.log = key("log", 66)
    lie(market, [raw("origin", RAW + "2", ORIGIN_DATA)], key("farm", 1))
    assert faults(market.audit()) == {"checkpoint.unsigned"}


def fill(market: Market, most: int) -> int:
    """Enrol more and more keys for the operator, each by its stolen key; how many went in."""
    for number in range(most):
        try:
            market.ledger.authority.enrol(
                OPERATOR, operator=key("operator"), key_note=key_note(key("operator", 100 + number))
            )
        except FormatError as error:
            assert error.code == "authority.too_many_keys"  # noqa: PT017  (how far it got is asked, too)
            return number
    return most


@pytest.mark.parametrize("most", [20, 100])
def test_the_thief_cannot_make_the_recovery_impossible_by_more_keys_and_a_threshold(most):
    market = open_market()
    assert fill(market, most) >= 16
    market.ledger.authority.enrol(OPERATOR, operator=key("operator"), threshold=16)
    recover(market, spare=15)
    keys = [key("operator", 2 + number) for number in range(16)]
    market.ledger.authority.enrol(OPERATOR, operator=keys[0], threshold=1, cosigners=keys[1:])
    market.ledger.authority.enrol(NAMES["thief"], operator=keys[0], key_note=key_note(key("thief")))
    assert market.audit().ok


def test_the_thief_cannot_make_the_recovery_impossible_by_a_policy():
    market = open_market()
    hopeless = weaker().replace("behind = 2_592_000", "behind = 0").replace("ahead = 300 ", "ahead = 0 ")
    lie(market, [policy_raw(hopeless)], key("operator"))
    market.now += 1
    market.ledger = market.fresh()
    recover(market)
    assert market.audit().ok


def test_a_clock_that_was_wrong_once_does_not_end_the_ledger():
    market = open_market()
    market.now += 400 * 86_400_000
    market.say(key("farm", 1), "origin", RAW + "2", ORIGIN_DATA)
    market.now -= 400 * 86_400_000
    market.ledger = market.fresh()
    with pytest.raises(PolicyError):
        market.say(key("lab"), "inspection", LOT, found_nothing("R-8"))
    longer = weaker().replace("behind = 2_592_000", "behind = 63_000_000")
    market.ledger.authority.set_policy(longer, operator=key("operator"))
    market.say(key("shop"), "inspection", LOT, found_nothing("R-8"))
    assert market.audit().ok


def test_a_thief_that_ends_the_stolen_key_itself_does_not_save_what_it_signed():
    market = open_market()
    stolen = market.now + 1
    market.say(key("lab"), "inspection", LOT, found_nothing("R-8"))
    market.ledger.authority.rotate_key(key("lab").public, key_note(key("lab", 1)), signer=key("lab"))
    market.say(key("lab", 1), "inspection", LOT, found_nothing("R-9"))
    for number in (0, 1):
        since = stolen if number == 0 else None
        market.ledger.authority.revoke_key(
            key("lab", number).public, "compromised", signer=key("operator"), since=since
        )
    report = market.audit()
    assert report.ok
    assert [finding.code for finding in report.findings] == [
        "audit.compromised"
    ] * 3  # both, and the rotation between


def test_a_thief_that_exchanged_the_operators_key_is_doubted_under_both():
    market = open_market()
    stolen, operator, false = market.now + 1, key("operator"), key("operator", 9)
    market.ledger.authority.set_policy(weaker(), operator=operator)
    market.ledger.authority.rotate_key(operator.public, key_note(false), signer=operator)
    market.ledger.authority.suspend(NAMES["dairy"], "honest", operator=false)
    market.ledger.authority.recover(key_note(key("operator", 2)), recovery=key("recovery"), since=stolen)
    report = market.audit()
    assert report.ok
    assert len([one for one in report.findings if one.code == "audit.compromised"]) == 3


@pytest.mark.parametrize(
    ("back", "doubted"),
    [(None, [None, True]), (0, [None, True]), (1, [True, True])],
    ids=["unknown", "after the change", "at the change"],
)
def test_a_recovery_doubts_the_keys_that_ended_since_and_all_that_sign(back, doubted):
    market = open_market()
    operator, second = key("operator"), key("operator", 9)
    market.ledger.authority.rotate_key(operator.public, key_note(second), signer=operator)
    changed = market.ledger.party(OPERATOR).enrolled(operator.public).revoked.at
    since = None if back is None else changed + 1 - back
    market.ledger.authority.recover(key_note(key("operator", 2)), recovery=key("recovery"), since=since)
    ends = [market.ledger.party(OPERATOR).enrolled(one.public).revoked for one in (operator, second)]
    assert [None if end.since is None else True for end in ends] == doubted
    assert market.ledger.party(OPERATOR).active_keys() == [key("operator", 2).public]


def test_a_second_recovery_doubts_what_is_not_doubted_as_far_back_yet():
    market = open_market()
    first, stolen = market.now, market.now + 5_000
    market.say(key("farm", 1), "origin", RAW + "2", ORIGIN_DATA)
    market.ledger.authority.recover(key_note(key("operator", 2)), recovery=key("recovery"), since=stolen)
    market.ledger.authority.recover(key_note(key("operator", 3)), recovery=key("recovery"), since=stolen)
    market.ledger.authority.recover(key_note(key("operator", 4)), recovery=key("recovery"), since=first)
    old = market.ledger.party(OPERATOR).enrolled(key("operator").public)
    assert (old.revoked.since, old.revoked.later is None) == (first, False)
    assert market.audit().ok


def test_a_recovery_doubts_no_more_keys_than_a_record_has_room_for_and_first_those_that_sign():
    market = open_market()
    fill(market, 100)
    recover(market, spare=15)
    market.ledger.authority.recover(key_note(key("operator", 40)), recovery=key("recovery"), since=START)
    assert market.ledger.party(OPERATOR).active_keys() == [key("operator", 40).public]
