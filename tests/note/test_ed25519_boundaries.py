"""Lengths of messages around what is remembered, and how a key or signature of the wrong size is described."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from trustledger.ed25519 import verify_ed25519
from trustledger.errors import SignatureError

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = PRIVATE.public_key().public_bytes_raw()


@pytest.mark.parametrize("size", [0, 2047, 2048, 2049, 100_000])
def test_what_held_is_asked_again_for_any_other_message(size: int) -> None:
    message = b"m" * size
    signature = PRIVATE.sign(message)
    for _ in range(3):
        verify_ed25519(PUBLIC, signature, message)
        with pytest.raises(SignatureError):
            verify_ed25519(PUBLIC, signature, message + b"m")
    with pytest.raises(SignatureError):
        verify_ed25519(PUBLIC, PRIVATE.sign(b"another"), message)


@pytest.mark.parametrize(("wrong", "seen"), [(bytes(31), 31), ("x" * 32, "str"), (None, "NoneType")])
def test_what_was_given_instead_is_described(wrong: object, seen: object) -> None:
    for key, signature in [(wrong, PRIVATE.sign(b"m")), (PUBLIC, wrong)]:
        with pytest.raises(SignatureError) as caught:
            verify_ed25519(key, signature, b"m")  # type: ignore[arg-type]
        assert caught.value.facts["seen"] == seen
