"""The guides do what they say."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import csv_reference
import pytest
from documents import ROOT, Runner, links

from trustledger.interchange import ReadOptions
from trustledger.interchange.csv import template
from trustledger.interchange.csv.columns import SHEETS
from trustledger.interchange.upload import check

pytestmark = pytest.mark.smoke
DOCS = sorted((ROOT / "docs").glob("*.md"))
RUN = [
    path for path in DOCS if path.name != "format.md"
]  # known answers of the format have tests of their own


@pytest.mark.parametrize("path", RUN, ids=lambda path: path.name)
def test_every_block_of_a_guide_runs(path, tmp_path, monkeypatch):
    Runner(tmp_path, monkeypatch).run(path)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path):
    above = {
        "../ARCHITECTURE.md",
        "../CONTRIBUTING.md",
        "../CHANGELOG.md",
    }  # not in the folder where a wheel is tried
    assert [link for link in links(path) if link not in above and not (path.parent / link).exists()] == []


def test_every_test_that_the_threat_model_names_exists():
    table = (ROOT / "docs" / "threat-model.md").read_text("utf-8").partition("## Attacks")[2]
    path, named = "", []
    for file, test in re.findall(r"`(tests/[\w/]+\.py)?(?:::(\w+))?`", table):
        path = file or path
        named.append((path, test))
    missing = [(file, test) for file, test in named if f"def {test}" not in (ROOT / file).read_text("utf-8")]
    assert len(named) > 30
    assert missing == []


def test_the_table_of_columns_is_that_of_the_reader():
    text = csv_reference.DOCUMENT.read_text("utf-8")
    assert csv_reference.BEGIN in text
    assert csv_reference.written(text) == text, "run python tests/project/csv_reference.py"


def _first_row(kind, dropped=(), kept=None):
    """The first example row of a template, less some columns: what is wrong with it."""
    header, row = list(csv.reader(io.StringIO(template(kind)[1:])))[:2]
    cells = {key: cell for key, cell in zip(header, row, strict=True) if cell and key not in dropped}
    if kept is not None:
        cells = {key: cell for key, cell in cells.items() if key in kept}
    text = io.StringIO()
    csv.writer(text).writerows([list(cells), list(cells.values())])
    Path("sheet.csv").write_text(text.getvalue(), "utf-8")
    options = ReadOptions(zone=ZoneInfo("Asia/Shanghai"), party="https://farm.example/", kind=kind)
    return check(["sheet.csv"], options).problems


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_a_row_needs_what_the_guide_says_it_needs_and_no_more(kind, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    needs = csv_reference.needs(SHEETS[kind])
    kept = {key for need in needs for key in need if key in ("gtin", "lot") or key == need[0]} | {"name_en"}
    kept |= {key for need in needs for key in need if key.endswith(("_lot", "_gtin", "_lot_party"))}
    assert not _first_row(kind, kept=kept | {"input_lot_party"})
    for need in needs:
        assert _first_row(kind, dropped=need), need


@pytest.mark.parametrize(
    "path", [*DOCS, ROOT / "README.md", ROOT / "README.zh.md"], ids=lambda path: path.name
)
def test_commands_named_in_the_text_exist_with_their_options(path):
    """What is not run (because it is only mentioned) is at least no invention."""
    from trustledger_cli.entry import cli

    for line in re.findall(r"`trustledger ([^`\n]+)`", path.read_text("utf-8")):
        words = line.split()
        command = cli.commands.get(words[0])
        if words[0].startswith("-"):
            continue
        assert command is not None, line
        inner = getattr(command, "commands", {}).get(words[1] if len(words) > 1 else "", command)
        known = {option for parameter in inner.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known | {"--help"}, line
