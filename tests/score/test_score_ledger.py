"""A score from a real ledger: signed by those who may, read through the verified reader, enforced and audited."""

import pytest
from score_world import GOOD, POLICY, card

from trustledger import claim, delivery, listing, order, order_line, promise, resolution, review
from trustledger.keys import Ed25519Signer, key_note
from trustledger.kinds.registry import Kinds
from trustledger.ledger import Ledger
from trustledger.views.trust_score import (
    due,
    gather_trade,
    plain,
    same_seller,
    standing_findings,
    trust_score,
)

PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT = PRODUCT + "/10/LOT-7"
NOON = "2026-10-05T12:00:00+08:00"
ROLES = {"shop": "merchant", "platform": "platform", "carrier": "carrier"}


def signer(name, number):
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


SIGNERS = {name: signer(f"https://{name}.example/", number) for number, name in enumerate(ROLES, 3)}
SHOP = SIGNERS["shop"].party


@pytest.fixture
def ledger():
    operator, log = signer("https://shop.example/operator", 1), signer("shop.example/ledger", 2)
    with Ledger.in_memory(origin="shop.example/ledger", operator=operator, log=log) as opened:
        for name, held in SIGNERS.items():
            opened.enrol(held.party, operator=operator, key_note=key_note(held), roles=[ROLES[name]])
        yield opened


def sell(ledger, number, stars):
    shop, platform, carrier = SIGNERS.values()
    name = f"urn:uuid:e4eaaaf2-d142-41b3-b3e4-{number:012d}"
    guest = signer(f"urn:uuid:7d444840-9dc0-41d1-b245-{number:012d}", 100 + number)
    line = {"occurred_at": NOON, "merchant": SHOP, "line": "1", "product": PRODUCT, "lot": LOT}
    lines = [order_line("1", PRODUCT, lot=LOT, quantity=1, price=3998)]
    draft = order(
        name,
        occurred_at=NOON,
        buyer_key=key_note(guest),
        merchant=SHOP,
        lines=lines,
        currency="CNY",
        buyer=f"b{number}",
    )
    ledger.append([draft], signer=shop, cosigners=[platform])
    lines = [order_line("1", PRODUCT, lot=LOT)]
    handed = delivery(
        name, occurred_at=NOON, merchant=SHOP, document=f"SF-{number}", status="delivered", lines=lines
    )
    ledger.append([handed], signer=carrier)
    ledger.append([review(name, stars=stars, **line)], signer=guest)
    return name, guest, line


def score(ledger, shown=GOOD):
    with ledger.reading() as reader:
        sellers = same_seller(SHOP, reader.parties())
        trade = gather_trade(reader, SHOP, sellers)
        return trust_score(
            trade,
            PRODUCT,
            SHOP,
            policy=POLICY,
            card_of=lambda _: shown,
            parties=reader.party,
            as_of=trade.latest,
            sellers=sellers,
        )


def test_a_score_of_a_ledger(ledger):
    offered = listing(
        PRODUCT, occurred_at=NOON, merchant=SHOP, currency="CNY", price=3998, lots=[{"lot": LOT}],
        promises=[promise("ships_within_hours", 48)],
    )  # fmt: skip
    ledger.append([offered], signer=SIGNERS["shop"])
    for number in range(10):
        sell(ledger, number, 5)
    found = score(ledger)
    assert {one.name: one.evidence for one in found.components} == {
        "quality": 1, "reviews": 10, "after_sales": 10, "merchant_credit": 10,
    }  # fmt: skip
    assert found.component("reviews").arithmetic["n5"] == "10.000000"
    assert found.component("after_sales").arithmetic["ships_within_hours: kept"] == "10"
    assert (found.orders, found.keys, found.keys_used) == (10, 10, 10)
    assert not found.provisional
    assert [one["code"] for one in plain(found)["findings"]] == ["score.keys"]

    name, guest, line = sell(ledger, 10, 1)
    ledger.append([claim(name, claim="1", reason="fault", wanted="refund", **line)], signer=guest)
    answered = resolution(name, claim="1", outcome="refunded", fault_accepted=True, **line)
    ledger.append([answered], signer=SIGNERS["shop"])
    worse = score(ledger)
    assert worse.score < found.score
    assert worse.component("reviews").evidence == 11  # no refund takes a bad review away

    failed = card("fail")
    rows = due(score(ledger, failed))
    assert [one.code for one in standing_findings(score(ledger, failed))] == ["score.should_hold"]
    ledger.append([Kinds.default().draft(row) for row in rows], signer=SIGNERS["platform"])
    held = score(ledger, failed)
    assert (held.standing.phase, held.listed, due(held), standing_findings(held)) == ("held", False, [], ())
    assert [row["kind"] for row in due(score(ledger))] == ["relisting"]
    assert not ledger.audit().findings


def test_a_chain_that_is_too_long_is_said(ledger):
    for number in range(2):
        sell(ledger, number, 5)
    with ledger.reading() as reader:
        trade = gather_trade(reader, SHOP, max_records=3)
        found = trust_score(
            trade,
            PRODUCT,
            SHOP,
            policy=POLICY,
            card_of=lambda _: GOOD,
            parties=reader.party,
            as_of=trade.latest,
        )
    assert "score.cut" in {one.code for one in found.findings}
    assert found.component("reviews").evidence == 1
