"""Between the passes: records wait in temporary files, so that memory does not grow with the upload.

Both files are private to this process (mode 0600, no name left in the folder) and vanish with it. They may
hold values that are to be sealed.
"""

from __future__ import annotations

import marshal
import sqlite3
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from trustledger.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_HASH_KEPT: Final = 16
"""Bytes of a hash that are enough here: that two different ones agree in these takes 2⁶⁴ tries."""
_LENGTH: Final = 8
_ROW_BITS: Final = 40
_ROW_MASK: Final = (1 << _ROW_BITS) - 1
_CACHE_KIB: Final = 8_192


class Page(NamedTuple):
    """Records that were written together: parallel lists, because they are many.

    Attributes:
        raws: Record bytes.
        leaves: Their leaf hashes.
        subjects: Their subjects.
        digests: Digests of their business keys.
        openings: (commitment, pointer, salt, value) of each sealed value. Private.
        corrections: Positions of those that correct another record.
    """

    raws: list[bytes]
    leaves: list[bytes]
    subjects: list[tuple[str, ...]]
    digests: list[bytes]
    openings: list[tuple[bytes, str, bytes, Any]]
    corrections: list[int]


class Spool:
    """Pages in a temporary file, read back in the order in which they were written."""

    def __init__(self) -> None:
        with _disk():
            self._file = tempfile.TemporaryFile(prefix="trustledger-")  # noqa: SIM115 -- closed by `close`

    def add(self, page: Page) -> None:
        """Write a page.

        Raises:
            StorageError: ``upload.temporary``: no room.
        """
        packed = marshal.dumps(tuple(page))
        with _disk():
            self._file.write(len(packed).to_bytes(_LENGTH, "big"))
            self._file.write(packed)

    def pages(self) -> Iterator[Page]:
        """Read all pages. May be called once, when all are written."""
        with _disk():
            self._file.seek(0)
        while True:
            with _disk():
                packed = self._file.read(int.from_bytes(self._file.read(_LENGTH), "big"))
            if not packed:
                return
            # Written above by this process into a file that nobody else can open.
            yield Page(*marshal.loads(packed))  # noqa: S302

    def close(self) -> None:
        """Delete the file."""
        self._file.close()


class Twice(NamedTuple):
    """A record whose business key stood earlier in the files.

    Attributes:
        number: Its number among the records that were added, from 0.
        same: Whether it says the same as the earlier one.
        file: Number of its file.
        row: Its row.
        first_file: Number of the earlier one's file.
        first_row: The earlier one's row.
    """

    number: int
    same: bool
    file: int
    row: int
    first_file: int
    first_row: int


class Seen:
    """Remembers business keys, to find those that stand twice in the files.

    They are written as they come and sorted once at the end, on disk: some two microseconds a record, and no
    more memory for a million than for a thousand.
    """

    def __init__(self) -> None:
        with _disk():
            self._disk = sqlite3.connect("", isolation_level=None)  # "": a temporary file without a name
            self._disk.execute("PRAGMA journal_mode=OFF")
            self._disk.execute("PRAGMA temp_store=FILE")
            self._disk.execute(f"PRAGMA cache_size=-{_CACHE_KIB}")
            self._disk.execute(
                "CREATE TABLE seen (number INTEGER PRIMARY KEY, key BLOB, content BLOB, row INT)"
            )

    def add(self, file: int, keys: list[bytes], contents: list[bytes], rows: list[int]) -> None:
        """Remember records of one file.

        Args:
            file: Its number.
            keys: Digests of their business keys.
            contents: Hashes of what they say.
            rows: Where they stand.

        Raises:
            StorageError: ``upload.temporary``: no room.
        """
        base = file << _ROW_BITS
        values = [
            (key[:_HASH_KEPT], content[:_HASH_KEPT], base + row)
            for key, content, row in zip(keys, contents, rows, strict=True)
        ]
        with _disk():
            self._disk.execute("BEGIN")
            self._disk.executemany("INSERT INTO seen (key, content, row) VALUES (?, ?, ?)", values)
            self._disk.execute("COMMIT")

    def twice(self) -> Iterator[Twice]:
        """Every record but the first of those that share a business key, in order."""
        with _disk():
            self._disk.execute("CREATE TEMP TABLE shared AS SELECT min(number) AS first, key FROM seen"
                               " GROUP BY key HAVING count(*) > 1")  # fmt: skip
            self._disk.execute("CREATE INDEX temp.by_key ON shared (key, first)")
            found = self._disk.execute(
                "SELECT s.number, s.content = f.content, s.row, f.row FROM seen s"
                " CROSS JOIN shared ON shared.key = s.key CROSS JOIN seen f ON f.number = shared.first"
                " WHERE s.number != shared.first ORDER BY s.number"
            )
            for number, same, row, first in found:
                places = (row >> _ROW_BITS, row & _ROW_MASK, first >> _ROW_BITS, first & _ROW_MASK)
                yield Twice(number - 1, bool(same), *places)

    def close(self) -> None:
        """Delete the file."""
        self._disk.close()


@contextmanager
def _disk() -> Iterator[None]:
    """Say in our own words that the temporary folder is full or may not be written."""
    try:
        yield
    except OSError as error:
        raise StorageError("upload.temporary", seen=error.strerror or type(error).__name__) from None
    except sqlite3.Error as error:
        raise StorageError("upload.temporary", seen=str(error)) from None
