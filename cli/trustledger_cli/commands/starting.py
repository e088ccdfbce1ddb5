"""``init``: a new ledger with its keys and its card."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from trustledger import Ed25519Signer, Ledger, PolicyError, StorageError, TrustLedgerError, write_key_file
from trustledger.keys import open_key_note
from trustledger.note import VerifierKey
from trustledger.subject import check_origin, check_party
from trustledger_cli.app import cli
from trustledger_cli.commands.policies import DEFAULT_WORD, read_policy
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.lookup import typed_uri
from trustledger_cli.party_fields import NONE
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, read_key_note, read_passphrase

_FIRST: Final = 2
"""Entries that ``init`` writes: the genesis and the policy."""


@command(cli, "init")
@click.argument("directory", metavar="DIR")
@option(
    "--origin",
    required=True,
    en="The ledger's name, such as shop.example/ledger.",
    zh="账本名称，如 shop.example/ledger。",
)
@option("--operator", required=True, metavar="URI", en="The operator's URI.", zh="运营方的 URI。")
@option(
    "--key",
    required=True,
    metavar="FILE",
    en="The operator's key file; made if absent.",
    zh="运营方密钥文件；没有则生成。",
)
@option(
    "--log-key",
    metavar="FILE",
    en="The log's key file; DIR/private/log.key by default; elsewhere, set TRUSTLEDGER_LOG_KEY.",
    zh="日志密钥文件；默认为 DIR/private/log.key；放在别处请设置 TRUSTLEDGER_LOG_KEY。",
)
@option("--name", en="What people call the operator.", zh="运营方的名称。")
@option(
    "--recovery",
    metavar="FILE.pub",
    en="The public note of the operator's recovery key, kept offline; it cannot be added later.",
    zh="运营方恢复密钥的公钥文件（私钥离线保管）；以后不能再添加。",
)
@option(
    "--policy",
    default=DEFAULT_WORD,
    metavar="FILE.toml",
    en="The registration policy; this program's own by default; none for no rules.",
    zh="登记规则；默认为本程序自带的规则；none 表示没有规则。",
)
@option(
    "--passphrase-file", metavar="FILE", en="Protects the operator's key.", zh="保护运营方密钥的口令文件。"
)
@pass_session
def init(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    directory: str,
    origin: str,
    operator: str,
    key: str,
    log_key: str | None,
    name: str | None,
    recovery: str | None,
    policy: str,
    passphrase_file: str | None,
) -> None:
    """Make a ledger."""
    path = Path(directory)
    check_origin(origin)
    operator = check_party(typed_uri(operator))
    rules = None if policy == NONE else read_policy(policy)
    recovery_note = None if recovery is None else read_key_note(recovery)
    recovery_key = None if recovery_note is None else _recovery_key(recovery_note, operator)
    _check_absent(path)
    operator_key, made = _key(session, Path(key), operator, passphrase_file)
    log_path = Path(log_key) if log_key else path / "private" / "log.key"
    if not log_key:
        _make_private(log_path.parent)
    log_signer, _ = _key(session, log_path, origin, None)
    with Ledger.create(
        path,
        origin=origin,
        operator=operator_key,
        log=log_signer,
        name=name,
        recovery=recovery_note,
        policy=None if rules is None else rules.text,
    ) as ledger:
        card, genesis = path / "ledger.card", ledger.public_card.genesis
    document: dict[str, Any] = {
        "ledger": str(path),
        "origin": origin,
        "genesis": genesis,
        "operator": operator,
        "operator_key": {
            "file": key,
            "made": made,
            "id": operator_key.public.key_id,
            "vkey": operator_key.public.text,
        },
        "log_key": {"file": str(log_path), "vkey": log_signer.public.text},
        "recovery_key": None
        if recovery_key is None
        else {"id": recovery_key.key_id, "vkey": recovery_key.text},
        "policy": None
        if rules is None
        else {"name": rules.name, "date": rules.date.isoformat(), "sha256": rules.sha256},
        "card": str(card),
    }
    session.emit(document, lambda screen: _show(screen, document, path))


def _recovery_key(note: bytes, operator: str) -> VerifierKey:
    """The recovery key, asked for before any key is made."""
    key = open_key_note(note)
    if key.name != operator:
        raise PolicyError("ledger.key_of_other", seen=key.name, expected=operator)
    return key


def _check_absent(path: Path) -> None:
    """Nothing is there yet: asked before any key is made, so that a mistaken call leaves nothing behind."""
    try:
        present = path.exists() and (
            not path.is_dir() or any(entry.name != "private" for entry in path.iterdir())
        )
    except OSError as error:
        raise StorageError("cli.unreadable", seen=str(path), why=error.strerror) from None
    if present and _half_made(path):
        raise StorageError("cli.half_made", seen=str(path))
    if present:
        raise StorageError(
            "cli.ledger_exists" if (path / "ledger.card").exists() else "ledger.not_empty", seen=str(path)
        )


def _half_made(path: Path) -> bool:
    """Whether an ``init`` broke off here: its first entries stand at most, and the card, which comes last, does not."""
    if (path / "ledger.card").exists() or not (path / "data").is_dir():
        return False
    try:
        with Ledger.open(path, readonly=True) as ledger:
            return ledger.size <= _FIRST
    except TrustLedgerError as error:
        return error.code in {"store.empty", "store.missing", "ledger.not_a_ledger"}


def _make_private(directory: Path) -> None:
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        directory.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError("ledger.directory", seen=str(directory), why=error.strerror) from None


def _key(session: Session, path: Path, name: str, passphrase_file: str | None) -> tuple[Ed25519Signer, bool]:
    """Read a key, or make it."""
    if path.exists():
        return session.signer(str(path), passphrase_file, party=name), False
    signer = Ed25519Signer.generate(name)
    write_key_file(path, signer, read_passphrase(passphrase_file) if passphrase_file else None)
    return signer, True


def _show(screen: Screen, document: dict[str, Any], path: Path) -> None:
    screen.good("init.done", origin=document["origin"], path=path)
    operator_file = document["operator_key"]["file"]
    hand_out = [("init.card", f"{path}/ledger.card"), ("init.genesis", document["genesis"].hex())]
    keep = [
        ("init.operator_key", operator_file),
        ("init.log_key", document["log_key"]["file"]),
        ("init.openings", f"{path}/private/openings/"),
        ("init.data", f"{path}/data/  (trustledger backup)"),
    ]
    screen.show(screen.panel(screen.facts(hand_out), screen.say("init.hand_out"), "green"))
    screen.show(screen.panel(screen.facts(keep), screen.say("init.back_up"), "yellow"))
    rules, recovery = document["policy"], document["recovery_key"]
    told = screen.say("init.no_policy") if rules is None else f"{rules['name']} {rules['date']}"
    pairs = [("init.policy", told)]
    if recovery is not None:
        pairs.append(("init.recovery", recovery["id"].hex()))
    screen.show(screen.facts(pairs))
    if recovery is None:
        screen.warn("init.no_recovery")
    screen.line("init.next", "dim")
    enrol = f"party add URI --role ROLE --pub FILE.pub --name NAME --key {operator_file}"
    screen.plain(f"  trustledger --ledger {path} {enrol}")
