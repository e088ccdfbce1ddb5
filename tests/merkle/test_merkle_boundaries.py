"""Ends of ranges, and arguments that look like hashes: what a looser check would let through."""

from __future__ import annotations

import pytest

from trustledger.errors import ProofError
from trustledger.merkle import (
    EMPTY_ROOT,
    MAX_PROOF,
    MAX_SIZE,
    leaf_hash,
    new_nodes,
    node_hash,
    verify_consistency,
    verify_inclusion,
)

A, B = leaf_hash(b"a"), leaf_hash(b"b")
BOTH = node_hash(A, B)


def nothing(indexes: object) -> list[bytes]:
    raise AssertionError(indexes)


def test_a_tree_may_have_one_leaf_less_than_2_to_63() -> None:
    assert MAX_SIZE == 2**63 - 1
    assert new_nodes(MAX_SIZE - 1, A, nothing) == [
        A
    ]  # an odd number of leaves: the last completes no subtree
    with pytest.raises(ProofError) as caught:
        new_nodes(MAX_SIZE, A, nothing)
    assert caught.value.code == "merkle.size"


def test_a_path_of_63_is_read_and_one_of_64_is_not() -> None:
    for count, code in [(63, "merkle.proof_length"), (64, "merkle.proof_too_long")]:
        with pytest.raises(ProofError) as caught:
            verify_inclusion(A, 0, 2, [B] * count, BOTH)
        assert caught.value.code == code
    assert MAX_PROOF == 63


@pytest.mark.parametrize("changed", [bytearray, memoryview], ids=["bytearray", "memoryview"])
def test_what_equals_a_hash_is_not_one(changed: type) -> None:
    """Bytes that somebody else may still write to: equal now, and another hash a moment later."""
    assert changed(A) == A
    verify_inclusion(A, 0, 1, [], A)
    verify_consistency(1, 2, [B], A, BOTH)
    for ask in (
        lambda: verify_inclusion(changed(A), 0, 1, [], A),
        lambda: verify_inclusion(A, 0, 1, [], changed(A)),
        lambda: verify_inclusion(A, 0, 2, [changed(B)], BOTH),
        lambda: verify_consistency(1, 2, [B], changed(A), BOTH),
        lambda: verify_consistency(1, 2, [B], A, changed(BOTH)),
        lambda: verify_consistency(0, 2, [], changed(EMPTY_ROOT), BOTH),
    ):
        with pytest.raises(ProofError) as caught:
            ask()
        assert caught.value.code == "merkle.hash"


def test_a_hash_of_the_wrong_size_or_type_is_described() -> None:
    for wrong, seen in [(A[:31], 31), (A + b"\0", 33), (A.hex(), "str"), (None, "NoneType")]:
        with pytest.raises(ProofError) as caught:
            verify_inclusion(wrong, 0, 1, [], A)  # type: ignore[arg-type]
        assert (caught.value.facts["seen"], caught.value.facts["expected"]) == (seen, 32)
