"""Whose a product is, and who is next in line when its first brand owner no longer is one."""

from dataclasses import replace

import pytest
from layout_world import LOT, MILK, OTHER, PRODUCT, codes, uri

from trustledger.authority.parties import Scope
from trustledger.kinds.build import layout_step
from trustledger.views.layouts import choose_layout
from trustledger.views.provenance import trace

EASY = [layout_step("anything", "observation", roles=["merchant"], optional=True)]
TEST = [layout_step("test", "inspection", roles=["inspector"])]


def squatted(world):
    """A rival with the role described the product before its brand did."""
    world.product("rival")
    world.product()


def enrol(world, name, **fields):
    world.party(name)
    world.ledger.authority.enrol(uri(name), operator=world.operator, **fields)


def suspend(world, name):
    world.ledger.authority.suspend(uri(name), "squatter", operator=world.operator)


def lose_role(world, name):
    world.roles(name, "merchant")


def lose_scope(world, name):
    enrol(world, name, scopes=[Scope(subjects=(OTHER,))])


@pytest.mark.parametrize("lose", [suspend, lose_role, lose_scope])
def test_a_squatter_who_is_no_brand_owner_any_more_gives_way(world, lose):
    squatted(world)
    theirs = world.layout(EASY, "rival")
    refused = world.layout(TEST)
    result = world.check()
    assert (result.layout.ref, codes(result)) == (theirs, ["layout.rival"])
    lose(world, "rival")
    ref = world.layout(TEST, version="2")
    result = world.check()
    assert result.layout.ref == ref
    assert [(one.code, one.ref, one.facts["expected"]) for one in result.findings] == [
        ("layout.rival", refused, uri("rival"))
    ]


def test_what_the_first_laid_down_while_it_was_the_owner_counts_until_the_next_speaks(world):
    squatted(world)
    theirs = world.layout(TEST, "rival")
    suspend(world, "rival")
    assert world.check().layout.ref == theirs
    ref = world.layout(EASY)
    assert world.check().layout.ref == ref


def test_whoever_comes_back_finds_its_place_as_it_was(world):
    """Else a rival would take a product over while its owner is suspended for a day."""
    world.product()
    world.product("rival")
    ref = world.layout(TEST)
    suspend(world, "brand")
    taken = world.layout(EASY, "rival")
    assert world.check().layout.ref == taken
    world.ledger.authority.reinstate(uri("brand"), operator=world.operator)
    result = world.check()
    assert result.layout.ref == ref
    assert [(one.code, one.ref) for one in result.findings] == [("layout.rival", taken)]
    world.layout(EASY, "rival", version="2")
    assert world.check().layout.ref == ref


def test_who_is_not_in_line_owns_nothing_however_many_are_gone(world):
    squatted(world)
    suspend(world, "rival")
    suspend(world, "brand")
    world.party("third", "brand-owner")
    world.layout(EASY, "third")
    result = world.check()
    assert result.layout is None
    assert codes(result) == ["layout.rival"]
    world.ledger.authority.reinstate(uri("brand"), operator=world.operator)
    world.layout(EASY, "third", version="2")
    assert [one.facts["expected"] for one in world.check().findings] == [uri("rival"), uri("brand")]
    suspend(world, "brand")
    world.product("third")
    assert world.check().layout is not None


@pytest.mark.parametrize(
    ("scope", "owns"),
    [
        (Scope(subjects=(PRODUCT,)), True),
        (Scope(subjects=(OTHER, PRODUCT[:-6])), True),
        (Scope(subjects=(LOT,)), False),
        (Scope(kinds=frozenset({"cost"})), False),
        (Scope(kinds=frozenset({"layout"})), True),
        (Scope(since=1), True),
        (Scope(until=1), False),
        (Scope(since=1 << 42), False),
    ],
)
def test_an_owner_whose_scope_does_not_cover_the_product_is_none(world, scope, owns):
    squatted(world)
    enrol(world, "rival", scopes=[scope])
    ref = world.layout(TEST)
    choice = choose_layout(trace(world.ledger, PRODUCT), _party(world))
    assert (choice.layout is None) is owns
    assert owns or choice.layout.ref == ref


@pytest.mark.parametrize(
    ("scope", "counts"),
    [
        (lambda _at: Scope(subjects=(MILK,)), False),
        (lambda at: Scope(since=at), True),
        (lambda at: Scope(since=at + 1), False),
        (lambda at: Scope(until=at), False),
        (lambda at: Scope(until=at + 1), True),
    ],
)
def test_an_owner_out_of_scope_lays_down_nothing(world, scope, counts):
    """The ledger refuses it; one that did not would still make no layout count."""
    world.product()
    ref = world.layout(TEST)
    state = world.ledger.party(uri("brand"))
    at = world.ledger.record(*map(int, ref.split("/"))).sequenced_at
    limited = replace(state, scopes=(scope(at),))
    choice = choose_layout(trace(world.ledger, LOT), {uri("brand"): limited}.get)
    assert (choice.layout is not None) is counts
    assert [(one.code, one.ref) for one in choice.findings] == ([] if counts else [("layout.scope", ref)])
    assert counts or uri("brand") in choice.findings[0].text("zh")


def test_an_erased_record_of_the_next_in_line_may_be_a_newer_layout(world):
    squatted(world)
    suspend(world, "rival")
    ref = world.layout(TEST)
    newer = world.layout(EASY, version="2")
    world.withhold(newer)
    result = world.check()
    assert result.layout.ref == ref
    assert [(one.code, one.ref) for one in result.findings] == [("layout.perhaps_newer", newer)]


def test_an_erased_record_of_another_in_line_is_no_newer_layout(world):
    world.product()
    world.product("rival")
    world.layout(TEST)
    world.withhold(world.layout(EASY, "rival"))
    assert codes(world.check()) == []


def test_an_erased_record_before_the_next_in_line_may_have_named_another(world):
    world.product("rival")
    world.party("third", "brand-owner")
    erased = world.product("third")
    world.product()
    suspend(world, "rival")
    world.layout(TEST)
    world.withhold(erased)
    assert [(one.code, one.ref) for one in world.check().findings] == [("layout.perhaps_owner", erased)]


def test_where_nobody_is_in_line_an_erased_record_is_nothing_newer(world):
    world.layout(TEST)
    world.withhold(world.layout(EASY, version="2"))
    assert codes(world.check()) == ["layout.no_owner"]


def test_who_describes_the_product_later_without_the_role_is_no_finding(world):
    world.product()
    world.product("stranger")
    world.layout(TEST)
    assert codes(world.check()) == []


def test_without_the_parties_states_the_first_in_line_is_the_owner(world):
    squatted(world)
    suspend(world, "rival")
    world.layout(TEST)
    choice = choose_layout(trace(world.ledger, PRODUCT))
    assert choice.layout is None
    assert [one.code for one in choice.findings] == ["layout.rival"]


def _party(world):
    def party(name, before=None):
        with world.ledger.reading() as reader:
            return reader.party(name, before)

    return party
