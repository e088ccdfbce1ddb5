"""Links, entries and the head index (format v1, section 4)."""

from __future__ import annotations

import struct
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.chain import (
    EMPTY,
    NO_LINK,
    Head,
    decode_head_index,
    encode_head_index,
    extend,
    heads_root,
    make_link,
)
from trustledger.encoding import MAX_INT, MAX_TIME, MIN_TIME, encode
from trustledger.errors import FormatError, NewerFormatError
from trustledger.log import MAX_LINKS, Annotation, Entry, parse_entry

SUBJECT, RECORD = sha256(b"urn:x:lot").digest(), sha256(b"\x00record").digest()
hashes = st.binary(min_size=32, max_size=32)


def by_hand(previous: bytes, subject: bytes, ordinal: int, entry: int, position: int, record: bytes) -> bytes:
    raw = (
        b"\x02" + previous + subject + ordinal.to_bytes(8, "big") + entry.to_bytes(8, "big")
        + position.to_bytes(4, "big") + record
    )  # fmt: skip
    assert len(raw) == 117
    return sha256(raw).digest()


@given(
    hashes, hashes, st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1), hashes
)
def test_a_link_is_the_hash_of_117_bytes(previous, subject, ordinal, entry, position, record):
    found = make_link(previous, subject, ordinal, entry, position, record)
    assert found == by_hand(previous, subject, ordinal, entry, position, record)


@pytest.mark.parametrize("field", range(6))
def test_a_link_binds_each_of_its_parts(field):
    parts: list[object] = [NO_LINK, SUBJECT, 0, 0, 0, RECORD]
    changed = list(parts)
    changed[field] = bytes([1] * 32) if isinstance(parts[field], bytes) else 1
    assert make_link(*parts) != make_link(*changed)  # type: ignore[arg-type]


def test_links_of_an_entry_record_by_record_and_subject_by_subject():
    a, b, c = (sha256(name).digest() for name in (b"urn:x:a", b"urn:x:b", b"urn:x:c"))
    one, two, three = (sha256(name).digest() for name in (b"1", b"2", b"3"))
    old = by_hand(NO_LINK, b, 0, 4, 0, one)
    heads: dict[bytes, Head] = {b: (1, old, NO_LINK)}
    links = extend(heads, 9, [(one, [a, b]), (two, [c]), (three, [b, a])])
    first_a = by_hand(NO_LINK, a, 0, 9, 0, one)
    first_b = by_hand(old, b, 1, 9, 0, one)
    first_c = by_hand(NO_LINK, c, 0, 9, 1, two)
    second_b = by_hand(first_b, b, 2, 9, 2, three)
    second_a = by_hand(first_a, a, 1, 9, 2, three)
    assert links == [first_a, first_b, first_c, second_b, second_a]
    assert heads == {a: (2, second_a, first_a), b: (3, second_b, first_b), c: (1, first_c, NO_LINK)}


def test_a_record_that_occurs_twice_gets_a_link_each():
    heads: dict[bytes, Head] = {}
    first, second = extend(heads, 0, [(RECORD, [SUBJECT]), (RECORD, [SUBJECT])])
    assert first == by_hand(NO_LINK, SUBJECT, 0, 0, 0, RECORD)
    assert second == by_hand(first, SUBJECT, 1, 0, 1, RECORD)


def test_a_chain_begins_with_32_zero_bytes():
    assert (0, bytes(32), bytes(32)) == EMPTY


# --- head index ---------------------------------------------------------------------------------------------------


def naive_heads_root(heads: dict[bytes, tuple[int, bytes]], depth: int = 0) -> bytes:
    """Section 4, word for word, with strings of bits."""
    if not heads:
        return bytes(32)
    if len(heads) == 1:
        ((key, (length, link)),) = heads.items()
        return sha256(b"\x04" + key + struct.pack(">Q", length) + link).digest()
    bits = {key: f"{int.from_bytes(key, 'big'):0256b}"[depth] for key in heads}
    zero = {key: head for key, head in heads.items() if bits[key] == "0"}
    one = {key: head for key, head in heads.items() if bits[key] == "1"}
    return sha256(b"\x05" + naive_heads_root(zero, depth + 1) + naive_heads_root(one, depth + 1)).digest()


def library_root(heads: dict[bytes, tuple[int, bytes]]) -> bytes:
    return heads_root([(key, (*head, NO_LINK)) for key, head in sorted(heads.items())])


def test_no_chain_and_one_chain():
    assert heads_root([]) == bytes(32)
    link = bytes(range(32))
    assert (
        library_root({SUBJECT: (7, link)}) == sha256(b"\x04" + SUBJECT + bytes(7) + b"\x07" + link).digest()
    )


def test_a_branch_with_one_empty_side_is_not_left_out():
    low, lower = b"\x40" + bytes(31), bytes(32)  # they differ in the second bit
    leaf = {key: sha256(b"\x04" + key + (1).to_bytes(8, "big") + bytes(32)).digest() for key in (low, lower)}
    below = sha256(b"\x05" + leaf[lower] + leaf[low]).digest()
    expected = sha256(b"\x05" + below + bytes(32)).digest()
    assert library_root({low: (1, bytes(32)), lower: (1, bytes(32))}) == expected


def test_keys_that_differ_in_the_last_bit_only():
    heads = {bytes(32): (1, SUBJECT), bytes(31) + b"\x01": (2, RECORD)}
    assert library_root(heads) == naive_heads_root(heads)


@given(st.dictionaries(hashes, st.tuples(st.integers(1, 2**64 - 1), hashes), max_size=30))
def test_the_head_index_against_a_naive_one(heads):
    assert library_root(heads) == naive_heads_root(heads)


@given(
    st.dictionaries(
        st.binary(min_size=1, max_size=1).map(lambda b: b + bytes(31)),
        st.tuples(st.integers(1, 9), hashes),
        min_size=1,
        max_size=40,
    ),
    st.data(),
)
def test_the_head_index_binds_every_head(heads, source):
    before = library_root(heads)
    key = source.draw(st.sampled_from(sorted(heads)))
    length, link = heads[key]
    assert library_root({**heads, key: (length + 1, link)}) != before
    assert library_root({**heads, key: (length, sha256(link).digest())}) != before
    assert library_root({name: head for name, head in heads.items() if name != key}) != before


def test_the_body_of_annotation_2():
    body = encode_head_index(3, RECORD)
    assert body == encode([3, RECORD])
    assert decode_head_index(body) == (3, RECORD)


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        [1],
        [1, RECORD, 0],
        [-1, RECORD],
        [True, RECORD],
        [1, RECORD[:31]],
        ["1", RECORD],
        [1, "x"],
        {},
    ],
    ids=repr,
)
def test_no_body_of_annotation_2(value):
    with pytest.raises(FormatError):
        decode_head_index(encode(value))


# --- entries ------------------------------------------------------------------------------------------------------

GOOD = [1, 5, b"note", 1, RECORD]


def test_an_entry_and_its_bytes():
    entry = Entry(5, b"note", 1, RECORD)
    assert entry.encode() == encode(GOOD)
    assert parse_entry(entry.encode()) == entry


@pytest.mark.parametrize("number", [2, 3, 17, 63])
def test_an_annotation_that_nobody_knows_is_fine(number):
    raw = encode([number, 5, b"anything"])
    assert parse_entry(raw) == Annotation(number, 5, b"anything")
    assert Annotation(number, 5, b"anything").encode() == raw


@pytest.mark.parametrize("number", [0, -1, -MAX_INT, 64, 65, 255, MAX_INT])
@pytest.mark.parametrize("rest", [[], [5, b"note", 1, RECORD], [5, b""], ["later"]], ids=len)
def test_any_other_first_element_is_newer_not_broken(number, rest):
    with pytest.raises(NewerFormatError):
        parse_entry(encode([number, *rest]))


@pytest.mark.parametrize(
    "parts",
    [
        None, 1, [], {}, ["1"], [True, 5, b"note", 1, RECORD], [None], [b"\x01"],
        [1], GOOD[:4], [*GOOD, 0], [1, 5, "note", 1, RECORD], [1, 5, b"note", "1", RECORD], [1, 5, b"note", True, RECORD],
        [1, 5, b"note", 1, RECORD[:31]], [1, 5, b"note", 1, "r"], [1, 5, b"note", 1, None],
        [1, 5, b"note", 0, RECORD], [1, 5, b"note", -1, RECORD], [1, 5, b"note", MAX_LINKS + 1, RECORD],
        [1, MAX_TIME + 1, b"note", 1, RECORD], [1, MIN_TIME - 1, b"note", 1, RECORD], [1, None, b"note", 1, RECORD],
        [2], [2, 5], [2, 5, b"", 0], [2, 5, "text"], [2, 5, None], [2, "5", b""], [2, MAX_TIME + 1, b""], [63, True, b""],
    ],
    ids=lambda parts: str(parts)[:40],
)  # fmt: skip
def test_no_entry(parts):
    with pytest.raises(FormatError) as caught:
        parse_entry(encode(parts))
    assert not isinstance(caught.value, NewerFormatError)


@pytest.mark.parametrize("links", [1, MAX_LINKS])
def test_ends_of_the_number_of_links(links):
    assert parse_entry(Entry(0, b"note", links, RECORD).encode()) == Entry(0, b"note", links, RECORD)


@pytest.mark.parametrize("links", [0, MAX_LINKS + 1])
def test_beyond_the_ends_of_the_number_of_links(links):
    with pytest.raises(FormatError):
        Entry(0, b"note", links, RECORD).encode()


def test_entries_and_annotations_have_at_most_65535_bytes():
    spare = 65_535 - len(Annotation(2, 0, bytes(65_000)).encode())
    fits = Annotation(2, 0, bytes(65_000 + spare))
    assert parse_entry(fits.encode()) == fits
    with pytest.raises(FormatError):
        Annotation(2, 0, bytes(65_001 + spare)).encode()
    with pytest.raises(FormatError):
        parse_entry(encode([2, 0, bytes(65_001 + spare)]))
    with pytest.raises(FormatError):
        Entry(0, bytes(65_535), 1, RECORD).encode()
