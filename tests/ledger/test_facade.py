"""Appending, submitting, idempotency, corrections, erasing: what the ledger promises a program."""

from __future__ import annotations

import io

import pytest
from world import (
    FARM,
    LAB,
    LOT,
    LOT_8,
    NOON,
    OPERATOR,
    ORIGIN,
    PRODUCT,
    World,
    cost,
    inspection,
    read_everything,
    signer,
)

from trustledger.authority.writing import party_record_data
from trustledger.chain import encode_head_index
from trustledger.errors import (
    ForkError,
    FormatError,
    NewerFormatError,
    NotFoundError,
    PolicyError,
    SignatureError,
    StorageError,
)
from trustledger.keys import key_note, write_key_file
from trustledger.kinds import Kinds
from trustledger.ledger import Ledger, Submission, parse_card, read_submissions, sequencer, write_submission
from trustledger.ledger.signing import make_submission, sign_batch, write_records
from trustledger.log import HEAD_INDEX, Annotation
from trustledger.record import Draft, Record, Withheld, commitment
from trustledger.statement import Seen, join_signatures, records_root, sign_statement


@pytest.fixture
def world() -> World:
    return World()


def submission(world: World, *drafts: Draft, **options) -> Submission:
    return make_submission(
        world.ledger.public_card, drafts, options.pop("signer", world.farm), time=5, **options
    )[0]


def unchanged(world: World, call, error: type[Exception], code: str | None = None) -> Exception:
    """The call is refused, and not one stored byte differs."""
    before = world.dump()
    with pytest.raises(error) as caught:
        call()
    assert world.dump() == before
    if code is not None:
        assert caught.value.code == code  # type: ignore[attr-defined]
    return caught.value


# --- appending ----------------------------------------------------------------------------------------------------


def test_an_append_is_one_entry_and_reads_back(world):
    size = world.ledger.size
    receipt = world.ledger.append([inspection("R-1"), inspection("R-2", LOT_8)], signer=world.farm)
    assert (receipt.entry, receipt.new, receipt.existing, world.ledger.size) == (size, 2, 0, size + 1)
    assert receipt.places == ((size, 0), (size, 1))
    assert [one.ref for one in world.ledger.chain(PRODUCT)] == [f"{size}/0", f"{size}/1"]
    (placed,) = world.ledger.chain(LOT)
    assert (placed.party, placed.cosigners, placed.keys) == (FARM, (), (world.farm.public,))
    assert placed.sequenced_at == world.ledger.entry(size).entry.sequenced_at
    assert world.ledger.record(size, 0) == placed
    assert receipt.checkpoint == world.ledger.checkpoint().note
    assert read_everything(world.reopen()) > 0


def test_a_chain_over_many_chunks_in_order(world):
    world.ledger.append([inspection(f"R-{n}") for n in range(130)], signer=world.farm)
    world.ledger.append([inspection(f"S-{n}") for n in range(130)], signer=world.lab)
    ledger = world.reopen()
    reports = [one.record.data["report"] for one in ledger.chain(LOT)]
    assert reports == [f"R-{n}" for n in range(130)] + [f"S-{n}" for n in range(130)]
    assert len(list(ledger.chain(PRODUCT))) == 260
    assert list(ledger.chain("urn:x:nothing")) == []


def test_nothing_to_append(world):
    receipt = world.ledger.append([], signer=world.farm)
    assert (receipt.entry, receipt.new, receipt.places) == (None, 0, ())


def test_who_may_append(world):
    draft = inspection("R-1")
    unchanged(
        world,
        lambda: world.ledger.append([draft], signer=signer("urn:x:who", 9)),
        PolicyError,
        "ledger.not_enrolled",
    )
    unchanged(
        world,
        lambda: world.ledger.append([draft], signer=signer(FARM, 9)),
        PolicyError,
        "ledger.key_not_of_party",
    )
    cosigner = signer("urn:x:who", 9)
    call = lambda: world.ledger.append([draft], signer=world.farm, cosigners=[cosigner])  # noqa: E731
    unchanged(world, call, PolicyError, "ledger.not_enrolled")


def test_several_parties_sign_one_statement(world):
    receipt = world.ledger.append([inspection("R-1")], signer=world.farm, cosigners=[world.lab])
    placed = world.ledger.record(receipt.entry, 0)
    assert (placed.party, placed.cosigners, len(placed.keys)) == (FARM, (LAB,), 2)


def test_existing_modes(world):
    world.ledger.append([inspection("R-1")], signer=world.farm)
    call = lambda: world.ledger.append([inspection("R-1")], signer=world.farm, existing="refuse")  # noqa: E731
    unchanged(world, call, PolicyError, "ledger.business_key")
    call = lambda: world.ledger.append([inspection("R-1")], signer=world.farm, existing="maybe")  # noqa: E731
    unchanged(world, call, PolicyError, "ledger.existing_mode")


def test_every_signer_is_a_witness(world):
    checkpoint = world.ledger.checkpoint().checkpoint
    receipt = world.ledger.append([inspection("R-1")], signer=world.farm)
    seen = world.ledger.entry(receipt.entry).statement.statement.seen
    assert seen == Seen(checkpoint.size, checkpoint.root)
    receipt = world.ledger.append([inspection("R-2")], signer=world.farm, seen=False)
    assert world.ledger.entry(receipt.entry).statement.statement.seen is None


def test_sequenced_at_never_decreases():
    times = iter([900, 500, 100, 100, 100])
    operator, log = signer(OPERATOR, 1), signer(ORIGIN, 2)
    ledger = Ledger.in_memory(
        origin=ORIGIN, operator=operator, log=log, policy=None, clock=lambda: next(times)
    )
    ledger.enrol(FARM, operator=operator, key_note=key_note(signer(FARM, 3)))
    assert ledger.entry(1).entry.sequenced_at == 900
    assert ledger.entry(1).statement.statement.time == 100


# --- the same again -----------------------------------------------------------------------------------------------


def test_the_same_records_again_add_nothing(world):
    drafts = [inspection("R-1"), inspection("R-2"), cost()]
    first = world.ledger.append(drafts, signer=world.farm)
    before = world.dump()
    again = world.reopen().append(drafts, signer=world.farm)
    assert (again.entry, again.new, again.existing, again.places) == (None, 0, 3, first.places)
    assert world.dump() == before


def test_the_grown_sheet(world):
    first = world.ledger.append([inspection("R-1"), inspection("R-2")], signer=world.farm)
    grown = [inspection("R-0"), inspection("R-1"), inspection("R-9"), inspection("R-2")]
    receipt = world.ledger.append(grown, signer=world.farm)
    entry = receipt.entry
    assert (receipt.new, receipt.existing) == (2, 2)
    assert receipt.places == ((entry, 0), first.places[0], (entry, 1), first.places[1])


def test_twins_in_one_batch_are_one_record(world):
    receipt = world.ledger.append(
        [inspection("R-1"), inspection("R-1"), inspection("R-2")], signer=world.farm
    )
    entry = receipt.entry
    assert receipt.places == ((entry, 0), (entry, 0), (entry, 1))
    assert (receipt.new, receipt.existing) == (2, 1)
    call = lambda: world.ledger.append([inspection("R-5"), inspection("R-5", value="9")], signer=world.farm)  # noqa: E731
    assert unchanged(world, call, PolicyError, "ledger.twice_in_batch").facts["first"] == 0


def test_another_party_says_it_for_itself(world):
    world.ledger.append([inspection("R-1")], signer=world.farm)
    assert world.ledger.append([inspection("R-1", value="9")], signer=world.lab).new == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"value": "0.013"}, "results"), ({"occurred_at": "2026-10-06T00:00:00Z"}, "occurred_at"),
     ({"also": ["urn:x:order"]}, "subject"), ({"seal": ["/lab"]}, "seal"),
     ({"evidence": [{"media_type": "", "name": "", "sha256": "00" * 32, "size": 1}]}, "evidence")],
    ids=lambda part: part if isinstance(part, str) else "",
)  # fmt: skip
def test_other_content_under_the_same_key_points_to_correction(world, changes, field):
    receipt = world.ledger.append([inspection("R-1")], signer=world.farm)
    call = lambda: world.ledger.append([inspection("R-0"), inspection("R-1", **changes)], signer=world.farm)  # noqa: E731
    error = unchanged(world, call, PolicyError, "ledger.other_content")
    assert (error.facts["field"], error.facts["ref"], error.facts["position"]) == (
        field,
        f"{receipt.entry}/0",
        1,
    )
    assert "correction" in error.text("zh")


def test_sealed_values_are_compared_by_their_openings(world):
    receipt = world.ledger.append([cost(1999)], signer=world.farm)
    assert world.ledger.append([cost(1999)], signer=world.farm).existing == 1
    unchanged(
        world,
        lambda: world.ledger.append([cost(2000)], signer=world.farm),
        PolicyError,
        "ledger.other_content",
    )
    record = world.ledger.record(receipt.entry, 0).record
    assert len(record.salt) == 16
    (opening,) = world.ledger.openings(record).values()
    assert (opening.pointer, opening.value) == ("/price", 1999)
    assert commitment(FARM, LOT, opening) == record.sealed["/price"]
    assert not any(b"\xcd\x07\xcf" in value for _, _, value in world.values())  # 1999 as it would be packed


def correction(entry: int, position: int, record: bytes, data: dict | None) -> Draft:
    said = {
        "supersedes": {"entry": entry, "position": position, "record": record.hex()},
        "reason": "incorrect_data",
    }
    row = {"kind": "correction", "subject": LOT, "occurred_at": NOON, "data": {**said, "data": data}}
    return Kinds.default().draft(row)


def test_a_corrected_sheet_is_recognised_through_chains_of_corrections(world):
    entry = world.ledger.append([inspection("R-1", value="1")], signer=world.farm).entry
    for value in ("2", "3"):
        hash_ = world.ledger.record(entry, 0).record.hash
        draft = correction(entry, 0, hash_, inspection("R-1", value=value).data)
        entry = world.ledger.append([draft], signer=world.farm).entry
    assert world.ledger.append([inspection("R-1", value="3")], signer=world.farm).existing == 1
    call = lambda: world.ledger.append([inspection("R-1", value="4")], signer=world.farm)  # noqa: E731
    unchanged(world, call, PolicyError, "ledger.other_content")


def test_a_correction_of_itself_does_not_lead_in_circles(world, monkeypatch):
    monkeypatch.setattr(
        sequencer, "check_correction", lambda *_: None
    )  # as a ledger without that check would
    entry = world.ledger.size
    world.ledger.append([correction(entry, 0, bytes(32), {"a": 1})], signer=world.farm)
    call = lambda: world.ledger.append([correction(entry, 0, bytes(32), {"a": 2})], signer=world.farm)  # noqa: E731
    unchanged(world, call, PolicyError, "ledger.other_content")


# --- ids ----------------------------------------------------------------------------------------------------------


def test_the_same_statement_again_is_its_first_placement(world):
    made = submission(world, inspection("R-1"))
    first = world.ledger.submit(made)
    before = world.dump()
    for ledger in (world.ledger, world.reopen()):
        again = ledger.submit(made)
        assert (again.entry, again.sequenced_at, again.new) == (first.entry, first.sequenced_at, False)
    assert world.dump() == before


def test_the_same_text_with_other_signatures_adds_nothing_to_the_first(world):
    world.ledger.enrol(FARM, operator=world.operator, key_note=key_note(signer(FARM, 8)))
    made = submission(world, inspection("R-1"))
    first = world.ledger.submit(made)
    before = world.dump()
    resigned = sign_statement(made.signed.statement, [world.farm, signer(FARM, 8)])
    assert resigned.raw != made.signed.raw
    again = world.ledger.submit(Submission(resigned, made.records))
    assert (again.entry, again.new) == (first.entry, False)
    assert world.dump() == before


def test_the_same_id_with_another_text_is_refused_and_names_the_first(world):
    receipt = world.ledger.append([inspection("R-1")], signer=world.farm, statement_id=b"i" * 16)
    call = lambda: world.ledger.append([inspection("R-2")], signer=world.farm, statement_id=b"i" * 16)  # noqa: E731
    assert unchanged(world, call, PolicyError, "ledger.id_taken").facts["entry"] == receipt.entry
    assert world.ledger.append([inspection("R-2")], signer=world.lab, statement_id=b"i" * 16).new == 1


def test_signatures_are_checked_before_ids(world):
    made = submission(world, inspection("R-1"))
    world.ledger.submit(made)
    raw = made.signed.raw
    from trustledger.statement import parse_statement

    at = raw.rindex(b" ") + 20
    forged = parse_statement(raw[:at] + (b"A" if raw[at : at + 1] != b"A" else b"B") + raw[at + 1 :])
    unchanged(world, lambda: world.ledger.submit(Submission(forged, made.records)), SignatureError)


# --- submitting ---------------------------------------------------------------------------------------------------


def test_a_statement_travels_as_a_file(world):
    file = io.BytesIO()
    write_submission(file, submission(world, inspection("R-1"), inspection("R-2")))
    write_submission(file, submission(world, inspection("R-3"), signer=world.lab))
    file.seek(0)
    placed = [world.ledger.submit(one) for one in read_submissions(file)]
    assert [one.records for one in placed] == [2, 1]
    assert [one.record.data["report"] for one in world.ledger.chain(LOT)] == ["R-1", "R-2", "R-3"]


def test_two_parties_sign_on_two_machines(world):
    batch = write_records([inspection("R-1")], FARM, Kinds.default()).batch
    text = sign_batch(world.ledger.public_card, batch, world.farm, time=1, cosigners=[world.lab]).statement
    alone = [sign_one(text, key) for key in (world.farm, world.lab)]
    placed = world.ledger.submit(Submission(join_signatures(*alone), tuple(batch.raws)))
    assert world.ledger.record(placed.entry, 0).cosigners == (LAB,)


def sign_one(statement, key):
    from trustledger.note import SignatureLine, assemble
    from trustledger.statement import parse_statement

    text = statement.text()
    return parse_statement(assemble(text, [SignatureLine(key.party, key.public.key_id, key.sign(text))]))


@pytest.mark.parametrize("cut", [1, 5, 60, 200, -1, -40])
def test_a_file_that_is_cut_short(world, cut):
    file = io.BytesIO()
    write_submission(file, submission(world, inspection("R-1")))
    with pytest.raises(FormatError):
        list(read_submissions(io.BytesIO(file.getvalue()[:cut])))


@pytest.mark.parametrize(
    "raw", [b"", b"hello\n", b"trustledger/submission@v1 0 1\n", b"trustledger/submission@v1 1 0\n", b"trustledger/submission@v1 +1 1\n",
            b"trustledger/submission@v1 99999 1\n", b"trustledger/submission@v1 10 1048577\n", b"trustledger/submission@v1 01 1\n",
            b"trustledger/submission@v1 5 1\r\n", b"x" * 100_000]
)  # fmt: skip
def test_what_is_no_submission(raw):
    with pytest.raises(FormatError) as caught:
        list(read_submissions(io.BytesIO(raw)))
    assert not isinstance(caught.value, NewerFormatError)


def test_a_later_submission_is_newer():
    with pytest.raises(NewerFormatError):
        list(read_submissions(io.BytesIO(b"trustledger/submission@v2 1 1\n")))


def test_a_statement_for_another_ledger(world):
    other = Ledger.in_memory(origin=ORIGIN, operator=world.operator, log=world.log)
    other.enrol(FARM, operator=world.operator, key_note=key_note(world.farm))
    made = make_submission(other.public_card, [inspection("R-1")], world.farm, time=1)[0]
    unchanged(world, lambda: world.ledger.submit(made), PolicyError, "ledger.other_ledger")


def test_records_other_than_those_it_signs(world):
    made = submission(world, inspection("R-1"), inspection("R-2"))
    one, two = made.records
    for records in ((one,), (two, one), (one, two, two), (one, one)):
        unchanged(
            world, lambda records=records: world.ledger.submit(Submission(made.signed, records)), FormatError
        )


def test_who_may_submit(world):
    unchanged(
        world,
        lambda: world.ledger.submit(submission(world, inspection("R-1"), signer=signer("urn:x:y", 9))),
        PolicyError,
    )
    unchanged(
        world,
        lambda: world.ledger.submit(submission(world, inspection("R-1"), signer=signer(FARM, 9))),
        SignatureError,
    )


def raw_submission(world: World, *drafts: Draft, raws: list[bytes] | None = None, **options) -> Submission:
    """A submission of any record bytes, signed by the farm."""
    from trustledger import merkle

    batch = write_records(drafts, FARM, Kinds.default()).batch
    if raws is not None:
        batch.raws, batch.leaves = raws, [merkle.leaf_hash(raw) for raw in raws]
    signed = sign_batch(world.ledger.public_card, batch, world.farm, time=1, **options)
    assert signed.statement.root == records_root(batch.raws)
    return Submission(signed, tuple(batch.raws))


def test_what_may_not_be_submitted(world):
    from trustledger.encoding import encode
    from trustledger.record import parse_record, withhold

    good = write_records([inspection("R-1")], FARM, Kinds.default()).batch.raws[0]
    cases = [
        (withhold(parse_record(good)), PolicyError),
        (encode([2, "inspection", 0, [LOT], "later"]), NewerFormatError),
        (encode([1, "nobody.knows", 0, [LOT], {}, {}, [], b""]), FormatError),
        (encode([1, "inspection", 0, [LOT, PRODUCT], {"report": "R-1"}, {}, [], b""]), FormatError),
        (encode([1, "inspection", 0, ["trustledger:ledger"], {}, {}, [], b""]), FormatError),
        (encode([1, "party", 0, ["trustledger:party/urn:x:y"], {}, {}, [], b""]), PolicyError),
        (good + b"\x00", FormatError),
        (b"", FormatError),
    ]
    for raw, error in cases:
        unchanged(world, lambda raw=raw: world.ledger.submit(raw_submission(world, raws=[raw])), error)


def test_a_seen_line_that_is_not_this_ledgers_past(world):
    for seen, error in ((Seen(2, bytes(32)), ForkError), (Seen(99, bytes(32)), PolicyError)):
        made = raw_submission(world, inspection("R-1"), seen=seen)
        unchanged(world, lambda made=made: world.ledger.submit(made), error)


# --- parties ------------------------------------------------------------------------------------------------------


def test_parties_and_their_history(world):
    first = world.ledger.party(FARM)
    world.ledger.enrol(FARM, operator=world.operator, roles=["carrier", "producer"], name="The farm")
    world.ledger.enrol(FARM, operator=world.operator, key_note=key_note(signer(FARM, 8)))
    now = world.ledger.party(FARM)
    assert (now.name, now.roles, len(now.keys)) == ("The farm", {"carrier", "producer"}, 2)
    with world.ledger.reading() as reader:
        assert reader.party(FARM, before=first.changed) is None
        assert reader.party(FARM, before=first.changed + 1) == first
    assert [one.uri for one in world.ledger.parties()] == sorted([FARM, LAB, OPERATOR])
    world.ledger.append([inspection("R-1")], signer=signer(FARM, 8))
    assert world.reopen().party(FARM) == now


def test_a_key_signs_from_the_entry_after_its_own(world):
    key = signer(FARM, 8)
    draft = Draft("party", 0, (f"trustledger:party/{FARM}",), party_record_data(key_notes=(key_note(key),)))
    made = write_records([draft], OPERATOR, Kinds.default()).batch
    text = sign_batch(world.ledger.public_card, made, world.operator, time=1, cosigners=[key]).statement
    signed = join_signatures(sign_one(text, world.operator), sign_one(text, key))
    unchanged(world, lambda: world.ledger.submit(Submission(signed, tuple(made.raws))), SignatureError)


def test_enrolment_is_the_operators(world):
    note = key_note(signer("urn:x:new", 8))
    unchanged(world, lambda: world.ledger.enrol("urn:x:new", operator=world.farm, key_note=note), PolicyError)
    unchanged(
        world, lambda: world.ledger.enrol("urn:x:other", operator=world.operator, key_note=note), PolicyError
    )
    unchanged(
        world, lambda: world.ledger.enrol("urn:x:new", operator=world.operator, name="New"), FormatError
    )
    twin = key_note(signer(LAB, 3))
    unchanged(
        world,
        lambda: world.ledger.enrol(LAB, operator=world.operator, key_note=twin),
        PolicyError,
        "authority.key_enrolled",
    )
    log_key = key_note(signer(LAB, 2))
    unchanged(
        world,
        lambda: world.ledger.enrol(LAB, operator=world.operator, key_note=log_key),
        PolicyError,
        "authority.log_key",
    )


# --- erasing ------------------------------------------------------------------------------------------------------


def test_a_withheld_record_keeps_its_place(world):
    receipt = world.ledger.append([inspection("R-1"), inspection("R-2")], signer=world.farm)
    record = world.ledger.record(receipt.entry, 0).record
    world.ledger.withhold(receipt.entry, 0)
    before = world.dump()
    world.ledger.withhold(receipt.entry, 0)
    assert world.dump() == before
    for ledger in (world.ledger, world.reopen()):
        found = ledger.record(receipt.entry, 0)
        assert isinstance(found.record, Withheld)
        assert (found.record.hash, found.record.subject_hashes, found.party) == (
            record.hash,
            record.subject_hashes,
            FARM,
        )
        assert [isinstance(one.record, Record) for one in ledger.chain(LOT)] == [False, True]
    assert not any(record.raw in value for _, _, value in world.values())
    assert world.ledger.append([inspection("R-3")], signer=world.farm).new == 1


def test_what_cannot_be_withheld(world):
    unchanged(world, lambda: world.ledger.withhold(1, 0), PolicyError, "ledger.never_withheld")
    unchanged(world, lambda: world.ledger.withhold(0, 0), PolicyError, "ledger.never_withheld")
    unchanged(world, lambda: world.ledger.withhold(1, 1), NotFoundError)
    unchanged(world, lambda: world.ledger.withhold(99, 0), NotFoundError)


# --- places -------------------------------------------------------------------------------------------------------


def test_places_that_do_not_exist(world):
    ledger = world.ledger
    for call in (lambda: ledger.entry(99), lambda: ledger.entry(-1), lambda: ledger.record(99, 0),
                 lambda: ledger.record(1, 1), lambda: ledger.record(1, -1), lambda: ledger.record(-1, 0)):  # fmt: skip
        with pytest.raises(NotFoundError):
            call()
    with ledger.reading() as reader, pytest.raises(NotFoundError):
        list(reader.records(99))
    assert ledger.party("urn:x:nobody") is None


def test_an_annotation_has_no_records(world):
    from trustledger.ledger import tables
    from trustledger.merkle import Frontier, leaf_hash, stored_hash_count

    raw = Annotation(HEAD_INDEX, 1_790_000_090_000, encode_head_index(1, bytes(32))).encode()
    with world.ledger.reading() as reader:
        head = reader.head
        frontier = Frontier.load(head.size, reader.nodes)
    nodes = frontier.append(leaf_hash(raw))
    first = stored_hash_count(head.size)
    writes = {
        "entries": [(tables.u64(head.size), raw)],
        "nodes": [(tables.u64(first + number), node) for number, node in enumerate(nodes)],
    }
    after = tables.StoreHead(head.size + 1, frontier.root(), 1_790_000_090_000)
    world.store.commit(head.pack(), writes, after.pack())
    assert isinstance(world.ledger.entry(head.size), Annotation)
    with pytest.raises(NotFoundError):
        world.ledger.record(head.size, 0)
    receipt = world.ledger.append([inspection("R-1")], signer=world.farm)  # the log goes on
    assert world.ledger.entry(receipt.entry).entry.sequenced_at >= 1_790_000_090_000


# --- cards, directories -------------------------------------------------------------------------------------------


def test_the_card(world):
    raw = world.ledger.public_card.sign(world.operator)
    card = parse_card(raw)
    assert card == world.ledger.public_card
    assert (card.origin, card.operator, card.log_keys) == (ORIGIN, OPERATOR, (world.log.public,))
    assert card.operator_keys == (world.operator.public,)
    with pytest.raises(SignatureError):
        parse_card(world.ledger.public_card.sign(world.farm))
    with pytest.raises(NewerFormatError):
        parse_card(raw.replace(b"card@v1", b"card@v2"))
    text, _, lines = raw.partition(b"\n\n")
    parts = text.split(b"\n")
    for number in range(len(parts)):
        without = b"\n".join([*parts[:number], *parts[number + 1 :]])
        swapped = b"\n".join(
            [*parts[:number], *parts[number + 1 : number + 2], parts[number], *parts[number + 2 :]]
        )
        for changed in (
            without,
            swapped,
            b"\n".join([*parts[: number + 1], parts[number], *parts[number + 1 :]]),
        ):
            if changed != text:
                with pytest.raises((FormatError, SignatureError)):
                    parse_card(changed + b"\n\n" + lines)


def test_a_ledger_in_a_directory(tmp_path):
    operator, log, farm = signer(OPERATOR, 1), signer(ORIGIN, 2), signer(FARM, 3)
    home = tmp_path / "shop.ledger"
    with Ledger.create(home, origin=ORIGIN, operator=operator, log=log, name="Shop", policy=None) as ledger:
        ledger.enrol(FARM, operator=operator, key_note=key_note(farm), roles=["producer"])
        ledger.append([inspection("R-1"), cost()], signer=farm)
        card = ledger.public_card
    assert parse_card((home / "ledger.card").read_bytes()) == card
    assert (home / "private").stat().st_mode & 0o077 == 0
    with Ledger.open(home, readonly=True) as ledger:
        assert [one.record.kind for one in ledger.chain(LOT)] == ["inspection", "cost"]
        (opening,) = ledger.openings(ledger.record(2, 1).record).values()
        assert opening.value == 1999
        with pytest.raises(StorageError):
            ledger.append([inspection("R-2")], signer=farm)
    write_key_file(home / "private" / "log.key", log)
    with Ledger.open(home) as ledger:
        assert ledger.append([inspection("R-2")], signer=farm).checkpoint is not None
        ledger.backup(tmp_path / "copy")
        with pytest.raises(StorageError):
            ledger.backup(tmp_path / "copy")
    with Ledger.open(tmp_path / "copy", readonly=True) as copy:
        assert copy.public_card == card
        assert len(list(copy.chain(LOT))) == 3
        assert copy.openings(copy.record(2, 1).record) == {}  # private things are not in a backup
    with pytest.raises(StorageError):
        Ledger.create(home, origin=ORIGIN, operator=operator, log=log)


def test_what_is_no_ledger(tmp_path):
    with pytest.raises(NotFoundError):
        Ledger.open(tmp_path / "nothing")
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotFoundError):
        Ledger.open(tmp_path / "file")
    with pytest.raises(StorageError):
        Ledger.open(tmp_path)


def test_without_the_logs_key_there_is_no_new_checkpoint(world):
    ledger = world.reopen(log=False)
    size = ledger.checkpoint().checkpoint.size
    assert ledger.append([inspection("R-1")], signer=world.farm).checkpoint is None
    with pytest.raises(NotFoundError):
        ledger.checkpoint()
    receipt = ledger.append([inspection("R-2")], signer=world.farm)
    assert (
        ledger.entry(receipt.entry).statement.statement.seen.size == size
    )  # the older one is still a witness's
    assert world.reopen().checkpoint().checkpoint.size == ledger.size
