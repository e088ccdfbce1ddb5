"""``layout set`` and ``layout check``: the steps of a product, and which of them a lot has gone through."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import click

from trustledger import Ledger, NotFoundError
from trustledger.interchange.layouts import MAX_FILE, set_layout
from trustledger.views.corrections import said_by
from trustledger.views.goods import is_product
from trustledger.views.layouts import LayoutResult, choose_layout, layout_to_plain
from trustledger.views.provenance import trace
from trustledger_cli.app import cli
from trustledger_cli.framework import Group, command, option, pass_session
from trustledger_cli.lookup import find_subject
from trustledger_cli.render.findings import finding_text
from trustledger_cli.render.layouts import layout_view, lots_table
from trustledger_cli.render.records import short_subject
from trustledger_cli.render.screen import Screen
from trustledger_cli.session import Session, UsageFault, read_file
from trustledger_cli.signers import read_signers, signer_options
from trustledger_cli.texts.layout_phrases import TEMPLATE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from trustledger.ledger import Receipt
    from trustledger.views.layouts import Choice

NOT_MET: Final = 1
"""Exit code of a check whose layout is not met: nothing is forged, but the goods did not go the way laid down."""
_MOST_LOTS: Final = 1_000
"""Lots of a product that are checked at once."""


@cli.group("layout", cls=Group, topic="layout")
def layout() -> None:
    """Layouts."""


@command(layout, "set", "layout set")
@click.argument("product", required=False)
@click.argument("file", required=False, metavar="FILE.toml")
@signer_options("The brand owner's key file; the profile's by default.", "品牌方的密钥文件；默认取配置文件。")
@option(
    "--template",
    is_flag=True,
    en="Show a file to begin with, and do nothing else.",
    zh="只显示可供修改的样例文件。",
)
@pass_session
def set_steps(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    product: str | None,
    file: str | None,
    key: str | None,
    with_keys: tuple[str, ...],
    passphrase_files: tuple[str, ...],
    template: bool,  # noqa: FBT001  (click's signature)
) -> None:
    """Lay down the steps of a product."""
    if template:
        text = TEMPLATE[session.language == "zh"]
        session.emit({"template": text}, lambda _: click.echo(text.encode(), nl=False))
        return
    if product is None or file is None:
        raise UsageFault("cli.missing", expected="PRODUCT FILE.toml", help="trustledger layout set --help")
    raw = read_file(file, MAX_FILE)
    signer, others = read_signers(session, key, with_keys, passphrase_files)
    with session.open() as ledger:
        subject, size = find_subject(ledger, product), ledger.size
        now = time.time_ns() // 1_000_000
        receipt = set_layout(ledger, subject, raw, file=file, signer=signer, cosigners=others, now=now)
        entry, position = receipt.places[0]
        with ledger.reading() as reader:
            choice = choose_layout(trace(reader, subject, max_nodes=1), reader.party)
        data = said_by(ledger.record(entry, position)) or {}
        named = {uri for step in data.get("steps", ()) for uri in step.get("parties", ())}
        unknown = sorted(uri for uri in named if ledger.party(uri) is None)
    document = _set_document(subject, receipt, data, choice, new=entry >= size)
    document["not_enrolled"] = unknown
    session.emit(document, lambda screen: _show_set(screen, document, choice))


def _set_document(
    subject: str, receipt: Receipt, data: Mapping[str, Any], choice: Choice, *, new: bool
) -> dict[str, Any]:
    entry, position = receipt.places[0]
    ref = f"{entry}/{position}"
    return {
        "subject": subject,
        "ref": ref,
        "version": data.get("version", ""),
        "steps": len(data.get("steps", ())),
        "new": new,
        "counts": choice.layout is not None and choice.layout.ref == ref,
        "findings": [{"code": one.code, "ref": one.ref, "text": one.text()} for one in choice.findings],
    }


def _show_set(screen: Screen, document: dict[str, Any], choice: Choice) -> None:
    facts = {"version": document["version"], "ref": document["ref"]}
    if document["new"]:
        subject = short_subject(document["subject"], screen.language)
        screen.good("steps.set", subject=subject, count=document["steps"], **facts)
    else:
        screen.good("steps.again", **facts)
    if document["not_enrolled"]:
        screen.warn("steps.not_enrolled", parties=", ".join(document["not_enrolled"]))
    if not document["counts"]:
        screen.warn("steps.not_counted")
        for one in choice.findings:
            screen.error_line("  " + finding_text(screen, one.code, one.all_facts))


@command(layout, "check", "layout check")
@click.argument("subject")
@click.argument("lot", required=False)
@pass_session
def check(session: Session, subject: str, lot: str | None) -> None:
    """Hold a lot, or all lots of a product, against the layout."""
    with session.open(readonly=True) as ledger:
        uri = find_subject(ledger, subject, lot)
        if is_product(uri):
            _check_product(session, ledger, uri)
            return
        found = trace(ledger, uri)
    if not found.nodes[0].records:
        raise NotFoundError("cli.nothing_about", seen=uri)
    if found.layout is None:
        raise NotFoundError("layout.none", seen=uri)
    result = found.layout
    session.emit(layout_to_plain(result), lambda screen: screen.show(layout_view(screen, result)))
    if not result.met:
        click.get_current_context().exit(NOT_MET)


def _check_product(session: Session, ledger: Ledger, product: str) -> None:
    """All lots of a product; exits 1 if one did not go the way laid down."""
    found = trace(ledger, product, max_nodes=_MOST_LOTS + 1)
    if not choose_layout(found).any:
        raise NotFoundError("layout.none", seen=product)
    lots = [node.subject for node in found.nodes[1:] if node.classes[-1:] == (product,)]
    results: list[LayoutResult] = []
    for uri in lots:
        result = trace(ledger, uri).layout
        if result is not None:
            results.append(result)
    bad = sum(not one.met for one in results)
    document = {
        "subject": product,
        "met": not bad and bool(results) and not found.cut,
        "cut": found.cut,
        "lots": [layout_to_plain(one) for one in results],
    }

    def view(screen: Screen) -> None:
        name = short_subject(product, screen.language)
        if not results:
            screen.line("steps.no_lots", "yellow", subject=name)
            return
        screen.show(lots_table(screen, results))
        if found.cut:
            screen.line("trace.cut", "yellow")
        screen.line("steps.all_lots", "bold", count=len(results), subject=name, bad=bad)

    session.emit(document, view)
    if not document["met"]:
        click.get_current_context().exit(NOT_MET)
