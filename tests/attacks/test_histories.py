"""Histories that were replayed, cut off, or told twice: what the bytes show, and what only somebody's memory does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from defences import edited, forget, nothing
from market import (
    LOT,
    ORIGIN,
    ORIGIN_DATA,
    RAW,
    Market,
    Told,
    draft,
    faults,
    found_nothing,
    key,
    lie,
    open_market,
    put_in,
    raw,
    sign,
    unparsed,
)

from trustledger.checkpoint import Checkpoint, sign_checkpoint, verify_checkpoint
from trustledger.errors import ForkError, PolicyError, TrustLedgerError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.ledger import Ledger, tables
from trustledger.ledger.submission import Submission
from trustledger.log import Entry, parse_entry
from trustledger.merkle import Frontier, leaf_hash
from trustledger.statement import parse_statement

FAILED = found_nothing("R-7", value="9.9")
FINE = found_nothing("R-7", value="0.001")


@pytest.fixture(autouse=True)
def remember_nothing():
    yield
    forget()


def submission(told: Told) -> Submission:
    return Submission(told.signed, told.raws)


def inspection(market: Market, *, seen: bool = False, **changes: object) -> Told:
    """The laboratory's statement, not yet placed."""
    if seen:
        changes["seen"] = market.seen()
    return sign(market, [raw("inspection", LOT, FINE)], key("lab"), **changes)


def cut(market: Market, size: int, *, checkpoint: bytes | None = None) -> None:
    """Take everything behind the first entries out of the store, whatever index it stands in, and keep a checkpoint."""
    before = open_market()
    assert before.ledger.size == size
    with before.store.snapshot() as old, market.store.snapshot() as now:
        writes = {}
        for table in tables.TABLES:
            rows, keep = dict(now.scan(table)), dict(old.scan(table))
            if table == "checkpoints":
                keep = {tables.LATEST: checkpoint or rows[tables.LATEST]}
            gone = [(at, None) for at in rows if at not in keep]
            writes[table] = [*gone, *((at, value) for at, value in keep.items() if rows.get(at) != value)]
        head = now.head
        market.store.commit(head, writes, old.head)
    market.ledger = market.fresh()


# --- replayed ---------------------------------------------------------------------------------------------------------


def test_a_statement_sent_again_is_its_first_placement():
    market = open_market()
    told = inspection(market)
    first = market.ledger.submit(submission(told))
    again = market.ledger.submit(submission(told))
    assert (again.entry, again.new) == (first.entry, False)
    assert market.ledger.size == first.entry + 1


def test_a_statement_placed_twice_is_a_fault(monkeypatch):
    market = open_market()
    told = inspection(market)
    put_in(market, told)
    put_in(market, told)
    report = market.audit()
    assert "audit.differs" in faults(report)
    assert {fault.table for fault in report.faults} == {"ids"}
    nothing("trustledger.audit.indexes:Indexes.check_statement").switch(monkeypatch)
    nothing("trustledger.audit.indexes:Indexes.finish_derived").switch(monkeypatch)
    report = market.audit()
    assert report.ok
    assert [finding.code for finding in report.findings] == ["audit.twice"]


@pytest.mark.parametrize("restarted", ["staging.example/ledger", ORIGIN])
def test_a_statement_from_a_staging_copy_or_of_a_ledger_restarted_under_its_name(restarted):
    market = open_market()
    told = inspection(market)
    other = Ledger.in_memory(origin=restarted, operator=key("operator"), log=_log(restarted))
    lab = key("lab")
    other.enrol(lab.party, operator=key("operator"), key_note=key_note(lab), roles=["inspector"])
    with pytest.raises(PolicyError) as refused:
        other.submit(submission(told))
    assert refused.value.code == "ledger.other_ledger"


def _log(origin: str) -> Ed25519Signer:
    return Ed25519Signer.from_seed(origin, bytes([77]) * 32)


@pytest.mark.parametrize("seen", [True, False])
def test_a_statement_moved_into_a_second_history_of_the_same_ledger(seen):
    """With a ``seen`` line it is a fault; without one, only a checkpoint of the first history shows the second."""
    first, second = open_market(), open_market()
    first.say(key("lab"), "inspection", LOT, found_nothing("R-6", value="9.9"))
    checkpoint = first.ledger.checkpoint().note
    told = inspection(first, seen=seen, time=first.now)
    first.ledger.submit(submission(told))
    lie(second, [raw("origin", RAW + "3", ORIGIN_DATA)], key("farm", 1))
    if seen:
        with pytest.raises(ForkError) as refused:
            second.ledger.submit(submission(told))
        assert refused.value.code == "ledger.seen"
    put_in(second, told)
    assert faults(second.audit()) == ({"ledger.seen"} if seen else set())
    assert "audit.checkpoint_root" in faults(second.audit(since=checkpoint))


# --- rewritten --------------------------------------------------------------------------------------------------------


def test_history_rewritten_and_signed_anew_is_caught_by_an_earlier_checkpoint_alone(monkeypatch):
    market = open_market()
    market.say(key("lab"), "inspection", LOT, FAILED)
    earlier = market.ledger.checkpoint().note
    cut(market, open_market().ledger.size, checkpoint=open_market().ledger.checkpoint().note)
    put_in(market, inspection(market))  # the laboratory plays along, and names no checkpoint
    assert market.audit().ok
    assert faults(market.audit(since=earlier)) == {"audit.checkpoint_root"}
    edited(
        "trustledger.audit.replay:_Replay._compare_roots", "checkpoint.root != self._root_at(size)", "False"
    ).switch(monkeypatch)
    assert market.audit(since=earlier).ok


def test_history_rewritten_before_somebody_who_had_seen_it_spoke(monkeypatch):
    market = open_market()
    market.say(key("shop"), "observation", LOT, {"step": "storing"})
    told = inspection(market, seen=True)
    cut(market, open_market().ledger.size, checkpoint=open_market().ledger.checkpoint().note)
    lie(market, [raw("origin", RAW + "3", ORIGIN_DATA)], key("farm", 1))
    put_in(market, told)
    assert faults(market.audit()) == {"ledger.seen"}
    edited("trustledger.audit.replay:check_identity", "seen is not None", "False").switch(monkeypatch)
    assert market.audit().ok


def test_two_checkpoints_of_one_size_convict_the_log_when_they_meet():
    """Each history is whole by itself. Only somebody who holds both checkpoints, a witness, can tell."""
    first, second = open_market(), open_market()
    first.say(key("lab"), "inspection", LOT, FAILED)
    second.say(key("lab"), "inspection", LOT, FINE)
    notes = [market.ledger.checkpoint().note for market in (first, second)]
    one, other = (verify_checkpoint(note, ORIGIN, [key("log").public]).checkpoint for note in notes)
    assert one.size == other.size
    assert one.root != other.root
    assert first.audit().ok
    assert second.audit().ok
    assert faults(first.audit(since=notes[1])) == {"audit.checkpoint_root"}
    assert faults(second.audit(since=notes[0])) == {"audit.checkpoint_root"}


# --- cut off ----------------------------------------------------------------------------------------------------------


def test_a_truncated_log_beside_its_checkpoint_is_a_fault(monkeypatch):
    market = open_market()
    market.say(key("lab"), "inspection", LOT, FAILED)
    cut(market, open_market().ledger.size)
    assert faults(market.audit()) == {"audit.truncated"}
    with pytest.raises(TrustLedgerError):
        market.say(key("lab"), "inspection", LOT, FINE)
    edited("trustledger.audit.replay:_Replay._finish", "claim.size > head.size and", "False and").switch(
        monkeypatch
    )
    assert market.audit().ok


def test_a_truncated_log_with_a_checkpoint_of_its_new_size_is_an_old_copy():
    """Only a later checkpoint that somebody kept shows it."""
    market = open_market()
    market.say(key("lab"), "inspection", LOT, FAILED)
    later = market.ledger.checkpoint().note
    cut(market, open_market().ledger.size, checkpoint=open_market().ledger.checkpoint().note)
    assert market.audit().ok
    assert faults(market.audit(since=later)) == {"audit.truncated"}


def test_a_record_left_out_before_it_was_ever_placed_is_nobodys_to_find():
    """An operator that does not place what it was sent leaves no trace in the bytes."""
    market = open_market()
    inspection(market)
    assert market.audit().ok


def test_a_spare_signature_is_stripped_before_placement_and_not_after():
    """Two of three are enough, so who carries a statement with three can leave one out."""
    market = open_market()
    three = [key("coop", number) for number in range(3)]
    told = sign(market, [raw("origin", RAW + "2", ORIGIN_DATA)], *three)
    fewer = Told(told.raws, parse_statement(unparsed(told, told.signed.lines[1:]).signed.raw))
    entry = market.ledger.submit(submission(fewer)).entry
    assert market.audit().ok
    again = open_market()
    placed = put_in(again, told)
    at = tables.u64(placed)
    kept = parse_entry(again.get("entries", at))
    assert isinstance(kept, Entry)
    again.put("entries", at, replace(kept, note=fewer.signed.raw).encode())
    assert "audit.checkpoint_root" in faults(again.audit())
    assert placed == entry


# --- the log's key ----------------------------------------------------------------------------------------------------

RETIRED = edited(
    "trustledger.audit.replay:_Replay._signed_checkpoint",
    "ledger.log_keys",
    "(*ledger.log_keys, *ledger.retired)",
)


def rotated() -> Market:
    """The log's key was changed: the old one signs no more."""
    market = open_market()
    ledger = market.fresh(key("log"), key("log", 1))
    ledger.authority.set_log_keys([key("log").public, key("log", 1).public], operator=key("operator"))
    ledger.authority.set_log_keys([key("log", 1).public], operator=key("operator"))
    market.log = key("log", 1)
    market.ledger = market.fresh()
    return market


def test_a_retired_log_key_signs_no_checkpoint(monkeypatch):
    market = rotated()
    assert market.audit().ok
    with pytest.raises(PolicyError) as refused:
        market.fresh(key("log")).append([draft("inspection", LOT, FINE)], signer=key("lab"))
    assert refused.value.code == "ledger.log_key_retired"
    market.log = key("log")
    lie(market, [raw("inspection", LOT, FINE)], key("lab"))
    assert faults(market.audit()) == {"checkpoint.unsigned"}
    with pytest.raises(TrustLedgerError):
        market.fresh(key("log", 1)).append(
            [draft("inspection", LOT, found_nothing("R-8"))], signer=key("lab")
        )
    RETIRED.switch(monkeypatch)
    assert market.audit().ok


def test_a_retired_log_key_can_still_tell_another_past():
    """What it could sign when it was the log's it can sign for ever: an earlier checkpoint, or a witness, knows better."""
    market = rotated()
    with market.store.snapshot() as snapshot:
        entries = [value for _, value in snapshot.scan("entries")]
    frontier = Frontier()
    for entry in entries[:5]:
        frontier.append(leaf_hash(entry))
    false = sign_checkpoint(Checkpoint(ORIGIN, 5, bytes(32)), [key("log")])
    true = sign_checkpoint(Checkpoint(ORIGIN, 5, frontier.root()), [key("log")])
    assert market.audit(since=true).ok
    assert faults(market.audit(since=false)) == {"audit.checkpoint_root"}
