"""Laboratories that look at their own goods, or sign with a key that lies with whoever has the goods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from trustledger.authority.independence import MAX_OWNERS, Ties
from trustledger.gs1 import classes
from trustledger.views.model import Finding, Level

if TYPE_CHECKING:
    from trustledger.authority.parties import PartyState
    from trustledger.views.plausibility.happening import Happening

PartyAt = Callable[[str, int], "PartyState | None"]
"""A party as the ledger knew it before an entry."""
_INSPECTOR: Final = "inspector"
_CARRIER_ONLY: Final = ("carrier",)
_SELLING: Final = frozenset({"cost", "listing", "order"})
"""Kinds by which somebody offers, prices or sells what stands in them: the goods are its own, shipped or not."""


def own_goods_findings(happenings: Iterable[Happening], party: PartyAt) -> Iterator[Finding]:
    """Inspections by a party that made, held or sells the goods, or that depends on one that does.

    A producer that openly looks at its own goods is a doubt; one that signs as an inspector, or is tied to them
    through an owner or a registered identity, or whose key lies with them, is an alarm.
    """
    told = list(happenings)
    ties = _ties(told, party)
    concerned: dict[str, dict[str, Happening]] = {}
    for one in told:
        for subject in _concerns(one):
            concerned.setdefault(subject, {}).setdefault(_owner(one), one)
    for one in told:
        if one.kind != "inspection":
            continue
        theirs = {
            uri: other
            for subject in (one.subject, *classes(one.subject))
            for uri, other in concerned.get(subject, {}).items()
        }
        own = {uri: other for uri, other in theirs.items() if ties.same(one.party, uri)}
        if own:
            yield _own(one, own)
            continue
        yield from _held(one, theirs, ties, party)
        yield from _owners_cut(one, theirs, party)


def _ties(told: list[Happening], party: PartyAt) -> Ties:
    """The groups of all who speak, of those for whom they do, and of those who keep a laboratory's keys."""
    ties = Ties()
    for one in told:
        uris = [one.party, _owner(one)]
        if one.kind == "inspection":
            uris += _custodians(party(one.party, one.place[0]))
        for uri in dict.fromkeys(uris):
            state = party(uri, one.place[0])
            if state is not None:
                ties.learn(state, lambda uri, entry=one.place[0]: party(uri, entry))  # type: ignore[misc]
    return ties


def _own(one: Happening, own: dict[str, Happening]) -> Finding:
    hidden = one.party not in own or _INSPECTOR in one.roles
    code = "plausibility.own_goods" if one.party in own else "plausibility.own_group"
    facts = {"party": one.party, "owner": ", ".join(sorted(own))}
    return Finding(code, one.subject, one.ref, facts, "alarm" if hidden else "doubt", _refs(own))


def _held(one: Happening, theirs: dict[str, Happening], ties: Ties, party: PartyAt) -> Iterator[Finding]:
    """Whether those who have the goods hold a key of the laboratory, as declared at its enrolment.

    Which of its keys signed is not told here. Where it could have signed with others alone, it is a doubt.
    """
    state = party(one.party, one.place[0])
    keepers = _custodians(state)
    own = {uri: other for uri, other in theirs.items() if any(ties.same(uri, each) for each in keepers)}
    if state is None or not own:
        return
    held = [each for each in keepers if any(ties.same(uri, each) for uri in own)]
    facts = {
        "party": one.party,
        "owner": ", ".join(sorted(own)),
        "custody": ", ".join(sorted(set(held))),
        "seen": str(len(held)),
        "expected": str(len(keepers)),
    }
    level: Level = "doubt" if len(keepers) - len(held) >= state.threshold else "alarm"
    yield Finding("plausibility.own_key", one.subject, one.ref, facts, level, _refs(own))


def _owners_cut(one: Happening, theirs: dict[str, Happening], party: PartyAt) -> Iterator[Finding]:
    """Chains of owners that are longer than what is followed: a tie beyond it would not be seen."""
    for uri in dict.fromkeys((one.party, *sorted(theirs))) if theirs else ():
        place = one.place[0] if uri == one.party else theirs[uri].place[0]
        if _is_cut(uri, place, party):
            facts = {"party": uri, "expected": str(MAX_OWNERS)}
            yield Finding("plausibility.owners_cut", one.subject, one.ref, facts, "note", _refs(theirs))


def _is_cut(uri: str, entry: int, party: PartyAt) -> bool:
    """Whether an owner stands beyond those that `Ties.learn` follows."""
    seen: set[str] = set()
    current = party(uri, entry)
    while current is not None and current.uri not in seen:
        if len(seen) == MAX_OWNERS:
            return True
        seen.add(current.uri)
        current = party(current.owner, entry) if current.owner else None
    return False


def _custodians(state: PartyState | None) -> list[str]:
    """Who holds the keys with which a party can sign, key by key."""
    keys = state.keys if state else ()
    return [each.custody for each in keys if each.revoked is None and not each.recovery]


def _owner(one: Happening) -> str:
    """Whose goods a record makes what it is about: of a sale the merchant's, even if a platform says so."""
    return (one.text("merchant") if one.kind in _SELLING else "") or one.party


def _concerns(one: Happening) -> Iterator[str]:
    """The goods that are the signer's own: what it made, handled or, as a brand, names. A carrier only carries."""
    if one.kind == "product":
        yield one.subject
    elif one.kind in _SELLING:
        yield from one.subjects
    elif one.kind == "shipping" and one.roles != _CARRIER_ONLY:
        yield from (amount.lot for amount in one.moved)
    else:
        yield from (amount.lot for amount in (*one.outputs, *one.inputs))


def _refs(told: dict[str, Happening]) -> tuple[str, ...]:
    """Places of some records in the order of the log, each once."""
    places = {one.place: one.ref for one in told.values()}
    return tuple(places[place] for place in sorted(places))
