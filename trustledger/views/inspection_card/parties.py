"""Who has a part in the goods, and whether a laboratory has none."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Final

from trustledger.authority.independence import Ties
from trustledger.frameworks import Vocabulary

if TYPE_CHECKING:
    from trustledger.authority.parties import PartyState
    from trustledger.ledger.verified import VerifiedRecord

PartyAt = Callable[[str, "int | None"], "PartyState | None"]
"""A party as the ledger knew it before an entry: `trustledger.ledger.reader.Reader.party`."""
GroupOf = Callable[[str], str]
"""The group to which a party belongs: two parties of one group are not independent of each other."""
INSPECTOR: Final = "inspector"
BRAND_OWNER: Final = "brand-owner"


def declared_groups(parties: PartyAt, records: Iterable[VerifiedRecord]) -> GroupOf:
    """Groups by what was declared of all who signed, and of whoever keeps a key they signed with.

    Owners belong with what they own, and parties of one registered identity together. Ties only grow: who belonged to
    another at the place of a record, or does at the moment asked, belongs to it in the whole card. So a laboratory that
    is sold after its report, or bought, is not independent of who owned it, or owns it now.

    Args:
        parties: The ledger's word.
        records: Whose signers may belong together.
    """
    ties = Ties()
    learned: set[tuple[str, int | None]] = set()

    def learn(uri: str, before: int | None) -> PartyState | None:
        state = parties(uri, before)
        if state is not None and (uri, before) not in learned:
            learned.add((uri, before))
            ties.learn(state, lambda owner: parties(owner, before))
        return state

    known: set[str] = set()
    for placed in records:
        for uri in (placed.party, *placed.cosigners):
            known.add(uri)
            for before in (placed.entry, None):
                state = learn(uri, before)
                enrolled = [state.enrolled(key) for key in placed.keys] if state is not None else []
                for custody in sorted({one.custody for one in enrolled if one is not None} - {uri}):
                    known.add(custody)
                    learn(custody, before)
    named = {uri: group[0] for group in ties.groups(known) for uri in group}
    heads = sorted(set(named.values()))

    def group_of(uri: str) -> str:
        if uri not in named:  # an owner that never signed, or somebody of whom nothing is known
            named[uri] = next((head for head in heads if ties.same(uri, head)), uri)
        return named[uri]

    return group_of


def is_independent(
    placed: VerifiedRecord, interested: Collection[str], parties: PartyAt, group_of: GroupOf
) -> bool:
    """Whether who signed has no part in the goods: neither its group, nor the group that holds a key it signed with.

    Args:
        placed: A report.
        interested: Groups of brand, makers and sellers.
        parties: The ledger's word.
        group_of: Groups.
    """
    state = parties(placed.party, placed.entry)
    if state is None or group_of(placed.party) in interested:
        return False
    enrolled = (state.enrolled(key) for key in placed.keys)
    return all(one is None or group_of(one.custody) not in interested for one in enrolled)


def is_accredited(
    placed: VerifiedRecord, parameter: str, tested_at: int, parties: PartyAt, words: Vocabulary
) -> bool:
    """Whether an accreditation on record before the report covered the parameter when it was tested."""
    state = parties(placed.party, placed.entry)
    return state is not None and any(
        one.covers(name, tested_at)
        for one in state.accreditations
        for name in (one.parameters if one.parameters is not None else (parameter,))
        if words.parameter(name) == parameter
    )


def signed_when_compromised(placed: VerifiedRecord, state: PartyState | None) -> bool:
    """Whether a key that signed a record was compromised by the time the record was placed.

    Args:
        placed: The record.
        state: Its party, as the ledger knows it at the moment of the card: revocations come after the fact.
    """
    enrolled = [state.enrolled(key) for key in placed.keys] if state is not None else []
    return any(
        one is not None
        and one.revoked is not None
        and one.revoked.since is not None
        and placed.sequenced_at >= one.revoked.since
        for one in enrolled
    )


def has_role(uri: str, role: str, before: int, parties: PartyAt) -> bool:
    """Whether a party had a role before an entry."""
    state = parties(uri, before)
    return state is not None and role in state.roles
