"""Ways to make a bad lot look good, or a good one bad, each tried by somebody who would gain from it."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from card_world import (
    BRAND,
    LAB,
    LAB2,
    LOT,
    MAKER,
    OTHER,
    OWNLAB,
    PRODUCT,
    RAW,
    RAW_PRODUCT,
    SHOP,
    Book,
    codes,
    ms,
    only,
    party,
    result,
)

from trustledger.frameworks import shipped
from trustledger.record import NewerRecord, Withheld

GOOD, POOR, BAD = result(value="0.004"), result(value="0.016"), result(value="0.9")
RIVAL = "https://rival.example/"


def put(book, placed, record):
    """The same place with other bytes, as after an erasure."""
    object.__setattr__(placed, "record", record)
    return book


# --- corrections -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [LAB, OWNLAB])
def test_a_laboratory_cannot_correct_its_failure_away(book, who):
    old = book.report(BAD, who=who)
    new = book.correct(old, {**old.record.data, "results": [GOOD]})
    card = book.card()
    assert (card.verdict, only(card).record) == ("fail", old.ref)
    (finding,) = [one for one in card.findings if one.code == "inspection.report_corrected"]
    assert (finding.ref, finding.facts["by"], finding.level) == (old.ref, new.ref, "alarm")
    book.report(GOOD, who=LAB2, placed="2026-10-21")
    assert (book.card().verdict, book.card().stars) == ("pass", 4)
    assert only(book.card()).replaced == (old.ref,)


def test_nor_withdraw_it(book):
    old = book.report(BAD)
    book.report(GOOD, who=OWNLAB)
    by = book.correct(old, None, reason="did_not_occur")
    card = book.card()
    assert card.verdict == "fail"
    (finding,) = [one for one in card.findings if one.code == "inspection.report_withdrawn"]
    assert (finding.ref, finding.facts["by"]) == (old.ref, by.ref)


def test_nor_correct_it_twice(book):
    old = book.report(POOR)
    bad = book.correct(old, {**old.record.data, "results": [BAD]})
    book.correct(bad, {**old.record.data, "results": [GOOD]}, placed="2026-10-21")
    assert (book.card().verdict, only(book.card()).record) == ("fail", bad.ref)


def test_nor_correct_a_sealed_value_into_a_good_one(book):
    old = book.report({"parameter": "lead", "unit": "mg/kg"}, sealed={"/results/0/value": "0.9"})
    book.correct(old, {**old.record.data, "results": [GOOD]})
    assert (book.card().verdict, book.card().untested[0].reason) == ("untested", "sealed")


def test_a_withdrawn_retest_clears_nothing(book):
    book.report(BAD, who=LAB2)
    retest = book.report(GOOD)
    assert book.card().verdict == "pass"
    book.correct(retest, None, reason="did_not_occur")
    assert book.card().verdict == "fail"


def test_a_withdrawn_sample_still_shows(book):
    data = {"lab": LAB, "parameters": ["cadmium", "lead"], "sample": "S-1"}
    old = book.say(MAKER, "sample", LOT, data, "2026-10-03")
    book.report(GOOD)
    book.correct(old, {**data, "parameters": ["lead"]})
    findings = {one.code: one for one in book.card().findings}
    assert "cadmium" in findings["inspection.sample_unanswered"].facts["parameters"]
    book.correct(old, None, reason="did_not_occur", placed="2026-10-21")
    assert {"inspection.sample_withdrawn", "inspection.sample_unanswered"} <= codes(book.card())


# --- what nobody can read ---------------------------------------------------------------------------------------------


def test_a_withheld_report_holds(book):
    old = book.report(BAD)
    book.report(GOOD, who=OWNLAB)
    put(book, old, Withheld(old.record.hash, old.record.subject_hashes, b""))
    assert (book.card().verdict, book.card().stars) == ("undecided", None)
    assert "views.withheld" in codes(book.card())


@pytest.mark.parametrize(("kind", "verdict"), [("inspection", "undecided"), ("observation", "pass")])
def test_a_report_of_a_later_format_holds(book, kind, verdict):
    old = book.report(BAD)
    book.report(GOOD, who=OWNLAB)
    put(book, old, NewerRecord(9, kind, 0, old.record.subjects, b"x"))
    assert book.card().verdict == verdict


def test_a_withheld_record_of_product_or_source_holds():
    for subject in (PRODUCT, RAW):
        book = Book()
        book.product()
        book.made(inputs=[RAW])
        book.report(GOOD)
        old = book.say(LAB, "inspection", subject, {"category": "milk", "report": "X", "results": [BAD]})
        put(book, old, Withheld(old.record.hash, old.record.subject_hashes, b""))
        assert book.card().verdict == "undecided", subject


@pytest.mark.parametrize(
    ("results", "sealed", "verdict"),
    [
        (None, {"/results": [BAD]}, "undecided"),
        ([{"unit": "mg/kg", "value": "0.9"}], {"/results/0/parameter": "lead"}, "undecided"),
        ([{"parameter": "lead", "value": "0.9"}], {"/results/0/unit": "mg/kg"}, "untested"),
        (
            [{"parameter": "lead", "unit": "mg/kg", "value": "0.9"}],
            {"/results/0/basis": "as sold"},
            "untested",
        ),
    ],
)
def test_results_of_which_the_telling_part_is_sealed_hold(book, results, sealed, verdict):
    data = {"category": "milk", "report": "R"} | ({"results": results} if results else {})
    book.say(LAB2, "inspection", LOT, data, sealed=sealed)
    book.report(GOOD, who=OWNLAB)
    assert book.card().verdict == verdict


# --- what the lot was made from ---------------------------------------------------------------------------------------


def made_of(lot="https://farm.example/lot/RAW-1", **more):
    book = Book()
    book.product()
    made = book.made(inputs=[lot])
    book.report(result(value="5"), lot=lot, **more)
    book.report(GOOD, who=OWNLAB)
    return book, made


@pytest.mark.parametrize("category", ["milk", "moon cheese"])
def test_a_failing_raw_lot_without_a_product_record_shows(category):
    book, _ = made_of(category=category)
    assert book.card().verdict == "undecided"
    assert "inspection.input_failed" in codes(book.card())
    book.report(GOOD, who=LAB2)
    assert book.card().verdict == "pass"


def test_a_source_whose_report_nobody_can_judge_holds():
    book, _ = made_of(category="textile-other")
    assert book.card().verdict == "pass"  # nothing there limits lead
    book = Book()
    book.product()
    book.made(inputs=[RAW])
    book.say(LAB, "inspection", RAW, {"category": "milk", "report": "R"}, sealed={"/results": [BAD]})
    book.report(GOOD)
    assert book.card().verdict == "undecided"
    assert "inspection.input_unjudged" in codes(book.card())


@pytest.mark.parametrize("reason", ["incorrect_data", "did_not_occur"])
def test_sources_are_not_corrected_away(reason):
    book, made = made_of()
    data = {**made.record.data, "inputs": []} if reason == "incorrect_data" else None
    book.correct(made, data, reason=reason)
    assert book.card().verdict == "undecided"
    assert {"inspection.input_failed", "inspection.sources_changed"} <= codes(book.card())


@pytest.mark.parametrize(
    ("who", "subject"), [(MAKER, RAW), (MAKER, PRODUCT), (BRAND, RAW_PRODUCT), (BRAND, LOT)]
)
def test_recalls_of_source_and_product_hold(who, subject):
    book = Book()
    book.product()
    book.made(inputs=[RAW])
    book.report(GOOD)
    assert book.card().verdict == "pass"
    book.say(who, "recall", subject, {"reason": "lead", "reference": "R1"})
    assert book.card().verdict == "undecided"
    assert "views.recall" in codes(book.card())


def test_a_recall_of_other_lots_of_the_product_does_not():
    book = Book()
    book.product()
    book.made()
    book.report(GOOD)
    book.say(BRAND, "recall", PRODUCT, {"lots": [{"lot": OTHER}], "reason": "lead", "reference": "R1"})
    assert book.card().verdict == "pass"


# --- keys and owners ---------------------------------------------------------------------------------------------------


def later(book, uri, now, then):
    """What the ledger knows of a party now, and what it knew when each record was placed."""
    before = book.parties
    book.parties = lambda who, entry=None: (
        (now if entry is None else then) if who == uri else before(who, entry)
    )


def test_a_key_that_turns_out_stolen_after_the_last_record_shows_at_once(book):
    placed = book.report(GOOD)
    object.__setattr__(placed, "keys", ("a key",))
    sound, stolen = party(LAB, "inspector", custody=LAB), party(LAB, "inspector", custody=LAB)
    revoked = SimpleNamespace(since=ms("2026-10-01"))
    stolen.enrolled = lambda _: SimpleNamespace(custody=LAB, revoked=revoked)
    later(book, LAB, sound, sound)
    assert book.card().verdict == "pass"
    later(book, LAB, stolen, sound)
    assert book.card().verdict == "undecided"


@pytest.mark.parametrize(("now", "then"), [("", MAKER), (MAKER, "")])
def test_a_laboratory_that_was_or_becomes_the_makers_own_is_not_independent(book, now, then):
    book.report(GOOD)
    assert only(book.card()).independent
    later(
        book, LAB, replace(party(LAB, "inspector", owner=now), changed=9), party(LAB, "inspector", owner=then)
    )
    assert not only(book.card()).independent


@pytest.mark.parametrize("keeper", ["https://aaa.example/", "https://zzz.example/"])
def test_a_key_kept_by_a_subsidiary_of_the_maker(book, keeper):
    placed = book.report(GOOD)
    object.__setattr__(placed, "keys", ("a key",))
    book.states[LAB] = party(LAB, "inspector", custody=keeper)
    assert only(book.card()).independent
    book.states[keeper] = party(keeper, owner=MAKER)
    assert not only(book.card()).independent


def test_a_laboratory_of_who_made_the_raw_lot_is_not_independent():
    book = Book()
    book.states[LAB] = party(LAB, "inspector", owner=RIVAL)
    book.states[RIVAL] = party(RIVAL, "producer")
    book.product()
    book.say(RIVAL, "origin", RAW, {"harvested_on": "2026-09-20"}, "2026-09-21")
    made = book.made(inputs=[RAW])
    book.report(GOOD)
    assert not only(book.card()).independent
    book.records.remove(made)
    assert only(book.card()).independent


# --- several values and reports ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [(BAD, GOOD), (GOOD, BAD)])
def test_of_two_values_in_an_aged_report_the_worse_counts(book, values):
    book.report(*values, tested_on="2026-10-03")
    book.report(GOOD, who=OWNLAB)
    assert book.card(as_of=ms("2027-10-10")).verdict == "fail"


def test_a_laboratory_does_not_clear_itself(book):
    book.report(BAD)
    book.report(GOOD)
    assert book.card().verdict == "fail"
    book.report(GOOD, who=LAB2)
    assert book.card().verdict == "pass"


def test_nor_betters_itself(book):
    book.report(POOR)
    book.report(GOOD)
    assert book.card().stars == 2
    book.report(GOOD, who=LAB2)
    assert book.card().stars == 4


def test_nor_through_another_that_confirms_it(book):
    for who, value in ((LAB, BAD), (LAB2, BAD), (LAB, GOOD)):
        book.report(value, who=who)
    assert book.card().verdict == "fail"


def test_after_an_aged_retest_only_an_independent_laboratory_tells_for_the_lot(book):
    book.report(BAD, who=LAB2)
    book.report(GOOD)
    book.report(GOOD, who=OWNLAB, placed="2027-03-01")
    at = ms("2027-05-01")
    assert (book.card(as_of=at).verdict, book.card(as_of=at).untested[0].reason) == ("untested", "aged")
    book.report(GOOD, who=LAB2, placed="2027-03-02")  # it failed the lot itself
    assert book.card(as_of=at).verdict == "untested"
    book.states["https://lab3.example/"] = party("https://lab3.example/", "inspector")
    book.report(GOOD, who="https://lab3.example/", placed="2027-03-03")
    assert book.card(as_of=at).verdict == "pass"


def test_not_detected_with_a_loq_of_nothing_decides_nothing(book):
    book.report(result(not_detected=True, loq="0"))
    assert (book.card().verdict, only(book.card()).reason) == ("undecided", "loq_unstated")


def test_a_test_before_the_lot_was_made_tells_nothing_for_it(book):
    book.report(GOOD, tested_on="2026-09-29")
    assert book.card().verdict == "untested"
    assert "inspection.tested_before" in codes(book.card())
    book.report(BAD, tested_on="2026-09-29")
    assert book.card().verdict == "fail"


def test_an_early_test_is_no_retest(book):
    book.report(BAD, who=LAB2, tested_on="2026-09-01")
    book.report(GOOD, tested_on="2026-09-02")
    assert book.card().verdict == "fail"


def test_not_even_one_that_decides_nothing(book):
    book.report(BAD, who=LAB2, tested_on="2026-09-01")
    book.report(result(value="0.016", uncertainty="0.1"), tested_on="2026-09-02")
    assert book.card().verdict == "fail"


@pytest.mark.parametrize(
    ("subject", "verdict"), [(LOT + "/21/7", "undecided"), (OTHER, "undecided"), (PRODUCT, "pass")]
)
def test_reports_on_something_else_show(book, subject, verdict):
    data = {"category": "milk", "report": "X", "results": [BAD]}
    book.say(LAB, "inspection", subject, data, also=[] if subject == PRODUCT else [LOT])
    book.report(GOOD)
    assert "inspection.report_elsewhere" in codes(book.card())
    assert book.card().verdict == verdict


# --- the product record ----------------------------------------------------------------------------------------------------


def test_a_withdrawn_product_record_holds(book):
    book.states["https://brand2.example/"] = party("https://brand2.example/", "brand-owner", owner=BRAND)
    book.product("milk powder", who="https://brand2.example/")
    book.report(result(value="0.03"))
    book.correct(book.records[0], None, reason="did_not_occur")
    assert (book.card().verdict, book.card().framework.category) == ("fail", "milk")
    assert "inspection.product_withdrawn" in codes(book.card())
    book = Book()
    first = book.product()
    book.made()
    book.report(GOOD)
    assert book.card().verdict == "pass"
    book.correct(first, None, reason="did_not_occur")
    assert book.card().verdict == "undecided"


@pytest.mark.parametrize("change", [{"category": "milk powder"}, {"market": "EU"}])
def test_a_change_of_category_or_market_after_the_report_saves_nothing(book, change):
    value = "0.03" if "category" in change else "0.4"
    book.report(result("lead" if "category" in change else "chromium", value), GOOD)
    assert book.card().verdict == "fail"
    first = book.records[0]
    book.correct(first, {**first.record.data, **change})
    assert book.card().verdict == "fail"
    assert "inspection.product_changed" in codes(book.card())


def test_a_change_before_the_first_report_is_no_trick():
    book = Book()
    first = book.product("milk", placed="2026-09-01")
    book.correct(first, {**first.record.data, "category": "milk powder"}, placed="2026-09-02")
    book.made()
    book.report(result(value="0.03"), category="milk powder")
    assert book.card().verdict == "pass"
    assert "inspection.product_changed" not in codes(book.card())


def test_tests_are_not_struck_off_after_the_report():
    book = Book()
    first = book.product(required=["lead", "mercury"])
    book.made()
    book.report(GOOD)
    book.correct(first, {**first.record.data, "required": ["lead"]})
    assert [one.parameter for one in book.card().untested] == ["total-mercury"]


def test_where_nothing_is_required_one_easy_test_is_no_pass():
    book = Book()
    book.product(required=())
    book.made()
    book.report(result("chromium", "0.001"))
    assert (book.card().verdict, book.card().stars) == ("undecided", None)


# --- names, units, bases ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", ["Lead (Pb)", "total lead", "总铅", "铅含量", "Pb (total)", "铅（以Pb计）", "total lead (Pb)"]
)
def test_a_failure_under_another_name_is_one(book, name):
    book.report(result(name, "0.9"))
    book.report(GOOD, who=OWNLAB)
    assert book.card().verdict == "fail"


@pytest.mark.parametrize("name", ["chromium (VI)", "arsenic (inorganic)", "β-carotene", "taste"])
def test_what_only_resembles_a_known_name_is_not_taken_for_it(book, name):
    book.report(GOOD, result(name, "9"))
    card = book.card()
    assert [one.verdict for one in card.results] == ["pass", "unrated"]
    assert "inspection.parameter_unknown" in codes(card)
    assert "inspection.parameter_disguised" not in codes(card)


def test_letters_of_another_script_are_read_as_what_they_look_like_and_hold(book):
    assert shipped().words.parameter("lеad") == "lead"
    book.report(result("lеad", "0.9"))
    book.report(GOOD, who=OWNLAB)
    assert book.card().verdict == "fail"
    book.records.clear()
    book.product()
    book.made()
    book.report(result("lеad", "0.001"))
    assert book.card().verdict == "undecided"
    assert "inspection.parameter_disguised" in codes(book.card())


@pytest.mark.parametrize(
    "more", [{"basis": "drained weight"}, {"unit": "mg/L"}, {"unit": "parts"}, {"basis": "dry matter"}]
)
def test_a_number_over_the_limit_that_does_not_compare_lets_nothing_pass(book, more):
    book.report(result(value="0.9", **more))
    book.report(GOOD, who=OWNLAB)
    card = book.card()
    assert (card.verdict, only(card).verdict) == ("undecided", "pass")
    assert "inspection.incomparable" in codes(card)
    book.report(GOOD)  # of the very laboratory
    assert book.card().verdict == "undecided"
    book.report(GOOD, who=LAB2)
    assert book.card().verdict == "pass"


# --- strangers ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "kind"), [(RIVAL, "inspection"), (SHOP, "report_copy"), (RIVAL, "report_copy")]
)
def test_a_stranger_decides_nothing(book, who, kind):
    book.states[RIVAL] = party(RIVAL, "processor")
    book.report(GOOD)
    book.report(result(value="9"), who=who, kind=kind)
    card = book.card()
    assert (card.verdict, card.stars) == ("pass", 4)
    (finding,) = [one for one in card.findings if one.code == "inspection.stranger"]
    assert (finding.level, finding.facts["party"]) == ("alarm", who)


@pytest.mark.parametrize("who", [MAKER, BRAND, SHOP, LAB2])
def test_who_held_the_lot_or_inspects_does(book, who):
    book.handed("https://carrier.example/")
    book.handed(SHOP, who="https://carrier.example/")
    book.report(GOOD)
    book.report(BAD, who=who)
    assert book.card().verdict == "fail"


def test_a_stranger_raises_one_alarm_however_much_it_says(book):
    book.states[RIVAL] = party(RIVAL, "processor")
    for _ in range(5):
        book.report(BAD, who=RIVAL)
    assert [one.code for one in book.card().findings].count("inspection.stranger") == 1


def test_a_rivals_recall_is_an_alarm(book):
    book.states[RIVAL] = party(RIVAL, "processor")
    book.report(GOOD)
    elsewhere = "https://rival.example/lot/1"
    book.say(
        RIVAL, "recall", elsewhere, {"lots": [{"lot": LOT}], "reason": "x", "reference": "R"}, also=[LOT]
    )
    card = book.card()
    assert card.verdict == "pass"
    assert [one.level for one in card.findings if one.code == "inspection.stranger"] == ["alarm"]


def test_a_rival_did_not_make_the_lot(book):
    book.states[RIVAL] = party(RIVAL, "processor")
    book.report(GOOD)
    before = book.card()
    book.made(produced="2026-01-01", placed="2026-10-19", inputs=[RAW], who=RIVAL)
    book.report(BAD, lot=RAW)
    card = book.card()
    assert (card.verdict, card.framework.produced) == ("pass", before.framework.produced)
    assert "inspection.stranger" in codes(card)
