"""A header, compiled: which cell goes where and how it is read, decided once and not once a row.

`Plan.read` is the importer's inner loop. It looks every cell up among those seen before (short cells repeat:
units, methods, dates) and converts it only if it is new. The problems of a whole row are collected.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from trustledger import gs1
from trustledger.errors import FormatError
from trustledger.interchange.csv import cells, lots, results, times
from trustledger.interchange.csv.columns import PROMISES, WORDS, Column, Sheet, names_of, normal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trustledger.interchange.rows import OwnLot, ReadOptions

_REMEMBERED: Final = (
    4096  # cells of a column; with the next line this bounds what a hostile file can make us keep
)
_SHORT: Final = 64  # characters
_LISTS: Final = frozenset(
    ("items", "note", "uris")
)  # not remembered: their values can be changed by whoever gets them

_NAMING: Final = ("gtin", "lot", "party", "uri")  # what names a lot together, by how it is read

Found: TypeAlias = list[tuple[int, FormatError]]
"""Problems of one row: index of the cell (-1: the row as a whole), and what is wrong with it."""


class Part(NamedTuple):
    """What one source row says.

    Attributes:
        root: ``subject``, ``occurred_at``, …, ``data``: everything that the whole record shares.
        items: One item for each list this row adds to: (name of the list in data, item).
        own: Lots named under the signer because the row names no party, as `Row.own_lots`.
        written: The cell of ``occurred_at``, if there is one.
    """

    root: dict[str, Any]
    items: list[tuple[str, dict[str, Any]]]
    own: list[OwnLot]
    written: str | None


Field: TypeAlias = "tuple[int, str, dict[str, Any], Callable[[str], Any], int]"
"""One cell's way into a map: index, key, values by cells seen before, converter, longest cell to be kept.

A plain tuple, which the interpreter takes apart several times faster than a named one.
"""


class Naming(NamedTuple):
    """The cells that name a lot together.

    Attributes:
        gtin: Index of the GTIN, or -1; likewise ``lot``, ``uri``, and ``owner``, the party whose lot it is.
        known: GTIN cell → the product's URI, lately.
        party: Whose lot it is if GS1 has no URI for it and the row names no owner.
        product: A GTIN without a lot will do.
    """

    gtin: int
    lot: int
    uri: int
    owner: int
    known: dict[str, str]
    party: str | None
    product: bool

    def read(self, row: Sequence[str], found: Found, own: list[OwnLot]) -> str | None:
        """The URI, or None if all cells are empty or something is wrong with one of them.

        Args:
            row: The cells.
            found: Problems are added to it.
            own: A lot that is the signer's only because the row says nothing else is added to it.
        """
        gtin_at, lot_at, uri_at, owner_at, known, _, _ = self
        gtin = row[gtin_at] if gtin_at >= 0 else ""
        lot = row[lot_at] if lot_at >= 0 else ""
        uri = row[uri_at] if uri_at >= 0 else ""
        if not uri and gtin in known and lots.sound(lot):
            return f"{known[gtin]}/10/{lot}"
        owner = row[owner_at] if owner_at >= 0 else ""
        if not (gtin or lot or uri or owner):
            return None
        before = len(found)
        named = self._convert((gtin, lot, uri, owner), found, own)
        if len(found) > before:
            return None
        if gtin and not uri and len(gtin) <= _SHORT and (digits := lots.gtin(gtin)):
            if len(self.known) >= _REMEMBERED:
                self.known.clear()
            self.known[gtin] = gs1.product_uri(digits)
        return named

    def _convert(self, named: tuple[str, str, str, str], found: Found, own: list[OwnLot]) -> str | None:
        before = len(found)
        gtin = _tried(lots.gtin, named[0], self.gtin, found)
        lot = _tried(lots.lot, named[1], self.lot, found)
        uri = _tried(cells.uri, named[2], self.uri, found)
        owner = _tried(lots.owner, named[3], self.owner, found)
        if len(found) > before:
            return None
        if uri is not None:
            if gtin or lot or owner:
                found.append((self.uri, FormatError("csv.uri_and_gtin", seen=uri)))
            return uri
        if lot is None and (owner is not None or (gtin is not None and not self.product)):
            index = self.lot if self.lot >= 0 else max(self.gtin, self.owner)
            found.append((index, FormatError("csv.lot_missing", seen=named[0])))
            return None
        return self._named(gtin, lot, owner, found, own)

    def _named(
        self, gtin: str | None, lot: str | None, owner: str | None, found: Found, own: list[OwnLot]
    ) -> str | None:
        try:
            uri = lots.subject(gtin, lot, owner or self.party)
        except FormatError as error:
            at_owner = owner is not None and not error.code.startswith(("csv.", "gs1.own_lot"))
            index = self.owner if at_owner else self.lot if self.lot >= 0 else self.gtin
            found.append((index, error))
            return None
        if lot is not None and lots.is_uri(lot) and owner is not None:
            found.append((self.lot, FormatError("csv.uri_and_gtin", seen=lot)))
        if owner is None and uri is not None and lot is not None and lots.is_of_party(gtin, lot):
            own.append((uri, lot, gtin))
        return uri


class Plan:
    """How rows under one header become parts of records of one kind.

    Args:
        header: The header cells as written.
        sheet: The kind's columns. Headers it doesn't know are other kinds': their cells have to be empty.
        options: Zone, party and language.

    Raises:
        FormatError: ``csv.column_twice``, ``csv.columns_missing``.

    Attributes:
        sheet: As given.
        columns: Path of a field → its header, or the one it should have.
        indexes: Path of a field → index of its cell.
    """

    def __init__(self, header: Sequence[str], sheet: Sheet, options: ReadOptions) -> None:
        self.sheet = sheet
        self.header = tuple(header)
        self.columns: dict[str, str] = {}
        self.indexes: dict[str, int] = {}
        self._paths: dict[str, str] = {}
        self._foreign: list[int] = []
        taken = self._assign(options)
        self._require(taken)
        self._name_absent(options)
        self._show()
        self._written_at = self.indexes.get("occurred_at", -1)
        self._compile(taken, options)

    def _assign(self, options: ReadOptions) -> dict[str, tuple[int, Column]]:
        """Give each header its column; two headers for one thing are refused."""
        known, taken = names_of(self.sheet), {}
        slots: dict[tuple[str, str], int] = {}
        for index, name in enumerate(self.header):
            column = known.get(normal(name))
            if column is None:
                self._foreign.append(index)
                continue
            path = column.path.replace("{language}", options.language)
            slot = (path, column.cell if column.cell in _NAMING else "")
            if slot in slots:
                raise FormatError(
                    "csv.column_twice", column=name, seen=name, expected=self.header[slots[slot]]
                )
            slots[slot] = index
            taken[column.key] = (index, column._replace(path=path))
            if column.cell != "party" or path not in self.columns:
                self.columns[path] = name
                self.indexes[path] = index
            self._paths[normal(name)] = self._paths[normal(column.key)] = path
        return taken

    def _name_absent(self, options: ReadOptions) -> None:
        """Let errors about a field without a column name the one to add, in the language of the header."""
        known = names_of(self.sheet)
        told = [(name, known[normal(name)]) for name in self.header if normal(name) in known]
        chinese = sum(normal(name) == normal(column.chinese) for name, column in told) * 2 > len(told)
        for column in sorted(self.sheet.columns, key=lambda column: column.cell != "lot"):
            if column.shown and column.cell != "party":
                path = column.path.replace("{language}", options.language)
                self.columns.setdefault(path, column.chinese if chinese else column.key)

    def _show(self) -> None:
        """Let errors about the finished row find their column, where `finish` moves a field."""
        leads = f"data.{self.sheet.leads}.*."
        for path, name in list(self.columns.items()):
            if self.sheet.corrects:
                moved = (
                    "data." + path if path.startswith("data.") else path.replace("correction.", "data.", 1)
                )
                self.columns.setdefault(moved, name)
            elif self.sheet.lines and path == f"data.{self.sheet.lines}.*.lot":
                self.columns.setdefault(path.removesuffix("lot") + "product", name)
            elif self.sheet.leads and path == leads + "lot":
                self.columns["subject"] = name
            elif self.sheet.lifted and path.startswith(leads):
                self.columns["data." + path.removeprefix(leads)] = name

    def _require(self, taken: dict[str, tuple[int, Column]]) -> None:
        missing = [keys for keys in self.sheet.required if not any(key in taken for key in keys.split("|"))]
        if missing:
            wanted = ", ".join(keys.replace("|", " / ") for keys in missing)
            raise FormatError("csv.columns_missing", seen=self.sheet.kind, expected=wanted)

    def _compile(self, taken: dict[str, tuple[int, Column]], options: ReadOptions) -> None:
        maps: dict[tuple[str, ...], list[Field]] = {(): [], ("data",): []}
        lists: dict[str, list[Field]] = {}
        named: dict[str, dict[str, int]] = {}
        for index, column in taken.values():
            *steps, key = column.path.split(".")
            if column.cell in _NAMING[:3] or column.key == "subject":
                named.setdefault(column.path, {})["uri" if column.cell == "uri" else column.cell] = index
                if "*" in steps:
                    lists.setdefault(steps[1], [])
            elif column.key != "kind":
                field = _field(index, key, column.cell, options)
                (
                    lists.setdefault(steps[1], []) if "*" in steps else maps.setdefault(tuple(steps), [])
                ).append(field)
        naming = {path: self._naming(path, cells_, options) for path, cells_ in named.items()}
        self._subject = naming.pop("subject", None)
        self._top, self._data = tuple(maps.pop(())), tuple(maps.pop(("data",)))
        self._maps = tuple((steps, tuple(fields)) for steps, fields in maps.items())
        self._lists = tuple((n, naming.get(f"data.{n}.*.lot"), tuple(fields)) for n, fields in lists.items())
        self._group = tuple(
            tuple(tuple(path.split(".")) for path in alternatives.split("|"))
            for alternatives in self.sheet.group
        )
        self._in_root, self._in_data = _simple(self.sheet.group)

    def _naming(self, path: str, named: dict[str, int], options: ReadOptions) -> Naming:
        at = path.split(".")
        product = self.sheet.product and (path == "subject" or self.sheet.leads in at)
        product = product or (self.sheet.lines != "" and self.sheet.lines in at)
        gtin, lot, owner, uri = (named.get(cell, -1) for cell in _NAMING)
        return Naming(gtin, lot, uri, owner, {}, options.party, product)

    def read(self, row: Sequence[str], found: Found) -> Part:
        """Read one row of cells, as many as the header has.

        Args:
            row: The cells.
            found: Problems are added to it; if any are, what is returned is incomplete.
        """
        root: dict[str, Any] = {}
        data: dict[str, Any] = {}
        own: list[OwnLot] = []
        if self._subject is not None and (uri := self._subject.read(row, found, own)) is not None:
            root["subject"] = uri
        _fill(root, row, self._top, found)
        root["data"] = data
        _fill(data, row, self._data, found)
        for steps, fields in self._maps:
            if filled := _fill({}, row, fields, found):
                _put(root, steps, filled)
        items: list[tuple[str, dict[str, Any]]] = []
        for name, naming, fields in self._lists:
            item = _fill({}, row, fields, found)
            if naming is not None:
                before = len(found)
                uri = naming.read(row, found, own)
                if uri is not None:
                    item["lot"] = uri
                elif item and len(found) == before:
                    found.append((max(naming.lot, naming.gtin), FormatError("csv.lot_missing", seen="")))
            if item:
                if item.get("value").__class__ is results.Result:
                    results.settle(item, partial(self._report, found, name))
                items.append((name, item))
        for index in self._foreign:
            if row[index].strip():
                code = "csv.column_of_other_kind" if self.header[index].strip() else "csv.column_unnamed"
                found.append((index, FormatError(code, seen=row[index], kind=self.sheet.kind)))
        return Part(root, items, own, row[self._written_at] if self._written_at >= 0 else None)

    def _report(self, found: Found, name: str, key: str, error: FormatError) -> None:
        found.append((self.indexes.get(f"data.{name}.*.{key}", -1), error))

    def group_of(self, root: dict[str, Any]) -> tuple[Any, ...] | None:
        """What rows of one record have in common; None if this row is a record by itself."""
        if not self._group:
            return None
        if self._in_data:  # the usual case, by the shortest way
            data = root["data"]
            usual = (self.sheet.kind, *map(root.get, self._in_root), *map(data.get, self._in_data))
            return None if None in usual else usual
        key: list[Any] = [self.sheet.kind]
        for alternatives in self._group:
            for path in alternatives:
                value: Any = root
                for step in path:
                    value = value.get(step)
                    if value is None:
                        break
                if value is not None:
                    break
            else:
                return None
            key.append(value)
        return tuple(key)

    def path_of(self, name: str) -> str | None:
        """The path of the field that a header of this file, or its column's key, stands for."""
        return self._paths.get(normal(name))


def _simple(group: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Group fields as keys of the root and of data, if all of them are; else nothing."""
    if any("|" in path or path.count(".") > path.startswith("data.") for path in group):
        return (), ()
    in_data = tuple(path.removeprefix("data.") for path in group if path.startswith("data."))
    return tuple(path for path in group if "." not in path), in_data


def _tried(convert: Callable[[str], str | None], cell: str, index: int, found: Found) -> str | None:
    try:
        return convert(cell)
    except FormatError as error:
        found.append((index, error))
        return None


def _fill(
    into: dict[str, Any], row: Sequence[str], fields: tuple[Field, ...], found: Found
) -> dict[str, Any]:
    """Convert the cells of one map; empty ones leave no key."""
    for index, key, known, convert, longest in fields:
        cell = row[index]
        if cell:
            value = known.get(cell)
            if value is None:
                try:
                    value = convert(cell)
                except FormatError as error:
                    found.append((index, error))
                    continue
                if value is None:
                    continue
                if len(cell) <= longest and len(known) < _REMEMBERED:
                    known[cell] = value
            into[key] = value
    return into


def _put(root: dict[str, Any], steps: tuple[str, ...], filled: dict[str, Any]) -> None:
    for step in steps[:-1]:
        root = root.setdefault(step, {})
    root.setdefault(steps[-1], {}).update(filled)


def _field(index: int, key: str, cell: str, options: ReadOptions) -> Field:
    convert: Callable[[str], Any]
    if cell in WORDS:
        convert = partial(_word, WORDS[cell])
    elif cell in ("moment", "day"):
        convert = partial(getattr(times, cell), zone=options.zone)
    else:
        convert = CELLS[cell]
    return (index, key, {}, convert, 0 if cell in _LISTS else _SHORT)


def _word(words: dict[str, str], cell: str) -> str | None:
    value = cells.folded(cell)
    if value is None:
        return None
    if value.casefold() not in words:
        raise FormatError("csv.word", seen=value, expected=" / ".join(words))
    return words[value.casefold()]


def _promise(cell: str) -> str | None:
    """The name of a promise; what shops call it in Chinese is brought to the kind's word."""
    value = cells.folded(cell)
    return None if value is None else PROMISES.get(value, value)


CELLS: Final[dict[str, Callable[[str], Any]]] = {
    "boolean": cells.boolean,
    "code": cells.code,
    "decimal": cells.decimal,
    "integer": cells.integer,
    "items": cells.items,
    "limit": results.limit,
    "money": cells.decimal,
    "note": cells.note,
    "promise": _promise,
    "result": results.result,
    "text": cells.text,
    "unit": cells.unit,
    "uri": cells.uri,
    "uris": cells.uris,
}
"""How cells are read, beside the words of `WORDS`, times, GTINs and lots."""
