"""Erasing a record makes nothing wrong that was right: an audit says the same before and after."""

from __future__ import annotations

from contextlib import nullcontext

import pytest
from moves import authority, ordinary
from town import FARM, GUESTS, LOTS, MILL, OPERATOR, ORDERS, PRODUCTS, SHOP, Town, key, stranger

from trustledger.authority.ledgers import policy_data
from trustledger.authority.parties import Guest, PartyState, Scope
from trustledger.authority.policy import parse_policy
from trustledger.authority.rights import Said, check_guest, check_scopes
from trustledger.encoding import encode
from trustledger.errors import PolicyError
from trustledger.subject import party_subject

HEAD = 'format = 1\nname = "strict"\ndate = 2026-11-22\n'
PRODUCT = {"names": {"en": "Milk"}, "category": "milk powder", "market": "CN", "required": ["lead"]}
SEEN = {"step": "storing", "note": "dry"}


def set_policy(town: Town, text: str) -> None:
    town.say([authority("policy", "", policy_data(HEAD + text))], [key(OPERATOR)], town.now)


def faults(town: Town) -> list[str]:
    return [fault.code for fault in town.audit().faults]


def corrected(town: Town, place: tuple[int, int], data: dict, also: list[str]) -> bytes:
    placed = town.ledger.record(*place)
    named = {"entry": placed.entry, "position": placed.position, "record": placed.record.hash.hex()}
    said = {"supersedes": named, "reason": "incorrect_data", "data": data}
    return ordinary(town, "correction", placed.record.subjects[0], said, also)


def test_what_must_come_first_may_be_erased_from_the_same_statement():
    town = Town()
    set_policy(
        town,
        '[kinds.product]\nroles = ["brand-owner"]\n[kinds.listing]\nroles = ["merchant"]\nafter = ["product"]\n',
    )
    listing = {"merchant": SHOP, "currency": "CNY", "price": 5, "number": "1"}
    raws = [
        ordinary(town, "product", PRODUCTS[0], PRODUCT, []),
        ordinary(town, "listing", PRODUCTS[0], listing, []),
    ]
    entry = town.say(raws, [key(SHOP)], town.now)
    assert entry is not None
    assert faults(town) == []
    town.ledger.withhold(entry, 0)
    assert faults(town) == []


LIMITS = [
    {"kinds": ["observation"]},
    {"kinds": ["observation"], "parameters": ["lead"]},
]


@pytest.mark.parametrize("scope", LIMITS)
def test_what_a_limited_party_corrected_may_be_erased(scope):
    town = Town()
    town.say([authority("party", MILL, {"scopes": [scope]})], [key(OPERATOR)], town.now)
    entry = town.say([ordinary(town, "observation", LOTS[0], SEEN, [])], [key(MILL)], town.now)
    assert entry is not None
    assert town.say([corrected(town, (entry, 0), SEEN, [])], [key(MILL)], town.now)
    town.ledger.withhold(entry, 0)
    assert faults(town) == []


def test_what_was_corrected_across_anybodys_goods_may_be_erased():
    town = Town()
    everybody = '["producer", "carrier"]'
    set_policy(
        town,
        f'[kinds.observation]\nroles = {everybody}\nstrangers = "allow"\n[kinds.correction]\nroles = {everybody}\n'
        f'[kinds.origin]\nroles = {everybody}\n',
    )  # fmt: skip
    town.say([ordinary(town, "origin", LOTS[3], {"place": "Here"}, [])], [key(FARM)], town.now)
    entry = town.say([ordinary(town, "observation", LOTS[0], SEEN, [LOTS[3]])], [key(MILL)], town.now)
    assert entry is not None
    assert town.say([corrected(town, (entry, 0), SEEN, [LOTS[3]])], [key(MILL)], town.now)
    town.ledger.withhold(entry, 0)
    assert faults(town) == []


def test_what_a_guest_corrected_may_be_erased():
    town = Town()
    set_policy(town, '[guests]\nkinds = ["observation", "correction"]\n')
    about = ORDERS[0]
    entry = town.say([ordinary(town, "observation", about, SEEN, [])], [key(GUESTS[0])], town.now)
    assert entry is not None
    assert town.say([corrected(town, (entry, 0), SEEN, [])], [key(GUESTS[0])], town.now)
    town.ledger.withhold(entry, 0)
    assert faults(town) == []


def test_what_comes_later_in_a_statement_comes_first_for_nobody():
    town = Town()
    set_policy(
        town,
        '[kinds.product]\nroles = ["brand-owner"]\n[kinds.listing]\nroles = ["merchant"]\nafter = ["product"]\n',
    )
    listing = {"merchant": SHOP, "currency": "CNY", "price": 5, "number": "1"}
    raws = [
        ordinary(town, "listing", PRODUCTS[0], listing, []),
        ordinary(town, "product", PRODUCTS[0], PRODUCT, []),
    ]
    assert town.say(raws, [key(SHOP)], town.now) is None
    (lie,) = town.lies
    assert lie.code == "policy.after"
    town.store = town.place_unasked(lie)
    assert faults(town) == ["policy.after"]
    town.reopen()
    town.ledger.withhold(town.ledger.size - 1, 1)
    assert faults(town) == ["policy.after"]


@pytest.mark.parametrize(("seen", "allowed"), [("withheld", True), ("-", False), ("origin", False)])
def test_only_what_was_erased_may_have_been_of_any_kind(seen, allowed):
    state = PartyState(MILL, MILL, frozenset(), (), 1, 1, scopes=(Scope(frozenset({"observation"})),))
    said = [Said(0, "correction", (LOTS[0],), {}, (), seen)]
    with nullcontext() if allowed else pytest.raises(PolicyError, match="observation"):
        check_scopes(state, said, 0)
    with pytest.raises(PolicyError, match="observation"):  # a kind that is only called so
        check_scopes(state, [Said(0, "withheld", (LOTS[0],), {})], 0)


@pytest.mark.parametrize(("seen", "allowed"), [("withheld", True), ("-", False), ("origin", False)])
def test_a_guest_may_have_said_only_what_was_erased(seen, allowed):
    guest = Guest(ORDERS[0], frozenset({ORDERS[0]}), (SHOP,))
    state = PartyState(GUESTS[0], GUESTS[0], frozenset(), (), 1, 1, guest=guest)
    policy = parse_policy(HEAD + '[guests]\nkinds = ["correction"]\n')
    with nullcontext() if allowed else pytest.raises(PolicyError, match=r"guest|buyer"):
        check_guest(policy, state, [Said(0, "correction", (ORDERS[0],), {}, (), seen)])
    with pytest.raises(PolicyError, match=r"guest|buyer"):
        check_guest(policy, state, [Said(0, "withheld", (ORDERS[0],), {})])


def test_a_lie_in_the_operators_chain_is_not_blamed_on_what_came_before():
    """Questions about what stood before are answered by chains that go on after it."""
    town = Town()
    set_policy(
        town,
        '[kinds.product]\nroles = ["brand-owner"]\n[kinds.listing]\nroles = ["merchant"]\nafter = ["product"]\n',
    )
    for kind, data in (("product", PRODUCT), ("listing", {"merchant": SHOP, "currency": "CNY", "price": 5})):
        assert town.say([ordinary(town, kind, PRODUCTS[0], data, [])], [key(SHOP)], town.now)
    entry = town.ledger.size
    assert town.say([authority("key", OPERATOR, {})], [key(OPERATOR)], town.now) is None
    town.store = town.place_unasked(town.lies[-1])
    assert [(fault.code, fault.entry) for fault in town.audit().faults] == [("authority.no_change", entry)]


def test_what_an_authority_record_stands_on_is_asked_when_it_is_folded():
    """The append and the audit name the same reason."""
    town = Town()
    raw = encode(
        [1, "party", 0, [party_subject(FARM), "https://id.gs1.org/02/1"], {"name": "Farm"}, {}, [], b""]
    )
    assert town.say([raw], [key(OPERATOR)], town.now) is None
    assert town.lies[-1].code == "authority.subject"
    assert [fault.code for fault in town.audit(town.place_unasked(town.lies[-1])).faults] == [
        "authority.subject"
    ]


def test_a_party_whose_keys_all_ended_is_still_changed():
    """The rule about thresholds is asked of records that name one."""
    town = Town()
    ended = {"revoke": [{"key": key(FARM).public.text, "reason": "lost"}]}
    for kind, data in (("key", ended), ("party", {"owner": MILL})):
        assert town.say([authority(kind, FARM, data)], [key(OPERATOR)], town.now)
    assert faults(town) == []
    town.strange_verdict()
    assert town.say([authority("party", FARM, {"threshold": 1})], [key(OPERATOR)], town.now) is None
    assert town.lies[-1].code == "authority.threshold_keys"
    with pytest.raises(stranger.Fault, match="threshold"):
        town.strange_verdict(town.place_unasked(town.lies[-1]))
