"""Who has to do with a lot: whose word about it counts, and from which lots it was made.

Everybody who may write at all may write about any lot. A failing report of a rival, or a recall by a stranger, must not
decide: it raises an alarm for a person to look at. What counts is the word of a laboratory, of the ledger's operator or
a platform, and of who held the goods: the brand owner, the first party that says that it made the lot, and whoever it
says it handed the lot to.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from trustledger.views.inspection_card.parties import INSPECTOR, GroupOf, PartyAt, has_role
from trustledger.views.inspection_card.said import Said, Story, text_in

_TRUSTED: Final = (INSPECTOR, "operator", "platform")
"""Roles whose word counts though they never held the goods."""


class Holders:
    """Whose word about a lot counts.

    Args:
        story: What is said.
        parties: The ledger's word on parties.
        group_of: Groups of parties: who belongs to a holder is one.
        users: URIs that count besides, such as whoever made the lot of which the card is from this one.
    """

    def __init__(self, story: Story, parties: PartyAt, group_of: GroupOf, users: Iterable[str] = ()) -> None:
        self._story, self._parties, self._group_of = story, parties, group_of
        self._users = frozenset(map(group_of, users))
        self._groups: dict[str, frozenset[str]] = {}

    def counts(self, said: Said, lot: str, brand: str = "") -> bool:
        """Whether what somebody says of a lot may decide something.

        Args:
            said: The record.
            lot: The lot.
            brand: URI of the brand owner; empty if there is none.
        """
        if any(has_role(said.party, role, said.original.entry, self._parties) for role in _TRUSTED):
            return True
        return self.held(said.party, lot, brand)

    def held(self, party: str, lot: str, brand: str = "") -> bool:
        """Whether a party is the lot's brand owner or maker, or was handed the lot by one who held it."""
        group = self._group_of(party)
        return (brand != "" and group == self._group_of(brand)) or group in self._of(lot, brand)

    def makers(self, lot: str, brand: str = "") -> list[Said]:
        """What holders say of how a lot came to be, whether or not it still stands."""
        return [one for one in self._story.makers(lot) if self.held(one.party, lot, brand)]

    def strange_makers(self, lot: str, brand: str = "") -> list[Said]:
        """What others say of it."""
        return [one for one in self._story.makers(lot) if one.stands and not self.held(one.party, lot, brand)]

    def sources(self, lot: str, brand: str = "") -> dict[str, tuple[Said, ...]]:
        """The lots from which a lot was made, however many steps ago, nearest first, with what names each.

        A source that a correction took out of a record stays one: nobody gets rid of a failing lot by a correction.
        """
        found: dict[str, list[Said]] = {}
        waiting = deque([lot])
        while waiting:
            for one in self.makers(waiting.popleft(), brand):
                for amount in one.goods.inputs:
                    if amount.lot == lot:
                        continue
                    if amount.lot not in found:
                        waiting.append(amount.lot)
                    found.setdefault(amount.lot, []).append(one)
        return {source: tuple(named) for source, named in found.items()}

    def _of(self, lot: str, brand: str) -> frozenset[str]:
        if lot not in self._groups:
            self._groups[lot] = self._find(lot, brand)
        return self._groups[lot]

    def _find(self, lot: str, brand: str) -> frozenset[str]:
        first = next(iter(self._story.makers(lot)), None)
        named = [] if first is None else [first.party, *first.original.cosigners]
        found = {*map(self._group_of, [*named, *([brand] if brand else [])]), *self._users}
        handed = self._story.naming(lot, "shipping")
        while True:  # whoever was handed the lot may hand it on, in whatever order they say so
            more = {
                self._group_of(to)
                for one in handed
                if self._group_of(one.party) in found
                for to in _handed_to(one)
            }
            if more <= found:
                return frozenset(found)
            found |= more


def _handed_to(shipping: Said) -> Iterator[str]:
    for name in ("carrier", "to"):
        party = text_in(shipping.data, name)
        if party:
            yield party
