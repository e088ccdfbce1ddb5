"""How many independent parties and keys stand behind a chain, and how many of the keys the shop itself holds.

A signature of a party that the shop owns, or with a key that the shop keeps, is the shop's own word. Who owns whom, who
is registered as what and who keeps a key is what the operator declared when it enrolled them: this view counts what
was declared and cannot see what was not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from trustledger.authority.parties import PartyState
from trustledger.note import VerifierKey

MAX_OWNERS: Final = 32
"""Owners of owners that are followed from one party: more than any group of companies discloses."""
Lookup = Callable[[str], PartyState | None]
"""A party's state at the place of the record that is being judged."""


class Ties:
    """Which parties belong together: those with one registered identity, and owners with what they own.

    Ties only ever grow: who was tied to another at the place of one record counts as tied in the whole chain.
    """

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._read: set[tuple[str, int]] = set()

    def learn(self, state: PartyState, lookup: Lookup | None = None) -> None:
        """Take note of a party's identities and owner, and of the owner's own, transitively.

        Args:
            state: The party.
            lookup: Finds an owner that is enrolled itself.
        """
        current: PartyState | None = state
        seen: set[str] = set()
        while current is not None and current.uri not in seen and len(seen) < MAX_OWNERS:
            seen.add(current.uri)
            if (current.uri, current.changed) not in self._read:
                self._read.add((current.uri, current.changed))
                self._tie(current)
            current = lookup(current.owner) if lookup and current.owner else None

    def _tie(self, state: PartyState) -> None:
        self._find(state.uri)
        for identity in state.identities:
            self._join(state.uri, f"{identity.scheme.casefold()} {''.join(identity.value.split()).upper()}")
        if state.owner:
            self._join(state.uri, state.owner)

    def same(self, one: str, other: str) -> bool:
        """Whether two parties are one for the purposes of independence."""
        return one == other or self._find(one) == self._find(other)

    def groups(self, parties: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Some parties by group, each group and all of them in ascending order."""
        found: dict[str, list[str]] = {}
        for uri in sorted(set(parties)):
            found.setdefault(self._find(uri), []).append(uri)
        return tuple(sorted(tuple(group) for group in found.values()))

    def _find(self, name: str) -> str:
        root = name
        while self._parent.setdefault(root, root) != root:
            root = self._parent[root]
        while self._parent[name] != root:  # so that the next way is short
            self._parent[name], name = root, self._parent[name]
        return root

    def _join(self, one: str, other: str) -> None:
        first, second = sorted((self._find(one), self._find(other)))
        self._parent[second] = first


@dataclass(frozen=True, slots=True, order=True)
class KeyUse:
    """A key that signed.

    Attributes:
        key: The key in its text form (vkey).
        party: URI of the party whose key it is.
        custody: URI of whoever holds the private key, as declared.
    """

    key: str
    party: str
    custody: str


@dataclass(frozen=True, slots=True)
class Independence:
    """Who stands behind some records. Everything is in ascending order.

    Attributes:
        parties: URIs of all that signed.
        groups: The same by group: parties of one group are not independent of each other.
        keys: The keys that signed.
        held_by_shop: Those whose private key the shop holds: the operator, the merchant named by the caller, or a party
            of their groups. A key of the shop's own is one of them.
        shop: URIs that count as the shop: the operator, and the merchant if one was named.
        independent: The groups that do not belong to the shop and of whose keys that signed at least one is not held by
            it: as many independent parties stand behind the records.
    """

    parties: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    keys: tuple[KeyUse, ...]
    held_by_shop: tuple[KeyUse, ...]
    shop: tuple[str, ...]
    independent: tuple[tuple[str, ...], ...]

    def to_plain(self) -> dict[str, Any]:
        """The same as JSON values; keys that the shop holds by their text alone."""
        return {
            "parties": list(self.parties),
            "groups": [list(group) for group in self.groups],
            "independent": [list(group) for group in self.independent],
            "keys": [{"key": use.key, "party": use.party, "custody": use.custody} for use in self.keys],
            "held_by_shop": [use.key for use in self.held_by_shop],
            "shop": list(self.shop),
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Independence:
        """Read what `to_plain` wrote."""
        keys = tuple(KeyUse(one["key"], one["party"], one["custody"]) for one in plain["keys"])
        held = frozenset(plain["held_by_shop"])
        return cls(
            tuple(plain["parties"]),
            tuple(map(tuple, plain["groups"])),
            keys,
            tuple(use for use in keys if use.key in held),
            tuple(plain["shop"]),
            tuple(map(tuple, plain["independent"])),
        )


class IndependenceFold:
    """Counts parties and keys, statement by statement; each costs as much as it has signers.

    Args:
        operator: URI of the ledger's operator.
        merchant: URI of the shop whose goods are looked at, if it is another.
    """

    def __init__(self, operator: str, merchant: str | None = None) -> None:
        self._shop = tuple(sorted({operator, merchant or operator}))
        self._ties = Ties()
        self._parties: set[str] = set()
        self._keys: set[KeyUse] = set()

    def add(
        self,
        party_state: PartyState,
        cosigner_states: Iterable[PartyState] = (),
        keys: Iterable[VerifierKey] = (),
        lookup: Lookup | None = None,
    ) -> None:
        """Take note of one statement.

        Args:
            party_state: Who speaks, as the ledger knew it before the entry.
            cosigner_states: Who signed too, of the same moment.
            keys: The keys that signed. One that none of these parties has is passed over: there is none in a verified
                statement.
            lookup: Finds a party's state of the same moment, for owners and for the shop.
        """
        states = {state.uri: state for state in (party_state, *cosigner_states)}
        for state in states.values():
            self._parties.add(state.uri)
            self._ties.learn(state, lookup)
        for key in keys:
            state_of = states.get(key.name)
            enrolled = state_of.enrolled(key) if state_of else None
            if enrolled is not None:
                self._keys.add(KeyUse(key.text, key.name, enrolled.custody))
                self._learn(enrolled.custody, lookup)
        for uri in self._shop:
            self._learn(uri, lookup)

    def _learn(self, uri: str, lookup: Lookup | None) -> None:
        state = lookup(uri) if lookup else None
        if state is not None:
            self._ties.learn(state, lookup)

    def result(self) -> Independence:
        """What was counted so far."""
        keys = tuple(sorted(self._keys))
        held = tuple(use for use in keys if self._is_shop(use.custody))
        free = {use.party for use in keys if not self._is_shop(use.custody)}
        groups = self._ties.groups(self._parties)
        independent = tuple(
            group for group in groups if not self._is_shop(group[0]) and not free.isdisjoint(group)
        )
        return Independence(tuple(sorted(self._parties)), groups, keys, held, self._shop, independent)

    def _is_shop(self, uri: str) -> bool:
        return any(self._ties.same(uri, one) for one in self._shop)
