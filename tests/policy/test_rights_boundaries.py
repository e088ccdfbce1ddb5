"""What a refusal says of times, places and guests."""

from __future__ import annotations

import pytest

from trustledger.authority.parties import Guest, PartyState, Scope
from trustledger.authority.policy import default_policy, parse_policy
from trustledger.authority.rights import Said, check_guest, check_kinds, check_scopes, strangers
from trustledger.errors import PolicyError
from trustledger.kinds.spec import NO_LOTS

LOT, ORDER = "https://id.gs1.org/01/09506000134352/10/LOT-7", "urn:uuid:6d0d2f3c-13a4-4d43-8a33-0b9a1f5f5a10"
PRODUCT, OTHER = "https://id.gs1.org/01/09506000134352", "https://id.gs1.org/01/04006381333931/10/A"
DAY = 86_400_000
HEAD = 'format = 1\nname = "small"\ndate = 2026-11-22\n'


def party(**more: object) -> PartyState:
    return PartyState("https://x.example/", "x", frozenset(), (), 1, 1, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scopes", "expected"),
    [
        ((Scope(until=DAY),), "… – 1970-01-02T00:00:00Z"),
        ((Scope(since=4 * DAY),), "1970-01-05T00:00:00Z – …"),
        ((Scope(since=0, until=DAY),), "1970-01-01T00:00:00Z – 1970-01-02T00:00:00Z"),
        ((Scope(until=0), Scope(since=4 * DAY)), "… – 1970-01-01T00:00:00Z; 1970-01-05T00:00:00Z – …"),
    ],
)
def test_outside_all_times_each_span_is_told(scopes: tuple[Scope, ...], expected: str) -> None:
    with pytest.raises(PolicyError) as caught:
        check_scopes(party(scopes=scopes), [Said(3, "cost", (LOT,), {})], 2 * DAY)
    assert caught.value.code == "policy.scope_time"
    assert caught.value.facts == {
        "position": 3, "party": "https://x.example/", "seen": "1970-01-03T00:00:00Z", "expected": expected,
    }  # fmt: skip


def test_the_record_that_is_not_a_guests_to_say_is_named() -> None:
    guest = party(guest=Guest(ORDER, frozenset({ORDER, LOT}), ("https://shop.example/",)))
    with pytest.raises(PolicyError) as caught:
        check_guest(default_policy(), guest, [Said(2, "review", (ORDER,), {}), Said(5, "cost", (LOT,), {})])
    assert (caught.value.code, caught.value.facts["position"]) == ("policy.guest_kind", 5)


def test_the_kind_and_place_that_a_party_may_not_sign_are_named() -> None:
    guest = party(guest=Guest(ORDER, frozenset({ORDER, LOT}), ("https://shop.example/",)))
    with pytest.raises(PolicyError) as caught:
        check_kinds(default_policy(), guest, (), {"review": 1, "cost": 4})
    assert (caught.value.facts["kind"], caught.value.facts["position"]) == ("cost", 4)
    with pytest.raises(PolicyError) as caught:
        check_kinds(parse_policy(HEAD + "[kinds.cost]\nroles = ['merchant']\n"), party(), (), {"cost": 4})
    assert caught.value.facts == {
        "position": 4, "kind": "cost", "party": "https://x.example/", "seen": "-", "expected": "merchant",
    }  # fmt: skip


def measured(*names: str) -> dict[str, object]:
    return {"results": [{"parameter": name} for name in names]}


def test_the_scope_that_comes_nearest_says_what_is_beyond_it() -> None:
    scopes = (Scope(parameters=frozenset({"iron"})), Scope(parameters=frozenset({"lead", "zinc"})))
    for tried in (scopes, scopes[::-1]):
        with pytest.raises(PolicyError) as caught:
            check_scopes(
                party(scopes=tried), [Said(0, "inspection", (LOT,), measured("iron", "lead", "zinc"))], 0
            )
        assert (caught.value.facts["seen"], caught.value.facts["expected"]) == ("iron", "iron, lead, zinc")


def test_a_correction_is_asked_for_results_of_its_own_and_of_what_it_says_instead() -> None:
    laboratory = party(scopes=(Scope(parameters=frozenset({"lead"})),))
    for own, instead in [("zinc", "lead"), ("lead", "zinc")]:
        said = Said(0, "correction", (LOT,), {**measured(own), "data": measured(instead)})
        with pytest.raises(PolicyError) as caught:
            check_scopes(laboratory, [said], 0)
        assert (caught.value.code, caught.value.facts["seen"]) == ("policy.scope_parameter", "zinc")


def test_what_an_erased_record_was_may_be_corrected_by_whoever_has_a_scope_of_kinds() -> None:
    laboratory = party(scopes=(Scope(kinds=frozenset({"inspection"}), subjects=(PRODUCT,)),))
    check_scopes(laboratory, [Said(0, "correction", (LOT,), {}, corrects="withheld")], 0)
    for subject, corrects, code in [
        (LOT, "-", "policy.scope_kind"),
        (OTHER, "withheld", "policy.scope_subject"),
    ]:
        with pytest.raises(PolicyError) as caught:
            check_scopes(laboratory, [Said(0, "correction", (subject,), {}, corrects=corrects)], 0)
        assert caught.value.code == code


def test_only_a_correction_says_something_instead() -> None:
    """In any other record ``data`` is a field like others, whatever lots stand in it."""
    mill = party(scopes=(Scope(subjects=(PRODUCT,)),))
    elsewhere = {"data": {"outputs": [{"lot": OTHER}]}}
    check_scopes(mill, [Said(0, "com.example.x", (LOT,), elsewhere)], 0)
    with pytest.raises(PolicyError) as caught:
        check_scopes(mill, [Said(0, "correction", (LOT,), elsewhere)], 0)
    assert caught.value.facts["seen"] == f"{LOT} + {OTHER}"


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        ((LOT, PRODUCT), ()),
        ((LOT, OTHER), (OTHER,)),
        ((LOT, PRODUCT, OTHER), (OTHER,)),
        ((PRODUCT, LOT), (LOT,)),
        ((LOT,), ()),
    ],
)
def test_one_stranger_is_one_alone_or_beside_the_product(
    subjects: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert strangers(parse_policy(HEAD), Said(0, "processing", subjects, {}), NO_LOTS) == expected
