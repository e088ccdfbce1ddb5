"""Every command explains itself, in two languages."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest
import trustledger_cli
from click.testing import CliRunner

from .conftest import cli, run


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [path]
    for name, command in group.commands.items():
        found += commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
    return found


ALL = commands(cli)


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_has_an_example_and_the_common_options(path):
    result = run(*path, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    assert "--json" in result.output
    assert "Usage: trustledger" in result.output


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_help_speaks_chinese(path):
    result = run(*path, "--help", "--lang", "zh")
    assert result.exit_code == 0
    assert "用法：" in result.output
    assert "示例" in result.output
    assert "Show this" not in result.output


@pytest.mark.parametrize("path", [path for path in ALL if path], ids=" ".join)
def test_every_option_is_explained_in_both_languages(path):
    command: click.Command = cli
    for name in path:
        assert isinstance(command, click.Group)
        command = command.commands[name]
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.texts["en"]
            assert re.search("[一-鿿]", parameter.texts["zh"]), parameter.name


@pytest.mark.parametrize("path", ALL, ids=" ".join)
def test_examples_are_commands_that_exist(path):
    """The first words of each example line name a command, and its options are options of that command."""
    for language in ("en", "zh"):
        output = run(*path, "--help", "--lang", language).output
        examples = [
            line.split("#")[0].split() for line in output.split("\n") if line.startswith("  trustledger ")
        ]
        assert examples
        for words in examples:
            names = {word.partition("=")[0] for word in words if word.startswith("--")}
            command: click.Command = cli
            for word in words[1:]:
                if isinstance(command, click.Group) and word in command.commands:
                    command = command.commands[word]
            assert command is not cli
            known = {name for parameter in [*command.params, *cli.params] for name in parameter.opts}
            assert names <= known | {"--help"}


def test_no_arguments_show_the_overview():
    result = run()
    assert result.exit_code == 0
    assert "append" in result.output


def test_the_language_follows_option_environment_profile_and_locale(monkeypatch, tmp_path):
    zh = "谁也无法悄悄改动"
    assert zh not in run("--help").output
    assert zh in run("--help", env={"LANG": "zh_CN.UTF-8"}).output
    assert zh in run("--help", env={"TRUSTLEDGER_LANG": "zh"}).output
    assert zh not in run("--help", "--lang", "en", env={"TRUSTLEDGER_LANG": "zh"}).output
    (tmp_path / "profile.json").write_text('{"version": 1, "language": "zh"}')
    assert zh in run("--help").output
    assert zh not in run("--help", env={"TRUSTLEDGER_LANG": "en"}).output


def test_a_damaged_profile_does_not_stop_help(tmp_path):
    (tmp_path / "profile.json").write_text("{")
    assert run("--help").exit_code == 0


def phrases_used() -> set[str]:
    """Names of phrases that stand in the code as plain strings."""
    used = set()
    for path in Path(trustledger_cli.__file__).parent.rglob("*.py"):
        if "texts" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    used.add(node.value)
    return used


def test_every_phrase_has_both_languages_and_the_same_facts():
    from trustledger_cli.texts.phrases import _PHRASES

    for name, (en, zh) in _PHRASES.items():
        assert en, name
        assert zh, name
        assert set(re.findall(r"\{(\w+)\}", en)) == set(re.findall(r"\{(\w+)\}", zh)), name


def test_every_phrase_named_in_the_code_exists_and_none_is_left_over():
    from trustledger_cli.texts.phrases import _PHRASES

    used = phrases_used()
    prefixes = {name.partition(".")[0] for name in _PHRASES}
    named = {
        text
        for text in used
        if re.fullmatch(r"[a-z]+\.[a-z0-9_.]+", text) and text.partition(".")[0] in prefixes
    }
    from trustledger.messages import catalogue

    unknown = {
        name for name in named if name not in _PHRASES and name not in catalogue() and not name.endswith(".")
    }
    assert not {
        name
        for name in unknown
        if Path(name).suffix[1:] not in {"key", "csv", "py", "statement", "mdb", "card", "ledger"}
    }
    composed = (
        "help.",
        "stats.",
        "count.",
        "progress.",
        "demo.",
        "card.is.",
        "card.why.",
        "card.says.",
        "card.word.",
        "score.name.",
        "score.rests.",
    )
    assert not {name for name in _PHRASES if name not in used and not name.startswith(composed)}


def test_every_error_of_the_command_line_has_a_sentence():
    from trustledger.messages import catalogue

    for text in phrases_used():
        if re.fullmatch(r"cli\.[a-z_]+", text):
            assert text in catalogue()


def test_the_version():
    assert re.fullmatch(r"trustledger \d+\.\d+\.\d+\n", CliRunner().invoke(cli, ["--version"]).output)
