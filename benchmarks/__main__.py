"""``python -m benchmarks``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from benchmarks import append, audit, upload
from benchmarks.harness import Machine

ALL = ("upload", "append", "audit")


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("which", nargs="*", metavar="|".join(ALL), help="all of them if none is named")
    parser.add_argument("--rows", type=int, default=100_000, help="rows to upload and records to audit")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--memory", action="store_true", help="only the memory that an upload takes")
    parser.add_argument("--in", dest="folder", type=Path, help="a folder on the disk that is to be measured")
    asked = parser.parse_args()
    which = asked.which or ALL
    if not set(which) <= set(ALL):
        parser.error(f"choose from {', '.join(ALL)}")
    print(Machine.describe())
    machine = Machine()
    for name in which if not asked.memory else ("memory",):
        with tempfile.TemporaryDirectory(prefix="trustledger-benchmark-", dir=asked.folder) as path:
            _run(name, Path(path), asked.rows, asked.rounds)
    print(f"\n{machine.noise()}")


def _run(name: str, folder: Path, rows: int, rounds: int) -> None:
    if name == "memory":
        upload.flat_memory(folder, rows)
    elif name == "upload":
        upload.run(folder, rows, rounds)
    elif name == "append":
        append.run(folder, rounds)
    else:
        audit.run(folder, rows, rounds)


if __name__ == "__main__":
    main()
