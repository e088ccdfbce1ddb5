"""Reading what a card needs, from a ledger and within limits."""

from card_world import LAB, LOT, MAKER, OTHER, PRODUCT, RAW, RAW_PRODUCT, Book, codes, only, result

from trustledger.errors import NotFoundError
from trustledger.views.inspection_card import Gathered, gather, inspection_card


class Reader:
    """Chains over a book's records; knows corrections by index as the ledger does."""

    def __init__(self, book, index=()):
        self.records, self.index = book.records, dict(index)

    def chain(self, subject):
        return iter([one for one in self.records if subject in one.record.subjects])

    def record(self, entry, position):
        for one in self.records:
            if (one.entry, one.position) == (entry, position):
                return one
        raise NotFoundError("inspection.held", seen=f"{entry}/{position}")

    def business_places(self, digests):
        return [self.index.get(digest) for digest in digests]


def story():
    book = Book()
    book.product("milk powder")
    book.product("raw milk", subject=RAW_PRODUCT)
    book.made(RAW, "2026-09-20", "2026-09-21")
    book.report(result(value="0.03"), lot=RAW)
    book.made(inputs=[RAW])
    book.report(result(value="0.01"))
    book.report(result(value="0.9"), lot="https://id.gs1.org/01/04006381333931/10/ELSE")
    return book


def test_the_lot_its_product_its_sources_and_nothing_else():
    book = story()
    found = gather(Reader(book), LOT)
    assert [placed.entry for placed in found.records.values()] == [1, 2, 3, 4, 5, 6]
    assert not found.cut
    card = inspection_card(found, LOT, **book.arguments())
    assert card == book.card()
    assert "inspection.input_failed" in codes(card)


def test_sources_that_a_correction_takes_away_are_still_read():
    book = story()
    made = book.records[4]
    book.correct(made, {**made.record.data, "inputs": []})
    card = inspection_card(gather(Reader(book), LOT), LOT, **book.arguments())
    assert {"inspection.input_failed", "inspection.sources_changed"} <= codes(card)


def test_a_correction_in_another_chain_is_found_by_the_index():
    from trustledger.kinds.business import business_digest

    book = Book()
    book.product()
    book.made()
    old = book.report(result(value="0.016"))
    said = {
        "data": {**old.record.data, "results": [result(value="0.002")]},
        "reason": "incorrect_data",
        "supersedes": {"entry": old.entry, "position": 0, "record": old.record.hash.hex()},
    }
    book.say(LAB, "correction", PRODUCT, said, "2026-10-20")
    index = {business_digest(LAB, "correction", (str(old.entry), "0")): (4, 0)}
    reader = Reader(book, index)
    reader_without_product = Reader(book, index)
    reader_without_product.chain = lambda subject: (
        iter([]) if subject == PRODUCT else Reader.chain(reader_without_product, subject)
    )
    assert (4, 0) in gather(reader_without_product, LOT).records
    card = inspection_card(gather(reader, LOT), LOT, **book.arguments())
    assert only(card).value == "0.002"


def test_other_lots_in_the_products_chain_are_left_out():
    book = story()
    other = book.report(result(value="0.9"), lot=OTHER)
    assert PRODUCT in other.record.subjects
    assert (other.entry, 0) not in gather(Reader(book), LOT).records


def test_a_chain_that_is_too_long_lets_nothing_pass():
    book = story()
    whole = gather(Reader(book), LOT, max_chain=2)
    assert not whole.cut
    cut = gather(Reader(book), LOT, max_chain=1)
    assert cut.cut == {LOT, RAW}
    card = inspection_card(cut, LOT, **book.arguments())
    assert card.verdict != "pass"
    assert "inspection.cut" in codes(card)


def test_records_that_decide_nothing_crowd_nothing_out():
    """Else ten thousand records of another lot of a product would take its every card away."""
    book = story()
    for number in range(5):
        book.report(result(value="0.9"), lot=OTHER)
        book.say(MAKER, "observation", LOT, {"step": f"storing {number}"})
        book.say(MAKER, "listing", PRODUCT, {"number": number})
    found = gather(Reader(book), LOT, max_chain=2)
    assert not found.cut
    assert sum(placed.kind == "listing" for placed in found.records.values()) == 1
    assert {placed.kind for placed in found.records.values()} == {
        "product",
        "processing",
        "inspection",
        "listing",
    }


def test_the_first_record_of_a_lot_is_read_whatever_it_is():
    """It bounds the day of production."""
    book = Book()
    first = book.say(MAKER, "observation", LOT, {"step": "storing"}, "2026-08-20")
    book.product()
    book.made()
    assert (first.entry, 0) in gather(Reader(book), LOT).records


def test_too_many_lots_are_cut():
    book = Book()
    book.product()
    inputs = [f"{RAW_PRODUCT}/10/R{n}" for n in range(20)]
    book.made(inputs=inputs)
    assert len(gather(Reader(book), LOT, max_lots=5).cut) == 13
    assert not gather(Reader(book), LOT).cut


def test_a_lot_without_records():
    assert gather(Reader(Book()), OTHER) == Gathered()


def test_reading_makes_cycles_end():
    book = Book()
    book.product()
    book.made(LOT, inputs=[OTHER])
    book.made(OTHER, inputs=[LOT], who=MAKER)
    assert len(gather(Reader(book), LOT).records) == 3
