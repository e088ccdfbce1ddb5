"""What no ledger can refuse, and what traces say of it; and what they cannot see either."""

from __future__ import annotations

import pytest
from defences import instead
from lies import weaker
from market import (
    DAY,
    LOT,
    MADE,
    NAMES,
    OTHER_ORDER,
    PRODUCT,
    REVIEW,
    RIVAL,
    START,
    Market,
    found_nothing,
    key,
    lie,
    open_market,
    order_data,
    raw,
)

from trustledger.authority.parties import Identity
from trustledger.authority.policy import default_policy_text
from trustledger.errors import PolicyError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.views.provenance import trace

SPAM = {"currency": "CNY", "price": 1, "components": []}
STRICT = default_policy_text().replace('strangers = "named"', 'strangers = "steward"')


def seen(market: Market, subject: str = LOT) -> set[tuple[str, str]]:
    """Codes and levels of a trace's findings."""
    return {(one.code, one.level) for one in trace(market.ledger, subject).findings}


def codes(market: Market, subject: str = LOT) -> set[str]:
    return {code for code, _ in seen(market, subject)}


def test_the_honest_story_itself_raises_no_doubt():
    """A guest who reviews its own order is who should; what is left says no more than what the laboratory tested."""
    assert seen(open_market()) == {("plausibility.accreditation_narrow", "note")}


# --- a rival's lot ----------------------------------------------------------------------------------------------------


def test_a_strangers_record_does_not_fill_the_history_of_a_rivals_lot():
    market = open_market()
    before = len(list(market.ledger.chain(RIVAL)))
    spam = raw("cost", LOT, SPAM, subjects=[RIVAL])
    entry = lie(market, [spam], key("shop"))
    assert len(list(market.fresh().chain(RIVAL))) == before + 1  # it was put there unasked
    assert [(fault.code, fault.entry) for fault in market.audit().faults] == [("policy.steward", entry)]


def test_under_steward_not_even_by_naming_it():
    market = open_market()
    made = {
        **MADE,
        "inputs": [{"lot": RIVAL, "quantity": "1", "unit": "kg"}],
        "outputs": [{"lot": PRODUCT + "/10/MINE"}],
    }
    market.ledger.authority.set_policy(STRICT, operator=key("operator"))
    with pytest.raises(PolicyError) as refused:
        market.say(key("shop"), "processing", PRODUCT + "/10/MINE", made)
    assert refused.value.code == "policy.steward"
    market.say(key("shop"), "processing", PRODUCT + "/10/MINE", made, key("mill"))
    market.ledger.authority.set_policy(default_policy_text(), operator=key("operator"))
    market.say(
        key("shop"),
        "processing",
        PRODUCT + "/10/OTHER",
        {**made, "outputs": [{"lot": PRODUCT + "/10/OTHER"}]},
    )
    assert market.audit().ok


def test_a_record_about_a_rivals_lot_stands_under_its_signers_name():
    """A gap: with the right role anybody may speak about any lot. The trace says who did."""
    market = open_market()
    market.say(key("shop"), "observation", RIVAL, {"step": "storing"})
    steps = [step for node in trace(market.ledger, RIVAL).nodes for step in node.steps]
    assert steps[-1].signed_by.uri == NAMES["shop"]


@pytest.mark.parametrize(("policy", "refused"), [(default_policy_text(), False), (STRICT, True)])
def test_a_lot_claimed_before_its_maker_speaks(policy, refused):
    """A gap under ``steward``: who is first is the steward, and holds up records that touch the lot in passing.

    The maker's own record about it is never held up, and under ``named`` nothing is.
    """
    market = open_market()
    market.ledger.authority.set_policy(policy, operator=key("operator"))
    claimed, first = PRODUCT + "/10/NEXT", PRODUCT + "/10/FIRST"
    market.say(key("shop"), "observation", claimed, {"step": "storing"})
    both = {
        **MADE,
        "inputs": [{"lot": "https://dairy.example/lot/9"}],
        "outputs": [{"lot": first}, {"lot": claimed}],
    }
    if refused:
        with pytest.raises(PolicyError) as caught:
            market.say(key("dairy"), "processing", first, both)
        assert caught.value.code == "policy.steward"
    else:
        market.say(key("dairy"), "processing", first, both)
    market.say(key("dairy"), "processing", claimed, {**both, "outputs": [{"lot": claimed}]})
    assert market.audit().ok


# --- an inspector who is the merchant ---------------------------------------------------------------------------------

OWN = ("plausibility.own_goods", "alarm")
GROUP = ("plausibility.own_group", "alarm")
NOBODY = instead("trustledger.views.plausibility:own_goods_findings", lambda *_: [])


def tie_by_owner(market: Market) -> None:
    market.ledger.authority.enrol(NAMES["desk"], operator=key("operator"), owner=NAMES["dairy"])


def tie_by_identity(market: Market) -> None:
    for name in ("desk", "dairy"):
        same = [Identity("uscc", "91110000600037341L")]
        market.ledger.authority.enrol(NAMES[name], operator=key("operator"), identities=same)


def tie_by_holding(market: Market) -> None:
    for name in ("desk", "dairy"):
        market.ledger.authority.enrol(NAMES[name], operator=key("operator"), owner="https://holding.example/")


@pytest.mark.parametrize("tie", [tie_by_owner, tie_by_identity, tie_by_holding])
def test_an_inspector_who_belongs_to_the_maker(tie, monkeypatch):
    market = open_market()
    tie(market)
    made = PRODUCT + "/10/TIED"
    market.say(key("dairy"), "processing", made, {**MADE, "outputs": [{"lot": made}]})
    market.say(key("desk"), "inspection", made, found_nothing("R-9"))
    assert GROUP in seen(market, made)
    assert (
        market.audit().ok
    )  # an entitled inspector; whether it is independent is for those to judge who read
    NOBODY.switch(monkeypatch)
    assert GROUP not in seen(market, made)


def test_an_inspector_who_is_the_maker(monkeypatch):
    market = open_market()
    market.ledger.authority.enrol(NAMES["dairy"], operator=key("operator"), roles=["inspector", "processor"])
    market.say(key("dairy"), "inspection", LOT, found_nothing("R-9"))
    assert OWN in seen(market)
    NOBODY.switch(monkeypatch)
    assert OWN not in seen(market)


@pytest.mark.parametrize("own", [True, False], ids=["itself", "owned"])
def test_an_inspector_who_is_the_merchant(own, monkeypatch):
    """It has never touched the goods: it sells them, as its order in the ledger says."""
    market = open_market()
    name = "shop" if own else "desk"
    more = {"roles": ["inspector", "merchant"]} if own else {"owner": NAMES["shop"]}
    market.ledger.authority.enrol(NAMES[name], operator=key("operator"), **more)
    market.say(key(name), "inspection", LOT, found_nothing("R-9"))
    assert (OWN if own else GROUP) in seen(market)
    NOBODY.switch(monkeypatch)
    assert {OWN, GROUP}.isdisjoint(seen(market))


def test_a_tie_that_nobody_declared_is_not_seen():
    """A gap: owners, identities and who holds a key are the operator's word."""
    market = open_market()
    market.say(key("desk"), "inspection", LOT, found_nothing("R-9"))
    assert {OWN, GROUP}.isdisjoint(seen(market))


def test_a_result_outside_the_accreditation(monkeypatch):
    market = open_market()
    claimed = {**found_nothing("R-9", "melamine"), "accreditation": "L0001"}
    market.say(key("lab"), "inspection", LOT, claimed)
    assert "plausibility.accreditation_narrow" in codes(market)
    instead("trustledger.views.plausibility:accreditation_findings", lambda *_: []).switch(monkeypatch)
    assert "plausibility.accreditation_narrow" not in codes(market)


# --- who holds the keys -----------------------------------------------------------------------------------------------


def test_a_key_that_the_shop_holds_is_the_shops_word_if_it_was_declared():
    market = open_market()
    before = trace(market.ledger, LOT, merchant=NAMES["shop"]).independence
    operator = key("operator")
    market.ledger.authority.rotate_key(
        key("lab").public, key_note(key("lab", 1)), signer=operator, custody=NAMES["shop"]
    )
    market.say(key("lab", 1), "inspection", LOT, found_nothing("R-9"))
    held = trace(market.ledger, LOT, merchant=NAMES["shop"]).independence
    assert key("lab", 1).public.text in {use.key for use in held.held_by_shop}
    assert {use.key for use in held.held_by_shop} > {use.key for use in before.held_by_shop}


def test_custody_that_was_not_declared_counts_as_the_partys_own():
    """A gap: that a shop signs with its supplier's key cannot be seen in the bytes."""
    market = open_market()
    market.say(key("lab"), "inspection", LOT, found_nothing("R-9"))  # by the shop, on its own machine
    assert (NAMES["lab"],) in trace(market.ledger, LOT, merchant=NAMES["shop"]).independence.independent


def test_a_merchant_that_invents_its_buyers_is_found_by_nobody():
    """A gap: an order enrols whom its merchant says. What is seen is who vouched for the buyer."""
    market = open_market()
    invented = Ed25519Signer.from_seed("urn:uuid:3f1d3c1e-3f5e-4b57-9a55-0c2b1a9d5f03", bytes([99]) * 32)
    market.say(key("shop"), "order", OTHER_ORDER, order_data(invented))
    market.say(invented, "review", OTHER_ORDER, {**REVIEW, "stars": 5})
    assert market.audit().ok
    guest = market.ledger.party(invented.party)
    assert guest is not None
    assert guest.guest is not None
    assert guest.guest.by == (NAMES["shop"],)


# --- time, and what came out later --------------------------------------------------------------------------------------


def test_a_stolen_key_marks_what_it_signed_since_and_nothing_before(monkeypatch):
    market = open_market()
    market.say(key("lab"), "inspection", LOT, found_nothing("R-8"))
    stolen = market.now + 1
    stolen_entry = market.say(key("lab"), "inspection", LOT, found_nothing("R-9", value="0.001"))[0]
    revoked = market.ledger.authority.revoke_key(
        key("lab").public, "compromised", signer=key("lab"), since=stolen
    )
    report = market.audit()
    assert report.ok
    found = [(one.code, one.ref) for one in report.findings]  # the revocation itself may be the thief's
    assert found == [("audit.compromised", f"{stolen_entry}"), ("audit.compromised", f"{revoked.entry}")]
    marked = [one for one in trace(market.ledger, LOT).findings if one.code == "views.compromised"]
    assert len(marked) == 1
    with pytest.raises(PolicyError):
        market.say(key("lab"), "inspection", LOT, found_nothing("R-10"))
    instead("trustledger.views.provenance:doubts_of", lambda *_: ()).switch(monkeypatch)
    instead("trustledger.audit.entitlement:Entitlement.doubts", lambda _: iter(())).switch(monkeypatch)
    assert "views.compromised" not in codes(market)
    assert market.audit().findings == []


def test_since_and_not_the_time_that_a_thief_writes():
    market = open_market()
    stolen = market.now
    market.now += 60_000
    lie(market, [raw("inspection", LOT, found_nothing("R-9"))], key("lab"), time=START - DAY)
    market.ledger = market.fresh()
    market.ledger.authority.revoke_key(key("lab").public, "compromised", signer=key("operator"), since=stolen)
    assert [finding.code for finding in market.audit().findings] == ["audit.compromised"]


def test_a_policy_that_was_weakened_for_a_while_is_in_sight():
    """A gap: what was right under the policy of its day stays right. The log shows the day."""
    market = open_market()
    operator = key("operator")
    market.ledger.authority.set_policy(weaker(), operator=operator)
    market.say(key("shop"), "inspection", LOT, found_nothing("R-9"))
    market.ledger.authority.set_policy(default_policy_text(), operator=operator)
    assert market.audit().ok
    policies = [record for record, _ in market.ledger.authority.policies() if record.kind == "policy"]
    assert len(policies) == 3
    assert "views.role" in codes(
        market
    )  # and traces hold records against the roles of their kind, whatever a policy said


def test_what_was_erased_is_asked_nothing_any_more():
    """A gap: whoever has the store can erase a record that should not stand; that something stood there is proven."""
    market = open_market()
    entry = lie(market, [raw("inspection", LOT, found_nothing("R-9"))], key("shop"))
    assert not market.audit().ok
    market.fresh().withhold(entry, 0)
    report = market.audit()
    assert report.ok
    assert report.counts["withheld"] == 1
    assert "views.withheld" in codes(market)
