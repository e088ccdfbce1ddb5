"""``cost``: what a price pays for, and whether the suppliers say the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trustledger import FormatError
from trustledger_cli.app import cli
from trustledger_cli.commands.submitting import read_openings
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.goods import find_party, names_of, party_names
from trustledger_cli.lookup import find_subject
from trustledger_cli.moments import as_of_option, read_moment
from trustledger_cli.render.costs import cost_view
from trustledger_cli.session import Session, UsageFault

if TYPE_CHECKING:
    from trustledger import Ledger
    from trustledger.views.cost_breakdown import CostBreakdown
    from trustledger_cli.render.screen import Screen


@command(cli, "cost")
@click.argument("subject")
@click.argument("lot", required=False)
@option(
    "--merchant",
    metavar="PARTY",
    en="Who sells it: a URI or a name. May be left out if only one party does.",
    zh="销售方：URI 或名称。只有一个销售方时可省略。",
)
@option(
    "--buyer",
    metavar="PARTY",
    en="The price that this party alone is asked; without it the price for everybody.",
    zh="仅对该买方有效的价格；不加此项则为面向所有人的价格。",
)
@option(
    "--currency",
    metavar="CODE",
    en="A currency, where there are prices in several.",
    zh="有多种货币的价格时，指定货币代码。",
)
@as_of_option
@option(
    "--disclose",
    is_flag=True,
    en="Show private amounts whose openings are kept beside this ledger.",
    zh="显示在账本旁保存有开启材料的不公开金额。",
)
@option(
    "--opening",
    "opening_files",
    metavar="FILE",
    multiple=True,
    en="Openings of private amounts that you were given (STATEMENT.openings).",
    zh="他人提供给您的不公开金额的开启材料（STATEMENT.openings）。",
)
@option(
    "--explain",
    is_flag=True,
    en="The arithmetic and the records behind every amount.",
    zh="显示每个金额的计算过程和记录。",
)
@pass_session
def cost(session: Session, /, subject: str, lot: str | None, **options: Any) -> None:
    """Show what a price pays for."""
    moment = read_moment(session, options["as_of"])
    given = {key: one for path in options["opening_files"] for key, one in read_openings(path).items()}
    seeing = {"openings": given, "disclose": options["disclose"]}
    with session.open(readonly=True) as ledger:
        uri = find_subject(ledger, subject, lot)
        found = _ask(ledger, uri, options, as_of=moment, **seeing)
        shares = None
        if options["explain"]:
            shares = ledger.answers.cost_arithmetic(found, as_of=moment, **seeing)
        called = names_of(ledger, uri, moment)
        suppliers = [share.seller for line in shares or () for share in line]
        names = party_names(ledger, [found.seller, *suppliers], moment)
    document = found.plain()
    for shown, line in zip(document["components"], shares or (), strict=shares is not None):
        shown["arithmetic"] = [share.plain(found.currency) for share in line]
    disclosed = bool(given or options["disclose"])

    def view(screen: Screen) -> None:
        screen.show(cost_view(screen, found, called=called, names=names, shares=shares, disclosed=disclosed))

    session.emit(document, view)


def _ask(ledger: Ledger, subject: str, options: dict[str, Any], **more: Any) -> CostBreakdown:
    """The breakdown; where several parties sell, say with which option one is chosen."""
    seller, buyer = (
        find_party(ledger, options[name]) if options[name] else None for name in ("merchant", "buyer")
    )
    currency = options["currency"].upper() if options["currency"] else None
    try:
        return ledger.cost(subject, seller=seller, buyer=buyer or "", currency=currency, **more)
    except FormatError as error:
        if error.code != "cost.several_sellers":
            raise
        raise UsageFault("doors.several_sellers", **error.facts) from None
