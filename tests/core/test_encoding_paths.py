"""The fast path takes what is usual, and the slow one gives the same answer up to the last level.

Bytes are the same on either path, so only its absence shows which one was taken: here the other one is out of order.
"""

from __future__ import annotations

import pytest

from trustledger import encoding, msgpack_strict
from trustledger.encoding import MAX_INT, decode, encode
from trustledger.errors import FormatError


def wrapped(value: object, levels: int, key: str | None = None) -> object:
    """The value with so many arrays around it, or maps with one key."""
    for _ in range(levels):
        value = [value] if key is None else {key: value}
    return value


USUAL = [
    *(None, True, False, 0, -1, MAX_INT, -MAX_INT, "", "奶", b"", b"\xff"),
    *([], {}, [[], {}], {"a": [], "b": {}}),
    ["a", 1, b"c", None, True, ["d"], {"e": "f"}],
    {"a": "1", "b": 2, "c": None, "d": [b"x"], "e": {"f": False}},
    {f"{number:02}": number for number in range(16)},
    {f"{number:04}": number for number in range(256)},
    list(range(512)),
    *(wrapped(leaf, 15) for leaf in ("x", 7, None, b"", True, [], {})),
    *(wrapped(leaf, 15, "k") for leaf in ("x", 7, None, b"", True, [], {})),
]


@pytest.fixture
def no_detour(monkeypatch: pytest.MonkeyPatch) -> None:
    def detour(*given: object) -> None:
        raise AssertionError(given)

    monkeypatch.setattr(encoding, "_ordered", detour)
    monkeypatch.setattr(msgpack_strict, "decode_strictly", detour)
    encoding._ascending.clear()


@pytest.mark.usefixtures("no_detour")
@pytest.mark.parametrize("value", USUAL, ids=lambda value: repr(value)[:30])
def test_what_is_usual_takes_the_fast_path(value: object) -> None:
    raw = encode(value)
    for _ in range(2):  # keys of a map: seen for the first time, and known
        assert decode(raw) == value
        assert encode(value) == raw


@pytest.mark.usefixtures("no_detour")
def test_tuples_are_lists_on_the_fast_path_too() -> None:
    assert encode((1, ("a", ()))) == encode([1, ["a", []]])


def test_keys_in_any_order_are_put_in_order_at_every_level() -> None:
    for levels in range(15):
        upside_down = {"b": 1, "a": 2}
        for value in (wrapped(upside_down, levels), wrapped(upside_down, levels, "k")):
            assert decode(encode(value)) == value
            assert b"\x82\xa1a\x02\xa1b\x01" in encode(value)


@pytest.mark.parametrize("key", [None, "k"], ids=["arrays", "maps"])
def test_keys_out_of_order_do_not_buy_another_level(key: str | None) -> None:
    with pytest.raises(FormatError) as caught:
        encode(wrapped({"b": 1, "a": 2}, 15, key))
    assert caught.value.code == "encoding.too_deep"
