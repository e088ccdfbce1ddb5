"""What a refusal says of times, places and guests."""

from __future__ import annotations

import pytest

from trustledger.authority.parties import Guest, PartyState, Scope
from trustledger.authority.policy import default_policy
from trustledger.authority.rights import Said, check_guest, check_scopes
from trustledger.errors import PolicyError

LOT, ORDER = "https://id.gs1.org/01/09506000134352/10/LOT-7", "urn:uuid:6d0d2f3c-13a4-4d43-8a33-0b9a1f5f5a10"
DAY = 86_400_000


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
