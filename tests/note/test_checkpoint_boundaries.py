"""Ends of the times that witnesses claim (c2sp.org/tlog-cosignature), and what errors name."""

from __future__ import annotations

import pytest

from trustledger.checkpoint import (
    MAX_TIME,
    Checkpoint,
    cosignature_message,
    cosignature_time,
    parse_checkpoint_text,
    read_checkpoint,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
    verify_cosignatures,
)
from trustledger.errors import FormatError, SignatureError
from trustledger.keys import Ed25519Signer
from trustledger.note import COSIGNATURE_V1, SignatureLine, VerifierKey, assemble, parse_note

ORIGIN = "shop.example/ledger"
LOG = Ed25519Signer.from_seed(ORIGIN, bytes(32))
OTHERS = [Ed25519Signer.from_seed(f"{name}.example", bytes([7]) * 32) for name in ("one", "two")]
WITNESS = Ed25519Signer.from_seed("witness.example/w1", bytes([3]) * 32)
WITNESS_KEY = VerifierKey(WITNESS.party, COSIGNATURE_V1, WITNESS.public.public)
HEAD = Checkpoint(ORIGIN, 5, bytes(range(32)))


def cosigned(time: int) -> SignatureLine:
    signature = WITNESS.sign(cosignature_message(time, HEAD.body()))
    return SignatureLine(WITNESS_KEY.name, WITNESS_KEY.key_id, time.to_bytes(8, "big") + signature)


@pytest.mark.parametrize("time", [0, 1, 2**63 - 1])
def test_a_witness_may_claim_any_time_below_2_to_63(time: int) -> None:
    line = cosigned(time)
    assert cosignature_time(line) == verify_cosignature(line, WITNESS_KEY, HEAD.body()) == time
    log_line = parse_note(sign_checkpoint(HEAD, [LOG])).lines[0]
    signed = verify_checkpoint(assemble(HEAD.body(), [log_line, line]), ORIGIN, [LOG.public])
    assert verify_cosignatures(signed, [WITNESS_KEY]) == {WITNESS_KEY: time}


def test_no_time_from_2_to_63_on() -> None:
    assert MAX_TIME == 2**63 - 1
    for time in (2**63, 2**64 - 1):
        with pytest.raises(FormatError) as caught:
            verify_cosignature(cosigned(time), WITNESS_KEY, HEAD.body())
        assert caught.value.code == "cosignature.time"


def test_who_signed_instead_of_the_log_is_named() -> None:
    lines = [SignatureLine(one.party, one.public.key_id, one.sign(HEAD.body())) for one in OTHERS]
    with pytest.raises(SignatureError) as caught:
        verify_checkpoint(assemble(HEAD.body(), lines), ORIGIN, [LOG.public])
    assert (caught.value.code, caught.value.facts["seen"]) == (
        "checkpoint.unsigned",
        "one.example, two.example",
    )


def test_a_root_that_is_no_base64_is_named() -> None:
    with pytest.raises(FormatError) as caught:
        parse_checkpoint_text(f"{ORIGIN}\n5\nAAF=\n".encode())
    assert (caught.value.code, caught.value.facts["at"]) == ("note.base64", "checkpoint root")


def test_what_a_note_says_can_be_read_before_anybody_checks_it() -> None:
    note = sign_checkpoint(HEAD, [LOG])
    assert read_checkpoint(note) == HEAD
    assert read_checkpoint(note.replace(b"\n5\n", b"\n6\n")) == Checkpoint(ORIGIN, 6, HEAD.root)
    for wrong in (HEAD.body(), note[:-1], note.replace(b"\n5\n", b"\n05\n"), b""):
        with pytest.raises(FormatError):
            read_checkpoint(wrong)
