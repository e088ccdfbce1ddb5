"""The Merkle tree of RFC 9162 §2.1 over SHA-256: roots, proofs, their verification, and a tree kept in a store.

Everything here is a function of ints and bytes. A tree in a store is reached through one function that reads many
hashes at once, so each computation is: plan the indexes, read once, fold.

A tree of *n* leaves splits at the largest power of two below *n*. Hence every range of leaves that occurs in it is a
row of complete subtrees of falling height, and pairing neighbours level by level, an odd last node moving up as it is,
builds the same tree: no pair ever straddles a split, since the split is a multiple of every smaller power of two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final

from trustledger.errors import ProofError

HASH_SIZE: Final = 32
"""Bytes of a hash (SHA-256)."""

MAX_SIZE: Final = 2**63 - 1
"""The largest tree, in leaves (format §5: tree size < 2⁶³)."""

MAX_PROOF: Final = 63
"""The longest audit path or consistency proof, in hashes (format §5)."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves (RFC 9162 §2.1.1)."""

Read = Callable[[Sequence[int]], Sequence[bytes]]
"""Reads stored hashes: the hash at each index, in the order asked for. Called once per computation."""

_Range = tuple[int, int]


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf, SHA-256(0x00 ‖ data) (RFC 9162 §2.1.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node, SHA-256(0x01 ‖ left ‖ right) (RFC 9162 §2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


# --- Trees whose leaves are in memory ---------------------------------------------------------------------------------


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

    A large statement can so be hashed in groups as its records arrive, and `root_of_subtrees` gives the same root.
    """
    level: Sequence[bytes] = leaf_hashes
    for _ in range(height):
        level = _next_level(level)
    return list(level)


def root_of_subtrees(roots: Sequence[bytes]) -> bytes:
    """The root of the whole tree from what `subtree_roots` gave, for any height.

    Level-by-level pairing builds the RFC's tree, and ``height`` such levels are just the groups' roots; what remains
    is the rest of the same pairing.
    """
    return root(roots)


def inclusion_proof(leaf_hashes: Sequence[bytes], index: int) -> list[bytes]:
    """The audit path of one leaf, from the leaf upwards (RFC 9162 §2.1.3.1).

    Raises:
        ProofError: There is no such leaf.
    """
    return [root(leaf_hashes[low:high]) for low, high in _inclusion_ranges(index, len(leaf_hashes))]


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> list[bytes]:
    """The proof that the first ``old_size`` leaves are the start of these (RFC 9162 §2.1.4.1).

    Empty when ``old_size`` is 0 or all of the leaves.

    Raises:
        ProofError: ``old_size`` is larger than the tree.
    """
    return [root(leaf_hashes[low:high]) for low, high in _consistency_ranges(old_size, len(leaf_hashes))]


# --- Verification -----------------------------------------------------------------------------------------------------


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
    _check_index(index, size)
    _check_hashes(proof, leaf_hash, root)
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

    A tree of size 0 is the start of every tree. The RFC leaves this case out and some verifiers refuse it; a witness
    asked about a log for the first time needs it (c2sp.org/tlog-witness), so it's accepted here with an empty proof if
    ``old_root`` is `EMPTY_ROOT`. It says nothing about ``new_root``.

    Args:
        old_size: Leaves of the earlier tree.
        new_size: Leaves of the later tree.
        proof: The consistency proof.
        old_root: The root of the earlier tree.
        new_root: The root of the later tree.

    Raises:
        ProofError: The proof doesn't connect the roots, or an argument is not what it must be.
    """
    _check_sizes(old_size, new_size)
    _check_hashes(proof, old_root, new_root)
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
    # An old tree that is complete is a node of the new one: its root starts the fold, and the proof leaves it out.
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


# --- A tree kept in a store -------------------------------------------------------------------------------------------


def stored_hash_index(level: int, n: int) -> int:
    """Where the hash of a complete subtree stands in the store.

    The numbering of golang.org/x/mod sumdb/tlog: hashes are numbered in the order in which an append-only tree
    completes them, so a leaf is followed by every subtree that it completes. Leaf m comes after
    m + ⌊m/2⌋ + ⌊m/4⌋ + … = 2m - popcount(m) others; subtree n of a level follows its last leaf.

    Args:
        level: Height of the subtree, 0 for a leaf.
        n: Number of the subtree within its level, from 0.
    """
    last_leaf = ((n + 1) << level) - 1
    return 2 * last_leaf - last_leaf.bit_count() + level


def stored_hash_count(size: int) -> int:
    """How many hashes the store holds for a tree of ``size`` leaves."""
    return 2 * size - size.bit_count()


def new_nodes(size: int, leaf_hash: bytes, read: Read) -> list[bytes]:
    """The hashes that one more leaf adds, to be stored from index `stored_hash_count(size)` on.

    Reads as many hashes as ``size`` has trailing one bits: one on average, at most log₂ size.

    Args:
        size: Leaves of the tree so far.
        leaf_hash: The hash of the new leaf.
        read: Reads stored hashes.

    Raises:
        ProofError: An argument or a stored hash is not what it must be.
    """
    _check_size(size + 1)
    completed = _trailing_zeros(size + 1)
    lefts = _read(read, [stored_hash_index(level, (size >> level) - 1) for level in range(completed)])
    nodes = [leaf_hash]
    for left in lefts:
        nodes.append(node_hash(left, nodes[-1]))
    return nodes


def tree_root(size: int, read: Read) -> bytes:
    """The root of a stored tree; reads at most 1 + log₂ size hashes.

    Raises:
        ProofError: An argument or a stored hash is not what it must be.
    """
    _check_size(size)
    return _stored_roots([(0, size)], read)[0] if size else EMPTY_ROOT


def prove_inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """The audit path of a leaf of a stored tree (RFC 9162 §2.1.3.1); reads at most 1 + 2·log₂ size hashes.

    The store may hold a larger tree: ``size`` is that of the checkpoint which the proof is for.

    Raises:
        ProofError: There is no such leaf, or a stored hash is not what it must be.
    """
    return _stored_roots(_inclusion_ranges(index, size), read)


def prove_consistency(old_size: int, new_size: int, read: Read) -> list[bytes]:
    """The consistency proof of a stored tree (RFC 9162 §2.1.4.1); reads at most 1 + 2·log₂ new_size hashes.

    Raises:
        ProofError: ``old_size`` is larger than ``new_size``, or a stored hash is not what it must be.
    """
    return _stored_roots(_consistency_ranges(old_size, new_size), read)


class Frontier:
    """The right edge of a growing tree: its complete subtrees from left to right, at most one of each height.

    Enough to append and to give the root, in memory that doesn't grow with the tree. Appending costs one node hash on
    average.
    """

    __slots__ = ("_roots", "_size")

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        """Start empty, or go on from a frontier that was kept.

        Args:
            size: Leaves so far.
            roots: The roots of the complete subtrees, the largest first; one for each bit set in ``size``.

        Raises:
            ProofError: Size and roots don't fit together.
        """
        _check_size(size)
        self._size = size
        self._roots = list(roots)
        _check_hashes((), *self._roots)
        if len(self._roots) != size.bit_count():
            raise ProofError("merkle.frontier", seen=len(self._roots), expected=size.bit_count(), size=size)

    @classmethod
    def load(cls, size: int, read: Read) -> Frontier:
        """The frontier of a stored tree; reads one hash for each bit set in ``size``.

        Raises:
            ProofError: The size or a stored hash is not what it must be.
        """
        _check_size(size)
        return cls(size, _read(read, _plan((0, size))))

    @property
    def size(self) -> int:
        """Leaves so far."""
        return self._size

    @property
    def roots(self) -> tuple[bytes, ...]:
        """The roots of the complete subtrees, the largest first."""
        return tuple(self._roots)

    def append(self, leaf_hash: bytes) -> list[bytes]:
        """Add one leaf.

        Returns:
            The hashes it adds to a stored tree, as `new_nodes` would give them.
        """
        nodes = [leaf_hash]
        remaining = self._size
        while remaining & 1:
            nodes.append(node_hash(self._roots.pop(), nodes[-1]))
            remaining >>= 1
        self._roots.append(nodes[-1])
        self._size += 1
        return nodes

    def extend(self, leaf_hashes: Iterable[bytes]) -> None:
        """Add many leaves, in order."""
        roots, size, hash_of = self._roots, self._size, sha256
        for leaf in leaf_hashes:
            node, remaining = leaf, size
            while remaining & 1:
                node = hash_of(b"\x01" + roots.pop() + node).digest()
                remaining >>= 1
            roots.append(node)
            size += 1
        self._size = size

    def root(self) -> bytes:
        """The root over all leaves so far."""
        return _fold_right(self._roots) if self._roots else EMPTY_ROOT


# --- The parts --------------------------------------------------------------------------------------------------------


def _next_level(level: Sequence[bytes]) -> Sequence[bytes]:
    """Pair neighbours; an odd last node moves up as it is."""
    hash_of, nodes = sha256, iter(level)
    paired = [hash_of(b"\x01" + left + right).digest() for left, right in zip(nodes, nodes, strict=False)]
    if len(level) & 1:
        paired.append(level[-1])
    return paired


def _inclusion_ranges(index: int, size: int) -> list[_Range]:
    """PATH(m, D_n) of RFC 9162 §2.1.3.1 as ranges of leaves, lowest first."""
    _check_index(index, size)
    ranges: list[_Range] = []
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


def _consistency_ranges(old_size: int, new_size: int) -> list[_Range]:
    """PROOF(m, D_n) of RFC 9162 §2.1.4.1 as ranges of leaves, lowest first."""
    _check_sizes(old_size, new_size)
    if old_size in (0, new_size):
        return []
    ranges: list[_Range] = []
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


def _stored_roots(ranges: Sequence[_Range], read: Read) -> list[bytes]:
    """The root of each range, from a single read."""
    plans = [_plan(leaves) for leaves in ranges]
    hashes = iter(_read(read, [index for plan in plans for index in plan]))
    return [_fold_right([next(hashes) for _ in plan]) for plan in plans]


def _plan(leaves: _Range) -> list[int]:
    """The stored indexes of the complete subtrees that make up a range, the largest first."""
    low, high = leaves
    indexes: list[int] = []
    while low < high:
        level = (high - low).bit_length() - 1
        indexes.append(stored_hash_index(level, low >> level))
        low += 1 << level
    return indexes


def _fold_right(roots: Sequence[bytes]) -> bytes:
    """Join complete subtrees of falling height; the split puts all smaller ones under one node."""
    joined = roots[-1]
    for left in reversed(roots[:-1]):
        joined = node_hash(left, joined)
    return joined


def _read(read: Read, indexes: list[int]) -> Sequence[bytes]:
    """Read once, or not at all when nothing is needed, and check what came: stores are not trusted."""
    if not indexes:
        return ()
    hashes = read(indexes)
    if len(hashes) != len(indexes):
        raise ProofError("merkle.read", seen=len(hashes), expected=len(indexes))
    for value in hashes:
        _check_hash(value)
    return hashes


def _split(size: int) -> int:
    """The largest power of two below ``size``, for a size of 2 or more."""
    return 1 << ((size - 1).bit_length() - 1)


def _trailing_zeros(number: int) -> int:
    """Zero bits below the lowest one bit; 0 for 0."""
    return max((number & -number).bit_length() - 1, 0)


def _check_size(size: object) -> None:
    if type(size) is not int or not 0 <= size <= MAX_SIZE:
        raise ProofError("merkle.size", seen=size)


def _check_index(index: int, size: int) -> None:
    _check_size(size)
    if type(index) is not int or not 0 <= index < size:
        raise ProofError("merkle.index", seen=index, size=size)


def _check_sizes(old_size: int, new_size: int) -> None:
    _check_size(old_size)
    _check_size(new_size)
    if old_size > new_size:
        raise ProofError("merkle.sizes", old=old_size, new=new_size)


def _check_hashes(proof: Sequence[bytes], *hashes: bytes) -> None:
    if len(proof) > MAX_PROOF:
        raise ProofError("merkle.proof_too_long", seen=len(proof), limit=MAX_PROOF)
    for value in (*hashes, *proof):
        _check_hash(value)


def _check_hash(value: object) -> None:
    if type(value) is not bytes or len(value) != HASH_SIZE:
        seen = len(value) if isinstance(value, bytes) else type(value).__name__
        raise ProofError("merkle.hash", seen=seen, expected=HASH_SIZE)
