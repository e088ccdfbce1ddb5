"""Records that were made elsewhere or by hand are held to their kind, whatever they seal."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from typing import Literal

import pytest
from world import FARM, LOT, LOT_8, NOON, PRODUCT, World, cost, inspection

from trustledger import Draft, FormatError, InputError
from trustledger.encoding import encode
from trustledger.kinds import Kinds
from trustledger.kinds.fields import KindModel, Name, Quantity
from trustledger.kinds.spec import KindSpec
from trustledger.kinds.specs import OWN
from trustledger.ledger import Submission
from trustledger.ledger.checking import _STAND_INS, check_draft, check_record, draft_around
from trustledger.ledger.signing import write_records
from trustledger.record import Evidence, Record, finish_draft, parse_record
from trustledger.statement import Statement, records_root, sign_statement

HASH = bytes(32)
TIME = 1_790_000_000_000
KINDS = Kinds.default()
RESULT = {"parameter": "lead", "unit": "mg/kg", "value": "9"}
INSPECTED = {"category": "milk", "report": "R-1", "results": [RESULT]}


def record(kind, data, sealed=(), subjects=(LOT, PRODUCT), salt=b""):
    return encode([1, kind, TIME, subjects, data, dict.fromkeys(sealed, HASH), [], salt])


def without(data, *names):
    return {name: value for name, value in data.items() if name not in names}


def submit(world, raw):
    card = world.ledger.public_card
    statement = Statement(card.origin, card.genesis, FARM, (), TIME, bytes(16), None, 1, records_root([raw]))
    return world.ledger.submit(Submission(sign_statement(statement, [world.farm]), (raw,)))


REFUSED = {
    "the business key is sealed": (record("inspection", without(INSPECTED, "report"), ["/report"]), "not_sealable"),
    "all results are sealed": (record("inspection", without(INSPECTED, "results"), ["/results"]), "not_sealable"),
    "what was measured is sealed": (
        record("inspection", {**INSPECTED, "results": [without(RESULT, "parameter")]}, ["/results/0/parameter"]),
        "not_sealable",
    ),
    "an optional field that may not be sealed": (record("origin", {}, ["/method"]), "not_sealable"),
    "no field of that name": (record("origin", {}, ["/zzz"]), "not_sealable"),
    "lots are sealed": (record("processing", {"inputs": [], "step": "x"}, ["/outputs"]), "not_sealable"),
    "what a correction corrects": (
        record("correction", {"reason": "did_not_occur"}, ["/supersedes"], salt=bytes(16)), "not_sealable",
    ),
    "a salt is missing": (record("cost", {"components": [], "currency": "CNY"}, ["/price"]), "salt_missing"),
    "the product is missing": (record("inspection", INSPECTED, ["/lab"], [LOT]), "subjects_missing"),
    "a lot that it names is missing": (
        record("shipping", {"direction": "received", "lots": [{"lot": LOT_8}]}, ["/from"]), "subjects_missing",
    ),
    "an unknown field": (record("inspection", {**INSPECTED, "junk": "x"}, ["/lab"]), "row"),
    "a wrong field": (record("inspection", {**INSPECTED, "category": 5}, ["/lab"]), "row"),
    "a missing field": (record("inspection", without(INSPECTED, "category"), ["/lab"]), "row"),
    "a rule about several fields": (record("origin", {"unit": "kg"}, ["/place"]), "row"),
    "a contradiction, whatever is sealed": (
        record("inspection", {**INSPECTED, "results": [{"not_detected": True, "parameter": "lead", "unit": "mg/kg"}]},
               ["/results/0/value"]),
        "row",
    ),
    "a unit by another name": (
        record("inspection", {**INSPECTED, "results": [{"parameter": "lead", "unit": "ppm"}]}, ["/results/0/value"]),
        "data_form",
    ),
    "a null": (record("inspection", {**INSPECTED, "lab": None}, ["/place"]), "data_form"),
    "a 1 that should be true": (
        record("inspection", {**INSPECTED, "results": [{"not_detected": 1, "parameter": "lead", "unit": "%"}]},
               ["/lab"]),
        "data_form",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_sealed_value_turns_no_check_off(name):
    world = World()
    before = world.dump()
    raw, code = REFUSED[name]
    with pytest.raises(FormatError) as caught:
        submit(world, raw)
    assert caught.value.code.partition(".")[2] == code
    assert "?" not in caught.value.text("zh")
    assert world.dump() == before


ALL = {
    "origin": {"place": "a", "producer": "b", "quantity": "1", "epcis": {}},
    "processing": {
        "step": "x", "inputs": [{"lot": LOT_8, "quantity": "1"}], "outputs": [{"lot": LOT, "quantity": "1"}],
        "loss": {"quantity": "1", "unit": "kg"}, "place": "a", "epcis": {},
    },
    "inspection": {
        **INSPECTED, "accreditation": "a", "lab": "b", "place": "c", "sample": "d", "epcis": {},
        "results": [{**RESULT, "uncertainty": "1"}, RESULT],
    },
    "shipping": {
        "direction": "received", "carrier": "a", "from": "b", "to": "c", "lots": [{"lot": LOT_8, "quantity": "1"}],
        "quantity": "1", "unit": "kg", "seal_number": "d", "epcis": {},
    },
    "observation": {
        "step": "x", "lots": [{"lot": LOT_8, "quantity": "1"}], "note": "a", "place": "b", "quantity": "1", "epcis": {},
    },
    "cost": {
        "currency": "CNY", "price": 1, "seller": "b", "buyer": "c", "per": {"quantity": "1", "unit": "kg"},
        "components": [{"component": "a", "amount": 1, "invoice": "d", "invoice_sha256": "00" * 32,
                        "lots": [{"lot": LOT_8, "quantity": "1", "unit": "kg"}]}],
    },
    "correction": {
        "supersedes": {"entry": 3, "position": 0, "record": "00" * 32}, "reason": "incorrect_data", "note": "a",
        "data": {"price": 1},
    },
}  # fmt: skip
ALL["report_copy"] = {**ALL["inspection"], "transcribed_by": "e", "file_sha256": "00" * 32}


def pointers(kind):
    """Every place in the data above that the kind lets be sealed."""

    def walk(value, at):
        if at and OWN[kind].may_seal(at):
            yield at
        for name, item in (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        ):
            yield from walk(item, f"{at}/{name}")

    return list(walk(ALL[kind], ""))


@pytest.mark.parametrize("kind", ALL)
def test_whatever_a_kind_lets_be_sealed_is_accepted_unseen(kind):
    seal = pointers(kind)
    patterns = [one for one in OWN[kind].sealable if not one.startswith("/data/") or one == "/data/price"]
    assert len({pointer.replace("/1/", "/*/").replace("/0/", "/*/") for pointer in seal}) == len(patterns)
    for chosen in (seal, *([one] for one in seal)):
        row = {"kind": kind, "subject": LOT, "occurred_at": NOON, "data": ALL[kind], "seal": chosen}
        draft = KINDS.draft(row)
        assert draft.seal
        raw, _ = finish_draft(draft, FARM, bytes)
        made = parse_record(raw)
        assert isinstance(made, Record)
        check_record(made, KINDS)
        check_draft(replace(draft), KINDS)


class Sample(KindModel):
    """A model of somebody else's, with a type that no stand-in is of."""

    method: Literal["rapid", "slow"]
    least: Quantity
    most: Quantity
    name: Name | None = None

    @classmethod
    def check(cls, data):
        if float(data["least"]) >= float(data["most"]):
            raise FormatError("kinds.invalid", seen=data["most"], expected="less", at="least")
        return data


SAMPLE = KindSpec("farm.sample", {"en": "sample", "zh": "样品"}, sealable=("/method", "/least", "/most"))
OTHER_KINDS = KINDS.with_kind(SAMPLE, Sample)


@pytest.mark.parametrize("sealed", ["method", "least", "most"])
def test_what_nothing_can_stand_for_is_passed_over_and_nothing_else(sealed):
    data = {"least": "5", "method": "slow", "most": "7"}

    def check(data, subjects=(LOT, PRODUCT)):
        check_record(parse_record(record("farm.sample", data, ["/" + sealed], subjects)), OTHER_KINDS)

    visible = without(data, sealed)
    check(visible)
    for bad in ({**visible, "junk": 1}, {**visible, "name": " "}, without(visible, *list(visible)[:1])):
        with pytest.raises(InputError):
            check(bad)
    with pytest.raises(FormatError, match="chains"):
        check(visible, [LOT])


def test_stand_ins_do_not_show_in_errors():
    row = {"kind": "inspection", "subject": LOT, "also": [PRODUCT], "occurred_at": NOON,
           "data": {**INSPECTED, "results": [{"not_detected": True, "parameter": "lead", "unit": "%"}]}}  # fmt: skip
    with pytest.raises(InputError) as caught:
        draft_around(KINDS, OWN["inspection"], row, ["/results/0/value"])
    assert not any(f"{one!r}" in repr(caught.value.problems[0].facts) for one in _STAND_INS if one)


BY_HAND = {
    "junk": (Draft("inspection", TIME, (LOT,), {"junk": "x", "report": 5}), "kinds.row"),
    "a price in words": (Draft("cost", TIME, (LOT,), {"price": "12.50"}, salted=True), "kinds.row"),
    "nothing": (Draft("processing", TIME, (LOT,), {}), "kinds.row"),
    "no product": (Draft("inspection", TIME, (LOT,), INSPECTED), "ledger.subjects_missing"),
    "no salt": (Draft("cost", TIME, (LOT, PRODUCT), {"components": [], "currency": "CNY", "price": 1}), "ledger.salt_missing"),
    "a wrong sealed value": (
        Draft("cost", TIME, (LOT, PRODUCT), {"components": [], "currency": "CNY"}, {"/price": "x"}, salted=True),
        "kinds.row",
    ),
    "a sealed key": (Draft("inspection", TIME, (LOT, PRODUCT), without(INSPECTED, "report"), {"/report": "R"}), "ledger.not_sealable"),
    "a unit by another name": (
        Draft("inspection", TIME, (LOT, PRODUCT), {**INSPECTED, "results": [{**RESULT, "unit": "ppm"}]}), "ledger.data_form",
    ),
    "a sealed unit by another name": (
        Draft("processing", TIME, (LOT, PRODUCT), {"inputs": [], "outputs": [{"lot": LOT}], "step": "x"},
              {"/loss": {"quantity": "1", "unit": "公斤"}}), "ledger.data_form",
    ),
    "another kind": (Draft("farm.sample", TIME, (LOT,), {}), "ledger.unknown_kind"),
    "a kind that is a list": (Draft([], TIME, (LOT,), {}), "record.kind"),
    "no data": (Draft("origin", TIME, (LOT,), None), "ledger.draft_field"),
    "data that is a list": (Draft("origin", TIME, (LOT,), [1]), "ledger.draft_field"),
    "no seal": (Draft("origin", TIME, (LOT,), {}, None), "ledger.draft_field"),
    "a seal that leads nowhere": (Draft("origin", TIME, (LOT,), {}, {"/a/b": 1}), "record.sealed_place"),
    "a seal that is a number": (Draft("origin", TIME, (LOT,), {}, {5: 1}), "record.pointer"),
    "evidence that is a map": (Draft("origin", TIME, (LOT, PRODUCT), {}, {}, ({"name": "a"},)), "kinds.row"),
    "evidence that is None": (Draft("origin", TIME, (LOT, PRODUCT), {}, {}, None), "ledger.draft_field"),
    "subjects in a list": (Draft("origin", TIME, [LOT], {}), "ledger.draft_field"),
    "no subjects": (Draft("origin", TIME, (), {}), "record.subject_count"),
    "a time in words": (Draft("origin", NOON, (LOT, PRODUCT), {}), "encoding.time"),
    "a party without data": (Draft("party", TIME, (LOT,), None), "ledger.draft_field"),
    "a text": ("x", "ledger.no_draft"),
    "None": (None, "ledger.no_draft"),
    "a row": ({"kind": "origin"}, "ledger.no_draft"),
}  # fmt: skip


@pytest.mark.parametrize("name", BY_HAND)
def test_drafts_made_by_hand_are_held_to_their_kind(name):
    world = World()
    before = world.dump()
    draft, code = BY_HAND[name]
    with pytest.raises(FormatError) as caught:
        world.ledger.append([inspection("R-0"), draft], signer=world.farm)
    assert caught.value.code == code
    assert caught.value.facts["position"] == 1
    assert caught.value.text("en")
    assert "?" not in caught.value.text("zh").replace("“?", "")
    assert world.dump() == before


def test_names_of_evidence_are_unicode_however_it_is_made():
    row = {"kind": "origin", "subject": LOT, "occurred_at": NOON, "data": {},
           "evidence": [Evidence("", "\ud800.pdf", HASH, 1)]}  # fmt: skip
    with pytest.raises(FormatError) as caught:
        write_records([KINDS.draft(row)], FARM, KINDS)
    assert caught.value.code == "record.evidence"
    assert caught.value.text()


def test_a_right_draft_made_by_hand_is_appended():
    world = World()
    drafts = [
        Draft("inspection", TIME, (LOT, PRODUCT), INSPECTED),
        Draft(
            "cost", TIME, (LOT, PRODUCT), {"components": [], "currency": "CNY"}, {"/price": 1}, salted=True
        ),
    ]
    assert world.ledger.append(drafts, signer=world.farm).new == 2


class Refusing:
    """Kinds that were asked to check a draft again."""

    def __init__(self, kinds=KINDS):
        self.spec, self.names, self.asked = kinds.spec, kinds.names, 0
        self._kinds = kinds

    def draft(self, row):
        self.asked += 1
        return self._kinds.draft(row)


def asked(draft, kinds=KINDS):
    refusing = Refusing(kinds)
    write_records([draft], FARM, refusing)
    return refusing.asked


def test_only_what_its_kind_made_is_not_checked_again():
    draft = cost()
    assert asked(draft) == 0
    assert asked(draft, OTHER_KINDS) == 0
    for other in (replace(draft), replace(draft, occurred_at=5), copy.copy(draft), copy.deepcopy(draft),
                  pickle.loads(pickle.dumps(draft))):  # fmt: skip
        assert asked(other) == 1
    assert pickle.loads(pickle.dumps(draft)) == draft == replace(draft)
    assert "checked" not in repr(draft)
    with pytest.raises(FormatError):
        write_records([replace(draft, data={"junk": 1})], FARM, KINDS)


def test_another_kind_of_the_same_name_checks_again():
    twin = KINDS.with_kind(KindSpec("farm.sample", {"en": "sample"}), Sample)
    row = {"kind": "farm.sample", "subject": LOT, "occurred_at": NOON,
           "data": {"least": "5", "method": "slow", "most": "7"}}  # fmt: skip
    assert asked(twin.draft(row), twin) == 0
    assert asked(twin.draft(row), OTHER_KINDS) == 1
