"""Which event becomes which record, and what is read into fields."""

from __future__ import annotations

import json
import random

import pytest

from trustledger.interchange.epcis.events import computed_id
from trustledger.kinds.registry import Kinds

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"
ITEM = "https://id.gs1.org/01/09506000134352/21/1"
PALLET = "https://id.gs1.org/00/095060001343500002"
FARM = "https://id.gs1.org/414/9506000134307"
SHOP = "https://id.gs1.org/414/9506000134369"
CHILDREN = {"childQuantityList": [{"epcClass": LOT, "quantity": 25, "uom": "CS"}], "quantityList": None}


def kinds_of(rows):
    for row in rows:
        Kinds.default().draft(row)
    return [row["kind"] for row in rows]


@pytest.mark.parametrize("action", ["ADD", "OBSERVE"])
@pytest.mark.parametrize(
    "spelling",
    [
        "{}",
        "urn:epcglobal:cbv:bizstep:{}",
        "https://ref.gs1.org/cbv/BizStep-{}",
        "https://ns.gs1.org/voc/Bizstep-{}",
        "https://ns.gs1.org/cbv/BizStep-{}",
        "cbv:BizStep-{}",
        "URN:EPCGLOBAL:CBV:BIZSTEP:{}",
    ],
)
@pytest.mark.parametrize(
    ("step", "added", "observed"),
    [
        ("commissioning", "origin", "observation"),
        ("creating_class_instance", "origin", "observation"),
        ("shipping", "shipping", "shipping"),
        ("departing", "shipping", "shipping"),
        ("receiving", "shipping", "shipping"),
        ("accepting", "shipping", "shipping"),
        ("inspecting", "observation", "observation"),
        ("storing", "observation", "observation"),
    ],
)
def test_the_step_decides_whatever_its_spelling(event, one, action, spelling, step, added, observed):
    (row,) = one(event(action=action, bizStep=spelling.format(step)))
    assert kinds_of([row]) == [added if action == "ADD" else observed]
    if row["kind"] == "observation":
        assert row["data"]["step"] == step
    if row["kind"] == "shipping":
        assert row["data"]["direction"] == (
            "received" if step in ("receiving", "accepting") else "dispatched"
        )
        assert row["data"]["epcis"]["bizStep"] == spelling.format(step)


def test_somebody_elses_step_stays_whole(event, one):
    (row,) = one(event(bizStep="oec:BizStep-notifying"))
    assert row["data"]["step"] == "oec:BizStep-notifying"


@pytest.mark.parametrize("field", ["type", "@type", "isA"])
@pytest.mark.parametrize(
    "name", ["ObjectEvent", "epcis:ObjectEvent", "https://ref.gs1.org/epcis/ObjectEvent"]
)
def test_the_type_in_all_its_places(event, one, field, name):
    assert one(event(type=None) | {field: name})[0]["data"]["epcis"][field] == name


def test_an_origin_says_what_it_can(event, one):
    (row,) = one(
        event(
            action="ADD",
            bizStep="commissioning",
            readPoint={"id": FARM},
            bizLocation={"id": FARM},
            bizTransactionList=[
                {"type": "po", "bizTransaction": "PO-1"},
                {
                    "type": "urn:epcglobal:cbv:btt:prodorder",
                    "bizTransaction": "urn:epcglobal:cbv:bt:9506000134307:H1",
                },
            ],
            ilmd={
                "gs1:harvestDateStart": "2026-10-04",
                "cbvmda:harvestEndDate": "2026-10-04",
                "x:note": 1.50,
            },
            **{"gs1:masterDataAvailableFor": [{"id": LOT, "countryOfOrigin": {"countryCode": "CN"}}]},
        )
    )
    assert kinds_of([row]) == ["origin"]
    data = row["data"]
    assert row["subject"] == LOT
    assert row["occurred_at"] == "2026-10-05T08:00:00+08:00"
    assert (data["quantity"], data["unit"], data["place"]) == ("500", "KGM", FARM)
    assert (data["harvested_on"], data["country"]) == ("2026-10-04", "CN")
    assert data["document"] == "urn:epcglobal:cbv:bt:9506000134307:H1"
    assert data["epcis"]["ilmd"]["x:note"] == "1.5"
    assert not {"bizLocation", "readPoint", "quantityList", "eventTime"} & data["epcis"].keys()
    assert len(data["epcis"]["bizTransactionList"]) == 2


def test_a_span_of_harvest_is_no_day_and_best_before_no_expiry(event, one):
    ilmd = {"harvestDateStart": "2026-10-01", "harvestDateEnd": "2026-10-04", "bestBeforeDate": "2027-01-01"}
    (row,) = one(event(action="ADD", bizStep="commissioning", ilmd=ilmd))
    assert not {"harvested_on", "expires_on"} & row["data"].keys()
    assert row["data"]["epcis"]["ilmd"] == ilmd


def test_origins_of_classes_and_of_instances_together(event, one):
    other = LOT[:-1] + "8"
    rows = one(
        event(
            action="ADD",
            bizStep="commissioning",
            epcList=[ITEM, ITEM[:-1] + "2", ITEM],
            quantityList=[
                {"epcClass": LOT, "quantity": 2},
                {"epcClass": other, "quantity": "3.5", "uom": "KGM"},
            ],
        )
    )
    assert kinds_of(rows) == ["origin"] * 3
    assert [row["subject"] for row in rows] == [ITEM, LOT, other]
    assert ITEM[:-1] + "2" in rows[0]["also"]
    assert rows[2]["data"]["quantity"] == "3.5"
    assert [row["data"]["part"] for row in rows] == [{"number": n, "count": 3} for n in (1, 2, 3)]
    assert len({row["data"]["event"] for row in rows}) == 1
    assert ["epcis" in row["data"] for row in rows] == [True, False, False]
    assert len(rows[0]["data"]["epcis"]["epcList"]) == 3
    assert len(rows[0]["data"]["epcis"]["quantityList"]) == 2


def test_a_shipment_knows_both_ends_and_its_document(event, one):
    (row,) = one(
        event(
            bizStep="shipping",
            disposition="in_transit",
            readPoint={"id": FARM},
            bizTransactionList=[
                {"type": "bol", "bizTransaction": "B-1"},
                {"type": "https://ref.gs1.org/cbv/BTT-desadv", "bizTransaction": "D-1"},
            ],
            sourceList=[
                {"type": "urn:epcglobal:cbv:sdt:owning_party", "source": "urn:epc:id:pgln:9506000.13430"},
                {"type": "possessing_party", "source": "urn:epc:id:pgln:9506000.13431"},
            ],
            destinationList=[
                {"type": "owning_party", "destination": "urn:epc:id:pgln:9506000.13430"},
                {"type": "location", "destination": SHOP},
            ],
        )
    )
    data = row["data"]
    assert kinds_of([row]) == ["shipping"]
    assert (data["from"], data["to"]) == ("https://id.gs1.org/417/9506000134314", SHOP)
    assert (data["document"], data["quantity"], data["unit"]) == ("D-1", "500", "KGM")
    assert data["epcis"]["disposition"] == "in_transit"
    assert data["epcis"]["readPoint"] == {"id": FARM}


def test_where_it_left_is_where_it_was_read_unless_on_the_road(event, one):
    assert one(event(bizStep="shipping", readPoint=FARM))[0]["data"]["from"] == FARM
    assert one(event(bizStep="receiving", readPoint={"id": SHOP}))[0]["data"]["to"] == SHOP
    assert "from" not in one(event(bizStep="transporting", readPoint="geo:47.5,11.1"))[0]["data"]


def test_several_goods_are_lots_of_one_record(event, one):
    rows = one(event(bizStep="shipping", epcList=[ITEM]))
    assert [row["subject"] for row in rows] == [ITEM]
    assert rows[0]["data"]["lots"] == [{"lot": ITEM}, {"lot": LOT, "quantity": "500", "unit": "KGM"}]


def test_an_item_read_twice_is_one_lot_and_both_readings_are_kept(event, one):
    (row,) = one(event(bizStep="shipping", quantityList=None, epcList=[ITEM, ITEM]))
    assert row["subject"] == ITEM
    assert "lots" not in row["data"]
    assert row["data"]["epcis"]["epcList"] == [ITEM, ITEM]


def test_a_null_is_kept(event, one):
    (row,) = one(event() | {"epcList": None, "parentID": None, "eventID": None})
    assert row["data"]["epcis"].items() >= {"epcList": None, "parentID": None, "eventID": None}.items()


def test_packing_makes_the_pallet_and_unpacking_the_lot(event, one):
    packed = one(event(type="AggregationEvent", action="ADD", bizStep="packing", parentID=PALLET, **CHILDREN))
    opened = one(event(type="AssociationEvent", action="DELETE", bizStep=None, parentID=PALLET, **CHILDREN))
    cases = [{"lot": LOT, "quantity": "25", "unit": "CS"}]
    assert kinds_of(packed + opened) == ["processing"] * 2
    assert (packed[0]["data"]["inputs"], packed[0]["data"]["outputs"]) == (cases, [{"lot": PALLET}])
    assert (opened[0]["data"]["inputs"], opened[0]["data"]["outputs"]) == ([{"lot": PALLET}], cases)
    assert [row["data"]["step"] for row in packed + opened] == ["packing", "unpacking"]
    assert [row["subject"] for row in packed + opened] == [PALLET, LOT]


def test_an_observed_aggregation_is_about_its_parent(event, one):
    for step, kind in (("receiving", "shipping"), ("storing", "observation")):
        (row,) = one(event(type="AggregationEvent", bizStep=step, parentID=PALLET, **CHILDREN))
        assert (kinds_of([row]), row["subject"]) == ([kind], PALLET)
        assert [entry["lot"] for entry in row["data"]["lots"]] == [LOT]


@pytest.mark.parametrize("action", ["ADD", "DELETE"])
def test_aggregations_with_one_side_only_are_observations(event, one, action):
    (alone,) = one(event(type="AggregationEvent", action=action, parentID=PALLET, quantityList=None))
    (orphan,) = one(event(type="AggregationEvent", action=action, **CHILDREN))
    assert kinds_of([alone, orphan]) == ["observation"] * 2
    assert (alone["subject"], alone["data"]["epcis"]["parentID"]) == (PALLET, PALLET)
    assert orphan["subject"] == LOT


def test_a_transformation_is_processing(event, one):
    (row,) = one(
        event(
            type="TransformationEvent",
            action=None,
            bizStep=None,
            quantityList=None,
            inputEPCList=["urn:epc:id:sgtin:4012345.011111.987"],
            inputQuantityList=[{"epcClass": "urn:epc:class:lgtin:4012345.022222.87545GHGH"}],
            outputQuantityList=[{"epcClass": LOT, "quantity": 452.0, "uom": "KGM"}],
            transformationID="urn:epc:id:gdti:4012345.55555.1234",
            ilmd={"gs1:productionDate": "2026-10-05", "gs1:expirationDate": "2027-10-05"},
        )
    )
    data = row["data"]
    assert kinds_of([row]) == ["processing"]
    assert data["inputs"] == [
        {"lot": "https://id.gs1.org/01/04012345111118/21/987"},
        {"lot": "https://id.gs1.org/01/04012345222227/10/87545GHGH"},
    ]
    assert data["outputs"] == [{"lot": LOT, "quantity": "452.0", "unit": "KGM"}]
    assert (data["step"], data["run"]) == ("transforming", "https://id.gs1.org/253/40123455555541234")
    assert (data["produced_on"], data["expires_on"]) == ("2026-10-05", "2027-10-05")


def test_half_a_transformation(event, one):
    """Inputs alone make nothing yet; outputs alone are made of what another event names."""
    shared = {
        "type": "TransformationEvent",
        "action": None,
        "quantityList": None,
        "transformationID": "urn:x:run",
    }
    (used,) = one(event(**shared, inputEPCList=[ITEM]))
    (made,) = one(event(**shared, outputEPCList=[ITEM]))
    assert kinds_of([used, made]) == ["observation", "processing"]
    assert used["data"]["epcis"]["inputEPCList"] == [ITEM]
    assert used["data"]["epcis"]["transformationID"] == made["data"]["run"] == "urn:x:run"


def test_a_transaction_is_about_goods_or_else_its_document(event, one):
    order = [{"type": "po", "bizTransaction": "urn:epcglobal:cbv:bt:9506000134307:PO-1"}]
    shared = {"type": "TransactionEvent", "action": "ADD", "bizTransactionList": order}
    shipped = one(event(**shared, bizStep="shipping"))
    held = one(event(**shared, bizStep="holding"))
    bare = one(event(**shared, quantityList=None))
    assert kinds_of(shipped + held + bare) == ["shipping", "observation", "observation"]
    assert bare[0]["subject"] == order[0]["bizTransaction"]


def test_deleting_is_an_observation_with_its_action(event, one):
    for step in ("shipping", "destroying", "commissioning"):
        (row,) = one(event(action="DELETE", bizStep=step))
        assert kinds_of([row]) == ["observation"]
        assert (row["data"]["step"], row["data"]["epcis"]["action"]) == (step, "DELETE")


def test_sensor_reports_become_results(event, one):
    reports = [
        {"type": "Temperature", "value": 26.10, "uom": "CEL", "sDev": 0.1},
        {"type": "gs1:AbsoluteHumidity", "minValue": "12", "maxValue": 13, "meanValue": 12.5, "uom": "A93"},
        {
            "type": "Dimensionless",
            "chemicalSubstance": "https://identifiers.org/inchikey:X",
            "value": 0.18,
            "uom": "C35",
        },
        {"type": "Dimensionless", "exception": "ALARM_CONDITION"},
        {"type": "gs1:latitude", "value": "52.5", "uom": "DD"},
        {"type": "gs1:Angle", "value": 1, "uom": "DD", "component": "cbv:Comp-latitude"},
        {"type": "Speed", "value": 3},
        {"type": "Speed", "stringValue": "fast", "uom": "KMH"},
    ]
    elements = [
        {"sensorMetadata": {"time": "2026-10-05T07:00:00Z", "deviceID": "urn:x:d"}, "sensorReport": reports}
    ]
    cert = [{"type": "cert", "bizTransaction": "C-1"}, {"type": "testres", "bizTransaction": "R-1"}]
    (row,) = one(event(bizStep="inspecting", sensorElementList=elements, bizTransactionList=cert))
    assert kinds_of([row]) == ["inspection"]
    assert [(r["parameter"], r["value"], r["unit"]) for r in row["data"]["results"]] == [
        ("temperature", "26.1", "CEL"),
        ("minimum absolute humidity", "12", "A93"),
        ("maximum absolute humidity", "13", "A93"),
        ("mean absolute humidity", "12.5", "A93"),
        ("https://identifiers.org/inchikey:X", "0.18", "C35"),
    ]
    assert (row["data"]["report"], row["data"]["category"]) == ("R-1", "unspecified")
    kept = row["data"]["epcis"]
    assert len(kept["sensorElementList"][0]["sensorReport"]) == len(reports)
    assert kept["quantityList"] == [{"epcClass": LOT, "quantity": 500, "uom": "KGM"}]


def sensed(*reports):
    return [{"sensorMetadata": {"time": "2026-10-05T07:00:00Z"}, "sensorReport": list(reports)}]


WARM = {"type": "Temperature", "value": 4, "uom": "CEL"}
HUMID = {"type": "RelativeHumidity", "value": 40, "uom": "P1"}


def test_temperatures_of_a_shipment_are_its_own(event, one):
    (row,) = one(
        event(bizStep="shipping", sensorElementList=sensed(WARM, WARM | {"time": "2026-10-05T08:00:00Z"}))
    )
    assert kinds_of([row]) == ["shipping"]
    assert row["data"]["temperatures"] == [
        {"value": "4", "unit": "CEL", "at": "2026-10-05T07:00:00Z"},
        {"value": "4", "unit": "CEL", "at": "2026-10-05T08:00:00Z"},
    ]


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"bizStep": "shipping"}, "shipping"),
        ({"bizStep": "commissioning", "action": "ADD"}, "origin"),
        ({"type": "AggregationEvent", "action": "ADD", "parentID": PALLET, **CHILDREN}, "processing"),
        ({"type": "TransformationEvent", "inputEPCList": [ITEM], "outputEPCList": [LOT]}, "processing"),
    ],
)
def test_other_values_beside_a_record_are_an_inspection_beside_it(event, one, fields, kind):
    rows = one(event(**{"sensorElementList": sensed(WARM, HUMID), **fields}))
    assert kinds_of(rows) == [kind, "inspection"]
    assert rows[1]["data"]["part"] == {"number": 2, "count": 2}
    assert rows[1]["subject"] == rows[0]["subject"]
    assert rows[1]["data"]["report"] == rows[0]["data"]["event"]


def test_an_inspection_of_several_things_stands_on_all(event, one):
    (row,) = one(event(bizStep="inspecting", epcList=[ITEM], sensorElementList=sensed(WARM)))
    assert row["subject"] == ITEM
    assert LOT in row["also"]
    assert "https://id.gs1.org/01/09506000134352" in row["also"]


def test_sensors_without_goods_are_about_the_place(event, one):
    (row,) = one(event(quantityList=None, bizLocation={"id": FARM}, sensorElementList=sensed(WARM)))
    assert (row["kind"], row["subject"]) == ("inspection", FARM)


def test_a_declared_error_is_no_second_shipment(event, one):
    said = event(bizStep="shipping", eventID="urn:uuid:1", action="OBSERVE")
    (first,) = one(said)
    (error,) = one(
        said | {"errorDeclaration": {"declarationTime": "2026-10-06T08:00:00Z", "reason": "did_not_occur"}}
    )
    assert kinds_of([first, error]) == ["shipping", "observation"]
    assert error["data"]["step"] == "error_declaration"
    assert error["data"]["event"] != first["data"]["event"] == "urn:uuid:1"
    assert error["data"]["epcis"]["eventID"] == "urn:uuid:1"
    assert error["data"]["epcis"]["errorDeclaration"]["reason"] == "did_not_occur"
    assert error["data"]["epcis"]["bizStep"] == "shipping"


@pytest.mark.parametrize(
    ("time", "offset", "occurred_at", "kept"),
    [
        ("2026-10-05T08:00:00+08:00", "+08:00", "2026-10-05T08:00:00+08:00", False),
        ("2026-10-05T08:00:00.120000+08:00", "+08:00", "2026-10-05T08:00:00.120+08:00", False),
        ("2026-10-05T08:00:00.1239+08:00", "+08:00", "2026-10-05T08:00:00.123+08:00", True),
        ("2026-10-05T00:00:00Z", "+08:00", "2026-10-05T00:00:00Z", True),
        ("2026-10-05T00:00:00Z", "+00:00", "2026-10-05T00:00:00Z", False),
        ("2026-10-05T08:00:00+0800", None, "2026-10-05T08:00:00+08:00", False),
    ],
)
def test_the_time_is_kept_exactly(event, one, time, offset, occurred_at, kept):
    (row,) = one(event(eventTime=time, eventTimeZoneOffset=offset))
    assert row["occurred_at"] == occurred_at
    assert (row["data"]["epcis"].get("eventTime") == time) is kept
    assert row["data"]["epcis"].get("eventTimeZoneOffset") == offset


def test_places(event, one):
    def places(**fields):
        data = one(event(**fields))[0]["data"]
        return data["place"], data["epcis"].get("bizLocation"), data["epcis"].get("readPoint")

    assert places(bizLocation={"id": FARM}) == (FARM, None, None)
    assert places(bizLocation={"id": FARM}, readPoint={"id": FARM}) == (FARM, None, None)
    assert places(readPoint={"id": FARM}) == (FARM, None, {"id": FARM})
    assert places(bizLocation={"id": FARM}, readPoint={"id": SHOP}) == (FARM, None, {"id": SHOP})
    assert places(bizLocation={"id": FARM, "x:dock": "3"}) == (FARM, {"id": FARM, "x:dock": "3"}, None)


def test_an_identifier_that_says_more_than_its_normal_form_is_kept(event, one):
    (row,) = one(event(quantityList=[{"epcClass": LOT + "?17=261231", "quantity": 1, "uom": "KGM"}]))
    assert row["subject"] == LOT
    assert row["data"]["epcis"]["quantityList"][0]["epcClass"] == LOT + "?17=261231"


def test_a_computed_id_does_not_depend_on_order_or_record_time(event, one):
    said = event(x={"b": 1, "a": [1, {"d": 2, "c": 3}]})
    (first,) = one(said)
    text = json.dumps({**said, "recordTime": "2026-10-06T00:00:00Z"})
    items = list(json.loads(text).items())
    random.Random(7).shuffle(items)
    (second,) = one(dict(items))
    assert first["data"]["event"] == second["data"]["event"] == computed_id(said)
    assert first["data"]["event"].startswith("ni:///sha-256;")
    assert len(first["data"]["event"]) == 14 + 43
    assert one(event(x=1))[0]["data"]["event"] != one(event(x=2))[0]["data"]["event"]


def test_prefixes_that_the_leftovers_use_are_kept_with_them(event, read_json):
    contexts = [
        "https://ref.gs1.org/standards/epcis/epcis-context.jsonld",
        {"ex": "https://ns.example/", "no": "https://n.example/"},
    ]
    rows, _ = read_json(
        {"@context": contexts, "epcisBody": {"eventList": [event(**{"ex:grade": "A"}), event()]}}
    )
    assert rows[0].plain["data"]["epcis"]["@context"] == {"ex": "https://ns.example/"}
    assert "@context" not in rows[1].plain["data"]["epcis"]
