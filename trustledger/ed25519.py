"""Ed25519, strictly: one answer for every signature, whatever library checks it (format v1, section 3).

RFC 8032 leaves room: the equation with or without the cofactor, encodings that are not canonical, keys of
small order. Checkers that use that room differently disagree about what is signed, and with the neutral
element as a key one signature fits every message. So the encodings are judged here first, and OpenSSL gets
only what is left: it computes R from the equation without the cofactor and compares bytes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from trustledger.errors import SignatureError

PUBLIC_SIZE: Final = 32
"""Bytes of a public key, and of each half of a signature (RFC 8032 §5.1.5)."""

SIGNATURE_SIZE: Final = 64
"""Bytes of a signature: R, then S (RFC 8032 §5.1.6)."""

_P: Final = 2**255 - 19
"""The field's prime (RFC 8032 §5.1)."""

_L: Final = 2**252 + 27742317777372353535851937790883648493
"""The order of the base point (RFC 8032 §5.1)."""

_Y_MASK: Final = 2**255 - 1
"""The bits of an encoded point that hold y; the highest is the sign of x (RFC 8032 §5.1.2)."""

_SHORT: Final = 2048
"""Bytes of a message whose verification is remembered; statements and checkpoints are shorter, with few signers."""

_Y_OF_ORDER_8: Final = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)

_SMALL_ORDER_Y: Final = frozenset({1, _P - 1, 0, _Y_OF_ORDER_8, _P - _Y_OF_ORDER_8})
"""y of the points of order 1, 2, 4 (two points) and 8 (twice two points); the sign of x makes no difference.

This refuses "x = 0 with the sign bit set" too: x is 0 at y = 1 and y = -1 alone.
"""


def verify_ed25519(public: bytes, signature: bytes, message: bytes) -> None:
    """Check one signature; about 100 µs.

    Args:
        public: The public key, 32 bytes.
        signature: R and S, 64 bytes.
        message: What was signed.

    Raises:
        SignatureError: Not this key's signature of this message, or an encoding that is not allowed.
    """
    if type(public) is not bytes or len(public) != PUBLIC_SIZE:
        raise SignatureError("signature.key_size", seen=_size(public), expected=PUBLIC_SIZE)
    if type(signature) is not bytes or len(signature) != SIGNATURE_SIZE:
        raise SignatureError("signature.size", seen=_size(signature), expected=SIGNATURE_SIZE)
    if not _allowed_point(signature[:32]):
        raise SignatureError("signature.point", seen=signature[:32])
    if int.from_bytes(signature[32:], "little") >= _L:
        raise SignatureError("signature.scalar", seen=signature[32:])
    try:
        (_verify_short if len(message) <= _SHORT else _verify)(public, signature, message)
    except InvalidSignature:
        raise SignatureError("signature.wrong", key=public) from None


def _verify(public: bytes, signature: bytes, message: bytes) -> None:
    _load(public).verify(signature, message)


# The answer is a function of these bytes alone, so what held holds again; an error is raised anew each time. A ledger
# that grows by small statements asks thrice about each: when it is placed, and as the end of its chains.
_verify_short = lru_cache(maxsize=256)(_verify)


@lru_cache(maxsize=4096)
def _load(public: bytes) -> Ed25519PublicKey:
    """The key ready for use; a ledger has few keys and each signs often."""
    if not _allowed_point(public):
        raise SignatureError("signature.key", seen=public)
    try:
        return Ed25519PublicKey.from_public_bytes(public)
    except (ValueError, UnsupportedAlgorithm):
        raise SignatureError("signature.key", seen=public) from None


def _allowed_point(encoded: bytes) -> bool:
    """Whether an encoded point is canonical and not of small order. Whether it's on the curve shows later."""
    y = int.from_bytes(encoded, "little") & _Y_MASK
    return y < _P and y not in _SMALL_ORDER_Y


def _size(value: object) -> object:
    return len(value) if isinstance(value, bytes) else type(value).__name__
