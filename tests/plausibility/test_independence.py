"""Who stands behind some records: parties, groups, keys, and the shop's among them."""

from hypothesis import given
from hypothesis import strategies as st
from steps import key, state, uri

from trustledger.authority.independence import IndependenceFold, Ties

SHOP = state("shop", keys=[key("shop", 1)])
FARM = state("farm", keys=[key("farm", 2)])
LAB = state("lab", keys=[key("lab", 3)])
KEPT = state("mill", keys=[key("mill", 4, custody="shop")])


def counted(*states, merchant=None, lookup=()):
    known = {one.uri: one for one in (*states, *lookup)}
    fold = IndependenceFold(uri("shop"), merchant)
    for one in states:
        fold.add(one, (), [each.key for each in one.keys], known.get)
    return fold.result()


def test_parties_keys_and_what_the_shop_holds():
    found = counted(SHOP, FARM, LAB, KEPT)
    assert found.parties == (uri("farm"), uri("lab"), uri("mill"), uri("shop"))
    assert found.groups == tuple((one,) for one in found.parties)
    assert [use.party for use in found.keys] == list(found.parties)
    assert [use.party for use in found.held_by_shop] == [uri("mill"), uri("shop")]
    assert found.independent == ((uri("farm"),), (uri("lab"),))  # the mill's key is the shop's
    assert found.shop == (uri("shop"),)


def test_a_merchant_named_by_the_caller_is_the_shop_too():
    found = counted(SHOP, FARM, LAB, merchant=uri("farm"))
    assert found.independent == ((uri("lab"),),)
    assert len(found.held_by_shop) == 2
    assert found.shop == (uri("farm"), uri("shop"))


def test_owners_and_identities_make_groups_transitively():
    states = [
        state("a", owner="holding", keys=[key("a", 5)]),
        state("b", identities=["9 1"], keys=[key("b", 6)]),
        state("c", identities=["91"], owner="top", keys=[key("c", 7)]),
        state("d", keys=[key("d", 8)]),
    ]
    holding = state("holding", owner="top")
    found = counted(*states, lookup=[holding])
    assert found.groups == ((uri("a"), uri("b"), uri("c")), (uri("d"),))
    assert counted(*states).groups == (
        (uri("a"),),
        (uri("b"), uri("c")),
        (uri("d"),),
    )  # nobody says who owns it


def test_whoever_belongs_to_the_shop_is_not_independent_of_it_and_holds_for_it():
    lab = state("lab", owner="shop", keys=[key("lab", 3)])
    farm = state("farm", keys=[key("farm", 2, custody="keeper")])
    keeper = state("keeper", owner="shop")
    found = counted(lab, farm, lookup=[keeper, SHOP])
    assert found.independent == ()
    assert len(found.held_by_shop) == 2


def test_one_free_key_of_a_group_is_enough():
    two = state("farm", keys=[key("farm", 1, custody="shop"), key("farm", 2)])
    assert counted(two).independent == ((uri("farm"),),)
    only_kept = IndependenceFold(uri("shop"))
    only_kept.add(two, (), [two.keys[0].key])
    assert only_kept.result().independent == ()


def test_cosigners_stand_behind_it_too_and_unknown_keys_are_passed_over():
    fold = IndependenceFold(uri("shop"))
    fold.add(FARM, [LAB], [FARM.keys[0].key, LAB.keys[0].key, SHOP.keys[0].key])
    assert fold.result().parties == (uri("farm"), uri("lab"))
    assert len(fold.result().keys) == 2


def test_a_later_owner_of_the_owner_is_learned_though_the_party_itself_has_not_changed():
    ties = Ties()
    first, later = state("a"), state("a", owner="shop", changed=9)
    mine = state("lab", owner="a")
    ties.learn(mine, {uri("a"): first}.get)
    assert not ties.same(uri("lab"), uri("shop"))
    ties.learn(mine, {uri("a"): later}.get)
    assert ties.same(uri("lab"), uri("shop"))


def test_a_free_key_does_not_make_the_shop_independent_of_itself():
    free = state("farm", owner="shop", keys=[key("farm", 2, custody="elsewhere")])
    assert counted(free, lookup=[SHOP]).independent == ()


def test_owners_in_a_circle_end():
    ties = Ties()
    circle = {uri("a"): state("a", owner="b"), uri("b"): state("b", owner="a")}
    ties.learn(circle[uri("a")], circle.get)
    assert ties.groups([uri("a"), uri("b"), uri("c")]) == ((uri("a"), uri("b")), (uri("c"),))


@given(st.permutations(range(4)), st.lists(st.integers(0, 3)))
def test_order_and_repetition_change_nothing(order, again):
    states = [SHOP, FARM, state("lab", owner="farm", keys=[key("lab", 3)]), KEPT]
    assert counted(*(states[n] for n in (*order, *again))) == counted(*states)
