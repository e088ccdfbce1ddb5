"""The rules of the card, one by one, each broken by somebody who would gain from it."""

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

from trustledger.authority.parties import Identity
from trustledger.errors import FormatError
from trustledger.frameworks import Frameworks, shipped, shipped_policy
from trustledger.frameworks.policy import parse_policy
from trustledger.messages import catalogue
from trustledger.views.inspection_card import explained, plain

GOOD, POOR, BAD = result(value="0.002"), result(value="0.016"), result(value="0.03")

# --- category, market and required tests are the brand owner's ----------------------------------------------------------


def test_the_report_does_not_choose_the_limit(book):
    book.report(result(value="0.15"), category="milk powder")
    card = book.card()
    assert (card.verdict, only(card).limit.maximum) == ("fail", "0.02")
    assert "inspection.category_mismatch" in codes(card)


def test_the_same_category_in_another_language_is_no_mismatch(book):
    book.report(GOOD, category="牛奶")
    assert "inspection.category_mismatch" not in codes(book.card())


def test_only_a_brand_owners_product_record_counts():
    book = Book()
    book.product("milk powder", who=SHOP)
    book.made()
    book.report(result(value="0.15"))
    card = book.card()
    assert (card.verdict, only(card).verdict) == ("undecided", "unrated")
    assert "inspection.no_product" in codes(card)


def test_the_first_brand_owner_is_the_one(book):
    book.states["https://squatter.example/"] = party("https://squatter.example/", "brand-owner")
    book.product("milk powder", required=(), who="https://squatter.example/")
    book.report(result(value="0.15"))
    card = book.card()
    assert card.verdict == "fail"
    assert "inspection.product_other" in codes(card)


def test_unknown_category_unknown_market_nothing_required():
    for category, market, required, code in (
        ("plutonium", "CN", ["lead"], "inspection.category_unknown"),
        ("milk", "MARS", ["lead"], "inspection.no_framework"),
        ("tea", "EU", ["lead"], "inspection.not_covered"),
    ):
        book = Book()
        book.product(category, market, required)
        book.made()
        book.report(GOOD, category=category)
        card = book.card()
        assert code in codes(card)
        assert (card.verdict, card.stars) == ("undecided", None), category
    book = Book()
    book.product(required=())
    book.made()
    assert book.card().verdict == "untested"
    assert "inspection.nothing_required" in codes(book.card())


# --- gate before grade, and nothing averaged ----------------------------------------------------------------------------


def test_one_failure_is_not_averaged_away(book):
    book.report(GOOD, result("total mercury", "0.0001"), result("总砷", "0.11"), result("chromium", "0.001"))
    card = book.card()
    assert (card.verdict, card.stars) == ("fail", 0)
    assert card.results[0].parameter == "total-arsenic"


def test_overall_is_the_worst_safety_item_then_quality():
    book = Book()
    book.product("infant-formula-powder", required=["lead", "protein"])
    book.made()
    book.report(
        result(value="0.01"),
        result("nitrite", "1.2"),
        result("protein", "0.5", "g/100 kJ"),
        result("fat", "1.2", "g/100 kJ"),
        category="infant-formula-powder",
    )
    card = book.card()
    assert (card.verdict, card.stars) == ("pass", 2)
    assert [one.parameter for one in card.results] == ["nitrite", "lead", "fat", "protein"]
    book.report(result("fat", "1.5", "g/100 kJ"), category="infant-formula-powder")
    assert (book.card().verdict, book.card().stars) == ("fail", 0)


QUALITY = b"""
format = "trustledger/framework@1"
kind = "limits"
id = "house-milk"
edition = "1"
group = "CN"
markets = ["CN"]
standard = "House milk 1"
title = { en = "t", zh = "t" }
in_force = 2026-01-01
source = "a test"
url = "https://example.org"
note = { en = "n", zh = "n" }
[defaults]
unit = "g/100 g"
basis = "as sold"
nature = "quality"
graded = true
verified = true
clause = "1"
[clauses]
[limits.milk]
salt = { max = "1" }
"""


def test_quality_is_graded_only_where_no_safety_is():
    supplied = shipped().adding([QUALITY])
    book = Book()
    book.product(required=["salt"])
    book.made()
    book.report(result("salt", "0.9", "g/100 g"))
    assert (book.card(frameworks=supplied).verdict, book.card(frameworks=supplied).stars) == (
        "untested",
        None,
    )
    only_house = Frameworks(shipped().words, ()).adding([QUALITY])
    assert (book.card(frameworks=only_house).verdict, book.card(frameworks=only_house).stars) == ("pass", 1)
    book.report(result(value="0.004"))
    assert book.card(frameworks=supplied).stars == 4
    assert [one.parameter for one in book.card(frameworks=supplied).results] == ["lead", "salt"]


def test_a_standard_that_replaced_nothing_did_not_exist_before():
    supplied = shipped().adding([QUALITY])
    book = Book()
    book.product("milk")
    book.made(produced="2025-12-31", placed="2025-12-31")
    assert book.card(frameworks=supplied).framework.missing == ("GB 2762-2022",)


def test_untested_is_shown_as_untested():
    book = Book()
    book.product(required=["lead", "cadmium", "总汞"])
    book.made()
    assert (book.card().verdict, book.card().stars) == ("untested", None)
    book.report(GOOD)
    card = book.card()
    assert (card.verdict, card.stars) == ("untested", None)
    assert [(one.parameter, one.reason) for one in card.untested] == [
        ("cadmium", "no_report"),
        ("total-mercury", "no_report"),
    ]


def test_asking_only_for_what_is_easy_is_no_pass():
    book = Book()
    book.product("infant formula", required=["protein"])
    book.made()
    book.report(result("protein", "0.5", "g/100 kJ"), category="infant formula")
    card = book.card()
    assert (only(card).verdict, card.verdict, card.stars) == ("pass", "untested", None)
    (finding,) = [one for one in card.findings if one.code == "inspection.coverage"]
    assert dict(finding.facts) == {"seen": "0", "expected": "4", "parameters": "lead, nitrate, nitrite, tin"}


def test_a_lot_nobody_speaks_of():
    card = Book().card()
    assert (card.verdict, card.stars, card.results) == ("untested", None, ())


def test_what_nobody_asked_for_in_another_basis_decides_nothing(book):
    book.report(GOOD, result("chromium", "0.2", "mg/L"))
    assert book.card().verdict == "pass"
    assert {one.parameter: one.verdict for one in book.card().results}["chromium"] == "undecided"
    assert "inspection.incomparable" in codes(book.card())


def test_a_value_that_compares_is_shown_instead_of_one_that_does_not(book):
    book.report(result(value="0.016", basis="dry matter"), GOOD)
    assert (only(book.card()).verdict, book.card().verdict) == ("pass", "pass")
    assert "inspection.incomparable" in codes(book.card())


# --- sealed, withheld, unverified ---------------------------------------------------------------------------------------


def test_sealed_results_count_as_untested(book):
    hidden = {"parameter": "lead", "unit": "mg/kg"}
    book.report(hidden, sealed={"/results/0/value": "0.001"})
    card = book.card()
    assert (card.verdict, card.untested[0].reason, card.results) == ("untested", "sealed", ())


def test_sealing_a_failure_and_showing_another_report_is_no_way_to_pass(book):
    hidden = {"parameter": "lead", "unit": "mg/kg"}
    book.report(hidden, who=LAB2, sealed={"/results/0/value": "0.9"})
    book.report(GOOD, who=OWNLAB)
    assert (book.card().verdict, book.card().untested[0].reason) == ("untested", "sealed")
    book.report(GOOD, who=LAB)
    assert book.card().verdict == "pass"


def test_a_sealed_result_under_a_limit_counts_though_nobody_asked(book):
    hidden = {"parameter": "chromium", "unit": "mg/kg"}
    book.report(GOOD, hidden, sealed={"/results/1/value": "0.9"})
    assert [(one.parameter, one.reason) for one in book.card().untested] == [("chromium", "sealed")]
    book.records.pop()
    book.report(GOOD, {"parameter": "taste", "unit": "1"}, sealed={"/results/1/value": "0"})
    assert book.card().verdict == "pass"


def test_a_sealed_required_test_without_a_limit_is_untested():
    book = Book()
    book.product(required=["lead", "taste"])
    book.made()
    book.report(GOOD, {"parameter": "taste", "unit": "1"}, sealed={"/results/1/value": "0"})
    assert [(one.parameter, one.reason) for one in book.card().untested] == [("taste", "sealed")]


def test_a_sealed_uncertainty_lets_nothing_pass_but_saves_nothing(book):
    book.report(GOOD, sealed={"/results/0/uncertainty": "0.1"})
    assert only(book.card()).reason == "uncertainty_sealed"
    book.report(BAD, who=LAB2, sealed={"/results/0/uncertainty": "0.1"})
    assert only(book.card()).verdict == "fail"


def test_a_sealed_value_in_a_correction(book):
    old = book.report(GOOD)
    data = {"category": "milk", "report": "R", "results": [{"parameter": "lead", "unit": "mg/kg"}]}
    said = {
        "data": data,
        "reason": "incorrect_data",
        "supersedes": {"entry": old.entry, "position": 0, "record": old.record.hash.hex()},
    }
    book.say(LAB, "correction", LOT, said, "2026-10-20", sealed={"/data/results/0/value": "0.01"})
    assert book.card().untested[0].reason == "sealed"


# --- editions and production dates --------------------------------------------------------------------------------------

STRICT = b"""
format = "trustledger/framework@1"
kind = "limits"
id = "gb-2762"
edition = "2022"
group = "CN"
markets = ["CN"]
standard = "GB 2762-2022"
title = { en = "t", zh = "t" }
in_force = 2023-06-30
replaces = "GB 2762-2017"
source = "a test"
url = "https://example.org"
note = { en = "n", zh = "n" }
[defaults]
unit = "mg/kg"
basis = "as sold"
nature = "safety"
graded = true
verified = true
clause = "1"
[clauses]
[limits.milk]
lead = { max = "0.05" }
"""


def lot_made(produced, placed, value="0.03", reported="2026-10-05"):
    book = Book()
    book.product()
    if placed < reported:
        book.made(produced=produced, placed=placed)
        book.report(result(value=value), placed=reported)
    else:
        book.report(result(value=value), placed=reported)
        book.made(produced=produced, placed=placed)
    return book


def test_earlier_production_is_undecided_until_its_edition_is_supplied():
    book = lot_made("2026-09-01", "2026-09-01")
    card = book.card()
    assert (card.verdict, only(card).reason, card.framework.missing) == (
        "undecided",
        "edition",
        ("GB 2762-2022",),
    )
    assert "inspection.edition_missing" in codes(card)
    supplied = shipped().adding([STRICT])
    card = book.card(frameworks=supplied)
    assert (card.verdict, only(card).limit.standard) == ("pass", "GB 2762-2022")


def test_the_first_day_in_force_is_under_the_new_edition():
    supplied = shipped().adding([STRICT])
    for produced, verdict in (("2026-09-01", "pass"), ("2026-09-02", "fail")):
        assert lot_made(produced, "2026-09-02").card(frameworks=supplied).verdict == verdict


def test_before_the_oldest_edition_supplied():
    supplied = shipped().adding([STRICT])
    book = Book()
    book.product(placed="2023-06-01")
    book.made(produced="2023-06-29", placed="2023-07-01")
    book.report(GOOD, placed="2023-07-02")
    card = book.card(frameworks=supplied, as_of=ms("2023-07-10"))
    assert card.framework.missing == ("GB 2762-2017",)


@pytest.mark.parametrize(
    ("produced", "placed"),
    [("2026-09-01", "2026-10-06"), ("2026-08-01", "2026-10-04"), ("2026-09-01", "2026-10-05T09:00:00Z")],
)
def test_a_date_that_comes_late_gets_the_stricter_edition(produced, placed):
    """After the report, or long after itself: else one would choose the date once the result is known."""
    supplied = shipped().adding([STRICT])
    card = lot_made(produced, placed).card(frameworks=supplied)
    assert (card.verdict, only(card).limit.standard) == ("fail", "GB 2762-2025")
    assert "inspection.production_late" in codes(card)
    assert [one.edition for one in card.framework.editions if one.id == "gb-2762"] == ["2022", "2025"]


def test_thirty_days_are_in_time():
    supplied = shipped().adding([STRICT])
    for placed, verdict in (("2026-10-01", "pass"), ("2026-10-02", "fail")):
        assert lot_made("2026-09-01", placed).card(frameworks=supplied).verdict == verdict


def test_soon_but_after_the_report_is_late():
    supplied = shipped().adding([STRICT])
    book = lot_made("2026-08-30", "2026-09-25", reported="2026-09-20")
    assert "inspection.production_late" in codes(book.card(frameworks=supplied))
    assert book.card(frameworks=supplied).verdict == "fail"


def test_an_edition_that_begins_on_the_last_possible_day_counts():
    supplied = shipped().adding([STRICT])
    assert lot_made("2026-08-01", "2026-09-02").card(frameworks=supplied).verdict == "fail"
    assert lot_made("2026-07-01", "2026-09-01").card(frameworks=supplied).verdict == "pass"


def test_what_no_edition_limits_is_not_undecided_for_a_missing_one():
    book = lot_made("2026-09-01", "2026-09-01")
    book.report(result("moisture", "3", "%"))
    assert {one.parameter: one.verdict for one in book.card().results} == {
        "lead": "undecided",
        "moisture": "unrated",
    }


def test_a_late_date_under_an_edition_not_supplied_is_no_pass():
    card = lot_made("2026-09-01", "2026-10-06", value="0.002").card()
    assert (card.verdict, only(card).reason) == ("undecided", "edition")


def test_a_corrected_date_is_as_late_as_its_correction(book):
    supplied = shipped().adding([STRICT])
    made = book.records[1]
    book.report(result(value="0.03"))
    book.correct(made, {**made.record.data, "produced_on": "2026-09-01"})
    assert book.card(frameworks=supplied).verdict == "fail"


def test_a_date_that_is_corrected_soon_but_after_the_report_is_late():
    supplied = shipped().adding([STRICT])
    book = Book()
    book.product()
    made = book.made(produced="2026-09-10", placed="2026-09-11")
    book.report(result(value="0.03"), placed="2026-09-12")
    book.correct(made, {**made.record.data, "produced_on": "2026-09-01"}, placed="2026-09-13")
    assert book.card(frameworks=supplied).verdict == "fail"


def test_a_date_in_the_future_of_its_own_record_is_impossible():
    book = Book()
    book.product()
    book.made(produced="2026-09-05", placed="2026-08-30")
    book.report(GOOD)
    assert "inspection.production_after" in codes(book.card())
    assert book.card().verdict == "undecided"
    book = Book()
    book.product()
    book.made(produced="2026-09-06", placed="2026-09-05")
    book.report(GOOD)
    assert "inspection.production_after" not in codes(book.card())


def test_a_date_after_the_first_record_is_impossible():
    supplied = shipped().adding([STRICT])
    book = Book()
    book.product()
    book.report(result(value="0.03"), placed="2026-08-20")
    book.made(produced="2026-10-20", placed="2026-10-20")
    card = book.card(frameworks=supplied)
    assert "inspection.production_after" in codes(card)
    assert card.verdict == "fail"
    assert {one.edition for one in card.framework.editions if one.id == "gb-2762"} == {"2022", "2025"}


def test_no_date_at_all_looks_back():
    book = Book()
    book.product()
    book.report(GOOD)
    card = book.card()
    assert "inspection.no_production_date" in codes(card)
    assert (card.verdict, only(card).reason) == ("undecided", "edition")
    assert [day.isoformat() for day in card.framework.produced] == ["2025-10-05", "2026-10-05"]


def test_a_harvest_is_a_date_too():
    book = Book()
    book.product("leafy vegetables")
    book.say(MAKER, "origin", LOT, {"harvested_on": "2026-10-03"}, "2026-10-04")
    book.report(result(value="0.02"), category="leafy vegetables")
    assert book.card(as_of=ms("2026-10-10")).verdict == "pass"


# --- one lot's report never scores another; failing raw lots show ---------------------------------------------------------


def test_another_lots_report_scores_nothing(book):
    book.report(GOOD, lot=OTHER)
    assert (book.card().verdict, book.card().results) == ("untested", ())


def test_a_report_on_the_product_or_naming_the_lot_scores_nothing(book):
    book.say(LAB, "inspection", PRODUCT, {"category": "milk", "report": "T", "results": [GOOD]}, also=[LOT])
    book.say(LAB, "inspection", OTHER, {"category": "milk", "report": "U", "results": [GOOD]}, also=[LOT])
    assert book.card().verdict == "untested"


def made_from_raw():
    book = Book()
    book.product("milk powder", required=["lead"])
    book.product("raw milk", required=["lead"], subject=RAW_PRODUCT)
    book.made(RAW, "2026-09-20", "2026-09-21")
    book.report(BAD, lot=RAW, category="raw milk", placed="2026-09-22")
    book.made(inputs=[RAW])
    return book


def test_a_failing_raw_lot_shows_on_what_was_made_of_it():
    book = made_from_raw()
    assert book.card(RAW).verdict == "fail"
    book.report(result(value="0.002"), who=OWNLAB, category="milk powder")
    card = book.card()
    assert "inspection.input_failed" in codes(card)
    assert only(card).verdict == "pass"
    assert (card.verdict, card.stars) == ("undecided", None)


def test_an_independent_result_of_its_own_lets_it_pass():
    book = made_from_raw()
    book.report(result(value="0.002"), category="milk powder")
    card = book.card()
    assert "inspection.input_failed" in codes(card)
    assert card.verdict == "pass"


def test_a_result_for_something_else_does_not_clear_it():
    book = made_from_raw()
    book.report(result(value="0.002"), who=OWNLAB, category="milk powder")
    book.report(result("chromium", "0.01"), who=LAB, category="milk powder")
    assert book.card().verdict == "undecided"


def test_lots_made_of_each_other_end():
    book = Book()
    book.product()
    book.made(inputs=[OTHER])
    book.made(OTHER, inputs=[LOT])
    assert book.card().verdict == "untested"


# --- ageing -------------------------------------------------------------------------------------------------------------


def test_good_reports_age_out_and_failures_do_not(book):
    book.report(GOOD, tested_on="2026-10-04")
    for moment, verdict in (("2027-04-03", "pass"), ("2027-04-04", "untested")):
        assert book.card(as_of=ms(moment)).verdict == verdict
    assert book.card(as_of=ms("2027-04-04")).untested[0].reason == "aged"
    book.report(BAD, who=LAB2)
    assert book.card(as_of=ms("2036-01-01")).verdict == "fail"


def test_a_test_cannot_be_dated_after_its_record(book):
    book.report(GOOD, tested_on="2030-01-01")
    assert only(book.card()).tested_on.isoformat() == "2026-10-05"


def test_an_aged_retest_does_not_bring_the_failure_back(book):
    book.report(BAD, who=OWNLAB)
    book.report(GOOD, who=LAB)
    assert book.card().verdict == "pass"
    assert book.card(as_of=ms("2028-01-01")).verdict == "untested"


# --- the worst stands until an independent retest --------------------------------------------------------------------------


@pytest.mark.parametrize(("who", "stands"), [(OWNLAB, "0.03"), (LAB, "0.002")])
def test_only_an_independent_retest_replaces_a_worse_report(book, who, stands):
    bad = book.report(BAD, who=LAB2)
    book.report(GOOD, who=who)
    card = book.card()
    assert only(card).value == stands
    assert only(card).replaced == (() if who == OWNLAB else (bad.ref,))
    assert ("inspection.retested" in codes(card)) == (who == LAB)


def test_a_retest_is_tested_no_earlier(book):
    book.report(BAD, who=LAB2, tested_on="2026-10-05")
    book.report(GOOD, who=LAB, tested_on="2026-10-03")
    assert book.card().verdict == "fail"


def test_no_earlier_than_all_before_it(book):
    book.report(BAD, who=LAB2, tested_on="2026-10-05")
    book.report(BAD, who=OWNLAB, tested_on="2026-10-01")
    book.report(GOOD, who=LAB, tested_on="2026-10-03")
    assert book.card().verdict == "fail"


def test_of_two_equal_reports_the_newer_is_shown(book):
    book.report(GOOD, who=OWNLAB)
    newer = book.report(GOOD, who=OWNLAB)
    assert only(book.card()).record == newer.ref


def test_a_later_worse_report_stands_again(book):
    book.report(GOOD, who=LAB)
    book.report(POOR, who=OWNLAB)
    assert book.card().stars == 2


def test_a_copy_is_no_retest(book):
    book.report(BAD, who=LAB)
    book.report(GOOD, who=SHOP, kind="report_copy")
    assert book.card().verdict == "fail"


def test_two_values_in_one_report_the_worse_counts(book):
    book.report(GOOD, BAD)
    assert book.card().verdict == "fail"
    book.report(BAD, GOOD, who=LAB2)
    assert book.card().verdict == "fail"


# --- samples ------------------------------------------------------------------------------------------------------------


def take_sample(book, lab=LAB, parameters=("lead",), number="S-1"):
    return book.say(
        MAKER, "sample", LOT, {"lab": lab, "parameters": list(parameters), "sample": number}, "2026-10-03"
    )


def test_a_sample_without_an_answer_shows(book):
    take_sample(book)
    book.report(GOOD, who=LAB2)
    card = book.card()
    (finding,) = [one for one in card.findings if one.code == "inspection.sample_unanswered"]
    assert dict(finding.facts)["parameters"] == "lead"
    assert "S-1" in finding.text("zh")


def test_the_named_laboratory_answers(book):
    take_sample(book, parameters=["Pb", "cadmium"])
    book.report(GOOD, sample="S-1")
    (finding,) = [one for one in book.card().findings if one.code == "inspection.sample_unanswered"]
    assert finding.facts["parameters"] == "cadmium"
    book.report(result("cadmium", "0.001"), sample="S-1")
    assert "inspection.sample_unanswered" not in codes(book.card())


@pytest.mark.parametrize(
    ("who", "kind", "sample"),
    [
        (LAB2, "inspection", "S-1"),
        (SHOP, "report_copy", "S-1"),
        (LAB, "report_copy", "S-1"),
        (LAB, "inspection", "S-2"),
    ],
)
def test_nobody_else_answers(book, who, kind, sample):
    take_sample(book)
    book.report(GOOD, who=who, kind=kind, sample=sample)
    assert "inspection.sample_unanswered" in codes(book.card())


# --- who signed ---------------------------------------------------------------------------------------------------------


def test_a_copy_is_shown_as_transcribed(book):
    book.handed(SHOP)
    book.report(GOOD, who=SHOP, kind="report_copy", lab="Famous Laboratory")
    card = book.card()
    found = only(card)
    assert (found.lab, found.transcribed_by, found.independent, found.accredited) == (
        None,
        SHOP,
        False,
        False,
    )
    assert "inspection.transcribed" in codes(card)
    assert plain(card)["results"][0]["lab"] is None


def test_a_policy_may_let_copies_only_tell_against(book):
    raw = next(iter([_policy_text()])).replace(b"transcribed_counts = true", b"transcribed_counts = false")
    policy = parse_policy(raw)
    book.handed(SHOP)
    book.report(GOOD, who=SHOP, kind="report_copy")
    assert (book.card(policy=policy).verdict, book.card(policy=policy).untested[0].reason) == (
        "untested",
        "transcribed",
    )
    book.report(BAD, who=SHOP, kind="report_copy")
    assert book.card(policy=policy).verdict == "fail"


def _policy_text():
    from importlib.resources import files

    return files("trustledger.frameworks").joinpath("data", "house-stars.toml").read_bytes()


def test_an_inspection_by_no_laboratory_is_its_signers_word(book):
    book.report(GOOD, who=MAKER)
    assert (only(book.card()).lab, only(book.card()).transcribed_by) == (None, MAKER)
    assert "inspection.not_inspector" in codes(book.card())


@pytest.mark.parametrize(
    ("lab", "independent"),
    [
        (LAB, True),
        (LAB2, True),
        (OWNLAB, False),
        ("https://held.example/", False),
        ("https://far.example/", False),
    ],
)
def test_independent_of_maker_brand_and_seller(book, lab, independent):
    book.states["https://held.example/"] = party("https://held.example/", "inspector", custody=SHOP)
    book.states["https://far.example/"] = party(
        "https://far.example/", "inspector", owner="https://holding.example/"
    )
    book.states["https://holding.example/"] = party("https://holding.example/", owner=BRAND)
    book.say(SHOP, "shipping", LOT, {"direction": "received"})
    placed = book.report(GOOD, who=lab)
    object.__setattr__(placed, "keys", ("a key",))
    if lab in (LAB, LAB2, OWNLAB, "https://far.example/"):
        book.states[lab] = party(lab, "inspector", owner=book.states[lab].owner, custody=lab)
    assert only(book.card()).independent is independent


@pytest.mark.parametrize(("since", "verdict"), [("2026-10-05", "undecided"), ("2026-10-06", "pass")])
def test_a_report_signed_with_a_compromised_key_lets_nothing_pass(book, since, verdict):
    placed = book.report(GOOD)
    object.__setattr__(placed, "keys", ("a key",))
    revoked = SimpleNamespace(since=ms(since))
    lab = party(LAB, "inspector", custody=LAB)
    lab.enrolled = lambda _: SimpleNamespace(custody=LAB, revoked=revoked)
    book.states[LAB] = lab
    card = book.card()
    assert (card.verdict, only(card).independent) == (verdict, verdict == "pass")
    assert ("inspection.key_compromised" in codes(card)) == (verdict != "pass")


def test_a_product_described_after_the_report_is_odd():
    book = Book()
    book.made()
    book.report(GOOD)
    book.product()
    assert "inspection.product_late" in codes(book.card())


def test_who_keeps_the_key_of_the_correction_counts_too(book):
    old = book.report(GOOD)
    new = book.correct(old, {**old.record.data, "results": [POOR]})
    for placed, key in ((old, "own"), (new, "the shop's")):
        object.__setattr__(placed, "keys", (key,))
    book.say(SHOP, "shipping", LOT, {"direction": "received"})
    lab = party(LAB, "inspector", custody=LAB)
    lab.enrolled = lambda key: SimpleNamespace(custody=LAB if key == "own" else SHOP, revoked=None)
    book.states[LAB] = lab
    assert not only(book.card()).independent


def test_groups_may_be_given(book):
    book.report(GOOD)
    assert only(book.card()).independent
    assert not only(book.card(group_of=lambda _: "one group")).independent


def test_one_registered_identity_is_one_party(book):
    own = Identity("uscc", "91350211M000100Y43")
    book.states[LAB] = party(LAB, "inspector", identities=[own])
    book.report(GOOD)
    assert only(book.card()).independent
    book.states[MAKER] = party(MAKER, "processor", identities=[own])
    assert not only(book.card()).independent


def test_owners_in_a_circle_are_one_group(book):
    book.states[LAB] = party(LAB, "inspector", owner=MAKER)
    book.states[MAKER] = party(MAKER, "processor", owner=LAB)
    book.report(GOOD)
    assert not only(book.card()).independent


# --- corrections, moments, recalls -----------------------------------------------------------------------------------------


def test_what_counts_is_what_stands(book):
    old = book.report(POOR)
    said = {**old.record.data, "results": [GOOD]}
    new = book.correct(old, said)
    assert (book.card().verdict, only(book.card()).record) == ("pass", new.ref)
    assert "inspection.report_corrected" in codes(book.card())
    assert book.card(as_of=ms("2026-10-19")).stars == 2
    book.correct(old, {**said, "results": [BAD]}, who=MAKER)
    assert book.card().verdict == "pass"


def test_a_report_that_did_not_occur_is_gone(book):
    old = book.report(GOOD)
    book.correct(old, None, reason="did_not_occur")
    assert book.card().verdict == "untested"


def test_records_after_the_moment_are_not_seen(book):
    book.report(BAD, placed="2026-11-01")
    assert book.card(as_of=ms("2026-10-31")).verdict == "untested"
    assert book.card(as_of=ms("2026-11-01")).verdict == "fail"


def test_a_recalled_lot_does_not_pass(book):
    book.report(GOOD)
    book.say(
        BRAND, "recall", OTHER, {"lots": [{"lot": LOT}], "reason": "glass", "reference": "RC-1"}, also=[LOT]
    )
    card = book.card()
    assert (card.verdict, card.stars) == ("undecided", None)
    assert "views.recall" in codes(card)


# --- the whole ----------------------------------------------------------------------------------------------------------

KEYS = {"subject", "as_of", "verdict", "stars", "results", "untested", "framework", "findings"}
RESULT_KEYS = {
    "parameter", "stars", "verdict", "value", "unit", "basis", "method", "uncertainty", "limit",
    "standard", "clause", "lab", "independent", "accredited", "tested_on", "record",
}  # fmt: skip


def test_the_form_that_others_build_on(book):
    placed = book.report(
        result(uncertainty="0.0005", basis="as sold", method="GB 5009.12"), tested_on="2026-10-04"
    )
    found = book.plain()
    assert set(found) == KEYS
    (row,) = found["results"]
    assert row == {
        "parameter": "lead", "stars": 4, "verdict": "pass", "value": "0.004", "unit": "mg/kg", "basis": "as sold",
        "method": "GB 5009.12", "uncertainty": "0.0005", "limit": "0.02", "standard": "GB 2762-2025", "clause": "表1",
        "lab": LAB, "independent": True, "accredited": True, "tested_on": "2026-10-04", "record": placed.ref,
    }  # fmt: skip
    assert found["as_of"] == "2026-11-20T00:00:00Z"
    assert found["framework"]["stars"]["sha256"] == shipped_policy().sha256
    assert "not a certification" in found["framework"]["stars"]["notice"]["en"]
    assert "不是认证" in found["framework"]["stars"]["notice"]["zh"]


def test_the_arithmetic_behind_it(book):
    book.report(result())
    (row,) = explained(book.card())["results"]
    assert set(row) > RESULT_KEYS
    assert (row["ratio"], row["stated"], row["verified"]) == ("0.2", "0.004 mg/kg", False)


def test_an_unverified_limit_says_so(book):
    book.report(result())
    assert "inspection.limit_unverified" in codes(book.card())


def test_an_unknown_side_is_refused(book):
    with pytest.raises(FormatError, match="CODEX"):
        book.card(group="MOON")
    assert not book.card(group="EU").framework.applicable


def test_every_finding_has_its_sentences():
    known = {code for code in catalogue() if code.startswith("inspection.")}
    import pathlib

    import trustledger

    folder = pathlib.Path(trustledger.__file__).parent
    source = "".join(
        path.read_text("utf-8")
        for path in [
            *(folder / "views" / "inspection_card").glob("*.py"),
            folder / "frameworks" / "collection.py",
        ]
    )
    assert {code for code in known if f'"{code}"' not in source} == set()
