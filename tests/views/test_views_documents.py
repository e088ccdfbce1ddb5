"""Documents of others, uploaded by the parties they are about, traced both ways."""

import pytest
from views_world import World

from trustledger.interchange.upload import upload
from trustledger.views.provenance import trace
from trustledger.views.recall import recall_list

GTIN = "https://id.gs1.org/01/"
FIELD_LOT = GTIN + "00860009999923/10/ABC1234"
PACKED_LOT = GTIN + "10860009999920/10/ABC1234"
SALAD_LOT = GTIN + "10860009998039/10/SALAD-20260420-A"
PALLET = "https://id.gs1.org/00/008600099999850000"

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
    ("maker", "processor"): [
        "transformation-garment",
        "commissioning",
        "declaration-environmental-footprint",
    ],
    ("lab", "inspector"): ["observation-chemical", "observation-durability", "observation-carbon-footprint"],
    ("fjordline", "brand-owner", "processor"): ["fjordline-aurora-lifecycle"],
}


def told(folder, parties):
    world = World()
    for (name, *roles), documents in parties.items():
        signer = world.party(name, *roles)
        paths = [folder / f"{document}.jsonld" for document in documents]
        done = upload(world.ledger, paths, signer=signer)
        assert done.new > 0
    return world


@pytest.fixture(scope="module")
def food(shared_dir):
    return told(shared_dir / "epcis" / "dpp-ready" / "us-fsma204", FOOD)


@pytest.fixture(scope="module")
def textile(shared_dir):
    return told(shared_dir / "epcis" / "dpp-ready" / "eu-textile", TEXTILE)


def reached(found):
    return {node.subject for node in found.nodes}


def lineage(found):
    """The subjects of the tree by level."""
    return [(visit.level, visit.node.subject) for visit in found.walk() if not visit.again]


def test_the_garment_back_to_the_fibre(textile):
    found = trace(textile.ledger, GTIN + "09521234000013/21/WJ-2025-00301")
    assert lineage(found)[:4] == [
        (0, GTIN + "09521234000013/21/WJ-2025-00301"),
        (1, GTIN + "09521234000136/10/FABRIC-WJ-2025-015"),
        (2, GTIN + "09521234000112/10/YARN-RPET-2025-088"),
        (3, GTIN + "09521234000105/10/RPET-BATCH-2025-044"),
    ]
    assert GTIN + "09521234000143/10/DOWN-RDS-2025-007" in reached(found)
    signed = {step.signed_by.name for node in found.nodes for step in node.steps}
    assert signed == {"Spinner", "Weaver", "Maker", "Lab"}


def test_the_jacket_back_to_the_fibre(textile):
    found = trace(textile.ledger, GTIN + "09521234003007/21/AUR-2026-000001")
    assert GTIN + "09521234008002/10/RPET-2026-011" in reached(found)
    assert max(node.depth for node in found.nodes) == 4
    assert GTIN + "09521234003007/10/LOT-2026-FJ03" in reached(found)


def test_the_pallet_back_to_the_harvest(food):
    found = trace(food.ledger, PALLET)
    assert [subject for _, subject in lineage(found)][:3] == [PALLET, PACKED_LOT, FIELD_LOT]
    assert {(step.kind, step.signed_by.name) for step in found.node(FIELD_LOT).steps} >= {
        ("origin", "Farm"),
        ("shipping", "Cooler"),
        ("inspection", "Cooler"),
        ("inspection", "Packer"),
    }


def test_the_harvest_forward_to_the_salad_and_to_receiving(food):
    found = trace(food.ledger, FIELD_LOT, forward=True)
    assert reached(found) == {FIELD_LOT, PACKED_LOT, PALLET, SALAD_LOT}
    packing = [edge for edge in found.edges if (edge.source, edge.target) == (FIELD_LOT, PACKED_LOT)]
    assert ("25000", "lb", "500", "case") in {
        (edge.quantity, edge.unit, edge.made, edge.made_unit) for edge in packing
    }
    received = [step for step in found.node(PALLET).steps if step.data.get("direction") == "received"]
    assert [step.signed_by.name for step in received] == ["Store"]


def test_whom_to_call(food):
    rows = recall_list(trace(food.ledger, FIELD_LOT, forward=True))
    assert {row.subject for row in rows} == {FIELD_LOT, PACKED_LOT, PALLET, SALAD_LOT}
    salad = next(row for row in rows if row.subject == SALAD_LOT)
    assert (salad.made_from, salad.quantity, salad.unit) == (PACKED_LOT, "2000", "case")
    assert "https://id.gs1.org/414/0860009998001" in {
        row.destination for row in rows if row.subject == PALLET
    }


def test_uploading_a_document_again_adds_nothing(food, shared_dir):
    path = shared_dir / "epcis" / "dpp-ready" / "us-fsma204" / "harvest-cte.jsonld"
    done = upload(food.ledger, [path], signer=food.signers["farm"])
    assert (done.new, done.existing) == (0, 2)


def test_the_audit_finds_no_fault(food, textile):
    for world in (food, textile):
        assert world.ledger.audit(world.ledger.public_card).ok
