"""A ledger under a changing policy, and what its people may do to it: each move is drawn by Hypothesis.

Every statement goes to the ledger as a file would. If the ledger refuses it for a reason of rights, the very same bytes
are placed unasked in a copy of the store, at the very time at which they were refused, so that an audit can be asked.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from trustledger import merkle
from trustledger.audit.replay import _Replay
from trustledger.audit.report import AuditReport
from trustledger.authority.ledgers import LedgerState
from trustledger.authority.parties import PartyState
from trustledger.authority.state import names_reserved
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.errors import FormatError, TrustLedgerError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.kinds import Kinds, KindSpec
from trustledger.kinds.fields import KindModel, Name
from trustledger.ledger import Ledger, tables
from trustledger.ledger.prepared import Prepared, record_digest
from trustledger.ledger.reader import Reader
from trustledger.ledger.sequencer import _Plan
from trustledger.ledger.submission import Submission
from trustledger.ledger.vault import StoreVault
from trustledger.record import Record, parse_record
from trustledger.statement import Seen, Statement, sign_statement
from trustledger.store import MemoryStore, Store

sys.path.append(str(Path(__file__).resolve().parents[1] / "format"))
import stranger

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trustledger.statement import SignedStatement

ORIGIN = "town.example/ledger"
OPERATOR = "https://town.example/operator"
FARM, MILL, SHOP, LAB = (f"https://{name}.example/" for name in ("farm", "mill", "shop", "lab"))
LATE = "https://late.example/"
GUESTS = ("urn:uuid:7d444840-9dc0-41d1-b245-5ffdce74fad2", "urn:uuid:1d444840-9dc0-41d1-b245-5ffdce74fad2")
ORDERS = ("urn:uuid:e4eaaaf2-d142-41b3-b3e4-080027620cdd", "urn:uuid:0b6a3e1c-6a7f-4c55-9d4e-5a0d9a3c1f10")
PARTIES = (OPERATOR, FARM, MILL, SHOP, LAB, LATE, *GUESTS)
PRODUCTS = ("https://id.gs1.org/01/09506000134352", "https://id.gs1.org/01/09521234000020")
LOTS = (PRODUCTS[0] + "/10/A", PRODUCTS[0] + "/10/B", PRODUCTS[1] + "/10/C", "https://farm.example/lot/D")
THINGS = (*LOTS, *PRODUCTS, *ORDERS)
ROLES = {
    FARM: ["processor", "producer"],
    MILL: ["carrier", "processor"],
    SHOP: ["brand-owner", "merchant"],
    LAB: ["inspector"],
}
START, SECOND, DAY = 1_790_000_000_000, 1_000, 86_400_000
RECOVERY, SPARE_RECOVERY = 9, 8
"""Numbers of the operator's recovery keys: the one of entry 0, and one that may come later."""
NOTE_KIND = "com.example.note"


class _Note(KindModel):
    text: Name


KINDS = Kinds.default().with_kind(KindSpec(NOTE_KIND, {"en": "note", "zh": "便条"}), _Note)


@cache
def key(party: str, number: int = 0) -> Ed25519Signer:
    """One of the keys of a party, the same in every run."""
    place = (ORIGIN, *PARTIES).index(party)
    return Ed25519Signer.from_seed(party, bytes([place, number]) * 16)


@cache
def note_of(party: str, number: int = 0) -> str:
    """The self-signed note of that key."""
    return key_note(key(party, number)).decode()


class States(NamedTuple):
    """What an audit holds before an entry."""

    parties: dict[str, PartyState]
    ledger: LedgerState


class Watched(_Replay):
    """An audit that takes down what it holds before each entry."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.states: list[States] = []

    def now(self) -> States:
        return States({one.uri: one for one in self.authority.parties()}, self.authority.ledger)

    def _entry(self, index: int) -> None:
        self.states.append(self.now())
        super()._entry(index)


Content = tuple[bytes, dict[str, list[tuple[bytes, bytes]]]]


def content(store: Store) -> Content:
    """Everything that is stored: the head and the rows of each table."""
    with store.snapshot() as snapshot:
        return snapshot.head, {table: list(snapshot.scan(table)) for table in tables.TABLES}


def fill(store: Store, everything: Content) -> Store:
    """Put the same bytes in another store."""
    head, rows = everything
    store.commit(b"", {table: list(values) for table, values in rows.items()}, head)
    return store


@dataclass
class Lie:
    """What the ledger refused, and the code with which it did."""

    signed: SignedStatement
    raws: tuple[bytes, ...]
    code: str
    at: int
    before: Content


@dataclass
class Town:
    """The ledger, its clock, and the statements that it refused."""

    now: int = START
    numbers: int = 0
    places: list[tuple[int, int]] = field(default_factory=list)
    story: list[Any] = field(default_factory=list)
    lies: list[Lie] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.vault = StoreVault.in_memory()
        made = Ledger.in_memory(
            origin=ORIGIN, operator=key(OPERATOR), log=key(ORIGIN), recovery=key_note(key(OPERATOR, RECOVERY)),
            kinds=KINDS, clock=lambda: self.now, randomness=self.random,
        )  # fmt: skip
        self.store: Store = made._store
        self.reopen()
        for uri, roles in ROLES.items():
            made.enrol(uri, operator=key(OPERATOR), key_note=key_note(key(uri)), roles=roles)
        line = {"line": "1", "product": PRODUCTS[0], "lot": LOTS[0], "quantity": "1", "price": 5}
        sold = {"keys": [note_of(GUESTS[0])], "merchant": SHOP, "currency": "CNY", "lines": [line]}
        order = {"kind": "order", "subject": ORDERS[0], "occurred_at": START, "data": sold}
        made.append([KINDS.draft(order)], signer=key(SHOP))
        self.taken = self.store.snapshot()
        self.lagging = Reader(self.taken.__enter__())

    def catch_up(self) -> None:
        """Let the reader that follows from time to time see the ledger as it is now."""
        taken, self.taken = self.taken, self.store.snapshot()
        self.lagging.renew(self.taken.__enter__())
        taken.__exit__(None, None, None)

    def random(self, count: int) -> bytes:
        """Bytes that never come again."""
        self.numbers += 1
        return self.numbers.to_bytes(count, "big")

    def reopen(self) -> None:
        """A handle that has verified nothing yet."""
        self.ledger = Ledger(
            self.store, vault=self.vault, kinds=KINDS, clock=lambda: self.now, randomness=self.random,
            log_signers=[key(ORIGIN, number) for number in range(3)],
        )  # fmt: skip

    # --- saying ------------------------------------------------------------------------------------------------

    def held(self, uri: str, how: int) -> list[Ed25519Signer]:
        """Keys with which somebody signs for a party: 0 to 5 as many as it takes, then whatever may be wrong."""
        numbers = [*range(6), RECOVERY, SPARE_RECOVERY]
        state = self.ledger.party(uri)
        known = {key(uri, number).public: key(uri, number) for number in numbers}
        active = [] if state is None else [known[one] for one in state.active_keys()]
        if how <= 5:
            return (active[::-1] if how % 2 else active)[: max(1, state.threshold if state else 1)] or [
                key(uri)
            ]
        if how == 6:
            return active or [key(uri)]
        if how == 7:
            return [key(uri, RECOVERY if uri == OPERATOR else 3)]
        if how == 8:
            return [*active[:1], key(uri, RECOVERY)]
        return [key(uri, how - 9)]

    def say(
        self, raws: Sequence[bytes], signers: Sequence[Ed25519Signer], time: int, seen: Seen | None = None
    ) -> int | None:
        """Submit a statement; the first signer's party speaks. Index of its entry, or None."""
        party, card = signers[0].party, self.ledger.public_card
        others = tuple(sorted({one.party for one in signers} - {party}))
        root = merkle.root([merkle.leaf_hash(raw) for raw in raws])
        text = Statement(
            card.origin, card.genesis, party, others, time, self.random(16), seen, len(raws), root
        )
        try:
            signed = sign_statement(text, signers)
        except FormatError:
            return None
        with self.store.snapshot() as snapshot:
            at = max(self.now, tables.StoreHead.unpack(snapshot.head).sequenced_at)
        before = content(self.store)
        try:
            placed = self.ledger.submit(Submission(signed, tuple(raws)))
        except TrustLedgerError as error:
            self.counts[error.code] += 1
            self.lies.append(Lie(signed, tuple(raws), error.code, at, before))
            self.story.append((error.code, others, raws))
            return None
        self.counts["placed"] += 1
        self.story.append((placed.entry, party, others, raws))
        assert placed.sequenced_at == at
        self.places += [(placed.entry, position) for position in range(len(raws))]
        return placed.entry

    # --- asking ------------------------------------------------------------------------------------------------

    def audit(self, store: Store | None = None) -> AuditReport:
        """An audit by somebody who brings the ledger's card."""
        return self.watch(store).report

    def watch(self, store: Store | None = None) -> Watched:
        """The same, with all it saw on its way."""
        with (store or self.store).snapshot() as snapshot:
            watched = Watched(snapshot, self.ledger.public_card, KINDS, self.vault, AuditReport())
            watched.run(None, None)
        return watched

    def strange_verdict(self, store: Store | None = None) -> Any:
        """What somebody finds who has only read the documents."""
        with (store or self.store).snapshot() as snapshot:
            entries = [raw for _, raw in snapshot.scan("entries")]
            bundles: dict[int, list[bytes]] = {}
            for at, raw in snapshot.scan("bundles"):
                bundles.setdefault(int.from_bytes(at[:8], "big"), []).extend(tables.unpack_bundle(raw))
            checkpoint = snapshot.get("checkpoints", tables.LATEST)
        assert checkpoint is not None
        return stranger.check_ledger(entries, bundles, checkpoint)

    def place_unasked(self, lie: Lie) -> MemoryStore:
        """A copy of the store in which a refused statement stands all the same, with every index kept."""
        store = MemoryStore(tables.TABLES)
        fill(store, lie.before)
        with store.snapshot() as snapshot:
            before, reader = snapshot.head, Reader(snapshot)
            head = reader.head
            batch = _prepared(lie)
            roots = merkle.subtree_roots(batch.leaves, tables.RECORD_HEIGHT)
            plan = _Plan(reader, lie.signed, batch, roots, max(lie.at, head.sequenced_at))
            writes, head = plan.writes(), plan.head()
            taken = reader.business_places([digest for digest, _ in writes["business"]])
            first: dict[bytes, bytes] = {}
            for (digest, place), stands in zip(writes["business"], taken, strict=True):
                if stands is None and place is not None:
                    first.setdefault(digest, place)
            writes["business"] = list(first.items())
            signers = [
                key(ORIGIN, one) for one in range(3) if key(ORIGIN, one).public in reader.ledger.log_keys
            ]
            signed = sign_checkpoint(Checkpoint(ORIGIN, head.size, head.root), signers)
            writes["checkpoints"] = [(tables.LATEST, signed)]
        store.commit(before, writes, head.pack())
        return store


def _prepared(lie: Lie) -> Prepared:
    records = [parse_record(raw) for raw in lie.raws]
    batch = Prepared(
        list(lie.raws), [record.hash for record in records], [record.subjects for record in records]
    )
    for position, record in enumerate(records):
        assert isinstance(record, Record)
        if names_reserved(record):
            batch.authority[position] = record
        batch.digests.append(record_digest(record, lie.signed.statement.party, KINDS.spec(record.kind)))
    return batch
