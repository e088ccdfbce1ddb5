"""Sheets of shops and carriers, and the kinds of commerce as JSON Lines."""

from __future__ import annotations

import json

import pytest

from trustledger.gs1 import lot_uri, product_uri
from trustledger.keys import Ed25519Signer, key_note
from trustledger.kinds import Kinds

ORDER = "urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd"
GUEST = "urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2"
NOTE = key_note(Ed25519Signer.from_seed(GUEST, bytes(32))).decode()
PRODUCT, LOT = product_uri("9506000134352"), lot_uri("9506000134352", "LOT-7")
HEADER = "订单号,发生时间,店铺,公钥,买家,币种,订单行,gtin,批号,数量,小计"


def order(*lines, header=HEADER):
    return "\n".join((header, *lines)) + "\n"


FIRST = f'{ORDER},2026-10-05 08:00,https://shop.example/,"{NOTE}",B-1,CNY,1,9506000134352,LOT-7,2,39.98'


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_rows_of_one_order_are_one_record(read, codec):
    second = f"{ORDER},2026-10-05 08:00,,,,,2,9506000134352,,1,19.99"
    rows, problems = read(order(FIRST, second), codec=codec)
    assert not problems
    (row,) = rows
    assert row.plain["data"]["lines"] == [
        {"line": "1", "product": PRODUCT, "lot": LOT, "quantity": "2", "price": 3998},
        {"line": "2", "product": PRODUCT, "quantity": "1", "price": 1999},
    ]
    draft = Kinds.default().draft(row.plain)
    assert draft.data["keys"] == [NOTE]
    assert draft.subjects == (ORDER, PRODUCT, LOT, "https://shop.example/", f"trustledger:party/{GUEST}")


def test_a_spreadsheets_line_ends_do_not_spoil_a_key(read):
    rows, problems = read(order(FIRST.replace(NOTE, NOTE.replace("\n", "\r\n"))).encode())
    assert not problems
    assert rows[0].plain["data"]["keys"] == [NOTE]


def test_private_values_of_an_order(read):
    rows, problems = read(order(FIRST + ",买家;小计", header=HEADER + ",保密列"))
    assert not problems
    draft = Kinds.default().draft(rows[0].plain)
    assert draft.seal == {"/buyer": "B-1", "/lines/0/price": 3998}


def test_an_order_says_its_currency_and_its_lines_goods(read):
    _, problems = read(order(FIRST.replace(",CNY,", ",,")))
    assert [problem.code for problem in problems] == ["csv.currency"]
    _, problems = read(order(FIRST.replace("9506000134352,LOT-7", ",")))
    assert [problem.code for problem in problems] == ["csv.lot_missing"]


def test_a_lot_that_names_no_product_is_not_guessed(read):
    rows, problems = read(order(FIRST.replace("9506000134352,LOT-7", ",LOT-7")))
    assert not problems
    with pytest.raises(ValueError, match="product"):
        Kinds.default().draft(rows[0].plain)
    assert rows[0].columns["data.lines.*.product"] == "批号"


def test_chinese_words_of_listings_and_deliveries(read):
    rows, problems = read(
        "商品条码,发生时间,商家,币种,售价,在售GTIN,在售批号,承诺,承诺数值\n"
        "9506000134352,2026-10-05,https://shop.example/,CNY,19.99,9506000134352,LOT-7,发货时限,48\n"
        "9506000134352,2026-10-05,https://shop.example/,,,9506000134352,LOT-8,无理由退货,7\n"
    )
    assert not problems
    data = Kinds.default().draft(rows[0].plain).data
    assert [item["promise"] for item in data["promises"]] == ["ships_within_hours", "no_reason_return_days"]
    assert [item["lot"] for item in data["lots"]] == [LOT, lot_uri("9506000134352", "LOT-8")]
    rows, problems = read(
        "订单,发生时间,商家,运单号,配送状态,行号,批号,商品条码\n"
        f"{ORDER},2026-10-06,https://shop.example/,SF-1,已签收,1,LOT-7,9506000134352\n"
        f"{ORDER},2026-10-06,https://shop.example/,SF-1,已签收,1,LOT-8,9506000134352\n"
    )
    assert not problems
    data = Kinds.default().draft(rows[0].plain).data
    assert data["status"] == "delivered"
    assert [(line["line"], line["lot"][-5:]) for line in data["lines"]] == [("1", "LOT-7"), ("1", "LOT-8")]


def test_a_cost_with_a_merchant_is_still_a_cost(read):
    rows, _ = read(
        "gtin,occurred_at,merchant,currency,price,component,amount\n9506000134352,2026-10-05,S,CNY,20,milk,8\n"
    )
    assert rows[0].plain["kind"] == "cost"


def test_json_lines_carry_every_kind(read):
    said = {"merchant": "https://shop.example/", "line": "1", "product": PRODUCT, "stars": 5}
    listed = {
        "merchant": "https://shop.example/",
        "case": "1",
        "reason": "low_score",
        "until": "2026-10-12T00:00:00Z",
    }
    rows, problems = read(
        "".join(
            json.dumps(
                {"kind": kind, "subject": subject, "occurred_at": "2026-10-05T08:00:00Z", "data": data}
            )
            + "\n"
            for kind, subject, data in [("review", ORDER, said), ("notice", PRODUCT, listed)]
        ),
        name="rows.jsonl",
    )
    assert not problems
    assert [Kinds.default().draft(row.plain).kind for row in rows] == ["review", "notice"]
