"""A store that lies: what is read is checked on the way up, or only an audit can see it, and then it does.

Each test changes stored bytes behind the ledger's back and leaves the head as it was.
"""

from __future__ import annotations

import pytest
from world import FARM, LAB, LOT, LOT_8, OPERATOR, PRODUCT, World, inspection, read_everything, signer

from trustledger.errors import (
    ChainError,
    CorruptStoreError,
    FormatError,
    NewerFormatError,
    NotFoundError,
    PolicyError,
    StorageError,
    TrustLedgerError,
    VerificationError,
)
from trustledger.keys import key_note
from trustledger.ledger import tables
from trustledger.record import withhold
from trustledger.subject import party_subject, subject_hash

CAUGHT = (VerificationError, CorruptStoreError)
BATCH = 3  # index of the first entry after genesis and two enrolments


@pytest.fixture(scope="module")
def grown() -> World:
    """130 records (three chunks, two chunks of links), then more in the same chains, and a withheld one."""
    world = World()
    world.ledger.append([inspection(f"R-{n}") for n in range(130)], signer=world.farm)
    world.ledger.append(
        [inspection("S-1"), inspection("S-2", LOT_8)], signer=world.lab, cosigners=[world.farm]
    )
    world.ledger.append([inspection("S-3"), inspection("S-4", LOT_8)], signer=world.lab)
    world.ledger.enrol(FARM, operator=world.operator, key_note=key_note(signer(FARM, 8)), name="The farm")
    world.ledger.withhold(BATCH, 7)
    return world


class Lie:
    """Changes values, and puts them back at the end."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._before: list[tuple[str, bytes, bytes | None]] = []

    def put(self, table: str, key: bytes, value: bytes | None) -> None:
        with self.world.store.snapshot() as snapshot:
            old = snapshot.get(table, key)
        assert old != value, "that would be the truth"
        self._before.append((table, key, old))
        self.world.put(table, key, value)

    def flip(self, table: str, key: bytes, at: int, bits: int = 0xFF) -> None:
        raw = bytearray(self.world.get(table, key))
        raw[at] ^= bits
        self.put(table, key, bytes(raw))

    def undo(self) -> None:
        while self._before:
            self.world.put(*self._before.pop())


@pytest.fixture
def lie(grown):
    made = Lie(grown)
    yield made
    made.undo()


def caught(world: World, *codes: str) -> TrustLedgerError:
    """Reading everything meets the lie."""
    with pytest.raises(CAUGHT) as found:
        read_everything(world.reopen())
    error = found.value
    assert not codes or error.code in codes, error
    return error


def only_an_audit_sees_it(world: World) -> None:
    """Reading does not notice; the audit does."""
    read_everything(world.reopen())
    assert not world.reopen().audit(world.ledger.public_card).ok


def test_the_truth_reads_well(grown):
    assert read_everything(grown.reopen()) == 132 + 2 + 134 + 1 + 4
    assert grown.reopen().audit(grown.ledger.public_card).ok


# --- entries, records, links --------------------------------------------------------------------------------------


@pytest.mark.parametrize("index", range(7))
def test_a_changed_entry(grown, lie, index):
    lie.flip("entries", tables.u64(index), -1)
    caught(grown)


def test_an_entry_replaced_by_another(grown, lie):
    lie.put("entries", tables.u64(BATCH + 1), grown.get("entries", tables.u64(BATCH + 2)))
    caught(grown, "merkle.inclusion", "proof.inclusion", "ledger.root")


def test_a_missing_entry(grown, lie):
    lie.put("entries", tables.u64(BATCH), None)
    caught(grown, "ledger.missing")


def records_of(world: World, chunk: int) -> list[bytes]:
    return tables.unpack_bundle(world.get("bundles", tables.chunk_key(BATCH, chunk)))


@pytest.mark.parametrize("chunk", range(3))
def test_a_changed_record(grown, lie, chunk):
    raws = records_of(grown, chunk)
    raws[-1] = raws[-1].replace(b"0.012", b"0.002")
    lie.put("bundles", tables.chunk_key(BATCH, chunk), tables.pack_bundle(raws))
    caught(grown, "ledger.records_root")


def test_swapped_records(grown, lie):
    raws = records_of(grown, 1)
    raws[3], raws[4] = raws[4], raws[3]
    lie.put("bundles", tables.chunk_key(BATCH, 1), tables.pack_bundle(raws))
    caught(grown, "ledger.records_root")


@pytest.mark.parametrize("how", ["one less", "one more", "none", "half a record"])
def test_records_left_out_or_added(grown, lie, how):
    raws = records_of(grown, 2)
    value = {"one less": tables.pack_bundle(raws[:-1]), "one more": tables.pack_bundle([*raws, raws[0]]), "none": b"",
             "half a record": tables.pack_bundle(raws)[:-9]}[how]  # fmt: skip
    lie.put("bundles", tables.chunk_key(BATCH, 2), value)
    caught(grown, "ledger.record_count", "ledger.bad_value")


def test_two_chunks_of_records_swapped(grown, lie):
    one, two = (grown.get("bundles", tables.chunk_key(BATCH, chunk)) for chunk in (0, 1))
    lie.put("bundles", tables.chunk_key(BATCH, 0), two)
    lie.put("bundles", tables.chunk_key(BATCH, 1), one)
    caught(grown, "ledger.records_root")


def test_a_chunk_of_another_entry(grown, lie):
    other = grown.get("bundles", tables.chunk_key(BATCH + 2, 0))
    lie.put("bundles", tables.chunk_key(BATCH + 1, 0), other)
    caught(grown, "ledger.records_root")


def test_records_and_their_roots_changed_together(grown, lie):
    from trustledger import merkle

    raws = records_of(grown, 0)
    raws[0] = raws[0].replace(b"0.012", b"0.002")
    lie.put("bundles", tables.chunk_key(BATCH, 0), tables.pack_bundle(raws))
    root = merkle.root([merkle.leaf_hash(raw) for raw in raws])
    key = tables.u64(BATCH) + b"r"
    lie.put("roots", key, root + grown.get("roots", key)[32:])
    caught(grown, "ledger.records_root")


@pytest.mark.parametrize(("tree", "code"), [(b"r", "ledger.records_root"), (b"l", "ledger.links_root")])
def test_changed_roots_of_chunks(grown, lie, tree, code):
    lie.flip("roots", tables.u64(BATCH) + tree, 0)
    caught(grown, code)


def test_the_root_of_the_only_chunk_of_links_that_is_read_is_computed_and_only_an_audit_sees_it(grown, lie):
    lie.flip("roots", tables.u64(BATCH) + b"l", -1)
    only_an_audit_sees_it(grown)


@pytest.mark.parametrize("tree", [b"r", b"l"])
def test_missing_or_shortened_roots_of_chunks(grown, lie, tree):
    key = tables.u64(BATCH) + tree
    lie.put("roots", key, grown.get("roots", key)[:32])
    caught(grown)
    lie.undo()
    lie.put("roots", key, None)
    caught(grown)
    lie.undo()
    lie.put("roots", key, grown.get("roots", key)[:33])
    caught(grown, "ledger.bad_value")


@pytest.mark.parametrize("chunk", range(2))
def test_a_changed_link(grown, lie, chunk):
    lie.flip("links", tables.chunk_key(BATCH, chunk), 5)
    if chunk == 1:
        caught(grown, "ledger.links_root")
    else:  # no run ends in it
        only_an_audit_sees_it(grown)


def test_missing_links(grown, lie):
    lie.put("links", tables.chunk_key(BATCH, 1), None)
    caught(grown, "ledger.missing")


@pytest.mark.parametrize("index", range(11))
def test_a_changed_or_missing_node_of_the_log(grown, lie, index):
    key = tables.u64(index)
    assert [found for table, found, _ in grown.values() if table == "nodes"] == [
        tables.u64(n) for n in range(11)
    ]
    lie.flip("nodes", key, 0)
    caught(grown)
    lie.undo()
    lie.put("nodes", key, grown.get("nodes", key)[:31])
    caught(grown)


def test_a_withheld_stand_in_for_other_bytes(grown, lie):
    from trustledger.record import parse_record

    raws = records_of(grown, 0)
    raws[1] = withhold(parse_record(raws[2]))
    lie.put("bundles", tables.chunk_key(BATCH, 0), tables.pack_bundle(raws))
    caught(grown, "ledger.records_root")


def test_a_record_withheld_by_the_store_is_a_legal_erasure_and_shows_as_withheld(grown, lie):
    from trustledger.record import Withheld, parse_record

    raws = records_of(grown, 0)
    raws[1] = withhold(parse_record(raws[1]))
    lie.put("bundles", tables.chunk_key(BATCH, 0), tables.pack_bundle(raws))
    assert isinstance(grown.reopen().record(BATCH, 1).record, Withheld)
    read_everything(grown.reopen())


def test_other_subjects_in_a_withheld_stand_in(grown, lie):
    from trustledger.encoding import encode
    from trustledger.record import parse_record

    raws = records_of(grown, 0)
    short = parse_record(raws[7])
    raws[7] = encode([0, short.hash, [subject_hash("urn:x:elsewhere"), short.subject_hashes[1]]])
    lie.put("bundles", tables.chunk_key(BATCH, 0), tables.pack_bundle(raws))
    caught(grown, "ledger.wrong_chain")  # the chain it has left
    assert grown.reopen().record(
        BATCH, 7
    )  # by its place alone it reads; which chains it is in, only links say
    assert not grown.reopen().audit(grown.ledger.public_card).ok


def test_an_enrolment_cannot_be_withheld(grown, lie):
    from trustledger.record import parse_record

    key = tables.chunk_key(1, 0)
    lie.put(
        "bundles",
        key,
        tables.pack_bundle([withhold(parse_record(tables.unpack_bundle(grown.get("bundles", key))[0]))]),
    )
    caught(grown, "ledger.authority_record")


# --- chains -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("subject", [LOT, LOT_8, PRODUCT, party_subject(FARM)])
def test_a_changed_head_in_every_byte(grown, lie, subject):
    key = subject_hash(subject)
    previous = range(40, 72)  # the link before the last: only appending needs it, and checks it
    for at in range(len(grown.get("heads", key))):
        if at in previous:
            continue
        for bits in (0x01, 0x80):
            lie.flip("heads", key, at, bits)
            caught(grown)
            lie.undo()


@pytest.mark.parametrize("subject", [LOT, LOT_8, PRODUCT, party_subject(FARM)])
def test_a_changed_run_in_every_byte(grown, lie, subject):
    key = subject_hash(subject)
    runs = [found for table, found, _ in grown.values() if table == "runs" and found.startswith(key)]
    assert runs
    for run in runs:
        size = len(grown.get("runs", run))
        for at in [*range(min(size, 56)), size - 1]:
            lie.flip("runs", run, at, 0x01)
            caught(grown)
            lie.undo()


def test_a_missing_repeated_or_moved_run(grown, lie):
    key = subject_hash(PRODUCT)
    runs = [found for table, found, _ in grown.values() if table == "runs" and found.startswith(key)]
    assert len(runs) == 2
    lie.put("runs", runs[1], None)
    caught(grown, "ledger.chain_gap")
    lie.undo()
    lie.put("runs", runs[0], None)
    caught(grown, "ledger.chain_gap")
    lie.undo()
    lie.put("runs", key + tables.u64(131), grown.get("runs", runs[1]))
    caught(grown, "ledger.chain_gap", "ledger.link")
    lie.undo()
    lie.put("runs", runs[0], grown.get("runs", runs[1]))
    caught(grown)


@pytest.mark.parametrize(
    "value", [b"", b"\x00" * 71, b"\x00" * 72, b"\x00" * 88, b"\xff" * 88, b"\x00" * 89], ids=len
)
def test_a_head_or_run_that_is_none(grown, lie, value):
    lie.put("heads", subject_hash(LOT), value)
    caught(grown)
    lie.undo()
    run = next(
        found for table, found, _ in grown.values() if table == "runs" and found.startswith(subject_hash(LOT))
    )
    lie.put("runs", run, value)
    caught(grown)


def test_another_subjects_chain(grown, lie):
    lie.put("heads", subject_hash(LOT_8), grown.get("heads", subject_hash(LOT)))
    caught(grown, "ledger.wrong_chain", "ledger.chain_gap", "ledger.link")


def test_anothers_chain_under_a_subject_that_has_none(grown, lie):
    lie.put("heads", subject_hash("urn:x:new"), grown.get("heads", subject_hash(LOT_8)))
    with pytest.raises(CAUGHT):
        list(grown.reopen().chain("urn:x:new"))


def test_a_run_that_leaves_one_record_out(grown, lie):
    key = subject_hash(LOT)
    run = next(found for table, found, _ in grown.values() if table == "runs" and found.startswith(key))
    raw = grown.get("runs", run)
    lie.put("runs", run, raw[: 32 + 12 + 4] + raw[32 + 12 + 8 :])
    caught(grown, "ledger.link")


def shortened(world: World, subject: str) -> bytes:
    """The head as it was one run earlier: true then, truncated now."""
    key = subject_hash(subject)
    runs = [
        (found, value) for table, found, value in world.values() if table == "runs" and found.startswith(key)
    ]
    run_key, value = runs[-1]
    first = int.from_bytes(run_key[32:], "big")
    positions = (len(value) - 32 - 12) // 4
    with world.ledger.reading() as reader:
        links = reader._snapshot.get("links", tables.chunk_key(int.from_bytes(value[32:40], "big"), 0))
    assert links is not None
    previous = value[:32] if positions == 1 else bytes(32)
    return (first + positions).to_bytes(8, "big") + value[:32] + previous + value[32:]


def test_a_truncated_chain_reads_as_it_was_and_only_an_audit_sees_it(grown, lie):
    key = subject_hash(LOT_8)
    run = next(found for table, found, _ in grown.values() if table == "runs" and found.startswith(key))
    lie.put("heads", key, shortened(grown, LOT_8))
    lie.put("runs", run, None)
    assert [one.record.data["report"] for one in grown.reopen().chain(LOT_8)] == ["S-2"]
    only_an_audit_sees_it(grown)


def test_a_chain_that_is_gone_reads_as_empty_and_only_an_audit_sees_it(grown, lie):
    lie.put("heads", subject_hash(LOT_8), None)
    assert list(grown.reopen().chain(LOT_8)) == []
    only_an_audit_sees_it(grown)


# --- appending on top ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["length", "link", "previous", "entry", "last link", "position"])
def test_nothing_is_appended_on_a_changed_head(grown, lie, part):
    at = {"length": 7, "link": 8, "previous": 40, "entry": 79, "last link": 83, "position": 87}[part]
    lie.flip("heads", subject_hash(LOT_8), at, 0x01)
    before = grown.dump()
    with pytest.raises(CAUGHT):
        grown.reopen().append([inspection("new", LOT_8)], signer=grown.farm)
    assert grown.dump() == before


def test_nothing_is_appended_on_anothers_head(grown, lie):
    lie.put(
        "heads",
        subject_hash("https://id.gs1.org/01/09506000134352/10/LOT-9"),
        grown.get("heads", subject_hash(LOT_8)),
    )
    with pytest.raises(ChainError):
        grown.reopen().append([inspection("new", PRODUCT + "/10/LOT-9")], signer=grown.farm)


def test_nothing_is_appended_on_a_changed_log(grown, lie):
    for index in (0, 1, 2):
        lie.flip("nodes", tables.u64(index), 0)
    with pytest.raises(CAUGHT):
        grown.reopen().append([inspection("new")], signer=grown.farm)


# --- parties, keys and the other indexes --------------------------------------------------------------------------


def test_a_party_that_is_no_party(grown, lie):
    lie.put("parties", b"urn:x:nobody", tables.u64(1))
    caught(grown, "ledger.missing")
    lie.undo()
    lie.put("parties", b"\xff not a URI", tables.u64(1))
    with pytest.raises((*CAUGHT, FormatError)):
        read_everything(grown.reopen())


def test_a_party_left_out_of_the_list_can_still_sign_and_only_an_audit_sees_it(grown, lie):
    lie.put("parties", LAB.encode(), None)
    assert grown.reopen().party(LAB) is not None
    only_an_audit_sees_it(grown)


def test_a_party_whose_own_chain_is_gone_cannot_have_signed(grown, lie):
    lie.put("heads", subject_hash(party_subject(LAB)), None)
    caught(grown, "statement.key_not_active")


def test_a_failed_reading_is_no_reading_the_second_time_either(grown, lie):
    lie.flip("heads", subject_hash(party_subject(LAB)), 8)
    ledger = grown.reopen()
    for _ in range(3):
        with pytest.raises(CAUGHT):
            ledger.party(LAB)


def test_a_changed_index_of_keys_only_an_audit_sees(grown, lie):
    for key, value in [(found, value) for table, found, value in grown.values() if table == "keys"]:
        for changed in (value + b"x", None):
            lie.put("keys", key, changed)
            only_an_audit_sees_it(grown)
            lie.undo()


def test_a_changed_index_of_ids_cannot_claim_another_placement(grown, lie):
    ledger = grown.reopen()
    statement = ledger.entry(BATCH + 2).statement.statement
    lie.put("ids", tables.id_key(LAB, b"n" * 16), tables.u64(BATCH + 2))
    with pytest.raises(PolicyError):  # refused rather than answered wrongly
        ledger.append([inspection("new")], signer=grown.lab, statement_id=b"n" * 16)
    assert statement.id != b"n" * 16
    only_an_audit_sees_it(grown)


@pytest.mark.parametrize("table", ["ids", "business"])
def test_missing_places_of_ids_and_business_keys_only_an_audit_sees(grown, lie, table):
    key = next(found for name, found, _ in grown.values() if name == table)
    lie.put(table, key, None)
    only_an_audit_sees_it(grown)


def test_a_business_key_that_leads_elsewhere_refuses_and_only_an_audit_sees_it(grown, lie):
    from trustledger.kinds.business import business_digest

    key = business_digest(LAB, "inspection", ("S-3", LOT))
    for place in (tables.place_value(BATCH, 3), tables.place_value(99, 0), b"short"):
        lie.put("business", key, place)
        with pytest.raises((PolicyError, NotFoundError, CorruptStoreError)):
            grown.reopen().append([inspection("S-3")], signer=grown.lab)
        only_an_audit_sees_it(grown)
        lie.undo()


def test_a_changed_checkpoint(grown, lie):
    for at in (3, 25, 40, -5):
        lie.flip("checkpoints", tables.LATEST, at, 0x01)
        with pytest.raises((*CAUGHT, FormatError)):
            grown.reopen().checkpoint()
        lie.undo()


def test_an_older_checkpoint_is_signed_anew(grown, lie):
    old = Lie(grown)
    with grown.store.snapshot() as snapshot:
        before = snapshot.get("checkpoints", tables.LATEST)
    receipt_size = grown.ledger.size
    from trustledger.checkpoint import Checkpoint, sign_checkpoint

    with grown.ledger.reading() as reader:
        from trustledger import merkle

        root = merkle.tree_root(2, reader.nodes)
    old.put(
        "checkpoints",
        tables.LATEST,
        sign_checkpoint(Checkpoint(grown.ledger.public_card.origin, 2, root), [grown.log]),
    )
    assert grown.reopen().checkpoint().checkpoint.size == receipt_size
    assert grown.get("checkpoints", tables.LATEST) == before


def test_a_checkpoint_of_another_history(grown, lie):
    from trustledger.checkpoint import Checkpoint, sign_checkpoint

    size = grown.ledger.size
    forged = sign_checkpoint(Checkpoint(grown.ledger.public_card.origin, size, bytes(32)), [grown.log])
    lie.put("checkpoints", tables.LATEST, forged)
    with pytest.raises(VerificationError):
        grown.reopen().checkpoint()
    with pytest.raises(VerificationError):  # and nobody is made a witness of it
        grown.reopen().append([inspection("new")], signer=grown.farm)


def test_another_schema(grown, lie):
    lie.put("meta", tables.SCHEMA_KEY, b"2")
    with pytest.raises(NewerFormatError):
        grown.reopen()
    lie.undo()
    lie.put("meta", tables.SCHEMA_KEY, None)
    with pytest.raises(StorageError):
        grown.reopen()


# --- the head itself ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["size", "root", "shorter", "rubbish"])
def test_a_changed_head_of_the_store(change):
    world = World()
    with world.store.snapshot() as snapshot:
        raw = snapshot.head
    head = tables.StoreHead.unpack(raw)
    value = {
        "size": head._replace(size=head.size + 1).pack(),
        "root": head._replace(root=bytes(32)).pack(),
        "shorter": head._replace(size=head.size - 1).pack(),
        "rubbish": b"rubbish",
    }[change]
    opened = world.ledger
    world.store.commit(raw, {}, value)
    with pytest.raises(CAUGHT):
        world.reopen()
    for _ in range(2):  # a ledger that is open does not get used to it
        with pytest.raises(CAUGHT):
            opened.party(OPERATOR)


def test_a_log_that_shrinks_under_an_open_ledger_is_caught():
    world = World()
    with world.store.snapshot() as snapshot:
        early = snapshot.head
    world.ledger.append([inspection("R-1")], signer=world.farm)
    with world.store.snapshot() as snapshot:
        late = snapshot.head
    opened = world.ledger
    assert opened.size == 4
    world.store.commit(late, {}, early)
    for _ in range(2):
        with pytest.raises(VerificationError):
            opened.entry(0)
