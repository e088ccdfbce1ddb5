"""Laboratories that look at their own goods, or at what their accreditation does not cover."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from trustledger.authority.independence import Ties
from trustledger.encoding import format_time
from trustledger.gs1 import classes
from trustledger.views.changes import text_of
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.times import days_of

if TYPE_CHECKING:
    from trustledger.authority.parties import Accreditation, PartyState
    from trustledger.views.plausibility.happening import Happening

PartyAt = Callable[[str, int], "PartyState | None"]
"""A party as the ledger knew it before an entry."""
_INSPECTOR: Final = "inspector"
_CARRIER_ONLY: Final = ("carrier",)
_SELLING: Final = frozenset({"cost", "listing", "order"})
"""Kinds by which somebody offers, prices or sells what stands in them: the goods are its own, shipped or not."""


def own_goods_findings(happenings: Iterable[Happening], party: PartyAt) -> Iterator[Finding]:
    """Inspections by a party that made, held or sells the goods, or that belongs to one that does.

    A producer that openly looks at its own goods is a doubt; one that signs as an inspector, or is tied to them
    through an owner or a registered identity, is an alarm.
    """
    told = list(happenings)
    ties = Ties()
    concerned: dict[str, dict[str, Happening]] = {}
    for one in told:
        for uri in dict.fromkeys((one.party, _owner(one))):
            state = party(uri, one.place[0])
            if state is not None:
                ties.learn(state, lambda uri, entry=one.place[0]: party(uri, entry))  # type: ignore[misc]
        for subject in _concerns(one):
            concerned.setdefault(subject, {}).setdefault(_owner(one), one)
    for one in told:
        if one.kind != "inspection":
            continue
        own = {
            uri: other
            for subject in (one.subject, *classes(one.subject))
            for uri, other in concerned.get(subject, {}).items()
            if ties.same(one.party, uri)
        }
        if own:
            hidden = one.party not in own or _INSPECTOR in one.roles
            code = "plausibility.own_goods" if one.party in own else "plausibility.own_group"
            facts = {"party": one.party, "owner": ", ".join(sorted(own))}
            refs = tuple(sorted({each.ref for each in own.values()}, key=_order))
            yield Finding(code, one.subject, one.ref, facts, "alarm" if hidden else "doubt", refs)


def accreditation_findings(happenings: Iterable[Happening], party: PartyAt) -> Iterator[Finding]:
    """Results outside the accreditation that the laboratory claims, or has, as the ledger knew it before the record.

    A result outside is an alarm where the record names an accreditation, and a note where it names none: laboratories
    do test what they are not accredited for, and say nothing of it then.
    """
    for one in happenings:
        if one.kind != "inspection":
            continue
        state = party(one.party, one.place[0])
        known = state.accreditations if state else ()
        claimed = one.text("accreditation")
        if claimed:
            named = [each for each in known if _same(each.number, claimed)]
            if not named:
                facts = {"party": one.party, "seen": claimed, "expected": _numbers(known)}
                yield Finding("plausibility.accreditation_unknown", one.subject, one.ref, facts, "alarm")
                continue
            known = tuple(named)
        if known:
            yield from _outside(one, known, claimed=bool(claimed))


def _outside(one: Happening, known: tuple[Accreditation, ...], *, claimed: bool) -> Iterator[Finding]:
    """One finding for the time, if nothing was valid then; else one for each parameter that is not covered."""
    span = days_of(one.text("tested_on")) or (one.at, one.at + 1)
    moments = (span[0], span[1] - 1)
    level: Level = "alarm" if claimed else "note"
    facts = {
        "party": one.party,
        "expected": _numbers(known),
        "time": one.text("tested_on") or format_time(one.at),
    }
    in_time = [each for each in known if any(_valid(each, at) for at in moments)]
    if not in_time:
        yield Finding("plausibility.accreditation_expired", one.subject, one.ref, facts, level)
        return
    for parameter in _parameters(one):
        if not any(each.covers(parameter, at) for each in in_time for at in moments):
            narrow = {**facts, "parameter": parameter}
            yield Finding("plausibility.accreditation_narrow", one.subject, one.ref, narrow, level)


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


def _parameters(one: Happening) -> list[str]:
    results = one.data.get("results")
    told = results if isinstance(results, list) else []
    names = (text_of(each.get("parameter")) for each in told if isinstance(each, dict))
    return list(dict.fromkeys(filter(None, names)))


def _valid(one: Accreditation, at: int) -> bool:
    return one.since <= at and (one.until is None or at < one.until)


def _same(one: str, other: str) -> bool:
    """Whether two numbers are one but for spaces and case, which people write as they like."""
    return "".join(one.split()).casefold() == "".join(other.split()).casefold()


def _numbers(known: tuple[Accreditation, ...]) -> str:
    return ", ".join(f"{each.body} {each.number}" for each in known) or "—"


def _order(ref: str) -> tuple[int, int]:
    entry, _, position = ref.partition("/")
    return int(entry), int(position)
