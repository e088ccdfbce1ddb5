"""What the ledger says of itself: the keys of its log and its registration policy (chain of ``trustledger:ledger``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Final

from trustledger.authority.policy import Policy, parse_policy
from trustledger.errors import FormatError, NewerFormatError, PolicyError
from trustledger.note import ED25519, VerifierKey, parse_vkey

MAX_LOG_KEYS: Final = 16
"""Log keys at one time; a checkpoint must stay readable for clients that accept 16 lines (signed-note)."""
_LEDGER_FIELDS: Final = frozenset({"log_keys"})
_POLICY_FIELDS: Final = frozenset({"sha256", "toml"})


@dataclass(frozen=True, slots=True)
class LedgerState:
    """What the ledger says of itself at some place of the log.

    Attributes:
        origin: Its name, and the name of its log keys.
        log_keys: The keys that sign checkpoints of a log that ends here.
        retired: Keys that signed checkpoints once and never will again.
        policy: The registration policy, or None as long as none was set.
        changed: Index of the entry that changed it last: this is the state after that entry.
    """

    origin: str
    log_keys: tuple[VerifierKey, ...]
    retired: tuple[VerifierKey, ...] = ()
    policy: Policy | None = None
    changed: int = 0

    def ever_log_key(self, key: VerifierKey) -> bool:
        """Whether this public key signs for the log or did once."""
        return any(one.public == key.public for one in (*self.log_keys, *self.retired))


def change_log_keys(before: LedgerState, data: Mapping[str, Any], entry: int) -> LedgerState:
    """The state after a later ``ledger`` record, which lists all log keys from now on.

    Raises:
        NewerFormatError: A field this version does not know.
        FormatError: Not a list of different keys in the log's name.
        PolicyError: A key that was retired.
    """
    check_fields(data, _LEDGER_FIELDS)
    keys = read_log_keys(data.get("log_keys"), before.origin)
    for key in keys:
        if any(key.public == old.public for old in before.retired):
            raise PolicyError("authority.log_key_retired", seen=key.text)
    retired = tuple(key for key in before.log_keys if key not in keys)
    return replace(before, log_keys=keys, retired=before.retired + retired, changed=entry)


def change_policy(before: LedgerState, data: Mapping[str, Any], entry: int) -> LedgerState:
    """The state after a ``policy`` record.

    Raises:
        NewerFormatError: A field, or a policy, that this version does not know.
        FormatError: Not a policy, or not the one that the hash says.
    """
    check_fields(data, _POLICY_FIELDS)
    text, digest = data.get("toml"), data.get("sha256")
    if type(text) is not str or type(digest) is not bytes:
        raise FormatError("authority.policy", seen=", ".join(sorted(data)))
    if sha256(text.encode()).digest() != digest:
        raise FormatError(
            "authority.policy_hash", seen=digest.hex(), expected=sha256(text.encode()).hexdigest()
        )
    return replace(before, policy=parse_policy(text), changed=entry)


def read_log_keys(vkeys: Any, origin: str) -> tuple[VerifierKey, ...]:
    """Different Ed25519 keys in the log's name, at least one.

    Raises:
        FormatError: Otherwise.
    """
    if type(vkeys) is not list or not vkeys or not all(type(vkey) is str for vkey in vkeys):
        raise FormatError("genesis.log_keys", seen=type(vkeys).__name__)
    keys = tuple(parse_vkey(vkey) for vkey in vkeys)
    for key in keys:
        if key.type != ED25519 or key.name != origin:
            raise FormatError("genesis.log_keys", seen=key.text)
    if len({key.public for key in keys}) != len(keys) or len(keys) > MAX_LOG_KEYS:
        raise FormatError("genesis.log_keys", seen=len(keys))
    return keys


def check_fields(data: Mapping[str, Any], known: frozenset[str]) -> None:
    """No field of an authority record is unknown: it could take a right away.

    Raises:
        NewerFormatError: There is one.
    """
    unknown = sorted(set(data) - known)
    if unknown:
        raise NewerFormatError("authority.newer_field", seen=", ".join(unknown))


def policy_data(text: str) -> dict[str, Any]:
    """Data of a ``policy`` record.

    Raises:
        FormatError: Not a policy.
    """
    parse_policy(text)
    return {"sha256": sha256(text.encode()).digest(), "toml": text}
