"""How many independent parties and keys stand behind a chain, and how many of the keys the shop itself holds.

A signature of a party that the shop owns, or with a key that the shop keeps, is the shop's own word. Likewise a key is
as good as whoever holds it: the farm can sign as the laboratory whose key it keeps, and a custodian of two can sign as
both. So *hands* are counted. With

- G, the groups that signed, without the shop's (`Ties`: one registered identity, or owners with what they own);
- H(g), the groups that hold the keys with which g ∈ G signed, without the shop's, and without keys whose every
  signature is doubted (they were compromised by then);

a group with g ∈ H(g) holds a key itself and depends on nobody; any other with H(g) ≠ ∅ is put together with all of
H(g). What hangs together then is one, and the number of those with a group of G in them is how many independent parties
stand behind the records: so many had to act together for them to be false. A group with H(g) = ∅ counts for nothing.

Who owns whom, who is registered as what and who keeps a key is what the operator declared when it enrolled them: this
view counts what was declared and cannot see what was not.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from trustledger.authority.parties import PartyState
from trustledger.note import VerifierKey

MAX_OWNERS: Final = 32
"""Parties of one chain of owners that are followed, the first among them: more than any group of companies discloses.
What lies beyond is not tied; `Ties.cut` says that there was more."""
Lookup = Callable[[str], PartyState | None]
"""A party's state at the place of the record that is being judged."""


class Ties:
    """Which parties belong together: those with one registered identity, and owners with what they own.

    Ties only ever grow: who was tied to another at the place of one record counts as tied in the whole chain.

    Attributes:
        cut: A chain of owners was longer than `MAX_OWNERS`: parties may belong together that are told apart here.
    """

    def __init__(self) -> None:
        self.cut = False
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
        while current is not None and current.uri not in seen:
            if len(seen) == MAX_OWNERS:
                self.cut = True
                return
            seen.add(current.uri)
            if (current.uri, current.changed) not in self._read:
                self._read.add((current.uri, current.changed))
                self._tie(current)
            current = lookup(current.owner) if lookup and current.owner else None

    def _tie(self, state: PartyState) -> None:
        self.group(state.uri)
        for identity in state.identities:
            self.join(state.uri, f"{identity.scheme.casefold()} {''.join(identity.value.split()).upper()}")
        if state.owner:
            self.join(state.uri, state.owner)

    def same(self, one: str, other: str) -> bool:
        """Whether two parties are one for the purposes of independence."""
        return one == other or self.group(one) == self.group(other)

    def groups(self, parties: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Some parties by group, each group and all of them in ascending order."""
        found: dict[str, list[str]] = {}
        for uri in sorted(set(parties)):
            found.setdefault(self.group(uri), []).append(uri)
        return tuple(sorted(tuple(group) for group in found.values()))

    def group(self, name: str) -> str:
        """What stands for a party's group: one text for all that belong together, as far as is known by now."""
        root = name
        while self._parent.setdefault(root, root) != root:
            root = self._parent[root]
        while self._parent[name] != root:  # so that the next way is short
            self._parent[name], name = root, self._parent[name]
        return root

    def join(self, one: str, other: str) -> None:
        """Put two parties together, and all that belongs to either."""
        first, second = sorted((self.group(one), self.group(other)))
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
        independent: As many independent parties stand behind the records; each with all parties that count as this one,
            of one group or of several whose keys are in the same hands. The module says how they are found.
        doubted: The keys whose every signature is doubted: they were compromised by then, as was said later.
        cut: A chain of owners was too long to be followed (`MAX_OWNERS`), so groups may be fewer than they seem.
    """

    parties: tuple[str, ...]
    groups: tuple[tuple[str, ...], ...]
    keys: tuple[KeyUse, ...]
    held_by_shop: tuple[KeyUse, ...]
    shop: tuple[str, ...]
    independent: tuple[tuple[str, ...], ...]
    doubted: tuple[KeyUse, ...] = ()
    cut: bool = False

    def to_plain(self) -> dict[str, Any]:
        """The same as JSON values; keys that the shop holds, and doubted ones, by their text alone."""
        return {
            "parties": list(self.parties),
            "groups": [list(group) for group in self.groups],
            "independent": [list(group) for group in self.independent],
            "keys": [{"key": use.key, "party": use.party, "custody": use.custody} for use in self.keys],
            "held_by_shop": [use.key for use in self.held_by_shop],
            "shop": list(self.shop),
            "doubted": [use.key for use in self.doubted],
            "cut": self.cut,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Independence:
        """Read what `to_plain` wrote, now or before it said what is doubted and cut."""
        keys = tuple(KeyUse(one["key"], one["party"], one["custody"]) for one in plain["keys"])
        held, doubted = frozenset(plain["held_by_shop"]), frozenset(plain.get("doubted", ()))
        return cls(
            tuple(plain["parties"]),
            tuple(map(tuple, plain["groups"])),
            keys,
            tuple(use for use in keys if use.key in held),
            tuple(plain["shop"]),
            tuple(map(tuple, plain["independent"])),
            tuple(use for use in keys if use.key in doubted),
            bool(plain.get("cut", False)),
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
        self._believed: set[KeyUse] = set()

    def add(
        self,
        party_state: PartyState,
        cosigner_states: Iterable[PartyState] = (),
        keys: Iterable[VerifierKey] = (),
        lookup: Lookup | None = None,
        doubted: Collection[VerifierKey] = (),
    ) -> None:
        """Take note of one statement.

        Args:
            party_state: Who speaks, as the ledger knew it before the entry.
            cosigner_states: Who signed too, of the same moment.
            keys: The keys that signed. One that none of these parties has is passed over: there is none in a verified
                statement.
            lookup: Finds a party's state of the same moment, for owners and for the shop.
            doubted: Those of the keys that were compromised when the statement was placed.
        """
        states = {state.uri: state for state in (party_state, *cosigner_states)}
        for state in states.values():
            self._parties.add(state.uri)
            self._ties.learn(state, lookup)
        for key in keys:
            state_of = states.get(key.name)
            enrolled = state_of.enrolled(key) if state_of else None
            if enrolled is not None:
                use = KeyUse(key.text, key.name, enrolled.custody)
                self._keys.add(use)
                if key not in doubted:
                    self._believed.add(use)
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
        return Independence(
            tuple(sorted(self._parties)),
            self._ties.groups(self._parties),
            keys,
            tuple(use for use in keys if self._is_shop(use.custody)),
            self._shop,
            self._independent(),
            tuple(use for use in keys if use not in self._believed),
            self._ties.cut,
        )

    def _independent(self) -> tuple[tuple[str, ...], ...]:
        """The parties that count, those in the same hands together."""
        hands: dict[str, set[str]] = {}
        for use in self._believed:
            if not self._is_shop(use.party) and not self._is_shop(use.custody):
                hands.setdefault(self._ties.group(use.party), set()).add(self._ties.group(use.custody))
        together = Ties()
        for group, holders in hands.items():
            if group not in holders:
                for holder in holders:
                    together.join(group, holder)
        found: dict[str, list[str]] = {}
        for uri in sorted(self._parties):
            group = self._ties.group(uri)
            if group in hands:
                found.setdefault(together.group(group), []).append(uri)
        return tuple(sorted(map(tuple, found.values())))

    def _is_shop(self, uri: str) -> bool:
        return any(self._ties.same(uri, one) for one in self._shop)
