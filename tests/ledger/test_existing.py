"""What stands already is passed over only if nothing is lost by it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from world import FARM, LAB, LOT, LOT_8, NOON, World, cost, inspection

from trustledger import FormatError, PolicyError
from trustledger.errors import TrustLedgerError
from trustledger.kinds import Kinds

KINDS = Kinds.default()
LATER = "2026-10-06T12:00:00+08:00"
OTHER = "https://other.example/thing"


def file(name):
    return {"media_type": "application/pdf", "name": name, "sha256": "ab" * 32, "size": 5}


def origin(quantity="500", when=NOON, also=(), evidence=("old.pdf",), **data):
    row = {"kind": "origin", "subject": LOT, "also": list(also), "occurred_at": when, "evidence": list(map(file, evidence)),
           "data": {"name": "Milk", "quantity": quantity, "unit": "kg", "document": "D-1", **data}}  # fmt: skip
    return KINDS.draft(row)


def correct(world, ref, data, seal=(), evidence=(), also=(), cosigners=()):
    entry, position = ref
    standing = world.ledger.record(entry, position).record
    row = {"kind": "correction", "subject": LOT, "also": list(also), "occurred_at": LATER, "seal": list(seal),
           "evidence": list(map(file, evidence)),
           "data": {"supersedes": {"entry": entry, "position": position, "record": standing.hash.hex()},
                    "reason": "incorrect_data", "data": dict(data)}}  # fmt: skip
    return world.ledger.append([KINDS.draft(row)], signer=world.farm, cosigners=cosigners).places[0]


@pytest.fixture
def corrected():
    """An origin of 500 kg, corrected to 400 kg with another paper and subject."""
    world = World()
    place = world.ledger.append([origin(also=[LOT_8])], signer=world.farm).places[0]
    correct(world, place, origin("400").data, evidence=["new.pdf"], also=[OTHER])
    return world


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"when": LATER}, "occurred_at"),
        ({"also": ["https://third.example/"]}, "subject"),
        ({"evidence": ["old.pdf", "third.pdf"]}, "evidence"),
    ],
)
def test_what_a_correction_did_not_say_is_not_passed_over(corrected, change, field):
    size = corrected.ledger.size
    with pytest.raises(PolicyError) as caught:
        corrected.ledger.append([origin("400", **{"also": [LOT_8], **change})], signer=corrected.farm)
    assert (caught.value.code, caught.value.facts["field"]) == ("ledger.other_content", field)
    assert corrected.ledger.size == size


@pytest.mark.parametrize(
    "same",
    [
        {"also": [LOT_8]},
        {"also": [LOT_8, OTHER], "evidence": ["old.pdf", "new.pdf"]},
        {"also": [OTHER], "evidence": ["new.pdf"]},
        {"evidence": []},
    ],
)
def test_the_corrected_sheet_stands_already(corrected, same):
    assert corrected.ledger.append([origin("400", **same)], signer=corrected.farm).existing == 1


def test_the_second_correction_counts_with_the_papers_of_both(corrected):
    first = (corrected.ledger.size - 1, 0)
    correct(corrected, first, origin("300").data, evidence=["third.pdf"])
    draft = origin("300", also=[LOT_8], evidence=["old.pdf", "new.pdf", "third.pdf"])
    assert corrected.ledger.append([draft], signer=corrected.farm).existing == 1
    with pytest.raises(PolicyError):
        corrected.ledger.append([origin("300", evidence=["fourth.pdf"])], signer=corrected.farm)


def test_a_sealed_value_that_was_corrected_is_compared_too():
    world = World()
    place = world.ledger.append([cost(1999)], signer=world.farm).places[0]
    correct(world, place, {"currency": "CNY", "price": 2999, "components": []}, seal=["/data/price"])
    assert world.ledger.append([cost(1999)], signer=world.farm).existing == 1
    assert world.ledger.append([cost(2999)], signer=world.farm).existing == 1
    with pytest.raises(PolicyError) as caught:
        world.ledger.append([cost(3999)], signer=world.farm)
    assert caught.value.facts["field"] == "seal"
    assert "3999" not in caught.value.text()
    public = KINDS.draft({"kind": "cost", "subject": LOT, "occurred_at": NOON,
                          "data": {"currency": "CNY", "price": 2999, "components": []}})  # fmt: skip
    with pytest.raises(PolicyError):
        world.ledger.append([public], signer=world.farm)


def test_a_sealed_value_that_a_correction_took_away_is_not_passed_over():
    world = World()
    place = world.ledger.append([origin("500", place="Hulunbuir")], signer=world.farm).places[0]
    correct(world, place, origin("500").data)
    row = {
        "kind": "origin",
        "subject": LOT,
        "occurred_at": NOON,
        "data": {**origin("500").data, "place": "Baotou"},
    }
    with pytest.raises(PolicyError):
        world.ledger.append([KINDS.draft({**row, "seal": ["/place"]})], signer=world.farm)


def test_true_is_not_one():
    world = World()
    drafts = [origin(epcis={"sterile": value}) for value in (True, 1, False, 0)]
    world.ledger.append([drafts[0]], signer=world.farm)
    assert world.ledger.append([drafts[0]], signer=world.farm).existing == 1
    with pytest.raises(PolicyError) as caught:
        world.ledger.append([drafts[1]], signer=world.farm)
    assert caught.value.facts["field"] == "epcis"
    with pytest.raises(PolicyError, match="same business fact"):
        World().ledger.append([*drafts[2:]], signer=world.farm)


def test_a_null_that_is_missing_in_the_other_is_a_difference():
    world = World()
    world.ledger.append([origin(epcis={"a": {"b": None}})], signer=world.farm)
    with pytest.raises(PolicyError):
        world.ledger.append([origin(epcis={"a": {}})], signer=world.farm)


def test_a_signature_is_not_silently_lost():
    world = World()
    world.ledger.append([inspection("R-1")], signer=world.farm)
    size = world.ledger.size
    for drafts in ([inspection("R-1")], [inspection("R-2"), inspection("R-1")]):
        with pytest.raises(PolicyError) as caught:
            world.ledger.append(drafts, signer=world.farm, cosigners=[world.lab])
        assert caught.value.code == "ledger.cosigners"
        assert caught.value.facts["position"] == len(drafts) - 1
        for language in ("en", "zh"):
            assert FARM in caught.value.text(language)
            assert LAB in caught.value.text(language)
    assert world.ledger.size == size


def test_a_signature_that_stands_is_found_again():
    world = World()
    world.ledger.append([inspection("R-1")], signer=world.farm, cosigners=[world.lab])
    for cosigners in ([], [world.lab], [world.farm], [world.lab, world.farm]):
        assert world.ledger.append([inspection("R-1")], signer=world.farm, cosigners=cosigners).existing == 1


def test_a_cosigner_of_the_first_word_did_not_sign_the_correction():
    world = World()
    place = world.ledger.append([origin()], signer=world.farm, cosigners=[world.lab]).places[0]
    correct(world, place, origin("400").data)
    assert world.ledger.append([origin()], signer=world.farm, cosigners=[world.lab]).existing == 1
    with pytest.raises(PolicyError, match="cosigners"):
        world.ledger.append([origin("400")], signer=world.farm, cosigners=[world.lab])


def test_an_audit_takes_the_card_as_bytes_and_says_what_it_cannot_take():
    world = World()
    card = world.ledger.public_card
    assert world.ledger.audit(card.sign(world.operator)).trusted
    for trust in (b"", b"\xff", "card", 5, replace(card, genesis=bytes(32)).sign(world.farm)):
        with pytest.raises(TrustLedgerError):
            world.ledger.audit(trust)
    with pytest.raises(FormatError, match="bytes"):
        world.ledger.audit(card, since="x")
    assert world.ledger.audit(card, since=None).ok


def test_the_id_of_a_statement_is_bytes():
    world = World()
    for wrong in ("x" * 16, b"x", 5):
        with pytest.raises(FormatError):
            world.ledger.append([inspection("R-2")], signer=world.farm, statement_id=wrong)
