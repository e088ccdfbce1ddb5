"""``log`` and ``stats``: the ledger at large."""

from __future__ import annotations

from typing import Any

import click

from trustledger_cli.app import cli
from trustledger_cli.commands.reading import entry_document, public
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.session import Session


@command(cli, "log")
@option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=20,
    en="How many entries; the latest ones.",
    zh="显示多少条（最新的）。",
)
@option("--from", "start", type=click.IntRange(0), en="The first entry to list.", zh="从哪个条目开始。")
@pass_session
def log(session: Session, limit: int, start: int | None) -> None:
    """List entries."""
    with session.open(readonly=True) as ledger:
        size = ledger.size
        first = max(0, size - limit) if start is None else start
        entries = [
            entry_document(ledger, index, ledger.entry(index))
            for index in range(first, min(size, first + limit))
        ]
    document = {"size": size, "entries": [public(entry) for entry in entries]}

    def view(screen: Screen) -> None:
        table = screen.table(
            "col.entry", "col.placed", "col.signed_by", "col.records", "entry.seen", right=(0, 3, 4)
        )
        for entry in entries:
            table.add_row(*_log_row(screen, entry))
        screen.show(table)
        screen.line("log.size", "dim", size=size)

    session.emit(document, view)


def _log_row(screen: Screen, entry: dict[str, Any]) -> list[str]:
    when = screen.when(entry["_sequenced_at"], exact=True)
    if "annotation" in entry:
        return [str(entry["entry"]), when, screen.say("entry.annotation", number=entry["annotation"]), "", ""]
    others = "".join(f" + {clean(uri)}" for uri in entry["cosigners"])
    seen = str(entry["seen"]["size"]) if entry["seen"] else ""
    return [str(entry["entry"]), when, clean(entry["party_name"]) + others, str(entry["records"]), seen]


@command(cli, "stats")
@pass_session
def stats(session: Session) -> None:
    """Sizes and counts."""
    with session.open(readonly=True) as ledger:
        stored = ledger.stats()
        document: dict[str, Any] = {
            "ledger": str(session.ledger_path),
            "origin": ledger.public_card.origin,
            "genesis": ledger.public_card.genesis,
            "operator": ledger.public_card.operator,
            "entries": ledger.size,
            "parties": len(ledger.parties()),
            "chains": stored["entries"].get("heads", 0),
            "store": dict(stored),
        }

    def view(screen: Screen) -> None:
        shown = [
            ("origin", document["origin"]),
            ("genesis", document["genesis"].hex()),
            ("operator", document["operator"]),
        ]
        shown += [(name, f"{document[name]:,}") for name in ("entries", "parties", "chains")]
        shown += [
            ("store", f"{stored['backend']} · {stored['durability']}"),
            ("bytes", f"{stored['bytes']:,}"),
        ]
        screen.show(
            screen.panel(
                screen.facts([(f"stats.{name}", value) for name, value in shown]), str(session.ledger_path)
            )
        )

    session.emit(document, view)
