"""What one run of the command line knows: its settings, its ledger, its keys, and where it writes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import click

from trustledger import (
    Ed25519Signer,
    FormatError,
    Ledger,
    NotFoundError,
    Signer,
    StorageError,
    TrustLedgerError,
    read_key_file,
)
from trustledger.errors import Language
from trustledger.keys import MAX_KEY_FILE, is_protected
from trustledger.ledger.directory import CARD
from trustledger.ledger.opening import log_signers
from trustledger_cli.profile import Profile, read_profile, zone_named
from trustledger_cli.render.screen import Screen

LEDGER_ENVIRONMENT: Final = "TRUSTLEDGER_LEDGER"
LOG_KEY_ENVIRONMENT: Final = "TRUSTLEDGER_LOG_KEY"
_LARGEST_PASSPHRASE: Final = 4_096


class UsageFault(TrustLedgerError):  # noqa: N818  (click has a UsageError of its own)
    """The command line does not say enough, or contradicts itself."""

    exit_code = 2


class Session:
    """Settings of one run, and the way to the ledger and the screen.

    Attributes:
        language: Language of everything a person reads.
        json: Whether the result is one JSON document.
        debug: Whether an unexpected error shows where it happened.
        ledger_option: ``--ledger`` as given.
        writing: Whether this run has opened the ledger for writing.
    """

    def __init__(self, language: Language = "en", *, json_wanted: bool = False) -> None:
        self.language: Language = language
        self.json = json_wanted
        self.debug = False
        self.ledger_option: str | None = None
        self.writing = False

    @cached_property
    def profile(self) -> Profile:
        """What ``trustledger setup`` wrote."""
        return read_profile()

    @cached_property
    def screen(self) -> Screen:
        """Where people read."""
        return Screen(self.language, self.zone)

    @property
    def zone(self) -> ZoneInfo | None:
        """The profile's time zone; None for the computer's own."""
        try:
            name = self.profile.zone
        except FormatError:  # showing times must not hide what the command has to say
            return None
        return zone_named(name) if name else None

    # --- the ledger -----------------------------------------------------------------------------------------

    @property
    def ledger_path(self) -> Path:
        """The ledger's directory: ``--ledger``, TRUSTLEDGER_LEDGER, or the profile.

        Raises:
            UsageFault: None of them says.
        """
        named = self.ledger_option or os.environ.get(LEDGER_ENVIRONMENT) or self.profile.ledger
        if not named:
            raise UsageFault("cli.no_ledger")
        return Path(named)

    def open(self, *, readonly: bool = False, further: Sequence[Signer] = ()) -> Ledger:
        """Open the ledger; for writing with the log's keys that lie beside it or that TRUSTLEDGER_LOG_KEY names.

        Args:
            readonly: Open for reading only.
            further: More keys of the log.
        """
        path = self.ledger_path
        log = None if readonly else [*self._log_keys_elsewhere(), *log_signers(path), *further]
        try:
            opened = Ledger.open(path, readonly=readonly, log=log)
        except NotFoundError as error:
            if not (path / CARD).exists():
                raise
            raise StorageError(error.code, **error.facts) from None  # a ledger that has lost its data
        self.writing = self.writing or not readonly
        return opened

    def _log_keys_elsewhere(self) -> list[Signer]:
        """The keys in the files that TRUSTLEDGER_LOG_KEY names, between colons (on Windows, semicolons)."""
        named = os.environ.get(LOG_KEY_ENVIRONMENT, "")
        return [self.signer(path) for path in named.split(os.pathsep) if path]

    # --- keys -----------------------------------------------------------------------------------------------

    def signer(
        self, path: str | None, passphrase_file: str | None = None, party: str | None = None
    ) -> Ed25519Signer:
        """Read a key file; ask for its passphrase if it has one and nobody said where it is.

        Args:
            path: The key file; None takes the profile's.
            passphrase_file: A file whose first line is the passphrase.
            party: Whose key it must be.

        Raises:
            UsageFault: There is no key to take.
            TrustLedgerError: The key cannot be read, or is another party's.
        """
        path = path or self.profile.key
        if not path:
            raise UsageFault("cli.no_key")
        passphrase = read_passphrase(passphrase_file) if passphrase_file else self._ask_passphrase(path)
        try:
            read = read_key_file(path, passphrase, party=party)
        except FormatError as error:
            if error.code == "key.pem_form" and b"trustledger/key@" in read_file(path, MAX_KEY_FILE):
                raise FormatError("cli.public_key", seen=path, expected=path.removesuffix(".pub")) from None
            raise
        if read.exposed:
            self.screen.warn("warn.exposed", path=path)
        return read.signer

    def _ask_passphrase(self, path: str) -> bytes | None:
        try:
            with Path(path).open("rb") as file:
                protected = is_protected(file.read(MAX_KEY_FILE))
        except OSError:
            return None  # reading the key will say why
        if not protected:
            return None
        if not sys.stdin.isatty():
            raise FormatError("key.passphrase_missing")
        prompt = self.screen.say("ask.passphrase", path=path)
        return str(click.prompt(prompt, hide_input=True, err=True)).encode()

    # --- results --------------------------------------------------------------------------------------------

    def emit(self, document: dict[str, Any], view: Callable[[Screen], None]) -> None:
        """Give the result: the document with ``--json``, else what ``view`` draws."""
        if self.json:
            click.echo(to_json(document))
        else:
            view(self.screen)


def to_json(document: dict[str, Any], indent: int | None = 2) -> str:
    """One JSON document; bytes become hex, what JSON does not know its text."""
    return json.dumps(document, ensure_ascii=False, indent=indent, default=_plain)


def _plain(value: object) -> Any:
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    return str(value)


def read_passphrase(path: str) -> bytes:
    """The first line of a passphrase file.

    Raises:
        NotFoundError: There is no such file.
        FormatError: Its first line is empty.
    """
    raw = read_file(path, _LARGEST_PASSPHRASE)
    line = raw.split(b"\n", 1)[0].removesuffix(b"\r")
    if not line:
        raise FormatError("cli.empty_passphrase", seen=path)
    return line


def read_key_note(path: str) -> bytes:
    """The public note of a key: a ``.pub`` file. Its signature is checked by whoever enrols it.

    Raises:
        FormatError: ``cli.private_key``: it is a private key, which goes to nobody; or as `read_file`.
    """
    raw = read_file(path, MAX_KEY_FILE)
    if b"PRIVATE KEY-----" in raw:
        raise FormatError("cli.private_key", seen=path, expected=f"{path}.pub")
    return raw


def read_file(path: str | Path, largest: int) -> bytes:
    """A small file.

    Args:
        path: The file.
        largest: Bytes it may have.

    Raises:
        NotFoundError: There is no such file.
        FormatError: It is larger.
        StorageError: It cannot be read.
    """
    try:
        with Path(path).open("rb") as file:
            raw = file.read(largest + 1)
    except FileNotFoundError:
        raise NotFoundError("cli.no_file", seen=str(path)) from None
    except OSError as error:
        raise StorageError("cli.unreadable", seen=str(path), why=error.strerror) from None
    if len(raw) > largest:
        raise FormatError("cli.large_file", seen=str(path), expected=largest)
    return raw
