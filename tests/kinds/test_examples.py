import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize("name", ["build.common", "build.goods", "build.papers", "registry", "units"])
def test_examples_in_docstrings(name):
    module = import_module(f"trustledger.kinds.{name}")
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed
