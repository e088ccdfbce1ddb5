"""Parties and their keys as a fold, and the registration policy (docs/format.md, "Authority")."""

from __future__ import annotations

from typing import Any

import pytest

from trustledger.authority.changes import Placing, change_keys, change_party
from trustledger.authority.fields import MAX_KEYS, SPARE_KEYS
from trustledger.authority.genesis import make_genesis, read_genesis
from trustledger.authority.parties import ROLES, EnrolledKey, PartyState
from trustledger.authority.registration import check_identity, look_at_subjects
from trustledger.authority.state import Authority, Changes, apply_records, names_reserved
from trustledger.authority.writing import party_record_data
from trustledger.encoding import encode
from trustledger.errors import ForkError, FormatError, NewerFormatError, PolicyError, SignatureError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.note import SignatureLine, VerifierKey, assemble
from trustledger.record import parse_record, withhold
from trustledger.statement import Seen, Statement

ORIGIN, OPERATOR = "shop.example/ledger", "https://shop.example/operator"
FARM, LAB = "https://farm.example/", "https://lab.example/"


def signer(name: str, number: int) -> Ed25519Signer:
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


operator, log, farm, lab = signer(OPERATOR, 1), signer(ORIGIN, 2), signer(FARM, 3), signer(LAB, 4)
NEW = make_genesis(ORIGIN, (log.public,), operator, "Shop", now=0, statement_id=bytes(16))
GENESIS = read_genesis(NEW.entry, NEW.records)


def authority() -> Authority:
    return Authority(GENESIS.operator, GENESIS.ledger)


def note(key: Ed25519Signer) -> str:
    return key_note(key).decode()


def note_of_type(name: str, number: int, public: bytes) -> str:
    """The key note of a type that this version cannot verify."""
    key = VerifierKey(name, number, public)
    return assemble(
        f"trustledger/key@v1\n{key.text}\n".encode(), [SignatureLine(name, key.key_id, b"?" * 99)]
    ).decode()


def party(
    uri: str = FARM,
    *,
    kind: str = "party",
    subjects: Any = None,
    sealed: Any = None,
    version: int = 1,
    **data: Any,
):
    named = [f"trustledger:party/{uri}"] if subjects is None else subjects
    return parse_record(encode([version, kind, 0, named, data, sealed or {}, [], b""]))


def apply(view: Authority, *records: Any, signers: tuple[str, ...] = (OPERATOR,), entry: int = 1) -> None:
    view.apply(changes(view, dict(enumerate(records)), signers, entry))


def changes(
    view: Authority, records: dict[int, Any], signers: tuple[str, ...] = (OPERATOR,), entry: int = 1
) -> Changes:
    return apply_records(view, Placing(entry, entry * 1000, signers, (), OPERATOR), records)


def test_enrolment_and_what_follows():
    view = authority()
    apply(view, party(keys=[note(farm)], name="Farm", roles=["producer"]))
    apply(view, party(roles=["carrier", "producer"]), entry=2)
    apply(view, party(name="The farm", keys=[note(signer(FARM, 5))]), entry=4)
    state = view.party(FARM)
    assert state is not None
    assert (state.name, state.roles, state.entry, state.changed) == (
        "The farm",
        {"carrier", "producer"},
        1,
        4,
    )
    assert [(one.key, one.entry) for one in state.keys] == [(farm.public, 1), (signer(FARM, 5).public, 4)]
    assert view.key_ring(FARM).keys == (farm.public, signer(FARM, 5).public)
    assert view.key_ring(LAB).keys == ()
    assert [one.uri for one in view.parties()] == [OPERATOR, FARM]


def test_records_of_one_statement_build_on_each_other_but_grant_it_nothing():
    view = authority()
    changed = changes(view, {0: party(keys=[note(farm)]), 3: party(name="Farm")})
    assert changed.parties[FARM].name == "Farm"
    assert view.party(FARM) is None  # until the entry stands
    with pytest.raises(PolicyError):  # the new party cannot enrol another in the statement that enrols it
        changes(view, {0: party(keys=[note(farm)]), 1: party(LAB, keys=[note(lab)])}, (FARM,))


def test_only_the_operator_speaks():
    view = authority()
    apply(view, party(keys=[note(farm)]))
    for signers in [(FARM,), (FARM, LAB), (LAB,)]:
        with pytest.raises(PolicyError) as caught:
            apply(view, party(name="Mine"), signers=signers, entry=2)
        assert caught.value.code == "authority.not_operator"
    apply(view, party(name="Ours"), signers=(FARM, OPERATOR), entry=2)


def refused(code: str, *records: Any, error: type[Exception] = PolicyError) -> None:
    view = authority()
    apply(view, party(keys=[note(farm)]))
    with pytest.raises(error) as caught:
        apply(view, *records, entry=2)
    assert caught.value.code == code  # type: ignore[attr-defined]


def test_a_public_key_is_enrolled_once_in_a_ledger():
    twin = signer(LAB, 3)  # the farm's key under the lab's name
    refused("authority.key_enrolled", party(keys=[note(farm)]))
    refused("authority.key_enrolled", party(LAB, keys=[note(twin)]))
    refused("authority.key_enrolled", party(LAB, keys=[note(lab)]), party(LAB, keys=[note(lab)]))
    refused(
        "authority.key_enrolled",
        party(LAB, keys=[note(lab)]),
        party("urn:x:other", keys=[note(signer("urn:x:other", 4))]),
    )
    refused("authority.key_enrolled", party(LAB, keys=[note_of_type(LAB, 4, farm.public.public)]))
    refused("authority.key_enrolled", party(LAB, keys=[note(signer(LAB, 1))]))  # the operator's


def test_a_name_and_key_id_is_enrolled_once(monkeypatch):
    # Four bytes collide after some 2³² keys; here a view that knows only the name and ID stands for it.
    view = authority()
    apply(view, party(keys=[note(farm)]))
    view._publics.clear()
    with pytest.raises(PolicyError) as caught:
        apply(view, party(keys=[note(farm)]), entry=2)
    assert caught.value.code == "authority.key_enrolled"


def test_a_log_key_is_no_partys_key():
    refused("authority.log_key", party(LAB, keys=[note(signer(LAB, 2))]))


def test_a_key_note_is_in_the_partys_own_name_and_whole():
    refused("authority.key_name", party(LAB, keys=[note(signer(FARM, 9))]), error=FormatError)
    refused("authority.key_twice", party(LAB, keys=[note(lab), note(lab)]), error=FormatError)
    forged = note(lab)[:-20] + "A" * 16 + note(lab)[-4:]
    for bad in [forged]:
        with pytest.raises((SignatureError, FormatError)):
            apply(authority(), party(LAB, keys=[bad]))
    two_lines = note(lab) + note(lab).split("\n\n")[1]
    for bad in [
        lab.public.text,
        note(lab)[:-1],
        note(lab) + "\n",
        two_lines,
        note(lab).replace("@v1", "@v0x")[5:],
        "",
    ]:
        with pytest.raises(FormatError):
            apply(authority(), party(LAB, keys=[bad]))
    with pytest.raises(NewerFormatError):
        apply(authority(), party(LAB, keys=[note(lab).replace("key@v1", "key@v2")]))


def test_a_key_of_another_type_is_enrolled_on_its_shape():
    view = authority()
    apply(
        view,
        party(LAB, keys=[note(lab), note_of_type(LAB, 0x06, bytes(1312)), note_of_type(LAB, 0x7E, b"x")]),
    )
    assert [key.type for key in view.key_ring(LAB).keys] == [1, 6, 0x7E]
    with pytest.raises(FormatError):  # its one line is by that very key
        apply(authority(), party(LAB, keys=[note_of_type(LAB, 0x06, b"x").replace("— " + LAB, "— " + FARM)]))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"keys": "x"}, "authority.keys"),
        ({"keys": [b"x"]}, "authority.keys"),
        ({"keys": None}, "authority.keys"),
        ({"name": ""}, "authority.name"),
        ({"name": "x" * 256}, "authority.name"),
        ({"name": "a\nb"}, "authority.name"),
        ({"name": "a\u202eb"}, "authority.name"),
        ({"name": "a\x85b"}, "authority.name"),
        ({"name": "\ufeffa"}, "authority.name"),
        ({"name": 7}, "authority.name"),
        ({"roles": "producer"}, "authority.roles"),
        ({"roles": [1]}, "authority.roles"),
        ({"roles": ["king"]}, "authority.role"),
        ({"roles": ["producer", "carrier"]}, "authority.role_order"),
        ({"roles": ["producer", "producer"]}, "authority.role_order"),
    ],
    ids=str,
)
def test_fields_are_what_they_should_be(data, code):
    refused(code, party(**data), error=FormatError)


def test_the_first_record_of_a_party_brings_a_key():
    refused("authority.no_key", party(LAB, name="Lab"), error=FormatError)


@pytest.mark.parametrize(
    ("uri", "signers", "by_recovery", "most"),
    [
        (OPERATOR, (OPERATOR,), False, MAX_KEYS),
        (OPERATOR, (OPERATOR,), True, MAX_KEYS + SPARE_KEYS),
        (FARM, (OPERATOR,), False, MAX_KEYS + SPARE_KEYS),
        (FARM, (FARM,), False, MAX_KEYS),
    ],
)
def test_a_thief_cannot_fill_the_room_for_keys_of_those_who_have_the_last_word(
    uri, signers, by_recovery, most
):
    held = tuple(EnrolledKey(signer(uri, number).public, 0, 0, uri) for number in range(most - 1))
    spare = EnrolledKey(signer(uri, 200).public, 0, 0, uri, recovery=uri == OPERATOR)
    before = PartyState(
        uri, uri, frozenset({"operator"}) if uri == OPERATOR else frozenset(), (spare, *held[1:]), 0, 0
    )
    keys = (spare.key,) if by_recovery else (held[1].key,)
    placing = Placing(5, 5000, signers, keys, OPERATOR)

    def rotated(number):
        revoke = [
            {"key": before.keys[count].key.text, "reason": "superseded"} for count in range(1, 1 + number)
        ]
        new = [note(signer(uri, 201 + count)) for count in range(number)]
        return change_keys(before, uri, {"keys": new, "revoke": revoke}, placing)

    assert len(rotated(1).keys) == most
    with pytest.raises(FormatError) as caught:
        rotated(2)
    assert (caught.value.code, caught.value.facts["expected"]) == ("authority.too_many_keys", most)


def test_there_is_one_operator():
    refused("authority.one_operator", party(roles=["operator"]))
    view = authority()
    apply(view, party(OPERATOR, roles=["merchant", "operator"]))


def test_a_field_that_a_later_version_adds_is_newer_not_ignored():
    for record in [
        party(revoked=True),
        party(sealed={"/revoked": bytes(32)}),
        party(sealed={"/roles": bytes(32)}),
    ]:
        with pytest.raises(NewerFormatError):
            apply(authority(), party(keys=[note(farm)]), record)
    view = authority()
    apply(view, party(keys=[note(farm)], sealed={"/name": bytes(32)}))  # what is personal may be sealed
    assert view.party(FARM).name == FARM  # type: ignore[union-attr]


def test_later_versions_and_later_fields_of_the_ledger_are_newer():
    for record in [
        party(version=2, keys=[note(farm)]),
        party(kind="ledger", subjects=["trustledger:ledger"], witnesses=[]),
        party(kind="policy", subjects=["trustledger:ledger"], language="en"),
    ]:
        with pytest.raises(NewerFormatError):
            apply(authority(), record)


@pytest.mark.parametrize(
    "subjects",
    [[FARM], ["trustledger:policy"], [f"trustledger:party/{FARM}", "urn:x:a"], ["trustledger:party/a+b:c"],
     ["trustledger:party/trustledger:ledger"], ["trustledger:party/https://Farm.example/"]],
    ids=str,
)  # fmt: skip
def test_a_party_record_stands_on_one_party(subjects):
    with pytest.raises(FormatError):
        apply(authority(), party(subjects=subjects, keys=[note(farm)]))


def test_reserved_subjects_belong_to_authority_kinds():
    other = party(kind="inspection")
    assert names_reserved(other)
    assert names_reserved(party())
    assert names_reserved(party(subjects=["urn:x:a"]))
    assert not names_reserved(party(kind="inspection", subjects=["urn:x:a"]))
    assert not names_reserved(parse_record(withhold(other)))
    with pytest.raises(PolicyError) as caught:
        apply(authority(), other)
    assert caught.value.code == "authority.reserved_subject"
    with pytest.raises(PolicyError):
        apply(authority(), parse_record(withhold(other)))


def test_data_of_a_party_record():
    assert party_record_data() == {}
    assert party_record_data("N", ("producer", "carrier", "producer"), (key_note(farm),)) == {
        "keys": [note(farm)], "name": "N", "roles": ["carrier", "producer"],
    }  # fmt: skip
    for bad in [{"name": ""}, {"roles": ("king",)}]:
        with pytest.raises(FormatError):
            party_record_data(**bad)
    assert list(ROLES) == sorted(set(ROLES))


def test_step_is_pure():
    places = [Placing(entry, 0, (OPERATOR,), (), OPERATOR) for entry in (3, 5)]
    before = change_party(None, FARM, {"keys": [note(farm)]}, places[0])
    after = change_party(before, FARM, {"name": "Farm"}, places[1])
    assert (before.name, after.name, before.changed, after.changed, after.entry) == (FARM, "Farm", 3, 5, 3)


# --- registration -------------------------------------------------------------------------------------------------


def statement(**changes: Any) -> Statement:
    fields = {"origin": ORIGIN, "genesis": GENESIS.hash, "party": FARM, "cosigners": (), "time": 0, "id": bytes(16),
              "seen": None, "records": 1, "root": bytes(32)}  # fmt: skip
    return Statement(**{**fields, **changes})


@pytest.mark.parametrize("changes", [{"origin": "other.example"}, {"genesis": bytes(32)}], ids=str)
def test_a_statement_for_another_ledger(changes):
    with pytest.raises(PolicyError) as caught:
        check_identity(GENESIS, statement(**changes), 5, None)
    assert caught.value.code == "ledger.other_ledger"


ROOT = b"\x07" * 32


@pytest.mark.parametrize(
    ("size", "root", "known"),
    [(6, ROOT, ROOT), (3, ROOT, bytes(32)), (3, ROOT, None)],
    ids=["future", "fork", "unknown"],
)
def test_seen_must_be_the_ledgers_own_past(size, root, known):
    with pytest.raises(ForkError):
        check_identity(GENESIS, statement(seen=Seen(size, root)), 5, known)


@pytest.mark.parametrize("size", [1, 5])
def test_seen_may_reach_to_the_entry_itself(size):
    check_identity(GENESIS, statement(seen=Seen(size, ROOT)), 5, ROOT)


def register(*subjects: str) -> None:
    look_at_subjects([subjects], ())


def test_subjects_are_asked_about():
    register("https://id.gs1.org/01/09506000134352/10/LOT-7", "urn:x:a", "https://farm.example/")
    for uri in ["trustledger:ledger", "trustledger:party/https://farm.example/"]:
        with pytest.raises(PolicyError) as caught:
            register("urn:x:a", uri)
        assert caught.value.code == "authority.reserved_subject"


@pytest.mark.parametrize(
    "uri",
    ["https://id.gs1.org/01/09506000134353", "https://id.gs1.org/10/LOT/01/09506000134352",
     "https://shop.example/01/09506000134352/10/LOT"],
    ids=["check digit", "order", "another host"],
)  # fmt: skip
def test_digital_links_that_gs1_does_not_allow(uri):
    with pytest.raises(PolicyError) as caught:
        register(uri)
    assert caught.value.code == "ledger.digital_link"
    assert caught.value.text("en") != caught.value.text("zh")
