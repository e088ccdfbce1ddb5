"""Canonical MessagePack, decimals and times (format v1, section 1).

One value has exactly one encoding. `decode` refuses every other byte string, so what was hashed is what was meant.

The work is split in two. msgpack's C code decodes, a short walk looks at the values, and encoding them again must give
the same bytes: that accepts nearly everything that is right in a few microseconds. Whatever it does not accept goes
to the strict decoder in `trustledger.msgpack_strict`, which reads byte by byte and says what is wrong and where.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

import msgpack

from trustledger.errors import FormatError

MAX_INT: Final = 2**53 - 1
"""Largest magnitude of an integer (section 1): what every language's numbers can hold exactly."""
MAX_DEPTH: Final = 16
"""Deepest level; the outermost item is level 1 and what stands in it is level 2."""
MAX_RECORD: Final = 65_535
"""Bytes of a record or an entry: tiles prefix them with a 16-bit length."""
MIN_TIME: Final = -62_135_596_800_000
MAX_TIME: Final = 253_402_300_799_999
"""First and last millisecond that a time may name: the years 1 to 9999."""

_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_RFC3339: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])(?:\.([0-9]{1,9}))?"
    r"([Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"  # datetime takes +08:60 for +09:00
)
_pack: Final = msgpack.Packer().pack
"""As `msgpack.packb`, but with a buffer that is kept: 0.15 µs a call. What it gets is plain, so no code of others runs
while it is at work."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)

# The decoder in C allocates an array as long as the header claims. These bounds keep that small; a longer array, which
# is legal, is read by the strict decoder.
_FAST_ARRAY: Final = 512
_FAST_MAP: Final = 256

# Key sequences seen in ascending order. Records of one kind repeat theirs, and a look-up is cheaper than sorting again.
_ascending: set[tuple[str, ...]] = set()
_ASCENDING_KEPT: Final = 4096
_ASCENDING_KEYS: Final = 32
_ASCENDING_CHARACTERS: Final = 256
"""Long or odd maps are not worth a place, and what is kept of hostile input stays below a few megabytes."""


def encode(value: Any) -> bytes:
    """The canonical bytes of a value.

    Args:
        value: None, bool, int, str, bytes, and lists, tuples and dicts (with str keys, in any order) of them.

    Returns:
        Canonical MessagePack.

    Raises:
        FormatError: A float, an int beyond ±(2⁵³−1), a str that is not Unicode, another type, or too deep a nesting.
    """
    return encode_plain(value if is_plain(value, 1) else _ordered(value, "", 1))


def encode_plain(value: Any) -> bytes:
    """As `encode`, for a value that `is_plain` has accepted, or that was made of such values."""
    try:
        packed: bytes = _pack(value)
    except UnicodeEncodeError as error:
        raise FormatError("encoding.surrogate", seen=ascii(error.object)) from None
    return packed


def decode(raw: bytes, max_bytes: int = MAX_RECORD) -> Any:
    """The value of canonical bytes.

    Args:
        raw: The whole encoding.
        max_bytes: Refuse more bytes than this before looking at them.

    Returns:
        None, bool, int, str, bytes, list or dict.

    Raises:
        FormatError: Not canonical MessagePack, or too large.
    """
    if len(raw) > max_bytes:
        raise FormatError("encoding.too_large", seen=len(raw), expected=max_bytes)
    try:
        value: Any = msgpack.unpackb(raw, max_array_len=_FAST_ARRAY, max_map_len=_FAST_MAP, max_ext_len=0)
    except (ValueError, msgpack.UnpackException):
        pass
    else:
        if is_plain(value, 1) and _pack(value) == raw:
            return value
    from trustledger.msgpack_strict import decode_strictly  # noqa: PLC0415  (only broken or unusual input needs it)

    return decode_strictly(raw)


def is_plain(value: Any, level: int) -> bool:
    """Whether a value may stand as it is at this level: allowed types and sizes, map keys already ascending."""
    kind = type(value)
    if kind is dict:
        if not value:
            return True
        if level >= MAX_DEPTH or (tuple(value) not in _ascending and not _keys_ascend(value)):
            return False
        for item in value.values():  # noqa: SIM110  (a generator costs twice as much)
            if type(item) is not str and not is_plain(item, level + 1):
                return False
        return True
    if kind is list or kind is tuple:
        if level >= MAX_DEPTH and value:
            return False
        for item in value:  # noqa: SIM110  (the same)
            if type(item) is not str and not is_plain(item, level + 1):
                return False
        return True
    if kind is int:
        return bool(-MAX_INT <= value <= MAX_INT)
    return kind is str or kind is bytes or kind is bool or value is None


def _keys_ascend(mapping: dict[Any, Any]) -> bool:
    keys = tuple(mapping)
    if not all(type(key) is str for key in keys) or list(keys) != sorted(keys):
        return False
    if len(keys) <= _ASCENDING_KEYS and sum(map(len, keys)) <= _ASCENDING_CHARACTERS:
        if len(_ascending) >= _ASCENDING_KEPT:
            _ascending.clear()
        _ascending.add(keys)
    return True


def _ordered(value: Any, at: str, level: int) -> Any:
    """A copy with ascending map keys, or the reason why there is none. Code points ascend as their UTF-8 bytes do."""
    if level > MAX_DEPTH:
        raise FormatError("encoding.too_deep", at=at or "/", expected=MAX_DEPTH)
    if isinstance(value, dict):
        for key in value:
            if type(key) is not str:
                raise FormatError("encoding.key_type", at=at or "/", seen=type(key).__name__)
        return {key: _ordered(value[key], f"{at}/{key}", level + 1) for key in sorted(value)}
    if isinstance(value, list | tuple):
        return [_ordered(item, f"{at}/{number}", level + 1) for number, item in enumerate(value)]
    if isinstance(value, float):
        raise FormatError("encoding.float", at=at or "/", seen=repr(value))
    if isinstance(value, int) and not isinstance(value, bool) and not -MAX_INT <= value <= MAX_INT:
        raise FormatError("encoding.int_range", at=at or "/", seen=value)
    if type(value) in (int, bool, str, bytes) or value is None:
        return value
    raise FormatError("encoding.type", at=at or "/", seen=type(value).__name__)


def same_value(one: Any, other: Any) -> bool:
    """Whether two canonical values have the same bytes. In Python True equals 1; here it does not."""
    return bool(one == other) and _same_types(one, other)


def _same_types(one: Any, other: Any) -> bool:
    """For values that are equal in Python, whether they are here too. Comparing encodings costs three times as much."""
    kind = type(one)
    if kind is dict:
        for key, item in one.items():  # noqa: SIM110  (a generator costs twice as much)
            if type(item) is not str and not _same_types(item, other[key]):
                return False
        return True
    if kind is list:
        return all(map(_same_types, one, other))
    return kind is type(other)


def check_decimal(text: str) -> str:
    """A measurement as the format writes it: ``0.012``, ``-4``; no exponent, no sign before a zero.

    Raises:
        FormatError: Any other form, or more than 40 characters.
    """
    if len(text) > 40 or _DECIMAL.fullmatch(text) is None or (text[0] == "-" and not text.strip("-0.")):
        raise FormatError("encoding.decimal", seen=text)
    return text


def check_time(milliseconds: Any) -> int:
    """A time in milliseconds since 1970-01-01T00:00:00Z within the years 1 to 9999.

    Raises:
        FormatError: Not an int, or outside.
    """
    if type(milliseconds) is not int or not MIN_TIME <= milliseconds <= MAX_TIME:
        raise FormatError("encoding.time", seen=milliseconds)
    return milliseconds


@lru_cache(maxsize=4096)
def parse_time(text: str) -> int:
    """Milliseconds since 1970-01-01T00:00:00Z of an RFC 3339 time. Digits beyond the millisecond are cut.

    Raises:
        FormatError: Not RFC 3339 with an offset, or no such day or hour.
    """
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise FormatError("encoding.rfc3339", seen=text)
    day, hour, minute, second, fraction, offset = match.groups()
    midnight = _midnight(day, offset)
    if midnight is None:
        raise FormatError("encoding.rfc3339", seen=text)
    whole = midnight + 3_600_000 * int(hour) + 60_000 * int(minute) + 1000 * int(second)
    return check_time(whole + int(fraction[:3].ljust(3, "0")) if fraction else whole)


@lru_cache(maxsize=4096)
def _midnight(day: str, offset: str) -> int | None:
    """When a day begins at an offset from UTC; None if there is no such day or offset. Times repeat their days."""
    try:
        midnight = datetime.fromisoformat(f"{day}T00:00:00{'+00:00' if offset in 'Zz' else offset}")
    except ValueError:
        return None
    return (midnight - _EPOCH) // _MILLISECOND


def format_time(milliseconds: int) -> str:
    """RFC 3339 in UTC: ``2026-10-05T00:00:00Z``, with ``.123`` only where milliseconds are not zero."""
    moment = _EPOCH + timedelta(milliseconds=check_time(milliseconds))
    fraction = f".{milliseconds % 1000:03d}" if milliseconds % 1000 else ""
    return f"{moment.year:04d}{moment:-%m-%dT%H:%M:%S}{fraction}Z"
