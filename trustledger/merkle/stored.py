"""A log's tree kept in a store, and the right edge of one kept in memory.

Hashes of complete subtrees are stored once and never change. Each computation is: plan the indexes, read
once, fold; what comes from the store is not trusted further than its shape, since a wrong hash only gives a
wrong root.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256

from trustledger.errors import ProofError
from trustledger.merkle.tree import (
    EMPTY_ROOT,
    Range,
    check_hash,
    check_hashes,
    check_size,
    consistency_ranges,
    inclusion_ranges,
    node_hash,
)

Read = Callable[[Sequence[int]], Sequence[bytes]]
"""Reads stored hashes: the hash at each index, in the order asked for. Called once per computation."""


def stored_hash_index(level: int, n: int) -> int:
    """Where the hash of a complete subtree stands in the store.

    The numbering of golang.org/x/mod sumdb/tlog: hashes are numbered in the order in which an append-only
    tree completes them, so a leaf is followed by every subtree that it completes. Leaf m comes after m +
    ⌊m/2⌋ + ⌊m/4⌋ + … = 2m - popcount(m) others; subtree n of a level follows its last leaf.

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
    check_size(size + 1)
    completed = (size + 1 & -(size + 1)).bit_length() - 1
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
    check_size(size)
    return _stored_roots([(0, size)], read)[0] if size else EMPTY_ROOT


def prove_inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """The audit path of a leaf of a stored tree (RFC 9162 §2.1.3.1); reads at most 1 + 2·log₂ size hashes.

    The store may hold a larger tree: ``size`` is that of the checkpoint which the proof is for.

    Raises:
        ProofError: There is no such leaf, or a stored hash is not what it must be.
    """
    return _stored_roots(inclusion_ranges(index, size), read)


def prove_consistency(old_size: int, new_size: int, read: Read) -> list[bytes]:
    """The consistency proof of a stored tree (RFC 9162 §2.1.4.1); reads at most 1 + 2·log₂ new_size hashes.

    Raises:
        ProofError: ``old_size`` is larger than ``new_size``, or a stored hash is not what it must be.
    """
    return _stored_roots(consistency_ranges(old_size, new_size), read)


class Frontier:
    """The right edge of a growing tree: its complete subtrees from left to right, at most one of each height.

    Enough to append and to give the root, in memory that doesn't grow with the tree. Appending costs one
    node hash on average.
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
        check_size(size)
        self._size = size
        self._roots = list(roots)
        check_hashes((), *self._roots)
        if len(self._roots) != size.bit_count():
            raise ProofError("merkle.frontier", seen=len(self._roots), expected=size.bit_count(), size=size)

    @classmethod
    def load(cls, size: int, read: Read) -> Frontier:
        """The frontier of a stored tree; reads one hash for each bit set in ``size``.

        Raises:
            ProofError: The size or a stored hash is not what it must be.
        """
        check_size(size)
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


def _stored_roots(ranges: Sequence[Range], read: Read) -> list[bytes]:
    """The root of each range, from a single read."""
    plans = [_plan(leaves) for leaves in ranges]
    hashes = iter(_read(read, [index for plan in plans for index in plan]))
    return [_fold_right([next(hashes) for _ in plan]) for plan in plans]


def _plan(leaves: Range) -> list[int]:
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
        check_hash(value)
    return hashes
