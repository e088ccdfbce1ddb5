"""Hashing the files that rows name as evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from trustledger.kinds.registry import EvidenceReader

EvidenceFiles = Callable[[Path], EvidenceReader]
"""For a file of rows, what hashes the evidence its rows name."""


def evidence_beside(path: Path) -> EvidenceReader:
    """Hashes files in the folder of a file of rows, and in the folders within it.

    Args:
        path: The file of rows. Evidence paths are relative to it and never leave its folder: not by ``..``, not by an
            absolute path, not through a symbolic link.
    """
    raise NotImplementedError
