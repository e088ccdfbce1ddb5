"""Hashing the files that rows name as evidence."""

from __future__ import annotations

import stat
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from mimetypes import MimeTypes
from pathlib import Path
from typing import Final

from trustledger.errors import FormatError
from trustledger.kinds.registry import EvidenceReader
from trustledger.record import Evidence

EvidenceFiles = Callable[[Path], EvidenceReader]
"""For a file of rows, what hashes the evidence its rows name."""
_CHUNK: Final = 1 << 20
_KEPT: Final = 4_096
"""Files whose hash is remembered during one upload: many rows name one report."""
_TYPES: Final = MimeTypes()
"""Python's own table, not the machine's: the same file gives the same record everywhere."""


def evidence_beside(path: Path) -> EvidenceReader:
    """Hashes files in the folder of a file of rows, and in the folders within it.

    Args:
        path: The file of rows. Evidence paths are relative to it and never leave its folder: not by ``..``,
            not by an absolute path, not through a symbolic link.

    Returns:
        A function of the path as a row writes it. It raises FormatError: ``upload.evidence_outside``,
        ``upload.evidence_missing``, ``upload.evidence_unreadable``.
    """
    folder = path.parent

    @lru_cache(maxsize=_KEPT)
    def read(written: str) -> Evidence:
        try:
            file = _inside(folder, written)
            if not stat.S_ISREG(file.stat().st_mode):  # a pipe would wait for ever
                raise FormatError("upload.evidence_missing", seen=written, expected=str(folder))
            return _hashed(file)
        except (FileNotFoundError, NotADirectoryError):
            raise FormatError("upload.evidence_missing", seen=written, expected=str(folder)) from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise FormatError("upload.evidence_unreadable", seen=written, reason=reason) from None

    return read


def _inside(folder: Path, written: str) -> Path:
    """The file that is meant, if it stands within ``folder``.

    Raises:
        FormatError: ``upload.evidence_outside``.
        OSError: It cannot be found.
    """
    parts = written.split("/")
    if ".." in parts or not parts[0] or "\0" in written or "\\" in written or ":" in parts[0]:
        raise FormatError("upload.evidence_outside", seen=written, expected=str(folder))
    base = folder.resolve(strict=True)
    try:
        file = (base / written).resolve(strict=True)
    except RuntimeError:  # Python before 3.13: a symbolic link to itself
        raise FormatError("upload.evidence_missing", seen=written, expected=str(folder)) from None
    if not file.is_relative_to(base):
        raise FormatError("upload.evidence_outside", seen=written, expected=str(folder))
    return file


def _hashed(file: Path) -> Evidence:
    digest, size = sha256(), 0
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    media_type = _TYPES.guess_type(file.name, strict=True)[0] or "application/octet-stream"
    return Evidence(media_type, file.name, digest.digest(), size)
