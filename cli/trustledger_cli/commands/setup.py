"""``setup``: a merchant's answers, asked once, checked at once, kept in a profile."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final

import click

from trustledger import FormatError, Ledger, NotFoundError, PolicyError, TrustLedgerError, read_key_file
from trustledger.authority.parties import PartyState
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.language import LANGUAGES
from trustledger_cli.lookup import typed_uri
from trustledger_cli.profile import Profile, write_profile, zone_named
from trustledger_cli.render.screen import clean
from trustledger_cli.session import Session

_LOCALTIME: Final = Path("/etc/localtime")


@command(cli, "setup")
@option("--party", metavar="URI", en="The party that appends.", zh="写入记录的参与方。")
@option("--key", metavar="FILE", en="Its key file.", zh="该方的密钥文件。")
@option("--zone", metavar="TZ", en="Time zone, such as Asia/Shanghai.", zh="时区，如 Asia/Shanghai。")
@pass_session
def setup(session: Session, party: str | None, key: str | None, zone: str | None) -> None:
    """Ask what is needed, and write the profile."""
    screen = session.screen
    language = _language(session)
    ledger = _ask(session, "setup.ledger", session.ledger_option, _check_ledger, None)
    parties = _parties(ledger)
    if party is None and not session.json:
        for number, state in enumerate(parties, 1):
            screen.errors.print(f"  {number}  {clean(state.name)}  {clean(state.uri)}")
    uri = _ask(session, "setup.party", party, lambda text: _check_party(parties, text), None)
    key_path = _ask(session, "setup.key", key, lambda text: _check_key(parties, uri, text), None)
    zone_name = _ask(session, "setup.zone", zone, lambda text: zone_named(text).key, _default_zone(language))
    profile = Profile(ledger=ledger, party=uri, key=key_path, zone=zone_name, language=language)
    path = write_profile(profile)
    document = {"profile": str(path), **asdict(profile)}

    def view(_: object) -> None:
        screen.good("setup.done", path=path)
        screen.line("setup.next", "dim")
        screen.plain(
            "  trustledger append FILE.csv --dry-run"
            if language == "en"
            else "  trustledger append 文件.csv --dry-run"
        )

    session.emit(document, view)


def _language(session: Session) -> str:
    """The language: as given, or asked first, so that the other questions can be read."""
    ctx = click.get_current_context()
    if (
        session.json
        or any(ctx.params.get(name) for name in ("party", "key", "zone"))
        or session.ledger_option
    ):
        return session.language
    answer = click.prompt(
        session.screen.say("setup.language"), default=session.language, type=click.Choice(LANGUAGES), err=True
    )
    session.language = "zh" if answer == "zh" else "en"
    session.screen.language = session.language
    return session.language


def _ask(
    session: Session, question: str, given: str | None, check: Callable[[str], str], default: str | None
) -> str:
    """An answer that was checked: as given, or asked until it is good."""
    if given is not None:
        return check(given)
    while True:
        answer = click.prompt(session.screen.say(question), default=default, err=True)
        try:
            return check(str(answer).strip())
        except TrustLedgerError as error:
            session.screen.error(error.text(session.language))


def _check_ledger(text: str) -> str:
    path = Path(text).expanduser().resolve()
    with Ledger.open(path, readonly=True):
        return str(path)


def _parties(ledger: str) -> list[PartyState]:
    with Ledger.open(ledger, readonly=True) as opened:
        return opened.parties()


def _check_party(parties: list[PartyState], text: str) -> str:
    if text.isdecimal() and 1 <= int(text) <= len(parties):
        return parties[int(text) - 1].uri
    uri = typed_uri(text)
    if all(state.uri != uri for state in parties):
        raise PolicyError("ledger.not_enrolled", seen=uri)
    return uri


def _check_key(parties: list[PartyState], party: str, text: str) -> str:
    """The key file can be read, and holds a key that is enrolled for the party."""
    path = Path(text).expanduser().resolve()
    try:
        signer = read_key_file(path, party=party).signer
    except FormatError as error:
        if error.code == "key.passphrase_missing":
            return str(
                path
            )  # whose it is shows when it signs; asking for the passphrase here would only annoy
        raise
    active = next(state for state in parties if state.uri == party).active_keys()
    if signer.public not in active:
        raise PolicyError("ledger.key_not_of_party", seen=signer.public.key_id, party=party)
    return str(path)


def _default_zone(language: str) -> str:
    """The computer's time zone, if it has a name."""
    named = os.environ.get("TZ", "").lstrip(":")
    with suppress(OSError):
        named = named or str(_LOCALTIME.resolve()).partition("zoneinfo/")[2]
    with suppress(FormatError, NotFoundError):
        return zone_named(named).key
    return "Asia/Shanghai" if language == "zh" else "UTC"
