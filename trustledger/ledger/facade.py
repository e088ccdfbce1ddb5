"""`Ledger`: what a program holds."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Literal

from trustledger import merkle
from trustledger.authority.genesis import make_genesis
from trustledger.authority.state import AUTHORITY_KINDS, PARTY_KIND, PartyState, party_record_data, party_subject
from trustledger.checkpoint import Checkpoint, SignedCheckpoint, sign_checkpoint, verify_checkpoint
from trustledger.errors import (
    NewerFormatError,
    NotFoundError,
    PolicyError,
    StorageError,
    TrustLedgerError,
    VerificationError,
)
from trustledger.keys import Signer, open_key_note, read_key_file
from trustledger.kinds.registry import Kinds
from trustledger.ledger import directory as places
from trustledger.ledger import tables
from trustledger.ledger.card import Card
from trustledger.ledger.erasing import withhold_record
from trustledger.ledger.existing import Existing
from trustledger.ledger.prepared import parse_batch
from trustledger.ledger.reader import Reader, VerifiedEntry, VerifiedRecord
from trustledger.ledger.sequencer import LOCK_TIMEOUT, Placement, Sequencer, first_writes
from trustledger.ledger.signing import Written, sign_batch, write_records
from trustledger.ledger.submission import Submission
from trustledger.ledger.vault import StoreVault, Vault
from trustledger.log import Annotation
from trustledger.record import Draft, Opening, Record
from trustledger.statement import Seen
from trustledger.store import LmdbStore, MemoryStore, Stats, Store

if TYPE_CHECKING:
    from trustledger.audit import AuditReport

_ATTEMPTS: Final = 3
_FOUND: Final = ("skip", "refuse")


def system_clock() -> int:
    """Milliseconds since 1970-01-01T00:00:00Z."""
    return time.time_ns() // 1_000_000


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


class Ledger:
    """A ledger, opened. A context manager. Use one per thread; any number of processes may read beside one writer.

    Example:
        >>> from trustledger import Ed25519Signer, Ledger, origin
        >>> operator = Ed25519Signer.generate("https://shop.example/operator")
        >>> log = Ed25519Signer.generate("shop.example/ledger")
        >>> ledger = Ledger.in_memory(origin="shop.example/ledger", operator=operator, log=log)
        >>> ledger.size
        1
    """

    def __init__(
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
        self._randomness = randomness
        self._log_signers = tuple(log_signers)
        self._sequencer = Sequencer(store, clock, self._log_signers, lock_timeout)
        with store.snapshot() as snapshot:
            _check_schema(snapshot.get("meta", tables.SCHEMA_KEY))
            self._reader = Reader(snapshot)
            self.card = Card.of(self._reader.genesis)

    # --- opening -----------------------------------------------------------------------------------------------

    @classmethod
    def create(
        cls,
        path: str | os.PathLike[str],
        *,
        origin: str,
        operator: Signer,
        log: Signer,
        name: str | None = None,
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
            _write_genesis(store, origin, operator, log, name, clock, randomness)
            vault = StoreVault.in_directory(places.openings_path(directory))
            ledger = cls(
                store, vault=vault, log_signers=(log,), clock=clock, randomness=randomness, path=directory
            )
        except BaseException:
            store.close()
            raise
        places.write_whole(directory / places.CARD, ledger.card.sign(operator))
        return ledger

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        kinds: Kinds | None = None,
        log: Signer | None = None,
        readonly: bool = False,
        clock: Callable[[], int] = system_clock,
        randomness: Callable[[int], bytes] = os.urandom,
        lock_timeout: float = LOCK_TIMEOUT,
    ) -> Ledger:
        """Open the ledger in a directory.

        Args:
            path: The directory.
            kinds: Kinds of records; the project's own if None.
            log: Signs checkpoints; if None, the key in ``private/log.key`` where there is one without passphrase.
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
            signers = (log,) if log else () if readonly else _log_signer(directory)
            vault: Vault = _LazyVault(places.openings_path(directory))
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
    def in_memory(
        cls,
        *,
        origin: str,
        operator: Signer,
        log: Signer,
        name: str | None = None,
        kinds: Kinds | None = None,
        clock: Callable[[], int] = system_clock,
        randomness: Callable[[int], bytes] = os.urandom,
    ) -> Ledger:
        """A new ledger that is gone when the program ends: for tests and examples."""
        store = MemoryStore(tables.TABLES)
        _write_genesis(store, origin, operator, log, name, clock, randomness)
        vault = StoreVault.in_memory()
        return cls(store, vault=vault, kinds=kinds, log_signers=(log,), clock=clock, randomness=randomness)

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

    def append(
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
        if existing not in _FOUND:
            raise PolicyError("ledger.existing_mode", seen=existing, expected=", ".join(_FOUND))
        drafts = list(drafts)
        for _ in range(_ATTEMPTS - 1):
            written = write_records(drafts, signer.party, self.kinds, self._randomness)
            try:
                return self._append_once(drafts, written, signer, cosigners, statement_id, existing, seen)
            except PolicyError as error:
                if error.code != "ledger.business_key" or existing == "refuse":
                    raise
                # Another process appended one of these records between our look and our commit. Look again.
        written = write_records(drafts, signer.party, self.kinds, self._randomness)
        return self._append_once(drafts, written, signer, cosigners, statement_id, existing, seen)

    def _append_once(
        self,
        drafts: list[Draft],
        written: Written,
        signer: Signer,
        cosigners: Sequence[Signer],
        statement_id: bytes | None,
        existing: str,
        seen: bool,  # noqa: FBT001
    ) -> Receipt:
        with self._reading() as reader:
            _check_enrolled(reader, [signer, *cosigners])
            found = Existing(reader, self._vault, signer.party).find(drafts, written.batch, skip=existing == "skip")
            seen_line = self._seen(reader) if seen else None
        fresh = found.fresh(written.batch)
        if not fresh.raws:
            return Receipt(None, found.places(None), 0, len(drafts), None)
        signed = sign_batch(
            self.card,
            fresh,
            signer,
            time=self._clock(),
            cosigners=cosigners,
            statement_id=statement_id,
            seen=seen_line,
            randomness=self._randomness,
        )
        # Openings first: one that nobody needs does no harm, a sealed value that nobody can open does.
        self._vault.put(written.openings)
        placement = self._sequencer.place(self._reader, signed, fresh)
        return Receipt(
            placement.entry,
            found.places(placement.entry),
            len(fresh.raws),
            len(drafts) - len(fresh.raws),
            placement.checkpoint,
        )

    def submit(self, submission: Submission) -> Placement:
        """Place a statement that was signed elsewhere. Submitting it again gives the first placement.

        Raises:
            FormatError: Its records are not records, not those it signs, or of an unknown kind.
            SignatureError: A signature does not hold, or a signer is not enrolled.
            PolicyError: It is for another ledger, or may not stand here. Nothing was added.
        """
        statement = submission.signed.statement
        with self._reading() as reader:
            if (statement.origin, statement.genesis) != (self.card.origin, self.card.genesis):
                raise PolicyError("ledger.other_ledger", seen=statement.origin, expected=self.card.origin)
            for uri in statement.signers:
                if reader.party(uri) is None:
                    raise PolicyError("ledger.not_enrolled", seen=uri)
        batch = parse_batch(submission.records, statement.party, self.kinds, AUTHORITY_KINDS)
        return self._sequencer.place(self._reader, submission.signed, batch)

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
        notes: tuple[bytes, ...] = ()
        if key_note is not None:
            key = open_key_note(key_note)
            if key.name != party:
                raise PolicyError("ledger.key_of_other", seen=key.name, expected=party)
            notes = (key_note,)
        data = party_record_data(name, None if roles is None else tuple(roles), notes)
        draft = Draft(PARTY_KIND, self._clock(), (party_subject(party),), data)
        return self.append([draft], signer=operator)

    def withhold(self, entry: int, position: int) -> None:
        """Erase a record's bytes for good. Its hash and place stay proven, its content is gone.

        What was erased cannot be brought back; backups, copies and whoever read it may still have it.

        Raises:
            PolicyError: A record of an authority kind is never erased.
            NotFoundError: No such record.
        """
        withhold_record(self._store, self._reader, self.kinds, entry, position)

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
        with self._reading() as reader:
            return reader.head.size

    def checkpoint(self) -> SignedCheckpoint:
        """A signed checkpoint of the log as it is now; signed now if the latest is older and the key is at hand.

        Raises:
            NotFoundError: The latest checkpoint is missing or older, and the log's key is not here.
            VerificationError: The stored checkpoint does not hold.
        """
        with self._reading() as reader:
            signed = self._latest(reader)
            if signed is not None and signed.checkpoint.size == reader.head.size:
                return signed
            head = reader.head
        if not self._log_signers:
            raise NotFoundError("ledger.no_checkpoint", size=head.size)
        raw = sign_checkpoint(Checkpoint(self.card.origin, head.size, head.root), self._log_signers)
        self._store.commit(head.pack(), {"checkpoints": [(tables.LATEST, raw)]}, head.pack())
        return verify_checkpoint(raw, self.card.origin, self.card.log_keys)

    def _latest(self, reader: Reader) -> SignedCheckpoint | None:
        raw = reader.checkpoint()
        if raw is None:
            return None
        signed = verify_checkpoint(raw, self.card.origin, self.card.log_keys)
        checkpoint = signed.checkpoint
        if checkpoint.size > reader.head.size or merkle.tree_root(checkpoint.size, reader.nodes) != checkpoint.root:
            raise VerificationError("ledger.checkpoint_root", size=checkpoint.size, seen=checkpoint.root)
        return signed

    def _seen(self, reader: Reader) -> Seen | None:
        signed = self._latest(reader)
        return None if signed is None else Seen(signed.checkpoint.size, signed.checkpoint.root)

    def audit(self, trust: Card | None = None, **options: Any) -> AuditReport:
        """Compute everything again from the stored bytes. See `trustledger.audit.audit` for the options.

        Args:
            trust: The card you were handed; without it the audit shows only that the ledger agrees with itself.
            **options: ``since``, ``progress``.
        """
        from trustledger.audit import audit  # noqa: PLC0415  (audit stands beside this module)

        with self._store.snapshot() as snapshot:
            return audit(snapshot, trust=trust, kinds=self.kinds, vault=self._vault, **options)

    def backup(self, path: str | os.PathLike[str], progress: Callable[[int, int], None] | None = None) -> None:
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


class _LazyVault:
    """Opens the vault when something is sealed or disclosed: most readers never need it, and may not enter it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened: StoreVault | None = None

    def _vault(self) -> StoreVault:
        if self._opened is None:
            self._opened = StoreVault.in_directory(self._path)
        return self._opened

    def put(self, openings: Any) -> None:
        if openings:
            self._vault().put(openings)

    def get(self, commitments: Sequence[bytes]) -> list[Opening | None]:
        if not commitments or (self._opened is None and not self._path.is_dir()):
            return [None] * len(commitments)
        return self._vault().get(commitments)

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()


def _write_genesis(
    store: Store,
    origin: str,
    operator: Signer,
    log: Signer,
    name: str | None,
    clock: Callable[[], int],
    randomness: Callable[[int], bytes],
) -> None:
    new = make_genesis(
        origin, (log.public,), operator, name or operator.party, now=clock(), statement_id=randomness(16)
    )
    writes, head = first_writes(new, (log,))
    store.commit(b"", writes, head.pack())


def _check_schema(schema: bytes | None) -> None:
    if schema is None:
        raise StorageError("ledger.not_a_ledger", seen="")
    if schema != tables.SCHEMA:
        raise NewerFormatError("ledger.newer_schema", seen=schema.decode("ascii", "replace"), expected=tables.SCHEMA.decode())


def _log_signer(directory: Path) -> tuple[Signer, ...]:
    """The log's key, where it lies beside the ledger without a passphrase."""
    path = places.log_key_path(directory)
    if not path.is_file() or not os.access(path, os.R_OK):
        return ()
    try:
        return (read_key_file(path).signer,)
    except TrustLedgerError as error:
        if error.code == "key.passphrase_needed":
            return ()
        raise


def _check_enrolled(reader: Reader, signers: Sequence[Signer]) -> None:
    for signer in signers:
        state = reader.party(signer.party)
        if state is None:
            raise PolicyError("ledger.not_enrolled", seen=signer.party)
        if signer.public not in state.active_keys():
            raise PolicyError("ledger.key_not_of_party", seen=signer.public.key_id, party=signer.party)
