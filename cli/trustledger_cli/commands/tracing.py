"""``trace``: where goods come from, and where they went."""

from __future__ import annotations

from io import StringIO
from typing import Final

import click

from trustledger import NotFoundError
from trustledger.encoding import parse_time
from trustledger.views.goods import is_product
from trustledger.views.provenance import MAX_NODES, to_plain
from trustledger.views.provenance import trace as trace_goods
from trustledger.views.recall import RecallRow, recall_list, write_recall_csv
from trustledger_cli.app import cli
from trustledger_cli.files import check_free, force_option, write_file
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.lookup import find_subject
from trustledger_cli.render.screen import Screen
from trustledger_cli.render.trees import legend, recall_table, trace_tree
from trustledger_cli.session import Session, UsageFault

PRODUCT_NODES: Final = 1_000
"""Subjects of a trace back from a product: its latest records show in ``show``, its lots each have a trace."""


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
@force_option
@pass_session
def trace(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    subject: str,
    lot: str | None,
    forward: bool,  # noqa: FBT001  (click's signature)
    csv_file: str | None,
    force: bool,  # noqa: FBT001
) -> None:
    """Trace goods."""
    if csv_file and not forward:
        raise UsageFault("cli.csv_forward")
    if csv_file:
        check_free(csv_file, force=force)
    with session.open(readonly=True) as ledger:
        uri = find_subject(ledger, subject, lot)
        found = trace_goods(ledger, uri, forward=forward, max_nodes=_most(uri, forward=forward))
    if not found.nodes[0].records:
        raise NotFoundError("cli.nothing_about", seen=uri)
    recalled = recall_list(found) if forward else []
    if csv_file:
        _write(csv_file, _local(session.screen, recalled), force=force)
    document = to_plain(found)
    if forward:
        document["recall"] = [row._asdict() for row in recalled]
        document["csv"] = csv_file

    def view(screen: Screen) -> None:
        screen.show(trace_tree(screen, found))
        if recalled:
            screen.show(recall_table(screen, found, recalled))
        screen.show("", legend(screen))
        if csv_file:
            screen.good("trace.csv", count=len(recalled), path=csv_file)

    session.emit(document, view)


def _most(subject: str, *, forward: bool) -> int:
    """Back from a product stand all of its lots, which nobody reads on one screen; a recall is never cut short."""
    return PRODUCT_NODES if is_product(subject) and not forward else MAX_NODES


def _local(screen: Screen, rows: list[RecallRow]) -> list[RecallRow]:
    """The rows with their times where the reader is, offset included, so that file and screen name the same day."""
    return [
        row._replace(date=screen.when(parse_time(row.date), exact=True).replace(" ", "T") if row.date else "")
        for row in rows
    ]


def _write(path: str, rows: list[RecallRow], *, force: bool) -> None:
    text = StringIO(newline="")
    write_recall_csv(rows, text)
    write_file(path, text.getvalue().encode("utf-8-sig"), force=force)
