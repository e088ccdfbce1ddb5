"""Records: shape, kinds, seals, evidence, salts, withheld and later forms (format v1, section 2)."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trustledger.encoding import MAX_INT, MAX_TIME, MIN_TIME, encode
from trustledger.errors import FormatError, NewerFormatError
from trustledger.record import (
    Draft,
    Evidence,
    NewerRecord,
    Opening,
    Record,
    Withheld,
    commitment,
    finish_draft,
    parse_record,
    refuse_newer,
    withhold,
)

FARM = "https://farm.example/"
LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"
PRODUCT = "https://id.gs1.org/01/09506000134352"
HASH = bytes(range(32))
EVIDENCE = {"media_type": "application/pdf", "name": "r.pdf", "sha256": HASH, "size": 7}


def record(**changes: object) -> list[object]:
    """The elements of a good record, some of them changed."""
    parts: dict[str, object] = {
        "version": 1, "kind": "inspection", "occurred_at": 0, "subjects": [LOT, PRODUCT],
        "data": {"price": 5, "results": [{"parameter": "lead"}], "a/b": {"m~n": {}}},
        "sealed": {}, "evidence": [], "salt": b"",
    }  # fmt: skip
    assert set(changes) <= set(parts)
    return list({**parts, **changes}.values())


def parse(parts: object) -> Record | Withheld | NewerRecord:
    return parse_record(encode(parts))


def refused(parts: object, code: str | None = None) -> None:
    with pytest.raises(FormatError) as caught:
        parse(parts)
    assert not isinstance(caught.value, NewerFormatError)
    if code is not None:
        assert caught.value.code == code


def test_a_good_record():
    raw = encode(record(evidence=[EVIDENCE], salt=bytes(16)))
    found = parse_record(raw)
    assert isinstance(found, Record)
    assert found.subjects == (LOT, PRODUCT)
    assert found.evidence == (Evidence("application/pdf", "r.pdf", HASH, 7),)
    assert found.hash == sha256(b"\x00" + raw).digest()
    assert found.subject_hashes == tuple(sha256(uri.encode()).digest() for uri in (LOT, PRODUCT))


@pytest.mark.parametrize("parts", [None, 1, "1", [], {}, ["1"], [True], [None], [[1]]], ids=repr)
def test_what_is_no_array_with_a_version(parts):
    refused(parts, "record.shape")


@pytest.mark.parametrize("count", [1, 4, 7, 9])
def test_version_1_has_eight_elements(count):
    refused([*record(), 0][:count], "record.shape")


@pytest.mark.parametrize("field", ["data", "sealed", "evidence", "salt", "subjects", "kind", "occurred_at"])
def test_empty_is_never_nil(field):
    refused(record(**{field: None}))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("data", []),
        ("sealed", []),
        ("evidence", {}),
        ("salt", ""),
        ("subjects", {}),
        ("subjects", LOT),
        ("kind", b"x"),
    ],
    ids=str,
)
def test_each_element_has_one_type(field, value):
    refused(record(**{field: value}))


@pytest.mark.parametrize("kind", ["a", "a" * 64, "org.example.kind", "a_b-c.d9"])
def test_kinds(kind):
    assert parse(record(kind=kind)).kind == kind


@pytest.mark.parametrize("kind", ["", "A", "1a", "_a", ".a", "a" * 65, "a b", "a\n", "é", "a/b"])
def test_no_kinds(kind):
    refused(record(kind=kind), "record.kind")


@pytest.mark.parametrize("moment", [MIN_TIME - 1, MAX_TIME + 1, "0", True])
def test_occurred_at_is_a_time(moment):
    refused(record(occurred_at=moment), "encoding.time")


OTHERS = sorted(f"urn:x:{number:03}" for number in range(256))


@pytest.mark.parametrize(
    "subjects",
    [[LOT], [LOT, PRODUCT], ["urn:x:zzz", *OTHERS[:255]], ["urn:x:005", "urn:x:001", "urn:x:009"]],
    ids=len,
)
def test_subjects(subjects):
    assert parse(record(subjects=subjects)).subjects == tuple(subjects)


@pytest.mark.parametrize(
    "subjects",
    [
        [],
        ["urn:x:zzz", *OTHERS],
        [LOT, LOT],
        [LOT, PRODUCT, PRODUCT],
        ["urn:x:001", "urn:x:003", "urn:x:002"],
        ["urn:x:001", "urn:x:000", "urn:x:001"],
        [LOT, "https://ID.gs1.org/01/09506000134352"],
        [7],
        [None],
        [LOT.encode()],
        [[LOT]],
        [{LOT: 1}],
        [LOT, ["a"]],
        [*OTHERS[:9], ["a"]],
    ],
    ids=lambda subjects: str(subjects)[:60],
)
def test_no_subjects(subjects):
    refused(record(subjects=subjects))


@pytest.mark.parametrize("salt", [bytes(1), bytes(15), bytes(17), bytes(32)], ids=len)
def test_a_salt_is_empty_or_16_bytes(salt):
    refused(record(salt=salt), "record.salt")


# --- evidence -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [{"media_type": "", "name": ""}, {"size": 0}, {"size": MAX_INT}, {"name": "奶" * 85}, {"name": ".."}],
)
def test_evidence(changes):
    assert parse(record(evidence=[{**EVIDENCE, **changes}])).evidence == (
        Evidence(**{**EVIDENCE, **changes}),
    )


@pytest.mark.parametrize(
    "item",
    [
        {**EVIDENCE, "name": "a/b"},
        {**EVIDENCE, "name": "a\\b"},
        {**EVIDENCE, "name": "x" * 256},
        {**EVIDENCE, "name": "奶" * 86},
        {**EVIDENCE, "name": b"r.pdf"},
        {**EVIDENCE, "name": None},
        {**EVIDENCE, "media_type": 1},
        {**EVIDENCE, "sha256": bytes(31)},
        {**EVIDENCE, "sha256": "00" * 32},
        {**EVIDENCE, "size": -1},
        {**EVIDENCE, "size": True},
        {**EVIDENCE, "size": "7"},
        {**EVIDENCE, "more": 1},
        {key: value for key, value in EVIDENCE.items() if key != "size"},
        {},
        [],
        None,
    ],
    ids=lambda item: str(item)[:60],
)
def test_no_evidence(item):
    refused(record(evidence=[item]), "record.evidence")
    if isinstance(item, dict) and set(item) == set(EVIDENCE):
        with pytest.raises(FormatError):
            finish_draft(Draft("x.y", 0, (LOT,), {}, evidence=(Evidence(**item),)), FARM, bytes)


# --- seals --------------------------------------------------------------------------------------------------------

GOOD_SEALS = [
    ["/cost"],
    ["/results/0/value"],
    ["/cost", "/results/0/value"],
    ["/cost", "/costs"],
    ["/a~1b/x", "/a~1b/m~0n/y"],
    ["/"],
    ["/a~1b/"],
    ["/~01"],
    ["/-"],
]
BAD_SEALS = [
    [""],
    ["cost"],
    ["/price"],
    ["/results"],
    ["/results/0"],
    ["/results/1"],
    ["/results/1/value"],
    ["/results/-/value"],
    ["/results/00/value"],
    ["/results/+0/value"],
    ["/results/٠/value"],
    ["/results/9999999999/value"],
    ["/results/0/parameter"],
    ["/price/x"],
    ["/missing/x"],
    ["/cost", "/cost/amount"],
    ["/~"],
    ["/~2"],
    ["/a~"],
    ["/a/b/x"],
]


@pytest.mark.parametrize("pointers", GOOD_SEALS, ids=str)
def test_where_a_seal_may_stand(pointers):
    assert parse(record(sealed=dict.fromkeys(pointers, HASH))).sealed == dict.fromkeys(pointers, HASH)


@pytest.mark.parametrize("pointers", BAD_SEALS, ids=str)
def test_where_a_seal_may_not_stand(pointers):
    refused(record(sealed=dict.fromkeys(pointers, HASH)))
    with pytest.raises(FormatError):
        finish_draft(Draft("x.y", 0, (LOT,), record()[4], seal=dict.fromkeys(pointers, 1)), FARM, bytes)


@pytest.mark.parametrize("value", [bytes(31), bytes(33), "00", None, 1], ids=repr)
def test_a_commitment_is_32_bytes(value):
    refused(record(sealed={"/cost": value}), "record.commitment")


def test_the_commitment_by_hand():
    opening = Opening("/cost", bytes(range(16)), "12.50")
    by_hand = (
        b"\x95"
         b"\xb5" + FARM.encode()
        + b"\xd9\x2d" + LOT.encode()
        + b"\xa5/cost"
        + b"\xc4\x10" + bytes(range(16))
        + b"\xa512.50"
    )  # fmt: skip
    assert commitment(FARM, LOT, opening) == sha256(b"\x03" + by_hand).digest()


@pytest.mark.parametrize(
    ("party", "subject", "opening"),
    [
        ("https://other.example/", LOT, Opening("/cost", bytes(16), 1)),
        (FARM, PRODUCT, Opening("/cost", bytes(16), 1)),
        (FARM, LOT, Opening("/price", bytes(16), 1)),
        (FARM, LOT, Opening("/cost", bytes(15) + b"\x01", 1)),
        (FARM, LOT, Opening("/cost", bytes(16), "1")),
        (FARM, LOT, Opening("/cost", bytes(16), True)),
    ],
)
def test_a_commitment_fits_one_party_subject_pointer_salt_and_value(party, subject, opening):
    assert commitment(party, subject, opening) != commitment(FARM, LOT, Opening("/cost", bytes(16), 1))


def test_a_draft_gets_fresh_salts_and_hides_its_values():
    given_out: list[bytes] = []

    def randomness(count: int) -> bytes:
        given_out.append(bytes([len(given_out) + 1]) * count)
        return given_out[-1]

    draft = Draft("x.y", 5, (LOT, PRODUCT), {"b": 1}, seal={"/z": "hidden", "/a": 7}, salted=True)
    raw, openings = finish_draft(draft, FARM, randomness)
    found = parse_record(raw)
    assert isinstance(found, Record)
    assert b"hidden" not in raw
    assert len(set(given_out)) == len(given_out) == 3
    assert found.salt in given_out
    assert {opening.pointer: opening.value for opening in openings.values()} == {"/z": "hidden", "/a": 7}
    for pointer, sealed in found.sealed.items():
        assert openings[sealed].pointer == pointer
        assert commitment(FARM, LOT, openings[sealed]) == sealed
    assert "hidden" not in repr(draft)
    assert "hidden" not in repr(openings)


def test_a_record_may_have_65535_bytes_and_no_more():
    def draft(size: int) -> Draft:
        return Draft("x.y", 0, (LOT,), {"b": b"x" * size})

    spare = 65_535 - len(finish_draft(draft(60_000), FARM, bytes)[0])
    raw, _ = finish_draft(draft(60_000 + spare), FARM, bytes)
    assert len(raw) == 65_535
    assert isinstance(parse_record(raw), Record)
    with pytest.raises(FormatError) as caught:
        finish_draft(draft(60_001 + spare), FARM, bytes)
    assert caught.value.code == "encoding.too_large"


# --- withheld and later forms -------------------------------------------------------------------------------------


def test_the_withheld_form():
    whole = parse(record())
    raw = withhold(whole)
    assert raw == encode([0, whole.hash, list(whole.subject_hashes)])
    short = parse_record(raw)
    assert isinstance(short, Withheld)
    assert (short.hash, short.subject_hashes) == (whole.hash, whole.subject_hashes)
    assert refuse_newer(short) is short


@pytest.mark.parametrize(
    "parts",
    [
        [0],
        [0, HASH],
        [0, HASH, [HASH], 0],
        [0, HASH, []],
        [0, HASH, [HASH, HASH]],
        [0, HASH, [bytes(31)]],
        [0, bytes(31), [HASH]],
        [0, HASH.hex(), [HASH]],
        [0, HASH, HASH],
        [0, HASH, [HASH.hex()]],
        [0, HASH, [number.to_bytes(32, "big") for number in range(257)]],
    ],
    ids=lambda parts: str(parts)[:50],
)
def test_no_withheld_form(parts):
    refused(parts, "record.withheld")


def test_256_subjects_can_be_withheld():
    hashes = [number.to_bytes(32, "big") for number in range(256)]
    assert parse([0, HASH, hashes]).subject_hashes == tuple(hashes)


@pytest.mark.parametrize("version", [2, 3, 64, MAX_INT, -1])
@pytest.mark.parametrize("tail", [[], [{}, 1, 2, 3, 4, 5]], ids=["4 elements", "10 elements"])
def test_a_later_version_keeps_its_place_but_not_its_content(version, tail):
    raw = encode([version, "inspection", 5, [LOT, PRODUCT], *tail])
    found = parse_record(raw)
    assert isinstance(found, NewerRecord)
    assert (found.version, found.subjects, found.hash) == (
        version,
        (LOT, PRODUCT),
        sha256(b"\x00" + raw).digest(),
    )
    assert found.subject_hashes == parse(record()).subject_hashes
    with pytest.raises(NewerFormatError):
        refuse_newer(found)


@pytest.mark.parametrize(
    "parts",
    [[2], [2, "inspection", 5], [2, "inspection", 5, []], [2, "Inspection", 5, [LOT]], [2, "a", None, [LOT]],
     [2, "a", 5, LOT], [2, "a", 5, [LOT, LOT]], [2, "a", 5, [[LOT]]]],
    ids=str,
)  # fmt: skip
def test_a_later_version_without_elements_0_to_3_is_broken(parts):
    refused(parts)


# --- properties -------------------------------------------------------------------------------------------------

keys = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
leaves = st.none() | st.booleans() | st.integers(-MAX_INT, MAX_INT) | keys | st.binary(max_size=9)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4)
)
maps = st.dictionaries(keys, values, max_size=5)


def absent_places(data: object, path: str = "") -> list[str]:
    """Pointers at which a value could be sealed, found by walking the data."""
    if isinstance(data, dict):
        found = [f"{path}/new-key"]
        for key, value in data.items():
            found += absent_places(value, f"{path}/{key.replace('~', '~0').replace('/', '~1')}")
        return found
    if isinstance(data, list):
        return [
            place for number, value in enumerate(data) for place in absent_places(value, f"{path}/{number}")
        ]
    return []


@given(maps, st.data())
def test_every_map_in_the_data_can_hold_a_seal(data, source):
    places = [place for place in absent_places(data) if place.count("/") <= 12]
    chosen = source.draw(st.lists(st.sampled_from(places), unique=True, max_size=3))
    raw, openings = finish_draft(Draft("x.y", 0, (LOT,), data, seal=dict.fromkeys(chosen, 1)), FARM, bytes)
    found = parse_record(raw)
    assert isinstance(found, Record)
    assert sorted(found.sealed) == sorted(chosen)
    assert found.data == data
    assert len(openings) == len(set(chosen))


@settings(max_examples=300)
@given(st.data())
def test_a_mutated_record_is_another_record_or_refused(source):
    raw = bytearray(encode(record(evidence=[EVIDENCE], sealed={"/cost": HASH}, salt=bytes(16))))
    at = source.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= source.draw(st.integers(1, 255))
    try:
        found = parse_record(bytes(raw))
    except FormatError:
        return
    assert found.raw == bytes(raw)
    assert found.hash != parse(record()).hash


@given(
    st.recursive(leaves, lambda inner: st.lists(inner, max_size=9) | st.dictionaries(keys, inner, max_size=4))
)
def test_anything_canonical_is_a_record_or_a_format_error(value):
    try:
        parse_record(encode(value))
    except FormatError as error:
        assert error.text("zh") != error.code  # noqa: PT017 - every refusal has a sentence
