"""``key rotate``, ``key revoke`` and ``key recover``: how a key's life goes on, and how it ends."""

from __future__ import annotations

from typing import Any, cast

import click

from trustledger import PolicyError
from trustledger.authority.parties import REASONS, PartyState, Reason
from trustledger.keys import open_key_note
from trustledger.ledger import Receipt
from trustledger.subject import check_party
from trustledger_cli.commands.keys import key as key_group
from trustledger_cli.commands.log_keys import retire_log_key, rotate_log_key
from trustledger_cli.commands.parties import known_party
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.key_references import find_key
from trustledger_cli.lookup import typed_uri
from trustledger_cli.party_fields import optional_time
from trustledger_cli.render.parties import REASONS as REASON_PHRASES
from trustledger_cli.render.parties import keys_table, party_document
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, UsageFault, read_key_note
from trustledger_cli.signers import read_signers, signer_options

_owner_options = signer_options(
    "A key of the party itself, or of the operator; the profile's by default.",
    "该方自己的密钥，或运营方的密钥；默认取配置文件。",
)
_log_option = option(
    "--log",
    "of_log",
    is_flag=True,
    en="The log's own key; the operator signs.",
    zh="日志自身的密钥；由运营方签署。",
)


@command(key_group, "rotate", "key rotate")
@click.argument("old", required=False, metavar="[OLD]")
@click.argument("new", required=False, metavar="[NEW.pub]")
@_log_option
@option(
    "--custody",
    metavar="PARTY_URI",
    en="Who holds the private half of the new key, if not the party itself.",
    zh="新私钥由谁保管（不是该方自己时）。",
)
@_owner_options
@pass_session
def rotate(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    old: str | None,
    new: str | None,
    of_log: bool,  # noqa: FBT001  (click's signature)
    custody: str | None,
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
) -> None:
    """Put a new key in the place of an old one."""
    if of_log:
        if new is not None or custody is not None:
            raise UsageFault("cli.log_rotate", help="trustledger key rotate --help")
        rotate_log_key(session, old, read_signers(session, key, with_keys, passphrase_files))
        return
    if old is None or new is None:
        raise UsageFault("cli.missing", expected="OLD NEW.pub", help="trustledger key rotate --help")
    note = read_key_note(new)
    added = open_key_note(note)
    keeper = None if custody is None else check_party(typed_uri(custody))
    with session.open() as ledger:
        _, enrolled = find_key(ledger, old)
        signers = read_signers(session, key, with_keys, passphrase_files)
        receipt = ledger.authority.rotate_key(
            enrolled.key, note, signer=signers.first, cosigners=signers.others, custody=keeper
        )
        state = known_party(ledger, enrolled.key.name)
    document = {**_document(receipt, state), "old": enrolled.key.text, "key": added.text}

    def view(screen: Screen) -> None:
        facts = {"old": enrolled.key.key_id.hex(), "new": added.key_id.hex(), "name": state.name}
        screen.good("key.rotated", entry=receipt.entry, **facts)
        screen.show(keys_table(screen, state.keys))

    session.emit(document, view)


@command(key_group, "revoke", "key revoke")
@click.argument("name", metavar="KEY")
@option(
    "--reason",
    type=click.Choice(REASONS),
    en="Why; only what a compromised key signed is doubted.",
    zh="原因；只有“已泄露”的密钥所签内容会被标记。",
)
@option(
    "--since",
    metavar="TIME",
    en="Of a compromised key: since when (RFC 3339); its whole life if left out.",
    zh="已泄露的密钥：自何时起（RFC 3339）；省略则为其全部使用期。",
)
@option(
    "--force",
    is_flag=True,
    en="End the last recovery key too; none can ever be added again.",
    zh="终止最后一把恢复密钥也照做；此后再也不能添加恢复密钥。",
)
@_log_option
@_owner_options
@pass_session
def revoke(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    name: str,
    reason: str | None,
    since: str | None,
    force: bool,  # noqa: FBT001  (click's signature)
    of_log: bool,  # noqa: FBT001  (the same)
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
) -> None:
    """End a key, for good."""
    if of_log:
        if reason is not None or since is not None:
            raise UsageFault("cli.log_revoke", help="trustledger key revoke --help")
        retire_log_key(session, name, read_signers(session, key, with_keys, passphrase_files))
        return
    if reason is None:
        raise UsageFault("cli.missing", expected="--reason", help="trustledger key revoke --help")
    began = optional_time(since)
    with session.open() as ledger:
        state, enrolled = find_key(ledger, name)
        if enrolled.revoked is None and state.key_ring().recovery == (enrolled.key,) and not force:
            raise PolicyError("cli.last_recovery", seen=enrolled.key.key_id.hex(), party=state.uri)
        signers = read_signers(session, key, with_keys, passphrase_files)
        receipt = ledger.authority.revoke_key(
            enrolled.key,
            cast("Reason", reason),
            signer=signers.first,
            cosigners=signers.others,
            since=None if began is None else max(began, enrolled.at),
        )
        state = known_party(ledger, enrolled.key.name)
    short = _too_few(state)
    document = {
        **_document(receipt, state),
        "key": enrolled.key.text,
        "reason": reason,
        "too_few_keys": short is not None,
    }

    def view(screen: Screen) -> None:
        facts = {"key": enrolled.key.key_id.hex(), "name": state.name, "entry": receipt.entry}
        screen.good("key.ended", reason=screen.say(REASON_PHRASES[reason]), **facts)
        screen.show(keys_table(screen, state.keys))
        if short is not None:
            screen.warn(short, name=state.name, count=len(state.active_keys()), needed=state.threshold)

    session.emit(document, view)


@command(key_group, "recover", "key recover")
@click.argument("new", nargs=-1, required=True, metavar="NEW.pub...")
@option(
    "--since",
    metavar="TIME",
    en="When the thief may have begun (RFC 3339); the whole life of each key if left out.",
    zh="盗用可能始于何时（RFC 3339）；省略则为各密钥的全部使用期。",
)
@option(
    "--key",
    required=True,
    metavar="FILE",
    en="The operator's recovery key, from entry 0.",
    zh="运营方的恢复密钥（条目 0 所登记）。",
)
@option("--passphrase-file", metavar="FILE", en="A file with the key's passphrase.", zh="密钥的口令文件。")
@pass_session
def recover(
    session: Session, new: tuple[str, ...], since: str | None, key: str, passphrase_file: str | None
) -> None:
    """Bring the operator back."""
    notes = [read_key_note(path) for path in new]
    began = optional_time(since)
    recovery = session.signer(key, passphrase_file)
    with session.open() as ledger:
        receipt = ledger.authority.recover(notes, recovery=recovery, since=began)
        state = known_party(ledger, recovery.party)

    def view(screen: Screen) -> None:
        screen.good("key.recovered", name=state.name, entry=receipt.entry)
        screen.show(keys_table(screen, state.keys))

    session.emit(_document(receipt, state), view)


def _too_few(state: PartyState) -> str | None:
    """The phrase for a party that has too few keys left to sign anything; None if it has enough."""
    left = len(state.active_keys())
    if left >= state.threshold:
        return None
    if "operator" in state.roles:
        return "key.operator_short"
    return "key.too_few" if left else "key.none_left"


def _document(receipt: Receipt, state: PartyState) -> dict[str, Any]:
    return {"entry": receipt.entry, "party": party_document(state)}
