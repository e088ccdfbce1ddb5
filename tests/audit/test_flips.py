"""A flipped bit in anything that is stored is found, and named."""

from __future__ import annotations

import os

import pytest

from trustledger.ledger import tables

from .story import tell


@pytest.fixture(scope="module")
def story():
    told = tell(records=3)
    report = told.audit()
    assert report.ok, [fault.text() for fault in report.faults]
    assert report.counts["withheld"] == 1
    return told


def test_every_table_has_something_to_flip():
    tables_used = {table for table, _, _ in tell().values()}
    assert tables_used == set(tables.TABLES)


def flips(value: bytes):
    """Bit flips of a value: every bit of a short one; of a long one a bit at its ends and at places in between.

    With ``TRUSTLEDGER_EXHAUSTIVE=1`` in the environment, a bit of every byte.
    """
    if len(value) <= 4:
        yield from ((at, bit) for at in range(len(value)) for bit in range(8))
        return
    step = 1 if os.environ.get("TRUSTLEDGER_EXHAUSTIVE") else max(1, len(value) // 9)
    for at in sorted({*range(0, len(value), step), len(value) - 1}):
        yield at, (at * 5 + len(value)) % 8


@pytest.mark.parametrize("table", tables.TABLES)
def test_flipped_bit_is_a_fault(story, table):
    tried = 0
    for name, key, value in story.values():
        if name != table:
            continue
        for at, bit in flips(value):
            damaged = bytearray(value)
            damaged[at] ^= 1 << bit
            story.put(table, key, bytes(damaged))
            report = story.audit()
            story.put(table, key, value)
            assert report.faults or report.newer, f"{table} {key.hex()} byte {at} bit {bit} was not noticed"
            tried += 1
    if table not in ("runs", "roots"):  # a ledger this small has few runs and no roots of chunks; see below
        assert tried


@pytest.mark.parametrize("table", ["roots", "runs", "links", "bundles"])
def test_flipped_bit_in_a_ledger_of_several_chunks(table):
    told = tell()
    assert told.audit().ok
    for name, key, value in told.values():
        if name != table:
            continue
        for at in range(0, len(value), 211):
            damaged = bytearray(value)
            damaged[at] ^= 1 << (at % 8)
            told.put(table, key, bytes(damaged))
            assert told.audit().faults, f"{table} {key.hex()} byte {at}"
            told.put(table, key, value)


def test_flipped_bit_in_the_head(story):
    with story.store.snapshot() as snapshot:
        head = snapshot.head
    for at in range(len(head)):
        damaged = bytearray(head)
        damaged[at] ^= 1 << (at % 8)
        story.store.commit(head, {}, bytes(damaged))
        report = story.audit()
        story.store.commit(bytes(damaged), {}, head)
        assert report.faults, f"byte {at} of the head"


@pytest.mark.parametrize("table", tables.TABLES)
def test_deleted_and_added_keys(story, table):
    for name, key, value in story.values():
        if name == table:
            story.put(table, key, None)
            report = story.audit()
            assert report.faults or any(note.code == "audit.no_checkpoint" for note in report.notes), (
                key.hex()
            )
            story.put(table, key, value)
    for key in (b"\x00", b"\xff" * 40):
        story.put(table, key, b"\x00" * 12)
        assert story.audit().faults, key.hex()
        story.put(table, key, None)
    assert story.audit().ok


def test_flipped_bit_in_an_opening(story):
    with story.vault._store.snapshot() as snapshot:
        ((key, value),) = snapshot.scan("openings")
    head = b""
    for at in range(len(value)):
        damaged = bytearray(value)
        damaged[at] ^= 1 << (at % 8)
        story.vault._store.commit(head, {"openings": [(key, bytes(damaged))]}, head)
        assert story.audit().faults, f"byte {at}"
    story.vault._store.commit(head, {"openings": [(key, value)]}, head)
    assert story.audit().ok
