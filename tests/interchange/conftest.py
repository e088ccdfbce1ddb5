"""Files made on the spot, read back as rows and problems."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from trustledger.interchange import ReadOptions, Row, read_rows

SHANGHAI = ZoneInfo("Asia/Shanghai")
PARTY = "https://shop.example/"


@pytest.fixture
def read(tmp_path):
    """Write a file and read it: (rows, problems)."""

    def _read(content, name="sheet.csv", codec="utf-8", **options):
        path = tmp_path / name
        path.write_bytes(content.encode(codec) if isinstance(content, str) else content)
        given = {"party": PARTY, "zone": SHANGHAI, "name": name} | options
        items = list(read_rows(path, ReadOptions(**given)))
        rows = [item for item in items if isinstance(item, Row)]
        return rows, [item for item in items if not isinstance(item, Row)]

    return _read


@pytest.fixture
def cell(read):
    """Put one cell into a row of an inspection sheet that is otherwise in order: (plain rows, problems)."""

    def _cell(column, text, **options):
        cells = {
            "gtin": "9506000134352", "lot": "LOT-7", "occurred_at": "2026-10-05 08:00", "report": "R-1",
            "parameter": "lead", "value": "0.012", "unit": "mg/kg", "loq": "", "tested_on": "", "lab": "",
            "conforms": "", "seal": "", "evidence": "", "also": "",
        } | {column: text}  # fmt: skip
        quoted = ['"' + value.replace('"', '""') + '"' for value in cells.values()]
        rows, problems = read(",".join(cells) + "\n" + ",".join(quoted) + "\n", **options)
        return [row.plain for row in rows], problems

    return _cell
