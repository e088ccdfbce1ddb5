"""Statements: their text, their signature lines, and who must sign (format v1, section 3)."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger import merkle
from trustledger.encoding import MAX_TIME
from trustledger.errors import FormatError, NewerFormatError, SignatureError
from trustledger.keys import Ed25519Signer
from trustledger.note import SignatureLine, VerifierKey, assemble
from trustledger.statement import (
    MAX_RECORDS,
    KeyRing,
    Seen,
    SignedStatement,
    Statement,
    check_signatures,
    join_signatures,
    parse_statement,
    parse_text,
    records_root,
    sign_statement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

FARM, LAB, CARRIER = "https://farm.example/", "https://lab.example/", "urn:x:carrier"
ROOT, GENESIS, ID = bytes(range(32)), bytes(range(100, 132)), bytes(range(16))
SEEN = Seen(3, bytes(range(50, 82)))


def b64(raw: bytes) -> str:
    return b64encode(raw).decode()


def signer(party: str, number: int = 1) -> Ed25519Signer:
    return Ed25519Signer.from_seed(party, bytes([number]) * 32)


def statement(**changes: object) -> Statement:
    fields: dict[str, object] = {
        "origin": "shop.example/ledger", "genesis": GENESIS, "party": FARM, "cosigners": (LAB, CARRIER), "time": 17,
        "id": ID, "seen": SEEN, "records": 5, "root": ROOT,
    }  # fmt: skip
    return Statement(**{**fields, **changes})  # type: ignore[arg-type]


LINES = [
    "trustledger/statement@v1",
    "ledger shop.example/ledger",
    f"genesis {b64(GENESIS)}",
    f"party {FARM}",
    f"with {LAB}",
    f"with {CARRIER}",
    "time 17",
    f"id {b64(ID)}",
    f"seen 3 {b64(SEEN.root)}",
    "records 5",
    f"root {b64(ROOT)}",
    "",
]
TEXT = "\n".join(LINES).encode()


def replaced(number: int, line: str) -> bytes:
    return "\n".join([*LINES[:number], line, *LINES[number + 1 :]]).encode()


def test_the_text_line_by_line():
    assert statement().text() == TEXT
    assert parse_text(TEXT) == statement()


@pytest.mark.parametrize(
    "changes", [{"seen": None}, {"cosigners": ()}, {"seen": None, "cosigners": ()}, {"time": 0}, {"time": MAX_TIME},
                {"records": 1}, {"records": MAX_RECORDS}, {"seen": Seen(1, ROOT)}, {"seen": Seen(2**63 - 1, ROOT)}]
)  # fmt: skip
def test_optional_lines_and_ends_of_ranges(changes):
    made = statement(**changes)
    assert parse_text(made.text()) == made


@pytest.mark.parametrize("number", range(len(LINES) - 1), ids=lambda n: LINES[n].split()[0])
def test_every_line_has_one_place_and_stands_once(number):
    line = LINES[number]
    without = [*LINES[:number], *LINES[number + 1 :]]
    broken = [
        replaced(number, line + "\r"),
        replaced(number, line + " "),
        replaced(number, " " + line),
        replaced(number, line.replace(" ", "  ", 1) if " " in line else line + "x"),
        replaced(number, line.replace(" ", "\t", 1) if " " in line else line[:-1]),
        replaced(number, line.capitalize()),
        replaced(number, line.split(" ")[0]),
        "\n".join([*LINES[: number + 1], *LINES[number:]]).encode(),
        "\n".join([*LINES[: number + 1], "", *LINES[number + 1 :]]).encode(),
    ]
    if not line.startswith(("with", "seen")):
        broken.append("\n".join(without).encode())
    for other in range(len(without)):
        if other != number:
            moved = [*without[:other], line, *without[other:]]
            broken.append("\n".join(moved).encode())
    for text in broken:
        if text != TEXT:
            with pytest.raises(FormatError):
                parse_text(text)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        TEXT[:-1],
        TEXT + b"\n",
        b"\n" + TEXT,
        TEXT + b"more\n",
        TEXT.replace(b"\n", b"\r\n"),
        b"\xef\xbb\xbf" + TEXT,
    ],
)
def test_nothing_before_between_or_after(text):
    with pytest.raises(FormatError):
        parse_text(text)


@pytest.mark.parametrize("number", ["01", "+1", "-1", "1_0", "1.0", "0x1", " 1", "1 ", "١", "1e3", ""])
@pytest.mark.parametrize("line", [6, 8, 9], ids=["time", "seen", "records"])
def test_decimals_have_no_sign_and_no_leading_zero(line, number):
    words = LINES[line].split(" ")
    with pytest.raises(FormatError):
        parse_text(replaced(line, " ".join([words[0], number, *words[2:]])))


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (6, f"time {MAX_TIME + 1}"),
        (6, "time 99999999999999999999999"),
        (8, f"seen 0 {b64(ROOT)}"),
        (8, f"seen {2**63} {b64(ROOT)}"),
        (9, "records 0"),
        (9, f"records {MAX_RECORDS + 1}"),
        (2, f"genesis {b64(GENESIS[:31])}"),
        (2, f"genesis {b64(GENESIS + b'x')}"),
        (2, f"genesis {b64(GENESIS)[:-1]}"),
        (2, "genesis " + b64(GENESIS).replace("=", ".")),
        (2, "genesis " + b64(GENESIS)[:-2] + "N="),  # a bit is set that decoding ignores
        (2, "genesis " + "-" + b64(GENESIS)[1:]),
        (7, f"id {b64(ID[:15])}"),
        (7, f"id {b64(ID + b'x')}"),
        (7, "id " + b64(ID)[:-3] + "x=="),
        (8, f"seen 3 {b64(ROOT[:31])}"),
        (8, f"seen 3 {b64(ROOT + b'x')}"),
        (8, f"seen 3 {b64(ROOT)} "),
        (10, f"root {b64(ROOT[:31])}"),
        (10, "root "),
        (3, "party https://Farm.example/"),
        (3, "party https://farm.example/a+b"),
        (3, "party trustledger:ledger"),
        (3, "party https://farm.example/" + "a" * 250),
        (3, "party https://farm.example/奶"),
        (4, "with trustledger:ledger"),
        (1, "ledger shop example"),
        (1, "ledger shop+example"),
        (1, "ledger " + "a" * 256),
        (1, "ledger süd.example"),
        (0, "trustledger/statement@v1 "),
    ],
    ids=lambda part: str(part)[:40],
)
def test_values_out_of_bounds(line, text):
    with pytest.raises(FormatError):
        parse_text(replaced(line, text))


PARTIES = sorted(f"urn:x:{number:02}" for number in range(17))


@pytest.mark.parametrize(
    "cosigners", [(CARRIER, LAB), (LAB, LAB), (FARM, LAB), tuple(PARTIES[:16])],
    ids=["descending", "twice", "the party itself", "sixteen"],
)  # fmt: skip
def test_with_lines_ascend_and_name_others(cosigners):
    made = statement(cosigners=cosigners)
    with pytest.raises(FormatError):
        parse_text(made.text())
    with pytest.raises(FormatError):
        sign_statement(made, [signer(party) for party in made.signers])


def test_fifteen_with_lines_are_allowed():
    assert parse_text(statement(cosigners=tuple(PARTIES[:15])).text()).cosigners == tuple(PARTIES[:15])


@pytest.mark.parametrize(
    "first", ["trustledger/statement@v2", "trustledger/statement@", "trustledger/statement@v1x"]
)
def test_a_later_statement_is_newer_not_broken(first):
    key = signer(FARM)
    text = TEXT.replace(LINES[0].encode(), first.encode())
    note = assemble(text, [SignatureLine(FARM, key.public.key_id, key.sign(text))])
    with pytest.raises(NewerFormatError):
        parse_statement(note)


# --- signature lines ----------------------------------------------------------------------------------------------


def active(keys: Iterable[VerifierKey]):
    held = list(keys)
    return lambda party: KeyRing(tuple(key for key in held if key.name == party))


def signed_by(*signers: Ed25519Signer, made: Statement | None = None, order: bool = True) -> bytes:
    """A note with one line by each, without the checks that signing makes."""
    text = (made or statement(cosigners=(LAB,))).text()
    lines = [SignatureLine(one.party, one.public.key_id, one.sign(text)) for one in signers]
    return assemble(text, sorted(lines, key=lambda line: line.order) if order else lines)


FARM_KEY, FARM_KEY_2, LAB_KEY = signer(FARM), signer(FARM, 2), signer(LAB, 3)
KEYS = active([FARM_KEY.public, FARM_KEY_2.public, LAB_KEY.public])


def test_a_statement_signed_by_two():
    signed = parse_statement(signed_by(FARM_KEY, LAB_KEY))
    verified = check_signatures(signed, KEYS)
    assert verified.keys == (FARM_KEY.public, LAB_KEY.public)
    assert verified.unverified == 0
    assert sign_statement(signed.statement, [LAB_KEY, FARM_KEY]).raw == signed.raw


def test_a_party_may_sign_with_two_keys():
    signed = parse_statement(signed_by(FARM_KEY, FARM_KEY_2, LAB_KEY))
    assert len(check_signatures(signed, KEYS).keys) == 3


@pytest.mark.parametrize(
    "signers", [(FARM_KEY,), (LAB_KEY,), (FARM_KEY, FARM_KEY_2)], ids=["party", "with", "party twice"]
)
def test_a_counter_signature_cannot_be_stripped(signers):
    signed = parse_statement(signed_by(*signers))
    with pytest.raises(SignatureError) as caught:
        check_signatures(signed, KEYS)
    assert caught.value.code == "statement.unsigned"


def test_lines_ascend_by_name_bytes_and_key_id():
    with pytest.raises(FormatError):
        parse_statement(signed_by(LAB_KEY, FARM_KEY, order=False))
    one, two = sorted([FARM_KEY, FARM_KEY_2], key=lambda key: key.public.key_id)
    parse_statement(signed_by(one, two, LAB_KEY, order=False))
    with pytest.raises(FormatError):
        parse_statement(signed_by(two, one, LAB_KEY, order=False))


def test_no_line_stands_twice_even_with_another_signature():
    text = statement(cosigners=()).text()
    line = SignatureLine(FARM, FARM_KEY.public.key_id, FARM_KEY.sign(text))
    other = SignatureLine(FARM, FARM_KEY.public.key_id, bytes(64))
    for lines in ([line, line], [line, other]):
        with pytest.raises(FormatError):
            parse_statement(assemble(text, lines))


def test_nobody_else_may_add_a_line():
    with pytest.raises(FormatError) as caught:
        parse_statement(signed_by(FARM_KEY, LAB_KEY, signer(CARRIER)))
    assert caught.value.code == "statement.stranger"


def test_a_line_by_a_key_that_is_not_active_is_refused():
    signed = parse_statement(signed_by(FARM_KEY, signer(FARM, 9), LAB_KEY))
    with pytest.raises(SignatureError) as caught:
        check_signatures(signed, KEYS)
    assert caught.value.code == "statement.key_not_active"


def test_a_key_of_one_signer_does_not_sign_for_another():
    thief = Ed25519Signer.from_seed(LAB, bytes([1]) * 32)  # the farm's key under the lab's name
    with pytest.raises(SignatureError):
        check_signatures(parse_statement(signed_by(FARM_KEY, thief)), KEYS)


@pytest.mark.parametrize("at", range(0, 64, 7))
def test_every_signature_must_hold(at):
    text = statement(cosigners=()).text()
    signature = bytearray(FARM_KEY.sign(text))
    signature[at] ^= 0x80
    note = assemble(text, [SignatureLine(FARM, FARM_KEY.public.key_id, bytes(signature))])
    with pytest.raises(SignatureError):
        check_signatures(parse_statement(note), KEYS)


def test_a_bad_second_line_spoils_a_good_first():
    text = statement(cosigners=()).text()
    lines = [SignatureLine(FARM, key.public.key_id, FARM_KEY.sign(text)) for key in (FARM_KEY, FARM_KEY_2)]
    signed = parse_statement(assemble(text, sorted(lines, key=lambda line: line.order)))
    with pytest.raises(SignatureError):
        check_signatures(signed, KEYS)


def test_a_line_by_an_enrolled_key_of_another_type_is_passed_over():
    text = statement(cosigners=()).text()
    other = VerifierKey(FARM, 0x06, bytes(1312))
    unknown = SignatureLine(FARM, other.key_id, bytes(2420))
    known = SignatureLine(FARM, FARM_KEY.public.key_id, FARM_KEY.sign(text))
    signed = parse_statement(assemble(text, sorted([known, unknown], key=lambda line: line.order)))
    verified = check_signatures(signed, active([FARM_KEY.public, other]))
    assert (verified.keys, verified.unverified) == ((FARM_KEY.public,), 1)
    # It is never the signature that is required, and it must be enrolled.
    with pytest.raises(SignatureError):
        check_signatures(parse_statement(assemble(text, [unknown])), active([FARM_KEY.public, other]))
    with pytest.raises(SignatureError):
        check_signatures(signed, active([FARM_KEY.public]))


def test_sixteen_lines_and_no_more():
    keys = [signer(FARM, number) for number in range(1, 18)]
    made = statement(cosigners=())
    signed = parse_statement(signed_by(*keys[:16], made=made))
    assert len(check_signatures(signed, active([key.public for key in keys])).keys) == 16
    with pytest.raises(FormatError):
        parse_statement(signed_by(*keys, made=made))


def test_a_note_has_at_most_32768_bytes():
    text = statement(cosigners=()).text()
    other = VerifierKey(FARM, 0x06, bytes(1312))

    def note(size: int) -> bytes:
        return assemble(text, [SignatureLine(FARM, other.key_id, bytes(size))])

    raw = next(raw for size in range(24_200, 24_600) if 32_765 <= len(raw := note(size)) <= 32_768)
    parse_statement(raw)
    with pytest.raises(FormatError):
        parse_statement(note(24_600))


@pytest.mark.parametrize(
    "change", [lambda raw: raw[:-1], lambda raw: raw + b"\n", lambda raw: raw.replace(b"\n\n", b"\n"),
               lambda raw: raw.replace(b"\n\n", b"\n\n\n"), lambda raw: raw.replace("—".encode(), b"-"),
               lambda raw: raw + b"\x00", lambda raw: raw.split(b"\n\n")[0] + b"\n\n", lambda raw: b"\n" + raw]
)  # fmt: skip
def test_a_broken_note(change):
    with pytest.raises(FormatError):
        parse_statement(change(signed_by(FARM_KEY, LAB_KEY)))


def test_signing_asks_for_everybody_and_nobody_else():
    made = statement(cosigners=(LAB,))
    for signers in ([FARM_KEY], [LAB_KEY], [], [FARM_KEY, LAB_KEY, signer(CARRIER)]):
        with pytest.raises(FormatError):
            sign_statement(made, signers)


def test_two_parties_sign_on_two_machines():
    farm, lab = parse_statement(signed_by(FARM_KEY)), parse_statement(signed_by(LAB_KEY))
    joined = join_signatures(lab, farm)
    assert joined.raw == signed_by(FARM_KEY, LAB_KEY)
    assert join_signatures(joined, farm) == joined
    other = parse_statement(signed_by(LAB_KEY, made=statement(cosigners=(LAB,), records=6)))
    with pytest.raises(FormatError):
        join_signatures(farm, other)


def test_the_root_is_that_of_rfc_9162():
    records = [b"a", b"bc", b""]
    assert records_root(records) == merkle.root([merkle.leaf_hash(raw) for raw in records])


# --- properties -------------------------------------------------------------------------------------------------

parties = st.sampled_from([FARM, LAB, CARRIER, *PARTIES])
statements = st.builds(
    Statement,
    st.text(
        st.characters(min_codepoint=0x21, max_codepoint=0x7E, exclude_characters="+"), min_size=1, max_size=30
    ),
    st.binary(min_size=32, max_size=32),
    st.just(FARM),
    st.sets(parties.filter(lambda party: party != FARM), max_size=15).map(lambda found: tuple(sorted(found))),
    st.integers(0, MAX_TIME),
    st.binary(min_size=16, max_size=16),
    st.none() | st.builds(Seen, st.integers(1, 2**63 - 1), st.binary(min_size=32, max_size=32)),
    st.integers(1, MAX_RECORDS),
    st.binary(min_size=32, max_size=32),
)


@given(statements)
def test_a_text_comes_back(made):
    assert parse_text(made.text()) == made


@given(st.data())
def test_a_mutated_text_is_another_statement_or_refused(source):
    text = bytearray(TEXT)
    at = source.draw(st.integers(0, len(text) - 1))
    text[at] = source.draw(st.integers(0, 255))
    try:
        found = parse_text(bytes(text))
    except FormatError:
        return
    assert found.text() == bytes(text)


@given(st.data())
def test_a_mutated_note_never_verifies(source):
    raw = bytearray(signed_by(FARM_KEY, LAB_KEY))
    at = source.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= source.draw(st.integers(1, 255))
    with pytest.raises((FormatError, SignatureError)):
        check_signatures(parse_statement(bytes(raw)), KEYS)


def test_the_parsed_note_keeps_its_bytes():
    raw = signed_by(FARM_KEY, LAB_KEY)
    signed = parse_statement(raw)
    assert isinstance(signed, SignedStatement)
    assert signed.raw == raw
