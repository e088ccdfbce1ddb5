"""``policy show``, ``policy check`` and ``policy set``: the rules that every statement is held to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import click
from rich.console import Group as Lines
from rich.console import RenderableType
from rich.text import Text

from trustledger import FormatError, NotFoundError, PolicyError, TrustLedgerError
from trustledger.authority.policy import (
    MAX_TEXT,
    KindRule,
    Policy,
    default_policy,
    differences,
    parse_policy,
)
from trustledger.kinds import Kinds
from trustledger.ledger.trying import ShutOut
from trustledger_cli.app import cli
from trustledger_cli.errors import problem_document
from trustledger_cli.framework import Group, command, option, pass_session
from trustledger_cli.render.records import kind_name, role_names
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.session import Session, UsageFault, read_file
from trustledger_cli.signers import operator_options, read_signers

DEFAULT_WORD: Final = "default"


def read_policy(name: str) -> Policy:
    """A policy from a file; ``default`` is the one that comes with this program, unless a file is called so.

    Raises:
        NotFoundError: There is no such file.
        FormatError: It is not a policy; it names what is wrong.
    """
    if name == DEFAULT_WORD and not Path(name).exists():
        return default_policy()
    raw = read_file(name, MAX_TEXT)
    try:
        return parse_policy(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise FormatError("cli.not_utf8", seen=name, at=error.start) from None


@cli.group("policy", cls=Group, topic="policy")
def policy() -> None:
    """The registration policy."""


@command(policy, "show", "policy show")
@option("--toml", is_flag=True, en="Its very text, to be copied and changed.", zh="原文，可复制后修改。")
@pass_session
def show(session: Session, toml: bool) -> None:  # noqa: FBT001  (click's signature)
    """Show the policy in force."""
    with session.open(readonly=True) as ledger:
        state = ledger.authority.state()
    found = state.policy
    if found is None:
        raise NotFoundError("cli.no_policy")
    document = {**policy_document(found), "toml": found.text}
    if toml and not session.json:
        click.echo(found.text.encode(), nl=False)
    else:
        session.emit(document, lambda screen: screen.show(policy_view(screen, found)))


@command(policy, "check", "policy check")
@click.argument("file", metavar="FILE.toml")
@pass_session
def check(session: Session, file: str) -> None:
    """Try a policy out."""
    tried = read_policy(file)
    try:
        session.ledger_path  # noqa: B018  (asks whether there is one)
    except UsageFault:
        before: Policy | None = default_policy()
        shut: list[ShutOut] | None = None
        known: Collection[str] = Kinds.default().names
    else:
        with session.open(readonly=True) as ledger:
            known = ledger.kinds.names
            before = ledger.authority.state().policy
            with session.screen.progress("progress.reading") as told:
                shut = ledger.authority.shut_out(tried, told)
    document = _checked_document(session, tried, before, shut)
    document["unknown_kinds"] = unknown_kinds(tried, known)
    _warn_of_kinds(session, document["unknown_kinds"])
    session.emit(document, lambda screen: _show_checked(screen, document, shut))


@command(policy, "set", "policy set")
@click.argument("file", metavar="FILE.toml")
@option(
    "--force",
    is_flag=True,
    en="Set it although parties could no longer sign what they signed.",
    zh="即使有参与方将不能再签署以往的内容，也照样生效。",
)
@operator_options
@pass_session
def set_policy(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    file: str,
    force: bool,  # noqa: FBT001  (click's signature)
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
) -> None:
    """Put a policy in force."""
    new = read_policy(file)
    with session.open() as ledger:
        before = ledger.authority.state().policy
        _warn_of_kinds(session, unknown_kinds(new, ledger.kinds.names))
        with session.screen.progress("progress.reading") as told:
            shut = ledger.authority.shut_out(new, told)
        if shut and not session.json:
            _show_shut(session.screen, shut)
        if shut and not force:
            raise PolicyError(
                "cli.shut_out", count=len(shut), parties=", ".join(sorted({one.party for one in shut}))
            )
        operator, cosigners = read_signers(session, key, with_keys, passphrase_files)
        receipt = ledger.authority.set_policy(new.text, operator=operator, cosigners=cosigners)
    document = {
        "entry": receipt.entry,
        "new": receipt.new > 0,
        **policy_document(new),
        "differences": _differences(before, new),
        "shut_out": [_shut_document(session, one) for one in shut],
    }

    def view(screen: Screen) -> None:
        facts = {"name": new.name, "date": new.date}
        if receipt.entry is None:
            screen.good("policy.again", entry=receipt.places[0][0], **facts)
        else:
            screen.good("policy.set", entry=receipt.entry, **facts)
            screen.show(_differences_table(screen, document["differences"]))

    session.emit(document, view)


# --- as JSON --------------------------------------------------------------------------------------------------


def policy_document(found: Policy) -> dict[str, Any]:
    """A policy as JSON, without its text."""
    return {
        "name": found.name,
        "date": found.date.isoformat(),
        "sha256": found.sha256,
        "is_default": found == default_policy(),
        "time": {"behind": found.behind, "ahead": found.ahead},
        "strangers": found.strangers,
        "guests": sorted(found.guest_kinds),
        "self_revocation_days": found.self_revocation_days,
        "kinds": {kind: _rule_document(rule) for kind, rule in sorted(found.kinds.items())},
        "unlisted": None if found.unlisted is None else _rule_document(found.unlisted),
    }


def _rule_document(rule: KindRule) -> dict[str, Any]:
    return {
        "roles": sorted(rule.roles),
        "signatures": rule.signatures,
        "cosigned_by": sorted(rule.cosigned_by),
        "after": list(rule.after),
        "strangers": rule.strangers,
    }


def _differences(before: Policy | None, after: Policy) -> list[dict[str, str | None]]:
    found = [] if before is None else differences(before, after)
    return [{"path": path, "before": old, "after": new} for path, old, new in found]


def _checked_document(
    session: Session, tried: Policy, before: Policy | None, shut: list[ShutOut] | None
) -> dict[str, Any]:
    return {
        **policy_document(tried),
        "in_force": None if before is None else {"name": before.name, "sha256": before.sha256},
        "compared_with": "default" if shut is None else "ledger",
        "differences": _differences(before, tried),
        "shut_out": None if shut is None else [_shut_document(session, one) for one in shut],
    }


def _shut_document(session: Session, one: ShutOut) -> dict[str, Any]:
    return {
        "party": one.party,
        "kind": one.kind,
        "ref": one.ref,
        "cosigners": list(one.cosigners),
        "problem": problem_document(one.error, session.language),
    }


# --- on the screen --------------------------------------------------------------------------------------------


def policy_view(screen: Screen, found: Policy) -> RenderableType:
    """A policy as a table of kinds, and what else it says."""
    facts = [
        ("policy.name", f"{clean(found.name)} {found.date.isoformat()}"),
        ("policy.hash", found.sha256.hex()),
        (
            "policy.time",
            screen.say("policy.times", behind=_span(screen, found.behind), ahead=_span(screen, found.ahead)),
        ),
        ("policy.strangers", found.strangers),
        (
            "policy.guests",
            ", ".join(kind_name(kind, screen.language) for kind in sorted(found.guest_kinds)) or "—",
        ),
        ("policy.reach", screen.say("policy.days", count=found.self_revocation_days)),
    ]
    table = screen.table("policy.kind", "policy.roles", "policy.more")
    for kind, rule in sorted(found.kinds.items()):
        table.add_row(
            _kind(screen, kind), role_names(rule.roles, screen.language) or "—", _more(screen, rule)
        )
    if found.unlisted is not None:
        roles = role_names(found.unlisted.roles, screen.language) or "—"
        table.add_row(screen.say("policy.unlisted"), roles, _more(screen, found.unlisted))
    return Lines(screen.facts(facts), table)


def _kind(screen: Screen, kind: str) -> str:
    name = kind_name(kind, screen.language)
    return name if name == kind else f"{name} {clean(kind)}"


def _more(screen: Screen, rule: KindRule) -> str:
    """What a rule asks beside roles."""
    said = []
    if rule.signatures > 1:
        said.append(screen.say("policy.signatures", count=rule.signatures))
    if rule.cosigned_by:
        said.append(screen.say("policy.cosigned", roles=role_names(rule.cosigned_by, screen.language)))
    if rule.after:
        said.append(screen.say("policy.after", kinds=", ".join(_kind(screen, kind) for kind in rule.after)))
    if rule.strangers is not None:
        said.append(screen.say("policy.own_strangers", rule=rule.strangers))
    return "\n".join(said)


def _span(screen: Screen, seconds: int) -> str:
    """A span in the largest unit that it is a multiple of."""
    for size, name in ((86_400, "policy.days"), (3_600, "policy.hours"), (60, "policy.minutes")):
        if seconds and seconds % size == 0:
            return screen.say(name, count=seconds // size)
    return screen.say("policy.seconds", count=seconds)


def _show_checked(screen: Screen, document: dict[str, Any], shut: list[ShutOut] | None) -> None:
    screen.good("policy.good", name=document["name"], date=document["date"], kinds=len(document["kinds"]))
    if document["in_force"] is None:
        screen.line("policy.none_before", "dim")
    elif not document["differences"]:
        screen.line("policy.same", "dim")
    else:
        name = "policy.against_default" if shut is None else "policy.against"
        screen.line(name, "bold", name=document["in_force"]["name"])
        screen.show(_differences_table(screen, document["differences"]))
    if shut:
        _show_shut(screen, shut)
    elif shut is not None:
        screen.line("policy.nobody_out")


def _show_shut(screen: Screen, shut: Sequence[ShutOut]) -> None:
    screen.warn("policy.shut_out", count=len(shut))
    for one in shut:
        error: TrustLedgerError = one.error
        said = error.text(screen.language)
        who = "" if one.party in said else f"{one.party}: "
        screen.errors.print(Text(f"  {clean(one.ref)}  {clean(who + said)}"))


def unknown_kinds(policy: Policy, known: Collection[str]) -> dict[str, str | None]:
    """Kinds that a policy names and nobody knows, each with the known one that it is near to.

    A name with a dot is somebody's own kind, which needs no registration here.
    """
    named = {
        *policy.kinds,
        *(one for rule in policy.kinds.values() for one in rule.after),
        *policy.guest_kinds,
    }
    unknown = sorted(one for one in named if "." not in one and one not in known)
    return {one: next(iter(get_close_matches(one, known, n=1)), None) for one in unknown}


def _warn_of_kinds(session: Session, unknown: dict[str, str | None]) -> None:
    for kind, near in () if session.json else unknown.items():
        name = "policy.unknown_kind" if near is None else "policy.near_kind"
        session.screen.warn(name, kind=kind, near=near)


def _differences_table(screen: Screen, found: list[dict[str, str | None]]) -> RenderableType:
    table = screen.table("policy.path", "policy.before", "policy.now")
    for one in found:
        path, before, after = one["path"] or "", one["before"], one["after"]
        if path.endswith(".signatures") and {before, after} == {"1", None}:
            continue  # a rule that comes or goes shows by its roles
        table.add_row(clean(path), *(clean(value) if value is not None else "—" for value in (before, after)))
    return table
