"""``show``: one thing, seen closely."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import click
from rich.console import Group, RenderableType
from rich.text import Text

from trustledger import Ledger, NotFoundError, VerifiedRecord
from trustledger.authority.parties import PartyState
from trustledger.encoding import format_time
from trustledger.ledger import VerifiedEntry
from trustledger.log import Annotation
from trustledger.record import NewerRecord, Opening, Record, Withheld
from trustledger.views.changes import is_money
from trustledger_cli.app import cli
from trustledger_cli.framework import command, option, pass_session
from trustledger_cli.references import find_reference
from trustledger_cli.render.parties import party_document, party_facts
from trustledger_cli.render.records import (
    data_view,
    kind_name,
    price,
    record_document,
    short_subject,
    supersedes,
)
from trustledger_cli.render.screen import Screen, clean
from trustledger_cli.session import Session

if TYPE_CHECKING:
    from rich.table import Table

_SHOWN: Final = 1_000
"""Records of one subject or entry that are shown; ``--json`` has all."""


@command(cli, "show")
@click.argument("ref")
@click.argument("lot", required=False)
@option(
    "--disclose",
    is_flag=True,
    en="Show sealed values that can be opened here.",
    zh="显示可在此处打开的密封值。",
)
@pass_session
def show(session: Session, ref: str, lot: str | None, disclose: bool) -> None:  # noqa: FBT001  (click's signature)
    """Show whatever a reference names."""
    with session.open(readonly=True) as ledger:
        reference = find_reference(ledger, ref, lot)
        if reference.position is not None and reference.entry is not None:
            _show_record(
                session, ledger, ledger.record(reference.entry, reference.position), disclose=disclose
            )
        elif reference.entry is not None:
            _show_entry(session, ledger, reference.entry)
        else:
            _show_subject(session, ledger, reference.subject)


def _show_record(session: Session, ledger: Ledger, placed: VerifiedRecord, *, disclose: bool) -> None:
    record = placed.record
    names = _names(ledger, [placed])
    opened = ledger.openings(record) if disclose and isinstance(record, Record) else {}
    document = record_document(placed, names[placed.party]) | {"correction": supersedes(placed)}
    if disclose:
        document["openings"] = {
            pointer: {"value": one.value, "salt": one.salt} for pointer, one in opened.items()
        }

    def view(screen: Screen) -> None:
        screen.show(_record_view(screen, placed, names, opened))
        # Outside the frame and unbroken, so that they can be copied into a correction.
        screen.plain(f"{screen.say('record.hash')}  {record.hash.hex()}")
        screen.plain(f"{screen.say('record.correct')}  {json.dumps(supersedes(placed))}")

    session.emit(document, view)


def _record_view(
    screen: Screen, placed: VerifiedRecord, names: Mapping[str, str], opened: Mapping[str, Opening]
) -> RenderableType:
    record = placed.record
    signers = ", ".join(f"{names[uri]} <{clean(uri)}>" for uri in (placed.party, *placed.cosigners))
    pairs: list[tuple[str, RenderableType]] = []
    content: RenderableType = Text(screen.say("record.withheld"), style="yellow")
    if not isinstance(record, Withheld):
        pairs += [
            ("col.subject", "\n".join(map(clean, record.subjects))),
            ("col.occurred", screen.when(record.occurred_at)),
        ]
        content = Text(screen.say("record.newer"), style="yellow")
    if isinstance(record, Record):
        content = data_view(screen, record.kind, record.data)
        pairs += [
            ("record.sealed", _sealed(screen, pointer, digest, opened, record.data.get("currency")))
            for pointer, digest in record.sealed.items()
        ]
        pairs += [
            ("record.evidence", f"{clean(one.name)}  {one.size} B  SHA-256 {one.sha256.hex()}")
            for one in record.evidence
        ]
    pairs += [
        ("col.signed_by", signers),
        ("col.keys", ", ".join(key.key_id.hex() for key in placed.keys)),
        ("col.placed", screen.when(placed.sequenced_at, exact=True)),
    ]
    kind = "" if isinstance(record, Withheld) else kind_name(record.kind, screen.language)
    verified = Text.assemble(("✓ ", "bold green"), screen.say("record.verified"))
    return screen.panel(
        Group(content, Text(""), screen.facts(pairs), Text(""), verified), f"{placed.ref}  {kind}"
    )


def _sealed(
    screen: Screen, pointer: str, digest: bytes, opened: Mapping[str, Opening], currency: object
) -> str:
    if pointer not in opened:
        return f"{clean(pointer)}  {screen.say('record.commitment')} {digest.hex()}"
    value = opened[pointer].value
    if is_money(pointer.replace("/", ".")) and type(value) is int:
        return f"{clean(pointer)} = {price(screen, value, currency)}"
    return f"{clean(pointer)} = {clean(json.dumps(value, ensure_ascii=False, default=str))}"


def _show_entry(session: Session, ledger: Ledger, index: int) -> None:
    found = ledger.entry(index)
    with ledger.reading() as reader:
        placed = [] if isinstance(found, Annotation) else list(reader.records(index))
    names = _names(ledger, placed)
    full = entry_document(ledger, index, found)
    document = public(full) | {"record_list": [record_document(one, names[one.party]) for one in placed]}

    def view(screen: Screen) -> None:
        screen.show(
            screen.panel(screen.facts(_entry_facts(screen, full)), screen.say("entry.title", index=index))
        )
        if placed:
            screen.show(_record_table(screen, placed[:_SHOWN], names))
        _say_more(screen, len(placed))

    session.emit(document, view)


def _entry_facts(screen: Screen, document: Mapping[str, Any]) -> list[tuple[str, RenderableType]]:
    if "annotation" in document:
        return [("col.what", screen.say("entry.annotation", number=document["annotation"]))]
    signers = [document["party"], *document["cosigners"]]
    return [
        ("col.signed_by", ", ".join(map(clean, signers))),
        ("col.keys", ", ".join(key.hex() for key in document["keys"])),
        ("col.signed_at", screen.when(document["_time"])),
        ("col.placed", screen.when(document["_sequenced_at"], exact=True)),
        ("entry.seen", str(document["seen"]["size"]) if document["seen"] else "—"),
        ("col.records", str(document["records"])),
        ("entry.root", document["records_root"].hex()),
    ]


def entry_document(ledger: Ledger, index: int, found: VerifiedEntry | Annotation) -> dict[str, Any]:
    """An entry as JSON; keys that begin with an underscore are for the screen."""
    if isinstance(found, Annotation):
        return {
            "entry": index,
            "annotation": found.number,
            "sequenced_at": format_time(found.sequenced_at),
            "_sequenced_at": found.sequenced_at,
        }
    statement = found.statement.statement
    party = ledger.party(statement.party)
    seen = statement.seen
    return {
        "entry": index,
        "party": statement.party,
        "party_name": party.name if party else "",
        "cosigners": list(statement.cosigners),
        "keys": [key.key_id for key in found.statement.keys],
        "signed_at": format_time(statement.time),
        "sequenced_at": format_time(found.entry.sequenced_at),
        "_time": statement.time,
        "_sequenced_at": found.entry.sequenced_at,
        "seen": None if seen is None else {"size": seen.size, "root": seen.root},
        "records": statement.records,
        "records_root": statement.root,
        "links": found.entry.links,
    }


def _show_subject(session: Session, ledger: Ledger, subject: str) -> None:
    party = ledger.party(subject) if not subject.startswith("trustledger:") and "+" not in subject else None
    # All are verified; a person sees the latest, and memory does not grow with the chain.
    numbered = deque(enumerate(ledger.chain(subject), 1), maxlen=None if session.json else _SHOWN)
    placed = [one for _, one in numbered]
    count = numbered[-1][0] if numbered else 0
    if party is None and not placed:
        raise NotFoundError("cli.nothing_about", seen=subject)
    names = _names(ledger, placed)
    document: dict[str, Any] = {
        "subject": subject,
        "party": party_document(party) if party else None,
        "names": names,
        "records": [record_document(one, names[one.party]) for one in placed],
    }
    session.emit(document, lambda screen: _subject_view(screen, document, party, placed, count))


def _subject_view(
    screen: Screen,
    document: Mapping[str, Any],
    party: PartyState | None,
    placed: list[VerifiedRecord],
    count: int,
) -> None:
    if party is not None:
        screen.show(screen.panel(screen.facts(party_facts(screen, party)), screen.say("party.title")))
    if placed:
        screen.plain(short_subject(document["subject"], screen.language), style="bold")
        screen.plain(document["subject"], style="dim")
        screen.show(_record_table(screen, placed, document["names"]))
        _say_more(screen, count)
        screen.good("chain.verified", count=count)
        screen.line("chain.not_proven", "dim")


def _say_more(screen: Screen, count: int) -> None:
    if count > _SHOWN:
        screen.line("more", "dim", count=count - _SHOWN)


def _record_table(screen: Screen, placed: list[VerifiedRecord], names: Mapping[str, str]) -> Table:
    table = screen.table("col.ref", "col.occurred", "col.kind", "col.subject", "col.signed_by")
    for one in placed:
        record = one.record
        signers = " + ".join(names.get(uri, clean(uri)) for uri in (one.party, *one.cosigners))
        if isinstance(record, Withheld):
            table.add_row(one.ref, "", Text(screen.say("record.withheld_short"), style="yellow"), "", signers)
            continue
        kind = kind_name(record.kind, screen.language) + (" *" if isinstance(record, NewerRecord) else "")
        table.add_row(
            one.ref,
            screen.when(record.occurred_at),
            kind,
            short_subject(record.subjects[0], screen.language),
            signers,
        )
    return table


def _names(ledger: Ledger, placed: list[VerifiedRecord]) -> dict[str, str]:
    """What the parties that signed are called."""
    names: dict[str, str] = {}
    for uri in {uri for one in placed for uri in (one.party, *one.cosigners)}:
        state = ledger.party(uri)
        names[uri] = clean(state.name if state else uri)
    return names


def public(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry without what is for the screen only."""
    return {name: value for name, value in entry.items() if not name.startswith("_")}
