"""Encrypted private keys as PKCS#8 PEM (RFC 5958, RFC 8018), with a key derivation worth its name.

``cryptography`` writes PKCS#8 with 2,048 rounds of PBKDF2 and no way to ask for more, which lets one graphics
card try millions of passphrases a second. It reads any number of rounds, as OpenSSL does; so only the writing
is done here, and the result is an ordinary file that ``openssl pkey`` opens.
"""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import pbkdf2_hmac
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

ROUNDS: Final = 600_000
"""Rounds of PBKDF2-HMAC-SHA-256: OWASP's Password Storage Cheat Sheet, 2023. About 0.1 s."""

_BLOCK: Final = 16
_SEQUENCE: Final = 0x30
_INTEGER: Final = 0x02
_OCTETS: Final = 0x04
# Object identifiers as they stand in DER, with tag and length.
_PBES2: Final = bytes.fromhex("06092a864886f70d01050d")  # 1.2.840.113549.1.5.13
_PBKDF2: Final = bytes.fromhex("06092a864886f70d01050c")  # 1.2.840.113549.1.5.12
_HMAC_SHA256: Final = bytes.fromhex("06082a864886f70d0209") + b"\x05\x00"  # 1.2.840.113549.2.9, NULL
_AES_256_CBC: Final = bytes.fromhex("060960864801650304012a")  # 2.16.840.1.101.3.4.1.42


def encrypt_private_key(der: bytes, passphrase: bytes) -> bytes:
    """Encrypt a PKCS#8 private key under a passphrase, by PBES2 with fresh salt and initial vector.

    Args:
        der: The private key in DER; an Ed25519 key has 48 bytes.
        passphrase: The passphrase.

    Returns:
        A PEM block ``ENCRYPTED PRIVATE KEY``.
    """
    salt, vector = os.urandom(_BLOCK), os.urandom(_BLOCK)
    key = pbkdf2_hmac("sha256", passphrase, salt, ROUNDS, dklen=32)
    padding = _BLOCK - len(der) % _BLOCK  # RFC 8018 §6.1.1 step 4
    encryptor = Cipher(AES256(key), CBC(vector)).encryptor()
    encrypted = encryptor.update(der + bytes((padding,)) * padding) + encryptor.finalize()
    rounds = _der(_INTEGER, ROUNDS.to_bytes(ROUNDS.bit_length() // 8 + 1, "big"))
    derivation = _der(_SEQUENCE, _der(_OCTETS, salt), rounds, _der(_SEQUENCE, _HMAC_SHA256))
    scheme = _der(
        _SEQUENCE,
        _der(_SEQUENCE, _PBKDF2, derivation),
        _der(_SEQUENCE, _AES_256_CBC, _der(_OCTETS, vector)),
    )
    algorithm = _der(_SEQUENCE, _PBES2, scheme)
    return pem_block("ENCRYPTED PRIVATE KEY", _der(_SEQUENCE, algorithm, _der(_OCTETS, encrypted)))


def pem_block(label: str, der: bytes) -> bytes:
    """DER as PEM, 64 characters a line (RFC 7468 §2)."""
    text = b64encode(der).decode("ascii")
    lines = "\n".join(text[start : start + 64] for start in range(0, len(text), 64))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n".encode("ascii")


def _der(tag: int, *parts: bytes) -> bytes:
    """One DER item: tag, length in its shortest form, content."""
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes((tag, size)) + content
    octets = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(octets))) + octets + content
