"""What is installed from a wheel: everything that is needed, and nothing else."""

from __future__ import annotations

import json
from importlib.metadata import distribution
from pathlib import Path

import pytest

pytestmark = pytest.mark.smoke


@pytest.fixture(scope="module")
def installed():
    found = distribution("trustledger")
    origin = json.loads(found.read_text("direct_url.json") or "{}")
    if origin.get("dir_info", {}).get("editable"):
        pytest.skip("installed in editable form; this is for the built wheel")
    return found


def test_only_two_packages_are_installed(installed):
    tops = {Path(str(file)).parts[0] for file in installed.files}
    assert {top for top in tops if not top.endswith(".dist-info") and top != ".."} == {
        "trustledger",
        "trustledger_cli",
    }


def test_types_licence_and_all_rooms_come_along(installed):
    files = {str(file) for file in installed.files}
    assert "trustledger/py.typed" in files
    assert "trustledger/kinds/build/__init__.py" in files
    assert any(file.endswith("licenses/LICENSE") for file in files)
    assert not [file for file in files if "/tests/" in file or file.endswith((".mdb", ".key"))]


def test_the_command_and_what_it_says(installed):
    (command,) = [one for one in installed.entry_points if one.group == "console_scripts"]
    assert (command.name, command.value) == ("trustledger", "trustledger.__main__:main")
    assert installed.metadata["License-Expression"] == "Apache-2.0"
    assert installed.metadata["Requires-Python"] == ">=3.11"
