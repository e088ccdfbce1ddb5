"""Every error raised in the core and the ledger passes the facts that its sentences name."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

import trustledger
from trustledger.messages import catalogue, render

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(trustledger.__file__).parent
CORE = ("encoding.py", "msgpack_strict.py", "subject.py", "record.py", "statement.py", "chain.py", "log.py")
FILES = [
    *(PACKAGE / name for name in CORE),
    *sorted((PACKAGE / "authority").glob("*.py")),
    *sorted((PACKAGE / "ledger").glob("*.py")),
]
CHOSEN = {"ledger.records_root", "ledger.links_root"}
"""Codes that a raise chooses by a variable; `tests/ledger/test_lies.py` raises both."""


def _raises() -> Iterator[tuple[str, str, set[str]]]:
    """Each call that makes an error: where, its code, and the facts it passes."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if not (name.endswith("Error") or name == "fail"):
                continue
            for code in ast.walk(node.args[0]):
                if isinstance(code, ast.Constant) and isinstance(code.value, str) and "." in code.value:
                    facts = {keyword.arg for keyword in node.keywords if keyword.arg}
                    yield (
                        f"{path.name}:{node.lineno}",
                        code.value,
                        facts | ({"offset"} if name == "fail" else set()),
                    )


RAISES = sorted(((at, code, frozenset(facts)) for at, code, facts in _raises()), key=lambda one: one[:2])


def _fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_the_search_finds_the_raises():
    assert len(RAISES) > 120


@pytest.mark.parametrize(("at", "code", "facts"), RAISES, ids=lambda one: one if isinstance(one, str) else "")
def test_every_code_has_a_sentence_and_its_facts(at, code, facts):
    assert code in catalogue(), f"{at}: no sentence for {code}"
    for sentence in catalogue()[code]:
        assert _fields(sentence) <= facts, f"{at}: {code} is raised without {_fields(sentence) - facts}"


def test_no_sentence_is_left_over():
    from trustledger.messages import authority, core, ledger

    used = {code for _, code, _ in RAISES} | CHOSEN
    assert {*authority.SENTENCES, *core.SENTENCES, *ledger.SENTENCES} - used == set()


def test_hostile_facts_cannot_drive_a_terminal():
    shown = render("subject.uri", "en", {"seen": "\x1b[2J\u202ehttp:" + "x" * 999})
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert len(shown) < 700
