"""Documents that can be run: what stands in their code blocks is done, in order, in one folder.

- ```` ```python ````: run; all blocks of a document share their names, as in one program, and what stands behind
  ``print(…)  # `` is what it prints;
- ```` ```console ````: each line that begins with ``$ `` is run. What follows, up to the next such line, must be found
  in the output, in this order, where ``…`` stands for anything. ``# exits 3`` at the end of a line is the exit code
  that is expected, if it is not 0;
- ```` ```csv name.csv ````: any block with a file name writes that file;
- all other blocks are left alone.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
_FENCE = re.compile(r"^```([a-z]*)[ ]*([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PRINTS = re.compile(r"^ *print\(.*\)  # (.+)$", re.MULTILINE)
_EXITS = re.compile(r"\s+#\s*(?:exits|退出码)\s+(\d+)\s*$")


def links(document: Path) -> list[str]:
    """Where a document's links lead, those to other sites left out."""
    prose = re.sub(r"`[^`\n]*`", "", _FENCE.sub("", document.read_text("utf-8")))
    return [link for link in re.findall(r"\]\(([^)#]+)[^)]*\)", prose) if "://" not in link]


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    language: str
    name: str
    text: str
    line: int


@dataclass(frozen=True)
class Command:
    """A command line of a console block, the output expected of it, and its exit code."""

    arguments: list[str]
    expected: str
    code: int
    line: int


def blocks(document: Path) -> list[Block]:
    """The fenced blocks of a document, in order."""
    text = document.read_text("utf-8")
    return [
        Block(found[1], found[2].strip(), found[3], text.count("\n", 0, found.start()) + 1)
        for found in _FENCE.finditer(text)
    ]


def commands(block: Block) -> list[Command]:
    """The command lines of a console block; a backslash at the end goes on in the next line."""
    found: list[Command] = []
    for number, part in enumerate(re.split(r"^\$ ", block.text, flags=re.MULTILINE)):
        if number == 0:
            assert not part.strip(), f"line {block.line}: output without a command"
            continue
        first, _, expected = part.replace("\\\n", " ").partition("\n")
        exits = _EXITS.search(first)
        words = shlex.split(_EXITS.sub("", first), comments=True)
        found.append(Command(words, expected, int(exits[1]) if exits else 0, block.line))
    return found


class Runner:
    """Runs a document in a folder."""

    def __init__(self, folder: Path, monkeypatch: Any) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.monkeypatch = monkeypatch
        self.count = 0
        for name in [name for name in os.environ if name.startswith("TRUSTLEDGER_")]:
            monkeypatch.delenv(name)
        monkeypatch.setenv("TRUSTLEDGER_PROFILE", str(folder / "profile.json"))
        monkeypatch.setenv("LC_ALL", "C.UTF-8")
        monkeypatch.setenv("COLUMNS", "120")
        monkeypatch.chdir(folder)

    def run(self, document: Path) -> int:
        """Run all of it; returns how many blocks and commands were run."""
        for block in blocks(document):
            where = f"{document.name}, line {block.line}"
            if block.name:
                Path(block.name).write_text(block.text, "utf-8")
            elif block.language == "python":
                self._python(block, document, where)
                self.count += 1
            elif block.language == "console":
                for command in commands(block):
                    self._command(command, where)
                    self.count += 1
        return self.count

    def _python(self, block: Block, document: Path, where: str) -> None:
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(compile("\n" * block.line + block.text, str(document), "exec"), self.names)
        assert_shows(printed.getvalue(), "\n".join(_PRINTS.findall(block.text)), where)

    def _command(self, command: Command, where: str) -> None:
        program, *arguments = command.arguments
        if program == "export":
            name, _, value = arguments[0].partition("=")
            self.monkeypatch.setenv(name, value)
        elif program == "cp":
            shutil.copy(*arguments)
        elif program == "cat":
            assert_shows(Path(arguments[0]).read_text("utf-8"), command.expected, where)
        else:
            assert program == "trustledger", f"{where}: {program}"
            from trustledger_cli.entry import cli

            result = CliRunner().invoke(cli, arguments)
            shown = f"{where}: {shlex.join(command.arguments)}\n{result.output}"
            assert result.exit_code == command.code, (
                f"exit code {result.exit_code}, said {command.code}\n{shown}"
            )
            assert_shows(result.output, command.expected, shown)


def assert_shows(output: str, expected: str, where: str) -> None:
    """Each expected line stands in the output, in order; ``…`` stands for anything, spaces are compared loosely."""
    place = 0
    flat = re.sub(r"\s+", " ", output)
    for line in expected.splitlines():
        wanted = re.sub(r"\s+", " ", line).strip()
        if not wanted:
            continue
        pattern = ".*?".join(re.escape(piece) for piece in wanted.split("…"))
        found = re.compile(pattern).search(flat, place)
        assert found, f"the document promises {wanted!r}\n{where}\n{output}"
        place = found.end()
