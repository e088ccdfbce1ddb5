"""A ledger in memory with three parties."""

import pytest
from views_world import World


@pytest.fixture
def world():
    world = World()
    world.party("farm", "producer")
    world.party("mill", "processor")
    world.party("shop", "merchant")
    return world
