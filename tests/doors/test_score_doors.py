"""`ledger.score` and `ledger.enforce`: remembered exactly as long as they hold; what is due is appended once."""

import itertools
from dataclasses import replace
from decimal import Decimal
from time import perf_counter

import pytest
from doors_world import FARM, LOT, PLATFORM, PRODUCT, SHOP, START, Market

from trustledger import FormatError, PolicyError, result
from trustledger.frameworks import shipped, shipped_policy
from trustledger.views.inspection_card import gather, inspection_card
from trustledger.views.trust_score import gather_trade, same_seller, shipped_score_policy, trust_score

FAR = START + 30 * 86_400_000
BAD = result("lead", "0.04", "mg/kg")


@pytest.fixture
def trading(market):
    return market.trade(orders=3)


def fresh(market, as_of):
    """The score, made by the views alone."""
    with market.ledger.reading() as reader:
        asked = {
            "frameworks": shipped(),
            "policy": shipped_policy(),
            "as_of": as_of,
            "parties": reader.party,
        }
        sellers = same_seller(SHOP, reader.parties())
        return trust_score(
            gather_trade(reader, SHOP, sellers), PRODUCT, SHOP, policy=shipped_score_policy(),
            card_of=lambda lot: inspection_card(gather(reader, lot), lot, **asked),
            parties=reader.party, as_of=as_of, sellers=sellers,
        )  # fmt: skip


def test_a_score_is_what_the_view_says(trading):
    found = trading.ledger.score(PRODUCT, SHOP)
    assert found == fresh(trading, found.as_of)
    assert (found.listed, found.component("reviews").evidence, found.lots) == (True, 3, (LOT,))
    assert trading.ledger.score(PRODUCT, SHOP) is found
    with pytest.raises(FormatError):
        trading.ledger.score(PRODUCT, "not a party")


def test_a_score_asked_again_takes_less_than_a_millisecond(trading):
    def ask():
        began = perf_counter()
        trading.ledger.score(PRODUCT, SHOP)
        return perf_counter() - began

    ask()
    assert min(ask() for _ in range(20)) < 0.001


def test_whatever_changes_a_score_is_noticed(trading):
    """A review, a report on a lot, another name of the merchant, its owner: each makes it anew; anything else does not."""

    def ask():
        before = trading.ledger.answers.memory.made
        found = trading.ledger.score(PRODUCT, SHOP, as_of=FAR)
        assert found == fresh(trading, FAR)
        return found, trading.ledger.answers.memory.made - before

    first, _ = ask()
    trading.report(subject="https://farm.example/lot/HAY-1", number="R-8")
    assert ask() == (first, 0)
    trading.sell(50, stars=1)
    second, made = ask()
    assert (second.score < first.score, made > 0) == (True, True)
    trading.enrol("https://shop2.example/", ["merchant"])
    assert ask() == (second, 1)  # the same, but nobody could know
    trading.ledger.authority.enrol("https://shop2.example/", operator=trading.operator, owner=SHOP)
    assert ask()[1] > 0
    trading.ledger.authority.enrol(PLATFORM, operator=trading.operator, owner=SHOP)
    trading.sell(51)
    assert (second.component("reviews").evidence, ask()[0].component("reviews").evidence) == (4, 0)
    trading.report(BAD, number="R-2")
    assert ask()[0].dangers


def test_a_guest_is_no_party_to_ask_about(trading):
    with trading.ledger.reading() as reader:
        assert reader.party_uris() == sorted(
            one.uri for one in reader.parties() if not one.uri.startswith("urn:uuid:")
        )
        assert any(one.uri.startswith("urn:uuid:") for one in reader.parties())


def test_nothing_placed_later_is_seen(trading):
    before, head = trading.ledger.score(PRODUCT, SHOP), trading.ledger.checkpoint().note
    trading.sell(50, stars=1)
    trading.enrol("https://shop2.example/", ["merchant"])
    trading.ledger.authority.enrol("https://shop2.example/", operator=trading.operator, owner=SHOP)
    assert trading.ledger.score(PRODUCT, SHOP, as_of=head) == before
    assert trading.ledger.score(PRODUCT, SHOP, as_of=before.as_of) == before
    assert trading.ledger.score(PRODUCT, SHOP) != before


def test_what_is_due_is_appended_once(trading):
    signer = trading.signers[PLATFORM]
    assert trading.ledger.enforce(PRODUCT, SHOP, signer=signer) is None
    trading.report(BAD, number="R-2")
    receipt = trading.ledger.enforce(PRODUCT, SHOP, signer=signer)
    assert [trading.ledger.record(*place).kind for place in receipt.places] == ["delisting"]
    assert trading.ledger.score(PRODUCT, SHOP).standing.phase == "held"
    assert trading.ledger.enforce(PRODUCT, SHOP, signer=signer) is None
    assert trading.ledger.audit(trading.ledger.public_card).ok


def test_only_who_may_enforces(trading):
    trading.report(BAD, number="R-2")
    with pytest.raises(PolicyError):
        trading.ledger.enforce(PRODUCT, SHOP, signer=trading.signers[FARM])


def test_a_clock_that_is_behind_does_not_look_back(trading):
    trading.report(BAD, number="R-2")
    trading.ledger._clock = lambda: START + 1
    assert trading.ledger.enforce(PRODUCT, SHOP, signer=trading.signers[PLATFORM]) is not None


def test_a_score_of_what_nobody_sells():
    market = Market().goods()
    found = market.ledger.score(PRODUCT, SHOP)
    assert (found.listed, found.provisional, found.standing.phase) == (False, True, "unlisted")


def test_the_policy_is_part_of_the_question(trading):
    mine = replace(
        shipped_score_policy(), weights={**shipped_score_policy().weights, "quality": 0}, sha256="1" * 64
    )
    assert trading.ledger.score(PRODUCT, SHOP, policy=mine) != trading.ledger.score(PRODUCT, SHOP)
    assert trading.ledger.score(PRODUCT, SHOP).component("quality").weight == 40


def test_a_checkpoint_between_entries_of_one_millisecond(trading):
    before, size = trading.ledger.score(PRODUCT, SHOP), trading.ledger.size
    trading.now = itertools.repeat(before.as_of)
    trading.sell(50, stars=1)
    assert trading.ledger.score(PRODUCT, SHOP, as_of=str(size)) == before
    assert trading.ledger.score(PRODUCT, SHOP) != before


def test_a_notice_is_followed_up_when_its_time_is_over():
    """Nothing is appended for a week: what is due depends on the clock, not on the latest entry."""
    market = Market().goods().trade(orders=30, stars=1)
    signer, shipped_one = market.signers[PLATFORM], shipped_score_policy()
    strict = replace(
        shipped_one, standing=replace(shipped_one.standing, threshold=Decimal("4.5")), sha256="2" * 64
    )

    def enforce():
        receipt = market.ledger.enforce(PRODUCT, SHOP, signer=signer, policy=strict)
        return [market.ledger.record(*place).kind for place in receipt.places] if receipt else []

    assert (enforce(), enforce()) == (["notice"], [])
    assert market.ledger.score(PRODUCT, SHOP).standing.phase == "noticed"
    market.now = itertools.count(next(market.now) + 8 * 86_400_000, 60_000)
    assert (enforce(), enforce()) == (["delisting"], [])
    assert not market.ledger.score(PRODUCT, SHOP).listed
