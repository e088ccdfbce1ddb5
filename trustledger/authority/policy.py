"""The registration policy as a value: what its TOML text says, read strictly (docs/format.md, "Registration policy").

The text stands in the ledger and is read again by every audit, on any machine and for many years, so what it means must
not depend on who reads it: unknown keys are refused, and so is whatever later versions of TOML read in another way than
TOML 1.0. `trustledger.authority.rights` asks what follows from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date as Date  # noqa: N812  (a policy has a field of that name)
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Final, Literal, cast, get_args

from trustledger.authority.parties import ROLES
from trustledger.authority.policy_toml import Table, key_path, plain_toml, shown
from trustledger.errors import FormatError, NewerFormatError

FORMAT: Final = 1
MAX_TEXT: Final = 60_000
"""Bytes of a policy: it stands in a record, which has room for 65,535."""
MAX_SECONDS: Final = 315_360_000
"""The most that a time may lie before or after its placement: ten years of 365 days."""
MAX_DAYS: Final = 3_650
MAX_SIGNATURES: Final = 16
"""Parties that can sign a statement: its party and 15 others (format, section 3)."""
DEFAULT: Final = "supply-chain"

Strangers = Literal["allow", "named", "steward"]
STRANGERS: Final[tuple[Strangers, ...]] = get_args(Strangers)

AUTHORITY: Final = frozenset({"key", "ledger", "party", "policy"})
"""Kinds that no policy rules: the operator's, and a party's word about its own keys."""
UNREADABLE: Final = "withheld"
"""How the kind of a record is named whose content was erased; no policy can list it."""
NOTHING: Final = "-"
"""The same for a record that is not there: no list can hold it, so nothing allows it."""
STEWARD_REACH: Final = 256
"""Records of a chain among which its steward is looked for: the question costs the same in a chain of a million."""

_UNLISTED: Final = "*"
"""Stands for all kinds that are not listed, among names of kinds."""

_KIND: Final = re.compile(r"[a-z][a-z0-9_.\-]{0,63}")
"""Names of kinds (format, section 2)."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """What is asked of records of one kind.

    Attributes:
        roles: The party that speaks needs one of these; empty if nobody but guests may.
        signatures: How many different parties must sign, the party that speaks among them.
        cosigned_by: One of the other signers needs one of these; empty if none is asked for.
        after: One of these kinds must stand earlier in the chain of the primary subject; empty if none.
        strangers: The rule for secondary subjects, or None for the policy's own.
    """

    roles: frozenset[str]
    signatures: int = 1
    cosigned_by: frozenset[str] = frozenset()
    after: tuple[str, ...] = ()
    strangers: Strangers | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A registration policy. Two are equal if their texts are.

    Attributes:
        text: The TOML, as it stands in the ledger.
        name: Its name.
        date: When it was written, as it says.
        behind: Seconds that a statement's ``time`` may lie before its placement.
        ahead: Seconds that it may lie after it.
        strangers: Who may touch, as a secondary subject, what another party is the steward of.
        kinds: Rules by kind.
        unlisted: The rule for kinds with a dot that are not listed; None if they are refused.
        guest_kinds: What guests may sign.
        self_revocation_days: Days that a party may date "compromised since" back without the operator.
        sha256: SHA-256 of the text, 32 bytes.
    """

    text: str = field(repr=False)
    name: str = field(compare=False)
    date: Date = field(compare=False)
    behind: int = field(compare=False)
    ahead: int = field(compare=False)
    strangers: Strangers = field(compare=False)
    kinds: Mapping[str, KindRule] = field(compare=False, repr=False)
    unlisted: KindRule | None = field(compare=False)
    guest_kinds: frozenset[str] = field(compare=False)
    self_revocation_days: int = field(compare=False)
    sha256: bytes = field(compare=False)

    @property
    def self_revocation(self) -> int:
        """`self_revocation_days` in milliseconds."""
        return self.self_revocation_days * 86_400_000

    def rule(self, kind: str) -> KindRule | None:
        """The rule for a kind; None if no enrolled party may sign it."""
        listed = self.kinds.get(kind)
        return self.unlisted if listed is None and "." in kind else listed

    def after(self, kind: str) -> tuple[str, ...]:
        """The kinds of which one must stand earlier in the chain of the primary subject; empty if none."""
        rule = self.rule(kind)
        return rule.after if rule is not None else ()

    def strangers_of(self, kind: str) -> Strangers:
        """The rule for the secondary subjects of a kind; the loosest there is if the kind was erased."""
        if kind == UNREADABLE:
            rules = (*self.kinds.values(), *((self.unlisted,) if self.unlisted is not None else ()))
            said = {self.strangers, *(rule.strangers for rule in rules if rule.strangers is not None)}
            return min(said, key=STRANGERS.index)
        rule = self.rule(kind)
        return self.strangers if rule is None or rule.strangers is None else rule.strangers


def parse_policy(text: str) -> Policy:
    """Read a registration policy. The last few are remembered by their text.

    Raises:
        FormatError: ``policy.*``: not such a text, with the path of the key, what was seen and what was expected.
        NewerFormatError: ``policy.newer``: its ``format`` is of a later version.
    """
    if type(text) is not str:
        raise FormatError("policy.text", seen=type(text).__name__)
    if (
        len(text) > MAX_TEXT
    ):  # characters, so that no larger text is remembered; bytes are counted in `_parse`
        raise FormatError("policy.size", seen=len(text), expected=MAX_TEXT)
    return _parse(text)


@cache
def default_policy_text() -> str:
    """The text of the policy that a new ledger begins with: `DEFAULT`, byte for byte as it is packaged."""
    return (files(__package__) / "policies" / f"{DEFAULT}.toml").read_bytes().decode("utf-8")


def default_policy() -> Policy:
    """The policy that a new ledger begins with."""
    return parse_policy(default_policy_text())


def differences(old: Policy, new: Policy) -> list[tuple[str, str | None, str | None]]:
    """What changes from one policy to another.

    Returns:
        (path of the key, value before, value after), ascending by path; None where the key has no value.
    """
    before, after = dict(_leaves(old)), dict(_leaves(new))
    return [
        (path, before.get(path), after.get(path))
        for path in sorted(before.keys() | after.keys())
        if before.get(path) != after.get(path)
    ]


def _leaves(policy: Policy) -> Iterator[tuple[str, str]]:
    """Every key of a policy and its value as people read it; what does not limit is left out."""
    yield "name", policy.name
    yield "date", policy.date.isoformat()
    yield "time.behind", str(policy.behind)
    yield "time.ahead", str(policy.ahead)
    yield "secondary.strangers", policy.strangers
    yield "guests.kinds", _joined(policy.guest_kinds)
    yield "keys.self_revocation_days", str(policy.self_revocation_days)
    rules = {key_path("kinds", kind): rule for kind, rule in policy.kinds.items()}
    if policy.unlisted is not None:
        rules["unlisted"] = policy.unlisted
    for at, rule in rules.items():
        yield f"{at}.roles", _joined(rule.roles)
        yield f"{at}.signatures", str(rule.signatures)
        if rule.cosigned_by:
            yield f"{at}.cosigned_by", _joined(rule.cosigned_by)
        if rule.after:
            yield f"{at}.after", _joined(rule.after)
        if rule.strangers is not None:
            yield f"{at}.strangers", rule.strangers


def _joined(names: frozenset[str] | tuple[str, ...]) -> str:
    return ", ".join(sorted(names))


# --- reading ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _parse(text: str) -> Policy:
    table = plain_toml(text, MAX_TEXT)
    _check_format(table)
    root = Table(table)
    root.only("date", "format", "guests", "keys", "kinds", "name", "secondary", "time", "unlisted")
    time, secondary = root.table("time"), root.table("secondary")
    guests, keys = root.table("guests"), root.table("keys")
    time.only("ahead", "behind")
    secondary.only("strangers")
    guests.only("kinds")
    keys.only("self_revocation_days")
    policy = Policy(
        text=text,
        name=root.name("name"),
        date=root.date("date"),
        behind=time.number("behind", 0, MAX_SECONDS, 2_592_000),
        ahead=time.number("ahead", 0, MAX_SECONDS, 300),
        strangers=_strangers(secondary) or "named",
        kinds=MappingProxyType(_rules(root.table("kinds"))),
        unlisted=_rule(root.table("unlisted")) if "unlisted" in table else None,
        guest_kinds=frozenset(_kinds(guests, "kinds")),
        self_revocation_days=keys.number("self_revocation_days", 0, MAX_DAYS, 30),
        sha256=sha256(text.encode()).digest(),
    )
    _check_possible(policy)
    return policy


def _check_format(table: dict[str, Any]) -> None:
    """Asked first: what a later version adds is newer, not wrong."""
    found = table.get("format")
    if type(found) is int and found > FORMAT:
        raise NewerFormatError("policy.newer", seen=found, expected=FORMAT)
    if type(found) is not int or found != FORMAT:
        raise FormatError("policy.format", seen=shown(found), expected=FORMAT)


def _rules(kinds: Table) -> dict[str, KindRule]:
    for name in kinds.values:
        _check_kind(name, kinds.at)
    return {name: _rule(kinds.table(name)) for name in sorted(kinds.values)}


def _rule(table: Table) -> KindRule:
    table.only("after", "cosigned_by", "roles", "signatures", "strangers")
    table.required("roles")
    return KindRule(
        roles=_roles(table, "roles"),
        signatures=table.number("signatures", 1, MAX_SIGNATURES, 1),
        cosigned_by=_roles(table, "cosigned_by"),
        after=tuple(sorted(_kinds(table, "after"))),
        strangers=_strangers(table),
    )


def _strangers(table: Table) -> Strangers | None:
    return cast("Strangers | None", table.choice("strangers", STRANGERS))


def _roles(table: Table, name: str) -> frozenset[str]:
    found = table.names(name)
    for role in found:
        if role not in ROLES:
            raise FormatError(
                "policy.role", at=key_path(table.at, name), seen=role, expected=", ".join(ROLES)
            )
    return frozenset(found)


def _kinds(table: Table, name: str) -> list[str]:
    found = table.names(name)
    for kind in found:
        _check_kind(kind, key_path(table.at, name))
    return found


def _check_kind(kind: str, at: str) -> None:
    """A kind that a policy may rule."""
    if _KIND.fullmatch(kind) is None or kind == UNREADABLE:
        raise FormatError("policy.kind", at=at, seen=kind)
    if kind in AUTHORITY:
        raise FormatError("policy.authority", at=at, seen=kind)


def _check_possible(policy: Policy) -> None:
    """No kind waits for kinds that can never stand before it."""
    signable = {kind for kind, rule in policy.kinds.items() if rule.roles} | policy.guest_kinds
    waiting = {kind: policy.after(kind) for kind in signable}
    if policy.unlisted is not None:
        waiting[_UNLISTED] = policy.unlisted.after
    possible: set[str] = set()
    while come := {
        kind
        for kind, after in waiting.items()
        if not after or any((one if one in signable else _listed(policy, one)) in possible for one in after)
    }:
        possible |= come
        waiting = {kind: after for kind, after in waiting.items() if kind not in come}
    for kind, after in sorted(waiting.items()):
        at = key_path("kinds", kind) if kind != _UNLISTED else "unlisted"
        raise FormatError("policy.never", at=key_path(at, "after"), seen=", ".join(after))


def _listed(policy: Policy, kind: str) -> str:
    """Where the rule of a kind stands."""
    return _UNLISTED if kind not in policy.kinds and "." in kind else kind
