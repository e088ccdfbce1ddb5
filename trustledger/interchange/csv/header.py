"""The header line: which kind of sheet this is, and what is wrong with a header nobody knows."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from trustledger.errors import FormatError
from trustledger.interchange.csv.columns import (
    KIND_COLUMN,
    SHEETS,
    WORDS,
    Sheet,
    correcting,
    names_of,
    normal,
)
from trustledger.interchange.csv.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from trustledger.interchange.csv.plan import Found
    from trustledger.interchange.rows import ReadOptions

_KIND_HEADERS = frozenset(map(normal, (KIND_COLUMN.key, KIND_COLUMN.chinese, *KIND_COLUMN.aliases)))
MAX_COLUMNS: Final = 256
"""Columns of a sheet, several times what any kind has: looking for an unknown one's nearest is slow."""

ALL_NAMES = frozenset(name for sheet in SHEETS.values() for name in names_of(sheet))
"""Every header any sheet knows, in the form of `normal`."""


class Plans:
    """The plans of a file: one, or one for each kind its kind column names.

    Args:
        header: The header cells.
        options: What the caller knows; ``options.kind`` stands for all rows unless there is a kind column.

    Raises:
        FormatError: The header as a whole fits no kind, or more than one.

    Attributes:
        unknown: Headers that no kind in question knows, each with its nearest. Where there is one, no plan
            is made.
    """

    def __init__(self, header: Sequence[str], options: ReadOptions) -> None:
        if len(header) > MAX_COLUMNS:
            raise FormatError("csv.many_columns", seen=len(header), expected=MAX_COLUMNS)
        self._header = tuple(header)
        self._options = options
        self._by_kind: dict[str, Plan] = {}
        found = [index for index, name in enumerate(header) if normal(name) in _KIND_HEADERS]
        self._kind_index = found[0] if found else -1
        sheet = None if found else self._sheet()
        self.unknown = self._unknown(ALL_NAMES if sheet is None else names_of(sheet).keys())
        if sheet is not None and not self.unknown:
            self._only = Plan(header, sheet, options)

    def plan_for(self, row: Sequence[str]) -> Plan:
        """The plan of a row.

        Raises:
            FormatError: ``csv.kind``, and what `Plan` raises for this kind under this header.
        """
        if self._kind_index < 0:
            return self._only
        cell = row[self._kind_index]
        plan = self._by_kind.get(cell)
        if plan is None:
            kind = kind_named(cell)
            sheet = SHEETS[kind]
            if kind == "correction":
                sheet = self._correction(normal(name) for name in self._header)
            plan = Plan(self._header, sheet, self._options)
            if len(self._by_kind) < 256:
                self._by_kind[cell] = plan
        return plan

    def _unknown(self, known: Collection[str]) -> Found:
        return [
            (index, unknown_column(name, known))
            for index, name in enumerate(self._header)
            if name.strip() and normal(name) not in known
        ]

    def _sheet(self) -> Sheet:
        names = {normal(name) for name in self._header if name.strip()}
        if self._options.kind is not None:
            kind = kind_named(self._options.kind)
            return self._correction(names) if kind == "correction" else SHEETS[kind]
        return detect(names)

    @staticmethod
    def _correction(names: Iterable[str]) -> Sheet:
        names = set(names)
        if names <= set(names_of(SHEETS["correction"])):
            return SHEETS["correction"]
        fitting = [sheet for sheet in _CORRECTING if _fits(sheet, names)]
        return fitting[0] if len(fitting) == 1 else SHEETS["correction"]


_CORRECTING = tuple(correcting(kind) for kind in SHEETS if kind != "correction")


def kind_named(name: str) -> str:
    """The kind that a cell or option names, in English or Chinese.

    Raises:
        FormatError: ``csv.kind``.
    """
    words = WORDS["kind"]
    kind = words.get(name.strip().casefold())
    if kind is None:
        raise FormatError("csv.kind", seen=name, expected=", ".join(SHEETS))
    return kind


def _any_of(need: str, keys: set[str]) -> bool:
    return any(key in keys for key in need.split("|"))


def _fits(sheet: Sheet, names: set[str]) -> bool:
    known = names_of(sheet)
    if any(name not in known for name in names):
        return False
    keys = {known[name].key for name in names}
    wanted = all(_any_of(need, keys) for need in sheet.required)
    return wanted and (not sheet.telling or any(key in keys for key in sheet.telling))


def detect(names: set[str]) -> Sheet:
    """The one sheet that these headers fit; where one of them is unknown to all, the nearest sheet.

    Raises:
        FormatError: ``csv.header``, ``csv.kind_ambiguous``, ``csv.kind_unclear``.
    """
    for sheets in (SHEETS.values(), _CORRECTING):
        fitting = [sheet for sheet in sheets if _fits(sheet, names)]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            raise FormatError("csv.kind_ambiguous", seen=", ".join(s.corrects or s.kind for s in fitting))
    nearest = max(SHEETS.values(), key=lambda sheet: len(names & names_of(sheet).keys()))
    known = names_of(nearest)
    if not names & known.keys():
        raise FormatError("csv.header", seen=", ".join(sorted(names)))
    if any(name not in ALL_NAMES for name in names):
        return nearest  # its unknown headers are reported one by one
    foreign = sorted(name for name in names if name not in known)
    if not foreign:
        missing = (
            need for need in nearest.required if not _any_of(need, {known[name].key for name in names})
        )
        wanted = ", ".join(need.replace("|", " / ") for need in missing)
        raise FormatError("csv.columns_missing", seen=nearest.kind, expected=wanted)
    raise FormatError("csv.kind_unclear", seen=", ".join(foreign), kind=nearest.kind,
                      expected=", ".join(keys.replace("|", " / ") for keys in nearest.required))  # fmt: skip


def unknown_column(name: str, known: Iterable[str]) -> FormatError:
    """An unknown header, with the nearest known one as people write it."""
    near = get_close_matches(normal(name)[:64], sorted(known), n=1, cutoff=0.6)
    if not near:
        return FormatError("csv.column_no_such", seen=name)
    return FormatError("csv.column_unknown", seen=name, expected=_WRITTEN[near[0]])


_WRITTEN = {
    normal(name): name
    for sheet in SHEETS.values()
    for column in (KIND_COLUMN, *sheet.columns)
    for name in (column.chinese, *column.aliases, column.key)
}
