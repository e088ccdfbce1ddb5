"""A laboratory signs on a machine that never sees the ledger; the shop places the file; the laboratory checks it.

Run it: python examples/offline_lab.py
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from trustledger import Card, Ed25519Signer, Ledger, Signer, inspection, key_note, parse_card, result
from trustledger.ledger import read_submissions, write_submission
from trustledger.ledger.signing import make_submission
from trustledger.record import Record

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"


def in_the_laboratory(card: Card, lab: Signer, file: Path) -> None:
    """Needs the card and a key: no ledger, no network."""
    report = inspection(
        LOT,
        occurred_at="2026-10-05T08:00:00+08:00",
        category="milk powder",
        report="R-1",
        sample="S-2026-0815",
        results=[
            result(
                "lead",
                "0.012",
                "mg/kg",
                loq="0.005",
                uncertainty="0.002",
                basis="as sold",
                method="GB 5009.12",
            ),
            result(
                "cadmium", None, "mg/kg", not_detected=True, loq="0.002", basis="as sold", method="GB 5009.15"
            ),
        ],
        seal=["/sample"],  # stays between the laboratory and whoever it discloses it to
    )
    submission, openings = make_submission(card, [report], lab, time=time.time_ns() // 1_000_000)
    with file.open("wb") as out:
        write_submission(out, submission)
    print(
        "signed offline;", len(openings), "opening stays in the laboratory, to be kept as carefully as a key"
    )


def in_the_shop(ledger: Ledger, file: Path) -> None:
    """Places what the file holds. Doing it twice changes nothing."""
    with file.open("rb") as statements:
        for submission in read_submissions(statements):
            placement = ledger.submit(submission)
            print("placed in entry", placement.entry)


def main() -> None:
    """Two machines in one program."""
    operator, log = (
        Ed25519Signer.generate("https://shop.example/"),
        Ed25519Signer.generate("shop.example/ledger"),
    )
    lab = Ed25519Signer.generate("https://lab.example/")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Ledger.create(
            folder / "shop.ledger", origin="shop.example/ledger", operator=operator, log=log
        ) as ledger:
            ledger.enrol(
                lab.party, operator=operator, key_note=key_note(lab), roles=["inspector"], name="Example Lab"
            )
            card = parse_card((folder / "shop.ledger" / "ledger.card").read_bytes())

            in_the_laboratory(card, lab, folder / "report.statement")
            in_the_shop(ledger, folder / "report.statement")

            for placed in ledger.chain(LOT):
                if isinstance(placed.record, Record):  # else its content was withheld
                    print(placed.ref, placed.party, placed.record.data["report"], *placed.record.sealed)


if __name__ == "__main__":
    main()
