"""The cases that docs/scoring.md works by hand, to the last digit."""

from datetime import date
from fractions import Fraction

import pytest
from card_world import Book, cnas, codes, ms, only, party, result

from trustledger.frameworks import shipped
from trustledger.views.inspection_card.numbers import months_later, ratio_text, shown

GRADED = [
    # category, market, parameter, value, uncertainty, unit, ratio, verdict, stars
    ("milk", "CN", "lead", "0.002", None, "mg/kg", "0.1", "pass", 5),
    ("milk", "CN", "lead", "0.004", None, "mg/kg", "0.2", "pass", 4),
    ("milk", "CN", "铅", "0.005", None, "mg/kg", "0.25", "pass", 4),
    ("milk", "CN", "Pb", "0.009", "0.001", "mg/kg", "0.5", "pass", 3),
    ("milk", "CN", "lead", "12", None, "µg/kg", "0.6", "pass", 2),
    ("milk", "CN", "lead", "0.016", "0.004", "mg/kg", "1", "pass", 1),
    ("milk", "CN", "lead", "0.018", "0.003", "mg/kg", "1.05", "undecided", None),
    ("milk", "CN", "lead", "0.0201", None, "mg/kg", "1.005", "fail", 0),
    ("rice", "CN", "cadmium", "0.12", "0.02", "mg/kg", "0.7", "pass", 2),
    ("rice", "EU", "cadmium", "0.12", "0.02", "mg/kg", "0.9334", "pass", 1),
    ("rice", "CN", "cadmium", "0.1", "0.0001", "mg/kg", "0.5005", "pass", 2),
    ("大米", "中国", "无机砷", "0.05", None, "mg/kg", "0.25", "pass", 4),
    ("spinach", "CN", "lead", "0.06", None, "mg/kg", "0.2", "pass", 4),
    ("tea", "CN", "lead", "4.2", "0.3", "ppm", "0.9", "pass", 1),
]


@pytest.mark.parametrize("case", GRADED, ids=lambda case: " ".join(str(part) for part in case[:5]))
def test_margin(case):
    category, market, parameter, value, spread, unit, ratio, verdict, stars = case
    book = Book()
    book.product(category, market, [parameter])
    book.made()
    more = {"uncertainty": spread} if spread else {}
    book.report(result(parameter, value, unit, **more), category=category)
    card = book.card(as_of=ms("2026-10-10"))
    found = only(card)
    assert (found.ratio, found.verdict, found.stars) == (ratio, verdict, stars)
    assert (card.verdict, card.stars) == (verdict, stars)


RANGES = [
    ("0.43", None, "g/100 kJ", "pass", "", "0.43"),
    ("0.72", None, "g/100 kJ", "pass", "", "0.72"),
    ("0.421", None, "g/100 kJ", "fail", "under", "0.421"),
    ("0.721", None, "g/100 kJ", "fail", "over", "0.721"),
    ("0.71", "0.02", "g/100 kJ", "undecided", "uncertainty", "0.71"),
    ("0.44", "0.02", "g/100 kJ", "undecided", "uncertainty", "0.44"),
    ("2.1", None, "g/100 kcal", "pass", "", "0.501912"),
    ("500", None, "mg/100 kJ", "pass", "", "0.5"),
]


@pytest.mark.parametrize(("value", "spread", "unit", "verdict", "reason", "shown_value"), RANGES)
def test_a_required_range_is_met_or_not(value, spread, unit, verdict, reason, shown_value):
    book = Book()
    book.product("infant formula", "CN", ["protein"])
    book.made()
    more = {"uncertainty": spread} if spread else {}
    book.report(result("protein", value, unit, **more), category="infant formula")
    found = only(book.card())
    assert (found.verdict, found.reason, found.value, found.unit) == (
        verdict,
        reason,
        shown_value,
        "g/100 kJ",
    )
    assert found.stars == (0 if verdict == "fail" else None)
    assert found.ratio is None


def test_a_unit_may_be_split_between_unit_and_basis(book):
    book.product("infant formula", "CN", ["protein"], subject="https://id.gs1.org/01/06901234567892")
    lot = "https://id.gs1.org/01/06901234567892/10/A"
    book.made(lot)
    book.report(result("蛋白质", "0.5", "g", basis="per 100 kJ"), lot=lot)
    assert only(book.card(lot)).verdict == "pass"


LOQS = [
    ("0.002", "pass", "", 5, "<0.002"),
    ("0.02", "pass", "", 1, "<0.02"),
    ("0.021", "undecided", "loq", None, "<0.021"),
    (None, "undecided", "loq_unstated", None, "ND"),
]


@pytest.mark.parametrize(("loq", "verdict", "reason", "stars", "value"), LOQS)
def test_not_detected_counts_as_the_loq(book, loq, verdict, reason, stars, value):
    book.report(result(not_detected=True, **({"loq": loq} if loq else {"note": "LOQ not stated"})))
    found = only(book.card())
    assert (found.verdict, found.reason, found.stars, found.value) == (verdict, reason, stars, value)


def test_a_value_below_the_loq_counts_as_the_loq(book):
    book.report(result(value="0.001", loq="0.012"))
    assert (only(book.card()).ratio, only(book.card()).stars) == ("0.6", 2)


def test_a_value_below_the_loq_keeps_its_uncertainty(book):
    book.report(result(value="0.015", loq="0.016", uncertainty="0.01"))
    assert only(book.card()).reason == "uncertainty"


def test_a_nutrient_that_was_not_detected_is_missing_only_if_the_loq_shows_it():
    for loq, verdict in (("0.42", "fail"), ("0.43", "undecided"), ("0.5", "undecided")):
        book = Book()
        book.product("infant formula", "CN", ["protein"])
        book.made()
        book.report(result("protein", unit="g/100 kJ", not_detected=True, loq=loq))
        assert only(book.card()).verdict == verdict


def test_a_value_at_the_loq_is_quantified():
    book = Book()
    book.product("infant formula", "CN", ["protein"])
    book.made()
    book.report(result("protein", "0.5", "g/100 kJ", loq="0.5"))
    assert only(book.card()).verdict == "pass"


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"basis": "dry matter"}, "basis"),
        ({"basis": "per bottle"}, "basis"),
        ({"basis": "as consumed"}, "basis"),
        ({"unit": "mg/L"}, "unit"),
        ({"unit": "nonsense"}, "unit"),
        ({"value": "-0.1"}, "negative"),
        ({"value": "1e-3"}, "decimal"),
        ({"uncertainty": "-1"}, "negative"),
    ],
)
def test_what_cannot_be_compared_is_undecided(book, more, reason):
    book.report(result(**more))
    card = book.card()
    assert (only(card).verdict, only(card).reason, card.verdict) == ("undecided", reason, "undecided")


@pytest.mark.parametrize("basis", [None, "as sold", "AS RECEIVED", "鲜重", "wet weight"])
def test_like_bases_under_other_names(book, basis):
    book.report(result(**({"basis": basis} if basis else {})))
    assert only(book.card()).verdict == "pass"


def test_total_arsenic_says_nothing_of_inorganic_arsenic():
    book = Book()
    book.product("rice", "CN", ["inorganic arsenic"])
    book.made()
    book.report(result("砷", "0.3"), category="rice")
    card = book.card()
    assert only(card).verdict == "unrated"
    assert [one.parameter for one in card.untested] == ["inorganic-arsenic"]
    assert card.verdict == "untested"


def test_powder_as_sold_is_not_formula_as_consumed():
    book = Book()
    book.product("infant-formula-powder", "CN", ["lead"])
    book.made()
    book.report(result(value="0.008"), category="infant-formula-powder")
    sides = {card.framework.group: card for card in book.cards()}
    assert [(name, card.verdict) for name, card in sides.items()] == [
        ("CN", "pass"),
        ("CODEX", "undecided"),
        ("EU", "pass"),
    ]
    assert [card.stars for card in sides.values()] == [5, None, 3]
    assert only(sides["CODEX"]).reason == "basis"
    assert [card.framework.applicable for card in sides.values()] == [True, False, False]


TEXTILES = [
    ("A类", "formaldehyde", "20", "mg/kg", "pass"),
    ("A类", "formaldehyde", "20.1", "mg/kg", "fail"),
    ("B类", "甲醛", "75", "mg/kg", "pass"),
    ("C类", "甲醛", "300.5", "mg/kg", "fail"),
    ("A类", "pH", "7.5", "pH", "pass"),
    ("A类", "pH", "7.6", "pH", "fail"),
    ("C类", "pH", "3.9", "pH", "fail"),
    ("A类", "耐水", "3.5", "1", "pass"),
    ("A类", "耐水", "3", "1", "fail"),
    ("B类", "耐水", "3", "1", "pass"),
    ("B类", "异味", "0", "1", "pass"),
    ("B类", "异味", "1", "1", "fail"),
]


@pytest.mark.parametrize(("category", "parameter", "value", "unit", "verdict"), TEXTILES)
def test_textiles_pass_or_fail_without_stars(category, parameter, value, unit, verdict):
    book = Book()
    book.product(category, "CN", [parameter])
    book.made()
    book.report(result(parameter, value, unit), category=category)
    card = book.card()
    assert card.verdict == only(card).verdict == verdict
    assert card.stars == (0 if verdict == "fail" else None)
    assert only(card).limit.standard == "GB 18401-2010"


NUTRIENTS = {
    "energy": ("1500", "kJ/100 g"),
    "sugars": ("12", "g/100 g"),
    "saturates": ("2.5", "g/100 g"),
    "salt": ("0.5", "g/100 g"),
    "protein": ("8", "g/100 g"),
    "fibre": ("5", "g/100 g"),
    "fruit-vegetables-legumes": ("50", "%"),
}


@pytest.mark.parametrize(
    ("changed", "score", "grade"),
    [
        ({}, 8, "C"),
        ({"salt": "0.3"}, 4, "C"),
        ({"sugars": "10"}, 4, "C"),
        ({"sugars": "40", "salt": "4.1"}, 34, "E"),
        ({"fibre": None}, 10, "C"),
    ],
)
def test_nutri_score_beside_the_card(changed, score, grade):
    book = Book()
    book.product("yoghurt", "CN", ["lead"])
    book.made()
    rows = [(name, changed.get(name, value), unit) for name, (value, unit) in NUTRIENTS.items()]
    book.report(result(), *(result(*row) for row in rows if row[1] is not None), category="yoghurt")
    card = book.card()
    (points,) = card.framework.points
    assert (points.score, points.grade) == (score, grade)
    assert card.verdict == "pass"


def test_no_nutri_score_without_what_it_needs():
    table = shipped().points[0].tables["general"]
    values = {name: Fraction(1) for name in NUTRIENTS}
    assert table.score(values) is not None
    assert table.score({name: one for name, one in values.items() if name != "salt"}) is None


def test_rounding_stands_in_one_place():
    assert ratio_text(Fraction(2, 3)) == "0.6667"
    assert ratio_text(Fraction(1, 2)) == "0.5"
    assert shown(Fraction(1, 3)) == "0.333333"
    assert shown(Fraction(21, 4)) == "5.25"
    assert shown(Fraction(12, 1)) == "12"
    assert shown(Fraction(0)) == "0"


def test_months():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 11, 30), 1) == date(2026, 12, 30)
    assert months_later(date(2026, 12, 5), 12) == date(2027, 12, 5)
    assert months_later(date(9999, 5, 1), 24) == date.max
    assert months_later(date(9999, 11, 30), 1) == date(9999, 12, 30)


def test_accredited_means_the_parameter_at_the_time_of_the_test(book):
    spring = "https://spring.example/"
    book.states[spring] = party(spring, "inspector", accreditations=[cnas("Pb", since="2026-10-03")])
    book.report(result(), result("cadmium"), who=spring, tested_on="2026-10-04")
    found = {one.parameter: one.accredited for one in book.card().results}
    assert found == {"lead": True, "cadmium": False}
    book.records.pop()
    book.report(result(), who=spring, tested_on="2026-10-02")
    assert not only(book.card()).accredited
    assert "inspection.transcribed" not in codes(book.card())
    assert ms("2026-10-02") < ms("2026-10-03")
