"""A strict reader of canonical MessagePack that says what is wrong and at which byte (format v1, section 1).

It keeps its own stack instead of recursing, and grows a list or dict only by items it has really read: a header that
claims four billion items costs nothing.
"""

from __future__ import annotations

from typing import Any, Final, NoReturn

from trustledger.encoding import MAX_DEPTH, MAX_INT
from trustledger.errors import FormatError

# Header byte → (what it starts, bytes of its length or value, least value that needs this form)
_SIZED: Final[dict[int, tuple[str, int, int]]] = {
    0xC4: ("bin", 1, 0), 0xC5: ("bin", 2, 1 << 8), 0xC6: ("bin", 4, 1 << 16),
    0xD9: ("str", 1, 32), 0xDA: ("str", 2, 1 << 8), 0xDB: ("str", 4, 1 << 16),
    0xDC: ("array", 2, 16), 0xDD: ("array", 4, 1 << 16),
    0xDE: ("map", 2, 16), 0xDF: ("map", 4, 1 << 16),
    0xCC: ("uint", 1, 1 << 7), 0xCD: ("uint", 2, 1 << 8), 0xCE: ("uint", 4, 1 << 16), 0xCF: ("uint", 8, 1 << 32),
    0xD0: ("int", 1, 33), 0xD1: ("int", 2, 129), 0xD2: ("int", 4, (1 << 15) + 1), 0xD3: ("int", 8, (1 << 31) + 1),
}  # fmt: skip
_SCALARS: Final = {0xC0: None, 0xC2: False, 0xC3: True}


class _Open:
    """An array or map whose items are still being read."""

    __slots__ = ("key", "left", "map", "value")

    def __init__(self, *, is_map: bool, left: int) -> None:
        self.map = is_map
        self.value: Any = {} if is_map else []
        self.left = left
        self.key: str | None = None


class _Reader:
    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.at = 0

    def fail(self, code: str, **facts: object) -> NoReturn:
        raise FormatError(code, offset=self.at, **facts)

    def take(self, count: int) -> bytes:
        piece = self.raw[self.at : self.at + count]
        if len(piece) != count:
            self.fail("encoding.truncated", seen=len(piece), expected=count)
        self.at += count
        return piece

    def item(self) -> Any:
        """The next scalar, or an `_Open` container."""
        head = self.take(1)[0]
        if head <= 0x7F:
            return head
        if head >= 0xE0:
            return head - 0x100
        if head <= 0x8F:
            return _Open(is_map=True, left=head & 0x0F)
        if head <= 0x9F:
            return _Open(is_map=False, left=head & 0x0F)
        if head <= 0xBF:
            return self.text(head & 0x1F)
        if head in _SCALARS:
            return _SCALARS[head]
        if head not in _SIZED:
            self.at -= 1
            self.fail("encoding.forbidden", seen=f"0x{head:02x}")
        return self.sized(*_SIZED[head])

    def sized(self, what: str, width: int, least: int) -> Any:
        number = int.from_bytes(self.take(width), "big", signed=what == "int")
        if what == "int" and number >= 0:
            self.fail("encoding.not_shortest", seen=number)
        if abs(number) < least:
            self.fail("encoding.not_shortest", seen=number)
        if what in ("uint", "int"):
            if abs(number) > MAX_INT:
                self.fail("encoding.int_range_at", seen=number)
            return number
        if what == "bin":
            return self.take(number)
        return self.text(number) if what == "str" else _Open(is_map=what == "map", left=number)

    def text(self, length: int) -> str:
        try:
            return self.take(length).decode()
        except UnicodeDecodeError:
            self.fail("encoding.utf8")


def decode_strictly(raw: bytes) -> Any:
    """The value of canonical bytes, or a `FormatError` with the offset of the first fault."""
    reader = _Reader(raw)
    stack: list[_Open] = []
    while True:
        item = reader.item()
        if len(stack) >= MAX_DEPTH:
            reader.fail("encoding.too_deep_at", expected=MAX_DEPTH)
        if isinstance(item, _Open) and item.left:
            _place(reader, stack, item.value)
            stack.append(item)
            continue
        value = item.value if isinstance(item, _Open) else item
        _place(reader, stack, value)
        while stack and not stack[-1].left:
            value = stack.pop().value
        if not stack:
            if reader.at != len(raw):
                reader.fail("encoding.trailing", seen=len(raw) - reader.at)
            return value


def _place(reader: _Reader, stack: list[_Open], value: Any) -> None:
    """Put an item where it belongs: as the next array item, map key or map value."""
    if not stack:
        return
    top = stack[-1]
    if not top.map:
        top.value.append(value)
        top.left -= 1
    elif top.key is None:
        if type(value) is not str:  # nor is a list or map that is about to be filled
            reader.fail("encoding.key_type_at")
        if top.value and value <= next(reversed(top.value)):
            reader.fail("encoding.key_order", seen=value)
        top.key = value
        top.value[value] = None  # remembers the order of keys; the value follows
    else:
        top.value[top.key] = value
        top.key = None
        top.left -= 1
