"""Documents of others, uploaded by the parties they are about: what is odd in them is found, and nothing else."""

import itertools

import pytest

from trustledger import Ed25519Signer, Ledger
from trustledger.interchange.upload import upload
from trustledger.keys import key_note
from trustledger.views.provenance import to_plain, trace

GTIN = "https://id.gs1.org/01/"
FIELD = GTIN + "00860009999923/10/ABC1234"
PACKED = GTIN + "10860009999920/10/ABC1234"
OTHER = GTIN + "10860009999920/10/ABC5678"
SALAD = GTIN + "10860009998039/10/SALAD-20260420-A"
PLACED = 1_796_000_000_000
FOOD = {
    ("farm", "producer"): ["harvest-cte"],
    ("boat", "producer"): ["first-land-based-receiver-cte"],
    ("cooler", "processor"): ["cooling-cte"],
    ("packer", "processor"): ["initial-packing-cte", "shipping-cte"],
    ("store", "merchant"): ["receiving-cte"],
    ("kitchen", "processor"): ["transformation-cte"],
}
TEXTILE = {
    ("spinner", "processor"): ["transformation-spinning"],
    ("weaver", "processor"): ["transformation-weaving"],
    ("maker", "processor"): ["transformation-garment", "commissioning"],
    ("lab", "inspector"): ["observation-chemical", "observation-durability"],
    ("fjordline", "brand-owner", "processor"): ["fjordline-aurora-lifecycle"],
}
WOOD = {
    ("grower", "producer"): ["harvesting", "origin-declaration"],
    ("maker", "processor"): ["processing", "supply-chain-transfer"],
    ("trader", "merchant", "brand-owner"): ["due-diligence-statement", "exemption-declaration"],
}


def told(folder, parties):
    """A ledger in which each party has uploaded its documents."""
    ticks = itertools.count(PLACED, 1000)
    operator = Ed25519Signer.generate("https://operator.example/p")
    log = Ed25519Signer.generate("shop.example/ledger")
    ledger = Ledger.in_memory(
        policy=None, origin="shop.example/ledger", operator=operator, log=log, clock=lambda: next(ticks)
    )
    for (name, *roles), documents in parties.items():
        signer = Ed25519Signer.generate(f"https://{name}.example/p")
        ledger.enrol(signer.party, operator=operator, key_note=key_note(signer), roles=roles, name=name)
        upload(ledger, [folder / f"{document}.jsonld" for document in documents], signer=signer)
    return ledger


@pytest.fixture(scope="module")
def documents(shared_dir):
    return shared_dir / "epcis" / "dpp-ready"


@pytest.fixture(scope="module")
def food(documents):
    return trace(told(documents / "us-fsma204", FOOD), FIELD, forward=True)


def implausible(found, *levels):
    return [one for one in found.findings if one.code.startswith("plausibility.") and one.level in levels]


def said(found, step, party):
    """Places of a party's records of a kind or direction."""
    return [
        each.ref
        for node in found.nodes
        for each in node.steps
        if step in (each.kind, each.data.get("direction")) and each.signed_by.name == party
    ]


def one(found, code, subject):
    (finding,) = [
        each
        for each in implausible(found, "alarm", "doubt", "note")
        if (each.code, each.subject) == (f"plausibility.{code}", subject)
    ]
    return finding


def test_the_goods_are_received_and_cooled_a_day_before_the_harvest(food):
    early = [each for each in implausible(food, "alarm") if each.code == "plausibility.before_made"]
    assert [each.facts["what"] for each in early] == ["received", "inspection"]
    assert [each.facts["seen"] for each in early] == ["2026-04-16T13:26:42Z", "2026-04-16T14:26:42Z"]
    assert {each.facts["expected"] for each in early} == {"2026-04-17T13:26:42Z"}
    assert {each.refs for each in early} == {tuple(said(food, "origin", "farm"))}


def test_more_is_packed_than_was_harvested(food):
    twice = one(food, "used_twice", FIELD)
    assert (twice.level, twice.facts) == ("alarm", {"made": "25000 lb", "used": "25250 lb"})
    assert len(twice.refs) == 2


def test_one_event_has_two_quantities(food):
    differs = one(food, "event_differs", PACKED)
    assert differs.level == "alarm"
    assert (differs.facts["expected"], differs.facts["seen"]) == ("250 lb → 25 case", "25000 lb → 500 case")
    assert differs.ref in said(food, "processing", "store")


def test_five_hundred_cases_come_off_a_pallet_that_held_twenty_five(food):
    more = one(food, "unit_more", PACKED)
    assert (more.level, more.facts["expected"], more.facts["seen"]) == ("alarm", "25 case", "500 case")


def test_what_else_the_pallet_held_never_arrives(documents):
    pallet = trace(told(documents / "us-fsma204", FOOD), "https://id.gs1.org/00/008600099999850000")
    missing = one(pallet, "unit_missing", OTHER)
    assert (missing.level, missing.facts["expected"]) == ("note", "25 case")


def test_the_cooler_gets_what_was_sent_to_the_packer_and_both_send_all_of_it_there(food):
    assert one(food, "other_addressee", FIELD).facts["seen"].endswith("0860009999077")
    twice = one(food, "sent_twice", FIELD)
    assert (twice.level, twice.facts) == ("doubt", {"made": "25000 lb", "used": "50000 lb"})


def test_the_salad_is_made_where_nothing_came_and_of_few_cases(food):
    elsewhere = one(food, "elsewhere", PACKED)
    assert (elsewhere.facts["seen"], elsewhere.level) == ("0860009998018", "doubt")
    grew = one(food, "count_grew", SALAD)
    assert (grew.facts["inputs"], grew.facts["outputs"], grew.level) == ("150 case", "2000 case", "doubt")


def test_pounds_and_cases_are_said_to_be_incomparable(food):
    notes = {
        each.facts["inputs"]
        for each in implausible(food, "note")
        if each.code == "plausibility.balance_incomparable"
    }
    assert notes == {"25000 lb", "250 lb"}


def test_that_is_all(food):
    loud = [each.code.removeprefix("plausibility.") for each in implausible(food, "alarm", "doubt")]
    assert sorted(loud) == [
        "before_made",
        "before_made",
        "count_grew",
        "elsewhere",
        "event_differs",
        "other_addressee",
        "own_goods",
        "own_goods",
        "sent_twice",
        "unit_more",
        "used_twice",
    ]


@pytest.mark.parametrize(
    ("folder", "parties", "subject"),
    [
        ("eu-textile", TEXTILE, GTIN + "09521234000013/21/WJ-2025-00301"),
        ("eu-textile", TEXTILE, GTIN + "09521234003007/21/AUR-2026-000001"),
        ("eu-eudr", WOOD, GTIN + "09521234000037/21/TABLE-2025-001"),
    ],
)
def test_sound_documents_raise_no_alarm(documents, folder, parties, subject):
    found = trace(told(documents / folder, parties), subject)
    assert len(found.nodes) > 2
    assert implausible(found, "alarm", "doubt") == []


def test_a_trace_says_who_stands_behind_it(food):
    behind = food.independence
    assert len(behind.parties) == len(behind.groups) == len(behind.keys) == len(behind.independent) == 5
    assert behind.held_by_shop == ()
    plain = to_plain(food)
    assert plain["independence"]["shop"] == ["https://operator.example/p"]
    assert {each["level"] for each in plain["findings"]} == {"alarm", "doubt", "note"}
    assert all(isinstance(each["refs"], list) for each in plain["findings"])
