"""Every proof that is made verifies, and nothing else does."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.errors import ProofError
from trustledger.merkle import (
    EMPTY_ROOT,
    MAX_SIZE,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_of_subtrees,
    subtree_roots,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(i.to_bytes(2, "big")) for i in range(600)]
SIZES = st.integers(1, 70)


def recursive_root(leaves: list[bytes]) -> bytes:
    """MTH(D_n) word for word (RFC 9162 §2.1.1)."""
    if not leaves:
        return EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(recursive_root(leaves[:split]), recursive_root(leaves[split:]))


def recursive_path(index: int, leaves: list[bytes]) -> list[bytes]:
    """PATH(m, D_n) word for word (RFC 9162 §2.1.3.1)."""
    if len(leaves) == 1:
        return []
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if index < split:
        return [*recursive_path(index, leaves[:split]), recursive_root(leaves[split:])]
    return [*recursive_path(index - split, leaves[split:]), recursive_root(leaves[:split])]


def recursive_subproof(old: int, leaves: list[bytes], complete: bool) -> list[bytes]:  # noqa: FBT001 - b of the RFC
    """SUBPROOF(m, D_n, b) word for word (RFC 9162 §2.1.4.1)."""
    if old == len(leaves):
        return [] if complete else [recursive_root(leaves)]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    if old <= split:
        return [*recursive_subproof(old, leaves[:split], complete), recursive_root(leaves[split:])]
    return [*recursive_subproof(old - split, leaves[split:], False), recursive_root(leaves[:split])]


@st.composite
def inclusions(draw: st.DrawFn) -> tuple[bytes, int, int, list[bytes], bytes]:
    size = draw(SIZES)
    index = draw(st.integers(0, size - 1))
    return LEAVES[index], index, size, inclusion_proof(LEAVES[:size], index), root(LEAVES[:size])


@st.composite
def consistencies(draw: st.DrawFn) -> tuple[int, int, list[bytes], bytes, bytes]:
    new = draw(st.integers(2, 70))
    old = draw(st.integers(1, new - 1))
    return old, new, consistency_proof(LEAVES[:new], old), root(LEAVES[:old]), root(LEAVES[:new])


def flip(value: bytes, bit: int) -> bytes:
    return (int.from_bytes(value, "big") ^ (1 << bit % (8 * len(value)))).to_bytes(len(value), "big")


def test_roots_are_those_of_the_recursive_definition() -> None:
    for size in range(140):
        assert root(LEAVES[:size]) == recursive_root(LEAVES[:size])


def test_proofs_are_those_of_the_recursive_definition_and_verify() -> None:
    for size in range(1, 41):
        leaves, head = LEAVES[:size], root(LEAVES[:size])
        for index in range(size):
            proof = inclusion_proof(leaves, index)
            assert proof == recursive_path(index, leaves)
            verify_inclusion(leaves[index], index, size, proof, head)
        for old in range(1, size + 1):
            proof = consistency_proof(leaves, old)
            assert proof == recursive_subproof(old, leaves, complete=True)
            verify_consistency(old, size, proof, root(LEAVES[:old]), head)


@given(st.integers(0, 600), st.integers(0, 11))
def test_groups_of_leaves_give_the_same_root(size: int, height: int) -> None:
    groups = subtree_roots(LEAVES[:size], height)
    assert groups == [root(LEAVES[i : min(i + 2**height, size)]) for i in range(0, size, 2**height)]
    assert root_of_subtrees(groups) == root(LEAVES[:size])


def test_roots_leave_their_argument_alone() -> None:
    leaves = LEAVES[:7]
    subtree_roots(leaves, 0).clear()
    root(leaves)
    assert leaves == LEAVES[:7]


@given(inclusions(), st.integers(0, 255))
def test_inclusion_refuses_a_flipped_bit(made: tuple[bytes, int, int, list[bytes], bytes], bit: int) -> None:
    leaf, index, size, proof, head = made
    for place in range(len(proof)):
        changed = [*proof[:place], flip(proof[place], bit), *proof[place + 1 :]]
        with pytest.raises(ProofError):
            verify_inclusion(leaf, index, size, changed, head)
    with pytest.raises(ProofError):
        verify_inclusion(flip(leaf, bit), index, size, proof, head)
    with pytest.raises(ProofError):
        verify_inclusion(leaf, index, size, proof, flip(head, bit))


@given(inclusions(), st.data())
def test_inclusion_refuses_nodes_swapped_dropped_or_added(
    made: tuple[bytes, int, int, list[bytes], bytes], data: st.DataObject
) -> None:
    leaf, index, size, proof, head = made
    place = data.draw(st.integers(0, len(proof)))
    bad = [[*proof[:place], data.draw(st.sampled_from(LEAVES)), *proof[place:]]]
    if place < len(proof):
        bad.append(proof[:place] + proof[place + 1 :])
    if place + 1 < len(proof):
        bad.append([*proof[:place], proof[place + 1], proof[place], *proof[place + 2 :]])
    for changed in bad:
        with pytest.raises(ProofError):
            verify_inclusion(leaf, index, size, changed, head)


def test_a_path_fits_only_places_of_its_own_shape() -> None:
    """The path's shape is all that binds index and size here; beyond it, size and root come from one checkpoint."""
    places = [(index, size) for size in range(1, 18) for index in range(size)]
    for index, size in places:
        head, proof = root(LEAVES[:size]), inclusion_proof(LEAVES[:size], index)
        for other_index, other_size in places:
            if sides(other_index, other_size) == sides(index, size):
                verify_inclusion(LEAVES[index], other_index, other_size, proof, head)
            else:
                with pytest.raises(ProofError):
                    verify_inclusion(LEAVES[index], other_index, other_size, proof, head)


@cache
def sides(index: int, size: int) -> tuple[bool, ...]:
    """For each hash of a path, from the leaf upwards, whether it stands on the left."""
    if size == 1:
        return ()
    split = 1 << ((size - 1).bit_length() - 1)
    if index < split:
        return (*sides(index, split), False)
    return (*sides(index - split, size - split), True)


@given(inclusions(), st.integers(0, 69))
def test_inclusion_refuses_another_index(
    made: tuple[bytes, int, int, list[bytes], bytes], other: int
) -> None:
    leaf, index, size, proof, head = made
    if other != index:
        with pytest.raises(ProofError):
            verify_inclusion(leaf, other, size, proof, head)


@given(consistencies(), st.integers(0, 255))
def test_consistency_refuses_a_flipped_bit(
    made: tuple[int, int, list[bytes], bytes, bytes], bit: int
) -> None:
    old, new, proof, old_root, new_root = made
    for place in range(len(proof)):
        changed = [*proof[:place], flip(proof[place], bit), *proof[place + 1 :]]
        with pytest.raises(ProofError):
            verify_consistency(old, new, changed, old_root, new_root)
    with pytest.raises(ProofError):
        verify_consistency(old, new, proof, flip(old_root, bit), new_root)
    with pytest.raises(ProofError):
        verify_consistency(old, new, proof, old_root, flip(new_root, bit))


@given(consistencies(), st.data())
def test_consistency_refuses_nodes_swapped_dropped_or_added(
    made: tuple[int, int, list[bytes], bytes, bytes], data: st.DataObject
) -> None:
    old, new, proof, old_root, new_root = made
    place = data.draw(st.integers(0, len(proof)))
    bad = [[*proof[:place], data.draw(st.sampled_from(LEAVES)), *proof[place:]]]
    if place < len(proof):
        bad.append(proof[:place] + proof[place + 1 :])
    if place + 1 < len(proof):
        bad.append([*proof[:place], proof[place + 1], proof[place], *proof[place + 2 :]])
    for changed in bad:
        with pytest.raises(ProofError):
            verify_consistency(old, new, changed, old_root, new_root)


@given(consistencies(), st.integers(0, 70))
def test_consistency_refuses_another_old_size(
    made: tuple[int, int, list[bytes], bytes, bytes], other: int
) -> None:
    old, new, proof, old_root, new_root = made
    if other != old:
        with pytest.raises(ProofError):
            verify_consistency(other, new, proof, old_root, new_root)


def test_a_proof_of_the_wrong_length_is_named_so() -> None:
    a, b, c = LEAVES[:3]
    for proof in ([], [b, c], [b, c, c]):
        with pytest.raises(ProofError) as caught:
            verify_inclusion(a, 0, 2, proof, node_hash(a, b))
        assert caught.value.code == "merkle.proof_length"
        with pytest.raises(ProofError) as caught:
            verify_consistency(1, 2, proof, a, node_hash(a, b))
        assert caught.value.code == "merkle.consistency_length"
    with pytest.raises(ProofError) as caught:
        verify_consistency(3, 4, [a], a, b)
    assert caught.value.code == "merkle.consistency_length"
    with pytest.raises(ProofError) as caught:
        verify_consistency(3, 4, [], a, b)
    assert caught.value.code == "merkle.consistency_length"


def test_nothing_is_the_start_of_every_tree() -> None:
    verify_consistency(0, 5, [], EMPTY_ROOT, root(LEAVES[:5]))
    verify_consistency(0, 0, [], EMPTY_ROOT, EMPTY_ROOT)
    for old, new, proof, old_root, new_root in [
        (0, 5, [], root(LEAVES[:1]), root(LEAVES[:5])),
        (0, 5, [LEAVES[0]], EMPTY_ROOT, root(LEAVES[:5])),
        (0, 0, [], EMPTY_ROOT, LEAVES[0]),
        (0, 0, [EMPTY_ROOT], EMPTY_ROOT, EMPTY_ROOT),
    ]:
        with pytest.raises(ProofError):
            verify_consistency(old, new, proof, old_root, new_root)


def test_the_largest_tree_has_the_longest_path() -> None:
    head, proof = LEAVES[0], [LEAVES[1]] * 63
    for sibling in proof:
        head = node_hash(head, sibling)
    verify_inclusion(LEAVES[0], 0, MAX_SIZE, proof, head)


@pytest.mark.parametrize(
    ("index", "size", "code"),
    [
        (0, 0, "merkle.index"),
        (5, 5, "merkle.index"),
        (-1, 5, "merkle.index"),
        (True, 5, "merkle.index"),
        (0.0, 5, "merkle.index"),
        ("0", 5, "merkle.index"),
        (0, 2**63, "merkle.size"),
        (0, -1, "merkle.size"),
        (0, True, "merkle.size"),
        (0, None, "merkle.size"),
        (2**63, 2**63 - 1, "merkle.index"),
    ],
)
def test_numbers_out_of_range(index: object, size: object, code: str) -> None:
    with pytest.raises(ProofError) as caught:
        verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])
    assert caught.value.code == code
    assert caught.value.text("zh") != caught.value.text("en")


@pytest.mark.parametrize(
    ("proof", "code"),
    [
        ([b"x" * 31], "merkle.hash"),
        ([b"x" * 33], "merkle.hash"),
        ([b""], "merkle.hash"),
        ([None], "merkle.hash"),
        (["x" * 32], "merkle.hash"),
        ([bytearray(32)], "merkle.hash"),
        ([bytes(32)] * 64, "merkle.proof_too_long"),
        (None, "merkle.proof_type"),
        (bytes(32), "merkle.proof_type"),
    ],
)
def test_proofs_of_the_wrong_shape(proof: object, code: str) -> None:
    with pytest.raises(ProofError) as caught:
        verify_inclusion(LEAVES[0], 0, 2, proof, LEAVES[0])
    assert caught.value.code == code
    with pytest.raises(ProofError) as caught:
        verify_consistency(1, 2, proof, LEAVES[0], LEAVES[0])
    assert caught.value.code == code


def test_proofs_of_what_is_not_there() -> None:
    for index in (-1, 3, True):
        with pytest.raises(ProofError):
            inclusion_proof(LEAVES[:3], index)
    for old in (-1, 4):
        with pytest.raises(ProofError):
            consistency_proof(LEAVES[:3], old)
    with pytest.raises(ProofError) as caught:
        verify_consistency(3, 2, [], LEAVES[0], LEAVES[0])
    assert caught.value.code == "merkle.sizes"
