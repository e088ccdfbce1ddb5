"""Changing who may say what: parties, keys, the log's keys and the policy, each change a signed record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from trustledger.authority.fields import MAX_LIST
from trustledger.authority.ledgers import LedgerState, policy_data
from trustledger.authority.parties import Accreditation, EnrolledKey, Identity, PartyState, Reason, Scope
from trustledger.authority.policy import Policy
from trustledger.authority.state import KEY_KIND, LEDGER_KIND, PARTY_KIND, POLICY_KIND
from trustledger.authority.writing import key_record_data, party_record_data
from trustledger.errors import FormatError, PolicyError
from trustledger.keys import Signer, open_key_note
from trustledger.ledger.appending import Appender, Receipt
from trustledger.ledger.reader import Reader
from trustledger.ledger.trying import ShutOut, shut_out
from trustledger.ledger.verified import VerifiedRecord
from trustledger.note import VerifierKey
from trustledger.record import Draft
from trustledger.subject import LEDGER, party_subject


class Reading(Protocol):
    """Gives a verified view of the ledger as it is now."""

    def __call__(self) -> AbstractContextManager[Reader]:
        """The view, as long as the context is open."""


class Governance:
    """The doors to a ledger's authority; `Ledger.authority` is one.

    Every change is a record on the chain of whom it is about, holds from the next entry on, and takes nothing back.

    Args:
        appender: Appends.
        reading: Gives a verified view.
        clock: Milliseconds since 1970-01-01T00:00:00Z.
    """

    def __init__(self, appender: Appender, reading: Reading, clock: Callable[[], int]) -> None:
        self._appender = appender
        self._reading = reading
        self._clock = clock

    # --- parties -----------------------------------------------------------------------------------------------

    def enrol(  # noqa: PLR0913  (one for each field, all by name)
        self,
        party: str,
        *,
        operator: Signer,
        key_note: bytes | Sequence[bytes] | None = None,
        custody: str | None = None,
        roles: Iterable[str] | None = None,
        name: str | None = None,
        scopes: Sequence[Scope] | None = None,
        threshold: int | None = None,
        accreditations: Sequence[Accreditation] | None = None,
        identities: Iterable[Identity] | None = None,
        owner: str | None = None,
        cosigners: Sequence[Signer] = (),
    ) -> Receipt:
        """Enrol a party, or change what is known of it. Signed by the operator. What is None stays as it is.

        Args:
            party: The party's URI.
            operator: A key of the operator.
            key_note: The self-signed public note of a key (the ``.pub`` file), or of several; needed the first time.
            custody: Who holds the private half of these keys, if not the party itself: say so where the shop keeps it.
            roles: All of its roles from now on, such as ``("producer",)``.
            name: What people call it.
            scopes: What it is limited to from now on; ``[Scope()]`` lifts every limit.
            threshold: How many of its keys must sign.
            accreditations: Its accreditations as a laboratory, all of them.
            identities: Its registered identities, all of them.
            owner: Who owns or controls it; empty for nobody.
            cosigners: More keys of the operator, if its threshold asks for them.

        Raises:
            PolicyError: Not the operator's key, or a key that is enrolled already.
            FormatError: A value that the format does not allow, a key under another name, or nothing to say.
        """
        given = () if key_note is None else (key_note,) if isinstance(key_note, bytes) else key_note
        notes = tuple(self._note_of(party, note) for note in given)
        data = party_record_data(
            name,
            roles,
            notes,
            custody=custody,
            scopes=scopes,
            threshold=threshold,
            accreditations=accreditations,
            identities=identities,
            owner=owner,
        )
        return self._append(PARTY_KIND, party_subject(party), data, operator, cosigners)

    def suspend(
        self, party: str, reason: str, *, operator: Signer, cosigners: Sequence[Signer] = ()
    ) -> Receipt:
        """Let a party say nothing until it is reinstated. What it said stands. Signed by the operator.

        Args:
            party: The party's URI.
            reason: Why, for everybody to read; 1 to 255 characters.
            operator: A key of the operator.
            cosigners: More keys of the operator, if its threshold asks for them.

        Raises:
            PolicyError: Not the operator's to say, or about the operator itself.
            FormatError: No reason.
        """
        if not reason:
            raise FormatError("authority.name", seen=reason)
        data = party_record_data(suspended=reason)
        return self._append(PARTY_KIND, party_subject(party), data, operator, cosigners)

    def reinstate(self, party: str, *, operator: Signer, cosigners: Sequence[Signer] = ()) -> Receipt:
        """Let a suspended party speak again. Signed by the operator."""
        data = party_record_data(suspended="")
        return self._append(PARTY_KIND, party_subject(party), data, operator, cosigners)

    def history(self, party: str) -> list[tuple[VerifiedRecord, PartyState]]:
        """The records that made a party what it is, each with the state after its entry; oldest first."""
        with self._reading() as reader:
            found = list(reader.chain(party_subject(party)))
            states = [reader.party(party, record.entry + 1) for record in found]
        return [(record, state) for record, state in zip(found, states, strict=True) if state is not None]

    # --- keys --------------------------------------------------------------------------------------------------

    def rotate_key(
        self,
        old: VerifierKey,
        new_note: bytes,
        *,
        signer: Signer,
        cosigners: Sequence[Signer] = (),
        custody: str | None = None,
    ) -> Receipt:
        """Put a new key in the place of an old one, from the next entry on. A recovery key follows a recovery key.

        Args:
            old: The key that ends, as superseded.
            new_note: The self-signed public note of the new one.
            signer: The old key or another one of its party, or the operator's; a recovery key if the old one is.
            cosigners: More keys, if a threshold asks for them.
            custody: Who holds the private half of the new key, if not the party itself.

        Raises:
            PolicyError: Not theirs to say, or a key that is enrolled or revoked already.
            FormatError: A key under another name.
        """
        note = self._note_of(old.name, new_note)
        with self._reading() as reader:
            state = reader.party(old.name)
        enrolled = None if state is None else state.enrolled(old)
        # An ordinary key in the place of a recovery key would sign every day what the old one was kept offline for.
        recovery = (open_key_note(note),) if enrolled is not None and enrolled.recovery else ()
        data = key_record_data((note,), ((old, "superseded", None),), custody=custody, recovery=recovery)
        return self._append(KEY_KIND, party_subject(old.name), data, signer, cosigners)

    def revoke_key(
        self,
        key: VerifierKey,
        reason: Reason,
        *,
        signer: Signer,
        cosigners: Sequence[Signer] = (),
        since: int | None = None,
    ) -> Receipt:
        """End a key, for good. Nothing that it signed is removed; what it signed since it was compromised is marked.

        Args:
            key: The key.
            reason: ``superseded``, ``lost`` or ``compromised``.
            signer: A key of the same party, or the operator's.
            cosigners: More keys, if a threshold asks for them.
            since: Of a compromised key: what the ledger placed at this time (ms) or later is doubted; its whole life if
                None. Without the operator it may not lie further back than the policy allows.

        Raises:
            PolicyError: Not theirs to say, a key that is revoked already and doubted as far back, or a time outside its
                life.
            FormatError: An unknown reason, or a time with a reason other than ``compromised``.
        """
        data = key_record_data(revoke=((key, reason, since),))
        return self._append(KEY_KIND, party_subject(key.name), data, signer, cosigners)

    def recover(
        self, new_notes: bytes | Sequence[bytes], *, recovery: Signer, since: int | None = None
    ) -> Receipt:
        """Bring the operator back with its recovery key: every other key ends as compromised, new ones begin.

        Args:
            new_notes: The self-signed public notes of the operator's new keys, as many as its threshold asks for.
            recovery: The recovery key from entry 0.
            since: When the thief may have begun (ms): keys that ended after it are doubted too, since a thief can end
                them. If None, the keys that sign now, for their whole life.

        Raises:
            PolicyError: Not a recovery key, or a key that stands already.
            FormatError: Fewer keys than the operator's threshold: it could sign nothing.
        """
        notes = (new_notes,) if isinstance(new_notes, bytes) else tuple(new_notes)
        with self._reading() as reader:
            state = reader.party(recovery.party)
        if state is None:
            raise PolicyError("ledger.not_enrolled", seen=recovery.party)
        enrolled = state.enrolled(recovery.public)
        if enrolled is None or not enrolled.recovery:
            raise PolicyError("authority.recovery_needed", seen=state.uri)
        if len(notes) < state.threshold:
            raise FormatError(
                "authority.threshold_keys", seen=state.threshold, expected=len(notes), party=state.uri
            )
        doubted = [one for one in state.keys if not one.recovery and _in_doubt(one, since)]
        # Those that still sign come first: a record has room for so many.
        ended = sorted(doubted, key=lambda one: one.revoked is not None)[:MAX_LIST]
        revoke: list[tuple[VerifierKey, Reason, int | None]] = [
            (one.key, "compromised", None if since is None else max(since, one.at)) for one in ended
        ]
        data = key_record_data([self._note_of(state.uri, note) for note in notes], revoke)
        return self._append(KEY_KIND, party_subject(state.uri), data, recovery)

    # --- the ledger itself -------------------------------------------------------------------------------------

    def state(self) -> LedgerState:
        """The log's keys and the policy, now."""
        with self._reading() as reader:
            return reader.ledger

    def policies(self) -> Iterator[tuple[VerifiedRecord, LedgerState]]:
        """The records that changed the ledger itself, each with the state after its entry; oldest first."""
        with self._reading() as reader:
            for record in reader.chain(LEDGER):
                yield record, reader.ledger_before(record.entry + 1)

    def set_policy(self, text: str, *, operator: Signer, cosigners: Sequence[Signer] = ()) -> Receipt:
        """Let another registration policy hold from the next entry on. Setting the one that holds changes nothing.

        Args:
            text: The policy's TOML.
            operator: A key of the operator.
            cosigners: More keys of the operator, if its threshold asks for them.

        Raises:
            FormatError: Not a policy; it names what is wrong.
            PolicyError: Not the operator's key.
        """
        data = policy_data(text)
        with self._reading() as reader:
            policy = reader.ledger.policy
            if policy is not None and policy.text == text:
                last = [one for one in reader.chain(LEDGER) if one.kind == POLICY_KIND][-1]
                return Receipt(None, ((last.entry, last.position),), 0, 1, None)
        return self._append(POLICY_KIND, LEDGER, data, operator, cosigners)

    def shut_out(self, policy: Policy, progress: Callable[[int, int], None] | None = None) -> list[ShutOut]:
        """Who could no longer sign, under another policy, what it signed so far; see `trustledger.ledger.trying`."""
        with self._reading() as reader:
            return shut_out(reader, policy, progress)

    def set_log_keys(
        self, keys: Sequence[VerifierKey], *, operator: Signer, cosigners: Sequence[Signer] = ()
    ) -> Receipt:
        """List the keys that sign checkpoints from the next entry on. A key that is left out never signs again.

        To change a log key: list the old and the new one, sign with both for as long as readers need, then list the new
        one alone. The ledger must be open with one of the listed keys, or the entry is placed without a checkpoint.

        Raises:
            FormatError: No keys, or one that is not in the ledger's name.
            PolicyError: A key that was retired, or that is a party's.
        """
        data = {"log_keys": [key.text for key in keys]}
        return self._append(LEDGER_KIND, LEDGER, data, operator, cosigners)

    # --- how ---------------------------------------------------------------------------------------------------

    def _append(
        self,
        kind: str,
        subject: str,
        data: dict[str, Any],
        signer: Signer,
        cosigners: Sequence[Signer] = (),
    ) -> Receipt:
        draft = Draft(kind, self._clock(), (subject,), data)
        return self._appender.append([draft], signer, cosigners)

    @staticmethod
    def _note_of(party: str, note: bytes) -> bytes:
        key = open_key_note(note)
        if key.name != party:
            raise PolicyError("ledger.key_of_other", seen=key.name, expected=party)
        return note


def _in_doubt(one: EnrolledKey, since: int | None) -> bool:
    """Whether a recovery has to say of a key that a thief may have had it."""
    if one.revoked is None:
        return True
    if since is None or one.revoked.at < since:
        return False
    return one.revoked.since is None or max(since, one.at) < one.revoked.since
