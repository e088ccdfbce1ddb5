"""Fields of authority's records at the ends of their limits (docs/format.md, "Data of the authority kinds")."""

from __future__ import annotations

from typing import Any

import pytest

from trustledger.authority import fields
from trustledger.authority.parties import ROLES, Accreditation, Identity, Scope
from trustledger.encoding import MAX_TIME, MIN_TIME
from trustledger.errors import FormatError, NewerFormatError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.note import SignatureLine, VerifierKey, assemble

FARM = "https://farm.example/"
KEYS = [Ed25519Signer.from_seed(FARM, bytes([n]) * 32) for n in range(1, 4)]
PAPER = {"body": "CNAS", "number": "L1", "since": 5}


def refused(read: Any, *given: Any) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read(*given)
    assert not isinstance(caught.value, NewerFormatError)
    return caught.value


def numbered(count: int) -> list[str]:
    return [f"n{number:05}" for number in range(count)]


def test_thresholds_from_1_to_16() -> None:
    assert [fields.read_threshold(number) for number in range(1, 17)] == list(range(1, 17))
    for wrong in (0, -1, 17, True, "1", 1.0, None):
        assert refused(fields.read_threshold, wrong).code == "authority.threshold"


def test_names_of_1_to_255_characters() -> None:
    for name in ("a", "x" * 255, "农" * 255, " ", "a\u00a0b", "\u200d", "~"):
        assert fields.read_name(name) == fields.read_suspension(name) == name
    unfit = [
        0,
        0x0A,
        0x1F,
        0x7F,
        0x9F,
        0x061C,
        0x200E,
        0x200F,
        0x2028,
        0x202E,
        0x2066,
        0x2069,
        0xFEFF,
        0xFFF9,
        0xFFFB,
    ]
    for wrong in ("", "x" * 256, None, 7, b"a", *(f"a{chr(number)}b" for number in unfit)):
        assert refused(fields.read_name, wrong).code == "authority.name"
    assert fields.read_suspension("") is None


def test_all_roles_together_and_each_alone() -> None:
    assert fields.read_roles([]) == frozenset()
    assert fields.read_roles(sorted(ROLES)) == frozenset(ROLES)
    for wrong in (["merchant", "carrier"], ["carrier", "carrier"], ["king"], "carrier", ["carrier", 1], None):
        refused(fields.read_roles, wrong)


def test_a_scope_with_everything() -> None:
    whole = {
        "kinds": ["cost", "origin"],
        "subjects": ["a", "urn:x:"],
        "parameters": ["lead", "铅"],
        "since": 5,
        "until": 6,
    }
    assert fields.read_scopes([whole]) == (
        Scope(frozenset({"cost", "origin"}), ("a", "urn:x:"), frozenset({"lead", "铅"}), 5, 6),
    )
    assert fields.read_scopes([whole, {}]) is None
    ends = fields.read_scopes([{"since": MIN_TIME, "until": MAX_TIME}])
    assert ends == (Scope(since=MIN_TIME, until=MAX_TIME),)


@pytest.mark.parametrize("field", ["kinds", "parameters", "subjects"])
def test_sets_of_1_to_1024_names(field: str) -> None:
    for count in (1, 1024):
        assert fields.read_scopes([{field: numbered(count)}]) is not None
    for wrong in ([], numbered(1025), ["b", "a"], ["a", "a"], [""], [7], "a", None):
        refused(fields.read_scopes, [{field: wrong}])


def test_beginnings_of_1_to_512_characters() -> None:
    for prefix in ("u", "urn:x:1", "u" * 512):
        assert fields.read_scopes([{"subjects": [prefix]}]) == (Scope(subjects=(prefix,)),)
    for wrong in ("", "u" * 513, "ü"):
        assert refused(fields.read_scopes, [{"subjects": [wrong]}]).code == "authority.subject_prefix"


@pytest.mark.parametrize("since", [0, 5])
@pytest.mark.parametrize("step", [-1, 0, 1])
def test_a_period_ends_after_it_began(since: int, step: int) -> None:
    period = {"since": since, "until": since + step}
    if step > 0:
        assert fields.read_scopes([period]) == (Scope(since=since, until=since + step),)
    else:
        assert refused(fields.read_scopes, [period]).facts == {"field": "scopes", "seen": since + step}


@pytest.mark.parametrize("wrong", [MIN_TIME - 1, MAX_TIME + 1, True, "5", None], ids=repr)
def test_what_is_no_time_begins_or_ends_nothing(wrong: Any) -> None:
    for name in ("since", "until"):
        assert refused(fields.read_scopes, [{name: wrong}]).facts == {"field": "scopes", "seen": wrong}
    assert refused(fields.read_accreditations, [{**PAPER, "until": wrong}]).facts["field"] == "accreditations"
    stolen = {"key": "k", "reason": "compromised", "since": wrong}
    assert refused(fields.read_revocations, [stolen]).facts == {"field": "revoke", "seen": wrong}


def test_accreditations_with_everything_and_with_the_least() -> None:
    whole = {**PAPER, "parameters": ["lead", "zinc"], "until": 9}
    assert fields.read_accreditations([whole, PAPER]) == (
        Accreditation("CNAS", "L1", frozenset({"lead", "zinc"}), 5, 9),
        Accreditation("CNAS", "L1", None, 5, None),
    )
    for missing in PAPER:
        refused(
            fields.read_accreditations, [{name: value for name, value in PAPER.items() if name != missing}]
        )
    for wrong in (["zinc", "lead"], [""], [], ["a\nb"], "lead", [None]):
        refused(fields.read_accreditations, [{**PAPER, "parameters": wrong}])


def test_identities_ascend() -> None:
    two = [{"scheme": "lei", "value": "5"}, {"scheme": "uscc", "value": "9" + "A" * 63}]
    assert fields.read_identities(two) == (Identity("lei", "5"), Identity("uscc", "9" + "A" * 63))
    for scheme in ("ab", "a" * 32, "x-1"):
        assert fields.read_identities([{"scheme": scheme, "value": "1"}])
    for scheme in ("a", "a" * 33, "1a", "LEI", "-a", 7, None):
        refused(fields.read_identities, [{"scheme": scheme, "value": "1"}])
    for value in ("", "A" * 65, "a", "1-2", 1, None):
        refused(fields.read_identities, [{"scheme": "lei", "value": value}])
    assert refused(fields.read_identities, two[::-1]).facts == {"field": "identities"}


@pytest.mark.parametrize(
    ("read", "field", "one"),
    [
        (fields.read_accreditations, "accreditations", PAPER),
        (fields.read_identities, "identities", {"scheme": "lei", "value": "1"}),
        (fields.read_scopes, "scopes", {"since": 5}),
        (fields.read_revocations, "revoke", {"key": "k", "reason": "lost"}),
    ],
)
def test_lists_of_at_most_64_maps_without_unknown_fields(read: Any, field: str, one: dict[str, Any]) -> None:
    for wrong in ([one] * 65, {}, "x", None, [one, 1], [[]]):
        error = refused(read, wrong)
        assert (error.code, error.facts["field"], error.facts["expected"]) == ("authority.list", field, 64)
    with pytest.raises(NewerFormatError) as caught:
        read([{**one, "zz": 1, "more": 2}])
    assert caught.value.facts["seen"] == f"{field}/more, {field}/zz"
    if field in {"accreditations", "scopes"}:
        assert len(read([one] * 64)) == 64


def test_sixty_four_keys_can_be_revoked_at_once() -> None:
    many = [{"key": f"k{number}", "reason": "lost"} for number in range(64)]
    assert fields.read_revocations(many) == [(one["key"], "lost", None) for one in many]
    assert fields.read_revocations([{"key": "k", "reason": "compromised", "since": 5}]) == [
        ("k", "compromised", 5)
    ]
    assert fields.read_revocations([{"key": "k", "reason": "compromised"}]) == [("k", "compromised", None)]
    assert refused(fields.read_revocations, [*many[:2], many[0]]).facts == {"field": "revoke"}
    assert refused(fields.read_revocations, [{"reason": "lost"}]).facts == {"field": "revoke", "seen": "key"}


def test_keys_are_all_in_one_name_and_different() -> None:
    notes = [key_note(one).decode() for one in KEYS]
    assert fields.read_keys(notes, FARM) == [one.public for one in KEYS]
    assert refused(fields.read_keys, notes, "https://lab.example/").facts["seen"] == FARM
    assert refused(fields.read_keys, [notes[0], notes[1], notes[0]], FARM).code == "authority.key_twice"
    for wrong in (None, notes[0], [notes[0], 7], [notes[0].encode()]):
        assert refused(fields.read_keys, wrong, FARM).code == "authority.keys"


def test_a_key_of_a_later_type_is_enrolled_by_its_own_line() -> None:
    later, other = (VerifierKey(FARM, 0x06, bytes([n]) * 1312) for n in (1, 2))

    def note(key: VerifierKey, line: VerifierKey, head: str = "trustledger/key@v1") -> str:
        return assemble(
            f"{head}\n{key.text}\n".encode(), [SignatureLine(line.name, line.key_id, b"?")]
        ).decode()

    assert fields.read_keys([note(later, later)], FARM) == [later]
    assert refused(fields.read_keys, [note(later, other)], FARM).code == "authority.key_note"
    assert (
        refused(fields.read_keys, [note(later, later, "trustledger/kex@v1")], FARM).code
        == "authority.key_note"
    )
    with pytest.raises(NewerFormatError):
        fields.read_keys([note(later, later, "trustledger/key@v2")], FARM)
    assert refused(fields.read_recovery, [later.text], [later]).code == "authority.recovery"
    assert fields.read_recovery([KEYS[1].public.text], [one.public for one in KEYS]) == {KEYS[1].public}


def test_a_key_note_has_one_line_and_at_most_16384_bytes() -> None:
    """Also for a key of a type that nobody has assigned yet: its line cannot be verified, only counted."""
    key = VerifierKey(FARM, 0x7F, bytes(32))
    text = f"trustledger/key@v1\n{key.text}\n".encode()

    def note(*signatures: bytes) -> str:
        return assemble(text, [SignatureLine(key.name, key.key_id, one) for one in signatures]).decode()

    assert fields.read_keys([note(b"?")], FARM) == [key]
    assert refused(fields.read_keys, [note(b"?", b"!")], FARM).code == "note.too_many_lines"
    longest = next(size for size in range(12_300, 1, -1) if len(note(bytes(size)).encode()) <= 16_384)
    assert fields.read_keys([note(bytes(longest))], FARM) == [key]
    error = refused(fields.read_keys, [note(bytes(longest + 3))], FARM)
    assert (error.code, error.facts["limit"]) == ("note.too_long", 16_384)
