"""Stars, bars and shares: exact, bounded, and never more than there is."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest
from doors_world import DAIRY, LOT, SHOP, Market
from hypothesis import given
from hypothesis import strategies as st

from trustledger import cost

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "cli"))  # until the package is installed

from trustledger_cli.render.gauges import bar, percent, stars


@pytest.mark.parametrize(
    ("count", "shown"), [(None, "—"), (0, "☆☆☆☆☆"), (1, "★☆☆☆☆"), (5, "★★★★★"), (9, "★★★★★"), (-1, "☆☆☆☆☆")]
)
def test_stars(count, shown):
    assert stars(count).plain == shown


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(0), "░░░░"),
        (Fraction(1, 10_000), "▏░░░"),  # something is never nothing
        (Fraction(1, 4), "█░░░"),
        (Fraction(3, 8), "█▌░░"),
        (Fraction(9_999, 10_000), "███▉"),  # nor is nearly all of it all
        (Fraction(1), "████"),
        (Fraction(7), "████"),
        (Fraction(-1), "░░░░"),
    ],
)
def test_bars(share, shown):
    assert bar(share, "red", 4).plain == shown


@given(st.fractions(), st.fractions(), st.integers(1, 40))
def test_a_greater_share_is_no_shorter_bar(one, other, cells):
    order = "░▏▎▍▌▋▊▉█"
    low, high = (bar(share, "red", cells).plain for share in sorted((one, other)))
    assert len(low) == len(high) == cells
    assert [order.index(cell) for cell in low] <= [order.index(cell) for cell in high]


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(5, 8), "62.5 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(2, 3), "66.7 %"),
        (Fraction(1, 2000), "0.1 %"),
        (Fraction(0), "0.0 %"),
        (Fraction(-1, 20), "-5.0 %"),
        (Fraction(3, 2), "150.0 %"),
    ],
)
def test_percents(share, shown):
    assert percent(share) == shown
    assert percent(Fraction(1, 2), 0) == "50 %"


def test_what_parties_write_is_shown_and_not_obeyed(tmp_path, shop):
    """A component in the terminal's or the renderer's own language is text like any other."""
    market = Market(tmp_path / "market.ledger").goods()
    evil = "[bold red]free[/] [link=https://evil.example]x"
    lines = [{"component": evil, "amount": 100}, {"component": "rebate", "amount": -20}]
    draft = cost(LOT, occurred_at="2026-10-22T00:00:00Z", currency="CNY", price=80, components=lines)
    market.say(DAIRY, draft)
    market.ledger.authority.enrol(SHOP, operator=market.operator, name="[blink]Shop[/blink]")
    market.say(
        SHOP, cost(LOT, occurred_at="2026-10-22T00:00:00Z", currency="CNY", price=80, components=lines)
    )
    market.ledger.close()
    shop.folder = tmp_path
    text = shop.out("cost", "9506000134352", "LOT-7", "--merchant", "shop.example", "--explain")
    for words in (evil, "[blink]Shop[/blink]", "-0.20 CNY", "-25.0 %"):
        assert words in text
