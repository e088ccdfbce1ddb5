"""A CSV file of inspections into a ledger on disk: from the file's first byte to the last durable commit."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks import goods
from benchmarks.floor import Floor, recorded_ledger
from benchmarks.harness import Rounds, Timer, fail, megabytes, report, resident
from trustledger import Ledger
from trustledger.interchange.rows import ReadOptions
from trustledger.interchange.upload import upload

OPTIONS = ReadOptions(zone=ZoneInfo("Asia/Shanghai"))


def run(folder: Path, rows: int, rounds: int) -> None:
    """Measure, and print."""
    sheet = folder / "sheet.csv"
    goods.write_csv(sheet, rows)
    ledger, recorder = recorded_ledger(folder / "recorded")
    with ledger:
        _upload(ledger, sheet, rows)  # also warms up
    floor = Floor(recorder.commits, rows)
    work, reading = Rounds(rows), Rounds(rows)
    for number in range(rounds):
        place = folder / f"ledger-{number}"
        goods.new_ledger(place)
        with work.round() as timer, goods.open_ledger(place) as ledger, timer.running():
            _upload(ledger, sheet, rows)
        (folder / f"floor-{number}").mkdir()
        floor.round_of_writing(folder / f"floor-{number}")
        with reading.round() as timer, timer.running(), sheet.open(encoding="utf-8", newline="") as file:
            for _ in csv.reader(file):
                pass
    title = (
        f"CSV upload: {rows:,} rows ({megabytes(sheet.stat().st_size)}) -> {rows:,} records in "
        f"{len(floor.commits)} statements, durability sync, median of {rounds} rounds"
    )
    report(title, work, floor.times, {"csv.reader alone": reading})
    print(f"  {memory(folder, sheet, rows)}")


def memory(folder: Path, sheet: Path, rows: int) -> str:
    """Run one upload in a process of its own and say how much memory it took."""
    place = folder / "ledger-memory"
    goods.new_ledger(place)
    command = [sys.executable, "-m", "benchmarks.upload", str(place), str(sheet), str(rows)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found = {name: megabytes(size) for name, size in json.loads(done.stdout).items()}
    return (
        f"memory: peak RSS {found['peak']} with LMDB's map; without it {found['before']} before, "
        f"at most {found['quarter']} in the first quarter, {found['rest']} later"
    )


def flat_memory(folder: Path, rows: int) -> None:
    """Whether memory grows with the file: one upload in a process of its own."""
    sheet = folder / "sheet.csv"
    goods.write_csv(sheet, rows)
    print(
        f"\nCSV upload: {rows:,} rows ({megabytes(sheet.stat().st_size)}), one round in a process of its own"
    )
    print(f"  {memory(folder, sheet, rows)}")


def _upload(ledger: Ledger, sheet: Path, rows: int) -> None:
    done = upload(ledger, [sheet], OPTIONS, signer=goods.signer(goods.LAB))
    if done.new != rows:
        fail(f"{done.new} of {rows} rows were appended")


class _Watch:
    """Asks for this process's memory as the upload tells its progress: its own at most, early and late."""

    def __init__(self) -> None:
        self.quarter = self.rest = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        own = resident()["RssAnon"]
        if stage == "reading" and done * 4 < total:
            self.quarter = max(self.quarter, own)
        else:
            self.rest = max(self.rest, own)


def _child(place: str, sheet: str, rows: str) -> None:
    before, watch, timer = resident()["RssAnon"], _Watch(), Timer()
    with goods.open_ledger(Path(place)) as ledger, timer.running():
        done = upload(ledger, [sheet], OPTIONS, signer=goods.signer(goods.LAB), progress=watch)
    if done.new != int(rows):
        fail(f"{done.new} of {rows} rows were appended")
    found = {"before": before, "quarter": watch.quarter, "rest": watch.rest, "peak": resident()["VmHWM"]}
    print(json.dumps(found))


if __name__ == "__main__":
    _child(*sys.argv[1:])
