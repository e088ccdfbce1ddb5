"""Ends of the fold's limits, and all that it writes down of a change (docs/format.md, "Authority")."""

from __future__ import annotations

from typing import Any

import pytest

from trustledger.authority.changes import Placing
from trustledger.authority.genesis import make_genesis, read_genesis
from trustledger.authority.ledgers import MAX_LOG_KEYS, policy_data
from trustledger.authority.parties import EnrolledKey, Guest, PartyState, Revocation
from trustledger.authority.policy import default_policy
from trustledger.authority.state import Authority, Changes, apply_records
from trustledger.encoding import encode
from trustledger.errors import FormatError, NewerFormatError, PolicyError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.record import parse_record, withhold

ORIGIN, OPERATOR, FARM = "shop.example/ledger", "https://shop.example/operator", "https://farm.example/"
GUEST = "urn:uuid:0c8f2b1a-6d3e-4f5a-8b7c-9d0e1f2a3b4c"
ORDER, PRODUCT = "urn:uuid:5a1f9c3e-7b2d-4c6e-9f10-2b3c4d5e6f70", "https://id.gs1.org/01/09506000134352"
LEDGER, PARTY = "trustledger:ledger", "trustledger:party/"


def signer(name: str, number: int) -> Ed25519Signer:
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


def record(kind: str, subjects: list[str], **data: Any) -> Any:
    return parse_record(encode([1, kind, 0, subjects, data, {}, [], b""]))


def log_keys(*numbers: int) -> Any:
    return record("ledger", [LEDGER], log_keys=[signer(ORIGIN, number).public.text for number in numbers])


def enrol(name: str, *numbers: int) -> Any:
    return record(
        "party", [PARTY + name], keys=[key_note(signer(name, number)).decode() for number in numbers]
    )


@pytest.fixture
def view() -> Authority:
    new = make_genesis(
        ORIGIN, (signer(ORIGIN, 2).public,), signer(OPERATOR, 1), "Shop", now=0, statement_id=bytes(16)
    )
    genesis = read_genesis(new.entry, new.records)
    return Authority(genesis.operator, genesis.ledger)


def changes(view: Authority, *records: Any, signers: tuple[str, ...] = (OPERATOR,)) -> Changes:
    return apply_records(view, Placing(5, 5000, signers, (), OPERATOR), dict(enumerate(records)))


def test_a_guest_as_its_order_leaves_it(view):
    key = signer(GUEST, 9)
    bought = record("order", [ORDER, PRODUCT, PARTY + GUEST], keys=[key_note(key).decode()])
    assert changes(view, bought, signers=(FARM, OPERATOR)).parties[GUEST] == PartyState(
        GUEST, GUEST, frozenset(), (EnrolledKey(key.public, 5, 5000, GUEST),), 5, 5,
        guest=Guest(ORDER, frozenset({ORDER, PRODUCT}), (FARM, OPERATOR)),
    )  # fmt: skip


def test_a_policy_is_that_of_its_entry(view):
    policy = default_policy()
    ledger = changes(view, record("policy", [LEDGER], **policy_data(policy.text))).ledger
    assert ledger is not None
    assert (ledger.policy, ledger.changed, ledger.log_keys) == (policy, 5, (signer(ORIGIN, 2).public,))


def test_a_log_has_at_most_sixteen_keys_at_a_time(view):
    assert MAX_LOG_KEYS == 16
    ledger = changes(view, log_keys(*range(10, 26))).ledger
    assert ledger is not None
    assert (len(ledger.log_keys), ledger.retired, ledger.changed) == (16, (signer(ORIGIN, 2).public,), 5)
    with pytest.raises(FormatError) as caught:
        changes(view, log_keys(*range(10, 27)))
    assert caught.value.code == "genesis.log_keys"


def test_within_one_statement_no_key_serves_the_log_and_a_party(view):
    both = changes(view, enrol(FARM, 3, 4), log_keys(5, 6))
    assert (list(both.parties), len(both.parties[FARM].keys)) == ([FARM], 2)
    changes(view, log_keys(5, 6), enrol(FARM, 3, 4))
    for clash in ((enrol(FARM, 3, 4), log_keys(5, 4)), (log_keys(5, 4), enrol(FARM, 3, 4))):
        with pytest.raises(PolicyError) as caught:
            changes(view, *clash)
        assert (caught.value.code, caught.value.facts["position"]) == ("authority.log_key", 1)


def test_what_a_party_ended_long_ago_is_not_held_against_its_next_change(view):
    """Only the keys that this very statement ends are asked how far back they reach."""
    day = 86_400_000

    def say(entry: int, said: Any, by: str) -> None:
        placing = Placing(entry, entry * day, (by,), (), OPERATOR)
        view.apply(apply_records(view, placing, {0: said}))

    def end(number: int, **why: Any) -> Any:
        gone = {"key": signer(FARM, number).public.text, "reason": "lost", **why}
        return record("key", [PARTY + FARM], revoke=[dict(sorted(gone.items()))])

    say(1, enrol(FARM, 3, 4, 5), OPERATOR)
    say(2, end(3, reason="compromised", since=day), FARM)
    say(90, end(4), FARM)
    assert view.key_ring(FARM).keys == (signer(FARM, 5).public,)
    with pytest.raises(PolicyError) as caught:
        say(91, end(5, reason="compromised", since=day), FARM)
    assert caught.value.code == "authority.reach"
    assert caught.value.facts["seen"] == "1970-01-02T00:00:00Z"
    assert caught.value.facts["first"] == "1970-03-03T00:00:00Z"


def test_who_said_of_an_ended_key_that_it_was_stolen_answers_for_it(view):
    """The end stays where it was; the doubt is of whoever said it last, each time."""

    def say(entry: int, by: str, said: Any) -> None:
        view.apply(apply_records(view, Placing(entry, entry * 1000, (by,), (), OPERATOR), {0: said}))

    def end(**why: Any) -> Any:
        gone = {"key": signer(FARM, 3).public.text, **why}
        return record("key", [PARTY + FARM], revoke=[dict(sorted(gone.items()))])

    say(1, OPERATOR, enrol(FARM, 3, 4))
    say(2, FARM, end(reason="lost"))
    say(3, OPERATOR, end(reason="compromised", since=1500))
    state = view.party(FARM)
    assert state is not None
    assert state.keys[0].revoked == Revocation(2, 2000, "compromised", 1500, (OPERATOR,), 3)
    say(4, FARM, end(reason="compromised", since=1400))
    state = view.party(FARM)
    assert state is not None
    assert state.keys[0].revoked == Revocation(2, 2000, "compromised", 1400, (FARM,), 4)
    assert (state.keys[1].revoked, state.changed) == (None, 4)


@pytest.mark.parametrize(
    ("kind", "subject"), [("key", PARTY + OPERATOR), ("ledger", LEDGER), ("policy", LEDGER)]
)
def test_a_sealed_name_is_a_partys_alone(view, kind, subject):
    """What a key, the log or a policy would be called hides something that a checker must know."""
    sealed = parse_record(encode([1, kind, 0, [subject], {}, {"/name": bytes(32)}, [], b""]))
    with pytest.raises(NewerFormatError) as caught:
        changes(view, enrol(FARM, 3), sealed)
    assert (caught.value.code, caught.value.facts["position"]) == ("authority.newer_field", 1)
    named = parse_record(encode([1, "party", 0, [PARTY + OPERATOR], {}, {"/name": bytes(32)}, [], b""]))
    assert list(changes(view, named).parties) == [OPERATOR]


def test_what_has_no_word_in_authority_is_named_with_its_place(view):
    assert view.operator == OPERATOR
    stranger = record("origin", ["urn:x:1", LEDGER])
    erased = parse_record(withhold(enrol("urn:x:2", 4)))
    for bad, seen in [(stranger, f"urn:x:1, {LEDGER}"), (erased, "a withheld record")]:
        with pytest.raises(PolicyError) as caught:
            changes(view, enrol(FARM, 3), log_keys(2, 7), bad)
        assert caught.value.code == "authority.reserved_subject"
        assert (caught.value.facts["position"], caught.value.facts["seen"]) == (2, seen)
