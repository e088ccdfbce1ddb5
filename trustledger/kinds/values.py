"""One value at a time: what a person or program may pass, and the canonical form that is signed.

Each function returns the canonical value or raises a FormatError with ``seen``. Nothing here knows pydantic;
the models only name these rules, and errors are told by the rule itself.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from trustledger.encoding import MAX_INT, check_time, parse_time
from trustledger.errors import FormatError, SignatureError
from trustledger.gs1 import classes, digital_link_problem
from trustledger.keys import open_key_note
from trustledger.kinds.currencies import CURRENCIES
from trustledger.kinds.spec import RANDOM_URN
from trustledger.subject import check_party, check_subject

MAX_TEXT: Final = 4096
"""Characters of a text. Sixteen of them at three bytes each fit a record of 65,535 bytes."""
MAX_NAME: Final = 255
"""Characters of a number, name or other identifier."""
MAX_DECIMAL: Final = 40
"""Characters of a measurement (format, section 1)."""
MAX_FREE_DEPTH: Final = 14
"""Levels of a free map: a record has 16 (format, section 1), of which the record and its data use two."""

DECIMAL: Final = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?|-(?:0\.[0-9]*[1-9][0-9]*|[1-9][0-9]*(?:\.[0-9]+)?)"
"""Format, section 1, with the rule that no minus stands before a zero written into the pattern."""
_DECIMAL: Final = re.compile(DECIMAL)
_HEX_32: Final = re.compile(r"[0-9a-f]{64}")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
HIDDEN: Final = "•••"
"""Stands in errors for what is to be sealed."""
_SHOWN_DIGITS: Final = 80
_TOO_LONG: Final = 10**_SHOWN_DIGITS
_JOINERS: Final = "\u200c\u200d"
"""Invisible, but part of correct Persian, Indic and emoji spelling."""


def decimal_text(value: Any) -> str:
    """A measurement as a decimal string. An int or Decimal is converted exactly; a float is refused.

    Raises:
        FormatError: ``kinds.float`` (with what to write instead), ``kinds.minus_zero``, ``kinds.decimal``,
            ``kinds.decimal_long``.
    """
    if type(value) is float:
        raise FormatError("kinds.float", seen=repr(value), expected=f'"{value!r}"')
    if type(value) is int and abs(value) < 10**MAX_DECIMAL:
        value = str(value)
    elif isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) <= MAX_DECIMAL:
        value = format(value, "f")
    if type(value) is not str:
        raise FormatError("kinds.decimal", seen=shown(value))
    if len(value) > MAX_DECIMAL:
        raise FormatError("kinds.decimal_long", seen=value, expected=MAX_DECIMAL)
    if _DECIMAL.fullmatch(value) is None:
        zero = value.startswith("-") and _DECIMAL.fullmatch(value[1:])
        raise FormatError("kinds.minus_zero" if zero else "kinds.decimal", seen=value)
    return value


def quantity_text(value: Any) -> str:
    """A measurement that cannot be negative. Errors as `decimal_text`, and ``kinds.negative``."""
    text = decimal_text(value)
    if text.startswith("-"):
        raise FormatError("kinds.negative", seen=text)
    return text


def text(value: Any, longest: int = MAX_TEXT) -> str:
    """A text in Unicode NFC without space at its ends.

    Raises:
        FormatError: ``kinds.text`` (no str), ``kinds.text_empty``, ``kinds.text_long``,
            ``kinds.text_control`` for control characters, and for invisible ones that make two texts look the
            same.
    """
    if type(value) is not str:
        raise FormatError("kinds.text", seen=shown(value))
    if len(value) > 2 * longest:  # before the work of normalising it
        raise FormatError("kinds.text_long", seen=len(value), expected=longest)
    normal = unicodedata.normalize("NFC", value).strip()
    if not normal:
        raise FormatError("kinds.text_empty", seen=value)
    if len(normal) > longest:
        raise FormatError("kinds.text_long", seen=len(normal), expected=longest)
    for character in normal:
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in _JOINERS:
            raise FormatError("kinds.text_control", seen=f"U+{ord(character):04X}", expected=normal)
    return normal


def name_text(value: Any) -> str:
    """A number, name or other identifier: a text of at most 255 characters. Errors as `text`."""
    return text(value, MAX_NAME)


def date_text(value: Any) -> str:
    """A date ``YYYY-MM-DD``, or a moment as RFC 3339 with an offset; also a date or an aware datetime.

    Raises:
        FormatError: ``kinds.date``, ``kinds.time_naive``.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise FormatError("kinds.time_naive", seen=value.isoformat())
        return _date_text(value.isoformat())  # an offset with seconds, from before zones, is not RFC 3339
    if isinstance(value, date):
        return value.isoformat()
    if type(value) is not str:
        raise FormatError("kinds.date", seen=shown(value))
    return _date_text(value)


@lru_cache(maxsize=4096)
def _date_text(value: str) -> str:
    try:
        if _DATE.fullmatch(value):
            date.fromisoformat(value)
        else:
            parse_time(value)
    except ValueError:
        raise FormatError("kinds.date", seen=value) from None
    return value


def time_ms(value: Any) -> int:
    """A moment in milliseconds since the epoch, from RFC 3339 text, an aware datetime or such an int.

    Raises:
        FormatError: ``kinds.time_naive`` for a datetime or text without an offset, ``kinds.time``,
            ``encoding.time``.
    """
    if type(value) is str:
        return _time_ms(value)
    if type(value) is int:
        return check_time(value)
    if isinstance(value, datetime):
        if value.tzinfo is None or value.utcoffset() is None:
            raise FormatError("kinds.time_naive", seen=value.isoformat())
        return (value - _EPOCH) // timedelta(milliseconds=1)
    raise FormatError("kinds.time", seen=shown(value))


def _time_ms(value: str) -> int:
    try:
        return parse_time(value)
    except ValueError:
        pass
    try:
        naive = datetime.fromisoformat(value).tzinfo is None
    except ValueError:
        naive = False
    raise FormatError("kinds.time_naive" if naive else "kinds.time", seen=value)


def minor_units(value: Any) -> int:
    """An amount of money: an int of minor units. FormatError ``kinds.money``."""
    if type(value) is int and abs(value) <= MAX_INT:
        return value
    raise FormatError("kinds.money", seen=shown(value))


def currency(value: Any) -> str:
    """An ISO 4217 code in use. FormatError ``kinds.currency``."""
    if type(value) is not str or value not in CURRENCIES:
        raise FormatError("kinds.currency", seen=shown(value))
    return value


def uri(value: Any) -> str:
    """A subject in normal form. FormatError ``subject.*``."""
    return check_subject(value) if type(value) is str else check_subject(shown(value))


def goods_uri(value: Any) -> str:
    """A subject in normal form and, if a Digital Link, a right one. FormatError ``subject.*``, ``gs1.*``."""
    subject = uri(value)
    problem = digital_link_problem(subject)
    if problem is not None:
        raise FormatError(problem.code, **problem.facts)
    return subject


def product_uri(value: Any) -> str:
    """A product. FormatError as `goods_uri`, and ``kinds.product`` for a lot or item, with its product."""
    subject = goods_uri(value)
    larger = classes(subject)
    if larger:
        raise FormatError("kinds.product", seen=subject, expected=larger[-1])
    return subject


def party_uri(value: Any) -> str:
    """A party's URI. FormatError ``subject.*``."""
    return check_party(value if type(value) is str else shown(value))


def order_uri(value: Any) -> str:
    """An order: a random UUID (version 4) as a URN, so that it says nothing about its buyer. ``kinds.order``."""
    if type(value) is not str or RANDOM_URN.fullmatch(value) is None:
        raise FormatError("kinds.order", seen=shown(value))
    return value


def guest_key(value: Any) -> str:
    """The self-signed note of a guest's key, checked; the content of a ``.pub`` file, as text or bytes.

    Raises:
        FormatError: ``note.*``, ``key.*``, ``vkey.*`` or ``signature.*``: it is no such note;
            ``kinds.guest_name``: its name is not a random UUID.
    """
    raw = value.encode("utf-8", "replace") if type(value) is str else value
    if type(raw) is not bytes:
        raise FormatError("kinds.text", seen=shown(value))
    try:
        key = open_key_note(raw)
    except SignatureError as error:  # whoever fills in a row has mistaken a file; nothing was attacked
        raise FormatError(error.code, **error.facts) from None
    if RANDOM_URN.fullmatch(key.name) is None:
        raise FormatError("kinds.guest_name", seen=key.name)
    return raw.decode()


def digest_text(value: Any) -> str:
    """A SHA-256 as 64 lower-case hex digits; 32 bytes are converted. FormatError ``kinds.digest``."""
    found = value.hex() if type(value) is bytes else value
    if type(found) is not str or _HEX_32.fullmatch(found) is None:
        raise FormatError("kinds.digest", seen=shown(value))
    return found


def free_map(value: Any) -> dict[str, Any]:
    """A map whose content is anything canonical: what its source said and no field of ours holds.

    Raises:
        FormatError: ``kinds.free`` (no map), or for what cannot be signed, with ``at`` within the map:
            ``kinds.float``, ``kinds.free_type``, ``kinds.free_depth``, ``kinds.free_key``,
            ``kinds.free_text``.
    """
    if not isinstance(value, dict):
        raise FormatError("kinds.free", seen=shown(value))
    found = _free(value, "", 1)
    return found if isinstance(found, dict) else {}


def _free(value: Any, at: str, level: int) -> Any:
    """``value`` as canonical values with sorted keys. Recursion is bounded by the level."""
    if level > MAX_FREE_DEPTH:
        raise FormatError("kinds.free_depth", at=at, expected=MAX_FREE_DEPTH)
    if isinstance(value, dict):
        for key in value:
            if type(key) is not str:
                raise FormatError("kinds.free_key", seen=shown(key), at=at)
        return {key: _free(value[key], f"{at}.{key}" if at else key, level + 1) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_free(item, f"{at}.{i}" if at else str(i), level + 1) for i, item in enumerate(value)]
    if type(value) is float:
        raise FormatError("kinds.float", seen=repr(value), expected=f'"{value!r}"', at=at)
    if type(value) is str and not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise FormatError("kinds.free_text", seen=ascii(value), at=at) from None
    if value is None or type(value) in (bool, str, bytes) or (type(value) is int and abs(value) <= MAX_INT):
        return value
    raise FormatError("kinds.free_type", seen=shown(value), at=at)


def shown(value: Any) -> str:
    """A value for an error: as text where that is short and safe, else its type."""
    if type(value) is str:
        return value
    if isinstance(value, int) and abs(value) >= _TOO_LONG:  # Python itself refuses to write out 4,301 digits
        return f"{'-' if value < 0 else ''}10^{_SHOWN_DIGITS}…"
    if value is None or isinstance(value, bool | int | float | Decimal):
        return str(value)[:_SHOWN_DIGITS]
    return type(value).__name__
