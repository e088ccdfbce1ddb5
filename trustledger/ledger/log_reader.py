"""Reading the log itself: entries under its root.

The root in the store's head is what the ledger's checkpoints sign; here it is only held against the stored hashes.
"""

from __future__ import annotations

from collections.abc import Sequence

from trustledger import merkle
from trustledger.errors import CorruptStoreError, NotFoundError, ProofError
from trustledger.ledger import tables
from trustledger.store import Snapshot


class LogReader:
    """Entries proven under the log's root, from one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        if not snapshot.head:
            raise NotFoundError("ledger.empty")
        self._snapshot = snapshot
        self._snapshot_head = snapshot.head
        self.head = tables.StoreHead.unpack(snapshot.head)
        self._check_root()

    def move_to(self, snapshot: Snapshot) -> bool:
        """Stand on a later snapshot; True if the log grew. That it only grew is checked.

        Raises:
            ProofError: The later log does not contain the one read so far.
        """
        if snapshot.head == self._snapshot_head:
            self._snapshot = snapshot
            return False
        head = tables.StoreHead.unpack(snapshot.head)
        before = self.head, self._snapshot_head
        self._snapshot, self._snapshot_head, self.head = snapshot, snapshot.head, head
        try:
            self._check_root()
            proof = merkle.prove_consistency(before[0].size, head.size, self.nodes)
            merkle.verify_consistency(before[0].size, head.size, proof, before[0].root, head.root)
        except BaseException:  # or the next call would take this snapshot for one that was checked
            self.head, self._snapshot_head = before
            raise
        return True

    def nodes(self, indexes: Sequence[int]) -> list[bytes]:
        """Hashes of the log's tree by stored index.

        Raises:
            CorruptStoreError: One is missing or not a hash.
        """
        found = self._snapshot.get_many("nodes", [tables.u64(index) for index in indexes])
        hashes = [node for node in found if node is not None and len(node) == 32]
        if len(hashes) != len(indexes):
            raise CorruptStoreError("ledger.missing", table="nodes", key=str(list(indexes)[:4]))
        return hashes

    def _check_root(self) -> None:
        root = merkle.tree_root(self.head.size, self.nodes)
        if root != self.head.root:
            raise ProofError("ledger.root", seen=root, expected=self.head.root, size=self.head.size)

    def entry_bytes(self, index: int) -> bytes:
        """An entry's bytes, proven to stand at ``index`` under the log's root.

        Raises:
            NotFoundError: The log is shorter.
            ProofError: Other bytes stand there.
        """
        if type(index) is not int or not 0 <= index < self.head.size:
            raise NotFoundError("ledger.no_entry", seen=index, size=self.head.size)
        raw = self.value("entries", tables.u64(index))
        self._check_included(index, raw)
        return raw

    def _check_included(self, index: int, raw: bytes) -> None:
        proof = merkle.prove_inclusion(index, self.head.size, self.nodes)
        merkle.verify_inclusion(merkle.leaf_hash(raw), index, self.head.size, proof, self.head.root)

    def value(self, table: str, key: bytes) -> bytes:
        """A value that must be there.

        Raises:
            CorruptStoreError: It is not.
        """
        value = self._snapshot.get(table, key)
        if value is None:
            raise CorruptStoreError("ledger.missing", table=table, key=key.hex())
        return value
