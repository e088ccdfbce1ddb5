"""What is asked of a statement before it is placed, and again, identically, by the audit.

Both ask with the same functions, so the ledger cannot admit what an audit would refuse. Times that grant anything are
the ledger's own; who may say what is decided by the state before the entry. The rules of the format hold always, those
of the registration policy from the entry after the one that set it.

Cost: a few questions for each statement and each kind in it. Single records are looked at only where a signer's right
is narrower than its role (scopes, guests), where the policy asks for what stood before, or where a record touches
goods that are not implied by what it is about.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from itertools import chain
from typing import Protocol

from trustledger.authority import rights
from trustledger.authority.changes import Placing
from trustledger.authority.genesis import Genesis
from trustledger.authority.policy import UNREADABLE, Policy
from trustledger.authority.rights import Said
from trustledger.authority.state import AUTHORITY_KINDS, KEY_KIND, LEDGER_KIND, AuthorityView
from trustledger.errors import ForkError, PolicyError
from trustledger.gs1 import classes, digital_link_problem, product_of_plain_lot
from trustledger.kinds.spec import NO_LOTS, KindSpec
from trustledger.record import Record, StoredRecord
from trustledger.statement import Statement, VerifiedStatement
from trustledger.subject import RESERVED, check_new_subject, party_subject, subject_hash


class Chains(Protocol):
    """What stood in the chains of subjects before an entry."""

    def steward(self, subject: str) -> str | None:
        """Who was the first to make a record about a subject; None if nobody was."""

    def kinds_about(self, subject: str) -> Iterator[str]:
        """Kinds of the records about a subject, oldest first."""


@dataclass(frozen=True, slots=True)
class Case:
    """A statement whose signatures hold, and the place of the log for which it is asked.

    Attributes:
        verified: The statement.
        entry: Index of its entry.
        at: When the ledger places it, ms since 1970-01-01T00:00:00Z.
        kinds: Each kind that it has records of, and the first position of one. Erased records have none.
        authority: The records that are of an authority kind or name a reserved subject, by position.
        touching: Positions of the records whose secondary subjects are not all classes of the primary one.
        said: Decodes the records at some positions, or all if None; erased ones are passed over.
        erased: Positions of the erased records, ascending, each with the hash of what it was about.
    """

    verified: VerifiedStatement
    entry: int
    at: int
    kinds: Mapping[str, int]
    authority: Mapping[int, StoredRecord]
    touching: Collection[int]
    said: Callable[[Collection[int] | None], Iterable[Said]]
    erased: Mapping[int, bytes] = field(default_factory=dict)

    def placing(self, operator: str) -> Placing:
        """The place, as the fold of authority records needs it."""
        statement = self.verified.statement
        return Placing(self.entry, self.at, statement.signers, self.verified.keys, operator)


def check_rights(
    view: AuthorityView, case: Case, chains: Chains, spec_of: Callable[[str], KindSpec | None]
) -> None:
    """Whether those who signed may say this here.

    Args:
        view: State before the entry.
        case: The statement and its place.
        chains: What stood before.
        spec_of: The kinds that are known here, for the lots that their records name.

    Raises:
        PolicyError: They may not; it says what would be needed.
    """
    signers = [state for uri in case.verified.statement.signers if (state := view.party(uri)) is not None]
    _check_recovering(case)
    rights.check_suspended(signers)
    policy = view.ledger.policy
    for state in signers:
        if state.guest is not None:
            rights.check_guest(policy, state, case.said(None))
        if state.scopes is not None:  # which limit what it says of goods: it may always end a key of its own
            said = (one for one in case.said(None) if one.kind not in AUTHORITY_KINDS)
            rights.check_scopes(state, said, case.at)
    if policy is None:
        return
    if not _only_authority(case):
        rights.check_time(policy, case.verified.statement.time, case.at)
    ordinary = {kind: first for kind, first in case.kinds.items() if kind not in AUTHORITY_KINDS}
    rights.check_kinds(policy, signers[0], signers[1:], ordinary)
    _check_before(policy, case, chains, ordinary)
    _check_strangers(policy, case, chains, spec_of)


def _only_authority(case: Case) -> bool:
    """Whether a statement holds nothing but records of authority kinds: no policy stands in the way of the next one.

    Else limits that nothing can keep, or an entry that a wrong clock placed far ahead, would end the ledger.
    """
    kinds = [record.kind for record in case.authority.values() if isinstance(record, Record)]
    return len(kinds) == case.verified.statement.records and AUTHORITY_KINDS.issuperset(kinds)


def _check_recovering(case: Case) -> None:
    """A recovery key brings its party back and says nothing else: it changes its keys, and those of the log."""
    for uri in case.verified.recovering:
        own = party_subject(uri)
        fit = [
            record
            for record in case.authority.values()
            if isinstance(record, Record)
            and (record.kind == LEDGER_KIND or (record.kind == KEY_KIND and record.subjects == (own,)))
        ]
        if len(fit) != case.verified.statement.records:
            raise PolicyError("authority.recovery_only", seen=uri)


def _check_before(policy: Policy, case: Case, chains: Chains, kinds: Mapping[str, int]) -> None:
    """What must come before what: in the chain of what a record is about, or earlier in the same statement."""
    wanted = {kind: before for kind in kinds if (before := policy.after(kind))}
    if not wanted:
        return
    here: dict[str, set[str]] = {}
    erased: dict[bytes, int] = {}
    for position, about in case.erased.items():
        erased.setdefault(about, position)
    settled: set[tuple[str, str]] = set()  # what stands before one record of a kind stands before the next
    for said in case.said(None):
        subject = said.subjects[0]
        earlier = here.setdefault(subject, set())
        if said.kind in wanted and (subject, said.kind) not in settled:
            if erased and erased.get(subject_hash(subject), said.position) < said.position:
                earlier.add(UNREADABLE)
            standing = chain(earlier, chains.kinds_about(subject))
            rights.check_after(said.position, said.kind, wanted[said.kind], standing)
            settled.add((subject, said.kind))
        earlier.add(said.kind)


def _check_strangers(
    policy: Policy, case: Case, chains: Chains, spec_of: Callable[[str], KindSpec | None]
) -> None:
    """Who may touch, in passing, what another party was the first to speak of."""
    if not case.touching:
        return
    signers = case.verified.statement.signers
    stewards: dict[str, str | None] = {}
    for said in case.said(case.touching):
        spec = spec_of(said.kind)
        lots, further = (NO_LOTS, ()) if spec is None else (spec.lots(said.data), spec.named_in(said.data))
        for subject in rights.strangers(policy, said, lots, further):
            if subject not in stewards:
                stewards[subject] = chains.steward(subject)
            rights.check_steward(said.position, subject, stewards[subject], signers)


def touches(subjects: Sequence[str]) -> bool:
    """Whether a record's secondary subjects are not all classes of what it is about: a lot's product, an item's lot.

    A guest that an order enrols is not among them.
    """
    return not set(subjects[1:]) <= set(classes(subjects[0]))


def look_at_subjects(
    subjects: Iterable[tuple[str, ...]], guests: Collection[int], authority: Collection[int] = ()
) -> list[int]:
    """All subjects of a statement's records are such as anybody may name.

    Args:
        subjects: The subjects of each record, in order.
        guests: Positions of the orders that may name a guest.
        authority: Positions of the records of authority kinds: their subjects are asked about when they are folded.

    Returns:
        Positions of the records that touch what is not implied by what they are about; see `Case`.

    Raises:
        PolicyError: One is not.
    """
    touching = []
    for position, uris in enumerate(subjects):
        if position in authority:
            continue
        product = product_of_plain_lot(uris[0])
        if product is not None and uris[1:] == (product,):  # the usual record; nothing is wrong with either
            continue
        check_subjects_allowed(uris, position, guest=position in guests)
        if len(uris) > 1 and touches(uris):
            touching.append(position)
    return touching


def check_identity(genesis: Genesis, statement: Statement, entry: int, seen_root: bytes | None) -> None:
    """The statement is for this ledger, and its signer has seen no other history of it.

    Raises:
        PolicyError: It names another ledger.
        ForkError: Its ``seen`` line is not this ledger's past.
    """
    if (statement.origin, statement.genesis) != (genesis.origin, genesis.hash):
        raise PolicyError("ledger.other_ledger", seen=statement.origin, expected=genesis.origin)
    seen = statement.seen
    if seen is not None and (seen.size > entry or seen.root != seen_root):
        raise ForkError("ledger.seen", seen=seen.root, expected=seen_root, size=seen.size)


def check_subjects_allowed(uris: Sequence[str], position: int = 0, *, guest: bool = False) -> None:
    """As `check_subject_allowed`, for all subjects of a record.

    Args:
        uris: The subjects.
        position: Position of the record.
        guest: The record may name a guest beside them: it is an order.
    """
    for uri in uris:
        if not (guest and uri.startswith(RESERVED)):
            check_subject_allowed(uri, position)


def check_subject_allowed(uri: str, position: int = 0) -> None:
    """Nobody's own records stand under the ledger's own subjects, and GS1 identifiers are what GS1 allows.

    Raises:
        PolicyError: Otherwise.
    """
    if uri.startswith(RESERVED):
        raise PolicyError("authority.reserved_subject", position=position, seen=uri)
    problem = digital_link_problem(uri)
    if problem is not None:
        raise PolicyError(
            "ledger.digital_link", position=position, seen=uri, why=problem.text(), why_zh=problem.text("zh")
        )


def allowed_keys(uris: Sequence[str], product: str | None) -> tuple[bytes, ...]:
    """The keys of a record's chains, for subjects in normal form that may stand in anybody's record.

    Args:
        uris: The subjects, at least one.
        product: What `trustledger.gs1.product_of_plain_lot` says of the first.

    Raises:
        FormatError: One is not in normal form.
        PolicyError: As `check_subject_allowed`.
        TypeError: One is no text.
    """
    if product is None:
        return tuple(map(_allowed_key, uris))
    return (sha256(uris[0].encode("ascii")).digest(), *map(_allowed_key, uris[1:]))


@lru_cache(maxsize=65_536)
def _allowed_key(uri: str) -> bytes:
    check_subject_allowed(check_new_subject(uri))
    return subject_hash(uri)
