"""What holds for all code here, whoever writes it (CONTRIBUTING.md says why)."""

from __future__ import annotations

import ast
import doctest
import pkgutil
import re
import subprocess
import sys
import tomllib
from importlib import import_module
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from documents import ROOT

import trustledger

PRODUCT = sorted(path for folder in ("trustledger", "cli") for path in (ROOT / folder).rglob("*.py"))
LONGEST_FILE = 450
LONGEST_FUNCTION = 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
TEXTS = {".py", ".md", ".toml", ".txt", ".cfg", ".yml", ".yaml", ""}

pytestmark = pytest.mark.skipif(not (ROOT / "trustledger").is_dir(), reason="needs the checkout")


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _trees():
    for path in PRODUCT:
        yield _name(path), ast.parse(path.read_text("utf-8"))


def _functions(tree):
    return (node for node in ast.walk(tree) if isinstance(node, FUNCTIONS))


def _lines(function: ast.FunctionDef) -> int:
    """Lines of a function without its docstring."""
    length = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None and len(function.body) > 1:
        length -= (first.end_lineno or 0) - first.lineno + 1
    return length


def test_no_assert_in_the_product():
    """``python -O`` takes them away; a check that matters raises."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Assert)
    ]
    assert found == []


def test_no_file_is_too_long():
    long = {
        _name(path): count
        for path in PRODUCT
        if (count := len(path.read_text("utf-8").splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_no_function_is_too_long():
    long = [
        f"{name}:{node.lineno} {node.name} {_lines(node)}"
        for name, tree in _trees()
        for node in _functions(tree)
        if _lines(node) > LONGEST_FUNCTION
    ]
    assert long == []


def test_every_public_name_is_documented():
    missing = []
    for name, tree in _trees():
        if ast.get_docstring(tree) is None:
            missing.append(name)
        missing += [f"{name}:{where}" for where in _undocumented(tree.body, "")]
    assert missing == []


def _undocumented(body, prefix):
    for node in body:
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)) and not node.name.startswith("_"):
            overload = any(isinstance(one, ast.Name) and one.id == "overload" for one in node.decorator_list)
            setter = any(
                isinstance(one, ast.Attribute) and one.attr == "setter" for one in node.decorator_list
            )
            if ast.get_docstring(node) is None and not overload and not setter:
                yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from _undocumented(node.body, f"{prefix}{node.name}.")


def test_all_is_true():
    """``__all__`` names what is there; the linter sees to its order."""
    for package in ("trustledger", *_modules()):
        module = import_module(package)
        names = getattr(module, "__all__", None)
        if names is not None:
            assert [name for name in names if not hasattr(module, name)] == [], package


def _modules() -> list[str]:
    return [
        module.name
        for module in pkgutil.walk_packages(trustledger.__path__, "trustledger.")
        if not module.name.endswith("__main__")
    ]


@pytest.mark.parametrize("name", _modules())
def test_examples_in_docstrings_run(name):
    failed, _ = doctest.testmod(import_module(name), raise_on_error=False)
    assert failed == 0


@pytest.mark.parametrize(
    "module", ["trustledger", "trustledger.ledger", "trustledger.audit", "trustledger.kinds"]
)
def test_importing_the_library_loads_nothing_heavy(module):
    code = f"import {module}, sys; print(*{{'click', 'rich', 'pydantic', 'platformdirs'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_no_floor_imports_a_higher_one():
    linter = Path(sys.executable).with_name("lint-imports")
    if not linter.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([str(linter), "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_versions_agree():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == trustledger.__version__
    if version("trustledger") == project["version"]:  # else the checkout is newer than what is installed
        assert f"## [{project['version']}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_every_requirement_is_pinned_for_ci():
    pins = {
        line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    names = {re.split(r"[<>=~!\[; ]", one)[0].lower() for one in wanted}
    assert names - pins == set()
    needed = {re.split(r"[<>=~!\[; ]", one)[0].lower() for one in requires("trustledger") or []}
    assert needed - names <= {"editables"}  # which an editable installation adds


FOREIGN = re.compile(
    r"/tmp/|/work/|/root/|\bissues? (?:show|#?[0-9])|\bsub-?agent|\bsessions? (?:of|that|before)|\bthe brief\b"
    r"|\bclosing note|\blanguage model",
    re.IGNORECASE,
)
"""Words about where and by whom this was written: a reader who has only the repository cannot follow them."""


def _texts():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.split("\0"):
        path = ROOT / name
        if path.suffix in TEXTS and path.is_file() and path != Path(__file__):
            yield name, path.read_text("utf-8")


def test_the_repository_speaks_of_the_project_alone():
    found = [
        f"{name}:{number}: {line.strip()}"
        for name, text in _texts()
        for number, line in enumerate(text.splitlines(), 1)
        if FOREIGN.search(line)
    ]
    assert found == []


def test_every_command_stands_in_a_guide():
    from trustledger_cli.entry import cli

    guides = [ROOT / "README.md", ROOT / "README.zh.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(path.read_text("utf-8") for path in guides)
    missing = [name for name in cli.commands if f"trustledger {name}" not in text]
    assert missing == []
