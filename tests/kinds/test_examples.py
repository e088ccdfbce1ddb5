import doctest
from importlib import import_module

import pytest


@pytest.mark.parametrize(
    "name",
    [
        "build.commerce",
        "build.common",
        "build.goods",
        "build.layouts",
        "build.papers",
        "build.proceedings",
        "registry",
        "units",
    ],
)
def test_examples_in_docstrings(name):
    module = import_module(f"trustledger.kinds.{name}")
    failed, tried = doctest.testmod(module)
    assert tried
    assert not failed
