"""Who stands on the merchant's side, and whose signature is a witness of its own.

Nobody is believed about their own sales: a platform that belongs to the merchant, a carrier that it owns, or a key of
either that it keeps, is the merchant's own word. What belongs together is what the operator declared (`Ties`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING

from trustledger.authority.independence import Ties
from trustledger.authority.parties import PartyState
from trustledger.views.inspection_card.parties import PartyAt

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord


class Sides:
    """Answers about signers, each party being asked for once.

    Args:
        merchant: URI of the merchant.
        parties: A party as the ledger knew it before an entry, or at the moment of the score (`Past.party`): ties and
            thefts that were declared after the last record of the trade count.
        signers: URIs of all that signed what is looked at, buyers excepted.
    """

    def __init__(self, merchant: str, parties: PartyAt, signers: Iterable[str]) -> None:
        self._merchant, self._parties = merchant, parties
        self._states: dict[str, PartyState | None] = {}
        self._ties = Ties()
        self._plain: dict[str, bool] = {}
        self._known: dict[tuple[str, tuple[str, ...], frozenset[str]], tuple[int, bool]] = {}
        self._own: dict[str, bool] = {}
        for uri in sorted(
            {merchant, *signers}
        ):  # all before the first question: ties reach over third parties
            state = self._now(uri)
            if state is not None:
                self._ties.learn(state, self._lookup)
                for key in state.keys:
                    holder = self._now(key.custody)
                    if holder is not None:
                        self._ties.learn(holder, self._lookup)

    def own(self, uri: str) -> bool:
        """Whether a party is the merchant or belongs to it."""
        found = self._own.get(uri)
        if found is None:
            found = self._own[uri] = self._ties.same(uri, self._merchant)
        return found

    def signs(self, placed: VerifiedRecord) -> bool:
        """Whether the merchant or somebody of its side signed a record."""
        return any(self.own(uri) for uri in (placed.party, *placed.cosigners))

    def witnesses(self, placed: VerifiedRecord, roles: frozenset[str]) -> bool:
        """Whether somebody signed a record who has one of some roles and no part in the merchant's business."""
        asked = (placed.party, placed.cosigners, roles)
        known = self._known.get(asked)
        if known is not None and placed.entry > known[0]:
            return known[1]
        signers = (placed.party, *placed.cosigners)
        found = any(
            not self.own(uri) and self._has_role(uri, roles, placed.entry) and self._with_own_key(uri, placed)
            for uri in signers
        )
        changed = max(state.changed if state is not None else -1 for state in map(self._now, signers))
        if placed.entry > changed and all(self._plain.get(uri, True) for uri in signers):
            self._known[asked] = changed, found  # from there on it depends on nothing but who signed
        return found

    def witness_of(self, roles: frozenset[str]) -> Callable[[VerifiedRecord], bool]:
        """`witnesses` for thousands of records by few signers: what was found once is not asked for again."""
        known: dict[tuple[str, tuple[str, ...]], tuple[int, bool]] = {}

        def asked(placed: VerifiedRecord) -> bool:
            found = known.get((placed.party, placed.cosigners))
            if found is not None and placed.entry > found[0]:
                return found[1]
            answer = self.witnesses(placed, roles)
            lasting = self._known.get((placed.party, placed.cosigners, roles))
            if lasting is not None:
                known[placed.party, placed.cosigners] = lasting
            return answer

        return asked

    def has_role(self, placed: VerifiedRecord, roles: Collection[str]) -> bool:
        """Whether somebody signed a record who has one of some roles, the merchant's own side included."""
        return any(self._has_role(uri, roles, placed.entry) for uri in (placed.party, *placed.cosigners))

    def _has_role(self, uri: str, roles: Collection[str], entry: int) -> bool:
        state = self._now(uri)
        if state is not None and state.changed >= entry:  # it may have been another before
            state = self._parties(uri, entry)
        return state is not None and not state.roles.isdisjoint(roles)

    def _with_own_key(self, uri: str, placed: VerifiedRecord) -> bool:
        """Whether one of its keys signed that the merchant does not hold and no thief had."""
        plain = self._plain.get(uri)
        state = self._now(uri)
        if plain is None:
            keys = state.keys if state is not None else ()
            plain = self._plain[uri] = not any(
                self.own(key.custody) or (key.revoked is not None and key.revoked.since is not None)
                for key in keys
            )
        if plain:
            return True
        for key in placed.keys:
            enrolled = state.enrolled(key) if state is not None and key.name == uri else None
            if enrolled is not None and not self.own(enrolled.custody):
                revoked = enrolled.revoked
                if revoked is None or revoked.since is None or placed.sequenced_at < revoked.since:
                    return True
        return False

    def _now(self, uri: str) -> PartyState | None:
        if uri not in self._states:
            self._states[uri] = self._parties(uri, None)
        return self._states[uri]

    def _lookup(self, uri: str) -> PartyState | None:
        return self._now(uri)


class Sellers:
    """Which merchants are one: of one identity or owner. A new name does not wash off an old record.

    Args:
        states: The parties of a ledger. Guests may be left out (`Reader.party_uris` does): they are passed over, and a
            ledger has more of them than of all others.
    """

    def __init__(self, states: Iterable[PartyState]) -> None:
        ties = Ties()
        known = {state.uri: state for state in states if state.guest is None}
        for uri in sorted(known):
            ties.learn(known[uri], known.get)
        merchants = sorted(uri for uri, state in known.items() if "merchant" in state.roles)
        self._groups = {uri: group for group in ties.groups(merchants) for uri in group}
        self._ties, self._merchants = ties, merchants

    def of(self, merchant: str) -> tuple[str, ...]:
        """The URIs of a merchant, ascending: its own always, and those of the merchants that are one with it."""
        found = self._groups.get(merchant)
        if found is not None:
            return found
        same = [
            uri for uri in self._merchants if self._ties.same(uri, merchant)
        ]  # it has not the role any more
        return tuple(sorted({merchant, *same}))


def same_seller(merchant: str, states: Iterable[PartyState]) -> tuple[str, ...]:
    """The merchants that are one with this one; `Sellers` asks about many.

    Args:
        merchant: URI of a merchant.
        states: As for `Sellers`.

    Returns:
        URIs, ascending, this merchant's always among them.
    """
    return Sellers(states).of(merchant)
