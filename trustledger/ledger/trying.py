"""Trying a registration policy out: who could no longer sign what it signed before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from trustledger.authority.parties import PartyState
from trustledger.authority.policy import Policy
from trustledger.authority.rights import check_after, check_kinds, check_time
from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.errors import PolicyError
from trustledger.ledger.reader import Reader
from trustledger.ledger.standing import Standing
from trustledger.ledger.verified import VerifiedEntry, VerifiedRecord
from trustledger.record import Record, Withheld
from trustledger.statement import Statement


@dataclass(frozen=True, slots=True)
class ShutOut:
    """A party that another policy would keep from saying again what it said.

    Attributes:
        party: URI of the party.
        kind: Kind of the records; empty if it is the time of a statement that would not do.
        ref: The first record of this kind that it signed in this company, ``entry/position``; of a
            time, the entry of the first such statement.
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

    Asked are roles, how many parties sign and who cosigns; what must come before what, of the first record of each
    kind; and how far each statement's time lies from its placement. Not asked is who may touch whose goods, in passing.

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
    trying = _Trying(reader, reader.ledger.policy, policy)
    for index in range(reader.head.size):
        if progress is not None:
            progress(index, reader.head.size)
        entry = reader.entry(index)
        if isinstance(entry, VerifiedEntry):
            trying.ask(index, entry)
    return trying.found


class _Trying:
    """Asks entry after entry, and keeps what only the policy that is tried refuses."""

    def __init__(self, reader: Reader, before: Policy | None, policy: Policy) -> None:
        self.found: list[ShutOut] = []
        self._reader, self._before, self._policy = reader, before, policy
        self._asked: set[tuple[str, tuple[str, ...], str]] = set()

    def ask(self, index: int, entry: VerifiedEntry) -> None:
        """What one statement would be asked."""
        statement = entry.statement.statement
        states = [state for uri in statement.signers if (state := self._reader.party(uri)) is not None]
        if not states or states[0].guest is not None:
            return
        ordinary = False
        for placed in self._reader.records(index):
            if isinstance(placed.record, Withheld) or placed.kind in AUTHORITY_KINDS:
                continue
            ordinary = True
            kind = placed.kind
            if self._first(statement, kind):
                self._keep(statement, kind, placed.ref, partial(_check_kind, states=states, kind=kind))
                self._keep(statement, kind, placed.ref, partial(self._check_after, placed=placed))
        if ordinary:  # the time of records of authority alone is never asked
            at = entry.entry.sequenced_at
            self._keep(statement, "", str(index), lambda policy: check_time(policy, statement.time, at))

    def _first(self, statement: Statement, kind: str) -> bool:
        said = (statement.party, statement.cosigners, kind)
        if said in self._asked:
            return False
        self._asked.add(said)
        return True

    def _keep(self, statement: Statement, kind: str, ref: str, check: Callable[[Policy], None]) -> None:
        error = _refusal(self._policy, check)
        if error is None or (self._before is not None and _refusal(self._before, check) is not None):
            return
        if kind or self._first(statement, ""):  # one late statement of a party stands for all
            self.found.append(ShutOut(statement.party, kind, ref, statement.cosigners, error))

    def _check_after(self, policy: Policy, placed: VerifiedRecord) -> None:
        """What stood in the chain before a record, in earlier entries and in its own."""
        wanted = policy.after(placed.kind)
        if wanted and isinstance(placed.record, Record):
            subject = placed.record.subjects[0]
            here = (
                one.kind
                for one in self._reader.records(placed.entry)
                if one.position < placed.position
                and isinstance(one.record, Record)
                and one.record.subjects[0] == subject
            )
            standing = Standing(lambda: self._reader, placed.entry).kinds_about(subject)
            check_after(placed.position, placed.kind, wanted, chain(here, standing))


def _check_kind(policy: Policy, states: Sequence[PartyState], kind: str) -> None:
    check_kinds(policy, states[0], states[1:], {kind: 0})


def _refusal(policy: Policy, check: Callable[[Policy], None]) -> PolicyError | None:
    try:
        check(policy)
    except PolicyError as error:
        return error
    return None
