"""Keys that come and go, thresholds, recovery, guests, and the ledger's own chain (docs/format.md, "Authority")."""

from __future__ import annotations

from typing import Any

import pytest

from trustledger.authority.changes import Placing
from trustledger.authority.genesis import make_genesis, read_genesis
from trustledger.authority.ledgers import policy_data
from trustledger.authority.parties import Accreditation, Identity, PartyState, Scope
from trustledger.authority.policy import default_policy
from trustledger.authority.state import Authority, apply_records
from trustledger.authority.writing import key_record_data, party_record_data
from trustledger.encoding import encode
from trustledger.errors import FormatError, NewerFormatError, PolicyError, SignatureError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.record import parse_record

ORIGIN, OPERATOR = "shop.example/ledger", "https://shop.example/operator"
FARM, LAB = "https://farm.example/", "https://lab.example/"
GUEST = "urn:uuid:0c8f2b1a-6d3e-4f5a-8b7c-9d0e1f2a3b4c"
ORDER, PRODUCT = "urn:uuid:5a1f9c3e-7b2d-4c6e-9f10-2b3c4d5e6f70", "https://id.gs1.org/01/09506000134352"
DAY = 86_400_000


def signer(name: str, number: int) -> Ed25519Signer:
    return Ed25519Signer.from_seed(name, bytes([number]) * 32)


operator, log, farm, farm_2, lab = (
    signer(OPERATOR, 1), signer(ORIGIN, 2), signer(FARM, 3), signer(FARM, 13), signer(LAB, 4),
)  # fmt: skip
recovery, fresh = signer(OPERATOR, 5), signer(OPERATOR, 6)
GENESIS = make_genesis(
    ORIGIN, (log.public,), operator, "Shop", now=0, statement_id=bytes(16), recovery=key_note(recovery)
)


class World:
    """A ledger's authority, with the farm and the lab enrolled in entry 1, a day after entry 0."""

    def __init__(self) -> None:
        genesis = read_genesis(GENESIS.entry, GENESIS.records)
        self.view = Authority(genesis.operator, genesis.ledger)
        self.entry = 0
        self.say(operator, party(FARM, keys=[farm], name="Farm"), party(LAB, keys=[lab]))

    def say(self, by: Ed25519Signer, *records: Any, also: tuple[Ed25519Signer, ...] = ()) -> None:
        """Apply one statement; every entry is placed a day after the one before."""
        self.entry += 1
        signers = (by.party, *(one.party for one in also))
        keys = (by.public, *(one.public for one in also))
        placing = Placing(self.entry, self.entry * DAY, signers, keys, OPERATOR)
        try:
            changes = apply_records(self.view, placing, dict(enumerate(records)))
        except Exception:
            self.entry -= 1
            raise
        self.view.apply(changes)

    def refuses(
        self, code: str, by: Ed25519Signer, *records: Any, error: type[Exception] = PolicyError
    ) -> None:
        before = self.view.parties(), self.view.ledger
        with pytest.raises(error) as caught:
            self.say(by, *records)
        assert caught.value.code == code  # type: ignore[attr-defined]
        assert (self.view.parties(), self.view.ledger) == before

    def party(self, uri: str) -> PartyState:
        state = self.view.party(uri)
        assert state is not None
        return state


def record(kind: str, subjects: list[str], data: Any, sealed: Any = None) -> Any:
    return parse_record(encode([1, kind, 0, subjects, dict(sorted(data.items())), sealed or {}, [], b""]))


def party(uri: str, *, keys: Any = (), **data: Any) -> Any:
    notes = [key_note(one) for one in keys]
    return record("party", [f"trustledger:party/{uri}"], party_record_data(key_notes=notes, **data))


def raw_party(uri: str, **data: Any) -> Any:
    return record("party", [f"trustledger:party/{uri}"], data)


def key(uri: str, new: Any = (), revoke: Any = (), **more: Any) -> Any:
    data = key_record_data(
        [key_note(one) for one in new], [(one.public, *rest) for one, *rest in revoke], **more
    )
    return record("key", [f"trustledger:party/{uri}"], data)


def raw_key(uri: str, **data: Any) -> Any:
    return record("key", [f"trustledger:party/{uri}"], data)


@pytest.fixture
def world() -> World:
    return World()


# --- rotation and revocation --------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", [farm, operator], ids=["itself", "operator"])
def test_a_rotation_ends_the_old_key_and_begins_the_new_one(world, by):
    world.say(by, key(FARM, [farm_2], [(farm, "superseded", None)]))
    old, new = world.party(FARM).keys
    assert world.view.key_ring(FARM).keys == (farm_2.public,)
    assert (old.revoked.entry, old.revoked.at, old.revoked.reason, old.revoked.since) == (
        2, 2 * DAY, "superseded", None,
    )  # fmt: skip
    assert (old.revoked.by, new.entry, new.at, new.custody) == ((by.party,), 2, 2 * DAY, FARM)
    assert world.party(FARM).changed == 2


def test_nobody_else_changes_a_partys_keys(world):
    world.refuses("authority.not_its_key", lab, key(FARM, [farm_2], [(farm, "superseded", None)]))
    world.say(lab, key(FARM, [farm_2], [(farm, "superseded", None)]), also=(operator,))


def test_alone_a_party_exchanges_keys_and_gets_no_more_of_them(world):
    world.refuses("authority.more_keys", farm, key(FARM, [farm_2]))
    two = [farm_2, signer(FARM, 14)]
    world.refuses("authority.more_keys", farm, key(FARM, two, [(farm, "superseded", None)]))
    world.say(operator, key(FARM, two))
    assert len(world.view.key_ring(FARM).keys) == 3
    world.say(farm, key(FARM, [], [(farm_2, "lost", None)]))
    assert len(world.view.key_ring(FARM).keys) == 2


def test_what_is_revoked_never_comes_back(world):
    world.say(farm, key(FARM, [farm_2], [(farm, "superseded", None)]))
    world.refuses("authority.key_revoked", operator, key(FARM, [], [(farm, "lost", None)]))
    world.refuses("authority.key_enrolled", operator, key(FARM, [farm]))
    world.refuses("authority.key_enrolled", operator, party(LAB, keys=[signer(LAB, 3)]))
    world.refuses("authority.key_unknown", operator, key(FARM, [], [(lab, "lost", None)]))
    world.refuses("authority.unknown_party", operator, key("urn:x:new", [signer("urn:x:new", 40)]))


def test_of_a_key_that_ended_it_can_be_said_later_that_it_was_stolen_and_doubts_only_grow(world):
    world.say(farm, key(FARM, [farm_2], [(farm, "superseded", None)]))
    ended = world.party(FARM).keys[0].revoked
    assert (ended.said_in, ended.later) == (2, None)
    world.entry = 9
    world.say(operator, key(FARM, [], [(farm, "compromised", 5 * DAY)]))
    world.say(farm_2, key(FARM, [], [(farm, "compromised", 4 * DAY)]))
    doubted = world.party(FARM).keys[0].revoked
    assert (doubted.entry, doubted.at) == (ended.entry, ended.at)  # its end stays where it was
    assert (doubted.reason, doubted.since, doubted.by) == ("compromised", 4 * DAY, (FARM,))
    assert doubted.said_in == doubted.later == 11
    for again in ((farm, "compromised", 4 * DAY), (farm, "compromised", 5 * DAY), (farm, "superseded", None)):
        world.refuses("authority.key_revoked", operator, key(FARM, [], [again]))
    assert world.view.key_ring(FARM).keys == (farm_2.public,)


def test_a_doubt_about_a_key_that_ended_gives_no_new_key_and_reaches_no_further_back(world):
    world.say(farm, key(FARM, [farm_2], [(farm, "superseded", None)]))
    farm_3 = signer(FARM, 15)
    world.refuses("authority.more_keys", farm_2, key(FARM, [farm_3], [(farm, "compromised", None)]))
    world.entry = 40
    world.refuses("authority.reach", farm_2, key(FARM, [], [(farm, "compromised", None)]))
    world.say(operator, key(FARM, [], [(farm, "compromised", None)]))


def test_one_record_may_not_end_a_key_twice_nor_say_nothing(world):
    end = {"key": farm.public.text, "reason": "lost"}
    world.refuses("authority.order", operator, raw_key(FARM, revoke=[end, end]), error=FormatError)
    world.refuses("authority.no_change", operator, raw_key(FARM), error=FormatError)
    world.refuses("authority.no_change", operator, raw_key(FARM, revoke=[], keys=[]), error=FormatError)


@pytest.mark.parametrize(
    ("since", "good"), [(DAY - 1, False), (DAY, True), (3 * DAY, True), (3 * DAY + 1, False)]
)
def test_compromised_since_lies_within_the_keys_life(world, since, good):
    world.say(operator, party(FARM, name="again"))
    end = key(FARM, [], [(farm, "compromised", since)])
    if good:
        world.say(operator, end)
        assert world.party(FARM).keys[0].revoked.since == since
    else:
        world.refuses("authority.since_outside", operator, end)


def test_without_a_time_its_whole_life_is_doubted(world):
    world.say(operator, key(FARM, [], [(farm, "compromised", None)]))
    assert world.party(FARM).keys[0].revoked.since == DAY


def test_only_what_was_compromised_has_a_time(world):
    end = {"key": farm.public.text, "reason": "lost", "since": DAY}
    world.refuses("authority.since", operator, raw_key(FARM, revoke=[end]), error=FormatError)
    world.refuses(
        "authority.reason", operator, raw_key(FARM, revoke=[{**end, "reason": "bored"}]), error=FormatError
    )
    world.refuses(
        "authority.field_missing", operator, raw_key(FARM, revoke=[{"reason": "lost"}]), error=FormatError
    )


def test_alone_a_party_reaches_thirty_days_back_and_no_further(world):
    world.entry = 40
    reach = 41 * DAY - 30 * DAY
    world.refuses("authority.reach", farm, key(FARM, [], [(farm, "compromised", reach - 1)]))
    world.refuses("authority.reach", farm, key(FARM, [], [(farm, "compromised", None)]))
    world.say(farm, key(FARM, [], [(farm, "compromised", reach)]))
    world.entry = 40
    world.say(operator, key(LAB, [], [(lab, "compromised", None)]))


def test_the_policy_sets_how_far(world):
    text = default_policy().text.replace("self_revocation_days = 30", "self_revocation_days = 2")
    assert text != default_policy().text
    world.say(operator, record("policy", ["trustledger:ledger"], policy_data(text)))
    world.entry = 9
    world.refuses("authority.reach", farm, key(FARM, [], [(farm, "compromised", 8 * DAY - 1)]))
    world.say(farm, key(FARM, [], [(farm, "compromised", 8 * DAY)]))


# --- recovery -----------------------------------------------------------------------------------------------------


def test_the_recovery_key_is_enrolled_by_entry_0_and_is_no_ordinary_key(world):
    ring = world.view.key_ring(OPERATOR)
    assert (ring.keys, ring.recovery) == ((operator.public,), (recovery.public,))
    assert [one.recovery for one in world.party(OPERATOR).keys] == [False, True]


def test_recovery_keys_come_and_go_by_a_recovery_key_alone(world):
    spare = signer(OPERATOR, 7)
    world.refuses("authority.recovery_needed", operator, key(OPERATOR, [], [(recovery, "lost", None)]))
    world.refuses("authority.recovery_needed", operator, key(OPERATOR, [spare], recovery=[spare.public]))
    world.refuses(
        "authority.recovery_later", operator, party(OPERATOR, keys=[spare], recovery=[spare.public])
    )
    change = key(OPERATOR, [spare], [(recovery, "superseded", None)], recovery=[spare.public])
    world.say(recovery, change)
    assert world.view.key_ring(OPERATOR).recovery == (spare.public,)


def test_the_operator_keeps_a_way_back(world):
    second = signer(OPERATOR, 8)
    gone = [(operator, "lost", None)]
    world.say(operator, key(OPERATOR, [], gone))  # the recovery key is left
    world.say(recovery, key(OPERATOR, [operator_2 := signer(OPERATOR, 7)]))
    world.say(operator_2, party(OPERATOR, keys=[second], threshold=2), also=())
    both = (second,)
    last = key(OPERATOR, [], [(recovery, "lost", None), (second, "lost", None)])
    world.refuses("authority.last_keys", recovery, last)
    world.say(recovery, key(OPERATOR, [], [(recovery, "lost", None)]))
    with pytest.raises(PolicyError) as caught:
        world.say(operator_2, key(OPERATOR, [], [(second, "lost", None)]), also=both)
    assert caught.value.code == "authority.last_keys"
    swap = key(OPERATOR, [signer(OPERATOR, 9)], [(second, "lost", None)])
    world.say(operator_2, swap, also=both)
    assert len(world.view.key_ring(OPERATOR).keys) == 2


def test_nobody_but_the_operator_has_recovery_keys(world):
    spare = signer(FARM, 7)
    world.refuses("authority.recovery_operator", operator, key(FARM, [spare], recovery=[spare.public]))
    for vkeys in ([], [recovery.public.text], [spare.public.text] * 2, "x", [7]):
        bad = raw_key(FARM, keys=[key_note(spare).decode()], recovery=vkeys)
        world.refuses("authority.recovery", operator, bad, error=FormatError)


def test_genesis_is_not_signed_by_a_recovery_key_alone(monkeypatch):
    """As if the operator's one key were its recovery key."""
    monkeypatch.setattr(
        "trustledger.authority.genesis.party_record_data",
        lambda name, roles, notes, **_: party_record_data(name, roles, notes[:1], recovery=[operator.public]),
    )
    with pytest.raises(SignatureError) as caught:
        make_genesis(
            ORIGIN,
            (log.public,),
            operator,
            "Shop",
            now=0,
            statement_id=bytes(16),
            recovery=key_note(recovery),
        )
    assert caught.value.code == "genesis.operator"


# --- parties ------------------------------------------------------------------------------------------------------


def test_every_field_replaces_what_stood(world):
    scope = Scope(frozenset({"inspection"}), (PRODUCT,), frozenset({"lead"}), 5, 9)
    papers = Accreditation("CNAS", "L1", None, 5, None)
    world.say(
        operator,
        party(LAB, scopes=[scope], accreditations=[papers], identities=[Identity("lei", "X1")], owner=FARM,
              suspended="samples swapped", roles=["inspector"]),
    )  # fmt: skip
    state = world.party(LAB)
    assert (state.scopes, state.accreditations, state.identities) == (
        (scope,),
        (papers,),
        (Identity("lei", "X1"),),
    )
    assert (state.owner, state.suspended, state.roles) == (FARM, "samples swapped", {"inspector"})
    world.say(
        operator, party(LAB, scopes=[Scope()], accreditations=[], identities=[], owner="", suspended="")
    )
    state = world.party(LAB)
    assert (state.scopes, state.accreditations, state.identities, state.owner, state.suspended) == (
        None, (), (), "", None,
    )  # fmt: skip
    assert state.roles == {"inspector"}


def test_custody_is_said_of_the_keys_of_one_record(world):
    world.say(operator, party(FARM, keys=[farm_2], custody=OPERATOR))
    assert [one.custody for one in world.party(FARM).keys] == [FARM, OPERATOR]
    world.refuses("authority.custody", operator, raw_party(FARM, custody=OPERATOR), error=FormatError)


def test_a_threshold_is_never_more_than_the_keys_that_are_there(world):
    world.refuses("authority.threshold_keys", operator, party(FARM, threshold=2), error=FormatError)
    world.say(operator, party(FARM, keys=[farm_2], threshold=2))
    assert world.view.key_ring(FARM).threshold == 2
    for bad in (0, 17, True, "2"):
        world.refuses("authority.threshold", operator, raw_party(FARM, threshold=bad), error=FormatError)


def test_a_recovery_key_does_not_count_for_the_threshold(world):
    world.refuses("authority.threshold_keys", operator, party(OPERATOR, threshold=2), error=FormatError)


@pytest.mark.parametrize(
    "data",
    [{"suspended": "x"}, {"scopes": [{"kinds": ["origin"]}]}, {"roles": ["merchant"]}, {"roles": []}],
    ids=str,
)
def test_nothing_silences_the_operator(world, data):
    world.refuses("authority.operator_limited", operator, raw_party(OPERATOR, **data))


BAD_FIELDS: list[tuple[dict[str, Any], str]] = [
    ({"scopes": []}, "authority.list"),
    ({"scopes": {}}, "authority.list"),
    ({"scopes": [1]}, "authority.list"),
    ({"scopes": [{}] * 65}, "authority.list"),
    ({"scopes": [{"kinds": []}]}, "authority.list"),
    ({"scopes": [{"kinds": ["b", "a"]}]}, "authority.order"),
    ({"scopes": [{"kinds": ["a", "a"]}]}, "authority.order"),
    ({"scopes": [{"kinds": ["A"]}]}, "record.kind"),
    ({"scopes": [{"subjects": [""]}]}, "authority.subject_prefix"),
    ({"scopes": [{"subjects": ["é"]}]}, "authority.subject_prefix"),
    ({"scopes": [{"subjects": ["x" * 513]}]}, "authority.subject_prefix"),
    ({"scopes": [{"since": "1"}]}, "authority.period"),
    ({"scopes": [{"since": None}]}, "authority.period"),
    ({"scopes": [{"since": 5, "until": 5}]}, "authority.period"),
    ({"accreditations": [{"body": "CNAS", "number": "1"}]}, "authority.field_missing"),
    ({"accreditations": [{"number": "1", "since": 0}]}, "authority.name"),
    ({"identities": [{"scheme": "USCC", "value": "1"}]}, "authority.identity"),
    ({"identities": [{"scheme": "uscc", "value": "1 2"}]}, "authority.identity"),
    ({"identities": [{"scheme": "lei", "value": "x"}]}, "authority.identity"),
    ({"identities": [{"scheme": "vat", "value": "1"}, {"scheme": "lei", "value": "1"}]}, "authority.order"),
    ({"identities": [{"scheme": "lei", "value": "1"}] * 2}, "authority.order"),
    ({"owner": "Shop"}, "subject.uri"),
    ({"owner": None}, "subject.party"),
    ({"suspended": 7}, "authority.name"),
    ({"suspended": None}, "authority.name"),
]


@pytest.mark.parametrize(("data", "code"), BAD_FIELDS, ids=[str(data)[:60] for data, _ in BAD_FIELDS])
def test_fields_are_read_strictly(world, data, code):
    world.refuses(code, operator, raw_party(LAB, **data), error=FormatError)


@pytest.mark.parametrize(
    "data",
    [{"scopes": [{"places": []}]}, {"accreditations": [{"scheme": 1}]}, {"identities": [{"country": "CN"}]}],
    ids=str,
)
def test_unknown_fields_are_newer_at_every_depth(world, data):
    with pytest.raises(NewerFormatError):
        world.say(operator, raw_party(LAB, **data))
    with pytest.raises(NewerFormatError):
        world.say(operator, raw_key(LAB, until=5))
    with pytest.raises(NewerFormatError):
        world.say(operator, raw_key(LAB, revoke=[{"key": "x", "reason": "lost", "by": 1}]))


@pytest.mark.parametrize("sealed", ["/keys", "/revoke", "/custody"])
def test_nothing_of_a_key_record_is_sealed(world, sealed):
    with pytest.raises(NewerFormatError):
        world.say(operator, record("key", [f"trustledger:party/{LAB}"], {}, {sealed: bytes(32)}))


# --- guests -------------------------------------------------------------------------------------------------------


def order(guest: str = GUEST, keys: Any = None, subjects: Any = None) -> Any:
    named = subjects or [ORDER, PRODUCT, f"trustledger:party/{guest}"]
    notes = [key_note(signer(GUEST, 9)).decode()] if keys is None else keys
    return record("order", named, {"keys": notes})


def test_an_order_enrols_its_buyers_key_and_nothing_else(world):
    world.say(farm, order())
    guest = world.party(GUEST)
    assert guest.guest is not None
    assert (guest.guest.order, guest.guest.subjects, guest.guest.by) == (ORDER, {ORDER, PRODUCT}, (FARM,))
    assert (guest.roles, [one.custody for one in guest.keys], guest.threshold) == (frozenset(), [GUEST], 1)


def test_a_guest_is_enrolled_once_with_one_key_under_a_random_name(world):
    known = note_of(LAB, 4)
    for bad, code, error in [
        (order(keys=[]), "authority.guest_key", FormatError),
        (order(keys=[key_note(signer(GUEST, 9)).decode(), key_note(signer(GUEST, 10)).decode()]), "authority.guest_key", FormatError),
        (order(keys=[known]), "authority.key_name", FormatError),
        (order(guest="https://wang.example/"), "authority.guest_name", FormatError),
        (order(guest=GUEST.replace("-4f5a", "-1f5a")), "authority.guest_name", FormatError),
        (order(guest=GUEST.upper().replace("URN:UUID", "urn:uuid")), "authority.guest_name", FormatError),
        (order(subjects=[f"trustledger:party/{GUEST}", ORDER]), "authority.guest_subject", FormatError),
        (order(subjects=[ORDER, "trustledger:ledger", f"trustledger:party/{GUEST}"]), "authority.guest_subject", FormatError),
        (order(subjects=[ORDER, "trustledger:ledger"]), "authority.guest_subject", FormatError),
    ]:  # fmt: skip
        world.refuses(code, farm, bad, error=error)
    world.say(farm, order())
    world.refuses("authority.guest_known", farm, order())
    stolen = order(guest=GUEST.replace("0c8f", "1c8f"), keys=[note_of(GUEST.replace("0c8f", "1c8f"), 9)])
    world.refuses("authority.key_enrolled", farm, stolen)


def note_of(name: str, number: int) -> str:
    return key_note(signer(name, number)).decode()


def test_nothing_adds_to_a_guests_rights(world):
    world.say(farm, order())
    world.refuses("authority.guest_fixed", operator, party(GUEST, roles=["merchant"]))
    world.refuses("authority.guest_fixed", operator, party(GUEST, keys=[signer(GUEST, 10)]))
    world.say(operator, party(GUEST, suspended="stolen phone"))
    world.say(operator, key(GUEST, [], [(signer(GUEST, 9), "lost", None)]))
    assert world.view.key_ring(GUEST).keys == ()


# --- the ledger itself --------------------------------------------------------------------------------------------


def log_keys(*keys: Ed25519Signer) -> Any:
    return record("ledger", ["trustledger:ledger"], {"log_keys": [one.public.text for one in keys]})


def test_log_keys_change_and_retired_ones_never_return(world):
    new = signer(ORIGIN, 20)
    world.refuses("authority.not_operator", farm, log_keys(new))
    world.say(operator, log_keys(log, new))
    world.say(operator, log_keys(new))
    assert (world.view.ledger.log_keys, world.view.ledger.retired) == ((new.public,), (log.public,))
    assert world.view.ledger.changed == 3
    world.refuses("authority.log_key_retired", operator, log_keys(new, log))


def test_a_log_key_is_never_a_partys_key_nor_the_other_way_about(world):
    new = signer(ORIGIN, 20)
    world.say(operator, log_keys(new))
    for number in (2, 20):  # retired and active
        world.refuses("authority.log_key", operator, party("urn:x:a", keys=[signer("urn:x:a", number)]))
    world.refuses("authority.log_key", operator, log_keys(new, signer(ORIGIN, 3)))
    both = party("urn:x:a", keys=[signer("urn:x:a", 21)])
    world.refuses("authority.log_key", operator, both, log_keys(new, signer(ORIGIN, 21)))
    world.refuses("authority.log_key", operator, log_keys(new, signer(ORIGIN, 21)), both)


@pytest.mark.parametrize("keys", [None, [], "x", [signer(FARM, 22).public.text], [signer(ORIGIN, 22).public.text] * 2,
                                  [signer(ORIGIN, 100 + n).public.text for n in range(17)]], ids=lambda keys: str(keys)[:30])  # fmt: skip
def test_log_keys_are_different_keys_in_the_logs_name(world, keys):
    bad = record("ledger", ["trustledger:ledger"], {} if keys is None else {"log_keys": keys})
    world.refuses("genesis.log_keys", operator, bad, error=FormatError)


def test_a_policy_is_what_its_hash_says(world):
    good = policy_data(default_policy().text)
    world.refuses("authority.not_operator", farm, record("policy", ["trustledger:ledger"], good))
    for data, code in [
        ({**good, "sha256": bytes(32)}, "authority.policy_hash"),
        ({"toml": good["toml"]}, "authority.policy"),
        ({"sha256": good["sha256"], "toml": good["toml"].encode()}, "authority.policy"),
    ]:
        world.refuses(code, operator, record("policy", ["trustledger:ledger"], data), error=FormatError)
    world.say(operator, record("policy", ["trustledger:ledger"], good))
    assert world.view.ledger.policy == default_policy()


@pytest.mark.parametrize("kind", ["party", "key"])
def test_only_its_own_kinds_stand_on_the_ledgers_subject(world, kind):
    world.refuses(
        "authority.subject", operator, record(kind, ["trustledger:ledger"], {"name": "x"}), error=FormatError
    )
    world.refuses(
        "authority.subject", operator, record("policy", [f"trustledger:party/{FARM}"], {}), error=FormatError
    )
