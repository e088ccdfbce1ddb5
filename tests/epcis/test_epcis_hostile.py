"""Whatever a file says, the answer is rows or a problem, never another exception."""

from __future__ import annotations

import json

import pytest
from epcis_leaves import leaves, spellings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from trustledger.errors import FormatError
from trustledger.interchange.epcis import splitting
from trustledger.interchange.epcis.reading import parse

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"
NAMES = [
    "type", "isA", "eventID", "eventTime", "eventTimeZoneOffset", "action", "bizStep", "disposition", "readPoint",
    "bizLocation", "parentID", "epcList", "quantityList", "childEPCs", "childQuantityList", "inputEPCList",
    "inputQuantityList", "outputEPCList", "outputQuantityList", "transformationID", "bizTransactionList", "sourceList",
    "destinationList", "sensorElementList", "ilmd", "errorDeclaration", "gs1:masterDataAvailableFor", "@context", "x:y",
]  # fmt: skip
INNER = [
    "id", "type", "epcClass", "quantity", "uom", "source", "destination", "bizTransaction", "sensorReport", "value",
    "sensorMetadata", "time", "lotNumber", "harvestDate", "countryOfOrigin", "countryCode", "minValue",
]  # fmt: skip
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=8),
    st.sampled_from(
        [LOT, "urn:epc:id:sgtin:4012345.011111.1", "po", "location", "CEL", "Temperature", "2026-10-05"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(INNER) | st.text(max_size=4), inner, max_size=5),
    ),
    max_leaves=12,
)
EVENTS = st.fixed_dictionaries(
    {
        "type": st.sampled_from(
            ["ObjectEvent", "AggregationEvent", "TransformationEvent", "TransactionEvent"]
        ),
        "eventTime": st.just("2026-10-05T08:00:00Z"),
        "action": st.sampled_from(["ADD", "OBSERVE", "DELETE"]),
        "bizStep": st.sampled_from(["commissioning", "shipping", "receiving", "packing", "inspecting"]),
        "epcList": st.just([LOT]),
    }
)


@settings(max_examples=400, suppress_health_check=list(HealthCheck), deadline=None)
@given(EVENTS, st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=4))
def test_wrong_types_everywhere(base, changed):
    said = parse(json.dumps({**base, **changed}).encode())
    try:
        rows = splitting.rows(said, {"x": "https://x.example/"})
    except FormatError as error:
        rows, problem = [], error
    else:
        problem = None
    assert bool(rows) is (problem is None)
    kept = {spelling for _, value in leaves(rows) for spelling in spellings(value)}
    for where, value in leaves(said if rows else {}):
        assert spellings(value) & kept, where
    assert problem is None or (problem.text("en") and problem.text("zh"))
    for row in rows:
        assert row["kind"] in ("origin", "shipping", "processing", "inspection", "observation")
        assert all(type(value) is str for value in (row["subject"], row["occurred_at"], row["data"]["event"]))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(raw):
    try:
        parse(raw)
        code = "epcis"
    except FormatError as error:
        code = error.code
    assert code.startswith("epcis")


@pytest.mark.parametrize(
    ("fields", "code", "column"),
    [
        (
            {"quantityList": [{"epcClass": LOT, "quantity": "1,000"}]},
            "epcis.number",
            "quantityList.0.quantity",
        ),
        ({"quantityList": [{"epcClass": LOT, "quantity": [1]}]}, "epcis.number", "quantityList.0.quantity"),
        ({"quantityList": [{"epcClass": LOT, "uom": 7}]}, "epcis.unit", "quantityList.0.uom"),
        ({"quantityList": ["x"]}, "epcis.not_identifier", "quantityList.0"),
        ({"quantityList": {"epcClass": LOT}}, "epcis.not_list", "quantityList"),
        ({"epcList": [["x"]]}, "epcis.not_identifier", "epcList.0"),
        ({"epcList": "x"}, "epcis.not_list", "epcList"),
        ({"epcList": ["trustledger:ledger"]}, "epcis.uri", "epcList.0"),
        ({"bizLocation": {"id": "Shed 3"}}, "epcis.uri", "bizLocation.id"),
        ({"eventTime": "2026-10-05"}, "epcis.time", "eventTime"),
        ({"eventTime": 7}, "epcis.time", "eventTime"),
        ({"eventID": 7}, "epcis.event_id", "eventID"),
        ({"eventID": "x" * 256}, "epcis.event_id", "eventID"),
        ({"type": ["ObjectEvent"]}, "epcis.type", "type"),
        ({"quantityList": None}, "epcis.nothing", None),
        ({"sensorElementList": [7]}, "epcis.sensor", "sensorElementList.0"),
        (
            {"sensorElementList": [{"sensorReport": [{"type": "T", "value": "hot", "uom": "CEL"}]}]},
            "epcis.number",
            "sensorElementList.0.sensorReport.0.value",
        ),
        ({"x": "\ud800"}, "encoding.surrogate", None),
    ],
)
def test_each_problem_names_its_field(event, refused, fields, code, column):
    problem = refused(event(**fields))
    assert problem.code == code
    assert problem.facts.get("column") == column


def test_a_huge_number_is_refused_where_it_stands(event, refused):
    problem = refused(json.dumps([event(x={"y": [1, "HERE"]})]).replace('"HERE"', "1e400"))
    assert (problem.code, problem.facts["column"], problem.facts["seen"]) == (
        "epcis.number",
        "x.y.1",
        "1e400",
    )


def test_depth(event, one, refused):
    def nested(levels):
        value = 7
        for _ in range(levels):
            value = [value]
        return value

    assert one(event(x=nested(12)))
    problem = refused(event(x=nested(13)))
    assert problem.code == "epcis.too_deep"
    assert problem.facts["column"].startswith("x.0")
