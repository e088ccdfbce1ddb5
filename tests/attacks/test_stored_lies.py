"""Lies in the store and in the entries themselves: what a reader sees of each, and what only an audit does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from defences import Off, edited, forget, nothing
from market import (
    LOT,
    RIVAL,
    Market,
    draft,
    faults,
    found_nothing,
    key,
    open_market,
    put_in,
    raw,
    sign,
)

from trustledger import chain, merkle
from trustledger.encoding import encode
from trustledger.errors import TrustLedgerError
from trustledger.ledger import tables
from trustledger.ledger.submission import Submission
from trustledger.log import Entry
from trustledger.record import parse_record
from trustledger.subject import subject_hash


@pytest.fixture(autouse=True)
def remember_nothing():
    yield
    forget()


@dataclass(frozen=True)
class Lie:
    """A lie that takes the store, and for some of it the log's key.

    Attributes:
        name: What is attempted.
        told: Does it, to a market whose last entry has three inspections of `LOT`.
        code: What the audit calls it.
        read: What a reader of the lot's history raises; empty if it reads what the liar wants, without noticing.
        off: The comparison that is left out to show what it does.
        still: What an audit finds then: what stands behind it.
    """

    name: str
    told: Callable[[Market, int], None]
    code: str
    read: str
    off: tuple[Off, ...] = ()
    still: frozenset[str] = field(default_factory=frozenset)

    def __str__(self) -> str:
        return self.name.replace(" ", "-")


def inspected() -> tuple[Market, int]:
    market = open_market()
    drafts = [draft("inspection", LOT, found_nothing(f"B-{number}")) for number in range(3)]
    entry = market.ledger.append(drafts, signer=key("lab")).entry
    assert entry is not None
    return market, entry


def bundle(change: Callable[[list[bytes]], list[bytes]]) -> Callable[[Market, int], None]:
    """Other records in the place of those that were signed."""

    def told(market: Market, entry: int) -> None:
        at = tables.chunk_key(entry, 0)
        raws = tables.unpack_bundle(market.get("bundles", at))
        market.put("bundles", at, tables.pack_bundle(change(raws)))

    return told


def hide_latest(market: Market, entry: int) -> None:
    """The index of chains says that the lot's history ended with the run before this entry's."""
    at = subject_hash(LOT)
    head = tables.unpack_head(market.get("heads", at))
    with market.store.snapshot() as snapshot:
        *_, (_, before), (run_key, old) = snapshot.scan("runs", at, at + b"\xff" * 9)
    run = tables.unpack_run(old[32:])
    assert run.entry < entry
    end = (head.first, old[:32], before[:32])
    market.put("heads", at, tables.pack_head(end, run.entry, run.last_link, run.positions))
    market.put("runs", run_key, None)


def show_elsewhere(market: Market, entry: int) -> None:
    """The index of chains shows this entry's first record under another lot."""
    at = subject_hash(RIVAL)
    record_hash = merkle.leaf_hash(tables.unpack_bundle(market.get("bundles", tables.chunk_key(entry, 0)))[0])
    link = chain.make_link(chain.NO_LINK, at, 0, entry, 0, record_hash)
    market.put("heads", at, tables.pack_head((1, link, chain.NO_LINK), entry, 0, [0]))


def bent(heads: Callable[..., None], *, hashes: dict[bytes, bytes] | None = None, keep: bool = False):
    """An entry whose own links are wrong: signed into the log, with every index kept as if they were right."""

    def bend(plan) -> None:
        at = subject_hash(LOT)
        if hashes is not None:
            plan.before.update(plan.reader.chain_heads(list(hashes.values())))
        before = {one: (head.length, head.link, head.previous) for one, head in plan.before.items()}
        heads(before, at, plan)
        if not keep:
            plan.before.pop(at, None)
        if hashes is not None:
            plan.hashes = [tuple(hashes.get(one, one) for one in group) for group in plan.hashes]
        plan.links = chain.extend(before, plan.index, zip(plan.batch.leaves, plan.hashes, strict=True))
        plan.after = before
        plan.link_roots = merkle.subtree_roots(plan.links, tables.LINK_HEIGHT)
        at_time, root = plan.store_head.sequenced_at, merkle.root_of_subtrees(plan.link_roots)
        plan.entry = Entry(at_time, plan.signed.raw, len(plan.links), root).encode()
        frontier = merkle.Frontier.load(plan.index, plan.reader.nodes)
        plan.nodes = frontier.append(merkle.leaf_hash(plan.entry))
        plan.store_head = tables.StoreHead(plan.index + 1, frontier.root(), at_time)

    def told(market: Market, _: int) -> None:
        put_in(market, sign(market, [raw("inspection", LOT, found_nothing("B-9"))], key("lab")), bend=bend)

    return told


def truthful(heads: dict, at: bytes, plan: object) -> None:
    """Nothing is wrong with the chains but whose they are."""


def restarted(heads: dict, at: bytes, plan: object) -> None:
    heads.pop(at)


def branched(heads: dict, at: bytes, plan) -> None:
    """Goes on from before the last run, as if that had not been."""
    *_, (_, before) = plan.reader._snapshot.scan("runs", at, at + b"\xff" * 9)
    heads[at] = (plan.before[at].first, before[:32], chain.NO_LINK)


def skipped(heads: dict, at: bytes, plan: object) -> None:
    length, link, previous = heads[at]
    heads[at] = (length + 1, link, previous)


RECORDS = edited(
    "trustledger.audit.replay:_Replay._records",
    "(len(batch.leaves), root) != (statement.records, statement.root)", "False",
)  # fmt: skip
LINKS = edited(
    "trustledger.audit.replay:_Replay._records",
    "(len(links), links_root) != (entry.links, entry.links_root)",
    "False",
)
CHAINS = nothing("trustledger.audit.indexes:Indexes.check_chains")
ELSEWHERE = {subject_hash(LOT): subject_hash(RIVAL)}
DIFFERS = frozenset({"audit.differs", "audit.extra_count"})
LEFT = frozenset({"audit.extra_count"})
LIES = [
    Lie("one record swapped for another", bundle(lambda raws: [raws[0], raws[0], raws[2]]), "audit.record_changed",
        "ledger.records_root", (RECORDS,), frozenset({"audit.differs", "audit.extra_count", "ledger.links_root"})),
    Lie("one record dropped", bundle(lambda raws: raws[1:]), "ledger.record_count", "ledger.record_count"),
    Lie("one record doubled", bundle(lambda raws: [raws[0], *raws]), "ledger.record_count", "ledger.record_count"),
    Lie("records reordered", bundle(lambda raws: raws[::-1]), "audit.record_changed", "ledger.records_root", (RECORDS,),
        frozenset({"audit.differs", "audit.extra_count", "ledger.links_root"})),
    Lie("latest record of a chain hidden in the index", hide_latest, "audit.differs", "", (CHAINS,), LEFT),
    Lie("record shown in another subject's chain by the index", show_elsewhere, "audit.differs", "ledger.wrong_chain",
        (CHAINS,), LEFT),
    Lie("record placed in another subject's chain by the entry", bent(truthful, hashes=ELSEWHERE),
        "ledger.links_root", "ledger.wrong_chain", (LINKS,), DIFFERS),
    Lie("chain restarted by an entry", bent(restarted), "ledger.links_root", "", (LINKS,), DIFFERS),
    Lie("chain branched by an entry", bent(branched), "ledger.links_root", "", (LINKS,), DIFFERS),
    Lie("chain skipped by an entry", bent(skipped, keep=True), "ledger.links_root", "ledger.chain_gap", (LINKS,),
        DIFFERS | {"audit.missing"}),
]  # fmt: skip
every = pytest.mark.parametrize("lie", LIES, ids=str)


def read(market: Market) -> list[str]:
    ledger = market.fresh()
    return [record.ref for subject in (LOT, RIVAL) for record in ledger.chain(subject)]


@every
def test_the_audit_calls_it_a_fault(lie: Lie):
    market, entry = inspected()
    lie.told(market, entry)
    assert lie.code in faults(market.audit())


@every
def test_a_reader_notices_or_is_shown_less_than_there_is(lie: Lie):
    market, entry = inspected()
    before = read(market)
    lie.told(market, entry)
    if lie.read:
        with pytest.raises(TrustLedgerError) as seen:
            read(market)
        assert seen.value.code == lie.read
    else:
        shown = read(market)
        assert [ref for ref in shown if not ref.startswith(f"{entry + 1}/")] != before, "nothing is missing"


@pytest.mark.parametrize("lie", [lie for lie in LIES if lie.off], ids=str)
def test_without_its_defence_only_this_is_left(lie: Lie, monkeypatch):
    market, entry = inspected()
    lie.told(market, entry)
    for defence in lie.off:
        defence.switch(monkeypatch)
    assert faults(market.audit()) == lie.still


def test_a_seal_copied_into_anothers_record_opens_nothing_there():
    market = open_market()
    cost = {"currency": "CNY", "price": 1999, "components": []}
    place = market.ledger.append([draft("cost", LOT, cost, seal=["/price"])], signer=key("dairy")).places[0]
    sealed = market.ledger.record(*place).record
    openings = market.ledger.openings(sealed)
    copied = raw("cost", LOT, cost)
    record = parse_record(copied)
    data = {name: value for name, value in record.data.items() if name != "price"}
    copied = encode(
        [1, "cost", record.occurred_at, list(record.subjects), data, dict(sealed.sealed), [], bytes(16)]
    )
    told = sign(market, [copied], key("shop"))
    with pytest.raises(TrustLedgerError) as refused:
        market.ledger.submit(
            Submission(told.signed, told.raws), {sealed.sealed[at]: one for at, one in openings.items()}
        )
    assert refused.value.code == "ledger.opening_differs"
    put_in(market, told)
    assert faults(market.audit()) == {"audit.opening"}
    market.vault = type(market.vault).in_memory()
    assert market.audit().ok  # who does not hold the opening cannot tell, and is told no price either


def test_what_is_built_on_a_shortened_chain_is_a_branch_for_good():
    """A gap: an append proves the end of a chain, and takes it from the index that nothing follows."""
    market, entry = inspected()
    hide_latest(market, entry)
    market.ledger = market.fresh()
    place = market.say(key("lab"), "inspection", LOT, found_nothing("R-9"))
    assert place[0] == entry + 1
    found = {(fault.code, fault.entry) for fault in market.audit().faults}
    assert ("ledger.links_root", entry + 1) in found
