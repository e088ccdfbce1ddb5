"""An order from the offer to the notice, in a ledger under the default policy: each signed by whoever may say it."""

from __future__ import annotations

import pytest

from trustledger import (
    claim,
    delivery,
    listing,
    notice,
    order,
    order_line,
    promise,
    resolution,
    review,
    sample,
)
from trustledger.errors import PolicyError, TrustLedgerError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.ledger import Ledger

PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT = PRODUCT + "/10/LOT-7"
ORDER = "urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd"
NOON = "2026-10-05T12:00:00+08:00"
ROLES = {"shop": "merchant", "platform": "platform", "carrier": "carrier"}


def signer(name, number):
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


GUEST = signer("urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2", 9)
SIGNERS = {name: signer(f"https://{name}.example/", number) for number, name in enumerate(ROLES, 3)}
SHOP = SIGNERS["shop"].party
SAID = {"occurred_at": NOON, "merchant": SHOP, "line": "1", "product": PRODUCT, "lot": LOT}


@pytest.fixture
def ledger():
    operator, log = signer("https://shop.example/operator", 1), signer("shop.example/ledger", 2)
    with Ledger.in_memory(origin="shop.example/ledger", operator=operator, log=log) as opened:
        for name, held in SIGNERS.items():
            opened.enrol(held.party, operator=operator, key_note=key_note(held), roles=[ROLES[name]])
        yield opened


def ordered(**more):
    lines = [order_line("1", PRODUCT, lot=LOT, quantity=2, price=3998)]
    return order(
        ORDER, occurred_at=NOON, buyer_key=key_note(GUEST), merchant=SHOP, lines=lines, currency="CNY", **more
    )


def test_an_order_and_what_follows(ledger):
    shop, platform, carrier = SIGNERS.values()
    offered = listing(
        PRODUCT,
        occurred_at=NOON,
        merchant=SHOP,
        currency="CNY",
        price=1999,
        promises=[promise("shop.gift_wrap")],
    )
    sampled = sample(LOT, occurred_at=NOON, sample="S-1", lab="https://lab.example/", parameters=["lead"])
    ledger.append([offered, sampled], signer=shop)
    draft = ordered(buyer="b-7Q2", seal=["/buyer"])
    assert ledger.append([draft], signer=shop, cosigners=[platform]).new == 1
    assert ledger.append([draft], signer=shop, cosigners=[platform]).existing == 1
    lines = [order_line("1", PRODUCT, lot=LOT)]
    handed_over = delivery(
        ORDER, occurred_at=NOON, merchant=SHOP, document="SF-1", status="delivered", lines=lines
    )
    ledger.append([handed_over], signer=carrier)
    ledger.append([review(ORDER, stars=2, **SAID)], signer=GUEST)
    ledger.append([claim(ORDER, claim="1", reason="damaged", wanted="refund", **SAID)], signer=GUEST)
    ledger.append(
        [resolution(ORDER, claim="1", outcome="refunded", fault_accepted=True, **SAID)], signer=shop
    )
    told = notice(
        PRODUCT,
        occurred_at=NOON,
        merchant=SHOP,
        case="1",
        reason="low_score",
        until="2026-10-12T12:00:00+08:00",
    )
    ledger.append([told], signer=platform)
    said = ["listing", "order", "delivery", "review", "claim", "resolution", "notice"]
    assert [placed.record.kind for placed in ledger.chain(SHOP)] == said
    assert [placed.record.kind for placed in ledger.chain(ORDER)] == said[1:-1]
    assert not ledger.audit().findings


def test_a_buyer_speaks_once_of_a_line_and_of_nothing_else(ledger):
    ledger.append([ordered()], signer=SIGNERS["shop"])
    ledger.append([review(ORDER, stars=2, **SAID)], signer=GUEST)
    with pytest.raises(PolicyError):
        ledger.append([review(ORDER, stars=5, **SAID)], signer=GUEST)
    elsewhere = {"product": "https://id.gs1.org/01/09521234000020", "lot": None}
    with pytest.raises(TrustLedgerError, match="order"):
        ledger.append([review(ORDER, stars=1, **{**SAID, **elsewhere, "line": "2"})], signer=GUEST)
    with pytest.raises(TrustLedgerError):
        ledger.append([ordered()], signer=GUEST)
