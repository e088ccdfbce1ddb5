"""The append and the audit ask identically, and whoever folds one chain knows what an audit knows that folds them all.

By default a few dozen ledgers are tried; with ``TRUSTLEDGER_EXHAUSTIVE=1`` in the environment, some thousands.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st
from moves import moves
from town import PARTIES, Lie, Town, Watched, content, fill

from trustledger.errors import PolicyError
from trustledger.ledger import tables
from trustledger.ledger.erasing import withhold_record
from trustledger.ledger.reader import Reader
from trustledger.ledger.verified import VerifiedEntry
from trustledger.record import kind_bytes
from trustledger.statement import VerifiedStatement
from trustledger.store import LmdbStore, Store

EXAMPLES = 3_000 if os.environ.get("TRUSTLEDGER_EXHAUSTIVE") else 20
SOME = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
FEW = settings(SOME, max_examples=EXAMPLES // 4)
RIGHTS = (
    "authority.", "genesis.log_keys", "ledger.digital_link", "ledger.seen", "policy.", "statement.",
)  # fmt: skip
"""How the codes of refusals begin that are about rights; others are about content, of which an audit says less."""
stories = st.lists(moves, min_size=10, max_size=40)


class Unsigned(Reader):
    """Whoever erases in a store with a lie in it does not look at signatures."""

    def _verified(self, proven):
        return VerifiedEntry(proven.index, proven.entry, VerifiedStatement(proven.signed.statement, (), 0))


def live(told: list) -> Town:
    """A town in which all of this happened, and an audit found nothing wrong with what was admitted."""
    town = Town()
    for move in told:
        move(town)
    for line in town.story:
        note(str(line))
    return town


def watched(town: Town, store: Store | None = None) -> Watched:
    """An audit that finds nothing wrong, and the states it saw, the last one too."""
    found = town.watch(store)
    assert found.report.faults == []
    found.states.append(found.now())
    return found


def entry_of(lie: Lie) -> int:
    """Where it would have stood."""
    return tables.StoreHead.unpack(lie.before[0]).size


def wrong(town: Town, store: Store) -> set[tuple[str, int]]:
    """What an audit says, with the entries that it blames."""
    faults = town.audit(store).faults
    return {(fault.code, -1 if fault.entry is None else fault.entry) for fault in faults}


@SOME
@given(stories)
def test_what_is_admitted_is_right_for_an_audit_and_for_a_stranger(told):
    town = live(told)
    watched(town)
    town.strange_verdict()


@SOME
@given(stories)
def test_what_is_refused_is_a_fault_at_its_place_alone(told):
    town = live(told)
    for lie in [lie for lie in town.lies if lie.code.startswith(RIGHTS)][-8:]:
        found = wrong(town, town.place_unasked(lie))
        seen = lie.signed.statement.seen
        if seen is not None and seen.size > entry_of(
            lie
        ):  # an audit looks at this before it looks at signatures
            assert found == {("ledger.seen", entry_of(lie))}
        else:
            assert found == {(lie.code, entry_of(lie))}


@FEW
@given(stories, st.integers(0, 60))
def test_erasing_what_stood_before_excuses_no_lie(told, target):
    """But for what must come first: what was erased may have been it, and what is corrected may have been anything."""
    town = live(told)
    for lie in [lie for lie in town.lies if lie.code.startswith(("authority.", "policy."))][-4:]:
        places = [place for place in town.places if place[0] < entry_of(lie)]
        if lie.code == "policy.after" or not places:
            continue
        store = town.place_unasked(lie)
        with store.snapshot() as snapshot:
            reader = Unsigned(snapshot, fold=False)
        try:
            withhold_record(store, reader, *places[target % len(places)])
        except PolicyError:  # some records are never erased
            continue
        corrections = [raw for raw in lie.raws if kind_bytes(raw) == b"correction"]
        assert (lie.code, entry_of(lie)) in wrong(town, store) or corrections


@FEW
@given(stories, st.randoms(use_true_random=False))
def test_a_reader_of_single_chains_knows_what_the_audit_knows(told, random):
    town = live(told)
    found = watched(town)
    _compare(town, found, town.store, random)
    with tempfile.TemporaryDirectory() as folder, LmdbStore.open(
        Path(folder) / "copy.lmdb", tables.TABLES, create=True
    ) as store:  # fmt: skip
        fill(store, content(town.store))
        assert watched(town, store).states == found.states
        _compare(town, found, store, random)


def _compare(town: Town, found: Watched, store: Store, random) -> None:
    """A new reader, one that followed from time to time, the writer's own, and one that goes on from another."""
    town.catch_up()
    with store.snapshot() as snapshot, town.store.snapshot() as own:
        town.ledger._reader.renew(own)
        readers = [Reader(snapshot), town.lagging, town.ledger._reader, Reader(snapshot, town.lagging)]
        places = [(uri, entry) for uri in PARTIES for entry in range(1, len(found.states))]
        for reader in readers:
            random.shuffle(places)  # chains are folded when first asked for
            for uri, entry in places:
                assert reader.party(uri, entry) == found.states[entry].parties.get(uri)
            for entry in range(1, len(found.states)):
                assert reader.ledger_before(entry) == found.states[entry].ledger
            assert {uri: reader.party(uri) for uri in PARTIES if reader.party(uri)} == found.states[
                -1
            ].parties
            assert reader.ledger == found.states[-1].ledger
