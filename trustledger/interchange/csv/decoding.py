"""What a CSV file is written in: its encoding, and what stands between its cells.

UTF-8 is decided by decoding the whole file strictly, which other encodings survive only by chance; what is
not UTF-8 is GB 18030 (and with it GBK and GB 2312), or refused. Nothing is replaced by ``?``. One pass,
memory of one chunk.
"""

from __future__ import annotations

import codecs
import csv
from typing import TYPE_CHECKING, Final

from trustledger.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

MAX_LINE: Final = 1 << 20
"""Bytes of a line, since one line is held in memory."""

DELIMITERS: Final = (",", ";", "\t")


def encoding_of(path: Path) -> str:
    """The codec that reads this file strictly.

    Raises:
        FormatError: ``csv.encoding`` (neither UTF-8 nor GB 18030), ``csv.nul``, ``csv.long_line``.
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        start = file.read(3)
    candidates: tuple[str, ...] = ("utf-8", "gb18030")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ("utf-16",)
    elif start.startswith(codecs.BOM_UTF8):
        candidates = ("utf-8-sig",)
    reached = 1
    for codec in candidates:
        row = _first_undecodable(path, codec)
        if row is None:
            return codec
        reached = max(reached, row)
    raise FormatError("csv.encoding", row=reached)


def _first_undecodable(path: Path, codec: str) -> int | None:
    """Read all of the file: None if it decodes, else the line where it does not."""
    decoder = codecs.getincrementaldecoder(codec)("strict")
    line, length = 1, 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(MAX_LINE)
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return line + error.object[: error.start].count(b"\n")
            if "\0" in text:
                raise FormatError("csv.nul", row=line + text[: text.index("\0")].count("\n"))
            if not chunk:
                return None
            first = _first_break(text)
            if length + first > MAX_LINE:
                raise FormatError("csv.long_line", row=line, expected=MAX_LINE)
            if first < len(text):
                length = len(text) - 1 - max(text.rfind("\n"), text.rfind("\r"))
            else:
                length += first
            line += text.count("\n")


def _first_break(text: str) -> int:
    """Index of the first line break, or the length."""
    newline, carriage = text.find("\n"), text.find("\r", 0, text.find("\n") + 1 or None)
    found = [at for at in (newline, carriage) if at >= 0]
    return min(found, default=len(text))


def delimiter_of(line: str, names: Collection[str], normal: Callable[[str], str]) -> str:
    """The delimiter under which most headers of the first line are known; if all are equal, a comma."""

    def known(delimiter: str) -> int:
        try:
            headers = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(normal(header) in names for header in headers)

    return max(DELIMITERS, key=known)
