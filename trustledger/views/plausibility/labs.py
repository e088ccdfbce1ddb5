"""Laboratories that look at what their accreditation does not cover."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from trustledger.encoding import format_time
from trustledger.views.changes import text_of
from trustledger.views.model import Finding, Level
from trustledger.views.plausibility.times import days_of

if TYPE_CHECKING:
    from trustledger.authority.parties import Accreditation
    from trustledger.views.plausibility.happening import Happening
    from trustledger.views.plausibility.own import PartyAt


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
