"""A correction corrects something, and its own signer's."""

import pytest

from trustledger import Ed25519Signer, FormatError, Ledger, NotFoundError, PolicyError, key_note
from trustledger.kinds import Kinds
from trustledger.record import Draft

LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"
OTHER = "https://id.gs1.org/01/09506000134352/10/LOT-8"
NOON = "2026-10-05T12:00:00Z"


@pytest.fixture
def shop():
    operator = Ed25519Signer.generate("https://shop.example/operator")
    ledger = Ledger.in_memory(
        origin="shop.example/ledger", operator=operator, log=Ed25519Signer.generate("shop.example/ledger")
    )
    signers = {}
    for name in ("farm", "mill"):
        signers[name] = Ed25519Signer.generate(f"https://{name}.example/")
        ledger.enrol(
            signers[name].party, operator=operator, key_note=key_note(signers[name]), roles=["producer"]
        )
    return ledger, signers


def origin(lot, place):
    return Kinds.default().draft(
        {"kind": "origin", "subject": lot, "occurred_at": NOON, "data": {"place": place}}
    )


def correction(ledger, place, *, subject=LOT, data=None, record=None, seal=()):
    entry, position = place
    named = record or ledger.record(entry, position).record.hash.hex()
    row = {
        "kind": "correction",
        "subject": subject,
        "occurred_at": NOON,
        "data": {
            "supersedes": {"entry": entry, "position": position, "record": named},
            "reason": "incorrect_data",
            "note": "mistyped",
            "data": data or {"place": "Zhangbei"},
        },
        "seal": list(seal),
    }
    return Kinds.default().draft(row)


def test_a_correction_stands_and_so_does_what_it_corrects(shop):
    ledger, signers = shop
    place = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    ledger.append([correction(ledger, place)], signer=signers["farm"])
    assert [placed.record.kind for placed in ledger.chain(LOT)] == ["origin", "correction"]
    # The sheet with the corrected figure, and the old one, are both there already.
    assert ledger.append([origin(LOT, "Zhangbei")], signer=signers["farm"]).existing == 1
    assert ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).existing == 1
    with pytest.raises(PolicyError, match="correction"):
        ledger.append([origin(LOT, "Xilinhot")], signer=signers["farm"])


@pytest.mark.parametrize(
    ("lie", "code"),
    [
        ({"signer": "mill"}, "ledger.corrects_others_word"),
        ({"subject": OTHER}, "ledger.corrects_elsewhere"),
        ({"record": "00" * 32}, "ledger.corrects_other"),
        ({"place": (99, 0), "record": "00" * 32}, "ledger.corrects_nothing"),
        ({"data": {"place": "Zhangbei", "colour": "red"}}, "kinds.row"),
        ({"data": {"place": 7}}, "kinds.row"),
    ],
)
def test_a_correction_of_what_is_not_ones_own_is_refused(shop, lie, code):
    ledger, signers = shop
    place = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    size = ledger.size
    signer = signers[lie.pop("signer", "farm")]
    draft = correction(ledger, lie.pop("place", place), **lie)
    with pytest.raises((PolicyError, FormatError)) as refused:
        ledger.append([draft], signer=signer)
    assert refused.value.code == code
    assert "?" not in refused.value.text("zh")
    assert ledger.size == size


def test_a_sealed_value_does_not_free_the_corrected_data(shop):
    ledger, signers = shop
    place = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    size = ledger.size
    for data, seal in (
        ({"place": "Zhangbei", "colour": "red"}, ["/note"]),
        ({"place": "Zhangbei", "colour": "red"}, ["/data/place"]),
        ({"place": "Zhangbei", "price": 5}, ["/data/price"]),  # a cost may seal it, an origin has none
        ({"place": 7}, ["/note"]),
    ):
        with pytest.raises(FormatError):
            ledger.append([correction(ledger, place, data=data, seal=seal)], signer=signers["farm"])
    assert ledger.size == size
    good = correction(ledger, place, data={"place": "Zhangbei"}, seal=["/note", "/data/place"])
    assert ledger.append([good], signer=signers["farm"]).new == 1


def test_a_correction_of_a_correction_is_held_to_the_first_kind(shop):
    ledger, signers = shop
    first = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    second = ledger.append([correction(ledger, first)], signer=signers["farm"]).places[0]
    with pytest.raises(FormatError):
        ledger.append([correction(ledger, second, data={"report": "R-1"})], signer=signers["farm"])
    third = ledger.append([correction(ledger, second, data={"place": "Baotou"})], signer=signers["farm"])
    assert third.new == 1


def test_a_second_correction_of_one_record_is_refused(shop):
    ledger, signers = shop
    first = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    ledger.append([correction(ledger, first)], signer=signers["farm"])
    with pytest.raises(PolicyError):
        ledger.append([correction(ledger, first, data={"place": "Baotou"})], signer=signers["farm"])


def test_a_correction_made_by_hand_without_its_place_is_refused(shop):
    ledger, signers = shop
    with pytest.raises(FormatError) as refused:
        ledger.append([Draft("correction", 0, (LOT,), {"reason": "incorrect_data"})], signer=signers["farm"])
    assert [problem.facts["at"] for problem in refused.value.problems] == ["data.supersedes"]


def test_what_was_erased_is_not_published_again(shop):
    ledger, signers = shop
    place = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    other = Ledger(ledger._store, vault=ledger._vault)
    assert other.record(*place).record.data == {"place": "Hulunbuir"}
    ledger.withhold(*place)
    assert type(other.record(*place).record).__name__ == "Withheld"  # another handle forgets what it read
    again = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"])
    assert (again.new, again.existing, again.places) == (0, 1, (place,))
    with pytest.raises(PolicyError) as refused:  # what was erased was another content
        ledger.append([origin(LOT, "Xilinhot")], signer=signers["farm"])
    assert refused.value.code == "ledger.erased_differs"
    with pytest.raises(PolicyError) as refused:
        ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"], cosigners=[signers["mill"]])
    assert refused.value.code == "ledger.cosigners"
    assert ledger.audit(ledger.public_card).ok


def test_one_event_is_one_fact_whatever_kind_its_record_is_of(shop):
    ledger, signers = shop

    def told(kind, data):
        row = {"kind": kind, "subject": LOT, "occurred_at": NOON, "data": {"event": "urn:uuid:1", **data}}
        return Kinds.default().draft(row)

    ledger.append([told("origin", {"place": "Hulunbuir"})], signer=signers["farm"])
    with pytest.raises(PolicyError, match="correction"):
        ledger.append([told("observation", {"step": "storing"})], signer=signers["farm"])
    ledger.append([told("observation", {"step": "storing"})], signer=signers["mill"])  # another party's word


@pytest.mark.parametrize(
    "place", [("1", 0), (1.5, 0), (0, 1.0), (None, 0), (0, None), ([], 0), (-1, 0), (0, -1)]
)
def test_a_place_that_is_none_is_not_found(shop, place):
    ledger, _ = shop
    with pytest.raises(NotFoundError):
        ledger.record(*place)


def test_a_correction_is_not_erased_since_what_it_corrected_would_stand_again(shop):
    ledger, signers = shop
    first = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    second = ledger.append([correction(ledger, first)], signer=signers["farm"]).places[0]
    with pytest.raises(PolicyError) as refused:
        ledger.withhold(*second)
    assert refused.value.code == "ledger.correction_not_withheld"
    ledger.withhold(*first)
    assert ledger.audit(ledger.public_card).ok


def test_a_verified_record_says_its_kind_also_when_its_content_is_gone(shop):
    ledger, signers = shop
    place = ledger.append([origin(LOT, "Hulunbuir")], signer=signers["farm"]).places[0]
    assert ledger.record(*place).kind == "origin"
    ledger.withhold(*place)
    assert ledger.record(*place).kind == "withheld"
