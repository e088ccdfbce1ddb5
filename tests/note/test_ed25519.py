"""One answer for every signature: RFC 8032's examples, and the attacks that other checkers let through."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from edwards import BASE, L, P, add, challenge, decode, encode, scalar, times

from trustledger import ed25519
from trustledger.ed25519 import verify_ed25519
from trustledger.errors import SignatureError

# RFC 8032 §7.1: tests 1, 2, 3 and SHA(abc): seed, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
    (
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704",
    ),
]

# The points of order 1, 2, 4, 8, each in every encoding that 32 bytes allow: y or y + p, with x = 0 of either sign.
SMALL_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
]

# y + p for those y below 19 that are on the curve and not of small order, x of either sign: never canonical.
NOT_CANONICAL = [
    ((y + P) | sign << 255).to_bytes(32, "little").hex()
    for y in (3, 4, 5, 6, 9, 10, 14, 15, 16, 18)
    for sign in (0, 1)
]

SEED = bytes(range(32))
PRIVATE = Ed25519PrivateKey.from_private_bytes(SEED)
PUBLIC = PRIVATE.public_key().public_bytes_raw()
ORDER_8 = decode(bytes.fromhex(SMALL_ORDER[10]))


def refused(public: bytes, signature: bytes, message: bytes) -> str:
    with pytest.raises(SignatureError) as caught:
        verify_ed25519(public, signature, message)
    return caught.value.code


def openssl_accepts(public: bytes, signature: bytes, message: bytes) -> None:
    Ed25519PublicKey.from_public_bytes(public).verify(signature, message)


@pytest.mark.parametrize(("seed", "public", "message", "signature"), RFC_8032)
def test_rfc_8032(seed: str, public: str, message: str, signature: str) -> None:
    key, data, signed = bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature)
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    assert private.public_key().public_bytes_raw() == key
    assert private.sign(data) == signed
    verify_ed25519(key, signed, data)
    assert refused(key, signed, data + b"\x00") == "signature.wrong"


def test_any_flipped_bit_is_refused() -> None:
    signature = PRIVATE.sign(b"message")
    for bit in range(512):
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert refused(PUBLIC, bytes(changed), b"message").startswith("signature.")


def test_the_list_of_small_order_points_is_complete() -> None:
    points = {times(n, ORDER_8) for n in range(8)}
    assert len(points) == 8
    assert {decode(bytes.fromhex(e)) for e in SMALL_ORDER} <= points
    assert {encode(point).hex() for point in points} <= set(SMALL_ORDER)
    ys = {y for _, y in points}
    encodings = {y + k * P | s << 255 for y in ys for k in (0, 1) for s in (0, 1) if y + k * P < 2**255}
    assert {e.to_bytes(32, "little").hex() for e in encodings} == set(SMALL_ORDER)


@pytest.mark.parametrize("encoded", SMALL_ORDER)
def test_keys_of_small_order(encoded: str) -> None:
    """With R = B and S = 1 some message fits each of them, and every message fits the neutral element."""
    key, signature = bytes.fromhex(encoded), encode(BASE) + (1).to_bytes(32, "little")
    assert refused(key, signature, b"message") == "signature.key"


@pytest.mark.parametrize("encoded", SMALL_ORDER[:4])
def test_one_signature_for_every_message_is_refused(encoded: str) -> None:
    key, signature = bytes.fromhex(encoded), encode(BASE) + (1).to_bytes(32, "little")
    for message in (b"I owe you 5", b"I owe you 5 million"):
        openssl_accepts(key, signature, message)  # why the check is ours to make
        assert refused(key, signature, message) == "signature.key"


@pytest.mark.parametrize("encoded", SMALL_ORDER)
def test_r_of_small_order(encoded: str) -> None:
    assert refused(PUBLIC, bytes.fromhex(encoded) + bytes(32), b"message") == "signature.point"


def test_a_signature_without_a_nonce_is_refused() -> None:
    """R neutral and S = k·a satisfies the equation, and shows the private key to everybody."""
    neutral = bytes.fromhex(SMALL_ORDER[0])
    s = challenge(neutral, PUBLIC, b"message") * scalar(SEED) % L
    signature = neutral + s.to_bytes(32, "little")
    openssl_accepts(PUBLIC, signature, b"message")
    assert refused(PUBLIC, signature, b"message") == "signature.point"


@pytest.mark.parametrize("encoded", NOT_CANONICAL)
def test_points_that_are_not_canonical(encoded: str) -> None:
    point = bytes.fromhex(encoded)
    assert decode(point) is not None
    assert refused(PUBLIC, point + bytes(32), b"message") == "signature.point"
    assert refused(point, PRIVATE.sign(b"message"), b"message") == "signature.key"


def test_s_plus_l_is_another_spelling_and_refused() -> None:
    signature = PRIVATE.sign(b"message")
    s = int.from_bytes(signature[32:], "little")
    for k in range(1, (2**256 - s) // L + 1):
        changed = signature[:32] + (s + k * L).to_bytes(32, "little")
        assert refused(PUBLIC, changed, b"message") == "signature.scalar"
    assert refused(PUBLIC, signature[:32] + L.to_bytes(32, "little"), b"message") == "signature.scalar"
    assert refused(PUBLIC, signature[:32] + (L - 1).to_bytes(32, "little"), b"message") == "signature.wrong"


def test_the_equation_has_no_cofactor() -> None:
    """A key with a part of order 8 signs by the equation with the cofactor always, without it one time in eight."""
    mixed = encode(add(times(scalar(SEED), BASE), ORDER_8))
    nonce, accepted = 12345, 0
    r = encode(times(nonce, BASE))
    for number in range(64):
        message = str(number).encode()
        k = challenge(r, mixed, message)
        signature = r + ((nonce + k * scalar(SEED)) % L).to_bytes(32, "little")
        if k % 8 == 0:
            verify_ed25519(mixed, signature, message)
            accepted += 1
        else:
            assert refused(mixed, signature, message) == "signature.wrong"
    assert 0 < accepted < 32


def test_a_key_that_is_no_point_fits_nothing() -> None:
    nowhere = (2).to_bytes(32, "little")
    assert decode(nowhere) is None
    assert refused(nowhere, PRIVATE.sign(b"message"), b"message") in {"signature.key", "signature.wrong"}
    assert refused(PUBLIC, nowhere + bytes(32), b"message") == "signature.wrong"


def test_a_library_that_refuses_the_key_itself_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    class Strict:
        @staticmethod
        def from_public_bytes(data: bytes) -> None:
            raise ValueError(data)

    monkeypatch.setattr(ed25519, "Ed25519PublicKey", Strict)
    unseen = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    assert refused(unseen, PRIVATE.sign(b"message"), b"message") == "signature.key"


@pytest.mark.parametrize(
    "public", [b"", PUBLIC[:31], PUBLIC + b"\x00", None, PUBLIC.hex(), bytearray(PUBLIC)]
)
def test_keys_of_the_wrong_size_or_type(public: object) -> None:
    assert refused(public, PRIVATE.sign(b"message"), b"message") == "signature.key_size"


@pytest.mark.parametrize("signature", [b"", bytes(63), bytes(65), None, "x" * 64, bytearray(64)])
def test_signatures_of_the_wrong_size_or_type(signature: object) -> None:
    assert refused(PUBLIC, signature, b"message") == "signature.size"
