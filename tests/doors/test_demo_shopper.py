"""The demo ends with what a shopper sees: two cards, a price and a score, in both languages."""

import json
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "cli"))  # until the package is installed

from trustledger_cli.entry import cli

WORDS = {
    "en": (
        "FAIL",
        "PASS",
        "★★★★☆",
        "What the price pays for",
        "the supplier says the same",
        "ON SALE",
        "Reviews",
    ),
    "zh": ("不合格", "合格", "★★★★☆", "价格构成", "与供应方说法一致", "在售", "三聚氰胺", "商家信用"),
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_demo_shows_what_a_shopper_sees(language):
    told = CliRunner().invoke(cli, ["demo", "--lang", language])
    assert told.exit_code == 0, told.output
    for word in WORDS[language]:
        assert word in told.stdout
    assert told.stdout.index(WORDS[language][3]) < told.stdout.index(WORDS[language][5])


def test_the_demo_tells_the_same_whenever_it_is_told():
    document, again = (json.loads(CliRunner().invoke(cli, ["demo", "--json"]).stdout) for _ in range(2))
    assert (document["card_of_the_bad_lot"]["verdict"], document["card"]["verdict"]) == ("fail", "pass")
    assert (document["card"]["stars"], document["card"]["as_of"][:10]) == (4, "2026-09-20")
    assert (document["cost"]["balanced"], document["cost"]["findings"]) == (True, [])
    assert [one["status"] for one in document["cost"]["components"]][:2] == ["cross-checked", "evidenced"]
    score = document["score"]
    assert (score["listed"], score["provisional"], Decimal(score["score"]) > 4) == (True, False, True)
    assert score == again["score"]
