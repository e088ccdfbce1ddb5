"""The second half of the demo: the other lot is tested, priced, sold and reviewed. Only calls of the library."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import uuid4

from trustledger import (
    Draft,
    Ed25519Signer,
    cost,
    delivery,
    inspection,
    key_note,
    listing,
    order,
    order_line,
    promise,
    result,
    review,
)
from trustledger.kinds.build import lot
from trustledger.views.cost_breakdown import CostBreakdown
from trustledger.views.inspection_card import InspectionCard
from trustledger.views.trust_score import TrustScore
from trustledger_cli.demo.story import (
    CARRIER,
    DAIRY,
    FARM,
    LAB,
    LOT_7,
    LOT_8,
    OPERATOR,
    PRODUCT,
    RAW_2,
    STORE,
    Member,
    Story,
)

PLATFORM: Final = Member("https://pay.example/", ("platform",), "Example Pay", "示例支付")
"""Who attests that an order was paid for: nobody is believed about their own sales."""
STARS: Final = (5, 5, 4, 5, 5, 3, 5, 4, 5, 5, 5, 2, 5, 4, 5, 5, 5, 4, 5, 5, 4, 5, 5, 5)
"""What the buyers say, one order each."""
PRICE: Final = 9600
"""Of a kilogram in the shop, in fen."""
_PER_KILOGRAM: Final = {"quantity": "1", "unit": "kg"}
_INVOICE: Final = "5e" * 32


class ShopWindow(NamedTuple):
    """What a shopper is shown.

    Attributes:
        bad: The card of the lot that failed.
        good: The card of the lot on sale.
        price: What its price pays for.
        trust: The score of the product in this shop.
    """

    bad: InspectionCard
    good: InspectionCard
    price: CostBreakdown
    trust: TrustScore


def sell(story: Story) -> int:
    """Test, price and sell the other lot; gives how many orders there were."""
    ledger, keys = story.ledger, story.keys
    keys[PLATFORM.uri] = Ed25519Signer.generate(PLATFORM.uri)
    ledger.enrol(
        PLATFORM.uri,
        operator=keys[OPERATOR],
        key_note=key_note(keys[PLATFORM.uri]),
        roles=PLATFORM.roles,
        name=PLATFORM.zh if story.chinese else PLATFORM.en,
    )
    story.at("2026-09-09T10:00:00+08:00")
    ledger.append([_report(story.melamine)], signer=keys[LAB])
    story.at("2026-09-10T09:00:00+08:00")
    for uri, draft in _prices(chinese=story.chinese):
        ledger.append([draft], signer=keys[uri])
    ledger.append([_offer()], signer=keys[STORE])
    story.at("2026-09-12T10:00:00+08:00")
    names = [(uuid4().urn, Ed25519Signer.generate(uuid4().urn)) for _ in STARS]
    orders = [_order(name, guest, number) for number, (name, guest) in enumerate(names, 1)]
    ledger.append(orders, signer=keys[STORE], cosigners=[keys[PLATFORM.uri]])
    ledger.append(
        [_delivery(name, number) for number, (name, _) in enumerate(names, 1)], signer=keys[CARRIER]
    )
    story.at("2026-09-20T21:00:00+08:00")
    for (name, guest), stars in zip(names, STARS, strict=True):
        ledger.append([_review(name, stars)], signer=guest)
    return len(names)


def shop_window(story: Story) -> ShopWindow:
    """What a shopper is shown of the two lots, the price and the shop."""
    ledger = story.ledger
    return ShopWindow(
        ledger.card(LOT_7), ledger.card(LOT_8), ledger.cost(LOT_8, seller=STORE), ledger.score(PRODUCT, STORE)
    )


def _report(melamine: str) -> Draft:
    """The laboratory finds the other lot well within the limit."""
    return inspection(
        LOT_8,
        occurred_at="2026-09-08T10:00:00+08:00",
        category="milk powder",
        report="R-121",
        tested_on="2026-09-07",
        results=[
            result("lead", "0.030", "mg/kg", uncertainty="0.005", basis="as sold", method="GB 5009.12"),
            result(
                melamine, None, "mg/kg", not_detected=True, loq="0.05", basis="as sold", method="GB/T 22388"
            ),
        ],
    )


def _prices(*, chinese: bool) -> list[tuple[str, Draft]]:
    """What farm, dairy and shop ask, and for what."""
    milk, powder = ("生牛乳", "奶粉") if chinese else ("raw milk", "milk powder")
    return [
        (FARM, _cost(RAW_2, "2026-09-01T18:00:00+08:00", 420, [])),
        (
            DAIRY,
            _cost(
                LOT_8,
                "2026-09-03T18:00:00+08:00",
                6000,
                [
                    {"component": milk, "amount": 3360, "lots": [lot(RAW_2, "8", "kg")]},
                    {"component": "processing", "amount": 1400},
                    {"component": "packaging", "amount": 440},
                    {"component": "profit", "amount": 800},
                ],
            ),
        ),
        (
            STORE,
            _cost(
                LOT_8,
                "2026-09-10T08:00:00+08:00",
                PRICE,
                [
                    {"component": powder, "amount": 6000, "lots": [lot(LOT_8, "1", "kg")]},
                    {"component": "logistics", "amount": 650, "invoice_sha256": _INVOICE},
                    {"component": "tax", "amount": 850},
                    {"component": "platform fee", "amount": 400},
                    {"component": "profit", "amount": 1700},
                ],
            ),
        ),
    ]


def _cost(subject: str, since: str, price: int, lines: list[dict[str, object]]) -> Draft:
    return cost(subject, occurred_at=since, currency="CNY", price=price, components=lines, per=_PER_KILOGRAM)


def _offer() -> Draft:
    return listing(
        PRODUCT,
        occurred_at="2026-09-10T08:00:00+08:00",
        merchant=STORE,
        currency="CNY",
        price=PRICE,
        lots=[{"lot": LOT_8}],
        promises=[promise("ships_within_hours", 48)],
    )


def _order(name: str, guest: Ed25519Signer, number: int) -> Draft:
    """An order lets its buyer's key in, for a review or a claim about this order alone."""
    return order(
        name,
        occurred_at="2026-09-12T09:00:00+08:00",
        buyer_key=key_note(guest),
        merchant=STORE,
        lines=[order_line("1", PRODUCT, lot=LOT_8, quantity=1, unit="kg", price=PRICE)],
        currency="CNY",
        buyer=f"buyer-{number}",
    )


def _delivery(name: str, number: int) -> Draft:
    return delivery(
        name,
        occurred_at="2026-09-13T16:00:00+08:00",
        merchant=STORE,
        document=f"NC-{number:04d}",
        status="delivered",
        lines=[order_line("1", PRODUCT, lot=LOT_8, quantity=1, unit="kg")],
    )


def _review(name: str, stars: int) -> Draft:
    return review(
        name,
        occurred_at="2026-09-20T20:00:00+08:00",
        merchant=STORE,
        line="1",
        product=PRODUCT,
        lot=LOT_8,
        stars=stars,
    )
