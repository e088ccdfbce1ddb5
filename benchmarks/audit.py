"""The full audit of a ledger on disk, in this process, against its card."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks import goods
from benchmarks.floor import Floor, recorded_ledger
from benchmarks.harness import Rounds, fail, report
from trustledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

_STATEMENT = 4_000


def run(folder: Path, records: int, rounds: int) -> None:
    """Measure, and print."""
    place, card = folder / "audited", None
    ledger, recorder = recorded_ledger(place)
    with ledger:
        for start in range(0, records, _STATEMENT):
            drafts = goods.typed_records(start, min(_STATEMENT, records - start))
            ledger.append(drafts, signer=goods.signer(goods.LAB))
        card = ledger.public_card
    floor = Floor(recorder.commits, records)
    work = Rounds(records)
    for _ in range(rounds):
        with work.round() as timer, Ledger.open(place, readonly=True) as ledger, timer.running():
            found = ledger.audit(card)
        if not found.ok or found.counts["records"] < records:
            fail(f"the audit found {found.faults[:1]}")
        floor.round_of_auditing(place / "data")
    title = f"Audit of {records:,} records in {len(floor.commits)} statements, median of {rounds} rounds"
    report(title, work, floor.times)
