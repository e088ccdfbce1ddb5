"""``--key``, ``--with-key`` and ``--passphrase-file``: who signs a change of authority."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from trustledger import Ed25519Signer
from trustledger_cli.framework import Handler, option
from trustledger_cli.session import Session


class Signers(NamedTuple):
    """Who signs.

    Attributes:
        first: For whom the statement speaks.
        others: Further keys, where a threshold asks for them.
    """

    first: Ed25519Signer
    others: tuple[Ed25519Signer, ...]


def signer_options(en: str, zh: str) -> Callable[[Handler], Handler]:
    """The options of a command that signs.

    Args:
        en: What ``--key`` is, in English.
        zh: The same in Chinese.
    """
    options = (
        option("--key", metavar="FILE", en=en, zh=zh),
        option(
            "--with-key",
            "with_keys",
            multiple=True,
            metavar="FILE",
            en="Another key that signs too, where a threshold asks for it.",
            zh="共同签署的另一把密钥（有门限要求时）。",
        ),
        option(
            "--passphrase-file",
            metavar="FILE",
            en="A file with the key's passphrase.",
            zh="密钥的口令文件。",
        ),
    )

    def add(function: Handler) -> Handler:
        for one in reversed(options):
            function = one(function)
        return function

    return add


operator_options = signer_options("The operator's key file.", "运营方的密钥文件。")
"""The same for what the operator alone may say."""


def read_signers(
    session: Session, key: str | None, with_keys: tuple[str, ...], passphrase_file: str | None
) -> Signers:
    """Read the key files; the passphrase file is the first one's, the others are asked for.

    Raises:
        UsageFault: There is no key to take.
        TrustLedgerError: A key cannot be read.
    """
    first = session.signer(key, passphrase_file)
    return Signers(first, tuple(session.signer(path) for path in with_keys))
