"""Ends of ranges in keys and notes, and that an error says where the fault stands."""

from __future__ import annotations

from base64 import b64encode

import pytest

from trustledger.errors import FormatError
from trustledger.note import (
    COSIGNATURE_V1,
    ED25519,
    MAX_LINES,
    MAX_NOTE,
    SignatureLine,
    VerifierKey,
    assemble,
    parse_note,
    parse_vkey,
)

LINE = SignatureLine("name", b"1234", b"signature")


@pytest.mark.parametrize("key_type", [0, 3, 254, 255])
def test_a_type_is_any_byte(key_type: int) -> None:
    key = VerifierKey("name", key_type, b"any")
    assert parse_vkey(key.text, unassigned=True) == key


@pytest.mark.parametrize("key_type", [ED25519, COSIGNATURE_V1, 0x06])
@pytest.mark.parametrize(
    "public",
    [bytearray(32), memoryview(bytes(32)), "x" * 32, [0] * 32, b""],
    ids=lambda one: type(one).__name__,
)
def test_a_public_key_is_bytes(key_type: int, public: object) -> None:
    with pytest.raises(FormatError) as caught:
        VerifierKey("name", key_type, public)  # type: ignore[arg-type]
    assert caught.value.code == "vkey.public"


def vkey_of(characters: int) -> str:
    """A vkey of a type with long keys (ML-DSA-44), in so many characters."""
    material = b"\x06" + bytes(1312)
    name = "n" * (characters - len("+12345678+") - len(b64encode(material)))
    text = VerifierKey(name, material[0], material[1:]).text
    assert len(text) == characters
    return text


def test_a_vkey_has_at_most_4096_characters() -> None:
    longest = vkey_of(4096)
    assert parse_vkey(longest).text == longest
    with pytest.raises(FormatError) as caught:
        parse_vkey(vkey_of(4097))
    assert caught.value.code == "vkey.form"


def test_a_line_is_by_a_key_only_if_name_and_id_agree() -> None:
    key = VerifierKey("name", ED25519, bytes(32))
    assert SignatureLine("name", key.key_id, b"s").is_by(key)
    assert not SignatureLine("another", key.key_id, b"s").is_by(key)
    assert not SignatureLine("name", b"1234", b"s").is_by(key)


def test_limits_of_golang_org_x_mod() -> None:
    """Its `note` package takes a million bytes and a hundred signatures."""
    full = assemble(b"text\n", [LINE] * MAX_LINES)
    assert len(parse_note(full).lines) == MAX_LINES == 100
    with pytest.raises(FormatError) as caught:
        parse_note(full + bytes(LINE))
    assert caught.value.code == "note.too_many_lines"
    spare = MAX_NOTE - len(assemble(b"\n", [LINE]))
    assert MAX_NOTE == 1_000_000
    assert len(parse_note(assemble(b"x" * spare + b"\n", [LINE])).text) == spare + 1
    with pytest.raises(FormatError) as caught:
        parse_note(assemble(b"x" * (spare + 1) + b"\n", [LINE]))
    assert caught.value.code == "note.too_long"


@pytest.mark.parametrize(
    ("lines", "code", "at"),
    [
        ("- name MTIzNHM=\n", "note.line", 1),
        ("— name MTIzNHM=\nname MTIzNHM=\n", "note.line", 2),
        ("— name MTIzNHM=\n— name MTIzNA==\n", "note.line", 2),
        ("— name MTIzNHN=\n", "note.base64", "signature line 1"),
        ("— name MTIzNHM=\n— name MTIzNHM=\n— name !\n", "note.base64", "signature line 3"),
    ],
)
def test_the_line_with_the_fault_is_named(lines: str, code: str, at: object) -> None:
    with pytest.raises(FormatError) as caught:
        parse_note(b"text\n\n" + lines.encode())
    assert (caught.value.code, caught.value.facts["at"]) == (code, at)


def test_base64_of_a_key_is_named() -> None:
    with pytest.raises(FormatError) as caught:
        parse_vkey("name+00000000+AQF=")
    assert (caught.value.code, caught.value.facts["at"]) == ("note.base64", "vkey")


@pytest.mark.parametrize("number", [*range(0x20), 0x20, 0x7E, 0x7F, 0x80, 0xA0])
def test_control_characters_are_those_below_u_0020_but_the_newline(number: int) -> None:
    data = f"a{chr(number)}b\n\n{bytes(LINE).decode()}".encode()
    if number < 0x20 and chr(number) != "\n":
        with pytest.raises(FormatError) as caught:
            parse_note(data)
        assert (caught.value.code, caught.value.facts["at"]) == ("note.control", 1)
        with pytest.raises(FormatError):
            VerifierKey(f"a{chr(number)}b", ED25519, bytes(32))
    else:
        assert parse_note(data).text == f"a{chr(number)}b\n".encode()
