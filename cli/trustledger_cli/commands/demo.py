"""``demo``: the whole story, told."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
from rich.rule import Rule
from rich.text import Text

from trustledger import AuditReport, VerificationError
from trustledger.frameworks import shipped
from trustledger.views.inspection_card import plain as plain_card
from trustledger.views.trust_score import plain as plain_score
from trustledger_cli.app import cli
from trustledger_cli.demo.selling import sell, shop_window
from trustledger_cli.demo.story import (
    CARRIER,
    DAIRY,
    FALSE_FIGURE,
    FARM,
    LAB,
    LIMIT,
    SHEET,
    STORE,
    TRUE_FIGURE,
    ZONE,
    Story,
)
from trustledger_cli.framework import command, pass_session
from trustledger_cli.goods import names_said_in
from trustledger_cli.render.audits import audit_view
from trustledger_cli.render.cards import card_view
from trustledger_cli.render.costs import cost_view
from trustledger_cli.render.scores import score_view
from trustledger_cli.render.screen import Screen
from trustledger_cli.render.trees import legend, recall_table, trace_tree
from trustledger_cli.session import Session

_SNIPPET: Final = (
    """ledger.append([product(…), processing(…), processing(…, seal=["/loss"])], signer=dairy)"""
)
_INIT: Final = (
    "trustledger init shop.ledger --origin shop.example/ledger"
    " --operator https://shop.example/ --key operator.key"
)
_NEXT_ZH: Final = (
    _INIT,
    "trustledger template 检验 -o 检验.csv --lang zh",
    "trustledger --help --lang zh",
)
_NEXT_EN: Final = (
    _INIT,
    "trustledger template inspection -o inspection.csv",
    "trustledger --help",
)


@command(cli, "demo")
@pass_session
def demo(session: Session) -> None:
    """Tell the story."""
    began = time.monotonic()
    session.screen.zone = ZONE
    with _story(session.language) as story:
        if session.json:
            document = _silently(story)
            session.emit(document, lambda _: None)
            caught = bool(document["caught"])
        else:
            caught = _tell(story, session.screen)
            session.screen.line("demo.seconds", "dim", seconds=f"{time.monotonic() - began:.1f}")
    if not caught:
        click.get_current_context().exit(VerificationError.exit_code)


@contextmanager
def _story(language: str) -> Iterator[Story]:
    with tempfile.TemporaryDirectory(prefix="trustledger-demo-") as folder:
        story = Story(Path(folder), language)
        try:
            yield story
        finally:
            story.close()


def _silently(story: Story) -> dict[str, Any]:
    """The story without a word: what a program, or a test, wants to know."""
    story.enrol()
    uploaded, receipt = story.farm_uploads(), story.dairy_appends()
    report_entry = story.submit(story.lab_signs())
    story.hand_over()
    story.dispatch()
    back, (forward, recalled) = story.trace_back(), story.trace_forward()
    honest = story.audit()
    story.tamper()
    forged = story.audit_copy()
    sell(story)
    shown = shop_window(story)
    return {
        "farm": {"new": uploaded.new, "entry": uploaded.statements[0].entry},
        "dairy": {"new": receipt.new, "entry": receipt.entry},
        "laboratory": {"entry": report_entry},
        "traced_back": [node.subject for node in back.nodes],
        "traced_forward": [node.subject for node in forward.nodes],
        "recall": [row._asdict() for row in recalled],
        "audit": honest.to_plain(),
        "tampered_audit": forged.to_plain(),
        "caught": _caught(forged, report_entry),
        "card_of_the_bad_lot": plain_card(shown.bad),
        "card": plain_card(shown.good),
        "cost": shown.price.plain(),
        "score": plain_score(shown.trust),
    }


def _tell(story: Story, screen: Screen) -> bool:
    screen.show(screen.panel(Text(screen.say("demo.intro")), screen.say("demo.title"), "green"))
    _tell_writing(story, screen)
    entry = _tell_laboratory(story, screen)
    _tell_tracing(story, screen)
    _chapter(screen, "demo.8")
    screen.show(audit_view(screen, story.audit()))
    caught = _tell_fraud(story, screen, entry)
    _tell_shopper(story, screen)
    screen.line()
    screen.show(screen.panel(Text(screen.say("demo.means")), style="green"))
    screen.line("demo.next", "bold yellow")
    for line in _NEXT_ZH if screen.language == "zh" else _NEXT_EN:
        screen.plain(f"  {line}", style="green")
    return caught


def _chapter(screen: Screen, name: str, *, text: bool = False, **facts: str) -> None:
    title = Text(screen.say(name), style="bold cyan")
    screen.show("", Rule(title, align="left", style="cyan") if screen.console.is_terminal else title)
    if text:
        screen.line(f"{name}.text", "", **facts)


def _tell_writing(story: Story, screen: Screen) -> None:
    _chapter(screen, "demo.1", text=True)
    story.enrol()
    screen.good("demo.1.done", genesis=story.ledger.public_card.genesis.hex()[:16])
    _chapter(screen, "demo.2", text=True)
    screen.show(Text("  " + SHEET.strip().replace("\n", "\n  "), style="dim"))
    done = story.farm_uploads()
    screen.good("demo.2.done", new=done.new, name=story.name(FARM), entry=done.statements[0].entry)
    _chapter(screen, "demo.3", text=True)
    screen.plain(f"  {_SNIPPET}", style="dim")
    receipt = story.dairy_appends()
    screen.good("demo.2.done", new=receipt.new, name=story.name(DAIRY), entry=receipt.entry)


def _tell_laboratory(story: Story, screen: Screen) -> int:
    _chapter(screen, "demo.4", text=True)
    statement = story.lab_signs()
    entry = story.submit(statement)
    for line in (
        f"trustledger sign R-118.csv --card ledger.card --key lab.key -o {statement.name}",
        f"trustledger submit {statement.name}",
    ):
        screen.plain(f"  $ {line}", style="dim")
    screen.good("demo.4.done", figure=TRUE_FIGURE, limit=LIMIT, name=story.name(LAB), entry=entry)
    _chapter(screen, "demo.5", text=True)
    story.hand_over()
    story.dispatch()
    screen.good("demo.5.done", shop=story.name(STORE), carrier=story.name(CARRIER))
    return entry


def _tell_tracing(story: Story, screen: Screen) -> None:
    _chapter(screen, "demo.6")
    screen.show(trace_tree(screen, story.trace_back()), "", legend(screen))
    _chapter(screen, "demo.7")
    found, recalled = story.trace_forward()
    screen.show(trace_tree(screen, found), recall_table(screen, found, recalled))
    screen.good("demo.7.done", count=len(recalled))


def _tell_fraud(story: Story, screen: Screen, entry: int) -> bool:
    _chapter(screen, "demo.9", text=True, old=TRUE_FIGURE, new=FALSE_FIGURE, limit=LIMIT)
    story.tamper()
    forged = story.audit_copy()
    screen.show(audit_view(screen, forged, most=1))
    caught = _caught(forged, entry)
    if caught:
        screen.good("demo.caught", entry=entry, name=story.name(LAB))
    else:
        screen.error(screen.say("demo.missed"))
    return caught


def _tell_shopper(story: Story, screen: Screen) -> None:
    """What a shopper sees before buying: two cards, a price and a score."""
    _chapter(screen, "demo.10", text=True)
    orders = sell(story)
    shown = shop_window(story)
    screen.good("demo.10.done", count=orders, name=story.name(STORE))
    called = names_said_in(story.ledger, shown.good.framework.category_record)
    rules = shipped()
    for found in (shown.bad, shown.good):
        card = card_view(screen, found, frameworks=rules, called=called, names=story.name, explain=False)
        screen.show("", card)
    _chapter(screen, "demo.11", text=True)
    screen.show(cost_view(screen, shown.price, called=called, names=story.name, shares=None, disclosed=False))
    _chapter(screen, "demo.12", text=True)
    screen.show(score_view(screen, shown.trust, called=called, names=story.name, explain=False))


def _caught(forged: AuditReport, entry: int) -> bool:
    """Whether the audit names the place of the fraud."""
    return any(fault.entry == entry for fault in forged.faults)
