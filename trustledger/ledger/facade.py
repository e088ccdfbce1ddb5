"""`Ledger`: what a program holds."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal

from trustledger.authority.parties import PartyState
from trustledger.authority.policy import default_policy
from trustledger.checkpoint import SignedCheckpoint, verify_checkpoint
from trustledger.collecting import rarely_collecting
from trustledger.errors import FormatError, NotFoundError, PolicyError, StorageError
from trustledger.keys import Signer
from trustledger.kinds.registry import Kinds
from trustledger.ledger import directory as places
from trustledger.ledger import tables
from trustledger.ledger.appending import Appender, Receipt
from trustledger.ledger.card import Card, parse_card
from trustledger.ledger.erasing import withhold_record
from trustledger.ledger.governance import Governance
from trustledger.ledger.opening import LazyVault, check_schema, log_signers, system_clock, write_genesis
from trustledger.ledger.questions import Questions
from trustledger.ledger.reader import Reader
from trustledger.ledger.sequencer import LOCK_TIMEOUT, Placement, Sequencer, sign_head
from trustledger.ledger.submission import Submission
from trustledger.ledger.vault import StoreVault, Vault
from trustledger.ledger.verified import VerifiedEntry, VerifiedRecord
from trustledger.log import Annotation
from trustledger.record import Draft, Opening, Record
from trustledger.store import LmdbStore, MemoryStore, Stats, Store

if TYPE_CHECKING:
    from trustledger.audit import AuditReport

_EXISTING: Final = ("skip", "refuse")
_DEFAULT: Final = "default"
"""Stands for the registration policy that comes with this version."""


class Ledger(Questions):
    """A ledger, opened. A context manager. Use one per thread; any number of processes may read beside one writer.

    Example:
        >>> from trustledger import Ed25519Signer, Ledger, origin
        >>> operator = Ed25519Signer.generate("https://shop.example/operator")
        >>> log = Ed25519Signer.generate("shop.example/ledger")
        >>> ledger = Ledger.in_memory(origin="shop.example/ledger", operator=operator, log=log)
        >>> ledger.size  # the genesis and the registration policy
        2
    """

    def __init__(  # noqa: PLR0913  (each is a part that a program may bring itself)
        self,
        store: Store,
        *,
        vault: Vault,
        kinds: Kinds | None = None,
        log_signers: Sequence[Signer] = (),
        clock: Callable[[], int] = system_clock,
        randomness: Callable[[int], bytes] = os.urandom,
        lock_timeout: float = LOCK_TIMEOUT,
        path: Path | None = None,
    ) -> None:
        """Use `open`, `create` or `in_memory`; this is for a store of your own."""
        self.kinds = kinds or Kinds.default()
        self.path = path
        self._store = store
        self._vault = vault
        self._clock = clock
        self._log_signers = tuple(log_signers)
        with store.snapshot() as snapshot:
            check_schema(snapshot.get("meta", tables.SCHEMA_KEY))
            self._reader = Reader(snapshot)
        self.public_card = Card.of(self._reader.genesis)
        sequencer = Sequencer(store, clock, self._log_signers, lock_timeout, self.kinds)
        self.appender = Appender(
            store, self._reader, self.public_card, self.kinds, vault, sequencer, clock, randomness
        )
        self.authority = Governance(self.appender, self.reading, clock)

    # --- opening -----------------------------------------------------------------------------------------------

    @classmethod
    def create(  # noqa: PLR0913  (all by name)
        cls,
        path: str | os.PathLike[str],
        *,
        origin: str,
        operator: Signer,
        log: Signer,
        name: str | None = None,
        recovery: bytes | None = None,
        policy: str | None = _DEFAULT,
        clock: Callable[[], int] = system_clock,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> Ledger:
        """Make a new ledger in a directory and open it.

        Args:
            path: The directory; made if absent, and empty but for ``private/``.
            origin: The ledger's name, such as ``shop.example/ledger``; the log's key is named so too.
            operator: Signs entry 0 and enrols parties.
            log: Signs checkpoints.
            name: What people call the operator; its URI if None.
            recovery: The self-signed public note of a key that the operator keeps offline. It cannot be added later.
            policy: The registration policy's TOML, which becomes entry 1; ``"default"`` is this version's. None: no
                policy, and roles are not asked for.
            clock: Milliseconds since 1970-01-01T00:00:00Z.
            randomness: Gives random bytes.

        Raises:
            StorageError: Something is there already.
            FormatError: A name or key that the format does not allow.
        """
        directory = Path(path)
        places.make_directory(directory)
        store = LmdbStore.open(directory / places.DATA, tables.TABLES, create=True)
        try:
            write_genesis(store, origin, operator, log, name, recovery, clock, randomness)
            vault = StoreVault.in_directory(places.openings_path(directory))
            ledger = cls(
                store, vault=vault, log_signers=(log,), clock=clock, randomness=randomness, path=directory
            )
            if policy is not None:
                ledger.authority.set_policy(_policy_text(policy), operator=operator)
        except BaseException:
            store.close()
            raise
        places.write_whole(directory / places.CARD, ledger.public_card.sign(operator))
        return ledger

    @classmethod
    def open(  # noqa: PLR0913  (all by name)
        cls,
        path: str | os.PathLike[str],
        *,
        kinds: Kinds | None = None,
        log: Signer | Sequence[Signer] | None = None,
        readonly: bool = False,
        clock: Callable[[], int] = system_clock,
        randomness: Callable[[int], bytes] = os.urandom,
        lock_timeout: float = LOCK_TIMEOUT,
    ) -> Ledger:
        """Open the ledger in a directory.

        Args:
            path: The directory.
            kinds: Kinds of records; the project's own if None.
            log: Signs checkpoints; while the log's key is changed, the old and the new one. If None, the keys that lie
                in ``private/log*.key`` without passphrase.
            readonly: Open for reading only.
            clock: Milliseconds since 1970-01-01T00:00:00Z.
            randomness: Gives random bytes.
            lock_timeout: Seconds an append waits for another writer.

        Raises:
            NotFoundError: No such directory.
            StorageError: Not a ledger, or damaged.
            NewerFormatError: Made by a later version.
            VerificationError: Its log, genesis or operator's chain does not verify.
        """
        directory = Path(path)
        places.check_directory(directory)
        store = LmdbStore.open(directory / places.DATA, tables.TABLES, create=False, readonly=readonly)
        try:
            signers = log_signers(directory, log, readonly=readonly)
            vault: Vault = LazyVault(places.openings_path(directory))
            return cls(
                store,
                vault=vault,
                kinds=kinds,
                log_signers=signers,
                clock=clock,
                randomness=randomness,
                lock_timeout=lock_timeout,
                path=directory,
            )
        except BaseException:
            store.close()
            raise

    @classmethod
    def in_memory(  # noqa: PLR0913  (all by name)
        cls,
        *,
        origin: str,
        operator: Signer,
        log: Signer,
        name: str | None = None,
        recovery: bytes | None = None,
        policy: str | None = _DEFAULT,
        kinds: Kinds | None = None,
        clock: Callable[[], int] = system_clock,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> Ledger:
        """A new ledger that is gone when the program ends: for tests and examples. Arguments as `create` has them."""
        store = MemoryStore(tables.TABLES)
        write_genesis(store, origin, operator, log, name, recovery, clock, randomness)
        vault = StoreVault.in_memory()
        ledger = cls(store, vault=vault, kinds=kinds, log_signers=(log,), clock=clock, randomness=randomness)
        if policy is not None:
            ledger.authority.set_policy(_policy_text(policy), operator=operator)
        return ledger

    def close(self) -> None:
        """Let go of all files. Closing twice is harmless."""
        self._vault.close()
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- appending ---------------------------------------------------------------------------------------------

    @rarely_collecting()
    def append(  # noqa: PLR0913  (all but the first by name)
        self,
        drafts: Iterable[Draft],
        *,
        signer: Signer,
        cosigners: Sequence[Signer] = (),
        statement_id: bytes | None = None,
        existing: Literal["skip", "refuse"] = "skip",
        seen: bool = True,
    ) -> Receipt:
        """Append records as one statement: one signature, one durable commit, all of it or nothing.

        Calling it again with the same records adds nothing and gives the same places. A record is the same fact as one
        that stands already if the signing party, its kind and its business key are equal; if its content differs, it
        is refused, and a ``correction`` is the way.

        Args:
            drafts: The records, in order; at most 1,048,576.
            signer: Signs for the party that speaks.
            cosigners: Other parties that sign too.
            statement_id: 16 bytes that name this append; random if None.
            existing: Whether records that stand already are passed over or refused.
            seen: Name the ledger's latest checkpoint in the statement, which makes its signer a witness of it.

        Returns:
            Where each record stands.

        Raises:
            FormatError: A draft does not make a record, or there is none.
            PolicyError: The party may not say this, or a business key stands already with other content.
            SignatureError: The key is not one of the party's.
            StorageError: Nothing was appended.
        """
        if existing not in _EXISTING:
            raise PolicyError("ledger.existing_mode", seen=existing, expected=", ".join(_EXISTING))
        return self.appender.append(
            list(drafts), signer, cosigners, statement_id=statement_id, skip=existing == "skip", seen=seen
        )

    def submit(self, submission: Submission, openings: Mapping[bytes, Opening] | None = None) -> Placement:
        """Place a statement that was signed elsewhere. Submitting it again gives the first placement.

        Args:
            submission: The statement and its records.
            openings: Openings of its sealed values, by commitment, to be kept beside this ledger; those of other
                statements are passed over.

        Raises:
            FormatError: Its records are not records, not those it signs, or of an unknown kind.
            SignatureError: A signature does not hold, or a signer is not enrolled.
            PolicyError: It is for another ledger, or may not stand here. Nothing was added.
        """
        return self.appender.submit(submission, openings or {})

    def enrol(
        self,
        party: str,
        *,
        operator: Signer,
        key_note: bytes | None = None,
        roles: Sequence[str] | None = None,
        name: str | None = None,
    ) -> Receipt:
        """Enrol a party, or add a key, change its name or its roles. Signed by the operator.

        For scopes, thresholds, accreditations, owners and the ends of keys see `authority`.

        Args:
            party: The party's URI.
            operator: The operator's key.
            key_note: The self-signed public note of a key (the ``.pub`` file); needed the first time.
            roles: All of its roles from now on, such as ``("producer",)``; None leaves them.
            name: What people call it; None leaves it.

        Raises:
            PolicyError: Not the operator's key, or a key that is enrolled already.
            FormatError: An unknown role, a key under another name, or nothing to say.
        """
        return self.authority.enrol(party, operator=operator, key_note=key_note, roles=roles, name=name)

    def withhold(self, entry: int, position: int) -> None:
        """Erase a record's bytes for good. Its hash and place stay proven, its content is gone.

        What was erased cannot be brought back; backups, copies and whoever read it may still have it.

        Raises:
            PolicyError: A record of an authority kind is never erased.
            NotFoundError: No such record.
        """
        withhold_record(self._store, self._reader, entry, position)

    # --- reading -----------------------------------------------------------------------------------------------

    @contextmanager
    def _reading(self) -> Iterator[Reader]:
        with self._store.snapshot() as snapshot:
            self._reader.renew(snapshot)
            yield self._reader

    @contextmanager
    def reading(self) -> Iterator[Reader]:
        """A verified view of the ledger as it is now, for many questions about one state.

        It has a snapshot of its own: what others append meanwhile does not show.
        """
        with self._store.snapshot() as snapshot:
            yield Reader(snapshot, self._reader)

    def chain(self, subject: str) -> Iterator[VerifiedRecord]:
        """The records in which a subject stands, oldest first, each verified.

        Raises:
            VerificationError: A record, link or proof does not hold.
        """
        with self.reading() as reader:
            yield from reader.chain(subject)

    def record(self, entry: int, position: int) -> VerifiedRecord:
        """The record at a place, verified.

        Raises:
            NotFoundError: No such place.
            VerificationError: It does not hold.
        """
        with self._reading() as reader:
            return reader.record(entry, position)

    def entry(self, index: int) -> VerifiedEntry | Annotation:
        """An entry, its statement verified."""
        with self._reading() as reader:
            return reader.entry(index)

    def party(self, uri: str) -> PartyState | None:
        """What the ledger knows about a party now; None if it is not enrolled."""
        with self._reading() as reader:
            return reader.party(uri)

    def parties(self) -> list[PartyState]:
        """All parties, by URI."""
        with self._reading() as reader:
            return list(reader.parties())

    def openings(self, record: Record) -> dict[str, Opening]:
        """The openings of a record's sealed values that are kept here, by pointer. Private."""
        pointers = list(record.sealed)
        found = self._vault.get([record.sealed[pointer] for pointer in pointers])
        return {pointer: opening for pointer, opening in zip(pointers, found, strict=True) if opening}

    @property
    def size(self) -> int:
        """Entries in the log."""
        return self._head().size

    def checkpoint(self) -> SignedCheckpoint:
        """A signed checkpoint of the log as it is now; signed now if the latest is older and the key is at hand.

        Raises:
            NotFoundError: The latest checkpoint is older, and the log's key is not here.
            VerificationError: The stored checkpoint does not hold.
        """
        signed = self.appender.latest_checkpoint()
        head = self._head()
        if signed.checkpoint.size == head.size:
            return signed
        ledger = self.authority.state()
        raw = sign_head(ledger, head, self._log_signers)
        if raw is None:
            raise NotFoundError("ledger.no_checkpoint", size=head.size)
        self._store.commit(head.pack(), {"checkpoints": [(tables.LATEST, raw)]}, head.pack())
        return verify_checkpoint(raw, self.public_card.origin, ledger.log_keys)

    def _head(self) -> tables.StoreHead:
        with self._reading() as reader:
            return reader.head

    def audit(self, trust: Card | bytes | None = None, **options: Any) -> AuditReport:
        """Compute everything again from the stored bytes. See `trustledger.audit.audit` for the options.

        Args:
            trust: The card you were handed, or the bytes of its file; without it the audit shows only that the ledger
                agrees with itself.
            **options: ``since``, ``progress``, ``standings``.

        Raises:
            FormatError: ``trust`` is not a card, or ``since`` not the bytes of a file.
            SignatureError: The card's signature does not hold.
        """
        if isinstance(trust, bytes):
            trust = parse_card(trust)
        if trust is not None and not isinstance(trust, Card):
            raise FormatError("card.text")
        if not isinstance(options.get("since", b""), bytes | None):
            raise FormatError("ledger.since", seen=type(options["since"]).__name__)
        from trustledger.audit import audit  # noqa: PLC0415  (audit stands beside this module)

        with self._store.snapshot() as snapshot:
            return audit(snapshot, trust=trust, kinds=self.kinds, vault=self._vault, **options)

    def backup(
        self, path: str | os.PathLike[str], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Write a consistent copy of the public part into a new directory, while others read and write.

        Private things (keys, openings) are not in it: see docs/backup.md.
        """
        directory = Path(path)
        if directory.exists() and any(directory.iterdir()):
            raise StorageError("ledger.not_empty", seen=str(directory))
        directory.mkdir(parents=True, exist_ok=True)
        self._store.copy_to(directory / places.DATA, progress)
        source = None if self.path is None else self.path / places.CARD
        if source is not None and source.is_file():
            places.write_whole(directory / places.CARD, source.read_bytes())

    def stats(self) -> Stats:
        """Sizes and counts, for people."""
        return self._store.stats()


def _policy_text(policy: str) -> str:
    return default_policy().text if policy == _DEFAULT else policy
