"""``trustledger card``: what people read, in both languages, and what programs read."""

import json
from importlib.resources import files

import pytest
from doors_world import LOT, PRODUCT, Market

from trustledger import Ledger, report_copy, result
from trustledger.frameworks import shipped
from trustledger.views.inspection_card import plain

CARD = ("card", "9506000134352", "LOT-7")


def test_a_card_for_people(shop):
    text = shop.out(*CARD)
    for words in (
        "Milk powder", "PASS", "★★★★☆", "4 of 5", "GB 2762-2025", "0.004 mg/kg", "≤ 0.02 mg/kg", "20.0 %",
        "independent", "They are not a certification", "made 2026-10-21",
    ):  # fmt: skip
        assert words in text
    assert "\x1b" not in text  # plain where nobody watches


def test_a_card_in_chinese(shop):
    text = shop.out(*CARD, "--lang", "zh")
    for words in ("奶粉", "合格", "4/5 星", "铅", "占限量", "独立", "它不是认证", "批号 LOT-7"):
        assert words in text
    assert "independent" not in text


def test_a_card_for_programs(shop):
    found = shop.json(*CARD)
    assert list(found) == [
        "subject",
        "as_of",
        "verdict",
        "stars",
        "results",
        "untested",
        "framework",
        "findings",
    ]
    assert list(found["results"][0]) == [
        "parameter", "stars", "verdict", "value", "unit", "basis", "method", "uncertainty", "limit", "standard",
        "clause", "lab", "independent", "accredited", "tested_on", "record",
    ]  # fmt: skip
    row = found["results"][0]
    assert (found["subject"], found["verdict"], found["stars"]) == (LOT, "pass", 4)
    assert (row["value"], row["limit"], row["lab"], row["method"]) == (
        "0.004",
        "0.02",
        "https://lab.example/",
        "GB 5009.12",
    )
    assert shop.json(*CARD, "--explain")["results"][0]["ratio"] == "0.2"


def test_every_digit_is_explained(shop):
    text = shop.out(*CARD, "--explain")
    for words in (
        "0.004 ÷ 0.02 = 0.2", "up to 0.25 of the limit: ★★★★☆", "GB 2762-2025, ", "no uncertainty stated", "GB 5009.12",
        "Lab <https://lab.example/>", "trustledger show", "SHA-256", "record",
    ):  # fmt: skip
        assert words in text
    row = shop.json(*CARD)["results"][0]
    assert row["clause"] in text
    assert f"[{row['record']}]" in text


def test_side_by_side(shop):
    text = shop.out(*CARD, "--framework", "all")
    assert text.index("The law of its market (CN)") < text.index("For comparison only")
    found = shop.json(*CARD, "--framework", "all")
    assert [one["framework"]["group"] for one in found["cards"]] == ["CN", "CODEX", "EU"]
    assert shop.json(*CARD, "--framework", "eu") == found["cards"][2]


def test_what_is_not_well_is_told(tmp_path, shop):
    """Untested is said in words, and why."""
    Market(tmp_path / "market.ledger").goods().ledger.close()
    shop.folder = tmp_path
    assert "UNTESTED" in shop.out(*CARD)
    assert "Lead: no report" in shop.out(*CARD)
    assert "铅：没有报告" in shop.out(*CARD, "--lang", "zh").replace(": ", "：")


@pytest.mark.parametrize(
    ("results", "more", "words", "reckoned"),
    [
        (
            [result("lead", "0.03", "mg/kg")],
            {},
            ("FAIL", "☆☆☆☆☆", "above the limit", "150.0 %"),
            "0.03 > 0.02",
        ),
        (
            [result("lead", "0.019", "mg/kg", uncertainty="0.002")],
            {},
            ("UNDECIDED", "the limit lies within the uncertainty"),
            "0.019 + 0.002 > 0.02",
        ),
        (
            [result("lead", None, "mg/kg", not_detected=True, loq="0.002")],
            {},
            ("PASS", "<0.002 mg/kg", "★★★★★"),
            "0.002 ÷ 0.02 = 0.1",
        ),
        (
            [result("lead", "0.001", "mg/kg", loq="0.012")],
            {},
            ("PASS", "★★☆☆☆"),
            "the limit of quantification counts, being more than value and uncertainty: ÷ 0.02 = 0.6",
        ),
        (
            [result("lead", None, "mg/kg", not_detected=True)],
            {},
            ("UNDECIDED", "nobody says how finely"),
            "nobody says",
        ),
        (
            [result("lead", "0.004", "mg/kg"), result("melamine", "1", "mg/kg")],
            {},
            ("PASS", "no limit"),
            "none here",
        ),
        (
            [result("lead", "0.004", "mg/kg")],
            {"seal": ["/results/0/value"]},
            ("UNTESTED", "private"),
            "private",
        ),
    ],
)
def test_each_outcome_and_its_arithmetic(tmp_path, shop, results, more, words, reckoned):
    market = Market(tmp_path / "market.ledger").goods()
    market.report(*results, **more)
    market.ledger.close()
    shop.folder = tmp_path
    text = shop.out(*CARD, "--explain")
    for one in (*words, reckoned):
        assert one in text


def test_a_typed_copy_is_never_shown_as_a_laboratory_s(tmp_path, shop):
    market = Market(tmp_path / "market.ledger").goods()
    copy = report_copy(
        LOT, occurred_at="2026-10-25T08:00:00Z", category="milk", report="R-9", lab="Famous Lab",
        file_sha256="00" * 32, results=[result("lead", "0.004", "mg/kg")],
    )  # fmt: skip
    market.say("https://shop.example/", copy)
    market.ledger.close()
    shop.folder = tmp_path
    text = shop.out(*CARD)
    assert "typed by Shop, not signed by a laboratory" in " ".join(text.split())
    assert "independent" not in text
    assert shop.json(*CARD)["results"][0]["lab"] is None
    assert "由 Shop 转录" in shop.out(*CARD, "--explain", "--lang", "zh")


def test_as_of(shop, tmp_path):
    size = json.loads(shop.run("log", "--json").stdout)["size"]
    earlier = shop.json(*CARD, "--as-of", "7")
    assert earlier["verdict"] == "untested"
    assert shop.json(*CARD, "--as-of", str(size)) == shop.json(*CARD)
    assert shop.json(*CARD, "--as-of", "2026-11-01T00:00:30Z")["verdict"] == "untested"
    assert shop.json(*CARD, "--as-of", "2026-11-01")["as_of"].startswith("2026-11-0")
    head = tmp_path / "head.checkpoint"
    head.write_bytes(shop.run("checkpoint").stdout_bytes)
    assert shop.json(*CARD, "--as-of", str(head)) == shop.json(*CARD)


def test_rules_of_one_s_own(shop, tmp_path):
    stars = shop.folder / "stars.toml"
    text = (files("trustledger.frameworks") / "data" / "house-stars.toml").read_text("utf-8")
    stars.write_text(text.replace('ratio = "0.25", stars = 4', 'ratio = "0.15", stars = 4'), "utf-8")
    found = shop.json(*CARD, "--framework", str(stars))
    assert (found["stars"], found["framework"]["stars"]["sha256"]) != (
        4,
        shop.json(*CARD)["framework"]["stars"]["sha256"],
    )
    assert found["stars"] == 3
    limits = (files("trustledger.frameworks") / "data" / "eu-2023-915.toml").read_text("utf-8")
    own = tmp_path / "own.toml"
    own.write_text(limits.replace("2023/915", "MY OWN"), "utf-8")
    assert "MY OWN" in shop.out(*CARD, "--framework", str(own), "--framework", "EU")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("card", PRODUCT), 2, "a card belongs to a lot"),
        ((*CARD, "--as-of", "soon"), 2, "is no moment"),
        ((*CARD, "--as-of", "999"), 1, "999"),
        ((*CARD, "--as-of", "2020-01-01"), 1, "did not exist yet"),
        ((*CARD, "--framework", "MARS"), 2, "CN, CODEX, EU"),
        ((*CARD, "--framework", "CN", "--framework", "EU"), 2, "name one"),
        (("card", "nowhere"), 1, "nowhere"),
    ],
)
def test_what_cannot_be_answered(shop, arguments, code, words):
    assert words in shop.error(*arguments, code=code)


def test_the_view_s_own_form_is_what_programs_get(shop):
    with Ledger.open(shop.ledger, readonly=True) as ledger:
        assert shop.json(*CARD) == json.loads(json.dumps(plain(ledger.card(LOT))))
    assert shipped().groups() == ("CN", "CODEX", "EU")
