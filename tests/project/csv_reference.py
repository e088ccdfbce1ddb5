"""The tables of docs/csv.md, made from the one table of columns. Run it to write them anew."""

from __future__ import annotations

import re
from pathlib import Path

from trustledger.interchange.csv.columns import SHEETS, Sheet
from trustledger.kinds import Kinds

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
    needed = ", ".join(" or ".join(f"`{key}`" for key in need.split("|")) for need in sheet.required)
    lines.append(f"Needs {needed}, and `occurred_at`." + _rows(sheet))
    lines += ["", "| Header | 中文 | Also read as | Field |", "|---|---|---|---|"]
    for column in sheet.columns:
        others = ", ".join(column.aliases)
        lines.append(f"| `{column.key}` | {column.chinese} | {others} | `{column.path}` |")
    return "\n".join(lines) + "\n"


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
