"""A world for each test."""

import pytest
from layout_world import World


@pytest.fixture
def world():
    return World()
