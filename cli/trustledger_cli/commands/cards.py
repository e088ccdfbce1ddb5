"""``card``: what was tested of a lot, and how far from the limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trustledger.views.goods import is_product
from trustledger.views.inspection_card import explained, plain
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.goods import lots_of, names_said_in, party_names
from trustledger_cli.lookup import find_subject
from trustledger_cli.moments import as_of_option, read_moment
from trustledger_cli.render.cards import card_view
from trustledger_cli.render.records import short_subject
from trustledger_cli.rules import ALL, read_rules
from trustledger_cli.session import Session, UsageFault

if TYPE_CHECKING:
    from trustledger.views.inspection_card import InspectionCard
    from trustledger_cli.render.screen import Screen


@command(cli, "card")
@click.argument("subject")
@click.argument("lot", required=False)
@option(
    "--framework",
    "frameworks",
    metavar="SIDE|FILE",
    multiple=True,
    en="CN, EU or CODEX instead of the side that applies; all of them side by side (all); or a TOML file with limits, points or stars of your own.",  # noqa: E501
    zh="以 CN、EU 或 CODEX 代替所适用的框架；并列显示全部（all）；或您自己的限量、评分、星级 TOML 文件。",
)
@as_of_option
@option(
    "--explain",
    is_flag=True,
    en="The arithmetic, the clause and the record behind every digit.",
    zh="显示每个数字的计算过程、条款和记录。",
)
@pass_session
def card(  # noqa: PLR0913, PLR0917  (one for each option)
    session: Session,
    subject: str,
    lot: str | None,
    frameworks: tuple[str, ...],
    as_of: str | None,
    explain: bool,  # noqa: FBT001  (click's signature)
) -> None:
    """Show the inspection card of a lot."""
    rules = read_rules(frameworks)
    moment = read_moment(session, as_of)
    with session.open(readonly=True) as ledger:
        uri = find_subject(ledger, subject, lot)
        if is_product(uri):
            listed = [short_subject(one, session.language) for one in lots_of(ledger, uri)]
            raise UsageFault("doors.not_a_lot", seen=uri, expected=", ".join(listed) or "—")
        asked: dict[str, Any] = {"as_of": moment, "frameworks": rules.frameworks, "policy": rules.card_policy}
        cards = (
            ledger.cards(uri, **asked) if rules.side == ALL else (ledger.card(uri, group=rules.side, **asked),)
        )  # fmt: skip
        called = names_said_in(ledger, cards[0].framework.category_record)
        names = party_names(ledger, _parties(cards), moment)

    def view(screen: Screen) -> None:
        for one in cards:
            screen.show(
                card_view(
                    screen, one, frameworks=rules.frameworks, called=called, names=names, explain=explain
                )
            )

    shown = [explained(one) if explain else plain(one) for one in cards]
    session.emit(shown[0] if rules.side != ALL else {"subject": uri, "cards": shown}, view)


def _parties(cards: tuple[InspectionCard, ...]) -> list[str]:
    return [
        uri for one in cards for result in one.results for uri in (result.lab, result.transcribed_by) if uri
    ]
