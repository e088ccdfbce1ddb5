"""Events too large for one record."""

from __future__ import annotations

import pytest

from trustledger.encoding import encode
from trustledger.gs1 import check_digit
from trustledger.interchange.epcis import splitting
from trustledger.kinds.registry import Kinds

PALLET = "https://id.gs1.org/00/095060001343500002"


def lots(count, prefix="LOT"):
    """Lots of different products, so that each brings a class of its own; the check digits are right."""
    bodies = [f"950600{number:07d}" for number in range(count)]
    return [f"https://id.gs1.org/01/{body}{check_digit(body)}/10/{prefix}" for body in bodies]


def amounts(uris):
    return [{"epcClass": uri, "quantity": number + 1, "uom": "KGM"} for number, uri in enumerate(uris)]


def checked(rows):
    """All parts are valid drafts of bounded size, numbered in order under one event id."""
    kinds = Kinds.default()
    for number, row in enumerate(rows, start=1):
        draft = kinds.draft(row)
        assert len(draft.subjects) <= 256
        assert len(encode([1, draft.kind, 0, list(draft.subjects), draft.data, {}, [], b"s" * 16])) <= 65_535
        assert row["data"]["part"] == {"number": number, "count": len(rows)}
    assert len({row["data"]["event"] for row in rows}) == 1
    assert "epcis" in rows[0]["data"]
    return rows


def test_a_shipment_of_many_lots(event, one):
    uris = lots(1000)
    rows = checked(one(event(bizStep="shipping", quantityList=amounts(uris))))
    assert 5 <= len(rows) <= 12
    listed = [entry for row in rows for entry in row["data"]["lots"]]
    assert listed == [{"lot": uri, "quantity": str(n + 1), "unit": "KGM"} for n, uri in enumerate(uris)]
    assert all(row["subject"] == row["data"]["lots"][0]["lot"] for row in rows)


def test_a_pallet_stays_the_subject_of_all_parts(event, one):
    fields = {"type": "AggregationEvent", "bizStep": "receiving", "parentID": PALLET, "quantityList": None}
    rows = checked(one(event(**fields, childEPCs=lots(500))))
    assert {row["subject"] for row in rows} == {PALLET}


def test_every_output_meets_every_input_and_amounts_are_said_once(event, one):
    ins, outs = lots(200, "IN"), lots(150, "OUT")
    rows = checked(
        one(
            event(
                type="TransformationEvent",
                quantityList=None,
                inputQuantityList=amounts(ins),
                outputQuantityList=amounts(outs),
            )
        )
    )
    met, said = set(), []
    for row in rows:
        data = row["data"]
        met |= {(i["lot"], o["lot"]) for i in data["inputs"] for o in data["outputs"]}
        said += [(e["lot"], e["quantity"]) for e in data["inputs"] + data["outputs"] if "quantity" in e]
        assert row["subject"] == data["outputs"][0]["lot"]
    assert met == {(i, o) for i in ins for o in outs}
    assert sorted(said) == sorted((uri, str(n + 1)) for uris in (ins, outs) for n, uri in enumerate(uris))


def test_many_instances_of_one_product_and_long_uris(event, one):
    uris = [f"https://farm.example/{'x' * 450}/{number}" for number in range(200)]
    for fields in ({"bizStep": "storing"}, {"bizStep": "commissioning", "action": "ADD"}):
        rows = checked(one(event(**fields, quantityList=None, epcList=uris)))
        named = {uri for row in rows for uri in Kinds.default().draft(row).subjects}
        assert named >= set(uris)


def test_many_readings(event, one):
    reports = [{"type": "Temperature", "value": n, "uom": "CEL", "x:long": "y" * 60} for n in range(1500)]
    said = event(
        bizStep="inspecting", sensorElementList=[{"sensorMetadata": {"x:m": "1"}, "sensorReport": reports}]
    )
    rows = checked(one(said))
    values = [result["value"] for row in rows for result in row["data"].get("results", ())]
    assert values == [str(n) for n in range(1500)]
    kept = [element for row in rows for element in row["data"].get("epcis", {}).get("sensorElementList", ())]
    assert [report for element in kept for report in element["sensorReport"]] == reports
    assert all(element["sensorMetadata"] == {"x:m": "1"} for element in kept)


def test_what_was_measured_of_many_outputs_stands_on_all(event, one):
    outs = lots(300, "OUT")
    sensors = [{"sensorReport": [{"type": "Temperature", "value": 4, "uom": "CEL"}]}]
    rows = checked(
        one(
            event(
                type="TransformationEvent",
                quantityList=None,
                inputEPCList=lots(1, "IN"),
                outputQuantityList=amounts(outs),
                sensorElementList=sensors,
            )
        )
    )
    inspected = [row for row in rows if row["kind"] == "inspection"]
    assert {uri for row in inspected for uri in (row["subject"], *row["also"])} >= set(outs)


def test_leftovers_follow_in_observations(event, one):
    extra = {f"x:{number:02d}": "y" * 20_000 for number in range(9)} | {"x:list": ["z" * 30_000] * 5}
    said = event(**extra)
    rows = checked(one(said))
    assert {row["data"]["step"] for row in rows[1:]} == {"continued"}
    found = {}
    for row in rows:
        for name, value in row["data"]["epcis"].items():
            found[name] = found[name] + value if name in found else value
    assert found.items() >= extra.items()
    shuffled = dict(reversed(said.items()))
    assert one(shuffled) == rows


def test_a_field_too_large_for_any_record_is_refused(event, refused):
    assert refused(event(x={"y": "z" * 61_000})).code == "epcis.field_too_large"
    problem = refused(event(x=["a", "z" * 61_000]))
    assert (problem.code, problem.facts["column"]) == ("epcis.field_too_large", "x.1")


def test_an_event_of_too_many_records_is_refused(event, refused, monkeypatch):
    monkeypatch.setattr(splitting, "MAX_PARTS", 3)
    assert refused(event(bizStep="shipping", quantityList=amounts(lots(1000)))).code == "epcis.too_many_parts"


@pytest.mark.parametrize("size", [8_000, 11_000, 12_000, 13_000, 30_000, 55_000])
def test_every_size_fits(event, one, size):
    uris = [f"https://farm.example/{'x' * 460}/{number}" for number in range(min(size // 480, 200))]
    filler = {"x": "y" * max(size - 490 * len(uris), 0)}
    for kind in ("storing", "commissioning"):
        said = event(
            action="ADD", bizStep=kind, quantityList=None, epcList=uris or None, readPoint="urn:x:p", **filler
        )
        for row in one(said):
            draft = Kinds.default().draft(row)
            assert len(encode([draft.kind, list(draft.subjects), draft.data])) <= 65_000
