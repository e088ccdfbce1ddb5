"""Every error has its sentence, in both languages, with the same facts. Holds for all rooms."""

import ast
import re
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

import trustledger
from trustledger import errors
from trustledger.messages import ROOMS, catalogue, render

SOURCE = Path(trustledger.__file__).parent
CLASSES = {
    name for name, found in vars(errors).items() if isinstance(found, type) and issubclass(found, Exception)
}


def facts_of(sentence):
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def is_chinese(character):
    return "\u4e00" <= character <= "\u9fff"


def is_code(text):
    room, dot, what = text.partition(".")
    return (
        bool(dot)
        and room.replace("_", "").isalnum()
        and what.replace("_", "").replace(".", "").isalnum()
        and text.islower()
    )


def raised():
    """(file, line, code, facts or None if not all are written out) of every error made in the source."""
    for path in sorted([*SOURCE.rglob("*.py"), *(SOURCE.parent / "cli").rglob("*.py")]):
        tree = ast.parse(path.read_text())
        own = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ClassDef) and node.name.endswith("Error")
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if called not in CLASSES | own:
                continue
            choices = (
                [node.args[0]]
                if not isinstance(node.args[0], ast.IfExp)
                else [node.args[0].body, node.args[0].orelse]
            )
            for choice in choices:
                if isinstance(choice, ast.Constant) and isinstance(choice.value, str):
                    yield f"{path.relative_to(SOURCE.parent)}:{node.lineno}", choice.value


def test_rooms_do_not_share_codes():
    count = sum(len(import_module(f"trustledger.messages.{room}").SENTENCES) for room in ROOMS)
    assert count == len(catalogue())


def test_every_raised_code_has_a_sentence():
    found = list(raised())
    assert len(found) > 50
    missing = [f"{place} {code}" for place, code in found if code not in catalogue()]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_sentence(code):
    english, chinese = catalogue()[code]
    assert is_code(code)
    # A reason that is itself a sentence comes as two facts, one for each language.
    assert {name.removesuffix("_zh") for name in facts_of(english)} == {
        name.removesuffix("_zh") for name in facts_of(chinese)
    }
    if code.startswith("rows.at_"):
        return  # not a sentence but the place before one
    assert sum(map(is_chinese, english)) * 4 < len(english)  # it may quote a Chinese cell
    assert any(map(is_chinese, chinese))
    assert english == english.strip()
    assert chinese == chinese.strip()


def test_the_rooms_of_rows_have_no_idle_sentences():
    source = "".join(path.read_text() for path in [SOURCE / "gs1.py", *(SOURCE / "kinds").rglob("*.py")])
    quoted = set(re.findall(r"""["']([a-z0-9_]+\.[a-z_]+)["']""", source))
    assert not set(import_module("trustledger.messages.kinds").SENTENCES) - quoted


def test_hostile_facts_are_tamed():
    shown = render("encoding.float", "en", {"seen": "\x1b[2J" + "x" * 5000, "at": "a\nb"})
    assert shown.isprintable()
    assert len(shown) < 1000
