"""Keys in memory, in files and in notes."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, x25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from trustledger import keys, pkcs8
from trustledger.errors import (
    FormatError,
    NewerFormatError,
    NotFoundError,
    SignatureError,
    StorageError,
    TrustLedgerError,
)
from trustledger.keys import (
    Ed25519Signer,
    is_protected,
    key_note,
    open_key_note,
    read_key_file,
    sign_note,
    write_key_file,
)
from trustledger.note import COSIGNATURE_V1, SignatureLine, VerifierKey, assemble

if TYPE_CHECKING:
    from pathlib import Path

FARM = Ed25519Signer.from_seed("https://farm.example/", bytes(range(32)))
MILL = Ed25519Signer.from_seed("https://mill.example/", bytes(32))


def code_of(error: pytest.ExceptionInfo[TrustLedgerError]) -> str:
    if not error.value.code.startswith("subject."):  # another room's sentences
        assert error.value.text("zh") != error.value.text("en")
    return error.value.code


@pytest.fixture
def fewer_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pkcs8, "ROUNDS", 1000)


def test_a_signer_signs() -> None:
    signer = Ed25519Signer.generate("https://farm.example/")
    assert signer.party == signer.public.name == "https://farm.example/"
    signer.public.verify(b"message", signer.sign(b"message"))
    assert signer.public != Ed25519Signer.generate("https://farm.example/").public


def test_nothing_that_a_signer_shows_is_private() -> None:
    shown = repr(FARM) + str(FARM) + str(keys.KeyFile(FARM, exposed=False))
    for part in (bytes(range(32)).hex(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"):
        assert part not in shown
    assert FARM.public.text in shown


@pytest.mark.parametrize("name", ["", "a b", "a+b", "ü", "a" * 256, "a\n", None])
def test_names_that_signers_cannot_have(name: object) -> None:
    with pytest.raises(FormatError):
        Ed25519Signer.generate(name)


def test_seeds_of_the_wrong_size() -> None:
    with pytest.raises(FormatError) as caught:
        Ed25519Signer.from_seed("name", bytes(31))
    assert code_of(caught) == "key.seed"


@pytest.mark.parametrize("passphrase", [None, b"correct horse", "奶粉".encode(), b"x" * 1023])
def test_pem_round_trip(passphrase: bytes | None, fewer_rounds: None) -> None:
    pem = FARM.to_pem(passphrase)
    assert pem.startswith(b"Party: https://farm.example/\n-----BEGIN ")
    assert is_protected(pem) == (passphrase is not None)
    for spelled in (pem, pem.replace(b"\n", b"\r\n")):
        loaded = Ed25519Signer.load_pem(spelled, passphrase)
        assert loaded.public == FARM.public
        assert loaded.sign(b"x") == FARM.sign(b"x")
    Ed25519Signer.load_pem(pem, passphrase, party="https://farm.example/")


def test_a_protected_file_is_slow_to_guess_and_opened_by_openssl(tmp_path: Path) -> None:
    assert pkcs8.ROUNDS >= 600_000
    pem = FARM.to_pem(b"secret")
    assert Ed25519Signer.load_pem(pem, b"secret").public == FARM.public
    assert pem != FARM.to_pem(b"secret")  # fresh salt
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl command to compare with")
    (tmp_path / "key").write_bytes(pem)
    shown = subprocess.run(
        [openssl, "pkey", "-in", tmp_path / "key", "-passin", "pass:secret", "-pubout", "-outform", "DER"],
        check=True,
        capture_output=True,
    )
    assert shown.stdout.endswith(FARM.public.public)


def test_der_lengths_of_every_form() -> None:
    assert pkcs8._der(4, bytes(127))[:2] == b"\x04\x7f"
    assert pkcs8._der(4, bytes(128))[:3] == b"\x04\x81\x80"
    assert pkcs8._der(4, bytes(256))[:4] == b"\x04\x82\x01\x00"


def test_passphrases_that_do_not_fit(fewer_rounds: None) -> None:
    protected, plain = FARM.to_pem(b"secret"), FARM.to_pem()
    for pem, passphrase, code in [
        (protected, b"other", "key.passphrase_wrong"),
        (protected, None, "key.passphrase_missing"),
        (plain, b"secret", "key.passphrase_unneeded"),
        (protected, b"", "key.passphrase_size"),
        (protected, b"x" * 1024, "key.passphrase_size"),
    ]:
        with pytest.raises(FormatError) as caught:
            Ed25519Signer.load_pem(pem, passphrase)
        assert code_of(caught) == code
        assert "secret" not in str(caught.value.facts)
    with pytest.raises(FormatError):
        FARM.to_pem(b"")


def test_whose_key_it_is() -> None:
    pem = FARM.to_pem()
    bare = pem.partition(b"\n")[2]
    assert Ed25519Signer.load_pem(bare, party="https://mill.example/").party == "https://mill.example/"
    with pytest.raises(FormatError) as caught:
        Ed25519Signer.load_pem(bare)
    assert code_of(caught) == "key.party_missing"
    with pytest.raises(FormatError) as caught:
        Ed25519Signer.load_pem(pem, party="https://mill.example/")
    assert code_of(caught) == "key.party_differs"
    with pytest.raises(FormatError) as caught:
        Ed25519Signer.load_pem(pem.replace(b"farm", b"fa+m"))
    assert caught.value.code.startswith("subject.")


PLAIN = FARM.to_pem()


@pytest.mark.parametrize(
    "pem",
    [
        b"",
        b"Party: x\n",
        PLAIN + PLAIN,
        PLAIN + b"\n",
        b"\n" + PLAIN,
        b"Comment\n" + PLAIN,
        b"Party: y\n" + PLAIN,
        PLAIN.replace(b"Party: ", b"party: "),
        PLAIN.replace(b"Party: ", b"Party:"),
        PLAIN.replace(b"END PRIVATE", b"END ENCRYPTED PRIVATE"),
        PLAIN.replace(b"PRIVATE KEY", b"RSA PRIVATE KEY"),
        PLAIN.replace(b"PRIVATE KEY", b"PUBLIC KEY"),
        PLAIN + b" " * 20_000,
    ],
)
def test_what_is_no_key_file(pem: bytes) -> None:
    with pytest.raises(FormatError) as caught:
        Ed25519Signer.load_pem(pem)
    assert code_of(caught) == "key.pem_form"


def test_keys_of_other_kinds_and_damaged_ones() -> None:
    for private in (ec.generate_private_key(ec.SECP256R1()), x25519.X25519PrivateKey.generate()):
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        with pytest.raises(FormatError) as caught:
            Ed25519Signer.load_pem(pem, party="name")
        assert code_of(caught) == "key.not_ed25519"
    with pytest.raises(FormatError) as caught:
        Ed25519Signer.load_pem(PLAIN.replace(b"MC4CAQ", b"MC4CAR"))
    assert code_of(caught) == "key.pem_damaged"


def test_protected_keys_of_other_writers_open() -> None:
    pem = FARM._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret"))
    assert Ed25519Signer.load_pem(pem, b"secret", party=FARM.party).public == FARM.public


def test_key_notes() -> None:
    data = key_note(FARM)
    assert data.startswith(b"trustledger/key@v1\n" + FARM.public.text.encode() + b"\n\n")
    assert open_key_note(data) == FARM.public
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        with pytest.raises((FormatError, SignatureError)):
            open_key_note(bytes(changed))


def note(text: bytes, *signers: Ed25519Signer) -> bytes:
    return sign_note(text, signers)


VKEY = FARM.public.text.encode()
OTHER_TYPE = VerifierKey(FARM.party, COSIGNATURE_V1, FARM.public.public).text.encode()
UNICODE_NAME = VerifierKey("https://农场/", 1, FARM.public.public)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (note(b"trustledger/key@v1\n" + VKEY + b"\n", FARM, MILL), "note.too_many_lines"),
        (note(b"trustledger/key@v1\n" + VKEY + b"\n", MILL), "key.note_signer"),
        (note(b"trustledger/key@v2\n" + VKEY + b"\n", FARM), "key.note_newer"),
        (note(b"trustledger/key@v1 \n" + VKEY + b"\n", FARM), "key.note_newer"),
        (note(b"trustledger/keys\n" + VKEY + b"\n", FARM), "key.note_form"),
        (note(VKEY + b"\n", FARM), "key.note_form"),
        (note(b"trustledger/key@v1\n" + VKEY + b"\n\n", FARM), "vkey.form"),
        (note(b"trustledger/key@v1\n" + VKEY + b"\nmore\n", FARM), "vkey.form"),
        (note(b"trustledger/key@v1\n", FARM), "vkey.form"),
        (note(b"trustledger/key@v1\n" + OTHER_TYPE + b"\n", FARM), "key.note_signer"),
        (
            assemble(
                b"trustledger/key@v1\n" + UNICODE_NAME.text.encode() + b"\n",
                [SignatureLine(UNICODE_NAME.name, UNICODE_NAME.key_id, bytes(64))],
            ),
            "subject.origin",
        ),
        (key_note(FARM) + b" " * 4096, "note.too_long"),
    ],
)
def test_what_is_no_key_note(data: bytes, code: str) -> None:
    with pytest.raises((FormatError, SignatureError)) as caught:
        open_key_note(data)
    assert code_of(caught) == code
    assert isinstance(caught.value, NewerFormatError) == (code == "key.note_newer")


def test_a_key_note_of_another_type_is_refused_though_it_names_itself() -> None:
    key = VerifierKey(FARM.party, COSIGNATURE_V1, FARM.public.public)
    text = b"trustledger/key@v1\n" + key.text.encode() + b"\n"
    line = SignatureLine(key.name, key.key_id, FARM.sign(text))
    with pytest.raises(SignatureError) as caught:
        open_key_note(assemble(text, [line]))
    assert code_of(caught) == "signature.type"


@pytest.mark.parametrize("passphrase", [None, b"secret"])
def test_key_files(tmp_path: Path, passphrase: bytes | None, fewer_rounds: None) -> None:
    path = tmp_path / "farm.key"
    write_key_file(path, FARM, passphrase)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    read = read_key_file(path, passphrase)
    assert read.signer.public == FARM.public
    assert not read.exposed
    assert open_key_note((tmp_path / "farm.key.pub").read_bytes()) == FARM.public
    path.chmod(0o640)
    assert read_key_file(str(path), passphrase).exposed


@pytest.mark.parametrize("standing", ["farm.key", "farm.key.pub"])
def test_key_files_are_never_overwritten(tmp_path: Path, standing: str) -> None:
    (tmp_path / standing).write_text("precious")
    with pytest.raises(StorageError) as caught:
        write_key_file(tmp_path / "farm.key", FARM)
    assert code_of(caught) == "key.file_exists"
    assert [p.name for p in tmp_path.iterdir()] == [standing]
    assert (tmp_path / standing).read_text() == "precious"


def test_a_link_that_points_nowhere_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "farm.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError):
        write_key_file(tmp_path / "farm.key", FARM)
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.parametrize("failing", [1, 2])
def test_a_write_that_fails_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    calls = 0

    def fsync(descriptor: int) -> None:
        nonlocal calls
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            calls += 1
            if calls == failing:
                raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(StorageError) as caught:
        write_key_file(tmp_path / "farm.key", FARM)
    assert code_of(caught) == "key.file_unwritable"
    assert list(tmp_path.iterdir()) == []


def test_files_that_are_not_there_or_not_files(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as missing:
        read_key_file(tmp_path / "none")
    assert code_of(missing) == "key.file_missing"
    with pytest.raises(StorageError) as unreadable:
        read_key_file(tmp_path)
    assert code_of(unreadable) == "key.file_unreadable"
    with pytest.raises(StorageError) as unwritable:
        write_key_file(tmp_path / "none" / "farm.key", FARM)
    assert code_of(unwritable) == "key.file_unwritable"
