"""How parties came to their keys: the histories of their own chains, folded when first asked for.

A party's history is read from its reserved chain, each record verified like any other, which needs the operator's keys
at that place, which come from the operator's own chain, which begins with genesis.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator

from trustledger.authority.genesis import Genesis
from trustledger.authority.state import AUTHORITY_KINDS, PartyState, authority_data, step
from trustledger.errors import VerificationError
from trustledger.ledger.verified import VerifiedRecord
from trustledger.record import Record, refuse_newer
from trustledger.subject import party_subject


class Histories:
    """States of parties at places of the log.

    Args:
        genesis: What entry 0 establishes.
        chain: Verified records of a subject, oldest first.
        length: How many records stand in a subject's chain.
    """

    def __init__(
        self,
        genesis: Genesis,
        chain: Callable[[str], Iterator[VerifiedRecord]],
        length: Callable[[str], int],
    ) -> None:
        self._genesis = genesis
        self._chain = chain
        self._length = length
        self._states: dict[str, list[PartyState]] = {}
        self._folded: dict[str, int] = {}

    def copy_for(
        self, chain: Callable[[str], Iterator[VerifiedRecord]], length: Callable[[str], int]
    ) -> Histories:
        """The same histories, to be gone on with by another reader."""
        copy = Histories(self._genesis, chain, length)
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
        """
        history = self._states.get(uri)
        if history is None:
            try:
                history = self._fold(uri)
            except BaseException:  # what was folded so far must not pass for the whole
                self._states.pop(uri, None)
                raise
        if before is None:
            return history[-1] if history else None
        known = bisect_left(history, max(before, 1), key=lambda state: state.changed)
        return history[known - 1] if known else None

    def _fold(self, uri: str) -> list[PartyState]:
        """Read a party's own chain and fold it. The operator's begins with what genesis enrolled."""
        operator = self._genesis.operator
        history = self._states[uri] = [operator] if uri == operator.uri else []
        self._folded[uri] = self._length(party_subject(uri))
        for placed in self._chain(party_subject(uri)):
            if placed.entry == 0:
                continue
            record = refuse_newer(placed.record)
            if not isinstance(record, Record) or record.kind not in AUTHORITY_KINDS:
                raise VerificationError("ledger.authority_record", seen=placed.ref)
            if operator.uri not in (placed.party, *placed.cosigners):
                raise VerificationError(
                    "authority.not_operator",
                    seen=placed.party,
                    expected=operator.uri,
                    position=placed.position,
                )
            _, data = authority_data(record, placed.position)
            history.append(step(history[-1] if history else None, uri, data, placed.entry))
        return history
