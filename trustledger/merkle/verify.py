"""Checking of proofs (RFC 9162 §2.1.3.2 and §2.1.4.2).

Proofs are hostile input: whatever is wrong with one, also with its types, is a `ProofError`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trustledger.errors import ProofError
from trustledger.merkle.tree import EMPTY_ROOT, check_hashes, check_index, check_sizes, node_hash

if TYPE_CHECKING:
    from collections.abc import Sequence


def verify_inclusion(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Check that a leaf stands at a place of a tree (RFC 9162 §2.1.3.2).

    Args:
        leaf_hash: The hash of the leaf, which the caller computed from the leaf itself.
        index: Its place, from 0.
        size: Leaves of the tree.
        proof: The audit path, from the leaf upwards.
        root: The root of the tree, from a checkpoint whose signature the caller has checked.

    Raises:
        ProofError: The proof doesn't lead to the root, or an argument is not what it must be.
    """
    check_index(index, size)
    check_hashes(proof, leaf_hash, root)
    position, last = index, size - 1
    computed = leaf_hash
    for sibling in proof:
        if last == 0:
            raise ProofError("merkle.proof_length", seen=len(proof), index=index, size=size)
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            # At the right edge a node without a sibling moves up unchanged: skip those levels.
            skipped = _trailing_zeros(position)
            position, last = position >> skipped, last >> skipped
        else:
            computed = node_hash(computed, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofError("merkle.proof_length", seen=len(proof), index=index, size=size)
    if computed != root:
        raise ProofError("merkle.inclusion", index=index, size=size, seen=computed, expected=root)


def verify_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Check that a tree extends an earlier one (RFC 9162 §2.1.4.2).

    A tree of size 0 is the start of every tree. The RFC leaves this case out and some verifiers refuse it;
    a witness asked about a log for the first time needs it (c2sp.org/tlog-witness), so it's accepted here
    with an empty proof if ``old_root`` is `EMPTY_ROOT`. It says nothing about ``new_root``.

    Args:
        old_size: Leaves of the earlier tree.
        new_size: Leaves of the later tree.
        proof: The consistency proof.
        old_root: The root of the earlier tree.
        new_root: The root of the later tree.

    Raises:
        ProofError: The proof doesn't connect the roots, or an argument is not what it must be.
    """
    check_sizes(old_size, new_size)
    check_hashes(proof, old_root, new_root)
    if old_size in (0, new_size):
        if proof:
            raise ProofError("merkle.consistency_length", seen=len(proof), old=old_size, new=new_size)
        computed_old = EMPTY_ROOT if old_size == 0 else new_root
        computed_new = EMPTY_ROOT if new_size == 0 else new_root
    else:
        computed_old, computed_new = _fold_consistency(old_size, new_size, proof, old_root)
    if computed_old != old_root:
        raise ProofError(
            "merkle.consistency_old", old=old_size, new=new_size, seen=computed_old, expected=old_root
        )
    if computed_new != new_root:
        raise ProofError(
            "merkle.consistency_new", old=old_size, new=new_size, seen=computed_new, expected=new_root
        )


def _fold_consistency(
    old_size: int, new_size: int, proof: Sequence[bytes], old_root: bytes
) -> tuple[bytes, bytes]:
    """Both roots as the proof has them (RFC 9162 §2.1.4.2 steps 2 to 6), for 0 < old_size < new_size."""
    position, last = old_size - 1, new_size - 1
    skipped = _trailing_zeros(old_size)  # = the trailing ones of `position`
    position, last = position >> skipped, last >> skipped
    # An old tree that is complete is a node of the new one: its root starts the fold, the proof omits it.
    hashes = [old_root, *proof] if position == 0 else proof
    if not hashes:
        raise ProofError("merkle.consistency_length", seen=len(proof), old=old_size, new=new_size)
    computed_old = computed_new = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise ProofError("merkle.consistency_length", seen=len(proof), old=old_size, new=new_size)
        if position & 1 or position == last:
            computed_old = node_hash(sibling, computed_old)
            computed_new = node_hash(sibling, computed_new)
            skipped = _trailing_zeros(position)
            position, last = position >> skipped, last >> skipped
        else:
            computed_new = node_hash(computed_new, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofError("merkle.consistency_length", seen=len(proof), old=old_size, new=new_size)
    return computed_old, computed_new


def _trailing_zeros(number: int) -> int:
    """Zero bits below the lowest one bit; 0 for 0."""
    return max((number & -number).bit_length() - 1, 0)
