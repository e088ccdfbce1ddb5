"""Proofs and roots that others published."""

from __future__ import annotations

import hashlib
import json
from base64 import b64decode
from typing import TYPE_CHECKING

import pytest

from trustledger.errors import ProofError
from trustledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    inclusion_proof,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)

if TYPE_CHECKING:
    from pathlib import Path

# Their test marks this as a mistake because a tree of size 0 proves nothing about the other. A witness that has never
# seen a log is asked just this (c2sp.org/tlog-witness: old size 0, empty proof), so it's accepted here.
FROM_NOTHING = {"consistency/additional/size1-is-zero-and-size2-is-not-zero.json"}


def load(folder: Path, name: str) -> list[dict]:
    return json.loads((folder / "vectors" / "merkle" / name).read_text())["cases"]


def binary(text: str | None) -> bytes:
    return b64decode(text or "", validate=True)


def as_hash(value: bytes) -> bytes:
    """Some cases have "don't care 1" for a root; what they ask stays the same with its hash in its place."""
    return hashlib.sha256(value).digest() if value.startswith(b"don't care") else value


def test_inclusion(shared_dir: Path) -> None:
    accepted = 0
    for case in load(shared_dir, "inclusion.json"):
        leaf, root_hash = binary(case["leafHash"]), binary(case["root"])
        proof = [binary(p) for p in case["proof"] or []]
        arguments = (leaf, case["leafIdx"], case["treeSize"], proof, root_hash)
        if case["wantErr"]:
            with pytest.raises(ProofError):
                verify_inclusion(*arguments)
        else:
            verify_inclusion(*arguments)
            accepted += 1
    assert accepted == 6


def test_consistency(shared_dir: Path) -> None:
    accepted = set()
    cases = load(shared_dir, "consistency.json")
    for case in cases:
        roots = [as_hash(binary(case[name])) for name in ("root1", "root2")]
        proof = [binary(p) for p in case["proof"] or []]
        try:
            verify_consistency(case["size1"], case["size2"], proof, *roots)
        except ProofError:
            continue
        accepted.add(case["file"])
    assert accepted == {case["file"] for case in cases if not case["wantErr"]} | FROM_NOTHING


def test_a_root_that_is_no_hash_is_refused(shared_dir: Path) -> None:
    for case in load(shared_dir, "consistency.json"):
        roots = [binary(case[name]) for name in ("root1", "root2")]
        if {len(r) for r in roots} != {32}:
            with pytest.raises(ProofError, match="32"):
                verify_consistency(1, 1, [], *roots)


def test_rfc6962_roots(shared_dir: Path) -> None:
    known = json.loads((shared_dir / "vectors" / "known-answers.json").read_text())["rfc6962"]
    leaves = [leaf_hash(bytes.fromhex(data)) for data in known["leaf_inputs_hex"]]
    assert [leaf.hex() for leaf in leaves] == known["leaf_hashes"]
    frontier = Frontier()
    for size, expected in enumerate(known["roots_by_size"]):
        assert root(leaves[:size]).hex() == frontier.root().hex() == expected
        frontier.extend(leaves[size : size + 1])
    assert EMPTY_ROOT.hex() == known["roots_by_size"][0]


def test_subtrees_of_merkle_tree_certificates(shared_dir: Path) -> None:
    """All 2,000 and more subtrees of trees up to 130 leaves, as one hash over all answers."""
    known = json.loads((shared_dir / "vectors" / "known-answers.json").read_text())["mtc_accumulated"][
        "sha256"
    ]
    leaves = [leaf_hash(bytes((i,))) for i in range(131)]
    hashes, proofs = hashlib.sha256(), hashlib.sha256()
    for end in range(131):
        for start in range(end + 1):
            size = end - start
            if start % (1 << max(size - 1, 0).bit_length()):
                continue
            part = leaves[start:end]
            hashes.update(f"[{start}, {end}) {root(part).hex()}\n".encode())
            for index in range(size):
                path = "".join(f" {sibling.hex()}" for sibling in inclusion_proof(part, index))
                proofs.update(f"{start + index} [{start}, {end}){path}\n".encode())
    assert hashes.hexdigest() == known["subtree_hashes"]
    assert proofs.hexdigest() == known["inclusion"]
