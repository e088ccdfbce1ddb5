"""Several rows, one record: rows of one report, one run, one document are gathered, in bounded memory.

The last `WINDOW` records stay open for further rows. A record that comes back after it was closed is
refused, naming the row where it began: appending it again would split one report in two. To know it, closed
ones are remembered in a temporary database on disk, and a filter of a few megabytes answers "surely not
seen" for nearly all, so that disk is hardly ever read.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from typing import TYPE_CHECKING, Any, Final

from trustledger.errors import FormatError
from trustledger.kinds import units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trustledger.interchange.csv.plan import Found, Part, Plan

WINDOW: Final = 16_384
"""Records kept open: at some 3 KiB each, 50 MiB at most."""

_BATCH: Final = 4096  # keys that go to disk together
_FILTER_BITS: Final = (
    1 << 25
)  # 4 MiB; with a million keys and two probes 0.35 % of the answers cost a look at disk
_MASK: Final = _FILTER_BITS - 1


_NONE: Final[frozenset[tuple[int, str | None]]] = frozenset()


class Gathered:
    """A record while its rows come in.

    Attributes:
        row: The row where it began.
        rows: All its rows.
        root: What they share.
        sources: Name of a list → the row each item came from.
        written: The cell of ``occurred_at`` in that row.
        own: Lots that are the signer's because their rows name no party.
        seal: (row's tokens, index of the row's item in each list) for every row that seals something.
        broken: A row of it had a problem, so it must not be appended.
        bad: The cells that had one: (row, header), or (row, None) for a row as a whole.
    """

    __slots__ = (
        "_index",
        "bad",
        "broken",
        "own",
        "plan",
        "root",
        "row",
        "rows",
        "seal",
        "sources",
        "written",
    )

    def __init__(self, row: int, plan: Plan, part: Part, *, broken: bool) -> None:
        self.row = row
        self.rows: tuple[int, ...] = (row,)
        self.plan = plan
        self.root = part.root
        self.broken = broken
        self.bad = _NONE
        self.own = part.own
        self.written = part.written
        self.sources: dict[str, list[int]] = {}
        self._index: dict[str, dict[Any, list[int]]] = {}
        data = part.root["data"]
        for name, item in part.items:
            data[name] = [item]
        tokens = part.root.pop("seal", None)
        self.seal = [] if tokens is None else [(row, tokens, dict.fromkeys((n for n, _ in part.items), 0))]

    def add(self, row: int, part: Part, found: Found) -> None:
        """Take in a further row: its items are added, whatever else it says must have been said already."""
        if not self.sources:
            self.sources = {
                name: [self.row] for name, value in self.root["data"].items() if isinstance(value, list)
            }
        tokens = part.root.pop("seal", None)
        _agree(self.root, part.root, "", self, found)
        places: dict[str, int] = {}
        if tokens is not None:
            self.seal.append((row, tokens, places))
        for name, item in part.items:
            held = self.root["data"].setdefault(name, [])
            places[name] = self._place_of(name, held, item, found)
            if places[name] == len(held):
                held.append(item)
                self.sources.setdefault(name, []).append(row)
        self.rows += (row,)
        self.own += part.own
        self.broken = self.broken or bool(found)

    def _place_of(self, name: str, held: list[dict[str, Any]], item: dict[str, Any], found: Found) -> int:
        """Where an item that is said again stands already; the list's length if it is new.

        A lot said again may say less than before. A result said again must say the same.
        """
        if name != "results" and "lot" not in item:
            return len(held)
        index = self._index.get(name)
        if index is None:
            index = self._index[name] = {}
            for number, other in enumerate(held):
                index.setdefault(_told(name, other), []).append(number)
        same = index.setdefault(_told(name, item), [])
        for number in same:
            if name == "results":
                self._compare(number, held[number], item, found)
                return number
            if item.items() <= held[number].items():
                return number
        same.append(len(held))
        return len(held)

    def _compare(self, number: int, said: dict[str, Any], again: dict[str, Any], found: Found) -> None:
        """Refuse a result that differs from what an earlier row says of the same parameter."""
        field = next((key for key in _SAID if said.get(key) != again.get(key)), None)
        if field is None:
            return
        seen, expected = ("•••" if self.seal else _shown(item, field) for item in (again, said))
        path = f"data.results.*.{'value' if field == 'not_detected' else field}"
        facts = {"parameter": again.get("parameter", ""), "first": self.sources["results"][number]}
        problem = FormatError("csv.result_twice", seen=seen, expected=expected, **facts)
        found.append((self.plan.indexes.get(path, -1), problem))


_SAID: Final = ("value", "not_detected", "unit", "loq", "uncertainty", "limit", "conforms")
"""What a result says, beside what it is a result of."""


def _shown(item: dict[str, Any], field: str) -> Any:
    return "ND" if "not_detected" in item and field in ("value", "not_detected") else item.get(field, "—")


def _told(name: str, item: dict[str, Any]) -> Any:
    """What an item is about: of two that are about the same, one says the other again."""
    return _measured(item) if name == "results" else item.get("lot")


def _measured(item: dict[str, Any]) -> tuple[Any, ...]:
    """What a result is a result of. Energy is reported in kJ and in kcal, so there its unit tells two apart."""
    try:
        unit = units.unit(item.get("unit", ""))
    except FormatError:  # for the kind to say
        energy = ""
    else:
        energy = unit.symbol if unit.dimension.startswith("energy") else ""
    return item.get("parameter"), item.get("basis"), item.get("method"), energy


def _agree(said: dict[str, Any], again: dict[str, Any], at: str, record: Gathered, found: Found) -> None:
    for key, value in again.items():
        path, before = f"{at}{key}", said.get(key)
        if isinstance(value, dict):
            _agree(before if isinstance(before, dict) else {}, value, f"{path}.", record, found)
        elif value != before:
            index = record.plan.indexes.get(path, -1)
            facts = {"seen": value, "expected": "" if before is None else before, "first": record.row}
            found.append((index, FormatError("csv.rows_disagree", **facts)))


class Window:
    """The open records, in the order in which they began.

    Args:
        size: How many stay open.
    """

    def __init__(self, size: int = WINDOW) -> None:
        self._size = size
        self._open: OrderedDict[tuple[Any, ...], Gathered] = OrderedDict()
        self._closed: _Closed | None = None

    def find(self, key: tuple[Any, ...]) -> Gathered | None:
        """The open record of this key."""
        return self._open.get(key)

    def closed_row(self, key: tuple[Any, ...]) -> int | None:
        """The row where a record of this key began, if it is closed already."""
        return None if self._closed is None else self._closed.row_of(key)

    def open(self, key: tuple[Any, ...], record: Gathered) -> Gathered | None:
        """Open a record; returns the one that had to be closed for it."""
        self._open[key] = record
        if len(self._open) <= self._size:
            return None
        if self._closed is None:
            self._closed = _Closed()
        old, oldest = self._open.popitem(last=False)
        self._closed.add(old, oldest.row)
        return oldest

    def drain(self) -> Iterator[Gathered]:
        """Close everything: the file has ended."""
        while self._open:
            yield self._open.popitem(last=False)[1]
        self.discard()

    def discard(self) -> None:
        """Drop the temporary database."""
        if self._closed is not None:
            self._closed.discard()
            self._closed = None


class _Closed:
    """Keys of closed records → row, in a temporary file that vanishes with the connection.

    A key is kept as its 64-bit hash, seeded anew in every process: that two of a million keys share one has
    odds of one in thirty million, nobody can bring it about on purpose, and it would end in a refusal, not
    a loss.
    """

    def __init__(self) -> None:
        self._filter = bytearray(_FILTER_BITS >> 3)
        self._waiting: dict[int, int] = {}
        # "" is a private temporary file, deleted on close (SQLite, "Temporary Files Used By SQLite").
        self._disk = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._disk.execute("PRAGMA journal_mode=OFF")
        self._disk.execute("CREATE TABLE closed (key INTEGER PRIMARY KEY, row INTEGER NOT NULL)")

    def add(self, key: tuple[Any, ...], row: int) -> None:
        """Remember a record that began at ``row``."""
        mixed = hash(key)
        self._filter[(mixed & _MASK) >> 3] |= 1 << (mixed & 7)
        waiting = self._waiting
        waiting[mixed] = row
        if len(waiting) >= _BATCH:
            self._disk.execute("BEGIN")
            rows = ((key, waiting[key]) for key in sorted(waiting))  # in the order of the tree they go into
            self._disk.executemany("INSERT OR IGNORE INTO closed VALUES (?, ?)", rows)
            self._disk.execute("COMMIT")
            waiting.clear()

    def row_of(self, key: tuple[Any, ...]) -> int | None:
        """Where it began, or None."""
        mixed = hash(key)
        if not self._filter[(mixed & _MASK) >> 3] & (1 << (mixed & 7)):
            return None
        if mixed in self._waiting:
            return self._waiting[mixed]
        found = self._disk.execute("SELECT row FROM closed WHERE key = ?", (mixed,)).fetchone()
        return None if found is None else int(found[0])

    def discard(self) -> None:
        """Delete the temporary file."""
        self._disk.close()
