"""``trustledger score``: what people read, in both languages, and what programs read; ``--enforce``."""

import json
import shutil
from importlib.resources import files

import pytest
from doors_world import FARM, LOT, OPERATOR, PLATFORM, PRODUCT, SHOP, Market
from shop import Shop

from trustledger import Ledger, result, write_key_file
from trustledger.views.trust_score import plain

SCORE = ("score", "9506000134352")


@pytest.fixture(scope="module")
def _trading(tmp_path_factory):
    folder = tmp_path_factory.mktemp("trading")
    market = Market(folder / "market.ledger").goods()
    market.report()
    market.trade(orders=4)
    market.signers[OPERATOR] = market.operator
    for name, uri in (
        ("platform", PLATFORM),
        ("farm", FARM),
        ("operator", OPERATOR),
        ("lab", "https://lab.example/"),
    ):
        write_key_file(folder / f"{name}.key", market.signers[uri], None)
    market.ledger.close()
    return folder


@pytest.fixture
def trading(_trading, tmp_path):
    shutil.copytree(_trading, tmp_path / "trading")
    return Shop(tmp_path / "trading")


@pytest.fixture
def failing(trading):
    """A safety test of the lot on sale failed."""
    row = {
        "kind": "inspection",
        "subject": LOT,
        "occurred_at": "2026-10-25T08:00:00Z",
        "data": {
            "category": "milk",
            "report": "R-2",
            "results": [result("lead", "0.04", "mg/kg")],
            "tested_on": "2026-10-24",
        },
    }
    (trading.folder / "bad.jsonl").write_text(json.dumps(row) + "\n")
    trading.run(
        "append",
        str(trading.folder / "bad.jsonl"),
        "--as",
        "https://lab.example/",
        "--key",
        key(trading, "lab"),
    )
    return trading


def key(trading, name):
    return str(trading.folder / f"{name}.key")


def test_a_score_for_people(trading):
    text = trading.out(*SCORE)
    for words in (
        "Milk powder", "sold by Shop", " of 5", "ON SALE", "Between ", "Quality", "Reviews", "After-sales", "40 %",
        "1 test result", "4 reviews of delivered orders", "taken off sale", "not a certification", "Provisional",
    ):  # fmt: skip
        assert words in text
    assert "\x1b" not in text


def test_a_score_in_chinese(trading):
    text = trading.out(*SCORE, "--lang", "zh")
    for words in (
        "奶粉",
        "商家：Shop",
        "在售",
        "介于",
        "质量",
        "评价",
        "售后",
        "商家信用",
        "4 条已送达订单的评价",
        "不是认证",
    ):
        assert words in text
    assert "Quality" not in text


def test_a_score_for_programs(trading):
    found = trading.json(*SCORE)
    assert list(found) == [
        "subject", "merchant", "as_of", "score", "lower", "upper", "listed", "provisional", "components", "policy",
        "findings",
    ]  # fmt: skip
    assert list(found["components"]) == ["quality", "reviews", "after_sales", "merchant_credit"]
    assert list(found["components"]["quality"]) == ["score", "weight", "evidence"]
    with Ledger.open(trading.ledger, readonly=True) as ledger:
        assert found == json.loads(json.dumps(plain(ledger.score(PRODUCT, SHOP))))
    assert trading.json(*SCORE, "LOT-7") == found  # a lot's score is its product's
    assert trading.json(*SCORE, "--merchant", "Shop") == found


def test_every_part_is_explained(trading):
    text = trading.out(*SCORE, "--explain")
    for words in (
        "n5 = 4.000000",
        "How each part comes about",
        "40 % × ",
        "Records ",
        "SHA-256",
        "docs/scoring-trust.md",
    ):
        assert words in text
    found = trading.json(*SCORE, "--explain")
    assert found["components"]["reviews"]["arithmetic"]["n5"] == "4.000000"
    assert found["due"] == []


def test_what_is_due_is_said_and_appended_once(failing):
    text = failing.out(*SCORE)
    assert "should be held (a safety test failed)" in text
    assert "ON SALE" in text
    found = failing.json(*SCORE, "--enforce", "--key", key(failing, "platform"))
    assert [(one["kind"], one["action"], one["reason"]) for one in found["enforced"]] == [
        ("delisting", "hold", "safety_failure")
    ]
    assert found["listed"] is False
    again = failing.out(*SCORE, "--enforce", "--key", key(failing, "operator"))
    assert "Nothing is due" in again
    assert "HELD since" in again
    assert "暂停销售" in failing.out(*SCORE, "--lang", "zh")
    assert "should be held" not in failing.out(*SCORE)


def test_enforcing_tells_what_it_did(failing):
    assert "held (a safety test failed)" in failing.out(
        *SCORE, "--enforce", "--key", key(failing, "operator")
    )


def test_rules_of_one_s_own(trading, tmp_path):
    own = tmp_path / "own.toml"
    source = files("trustledger.views.trust_score") / "policies"
    (shipped,) = [one for one in source.iterdir() if one.name.endswith(".toml")]
    text = shipped.read_text("utf-8").replace('id = "house-trust"', 'id = "my-own"')
    own.write_text(
        text.replace("quality = 40", "quality = 30").replace("reviews = 30", "reviews = 40"), "utf-8"
    )
    found = trading.json(*SCORE, "--framework", str(own))
    assert (found["policy"]["id"], found["components"]["quality"]["weight"]) == ("my-own", 30)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        ((*SCORE, "--enforce", "--as-of", "9"), 2, "leave --as-of out"),
        ((*SCORE, "--enforce", "--key", "/nowhere.key"), 1, "/nowhere.key"),
        (("score", "https://farm.example/lot/MILK-1"), 2, "no product"),
        (("score", "https://id.gs1.org/01/06901234567892"), 2, "--merchant"),
        ((*SCORE, "--merchant", "nobody"), 1, "nobody"),
    ],
)
def test_what_cannot_be_answered(trading, arguments, code, words):
    assert words in trading.error(*arguments, code=code)


def test_only_who_may_enforces(failing):
    assert "farm" in failing.error(*SCORE, "--enforce", "--key", key(failing, "farm"), code=4)
