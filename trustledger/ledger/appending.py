"""Appending, step by step: compare with what stands, write, sign, place.

`Appender.append` does it all for one batch. An upload compares thousands of batches first, keeps the records it wrote,
and places them when all are known to be good; the steps are here for it one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trustledger.authority.rights import check_kinds, check_suspended
from trustledger.authority.state import AUTHORITY_KINDS
from trustledger.checkpoint import SignedCheckpoint
from trustledger.errors import FormatError, PolicyError, TrustLedgerError
from trustledger.keys import Signer
from trustledger.kinds.registry import Kinds
from trustledger.ledger.asking import Asking
from trustledger.ledger.card import Card
from trustledger.ledger.correcting import check_correction
from trustledger.ledger.existing import Existing
from trustledger.ledger.prepared import Prepared, parse_batch
from trustledger.ledger.reader import Reader
from trustledger.ledger.sequencer import Placement, Sequencer, check_checkpoint
from trustledger.ledger.signing import Written, sign_batch, write_records
from trustledger.ledger.submission import Submission
from trustledger.ledger.vault import Vault
from trustledger.note import VerifierKey
from trustledger.record import Draft, Opening, Record, commitment, parse_record
from trustledger.statement import NO_KEYS, Seen, SignedStatement
from trustledger.store import Store

_ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of an append.

    Attributes:
        entry: Index of the entry that was added; None if every record stood already.
        places: For each draft in order, the entry and position where it stands.
        new: How many records were added.
        existing: How many stood already, with the same content.
        checkpoint: The signed checkpoint that covers the new entry, if the log's key was at hand.
    """

    entry: int | None
    places: tuple[tuple[int, int], ...]
    new: int
    existing: int
    checkpoint: bytes | None


class Appender:
    """Everything that an append needs, put together by `Ledger`.

    Args:
        store: Where the ledger is kept.
        reader: The ledger as far as it was verified; moved forward with every append.
        card: Which ledger it is.
        kinds: Kinds of records that may be said.
        vault: Keeps openings of sealed values.
        sequencer: Places statements.
        clock: Milliseconds since 1970-01-01T00:00:00Z.
        randomness: Gives fresh random bytes.
    """

    def __init__(  # noqa: PLR0913, PLR0917  (each is a part that a program may bring itself)
        self,
        store: Store,
        reader: Reader,
        card: Card,
        kinds: Kinds,
        vault: Vault,
        sequencer: Sequencer,
        clock: Callable[[], int],
        randomness: Callable[[int], bytes],
    ) -> None:
        self._store = store
        self._reader = reader
        self._card = card
        self._kinds = kinds
        self._vault = vault
        self._sequencer = sequencer
        self._clock = clock
        self._randomness = randomness

    # --- the steps ---------------------------------------------------------------------------------------------

    def check_signers(self, signers: Sequence[Signer]) -> None:
        """Every signer is enrolled, its key is one of its own, and as many of its keys sign as must.

        Raises:
            PolicyError: ``ledger.not_enrolled``, ``ledger.key_not_of_party``, ``ledger.key_revoked``,
                ``statement.threshold``.
        """
        keys = [signer.public for signer in signers]
        self.check_keys(keys)
        self.check_thresholds(keys)

    def check_keys(self, keys: Iterable[VerifierKey]) -> None:
        """Every key is active and its party's own. Errors as `check_signers`, but for the threshold."""
        for key in keys:
            self.check_party(key.name)
            with self._store.snapshot() as snapshot:
                self._reader.renew(snapshot)
                state = self._reader.party(key.name)
            enrolled = None if state is None else state.enrolled(key)
            if enrolled is None:
                raise PolicyError("ledger.key_not_of_party", seen=key.key_id, party=key.name)
            if enrolled.revoked is not None:
                end = enrolled.revoked
                raise PolicyError(
                    "ledger.key_revoked",
                    seen=key.key_id,
                    party=key.name,
                    reason=end.reason,
                    entry=end.entry,
                )

    def check_thresholds(self, keys: Iterable[VerifierKey]) -> None:
        """As many keys of each party as its threshold asks for; one recovery key is enough.

        A statement with too few is refused when it is placed, whoever signed what there is: asked here, before anything
        is read and signed, it is no doubt about a signature but something that is still to be done.

        Raises:
            PolicyError: ``statement.threshold``.
        """
        given: dict[str, set[VerifierKey]] = {}
        for key in keys:
            given.setdefault(key.name, set()).add(key)
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            for uri, own in given.items():
                state = self._reader.party(uri)
                ring = NO_KEYS if state is None else state.key_ring()
                if not own & set(ring.recovery) and len(own) < ring.threshold:
                    raise PolicyError(
                        "statement.threshold", seen=len(own), expected=ring.threshold, party=uri
                    )

    def check_kinds(self, party: str, cosigners: Iterable[str], kinds: Mapping[str, int]) -> None:
        """Those who are going to sign may sign records of these kinds, as parties and policy are now.

        Asked again when a statement is placed; asked here, an upload says so before it has read everything.

        Args:
            party: Who is going to sign.
            cosigners: The other parties that are going to sign.
            kinds: Names of kinds, each with the position of a record of it.

        Raises:
            PolicyError: ``policy.suspended``, ``policy.roles`` and the like: what they lack.
        """
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            uris = dict.fromkeys((party, *cosigners))
            signers = [state for uri in uris if (state := self._reader.party(uri)) is not None]
            policy = self._reader.ledger.policy
        check_suspended(signers)
        if policy is not None and signers:
            ordinary = {kind: first for kind, first in kinds.items() if kind not in AUTHORITY_KINDS}
            check_kinds(policy, signers[0], signers[1:], ordinary)

    def asking(self, party: str, cosigners: Iterable[str], keys: Sequence[VerifierKey] = ()) -> Asking:
        """What asks, page by page, whether these parties may append what they are going to.

        Args:
            party: Who is going to sign.
            cosigners: The other parties that are going to sign.
            keys: The keys that are going to sign, as far as they are known.
        """
        return Asking(self._store, self._reader, self._card, self._kinds, self._clock, party, cosigners, keys)

    def check_party(self, uri: str) -> None:
        """A party is enrolled.

        Raises:
            PolicyError: ``ledger.not_enrolled``.
        """
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            if self._reader.party(uri) is None:
                raise PolicyError("ledger.not_enrolled", seen=uri)

    def compare(
        self,
        party: str,
        drafts: Sequence[Draft],
        digests: Sequence[bytes],
        cosigners: Iterable[str] = (),
    ) -> list[tuple[int, int] | PolicyError | None]:
        """Which records stand in the ledger already.

        Args:
            party: Who is going to sign.
            drafts: What is to be said.
            digests: Digests of their business keys, from `trustledger.ledger.signing.write_records`.
            cosigners: The other parties that are going to sign.

        Returns:
            For each draft None if it is new; its place if it stands with the same content; the PolicyError
            ``ledger.other_content``, naming record and field, if it stands with other content, or
            ``ledger.cosigners``, if it stands without the signature of a cosigner.
        """
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            existing = Existing(self._reader, self._vault, party, cosigners)
            found: list[tuple[int, int] | PolicyError | None] = list(self._reader.business_places(digests))
            for number, place in enumerate(found):
                if isinstance(place, tuple):
                    try:
                        existing.check_same(drafts[number], place, number)
                    except PolicyError as error:
                        found[number] = error
            return found

    def check_corrections(self, party: str, records: Sequence[Record]) -> list[TrustLedgerError | None]:
        """Which corrections would be refused, and why; asked before anything is appended.

        Args:
            party: Who is going to sign.
            records: The corrections.

        Returns:
            For each correction None, or the error that placing it would raise.
        """
        refused: list[TrustLedgerError | None] = []
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            for position, record in enumerate(records):
                try:
                    check_correction(self._reader, self._kinds, party, record, position)
                except (PolicyError, FormatError) as error:
                    refused.append(error)
                else:
                    refused.append(None)
        return refused

    def place(
        self,
        written: Written,
        signer: Signer,
        cosigners: Sequence[Signer] = (),
        *,
        statement_id: bytes | None = None,
        seen: bool = True,
    ) -> Placement:
        """Append records that were written before and are all new: one statement, all of it or nothing.

        Args:
            written: The records and the openings of their sealed values.
            signer: Signs for the party that speaks.
            cosigners: Other parties that sign too.
            statement_id: 16 bytes that name this append; random if None.
            seen: Name the ledger's latest checkpoint in the statement.

        Raises:
            PolicyError: ``ledger.business_key`` if somebody appended one of them meanwhile; or not allowed.
            StorageError: Nothing was appended.
        """
        signed = sign_batch(
            self._card,
            written.batch,
            signer,
            time=self._clock(),
            cosigners=cosigners,
            statement_id=statement_id,
            seen=self._seen() if seen else None,
            randomness=self._randomness,
        )
        # Openings first: one that nobody needs does no harm, a sealed value that nobody can open does.
        self._vault.put(written.openings)
        return self._sequencer.place(self._reader, signed, written.batch)

    # --- whole appends -----------------------------------------------------------------------------------------

    def append(  # noqa: PLR0913  (as `Ledger.append`)
        self,
        drafts: list[Draft],
        signer: Signer,
        cosigners: Sequence[Signer] = (),
        *,
        statement_id: bytes | None = None,
        skip: bool = True,
        seen: bool = True,
    ) -> Receipt:
        """See `Ledger.append`."""
        attempts = _ATTEMPTS
        while True:
            attempts -= 1
            written = write_records(drafts, signer.party, self._kinds, self._randomness)
            try:
                return self._append_written(
                    drafts, written, signer, cosigners, statement_id=statement_id, skip=skip, seen=seen
                )
            except PolicyError as error:
                # Another process appended one of these records between our look and our commit. Look again.
                if error.code != "ledger.business_key" or not skip or not attempts:
                    raise

    def _append_written(  # noqa: PLR0913  (the same)
        self,
        drafts: list[Draft],
        written: Written,
        signer: Signer,
        cosigners: Sequence[Signer],
        *,
        statement_id: bytes | None,
        skip: bool,
        seen: bool,
    ) -> Receipt:
        self.check_signers([signer, *cosigners])
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            existing = Existing(
                self._reader, self._vault, signer.party, [cosigner.party for cosigner in cosigners]
            )
            found = existing.find(drafts, written.batch, skip=skip)
        fresh: Prepared = found.fresh(written.batch)
        count = len(fresh.raws)
        if not count:
            return Receipt(None, found.places(None), 0, len(drafts), None)
        placement = self.place(
            Written(fresh, written.openings), signer, cosigners, statement_id=statement_id, seen=seen
        )
        places = found.places(placement.entry)
        return Receipt(placement.entry, places, count, len(drafts) - count, placement.checkpoint)

    def submit(self, submission: Submission, openings: Mapping[bytes, Opening]) -> Placement:
        """See `Ledger.submit`."""
        statement = submission.signed.statement
        if (statement.origin, statement.genesis) != (self._card.origin, self._card.genesis):
            raise PolicyError("ledger.other_ledger", seen=statement.origin, expected=self._card.origin)
        for uri in statement.signers:
            self.check_party(uri)
        self._check_lines(submission.signed)
        self._vault.put(fitting_openings(submission.records, statement.party, openings))
        batch = parse_batch(submission.records, statement.party, self._kinds)
        return self._sequencer.place(self._reader, submission.signed, batch)

    def _check_lines(self, signed: SignedStatement) -> None:
        """As `check_thresholds`, of signature lines, which name their keys; and nobody's are missing altogether.

        Raises:
            PolicyError: ``statement.unsigned``, ``statement.threshold``.
        """
        named = {(line.name, line.key_id) for line in signed.lines}
        unsigned = set(signed.statement.signers) - {line.name for line in signed.lines}
        if unsigned:
            raise PolicyError("statement.unsigned", seen=", ".join(sorted(unsigned)))
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            states = [self._reader.party(uri) for uri in signed.statement.signers]
        known = [one.key for state in states if state is not None for one in state.keys]
        self.check_thresholds(key for key in known if (key.name, key.key_id) in named)

    # --- checkpoints -------------------------------------------------------------------------------------------

    def latest_checkpoint(self) -> SignedCheckpoint:
        """The stored checkpoint, its signature and root checked.

        Raises:
            CorruptStoreError: There is none.
            VerificationError: It does not hold.
        """
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            return check_checkpoint(self._reader)

    def _seen(self) -> Seen:
        latest = self.latest_checkpoint().checkpoint
        return Seen(latest.size, latest.root)


def fitting_openings(
    records: Sequence[bytes], party: str, openings: Mapping[bytes, Opening]
) -> dict[bytes, Opening]:
    """The openings that open sealed values of these records.

    Raises:
        FormatError: One of them is said to open a value here and does not.
    """
    fitting: dict[bytes, Opening] = {}
    for raw in records if openings else ():
        record = parse_record(raw)
        if not isinstance(record, Record):
            continue
        for pointer, sealed in record.sealed.items():
            opening = openings.get(sealed)
            if opening is None:
                continue
            if opening.pointer != pointer or commitment(party, record.subjects[0], opening) != sealed:
                raise FormatError("ledger.opening_differs", pointer=pointer)
            fitting[sealed] = opening
    return fitting
