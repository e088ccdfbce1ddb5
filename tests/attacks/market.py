"""A ledger under the default policy with everybody in it whom a liar may want to be, and the liar's own tools.

The liar has the store, the ledger's own code and every key of the `Market`: `sign` makes any statement, and `put_in`
places it with all indexes kept and a checkpoint signed, but asks none of the questions an append asks.
"""

from __future__ import annotations

import random
from base64 import b64encode
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from trustledger import merkle
from trustledger.audit.replay import audit
from trustledger.authority.changes import guest_of
from trustledger.authority.parties import Accreditation, Identity, Scope
from trustledger.authority.state import ORDER_KIND, names_reserved
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.encoding import encode
from trustledger.keys import Ed25519Signer, key_note
from trustledger.kinds import Kinds
from trustledger.ledger import Ledger, tables
from trustledger.ledger.prepared import Prepared, record_digest
from trustledger.ledger.reader import Reader
from trustledger.ledger.sequencer import _Plan
from trustledger.ledger.vault import StoreVault
from trustledger.note import parse_vkey
from trustledger.record import Record, parse_record
from trustledger.statement import Seen, SignedStatement, Statement, sign_statement
from trustledger.store import MemoryStore
from trustledger.subject import LEDGER, PARTY_PREFIX, party_subject

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from trustledger.audit.report import AuditReport
    from trustledger.keys import Signer
    from trustledger.ledger import Card

ORIGIN = "market.example/ledger"
OPERATOR = "https://market.example/operator"
PRODUCT = "https://id.gs1.org/01/09506000134352"
RAW, LOT = "https://farm.example/lot/MILK-1", PRODUCT + "/10/LOT-7"
RIVAL, WHEAT = PRODUCT + "/10/LOT-8", "https://mill.example/lot/W-1"
ORDER = "urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd"
OTHER_ORDER = "urn:uuid:0b6a3e1c-6a7f-4c55-9d4e-5a0d9a3c1f10"
NOON = "2026-09-21T12:00:00Z"
START = 1_790_000_000_000
"""2026-09-21T14:13:20Z: when the ledger began, ms. Its clock goes by a second a step."""
SECOND, DAY = 1_000, 86_400_000
NAMES = {
    "operator": OPERATOR,
    "log": ORIGIN,
    "recovery": OPERATOR,
    **{name: f"https://{name}.example/" for name in ("farm", "dairy", "lab", "desk", "shop", "brand", "carrier")},
    "platform": "https://platform.example/",
    "mill": "https://mill.example/",
    "coop": "https://coop.example/",
    "quiet": "https://quiet.example/",
    "guest": "urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2",
    "thief": "https://thief.example/",
}  # fmt: skip
ROLES = {
    "farm": ["producer"], "dairy": ["processor"], "lab": ["inspector"], "desk": ["inspector"], "shop": ["merchant"],
    "brand": ["brand-owner"], "carrier": ["carrier"], "platform": ["platform"], "mill": ["processor"],
    "coop": ["producer"], "quiet": ["producer"],
}  # fmt: skip


@cache
def key(name: str, number: int = 0) -> Ed25519Signer:
    """The key of somebody, the same in every run."""
    return Ed25519Signer.from_seed(NAMES[name], bytes([list(NAMES).index(name), number]) * 16)


@dataclass(frozen=True)
class Told:
    """A statement and its records, as somebody made them."""

    raws: tuple[bytes, ...]
    signed: SignedStatement


@dataclass
class Market:
    """The store, and ways to look at it: `ledger` for writers, `fresh` for a reader who has seen nothing yet."""

    store: MemoryStore
    vault: StoreVault
    log: Signer = field(default_factory=lambda: key("log"))

    def __post_init__(self) -> None:
        with self.store.snapshot() as snapshot:
            self.now = tables.StoreHead.unpack(snapshot.head).sequenced_at + SECOND
        self._random = random.Random(9)
        self.ledger = self.fresh()

    def clock(self) -> int:
        """The next second."""
        self.now += SECOND
        return self.now

    def fresh(self, *log: Signer) -> Ledger:
        """A handle that has verified nothing yet, and signs checkpoints with these keys instead of the log's."""
        signers = log or (self.log,)
        randomness = self._random.randbytes
        return Ledger(
            self.store, vault=self.vault, log_signers=signers, clock=self.clock, randomness=randomness
        )

    @property
    def card(self) -> Card:
        """Which ledger it is, as an auditor was told at the beginning."""
        return self.ledger.public_card

    def say(
        self, signer: Signer, kind: str, subject: str, data: Mapping[str, Any], *others: Signer
    ) -> tuple[int, int]:
        """Append one record honestly; its place."""
        return self.ledger.append([draft(kind, subject, data)], signer=signer, cosigners=others).places[0]

    def audit(self, **options: Any) -> AuditReport:
        """A fresh audit of the store as it is now, by somebody who brings the ledger's card."""
        options.setdefault("trust", self.card)
        with self.store.snapshot() as snapshot:
            return audit(snapshot, vault=self.vault, **options)

    def get(self, table: str, at: bytes) -> bytes:
        """One stored value."""
        with self.store.snapshot() as snapshot:
            value = snapshot.get(table, at)
        assert value is not None
        return value

    def put(self, table: str, at: bytes, value: bytes | None) -> None:
        """Write past the ledger."""
        with self.store.snapshot() as snapshot:
            head = snapshot.head
        self.store.commit(head, {table: [(at, value)]}, head)

    def seen(self) -> Seen:
        """The ledger's latest checkpoint, as a signer names it."""
        latest = self.ledger.checkpoint().checkpoint
        return Seen(latest.size, latest.root)

    def copy(self) -> Market:
        """Another store with the same bytes: an old copy, a second history."""
        return _market(_content(self.store))


def faults(report: AuditReport) -> set[str]:
    """What an audit calls forged, changed or missing."""
    return {fault.code for fault in report.faults}


def _content(store: MemoryStore) -> tuple[bytes, dict[str, list[tuple[bytes, bytes]]]]:
    with store.snapshot() as snapshot:
        return snapshot.head, {table: list(snapshot.scan(table)) for table in tables.TABLES}


def _market(content: tuple[bytes, Mapping[str, Sequence[tuple[bytes, bytes]]]]) -> Market:
    head, rows = content
    store = MemoryStore(tables.TABLES)
    store.commit(b"", {table: list(values) for table, values in rows.items()}, head)
    return Market(store, StoreVault.in_memory())


def open_market() -> Market:
    """A market of one's own."""
    return _market(_grown())


# --- the honest story -----------------------------------------------------------------------------------------------


def draft(kind: str, subject: str, data: Mapping[str, Any], **more: Any) -> Any:
    """A draft of a plain row."""
    return Kinds.default().draft(
        {"kind": kind, "subject": subject, "occurred_at": NOON, "data": data, **more}
    )


def found_nothing(report: str, parameter: str = "lead", value: str = "0.012") -> dict[str, Any]:
    """Data of an inspection."""
    result = {"parameter": parameter, "value": value, "unit": "mg/kg"}
    return {"category": "milk powder", "report": report, "results": [result]}


ORIGIN_DATA = {"place": "Inner Mongolia", "quantity": "100", "unit": "kg"}
MADE = {
    "step": "drying",
    "inputs": [{"lot": RAW, "quantity": "100", "unit": "kg"}],
    "outputs": [{"lot": LOT, "quantity": "12", "unit": "kg"}],
}
LINE = {"line": "1", "product": PRODUCT, "lot": LOT}


def order_data(guest: Signer) -> dict[str, Any]:
    """Data of an order that gives a buyer a key."""
    return {
        "keys": [key_note(guest).decode()], "merchant": NAMES["shop"], "currency": "CNY",
        "lines": [{**LINE, "quantity": "1", "price": 1999}],
    }  # fmt: skip


REVIEW = {"merchant": NAMES["shop"], **LINE, "stars": 1}


@cache
def _grown() -> tuple[bytes, dict[str, list[tuple[bytes, bytes]]]]:
    clock = iter(range(START, START + 10_000 * SECOND, SECOND)).__next__
    operator = key("operator")
    ledger = Ledger.in_memory(
        origin=ORIGIN, operator=operator, log=key("log"), name="Market", recovery=key_note(key("recovery")),
        clock=clock, randomness=random.Random(8).randbytes,
    )  # fmt: skip
    _enrol(ledger, operator)
    market = Market(ledger._store, ledger._vault)
    market.ledger = ledger
    market.say(key("farm", 1), "origin", RAW, ORIGIN_DATA)
    market.say(key("dairy"), "processing", LOT, MADE)
    market.say(key("lab"), "inspection", LOT, found_nothing("R-1"))
    market.say(key("lab"), "inspection", LOT, found_nothing("R-2", "cadmium"), key("dairy"))
    market.say(
        key("mill"),
        "processing",
        RIVAL,
        {**MADE, "inputs": [{"lot": WHEAT, "quantity": "9", "unit": "kg"}], "outputs": [{"lot": RIVAL}]},
    )
    market.say(key("shop"), "order", ORDER, order_data(key("guest")))
    market.say(key("guest"), "review", ORDER, REVIEW)
    assert ledger.audit(ledger.public_card).ok
    return _content(ledger._store)  # type: ignore[arg-type]


def _enrol(ledger: Ledger, operator: Signer) -> None:
    more: dict[str, dict[str, Any]] = {
        "lab": {"accreditations": [Accreditation("CNAS", "L0001", frozenset({"lead"}), START - DAY, None)]},
        "desk": {
            "scopes": [
                Scope(frozenset({"inspection"}), (PRODUCT,), frozenset({"lead"}), None, START + 30 * DAY),
                Scope(frozenset({"observation"}), None, None, None, START),
            ]
        },
        "shop": {"identities": [Identity("uscc", "91110000600037341L")]},
    }
    for name, roles in ROLES.items():
        held = key(name)
        ledger.authority.enrol(
            held.party,
            operator=operator,
            key_note=key_note(held),
            roles=roles,
            name=name,
            **more.get(name, {}),
        )
    for number in (1, 2):
        ledger.authority.enrol(NAMES["coop"], operator=operator, key_note=key_note(key("coop", number)))
    ledger.authority.enrol(NAMES["coop"], operator=operator, threshold=2)
    ledger.authority.rotate_key(key("farm").public, key_note(key("farm", 1)), signer=key("farm"))
    ledger.authority.suspend(NAMES["quiet"], "does not answer", operator=operator)


# --- the liar's tools -------------------------------------------------------------------------------------------------


def raw(kind: str, subject: str, data: Mapping[str, Any], *, subjects: Sequence[str] = ()) -> bytes:
    """Bytes of a record, with further subjects if it should touch what its data does not name."""
    made = draft(kind, subject, data)
    named = [made.subjects[0], *sorted({*made.subjects[1:], *subjects})]
    salt = bytes(16) if made.salted else b""
    return encode([1, kind, made.occurred_at, named, dict(made.data), {}, [], salt])


def party_raw(party: str, data: Mapping[str, Any], kind: str = "party") -> bytes:
    """Bytes of a record that changes what a party may say."""
    return encode([1, kind, START, [party_subject(party)], dict(data), {}, [], b""])


def ledger_raw(kind: str, data: Mapping[str, Any]) -> bytes:
    """Bytes of a record on the ledger itself."""
    return encode([1, kind, START, [LEDGER], dict(data), {}, [], b""])


def sign(market: Market, raws: Sequence[bytes], *signers: Signer, **changes: Any) -> Told:
    """A statement about records; the first signer speaks. ``changes`` replaces fields of the text."""
    party = signers[0].party
    text = {
        "origin": market.card.origin,
        "genesis": market.card.genesis,
        "party": party,
        "cosigners": tuple(sorted({one.party for one in signers} - {party})),
        "time": market.now,
        "id": market._random.randbytes(16),
        "seen": None,
        "records": len(raws),
        "root": merkle.root([merkle.leaf_hash(one) for one in raws]),
        **changes,
    }
    return Told(tuple(raws), sign_statement(Statement(**text), signers))


def put_in(
    market: Market, told: Told, *, at: int | None = None, bend: Callable[[_Plan], None] | None = None
) -> int:
    """Place a statement as the ledger's code would, with every index and a checkpoint, but unasked.

    Args:
        market: Where.
        told: What.
        at: ``sequenced_at``; a second after the last entry if None.
        bend: Changes the plan before it is written.

    Returns:
        Index of its entry.
    """
    with market.store.snapshot() as snapshot:
        before = snapshot.head
        reader = Reader(snapshot)
        batch = _prepare(told)
        roots = merkle.subtree_roots(batch.leaves, tables.RECORD_HEIGHT)
        plan = _Plan(
            reader, told.signed, batch, roots, reader.head.sequenced_at + SECOND if at is None else at
        )
        if bend is not None:
            bend(plan)
        writes, head = plan.writes(), plan.head()
        taken = reader.business_places([digest for digest, _ in writes["business"]])
        writes["business"] = [
            one for one, place in zip(writes["business"], taken, strict=True) if place is None
        ]
        _add_parties(writes, batch, snapshot, plan.index)
        signed = sign_checkpoint(Checkpoint(market.card.origin, head.size, head.root), [market.log])
        writes["checkpoints"] = [(tables.LATEST, signed)]
    market.store.commit(before, writes, head.pack())
    market.now = head.sequenced_at
    return head.size - 1


def _prepare(told: Told) -> Prepared:
    records = [parse_record(one) for one in told.raws]
    leaves, subjects = [one.hash for one in records], [one.subjects for one in records]
    batch = Prepared(list(told.raws), leaves, subjects)
    party = told.signed.statement.party
    for position, record in enumerate(records):
        assert isinstance(record, Record)
        if names_reserved(record):
            batch.authority[position] = record
        batch.digests.append(record_digest(record, party, Kinds.default().spec(record.kind)))
    return batch


def _add_parties(writes: Any, batch: Prepared, snapshot: Any, entry: int) -> None:
    """The indexes of parties and keys, as if what the records say were right."""
    for record in batch.authority.values():
        assert isinstance(record, Record)
        if record.subjects == (LEDGER,):
            continue
        uri = guest_of(record) if record.kind == ORDER_KIND else record.subjects[0][len(PARTY_PREFIX) :]
        if snapshot.get("parties", uri.encode()) is None:
            writes.setdefault("parties", []).append((uri.encode(), tables.u64(entry)))
        for note in record.data.get("keys", []):
            enrolled = parse_vkey(note.split("\n")[1])
            writes.setdefault("keys", []).extend((one, uri.encode()) for one in tables.key_keys(enrolled))


def lie(market: Market, raws: Sequence[bytes], *signers: Signer, **changes: Any) -> int:
    """`sign` and `put_in`: index of the entry."""
    return put_in(market, sign(market, raws, *signers, **changes))


def unparsed(told: Told, lines: Sequence[Any]) -> Told:
    """The same statement under other signature lines, as a file may have them: nobody has looked at their order."""
    head = told.signed.raw.partition(b"\n\n")[0] + b"\n\n"
    body = b"".join(
        f"— {one.name} {b64encode(one.key_id + one.signature).decode()}\n".encode() for one in lines
    )
    return Told(told.raws, SignedStatement(told.signed.statement, tuple(lines), head + body))
