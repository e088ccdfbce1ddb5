"""``trustledger cost``: what people read, in both languages, and what programs read."""

import json

import pytest
from doors_world import DAIRY, LOT, MILK, PRODUCT, SHOP, Market

from trustledger import Ledger, cost
from trustledger.kinds.build import lot

COST = ("cost", "9506000134352", "LOT-7")
SOLD = (*COST, "--merchant", "shop.example")


def test_a_breakdown_for_people(shop):
    text = shop.out(*SOLD)
    for words in (
        "What the price pays for: Milk powder", "128.00 CNY each, says Shop", "62.5 %", "the supplier says the same",
        "an invoice is named", "the seller's word", "Sum", "add up to the price exactly", "platform fee",
    ):  # fmt: skip
        assert words in text
    assert "\x1b" not in text


def test_a_breakdown_in_chinese(shop):
    text = shop.out(*SOLD, "--lang", "zh")
    for words in (
        "价格构成：奶粉",
        "单价 128.00 CNY",
        "与供应方说法一致",
        "物流",
        "平台服务费",
        "利润",
        "合计",
        "完全相符",
    ):
        assert words in text
    assert "logistics" not in text


def test_a_breakdown_for_programs(shop):
    found = shop.json(*SOLD)
    assert list(found) == ["subject", "currency", "price", "components", "balanced", "findings"]
    assert list(found["components"][0]) == ["component", "amount", "status", "records"]
    with Ledger.open(shop.ledger, readonly=True) as ledger:
        assert found == json.loads(json.dumps(ledger.cost(LOT, seller=SHOP).plain()))


@pytest.mark.parametrize("merchant", [SHOP, "https://shop.example", "shop.example", "Shop", "shop"])
def test_a_merchant_by_any_of_its_names(shop, merchant):
    assert shop.json(*COST, "--merchant", merchant) == shop.json(*SOLD)


def test_every_amount_is_explained(shop):
    text = shop.out(*SOLD, "--explain")
    for words in (
        "80.00 × 1 piece ÷ 1 piece = 80.00 CNY",
        "Dairy [",
        "80.00 + 8.00 + 12.00 + 3.00 + 25.00 = 128.00",
    ):
        assert words in text
    (line,) = shop.json(*SOLD, "--explain")["components"][0]["arithmetic"]
    assert (line["seller"], line["share"]) == (DAIRY, ["80.00", "80.00"])
    assert shop.json(*SOLD, "--explain")["components"][1]["arithmetic"] == []


def test_a_share_that_is_no_whole_number(tmp_path, shop):
    """500 for 3 kg, of which 400 g are used: 66.66… (docs/costs.md)."""
    market = Market(tmp_path / "market.ledger").goods()
    per = {"quantity": "3", "unit": "kg"}
    when = "2026-10-20T06:00:00Z"
    market.say("https://farm.example/", cost(MILK, occurred_at=when, currency="CNY", price=500, per=per))
    lines = [{"component": "milk", "amount": 67, "lots": [lot(MILK, "400", "g")]}]
    market.say(
        DAIRY, cost(LOT, occurred_at="2026-10-22T00:00:00Z", currency="CNY", price=67, components=lines)
    )
    market.ledger.close()
    shop.folder = tmp_path
    assert "5.00 × 400 g ÷ 3 kg = 0.66…, so 0.66 CNY or 0.67 CNY" in " ".join(
        shop.out(*COST, "--explain").split()
    )


def test_private_prices_are_shown_only_when_asked(shop, tmp_path):
    market = Market(tmp_path / "market.ledger").goods()
    market.prices()
    market.say(DAIRY, cost(LOT, occurred_at="2026-10-23T00:00:00Z", currency="CNY", price=7900, buyer=SHOP))
    market.ledger.close()
    shop.folder = tmp_path
    asked = (*COST, "--merchant", "Dairy", "--buyer", "Shop")
    assert "79.00" not in shop.out(*asked)
    assert "a private price" in shop.out(*asked)
    assert shop.json(*asked)["price"] is None
    shown = shop.out(*asked, "--disclose")
    assert "79.00 CNY" in shown
    assert "do not pass it on" in shown
    with Ledger.open(shop.ledger, readonly=True) as ledger, ledger.reading() as reader:
        (placed,) = [one for one in reader.chain(LOT) if one.kind == "cost" and one.record.sealed]
        openings = ledger.openings(placed.record)
    lines = [
        json.dumps(
            {
                "commitment": placed.record.sealed[at].hex(),
                "pointer": one.pointer,
                "salt": one.salt.hex(),
                "value": one.value,
            }
        )
        for at, one in openings.items()
    ]
    given = tmp_path / "given.openings"
    given.write_text("\n".join(lines))
    assert shop.json(*asked, "--opening", str(given))["price"] == "79.00"
    contradiction = shop.out(*SOLD, "--opening", str(given))
    assert "79.00 CNY" in contradiction
    assert "the seller's word" in contradiction
    assert "79.00" not in shop.out(*SOLD)


def test_what_does_not_add_up_is_told(tmp_path, shop):
    market = Market(tmp_path / "market.ledger").goods()
    market.prices()
    market.price(day="2026-10-24", tin=9500)
    market.ledger.close()
    shop.folder = tmp_path
    text = shop.out(*SOLD)
    assert "do not add up" in text
    assert "‼" in text
    assert "各项合计与价格不符" in shop.out(*SOLD, "--lang", "zh")
    earlier = shop.json(*SOLD, "--as-of", str(12))
    assert earlier["balanced"] is True


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (COST, 2, "--merchant"),
        ((*COST, "--merchant", "nobody"), 1, "nobody"),
        ((*SOLD, "--currency", "eur"), 1, "holds at that time"),
        (("cost", PRODUCT, "--merchant", SHOP), 1, "holds at that time"),
        ((*SOLD, "--opening", "/nowhere"), 1, "/nowhere"),
    ],
)
def test_what_cannot_be_answered(shop, arguments, code, words):
    assert words in shop.error(*arguments, code=code)


def test_a_name_that_two_parties_have_means_neither(tmp_path, shop):
    market = Market(tmp_path / "market.ledger").goods()
    market.prices()
    market.ledger.authority.enrol(DAIRY, operator=market.operator, name="Shop")
    market.ledger.close()
    shop.folder = tmp_path
    error = shop.error(*COST, "--merchant", "Shop", code=1)
    assert SHOP in error
    assert DAIRY in error
    assert shop.json(*COST, "--merchant", "dairy.example")["price"] == "80.00"
