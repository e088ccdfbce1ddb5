"""``party add`` and ``parties``: who may sign."""

from __future__ import annotations

from typing import Any

import click

from trustledger.authority.parties import ROLES, PartyState
from trustledger.keys import MAX_KEY_NOTE
from trustledger.subject import check_party
from trustledger_cli.app import cli
from trustledger_cli.framework import Group, command, option, pass_session
from trustledger_cli.lookup import typed_uri
from trustledger_cli.render.records import role_names
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.session import Session, read_file


@cli.group("party", cls=Group, topic="party")
def party() -> None:
    """Parties."""


@command(party, "add", "party add")
@click.argument("uri", metavar="PARTY_URI")
@option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(ROLES),
    en="A role; may be given several times.",
    zh="角色；可多次给出。",
)
@option("--pub", metavar="FILE.pub", en="The party's public key note.", zh="该方的公钥文件。")
@option("--name", en="What people call it.", zh="该方的名称。")
@option("--key", metavar="FILE", en="The operator's key file.", zh="运营方的密钥文件。")
@option("--passphrase-file", metavar="FILE", en="A file with the key's passphrase.", zh="密钥的口令文件。")
@pass_session
def add(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    uri: str,
    roles: tuple[str, ...],
    pub: str | None,
    name: str | None,
    key: str | None,
    passphrase_file: str | None,
) -> None:
    """Enrol a party."""
    uri = check_party(typed_uri(uri))
    note = read_file(pub, MAX_KEY_NOTE) if pub else None
    with session.open() as ledger:
        operator = session.signer(key, passphrase_file)
        receipt = ledger.enrol(uri, operator=operator, key_note=note, roles=roles or None, name=name)
        state = ledger.party(uri)
    document = {"entry": receipt.entry, "party": None if state is None else party_document(state)}
    session.emit(document, lambda screen: _show_added(screen, document, state))


def _show_added(screen: Screen, document: dict[str, Any], state: PartyState | None) -> None:
    if state is None:
        return
    screen.good("party.done", name=state.name, entry=document["entry"])
    screen.show(screen.facts(party_facts(screen, state)))


@command(cli, "parties")
@pass_session
def parties(session: Session) -> None:
    """List the parties."""
    with session.open(readonly=True) as ledger:
        states = ledger.parties()
    document = {"parties": [party_document(state) for state in states]}
    session.emit(document, lambda screen: screen.show(_table(screen, states)))


def _table(screen: Screen, states: list[PartyState]) -> Any:
    table = screen.table("col.name", "col.party", "col.roles", "col.keys", "col.since", right=(4,))
    for state in states:
        keys = "\n".join(key.key_id.hex() for key in state.active_keys())
        table.add_row(
            clean(state.name),
            clean(state.uri),
            role_names(state.roles, screen.language),
            keys,
            str(state.entry),
        )
    return table


def party_document(state: PartyState) -> dict[str, Any]:
    """A party as JSON."""
    return {
        "uri": state.uri,
        "name": state.name,
        "roles": sorted(state.roles),
        "keys": [{"id": one.key.key_id, "vkey": one.key.text, "entry": one.entry} for one in state.keys],
        "entry": state.entry,
        "changed": state.changed,
    }


def party_facts(screen: Screen, state: PartyState) -> list[tuple[str, Any]]:
    """A party as names and values."""
    return [
        ("col.name", clean(state.name)),
        ("col.party", clean(state.uri)),
        ("col.roles", role_names(state.roles, screen.language)),
        ("col.keys", ", ".join(key.key_id.hex() for key in state.active_keys())),
        ("col.since", str(state.entry)),
    ]
