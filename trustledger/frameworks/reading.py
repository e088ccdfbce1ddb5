"""TOML read strictly: every key is known, every value of its type, no float anywhere, and an error says where.

A file of numbers decides what is shown as safe, so a misspelt key must not silently be no key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from hashlib import sha256
from typing import Any, Final, NoReturn, TypeVar

from trustledger.encoding import check_decimal
from trustledger.errors import FormatError

MAX_FILE: Final = 1 << 20
"""Bytes of a file. The largest shipped has 8 KiB; a table of all limits of GB 2762 would have 60."""
MAX_TEXT: Final = 1000
"""Characters of any one text in a file."""
MAX_ENTRIES: Final = 5000
"""Entries of any one table or list."""
_ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Text:
    """What people read, in both languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """Chinese for ``zh``, else English."""
        return self.zh if language == "zh" else self.en

    @property
    def plain(self) -> dict[str, str]:
        """As JSON."""
        return {"en": self.en, "zh": self.zh}


class Table:
    """One table of a file. Each key is taken once; `end` refuses those that nobody took.

    Args:
        found: The table.
        at: Where it stands, for errors.
    """

    def __init__(self, found: object, at: str = "") -> None:
        if not isinstance(found, dict):
            raise FormatError("frameworks.type", at=at or "—", seen=type(found).__name__, expected="table")
        if len(found) > MAX_ENTRIES:
            raise FormatError("frameworks.too_many", at=at or "—", seen=len(found), expected=MAX_ENTRIES)
        self._found: Mapping[str, Any] = found
        self._at = at
        self._left = dict.fromkeys(found)

    def end(self) -> None:
        """Nothing is left that is not known.

        Raises:
            FormatError: ``frameworks.unknown``.
        """
        for name in self._left:
            raise FormatError("frameworks.unknown", at=self.at(name))

    def at(self, name: str) -> str:
        """Where a key of this table stands."""
        return f"{self._at}.{name}" if self._at else name

    def has(self, name: str) -> bool:
        """Whether the key is there."""
        return name in self._found

    def names(self) -> Iterator[str]:
        """All keys, as the file has them."""
        return iter(self._found)

    def text(self, name: str, default: str | None = None) -> str:
        """A text that is not empty. FormatError ``frameworks.missing``, ``frameworks.type``."""
        if default is not None and not self.has(name):
            return default
        value = self._take(name)
        if not isinstance(value, str) or not value or len(value) > MAX_TEXT:
            self._refuse(name, value, f"text of 1 to {MAX_TEXT} characters")
        return value

    def ident(self, name: str) -> str:
        """An identifier: lower-case words with hyphens. FormatError as `text`."""
        value = self.text(name)
        return value if _ID.fullmatch(value) else self._refuse(name, value, "lower-case-words")

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """True or false. FormatError as `text`."""
        if default is not None and not self.has(name):
            return default
        value = self._take(name)
        return value if isinstance(value, bool) else self._refuse(name, value, "true, false")

    def number(self, name: str, low: int, high: int) -> int:
        """A whole number within bounds. FormatError as `text`."""
        value = self._take(name)
        if type(value) is not int or not low <= value <= high:
            self._refuse(name, value, f"{low}…{high}")
        return value

    def decimal(self, name: str) -> str:
        """A decimal in quotes. FormatError as `text`; a bare number with a point was refused before."""
        return self.check_decimal(name, self._take(name))

    def check_decimal(self, name: str, value: object) -> str:
        """A value found under a name, as a decimal. FormatError ``frameworks.type``."""
        if not isinstance(value, str):
            self._refuse(name, value, '"0.05"')
        try:
            return check_decimal(value)
        except FormatError:
            self._refuse(name, value, '"0.05"')

    def day(self, name: str) -> date:
        """A date without a time. FormatError as `text`."""
        value = self._take(name)
        if not isinstance(value, date) or isinstance(value, datetime):
            self._refuse(name, value, "2026-09-02")
        return value

    def pair(self, name: str) -> Text:
        """A table of English and Chinese. FormatError as `text`."""
        table = self.table(name)
        found = Text(table.text("en"), table.text("zh"))
        table.end()
        return found

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; an absent one is empty. FormatError as `text`."""
        return tuple(self.items(name, lambda table, key: table.text(key))) if self.has(name) else ()

    def items(self, name: str, read: Callable[[Table, str], T]) -> Iterator[T]:
        """Each item of a list, read as the key of a table of its own. FormatError as `text`."""
        value = self._take(name)
        if not isinstance(value, list) or len(value) > MAX_ENTRIES:
            self._refuse(name, value, "list")
        for number, item in enumerate(value):
            yield read(Table({str(number): item}, self.at(name)), str(number))

    def table(self, name: str) -> Table:
        """A table within. FormatError as `text`."""
        return Table(self._take(name), self.at(name))

    def tables(self, name: str) -> Iterator[tuple[str, Table]]:
        """The tables within a table, by name. FormatError as `text`."""
        within = self.table(name)
        for key in within.names():
            yield key, within.table(key)

    def expect(self, name: str, *allowed: str) -> str:
        """A text that is one of a few. FormatError as `text`."""
        value = self.text(name)
        return value if value in allowed else self._refuse(name, value, ", ".join(allowed))

    def _take(self, name: str) -> Any:
        if name not in self._found:
            raise FormatError("frameworks.missing", at=self.at(name))
        self._left.pop(name, None)
        return self._found[name]

    def _refuse(self, name: str, value: object, expected: str) -> NoReturn:
        raise FormatError("frameworks.type", at=self.at(name), seen=str(value)[:80], expected=expected)


def read_toml(raw: bytes) -> tuple[Table, str]:
    """A file's top table, and the SHA-256 of the file in hex.

    Raises:
        FormatError: ``frameworks.too_large``, ``frameworks.toml``, ``frameworks.float``.
    """
    if len(raw) > MAX_FILE:
        raise FormatError("frameworks.too_large", seen=len(raw), expected=MAX_FILE)
    try:
        found = tomllib.loads(raw.decode(), parse_float=_no_float)
    except FormatError:
        raise
    except (ValueError, RecursionError) as error:  # of both TOML and UTF-8
        raise FormatError("frameworks.toml", seen=str(error)[:200]) from None
    return Table(found), sha256(raw).hexdigest()


def exact(text: str) -> Fraction:
    """A decimal that was checked, exactly."""
    return Fraction(text)


def _no_float(text: str) -> NoReturn:
    raise FormatError("frameworks.float", seen=text, expected=f'"{text}"')
