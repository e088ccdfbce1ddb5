"""Typed records from Python into a ledger on disk: made, checked, signed and durable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import goods
from benchmarks.floor import Floor, recorded_ledger
from benchmarks.harness import Rounds, fail, report
from trustledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

STATEMENTS = {1: 300, 100: 60, 10_000: 4}
"""Records of a statement -> statements of a round."""


def run(folder: Path, rounds: int) -> None:
    """Measure each size of statement, and print."""
    for size, statements in STATEMENTS.items():
        _run(folder / f"append-{size}", size, statements, rounds)


def _run(folder: Path, size: int, statements: int, rounds: int) -> None:
    folder.mkdir()
    ledger, recorder = recorded_ledger(folder / "recorded")
    with ledger:
        _append(ledger, size, statements)  # also warms up
    floor = Floor(recorder.commits, size * statements)
    work = Rounds(size * statements)
    for number in range(rounds):
        place = folder / f"ledger-{number}"
        goods.new_ledger(place)
        with work.round() as timer, goods.open_ledger(place) as ledger, timer.running():
            _append(ledger, size, statements)
        (folder / f"floor-{number}").mkdir()
        floor.round_of_writing(folder / f"floor-{number}")
    report(
        f"Append from Python: {statements:,} statements of {size:,} records, durability sync, "
        f"median of {rounds} rounds",
        work,
        floor.times,
    )
    print(f"  a statement took {work.wall / statements * 1e3:,.2f} ms")


def _append(ledger: Ledger, size: int, statements: int) -> None:
    lab = goods.signer(goods.LAB)
    for number in range(statements):
        receipt = ledger.append(goods.typed_records(number * size, size), signer=lab)
        if receipt.new != size:
            fail(f"{receipt.new} of {size} records were appended")
