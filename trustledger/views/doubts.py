"""Records whose signature holds and proves little: the key was stolen, as somebody said later.

A revocation as *compromised since T* takes nothing back. Whatever the ledger placed at T or later with that key could
be the thief's, so it is marked wherever it is shown; when a statement claims to have been signed does not matter,
because a thief writes any time (docs/format.md, "Data of a key record").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trustledger.authority.parties import PartyState
    from trustledger.ledger.verified import VerifiedRecord


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a signature is doubted.

    Attributes:
        party: Whose key it is.
        key: Its key ID, 8 hex digits.
        since: From when on its signatures are doubted, ms since 1970-01-01T00:00:00Z, by the ledger's clock.
        entry: Index of the entry that said so.
        by: Who said so.
    """

    party: str
    key: str
    since: int
    entry: int
    by: tuple[str, ...]


def doubts_of(placed: VerifiedRecord, party: Callable[[str], PartyState | None]) -> tuple[Doubt, ...]:
    """The doubts about a record's signatures.

    Args:
        placed: The record.
        party: A party as far as is known by now, and not as it was when the record was placed.

    Returns:
        One for each key that was compromised when the record was placed, in the order of the signatures.
    """
    found = []
    for key in placed.keys:
        state = party(key.name)
        enrolled = None if state is None else state.enrolled(key)
        end = None if enrolled is None else enrolled.revoked
        if end is not None and end.since is not None and end.since <= placed.sequenced_at:
            found.append(Doubt(key.name, key.key_id.hex(), end.since, end.said_in, end.by))
    return tuple(found)
