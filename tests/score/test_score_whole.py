"""A whole score by hand, its JSON, and that nothing depends on how it was asked."""

import json
from dataclasses import replace

import pytest
from score_world import (
    CARRIER,
    GOOD,
    LOT,
    LOT2,
    NOW,
    OTHER,
    POLICY,
    PRODUCT,
    RIVAL,
    SHOP,
    Market,
    card,
    codes,
    finding,
)

from trustledger.errors import FormatError
from trustledger.messages import catalogue
from trustledger.record import Withheld
from trustledger.views.trust_score import ScoreCache, ScoreKey, Trade, explained, plain, trust_score


@pytest.fixture
def market():
    """Twelve lines today: eight of 5 stars, two of 4, two of 1."""
    found = Market()
    found.listing()
    for stars in (5,) * 8 + (4,) * 2 + (1,) * 2:
        found.sold(stars, day=1000)
    return found


def test_by_hand(market):
    """docs/scoring-trust.md works this case out, line by line."""
    found = market.score()
    assert {one.name: tuple(map(str, one.estimate)) for one in found.components} == {
        "quality": ("5.00", "5.00", "5.00"),
        "reviews": ("3.45", "2.89", "4.02"),
        "after_sales": ("2.79", "0.82", "4.74"),
        "merchant_credit": ("3.44", "1.57", "5.00"),
    }
    assert tuple(map(str, found.estimate)) == ("3.94", "3.18", "4.66")
    assert not found.provisional
    assert found.listed


def test_plain_is_what_others_build_on(market):
    found = plain(market.score())
    assert list(found) == [
        "subject", "merchant", "as_of", "score", "lower", "upper", "listed", "provisional", "components", "policy", "findings",
    ]  # fmt: skip
    assert (found["subject"], found["merchant"], found["as_of"]) == (PRODUCT, SHOP, "2026-11-20T00:00:00Z")
    assert found["components"] == {
        "quality": {"score": "5.00", "weight": 40, "evidence": 1},
        "reviews": {"score": "3.45", "weight": 30, "evidence": 12},
        "after_sales": {"score": "2.79", "weight": 20, "evidence": 12},
        "merchant_credit": {"score": "3.44", "weight": 10, "evidence": 12},
    }
    assert found["policy"]["sha256"] == POLICY.sha256
    assert [one["code"] for one in found["findings"]] == ["score.keys"]
    json.dumps(found)


def test_digits_have_no_exponent():
    found = explained(Market().score())["components"]
    assert "E" not in "".join(found["merchant_credit"]["arithmetic"].values())


def test_explained_shows_arithmetic_and_records(market):
    found = explained(market.score())["components"]["reviews"]
    assert found["arithmetic"]["n5"] == "8.000000"
    assert len(found["records"]) == 12
    assert {market.records[int(one.partition("/")[0]) - 1].kind for one in found["records"]} == {"review"}
    assert explained(market.score())["keys"] == {"orders": 12, "handed": 12, "used": 12}


def test_nothing_known_is_provisional_and_less_than_an_honest_pass_earns():
    empty, honest = Market(), Market()
    nothing = empty.score()
    assert tuple(map(str, nothing.estimate)) == ("2.13", "0.63", "4.03")
    assert nothing.provisional
    assert (nothing.listed, nothing.standing.phase) == (False, "unlisted")
    honest.listing()
    honest.cards[LOT] = card(stars=1, independent=False)  # near the limit, tested by its own laboratory
    for _ in range(10):
        honest.sold(4)
    assert honest.score().score > nothing.score
    for one, other in zip(honest.score().components, nothing.components, strict=True):
        assert one.estimate.score > other.estimate.score, one.name


def test_only_what_stood_then_is_seen(market):
    before = plain(market.score())
    late = market.sold(1, day=1001)
    market.correct(late.record, None, day=1002, reason="did_not_occur", cosigners=late.record.cosigners)
    assert plain(market.score()) == before
    assert market.score(day=1001).component("reviews").evidence == 13
    assert market.score(day=1002).component("reviews").evidence == 12


def test_other_merchants_and_products_have_no_part(market):
    before = plain(market.score())
    market.listing(who=RIVAL, merchant=RIVAL, lots=(LOT,))
    order = market.order(1000, merchant=RIVAL, by=RIVAL)
    market.deliver(order)
    market.review(order, 1)
    assert plain(market.score()) == before
    market.sold(1, product=OTHER, lot=None)
    found = plain(market.score())
    assert found["components"]["reviews"] == before["components"]["reviews"]
    assert found["components"]["after_sales"] == before["components"]["after_sales"]
    assert found["components"]["merchant_credit"]["evidence"] == 13


def test_order_of_arrival_and_parts_change_nothing(market):
    claimed = market.sold(2, day=990)
    market.claim(claimed, day=991)
    market.resolve(claimed, day=992, fault_accepted=True)
    resolved = market.records[-1]
    market.correct(resolved, {**resolved.record.data, "fault_accepted": False}, day=995)
    whole = market.score()
    for seed in range(5):
        assert market.score(shuffled=seed) == whole
    for cut in (0, 1, 17, len(market.records)):
        first, second = Trade.of(market.records[:cut]), Trade.of(market.records[cut:])
        assert first.joined(second) == second.joined(first) == Trade.of(market.records)
        first.add(market.records[cut:])
        assert first == Trade.of(reversed(market.records))
        assert market.score(records=market.records * 2) == whole


def test_what_cannot_be_read_is_said(market):
    market.say(
        CARRIER, "delivery", "urn:uuid:00000000-0000-4000-8000-000000000001", {"merchant": SHOP}, also=(SHOP,)
    )
    found = market.score()
    assert finding(found, "malformed_record").facts["about"] == "status"
    assert found.components == Market.score(market, records=market.records[:-1]).components


def test_erased_records_are_counted_and_say_nothing(market):
    before = market.score()
    last = market.records[-1]
    market.records[-1] = replace(last, record=Withheld(last.record.hash, last.record.subject_hashes, b""))
    found = market.score()
    assert found.component("reviews").evidence == before.component("reviews").evidence - 1
    assert finding(found, "withheld").facts["count"] == "1"
    assert found.provisional
    assert (
        found.component("reviews").estimate.lower == before.component("reviews").estimate.lower
    )  # it was one star
    assert market.score(shuffled=3) == found


def test_what_a_correction_says_is_read_as_strictly(market):
    review = market.records[-1]
    market.correct(review, {**review.record.data, "stars": 9})
    found = market.score()
    assert found.component("reviews").evidence == 11
    assert finding(found, "malformed_record").facts["about"] == "stars"
    again = market.correct(market.records[-1], {**review.record.data, "stars": 2})
    assert market.score().component("reviews").arithmetic["n2"] == "1.000000"
    market.correct(again, None, reason="did_not_occur")
    assert market.score().estimate == found.estimate
    broken = market.say(SHOP, "listing", PRODUCT, {"merchant": SHOP, "lots": 1}, also=(SHOP,))
    market.correct(broken, {"merchant": SHOP, "lots": [{"lot": LOT2}]})
    assert market.score().lots == (LOT, LOT2)  # the one was sold today, the other is offered
    assert finding(market.score(), "malformed_record").facts["count"] == "1"


def test_a_correction_of_what_is_not_there_changes_nothing(market):
    before = market.score()
    gone = market.say(SHOP, "listing", PRODUCT, {"merchant": SHOP}, also=(SHOP,))
    market.correct(gone, {"merchant": SHOP, "lots": [{"lot": LOT2}]})
    market.records.remove(gone)
    assert market.score().estimate == before.estimate


def test_what_is_very_old_weighs_nothing(market):
    before = market.score()
    market.sold(1, day=-9000)
    assert market.score().components == before.components


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("review", {"stars": 6}), ("review", {"stars": True}), ("review", {"stars": 5, "merchant": 1}), ("order", {"lines": [1]}),
        ("order", {"lines": {}}), ("order", {"lines": [{"line": 1}]}), ("listing", {"lots": "x"}), ("listing", {"lots": [{"lot": 1}]}),
        ("listing", {"promises": [{"promise": "ships_within_hours", "value": "NaN"}]}), ("listing", {"until": "x"}),
        ("claim", {"claim": []}), ("resolution", {}), ("notice", {"until": "x"}), ("delisting", {}),
    ],
)  # fmt: skip
def test_hostile_data_changes_nothing(market, kind, data):
    before = market.score()
    order = "urn:uuid:00000000-0000-4000-8000-000000000001"
    market.say(
        SHOP, kind, PRODUCT if kind in ("listing", "notice", "delisting") else order, data, also=(SHOP,)
    )
    assert market.score().estimate == before.estimate
    assert "malformed_record" in codes(market.score())


def test_a_question_is_checked(market):
    arguments = {"policy": POLICY, "card_of": lambda _: GOOD, "parties": market.parties, "as_of": NOW}
    with pytest.raises(FormatError):
        trust_score([], "no subject", SHOP, **arguments)
    with pytest.raises(FormatError):
        trust_score([], PRODUCT, "no party", **arguments)


def test_every_finding_has_its_sentence(market):
    market.sold(5, cosigners=())
    market.review(market.order(1000), 5, who=SHOP)
    market.say(SHOP, "listing", PRODUCT, {"lots": 1}, also=(SHOP,))
    for _ in range(25):
        market.sold(5, buyer="")
    texts = [one.text(language) for one in market.score().findings for language in ("en", "zh")]
    assert len(texts) >= 10
    assert all("?" not in text and "{" not in text for text in texts), texts
    many = finding(market.score(), "anonymous")
    assert (many.facts["count"], len(many.refs), many.facts["places"][-3:]) == ("25", 19, ", …")
    assert len([code for code in catalogue() if code.startswith("score.")]) > 35


def test_the_cache_answers_only_what_was_asked():
    cache, asked = ScoreCache(size=2), []
    keys = [
        ScoreKey.of(PRODUCT, SHOP, heads=heads, policies=policies, as_of=at)
        for heads, policies, at in (
            ([("a", 1)], ["p"], 1), ([("a", 2)], ["p"], 1), ([("a", 1)], ["q"], 1), ([("a", 1)], ["p"], 2),
        )
    ]  # fmt: skip
    assert len(set(keys)) == 4
    assert keys[0] == ScoreKey.of(PRODUCT, SHOP, heads=[("a", 1), ("a", 1)], policies=["p", "p"], as_of=1)
    for key in (keys[0], keys[0], keys[1], keys[0], keys[2], keys[1]):
        cache.get(key, lambda key=key: asked.append(key) or key)
    assert asked == [keys[0], keys[1], keys[2], keys[1]]
    assert len(cache) == 2
