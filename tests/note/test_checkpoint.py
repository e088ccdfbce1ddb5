"""Checkpoints and cosignatures."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.checkpoint import (
    Checkpoint,
    cosignature_message,
    cosignature_time,
    parse_checkpoint_text,
    sign_checkpoint,
    verify_checkpoint,
    verify_cosignature,
    verify_cosignatures,
)
from trustledger.errors import FormatError, SignatureError, TrustLedgerError
from trustledger.keys import Ed25519Signer, sign_note
from trustledger.merkle import EMPTY_ROOT
from trustledger.note import COSIGNATURE_V1, SignatureLine, VerifierKey, assemble, parse_note, parse_vkey

if TYPE_CHECKING:
    from pathlib import Path

ORIGIN = "shop.example/ledger"
LOG = Ed25519Signer.from_seed(ORIGIN, bytes(32))
NEW_LOG = Ed25519Signer.from_seed(ORIGIN, bytes([1]) * 32)
OTHER = Ed25519Signer.from_seed("other.example", bytes([2]) * 32)
WITNESS = Ed25519Signer.from_seed("witness.example/w1", bytes([3]) * 32)
WITNESS_KEY = VerifierKey(WITNESS.party, COSIGNATURE_V1, WITNESS.public.public)
ROOT = bytes(range(32))
HEAD = Checkpoint(ORIGIN, 5, ROOT)
LINES = [ORIGIN, "5", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="]


def code_of(error: pytest.ExceptionInfo[TrustLedgerError]) -> str:
    if not error.value.code.startswith("subject."):  # another room's sentences
        assert error.value.text("zh") != error.value.text("en")
    return error.value.code


def cosign(time: int, body: bytes = HEAD.body(), key: VerifierKey = WITNESS_KEY) -> SignatureLine:
    signature = WITNESS.sign(cosignature_message(time, body))
    return SignatureLine(key.name, key.key_id, time.to_bytes(8, "big") + signature)


def test_the_body_is_three_lines() -> None:
    assert HEAD.body() == "".join(line + "\n" for line in LINES).encode()
    assert parse_checkpoint_text(HEAD.body()) == HEAD


@given(
    st.text("".join(map(chr, {*range(0x21, 0x7F)} - {0x2B})), min_size=1, max_size=255),
    st.integers(1, 2**63 - 1),
    st.binary(min_size=32, max_size=32),
)
def test_what_is_written_is_read(origin: str, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(origin, size, root)
    assert parse_checkpoint_text(checkpoint.body()) == checkpoint


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (LINES[:2], "checkpoint.lines"),
        ([*LINES, "extension"], "checkpoint.lines"),
        (["", *LINES], "checkpoint.lines"),
        (["", *LINES[1:]], "subject.origin"),
        (["a b", *LINES[1:]], "subject.origin"),
        (["a+b", *LINES[1:]], "subject.origin"),
        (["ü", *LINES[1:]], "checkpoint.lines"),
        *[
            ([LINES[0], size, LINES[2]], "checkpoint.size")
            for size in ("", "05", "+5", "-5", " 5", "5 ", "1_0", "5.0", "0x5", str(2**63), "9" * 5000)
        ],
        ([LINES[0], "٥", LINES[2]], "checkpoint.lines"),
        ([*LINES[:2], LINES[2][:-1]], "note.base64"),
        ([*LINES[:2], LINES[2][:-2] + "9="], "note.base64"),
        ([*LINES[:2], " " + LINES[2]], "note.base64"),
        ([*LINES[:2], ""], "note.base64"),
        ([*LINES[:2], "AAEC"], "checkpoint.root"),
        ([LINES[0], "0", LINES[2]], "checkpoint.empty_root"),
    ],
)
def test_what_is_no_checkpoint(lines: list[str], code: str) -> None:
    with pytest.raises(FormatError) as caught:
        parse_checkpoint_text("".join(line + "\n" for line in lines).encode())
    assert code_of(caught) == code


def test_every_line_ends() -> None:
    for text in (HEAD.body()[:-1], HEAD.body() + b"x", HEAD.body() + b"\n", b"", b"\n\n\n"):
        with pytest.raises(FormatError):
            parse_checkpoint_text(text)


@pytest.mark.parametrize("size", [-1, 2**63, True, "5", 5.0])
def test_sizes_out_of_range(size: object) -> None:
    with pytest.raises(FormatError) as caught:
        Checkpoint(ORIGIN, size, ROOT)
    assert code_of(caught) == "checkpoint.size"


def test_an_empty_log_has_the_empty_root() -> None:
    assert parse_checkpoint_text(Checkpoint(ORIGIN, 0, EMPTY_ROOT).body()).size == 0


def test_a_checkpoint_verifies() -> None:
    note = sign_checkpoint(HEAD, [LOG])
    signed = verify_checkpoint(note, ORIGIN, [LOG.public])
    assert (signed.checkpoint, signed.signed_by, signed.unverified) == (HEAD, (LOG.public,), ())
    assert signed.note == note


def test_while_the_key_changes_either_key_will_do() -> None:
    note = sign_checkpoint(HEAD, [NEW_LOG, LOG])
    for known in ([LOG.public], [NEW_LOG.public], [LOG.public, NEW_LOG.public]):
        assert set(verify_checkpoint(note, ORIGIN, known).signed_by) == set(known)


def test_any_flipped_bit_is_refused() -> None:
    note = sign_checkpoint(HEAD, [LOG])
    for bit in range(8 * len(note)):
        changed = bytearray(note)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((FormatError, SignatureError)):
            verify_checkpoint(bytes(changed), ORIGIN, [LOG.public])


def test_checkpoints_that_prove_nothing() -> None:
    good = sign_checkpoint(HEAD, [LOG])
    other = sign_checkpoint(Checkpoint(OTHER.party, 5, ROOT), [OTHER])
    for note, origin, log_keys, code in [
        (good, ORIGIN, [NEW_LOG.public], "checkpoint.unsigned"),
        (good, ORIGIN, [], "checkpoint.unsigned"),
        (good, OTHER.party, [OTHER.public], "checkpoint.origin"),
        (other, ORIGIN, [LOG.public], "checkpoint.origin"),
        (sign_note(HEAD.body(), [OTHER]), ORIGIN, [LOG.public], "checkpoint.unsigned"),
    ]:
        with pytest.raises(SignatureError) as caught:
            verify_checkpoint(note, origin, log_keys)
        assert code_of(caught) == code
    with pytest.raises(FormatError) as refused:
        verify_checkpoint(good, ORIGIN, [OTHER.public])
    assert code_of(refused) == "checkpoint.log_key"


def test_who_may_sign() -> None:
    with pytest.raises(FormatError) as caught:
        sign_checkpoint(HEAD, [])
    assert code_of(caught) == "checkpoint.no_signers"
    with pytest.raises(FormatError) as caught:
        sign_checkpoint(HEAD, [LOG, OTHER])
    assert code_of(caught) == "checkpoint.log_key"


def test_cosignatures() -> None:
    lines = parse_note(sign_checkpoint(HEAD, [LOG])).lines
    stranger = SignatureLine("stranger.example", b"1234", b"anything")
    note = assemble(HEAD.body(), [*lines, stranger, cosign(1727964367), cosign(1727964300)])
    signed = verify_checkpoint(note, ORIGIN, [LOG.public])
    assert verify_cosignature(signed.unverified[1], WITNESS_KEY, HEAD.body()) == 1727964367
    absent = VerifierKey("absent.example", COSIGNATURE_V1, OTHER.public.public)
    assert verify_cosignatures(signed, [absent, WITNESS_KEY]) == {WITNESS_KEY: 1727964367}
    wrong = assemble(HEAD.body(), [*lines, cosign(5, b"another body\n")])
    with pytest.raises(SignatureError):
        verify_cosignatures(verify_checkpoint(wrong, ORIGIN, [LOG.public]), [WITNESS_KEY])


def test_cosignatures_are_refused() -> None:
    good = cosign(5)
    body, id_ = HEAD.body(), good.key_id
    for line, key, code in [
        (good, WITNESS.public, "cosignature.key"),
        (cosign(5, key=WITNESS.public), WITNESS.public, "cosignature.key"),
        (good, VerifierKey(WITNESS.party, COSIGNATURE_V1, OTHER.public.public), "cosignature.key"),
        (good, VerifierKey("other", COSIGNATURE_V1, WITNESS.public.public), "cosignature.key"),
        (SignatureLine(good.name, id_, good.signature[8:]), WITNESS_KEY, "cosignature.size"),
        (SignatureLine(good.name, id_, good.signature + b"\x00"), WITNESS_KEY, "cosignature.size"),
        (cosign(2**63), WITNESS_KEY, "cosignature.time"),
        (SignatureLine(good.name, id_, bytes(8) + good.signature[8:]), WITNESS_KEY, "signature.wrong"),
        (
            SignatureLine(good.name, id_, good.signature[:8] + WITNESS.sign(body)),
            WITNESS_KEY,
            "signature.wrong",
        ),
        (cosign(5, body.replace(b"5", b"6")), WITNESS_KEY, "signature.wrong"),
    ]:
        with pytest.raises((FormatError, SignatureError)) as caught:
            verify_cosignature(line, key, body)
        assert code_of(caught) == code


def test_published_cosignature_time(shared_dir: Path) -> None:
    known = json.loads((shared_dir / "vectors" / "known-answers.json").read_text())[
        "cosignature_v1_timestamp"
    ]
    raw = b64decode(known["sig_b64"])
    assert cosignature_time(SignatureLine("witness", raw[:4], raw[4:])) == known["time"]


def test_the_published_cosigned_checkpoint_has_the_shape_we_read() -> None:
    """The example of c2sp.org/tlog-cosignature; its keys are not published, its shape is."""
    note = parse_note(
        (
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
            "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
            "— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==\n"
        ).encode()
    )
    assert parse_checkpoint_text(note.text).size == 20852163
    assert cosignature_time(note.lines[1]) == 1679315147
    assert cosignature_message(1679315147, note.text).startswith(
        b"cosignature/v1\ntime 1679315147\nexample.com/"
    )


def test_published_key_of_a_witness_is_read() -> None:
    key = parse_vkey("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")
    assert key.type == COSIGNATURE_V1
