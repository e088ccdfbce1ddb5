"""``card``: what was tested of a lot, and how far from the limits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from trustledger.frameworks import MAX_FILE, CardPolicy, Frameworks, parse_policy, shipped, shipped_policy
from trustledger.views.goods import is_product
from trustledger.views.inspection_card import explained, plain
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.goods import lots_of, names_said_in, party_names
from trustledger_cli.lookup import find_subject
from trustledger_cli.moments import as_of_option, read_moment
from trustledger_cli.render.cards import card_view
from trustledger_cli.render.records import short_subject
from trustledger_cli.session import Session, UsageFault, read_file

if TYPE_CHECKING:
    from trustledger.views.inspection_card import InspectionCard
    from trustledger_cli.render.screen import Screen

_ALL: Final = "all"
_POLICY: Final = re.compile(rb'^\s*format\s*=\s*"trustledger/card-policy@', re.MULTILINE)


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
    rules, policy, side = _read_frameworks(frameworks)
    moment = read_moment(session, as_of)
    with session.open(readonly=True) as ledger:
        uri = find_subject(ledger, subject, lot)
        if is_product(uri):
            listed = [short_subject(one, session.language) for one in lots_of(ledger, uri)]
            raise UsageFault("doors.not_a_lot", seen=uri, expected=", ".join(listed) or "—")
        asked: dict[str, Any] = {"as_of": moment, "frameworks": rules, "policy": policy}
        cards = (
            ledger.cards(uri, **asked) if side == _ALL else (ledger.card(uri, group=side, **asked),)
        )  # fmt: skip
        called = names_said_in(ledger, cards[0].framework.category_record)
        names = party_names(ledger, _parties(cards), moment)

    def view(screen: Screen) -> None:
        for one in cards:
            screen.show(card_view(screen, one, frameworks=rules, called=called, names=names, explain=explain))

    shown = [explained(one) if explain else plain(one) for one in cards]
    session.emit(shown[0] if side != _ALL else {"subject": uri, "cards": shown}, view)


def _parties(cards: tuple[InspectionCard, ...]) -> list[str]:
    return [
        uri for one in cards for result in one.results for uri in (result.lab, result.transcribed_by) if uri
    ]


def _read_frameworks(words: tuple[str, ...]) -> tuple[Frameworks, CardPolicy, str | None]:
    """The frameworks with a user's own among them, the house's rules, and the side that is asked for.

    Raises:
        UsageFault: Neither a side nor a file, or several sides.
    """
    files = [word for word in words if Path(word).is_file()]
    sides = [word for word in words if word not in files]
    raws = [read_file(path, MAX_FILE) for path in files]
    policies = [raw for raw in raws if _POLICY.search(raw)]
    rules = shipped().adding(raw for raw in raws if raw not in policies)
    policy = parse_policy(policies[-1]) if policies else shipped_policy()
    if len(sides) > 1:
        raise UsageFault("doors.one_side", seen=", ".join(sides))
    side = next(iter(sides), None)
    if side is None or side.lower() == _ALL:
        return rules, policy, _ALL if side else None
    if side.upper() not in rules.groups():
        raise UsageFault("doors.framework", seen=side, expected=", ".join(rules.groups()))
    return rules, policy, side.upper()
