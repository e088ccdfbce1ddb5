"""Signed notes and their keys, as c2sp.org/signed-note has them.

A note is text, a blank line, and signature lines ``— NAME BASE64``. The general rules are here: lines by
unknown keys are ignored, a line by a known key that fails spoils the note. Statements are stricter
(`trustledger.statement`).

Every parser accepts exactly what its writer would write; base64 is compared with its own re-encoding.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from trustledger.ed25519 import PUBLIC_SIZE, verify_ed25519
from trustledger.errors import FormatError, SignatureError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = [
    "COSIGNATURE_V1",
    "ED25519",
    "MAX_LINES",
    "MAX_NOTE",
    "Note",
    "SignatureLine",
    "VerifiedNote",
    "VerifierKey",
    "assemble",
    "key_id",
    "open_note",
    "parse_base64",
    "parse_note",
    "parse_vkey",
    "verify_ed25519",
]

MAX_NOTE: Final = 1_000_000
"""Bytes of a note, as golang.org/x/mod has it; formats built on notes set lower limits."""

MAX_LINES: Final = 100
"""Signature lines of a note, as golang.org/x/mod has it; signed-note demands that 16 be accepted."""

MAX_VKEY: Final = 4096
"""Characters of a vkey: an ML-DSA-44 key takes 1,752, a name may take 255 and more."""

ED25519: Final = 0x01
"""Signature type: Ed25519 over the note text; the only one that `VerifierKey.verify` knows."""

_ECDSA: Final = 0x02

COSIGNATURE_V1: Final = 0x04
"""Signature type: a witness's timestamped Ed25519 cosignature (c2sp.org/tlog-cosignature)."""

_ASSIGNED_TYPES: Final = frozenset({ED25519, _ECDSA, COSIGNATURE_V1, 0x05, 0x06, 0xFF})
"""Types that signed-note or a specification beside it assigns."""

_CONTROL: Final = re.compile("[\x00-\x09\x0b-\x1f]")
"""ASCII control characters but the newline; signed-note counts those below U+0020."""

_VKEY: Final = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})")
_LINE_START: Final = "— "
_KEY_ID_SIZE: Final = 4


def key_id(name: str, key_type: int, public: bytes) -> bytes:
    """The 4 bytes that stand for a key: SHA-256(name ‖ 0x0A ‖ type ‖ public)[:4] (signed-note, Signatures).

    For ECDSA (type 02) it's SHA-256(public)[:4], the public key in SPKI form and no name.
    """
    if key_type == _ECDSA:
        return sha256(public).digest()[:_KEY_ID_SIZE]
    return sha256(name.encode() + bytes((0x0A, key_type)) + public).digest()[:_KEY_ID_SIZE]


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under its name.

    Attributes:
        name: Who signs with it: not empty, no ``+``, no Unicode space, no control character.
        type: Signature type, 0 to 255. Types other than 01 and 04 are carried and never verify.
        public: The public key as its type encodes it.
        key_id: The 4 bytes that stand for it in signature lines; made from the others.
    """

    name: str
    type: int
    public: bytes
    key_id: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Check the parts.

        Raises:
            FormatError: The name is not allowed, or the public key doesn't have the size of its type.
        """
        _check_name(self.name)
        if type(self.type) is not int or not 0 <= self.type <= 255:
            raise FormatError("vkey.type", seen=self.type)
        wanted = PUBLIC_SIZE if self.type in (ED25519, COSIGNATURE_V1) else None
        if type(self.public) is not bytes or not self.public or wanted not in (None, len(self.public)):
            raise FormatError("vkey.public", seen=len(self.public), expected=wanted, type=self.type)
        object.__setattr__(self, "key_id", key_id(self.name, self.type, self.public))

    @property
    def text(self) -> str:
        """The key as a vkey: ``name+hex(key ID)+base64(type ‖ public)``."""
        return f"{self.name}+{self.key_id.hex()}+{_base64(bytes((self.type,)) + self.public)}"

    def verify(self, message: bytes, signature: bytes) -> None:
        """Check a signature by this key over a message.

        Raises:
            SignatureError: It doesn't verify, or the key is not of type 01.
        """
        if self.type != ED25519:
            raise SignatureError("signature.type", name=self.name, seen=self.type)
        verify_ed25519(self.public, signature, message)


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One signature line, not verified.

    Attributes:
        name: Name of the key that is said to have signed.
        key_id: Its 4-byte ID.
        signature: What follows the ID; at least one byte.
    """

    name: str
    key_id: bytes
    signature: bytes

    @property
    def order(self) -> tuple[bytes, bytes]:
        """What lines are sorted by: (name bytes, key ID)."""
        return self.name.encode(), self.key_id

    def is_by(self, key: VerifierKey) -> bool:
        """Whether the line claims to be by this key."""
        return self.name == key.name and self.key_id == key.key_id

    def __bytes__(self) -> bytes:
        return f"{_LINE_START}{self.name} {_base64(self.key_id + self.signature)}\n".encode()


@dataclass(frozen=True, slots=True)
class Note:
    """A note whose signatures nobody has checked.

    Attributes:
        text: What is signed, with its final newline.
        lines: The signature lines, in the order of the note.
    """

    text: bytes
    lines: tuple[SignatureLine, ...]


@dataclass(frozen=True, slots=True)
class VerifiedNote:
    """A note with at least one good signature; only `open_note` makes one.

    Attributes:
        text: What was signed.
        signed_by: The known keys that signed it, in the order of the note, each once.
        unverified: Lines by keys that nobody named: they mean nothing.
    """

    text: bytes
    signed_by: tuple[VerifierKey, ...]
    unverified: tuple[SignatureLine, ...]


def parse_vkey(text: str, *, unassigned: bool = False) -> VerifierKey:
    """Read a vkey.

    Args:
        text: ``name+hex(key ID)+base64(type ‖ public)``.
        unassigned: Also carry keys of types that signed-note hasn't assigned. For what a ledger enrols, since
            a later version may know the type; a person who configures a key should hear of it instead.

    Raises:
        FormatError: Not a vkey, or its key ID is not that of its key.
    """
    match = _VKEY.fullmatch(text) if type(text) is str and len(text) <= MAX_VKEY else None
    if match is None:
        raise FormatError("vkey.form", seen=text)
    name, claimed_id, encoded = match.groups()
    material = parse_base64(encoded, at="vkey")
    key = VerifierKey(name, material[0], material[1:])
    if key.type not in _ASSIGNED_TYPES and not unassigned:
        raise FormatError("vkey.type", seen=key.type)
    if key.key_id.hex() != claimed_id:
        raise FormatError("vkey.key_id", seen=claimed_id, expected=key.key_id.hex())
    return key


def parse_note(data: bytes, max_bytes: int = MAX_NOTE, max_lines: int = MAX_LINES) -> Note:
    """Split a note into its text and its signature lines, without checking any signature.

    Args:
        data: The whole note.
        max_bytes: The longest note to accept.
        max_lines: The most signature lines to accept.

    Raises:
        FormatError: Not a note, or beyond a limit.
    """
    if len(data) > max_bytes:
        raise FormatError("note.too_long", seen=len(data), limit=max_bytes)
    _check_text(data)
    # The text may hold blank lines of its own, signature lines cannot: the last blank line is the one.
    blank = data.rfind(b"\n\n")
    if blank < 0:
        raise FormatError("note.blank_line")
    signed, signatures = data[: blank + 1], data[blank + 2 :]
    if not signatures.endswith(b"\n"):
        raise FormatError("note.signature_lines")
    if signatures.count(b"\n") > max_lines:
        raise FormatError("note.too_many_lines", seen=signatures.count(b"\n"), limit=max_lines)
    lines = signatures[:-1].decode().split("\n")
    return Note(signed, tuple(_parse_line(line, number) for number, line in enumerate(lines, 1)))


def open_note(data: bytes, keys: Iterable[VerifierKey]) -> VerifiedNote:
    """Read a note and check its signatures by known keys (signed-note, Signatures).

    Lines by other keys are ignored, as are keys of types other than 01. A line that occurs twice counts once.

    Args:
        data: The whole note.
        keys: The keys to accept.

    Raises:
        FormatError: Not a note.
        SignatureError: A known key's signature is wrong, or there is none by a known key.
    """
    note = parse_note(data)
    signed_by, unverified = verify_lines(note, keys)
    if not signed_by:
        raise SignatureError("note.unsigned", seen=", ".join(line.name for line in note.lines))
    return VerifiedNote(note.text, signed_by, unverified)


def verify_lines(
    note: Note, keys: Iterable[VerifierKey]
) -> tuple[tuple[VerifierKey, ...], tuple[SignatureLine, ...]]:
    """Check those lines that known type 01 keys are said to have signed.

    Returns:
        The keys that signed, each once, and the lines that nobody checked.

    Raises:
        SignatureError: A known key's signature is wrong, or two known keys share name and ID.
    """
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if key.type == ED25519 and known.setdefault((key.name, key.key_id), key) != key:
            raise SignatureError("note.ambiguous_key", name=key.name, key_id=key.key_id)
    signed_by: dict[VerifierKey, None] = {}
    unverified = []
    for line in dict.fromkeys(note.lines):
        signer = known.get((line.name, line.key_id))
        if signer is None:
            unverified.append(line)
        else:
            signer.verify(note.text, line.signature)
            signed_by[signer] = None
    return tuple(signed_by), tuple(unverified)


def assemble(text: bytes, lines: Sequence[SignatureLine]) -> bytes:
    """Write a note: the text, a blank line, the lines in the order given.

    Raises:
        FormatError: The text doesn't end with a newline or holds what a note may not; there are no lines, or
            one is malformed.
    """
    _check_text(text)
    if not text.endswith(b"\n"):
        raise FormatError("note.text_end")
    if not lines:
        raise FormatError("note.signature_lines")
    for line in lines:
        _check_name(line.name)
        if len(line.key_id) != _KEY_ID_SIZE or not line.signature:
            raise FormatError("note.line", at=line.name, seen=line.key_id)
    return b"".join((text, b"\n", *map(bytes, lines)))


def parse_base64(text: str, at: str) -> bytes:
    """Decode standard padded base64, strictly: the text is what encoding the result would give.

    Args:
        text: The base64.
        at: Where it stands, for the error.

    Raises:
        FormatError: Anything else, and the empty string.
    """
    try:
        decoded = b64decode(text, validate=True)
    except (Base64Error, ValueError):
        decoded = b""
    if not decoded or _base64(decoded) != text:
        raise FormatError("note.base64", at=at, seen=text)
    return decoded


def _base64(data: bytes) -> str:
    return b64encode(data).decode("ascii")


def _parse_line(line: str, number: int) -> SignatureLine:
    name, _, encoded = line.removeprefix(_LINE_START).partition(" ")
    if not line.startswith(_LINE_START) or not encoded:
        raise FormatError("note.line", at=number, seen=line)
    _check_name(name)
    raw = parse_base64(encoded, at=f"signature line {number}")
    if len(raw) <= _KEY_ID_SIZE:
        raise FormatError("note.line", at=number, seen=line)
    return SignatureLine(name, raw[:_KEY_ID_SIZE], raw[_KEY_ID_SIZE:])


def _check_text(data: bytes) -> None:
    """Valid UTF-8 without ASCII control characters but the newline."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise FormatError("note.utf8", at=error.start) from None
    found = _CONTROL.search(text)
    if found is not None:
        raise FormatError("note.control", at=found.start(), seen=f"U+{ord(found.group()):04X}")


def _check_name(name: object) -> None:
    """A key's name (signed-note, Format): it stands between spaces in a line and between pluses in a vkey."""
    if (
        type(name) is not str
        or not name
        or "+" in name
        or any(map(str.isspace, name))
        or _CONTROL.search(name)
    ):
        raise FormatError("note.name", seen=name)
    try:
        name.encode()
    except UnicodeEncodeError:
        raise FormatError("note.name", seen=name) from None
