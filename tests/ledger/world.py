"""A small ledger in memory, with keys, a clock and randomness that are the same in every run."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from trustledger.keys import Ed25519Signer, key_note
from trustledger.kinds import Kinds
from trustledger.ledger import Ledger, tables
from trustledger.ledger.vault import StoreVault
from trustledger.store import MemoryStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustledger.record import Draft

ORIGIN, OPERATOR = "shop.example/ledger", "https://shop.example/operator"
FARM, LAB = "https://farm.example/", "https://lab.example/"
PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT, LOT_8 = PRODUCT + "/10/LOT-7", PRODUCT + "/10/LOT-8"
NOON = "2026-10-05T12:00:00+08:00"


def signer(name: str, number: int) -> Ed25519Signer:
    """The key of a fixed seed."""
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


def inspection(report: str, lot: str = LOT, value: str = "0.012", **more: Any) -> Draft:
    """A draft with one result."""
    result = {"parameter": "lead", "value": value, "unit": "mg/kg"}
    data = {"category": "milk powder", "report": report, "results": [result], "lab": "Lab"}
    return Kinds.default().draft(
        {"kind": "inspection", "subject": lot, "occurred_at": NOON, "data": data, **more}
    )


def cost(price: int = 1999, lot: str = LOT) -> Draft:
    """A salted draft with a sealed price."""
    data = {"currency": "CNY", "price": price, "components": []}
    return Kinds.default().draft(
        {"kind": "cost", "subject": lot, "occurred_at": NOON, "data": data, "seal": ["/price"]}
    )


def _ticks() -> Iterator[int]:
    yield from range(1_790_000_000_000, 1_790_000_100_000, 10)


@dataclass
class World:
    """The store, and what a test needs to append to it and lie about it."""

    store: MemoryStore = field(default_factory=lambda: MemoryStore(tables.TABLES))
    vault: StoreVault = field(default_factory=StoreVault.in_memory)
    operator: Ed25519Signer = field(default_factory=lambda: signer(OPERATOR, 1))
    log: Ed25519Signer = field(default_factory=lambda: signer(ORIGIN, 2))
    farm: Ed25519Signer = field(default_factory=lambda: signer(FARM, 3))
    lab: Ed25519Signer = field(default_factory=lambda: signer(LAB, 4))
    ledger: Ledger = field(init=False)

    def __post_init__(self) -> None:
        self._clock, self._random = _ticks(), random.Random(5)
        made = Ledger.in_memory(
            origin=ORIGIN, operator=self.operator, log=self.log, name="Shop", policy=None,
            clock=self._clock.__next__, randomness=self._random.randbytes,
        )  # fmt: skip
        self.store = made._store  # type: ignore[assignment]
        self.ledger = self.reopen()
        for key, role, name in ((self.farm, "producer", "Farm"), (self.lab, "inspector", "Lab")):
            self.ledger.enrol(
                key.party, operator=self.operator, key_note=key_note(key), roles=[role], name=name
            )

    def reopen(self, *, log: bool = True) -> Ledger:
        """A ledger that has verified nothing yet, over the same store."""
        signers = (self.log,) if log else ()
        return Ledger(
            self.store, vault=self.vault, log_signers=signers,
            clock=self._clock.__next__, randomness=self._random.randbytes,
        )  # fmt: skip

    def values(self) -> list[tuple[str, bytes, bytes]]:
        """Everything that is stored: table, key, value."""
        with self.store.snapshot() as snapshot:
            return [(table, key, value) for table in tables.TABLES for key, value in snapshot.scan(table)]

    def get(self, table: str, key: bytes) -> bytes:
        """One stored value."""
        with self.store.snapshot() as snapshot:
            value = snapshot.get(table, key)
        assert value is not None
        return value

    def put(self, table: str, key: bytes, value: bytes | None) -> None:
        """Write past the ledger, as somebody with the store in hand would."""
        with self.store.snapshot() as snapshot:
            head = snapshot.head
        self.store.commit(head, {table: [(key, value)]}, head)

    def dump(self) -> list[tuple[str, bytes, bytes]]:
        """As `values`; a refused append leaves it as it was."""
        return self.values()


def read_everything(ledger: Ledger) -> int:
    """Every entry, record, chain and party, as a reader would; the number of records in the chains."""
    for index in range(ledger.size):
        ledger.entry(index)
        with ledger.reading() as reader:
            for _ in reader.records(index):
                pass
    parties = ledger.parties()
    subjects = {
        LOT,
        LOT_8,
        PRODUCT,
        "trustledger:ledger",
        *(f"trustledger:party/{party.uri}" for party in parties),
    }
    ledger.checkpoint()
    return sum(1 for subject in sorted(subjects) for _ in ledger.chain(subject))
