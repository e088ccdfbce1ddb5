"""Trying a registration policy out: who could no longer sign what it signed before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from trustledger.authority.parties import PartyState
from trustledger.authority.policy import Policy
from trustledger.authority.rights import check_kinds
from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.errors import PolicyError
from trustledger.ledger.reader import Reader
from trustledger.ledger.verified import VerifiedEntry
from trustledger.record import Withheld


@dataclass(frozen=True, slots=True)
class ShutOut:
    """A party that another policy would keep from saying again what it said.

    Attributes:
        party: URI of the party.
        kind: Kind of the records.
        ref: The first record of this kind that it signed in this company, ``entry/position``.
        cosigners: Who signed with it.
        error: What the policy would say.
    """

    party: str
    kind: str
    ref: str
    cosigners: tuple[str, ...]
    error: PolicyError


def shut_out(
    reader: Reader, policy: Policy, progress: Callable[[int, int], None] | None = None
) -> list[ShutOut]:
    """Which parties could no longer sign the kinds they signed, with the roles they have today.

    What the policy in force refuses them already is left out, and so are guests, who have no roles. Reads every record
    once.

    Args:
        reader: The ledger.
        policy: The policy to try.
        progress: Told entries read, and of how many.

    Returns:
        One for each party, kind and company of signers, in the order of the log.

    Raises:
        VerificationError: A record does not hold.
    """
    before = reader.ledger.policy
    found: list[ShutOut] = []
    asked: set[tuple[str, tuple[str, ...], str]] = set()
    for index in range(reader.head.size):
        if progress is not None:
            progress(index, reader.head.size)
        entry = reader.entry(index)
        if not isinstance(entry, VerifiedEntry):
            continue
        statement = entry.statement.statement
        states = [state for uri in statement.signers if (state := reader.party(uri)) is not None]
        if not states or states[0].guest is not None:
            continue
        for placed in reader.records(index):
            if isinstance(placed.record, Withheld) or placed.kind in AUTHORITY_KINDS:
                continue
            said = (statement.party, statement.cosigners, placed.kind)
            if said in asked:
                continue
            asked.add(said)
            error = _refusal(policy, states, placed.kind)
            if error is not None and (before is None or _refusal(before, states, placed.kind) is None):
                found.append(ShutOut(statement.party, placed.kind, placed.ref, statement.cosigners, error))
    return found


def _refusal(policy: Policy, signers: list[PartyState], kind: str) -> PolicyError | None:
    try:
        check_kinds(policy, signers[0], signers[1:], {kind: 0})
    except PolicyError as error:
        return error
    return None
