"""What shops, buyers, carriers and platforms say: each kind, good and bad."""

from __future__ import annotations

import pytest
from commerce_rows import CASE, DATA, GUEST, LAB, NOTE, ONE_LINE, ORDER, SHOP, row
from hypothesis import given
from hypothesis import strategies as st
from kind_rows import DATA as GOODS
from kind_rows import LOT, PRODUCT, RAW
from kind_rows import row as goods_row
from test_hostile_rows import VALUES, draft_or_sentence, places
from test_spec import plain

from trustledger.encoding import decode, encode
from trustledger.errors import InputError
from trustledger.keys import Ed25519Signer, key_note
from trustledger.kinds import Kinds
from trustledger.kinds.commerce_specs import COMMERCE_SPECS
from trustledger.kinds.commerce_specs import ORDER as ORDER_SPEC
from trustledger.ledger.checking import check_draft, check_record
from trustledger.record import finish_draft, parse_record

OTHER = "https://id.gs1.org/01/09521234000020"
GUEST_SUBJECT = f"trustledger:party/{GUEST}"
TIME_MS = "1791158400000"


def a_note(name):
    return key_note(Ed25519Signer.from_seed(name, bytes(range(32)))).decode()


@pytest.mark.parametrize("kind", sorted(DATA))
def test_a_good_row_becomes_a_canonical_draft(kinds, kind):
    draft = kinds.draft(row(kind))
    assert decode(encode(draft.data)) == draft.data
    assert list(encode(draft.data)) == list(encode(dict(sorted(draft.data.items()))))
    assert kinds.draft(row(kind, dict(draft.data))) == draft
    assert list(draft.subjects[1:]) == sorted(set(draft.subjects[1:]) - {draft.subjects[0]})
    assert draft.salted is (kind in ("order", "delivery", "review", "claim", "resolution"))


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("listing", (PRODUCT, SHOP, "SKU-7", TIME_MS)),
        ("order", (ORDER,)),
        ("delivery", (ORDER, "SF-1", "delivered", "2")),
        ("sample", ("S-1", LOT)),
        ("review", (ORDER, "1")),
        ("claim", (ORDER, "1")),
        ("resolution", (ORDER, "1", "refunded")),
        ("notice", (PRODUCT, SHOP, "2026-17")),
        ("reply", None),
        ("decision", (PRODUCT, SHOP, "2026-17", "extend", TIME_MS)),
        ("delisting", (PRODUCT, SHOP, "2026-17", "delist")),
        ("appeal", (PRODUCT, SHOP, "2026-17", "2")),
        ("relisting", (PRODUCT, SHOP, "2026-17")),
    ],
)
def test_business_keys(kinds, kind, key):
    assert kinds.draft(row(kind)).business_key == key


@pytest.mark.parametrize(
    ("kind", "subjects"),
    [
        ("listing", (PRODUCT, LOT, SHOP)),
        ("order", (ORDER, PRODUCT, LOT, SHOP, GUEST_SUBJECT)),
        ("delivery", (ORDER, PRODUCT, LOT, SHOP)),
        ("sample", (LOT, PRODUCT, LAB)),
        ("review", (ORDER, PRODUCT, LOT, SHOP)),
        ("claim", (ORDER, PRODUCT, LOT, SHOP)),
        ("resolution", (ORDER, PRODUCT, LOT, SHOP)),
        *(
            (kind, (PRODUCT, SHOP))
            for kind in ("notice", "reply", "decision", "delisting", "appeal", "relisting")
        ),
    ],
)
def test_subjects(kinds, kind, subjects):
    assert kinds.draft(row(kind)).subjects == subjects


@pytest.mark.parametrize("kind", sorted(DATA))
def test_fields_of_goods_and_unknown_ones_are_refused(faults, kind):
    assert faults(row(kind, {"colour": "red", "event": "urn:uuid:1"})) == {
        "data.colour": "kinds.unknown_field",
        "data.event": "kinds.unknown_field",
    }


@pytest.mark.parametrize("kind", sorted(set(DATA) - {"sample"}))
def test_each_is_about_what_its_kind_says(kinds, faults, kind):
    if kind in ("order", "delivery", "review", "claim", "resolution"):
        for subject in (
            LOT,
            PRODUCT,
            "urn:uuid:e4eaaaf2-d142-11b3-b3e4-080027620cdd",
            "urn:uuid:E4EAAAF2" + ORDER[17:],
        ):
            assert faults(row(kind, subject=subject)) == {"subject": "kinds.order"}
    else:
        for subject in (LOT, PRODUCT + "/21/5", "https://shop.example/lot/09506000134352/A"):
            assert faults(row(kind, subject=subject)) == {"subject": "kinds.product"}
        assert kinds.draft(row(kind, subject="https://shop.example/goods/7")).kind == kind


LINE = DATA["order"]["lines"][0]


@pytest.mark.parametrize(
    ("kind", "data", "expected"),
    [
        ("listing", {"price": 19.99}, {"data.price": "kinds.price"}),
        ("listing", {"price": "19.99"}, {"data.price": "kinds.price"}),
        ("listing", {"currency": "RMB"}, {"data.currency": "kinds.currency"}),
        ("listing", {"merchant": "Shop"}, {"data.merchant": "subject.uri"}),
        ("listing", {"merchant": "urn:shop:a+b"}, {"data.merchant": "subject.party"}),
        ("listing", {"merchant": "trustledger:ledger"}, {"data.merchant": "subject.party"}),
        ("listing", {"lots": []}, {"data.lots": "kinds.too_few"}),
        ("listing", {"until": "2026-12-31"}, {"data.until": "kinds.time_naive"}),
        ("listing", {"promises": [{"promise": "ships_within_hours"}]}, {"data.promises.0.value": "kinds.promise_value"}),
        ("listing", {"promises": [{"promise": "ship_within_hours", "value": 48}]},
         {"data.promises.0.promise": "kinds.promise"}),
        ("listing", {"promises": [{"promise": "ships_within_hours", "value": 2, "unit": "d"}]},
         {"data.promises.0.unit": "kinds.promise_unit"}),
        ("listing", {"promises": [{"promise": "shop.points", "unit": "%"}]}, {"data.promises.0.value": "kinds.unit_alone"}),
        ("listing", {"promises": [{"promise": "shop.points", "value": "-1"}]}, {"data.promises.0.value": "kinds.negative"}),
        ("listing", {"promises": [{"promise": "shop.a"}, {"promise": "shop.b"}, {"promise": "shop.a"}]},
         {"data.promises.2.promise": "kinds.twice"}),
        ("order", {"lines": []}, {"data.lines": "kinds.too_few"}),
        ("order", {"lines": [LINE, {**LINE, "lot": None}]}, {"data.lines.1.line": "kinds.twice"}),
        ("order", {"lines": [{**LINE, "line": 1}]}, {"data.lines.0.line": "kinds.text"}),
        ("order", {"lines": [{**LINE, "product": LOT}]}, {"data.lines.0.product": "kinds.product"}),
        ("order", {"lines": [{**LINE, "product": OTHER}]}, {"data.lines.0.lot": "kinds.lot_elsewhere"}),
        ("order", {"lines": [{**LINE, "quantity": None, "unit": "kg"}]}, {"data.lines.0.quantity": "kinds.unit_alone"}),
        ("order", {"lines": [{**LINE, "price": 39.98}]}, {"data.lines.0.price": "kinds.price"}),
        ("order", {"currency": None}, {"data.currency": "kinds.currency_missing"}),
        ("delivery", {"lines": [LINE]}, {"data.lines.0.price": "kinds.unknown_field"}),
        ("delivery", {"lines": [{**DATA["delivery"]["lines"][0]}] * 2}, {"data.lines.1.line": "kinds.twice"}),
        ("delivery", {"status": "lost"}, {"data.status": "kinds.choice"}),
        ("delivery", {"attempt": 0}, {"data.attempt": "kinds.int_range"}),
        ("sample", {"parameters": []}, {"data.parameters": "kinds.too_few"}),
        ("sample", {"parameters": ["lead", "lead"]}, {"data.parameters.1": "kinds.twice"}),
        ("sample", {"quantity": None}, {"data.quantity": "kinds.unit_alone"}),
        ("sample", {"lab": "Example Lab"}, {"data.lab": "subject.uri"}),
        ("review", {"stars": 0}, {"data.stars": "kinds.int_range"}),
        ("review", {"stars": 6}, {"data.stars": "kinds.int_range"}),
        ("review", {"stars": "5"}, {"data.stars": "kinds.int"}),
        ("review", {"stars": True}, {"data.stars": "kinds.int"}),
        ("review", {"stars": 4.5}, {"data.stars": "kinds.int"}),
        ("review", {"text": "good"}, {"data.text": "kinds.unknown_field"}),
        ("review", {"language": "Chinese!"}, {"data.language": "kinds.language"}),
        ("review", {"incentivised": "no"}, {"data.incentivised": "kinds.bool"}),
        ("review", {"product": OTHER}, {"data.lot": "kinds.lot_elsewhere"}),
        ("claim", {"reason": "late"}, {"data.reason": "kinds.choice"}),
        ("claim", {"wanted": "money"}, {"data.wanted": "kinds.choice"}),
        ("claim", {"currency": None}, {"data.currency": "kinds.currency_missing"}),
        ("claim", {"product": OTHER}, {"data.lot": "kinds.lot_elsewhere"}),
        ("resolution", {"currency": None}, {"data.currency": "kinds.currency_missing"}),
        ("resolution", {"outcome": "refund"}, {"data.outcome": "kinds.choice"}),
        ("resolution", {"product": OTHER}, {"data.lot": "kinds.lot_elsewhere"}),
        ("notice", {"until": "2026-10-12"}, {"data.until": "kinds.time_naive"}),
        ("notice", {"until": None}, {"data.until": "kinds.missing"}),
        ("notice", {"policy": None}, {"data.policy": "kinds.score_alone"}),
        ("delisting", {"as_of": None}, {"data.as_of": "kinds.score_alone"}),
        ("delisting", {"score": None, "lower": None, "as_of": None}, {"data.as_of": "kinds.score_alone"}),
        ("delisting", {"score": 2.31}, {"data.score": "kinds.float"}),
        ("delisting", {"score": "-1"}, {"data.score": "kinds.negative"}),
        ("delisting", {"action": "ban"}, {"data.action": "kinds.choice"}),
        ("delisting", {"reason": "retest_passed"}, {"data.reason": "kinds.choice"}),
        ("relisting", {"reason": "low_score"}, {"data.reason": "kinds.choice"}),
        ("decision", {"until": None}, {"data.until": "kinds.decision_until"}),
        ("decision", {"outcome": "uphold"}, {"data.until": "kinds.decision_until"}),
        ("appeal", {"delisting": {**CASE}}, {
            "data.delisting.case": "kinds.unknown_field", "data.delisting.merchant": "kinds.unknown_field",
            "data.delisting.entry": "kinds.missing", "data.delisting.position": "kinds.missing",
            "data.delisting.record": "kinds.missing"}),
        ("reply", {"records": [12]}, {"data.records.0": "kinds.map"}),
    ],
)  # fmt: skip
def test_bad_data_is_told_by_place(faults, kind, data, expected):
    assert faults(row(kind, data)) == expected


def test_what_may_stay_away_may(kinds):
    for kind, absent in {
        "listing": ("lots", "promises", "per", "category", "market", "number", "until"),
        "order": ("buyer",),
        "delivery": ("attempt",),
        "sample": ("seal_number", "sent_on", "method", "place", "taken_by"),
        "review": ("lot", "text_sha256", "language", "incentivised"),
        "claim": ("lot", "amount", "currency"),
        "resolution": ("lot", "amount", "currency", "fault_accepted"),
        "notice": ("score", "lower", "upper", "policy", "as_of", "log_size", "records", "rule", "note"),
    }.items():
        assert not set(absent) & set(kinds.draft(row(kind, dict.fromkeys(absent))).data)


def test_times_and_promises_have_one_spelling(kinds):
    data = kinds.draft(row("listing")).data
    assert data["until"] == 1798732799000
    assert data["promises"][0] == {"promise": "ships_within_hours", "unit": "h", "value": "48"}
    later = {"until": "2026-12-31T15:59:59Z"}
    assert kinds.draft(row("listing", later)).data == data


class TestTheBuyersKey:
    """An order enrols one key, under the name that the key itself has."""

    def test_the_guest_may_be_named_beside(self, kinds):
        assert kinds.draft(row("order", also=[GUEST_SUBJECT])) == kinds.draft(row("order"))
        assert kinds.draft(row("order", {"keys": [NOTE.encode()]})) == kinds.draft(row("order"))

    @pytest.mark.parametrize(
        "also",
        [
            GUEST_SUBJECT + "0",
            "trustledger:ledger",
            f"trustledger:party/{SHOP}",
            f"trustledger:party/{ORDER}",
        ],
    )
    def test_no_other_reserved_subject(self, faults, also):
        assert faults(row("order", also=[also])) == {"also.0": "kinds.reserved"}

    @pytest.mark.parametrize("kind", sorted(set(DATA) - {"order"}))
    def test_nowhere_else(self, faults, kind):
        assert faults(row(kind, also=[GUEST_SUBJECT])) == {"also.0": "kinds.reserved"}

    @pytest.mark.parametrize(
        ("keys", "expected"),
        [
            ([], {"data.keys": "kinds.too_few"}),
            (
                [NOTE, a_note("urn:uuid:11111111-1111-4111-8111-111111111111")],
                {"data.keys": "kinds.too_many"},
            ),
            (NOTE, {"data.keys": "kinds.list"}),
            ([a_note(SHOP)], {"data.keys.0": "kinds.guest_name"}),
            ([a_note("urn:uuid:11111111-1111-1111-8111-111111111111")], {"data.keys.0": "kinds.guest_name"}),
            ([a_note(GUEST.upper().replace("URN:UUID", "urn:uuid"))], {"data.keys.0": "kinds.guest_name"}),
            ([7], {"data.keys.0": "kinds.text"}),
            ([""], {"data.keys.0": "note.form"}),
            ([NOTE[:-1]], {"data.keys.0": "note.form"}),
            ([NOTE.replace("key@v1", "key@v2")], {"data.keys.0": "key.note_newer"}),
            (["\ud800" + NOTE], {"data.keys.0": "key.note_form"}),
        ],
    )
    def test_only_one_good_key(self, kinds, keys, expected):
        with pytest.raises(InputError) as caught:
            kinds.draft(row("order", {"keys": keys}))
        found = {problem.facts["at"]: problem.code for problem in caught.value.problems}
        assert found.keys() == expected.keys()
        for at, code in expected.items():
            assert found[at] == code or (
                code.startswith(("note.", "key.")) and found[at].split(".")[0] in ("note", "key")
            )

    def test_a_changed_note_is_refused(self, kinds):
        for place in range(len(NOTE)):
            bent = NOTE[:place] + ("A" if NOTE[place] != "A" else "B") + NOTE[place + 1 :]
            with pytest.raises(InputError):
                kinds.draft(row("order", {"keys": [bent]}))

    @given(st.dictionaries(st.sampled_from(["keys", "lines", "merchant", "lot", "product"]), plain))
    def test_reading_hostile_data_never_raises(self, data):
        assert ORDER_SPEC.guests(data) == () or all(
            uri.startswith("trustledger:") for uri in ORDER_SPEC.guests(data)
        )
        assert all(type(uri) is str for spec in COMMERCE_SPECS for uri in spec.named_in(data))

    def test_guests_of_notes_nobody_checked(self):
        names = [GUEST, "urn:uuid:x", SHOP, ""]
        notes = [f"trustledger/key@v1\n{name}+00000000+AA==\n" for name in names]
        assert ORDER_SPEC.guests({"keys": [*notes, "x", 7, None]}) == (GUEST_SUBJECT,)


PARTS = st.sampled_from(
    [
        {"product": PRODUCT},
        {"product": PRODUCT, "lot": LOT},
        {"product": PRODUCT, "lot": LOT + "/21/5"},
        {"product": PRODUCT, "lot": PRODUCT + "/21/5"},
        {"product": PRODUCT, "lot": "https://shop.example/lot/09506000134352/%E7%94%B2"},
        {"product": PRODUCT, "lot": "https://shop.example/lot/A"},
        {"product": OTHER, "lot": RAW},
    ]
)


@given(st.lists(PARTS, min_size=1, max_size=5), st.data())
def test_what_a_buyer_says_of_a_line_stays_within_the_order(lines, data):
    kinds = Kinds.default()
    numbered = [{"line": str(number), **part} for number, part in enumerate(lines)]
    ordered = kinds.draft(row("order", {"lines": numbered, "currency": None}))
    line = data.draw(st.sampled_from(numbered))
    for kind in ("review", "claim", "resolution"):
        said = {**DATA[kind], "lot": None, **line}
        assert set(kinds.draft(row(kind, said)).subjects) <= set(ordered.subjects) - {GUEST_SUBJECT}


@pytest.mark.parametrize("kind", sorted(DATA))
def test_all_that_may_be_sealed_can_be_and_is_checked_again(kinds, kind):
    """A record from elsewhere is held to its kind though its private values are unknown."""
    spec = kinds.spec(kind)
    seal = [pattern.replace("*", "0") for pattern in spec.sealable]
    draft = kinds.draft(row(kind, seal=seal))
    assert set(draft.seal) == set(seal)
    check_draft(draft, kinds)
    raw, _ = finish_draft(draft, SHOP, lambda size: bytes(range(size)))
    check_record(parse_record(raw), kinds)


def test_what_is_personal_may_be_sealed_and_what_decides_may_not(kinds):
    sealable = {
        "order": {"/buyer", "/currency", "/lines/*/price", "/lines/*/quantity"},
        "delivery": {"/lines/*/quantity"},
        "sample": {"/place", "/quantity", "/taken_by"},
        "review": {"/text_sha256"},
        "claim": {"/amount"},
        "resolution": {"/amount"},
    }
    assert {kind: set(kinds.spec(kind).sealable) for kind in DATA} == {
        kind: sealable.get(kind, set()) for kind in DATA
    }


def test_a_correction_may_bring_the_data_of_commerce(kinds):
    said = {
        "supersedes": {"entry": 3, "position": 0, "record": "cd" * 32},
        "reason": "incorrect_data",
        "data": DATA["delivery"],
    }
    draft = kinds.draft({**row("delivery", said), "kind": "correction", "data": said})
    assert {PRODUCT, LOT, SHOP} < set(draft.subjects)


def test_a_cost_tells_lots_and_invoices_of_its_material(kinds, faults):
    milk = {"component": "milk", "amount": 800, "invoice": "I-1", "invoice_sha256": "ab" * 32,
            "lots": [{"lot": RAW, "quantity": "8.3", "unit": "kg"}]}  # fmt: skip
    said = {"components": [milk], "buyer": "https://dairy.example/"}
    seal = ["/components/0/invoice_sha256", "/components/0/lots/0/quantity"]
    draft = kinds.draft(goods_row("cost", said, seal=seal))
    assert RAW in draft.subjects
    assert draft.business_key[-1] == "https://dairy.example/"
    assert draft.seal["/components/0/lots/0/quantity"] == "8.3"
    check_draft(draft, kinds)
    wrong = {"components": [{**milk, "invoice_sha256": "I-1", "lots": ["RAW-1"]}]}
    assert faults(goods_row("cost", wrong)) == {
        "data.components.0.invoice_sha256": "kinds.digest",
        "data.components.0.lots.0.lot": "subject.uri",
    }
    assert kinds.draft(goods_row("cost")).data == dict(sorted(GOODS["cost"].items()))


@pytest.mark.parametrize("kind", sorted(DATA))
def test_any_value_at_any_place(kinds, kind):
    good = row(kind, also=["https://shop.example/a"], seal=[])
    for path in places(good):
        for value in VALUES:
            draft_or_sentence(kinds, _bent(good, path, value))


def _bent(good, path, value):
    """A copy of maps and lists on the way to a place, with another value there."""
    copied = dict(good) if isinstance(good, dict) else list(good)
    copied[path[0]] = value if len(path) == 1 else _bent(good[path[0]], path[1:], value)
    return copied


def test_reviews_of_one_line_are_one_fact(kinds):
    first = kinds.draft(row("review"))
    assert kinds.draft(row("review", {"stars": 1})).business_key == first.business_key
    assert kinds.draft(row("review", {"line": "2"})).business_key != first.business_key
    assert ONE_LINE.items() <= first.data.items()
