"""The registration policy: what is asked of a statement before it is placed, and again by the audit.

Both ask with the same function, so the ledger cannot admit what an audit would refuse. Times that grant anything are
the ledger's own; who may say what is decided by the state before the entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256

from trustledger.authority.genesis import Genesis
from trustledger.authority.state import AuthorityView, PartyState, apply_records
from trustledger.errors import ForkError, PolicyError
from trustledger.gs1 import digital_link_problem, product_of_plain_lot
from trustledger.record import StoredRecord
from trustledger.statement import Statement
from trustledger.subject import RESERVED, check_new_subject, subject_hash


def check_registration(  # noqa: PLR0913, PLR0917  (all that a place of the log is)
    view: AuthorityView,
    genesis: Genesis,
    statement: Statement,
    entry: int,
    seen_root: bytes | None,
    subjects: Iterable[tuple[str, ...]],
    authority: Mapping[int, StoredRecord],
) -> dict[str, PartyState]:
    """Ask everything that is asked of a statement whose signatures hold.

    Args:
        view: State before the entry.
        genesis: Which ledger this is.
        statement: The statement.
        entry: Index of the entry it is to have.
        seen_root: Root of this ledger at the size that the ``seen`` line names; None without such a line.
        subjects: The subjects of each record, in order.
        authority: The records of authority kinds, by position.

    Returns:
        The parties that change with this statement.

    Raises:
        PolicyError: It may not stand here.
        ForkError: Its signer has seen another history.
        FormatError: An authority record whose data the format does not allow.
    """
    check_identity(genesis, statement, entry, seen_root)
    for position, names in enumerate(subjects):
        if position not in authority:
            check_subjects_allowed(names, position)
    return apply_records(view, statement.signers, entry, authority) if authority else {}


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


def check_subjects_allowed(uris: Sequence[str], position: int = 0) -> None:
    """As `check_subject_allowed`, for all subjects of a record."""
    if product_of_plain_lot(uris[0]) is None:
        check_subject_allowed(uris[0], position)
    for uri in uris[1:]:
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


def allowed_keys(uris: Sequence[str]) -> tuple[bytes, ...]:
    """The keys of a record's chains, for subjects in normal form that may stand in anybody's record.

    Args:
        uris: The subjects, at least one.

    Raises:
        FormatError: One is not in normal form.
        PolicyError: As `check_subject_allowed`.
        TypeError: One is no text.
    """
    first = uris[0]
    if product_of_plain_lot(first) is None:
        return tuple(map(_allowed_key, uris))
    return (sha256(first.encode("ascii")).digest(), *map(_allowed_key, uris[1:]))


@lru_cache(maxsize=65_536)
def _allowed_key(uri: str) -> bytes:
    check_subject_allowed(check_new_subject(uri))
    return subject_hash(uri)
