"""A ledger in memory with a farm, a dairy, a trader and a shop."""

import pytest
from cost_world import World


@pytest.fixture
def world():
    return World()
