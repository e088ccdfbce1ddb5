"""A tree in a store, and the frontier, agree with the tree in memory."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from trustledger.errors import ProofError
from trustledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    new_nodes,
    prove_consistency,
    prove_inclusion,
    root,
    stored_hash_count,
    stored_hash_index,
    tree_root,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAVES = [leaf_hash(i.to_bytes(2, "big")) for i in range(601)]


class Nodes:
    """Stored hashes that count how they are read."""

    def __init__(self, hashes: Sequence[bytes] = ()) -> None:
        self.hashes = list(hashes)
        self.reads: list[int] = []

    def __call__(self, indexes: Sequence[int]) -> list[bytes]:
        self.reads.append(len(indexes))
        return [self.hashes[i] for i in indexes]


@pytest.fixture(scope="module")
def nodes() -> Nodes:
    stored = Nodes()
    for size, leaf in enumerate(LEAVES[:600]):
        stored.hashes += new_nodes(size, leaf, stored)
    return stored


def test_numbering_is_that_of_go_tlog() -> None:
    """Counted out as in the comment of golang.org/x/mod sumdb/tlog: each leaf, then what it completes."""
    expected = []
    for leaf in range(200):
        level = 0
        while (leaf + 1) % (1 << level) == 0:
            expected.append((level, (leaf >> level)))
            level += 1
        assert stored_hash_count(leaf + 1) == len(expected)
    assert [stored_hash_index(level, n) for level, n in expected] == list(range(len(expected)))
    assert stored_hash_count(0) == 0


def test_roots_and_frontiers_of_every_size(nodes: Nodes) -> None:
    frontier, stored = Frontier(), []
    for size in range(601):
        expected = root(LEAVES[:size])
        nodes.reads.clear()
        assert tree_root(size, nodes) == expected == frontier.root()
        assert nodes.reads == ([size.bit_count()] if size else [])
        assert len(frontier.roots) == size.bit_count()
        assert frontier.size == size
        assert Frontier.load(size, nodes).roots == frontier.roots
        stored += frontier.append(LEAVES[size])
    assert stored[: len(nodes.hashes)] == nodes.hashes


def test_a_frontier_extended_in_parts_is_the_same() -> None:
    rng, frontier, at = random.Random(7), Frontier(), 0
    while at < 600:
        step = rng.randrange(1, 40)
        frontier.extend(LEAVES[at : min(at + step, 600)])
        at = min(at + step, 600)
        assert frontier.root() == root(LEAVES[:at])
        frontier = Frontier(frontier.size, frontier.roots)


def test_proofs_from_a_store_read_once_and_little(nodes: Nodes) -> None:
    rng = random.Random(1)
    for size in [1, 2, 3, 64, 65, 127, 255, 256, 257, 511, 600, *rng.sample(range(1, 600), 10)]:
        limit = 1 + 2 * (size.bit_length() - (size.bit_count() == 1))
        for other in rng.sample(range(size), min(size, 12)):
            nodes.reads.clear()
            assert prove_inclusion(other, size, nodes) == inclusion_proof(LEAVES[:size], other)
            assert prove_consistency(other, size, nodes) == consistency_proof(LEAVES[:size], other)
            assert len(nodes.reads) <= 2
            assert max(nodes.reads, default=0) <= limit


def test_growing_reads_one_hash_a_leaf_on_average(nodes: Nodes) -> None:
    nodes.reads.clear()
    for size in range(512):
        new_nodes(size, LEAVES[size], nodes)
    assert sum(nodes.reads) <= 512


@pytest.mark.parametrize("answer", [[], [bytes(31)], [bytes(32)] * 2, [None], ["x" * 32]])
def test_a_store_that_answers_wrongly_is_named(answer: list) -> None:
    for ask in (
        lambda read: tree_root(1, read),
        lambda read: prove_inclusion(0, 2, read),
        lambda read: prove_consistency(1, 2, read),
        lambda read: new_nodes(1, LEAVES[1], read),
        lambda read: Frontier.load(4, read),
    ):
        with pytest.raises(ProofError):
            ask(lambda _: answer)


def test_a_frontier_that_does_not_fit_its_size_is_refused() -> None:
    for size, roots in [(3, [LEAVES[0]]), (0, [LEAVES[0]]), (1, [b"short"]), (-1, []), (True, [LEAVES[0]])]:
        with pytest.raises(ProofError):
            Frontier(size, roots)


def test_nothing_stored() -> None:
    assert tree_root(0, Nodes()) == EMPTY_ROOT
    assert Frontier.load(0, Nodes()).root() == EMPTY_ROOT
    with pytest.raises(ProofError):
        prove_inclusion(0, 0, Nodes())
    with pytest.raises(ProofError):
        tree_root(2**63, Nodes())
    with pytest.raises(ProofError):
        new_nodes(2**63 - 1, LEAVES[0], Nodes())
