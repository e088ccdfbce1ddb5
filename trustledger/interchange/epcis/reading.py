"""From a file to events: strict JSON, exact numbers, bounded sizes; no context is ever fetched.

JSON as Python reads it would let three things through that a ledger must not swallow: a key given twice
(readers disagree about which one counts), floats (0.1 is not 0.1), and NaN. Here a number is exact or
refused.
"""

from __future__ import annotations

import itertools
import json
import re
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, NoReturn

from trustledger.encoding import MAX_INT
from trustledger.errors import FormatError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

MAX_FILE: Final = 64 * 1024 * 1024
"""Largest file in bytes. A document is read whole (its end may change the meaning of its beginning); larger
ones are to be split, which EPCIS allows between any two events."""
_SHOWN: Final = 16  # characters of what is no JSON that are quoted
MAX_DIGITS: Final = 40
"""Longest number in characters, as long as a measurement may be (format v1, section 1)."""

_NUMBER: Final = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")
_KEY: Final = itemgetter(0)
_XML: Final = re.compile(rb"\s*<")
_BODIES: Final = ("epcisBody", "queryResults", "resultsBody")


class BadNumber(str):
    """A JSON number that cannot be kept exactly: a mark until the event that holds it is refused."""

    __slots__ = ()


class Source(NamedTuple):
    """The events of one file, in order, and what the document says for all of them.

    Attributes:
        events: Whatever stands where an event is expected; nobody has looked at it yet.
        prefixes: Name → IRI, from the contexts written out in the document.
    """

    events: list[Any]
    prefixes: Mapping[str, str]


class _DuplicateKeyError(ValueError):
    """A key stands twice in one object."""


def load(path: str | Path) -> Source:
    """Read a file of EPCIS 2.0 JSON or JSON-LD.

    Args:
        path: An EPCISDocument, an EPCISQueryDocument, one bare event, or an array of events.

    Raises:
        FormatError: ``epcis.unreadable``, ``epcis.too_large``, ``epcis.xml``, ``epcis.utf8``, ``epcis.json``,
            ``epcis.duplicate_key``, ``epcis.too_deep``, ``epcis.no_events``.
    """
    document = parse(_bytes(Path(path)))
    return Source(list(_events(document)), _prefixes(document))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_FILE + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise FormatError("epcis.unreadable", seen=reason or type(error).__name__) from None
    if len(raw) > MAX_FILE:
        raise FormatError("epcis.too_large", expected=MAX_FILE)
    return raw


def parse(raw: bytes) -> Any:
    """Strict JSON: keys unique and sorted, numbers as ints or decimal strings (or `BadNumber`).

    Raises:
        FormatError: As `load`.
    """
    if _XML.match(raw.removeprefix(b"\xef\xbb\xbf")):
        raise FormatError("epcis.xml")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FormatError("epcis.utf8", at=error.start) from None
    try:
        return _DECODER.decode(text)
    except _DuplicateKeyError as error:
        raise FormatError("epcis.duplicate_key", seen=error.args[0]) from None
    except json.JSONDecodeError as error:
        seen = text[error.pos : error.pos + _SHOWN].strip() or "—"
        raise FormatError("epcis.json", at=error.lineno, seen=seen) from None
    except RecursionError:
        raise FormatError("epcis.too_deep") from None
    except ValueError as error:
        raise FormatError("epcis.json", at="?", seen=error) from None


def exact(text: str) -> str | None:
    """A JSON number's decimal form, without exponent and without a sign before zero.

    Returns:
        The decimal with the digits as written, or None if the text is no number or longer than `MAX_DIGITS`.
    """
    match = _NUMBER.fullmatch(text)
    if match is None or len(text) > 4 * MAX_DIGITS:
        return None
    sign, whole, fraction, exponent = match[1], match[2], match[3] or "", match[4]
    if exponent is not None:
        shift = int(exponent)
        if abs(shift) > MAX_DIGITS:
            return None
        if shift >= 0:
            fraction = fraction.ljust(shift, "0")
            whole, fraction = whole + fraction[:shift], fraction[shift:]
        else:
            whole = whole.rjust(1 - shift, "0")
            whole, fraction = whole[:shift], whole[shift:] + fraction
    whole = whole.lstrip("0") or "0"
    if sign and not (whole + fraction).strip("0"):
        sign = ""
    decimal = f"{sign}{whole}.{fraction}" if fraction else sign + whole
    return decimal if len(decimal) <= MAX_DIGITS else None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    pairs.sort(key=_KEY)
    made = dict(pairs)
    if len(made) != len(pairs):
        raise _DuplicateKeyError(next(a for (a, _), (b, _) in itertools.pairwise(pairs) if a == b))
    return made


def _float(text: str) -> str:
    decimal = exact(text)
    return BadNumber(text) if decimal is None else decimal


def _int(text: str) -> int | str:
    if len(text) <= 17:
        value = int(text)
        if -MAX_INT <= value <= MAX_INT:
            return value
    return _float(text)


def _constant(text: str) -> NoReturn:
    raise ValueError(text)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_float, parse_int=_int, parse_constant=_constant
)


def _events(document: Any) -> Iterator[Any]:
    if isinstance(document, list):
        yield from document
        return
    if not isinstance(document, dict):
        raise FormatError("epcis.no_events")
    body = document
    for name in _BODIES:
        inner = body.get(name)
        if isinstance(inner, dict):
            body = inner
    listed = body.get("eventList")
    if isinstance(listed, list):
        yield from listed
    elif isinstance(listed, dict):
        yield listed
    elif isinstance(body.get("event"), dict):
        yield body["event"]
    elif body is document and "eventTime" in document:
        yield document
    else:
        raise FormatError("epcis.no_events")


def _prefixes(document: Any) -> dict[str, str]:
    """Prefixes defined in the document itself; contexts named by their address stay unread."""
    if not isinstance(document, dict) or "eventTime" in document:
        return {}
    contexts = document.get("@context")
    found: dict[str, str] = {}
    for context in contexts if isinstance(contexts, list) else [contexts]:
        if isinstance(context, dict):
            found.update({name: iri for name, iri in context.items() if type(iri) is str and name[:1] != "@"})
    return found
