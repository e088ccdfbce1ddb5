"""A gathered record into its plain row: the subject, money in minor units, pointers of what stays private."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from trustledger.errors import FormatError
from trustledger.gs1 import HOST, classes
from trustledger.interchange.rows import Broken, Place, Problem, Row
from trustledger.kinds.currencies import CURRENCIES

if TYPE_CHECKING:
    from trustledger.interchange.csv.grouping import Gathered


_PRICED: Final = ("cost", "listing", "order")
"""Kinds with amounts of money."""
_PRODUCTS: Final = f"{HOST}/01/"


def finish(record: Gathered, file: str) -> Row | Problem:
    """Make the row of a record whose source rows are all there.

    Args:
        record: The record, not broken; used up.
        file: Name of the file.

    Returns:
        The row, or what is wrong with the record as a whole.
    """
    root = record.root
    try:
        seal = _settle(record)
    except FormatError as error:
        path = error.facts.pop("path", "")
        return Problem.at(Place(file, record.row, record.plan.columns.get(str(path))), error)
    for needed in ("subject", "occurred_at"):
        if needed not in root:
            return Problem(f"csv.{needed}_missing", Place(file, record.row, record.plan.columns.get(needed)))
    return _row(record, file, seal)


def rest(record: Gathered, file: str) -> Row | None:
    """A row some cells of which could not be read, marked so, for what else is wrong with it.

    Args:
        record: The record, broken; used up.
        file: Name of the file.

    Returns:
        The row, without what could not be read; None where too little is left to tell.
    """
    headers = {header for _, header in record.bad if header is not None}
    if not headers or any(header is None for _, header in record.bad):
        return None
    plan = record.plan
    paths = {plan.path_of(header) for header in headers}
    try:
        seal = _settle(record)
    except FormatError:
        return None
    columns = frozenset(headers.union(plan.columns[path] for path in paths if path is not None))
    together = {path for alternatives in plan.sheet.group for path in alternatives.split("|")}
    broken = Broken(columns, frozenset(row for row, _ in record.bad), not together.isdisjoint(paths))
    return _row(record, file, seal)._replace(broken=broken)


def _settle(record: Gathered) -> list[str] | None:
    """Bring a record's data into the form of a plain row; with the pointers of what is to be sealed.

    Raises:
        FormatError: It cannot be; ``path`` names the field.
    """
    root, sheet = record.root, record.plan.sheet
    data = root["data"]
    if sheet.leads:
        _lead(root, data, sheet.leads, lifted=sheet.lifted)
    if sheet.lines:
        _tell_products(data.get(sheet.lines, ()))
    if sheet.kind in _PRICED or "currency" in data:
        _count_money(data)
    if root.get("correction", {}).get("reason") == "did_not_occur":
        _refuse_content(data, sheet.leads, sealed=bool(record.seal))
    return _seal(record) if record.seal else None


def _row(record: Gathered, file: str, seal: list[str] | None) -> Row:
    root, sheet = record.root, record.plan.sheet
    data = root["data"]
    plain = {
        "kind": sheet.kind,
        "subject": root.get("subject"),
        "occurred_at": root.get("occurred_at"),
        "data": data,
    }
    for key in ("also", "evidence"):
        if key in root:
            plain[key] = root[key]
    if seal:
        plain["seal"] = seal
    if "correction" in root:
        plain["data"] = {**root["correction"], "data": data} if data else root["correction"]
    sources = {name: tuple(rows) for name, rows in record.sources.items()}
    own = tuple(dict.fromkeys(record.own)) if record.own else ()
    return Row(Place(file, record.row), plain, record.rows, record.plan.columns, sources, own, record.written)


def _lead(root: dict[str, Any], data: dict[str, Any], leads: str, *, lifted: bool) -> None:
    """The first lot of a list is what the record is about; alone, it is not kept as a list."""
    lots = data.get(leads)
    if not lots:
        raise FormatError("csv.subject_missing")
    if "lot" not in lots[0]:  # it could not be read
        raise FormatError("csv.subject_missing")
    root["subject"] = lots[0]["lot"]
    if lifted and len(lots) == 1:
        del data[leads]
        data.update((key, value) for key, value in lots[0].items() if key != "lot")


def _tell_products(lines: list[dict[str, Any]]) -> None:
    """Each line names its product; a GTIN without a lot is the product alone."""
    for line in lines:
        goods = line.get("lot")
        if goods is None:  # it could not be read
            continue
        larger = classes(goods)
        if larger:
            line["product"] = larger[-1]
        elif goods.startswith(_PRODUCTS):
            line["product"] = line.pop("lot")


def _refuse_content(data: dict[str, Any], leads: str, *, sealed: bool) -> None:
    """What did not occur has no content: it is only said which record that is, by its lot."""
    if all(item.keys() == {"lot"} for item in data.get(leads, ())):
        data.pop(leads, None)
    if data:
        path, seen = _first(data, "data")
        raise FormatError("csv.did_not_occur", seen="•••" if sealed else seen, path=path)


def _first(value: Any, path: str) -> tuple[str, Any]:
    """The first simple value in some data, and its path."""
    while isinstance(value, dict | list) and value:
        if isinstance(value, list):
            path, value = f"{path}.*", value[0]
        else:
            key = next(iter(value))
            path, value = f"{path}.{key}", value[key]
    return path, value


def _count_money(data: dict[str, Any]) -> None:
    """Turn amounts written in the main unit (a str) into minor units (an int)."""
    currency = data.get("currency")
    if isinstance(data.get("price"), str):
        data["price"] = minor_units(data["price"], currency, "data.price")
    for name, field in (("components", "amount"), ("lines", "price")):
        for item in data.get(name, ()):
            if isinstance(item.get(field), str):
                item[field] = minor_units(item[field], currency, f"data.{name}.*.{field}")


def minor_units(amount: str, currency: str | None, path: str) -> int:
    """``"12.5"`` CNY → 1250, exactly.

    Raises:
        FormatError: ``csv.currency``, or ``csv.money_digits``: more digits than the currency has.
    """
    digits = CURRENCIES.get(currency or "")
    if digits is None:
        raise FormatError("csv.currency", seen=currency or "", path="data.currency")
    whole, _, rest = amount.partition(".")
    if rest[digits:].strip("0") or len(whole) + digits > 15:
        raise FormatError("csv.money_digits", seen=amount, currency=currency, expected=digits, path=path)
    return int(whole + rest[:digits].ljust(digits, "0"))


def _seal(record: Gathered) -> list[str]:
    """Pointers of the values that the seal cells name, by header or by pointer."""
    pointers: dict[str, None] = {}
    leads = record.plan.sheet.leads
    for _, tokens, places in record.seal:
        for token in tokens:
            pointer = token if token.startswith("/") else _pointer(record, token, places)
            if leads and leads not in record.root["data"]:
                pointer = pointer.replace(f"/{leads}/0/", "/", 1)
            in_correction = "correction" in record.root and not token.startswith("/")
            pointers["/data" + pointer if in_correction else pointer] = None
    return list(pointers)


def _pointer(record: Gathered, name: str, places: dict[str, int]) -> str:
    path = record.plan.path_of(name)
    if path is None or not path.startswith("data."):
        raise FormatError("csv.seal_unknown", seen=name, path="seal")
    steps = path.split(".")[1:]
    if "*" in steps:
        if steps[0] not in places:
            raise FormatError("csv.seal_empty", seen=name, path="seal")
        steps[1] = str(places[steps[0]])
    return "/" + "/".join(steps)
