"""``score``: how far a product sold by a merchant can be trusted, and what follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trustledger.views.corrections import said_by
from trustledger.views.goods import is_product, product_of
from trustledger.views.trust_score import due, explained, plain
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.goods import find_party, merchants_of, names_of, party_names
from trustledger_cli.lookup import find_subject
from trustledger_cli.moments import as_of_option, read_moment
from trustledger_cli.render.records import kind_name
from trustledger_cli.render.scores import score_view
from trustledger_cli.render.shop import REASONS
from trustledger_cli.rules import read_rules
from trustledger_cli.session import Session, UsageFault

if TYPE_CHECKING:
    from trustledger import Ledger, Receipt
    from trustledger.views.trust_score import TrustScore
    from trustledger_cli.render.screen import Screen


@command(cli, "score")
@click.argument("subject")
@click.argument("lot", required=False)
@option(
    "--merchant",
    metavar="PARTY",
    en="Who sells it: a URI or a name. May be left out if only one merchant lists it.",
    zh="商家：URI 或名称。只有一个商家上架时可省略。",
)
@option(
    "--framework",
    "frameworks",
    metavar="FILE",
    multiple=True,
    en="A TOML file of your own: a score policy, limits, or stars.",
    zh="您自己的 TOML 文件：评分规则、限量或星级。",
)
@as_of_option
@option(
    "--explain",
    is_flag=True,
    en="Every number on the way, and the records behind it.",
    zh="显示计算中的每个数字及其记录。",
)
@option(
    "--enforce",
    is_flag=True,
    en="Append what is due now: notice, hold, delisting or relisting.",
    zh="追加当前应执行的措施：通知、暂停、下架或重新上架。",
)
@option(
    "--key",
    metavar="FILE",
    en="With --enforce: the key file of the operator or a platform; the profile's by default.",
    zh="配合 --enforce：运营方或平台的密钥文件；默认取配置文件。",
)
@option("--passphrase-file", metavar="FILE", en="A file with the key's passphrase.", zh="密钥的口令文件。")
@pass_session
def score(session: Session, /, subject: str, lot: str | None, **options: Any) -> None:
    """Show the trust score of a listing."""
    enforce, explain = options["enforce"], options["explain"]
    if enforce and options["as_of"]:
        raise UsageFault("doors.enforce_now")
    rules = read_rules(options["frameworks"])
    moment = read_moment(session, options["as_of"])
    asked: dict[str, Any] = {
        "policy": rules.score_policy,
        "frameworks": rules.frameworks,
        "card_policy": rules.card_policy,
    }
    signer = session.signer(options["key"], options["passphrase_file"]) if enforce else None
    with session.open(readonly=not enforce) as ledger:
        product = _product(find_subject(ledger, subject, lot))
        merchant = _merchant(ledger, product, options["merchant"])
        receipt = ledger.enforce(product, merchant, signer=signer, **asked) if signer is not None else None
        found = ledger.score(product, merchant, as_of=moment, **asked)
        called = names_of(ledger, product, moment)
        names = party_names(ledger, _parties(found), moment)
        done = _done(ledger, receipt)
    document = explained(found) | {"due": due(found)} if explain else plain(found)
    if enforce:
        document["enforced"] = done

    def view(screen: Screen) -> None:
        screen.show(score_view(screen, found, called=called, names=names, explain=explain))
        for one in done:
            screen.good("score.enforced", what=_told(screen, one), ref=one["ref"])
        if enforce and not done:
            screen.good("score.nothing_due")

    session.emit(document, view)


def _product(subject: str) -> str:
    product = subject if is_product(subject) else product_of(subject)
    if not product:
        raise UsageFault("doors.not_a_product", seen=subject)
    return product


def _merchant(ledger: Ledger, product: str, named: str | None) -> str:
    """The merchant that is named, or else the only one that lists the product."""
    if named:
        return find_party(ledger, named)
    listed = merchants_of(ledger, product)
    if len(listed) != 1:
        raise UsageFault("doors.merchant", subject=product, seen=", ".join(listed) or "—")
    return listed[0]


def _parties(found: TrustScore) -> list[str]:
    told = [value for one in found.findings for value in one.facts.values() if "://" in value]
    return [found.merchant, *told]


def _done(ledger: Ledger, receipt: Receipt | None) -> list[dict[str, str]]:
    """What was appended: where, of which kind, and for what reason."""
    found = []
    for place in receipt.places if receipt is not None else ():
        placed = ledger.record(*place)
        said = said_by(placed) or {}
        more = {name: str(said[name]) for name in ("action", "reason") if name in said}
        found.append({"ref": placed.ref, "kind": placed.kind, **more})
    return found


def _told(screen: Screen, one: dict[str, str]) -> str:
    """The same in words."""
    what = (
        screen.say("score.held") if one.get("action") == "hold" else kind_name(one["kind"], screen.language)
    )
    reason = REASONS.get(one.get("reason", ""))
    return f"{what} ({screen.say(reason)})" if reason else what
