"""``key new``: what a party signs with."""

from __future__ import annotations

import click

from trustledger import Ed25519Signer, write_key_file
from trustledger.subject import check_party
from trustledger_cli.app import cli
from trustledger_cli.framework import Group, command, option, pass_session
from trustledger_cli.lookup import typed_uri
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, UsageFault, read_passphrase


@cli.group("key", cls=Group, topic="key")
def key() -> None:
    """Keys."""


@command(key, "new", "key new")
@click.argument("file")
@option("--party", required=True, metavar="URI", en="Whose key it is.", zh="密钥所属的参与方。")
@option(
    "--passphrase",
    is_flag=True,
    en="Ask for a passphrase that protects the key.",
    zh="提示输入保护密钥的口令。",
)
@option(
    "--passphrase-file",
    metavar="FILE",
    en="A file whose first line is the passphrase.",
    zh="口令文件，首行为口令。",
)
@pass_session
def new(session: Session, file: str, party: str, passphrase: bool, passphrase_file: str | None) -> None:  # noqa: FBT001
    """Make a key."""
    party = check_party(typed_uri(party))
    if passphrase and passphrase_file:
        raise UsageFault("cli.contradiction", seen="--passphrase, --passphrase-file")
    secret = read_passphrase(passphrase_file) if passphrase_file else None
    if passphrase:
        prompt = session.screen.say("ask.new_passphrase")
        again = session.screen.say("ask.again")
        secret = str(click.prompt(prompt, hide_input=True, confirmation_prompt=again, err=True)).encode()
    signer = Ed25519Signer.generate(party)
    write_key_file(file, signer, secret)
    document = {
        "file": file,
        "public": f"{file}.pub",
        "party": party,
        "id": signer.public.key_id,
        "vkey": signer.public.text,
        "protected": secret is not None,
    }
    session.emit(document, lambda screen: _show(screen, document, signer))


def _show(screen: Screen, document: dict[str, object], signer: Ed25519Signer) -> None:
    screen.good("key.done", party=signer.party)
    pairs = [
        ("key.private", str(document["file"])),
        ("key.public", str(document["public"])),
        ("key.id", signer.public.key_id.hex()),
    ]
    screen.show(screen.facts(pairs))
    screen.line("key.hint", "dim")
