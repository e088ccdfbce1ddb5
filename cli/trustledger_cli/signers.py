"""``--key``, ``--with-key`` and ``--passphrase-file``: who signs a change of authority."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from trustledger import Ed25519Signer, TrustLedgerError
from trustledger.keys import MAX_KEY_FILE, is_protected
from trustledger_cli.framework import Handler, option
from trustledger_cli.session import Session, UsageFault, read_file


class Signers(NamedTuple):
    """Who signs.

    Attributes:
        first: For whom the statement speaks.
        others: Further keys, where a threshold asks for them.
    """

    first: Ed25519Signer
    others: tuple[Ed25519Signer, ...]


def with_key_option(en: str, zh: str) -> Callable[[Handler], Handler]:
    """``--with-key``, for every command that signs; the texts as for `option`."""
    return option("--with-key", "with_keys", multiple=True, metavar="FILE", en=en, zh=zh)


passphrases_option = option(
    "--passphrase-file",
    "passphrase_files",
    multiple=True,
    metavar="FILE",
    en="A file with the key's passphrase; for several keys several files, in the order of the keys that have one.",
    zh="密钥的口令文件；多把密钥可给出多个，按有口令的密钥的顺序。",
)
"""``--passphrase-file``, for every command that signs with one key or more."""


def signer_options(en: str, zh: str) -> Callable[[Handler], Handler]:
    """The options of a command that signs.

    Args:
        en: What ``--key`` is, in English.
        zh: The same in Chinese.
    """
    options = (
        option("--key", metavar="FILE", en=en, zh=zh),
        with_key_option(
            "Another key that signs too, where a threshold asks for it.",
            "共同签署的另一把密钥（有门限要求时）。",
        ),
        passphrases_option,
    )

    def add(function: Handler) -> Handler:
        for one in reversed(options):
            function = one(function)
        return function

    return add


operator_options = signer_options("The operator's key file.", "运营方的密钥文件。")
"""The same for what the operator alone may say."""


def read_signers(
    session: Session,
    key: str | None,
    with_keys: Sequence[str],
    passphrase_files: Sequence[str],
    party: str | None = None,
) -> Signers:
    """Read the key files; a passphrase that no file gives is asked for.

    Args:
        session: This run.
        key: The first key's file; the profile's if None.
        with_keys: The other ones.
        passphrase_files: One for each key that has a passphrase, in their order; the rest are asked for.
        party: Whose the first key must be.

    Raises:
        UsageFault: There is no key to take, or more passphrases than keys that have one.
        TrustLedgerError: A key cannot be read.
    """
    paths = [key or session.profile.key, *with_keys]
    left = list(passphrase_files)
    given = [left.pop(0) if left and path is not None and _protected(path) else None for path in paths]
    if left:
        seen, expected = len(passphrase_files), len(passphrase_files) - len(left)
        raise UsageFault("cli.passphrases", seen=seen, expected=expected)
    first = session.signer(paths[0], given[0], party=party)
    return Signers(
        first, tuple(session.signer(path, file) for path, file in zip(paths[1:], given[1:], strict=True))
    )


def _protected(path: str) -> bool:
    try:
        return is_protected(read_file(path, MAX_KEY_FILE))
    except TrustLedgerError:
        return True  # reading the key says what is wrong with it
