"""Signers and key files: how a party holds its private key and hands out its public one.

A `Signer` is anything that signs bytes: a key in memory here, a hardware module or a key service elsewhere.
A key file is PKCS#8 PEM with one line before it that says whose it is (RFC 7468 §2 allows text there), and
beside it the ``.pub`` file, the self-signed note by which a ledger enrols the key (format v1, section 3).
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from trustledger.errors import FormatError, NewerFormatError, NotFoundError, SignatureError, StorageError
from trustledger.note import ED25519, SignatureLine, VerifierKey, assemble, parse_note, parse_vkey
from trustledger.pkcs8 import encrypt_private_key, pem_block
from trustledger.subject import check_origin

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_KEY_FILE: Final = 16_384
"""Bytes of a key file; one of ours has about 450."""

MAX_KEY_NOTE: Final = 4_096
"""Bytes of a self-signed key note; names of 255 bytes give about 750."""

MAX_PASSPHRASE: Final = 1_023
"""Bytes of a passphrase (OpenSSL's limit)."""

_SEED_SIZE: Final = 32
_KEY_NOTE_HEADER: Final = b"trustledger/key@v1\n"
_NEWER_KEY_NOTE: Final = b"trustledger/key@"

_PEM: Final = re.compile(
    rb"(?:Party: ([\x21-\x7e]{1,255})\n)?"
    rb"(-----BEGIN ((?:ENCRYPTED )?PRIVATE KEY)-----\n(?:[A-Za-z0-9+/]{1,76}={0,2}\n)+-----END \3-----\n?)"
)


class Signer(Protocol):
    """What signs for a party or a log; small enough for a hardware module or a key service."""

    @property
    def party(self) -> str:
        """Who signs: the party's URI, or for a log key the ledger's origin. The name of `public`."""

    @property
    def public(self) -> VerifierKey:
        """The public key, of type 01."""

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of a message, 64 bytes (RFC 8032 §5.1.6, no prehash)."""


class Ed25519Signer:
    """A `Signer` whose private key is in memory. What it shows of itself is public."""

    __slots__ = ("_private", "_public")

    def __init__(self, party: str, private: Ed25519PrivateKey) -> None:
        """Join a name and a key.

        Args:
            party: The party's URI, or a ledger's origin for a log key.
            private: The private key.

        Raises:
            FormatError: The name is not 1 to 255 bytes of printable ASCII without ``+``. That a party's name
                is a URI in normal form is checked at enrolment; a log key's name need not be one.
        """
        self._private = private
        self._public = VerifierKey(check_origin(party), ED25519, private.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, party: str) -> Ed25519Signer:
        """A new key, from the operating system's randomness."""
        return cls(party, Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, party: str, seed: bytes) -> Ed25519Signer:
        """The key of a 32-byte seed (RFC 8032 §5.1.5), for known answers and keys kept elsewhere.

        Raises:
            FormatError: The seed is not 32 bytes.
        """
        if len(seed) != _SEED_SIZE:
            raise FormatError("key.seed", seen=len(seed), expected=_SEED_SIZE)
        return cls(party, Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def load_pem(
        cls, pem: bytes, passphrase: bytes | None = None, *, party: str | None = None
    ) -> Ed25519Signer:
        """Read what `to_pem` wrote, or any PKCS#8 PEM of an Ed25519 key if ``party`` is given.

        Args:
            pem: The file's content.
            passphrase: What protects it; None if nothing does.
            party: Whose key it is. If the file says so too, both must agree.

        Raises:
            FormatError: Not such a file, the wrong passphrase, a key of another kind, or another party's.
        """
        match = _PEM.fullmatch(pem.replace(b"\r\n", b"\n")) if len(pem) <= MAX_KEY_FILE else None
        if match is None:
            raise FormatError("key.pem_form")
        named = match[1].decode("ascii") if match[1] else None
        if named is not None and party not in (None, named):
            raise FormatError("key.party_differs", seen=named, expected=party)
        name = party if named is None else named
        if name is None:
            raise FormatError("key.party_missing")
        return cls(name, _load_private(match[2], passphrase, encrypted=match[3] == b"ENCRYPTED PRIVATE KEY"))

    def to_pem(self, passphrase: bytes | None = None) -> bytes:
        """The private key as PKCS#8 PEM after a line ``Party: NAME``, encrypted if a passphrase is given.

        Raises:
            FormatError: The passphrase is empty or too long.
        """
        _check_passphrase(passphrase)
        der = self._private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        pem = pem_block("PRIVATE KEY", der) if passphrase is None else encrypt_private_key(der, passphrase)
        return f"Party: {self.party}\n".encode("ascii") + pem

    @property
    def party(self) -> str:
        """The party's URI, or a ledger's origin for a log key."""
        return self._public.name

    @property
    def public(self) -> VerifierKey:
        """The public key, of type 01."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """The Ed25519 signature of a message, 64 bytes; about 50 µs."""
        return self._private.sign(message)

    def __repr__(self) -> str:
        return f"Ed25519Signer({self._public.text!r})"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A key read from a file.

    Attributes:
        signer: The key.
        exposed: Whether others on this machine may read the file. A fact for the caller to warn about and no
            error: file systems without modes, such as mounted and container volumes, show every file so, and
            whoever could read it has done so already.
    """

    signer: Ed25519Signer
    exposed: bool


def sign_note(text: bytes, signers: Iterable[Signer]) -> bytes:
    """Sign text as a note, the lines ascending by name and key ID.

    Raises:
        FormatError: No signers, or text that cannot stand in a note.
    """
    lines = [SignatureLine(s.public.name, s.public.key_id, s.sign(text)) for s in signers]
    return assemble(text, sorted(lines, key=lambda line: line.order))


def key_note(signer: Signer) -> bytes:
    """The self-signed note by which a ledger enrols the key: the content of a ``.pub`` file."""
    return sign_note(_KEY_NOTE_HEADER + signer.public.text.encode() + b"\n", [signer])


def open_key_note(data: bytes) -> VerifierKey:
    """Read and check a self-signed key note: its exact text, and one line by the very key it holds.

    Args:
        data: The content of a ``.pub`` file.

    Returns:
        The key. Its name is printable ASCII; whether it's a party that may enrol is the caller's question.

    Raises:
        FormatError: Not a key note, or a key of a type that cannot be checked here.
        NewerFormatError: A key note of a later version.
        SignatureError: Not signed by that key.
    """
    note = parse_note(data, MAX_KEY_NOTE, max_lines=1)
    if not note.text.startswith(_KEY_NOTE_HEADER):
        first = note.text.partition(b"\n")[0]
        if first.startswith(_NEWER_KEY_NOTE):
            raise NewerFormatError("key.note_newer", seen=first.decode())
        raise FormatError("key.note_form")
    body = note.text[len(_KEY_NOTE_HEADER) :].decode()
    key = parse_vkey(body[:-1])
    check_origin(key.name)
    line = note.lines[0]
    if not line.is_by(key):
        raise SignatureError("key.note_signer", seen=f"{line.name}+{line.key_id.hex()}", expected=key.text)
    key.verify(note.text, line.signature)
    return key


def write_key_file(path: str | Path, signer: Ed25519Signer, passphrase: bytes | None = None) -> None:
    """Write a new key file (mode 0600) and, beside it, its ``.pub``; both or neither.

    Args:
        path: The key file; ``.pub`` is added for the public one.
        signer: The key.
        passphrase: What shall protect it.

    Raises:
        FormatError: The passphrase is empty or too long.
        StorageError: One of the files exists already, or cannot be written.
    """
    private, public = Path(path), Path(f"{path}.pub")
    content = signer.to_pem(passphrase)
    _write_new(private, content, 0o600)
    try:
        _write_new(public, key_note(signer), 0o644)
    except BaseException:
        # Nobody has seen the public key, so nothing was signed with this one: it may go.
        with suppress(OSError):
            private.unlink()
        raise


def read_key_file(path: str | Path, passphrase: bytes | None = None, *, party: str | None = None) -> KeyFile:
    """Read a key file.

    Args:
        path: The file.
        passphrase: What protects it; None if nothing does.
        party: Whose key it must be; needed if the file doesn't say.

    Raises:
        NotFoundError: There is no such file.
        StorageError: It cannot be read.
        FormatError: As `Ed25519Signer.load_pem`.
    """
    try:
        with Path(path).open("rb") as file:
            exposed = os.name == "posix" and bool(os.fstat(file.fileno()).st_mode & 0o077)
            content = file.read(MAX_KEY_FILE + 1)
    except FileNotFoundError:
        raise NotFoundError("key.file_missing", at=path) from None
    except OSError as error:
        raise StorageError("key.file_unreadable", at=path, seen=error.strerror) from None
    return KeyFile(Ed25519Signer.load_pem(content, passphrase, party=party), exposed)


def is_protected(pem: bytes) -> bool:
    """Whether a key file's content is encrypted, so that a passphrase must be asked for."""
    return b"-----BEGIN ENCRYPTED PRIVATE KEY-----" in pem[:MAX_KEY_FILE]


def _write_new(path: Path, content: bytes, mode: int) -> None:
    """Create a file that must not exist, durable on return; on failure nothing of it stays."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    except FileExistsError:
        raise StorageError("key.file_exists", at=path) from None
    except OSError as error:
        raise StorageError("key.file_unwritable", at=path, seen=error.strerror) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            path.unlink()
        raise StorageError("key.file_unwritable", at=path, seen=error.strerror) from None
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make a new name durable where the system can: a ledger must not know a key that a crash took away."""
    if os.name == "posix":
        with suppress(OSError):
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _load_private(pem: bytes, passphrase: bytes | None, *, encrypted: bool) -> Ed25519PrivateKey:
    """Read the PEM block. Which error it is follows from what was asked, not from OpenSSL's wording."""
    _check_passphrase(passphrase)
    if encrypted and passphrase is None:
        raise FormatError("key.passphrase_missing")
    if not encrypted and passphrase is not None:
        raise FormatError("key.passphrase_unneeded")
    try:
        private = load_pem_private_key(pem, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise FormatError("key.passphrase_wrong" if encrypted else "key.pem_damaged") from None
    if not isinstance(private, Ed25519PrivateKey):
        raise FormatError("key.not_ed25519")
    return private


def _check_passphrase(passphrase: bytes | None) -> None:
    if passphrase is not None and not 1 <= len(passphrase) <= MAX_PASSPHRASE:
        raise FormatError("key.passphrase_size", seen=len(passphrase), limit=MAX_PASSPHRASE)
