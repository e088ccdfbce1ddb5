"""Each kind, good and bad."""

import copy
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from kind_rows import DATA, LOT, PRODUCT, RAW, TIME, row

from trustledger.encoding import decode, encode
from trustledger.errors import InputError
from trustledger.record import Evidence


def is_sorted(value):
    if isinstance(value, dict):
        return list(value) == sorted(value) and all(map(is_sorted, value.values()))
    return not isinstance(value, list) or all(map(is_sorted, value))


@pytest.mark.parametrize("kind", sorted(DATA))
def test_good_row_becomes_canonical_draft(kinds, kind):
    given = row(kind)
    before = copy.deepcopy(given)
    draft = kinds.draft(given)
    assert given == before
    assert draft.kind == kind
    assert draft.occurred_at == 1791158400000
    assert draft.subjects[0] == LOT
    assert list(draft.subjects[1:]) == sorted(set(draft.subjects[1:]) - {LOT})
    assert PRODUCT in draft.subjects
    assert is_sorted(draft.data)
    assert decode(encode(draft.data)) == draft.data
    again = kinds.draft({**given, "data": dict(draft.data)})
    assert again == draft


@pytest.mark.parametrize("kind", sorted(DATA))
def test_unknown_and_missing_fields_are_told_apart(faults, kind):
    assert faults(row(kind, {"colour": "red"})) == {"data.colour": "kinds.unknown_field"}
    bad = faults({**row(kind), "data": {"epcis": []}})
    assert bad.pop("data.epcis") == "kinds.free"
    assert set(bad.values()) <= {"kinds.missing", "kinds.report_file"}


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("product", {"names": {}}, {"data.names": "kinds.names"}),
        ("product", {"names": {"English!": "x"}}, {"data.names": "kinds.language"}),
        ("product", {"required": "lead"}, {"data.required": "kinds.list"}),
        ("origin", {"quantity": "-1"}, {"data.quantity": "kinds.negative"}),
        ("origin", {"quantity": None}, {"data.quantity": "kinds.unit_alone"}),
        ("origin", {"unit": "bushel"}, {"data.unit": "units.unknown"}),
        ("origin", {"harvested_on": "2026-02-30"}, {"data.harvested_on": "kinds.date"}),
        ("origin", {"harvested_on": "10/5/2026"}, {"data.harvested_on": "kinds.date"}),
        ("origin", {"part": {"number": 3, "count": 2}}, {"data.part.number": "kinds.part"}),
        ("origin", {"part": {"number": 0, "count": 2}}, {"data.part.number": "kinds.int_range"}),
        ("processing", {"outputs": []}, {"data.outputs": "kinds.too_few"}),
        ("processing", {"outputs": [{"lot": "no uri"}]}, {"data.outputs.0.lot": "subject.uri"}),
        ("processing", {"outputs": [RAW]}, {"subject": "kinds.primary"}),
        ("inspection", {"results": []}, {"data.results": "kinds.too_few"}),
        (
            "inspection",
            {"results": [{"parameter": "x", "unit": "kg"}]},
            {"data.results.0.value": "kinds.no_value"},
        ),
        (
            "inspection",
            {"results": [{"parameter": "x", "unit": "kg", "value": "1", "not_detected": True}]},
            {"data.results.0.value": "kinds.value_and_not_detected"},
        ),
        (
            "inspection",
            {"results": [{"parameter": "x", "unit": "kg", "not_detected": False}]},
            {"data.results.0.not_detected": "kinds.choice"},
        ),
        (
            "inspection",
            {"report": 7, "results": [{"parameter": "", "unit": "kgg", "value": 0.5, "baisis": "dry"}, "x"]},
            {
                "data.report": "kinds.text",
                "data.results.0.parameter": "kinds.text_empty",
                "data.results.0.unit": "units.unknown",
                "data.results.0.value": "kinds.float",
                "data.results.0.baisis": "kinds.unknown_field",
                "data.results.1": "kinds.map",
            },
        ),
        ("report_copy", {"file_sha256": "AB" * 32}, {"data.file_sha256": "kinds.digest"}),
        ("report_copy", {"file_sha256": None}, {"data.file_sha256": "kinds.report_file"}),
        ("shipping", {"direction": "sent"}, {"data.direction": "kinds.choice"}),
        (
            "shipping",
            {"temperatures": [{"value": "4", "unit": "kg"}]},
            {"data.temperatures.0.unit": "kinds.temperature"},
        ),
        (
            "observation",
            {"lots": [{"lot": LOT.replace("4352", "4353")}]},
            {"data.lots.0.lot": "gs1.check_digit"},
        ),
        ("observation", {"note": "a\x1b[2J"}, {"data.note": "kinds.text_control"}),
        ("observation", {"note": "R-1\u200b"}, {"data.note": "kinds.text_control"}),
        ("observation", {"note": "x" * 4097}, {"data.note": "kinds.text_long"}),
        ("cost", {"price": "19.99"}, {"data.price": "kinds.price"}),
        ("cost", {"price": 19.99}, {"data.price": "kinds.price"}),
        ("cost", {"price": True}, {"data.price": "kinds.money"}),
        ("cost", {"price": "1e999999999"}, {"data.price": "kinds.money"}),
        ("cost", {"currency": "RMB"}, {"data.currency": "kinds.currency"}),
        ("correction", {"reason": "typo"}, {"data.reason": "kinds.choice"}),
        ("correction", {"reason": "did_not_occur"}, {"data.data": "kinds.did_not_occur"}),
        ("correction", {"data": {"a": [{"b": 1.5}]}}, {"data.data.a.0.b": "kinds.float"}),
        ("recall", {"lots": [7]}, {"data.lots.0": "kinds.map"}),
    ],
)
def test_bad_data_is_told_by_place(faults, kind, data, expected):
    assert faults(row(kind, data)) == expected


def test_every_part_of_a_row_is_checked_at_once(faults):
    bad = row(
        "inspection",
        {"report": None},
        occurred_at="2026-10-05T08:00:00",
        subject="x",
        also=["y", LOT],
        sael=[],
    )
    assert faults(bad) == {
        "sael": "kinds.unknown_field",
        "data.report": "kinds.missing",
        "occurred_at": "kinds.time_naive",
        "subject": "subject.uri",
        "also.0": "subject.uri",
    }
    assert faults({"kind": "cost"})["subject"] == "kinds.missing"
    assert faults({"kind": "inspektion"}) == {"kind": "kinds.unknown"}
    assert faults({"kind": ["x"]}) == {"kind": "kinds.unknown"}
    assert faults(row("cost") | {"data": [1]}) == {"data": "kinds.map"}
    assert faults(row("cost", also="x"))["also"] == "kinds.list"


def test_advice_says_what_to_write(kinds):
    def sentence(given, language="en"):
        with pytest.raises(InputError) as caught:
            kinds.draft(given)
        return caught.value.problems[0].text(language)

    assert '"0.012"' in sentence(
        row("inspection", {"results": [{"parameter": "x", "unit": "kg", "value": 0.012}]})
    )
    assert "write 1999" in sentence(row("cost", {"price": "19.99"}))
    assert "请写 1999" in sentence(row("cost", {"price": "19.99"}), "zh")
    assert "report" in sentence({**row("inspection"), "data": {**DATA["inspection"], "raport": "1"}})
    assert sentence(row("origin", {"unit": "Kg"})).startswith("data.unit: ")


@pytest.mark.parametrize("kind", sorted(DATA))
def test_floats_are_refused_at_every_depth(faults, kind):
    def with_float(value):
        """Every copy of ``value`` in which one leaf is a float."""
        if isinstance(value, dict):
            for key in value:
                yield from ({**value, key: changed} for changed in with_float(value[key]))
        elif isinstance(value, list):
            for i, item in enumerate(value):
                yield from ([*value[:i], changed, *value[i + 1 :]] for changed in with_float(item))
        else:
            yield 0.5

    for data in with_float(DATA[kind] | {"epcis": {"a": [[{"b": "1"}]]}}):
        assert faults({**row(kind), "data": data})


def test_numbers_are_converted_exactly_and_times_need_a_zone(kinds, faults):
    given = row(
        "origin", {"quantity": Decimal("1.50"), "unit": "斤"}, occurred_at=datetime(2026, 10, 5, tzinfo=UTC)
    )
    draft = kinds.draft(given)
    assert draft.data["quantity"] == "1.50"
    assert draft.data["unit"] == "斤"
    assert draft.occurred_at == 1791158400000
    assert kinds.draft(row("origin", {"quantity": 7}, occurred_at=5)).data["quantity"] == "7"
    assert faults(row("origin", occurred_at=datetime(2026, 10, 5))) == {"occurred_at": "kinds.time_naive"}  # noqa: DTZ001
    assert faults(row("origin", occurred_at=5.0)) == {"occurred_at": "kinds.time"}
    assert faults(row("origin", {"quantity": Decimal("NaN")})) == {"data.quantity": "kinds.decimal"}
    assert faults(row("origin", {"quantity": Decimal("1e99")})) == {"data.quantity": "kinds.decimal"}


def test_texts_are_normalised(kinds):
    draft = kinds.draft(row("observation", {"note": "  cafe\u0301 \u5976\u7c89 ", "step": "储存"}))
    assert draft.data["note"] == "caf\u00e9 奶粉"


def test_not_detected_without_loq_says_so(kinds):
    result = {"parameter": "lead", "unit": "ppm", "not_detected": True}
    found = kinds.draft(row("inspection", {"results": [result]})).data["results"][0]
    assert found == {"not_detected": True, "note": "LOQ not stated", "parameter": "lead", "unit": "mg/kg"}
    found = kinds.draft(row("inspection", {"results": [{**result, "loq": "0.005"}]})).data["results"][0]
    assert "note" not in found


def test_subjects_follow_what_the_record_names(kinds):
    draft = kinds.draft(row("processing", also=["urn:uuid:1"]) | {"subject": None})
    assert draft.subjects == (LOT, PRODUCT, RAW, "urn:uuid:1")  # the input's product is no subject
    item = LOT + "/21/5"
    assert kinds.draft(row("origin", subject=item)).subjects == (item, PRODUCT, LOT)
    own = "https://shop.example/lot/09506000134352/%E7%94%B2"
    assert kinds.draft(row("origin", subject=own)).subjects == (own, PRODUCT)
    recalled = kinds.draft(row("recall"))
    assert RAW in recalled.subjects
    assert "https://id.gs1.org/01/09521234000020" in recalled.subjects


def test_subjects_are_limited(kinds, faults):
    lots = [f"urn:lot:{i}" for i in range(300)]
    assert faults(row("observation", {"lots": lots})) == {"data": "kinds.subjects"}
    assert len(kinds.draft(row("observation", {"lots": lots[:254]})).subjects) == 256
    assert faults(row("origin", subject="trustledger:ledger")) == {"subject": "kinds.reserved"}


def test_evidence(kinds, faults):
    file = {"media_type": "application/pdf", "name": "a.pdf", "sha256": "ab" * 32, "size": 3}
    hashed = Evidence("application/pdf", "a.pdf", bytes.fromhex("ab" * 32), 3)
    copy_row = row("report_copy", {"file_sha256": None}, evidence=[file, "b.pdf", hashed])
    draft = kinds.draft(copy_row, evidence_reader=lambda path: Evidence("", path, bytes(32), 1))
    assert draft.evidence == (hashed, Evidence("", "b.pdf", bytes(32), 1), hashed)
    assert faults(copy_row) == {"evidence.1": "kinds.evidence_path"}
    bad = [{**file, "name": "a/b"}, {**file, "size": -1}, {**file, "sha256": "x"}, {"name": "x"}, 7]
    assert faults(row("origin", evidence=bad)) == {
        "evidence.0.name": "kinds.evidence_name",
        "evidence.1": "kinds.evidence_types",
        "evidence.2": "kinds.digest",
        "evidence.3": "kinds.evidence",
        "evidence.4": "kinds.evidence",
    }
    assert faults(row("origin", evidence="a.pdf")) == {"evidence": "kinds.evidence_list"}


def test_many_rows_keep_their_places(kinds):
    drafts = kinds.draft_many([row("origin"), {"kind": "x"}, row("cost")])
    assert [type(found).__name__ for found in drafts] == ["Draft", "InputError", "Draft"]
    assert TIME not in str(drafts[1])
