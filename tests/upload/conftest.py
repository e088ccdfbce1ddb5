"""A shop's ledger in memory, and a way to write files of rows."""

import itertools
import json
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from trustledger import Ed25519Signer, Ledger
from trustledger.interchange.rows import ReadOptions
from trustledger.keys import key_note

LOT = "https://id.gs1.org/01/06901234567892/10/"


@pytest.fixture
def shop():
    """Ledger, signer, options; `new()` makes another ledger, `reader(ledger)` counts."""
    operator = Ed25519Signer.generate("https://shop.example/operator")
    log = Ed25519Signer.generate("shop.example/ledger")
    signer = Ed25519Signer.generate("https://shop.example/p")
    ticks = itertools.count(1_790_000_000_000, 1000)

    def new():
        ledger = Ledger.in_memory(
            origin="shop.example/ledger", operator=operator, log=log, policy=None, clock=lambda: next(ticks)
        )
        ledger.enrol(
            signer.party, operator=operator, key_note=key_note(signer), roles=["merchant"], name="Shop"
        )
        return ledger

    options = ReadOptions(zone=ZoneInfo("Asia/Shanghai"))
    return SimpleNamespace(ledger=new(), new=new, signer=signer, operator=operator, options=options)


@pytest.fixture
def write(tmp_path):
    """Write a file of rows: `write("a.csv", text)`, `write("a.jsonl", rows)`."""

    def write(name, content):
        path = tmp_path / name
        if not isinstance(content, str):
            content = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in content)
        path.write_text(content, encoding="utf-8")
        return path

    return write


@pytest.fixture
def row():
    """A plain row of an inspection."""

    def row(number=1, value="0.012", **more):
        result = {"parameter": "lead", "value": value, "unit": "mg/kg"}
        plain = {
            "kind": "inspection",
            "subject": f"{LOT}L{number}",
            "occurred_at": "2026-10-05T08:00:00+08:00",
            "data": {"category": "milk", "report": f"R-{number}", "results": [result]},
        }
        return plain | more

    return row


@pytest.fixture
def sheet():
    """A CSV of inspections, one a row."""

    def sheet(numbers, value="0.012"):
        head = "gtin,lot,occurred_at,category,report,parameter,value,unit\n"
        line = "6901234567892,L{0},2026-10-05 08:00,milk,R-{0},lead,{1},mg/kg\n"
        return head + "".join(line.format(number, value) for number in numbers)

    return sheet
