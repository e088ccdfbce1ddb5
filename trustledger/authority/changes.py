"""One step of the fold: a party's state after one more record of its chain.

What is asked here depends on the party's own chain, the signers and the operator alone, so that a reader who folds one
chain and an audit that folds all of them come to the same state. What needs the whole ledger (is this key anybody's?)
or its policy is asked in `trustledger.authority.state`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, cast

from trustledger.authority import fields
from trustledger.authority.ledgers import check_fields
from trustledger.authority.parties import EnrolledKey, Guest, PartyState, Reason, Revocation
from trustledger.encoding import format_time
from trustledger.errors import FormatError, NewerFormatError, PolicyError
from trustledger.note import ED25519, VerifierKey
from trustledger.record import Record
from trustledger.subject import PARTY_PREFIX, RESERVED, check_party

_GUEST: Final = re.compile(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
"""A person is named by a random ``urn:uuid`` (section 2); RFC 9562 writes it in lower case."""
_PARTY_FIELDS: Final = frozenset(
    (
        "accreditations", "custody", "identities", "keys", "name", "owner", "recovery", "roles", "scopes",
        "suspended", "threshold",
    )
)  # fmt: skip
_KEY_FIELDS: Final = frozenset({"custody", "keys", "recovery", "revoke"})
_GUEST_CHANGES: Final = frozenset({"suspended"})
"""All that a ``party`` record may say of a guest: what it may sign was fixed by its order."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Where an authority record stands, and who says it.

    Attributes:
        entry: Index of its entry.
        at: When the ledger placed it, ms since 1970-01-01T00:00:00Z.
        signers: Who signed the statement.
        keys: The keys that signed it, verified; in entry 0 not looked at.
        operator: Who the operator is.
    """

    entry: int
    at: int
    signers: tuple[str, ...]
    keys: tuple[VerifierKey, ...]
    operator: str

    @property
    def by_operator(self) -> bool:
        """Whether the operator signed."""
        return self.operator in self.signers


def change_party(
    before: PartyState | None, uri: str, data: Mapping[str, Any], placing: Placing
) -> PartyState:
    """The state after a ``party`` record, which the operator signed.

    Raises:
        PolicyError: Nobody may say it.
        FormatError: Data that the kind does not allow.
        NewerFormatError: A field this version does not know.
    """
    check_fields(data, _PARTY_FIELDS)
    if before is not None and before.guest is not None and set(data) - _GUEST_CHANGES:
        raise PolicyError("authority.guest_fixed", seen=uri)
    if "recovery" in data and placing.entry:
        raise PolicyError("authority.recovery_later", seen=uri)
    keys = _new_keys(uri, data, placing)
    if before is None:
        if not keys:
            raise FormatError("authority.no_key", seen=uri)
        before = PartyState(uri, uri, frozenset(), (), placing.entry, placing.entry)
    after = replace(_with_keys(before, keys, placing), changed=placing.entry, **_read(data))
    _check_operator(after, placing)
    if after.threshold > len(after.active_keys()) and "threshold" in data:
        raise FormatError(
            "authority.threshold_keys", seen=after.threshold, expected=len(after.active_keys()), party=uri
        )
    return after


def _read(data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that replace what stood, read."""
    return {field: read(data[field]) for field, read in fields.REPLACING.items() if field in data}


def _check_operator(after: PartyState, placing: Placing) -> None:
    """There is one operator for good, and nothing silences it: it alone can set the ledger right."""
    if after.uri != placing.operator:
        if "operator" in after.roles:
            raise PolicyError("authority.one_operator", seen=after.uri, expected=placing.operator)
    elif after.suspended is not None or after.scopes is not None or "operator" not in after.roles:
        raise PolicyError("authority.operator_limited", seen=after.uri)


def change_keys(before: PartyState | None, uri: str, data: Mapping[str, Any], placing: Placing) -> PartyState:
    """The state after a ``key`` record, signed by the operator or the party: new keys, and ends of old ones.

    The operator may add and revoke. A party itself may revoke its keys, and enrol at most as many new ones as it
    ends in the same record: a rotation, which leaves nobody with more keys than the operator granted.

    Raises:
        PolicyError: Not theirs to say, or a key that is not the party's, or revoked already.
        FormatError: Data that the kind does not allow.
        NewerFormatError: A field this version does not know.
    """
    check_fields(data, _KEY_FIELDS)
    if before is None:
        raise PolicyError("authority.unknown_party", seen=uri)
    revocations = fields.read_revocations(data.get("revoke", []))
    keys = _new_keys(uri, data, placing)
    if not revocations and not keys:
        raise FormatError("authority.no_change", seen=uri)
    if keys and before.guest is not None:
        raise PolicyError("authority.guest_fixed", seen=uri)
    after = before
    for vkey, reason, since in revocations:
        after = _revoke(after, vkey, cast("Reason", reason), since, placing)
    changed = [(new, old) for new, old in zip(after.keys, before.keys, strict=True) if new != old]
    ended = sum(old.revoked is None for _, old in changed)
    if not placing.by_operator and len(keys) > ended:
        raise PolicyError("authority.more_keys", seen=len(keys), expected=ended, party=uri)
    if any(one.recovery for one in (*keys, *(new for new, _ in changed))):
        _check_recovering(before, placing)
    after = replace(_with_keys(after, keys, placing), changed=placing.entry)
    _check_way_back(after, placing)
    return after


def _check_way_back(after: PartyState, placing: Placing) -> None:
    """The operator keeps enough keys to sign with, or one to come back with: nobody else could bring it back."""
    ring = after.key_ring()
    if after.uri == placing.operator and len(ring.keys) < ring.threshold and not ring.recovery:
        raise PolicyError(
            "authority.last_keys", seen=len(ring.keys), expected=ring.threshold, party=after.uri
        )


def _check_recovering(before: PartyState, placing: Placing) -> None:
    """Recovery keys come and go by a recovery key alone: whoever stole the others must not throw it away."""
    ring = before.key_ring().recovery
    if not any(key in ring for key in placing.keys):
        raise PolicyError("authority.recovery_needed", seen=before.uri)


def _revoke(state: PartyState, vkey: str, reason: Reason, since: int | None, placing: Placing) -> PartyState:
    """End a key; or say of one that ended that it was compromised, or earlier than was said.

    A thief would else end a stolen key itself, as superseded, and nothing it signed could be doubted. Doubts only grow.
    """
    number = next((number for number, one in enumerate(state.keys) if one.key.text == vkey), None)
    if number is None:
        raise PolicyError("authority.key_unknown", seen=vkey, party=state.uri)
    key, end = state.keys[number], state.keys[number].revoked
    if reason == "compromised":
        since = key.at if since is None else since
        if not key.at <= since <= placing.at:
            first, last = format_time(key.at), format_time(placing.at)
            raise PolicyError("authority.since_outside", seen=format_time(since), first=first, last=last)
    if end is None:
        end = Revocation(placing.entry, placing.at, reason, since, placing.signers)
    elif since is not None and (end.since is None or since < end.since):
        end = replace(end, reason=reason, since=since, by=placing.signers, later=placing.entry)
    else:
        raise PolicyError("authority.key_revoked", seen=vkey, entry=end.entry)
    revoked = replace(key, revoked=end)
    return replace(state, keys=(*state.keys[:number], revoked, *state.keys[number + 1 :]))


def enrol_guest(before: PartyState | None, uri: str, record: Record, placing: Placing) -> PartyState:
    """The state after an ``order`` record, which enrols its buyer's key as a guest.

    Who may sign an order is the policy's to say; what the guest may sign is fixed here: kinds that the policy lists,
    about this order and the subjects of its record, and nothing else, ever.

    Raises:
        PolicyError: The guest exists already.
        FormatError: Not a random ``urn:uuid``, or not exactly one Ed25519 key.
    """
    if before is not None:
        raise PolicyError("authority.guest_known", seen=uri)
    if _GUEST.fullmatch(uri) is None:
        raise FormatError("authority.guest_name", seen=uri)
    keys = fields.read_keys(record.data.get("keys"), uri)
    if len(keys) != 1 or keys[0].type != ED25519:
        raise FormatError("authority.guest_key", seen=uri)
    about = frozenset(name for name in record.subjects if not name.startswith(RESERVED))
    guest = Guest(record.subjects[0], about, placing.signers)
    key = EnrolledKey(keys[0], placing.entry, placing.at, uri)
    return PartyState(uri, uri, frozenset(), (key,), placing.entry, placing.entry, guest=guest)


def guest_of(record: Record) -> str:
    """The guest whom an ``order`` record enrols.

    Raises:
        FormatError: It names another subject of the ledger's own, or several, or one as what it is about.
    """
    reserved = [name for name in record.subjects if name.startswith(RESERVED)]
    if len(reserved) != 1 or reserved[0] == record.subjects[0] or not reserved[0].startswith(PARTY_PREFIX):
        raise FormatError("authority.guest_subject", seen=", ".join(reserved))
    return reserved[0][len(PARTY_PREFIX) :]


def _new_keys(uri: str, data: Mapping[str, Any], placing: Placing) -> tuple[EnrolledKey, ...]:
    """The keys that a record enrols."""
    keys = fields.read_keys(data.get("keys", []), uri)
    custody = check_party(data["custody"]) if "custody" in data else uri
    if "custody" in data and not keys:
        raise FormatError("authority.custody", seen=custody)
    recovery = fields.read_recovery(data["recovery"], keys) if "recovery" in data else frozenset()
    if recovery and uri != placing.operator:
        raise PolicyError("authority.recovery_operator", seen=uri, expected=placing.operator)
    return tuple(
        EnrolledKey(key, placing.entry, placing.at, custody, recovery=key in recovery) for key in keys
    )


def _with_keys(state: PartyState, keys: tuple[EnrolledKey, ...], placing: Placing) -> PartyState:
    """A party with more keys.

    Whoever brings a party back, the operator or for the operator its recovery key, has room that nobody else can fill:
    a thief would else enrol keys until no other could follow.
    """
    most = fields.MAX_KEYS + (fields.SPARE_KEYS if keys and _has_last_word(state, placing) else 0)
    if keys and len(state.keys) + len(keys) > most:
        raise FormatError("authority.too_many_keys", seen=state.uri, expected=most)
    return replace(state, keys=state.keys + keys)


def _has_last_word(state: PartyState, placing: Placing) -> bool:
    if state.uri != placing.operator:
        return placing.by_operator
    recovery = {one.key for one in state.keys if one.recovery}
    return not recovery.isdisjoint(placing.keys)


def refuse_sealed(record: Record) -> Mapping[str, Any]:
    """Data of an authority record, once it is sure that it hides nothing that would have to be known.

    Raises:
        NewerFormatError: Something other than a party's name is sealed.
    """
    hidden = sorted(set(record.sealed) - ({"/name"} if record.kind == "party" else set()))
    if hidden:
        raise NewerFormatError("authority.newer_field", seen=", ".join(hidden))
    return record.data
