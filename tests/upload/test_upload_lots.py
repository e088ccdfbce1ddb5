"""A new lot of one's own whose number another party uses: a warning, never a refusal."""

import pytest

from trustledger.gs1 import lot_of_party
from trustledger.interchange.upload import check, lots, upload
from trustledger.keys import Ed25519Signer, key_note

HEAD = "lot,occurred_at,name\n"
DRYING = "occurred_at,step,run,input_lot,input_quantity,input_unit,output_lot\n"


@pytest.fixture
def farm(shop):
    """Another party, with lots RAW-1 and 批次/1."""
    farm = Ed25519Signer.generate("https://farm.example/")
    shop.ledger.enrol(
        farm.party, operator=shop.operator, key_note=key_note(farm), roles=["producer"], name="Farm"
    )
    return farm


@pytest.fixture
def raw(shop, farm, write):
    upload(
        shop.ledger,
        [write("raw.csv", HEAD + "RAW-1,2026/10/1,milk\n批次/1,2026/10/1,milk\n")],
        shop.options,
        signer=farm,
    )


def look(shop, path):
    return check([path], shop.options, party=shop.signer.party, ledger=shop.ledger)


def test_the_other_partys_lot_is_named_once_and_blocks_nothing(shop, raw, write):
    path = write("a.csv", DRYING + "2026/10/2,dry,1,RAW-1,5,kg,OUT-1\n2026/10/3,dry,2,RAW-1,5,kg,OUT-2\n")
    seen = look(shop, path)
    assert (seen.ok, seen.new) == (True, 2)
    (warning,) = seen.warnings
    assert (warning.code, warning.place.row, warning.place.column) == ("upload.lot_elsewhere", 2, "input_lot")
    assert "new lot of https://shop.example/p; https://farm.example/ has a lot RAW-1" in warning.text()
    assert "lot_party" in warning.text()
    assert "批号所属方" in warning.text("zh")
    done = upload(shop.ledger, [path], shop.options, signer=shop.signer)
    assert (done.new, len(done.checked.warnings)) == (2, 1)


def test_a_lot_that_stands_already_or_names_its_party_is_no_news(shop, raw, write):
    path = write("a.csv", HEAD + "RAW-1,2026/10/2,milk\n")
    upload(shop.ledger, [path], shop.options, signer=shop.signer)
    later = write("b.csv", DRYING + "2026/10/2,dry,1,RAW-1,5,kg,OUT-1\n")
    assert look(shop, later).warnings == ()
    named = DRYING.replace("input_lot,", "input_lot,input_lot_party,")
    path = write("c.csv", named + "2026/10/2,dry,1,批次/1,https://farm.example/,5,kg,OUT-1\n")
    assert look(shop, path).warnings == ()


def test_any_lot_number_is_looked_up_as_it_is_built(shop, raw, write):
    path = write("a.csv", HEAD + "批次/1,2026/10/2,milk\nRAW-9,2026/10/2,milk\n")
    (warning,) = look(shop, path).warnings
    assert warning.facts["seen"] == "批次/1"
    assert (
        shop.ledger.reading().__enter__().chain_length(lot_of_party("https://farm.example/", "批次/1")) == 1
    )


def test_what_is_looked_up_is_bounded(shop, raw, write, monkeypatch):
    monkeypatch.setattr(lots, "MAX_LOTS", 2)
    path = write("a.csv", HEAD + "X,2026/10/2,m\nY,2026/10/2,m\nRAW-1,2026/10/2,m\n")
    assert look(shop, path).warnings == ()
    monkeypatch.setattr(lots, "MAX_LOTS", 3)
    monkeypatch.setattr(lots, "_BATCH", 1)
    assert len(look(shop, path).warnings) == 1
    monkeypatch.setattr(lots, "MAX_PARTIES", 1)
    assert look(shop, path).warnings == () or shop.ledger.parties()[0].uri == "https://farm.example/"


def test_without_a_ledger_there_is_nothing_to_look_up(shop, write):
    assert (
        check([write("a.csv", HEAD + "X,2026/10/2,m\n")], shop.options, party=shop.signer.party).warnings
        == ()
    )
