"""Data of authority records, made from typed values. Whatever is made here is read back by the fold's own readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from trustledger.authority import fields
from trustledger.authority.parties import Accreditation, Identity, Reason, Scope
from trustledger.note import VerifierKey
from trustledger.subject import check_party


def party_record_data(  # noqa: PLR0913  (one for each field)
    name: str | None = None,
    roles: Iterable[str] | None = None,
    key_notes: Sequence[bytes] = (),
    *,
    custody: str | None = None,
    recovery: Sequence[VerifierKey] = (),
    scopes: Sequence[Scope] | None = None,
    threshold: int | None = None,
    accreditations: Sequence[Accreditation] | None = None,
    identities: Iterable[Identity] | None = None,
    owner: str | None = None,
    suspended: str | None = None,
) -> dict[str, Any]:
    """Data of a ``party`` record; what is None is not said, what is said replaces what stood.

    Args:
        name: What people call it.
        roles: All of its roles.
        key_notes: Self-signed notes of keys to add.
        custody: Who holds the private halves of these keys, if not the party itself.
        recovery: Which of these keys are recovery keys; entry 0 alone may have them.
        scopes: What it is limited to; ``[Scope()]`` lifts every limit.
        threshold: How many of its keys must sign.
        accreditations: As a laboratory, all of them.
        identities: Registered identities, all of them.
        owner: Who owns or controls it; empty for nobody.
        suspended: Why it may say nothing; empty lets it speak again.

    Raises:
        FormatError: A value that the format does not allow.
    """
    said: dict[str, Any] = {
        "accreditations": None if accreditations is None else [_accreditation(one) for one in accreditations],
        "custody": None if custody is None else check_party(custody),
        "identities": None if identities is None else [_identity(one) for one in sorted(set(identities))],
        "keys": [note.decode() for note in key_notes] or None,
        "name": name,
        "owner": owner,
        "recovery": [key.text for key in recovery] or None,
        "roles": None if roles is None else sorted(set(roles)),
        "scopes": None if scopes is None else [_scope(one) for one in scopes],
        "suspended": suspended,
        "threshold": threshold,
    }
    data = {field: value for field, value in said.items() if value is not None}
    for field, read in fields.REPLACING.items():
        if field in data:
            read(data[field])
    return data


def key_record_data(
    key_notes: Sequence[bytes] = (),
    revoke: Sequence[tuple[VerifierKey, Reason, int | None]] = (),
    *,
    custody: str | None = None,
    recovery: Sequence[VerifierKey] = (),
) -> dict[str, Any]:
    """Data of a ``key`` record.

    Args:
        key_notes: Self-signed notes of keys to add.
        revoke: Keys that end: the key, why, and of a compromised one since when (ms since 1970-01-01T00:00:00Z), or
            None for its whole life.
        custody: Who holds the private halves of the new keys, if not the party itself.
        recovery: Which of the new keys are recovery keys.

    Raises:
        FormatError: A value that the format does not allow.
    """
    data: dict[str, Any] = {}
    if custody is not None:
        data["custody"] = check_party(custody)
    if key_notes:
        data["keys"] = [note.decode() for note in key_notes]
    if recovery:
        data["recovery"] = [key.text for key in recovery]
    if revoke:
        data["revoke"] = [
            {"key": key.text, "reason": reason, **({} if since is None else {"since": since})}
            for key, reason, since in revoke
        ]
        fields.read_revocations(data["revoke"])
    return data


def _period(since: int | None, until: int | None) -> dict[str, int]:
    return {name: time for name, time in (("since", since), ("until", until)) if time is not None}


def _identity(identity: Identity) -> dict[str, str]:
    return {"scheme": identity.scheme, "value": identity.value}


def _scope(scope: Scope) -> dict[str, Any]:
    named = (("kinds", scope.kinds), ("parameters", scope.parameters), ("subjects", scope.subjects))
    data: dict[str, Any] = {field: sorted(names) for field, names in named if names is not None}
    data.update(_period(scope.since, scope.until))
    return dict(sorted(data.items()))


def _accreditation(one: Accreditation) -> dict[str, Any]:
    data: dict[str, Any] = {"body": one.body, "number": one.number, **_period(one.since, one.until)}
    if one.parameters is not None:
        data["parameters"] = sorted(one.parameters)
    return dict(sorted(data.items()))
