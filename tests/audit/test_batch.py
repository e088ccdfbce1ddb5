"""Records read fast are refused as those read slowly; whatever stands in their places is a fault, never an error."""

import msgpack
import pytest

from trustledger.audit.batch import BatchReader
from trustledger.audit.report import AuditReport
from trustledger.kinds import Kinds
from trustledger.record import parse_record

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"
PRODUCT = "https://id.gs1.org/01/09506000134352"
USUAL = [1, "inspection", 0, [LOT, PRODUCT], {"report": "R-1"}, {}, [], b""]
ODD = (
    None,
    True,
    5,
    -1,
    2**53,
    1.5,
    "",
    "x",
    "é",
    b"",
    b"x",
    [],
    [5],
    [[LOT]],
    {},
    {"a": 1},
    {"a": 1.5},
    {"b": 1, "a": 1},
)


def read(items):
    report = AuditReport()
    reader = BatchReader(Kinds.default(), report)
    batch = reader.start("https://lab.example/")
    reader.read(3, [msgpack.packb(USUAL), msgpack.packb(items), msgpack.packb(USUAL)])
    return report, batch


def is_a_record(items):
    try:
        parse_record(msgpack.packb(items))
    except ValueError:
        return False
    return True


def test_a_usual_record_has_no_fault():
    report, batch = read(USUAL)
    assert not report.faults
    assert len(batch.leaves) == len(batch.subjects) == len(batch.digests) == 3


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_record_with_something_odd_in_it_is_a_fault_unless_it_is_a_record(place, odd):
    items = [*USUAL[:place], odd, *USUAL[place + 1 :]]
    report, batch = read(items)
    assert len(batch.leaves) == len(batch.subjects) == len(batch.digests) == 3
    assert bool(report.faults) != is_a_record(items)


@pytest.mark.parametrize("odd", ODD, ids=repr)
@pytest.mark.parametrize("place", [0, 1])
def test_a_subject_that_is_no_uri_is_a_fault(place, odd):
    subjects = [LOT, PRODUCT]
    subjects[place] = odd
    report, _ = read([*USUAL[:3], subjects, *USUAL[4:]])
    assert [(fault.entry, fault.position) for fault in report.faults] == [(3, 1)]


@pytest.mark.parametrize(
    "subjects", [[LOT, LOT], [PRODUCT, PRODUCT], [LOT, "trustledger:ledger"], ["trustledger:ledger"]]
)
def test_subjects_that_may_not_stand_there_are_a_fault(subjects):
    report, _ = read([*USUAL[:3], subjects, *USUAL[4:]])
    assert len(report.faults) == 1


@pytest.mark.parametrize("count", [7, 9])
def test_too_few_or_too_many_elements_are_a_fault(count):
    report, _ = read([*USUAL, b""][:count])
    assert len(report.faults) == 1


def test_bytes_that_are_no_record_are_a_fault():
    for raw in (b"", b"\x98", b"\xc1", msgpack.packb(USUAL) + b"\x00", msgpack.packb(USUAL)[:-1]):
        report = AuditReport()
        reader = BatchReader(Kinds.default(), report)
        reader.start("https://lab.example/")
        reader.read(0, [raw])
        assert len(report.faults) == 1
