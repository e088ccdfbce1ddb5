"""How parties came to their rights: the histories of the ledger's own chains, folded when first asked for.

What a party may sign at some place is said by the records of its reserved chain before that place. Those records are
signed by the operator, by the party itself, or for a guest by a merchant, whose own keys come from their own chains in
turn. So the fold first gathers every chain it needs, and then goes through their entries in the order of the log, as an
audit does: each signature is checked with the states that stand before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from trustledger.authority.changes import Placing
from trustledger.authority.genesis import Genesis
from trustledger.authority.ledgers import LedgerState
from trustledger.authority.parties import PartyState
from trustledger.authority.state import authority_record, change_ledger, change_state, party_of
from trustledger.errors import VerificationError
from trustledger.ledger.verified import ProvenEntry
from trustledger.record import StoredRecord, Withheld
from trustledger.statement import NO_KEYS, KeyRing, check_signatures
from trustledger.subject import LEDGER, party_subject


class Proven(NamedTuple):
    """A record in a chain whose links were computed again, before anybody looked at the signatures."""

    entry: ProvenEntry
    position: int
    record: StoredRecord


Walk = Callable[[str], Iterator[Proven]]
"""The records of a subject's chain, oldest first, their signatures not yet checked."""
_State = TypeVar("_State", PartyState, LedgerState)


class Histories:
    """States of parties, and of the ledger itself, at places of the log.

    Args:
        genesis: What entry 0 establishes.
        walk: Reads a chain.
        length: How many records stand in a subject's chain.
    """

    def __init__(self, genesis: Genesis, walk: Walk, length: Callable[[str], int]) -> None:
        self._genesis = genesis
        self._walk = walk
        self._length = length
        self._parties: dict[str, list[PartyState]] = {}
        self._ledger: list[LedgerState] = []
        self._folded: dict[str, int] = {}
        self._renewals = 0
        self._known_at: dict[str, int] = {}

    def copy_for(self, walk: Walk, length: Callable[[str], int]) -> Histories:
        """The same histories, to be gone on with by another reader."""
        copy = Histories(self._genesis, walk, length)
        copy._parties, copy._folded = dict(self._parties), dict(self._folded)
        copy._ledger = list(self._ledger)
        return copy

    def renew(self) -> None:
        """The log has grown: a chain that is asked for again is looked at first, and read anew if it has."""
        self._renewals += 1

    def _knows(self, name: str) -> bool:
        """Whether a chain was folded and has not grown since. What was folded of it stays true: it is the past."""
        if name not in self._folded:
            return False
        if self._known_at.get(name) != self._renewals:
            if self._length(_subject(name)) != self._folded[name]:
                self._parties.pop(name, None)
                del self._folded[name]
                return False
            self._known_at[name] = self._renewals
        return True

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party's state before an entry, or now.

        Args:
            uri: The party.
            before: Index of the entry; its own records grant nothing to it. None for the state after all entries.

        Raises:
            VerificationError: A record of its chain, or of a chain that this one needs, does not verify.
            NewerFormatError: One of them was made by a later version.
        """
        if not self._knows(uri):
            self._fold(uri)
        return _state_before(self._parties[uri], before)

    def ledger(self, before: int | None = None) -> LedgerState:
        """The ledger's own state before an entry, or now.

        Raises:
            VerificationError: As `party`.
            NewerFormatError: As `party`.
        """
        if not self._knows(LEDGER):
            self._fold(LEDGER)
        return _state_before(self._ledger, before) or self._genesis.ledger

    def _fold(self, name: str) -> None:
        """Fold a chain, and with it every chain that its signatures need and that is not folded yet."""
        found, lengths = self._gather(name)
        operator = self._genesis.operator
        new: dict[str, list[PartyState]] = {name: [] for name in lengths if name != LEDGER}
        ledger = [self._genesis.ledger] if LEDGER in lengths else self._ledger
        if operator.uri in new:
            new[operator.uri].append(operator)

        def key_ring(name: str) -> KeyRing:
            state = _state_before(new.get(name) or self._parties.get(name, []), index)
            return state.key_ring() if state else NO_KEYS

        for index, position in sorted(found):
            name, proven = found[index, position]
            verified = check_signatures(proven.entry.signed, key_ring)
            placing = Placing(
                index,
                proven.entry.entry.sequenced_at,
                verified.statement.signers,
                verified.keys,
                operator.uri,
            )
            if isinstance(proven.record, Withheld):
                raise VerificationError("ledger.authority_record", seen=f"{index}/{position}")
            record = authority_record(proven.record, placing, position)
            if name == LEDGER:
                ledger.append(change_ledger(ledger[-1], record, placing))
            elif party_of(record) == name:
                before = new[name][-1] if new[name] else None
                new[name].append(change_state(before, name, record, placing))
            else:
                raise VerificationError("ledger.authority_record", seen=f"{index}/{position}")
        self._parties.update(new)
        self._ledger = ledger
        self._folded.update(lengths)
        self._known_at.update(dict.fromkeys(lengths, self._renewals))

    def _gather(self, name: str) -> tuple[dict[tuple[int, int], tuple[str, Proven]], dict[str, int]]:
        """The records, by place, of all chains that the fold needs, and the chains' lengths."""
        found: dict[tuple[int, int], tuple[str, Proven]] = {}
        lengths: dict[str, int] = {}
        wanted = [name, self._genesis.operator.uri]
        while wanted:
            name = wanted.pop()
            if name in lengths or self._knows(name):
                continue
            lengths[name] = self._length(_subject(name))
            for proven in self._walk(_subject(name)):
                if proven.entry.index:  # entry 0 was checked as a whole
                    found[proven.entry.index, proven.position] = name, proven
                    wanted.extend(proven.entry.signed.statement.signers)
        return found, lengths


def _subject(name: str) -> str:
    """The chain of a party, or of the ledger itself."""
    return name if name == LEDGER else party_subject(name)


def _state_before(history: list[_State], before: int | None) -> _State | None:
    if before is None:
        return history[-1] if history else None
    known = bisect_left(history, max(before, 1), key=lambda state: state.changed)
    return history[known - 1] if known else None
