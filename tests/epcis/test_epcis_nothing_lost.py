"""Every value of every event of the reference documents is found again in its rows."""

from __future__ import annotations

import itertools
import json
from decimal import Decimal

import pytest
from epcis_leaves import leaves, spellings

from trustledger.errors import FormatError
from trustledger.interchange.epcis import read
from trustledger.kinds.registry import Kinds


def events_of(document):
    body = document.get("epcisBody", document)
    body = body.get("queryResults", body)
    return body.get("resultsBody", body)["eventList"]


def documents(shared_dir):
    epcis = shared_dir / "epcis"
    found = sorted(epcis.glob("dpp-ready/*/*.jsonld"))
    assert len(found) == 22
    vectors = [
        *epcis.glob("event-hash-vectors/examples/*.jsonld"),
        *epcis.glob("event-hash-vectors/*/*.json"),
    ]
    assert len(vectors) >= 20
    return [*found, *sorted(vectors)]


def test_every_value_of_the_reference_documents_is_kept(shared_dir):
    for path in documents(shared_dir):
        rows = list(read(path))
        said = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        for number, event in enumerate(events_of(said), start=1):
            kept = set()
            for row in rows:
                assert not isinstance(row, FormatError), row
                if row.place.row == number:
                    for _, value in leaves(row.plain):
                        kept |= spellings(value)
            assert kept
            for where, value in leaves(event):
                assert spellings(value) & kept, (path.name, number, where, value)


def test_every_row_of_the_reference_documents_is_a_valid_draft(shared_dir):
    kinds = Kinds.default()
    for path in documents(shared_dir):
        for row in read(path):
            draft = kinds.draft(row.plain)
            assert draft.business_key == (row.plain["data"]["event"], "1")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("harvest-cte", ["origin", "shipping"]),
        ("cooling-cte", ["shipping", "inspection", "shipping"]),
        ("initial-packing-cte", ["origin", "shipping", "shipping", "inspection", "processing"]),
        ("transformation-cte", ["processing"]),
        ("shipping-cte", ["processing", "processing", "shipping"]),
        ("receiving-cte", ["processing", "shipping"]),
        ("first-land-based-receiver-cte", ["origin"]),
    ],
)
def test_the_seven_fsma_204_documents(shared_dir, name, expected):
    rows = list(read(shared_dir / "epcis" / "dpp-ready" / "us-fsma204" / f"{name}.jsonld"))
    assert [row.plain["kind"] for row in rows] == expected


def test_the_textile_chain(shared_dir):
    rows = list(read(shared_dir / "epcis" / "dpp-ready" / "eu-textile" / "fjordline-aurora-lifecycle.jsonld"))
    assert [row.plain["kind"] for row in rows] == ["processing"] * 4 + ["origin", "shipping"]
    for made, used in itertools.pairwise(rows[:4]):
        assert [item["lot"] for item in used.plain["data"]["inputs"]] == [made.plain["subject"]]
    garment = rows[3].plain
    assert garment["subject"] == "https://id.gs1.org/01/09521234003007/21/AUR-2026-000001"
    assert garment["also"][0] == "https://id.gs1.org/01/09521234003007/10/LOT-2026-FJ03"
    assert garment["data"]["produced_on"] == "2026-03-04"
    assert garment["data"]["event"] == "urn:uuid:fj0e8400-0000-4a00-9c00-b02600000004"
