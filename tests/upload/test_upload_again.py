"""Last month's sheet, uploaded again: passed over, whatever was erased or lost since."""

import pytest

from trustledger import Ed25519Signer, InputError, key_note
from trustledger.interchange.upload import check, upload
from trustledger.record import Withheld

SEAL = {"seal": ["/results/0/value"]}


def go(shop, path):
    return upload(shop.ledger, [path], shop.options, signer=shop.signer)


def look(shop, path):
    return check([path], shop.options, party=shop.signer.party, ledger=shop.ledger)


def forget(shop, entry=2, position=0):
    record = shop.ledger.record(entry, position).record
    shop.ledger._vault.forget(record.sealed.values())


def test_what_was_erased_is_not_published_again(shop, write, sheet):
    path = write("a.csv", sheet(range(3)))
    go(shop, path)
    shop.ledger.withhold(2, 1)
    size = shop.ledger.size
    assert (look(shop, path).ok, look(shop, path).existing) == (True, 3)
    done = go(shop, path)
    assert (done.new, done.existing, shop.ledger.size) == (0, 3, size)
    assert isinstance(shop.ledger.record(2, 1).record, Withheld)
    assert shop.ledger.audit().ok


def test_a_lost_opening_is_told_and_refuses_nothing(shop, write, row):
    path = write("a.jsonl", [row(1, **SEAL), row(2)])
    go(shop, path)
    assert look(shop, path).unopened == 0
    forget(shop)
    seen = look(shop, path)
    assert (seen.ok, seen.existing, seen.unopened) == (True, 2, 1)
    assert go(shop, path).existing == 2


def test_a_lost_opening_hides_no_change_that_can_be_seen(shop, write, row):
    both = {"seal": ["/results/0/value", "/results/1/value"]}

    def two(first, second, **more):
        made = row(1, value=first, **both)
        made["data"]["results"].append({"parameter": "cadmium", "value": second, "unit": "mg/kg"})
        return made | more

    go(shop, write("a.jsonl", [two("1", "2")]))
    record = shop.ledger.record(2, 0).record
    shop.ledger._vault.forget([record.sealed["/results/0/value"]])
    assert look(shop, write("b.jsonl", [two("1", "2")])).unopened == 1
    (problem,) = look(shop, write("b.jsonl", [two("1", "3")])).problems
    assert (problem.code, problem.place.column) == ("upload.other_sealed", "data.results.1.value")
    (problem,) = look(shop, write("b.jsonl", [two("1", "2", occurred_at="2026-10-06T08:00:00Z")])).problems
    assert problem.code == "upload.other_content"


def test_a_lost_opening_and_an_archived_file_at_once(shop, write, row, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(b"scan")
    path = write("a.jsonl", [row(1, evidence=["scan.pdf"], **SEAL)])
    go(shop, path)
    forget(shop)
    (tmp_path / "scan.pdf").unlink()
    assert (look(shop, path).existing, look(shop, path).unopened) == (1, 1)


def test_a_cosigners_signature_is_not_silently_lost(shop, write, row):
    lab = Ed25519Signer.generate("https://lab.example/")
    shop.ledger.enrol(
        lab.party, operator=shop.operator, key_note=key_note(lab), roles=["inspector"], name="Lab"
    )
    path = write("a.jsonl", [row(1), row(2)])
    upload(shop.ledger, [path], shop.options, signer=shop.signer)
    with pytest.raises(InputError) as caught:
        upload(shop.ledger, [path], shop.options, signer=shop.signer, cosigners=[lab])
    assert [(one.code, one.place.row) for one in caught.value.problems] == [
        ("ledger.cosigners", 1),
        ("ledger.cosigners", 2),
    ]
    other = write("b.jsonl", [row(3)])
    upload(shop.ledger, [other], shop.options, signer=shop.signer, cosigners=[lab])
    assert upload(shop.ledger, [other], shop.options, signer=shop.signer, cosigners=[lab]).existing == 1
