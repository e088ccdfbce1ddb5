"""What stood before an entry: the steward of a subject is found among the first records of its chain, and no further."""

from __future__ import annotations

from world import LOT, PRODUCT, World, inspection

from trustledger.authority.policy import STEWARD_REACH
from trustledger.kinds import Kinds
from trustledger.ledger.standing import Standing


def product() -> object:
    data = {"names": {"en": "milk powder"}, "category": "milk", "market": "CN", "required": ["lead"]}
    row = {"kind": "product", "subject": PRODUCT, "occurred_at": "2026-10-05T12:00:00+08:00", "data": data}
    return Kinds.default().draft(row)


def steward(world: World, subject: str, entry: int | None = None) -> str | None:
    with world.ledger.reading() as reader:
        return Standing(lambda: reader, reader.head.size if entry is None else entry).steward(subject)


def test_the_steward_is_the_first_to_speak_of_a_subject_before_the_entry():
    world = World()
    first = world.ledger.append([inspection("R-1")], signer=world.farm).entry
    world.ledger.append([inspection("R-2")], signer=world.lab)
    assert first is not None
    assert (steward(world, LOT), steward(world, LOT, first), steward(world, LOT, first + 1)) == (
        world.farm.party, None, world.farm.party,
    )  # fmt: skip
    assert steward(world, PRODUCT) is None  # only touched so far
    world.ledger.append([product()], signer=world.lab)
    assert steward(world, PRODUCT) == world.lab.party
    assert steward(world, "urn:x:nothing") is None


def test_it_is_looked_for_among_so_many_records_and_no_more():
    for touched, found in ((STEWARD_REACH - 1, True), (STEWARD_REACH, False)):
        world = World()
        half = touched // 2
        world.ledger.append([inspection(f"R-{n}") for n in range(half)], signer=world.farm)
        world.ledger.append([inspection(f"R-{n}") for n in range(half, touched)], signer=world.farm)
        world.ledger.append([product()], signer=world.lab)
        assert steward(world, PRODUCT) == (world.lab.party if found else None)


def test_the_question_reads_no_more_of_a_long_chain(monkeypatch):
    world = World()
    world.ledger.append([inspection(f"R-{n}") for n in range(3_000)], signer=world.farm)
    with world.ledger.reading() as reader:
        read = []
        ask = reader._record
        monkeypatch.setattr(
            reader, "_record", lambda proven, position: read.append(position) or ask(proven, position)
        )
        assert Standing(lambda: reader, reader.head.size).steward(PRODUCT) is None
        assert len(read) == STEWARD_REACH
