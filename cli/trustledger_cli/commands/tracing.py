"""``trace``: where goods come from, and where they went."""

from __future__ import annotations

import click

from trustledger import NotFoundError, StorageError
from trustledger.views.provenance import to_plain
from trustledger.views.provenance import trace as trace_goods
from trustledger.views.recall import RecallRow, recall_list, write_recall_csv
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.references import parse_subject
from trustledger_cli.render.screen import Screen
from trustledger_cli.render.trees import legend, recall_table, trace_tree
from trustledger_cli.session import Session, UsageFault


@command(cli, "trace")
@click.argument("subject")
@click.argument("lot", required=False)
@option(
    "--forward",
    is_flag=True,
    en="On to everything made from it, and where that went.",
    zh="追踪用它制成的一切及其去向。",
)
@option(
    "--csv",
    "csv_file",
    metavar="FILE",
    en="With --forward: write the recall list here.",
    zh="配合 --forward：写出召回清单。",
)
@pass_session
def trace(session: Session, subject: str, lot: str | None, forward: bool, csv_file: str | None) -> None:  # noqa: FBT001
    """Trace goods."""
    if csv_file and not forward:
        raise UsageFault("cli.csv_forward")
    uri = parse_subject(subject, lot)
    with session.open(readonly=True) as ledger:
        found = trace_goods(ledger, uri, forward=forward)
    if not found.nodes[0].steps:
        raise NotFoundError("cli.nothing_about", seen=uri)
    recalled = recall_list(found) if forward else []
    if csv_file:
        _write(csv_file, recalled)
    document = to_plain(found)
    if forward:
        document["recall"] = [row._asdict() for row in recalled]
        document["csv"] = csv_file

    def view(screen: Screen) -> None:
        screen.show(trace_tree(screen, found))
        if recalled:
            screen.show(recall_table(screen, recalled))
        screen.show("", legend(screen))
        if csv_file:
            screen.good("trace.csv", count=len(recalled), path=csv_file)

    session.emit(document, view)


def _write(path: str, rows: list[RecallRow]) -> None:
    try:
        with open(path, "w", encoding="utf-8-sig", newline="") as out:  # noqa: PTH123  (a path as the user gave it)
            write_recall_csv(rows, out)
    except OSError as error:
        raise StorageError("cli.unwritable", seen=path, why=error.strerror) from None
