"""What a supplier asks of one buyer is sealed unless it says otherwise, and opens for the reader who was told."""

from __future__ import annotations

import pytest
from cost_world import DAIRY, SHOP, TIN, codes, uses

from trustledger import InputError, correction, cost
from trustledger.interchange import ReadOptions
from trustledger.interchange.upload import check, upload
from trustledger.kinds import Kinds

LINES = [{"component": "milk", "amount": 500}, {"component": "drying", "amount": 6_500}]
DATA = {"currency": "CNY", "price": 7_000, "components": LINES}
SEALED = {"/components/0/amount": 500, "/components/1/amount": 6_500, "/price": 7_000}


def row(data, **more):
    """A plain row."""
    return {"kind": "cost", "subject": TIN, "occurred_at": 0, "data": data, **more}


def test_a_price_for_one_buyer_is_sealed_at_every_door():
    built = cost(TIN, occurred_at=0, currency="CNY", price=7_000, components=LINES, buyer=SHOP)
    drafted = Kinds.default().draft(row({**DATA, "buyer": SHOP}))
    assert built.seal == drafted.seal == SEALED
    assert drafted.data == {
        "buyer": SHOP, "components": [{"component": "milk"}, {"component": "drying"}], "currency": "CNY",
    }  # fmt: skip


def test_a_price_for_everybody_is_not():
    assert cost(TIN, occurred_at=0, currency="CNY", price=7_000, components=LINES).seal == {}
    assert Kinds.default().draft(row({**DATA, "buyer": None})).seal == {}


@pytest.mark.parametrize(("seal", "sealed"), [([], {}), (["/price"], {"/price": 7_000})])
def test_whoever_says_what_to_seal_decides(seal, sealed):
    assert Kinds.default().draft(row({**DATA, "buyer": SHOP}, seal=seal)).seal == sealed
    assert (
        cost(TIN, occurred_at=0, currency="CNY", price=7_000, components=LINES, buyer=SHOP, seal=seal).seal
        == sealed
    )


def test_a_correction_of_it_is_sealed_too():
    supersedes = {"entry": 1, "position": 0, "record": bytes(32)}
    made = correction(
        TIN, occurred_at=0, supersedes=supersedes, reason="incorrect_data", data={**DATA, "buyer": SHOP}
    )
    assert made.seal == {"/data" + pointer: value for pointer, value in SEALED.items()}
    assert correction(TIN, occurred_at=0, supersedes=supersedes, reason="did_not_occur").seal == {}


@pytest.mark.parametrize(("buyer", "sealed"), [(SHOP, True), ("", False)])
def test_a_sheet_of_prices_is_sealed(tmp_path, world, buyer, sealed):
    sheet = tmp_path / "prices.csv"
    sheet.write_text(
        f"subject,occurred_at,currency,price,component,amount,buyer\n{TIN},2026-05-01T00:00:00Z,CNY,5.00,milk,5.00,{buyer}\n",
        encoding="utf-8",
    )
    options = ReadOptions(party=DAIRY, kind="cost")
    assert check([sheet], options, party=DAIRY, ledger=world.ledger).ok
    upload(world.ledger, [sheet], options, signer=world.signers[DAIRY])
    (placed,) = world.ledger.chain(TIN)
    assert set(placed.record.sealed) == ({"/components/0/amount", "/price"} if sealed else set())
    assert upload(world.ledger, [sheet], options, signer=world.signers[DAIRY]).new == 0


@pytest.mark.parametrize(
    "data", [None, 7, [], {"buyer": SHOP, "components": 7}, {"buyer": SHOP, "components": [7, None]}]
)
def test_a_bad_row_is_refused_as_ever(data):
    with pytest.raises(InputError, match="What is wrong with this cost record"):
        Kinds.default().draft(row(data))


@pytest.mark.parametrize(("asked", "found"), [(8_000, []), (8_001, ["contradiction"])])
def test_the_one_reader_sees_what_the_others_do_not(world, asked, found):
    world.chain()
    world.cost(DAIRY, TIN, asked, buyer=SHOP, seal=None)
    world.cost(SHOP, TIN, 8_000, ("tin", 8_000, uses(TIN, "1")))
    public = world.ask(seller=SHOP)
    assert (codes(public), public.components[0].status) == (["supplier_sealed"], "declared")
    assert codes(world.ask(seller=SHOP, openings=world.openings)) == found
