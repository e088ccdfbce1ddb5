"""The default policy lets real documents in when the parties they are about sign them."""

from __future__ import annotations

import pytest

from trustledger.authority.parties import PartyState
from trustledger.authority.policy import default_policy
from trustledger.authority.rights import Said, check_kinds, check_steward, strangers
from trustledger.errors import PolicyError
from trustledger.interchange.epcis import read
from trustledger.interchange.rows import Row
from trustledger.kinds import Kinds

FOLDERS = {
    "us-fsma204": [
        ("producer", "harvest-cte"),
        ("producer", "first-land-based-receiver-cte"),
        ("processor", "cooling-cte"),
        ("processor", "initial-packing-cte"),
        ("processor", "shipping-cte"),
        ("merchant", "receiving-cte"),
        ("processor", "transformation-cte"),
    ],
    "eu-textile": [
        ("processor", "transformation-spinning"),
        ("processor", "transformation-weaving"),
        ("processor", "transformation-garment"),
        ("processor", "commissioning"),
        ("processor", "declaration-environmental-footprint"),
        ("inspector", "observation-chemical"),
        ("inspector", "observation-durability"),
        ("inspector", "observation-carbon-footprint"),
        ("processor", "fjordline-aurora-lifecycle"),
    ],
    "eu-eudr": [
        ("producer", "harvesting"),
        ("producer", "origin-declaration"),
        ("merchant", "due-diligence-statement"),
        ("merchant", "exemption-declaration"),
        ("carrier", "supply-chain-transfer"),
        ("processor", "processing"),
    ],
}


def drafts(path):
    for row in read(path):
        assert isinstance(row, Row), row
        yield Kinds.default().draft(row.plain)


def place(folder, documents):
    """Ask of all documents what would be asked of them one after another; yields how often stewards were looked for."""
    policy, stewards = default_policy(), {}
    for number, (role, name) in enumerate(documents):
        one = PartyState(f"https://p{number}.example/", name, frozenset({role}), (), 1, 1)
        found = list(drafts(folder / f"{name}.jsonld"))
        assert found
        check_kinds(policy, one, (), {draft.kind: n for n, draft in enumerate(found)})
        for position, draft in enumerate(found):
            spec = Kinds.default().spec(draft.kind)
            said = Said(position, draft.kind, draft.subjects, draft.data, tuple(draft.seal))
            for subject in strangers(policy, said, spec.lots(draft.data), spec.named_in(draft.data)):
                check_steward(position, subject, stewards.get(subject), [one.uri])
        for draft in found:
            stewards.setdefault(draft.subjects[0], one.uri)
    return stewards


@pytest.mark.parametrize("name", FOLDERS)
def test_documents_signed_by_those_they_are_about(shared_dir, name):
    folder = shared_dir / "epcis" / "dpp-ready" / name
    assert {path.stem for path in folder.iterdir()} == {document for _, document in FOLDERS[name]}
    assert len(set(place(folder, FOLDERS[name]).values())) > 2


def test_documents_signed_by_those_they_are_not_about(shared_dir):
    folder = shared_dir / "epcis" / "dpp-ready" / "us-fsma204"
    for role, name in (
        ("carrier", "harvest-cte"),
        ("carrier", "transformation-cte"),
        ("merchant", "cooling-cte"),
    ):
        with pytest.raises(PolicyError, match="may not sign"):
            place(folder, [(role, name)])
