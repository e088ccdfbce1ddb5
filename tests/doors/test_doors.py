"""`ledger.card`, `ledger.cost`: typed answers as of a moment, remembered exactly as long as they hold."""

from contextlib import contextmanager
from dataclasses import replace
from time import perf_counter

import pytest
from doors_world import DAIRY, FARM, LAB, LOT, MILK, OTHER, SHOP, START, Market

from trustledger import (
    ForkError,
    FormatError,
    Ledger,
    NotFoundError,
    SignatureError,
    correction,
    cost,
    origin,
    result,
)
from trustledger.checkpoint import Checkpoint, sign_checkpoint
from trustledger.encoding import format_time
from trustledger.frameworks import shipped, shipped_policy
from trustledger.kinds.business import business_digest
from trustledger.ledger.moments import Past, find_moment
from trustledger.ledger.remembering import Chains, Memory, Watched
from trustledger.views.cost_breakdown import cost_breakdown
from trustledger.views.inspection_card import gather, inspection_card

FAR = START + 90 * 86_400_000
BAD = result("lead", "0.03", "mg/kg")


@contextmanager
def made(market, count):
    """How many answers are made, and not remembered, in here."""
    before = market.ledger.answers.memory.made
    yield
    assert market.ledger.answers.memory.made - before == count


def elsewhere(market, number=[0]):  # noqa: B006  (counts through all tests)
    """Something that has to do with no goods that anybody asks about."""
    number[0] += 1
    uri = f"https://farm.example/lot/ELSE-{number[0]}"
    return market.say(FARM, origin(uri, occurred_at="2026-10-20T06:00:00Z", name="hay"))[0]


# --- answers -------------------------------------------------------------------------------------------------------


def test_a_card_is_what_the_view_says(market):
    found = market.ledger.card(LOT)
    assert (found.verdict, found.stars, found.as_of) == ("pass", 4, market.ledger.card(LOT).as_of)
    with market.ledger.reading() as reader:
        expected = inspection_card(
            gather(reader, LOT), LOT, frameworks=shipped(), policy=shipped_policy(), as_of=found.as_of,
            parties=reader.party,
        )  # fmt: skip
    assert found == expected
    assert [one.framework.group for one in market.ledger.cards(LOT)] == ["CN", "CODEX", "EU"]
    assert market.ledger.card(LOT, group="EU") == market.ledger.cards(LOT)[2]


def test_a_breakdown_is_what_the_view_says(market):
    found = market.ledger.cost(LOT, seller=SHOP)
    assert (found.price, found.balanced, found.findings) == (12800, True, ())
    assert found == cost_breakdown(market.ledger, LOT, seller=SHOP, as_of=found.as_of)


def test_errors_of_a_question_are_not_remembered(market):
    for _ in range(2):
        with pytest.raises(FormatError) as error:
            market.ledger.cost(LOT)
        assert error.value.code == "cost.several_sellers"
        with pytest.raises(NotFoundError):
            market.ledger.cost(OTHER)
        with pytest.raises(FormatError):
            market.ledger.card("not a subject")
        with pytest.raises(FormatError):
            market.ledger.card(LOT, group="MARS")


# --- memory --------------------------------------------------------------------------------------------------------


def test_a_question_asked_again_is_remembered(market):
    asked = market.ledger.card(LOT), market.ledger.cost(LOT, seller=SHOP)
    with made(market, 0):
        assert market.ledger.card(LOT) is asked[0]
        assert market.ledger.cost(LOT, seller=SHOP) is asked[1]


def test_a_question_asked_again_takes_less_than_a_millisecond(market):
    def ask():
        began = perf_counter()
        market.ledger.card(LOT)
        market.ledger.cost(LOT, seller=SHOP)
        return perf_counter() - began

    ask()
    assert min(ask() for _ in range(20)) < 0.002  # two questions


def test_what_has_nothing_to_do_with_it_lets_an_answer_stand(market):
    card = market.ledger.card(LOT, as_of=FAR)
    breakdown = market.ledger.cost(LOT, seller=SHOP, as_of=FAR)
    elsewhere(market)
    with made(market, 0):
        assert market.ledger.card(LOT, as_of=FAR) is card
        assert market.ledger.cost(LOT, seller=SHOP, as_of=FAR) is breakdown


def test_without_a_time_only_the_fold_is_done_again(market):
    before = market.ledger.card(LOT)
    elsewhere(market)
    with made(market, 1):  # the records that were gathered still stand
        after = market.ledger.card(LOT)
    assert after.as_of > before.as_of
    assert after == replace(before, as_of=after.as_of)


def test_a_report_changes_the_card(market):
    assert market.ledger.card(LOT, as_of=FAR).verdict == "pass"
    market.report(BAD, number="R-2")
    assert market.ledger.card(LOT, as_of=FAR).verdict == "fail"
    assert market.ledger.card(LOT).verdict == "fail"


def test_what_changes_an_answer_from_afar_is_noticed(market):
    """An input's failure, a party's owner, another product record, a price two steps up."""
    assert "inspection.input_failed" not in codes(market.ledger.card(LOT, as_of=FAR))
    market.report(result("lead", "0.9", "mg/kg"), number="R-3", subject=MILK)
    assert market.ledger.card(LOT, as_of=FAR).results[0].independent
    market.ledger.authority.enrol(LAB, operator=market.operator, owner=DAIRY)
    assert market.ledger.card(LOT, as_of=FAR) == fresh(market, FAR)
    assert not market.ledger.cost(LOT, seller=SHOP, as_of=FAR).findings
    market.say(
        FARM,
        cost(
            MILK,
            occurred_at="2026-10-21T00:00:00Z",
            currency="CNY",
            price=900,
            per={"quantity": "1", "unit": "kg"},
        ),
    )
    assert market.ledger.cost(LOT, seller=SHOP, as_of=FAR) == cost_breakdown(
        market.ledger, LOT, seller=SHOP, as_of=FAR
    )


def test_a_correction_is_noticed(market):
    place = market.price(day="2026-10-24", profit=2400)
    assert not market.ledger.cost(LOT, seller=SHOP, as_of=FAR).balanced
    placed = market.ledger.record(*place)
    supersedes = {"entry": place[0], "position": place[1], "record": placed.record.hash.hex()}
    market.say(SHOP, correction(LOT, occurred_at=START, supersedes=supersedes, reason="did_not_occur"))
    assert market.ledger.cost(LOT, seller=SHOP, as_of=FAR).balanced


def test_what_was_erased_is_forgotten(market):
    place = market.report(BAD, number="R-2")
    assert market.ledger.card(LOT, as_of=FAR).verdict == "fail"
    market.ledger.withhold(*place)
    card = market.ledger.card(LOT, as_of=FAR)
    assert card == fresh(market, FAR)
    assert "0.03" not in str(card)


def test_rules_are_part_of_the_question(market):
    other = replace(shipped_policy(), bands=shipped_policy().bands[2:], sha256="1" * 64)
    assert market.ledger.card(LOT).stars == 4
    assert market.ledger.card(LOT, policy=other).stars == 3
    fewer = replace(shipped(), limits=tuple(one for one in shipped().limits if one.group != "CN"))
    assert market.ledger.card(LOT, frameworks=fewer).verdict == "undecided"
    assert market.ledger.card(LOT).stars == 4


def test_what_was_disclosed_is_not_remembered(market):
    market.say(
        DAIRY,
        cost(LOT, occurred_at="2026-10-23T00:00:00Z", currency="CNY", price=7900, buyer=SHOP),
    )
    assert market.ledger.cost(LOT, seller=DAIRY, buyer=SHOP).price is None
    assert market.ledger.cost(LOT, seller=DAIRY, buyer=SHOP, disclose=True).price == 7900
    assert market.ledger.cost(LOT, seller=DAIRY, buyer=SHOP).price is None
    contradiction = market.ledger.cost(LOT, seller=SHOP, disclose=True).findings
    assert [one.code for one in contradiction] == ["cost.contradiction"]
    with market.ledger.reading() as reader:
        (placed,) = [one for one in reader.chain(LOT) if one.kind == "cost" and one.record.sealed]
    given = {placed.record.sealed[at]: found for at, found in market.ledger.openings(placed.record).items()}
    assert market.ledger.cost(LOT, seller=DAIRY, buyer=SHOP, openings=given).price == 7900
    market.ledger._vault.forget(given)
    assert market.ledger.cost(LOT, seller=DAIRY, buyer=SHOP, disclose=True).price is None


def test_the_memory_is_bounded(market):
    memory = Memory(most=2)
    with market.ledger.reading() as reader:
        for number in (1, 2, 1, 3, 1):
            assert memory.ask(reader, number, lambda _, number=number: number) == number
        assert memory.made == 3
        memory.ask(reader, 2, lambda _: 2)
        assert memory.made == 4


def test_everything_a_view_may_read_is_watched(market):
    with market.ledger.reading() as reader:
        watched = Watched(reader)
        assert watched.operator == reader.operator
        assert [one.ref for one in watched.chain(LOT)] == [one.ref for one in reader.chain(LOT)]
        assert watched.record(3, 0) == reader.record(3, 0)
        assert watched.party(LAB, 5) == reader.party(LAB, 5)
        assert len(watched.ends) == 1
        assert watched.party(LAB) == reader.party(LAB)
        assert len(watched.ends) == 2
        assert watched.business_places([bytes(32)]) == [None]
        assert watched.facts == {bytes(32): None}


# --- moments -------------------------------------------------------------------------------------------------------


def test_nothing_placed_later_is_seen(market):
    before = market.ledger.checkpoint()
    size, time = market.ledger.size, market.ledger.card(LOT).as_of
    seen = market.ledger.card(LOT), market.ledger.cost(LOT, seller=SHOP)
    market.report(BAD, number="R-2")
    market.price(day="2026-10-25", profit=1)
    for moment in (time, before, before.note, str(size), format_time(time), time + 59_999):
        card, breakdown = (
            market.ledger.card(LOT, as_of=moment),
            market.ledger.cost(LOT, seller=SHOP, as_of=moment),
        )
        assert card == replace(seen[0], as_of=card.as_of), moment
        assert breakdown == replace(seen[1], as_of=breakdown.as_of), moment
    assert market.ledger.card(LOT).verdict == "fail"


def test_every_moment_is_the_ledger_as_it_was():
    """Each answer as of each size and time is that of a ledger which ends there."""
    market = Market().goods()
    told = []
    for number, value in enumerate(("0.001", "0.019", "0.03"), 1):
        market.report(result("lead", value, "mg/kg"), number=f"R-{number}")
        elsewhere(market)
        told.append((market.ledger.size, market.ledger.card(LOT)))
    for size, card in told:
        assert market.ledger.card(LOT, as_of=str(size)) == card
        assert market.ledger.card(LOT, as_of=card.as_of) == card
        assert market.ledger.card(LOT, as_of=card.as_of + 30_000) == replace(card, as_of=card.as_of + 30_000)
        assert market.ledger.card(LOT, as_of=str(size - 1)).results == card.results
    assert [card.stars for _, card in told] == [5, 1, 0]


def test_a_checkpoint_between_entries_of_one_millisecond():
    market = Market().goods()
    market.report()
    market.now = iter([market.ledger.card(LOT).as_of] * 9)
    size = market.ledger.size
    market.report(BAD, number="R-2")
    assert market.ledger.card(LOT, as_of=str(size)).verdict == "pass"
    assert market.ledger.card(LOT, as_of=str(size + 1)).verdict == "fail"
    assert market.ledger.card(LOT).verdict == "fail"


@pytest.mark.parametrize(
    ("moment", "error", "code"),
    [
        (START - 1, FormatError, "moment.before"),
        ("2020-01-01T00:00:00Z", FormatError, "moment.before"),
        ("0", NotFoundError, "moment.ahead"),
        ("999", NotFoundError, "moment.ahead"),
        ("yesterday", FormatError, "encoding.rfc3339"),
        ("-1", FormatError, "encoding.rfc3339"),
        (True, FormatError, "moment.type"),
        (1.5, FormatError, "moment.type"),
        (b"garbage", FormatError, None),
    ],
)
def test_what_is_no_moment(market, moment, error, code):
    with pytest.raises(error) as found:
        market.ledger.card(LOT, as_of=moment)
    assert code in (None, found.value.code)


def test_checkpoints_of_other_histories(market):
    name, size = market.log.party, market.ledger.size
    fork = sign_checkpoint(Checkpoint(name, size, bytes(32)), [market.log])
    with pytest.raises(ForkError) as error:
        market.ledger.card(LOT, as_of=fork)
    assert error.value.code == "moment.fork"
    ahead = sign_checkpoint(Checkpoint(name, size + 1, bytes(32)), [market.log])
    with pytest.raises(NotFoundError):
        market.ledger.card(LOT, as_of=ahead)
    stranger = Market()
    with pytest.raises(SignatureError):
        market.ledger.card(LOT, as_of=sign_checkpoint(Checkpoint(name, size, bytes(32)), [stranger.log]))


def test_a_ledger_in_a_folder_answers_too(tmp_path):
    market = Market(tmp_path / "market.ledger").goods()
    market.report()
    expected = market.ledger.card(LOT)
    market.ledger.close()
    with Ledger.open(tmp_path / "market.ledger", readonly=True) as ledger:
        assert ledger.card(LOT) == expected
        assert ledger.card(OTHER).verdict == "untested"


def test_another_process_appends(tmp_path):
    market = Market(tmp_path / "market.ledger").goods()
    market.report()
    with Ledger.open(tmp_path / "market.ledger", readonly=True) as ledger:
        assert ledger.card(LOT, as_of=FAR).verdict == "pass"
        market.report(BAD, number="R-2")
        assert ledger.card(LOT, as_of=FAR).verdict == "fail"
    market.ledger.close()


def codes(found):
    return {one.code for one in found.findings}


def fresh(market, as_of):
    """The card, made by the view alone."""
    with market.ledger.reading() as reader:
        return inspection_card(
            gather(reader, LOT),
            LOT,
            frameworks=shipped(),
            policy=shipped_policy(),
            as_of=as_of,
            parties=reader.party,
        )


def test_a_time_is_found_at_every_place_of_the_log(market):
    with market.ledger.reading() as reader:
        times = [reader.entry(entry).entry.sequenced_at for entry in range(reader.head.size)]
        for time in range(times[0], times[-1] + 90_000, 30_000):
            assert find_moment(reader, time).size == sum(one <= time for one in times)


def test_the_past_holds_nothing_later(market):
    size = market.ledger.size
    place = market.report(BAD, number="R-9")
    digest = business_digest(LAB, "inspection", ("R-9", LOT))
    market.ledger.authority.enrol(LAB, operator=market.operator, name="Another name")
    with market.ledger.reading() as reader:
        past, now = Past(reader, size), Past(reader, reader.head.size)
        assert (past.business_places([digest]), now.business_places([digest])) == ([None], [place])
        assert now.record(*place).ref == f"{place[0]}/{place[1]}"
        with pytest.raises(NotFoundError) as error:
            past.record(*place)
        assert error.value.code == "moment.later"
        assert [past.party(LAB).name, past.party(LAB, 99).name, now.party(LAB).name] == [
            "Lab",
            "Lab",
            "Another name",
        ]
        assert {one.ref for one in now.chain(LOT)} - {one.ref for one in past.chain(LOT)} == {
            now.record(*place).ref
        }
        assert past.operator == reader.operator


def test_what_a_part_depends_on_counts_for_the_whole(market):
    """A fact that was looked up and did not stand yet."""
    memory, digest = Memory(), business_digest(LAB, "inspection", ("R-9", LOT))

    def part(watched):
        return watched.business_places([digest])[0]

    def ask():
        with market.ledger.reading() as reader:
            return memory.ask(reader, "whole", lambda watched: memory.share(watched, "part", part))

    assert ask() is None
    place = market.report(BAD, number="R-9")
    assert ask() == place


class Counting:
    """A chain of numbers that tells how often it was read."""

    def __init__(self, *records):
        self.records, self.read = records, 0

    def __iter__(self):
        self.read += 1
        yield from self.records


def test_a_chain_is_verified_once_until_it_grows():
    chains, chain = Chains(), Counting(1, 2, 3)
    assert [*chains.read(b"a", b"end", iter(chain))] == [1, 2, 3]
    assert [*chains.read(b"a", b"end", iter(chain))] == [1, 2, 3]
    assert chain.read == 1
    assert [*chains.read(b"a", b"later", iter(Counting(1, 2, 3, 4)))] == [1, 2, 3, 4]
    assert [*chains.read(b"a", b"later", iter(()))] == [1, 2, 3, 4]
    chains.clear()
    assert [*chains.read(b"a", b"later", iter((9,)))] == [9]


def test_a_chain_that_was_not_read_to_its_end_is_not_kept():
    chains = Chains()
    reading = chains.read(b"a", b"end", iter((1, 2, 3)))
    assert next(reading) == 1
    reading.close()
    assert [*chains.read(b"a", b"end", iter((7,)))] == [7]


def test_chains_that_are_kept_are_bounded():
    chains = Chains(most=5)
    for key in (b"a", b"b", b"a", b"c"):
        assert [*chains.read(key, b"end", iter((1, 2)))] == [1, 2]
    assert [*chains.read(b"a", b"end", iter(()))] == [1, 2]
    assert [*chains.read(b"b", b"end", iter((8,)))] == [8]
    assert [*chains.read(b"d", b"end", iter(range(9)))] == list(range(9))
    assert [*chains.read(b"d", b"end", iter((5,)))] == [5]
