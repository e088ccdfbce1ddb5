"""What an audit says of listings: what should be noticed, held, taken down or put back, and is not."""

import itertools

import pytest
from doors_world import LOT, PLATFORM, PRODUCT, SHOP, START, Market

from trustledger import claim, resolution, result
from trustledger.audit import audit_directory, standings
from trustledger.errors import ChainError
from trustledger.kinds.registry import Kinds
from trustledger.views.trust_score import due, shipped_score_policy

BAD = result("lead", "0.04", "mg/kg")
DAY = 86_400_000


def judged(market, **options):
    """The findings about scores, by code."""
    report = market.ledger.audit(market.ledger.public_card, **options)
    assert report.ok
    return {one.code: one for one in report.findings if one.code.startswith("score.")}


def append(market, kind, **data):
    """A step of a proceeding, by the platform."""
    row = {
        "kind": kind,
        "subject": PRODUCT,
        "occurred_at": "2026-11-01T00:00:00Z",
        "data": {"merchant": SHOP, **data},
    }
    return market.say(PLATFORM, Kinds.default().draft(row))[0]


def enforce(market):
    return market.ledger.enforce(PRODUCT, SHOP, signer=market.signers[PLATFORM])


@pytest.fixture
def trading(market):
    return market.trade(orders=2)


@pytest.fixture
def hated():
    """Twelve orders of a lot that nobody tested; all buyers are right to complain."""
    market = Market().goods().trade(orders=0)
    for number in range(12):
        name, guest = market.sell(number, stars=1)
        about = {
            "occurred_at": "2026-10-31T00:00:00Z", "merchant": SHOP, "line": "1", "product": PRODUCT, "lot": LOT,
            "claim": "1",
        }  # fmt: skip
        market.ledger.append([claim(name, reason="fault", wanted="refund", **about)], signer=guest)
        market.say(SHOP, resolution(name, outcome="rejected", fault_accepted=True, **about))
    return market


def test_an_honest_market_has_no_finding(trading):
    report = trading.ledger.audit()
    assert (report.findings, report.counts["listings"]) == ([], 1)
    trading.report(BAD, number="R-2")
    enforce(trading)
    assert not judged(trading)


def test_who_leaves_what_failed_on_sale_is_found(trading):
    trading.report(BAD, number="R-2")
    (found,) = judged(trading).values()
    assert (found.code, found.facts["policy"]) == ("score.should_hold", shipped_score_policy().sha256)
    assert (found.facts["subject"], found.facts["merchant"]) == (PRODUCT, SHOP)
    entry, position = map(int, found.ref.split("/"))
    assert trading.ledger.record(entry, position).kind == "listing"
    assert PRODUCT in found.text("en")
    assert "应当暂停销售" in found.text("zh")
    assert not judged(trading, standings=False)


def test_who_puts_it_back_at_once_is_found(trading):
    trading.report(BAD, number="R-2")
    enforce(trading)
    (case,) = trading.ledger.score(PRODUCT, SHOP).cases
    append(trading, "relisting", case=case.name, reason="retest_passed")
    assert set(judged(trading)) == {"score.should_hold"}


def test_who_puts_itself_back_is_found(trading):
    trading.report(BAD, number="R-2")
    enforce(trading)
    (case,) = trading.ledger.score(PRODUCT, SHOP).cases
    trading.ledger.authority.enrol(PLATFORM, operator=trading.operator, owner=SHOP)
    append(trading, "relisting", case=case.name, reason="retest_passed")
    assert "score.own_judge" in judged(trading)


def test_who_sells_what_is_held_is_found(trading):
    trading.report(BAD, number="R-2")
    enforce(trading)
    assert not judged(trading)
    trading.sell(77)
    assert set(judged(trading)) == {"score.sold_while_held"}


def test_who_keeps_off_sale_what_a_person_released_is_found(trading):
    trading.report(BAD, number="R-2")
    enforce(trading)
    (case,) = trading.ledger.score(PRODUCT, SHOP).cases
    append(trading, "decision", case=case.name, outcome="release", office="duty desk", reason="error")
    (found,) = judged(trading).values()
    assert (found.code, found.facts["reason"]) == ("score.should_relist", "decision")
    enforce(trading)
    assert not judged(trading)


def test_a_notice_that_was_never_given_then_a_delisting_that_never_came(hated):
    assert set(judged(hated)) == {"score.should_notice"}
    enforce(hated)
    assert not judged(hated)
    hated.now = itertools.count(START + 8 * DAY, 60_000)
    hated.report(subject="https://farm.example/lot/HAY-1", number="R-8")  # time goes by
    (found,) = judged(hated).values()
    (case,) = hated.ledger.score(PRODUCT, SHOP).cases
    assert (found.code, found.ref) == ("score.should_delist", case.ref)
    append(hated, "delisting", case="another", reason="low_score", action="delist")
    assert "score.no_notice" in judged(hated)
    assert "another" in judged(hated)["score.no_notice"].text()


def test_it_is_judged_as_of_the_checkpoint(trading):
    """What `score` says as of the checkpoint is what the audit holds the ledger to."""
    trading.report(BAD, number="R-2")
    score = trading.ledger.score(PRODUCT, SHOP, as_of=trading.ledger.checkpoint().note)
    assert [row["kind"] for row in due(score)] == ["delisting"]
    found = judged(trading)["score.should_hold"]
    assert (found.facts["score"], found.facts["upper"]) == (str(score.score), str(score.upper))


def test_limits_are_said(trading, monkeypatch):
    trading.report(BAD, number="R-2")
    for name in ("MAX_LISTINGS", "MAX_RECORDS"):
        with monkeypatch.context() as patched:
            patched.setattr(standings, name, 0)
            report = trading.ledger.audit(trading.ledger.public_card)
        (note,) = report.notes
        assert (note.code, note.facts, report.findings) == (
            "audit.standings_cut",
            {"seen": 1, "expected": 0},
            [],
        )


@pytest.mark.parametrize(
    ("broken", "code"), [("gather_trade", "audit.standing_unknown"), ("Reader", "audit.standings_unread")]
)
def test_what_cannot_be_read_is_a_note(trading, monkeypatch, broken, code):
    def fail(*_):
        raise ChainError("ledger.link", subject=SHOP, seen="1", expected="2", entry=3)

    monkeypatch.setattr(standings, broken, fail)
    report = trading.ledger.audit(trading.ledger.public_card)
    (note,) = report.notes
    assert (report.ok, note.code, report.counts["listings"]) == (True, code, 0)
    assert all(note.facts["why" + end] in note.text(lang) for end, lang in (("", "en"), ("_zh", "zh")))


def test_an_audit_in_another_process_judges_too(tmp_path):
    market = Market(tmp_path / "market.ledger").goods().trade(orders=1)
    market.report(BAD)
    market.ledger.close()
    said = audit_directory(tmp_path / "market.ledger")
    assert [one.code for one in said.findings if one.code.startswith("score.")] == ["score.should_hold"]
    assert not audit_directory(tmp_path / "market.ledger", standings=False).findings
