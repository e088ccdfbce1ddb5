"""What the registration policy asks of a statement: pure questions, each answered by silence or a `PolicyError`.

The append asks them before it places a statement and the audit asks them again, with the same values: the policy and
the parties as they are before the entry, and the ledger's own time. What is costly is asked seldom: time once a
statement, roles and signatures once for each kind in it. Records are looked at one by one only for a signer that is
limited (`check_scopes`, `check_guest`), for kinds that must come after others, and for secondary subjects.

Of a withheld record nothing is known but its place, so it is not asked; what it might have been counts for others
(`check_after`). Data is whatever a writer sent: nothing is taken for granted but that it is decoded.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from trustledger.authority.parties import PartyState, Scope
from trustledger.authority.policy import UNREADABLE, KindRule, Policy
from trustledger.encoding import format_time
from trustledger.errors import PolicyError
from trustledger.gs1 import classes, product_of_plain_lot
from trustledger.kinds.spec import Lots
from trustledger.subject import RESERVED

_CORRECTION: Final = "correction"
_REPORTS: Final = frozenset({"inspection", "report_copy"})
"""Kinds that are nothing without results: if these cannot be seen, they are hidden."""
_DATA: Final = "/data"
"""Where a correction says what should have been said."""
_MS: Final = 1000


class Said(NamedTuple):
    """What is asked of a record about.

    Attributes:
        position: Its position in the statement.
        kind: Its kind.
        subjects: Its subjects, the primary one first.
        data: Its data, as decoded.
        sealed: Pointers of its sealed values.
        corrects: Of a correction, the kind of the record that is corrected in the end; `UNREADABLE` if it was erased,
            `NOTHING` if it is not there, empty if nobody looked.
    """

    position: int
    kind: str
    subjects: tuple[str, ...]
    data: Mapping[str, Any]
    sealed: Collection[str] = ()
    corrects: str = ""

    @property
    def meant(self) -> str:
        """The kind that limits are about: a correction says anew what another record said."""
        return self.corrects or self.kind


def check_time(policy: Policy, time: int, at: int) -> None:
    """The time that a statement claims lies near its placement.

    Args:
        policy: The policy before the entry.
        time: The statement's ``time``, ms.
        at: ``sequenced_at`` of the entry, ms.

    Raises:
        PolicyError: ``policy.behind`` or ``policy.ahead``.
    """
    if time < at - policy.behind * _MS:
        raise PolicyError("policy.behind", seen=format_time(time), at=format_time(at), expected=policy.behind)
    if time > at + policy.ahead * _MS:
        raise PolicyError("policy.ahead", seen=format_time(time), at=format_time(at), expected=policy.ahead)


def check_suspended(signers: Iterable[PartyState]) -> None:
    """Nobody who signs is suspended. Asked first, and of every statement, whether a policy stands or not.

    Raises:
        PolicyError: ``policy.suspended``.
    """
    for signer in signers:
        if signer.suspended is not None:
            raise PolicyError("policy.suspended", party=signer.uri, reason=signer.suspended)


def check_kinds(
    policy: Policy, party: PartyState, cosigners: Sequence[PartyState], kinds: Mapping[str, int]
) -> None:
    """The signers may sign these kinds, and are enough for them.

    A guest needs no role: what it may sign is the policy's list for guests, also as a cosigner.

    Args:
        policy: The policy before the entry.
        party: The party that speaks, as it is before the entry.
        cosigners: The other parties that sign.
        kinds: The statement's kinds that are not authority's own, each with the first position it stands at.

    Raises:
        PolicyError: ``policy.guest_kind``, ``policy.unlisted``, ``policy.roles``, ``policy.signatures`` or
            ``policy.cosigner``.
    """
    signers = (party, *cosigners)
    guests = [signer for signer in signers if signer.guest is not None]
    for kind, position in kinds.items():
        for guest in guests:
            _check_guest_kind(policy, guest, kind, position)
        rule = policy.rule(kind)
        if rule is not None:
            _check_rule(rule, party, cosigners, kind, position)
        elif party.guest is None:
            raise PolicyError("policy.unlisted", position=position, kind=kind)


def _check_rule(
    rule: KindRule, party: PartyState, cosigners: Sequence[PartyState], kind: str, position: int
) -> None:
    if party.guest is None and rule.roles.isdisjoint(party.roles):
        raise PolicyError(
            "policy.roles",
            position=position,
            kind=kind,
            party=party.uri,
            seen=_joined(party.roles),
            expected=_joined(rule.roles),
        )
    others = {one.uri: one.roles for one in cosigners if one.uri != party.uri}
    if 1 + len(others) < rule.signatures:
        raise PolicyError(
            "policy.signatures", position=position, kind=kind, seen=1 + len(others), expected=rule.signatures
        )
    held = {role for roles in others.values() for role in roles}
    if rule.cosigned_by and rule.cosigned_by.isdisjoint(held):
        raise PolicyError(
            "policy.cosigner",
            position=position,
            kind=kind,
            seen=_joined(held),
            expected=_joined(rule.cosigned_by),
        )


def check_guest(policy: Policy | None, party: PartyState, said: Iterable[Said]) -> None:
    """A guest speaks of its own order alone.

    The primary subject is one of its order's; a secondary subject is too, or is what one of these belongs to: a lot
    stands in the chain of its product whoever speaks of it. A party that is no guest is asked nothing. Without a policy
    nothing is a guest's to say.

    Raises:
        PolicyError: ``policy.guest_kind`` or ``policy.guest_subject``.
    """
    if party.guest is None:
        return
    allowed = party.guest.subjects
    larger = {one for subject in allowed for one in classes(subject)}
    for record in said:
        for kind in {record.kind} | ({record.corrects} - {"", UNREADABLE}):
            _check_guest_kind(policy, party, kind, record.position)
        outside = [uri for uri in record.subjects[1:] if uri not in allowed and uri not in larger]
        if record.subjects[0] not in allowed:
            outside.insert(0, record.subjects[0])
        if outside:
            raise PolicyError(
                "policy.guest_subject",
                position=record.position,
                party=party.uri,
                seen=outside[0],
                expected=party.guest.order,
            )


def _check_guest_kind(policy: Policy | None, guest: PartyState, kind: str, position: int) -> None:
    allowed = frozenset() if policy is None else policy.guest_kinds
    if kind not in allowed:
        raise PolicyError(
            "policy.guest_kind",
            position=position,
            kind=kind,
            party=guest.uri,
            expected=_joined(allowed),
        )


def check_scopes(party: PartyState, said: Iterable[Said], at: int) -> None:
    """Each record lies within one of a party's scopes. A party without scopes is asked nothing.

    A correction counts as a record of the kind that it corrects, if the caller knows which that is, and what it says
    instead is looked at as that record's data would be. What was erased may have been of any kind.

    Args:
        party: One of the signers, as it is before the entry.
        said: The records of the statement that can be read.
        at: ``sequenced_at`` of the entry, ms.

    Raises:
        PolicyError: ``policy.scope_*``: what the scope that comes nearest does not allow.
    """
    if party.scopes is None:
        return
    current = [scope for scope in party.scopes if _holds(scope, at)]
    for record in said:
        if not party.scopes:
            raise PolicyError("policy.scope_none", position=record.position, party=party.uri)
        if not current:
            spans = "; ".join(_span(scope) for scope in party.scopes)
            raise _outside("policy.scope_time", party, record, format_time(at), spans)
        _check_scope(party, record, current)


def _check_scope(party: PartyState, said: Said, scopes: Sequence[Scope]) -> None:
    """One of some scopes allows a record: each question leaves those that allow it so far."""
    unknown = said.corrects == UNREADABLE
    left = [one for one in scopes if unknown or one.kinds is None or said.meant in one.kinds]
    if not left:
        raise _outside("policy.scope_kind", party, said, said.meant, _union(one.kinds for one in scopes))
    scopes = left
    spoken = tuple(_spoken_of(said))
    left = [
        one for one in scopes if one.subjects is None or all(uri.startswith(one.subjects) for uri in spoken)
    ]
    if not left:
        raise _outside(
            "policy.scope_subject", party, said, " + ".join(spoken), _union(one.subjects for one in scopes)
        )
    if any(one.parameters is None for one in left):
        return
    measured = _measured(said)
    expected = _union(one.parameters for one in left)
    if measured is None:
        raise _outside("policy.scope_hidden", party, said, "", expected)
    if not any(measured <= one.parameters for one in left if one.parameters is not None):
        beyond = min((measured - (one.parameters or frozenset()) for one in left), key=len)
        raise _outside("policy.scope_parameter", party, said, _joined(beyond), expected)


def strangers(policy: Policy, said: Said, lots: Lots, further: Collection[str] = ()) -> tuple[str, ...]:
    """The secondary subjects that a record may touch only with their stewards' signature.

    The steward of a subject is the party of the first record in its chain that has it as primary subject. The caller
    looks for it and asks `check_steward`.

    Args:
        policy: The policy before the entry.
        said: The record.
        lots: What its kind's ``lots`` finds in its data.
        further: What its kind's ``named_in`` finds there: it counts as named, and its classes too.

    Returns:
        Under ``allow`` none; under ``named`` those that its data does not name and that are no class of the primary
        subject or of what it names as made or touched; under ``steward`` all but such classes. (What was made from milk
        powder is no milk powder, so the classes of inputs are not among them, just as a draft has it.)
    """
    others = said.subjects[1:]
    if not others or (len(others) == 1 and product_of_plain_lot(said.subjects[0]) == others[0]):
        return ()
    rule = policy.strangers_of(said.meant)
    if rule == "allow":
        return ()
    implied = {
        uri for one in (said.subjects[0], *lots.outputs, *lots.touched, *further) for uri in classes(one)
    }
    if rule == "named":
        implied.update(*lots, further)
    return tuple(uri for uri in others if uri not in implied and not uri.startswith(RESERVED))


def check_steward(position: int, subject: str, steward: str | None, signers: Collection[str]) -> None:
    """A subject's steward signs, if it has one.

    Raises:
        PolicyError: ``policy.steward``.
    """
    if steward is not None and steward not in signers:
        raise PolicyError(
            "policy.steward",
            position=position,
            subject=subject,
            expected=steward,
            seen=", ".join(sorted(signers)),
        )


def check_after(position: int, kind: str, wanted: Collection[str], standing: Iterable[str]) -> None:
    """A kind that must come before this one stands already.

    A withheld record could be of any kind, and counts: what was right when it was placed stays so when something before
    it is erased.

    Args:
        position: Position of the record.
        kind: Its kind.
        wanted: `Policy.after` of it; nothing is asked if that is empty.
        standing: Kinds of the records that stand earlier in the chain of its primary subject, `UNREADABLE` for those
            that are withheld.

    Raises:
        PolicyError: ``policy.after``.
    """
    if not wanted:
        return
    seen: set[str] = set()
    for one in standing:
        if one in wanted or one == UNREADABLE:
            return
        seen.add(one)
    raise PolicyError(
        "policy.after", position=position, kind=kind, seen=_joined(seen), expected=_joined(wanted)
    )


# --- what a record says ---------------------------------------------------------------------------------------------


def _spoken_of(said: Said) -> Iterator[str]:
    """What a scope's subjects are about: the primary subject, and the one that a correction puts in its place.

    The corrected record of a processing is about the first lot it made, if it is not about another one of them.
    """
    primary = said.subjects[0]
    yield primary
    data = said.data.get("data") if said.kind == _CORRECTION else None
    outputs = data.get("outputs") if isinstance(data, Mapping) else None
    items = outputs if type(outputs) is list else []
    made = [item["lot"] for item in items if isinstance(item, Mapping) and type(item.get("lot")) is str]
    if made and primary not in made:
        yield made[0]


def _measured(said: Said) -> frozenset[str] | None:
    """The parameters that a record states results for; None if that cannot be read."""
    places: list[tuple[str, str, Any]] = [("", said.kind, said.data)]
    if said.kind == _CORRECTION and ("data" in said.data or _DATA in said.sealed):
        places.append((_DATA, said.corrects, said.data.get("data")))
    found: set[str] = set()
    for pointer, kind, data in places:
        results = data.get("results") if isinstance(data, Mapping) else None
        hidden = pointer in said.sealed or f"{pointer}/results" in said.sealed
        if results is not None or hidden or kind in _REPORTS:
            names = _parameters(results)
            if names is None:
                return None
            found |= names
    return frozenset(found)


def _parameters(results: Any) -> frozenset[str] | None:
    """The parameters of a list of results; None if it is none, or one of them does not say."""
    if type(results) is not list:
        return None
    names = [item["parameter"] for item in results if isinstance(item, Mapping) and "parameter" in item]
    texts = frozenset(name for name in names if type(name) is str)
    return texts if len(names) == len(results) and all(type(name) is str for name in names) else None


# --- how errors say it ------------------------------------------------------------------------------------------------


def _holds(scope: Scope, at: int) -> bool:
    return (scope.since is None or scope.since <= at) and (scope.until is None or at < scope.until)


def _span(scope: Scope) -> str:
    """When a scope holds."""
    since, until = (format_time(one) if one is not None else "…" for one in (scope.since, scope.until))
    return f"{since} – {until}"


def _outside(code: str, party: PartyState, said: Said, seen: str, expected: str) -> PolicyError:
    return PolicyError(code, position=said.position, party=party.uri, seen=seen, expected=expected)


def _union(limits: Iterable[Collection[str] | None]) -> str:
    """What some limits allow together."""
    return _joined({name for limit in limits if limit is not None for name in limit})


def _joined(names: Collection[str]) -> str:
    return ", ".join(sorted(names)) or "-"
