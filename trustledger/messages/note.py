"""Sentences about Merkle proofs, signed notes, keys and checkpoints: code → (English, Chinese)."""

# ruff: noqa: E501 - a sentence is one string, so that it can be searched for

from __future__ import annotations

from typing import Final

SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # Merkle trees
    "merkle.size": (
        "Tree size {seen} is not possible: expected a whole number from 0 to 2^63 - 1.",
        "树的大小 {seen} 不可能：应为 0 到 2^63 - 1 的整数。",
    ),
    "merkle.index": (
        "Leaf index {seen} is not in a tree of {size} leaves: expected a whole number from 0 to one below the size.",
        "叶子序号 {seen} 不在大小为 {size} 的树中：应为从 0 起、小于树大小的整数。",
    ),
    "merkle.sizes": (
        "The old tree ({old} leaves) is larger than the new one ({new}): a log never shrinks. Check the order of the checkpoints.",
        "旧树（{old} 片叶子）比新树（{new} 片）大：日志不会缩短。请检查两个检查点的先后顺序。",
    ),
    "merkle.hash": (
        "A hash in the proof is {seen} instead of {expected} bytes long: the proof is damaged.",
        "证明中有一个哈希的长度是 {seen}，应为 {expected} 字节：证明已损坏。",
    ),
    "merkle.proof_type": (
        "The proof is of type {seen}: expected a list of hashes.",
        "证明的类型是 {seen}：应为哈希列表。",
    ),
    "merkle.proof_too_long": (
        "The proof has {seen} hashes; no proof needs more than {limit}.",
        "证明含 {seen} 个哈希；任何证明都不会超过 {limit} 个。",
    ),
    "merkle.proof_length": (
        "The inclusion proof has {seen} hashes, which does not fit leaf {index} of a tree of {size} leaves.",
        "包含证明有 {seen} 个哈希，与大小为 {size} 的树中第 {index} 片叶子不符。",
    ),
    "merkle.inclusion": (
        "The proof for leaf {index} of {size} leads to root {seen}, not to {expected}: the entry is not in that tree, or was changed.",
        "第 {index} 片叶子（共 {size} 片）的证明得到根 {seen}，而不是 {expected}：该条目不在这棵树中，或已被改动。",
    ),
    "merkle.consistency_length": (
        "The consistency proof has {seen} hashes, which does not fit trees of {old} and {new} leaves.",
        "一致性证明有 {seen} 个哈希，与大小为 {old} 和 {new} 的两棵树不符。",
    ),
    "merkle.consistency_old": (
        "The consistency proof from {old} to {new} leaves gives the old root as {seen}, not {expected}: history may have been rewritten.",
        "从 {old} 到 {new} 片叶子的一致性证明得到的旧根是 {seen}，而不是 {expected}：历史可能被改写。",
    ),
    "merkle.consistency_new": (
        "The consistency proof from {old} to {new} leaves gives the new root as {seen}, not {expected}: history may have been rewritten.",
        "从 {old} 到 {new} 片叶子的一致性证明得到的新根是 {seen}，而不是 {expected}：历史可能被改写。",
    ),
    "merkle.frontier": (
        "A frontier of {size} leaves has {expected} subtree roots, but {seen} were given.",
        "{size} 片叶子的前沿应有 {expected} 个子树根，实际给出 {seen} 个。",
    ),
    "merkle.read": (
        "The store returned {seen} hashes where {expected} were asked for: the tree in the store is damaged; run an audit.",
        "存储返回了 {seen} 个哈希，应为 {expected} 个：存储中的树已损坏，请运行审计。",
    ),
}
