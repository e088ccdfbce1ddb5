"""Who stands behind some records: parties, groups, keys, and the shop's among them."""

from hypothesis import given
from hypothesis import strategies as st
from steps import key, state, uri

from trustledger.authority.independence import MAX_OWNERS, Independence, IndependenceFold, Ties

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


# --- in whose hands the keys are --------------------------------------------------------------------------------------


def kept(name, number, *custodians):
    """A party whose keys others hold; its own name for a key that it holds itself."""
    return state(name, keys=[key(name, number + n, custody=one) for n, one in enumerate(custodians)])


def behind(*states, **more):
    """The independent parties, by their short names."""
    found = counted(*states, **more)
    return [tuple(one.removeprefix("https://").split(".")[0] for one in group) for group in found.independent]


def test_two_whose_keys_one_third_party_holds_are_one():
    assert behind(kept("farm", 1, "keeper"), kept("lab", 2, "keeper")) == [("farm", "lab")]
    assert behind(kept("farm", 1, "keeper"), kept("lab", 2, "other")) == [("farm",), ("lab",)]


def test_a_lab_whose_key_the_farm_holds_is_the_farm():
    assert behind(FARM, kept("lab", 5, "farm")) == [("farm", "lab")]
    assert behind(FARM, kept("lab", 5, "farm", "lab")) == [("farm",), ("lab",)]  # one key is in its own hands


def test_custodians_of_one_group_are_one_pair_of_hands():
    keepers = [state("keeper", owner="top"), state("other", owner="top")]
    assert behind(kept("farm", 1, "keeper"), kept("lab", 2, "other"), lookup=keepers) == [("farm", "lab")]
    farm = state("farm", owner="top", keys=[key("farm", 1)])
    assert behind(farm, kept("lab", 2, "other"), lookup=keepers) == [("farm", "lab")]


def test_who_holds_a_key_itself_lends_no_hand_to_those_who_share_another():
    farm, lab, mill = kept("farm", 1, "farm", "keeper"), kept("lab", 3, "keeper"), kept("mill", 4, "keeper")
    assert behind(farm, lab, mill) == [("farm",), ("lab", "mill")]


def test_keys_in_many_hands_bind_all_that_share_one_of_them():
    farm, lab, mill = kept("farm", 1, "a", "b"), kept("lab", 3, "b", "c"), kept("mill", 5, "c")
    assert behind(farm, lab, mill) == [("farm", "lab", "mill")]


def test_keys_at_the_shop_bind_nobody():
    assert behind(SHOP, kept("farm", 1, "shop", "a"), kept("lab", 3, "shop", "b")) == [("farm",), ("lab",)]
    assert behind(SHOP, kept("farm", 1, "shop"), kept("lab", 3, "shop", "b")) == [("lab",)]


# --- stolen keys ------------------------------------------------------------------------------------------------------


def test_a_key_whose_every_signature_is_doubted_makes_nobody_independent():
    fold = IndependenceFold(uri("shop"))
    stolen, good = FARM.keys[0].key, LAB.keys[0].key
    fold.add(FARM, [LAB], [stolen, good], doubted=[stolen])
    found = fold.result()
    assert found.independent == ((uri("lab"),),)
    assert found.parties == (uri("farm"), uri("lab"))
    assert [use.party for use in found.keys] == [uri("farm"), uri("lab")]
    assert [use.party for use in found.doubted] == [uri("farm")]
    fold.add(FARM, (), [stolen])  # signed before it was stolen
    assert fold.result().independent == ((uri("farm"),), (uri("lab"),))
    assert fold.result().doubted == ()


def test_a_stolen_keys_holder_binds_nobody():
    """What is doubted counts for nothing, so it joins nobody either."""
    farm = kept("farm", 1, "farm", "keeper")
    fold = IndependenceFold(uri("shop"))
    fold.add(kept("lab", 3, "keeper"), (), [kept("lab", 3, "keeper").keys[0].key])
    fold.add(farm, (), [one.key for one in farm.keys], doubted=[farm.keys[0].key])
    assert fold.result().independent == ((uri("farm"), uri("lab")),)


# --- chains of owners -------------------------------------------------------------------------------------------------


def owned(count):
    """A party, its owner, the owner's owner, and so on: as many."""
    return [state(f"o{n}", owner=f"o{n + 1}" if n + 1 < count else "") for n in range(count)]


def test_a_chain_of_owners_that_is_too_long_is_told():
    for count, cut in ((MAX_OWNERS, False), (MAX_OWNERS + 1, True)):
        ties, chain = Ties(), owned(count)
        ties.learn(chain[0], {one.uri: one for one in chain}.get)
        assert ties.cut is cut
        assert ties.same(uri("o0"), chain[-1].uri)  # the last one's name is known, its own ties are not
        others = chain[1:]
        found = counted(state("o0", owner="o1", keys=[key("o0", 9)]), lookup=others)
        assert (found.cut, found.to_plain()["cut"]) == (cut, cut)


def test_owners_in_a_circle_are_no_cut():
    circle = {uri("a"): state("a", owner="b"), uri("b"): state("b", owner="a")}
    ties = Ties()
    ties.learn(circle[uri("a")], circle.get)
    assert not ties.cut


def test_what_is_written_is_read_again_and_so_is_what_was_written_before():
    fold = IndependenceFold(uri("shop"))
    fold.add(FARM, [LAB], [FARM.keys[0].key, LAB.keys[0].key], doubted=[FARM.keys[0].key])
    found = fold.result()
    assert Independence.from_plain(found.to_plain()) == found
    old = {name: value for name, value in found.to_plain().items() if name not in {"doubted", "cut"}}
    assert Independence.from_plain(old).doubted == ()
    assert not Independence.from_plain(old).cut
