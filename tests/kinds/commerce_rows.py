"""One good row of each kind of commerce, for tests to bend."""

from kind_rows import LOT, PRODUCT, TIME

from trustledger.keys import Ed25519Signer, key_note

SHOP = "https://shop.example/"
LAB = "https://lab.example/"
ORDER = "urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd"
GUEST = "urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2"
NOTE = key_note(Ed25519Signer.from_seed(GUEST, bytes(32))).decode()
ONE_LINE = {"merchant": SHOP, "line": "1", "product": PRODUCT, "lot": LOT}
CASE = {"merchant": SHOP, "case": "2026-17"}
REF = {"entry": 12, "position": 0, "record": "ab" * 32}
SCORED = {
    "score": "2.31", "lower": "1.9", "upper": "2.87", "policy": "cd" * 32, "as_of": TIME, "log_size": 40, "records": [REF],
    "rule": "low_score", "note": "as published",
}  # fmt: skip
SUBJECT = {
    "listing": PRODUCT, "order": ORDER, "delivery": ORDER, "sample": LOT, "review": ORDER, "claim": ORDER,
    "resolution": ORDER, "notice": PRODUCT, "reply": PRODUCT, "decision": PRODUCT, "delisting": PRODUCT,
    "appeal": PRODUCT, "relisting": PRODUCT,
}  # fmt: skip
DATA = {
    "listing": {
        "merchant": SHOP,
        "currency": "CNY",
        "price": 1999,
        "lots": [{"lot": LOT, "quantity": "40", "unit": "CS"}],
        "promises": [
            {"promise": "ships_within_hours", "value": "48", "unit": "小时"},
            {"promise": "shop.gift_wrap"},
        ],
        "per": {"quantity": "1", "unit": "kg"},
        "category": "baby food",
        "market": "CN",
        "number": "SKU-7",
        "until": "2026-12-31T23:59:59+08:00",
    },
    "order": {
        "keys": [NOTE],
        "merchant": SHOP,
        "lines": [{"line": "1", "product": PRODUCT, "lot": LOT, "quantity": "2", "price": 3998}],
        "buyer": "b-7Q2",
        "currency": "CNY",
    },
    "delivery": {
        "merchant": SHOP,
        "document": "SF-1",
        "status": "delivered",
        "lines": [{"line": "1", "product": PRODUCT, "lot": LOT, "quantity": "2"}],
        "attempt": 2,
    },
    "sample": {
        "sample": "S-1", "lab": LAB, "parameters": ["lead", "cadmium"], "seal_number": "F-1", "sent_on": "2026-10-05",
        "quantity": "500", "unit": "g", "method": "GB 5009.1", "place": "仓库", "taken_by": "王",
    },
    "review": {**ONE_LINE, "stars": 4, "text_sha256": "ef" * 32, "language": "zh-Hans", "incentivised": False},
    "claim": {
        **ONE_LINE, "claim": "1", "reason": "damaged", "wanted": "refund", "amount": 1999, "currency": "CNY",
    },
    "resolution": {
        **ONE_LINE, "claim": "1", "outcome": "refunded", "fault_accepted": True, "amount": 1999, "currency": "CNY",
    },
    "notice": {**CASE, **SCORED, "reason": "low_score", "until": "2026-10-12T08:00:00+08:00"},
    "reply": {**CASE, "statement": "已下架该批次。", "records": [REF]},
    "decision": {
        **CASE, "office": "食品安全处", "outcome": "extend", "reason": "等待复检", "until": TIME, "records": [REF],
    },
    "delisting": {**CASE, **SCORED, "action": "delist", "reason": "low_score"},
    "appeal": {**CASE, "delisting": REF, "statement": "复检合格。", "number": 2, "records": [REF]},
    "relisting": {**CASE, **SCORED, "reason": "retest_passed"},
}  # fmt: skip


def row(kind, /, data=None, **more):
    """A good row, with some of it replaced; what is None is left out."""
    return {
        "kind": kind,
        "subject": SUBJECT[kind],
        "occurred_at": TIME,
        "data": {**DATA[kind], **(data or {})},
        **more,
    }
