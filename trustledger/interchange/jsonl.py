"""JSON Lines: the plain form of every record, one JSON object a line.

Strict, since what is read here is signed: no duplicate keys, no NaN, no number with a fraction or exponent
(they would pass through a float), no field nobody knows.
"""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Final, NoReturn

from trustledger.errors import FormatError
from trustledger.interchange.rows import Place, Problem, Row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from trustledger.interchange.rows import ReadOptions, RowOrProblem

MAX_LINE: Final = 256 * 1024
"""Bytes of a line: four times the largest record (format §1), room for escapes and spaces."""

FIELDS: Final = {
    "kind": str,
    "subject": str,
    "also": list,
    "occurred_at": str,
    "data": dict,
    "seal": list,
    "evidence": list,
}
"""The fields of a plain row and their types."""

_REQUIRED: Final = ("kind", "subject", "occurred_at", "data")
_WRONG: Final = {str: "jsonl.not_text", list: "jsonl.not_list", dict: "jsonl.not_map"}
"""What is said of a field that is not of its type."""
_SHOWN: Final = 40  # characters of what is quoted
_AROUND: Final = 12  # of a line that is no JSON: few, since one of its values may be private
_MAX_INT: Final = 2**53 - 1  # format §1
_MAX_DEPTH: Final = 64  # well over the format's 16, well under the interpreter's own limit
_BOM: Final = b"\xef\xbb\xbf"
_PROGRESS_EVERY: Final = 1024  # lines


def read(path: Path, options: ReadOptions) -> Iterator[RowOrProblem]:
    """Read a file of JSON Lines in UTF-8, with or without a byte order mark; blank lines are passed over.

    Args:
        path: The file.
        options: Only ``progress`` and ``name`` matter here.

    Yields:
        A row or a problem for each line.

    Raises:
        OSError: The file cannot be read.
    """
    name, number, done = options.name or str(path), 0, 0
    with path.open("rb") as file:
        while line := file.readline(MAX_LINE + 1):
            number += 1
            done += len(line)
            if len(line) > MAX_LINE and not line.endswith(b"\n"):
                done += _skip_line(file)
                yield Problem("jsonl.long_line", Place(name, number), expected=MAX_LINE)
                continue
            if number == 1:
                line = line.removeprefix(_BOM)
            if line.strip():
                place = Place(name, number)
                try:
                    yield Row(place, parse(line), (number,))
                except FormatError as error:
                    field = error.facts.pop("field", None)
                    yield Problem.at(place._replace(column=None if field is None else str(field)), error)
            if options.progress is not None and number % _PROGRESS_EVERY == 0:
                options.progress(done)
    if options.progress is not None:
        options.progress(done)


def parse(line: bytes) -> dict[str, Any]:
    """One line as a plain row.

    Args:
        line: UTF-8.

    Raises:
        FormatError: ``jsonl.…``; the fact ``field`` names the top-level field where one is at fault.
    """
    if _depth_is_hostile(line):
        raise FormatError("jsonl.deep", expected=_MAX_DEPTH)
    try:
        text = line.decode("utf-8")
        row = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        raise FormatError("jsonl.encoding", seen=error.object[error.start : error.start + 4]) from None
    except json.JSONDecodeError as error:
        seen = text[error.pos :][:_AROUND].strip() or "—"
        raise FormatError("jsonl.syntax", seen=seen, position=error.pos + 1) from None
    if b"\\ud" in line.lower() and not _is_unicode(row):
        raise FormatError("jsonl.surrogate")
    if type(row) is not dict:
        raise FormatError("jsonl.not_object", seen=_quoted(row))
    _check_fields(row)
    return row


def _is_unicode(value: Any) -> bool:
    """Whether no text in it holds a lone surrogate, which JSON can escape but UTF-8 cannot write."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_fields(row: dict[str, Any]) -> None:
    for field, value in row.items():
        wanted = FIELDS.get(field)
        if wanted is None:
            near = get_close_matches(field[:64], FIELDS, n=1, cutoff=0.4)
            expected = near[0] if near else ", ".join(FIELDS)
            raise FormatError("jsonl.unknown_field", seen=field, expected=expected, field=field)
        if type(value) is not wanted:
            raise FormatError(_WRONG[wanted], seen=_quoted(value), field=field)
    for field in _REQUIRED:
        if field not in row:
            raise FormatError("jsonl.missing_field", expected=field, field=field)
    for field in ("also", "seal"):
        _check_items(row, field, (str,), "jsonl.not_texts")
    _check_items(row, "evidence", (str, dict), "jsonl.not_evidence")


def _check_items(row: dict[str, Any], field: str, types: tuple[type, ...], code: str) -> None:
    for item in row.get(field, ()):
        if type(item) not in types:
            raise FormatError(code, seen=_quoted(item), field=field)


def _quoted(value: Any) -> str:
    """The beginning of a value as JSON writes it."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def _skip_line(file: Any) -> int:
    """Pass over the rest of a line that is too long; returns its bytes."""
    skipped = 0
    while piece := file.readline(MAX_LINE):
        skipped += len(piece)
        if piece.endswith(b"\n"):
            break
    return skipped


def _depth_is_hostile(line: bytes) -> bool:
    """Whether brackets nest beyond what any record may: asked before the parser recurses."""
    if line.count(b"[") + line.count(b"{") <= _MAX_DEPTH:
        return False
    depth, in_text, escaped = 0, False, False
    for byte in line:
        if in_text:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_text = False
        elif byte == 0x22:
            in_text = True
        elif byte in b"[{":
            depth += 1
            if depth > _MAX_DEPTH:
                return True
        elif byte in b"]}":
            depth -= 1
    return False


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise FormatError("jsonl.duplicate_key", seen=next(name for name in names if names.count(name) > 1))
    return made


def _refuse_float(text: str) -> NoReturn:
    raise FormatError("jsonl.float", seen=text)


def _refuse_constant(text: str) -> NoReturn:
    raise FormatError("jsonl.constant", seen=text)


def _integer(text: str) -> int:
    if len(text) > 17 or not -_MAX_INT <= int(text) <= _MAX_INT:
        raise FormatError("jsonl.integer", seen=text, expected=_MAX_INT)
    return int(text)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_unique, parse_float=_refuse_float, parse_constant=_refuse_constant, parse_int=_integer
)
