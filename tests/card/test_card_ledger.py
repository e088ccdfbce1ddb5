"""From a real ledger to a card: rows are checked by their kinds, signed, placed, read back and judged."""

import itertools

import pytest

from trustledger import Draft, Ed25519Signer, Ledger
from trustledger.frameworks import shipped, shipped_policy
from trustledger.keys import key_note
from trustledger.kinds import Kinds
from trustledger.views.inspection_card import gather, inspection_card, inspection_cards, plain

PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT = f"{PRODUCT}/10/LOT-7"
RAW = "https://id.gs1.org/01/06901234567892/10/RAW-1"
START = 1_790_000_000_000
"""2026-09-21."""


@pytest.fixture
def ledger():
    ticks = itertools.count(START, 60_000)
    operator = Ed25519Signer.generate("https://shop.example/operator")
    log = Ed25519Signer.generate("shop.example/ledger")
    ledger = Ledger.in_memory(
        origin="shop.example/ledger", operator=operator, log=log, clock=lambda: next(ticks)
    )
    signers = {}
    for name, role in (("brand", "brand-owner"), ("mill", "processor"), ("lab", "inspector")):
        signers[name] = Ed25519Signer.generate(f"https://{name}.example/p")
        ledger.enrol(
            signers[name].party,
            operator=operator,
            key_note=key_note(signers[name]),
            roles=(role,),
            name=name.title(),
        )

    def say(name, kind, subject, data, seal=()):
        row = {
            "kind": kind,
            "subject": subject,
            "occurred_at": "2026-09-20T08:00:00Z",
            "data": data,
            "seal": list(seal),
        }
        draft = Kinds.default().draft(row)
        assert isinstance(draft, Draft)
        return ledger.append([draft], signer=signers[name])

    say("brand", "product", PRODUCT, {
        "names": {"en": "Rice", "zh": "大米"}, "category": "大米", "market": "中国", "required": ["镉", "无机砷"],
    })  # fmt: skip
    say("mill", "processing", LOT, {
        "step": "milling", "inputs": [RAW], "outputs": [LOT], "produced_on": "2026-09-19", "run": "7",
    })  # fmt: skip
    return ledger, say


def card_of(ledger, **more):
    with ledger.reading() as reader:
        return inspection_card(
            gather(reader, LOT),
            LOT,
            frameworks=shipped(),
            policy=shipped_policy(),
            as_of=START + 3_600_000,
            parties=reader.party,
            **more,
        )


REPORT = {
    "category": "大米",
    "report": "R-1",
    "sample": "S-1",
    "tested_on": "2026-09-20",
    "results": [
        {
            "parameter": "镉",
            "value": "0.12",
            "uncertainty": "0.02",
            "unit": "毫克/千克",
            "method": "GB 5009.15",
        },
        {"parameter": "无机砷", "not_detected": True, "loq": "20", "unit": "µg/kg", "method": "GB 5009.11"},
    ],
}


def test_a_card_from_a_ledger(ledger):
    book, say = ledger
    say("brand", "sample", LOT, {"sample": "S-1", "lab": "https://lab.example/p", "parameters": ["镉", "铅"]})
    assert card_of(book).verdict == "untested"
    say("lab", "inspection", LOT, REPORT)
    card = card_of(book)
    assert (card.verdict, card.stars) == ("pass", 2)
    found = plain(card)
    assert [(row["parameter"], row["value"], row["limit"], row["stars"], row["independent"]) for row in found["results"]] == [
        ("cadmium", "0.12", "0.2", 2, True),
        ("inorganic-arsenic", "<0.02", "0.2", 5, True),
    ]  # fmt: skip
    assert [one.code for one in card.findings] == ["inspection.coverage", "inspection.sample_unanswered"]
    assert card.findings[1].facts["parameters"] == "lead"


def test_a_sealed_value_from_a_ledger(ledger):
    book, say = ledger
    say("lab", "inspection", LOT, REPORT, seal=["/results/0/value"])
    card = card_of(book)
    assert (card.verdict, [(one.parameter, one.reason) for one in card.untested]) == (
        "untested",
        [("cadmium", "sealed")],
    )


def test_side_by_side(ledger):
    book, say = ledger
    say("lab", "inspection", LOT, REPORT)
    with book.reading() as reader:
        cards = inspection_cards(
            gather(reader, LOT),
            LOT,
            frameworks=shipped(),
            policy=shipped_policy(),
            as_of=START + 3_600_000,
            parties=reader.party,
        )
    assert [(one.framework.group, one.framework.applicable, one.stars) for one in cards] == [
        ("CN", True, 2),
        ("CODEX", False, 3),
        ("EU", False, 1),
    ]
