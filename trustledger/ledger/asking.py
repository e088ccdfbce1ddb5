"""Asking for the right to say something before it is said: for dry runs, and before the first page of many is placed.

The same questions as when a statement is placed (`trustledger.authority.registration.check_rights`), with the ledger as
it is now. The answer is no promise: the next entry of somebody else may change it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from trustledger.authority.policy import UNREADABLE
from trustledger.authority.registration import Case, check_rights, look_at_subjects
from trustledger.errors import PolicyError
from trustledger.kinds.registry import Kinds
from trustledger.ledger.card import Card
from trustledger.ledger.prepared import Prepared
from trustledger.ledger.reader import Reader
from trustledger.ledger.standing import Standing
from trustledger.note import VerifierKey
from trustledger.record import kind_bytes
from trustledger.statement import Statement, VerifiedStatement
from trustledger.store import Store

MAX_EARLIER: Final = 1_000_000
"""Subjects of earlier pages that are kept in mind, some 200 MB; about further ones ``after`` is not asked."""
_NO_ID: Final = bytes(16)
_NO_ROOT: Final = bytes(32)


class Asking:
    """Asks, page by page, whether some parties may append what they are going to. Made by `Appender.asking`.

    Args:
        store: Where the ledger is kept.
        reader: The ledger as far as it was verified.
        card: Which ledger it is.
        kinds: Kinds of records that may be said.
        clock: Milliseconds since 1970-01-01T00:00:00Z.
        party: URI of the party that is going to sign.
        cosigners: URIs of the other parties that are going to sign.
        keys: The keys that are going to sign, as far as they are known.
    """

    def __init__(  # noqa: PLR0913, PLR0917  (parts of an `Appender`, and who asks)
        self,
        store: Store,
        reader: Reader,
        card: Card,
        kinds: Kinds,
        clock: Callable[[], int],
        party: str,
        cosigners: Iterable[str],
        keys: Sequence[VerifierKey],
    ) -> None:
        self._store, self._reader, self._card, self._kinds = store, reader, card, kinds
        self._clock = clock
        self._party = party
        self._cosigners = tuple(sorted(set(cosigners) - {party}))
        self._keys = tuple(keys)
        self._earlier: dict[str, set[str]] = {}
        self._asked = 0

    def ask(self, batch: Prepared) -> None:
        """Whether they may append the next page of new records.

        Args:
            batch: The records; what stands in the ledger already is not among them.

        Raises:
            PolicyError: They may not, and why; ``position`` counts the records of all pages.
        """
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            if self._reader.party(self._party) is None:
                raise PolicyError("ledger.not_enrolled", seen=self._party)
            try:
                self._ask(batch)
            except PolicyError as error:
                position = error.facts.get("position")
                if isinstance(position, int):
                    error.facts["position"] = position + self._asked
                raise
            self._remember(batch)
        self._asked += len(batch.raws)

    def _ask(self, batch: Prepared) -> None:
        reader, size, now = self._reader, self._reader.head.size, self._clock()
        standing = Standing(lambda: reader, size)
        case = Case(
            self._verified(len(batch.raws), now),
            size,
            max(now, reader.head.sequenced_at),
            batch.kinds(),
            batch.authority,
            look_at_subjects(batch.subjects, batch.orders(), batch.keyless()),
            lambda positions: standing.said(batch.records(positions)),
        )
        check_rights(reader, case, _Growing(standing, self._earlier), self._kinds.spec)

    def _verified(self, records: int, now: int) -> VerifiedStatement:
        """The statement to be, as if its signatures held."""
        card = self._card
        statement = Statement(
            card.origin, card.genesis, self._party, self._cosigners, now, _NO_ID, None, records, _NO_ROOT
        )
        rings = {uri: state.key_ring() for uri in statement.signers if (state := self._reader.party(uri))}
        recovering = tuple(
            uri
            for uri, ring in rings.items()
            if any(key in ring.recovery for key in self._keys)
            and sum(key in ring.keys for key in self._keys) < ring.threshold
        )
        return VerifiedStatement(statement, self._keys, 0, recovering)

    def _remember(self, batch: Prepared) -> None:
        """What a page says, for those after it, if the policy asks for what stood before."""
        policy = self._reader.ledger.policy
        if policy is None or not any(
            rule.after for rule in (*policy.kinds.values(), policy.unlisted) if rule
        ):
            return
        earlier = self._earlier
        for raw, subjects in zip(batch.raws, batch.subjects, strict=True):
            if subjects[0] in earlier or len(earlier) < MAX_EARLIER:
                earlier.setdefault(subjects[0], set()).add(kind_bytes(raw).decode())


class _Growing:
    """What stands in the ledger, and what the pages before this one are going to add."""

    def __init__(self, standing: Standing, earlier: dict[str, set[str]]) -> None:
        self._standing = standing
        self._earlier = earlier

    def steward(self, subject: str) -> str | None:
        """Whoever was first in the ledger; if nobody was, the pages before are the signers' own."""
        return self._standing.steward(subject)

    def kinds_about(self, subject: str) -> Iterator[str]:
        """Kinds of the records about a subject, in both."""
        full = len(self._earlier) >= MAX_EARLIER and subject not in self._earlier
        here = (UNREADABLE,) if full else sorted(self._earlier.get(subject, ()))
        return chain(here, self._standing.kinds_about(subject))
