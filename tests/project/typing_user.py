"""Typical calls, type-checked as a user's own program would be (``mypy --strict``); never run."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import assert_type

from trustledger import (
    AuditReport,
    Card,
    CostBreakdown,
    Draft,
    Ed25519Signer,
    Evidence,
    InputError,
    InspectionCard,
    Kinds,
    KindSpec,
    Ledger,
    Receipt,
    Signer,
    StorageError,
    TrustScore,
    VerifiedRecord,
    correction,
    cost,
    inspection,
    key_note,
    origin,
    parse_card,
    processing,
    product,
    read_key_file,
    report_copy,
    result,
    shipping,
)
from trustledger.audit import audit_directory
from trustledger.authority.parties import PartyState
from trustledger.interchange import ReadOptions
from trustledger.interchange.upload import Uploaded, upload
from trustledger.kinds.fields import DecimalText, KindModel, UnitName
from trustledger.ledger import Submission, read_submissions, write_submission
from trustledger.ledger.signing import make_submission
from trustledger.record import Record
from trustledger.views.provenance import trace
from trustledger.views.recall import RecallRow, recall_list

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"


class TokenSigner:
    """A key that lives elsewhere: a signer is whatever has these three."""

    def __init__(self, held: Ed25519Signer) -> None:
        self._held = held
        self.party = held.party
        self.public = held.public

    def sign(self, message: bytes) -> bytes:
        """Sign."""
        return self._held.sign(message)


class Moisture(KindModel):
    """A kind of one's own."""

    value: DecimalText
    unit: UnitName


def begin(folder: Path) -> Ledger:
    """A ledger with a party."""
    operator = read_key_file(folder / "operator.key").signer
    log: Signer = Ed25519Signer.generate("shop.example/ledger")
    farm = TokenSigner(Ed25519Signer.generate("https://farm.example/"))
    ledger = Ledger.create(folder / "shop.ledger", origin="shop.example/ledger", operator=operator, log=log)
    assert_type(
        ledger.enrol(farm.party, operator=operator, key_note=key_note(farm), roles=["producer"], name="Farm"),
        Receipt,
    )
    return ledger


def drafts() -> list[Draft]:
    """One of each kind that needs thought."""
    milk = "https://farm.example/lot/RAW-1"
    moment = "2026-10-05T08:00:00+08:00"
    results = [
        result("lead", Decimal("0.012"), "mg/kg", loq="0.005", basis="as sold"),
        result("cadmium", None, "mg/kg", not_detected=True, loq="0.002"),
    ]
    paper = Evidence("application/pdf", "report.pdf", bytes(32), 1)
    return [
        product(
            "https://id.gs1.org/01/09506000134352",
            occurred_at=0,
            names={"en": "Milk powder"},
            category="milk powder",
            market="CN",
        ),
        origin(milk, occurred_at=moment, quantity=500, unit="kg", seal=["/quantity"]),
        processing(
            occurred_at=moment,
            step="drying",
            inputs=[milk],
            outputs=[{"lot": LOT, "quantity": "60", "unit": "kg"}],
        ),
        inspection(LOT, occurred_at=moment, category="milk powder", report="R-1", results=results),
        report_copy(
            LOT, occurred_at=moment, category="milk powder", report="R-1", results=results, evidence=[paper]
        ),
        shipping(LOT, occurred_at=moment, direction="dispatched", to="Shop 7", document="DN-1"),
        cost(LOT, occurred_at=moment, currency="CNY", price=12_800, components={"milk": 6_000}),
        correction(
            LOT,
            occurred_at=moment,
            supersedes={"entry": 3, "position": 0, "record": bytes(32)},
            reason="did_not_occur",
        ),
    ]


def append(ledger: Ledger, signer: Signer, cosigners: Sequence[Signer]) -> None:
    """Append, read, correct."""
    try:
        receipt = ledger.append(drafts(), signer=signer, cosigners=cosigners, existing="refuse")
    except InputError as error:
        for problem in error.problems:
            assert_type(problem.code, str)
            assert_type(problem.text("zh"), str)
        return
    except StorageError as error:
        raise SystemExit(error.exit_code) from error
    assert_type(receipt.places, tuple[tuple[int, int], ...])
    for placed in ledger.chain(LOT):
        assert_type(placed, VerifiedRecord)
        if isinstance(placed.record, Record):
            assert_type(placed.record.kind, str)
            assert_type(ledger.openings(placed.record)["/quantity"].pointer, str)
    assert_type(ledger.party("https://farm.example/"), PartyState | None)


def progress(done: int, total: int) -> None:
    """Whatever a program shows meanwhile."""
    sys.stderr.write(f"{done}/{total}\n")


def check(folder: Path, card_bytes: bytes) -> bool:
    """Audit, from bytes that were handed over."""
    card = parse_card(card_bytes)
    assert_type(card, Card)
    report = audit_directory(folder, trust=card, progress=progress)
    assert_type(report, AuditReport)
    with Ledger.open(folder, readonly=True) as ledger:
        assert_type(ledger.audit(card, since=b""), AuditReport)
        assert_type(recall_list(trace(ledger, LOT, forward=True)), list[RecallRow])
    return report.ok and not report.findings


def offline(card: Card, lab: Signer, file: Path) -> None:
    """Sign here, submit there."""
    submission, openings = make_submission(card, drafts(), lab, time=0)
    assert_type(submission, Submission)
    assert_type([opening.pointer for opening in openings.values()], list[str])
    with file.open("wb") as out:
        write_submission(out, submission)
    with file.open("rb") as source, Ledger.open("shop.ledger") as ledger:
        for one in read_submissions(source):
            assert_type(ledger.submit(one).entry, int)


def files(ledger: Ledger, signer: Signer) -> None:
    """Upload a sheet, with a kind of one's own known."""
    kinds = Kinds.default().with_kind(KindSpec("shop.moisture", {"en": "moisture", "zh": "水分"}), Moisture)
    assert_type(kinds.names, tuple[str, ...])
    done = upload(ledger, ["milk.csv"], ReadOptions(party=signer.party), signer=signer)
    assert_type(done, Uploaded)


def asks(ledger: Ledger, product_uri: str, shop: Signer) -> None:
    """What a shop's page shows."""
    card = ledger.card(LOT, as_of="2026-10-05T12:00:00+08:00")
    assert_type(card, InspectionCard)
    assert_type(card.stars, int | None)
    assert_type(ledger.cards(LOT, as_of=ledger.checkpoint()), tuple[InspectionCard, ...])
    found = ledger.cost(LOT, seller=shop.party, disclose=True)
    assert_type(found, CostBreakdown)
    assert_type(found.balanced, bool | None)
    score = ledger.score(product_uri, shop.party, as_of=0)
    assert_type(score, TrustScore)
    assert_type(score.score, Decimal)
    assert_type(ledger.enforce(product_uri, shop.party, signer=shop), Receipt | None)
