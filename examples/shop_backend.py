"""A shop's back end that keeps a ledger: what to write, and when.

The difficulty is the crash between the shop's own database and the ledger. The answer is an outbox: what happened is
written into the shop's database in the same transaction as the order or the delivery itself, and a worker appends it to
the ledger afterwards. The worker may die anywhere and run again: appending the same fact twice adds nothing.

Run it: python examples/shop_backend.py
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
from pathlib import Path

from trustledger import (
    Ed25519Signer,
    Kinds,
    Ledger,
    PolicyError,
    Receipt,
    Signer,
    key_note,
    read_key_file,
    write_key_file,
)
from trustledger.gs1 import lot_uri, product_uri
from trustledger.record import Record

SHOP = "https://shop.example/"
ORIGIN = "shop.example/ledger"
BATCH = 1_000  # records a statement: one signature and one durable commit for all of them

SCHEMA = """
CREATE TABLE delivery (id INTEGER PRIMARY KEY, note TEXT UNIQUE, gtin TEXT, lot TEXT, quantity TEXT, received_at TEXT);
CREATE TABLE price (gtin TEXT, cents INTEGER, valid_from TEXT);
CREATE TABLE outbox (id INTEGER PRIMARY KEY, row TEXT NOT NULL, place TEXT, problem TEXT);
"""


class Shop:
    """The shop's own business. It knows the outbox and nothing of ledgers."""

    def __init__(self, database: Path) -> None:
        self.db = sqlite3.connect(database)
        self.db.executescript(SCHEMA)

    def receive(self, note: str, gtin: str, lot: str, quantity: str, received_at: str) -> None:
        """Goods arrive: the delivery and what the ledger will be told, both or neither."""
        with self.db:
            self.db.execute(
                "INSERT INTO delivery (note, gtin, lot, quantity, received_at) VALUES (?, ?, ?, ?, ?)",
                (note, gtin, lot, quantity, received_at),
            )
            self._tell(
                "shipping",
                lot_uri(gtin, lot),
                received_at,
                {
                    "direction": "received",
                    "document": note,
                    "quantity": quantity,
                    "unit": "kg",
                    "to": "Shop 7",
                },
            )

    def set_price(self, gtin: str, cents: int, cost_cents: int, valid_from: str) -> None:
        """A price is published; what the goods cost the shop stays sealed."""
        with self.db:
            self.db.execute("INSERT INTO price VALUES (?, ?, ?)", (gtin, cents, valid_from))
            bought = {"component": "purchase", "amount": cost_cents}
            data = {"currency": "CNY", "price": cents, "components": [bought]}
            self._tell("cost", product_uri(gtin), valid_from, data, seal=["/components/0/amount"])

    def _tell(
        self, kind: str, subject: str, at: str, data: dict[str, object], seal: list[str] | None = None
    ) -> None:
        row = {"kind": kind, "subject": subject, "occurred_at": at, "data": data, "seal": seal or []}
        self.db.execute("INSERT INTO outbox (row) VALUES (?)", (json.dumps(row),))


def flush(db: sqlite3.Connection, ledger: Ledger, signer: Signer) -> int:
    """Append what waits in the outbox; returns how many records were new. Call it from a timer or a queue."""
    new = 0
    while waiting := db.execute(
        "SELECT id, row FROM outbox WHERE place IS NULL AND problem IS NULL ORDER BY id LIMIT ?", (BATCH,)
    ).fetchall():
        drafts = [Kinds.default().draft(json.loads(row)) for _, row in waiting]
        try:
            receipt = ledger.append(drafts, signer=signer)
        except PolicyError as error:  # this fact stands already with other content: a person must decide
            position = error.facts.get("position")
            if error.code != "ledger.other_content" or not isinstance(position, int):
                raise
            with db:
                db.execute("UPDATE outbox SET problem = ? WHERE id = ?", (str(error), waiting[position][0]))
            continue
        # A crash here, after the ledger's commit and before ours, is harmless: the next run finds the same places.
        new += receipt.new
        _done(db, [number for number, _ in waiting], receipt)
    return new


def _done(db: sqlite3.Connection, numbers: list[int], receipt: Receipt) -> None:
    with db:
        db.executemany(
            "UPDATE outbox SET place = ? WHERE id = ?",
            [
                (f"{entry}/{position}", number)
                for number, (entry, position) in zip(numbers, receipt.places, strict=True)
            ],
        )


def set_up(folder: Path) -> None:
    """Once: keys and a ledger. In a real shop: `trustledger init`, with the keys on a machine of their own."""
    for name, party in (("operator.key", SHOP), ("log.key", ORIGIN), ("shop.key", f"{SHOP}warehouse")):
        write_key_file(folder / name, Ed25519Signer.generate(party))
    operator, log, shop = (
        read_key_file(folder / name).signer for name in ("operator.key", "log.key", "shop.key")
    )
    with Ledger.create(
        folder / "shop.ledger", origin=ORIGIN, operator=operator, log=log, name="Example Shop"
    ) as ledger:
        note = key_note(shop)
        ledger.enrol(shop.party, operator=operator, key_note=note, roles=["merchant"], name="Warehouse")


def main() -> None:
    """A day in the shop."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        set_up(folder)
        shop = Shop(folder / "shop.db")
        signer = read_key_file(folder / "shop.key").signer

        shop.receive("DN-1", "9506000134352", "LOT-7", "120", "2026-10-06T09:00:00+08:00")
        shop.set_price("9506000134352", 12_800, 6_000, "2026-10-07T00:00:00+08:00")
        with Ledger.open(folder / "shop.ledger", log=read_key_file(folder / "log.key").signer) as ledger:
            print("appended:", flush(shop.db, ledger, signer))
            shop.db.execute(
                "UPDATE outbox SET place = NULL"
            )  # as if the worker had died before its own commit
            print("appended after a crash:", flush(shop.db, ledger, signer))

            for placed in ledger.chain(product_uri("9506000134352")):
                record = placed.record
                if isinstance(record, Record):  # else its content was withheld
                    opened = {pointer: opening.value for pointer, opening in ledger.openings(record).items()}
                    print(placed.ref, record.kind, record.data, "only we know:", opened)
            print("audit:", ledger.audit(ledger.public_card).ok)
        shop.db.close()


if __name__ == "__main__":
    main()
