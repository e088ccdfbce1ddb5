"""Parties on the screen and as JSON: what is known of one, and what a record changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from rich.console import Group, RenderableType
from rich.text import Text

from trustledger.authority.parties import Accreditation, EnrolledKey, PartyState, Scope
from trustledger.encoding import format_time
from trustledger_cli.render.records import role_names
from trustledger_cli.render.screen import Screen, clean

REASONS: Final = {
    "superseded": "key.superseded",
    "lost": "key.lost",
    "compromised": "key.compromised",
}
"""Reason of a revocation → the phrase for it."""
_FIELDS: Final = {
    "name": "col.name",
    "roles": "col.roles",
    "threshold": "party.threshold",
    "owner": "party.owner",
    "identities": "party.identities",
    "accreditations": "party.accreditations",
    "scopes": "party.scopes",
    "suspended": "party.suspended",
}
"""Field of a party → the phrase for it."""


class Change(NamedTuple):
    """What a record changed in a party.

    Attributes:
        field: ``roles`` and the like; ``key`` for a key that was enrolled or ended.
        before: As JSON; None if there was nothing.
        after: As JSON.
    """

    field: str
    before: Any
    after: Any


# --- as JSON --------------------------------------------------------------------------------------------------


def party_document(state: PartyState) -> dict[str, Any]:
    """A party as JSON: all that the ledger knows of it."""
    guest = state.guest
    return {
        "uri": state.uri,
        "name": state.name,
        "roles": sorted(state.roles),
        "threshold": state.threshold,
        "keys": [key_document(one) for one in state.keys],
        "scopes": None if state.scopes is None else [_scope_document(one) for one in state.scopes],
        "accreditations": [_accreditation_document(one) for one in state.accreditations],
        "identities": [f"{one.scheme}:{one.value}" for one in state.identities],
        "owner": state.owner,
        "suspended": state.suspended,
        "guest": None if guest is None else {"order": guest.order, "subjects": sorted(guest.subjects)},
        "entry": state.entry,
        "changed": state.changed,
    }


def key_document(one: EnrolledKey) -> dict[str, Any]:
    """A key of a party as JSON."""
    end = one.revoked
    revoked = end and {
        "entry": end.entry,
        "at": format_time(end.at),
        "reason": end.reason,
        "since": None if end.since is None else format_time(end.since),
        "by": list(end.by),
    }
    return {
        "id": one.key.key_id,
        "vkey": one.key.text,
        "entry": one.entry,
        "at": format_time(one.at),
        "custody": one.custody,
        "recovery": one.recovery,
        "state": "active" if end is None else "revoked",
        "revoked": revoked,
    }


def _scope_document(scope: Scope) -> dict[str, Any]:
    named = (("kinds", scope.kinds), ("subjects", scope.subjects), ("parameters", scope.parameters))
    document: dict[str, Any] = {name: sorted(names) for name, names in named if names is not None}
    return document | _period(scope.since, scope.until)


def _accreditation_document(one: Accreditation) -> dict[str, Any]:
    document: dict[str, Any] = {"body": one.body, "number": one.number}
    if one.parameters is not None:
        document["parameters"] = sorted(one.parameters)
    return document | _period(one.since, one.until)


def _period(since: int | None, until: int | None) -> dict[str, str]:
    return {name: format_time(at) for name, at in (("since", since), ("until", until)) if at is not None}


def changes(before: PartyState | None, after: PartyState) -> list[Change]:
    """What differs between two states of a party, field by field; new and ended keys one by one."""
    new = party_document(after)
    old = dict.fromkeys(new) if before is None else party_document(before)
    quiet: list[Any] = (
        [None, [], "", 1] if before is None else []
    )  # what an enrolment does not say is no change
    found = [
        Change(field, old[field], new[field])
        for field in _FIELDS
        if old[field] != new[field] and new[field] not in quiet
    ]
    known = {} if before is None else {one.key: key_document(one) for one in before.keys}
    for one in after.keys:
        document = key_document(one)
        if known.get(one.key) != document:
            found.append(Change("key", known.get(one.key), document))
    return found


# --- on the screen --------------------------------------------------------------------------------------------


def party_view(screen: Screen, state: PartyState) -> RenderableType:
    """All that the ledger knows of a party."""
    return Group(screen.facts(party_facts(screen, state)), keys_table(screen, state.keys))


def party_facts(screen: Screen, state: PartyState) -> list[tuple[str, Any]]:
    """A party as names and values; what limits nobody is left out."""
    document = party_document(state)
    pairs: list[tuple[str, Any]] = [("col.name", clean(state.name)), ("col.party", clean(state.uri))]
    for field, name in _FIELDS.items():
        value = document[field]
        if field == "name" or value in (None, [], "") or (field == "threshold" and value == 1):
            continue
        text = field_text(screen, field, value)
        pairs.append((name, Text(text, style="bold red") if field == "suspended" else text))
    if state.guest is not None:
        pairs.append(("party.guest", clean(state.guest.order)))
    pairs += [
        ("col.keys", ", ".join(key.key_id.hex() for key in state.active_keys()) or "—"),
        ("col.since", str(state.entry)),
    ]
    return pairs


def field_text(screen: Screen, field: str, value: Any) -> str:
    """A field's value in words."""
    if value in (None, [], ""):
        return "—"
    if field == "roles":
        return role_names(value, screen.language)
    if field == "threshold":
        return screen.say("party.threshold_of", count=value)
    if field in {"scopes", "accreditations"}:
        return "\n".join(_limits(screen, one) for one in value)
    return ", ".join(map(clean, value)) if isinstance(value, list) else clean(value)


def _limits(screen: Screen, one: dict[str, Any]) -> str:
    """A scope or an accreditation on one line."""
    said = [f"{clean(one['body'])} {clean(one['number'])}"] if "body" in one else []
    for field, name in (
        ("kinds", "party.kinds"),
        ("subjects", "party.subjects"),
        ("parameters", "party.parameters"),
    ):
        if field in one:
            said.append(f"{screen.say(name)} {', '.join(map(clean, one[field]))}")
    said += [
        f"{screen.say(name)} {one[field]}"
        for field, name in (("since", "party.from"), ("until", "party.until"))
        if field in one
    ]
    return " · ".join(said)


def keys_table(screen: Screen, keys: Sequence[EnrolledKey]) -> RenderableType:
    """Keys with who keeps them and how they stand."""
    table = screen.table("col.keys", "key.custody", "col.since", "key.state", right=(2,))
    for one in keys:
        style = "" if one.revoked is None else "dim"
        table.add_row(
            one.key.key_id.hex(), clean(one.custody), str(one.entry), key_state(screen, one), style=style
        )
    return table


def key_state(screen: Screen, one: EnrolledKey) -> Text:
    """How a key stands: active, or ended, when and why."""
    end = one.revoked
    if end is None:
        return Text(screen.say("key.recovery" if one.recovery else "key.active"), style="green")
    said = screen.say("key.revoked", reason=screen.say(REASONS[end.reason]), entry=end.entry)
    if end.since is not None:
        said += screen.say("key.since", time=format_time(end.since))
    return Text(said, style="bold red" if end.reason == "compromised" else "dim")


def change_lines(screen: Screen, found: Sequence[Change]) -> Iterator[str]:
    """What a record changed, a line for each."""
    for field, before, after in found:
        if field != "key":
            new, old = (field_text(screen, field, value) for value in (after, before))
            told = new if before in (None, [], "") else f"{old} → {new}"
            yield f"{screen.say(_FIELDS[field])}  {told}"
            continue
        key = after["id"].hex()
        if before is None:
            name = "history.recovery_key" if after["recovery"] else "history.key"
            yield screen.say(name, key=key, custody=after["custody"])
        if after["revoked"] is not None:
            reason, since = after["revoked"]["reason"], after["revoked"]["since"]
            told = screen.say("history.revoked", key=key, reason=screen.say(REASONS[reason]))
            yield told + (screen.say("key.since", time=since) if since else "")
