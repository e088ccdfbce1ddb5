"""Checkpoints: the signed head of a log (c2sp.org/tlog-checkpoint; format v1, section 5), and cosignatures.

A checkpoint is a signed note of exactly three lines: origin, size in entries, root. The log signs with a key
named as the origin; witnesses add lines that carry a time (c2sp.org/tlog-cosignature).
"""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from trustledger.ed25519 import SIGNATURE_SIZE, verify_ed25519
from trustledger.errors import FormatError, SignatureError
from trustledger.keys import sign_note
from trustledger.merkle import EMPTY_ROOT, HASH_SIZE, MAX_SIZE
from trustledger.note import (
    COSIGNATURE_V1,
    SignatureLine,
    VerifierKey,
    parse_base64,
    parse_note,
    verify_lines,
)
from trustledger.subject import check_origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trustledger.keys import Signer

MAX_TIME: Final = 2**63 - 1
"""The latest time of a cosignature, POSIX seconds (tlog-cosignature, Format)."""

_TIME_SIZE: Final = 8
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log says of itself at one moment; by itself signed by nobody.

    Attributes:
        origin: Name of the ledger.
        size: Entries, from 0 to 2⁶³ - 1.
        root: The RFC 9162 root over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        """Check the parts.

        Raises:
            FormatError: One is not what the format allows.
        """
        check_origin(self.origin)
        if type(self.size) is not int or not 0 <= self.size <= MAX_SIZE:
            raise FormatError("checkpoint.size", seen=self.size)
        if type(self.root) is not bytes or len(self.root) != HASH_SIZE:
            raise FormatError("checkpoint.root", seen=len(self.root), expected=HASH_SIZE)
        if self.size == 0 and self.root != EMPTY_ROOT:
            raise FormatError("checkpoint.empty_root", seen=self.root, expected=EMPTY_ROOT)

    def body(self) -> bytes:
        """The text that is signed: three lines, each with its newline."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode('ascii')}\n".encode("ascii")


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint that a log key has signed; only `verify_checkpoint` makes one.

    Attributes:
        checkpoint: What was signed.
        signed_by: The log keys that signed it, at least one.
        unverified: The other lines, such as cosignatures; see `verify_cosignatures`.
        note: The bytes it came in.
    """

    checkpoint: Checkpoint
    signed_by: tuple[VerifierKey, ...]
    unverified: tuple[SignatureLine, ...]
    note: bytes


def parse_checkpoint_text(text: bytes) -> Checkpoint:
    """Read the signed text of a checkpoint.

    Extension lines, which tlog-checkpoint allows, are refused: no ledger of format v1 writes them.

    Raises:
        FormatError: Not exactly three lines, or one that is not as it would be written.
    """
    try:
        lines = text.decode("ascii").split("\n")
    except UnicodeDecodeError:
        raise FormatError("checkpoint.lines") from None
    if len(lines) != 4 or lines[3]:
        raise FormatError("checkpoint.lines")
    origin, size, root, _ = lines
    if _DECIMAL.fullmatch(size) is None:
        raise FormatError("checkpoint.size", seen=size)
    return Checkpoint(origin, int(size), parse_base64(root, at="checkpoint root"))


def read_checkpoint(note: bytes) -> Checkpoint:
    """What a checkpoint says, with no word on who signed it: for its size, which decides whose signature counts.

    Raises:
        FormatError: Not a checkpoint.
    """
    return parse_checkpoint_text(parse_note(note).text)


def sign_checkpoint(checkpoint: Checkpoint, signers: Sequence[Signer]) -> bytes:
    """Sign a checkpoint with the log's key, or the old and the new one while the key changes.

    A log that signs two checkpoints of one size with different roots, or a smaller one after a larger,
    convicts itself; whoever calls this keeps account.

    Args:
        checkpoint: What to sign.
        signers: The log's signers, at least one, each named as the origin.

    Returns:
        The signed note.

    Raises:
        FormatError: No signers, or one with another name.
    """
    if not signers:
        raise FormatError("checkpoint.no_signers")
    for signer in signers:
        _check_log_key(signer.public, checkpoint.origin)
    return sign_note(checkpoint.body(), signers)


def verify_checkpoint(note: bytes, origin: str, log_keys: Sequence[VerifierKey]) -> SignedCheckpoint:
    """Check that a log signed this checkpoint.

    Args:
        note: The signed note.
        origin: The ledger that the caller means.
        log_keys: Its log keys, each named as the origin.

    Raises:
        FormatError: Not a checkpoint, or a key that is not named as the origin.
        SignatureError: Another ledger's checkpoint, no signature by a log key, or a wrong one.
    """
    for key in log_keys:
        _check_log_key(key, origin)
    parsed = parse_note(note)
    checkpoint = parse_checkpoint_text(parsed.text)
    if checkpoint.origin != origin:
        raise SignatureError("checkpoint.origin", seen=checkpoint.origin, expected=origin)
    signed_by, unverified = verify_lines(parsed, log_keys)
    if not signed_by:
        names = ", ".join(line.name for line in parsed.lines)
        raise SignatureError("checkpoint.unsigned", origin=origin, seen=names)
    return SignedCheckpoint(checkpoint, signed_by, unverified, note)


def cosignature_message(time: int, body: bytes) -> bytes:
    """What a ``cosignature/v1`` signs: a header, the time in POSIX seconds, and the whole checkpoint text."""
    return b"cosignature/v1\ntime %d\n" % time + body


def cosignature_time(line: SignatureLine) -> int:
    """The time that a cosignature claims, in POSIX seconds; nothing is verified.

    Raises:
        FormatError: The line cannot be a ``cosignature/v1``, or its time is beyond `MAX_TIME`.
    """
    expected = _TIME_SIZE + SIGNATURE_SIZE
    if len(line.signature) != expected:
        raise FormatError("cosignature.size", name=line.name, seen=len(line.signature), expected=expected)
    time = int.from_bytes(line.signature[:_TIME_SIZE], "big")
    if time > MAX_TIME:
        raise FormatError("cosignature.time", name=line.name, seen=time)
    return time


def verify_cosignature(line: SignatureLine, key: VerifierKey, body: bytes) -> int:
    """Check a witness's ``cosignature/v1`` of a checkpoint.

    Args:
        line: The signature line.
        key: The witness's key, of type 04.
        body: The checkpoint's text, as `Checkpoint.body` gives it.

    Returns:
        When the witness signed, in POSIX seconds, as it claims.

    Raises:
        FormatError: The line cannot be a ``cosignature/v1``.
        SignatureError: Another key's line, a key of another type, or a wrong signature.
    """
    if key.type != COSIGNATURE_V1 or not line.is_by(key):
        raise SignatureError("cosignature.key", seen=key.text, type=key.type)
    time = cosignature_time(line)
    verify_ed25519(key.public, line.signature[_TIME_SIZE:], cosignature_message(time, body))
    return time


def verify_cosignatures(signed: SignedCheckpoint, witnesses: Iterable[VerifierKey]) -> dict[VerifierKey, int]:
    """Check the cosignatures of the witnesses that the caller knows; other lines are ignored.

    Returns:
        Each witness that signed, with the latest time it claims in POSIX seconds.

    Raises:
        FormatError: A known witness's line cannot be a ``cosignature/v1``.
        SignatureError: A known witness's signature is wrong.
    """
    body = signed.checkpoint.body()
    times: dict[VerifierKey, int] = {}
    for witness in witnesses:
        for line in signed.unverified:
            if line.is_by(witness):
                times[witness] = max(verify_cosignature(line, witness, body), times.get(witness, 0))
    return times


def _check_log_key(key: VerifierKey, origin: str) -> None:
    if key.name != origin:
        raise FormatError("checkpoint.log_key", seen=key.name, expected=origin)
