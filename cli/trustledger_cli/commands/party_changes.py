"""``party role``, ``party suspend`` and ``party history``: what changes in a party's life, and what did."""

from __future__ import annotations

from typing import Any

import click

from trustledger import VerifiedRecord
from trustledger.authority.parties import ROLES, PartyState
from trustledger.encoding import format_time
from trustledger_cli.commands.parties import known_party, party, show_changed, show_unchanged
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.render.parties import Change, change_lines, changes, party_document
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.session import Session, UsageFault
from trustledger_cli.signers import operator_options, read_signers

_ROLE = click.Choice(ROLES)


@command(party, "role", "party role")
@click.argument("uri", metavar="PARTY_URI")
@option("--add", "added", multiple=True, type=_ROLE, en="A role to give.", zh="增加的角色。")
@option("--remove", "removed", multiple=True, type=_ROLE, en="A role to take away.", zh="取消的角色。")
@option(
    "--set",
    "only",
    multiple=True,
    type=_ROLE,
    en="A role that stays or is given; all others go.",
    zh="保留或给予的角色；其余一律取消。",
)
@operator_options
@pass_session
def role(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    uri: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    only: tuple[str, ...],
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
) -> None:
    """Change a party's roles."""
    if not (added or removed or only):
        raise UsageFault(
            "cli.missing", expected="--add, --remove, --set", help="trustledger party role --help"
        )
    if (only and (added or removed)) or set(added) & set(removed):
        raise UsageFault("cli.contradiction", seen="--set, --add, --remove")
    with session.open() as ledger:
        state = known_party(ledger, uri)
        roles = set(only) or (state.roles | set(added)) - set(removed)
        if roles == state.roles:
            document = {"entry": None, "new": False, "party": party_document(state)}
            session.emit(document, lambda screen: screen.good("party.same", name=state.name))
            return
        operator, cosigners = read_signers(session, key, with_keys, passphrase_files)
        receipt = ledger.authority.enrol(state.uri, operator=operator, cosigners=cosigners, roles=roles)
        state = known_party(ledger, state.uri)
    show_changed(session, receipt, state, "party.changed")


@command(party, "suspend", "party suspend")
@click.argument("uri", metavar="PARTY_URI")
@option("--reason", metavar="TEXT", en="Why, for everybody to read.", zh="原因，所有人可见。")
@option("--lift", is_flag=True, en="Let it speak again.", zh="恢复其签名资格。")
@operator_options
@pass_session
def suspend(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    uri: str,
    reason: str | None,
    lift: bool,  # noqa: FBT001  (click's signature)
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
) -> None:
    """Suspend a party, or lift its suspension."""
    if lift == (reason is not None):
        raise UsageFault("cli.one_of", expected="--reason, --lift", help="trustledger party suspend --help")
    with session.open() as ledger:
        state = known_party(ledger, uri)
        if state.suspended == reason:  # suspended for this very reason, or to be lifted and not suspended
            show_unchanged(session, state)
            return
        operator, cosigners = read_signers(session, key, with_keys, passphrase_files)
        doors = ledger.authority
        if reason is None:
            receipt = doors.reinstate(state.uri, operator=operator, cosigners=cosigners)
        else:
            receipt = doors.suspend(state.uri, reason, operator=operator, cosigners=cosigners)
        state = known_party(ledger, state.uri)
    show_changed(session, receipt, state, "party.lifted" if lift else "party.silenced")


@command(party, "history", "party history")
@click.argument("uri", metavar="PARTY_URI")
@pass_session
def history(session: Session, uri: str) -> None:
    """Show what made a party what it is."""
    with session.open(readonly=True) as ledger:
        state = known_party(ledger, uri)
        found = ledger.authority.history(state.uri)
    steps: list[tuple[VerifiedRecord, list[Change]]] = []
    before: PartyState | None = None
    for record, after in found:
        steps.append((record, changes(before, after)))
        before = after
    document = {
        "uri": state.uri,
        "name": state.name,
        "history": [_step_document(record, changed) for record, changed in steps],
    }

    def view(screen: Screen) -> None:
        table = screen.table("history.ref", "history.when", "history.by", "history.what")
        for record, changed in steps:
            by = "\n".join(clean(one) for one in (record.party, *record.cosigners))
            lines = "\n".join(change_lines(screen, changed)) or "—"
            table.add_row(record.ref, screen.when(record.sequenced_at), by, lines)
        screen.show(table)

    session.emit(document, view)


def _step_document(record: VerifiedRecord, changed: list[Change]) -> dict[str, Any]:
    return {
        "ref": record.ref,
        "entry": record.entry,
        "at": format_time(record.sequenced_at),
        "by": [record.party, *record.cosigners],
        "kind": record.kind,
        "changes": [{"field": one.field, "before": one.before, "after": one.after} for one in changed],
    }
