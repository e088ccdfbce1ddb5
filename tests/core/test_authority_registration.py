"""Which questions are asked of a statement, of whom and in what case (docs/format.md, "Registration policy")."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import pytest

from trustledger.authority.changes import Placing
from trustledger.authority.ledgers import LedgerState
from trustledger.authority.parties import Accreditation, EnrolledKey, Guest, PartyState, Scope
from trustledger.authority.policy import Policy, default_policy, parse_policy
from trustledger.authority.registration import Case, allowed_keys, check_rights
from trustledger.authority.rights import Said
from trustledger.encoding import encode
from trustledger.errors import FormatError, PolicyError
from trustledger.kinds.spec import KindSpec
from trustledger.kinds.specs import OWN
from trustledger.note import ED25519, VerifierKey
from trustledger.record import parse_record
from trustledger.statement import KeyRing, Statement, VerifiedStatement

OPERATOR, FARM, LAB, SHOP = (f"https://{name}.example/" for name in ("operator", "farm", "lab", "shop"))
GUEST = "urn:uuid:2b1c6f2e-7a53-4a8e-9d1a-5f0f3a3b9c11"
PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT, OTHER = f"{PRODUCT}/10/A", "https://id.gs1.org/01/04006381333931/10/B"
ORDER = "urn:uuid:6d0d2f3c-13a4-4d43-8a33-0b9a1f5f5a10"
AT = 1_790_000_000_000
STRICT = parse_policy("""\
format = 1
name = "strict"
date = 2026-11-22
[time]
behind = 60
ahead = 5
[secondary]
strangers = "steward"
[kinds.origin]
roles = ["producer"]
[kinds.processing]
roles = ["producer"]
after = ["origin", "shipping"]
[kinds.shipping]
roles = ["producer"]
cosigned_by = ["inspector"]
""")


def party(uri: str, *roles: str, **more: Any) -> PartyState:
    return PartyState(uri, uri, frozenset(roles), (), 1, 1, **more)


@dataclass
class World:
    """What stands before the entry: the parties, the policy and the chains."""

    policy: Policy | None = STRICT
    parties: dict[str, PartyState] = field(default_factory=dict)
    stewards: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    @property
    def operator(self) -> str:
        return OPERATOR

    @property
    def ledger(self) -> LedgerState:
        return LedgerState("shop.example/ledger", (), policy=self.policy)

    def party(self, uri: str) -> PartyState | None:
        return self.parties.get(uri)

    def holder(self, key: VerifierKey) -> str | None:
        raise AssertionError(key)

    def steward(self, subject: str) -> str | None:
        self.asked.append(subject)
        return self.stewards.get(subject)

    def kinds_about(self, subject: str) -> Iterator[str]:
        yield from self.kinds.get(subject, [])


def world(**more: Any) -> World:
    found = World(**more)
    for one in (party(FARM, "producer"), party(LAB, "inspector"), party(SHOP, "merchant")):
        found.parties.setdefault(one.uri, one)
    return found


def said(position: int, kind: str, *subjects: str, **data: Any) -> Said:
    return Said(position, kind, subjects, data)


def case(
    *records: Said,
    signers: tuple[str, ...] = (FARM,),
    authority: Any = (),
    time: int = AT,
    touching: Collection[int] = (),
    recovering: tuple[str, ...] = (),
) -> Case:
    kinds: dict[str, int] = {}
    for one in records:
        kinds.setdefault(one.kind, one.position)
    count = max(1, len({one.position for one in records} | set(dict(authority))))
    statement = Statement(
        "shop.example/ledger", bytes(32), signers[0], signers[1:], time, bytes(16), None, count, bytes(32)
    )
    keys = (VerifierKey(signers[0], ED25519, bytes(range(32))),)

    def decode(positions: Collection[int] | None) -> Iterable[Said]:
        return [one for one in records if positions is None or one.position in positions]

    verified = VerifiedStatement(statement, keys, 0, recovering)
    return Case(verified, 7, AT, kinds, dict(authority), touching, decode)


def ask(found: World, asked: Case) -> None:
    check_rights(found, asked, found, OWN.get)


def refuses(code: str, found: World, asked: Case) -> dict[str, Any]:
    with pytest.raises(PolicyError) as caught:
        ask(found, asked)
    assert caught.value.code == code
    return dict(caught.value.facts)


def raw(kind: str, *subjects: str, version: int = 1) -> Any:
    return parse_record(encode([version, kind, 0, list(subjects), {}, {}, [], b""]))


# --- who, and when ------------------------------------------------------------------------------------------------


def test_the_role_is_asked_of_the_party_and_the_cosigner_is_a_cosigner():
    ask(world(), case(said(0, "origin", LOT)))
    assert refuses("policy.roles", world(), case(said(0, "origin", LOT), signers=(LAB, FARM)))["party"] == LAB
    ask(world(), case(said(0, "shipping", LOT), signers=(FARM, LAB)))
    refuses("policy.cosigner", world(), case(said(0, "shipping", LOT)))
    refuses("policy.cosigner", world(), case(said(0, "shipping", LOT), signers=(FARM, SHOP)))
    refuses("policy.unlisted", world(), case(said(0, "inspection", LOT), signers=(LAB,)))


def test_without_a_policy_roles_and_times_are_not_asked():
    ask(world(policy=None), case(said(0, "inspection", LOT, OTHER), time=0, touching=[0]))


@pytest.mark.parametrize("policy", [None, STRICT], ids=["no policy", "policy"])
@pytest.mark.parametrize("silenced", [FARM, LAB])
def test_whoever_is_suspended_signs_nothing_not_even_beside_another(policy, silenced):
    found = world(policy=policy)
    found.parties[silenced] = party(silenced, "producer", "inspector", suspended="samples swapped")
    facts = refuses("policy.suspended", found, case(said(0, "origin", LOT), signers=(FARM, LAB)))
    assert facts == {"party": silenced, "reason": "samples swapped"}


@pytest.mark.parametrize("policy", [None, STRICT], ids=["no policy", "policy"])
@pytest.mark.parametrize("limited", [FARM, LAB])
def test_scopes_limit_each_signer_at_the_ledgers_time(policy, limited):
    found = world(policy=policy)
    asked = case(said(0, "origin", LOT), said(1, "origin", OTHER), signers=(FARM, LAB), time=AT - 9)
    for scope, code in [
        (Scope(since=AT, until=AT + 1), None),
        (Scope(since=AT + 1), "policy.scope_time"),
        (Scope(until=AT), "policy.scope_time"),
        (Scope(kinds=frozenset({"cost"})), "policy.scope_kind"),
        (Scope(subjects=(PRODUCT,)), "policy.scope_subject"),
    ]:
        found.parties[limited] = party(limited, "producer", "inspector", scopes=(scope,))
        if code is None:
            ask(found, asked)
        else:
            assert refuses(code, found, asked)["party"] == limited


@pytest.mark.parametrize(("time", "code"), [(AT - 60_001, "policy.behind"), (AT + 5_001, "policy.ahead")])
def test_the_time_is_asked_unless_all_records_are_authoritys(time, code):
    enrolment = {0: raw("party", f"trustledger:party/{LAB}")}
    refuses(code, world(), case(said(0, "origin", LOT), time=time))
    ask(world(), case(said(0, "party"), authority=enrolment, time=time))
    refuses(code, world(), case(said(0, "party"), said(1, "origin", LOT), authority=enrolment, time=time))
    bought = {0: raw("order", ORDER, f"trustledger:party/{GUEST}")}
    refuses(code, world(policy=STRICT), case(said(0, "order", ORDER), authority=bought, time=time))
    later = {0: raw("party", f"trustledger:party/{LAB}", version=2)}
    refuses(code, world(), case(authority=later, time=time))


def test_kinds_of_authority_need_no_role():
    for kind in ("ledger", "policy", "party", "key"):
        authority = {0: raw(kind, "trustledger:ledger")}
        ask(world(), case(said(0, kind, "trustledger:ledger"), signers=(SHOP,), authority=authority))


# --- guests -------------------------------------------------------------------------------------------------------


def with_guest(policy: Policy | None) -> World:
    found = world(policy=policy)
    found.parties[GUEST] = party(GUEST, guest=Guest(ORDER, frozenset({ORDER, LOT}), (SHOP,)))
    return found


def test_a_guest_speaks_of_its_order_alone():
    found = with_guest(default_policy())
    ask(found, case(said(0, "review", ORDER, LOT), signers=(GUEST,)))
    facts = refuses("policy.guest_subject", found, case(said(0, "review", OTHER), signers=(GUEST,)))
    assert (facts["party"], facts["seen"]) == (GUEST, OTHER)
    refuses("policy.guest_kind", found, case(said(0, "origin", LOT), signers=(FARM, GUEST)))
    refuses("policy.guest_kind", with_guest(None), case(said(0, "review", ORDER), signers=(GUEST,)))


# --- recovery -----------------------------------------------------------------------------------------------------


def test_a_recovery_key_brings_back_and_says_nothing_else():
    found = world(policy=None)
    own, other = f"trustledger:party/{FARM}", f"trustledger:party/{LAB}"
    back = {0: raw("key", own), 1: raw("ledger", "trustledger:ledger")}
    ask(found, case(authority=back, recovering=(FARM,)))
    ask(found, case(authority={0: raw("key", own)}, recovering=(FARM,)))
    for records, authority in [
        ([said(0, "origin", LOT)], {}),
        ([said(2, "origin", LOT)], back),
        ([], {0: raw("key", other)}),
        ([], {0: raw("key", own), 1: raw("key", other)}),
        ([], {0: raw("party", own)}),
        ([], {0: raw("policy", "trustledger:ledger")}),
        ([], {0: raw("key", own, LOT)}),
        ([], {0: raw("key", own, version=2)}),
    ]:
        facts = refuses(
            "authority.recovery_only", found, case(*records, authority=authority, recovering=(FARM,))
        )
        assert facts == {"seen": FARM}
    refuses(
        "authority.recovery_only", found, case(authority=back, recovering=(FARM, LAB), signers=(FARM, LAB))
    )


# --- what stood before --------------------------------------------------------------------------------------------


def test_what_must_come_first_stands_in_the_chain_or_earlier_in_the_statement():
    missing = world()
    facts = refuses("policy.after", missing, case(said(4, "processing", LOT)))
    assert (facts["position"], facts["kind"], facts["expected"]) == (4, "processing", "origin, shipping")
    for kind in ("origin", "shipping"):
        ask(world(kinds={LOT: ["cost", kind]}), case(said(0, "processing", LOT)))
    refuses("policy.after", world(kinds={OTHER: ["origin"], LOT: ["cost"]}), case(said(0, "processing", LOT)))
    ask(missing, case(said(0, "origin", LOT), said(1, "processing", LOT)))
    ask(missing, case(said(0, "origin", LOT), said(1, "processing", LOT), said(2, "processing", LOT)))
    refuses("policy.after", missing, case(said(0, "processing", LOT), said(1, "origin", LOT)))
    refuses("policy.after", missing, case(said(0, "origin", OTHER), said(1, "processing", LOT)))
    # That it touches the other lot in passing is no beginning of that lot.
    refuses("policy.after", missing, case(said(0, "origin", OTHER, LOT), said(1, "processing", LOT)))


def test_what_was_erased_earlier_in_the_statement_may_have_been_anything():
    """Its subject is known by its hash alone; what was right before it was erased stays so."""
    lot, other = (sha256(uri.encode()).digest() for uri in (LOT, OTHER))
    later = case(said(4, "processing", LOT))
    for erased in ({3: lot}, {0: lot}, {0: other, 1: lot, 2: other}, {1: lot, 5: lot}, {3: lot, 9: lot}):
        ask(world(), replace(later, erased=erased))
    for erased in ({}, {3: other}, {5: lot}, {5: lot, 9: lot}, {0: other, 1: other, 7: lot}):
        refuses("policy.after", world(), replace(later, erased=erased))
    two = case(said(1, "processing", OTHER), said(4, "processing", LOT))
    assert refuses("policy.after", world(), replace(two, erased={0: lot}))["position"] == 1
    assert refuses("policy.after", world(), replace(two, erased={0: other}))["position"] == 4
    ask(world(), replace(two, erased={0: other, 3: lot}))


def test_a_chain_is_read_once_for_all_records_of_a_kind_about_it():
    @dataclass
    class Counting(World):
        read: list[str] = field(default_factory=list)

        def kinds_about(self, subject: str) -> Iterator[str]:
            self.read.append(subject)
            yield "shipping"

    found = Counting(parties=world().parties)
    ask(found, case(*(said(n, "processing", LOT if n % 2 else OTHER) for n in range(6))))
    assert found.read == [OTHER, LOT]


# --- other people's goods -----------------------------------------------------------------------------------------


def test_a_stranger_needs_the_stewards_signature():
    found = world(stewards={OTHER: SHOP})
    passing = case(said(0, "origin", LOT), said(1, "origin", LOT, OTHER), touching=[1])
    facts = refuses("policy.steward", found, passing)
    assert (facts["position"], facts["subject"], facts["expected"]) == (1, OTHER, SHOP)
    ask(found, case(said(1, "origin", LOT, OTHER), touching=[1], signers=(FARM, SHOP)))
    ask(world(stewards={OTHER: FARM}), passing)
    ask(world(), passing)  # nobody is its steward yet


def test_a_steward_is_looked_for_once_and_only_where_something_is_touched():
    found = world(stewards={OTHER: FARM})
    ask(found, case(said(0, "origin", LOT, PRODUCT), said(1, "origin", LOT, OTHER)))
    assert found.asked == []
    ask(found, case(*(said(n, "origin", LOT, OTHER) for n in range(3)), touching=[0, 1, 2]))
    assert found.asked == [OTHER]


def test_only_what_touches_is_looked_at():
    found = world(stewards={OTHER: SHOP})
    ask(found, case(said(0, "origin", LOT, OTHER), said(1, "origin", LOT, "urn:x:1"), touching=[1]))
    assert found.asked == ["urn:x:1"]


NAMED = parse_policy(
    'format = 1\nname = "named"\ndate = 2026-11-22\n[secondary]\nstrangers = "named"\n'
    '[kinds.processing]\nroles = ["producer"]\n[kinds.listing]\nroles = ["producer"]\n'
)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("processing", {"inputs": [{"lot": OTHER}], "outputs": [{"lot": LOT}]}),
        ("processing", {"inputs": [], "outputs": [{"lot": LOT}, {"lot": OTHER}]}),
        ("listing", {"lots": [{"lot": OTHER}]}),
    ],
)
def test_what_its_own_content_names_a_record_may_touch(kind, data):
    found = world(policy=NAMED, stewards={OTHER: SHOP})
    ask(found, case(said(0, kind, LOT, OTHER, **data), touching=[0]))
    refuses("policy.steward", found, case(said(0, kind, LOT, OTHER, note=OTHER), touching=[0]))
    refuses("policy.steward", found, case(said(0, kind, LOT, "urn:x:1", OTHER), touching=[0]))


def test_a_named_subject_that_is_no_lot_counts_too():
    """What a review says of its product, wherever the kind names it."""
    spec = KindSpec(name="org.example.note", title={"en": "note", "zh": "记"}, named=("/about",))
    text = NAMED.text + '[kinds."org.example.note"]\nroles = ["producer"]\n'
    found = world(policy=parse_policy(text), stewards={OTHER: SHOP})
    good = case(said(0, spec.name, LOT, OTHER, about=OTHER), touching=[0])
    check_rights(found, good, found, {spec.name: spec}.get)
    with pytest.raises(PolicyError):
        check_rights(found, good, found, {}.get)


def test_a_kind_that_is_not_known_here_names_nothing():
    text = STRICT.text.replace('"steward"', '"named"') + '[kinds."org.example.kind"]\nroles = ["producer"]\n'
    found = world(policy=parse_policy(text), stewards={OTHER: SHOP})
    refuses("policy.steward", found, case(said(0, "org.example.kind", LOT, OTHER), touching=[0]))


# --- small things -------------------------------------------------------------------------------------------------


def test_the_place_as_the_fold_needs_it():
    asked = case(said(0, "origin", LOT), signers=(FARM, OPERATOR))
    placing = asked.placing(OPERATOR)
    assert placing == Placing(7, AT, (FARM, OPERATOR), asked.verified.keys, OPERATOR)
    assert placing.by_operator
    assert not asked.placing(LAB).by_operator


def test_keys_of_chains_are_hashes_of_subjects_that_anybody_may_name():
    uris = (LOT, PRODUCT, "urn:x:1")
    expected = tuple(sha256(uri.encode()).digest() for uri in uris)
    assert allowed_keys(uris, PRODUCT) == allowed_keys(uris, None) == expected
    for wrong in (
        "trustledger:ledger",
        "https://id.gs1.org/01/09506000134351",
        "https://farm.example/01/09506000134352",
    ):
        for given, product in [((wrong,), None), ((LOT, wrong), PRODUCT), ((LOT, wrong), None)]:
            with pytest.raises(PolicyError):
                allowed_keys(given, product)
    with pytest.raises(FormatError):
        allowed_keys(("urn:x y",), None)


def test_an_accreditation_ends_at_its_end():
    paper = Accreditation("CNAS", "L1", frozenset({"lead"}), 5, 9)
    assert [paper.covers("lead", at) for at in (4, 5, 8, 9)] == [False, True, True, False]
    assert not paper.covers("iron", 6)
    endless = Accreditation("CNAS", "L1", None, 5, None)
    assert [endless.covers("iron", at) for at in (4, 5, 10**15)] == [False, True, True]


def test_keys_of_a_party_by_what_they_may_sign():
    keys = [VerifierKey(FARM, ED25519, bytes([n]) * 32) for n in (1, 2, 3)]
    held = tuple(EnrolledKey(key, n, n, FARM, recovery=n == 1) for n, key in enumerate(keys[:2]))
    state = PartyState(FARM, FARM, frozenset(), held, 0, 0, threshold=2)
    assert [state.enrolled(key) for key in keys] == [held[0], held[1], None]
    assert state.key_ring() == KeyRing((keys[0],), (keys[1],), 2)
