"""A lot that was written down wrong and corrected: from the sheet to the recall list."""

import pytest

from trustledger.errors import InputError
from trustledger.interchange.upload import check, upload
from trustledger.views.provenance import trace
from trustledger.views.recall import recall_list

LOT = "https://shop.example/p/lot/"
ORIGIN = "lot,occurred_at,name,quantity,unit\nR1,2026/10/1 6:00,milk,500,kg\n"
HEAD = "occurred_at,step,run,input_lot,input_quantity,input_unit,output_lot,output_quantity,output_unit"
LINE = "2026/10/2 6:00,dry,X,R1,500,kg,{},60,kg"
SENT = (
    "lot,occurred_at,direction,to,document,quantity,unit\nRIGHT,2026/10/3 6:00,dispatched,Shop 7,DN-1,60,kg\n"
)


def go(shop, path):
    return upload(shop.ledger, [path], shop.options, signer=shop.signer)


@pytest.fixture
def drying(shop, write):
    """The hash of a drying whose output was written down as WRONG; RIGHT was sent to a shop."""
    for name, text in (("o.csv", ORIGIN), ("p.csv", f"{HEAD}\n{LINE.format('WRONG')}\n"), ("s.csv", SENT)):
        go(shop, write(name, text))
    return shop.ledger.record(3, 0).record.hash.hex()


@pytest.fixture
def sheet(write, drying):
    """The correction as a sheet."""
    return write(
        "c.csv",
        f"entry,position,record,correction_reason,{HEAD}\n3,0,{drying},incorrect_data,{LINE.format('RIGHT')}\n",
    )


@pytest.fixture
def rows(shop, write, drying):
    """The correction as JSON Lines, about one of the lots."""

    def rows(subject):
        data = shop.ledger.record(3, 0).record.data
        data = {**data, "outputs": [{**data["outputs"][0], "lot": f"{LOT}RIGHT"}]}
        row = {
            "kind": "correction",
            "subject": LOT + subject,
            "occurred_at": "2026-10-02T06:00:00+08:00",
            "data": {
                "supersedes": {"entry": 3, "position": 0, "record": drying},
                "reason": "incorrect_data",
                "data": data,
            },
        }
        return write("c.jsonl", [row])

    return rows


def recalled(shop, lot):
    """The recall list of a lot: numbers of lots, and where each went."""
    with shop.ledger.reading() as reader:
        found = recall_list(trace(reader, LOT + lot, forward=True))
    return {(row.subject.removeprefix(LOT), row.destination) for row in found}


def backwards(shop, lot):
    with shop.ledger.reading() as reader:
        return {node.subject.removeprefix(LOT) for node in trace(reader, LOT + lot).nodes}


def check_recall(shop):
    assert ("RIGHT", "Shop 7") in recalled(shop, "R1")
    assert "R1" in backwards(shop, "RIGHT")
    assert shop.ledger.audit().ok


def test_before_the_correction_the_recall_misses_the_lot(shop, drying):
    assert "RIGHT" not in {subject for subject, _ in recalled(shop, "R1")}


def test_from_a_sheet_to_the_recall_list(shop, sheet):
    assert check([sheet], shop.options, party=shop.signer.party, ledger=shop.ledger).ok
    assert go(shop, sheet).new == 1
    assert go(shop, sheet).existing == 1
    check_recall(shop)


@pytest.mark.parametrize("subject", ["WRONG", "R1"])
def test_from_json_lines_to_the_recall_list(shop, rows, subject):
    assert go(shop, rows(subject)).new == 1
    check_recall(shop)


@pytest.mark.parametrize("subject", ["RIGHT", "R2"])
def test_a_correction_stands_beside_what_it_corrects(shop, rows, subject):
    with pytest.raises(InputError) as error:
        go(shop, rows(subject))
    assert [problem.code for problem in error.value.problems] == ["upload.corrects_elsewhere"]
