"""The tables of docs/csv.md, made from the one table of columns. Run it to write them anew."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, get_args, get_origin

from pydantic import BaseModel

from trustledger.interchange.csv.columns import SHEETS, Sheet
from trustledger.kinds import Kinds
from trustledger.kinds.models import MODELS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "csv.md"
BEGIN = "<!-- columns: made by tests/project/csv_reference.py -->\n"
END = "<!-- end of columns -->\n"


def tables() -> str:
    """All kinds, each with its columns."""
    return "\n".join(_table(sheet) for sheet in SHEETS.values())


def _table(sheet: Sheet) -> str:
    spec = Kinds.default().spec(sheet.kind)
    assert spec is not None
    lines = [f"### {sheet.kind} · {spec.title['zh']}", ""]
    needed = ", ".join(
        " or ".join(f"`{key}`" for key in need) for need in needs(sheet) if need != ("occurred_at",)
    )
    lines.append(f"Needs {needed}, and `occurred_at`." + _rows(sheet))
    lines += ["", "| Header | 中文 | Also read as | Field |", "|---|---|---|---|"]
    for column in sheet.columns:
        others = ", ".join(column.aliases)
        lines.append(f"| `{column.key}` | {column.chinese} | {others} | `{column.path}` |")
    return "\n".join(lines) + "\n"


def needs(sheet: Sheet) -> list[tuple[str, ...]]:
    """What a record of this kind cannot do without: columns of which one must be filled in, each time.

    It is what the header must have, what the kind's model requires, and the time.
    """
    found = [tuple(alternatives.split("|")) for alternatives in sheet.required]
    for required in _required_paths(MODELS[sheet.kind], "data"):
        told = sheet.lines and required == f"data.{sheet.lines}.*.product"  # by the GTIN, or by the lot
        path = required.replace("product", "lot") if told else required
        keys = [
            column.key for column in sheet.columns if column.cell != "party" and _fills(column.path, path)
        ]
        found.append(tuple(keys))
    spec = Kinds.default().spec(sheet.kind)
    assert spec is not None
    if spec.file_hash:
        found.append((spec.file_hash[1:], "evidence"))
    found.append(("occurred_at",))
    order = [column.key for column in sheet.columns]
    smallest = [need for need in found if not any(set(other) < set(need) for other in found)]
    unique = {frozenset(need): tuple(sorted(need, key=order.index)) for need in smallest}
    return sorted(unique.values(), key=lambda need: order.index(need[0]))


def _fills(column: str, path: str) -> bool:
    return column == path or column.startswith(path + ".")


def _required_paths(model: type[BaseModel], at: str) -> Iterator[str]:
    """Paths of the fields that a model requires, as columns write them."""
    for attribute, field in model.model_fields.items():
        path = f"{at}.{field.alias or attribute}"
        inner = field.annotation
        if not field.is_required():
            continue
        if get_origin(inner) is list:
            (inner,) = get_args(inner)
            while get_origin(inner) is Annotated:
                inner = get_args(inner)[0]
            path += ".*" if isinstance(inner, type) and issubclass(inner, BaseModel) else ""
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            yield from _required_paths(inner, path)
        else:
            yield path


def _rows(sheet: Sheet) -> str:
    if not sheet.group:
        return " Each row is one record."
    names = ", ".join(f"`{path.replace('data.', '').replace('|', ' or ')}`" for path in sheet.group)
    return f" Rows with the same {names} are one record."


def written(text: str) -> str:
    """The document with its tables made anew."""
    pattern = re.compile(re.escape(BEGIN) + ".*?" + re.escape(END), re.DOTALL)
    return pattern.sub(lambda _: BEGIN + "\n" + tables() + "\n" + END, text)


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text("utf-8")), "utf-8")
