"""The README does what it says, in both languages."""

from __future__ import annotations

import inspect
import re

import pytest
from documents import ROOT, Runner, blocks, links

from trustledger import errors

pytestmark = pytest.mark.smoke
READMES = ("README.md", "README.zh.md")


@pytest.mark.parametrize("name", READMES)
def test_every_block_of_the_readme_runs(name, tmp_path, monkeypatch):
    assert Runner(tmp_path, monkeypatch).run(ROOT / name) > 20


def test_both_readmes_run_the_same_programs_and_commands():
    """Translations differ in words, not in what is done."""
    english, chinese = ([b for b in blocks(ROOT / name) if b.language == "console"] for name in READMES)
    shapes = [
        [re.findall(r"^\$ (trustledger \w+)", block.text, re.MULTILINE) for block in found]
        for found in (english, chinese)
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("name", READMES)
def test_the_table_of_exit_codes_is_that_of_the_error_classes(name):
    found: dict[int, set[str]] = {}
    for title, error in inspect.getmembers(errors, inspect.isclass):
        if issubclass(error, errors.TrustLedgerError):
            found.setdefault(error.exit_code, set()).add(title)
    rows = re.findall(r"^\| (\d) \|[^|]*\|([^|]*)\|$", (ROOT / name).read_text("utf-8"), re.MULTILINE)
    table = {int(code): set(re.findall(r"`(\w+)`", names)) for code, names in rows}
    assert {code: names for code, names in table.items() if names} == found
    assert set(table) == set(range(6))


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_somewhere(name):
    away = {
        "LICENSE",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
    }  # not in the folder where a wheel is tried
    assert [link for link in links(ROOT / name) if link not in away and not (ROOT / link).exists()] == []
