"""Hashes, roots and proofs of trees whose leaves are in memory (RFC 9162 §2.1.1, §2.1.3.1, §2.1.4.1)."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Final

from trustledger.errors import ProofError

if TYPE_CHECKING:
    from collections.abc import Sequence

HASH_SIZE: Final = 32
"""Bytes of a hash (SHA-256)."""

MAX_SIZE: Final = 2**63 - 1
"""The largest tree, in leaves (format §5: tree size < 2⁶³)."""

MAX_PROOF: Final = 63
"""The longest audit path or consistency proof, in hashes (format §5)."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves (RFC 9162 §2.1.1)."""

Range = tuple[int, int]
"""Leaves from the first number up to, not including, the second."""


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf, SHA-256(0x00 ‖ data) (RFC 9162 §2.1.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node, SHA-256(0x01 ‖ left ‖ right) (RFC 9162 §2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaf_hashes: Sequence[bytes]) -> bytes:
    """The root over leaf hashes, `EMPTY_ROOT` over none. Costs n - 1 node hashes, about 0.4 µs each."""
    if not leaf_hashes:
        return EMPTY_ROOT
    level = leaf_hashes
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def subtree_roots(leaf_hashes: Sequence[bytes], height: int) -> list[bytes]:
    """The roots of consecutive groups of 2**height leaves; the last group may be smaller.

    A large statement can so be hashed in groups as its records arrive, and `root_of_subtrees` gives the
    same root.
    """
    level: Sequence[bytes] = leaf_hashes
    for _ in range(height):
        level = _next_level(level)
    return list(level)


def root_of_subtrees(roots: Sequence[bytes]) -> bytes:
    """The root of the whole tree from what `subtree_roots` gave, for any height.

    Level-by-level pairing builds the RFC's tree, and ``height`` such levels are just the groups' roots;
    what remains is the rest of the same pairing.
    """
    return root(roots)


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of one leaf, from the leaf upwards (RFC 9162 §2.1.3.1).

    Raises:
        ProofError: There is no such leaf.
    """
    return [root(leaf_hashes[low:high]) for low, high in inclusion_ranges(index, len(leaf_hashes))]


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """The proof that the first ``old_size`` leaves are the start of these (RFC 9162 §2.1.4.1).

    Empty when ``old_size`` is 0 or all of the leaves.

    Raises:
        ProofError: ``old_size`` is larger than the tree.
    """
    return [root(leaf_hashes[low:high]) for low, high in consistency_ranges(old_size, len(leaf_hashes))]


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """PATH(m, D_n) of RFC 9162 §2.1.3.1 as ranges of leaves, from the bottom of the tree upwards."""
    check_index(index, size)
    ranges: list[Range] = []
    low, high = 0, size
    while high - low > 1:
        middle = low + _split(high - low)
        if index < middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    return ranges[::-1]


def consistency_ranges(old_size: int, new_size: int) -> list[Range]:
    """PROOF(m, D_n) of RFC 9162 §2.1.4.1 as ranges of leaves, from the bottom of the tree upwards."""
    check_sizes(old_size, new_size)
    if old_size == 0:
        return []
    ranges: list[Range] = []
    low, high = 0, new_size
    while high != old_size:
        middle = low + _split(high - low)
        if old_size <= middle:
            ranges.append((middle, high))
            high = middle
        else:
            ranges.append((low, middle))
            low = middle
    if low:  # otherwise the old tree is this very node, whose root the verifier has
        ranges.append((low, high))
    return ranges[::-1]


def _split(size: int) -> int:
    """The largest power of two below ``size``, for a size of 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


def _next_level(level: Sequence[bytes]) -> Sequence[bytes]:
    """Pair neighbours; an odd last node moves up as it is."""
    hash_of, nodes = sha256, iter(level)
    paired = [hash_of(b"\x01" + left + right).digest() for left, right in zip(nodes, nodes, strict=False)]
    if len(level) & 1:
        paired.append(level[-1])
    return paired


def check_size(size: object) -> None:
    """Refuse what is not a tree size: an int (not a bool) from 0 to `MAX_SIZE`."""
    if type(size) is not int or not 0 <= size <= MAX_SIZE:
        raise ProofError("merkle.size", seen=size)


def check_index(index: int, size: int) -> None:
    """Refuse what is not the index of a leaf of a tree of this size."""
    check_size(size)
    if type(index) is not int or not 0 <= index < size:
        raise ProofError("merkle.index", seen=index, size=size)


def check_sizes(old_size: int, new_size: int) -> None:
    """Refuse what are not the sizes of a tree earlier and later."""
    check_size(old_size)
    check_size(new_size)
    if old_size > new_size:
        raise ProofError("merkle.sizes", old=old_size, new=new_size)


def check_hashes(proof: Sequence[bytes], *hashes: bytes) -> None:
    """Refuse a proof longer than `MAX_PROOF`, and hashes in it or beside it that are not 32 bytes."""
    if type(proof) not in (list, tuple):
        raise ProofError("merkle.proof_type", seen=type(proof).__name__)
    if len(proof) > MAX_PROOF:
        raise ProofError("merkle.proof_too_long", seen=len(proof), limit=MAX_PROOF)
    for value in (*hashes, *proof):
        check_hash(value)


def check_hash(value: object) -> None:
    """Refuse what is not 32 bytes."""
    if type(value) is not bytes or len(value) != HASH_SIZE:
        seen = len(value) if isinstance(value, bytes) else type(value).__name__
        raise ProofError("merkle.hash", seen=seen, expected=HASH_SIZE)
