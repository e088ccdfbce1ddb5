"""How many keys must sign, which of them count, and where a fault in the text stands (format v1, sections 3 and 5)."""

from __future__ import annotations

from base64 import b64encode
from itertools import combinations

import pytest

from trustledger.errors import FormatError, SignatureError
from trustledger.keys import Ed25519Signer
from trustledger.note import SignatureLine, VerifierKey, assemble
from trustledger.statement import (
    KeyRing,
    Seen,
    SignedStatement,
    Statement,
    VerifiedStatement,
    check_signatures,
    cosign_statement,
    parse_statement,
    parse_text,
    sign_statement,
)

FARM, LAB = "https://farm.example/", "https://lab.example/"
HASH = bytes(range(32))
ONE, TWO, THREE, SPARE, RESCUE = (Ed25519Signer.from_seed(FARM, bytes([n]) * 32) for n in range(1, 6))
LAB_ONE, LAB_TWO = (Ed25519Signer.from_seed(LAB, bytes([n]) * 32) for n in (11, 12))
LATER = [VerifierKey(FARM, kind, b"a key of a later type") for kind in (0x05, 0x06)]


def signed(*signers: Ed25519Signer, cosigners: tuple[str, ...] = (), later: int = 0) -> SignedStatement:
    said = Statement("shop.example/ledger", HASH, FARM, cosigners, 17, bytes(16), Seen(3, HASH), 1, HASH)
    lines = [SignatureLine(one.party, one.public.key_id, one.sign(said.text())) for one in signers]
    lines += [SignatureLine(key.name, key.key_id, b"who knows") for key in LATER[:later]]
    return parse_statement(assemble(said.text(), sorted(lines, key=lambda line: line.order)))


def checked(statement: SignedStatement, threshold: int = 2) -> VerifiedStatement:
    rings = {
        FARM: KeyRing(
            (*(one.public for one in (ONE, TWO, THREE)), *LATER), (SPARE.public, RESCUE.public), threshold
        ),
        LAB: KeyRing((LAB_ONE.public, LAB_TWO.public)),
    }
    return check_signatures(statement, rings.__getitem__)


def refused(statement: SignedStatement, threshold: int = 2) -> tuple[str, dict[str, object]]:
    with pytest.raises(SignatureError) as caught:
        checked(statement, threshold)
    return caught.value.code, dict(caught.value.facts)


def test_two_of_three() -> None:
    for key in (ONE, TWO, THREE):
        assert refused(signed(key)) == ("statement.threshold", {"seen": 1, "expected": 2, "party": FARM})
    for count in (2, 3):
        for chosen in combinations((ONE, TWO, THREE), count):
            found = checked(signed(*chosen))
            assert set(found.keys) == {one.public for one in chosen}
            assert found.recovering == ()


def test_all_of_three() -> None:
    assert checked(signed(ONE, TWO, THREE), threshold=3).recovering == ()
    for chosen in combinations((ONE, TWO, THREE), 2):
        assert refused(signed(*chosen), 3)[0] == "statement.threshold"


def test_keys_of_another_party_do_not_count() -> None:
    both = signed(ONE, LAB_ONE, LAB_TWO, cosigners=(LAB,))
    assert refused(both) == ("statement.threshold", {"seen": 1, "expected": 2, "party": FARM})
    assert checked(signed(ONE, TWO, LAB_ONE, cosigners=(LAB,))).recovering == ()
    assert refused(signed(ONE, TWO, cosigners=(LAB,))) == ("statement.unsigned", {"seen": LAB})


def test_lines_that_nobody_can_verify_are_counted_and_do_not_count() -> None:
    found = checked(signed(ONE, TWO, later=2))
    assert (found.unverified, len(found.keys)) == (2, 2)
    assert checked(signed(ONE, TWO, later=1)).unverified == 1
    assert refused(signed(ONE, later=2))[0] == "statement.threshold"
    assert refused(signed(later=2)) == ("statement.unsigned", {"seen": FARM})


def test_one_recovery_key_is_enough_and_is_said_to_have_been() -> None:
    assert checked(signed(SPARE)).recovering == (FARM,)
    assert checked(signed(SPARE, RESCUE)).recovering == (FARM,)
    assert checked(signed(ONE, SPARE)).recovering == (FARM,)
    assert checked(signed(ONE, TWO, SPARE)).recovering == ()
    assert checked(signed(ONE, SPARE), threshold=1).recovering == ()
    assert checked(signed(SPARE, LAB_ONE, cosigners=(LAB,))).recovering == (FARM,)


@pytest.mark.parametrize(("word", "size"), [("genesis", 32), ("id", 16), ("seen", 32), ("root", 32)], ids=str)
def test_the_line_whose_base64_has_two_spellings_is_named(word: str, size: int) -> None:
    text = signed(ONE).statement.text().decode()
    lines = text.splitlines(keepends=True)
    number = next(number for number, line in enumerate(lines) if line.startswith(f"{word} "))
    value = lines[number].split()[-1]
    assert value == b64encode(HASH if size == 32 else bytes(16)).decode()
    other = value.rstrip("=")[:-1] + {"8": "9", "A": "B"}[value.rstrip("=")[-1]]
    lines[number] = lines[number].replace(value, other.ljust(len(value), "="))
    with pytest.raises(FormatError) as caught:
        parse_text("".join(lines).encode())
    assert (caught.value.code, caught.value.facts["at"]) == ("note.base64", word)


def test_parties_on_several_machines_sign_one_after_another() -> None:
    """The same bytes in whatever order they sign, as if all had signed at once."""
    said = signed(ONE, cosigners=(LAB,)).statement
    with pytest.raises(FormatError):
        sign_statement(said, [ONE])
    first = sign_statement(said, [ONE], elsewhere=(LAB,))
    both = cosign_statement(first, [LAB_ONE])
    assert both == sign_statement(said, [ONE, LAB_ONE]) == signed(ONE, LAB_ONE, cosigners=(LAB,))
    assert cosign_statement(sign_statement(said, [LAB_ONE], elsewhere=(FARM,)), [ONE]) == both
    assert cosign_statement(both, [LAB_TWO]).lines == signed(ONE, LAB_ONE, LAB_TWO, cosigners=(LAB,)).lines
    stranger = Ed25519Signer.from_seed("https://shop.example/", bytes(32))
    with pytest.raises(FormatError):
        cosign_statement(first, [stranger])
