"""The screen: where people read. What comes out of a ledger or a file is hostile, and cleaned first."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final

from rich import box
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from trustledger.encoding import format_time
from trustledger.errors import Language
from trustledger_cli.texts.phrases import phrase

_PIPED_WIDTH: Final = 160
"""Columns where no terminal says how many: room for a URI and a hash on one line."""
_PATIENCE: Final = 1.0
"""Seconds of work before a progress bar appears."""
_PADDING: Final = re.compile(r" +(?=\n)")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def clean(value: object) -> str:
    """Text without control characters, so that nobody's data can drive a reader's terminal."""
    text = value.hex() if isinstance(value, bytes) else str(value)
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii") for c in text
    )


class Screen:
    """Two consoles, a language and a time zone."""

    def __init__(self, language: Language, zone: tzinfo | None = None) -> None:
        self.language: Language = language
        self.zone = zone
        self.console = _console(sys.stdout)
        self.errors = _console(sys.stderr)

    def say(self, name: str, /, **facts: object) -> str:
        """A phrase of the interface in the language of this run."""
        return phrase(name, self.language, **{key: clean(value) for key, value in facts.items()})

    def show(self, *what: RenderableType) -> None:
        """Draw something."""
        for renderable in what:
            self.console.print(renderable)

    def line(self, name: str = "", style: str = "", /, **facts: object) -> None:
        """A phrase on a line of its own."""
        self.console.print(Text(self.say(name, **facts) if name else "", style=style))

    def plain(self, text: str, style: str = "") -> None:
        """Text as it is, unbroken, so that it can be copied."""
        self.console.print(Text(clean_lines(text), style=style), soft_wrap=True)

    def good(self, name: str, /, **facts: object) -> None:
        """Something that succeeded."""
        self.console.print(Text.assemble(("✓ ", "bold green"), self.say(name, **facts)))

    def warn(self, name: str, /, **facts: object) -> None:
        """Something to know, on standard error."""
        self.errors.print(Text.assemble(("! ", "bold yellow"), self.say(name, **facts)), soft_wrap=True)

    def error(self, sentence: str) -> None:
        """An error's sentence, on standard error."""
        self.errors.print(
            Text.assemble((self.say("error"), "bold red"), clean_lines(sentence)), soft_wrap=True
        )

    def error_line(self, sentence: str) -> None:
        """One more line about an error."""
        self.errors.print(Text(clean_lines(sentence)), soft_wrap=True)

    def table(self, *headings: str, title: str = "", right: Sequence[int] = ()) -> Table:
        """An empty table.

        Args:
            *headings: Names of phrases.
            title: Above it.
            right: Columns with numbers.
        """
        piped = not self.console.is_terminal
        look = box.SIMPLE_HEAD if piped else box.ROUNDED
        table = Table(
            box=look,
            title=title or None,
            title_justify="left",
            title_style="bold",
            header_style="bold cyan",
            border_style="dim",
        )
        for number, heading in enumerate(headings):
            justify = "right" if number in right else "left"
            table.add_column(self.say(heading), justify=justify, overflow="fold")  # type: ignore[arg-type]
        return table

    def facts(self, pairs: Sequence[tuple[str, Any]]) -> Table:
        """Names and values below each other.

        Args:
            pairs: Names of phrases, and what stands beside them.
        """
        grid = Table.grid(padding=(0, 2))
        grid.add_column(style="cyan", no_wrap=True)
        grid.add_column(overflow="fold")
        for name, value in pairs:
            grid.add_row(self.say(name), clean_lines(value) if isinstance(value, str) else value)
        return grid

    def panel(self, content: RenderableType, title: str = "", style: str = "cyan") -> RenderableType:
        """A frame around something; where there is no terminal, only its title above it."""
        if self.console.is_terminal:
            heading = Text(title, style="bold") if title else None
            return Panel(content, title=heading, title_align="left", border_style=style, padding=(0, 1))
        return Group(Text(title), Padding(content, (0, 0, 1, 2), expand=False)) if title else content

    def when(self, milliseconds: int, *, exact: bool = False, zone: tzinfo | None = None) -> str:
        """A time in the reader's zone.

        Args:
            milliseconds: Since 1970-01-01T00:00:00Z.
            exact: With seconds and offset.
            zone: Another zone.
        """
        try:
            local = (_EPOCH + timedelta(milliseconds=milliseconds)).astimezone(zone or self.zone)
        except (OverflowError, ValueError, OSError):
            return format_time(milliseconds)  # the years 1 and 9999 have no other zone
        return local.isoformat(" ", "seconds") if exact else local.strftime("%Y-%m-%d %H:%M")

    @contextmanager
    def progress(self, name: str) -> Iterator[Callable[[int, int], None]]:
        """A bar on standard error, once the work takes over a second and somebody watches.

        Args:
            name: Of the phrase beside it.

        Yields:
            A function to be told what is done, and of how much.
        """
        if not self.errors.is_terminal:
            yield lambda _done, _total: None
            return
        bar = _Bar(self.errors, self.say(name))
        try:
            yield bar.update
        finally:
            bar.stop()


class _Bar:
    """A progress bar that waits before it shows itself."""

    def __init__(self, console: Console, label: str) -> None:
        self._console, self._label = console, label
        self._began = time.monotonic()
        self._progress: Progress | None = None
        self._task: Any = None

    def update(self, done: int, total: int) -> None:
        if self._progress is None:
            if time.monotonic() - self._began < _PATIENCE:
                return
            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
            )
            self._progress = Progress(*columns, console=self._console, transient=True)
            self._progress.start()
            self._task = self._progress.add_task(self._label, total=total)
        self._progress.update(self._task, completed=done, total=total)

    def stop(self) -> None:
        if self._progress is not None:
            self._progress.stop()


def clean_lines(text: str) -> str:
    """As `clean`, but lines stay lines."""
    return "\n".join(clean(line) for line in text.split("\n"))


class _Trimmed:
    """A stream that nobody watches: the blanks that fill a table's lines are left out."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return int(self._stream.write(_PADDING.sub("", text)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _console(stream: Any) -> Console:
    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.file = _Trimmed(stream)  # type: ignore[assignment]
        console.width = _PIPED_WIDTH
    return console
