"""How parties came to their keys: the histories of their own chains, folded when first asked for.

What a party may sign at some place is said by the records of its reserved chain before that place. Those records are
signed by the operator, and perhaps by others beside it, whose own keys come from their own chains in turn. So the fold
first gathers every chain it needs, and then goes through their entries in the order of the log, as an audit does: each
signature is checked with the states that stand before it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from trustledger.authority.genesis import Genesis
from trustledger.authority.state import AUTHORITY_KINDS, PartyState, authority_data, step
from trustledger.errors import VerificationError
from trustledger.ledger.verified import ProvenEntry
from trustledger.note import VerifierKey
from trustledger.record import Record, StoredRecord, refuse_newer
from trustledger.statement import check_signatures
from trustledger.subject import party_subject


class Proven(NamedTuple):
    """A record in a chain whose links were computed again, before anybody looked at the signatures."""

    entry: ProvenEntry
    position: int
    record: StoredRecord


Walk = Callable[[str], Iterator[Proven]]
"""The records of a subject's chain, oldest first, their signatures not yet checked."""


class Histories:
    """States of parties at places of the log.

    Args:
        genesis: What entry 0 establishes.
        walk: Reads a chain.
        length: How many records stand in a subject's chain.
    """

    def __init__(self, genesis: Genesis, walk: Walk, length: Callable[[str], int]) -> None:
        self._genesis = genesis
        self._walk = walk
        self._length = length
        self._states: dict[str, list[PartyState]] = {}
        self._folded: dict[str, int] = {}

    def copy_for(self, walk: Walk, length: Callable[[str], int]) -> Histories:
        """The same histories, to be gone on with by another reader."""
        copy = Histories(self._genesis, walk, length)
        copy._states, copy._folded = dict(self._states), dict(self._folded)
        return copy

    def forget_if_grown(self) -> None:
        """Read everything anew if a chain that was read has grown."""
        if any(self._length(party_subject(uri)) != length for uri, length in self._folded.items()):
            self._states, self._folded = {}, {}

    def party(self, uri: str, before: int | None = None) -> PartyState | None:
        """A party's state before an entry, or now.

        Args:
            uri: The party.
            before: Index of the entry; its own records grant nothing to it. None for the state after all entries.

        Raises:
            VerificationError: A record of its chain, or of a chain that this one needs, does not verify.
            NewerFormatError: One of them was made by a later version.
        """
        if uri not in self._states:
            self._fold(uri)
        return _state_before(self._states[uri], before)

    def _fold(self, uri: str) -> None:
        """Fold this party's chain, and with it every chain that its signatures need and that is not folded yet."""
        found, lengths = self._gather(uri)
        states: dict[str, list[PartyState]] = {name: [] for name in lengths}
        if self._genesis.operator.uri in states:
            states[self._genesis.operator.uri].append(self._genesis.operator)

        def active_keys(name: str) -> list[VerifierKey]:
            state = _state_before(states.get(name) or self._states.get(name, []), index)
            return state.active_keys() if state else []

        for index, position in sorted(found):
            name, proven = found[index, position]
            check_signatures(proven.entry.signed, active_keys)
            data = self._party_data(proven)
            history = states[name]
            history.append(step(history[-1] if history else None, name, data, index))
        self._states.update(states)
        self._folded.update(lengths)

    def _gather(self, uri: str) -> tuple[dict[tuple[int, int], tuple[str, Proven]], dict[str, int]]:
        """The records, by place, of all chains that the fold needs, and the chains' lengths."""
        found: dict[tuple[int, int], tuple[str, Proven]] = {}
        lengths: dict[str, int] = {}
        wanted = [uri, self._genesis.operator.uri]
        while wanted:
            name = wanted.pop()
            if name in lengths or name in self._states:
                continue
            lengths[name] = self._length(party_subject(name))
            for proven in self._walk(party_subject(name)):
                if proven.entry.index:  # entry 0 was checked as a whole
                    found[proven.entry.index, proven.position] = name, proven
                    wanted.extend(proven.entry.signed.statement.signers)
        return found, lengths

    def _party_data(self, proven: Proven) -> dict[str, object]:
        operator, statement = self._genesis.operator.uri, proven.entry.signed.statement
        record = refuse_newer(proven.record)
        if not isinstance(record, Record) or record.kind not in AUTHORITY_KINDS:
            raise VerificationError("ledger.authority_record", seen=f"{proven.entry.index}/{proven.position}")
        if operator not in statement.signers:
            raise VerificationError(
                "authority.not_operator", seen=statement.party, expected=operator, position=proven.position
            )
        return dict(authority_data(record, proven.position)[1])


def _state_before(history: list[PartyState], before: int | None) -> PartyState | None:
    if before is None:
        return history[-1] if history else None
    known = bisect_left(history, max(before, 1), key=lambda state: state.changed)
    return history[known - 1] if known else None
