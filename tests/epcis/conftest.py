"""Small helpers for events."""

from __future__ import annotations

import json

import pytest

from trustledger.errors import FormatError
from trustledger.interchange.epcis import read
from trustledger.interchange.rows import Row

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"


@pytest.fixture
def event():
    """An event that observes one lot; keywords change its fields, None removes one."""

    def make(**fields):
        base = {
            "type": "ObjectEvent",
            "eventTime": "2026-10-05T08:00:00+08:00",
            "eventTimeZoneOffset": "+08:00",
            "action": "OBSERVE",
            "bizStep": "storing",
            "quantityList": [{"epcClass": LOT, "quantity": 500, "uom": "KGM"}],
        }
        return {name: value for name, value in (base | fields).items() if value is not None}

    return make


@pytest.fixture
def read_json(tmp_path):
    """Write a value (or a text, or bytes) to a file and read it: (rows, problems)."""

    def run(value, **options):
        path = tmp_path / "events.json"
        if isinstance(value, bytes):
            path.write_bytes(value)
        else:
            path.write_text(value if isinstance(value, str) else json.dumps(value), encoding="utf-8")
        found = list(read(path, **options))
        rows = [item for item in found if isinstance(item, Row)]
        problems = [item for item in found if not isinstance(item, Row)]
        assert all(isinstance(problem, FormatError) for problem in problems)
        return rows, problems

    return run


@pytest.fixture
def one(read_json):
    """The plain rows of one event that must be right."""

    def run(value):
        rows, problems = read_json(value)
        assert problems == []
        return [row.plain for row in rows]

    return run


@pytest.fixture
def refused(read_json):
    """The one problem of an event that must be refused."""

    def run(value):
        rows, problems = read_json(value)
        assert (rows, len(problems)) == ([], 1)
        assert problems[0].text("en") != problems[0].text("zh")
        assert "?" not in problems[0].text("en")
        return problems[0]

    return run
