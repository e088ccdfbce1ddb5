"""What the ledger knows about a party at some place of the log: plain values, made by the fold and nothing else.

Times are milliseconds since 1970-01-01T00:00:00Z. A time that grants or takes a right is the ledger's own
(``sequenced_at`` of an entry), never what a party claims.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from trustledger.note import VerifierKey
from trustledger.statement import KeyRing

ROLES: Final = (
    "brand-owner",
    "carrier",
    "inspector",
    "insurer",
    "merchant",
    "operator",
    "platform",
    "processor",
    "producer",
)
Reason = Literal["superseded", "lost", "compromised"]
REASONS: Final[tuple[Reason, ...]] = ("compromised", "lost", "superseded")


@dataclass(frozen=True, slots=True)
class Revocation:
    """The end of a key: it signs nothing from the entry after this one on, and never again.

    Attributes:
        entry: Index of the entry that revoked it.
        at: When the ledger placed that entry.
        reason: Why. Only what was signed with a *compromised* key is doubted.
        since: Of a compromised key: what was placed at this time or later is doubted. Never before the key's enrolment
            and never after ``at``. None for the other reasons.
        by: Who signed the revocation, or what was said later.
        later: Index of the latest entry that said of an ended key that it was compromised, or from an earlier time on;
            None if that of its end said all.
    """

    entry: int
    at: int
    reason: Reason
    since: int | None
    by: tuple[str, ...]
    later: int | None = None

    @property
    def said_in(self) -> int:
        """Index of the entry that said from when on the key is doubted."""
        return self.entry if self.later is None else self.later


@dataclass(frozen=True, slots=True)
class EnrolledKey:
    """A key of a party. It signs from the entry after ``entry`` on.

    Attributes:
        key: The public key.
        entry: Index of the entry that enrolled it.
        at: When the ledger placed that entry.
        custody: URI of the party that holds the private key, as it was declared at enrolment: the party itself, or
            whoever keeps it for it.
        recovery: It is kept offline and signs nothing but what brings its party, the operator, back.
        revoked: Its end, or None.
    """

    key: VerifierKey
    entry: int
    at: int
    custody: str
    recovery: bool = False
    revoked: Revocation | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A limit of what a party may say. What is None does not limit; all that is set must fit.

    Attributes:
        kinds: Kinds of records.
        subjects: Beginnings of the primary subject.
        parameters: What an inspection may state results for; a record without results is not limited by it.
        since: Not before this time of the ledger.
        until: Before this time of the ledger.
    """

    kinds: frozenset[str] | None = None
    subjects: tuple[str, ...] | None = None
    parameters: frozenset[str] | None = None
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Accreditation:
    """A laboratory's accreditation as the operator saw it. It grants no right; results outside it are findings.

    Attributes:
        body: Who accredited, such as ``CNAS``.
        number: The certificate's number.
        parameters: What it covers; None for everything.
        since: First moment of its validity.
        until: End of its validity, exclusive; None if it was not stated.
    """

    body: str
    number: str
    parameters: frozenset[str] | None
    since: int
    until: int | None

    def covers(self, parameter: str, at: int) -> bool:
        """Whether a result for a parameter, measured at a time, is within it."""
        in_time = self.since <= at and (self.until is None or at < self.until)
        return in_time and (self.parameters is None or parameter in self.parameters)


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """A registered identity: ``scheme`` is ``uscc``, ``lei``, ``vat`` or another register's name."""

    scheme: str
    value: str


@dataclass(frozen=True, slots=True)
class Guest:
    """What makes a party a guest: the order that enrolled its key, and all that it may speak of.

    Attributes:
        order: The order's subject, primary subject of the ``order`` record.
        subjects: The subjects of that record but the guest itself: the order and its lines.
        by: Who signed the order.
    """

    order: str
    subjects: frozenset[str]
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyState:
    """What the ledger knows about a party at some place of the log.

    Attributes:
        uri: The party's URI.
        name: What people call it; the operator's word for it.
        roles: Role names as in `ROLES`.
        keys: Every key enrolled so far, in order, revoked ones too.
        entry: Index of the entry that enrolled the party.
        changed: Index of the entry that changed it last: this is the state after that entry.
        threshold: How many of its keys must sign a statement.
        scopes: One of them must allow what the party says; None if it is not limited.
        accreditations: As a laboratory.
        identities: Registered identities.
        owner: URI of whoever owns or controls it; empty if nobody was named.
        suspended: Why it may say nothing at present; None if it may.
        guest: The order that made it a guest, or None for an enrolled party.
    """

    uri: str
    name: str
    roles: frozenset[str]
    keys: tuple[EnrolledKey, ...]
    entry: int
    changed: int
    threshold: int = 1
    scopes: tuple[Scope, ...] | None = None
    accreditations: tuple[Accreditation, ...] = ()
    identities: tuple[Identity, ...] = ()
    owner: str = ""
    suspended: str | None = None
    guest: Guest | None = None

    def active_keys(self) -> list[VerifierKey]:
        """The keys that may sign for this party now, recovery keys not among them."""
        return [one.key for one in self.keys if one.revoked is None and not one.recovery]

    def key_ring(self) -> KeyRing:
        """The keys that may sign now, and how many must."""
        recovery = tuple(one.key for one in self.keys if one.revoked is None and one.recovery)
        return KeyRing(tuple(self.active_keys()), recovery, self.threshold)

    def enrolled(self, key: VerifierKey) -> EnrolledKey | None:
        """What is known of one of its keys."""
        return next((one for one in self.keys if one.key == key), None)
