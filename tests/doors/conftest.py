"""A market with goods that were tested and priced."""

import pytest
from doors_world import Market


@pytest.fixture
def market():
    market = Market().goods()
    market.report()
    market.prices()
    return market
