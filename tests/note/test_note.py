"""Signed notes and vkeys, against what others published and against everything a hostile writer may try."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.errors import FormatError, SignatureError, TrustLedgerError
from trustledger.keys import Ed25519Signer, sign_note
from trustledger.note import (
    COSIGNATURE_V1,
    ED25519,
    Note,
    SignatureLine,
    VerifierKey,
    assemble,
    key_id,
    open_note,
    parse_base64,
    parse_note,
    parse_vkey,
)

if TYPE_CHECKING:
    from pathlib import Path

ALICE = Ed25519Signer.from_seed("https://alice.example/", bytes(32))
BOB = Ed25519Signer.from_seed("https://bob.example/", bytes([1]) * 32)
TEXT = b"one\n\ntwo\n"


def line_of(signer: Ed25519Signer, text: bytes = TEXT) -> SignatureLine:
    return SignatureLine(signer.public.name, signer.public.key_id, signer.sign(text))


def code_of(error: pytest.ExceptionInfo[TrustLedgerError]) -> str:
    assert error.value.text("zh") != error.value.text("en")
    return error.value.code


@pytest.fixture(scope="module")
def published(shared_dir: Path) -> dict:
    return json.loads((shared_dir / "vectors" / "signed-notes.json").read_text())


def test_published_notes_verify(published: dict) -> None:
    for case in published["valid_notes"]:
        data = case["note"].encode()
        if "ed25519_public_hex" in case:
            keys = [
                VerifierKey(
                    parse_note(data).lines[0].name, ED25519, bytes.fromhex(case["ed25519_public_hex"])
                )
            ]
        else:
            keys = [parse_vkey(text) for text in case.get("vkeys", [case.get("vkey")])]
        opened = open_note(data, keys)
        assert opened.signed_by == tuple(keys)
        assert opened.unverified == ()
        assert assemble(opened.text, parse_note(data).lines) == data
        for changed in (b"x" + data, data.replace(b"\n\n", b" \n\n", 1)):
            with pytest.raises(SignatureError):
                open_note(changed, keys)


def test_published_notes_are_signed_again_to_the_byte(published: dict) -> None:
    first, _, _, sigsum = published["valid_notes"]
    seeds = [
        (first["note"], b64decode(first["skey"].split("+", 4)[4])[1:]),
        (sigsum["note"], bytes.fromhex(sigsum["ed25519_seed_hex"])),
    ]
    for note, seed in seeds:
        parsed = parse_note(note.encode())
        signer = Ed25519Signer.from_seed(parsed.lines[0].name, seed)
        assert sign_note(parsed.text, [signer]) == note.encode()


def test_published_invalid_notes_are_refused(published: dict) -> None:
    key = parse_vkey(published["valid_notes"][0]["vkey"])
    cases = published["invalid_notes_for_vkey_PeterNeumann"]
    assert len(cases) == 9
    for case in cases:
        data = b64decode(case["note_b64"]) if "note_b64" in case else case["note"].encode()
        # A note that is one, but whose signature is wrong, is forged and not malformed.
        with pytest.raises(SignatureError if "corrupted" in case["desc"] else FormatError):
            open_note(data, [key])


def test_published_vkeys(published: dict) -> None:
    for text in published["vkeys_key_id_ok"]:
        assert parse_vkey(text).text == text
    for text in published["vkeys_invalid"]:
        with pytest.raises(FormatError):
            parse_vkey(text)
    name, _, rest = published["vkeys_key_id_ok"][1].split("+", 2)
    with pytest.raises(FormatError) as caught:
        parse_vkey(f"{name}+5893dc2c+{rest}")
    assert code_of(caught) == "vkey.key_id"


def test_mangled_vkeys_are_refused(published: dict) -> None:
    """The rule of golang.org/x/mod: every proper substring, and every byte incremented."""
    for text in published["vkeys_key_id_ok"]:
        substrings = {text[i:j] for i in range(len(text)) for j in range(i, len(text) + 1)} - {text}
        mangled = {text[:i] + chr(ord(c) + 1) + text[i + 1 :] for i, c in enumerate(text)}
        for bad in substrings | mangled:
            with pytest.raises(FormatError):
                parse_vkey(bad)


def test_ecdsa_key_ids_leave_out_the_name(published: dict) -> None:
    known = published["ecdsa_0x02_key_id"]
    material = b64decode(known["vkey_material_b64"])
    assert key_id("any name", material[0], material[1:]).hex() == known["key_id"]
    text = f"any.name+{known['key_id']}+{known['vkey_material_b64']}"
    assert parse_vkey(text).public == material[1:]


def test_keys_of_other_types_are_carried_and_never_verify() -> None:
    for key_type in (0x02, COSIGNATURE_V1, 0x05, 0x06, 0xFF):
        key = VerifierKey("name", key_type, ALICE.public.public)
        assert parse_vkey(key.text) == key
        with pytest.raises(SignatureError) as caught:
            key.verify(TEXT, ALICE.sign(TEXT))
        assert code_of(caught) == "signature.type"
    later = VerifierKey("name", 0x65, b"?")
    assert parse_vkey(later.text, unassigned=True) == later
    with pytest.raises(FormatError) as refused:
        parse_vkey(later.text)
    assert code_of(refused) == "vkey.type"


@pytest.mark.parametrize(
    "bad",
    [
        "",
        "a",
        "a+b",
        "+00000000+AQ==",
        "a+0000000+AQ==",
        "a+0000000G+AQ==",
        "a+ABCDEF00+AQ==",
        None,
        5,
        "a" * 5000,
    ],
)
def test_what_is_no_vkey(bad: object) -> None:
    with pytest.raises(FormatError) as caught:
        parse_vkey(bad)
    assert code_of(caught) == "vkey.form"


@pytest.mark.parametrize("size", [0, 31, 33])
def test_public_keys_of_the_wrong_size(size: int) -> None:
    for key_type in (ED25519, COSIGNATURE_V1):
        with pytest.raises(FormatError) as caught:
            VerifierKey("name", key_type, bytes(size))
        assert code_of(caught) == "vkey.public"


@pytest.mark.parametrize("key_type", [-1, 256, True, "1", None])
def test_key_types_out_of_range(key_type: object) -> None:
    with pytest.raises(FormatError):
        VerifierKey("name", key_type, bytes(32))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a b",
        "a+b",
        "a\tb",
        "a\u00a0b",
        "a\u2003b",
        "a\u3000b",
        "a\u0085b",
        "a\x00",
        "a\ud800",
        None,
        b"a",
    ],
)
def test_names_that_keys_cannot_have(name: object) -> None:
    with pytest.raises(FormatError) as caught:
        VerifierKey(name, ED25519, bytes(32))
    assert code_of(caught) == "note.name"


def test_a_note_opens() -> None:
    data = assemble(TEXT, [line_of(ALICE), line_of(BOB)])
    assert parse_note(data) == Note(TEXT, (line_of(ALICE), line_of(BOB)))
    opened = open_note(data, [BOB.public])
    assert opened.text == TEXT
    assert opened.signed_by == (BOB.public,)
    assert opened.unverified == (line_of(ALICE),)


def test_lines_by_unknown_keys_are_ignored_even_if_wrong() -> None:
    fake = SignatureLine("https://alice.example/", b"\x00\x00\x00\x00", bytes(64))
    other_name = SignatureLine("other", ALICE.public.key_id, bytes(64))
    data = assemble(TEXT, [fake, other_name, line_of(ALICE)])
    assert open_note(data, [ALICE.public]).unverified == (fake, other_name)


def test_a_known_key_that_fails_spoils_the_note() -> None:
    wrong = SignatureLine(BOB.public.name, BOB.public.key_id, ALICE.sign(TEXT))
    for lines in ([line_of(ALICE), wrong], [wrong, line_of(ALICE)], [line_of(BOB), wrong, line_of(ALICE)]):
        with pytest.raises(SignatureError):
            open_note(assemble(TEXT, lines), [ALICE.public, BOB.public])


def test_a_line_twice_counts_once() -> None:
    data = assemble(TEXT, [line_of(ALICE), line_of(ALICE)])
    assert open_note(data, [ALICE.public, ALICE.public]).signed_by == (ALICE.public,)


def test_no_known_signature() -> None:
    for keys in ([], [BOB.public], [VerifierKey(ALICE.public.name, COSIGNATURE_V1, ALICE.public.public)]):
        with pytest.raises(SignatureError) as caught:
            open_note(assemble(TEXT, [line_of(ALICE)]), keys)
        assert code_of(caught) == "note.unsigned"


def test_a_known_key_of_another_type_is_ignored_as_if_unknown() -> None:
    witness = VerifierKey(BOB.party, COSIGNATURE_V1, BOB.public.public)
    cosigned = SignatureLine(witness.name, witness.key_id, bytes(72))
    opened = open_note(assemble(TEXT, [line_of(ALICE), cosigned]), [ALICE.public, witness])
    assert (opened.signed_by, opened.unverified) == ((ALICE.public,), (cosigned,))


def test_two_keys_that_share_name_and_id_are_refused() -> None:
    twin = VerifierKey(ALICE.public.name, ED25519, BOB.public.public)
    object.__setattr__(twin, "key_id", ALICE.public.key_id)  # instead of searching 2³² keys for one
    with pytest.raises(SignatureError) as caught:
        open_note(assemble(TEXT, [line_of(ALICE)]), [ALICE.public, twin])
    assert code_of(caught) == "note.ambiguous_key"


GOOD = bytes(line_of(ALICE))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "note.blank_line"),
        (b"text\n", "note.blank_line"),
        (b"text\n" + GOOD, "note.blank_line"),
        (b"text\n\n", "note.signature_lines"),
        (b"text\n\n" + GOOD[:-1], "note.signature_lines"),
        (b"text\n\n" + GOOD + b"\n", "note.signature_lines"),
        (b"text\n\n" + GOOD + b"more\n", "note.line"),
        (b"text\n\n" + GOOD.replace(b"\xe2\x80\x94 ", b"- "), "note.line"),
        (b"text\n\n" + GOOD.replace(b"\xe2\x80\x94 ", b"\xe2\x80\x94"), "note.line"),
        (b"text\n\n" + GOOD.replace(b"\xe2\x80\x94 ", b"\xe2\x80\x94  "), "note.name"),
        (b"text\n\n\xe2\x80\x94 name\n", "note.line"),
        (b"text\n\n\xe2\x80\x94 name \n", "note.line"),
        (b"text\n\n\xe2\x80\x94 na+me AAAAAAA=\n", "note.name"),
        ("text\n\n— na\u00a0me AAAAAAA=\n".encode(), "note.name"),
        (b"text\n\n\xe2\x80\x94 name AAAAAAA=\n\xe2\x80\x94 name AAAAAA==\n", "note.line"),
        (b"text\n\n\xe2\x80\x94 name AAAAAAA\n", "note.base64"),
        (b"text\n\n\xe2\x80\x94 name AAAAAAB=\n", "note.base64"),
        (b"text\n\n\xe2\x80\x94 name AAAA AAA=\n", "note.base64"),
        (b"text\n\n\xe2\x80\x94 name AAAAAA_=\n", "note.base64"),
        (b"text\n\n\xe2\x80\x94 name AAAAAAA= \n", "note.base64"),
        (b"te\rxt\n\n" + GOOD, "note.control"),
        (b"te\x00xt\n\n" + GOOD, "note.control"),
        (b"te\txt\n\n" + GOOD, "note.control"),
        (b"te\xffxt\n\n" + GOOD, "note.utf8"),
        (b"te\xed\xa0\x80xt\n\n" + GOOD, "note.utf8"),
        (b"te\xc0\x80xt\n\n" + GOOD, "note.utf8"),
    ],
)
def test_what_is_no_note(data: bytes, code: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_note(data)
    assert code_of(caught) == code


def test_limits() -> None:
    data = assemble(TEXT, [line_of(ALICE)] * 16)
    assert len(parse_note(data, max_bytes=len(data), max_lines=16).lines) == 16
    with pytest.raises(FormatError) as caught:
        parse_note(data, max_lines=15)
    assert code_of(caught) == "note.too_many_lines"
    with pytest.raises(FormatError) as caught:
        parse_note(data, max_bytes=len(data) - 1)
    assert code_of(caught) == "note.too_long"


@pytest.mark.parametrize(
    ("text", "lines", "code"),
    [
        (b"text", [line_of(ALICE)], "note.text_end"),
        (b"", [line_of(ALICE)], "note.text_end"),
        (TEXT, [], "note.signature_lines"),
        (b"\r\n", [line_of(ALICE)], "note.control"),
        (b"\xff\n", [line_of(ALICE)], "note.utf8"),
        (TEXT, [SignatureLine("a b", b"1234", b"s")], "note.name"),
        (TEXT, [SignatureLine("a", b"123", b"s")], "note.line"),
        (TEXT, [SignatureLine("a", b"1234", b"")], "note.line"),
    ],
)
def test_notes_that_cannot_be_written(text: bytes, lines: list[SignatureLine], code: str) -> None:
    with pytest.raises(FormatError) as caught:
        assemble(text, lines)
    assert code_of(caught) == code


NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="+"), min_size=1, max_size=20
)
LINES = st.builds(SignatureLine, NAMES, st.binary(min_size=4, max_size=4), st.binary(min_size=1, max_size=80))
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n"), max_size=60)


@given(TEXTS, st.lists(LINES, min_size=1, max_size=5))
def test_what_is_written_is_read(text: str, lines: list[SignatureLine]) -> None:
    signed = (text + "\n").encode()
    assert parse_note(assemble(signed, lines)) == Note(signed, tuple(lines))


@given(st.binary(max_size=20), st.sampled_from(["", " ", "=", "\n", "A", "_", "é"]), st.integers(0, 30))
def test_base64_has_one_spelling(data: bytes, noise: str, place: int) -> None:
    text = b64encode(data).decode()
    changed = text[:place] + noise + text[place:]
    try:
        decoded = parse_base64(changed, at="here")
    except FormatError:
        return
    assert b64encode(decoded).decode() == changed


@given(st.binary(max_size=200))
def test_any_bytes_are_a_note_or_refused(data: bytes) -> None:
    for candidate in (data, TEXT + b"\n\xe2\x80\x94 " + data + b"\n"):
        try:
            note = parse_note(candidate)
        except FormatError:
            continue
        assert assemble(note.text, note.lines) == candidate


def test_any_flipped_bit_of_a_signed_note_is_refused() -> None:
    data = sign_note(b"pay 5 to bob\n", [ALICE])
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((FormatError, SignatureError)):
            open_note(bytes(changed), [ALICE.public])


def test_lines_are_sorted_by_name_and_id() -> None:
    second = Ed25519Signer.from_seed(ALICE.party, bytes([2]) * 32)
    names = [(line.name, line.key_id) for line in parse_note(sign_note(TEXT, [BOB, second, ALICE])).lines]
    assert names == sorted(names)
    assert len(names) == 3
