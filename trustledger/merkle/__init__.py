"""The Merkle tree of RFC 9162 §2.1 over SHA-256: roots, proofs, verification, and a tree kept in a store.

Everything here is a function of ints and bytes.

A tree of *n* leaves splits at the largest power of two below *n*. Hence every range of leaves that occurs
in it is a row of complete subtrees of falling height. Pairing neighbours level by level, an odd last node
moving up as it is, builds the same tree: no pair ever straddles a split, a multiple of every smaller power
of two.
"""

from trustledger.merkle.stored import (
    Frontier,
    Read,
    new_nodes,
    prove_consistency,
    prove_inclusion,
    stored_hash_count,
    stored_hash_index,
    tree_root,
)
from trustledger.merkle.tree import (
    EMPTY_ROOT,
    HASH_SIZE,
    MAX_PROOF,
    MAX_SIZE,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root,
    root_of_subtrees,
    subtree_roots,
)
from trustledger.merkle.verify import verify_consistency, verify_inclusion

__all__ = [
    "EMPTY_ROOT",
    "HASH_SIZE",
    "MAX_PROOF",
    "MAX_SIZE",
    "Frontier",
    "Read",
    "consistency_proof",
    "inclusion_proof",
    "leaf_hash",
    "new_nodes",
    "node_hash",
    "prove_consistency",
    "prove_inclusion",
    "root",
    "root_of_subtrees",
    "stored_hash_count",
    "stored_hash_index",
    "subtree_roots",
    "tree_root",
    "verify_consistency",
    "verify_inclusion",
]
