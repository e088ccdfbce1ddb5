r"""Strict reading of a policy's TOML: one verdict on a text whoever reads it, and errors that name the key.

Readers of TOML differ: version 1.1 reads inline tables over several lines and the escapes ``\e`` and ``\xHH``, which
version 1.0 refuses. A text that one auditor accepts and another refuses would be two histories, so `plain_toml` refuses
what they differ about, and no policy needs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  (a table reads a date by that name)
from typing import Any, Final

from trustledger.errors import FormatError

_ODD: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)")
"""Control characters, and a carriage return alone."""
_LATER: Final = re.compile(r"^[^#\n]*[{\\]", re.MULTILINE)
"""A brace or backslash that may stand outside a comment. One behind a ``#`` that is in a string escapes this pattern;
but no text or key of a policy may hold a ``#``, so every version refuses that text all the same."""
_MAX_LINE: Final = 1_000
_LONG: Final = re.compile(rf"[^\n]{{{_MAX_LINE + 1}}}")
"""A key of ten thousand steps (``a.a.a…``) takes a reader of TOML a second; no policy needs lines that long."""
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_SORTS: Final[dict[type, str]] = {dict: "{…}", list: "[…]", type(None): "-"}


def plain_toml(text: str, limit: int) -> dict[str, Any]:
    """The TOML of a text of at most ``limit`` bytes.

    Raises:
        FormatError: ``policy.toml``, ``policy.size``, ``policy.long_line`` or ``policy.plain``.
    """
    try:
        size = len(text.encode())
    except UnicodeEncodeError as error:
        raise FormatError("policy.toml", seen=error.reason) from None
    if size > limit:
        raise FormatError("policy.size", seen=size, expected=limit)
    long = _LONG.search(text)
    if long is not None:
        raise FormatError("policy.long_line", line=_line(text, long.start()), expected=_MAX_LINE)
    odd = _ODD.search(text) or _LATER.search(text)
    if odd is not None:
        raise FormatError("policy.plain", seen=odd[0][-1], line=_line(text, odd.end() - 1))
    try:
        return tomllib.loads(text)
    except (
        RecursionError
    ):  # no key of a policy holds a list of lists: such a text is refused however it is read
        raise FormatError("policy.toml", seen="nested too deeply") from None
    except ValueError as error:  # TOMLDecodeError, and numbers of more digits than Python reads
        raise FormatError("policy.toml", seen=str(error)) from None


def _line(text: str, place: int) -> int:
    """The number of the line at a place of the text, from 1."""
    return text.count("\n", 0, place) + 1


def key_path(at: str, name: str) -> str:
    """The path of a key, written as TOML writes it."""
    step = name if _BARE.fullmatch(name) else f'"{name}"'
    return f"{at}.{step}" if at else step


def shown(value: Any) -> Any:
    """A value as an error names it: lists and tables are not written out; a number stays one, for render to tame."""
    return f'"{value}"' if type(value) is str else _SORTS.get(type(value), value)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the TOML. Each method reads one key of it.

    Every method raises a `FormatError`, ``policy.*``, that names the key's path, what was seen and what was expected.

    Attributes:
        values: Its keys.
        at: Its path; empty for the whole text.
    """

    values: dict[str, Any]
    at: str = ""

    def only(self, *names: str) -> None:
        """No other keys stand here."""
        for name, value in self.values.items():
            if name not in names:
                dotted = self.at.startswith("kinds.") and type(value) is dict
                code = "policy.dotted" if dotted else "policy.unknown"
                raise FormatError(code, at=key_path(self.at, name), seen=name, expected=", ".join(names))

    def table(self, name: str) -> Table:
        """A table; an empty one where it is absent."""
        value = self.values.get(name, {})
        if type(value) is not dict:
            raise self._wrong(name, "a table", "一个表")
        return Table(value, key_path(self.at, name))

    def number(self, name: str, low: int, high: int, default: int) -> int:
        """A whole number within limits, both included."""
        value = self.values.get(name, default)
        if type(value) is not int or not low <= value <= high:
            raise self._wrong(name, f"a whole number from {low} to {high}", f"{low} 至 {high} 的整数")
        return value

    def date(self, name: str) -> Date:
        """A date without a time, which must be there."""
        value = self.required(name)
        if type(value) is not Date:
            raise self._wrong(
                name, "a date such as 2026-11-22, without quotes", "日期，如 2026-11-22，不加引号"
            )
        return value

    def name(self, name: str) -> str:
        """The name of something, which must be there: a word that is written alike everywhere."""
        value = self.required(name)
        if type(value) is not str or re.fullmatch(r"[a-z0-9][a-z0-9_.\-]{0,63}", value) is None:
            raise self._wrong(
                name,
                "1 to 64 characters a-z, 0-9, “_”, “.”, “-”, a letter or digit first",
                "1 至 64 个字符（a-z、0-9、“_”、“.”、“-”），以字母或数字开头",
            )
        return value

    def choice(self, name: str, choices: Sequence[str]) -> str | None:
        """One of some words; None where it is absent."""
        if name not in self.values:
            return None
        value = self.values[name]
        if type(value) is not str or value not in choices:
            words = ", ".join(f'"{one}"' for one in choices)
            raise self._wrong(name, f"one of {words}", f"{words} 之一")
        return value

    def names(self, name: str) -> list[str]:
        """A list of different texts; empty where it is absent."""
        value = self.values.get(name, [])
        if type(value) is not list or not all(type(item) is str for item in value):
            raise self._wrong(name, 'a list of names, such as ["merchant"]', '名称列表，如 ["merchant"]')
        if len(set(value)) != len(value):
            raise FormatError("policy.twice", at=key_path(self.at, name), seen=", ".join(value))
        return value

    def required(self, name: str) -> Any:
        """A value that must be there."""
        if name not in self.values:
            raise FormatError("policy.missing", at=key_path(self.at, name))
        return self.values[name]

    def _wrong(self, name: str, expected: str, expected_zh: str) -> FormatError:
        return FormatError(
            "policy.value",
            at=key_path(self.at, name),
            seen=shown(self.values.get(name)),
            expected=expected,
            expected_zh=expected_zh,
        )
