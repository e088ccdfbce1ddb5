"""A look at an LMDB file before LMDB maps it.

LMDB trusts its file: one cut short kills the process when a missing page is touched. The two meta pages at
its front say how long it should be, so most accidents (an interrupted copy, a full disk while restoring, a
file that is something else) are found here, with plain reads. What is found only by reading every page is
left to the audit.

Layout: `struct MDB_meta` of LMDB 0.9, lmdb.h data version 1, on a 64-bit machine, in the machine's byte
order.
"""

from __future__ import annotations

import os
import struct
from typing import TYPE_CHECKING, Final, NamedTuple

from trustledger.errors import CorruptStoreError, NotFoundError
from trustledger.store._lmdb_errors import translated

if TYPE_CHECKING:
    from pathlib import Path

DATA: Final = "data.mdb"
"""The name LMDB gives its data file inside the store's directory."""

_MAGIC: Final = 0xBEEFC0DE
_VERSION: Final = 1
_PAGE_HEADER: Final = 16
_META: Final = struct.Struct("=IIQQ48s48sQQ")
"""magic, version, map address, map size, free tree, main tree, last page, transaction."""
_TREE: Final = struct.Struct("=IHHQQQQQ")
"""pad (the page size, in the free tree), flags, depth, branch, leaf and overflow pages, entries, root
page."""
_NO_ROOT: Final = (1 << 64) - 1
_SLACK_PAGES: Final = 64
"""Pages a sound file may lack at its end: LMDB does not write pages that were taken and given back in the
same transaction. (Seen in practice: 2.)"""


class _Meta(NamedTuple):
    page_size: int
    last_page: int
    transaction: int
    roots: tuple[int, ...]


def check_file(directory: Path) -> bool:
    """Look at the store in ``directory``.

    Returns:
        True if LMDB data is there, False if the directory or the file is not there or still empty, which is
        what a process leaves that dies while it creates a store.

    Raises:
        NotFoundError: ``directory`` is not a directory.
        CorruptStoreError: Something is there that cannot be mapped safely.
    """
    path = directory / DATA
    with translated(str(directory)):
        if directory.exists() and not directory.is_dir():
            raise NotFoundError("store.not_a_directory", path=str(directory))
        size, meta = _newest_meta(path)
        while meta and not _long_enough(path, size, meta):
            checked = meta.transaction
            size, meta = _newest_meta(path)
            if meta and meta.transaction == checked:  # nobody was writing while we looked
                expected = (meta.last_page + 1) * meta.page_size
                raise CorruptStoreError("store.truncated", path=str(path), seen=size, expected=expected)
    return meta is not None


def _newest_meta(path: Path) -> tuple[int, _Meta | None]:
    """The file's length and the meta page LMDB would use; none if the file is missing or empty."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            front = file.read(_PAGE_HEADER + _META.size)
            if not front:
                return 0, None
            first = _parse_meta(front, path)
            file.seek(first.page_size)
            second = _parse_meta(file.read(_PAGE_HEADER + _META.size), path)
    except FileNotFoundError:
        return 0, None
    return size, max(first, second, key=lambda meta: meta.transaction)


def _parse_meta(page: bytes, path: Path) -> _Meta:
    if len(page) < _PAGE_HEADER + _META.size:
        raise CorruptStoreError("store.truncated", path=str(path), seen=len(page), expected="two meta pages")
    magic, version, _, _, free, main, last_page, transaction = _META.unpack_from(page, _PAGE_HEADER)
    if magic != _MAGIC:
        raise CorruptStoreError("store.not_lmdb", path=str(path))
    if version != _VERSION:
        raise CorruptStoreError("store.lmdb_version", path=str(path), seen=version, expected=_VERSION)
    page_size = _TREE.unpack(free)[0]
    if page_size not in (1 << n for n in range(8, 17)):
        raise CorruptStoreError("store.not_lmdb", path=str(path))
    roots = tuple(root for root in (_TREE.unpack(free)[-1], _TREE.unpack(main)[-1]) if root != _NO_ROOT)
    return _Meta(page_size, last_page, transaction, roots)


def _long_enough(path: Path, size: int, meta: _Meta) -> bool:
    """Hold the file's length against what its newest meta page says."""
    pages = size // meta.page_size
    missing = meta.last_page + 1 - pages
    if missing <= 0:
        return True
    rooted = all(root < pages for root in meta.roots)
    return missing <= _SLACK_PAGES and rooted and not _reaches_beyond(path)


def _reaches_beyond(path: Path) -> bool:
    """Whether a tree in the file at ``path`` leads beyond its end, found by reading the trees without LMDB.

    Seldom needed, and then worth the time on a large file (1 s a gigabyte). Needs the verifier of py-lmdb 3;
    without it the file gets the benefit of the doubt.
    """
    try:
        from lmdb.verify import VerifyError, verify  # noqa: PLC0415  # absent before py-lmdb 3
    except ImportError:
        return False
    try:
        problems: list[str] = verify(os.fspath(path), subdir=False)  # type: ignore[no-untyped-call]
    except VerifyError:
        return True
    return bool(problems)
