"""Canonical MessagePack, decimals and times: format v1, section 1, sentence by sentence."""

from __future__ import annotations

import struct
import time
import tracemalloc
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trustledger.encoding import (
    MAX_INT,
    MAX_TIME,
    MIN_TIME,
    check_decimal,
    check_time,
    decode,
    encode,
    format_time,
    parse_time,
    same_value,
)
from trustledger.errors import FormatError
from trustledger.msgpack_strict import decode_strictly

NIL, FALSE, TRUE = b"\xc0", b"\xc2", b"\xc3"

# One value for each form and each of its ends, with the bytes that the MessagePack specification gives for it.
SHORTEST = [
    (None, "c0"),
    (False, "c2"),
    (True, "c3"),
    (0, "00"),
    (127, "7f"),
    (128, "cc80"),
    (255, "ccff"),
    (256, "cd0100"),
    (65_535, "cdffff"),
    (65_536, "ce00010000"),
    (2**32 - 1, "ceffffffff"),
    (2**32, "cf0000000100000000"),
    (MAX_INT, "cf001fffffffffffff"),
    (-1, "ff"),
    (-32, "e0"),
    (-33, "d0df"),
    (-128, "d080"),
    (-129, "d1ff7f"),
    (-32_768, "d18000"),
    (-32_769, "d2ffff7fff"),
    (-(2**31), "d280000000"),
    (-(2**31) - 1, "d3ffffffff7fffffff"),
    (-MAX_INT, "d3ffe0000000000001"),
    ("", "a0"),
    ("a" * 31, "bf" + "61" * 31),
    ("a" * 32, "d920" + "61" * 32),
    ("a" * 255, "d9ff" + "61" * 255),
    ("a" * 256, "da0100" + "61" * 256),
    ("奶", "a3e5a5b6"),
    ("\U0001f95b", "a4f09fa59b"),
    (b"", "c400"),
    (b"\x00", "c40100"),
    (bytes(255), "c4ff" + "00" * 255),
    (bytes(256), "c50100" + "00" * 256),
    ([], "90"),
    ([0] * 15, "9f" + "00" * 15),
    ([0] * 16, "dc0010" + "00" * 16),
    ({}, "80"),
    ({"a": 1, "b": 2}, "82a16101a16202"),
    (
        {f"{n:02}": n for n in range(15)},
        "8f" + "".join(f"a2{f'{n:02}'.encode().hex()}{n:02x}" for n in range(15)),
    ),
    (
        {f"{n:02}": n for n in range(16)},
        "de0010" + "".join(f"a2{f'{n:02}'.encode().hex()}{n:02x}" for n in range(16)),
    ),
]

NOT_SHORTEST = {
    "0 as uint8": "cc00",
    "127 as uint8": "cc7f",
    "255 as uint16": "cd00ff",
    "65535 as uint32": "ce0000ffff",
    "2^32-1 as uint64": "cf00000000ffffffff",
    "127 as int8": "d07f",
    "200 as int16": "d100c8",
    "40000 as int32": "d200009c40",
    "2^32 as int64": "d30000000100000000",
    "-1 as int8": "d0ff",
    "-32 as int8": "d0e0",
    "-128 as int16": "d1ff80",
    "-32768 as int32": "d2ffff8000",
    "-2^31 as int64": "d3ffffffff80000000",
    "empty str as str8": "d900",
    "31 bytes as str8": "d91f" + "61" * 31,
    "255 bytes as str16": "da00ff" + "61" * 255,
    "1 byte as str32": "db0000000161",
    "255 bytes as bin16": "c500ff" + "00" * 255,
    "1 byte as bin32": "c60000000100",
    "15 items as array16": "dc000f" + "00" * 15,
    "1 item as array32": "dd0000000100",
    "1 key as map16": "de0001a16100",
    "1 key as map32": "df00000001a16100",
    "key as str8": "81d9016100",
}

FORBIDDEN = {
    "float32": "ca3f800000",
    "float64": "cb3ff0000000000000",
    "float64 NaN": "cb7ff8000000000000",
    "never used": "c1",
    "fixext1": "d40500",
    "fixext2": "d5050000",
    "fixext4 timestamp": "d6ff00000000",
    "fixext8 timestamp": "d7ff0000000000000000",
    "fixext16": "d805" + "00" * 16,
    "ext8 empty": "c70005",
    "ext8 empty timestamp": "c700ff",
    "ext8 timestamp": "c70cff" + "00" * 12,
    "ext16": "c80001" + "0500",
    "ext32": "c900000001" + "0500",
    "float in a list": "91ca3f800000",
    "ext in a map": "81a161d40500",
}

BROKEN = {
    "nothing": "",
    "two values": "0000",
    "trailing byte": "a16100",
    "int beyond 2^53-1": "cf0020000000000000",
    "int far beyond": "cfffffffffffffffff",
    "int below -(2^53-1)": "d3ffe0000000000000",
    "least int64": "d38000000000000000",
    "cut short str": "a26100"[:4],
    "cut short header": "cd01",
    "cut short array": "9200",
    "cut short map": "81a161",
    "key after key": "82a16200a16100",
    "key twice": "82a16100a16100",
    "longer key first": "82a2616100a16100",
    "int key": "810000",
    "bin key": "81c4016100",
    "nil key": "81c000",
    "array key": "819000",
    "map key": "818000",
    "invalid UTF-8": "a1ff",
    "overlong UTF-8": "a2c080",
    "surrogate": "a3eda080",
    "beyond Unicode": "a4f4908080",
    "cut short UTF-8": "a1e5",
    "invalid UTF-8 in a key": "81a1ff00",
}


@pytest.mark.parametrize(("value", "expected"), SHORTEST, ids=lambda one: repr(one)[:24])
def test_every_form_at_both_ends(value, expected):
    raw = bytes.fromhex(expected)
    assert encode(value) == raw
    assert decode(raw) == value
    assert type(decode(raw)) is type(value)
    assert decode_strictly(raw) == value


@pytest.mark.parametrize("name", NOT_SHORTEST)
def test_a_longer_form_is_refused(name):
    for reader in (decode, decode_strictly):
        with pytest.raises(FormatError) as caught:
            reader(bytes.fromhex(NOT_SHORTEST[name]))
        assert caught.value.code == "encoding.not_shortest"


@pytest.mark.parametrize("name", FORBIDDEN)
def test_no_float_and_no_extension(name):
    for reader in (decode, decode_strictly):
        with pytest.raises(FormatError) as caught:
            reader(bytes.fromhex(FORBIDDEN[name]))
        assert caught.value.code == "encoding.forbidden"


@pytest.mark.parametrize("name", BROKEN)
def test_what_the_encoder_would_not_write_is_refused(name):
    for reader in (decode, decode_strictly):
        with pytest.raises(FormatError):
            reader(bytes.fromhex(BROKEN[name]))


def nested(levels: int, *, leaf: bytes = b"") -> bytes:
    """Arrays in arrays; the innermost is empty or holds a leaf, so the deepest level is that of the last item."""
    return b"\x91" * (levels - 1) + (leaf or b"\x90")


@pytest.mark.parametrize("leaf", [b"", NIL, b"\xa1a", b"\x80"], ids=["array", "nil", "str", "map"])
def test_level_16_is_the_deepest_for_scalars_too(leaf):
    deep = nested(16, leaf=leaf)
    assert decode(deep) == decode_strictly(deep)
    for reader in (decode, decode_strictly):
        with pytest.raises(FormatError) as caught:
            reader(nested(17, leaf=leaf))
        assert caught.value.code == "encoding.too_deep_at"


def test_the_outermost_item_is_level_1_when_writing_too():
    value: object = "x"
    for _ in range(15):
        value = {"k": value}
    assert decode(encode(value)) == value
    with pytest.raises(FormatError) as caught:
        encode([value])
    assert caught.value.code == "encoding.too_deep"


def test_a_million_levels_cost_nothing():
    hostile = b"\x91" * 65_535
    start = time.perf_counter()
    with pytest.raises(FormatError):
        decode(hostile)
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    "claim",
    [
        b"\xdd\xff\xff\xff\xff",
        b"\xdf\xff\xff\xff\xff",
        b"\xdb\xff\xff\xff\xff",
        b"\xc6\xff\xff\xff\xff",
        b"\xdc\xff\xff" * 1000,
        b"\xdc\x02\x00" * 21_000,
        b"\xdc\xea\x60" * 20_500,
        b"\xde\x01\x00" * 21_000,
    ],
    ids=[
        "array32",
        "map32",
        "str32",
        "bin32",
        "arrays of 65535",
        "arrays of 512",
        "arrays of 60000",
        "maps of 256",
    ],
)
def test_a_claimed_length_allocates_nothing(claim):
    tracemalloc.start()
    try:
        with pytest.raises(FormatError):
            decode(claim)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16_000_000


def test_a_record_has_at_most_65535_bytes():
    fits = encode(bytes(65_532))
    assert len(fits) == 65_535
    assert decode(fits) == bytes(65_532)
    with pytest.raises(FormatError) as caught:
        decode(encode(bytes(65_533)))
    assert caught.value.code == "encoding.too_large"


def test_what_is_kept_of_hostile_maps_is_small():
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(500):
            decode(encode({f"{number:03}" + "x" * 60_000: 1}))
            decode(encode({f"{number:03}{key:02}" + "x" * 1_000: 1 for key in range(32)}))
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < 4_000_000  # of 46 MB that were read


def test_an_integer_that_python_will_not_write_out_is_refused_with_a_sentence():
    for broken in ([10**5000], {"a": -(10**5000)}):
        with pytest.raises(FormatError) as caught:
            encode(broken)
        assert caught.value.code == "encoding.int_range"
        assert caught.value.text("en")
        assert caught.value.text("zh")
    with pytest.raises(FormatError) as caught:
        check_time(10**5000)
    assert caught.value.text()


@pytest.mark.parametrize("count", [511, 512, 513, 5000])
def test_arrays_and_maps_longer_than_the_fast_path_takes(count):
    array = [number % 100 for number in range(count)]
    mapping = {f"{number:05}": number for number in range(count)}
    assert decode(encode(array)) == array
    assert decode(encode(mapping)) == mapping
    assert decode_strictly(encode(mapping)) == mapping


def test_key_order_is_by_utf8_bytes_and_a_prefix_comes_first():
    keys = ["a", "aa", "z", "é", "奶", "\U0001f95b", "\uffee"]
    by_bytes = sorted(keys, key=str.encode)
    assert list(decode(encode(dict.fromkeys(reversed(keys))))) == by_bytes
    # UTF-16 would order these two the other way round.
    assert by_bytes.index("\uffee") < by_bytes.index("\U0001f95b")


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.5, "encoding.float"),
        ({"a": [float("nan")]}, "encoding.float"),
        (MAX_INT + 1, "encoding.int_range"),
        ([-MAX_INT - 1], "encoding.int_range"),
        ({1: 2}, "encoding.key_type"),
        ({None: 2}, "encoding.key_type"),
        ({b"a": 2}, "encoding.key_type"),
        ({"a": {1, 2}}, "encoding.type"),
        (datetime(2026, 1, 1, tzinfo=UTC), "encoding.type"),
        (bytearray(b"a"), "encoding.type"),
        ("\ud800", "encoding.surrogate"),
        ({"\udfff": 1}, "encoding.surrogate"),
        (["a", "b\ud83e"], "encoding.surrogate"),
    ],
    ids=repr,
)
def test_what_cannot_be_written_is_named(value, code):
    with pytest.raises(FormatError) as caught:
        encode(value)
    assert caught.value.code == code
    assert caught.value.text("zh") != caught.value.text("en")


def test_the_place_of_a_float_is_told():
    with pytest.raises(FormatError) as caught:
        encode({"results": [{"value": "1"}, {"value": 0.5}]})
    assert caught.value.facts["at"] == "/results/1/value"


def test_a_subclass_does_not_slip_through():
    class Loud(str):
        __slots__ = ()

    class Counted(int):
        __slots__ = ()

    for value in (Loud("a"), [Loud("a")], Counted(3), {"a": Counted(3)}):
        with pytest.raises(FormatError):
            encode(value)


# --- properties -------------------------------------------------------------------------------------------------

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-MAX_INT, MAX_INT)
    | texts
    | st.binary(max_size=300)
    | st.sampled_from([127, 128, 255, 256, 65535, 65536, 2**32, -32, -33, -128, -129, -32769, -(2**31) - 1])
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(texts, inner, max_size=20),
    max_leaves=40,
)


def naive(value: object) -> bytes:
    """The encoding straight from the specification, written without the library."""
    if value is None or isinstance(value, bool):
        return {None: NIL, False: FALSE, True: TRUE}[value]
    if isinstance(value, int):
        return _naive_int(value)
    if isinstance(value, str):
        raw = value.encode()
        return _header(len(raw), 0xA0, 32, (0xD9, 0xDA, 0xDB)) + raw
    if isinstance(value, bytes):
        return _header(len(value), 0, 0, (0xC4, 0xC5, 0xC6)) + value
    if isinstance(value, list):
        return _header(len(value), 0x90, 16, (None, 0xDC, 0xDD)) + b"".join(map(naive, value))
    assert isinstance(value, dict)
    ordered = sorted(value, key=lambda key: key.encode())
    return _header(len(value), 0x80, 16, (None, 0xDE, 0xDF)) + b"".join(
        naive(key) + naive(value[key]) for key in ordered
    )


def _naive_int(value: int) -> bytes:
    if -32 <= value < 128:
        return struct.pack(">b" if value < 0 else ">B", value)
    forms = ((0xD0, ">b"), (0xD1, ">h"), (0xD2, ">i"), (0xD3, ">q")) if value < 0 else (
        (0xCC, ">B"), (0xCD, ">H"), (0xCE, ">I"), (0xCF, ">Q"))  # fmt: skip
    for head, form in forms:
        try:
            return bytes([head]) + struct.pack(form, value)
        except struct.error:
            continue
    raise AssertionError


def _header(length: int, short: int, below: int, heads: tuple[int | None, int, int]) -> bytes:
    if length < below:
        return bytes([short | length])
    for head, form, end in zip(heads, (">B", ">H", ">I"), (1 << 8, 1 << 16, 1 << 32), strict=True):
        if head is not None and length < end:
            return bytes([head]) + struct.pack(form, length)
    raise AssertionError


def outcome(reader, raw: bytes) -> object:
    """What a reader makes of bytes; the naive encoding tells True from 1."""
    try:
        return naive(reader(raw))
    except FormatError:
        return "refused"


@given(values, values)
@example({"a": [True]}, {"a": [1]})
@example({"a": [1]}, {"a": [1]})
@example([0, {"b": False}], [0, {"b": 0}])
@example([0, {"b": None}], [0, {}])
def test_two_values_are_the_same_if_their_bytes_are(one, other):
    assert same_value(one, other) == (encode(one) == encode(other))
    assert same_value(one, decode(encode(one)))


@given(values)
def test_encoding_is_that_of_the_specification_and_comes_back(value):
    raw = encode(value)
    assert raw == naive(value)
    assert naive(decode(raw)) == raw
    assert naive(decode_strictly(raw)) == raw


@given(st.binary(max_size=60))
@example(b"\xc7\x00\x05")
@example(b"\xc7\x00\xff")
@example(b"\x81\xc4\x01a\x00")
def test_fast_and_strict_agree_on_any_bytes(raw):
    seen = outcome(decode, raw)
    assert seen == outcome(decode_strictly, raw)
    assert seen in ("refused", raw)  # whatever is accepted is exactly what the encoder writes


@settings(max_examples=300)
@given(values, st.data())
def test_fast_and_strict_agree_on_mutations(value, data):
    raw = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw)))
        how = data.draw(st.sampled_from(["replace", "insert", "delete"]))
        byte = data.draw(st.integers(0, 255))
        if how == "insert" or at == len(raw):
            raw.insert(at, byte)
        elif how == "replace":
            raw[at] = byte
        else:
            del raw[at]
    seen = outcome(decode, bytes(raw))
    assert seen == outcome(decode_strictly, bytes(raw))
    assert seen in ("refused", bytes(raw))


# --- decimals and times -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["0", "0.0", "0.012", "-4", "-0.5", "10", "1234567890.0987654321", "1" * 40, "-" + "1" * 39, "-10.00"],
)
def test_decimals(text):
    assert check_decimal(text) == text


@pytest.mark.parametrize(
    "text",
    ["", "-", "+1", "01", "-01", ".5", "1.", "1e3", "1E3", "1,000", "1 ", " 1", "1\n", "-0", "-0.0", "-0.00", "0x1",
     "NaN", "inf", "١", "１", "1_000", "1" * 41, "--1", "1.2.3", "−1"],
)  # fmt: skip
def test_no_decimals(text):
    with pytest.raises(FormatError) as caught:
        check_decimal(text)
    assert caught.value.code == "encoding.decimal"


@pytest.mark.parametrize("moment", [MIN_TIME, -1, 0, 1, MAX_TIME])
def test_times(moment):
    assert check_time(moment) == moment
    assert parse_time(format_time(moment)) == moment


@pytest.mark.parametrize("moment", [MIN_TIME - 1, MAX_TIME + 1, True, "0", None, 1.0])
def test_no_times(moment):
    with pytest.raises(FormatError):
        check_time(moment)


def test_the_limits_of_time_are_the_years_1_and_9999():
    assert (MIN_TIME, MAX_TIME) == (-62_135_596_800_000, 253_402_300_799_999)
    assert format_time(MIN_TIME) == "0001-01-01T00:00:00Z"
    assert format_time(MAX_TIME) == "9999-12-31T23:59:59.999Z"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-10-05T08:00:00+08:00", 1_791_158_400_000),
        ("2026-10-05t00:00:00z", 1_791_158_400_000),
        ("2026-10-05T00:00:00.1Z", 1_791_158_400_100),
        ("2026-10-05T00:00:00.123999999Z", 1_791_158_400_123),
        ("1969-12-31T23:59:59.999Z", -1),
        ("2026-10-04T19:00:00-05:00", 1_791_158_400_000),
    ],
)
def test_rfc3339(text, moment):
    assert parse_time(text) == moment


@pytest.mark.parametrize(
    "text",
    ["", "2026-10-05", "2026-10-05T08:00:00", "2026-10-05 08:00:00Z", "2026-13-05T08:00:00Z", "2026-02-30T00:00:00Z",
     "2026-10-05T08:00:00+08:60", "2026-10-05T08:00:00+08:99", "2026-10-05T08:00:00-23:60", "2026-10-05T24:00:00Z", "2026-10-05T08:60:00Z", "2026-10-05T08:00:00+8:00", "2026-10-05T08:00:00+24:00",
     "2026-10-05T08:00:00Z\n", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
     "２026-10-05T08:00:00Z", "2026-10-05T08:00:00.Z", "20261005T080000Z"],
)  # fmt: skip
def test_not_rfc3339(text):
    with pytest.raises(FormatError):
        parse_time(text)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), st.integers(-23 * 60, 23 * 60))  # noqa: DTZ001 - the offset is drawn beside it
def test_times_against_the_standard_library(naive_moment, offset):
    moment = naive_moment.replace(tzinfo=UTC, microsecond=naive_moment.microsecond // 1000 * 1000)
    milliseconds = (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
    sign, minutes = ("-" if offset < 0 else "+"), abs(offset)
    local = (moment + timedelta(minutes=offset)).replace(tzinfo=None).isoformat(timespec="milliseconds")
    assert parse_time(f"{local}{sign}{minutes // 60:02}:{minutes % 60:02}") == milliseconds
    assert parse_time(format_time(milliseconds)) == milliseconds
