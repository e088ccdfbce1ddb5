"""A small ledger with one of everything, for tests that lie to the audit."""

from __future__ import annotations

import random
from dataclasses import dataclass

from trustledger import chain
from trustledger.audit.replay import audit
from trustledger.audit.report import AuditReport
from trustledger.keys import Ed25519Signer, key_note
from trustledger.kinds import Kinds
from trustledger.ledger import Card, Ledger, tables
from trustledger.ledger.vault import StoreVault
from trustledger.log import HEAD_INDEX, Annotation
from trustledger.merkle import Frontier, leaf_hash, stored_hash_count
from trustledger.store import MemoryStore

ORIGIN = "shop.example/ledger"
OPERATOR = "https://shop.example/operator"
FARM = "https://farm.example/"
LAB = "https://lab.example/"
PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT = PRODUCT + "/10/LOT-7"
NOON = "2026-10-05T12:00:00Z"


def signer(name: str, number: int) -> Ed25519Signer:
    """A key that is the same in every run."""
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


@dataclass
class Story:
    """A ledger in memory, its keys, and ways to look at and tamper with its store."""

    ledger: Ledger
    store: MemoryStore
    card: Card
    operator: Ed25519Signer
    log: Ed25519Signer
    farm: Ed25519Signer
    lab: Ed25519Signer
    vault: StoreVault

    def audit(self, **options: object) -> AuditReport:
        """A fresh audit of the store as it is now."""
        options.setdefault("trust", self.card)
        with self.store.snapshot() as snapshot:
            return audit(snapshot, vault=self.vault, **options)  # type: ignore[arg-type]

    def values(self) -> list[tuple[str, bytes, bytes]]:
        """Everything that is stored: table, key, value."""
        with self.store.snapshot() as snapshot:
            return [(table, key, value) for table in tables.TABLES for key, value in snapshot.scan(table)]

    def put(self, table: str, key: bytes, value: bytes | None) -> None:
        """Write past the ledger, as somebody with the store in hand would."""
        with self.store.snapshot() as snapshot:
            head = snapshot.head
        self.store.commit(head, {table: [(key, value)]}, head)


def tell(records: int = 70) -> Story:
    """Genesis, parties, batches over several chunks, a sealed value, a withheld record, two signers, a correction."""
    clock = iter(range(1_790_000_000_000, 1_790_000_100_000, 7)).__next__
    randomness = random.Random(7).randbytes
    operator, log = signer(OPERATOR, 1), signer(ORIGIN, 2)
    farm, lab = signer(FARM, 3), signer(LAB, 4)
    ledger = Ledger.in_memory(
        origin=ORIGIN,
        operator=operator,
        log=log,
        name="Shop",
        policy=None,
        clock=clock,
        randomness=randomness,
    )
    ledger.enrol(FARM, operator=operator, key_note=key_note(farm), roles=["producer"], name="Farm")
    ledger.enrol(LAB, operator=operator, key_note=key_note(lab), roles=["inspector"], name="Lab")
    kinds = Kinds.default()
    origins = [
        {
            "kind": "origin",
            "subject": f"{PRODUCT}/10/LOT-{n}",
            "occurred_at": NOON,
            "data": {"place": "Inner Mongolia"},
        }
        for n in range(records)
    ]
    ledger.append([kinds.draft(row) for row in origins], signer=farm)
    inspected = ledger.append([kinds.draft(inspection(LOT, "R-1", "0.012"))], signer=lab)
    entry, position = inspected.places[0]
    hash_ = ledger.record(entry, position).record.hash.hex()
    correction = {
        "kind": "correction", "subject": LOT, "occurred_at": NOON,
        "data": {"supersedes": {"entry": entry, "position": position, "record": hash_}, "reason": "incorrect_data",
                 "data": inspection(LOT, "R-1", "0.013")["data"]},
    }  # fmt: skip
    ledger.append([kinds.draft(correction)], signer=lab)
    cost = {"kind": "cost", "subject": LOT, "occurred_at": NOON, "seal": ["/price"],
            "data": {"currency": "CNY", "price": 1999, "components": [{"component": "material", "amount": 1999}]}}  # fmt: skip
    ledger.append([kinds.draft(cost)], signer=farm, cosigners=[lab])
    _write_head_index(ledger)
    ledger.append([kinds.draft(inspection(LOT, "R-2", "0.011"))], signer=lab)
    ledger.withhold(3, min(5, records - 1))
    return Story(ledger, ledger._store, ledger.public_card, operator, log, farm, lab, ledger._vault)


def inspection(lot: str, report: str, value: str) -> dict:
    """A plain row with one result."""
    result = {
        "parameter": "lead",
        "value": value,
        "unit": "mg/kg",
        "basis": "as sold",
        "method": "GB 5009.12",
    }
    return {"kind": "inspection", "subject": lot, "occurred_at": NOON,
            "data": {"category": "milk powder", "report": report, "results": [result]}}  # fmt: skip


def _write_head_index(ledger: Ledger) -> None:
    """Annotation 2, which the ledger does not write itself yet, as a later version would."""
    store = ledger._store
    with store.snapshot() as snapshot:
        head = tables.StoreHead.unpack(snapshot.head)
        heads = [(key, tables.unpack_head(value)) for key, value in snapshot.scan("heads")]
        ends = [(key, (end.length, end.link, end.previous)) for key, end in heads]
        body = chain.encode_head_index(len(ends), chain.heads_root(ends))
        raw = Annotation(HEAD_INDEX, head.sequenced_at, body).encode()
        frontier = Frontier.load(
            head.size, lambda many: [snapshot.get("nodes", tables.u64(one)) for one in many]
        )
    first = stored_hash_count(head.size)
    nodes = frontier.append(leaf_hash(raw))
    writes = {
        "entries": [(tables.u64(head.size), raw)],
        "nodes": [(tables.u64(first + number), node) for number, node in enumerate(nodes)],
    }
    store.commit(
        head.pack(), writes, tables.StoreHead(head.size + 1, frontier.root(), head.sequenced_at).pack()
    )
