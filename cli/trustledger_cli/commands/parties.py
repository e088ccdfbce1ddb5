"""``party add``, ``party show`` and ``parties``: who may sign."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

import click

from trustledger import Ledger, NotFoundError
from trustledger.authority.parties import ROLES, PartyState, Scope
from trustledger.ledger import Receipt
from trustledger.subject import check_party
from trustledger_cli.app import cli
from trustledger_cli.framework import Group, command, option, pass_session
from trustledger_cli.identities import CHECKED
from trustledger_cli.lookup import typed_uri
from trustledger_cli.party_fields import (
    ScopeOptions,
    read_accreditations,
    read_identities,
    read_owner,
    read_scopes,
)
from trustledger_cli.render.parties import party_document, party_facts, party_view
from trustledger_cli.render.records import role_names
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.session import Session, UsageFault, read_key_note
from trustledger_cli.signers import operator_options, read_signers


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
    en="A role; may be given several times. All roles from now on.",
    zh="角色；可多次给出。以此为全部角色。",
)
@option("--name", en="What people call it.", zh="该方的名称。")
@option(
    "--pub",
    "pubs",
    multiple=True,
    metavar="FILE.pub",
    en="A public key note of the party; may be given several times.",
    zh="该方的公钥文件；可多次给出。",
)
@option(
    "--custody",
    metavar="PARTY_URI",
    en="Who holds the private halves of these keys, if not the party itself.",
    zh="私钥由谁保管（不是该方自己时）。",
)
@option(
    "--threshold",
    type=click.IntRange(1, 16),
    metavar="N",
    en="How many of its keys must sign each statement.",
    zh="每份声明须由几把密钥签署。",
)
@option(
    "--owner",
    metavar="PARTY_URI",
    en="Who owns or controls it; none for nobody.",
    zh="所有者或控制方；none 表示无。",
)
@option(
    "--identity",
    "identities",
    multiple=True,
    metavar="SCHEME:NUMBER",
    en="A registered identity: uscc:…, lei:…, vat:…; check digits are verified. none for no identity.",
    zh="登记身份：uscc:统一社会信用代码、lei:…、vat:…；核对校验码。none 表示无。",
)
@option(
    "--accreditation",
    "accreditations",
    multiple=True,
    metavar="BODY:NUMBER[:UNTIL]",
    en="A laboratory's accreditation, such as CNAS:L1234:2028-01-01T00:00:00Z. none for no accreditation.",
    zh="实验室认可，如 CNAS:L1234:2028-01-01T00:00:00Z（有效期至）。none 表示无。",
)
@option(
    "--accredits",
    multiple=True,
    metavar="PARAM",
    en="A parameter that it covers; may be given several times; all of them if left out.",
    zh="认可范围内的项目；可多次给出；省略则为全部项目。",
)
@option(
    "--accredited-since",
    metavar="TIME",
    en="When it began (RFC 3339); now if left out.",
    zh="认可起始时间（RFC 3339）；省略则为现在。",
)
@option(
    "--scope-kind",
    "scope_kinds",
    multiple=True,
    metavar="KIND",
    en="Limit to this kind of record.",
    zh="只限此类记录。",
)
@option(
    "--scope-subject",
    "scope_subjects",
    multiple=True,
    metavar="PREFIX",
    en="Limit to subjects that begin so: a plain beginning, so end it with “/”, or give a full identifier.",
    zh="只限以此开头的对象：仅作开头比较，请以 “/” 结尾，或写完整标识。",
)
@option(
    "--scope-parameter",
    "scope_parameters",
    multiple=True,
    metavar="PARAM",
    en="Limit results to this parameter.",
    zh="检测结果只限此项目。",
)
@option("--scope-from", metavar="TIME", en="Not before this time (RFC 3339).", zh="自此时间起（RFC 3339）。")
@option("--scope-until", metavar="TIME", en="Before this time (RFC 3339).", zh="至此时间止（RFC 3339）。")
@option(
    "--scopes",
    metavar="FILE.toml",
    en="Several scopes, [[scopes]] tables; none lifts every limit.",
    zh="多个范围，写成 [[scopes]] 表；none 取消全部限制。",
)
@operator_options
@pass_session
def add(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    uri: str,
    roles: tuple[str, ...],
    name: str | None,
    pubs: tuple[str, ...],
    custody: str | None,
    threshold: int | None,
    owner: str | None,
    identities: tuple[str, ...],
    accreditations: tuple[str, ...],
    accredits: tuple[str, ...],
    accredited_since: str | None,
    scope_kinds: tuple[str, ...],
    scope_subjects: tuple[str, ...],
    scope_parameters: tuple[str, ...],
    scope_from: str | None,
    scope_until: str | None,
    scopes: str | None,
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
) -> None:
    """Enrol a party, or change it."""
    uri = check_party(typed_uri(uri))
    limits = ScopeOptions(scope_kinds, scope_subjects, scope_parameters, scope_from, scope_until)
    now = time.time_ns() // 1_000_000
    said: dict[str, Any] = {
        "name": name,
        "roles": roles or None,
        "key_note": [read_key_note(pub) for pub in pubs] or None,
        "custody": None if custody is None else check_party(typed_uri(custody)),
        "threshold": threshold,
        "owner": read_owner(owner),
        "identities": read_identities(identities),
        "accreditations": read_accreditations(accreditations, accredits, accredited_since, now),
        "scopes": read_scopes(limits, scopes),
    }
    if all(value is None for value in said.values()):
        raise UsageFault("cli.nothing_said", help="trustledger party add --help")
    with session.open() as ledger:
        operator, cosigners = read_signers(session, key, with_keys, passphrase_files)
        before = ledger.party(uri)
        if before is not None and _says_nothing_new(before, said):
            show_unchanged(session, before)
            return
        receipt = ledger.authority.enrol(uri, operator=operator, cosigners=cosigners, **said)
        state = known_party(ledger, uri)
        doubts = list(_doubts(ledger, state))
    for phrase, facts in doubts:
        session.screen.warn(phrase, **facts)
    if accreditations and before is not None and set(before.accreditations) - set(state.accreditations):
        session.screen.warn("party.accreditation_gone", name=state.name)
    show_changed(session, receipt, state, "party.done" if receipt.entry == state.entry else "party.changed")


def _doubts(ledger: Ledger, state: PartyState) -> Iterator[tuple[str, dict[str, str]]]:
    """What is allowed and hardly meant, as phrases and their facts."""
    if not state.roles:
        yield "party.no_role", {"name": state.name}
    if state.owner == state.uri:
        yield "party.owns_itself", {"name": state.name}
    for kind in sorted({kind for scope in state.scopes or () for kind in scope.kinds or ()}):
        if "." not in kind and kind not in ledger.kinds.names:
            near = next(iter(get_close_matches(kind, ledger.kinds.names, n=1)), "")
            yield "party.near_kind" if near else "party.unknown_kind", {"kind": kind, "near": near}
    for one in state.identities:
        if one.scheme not in CHECKED:
            yield "party.unknown_scheme", {"seen": one.scheme, "expected": ", ".join(CHECKED)}
    for other in ledger.parties():
        shared = set(other.identities) & set(state.identities) if other.uri != state.uri else set()
        for identity in sorted(shared):
            seen = f"{identity.scheme}:{identity.value}"
            yield (
                "party.same_identity",
                {"name": state.name, "other": other.name, "uri": other.uri, "seen": seen},
            )


def _says_nothing_new(state: PartyState, said: Mapping[str, Any]) -> bool:
    """Whether all that is said of a party stands already. A key is always news: the ledger says if it is not."""
    standing = {
        "name": state.name,
        "roles": set(state.roles),
        "threshold": state.threshold,
        "owner": state.owner,
        "identities": set(state.identities),
        "accreditations": list(state.accreditations),
        "scopes": [Scope()] if state.scopes is None else list(state.scopes),
    }
    as_standing = {"roles": set, "identities": set}
    return all(
        field in standing and as_standing.get(field, lambda one: one)(value) == standing[field]
        for field, value in said.items()
        if value is not None
    )


def show_unchanged(session: Session, state: PartyState) -> None:
    """Tell that a change would change nothing, and was not written."""
    document = {"entry": None, "new": False, "party": party_document(state)}
    session.emit(document, lambda screen: screen.good("party.unchanged", name=state.name))


def known_party(ledger: Ledger, text: str) -> PartyState:
    """A party of the ledger, by its URI as typed.

    Raises:
        NotFoundError: It is not enrolled.
    """
    uri = check_party(typed_uri(text))
    state = ledger.party(uri)
    if state is None:
        raise NotFoundError("cli.party_unknown", seen=uri)
    return state


def show_changed(session: Session, receipt: Receipt, state: PartyState, done: str) -> None:
    """Tell what became of a change of a party.

    Args:
        session: This run.
        receipt: Of the change.
        state: The party after it.
        done: Name of the phrase that says so.
    """
    document = {"entry": receipt.entry, "new": receipt.new > 0, "party": party_document(state)}

    def view(screen: Screen) -> None:
        if receipt.entry is None:
            screen.good("party.again", name=state.name, entry=receipt.places[0][0])
        else:
            screen.good(done, name=state.name, entry=receipt.entry)
        screen.show(screen.facts(party_facts(screen, state)))

    session.emit(document, view)


@command(party, "show", "party show")
@click.argument("uri", metavar="PARTY_URI")
@pass_session
def show(session: Session, uri: str) -> None:
    """Show all that is known of a party."""
    with session.open(readonly=True) as ledger:
        state = known_party(ledger, uri)
    session.emit({"party": party_document(state)}, lambda screen: screen.show(party_view(screen, state)))


@command(cli, "parties")
@option("--guests", is_flag=True, en="Show guests (buyers) too.", zh="同时列出访客（买家）。")
@pass_session
def parties(session: Session, guests: bool) -> None:  # noqa: FBT001  (click's signature)
    """List the parties."""
    with session.open(readonly=True) as ledger:
        everybody = ledger.parties()
    states = [state for state in everybody if guests or state.guest is None]
    hidden = len(everybody) - len(states)
    document = {"parties": [party_document(state) for state in states], "hidden_guests": hidden}

    def view(screen: Screen) -> None:
        screen.show(_table(screen, states))
        if hidden:
            screen.line("parties.guests", "dim", count=hidden)

    session.emit(document, view)


def _table(screen: Screen, states: list[PartyState]) -> Any:
    table = screen.table("col.name", "col.party", "col.roles", "col.keys", "col.since", right=(4,))
    for state in states:
        keys = "\n".join(key.key_id.hex() for key in state.active_keys()) or "—"
        roles = role_names(state.roles, screen.language)
        if state.suspended is not None:
            roles = screen.say("parties.suspended", roles=roles)
        table.add_row(clean(state.name), clean(state.uri), roles, keys, str(state.entry))
    return table
