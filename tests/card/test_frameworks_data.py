"""The shipped numbers against the reference tables, where they stand beside the checkout."""

import csv
import json
from decimal import Decimal
from fractions import Fraction

import pytest

from trustledger.frameworks import shipped
from trustledger.kinds.units import convert

GB_FOODS = {
    "dairy": "乳及乳制品",
    "milk": "生乳、巴氏杀菌乳、灭菌乳",
    "raw-milk": "生乳",
    "fermented-milk": "调制乳、发酵乳",
    "milk-powder": "乳粉和调制乳粉",
    "cream-butter": "稀奶油、奶油、无水奶油",
    "infant-formula": "婴儿配方食品|婴幼儿配方食品",
    "infant-formula-powder": "婴儿配方食品|婴幼儿配方食品",
    "infant-formula-liquid": "婴儿配方食品|婴幼儿配方食品",
    "cereals": "谷物",
    "cereal-flakes": "麦片",
    "wheat-gluten": "面筋",
    "canned-porridge": "粥类罐头",
    "filled-dough": "带馅料面米制品",
    "kuding-tea": "苦丁茶",
    "paddy": "稻谷",
    "brown-rice": "糙米",
    "rice": "大米(粉)",
    "tea": "茶叶",
    "fresh-vegetables": "新鲜蔬菜",
    "leafy-vegetables": "叶菜蔬菜",
    "brassica-vegetables": "芸薹类蔬菜",
    "legume-vegetables": "豆类蔬菜",
    "root-vegetables": "块根和块茎蔬菜",
    "tubers": "薯类",
    "ginger": "生姜",
    "stem-vegetables": "茎类蔬菜",
    "celery": "芹菜",
    "daylily": "黄花菜",
    "vegetable-products": "蔬菜制品",
    "pickled-vegetables": "酱腌菜",
    "dried-vegetables": "干制蔬菜",
    "fresh-fruit": "新鲜水果",
    "cranberries-currants": "蔓越莓、醋栗",
    "fruit-products": "水果制品",
    "jam": "果酱",
    "dried-fruit": "水果干类",
    "candied-fruit": "蜜饯",
}
GB_SYMBOLS = {
    "lead": ("Pb", "limit"),
    "cadmium": ("Cd", "limit"),
    "total-mercury": ("Hg", "limit"),
    "total-arsenic": ("As", "limit"),
    "inorganic-arsenic": ("As", "sub"),
    "tin": ("Sn", "limit"),
    "chromium": ("Cr", "limit"),
    "nitrite": ("NO₂⁻/NO₃⁻", "limit"),
    "nitrate": ("NO₂⁻/NO₃⁻", "sub"),
    "benzo-a-pyrene": ("BaP", "limit"),
}


LIQUID = 8
"""Notes of tables 1 and 8: the limits of liquid infant formula are those of the solid product 8:1."""
NOTE_B_TO_E = "notes b to e"


def framework(name):
    return next(one for one in shipped().limits if one.id == name)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def excluded(food):
    """What a row names only to leave it out."""
    return food.split("(")[1] if "除外" in food and "(" in food else ""


def test_gb_2762(shared_dir):
    table = rows_of(shared_dir / "standards" / "gb2762_2025_limits.csv")
    for (category, parameter), limit in framework("gb-2762").limits.items():
        if limit.exempt:
            continue
        symbol, column = GB_SYMBOLS[parameter]
        foods = (
            GB_FOODS["cereals"] if (category, parameter) == ("paddy", "lead") else GB_FOODS[category]
        ).split("|")
        wanted = Fraction(limit.maximum) * (LIQUID if category == "infant-formula-liquid" else 1)
        found = [
            row
            for row in table
            if row["symbol"] == symbol
            and "甲基" not in row["contaminant"]
            and any(one in row["food"] or one in row["category_path"] for one in foods)
            and not any(one in excluded(row["food"]) for one in foods)
            and row[column].split("(")[0] not in ("", "—")
            and convert(row[column].split("(")[0], row["unit"].replace("μ", "µ"), limit.unit) == wanted
        ]
        assert found, (category, parameter, limit.maximum)


def test_the_notes_of_gb_2762(shared_dir):
    """Rows that the transcription marks carry what the note says, as far as a limit can say it."""
    table = rows_of(shared_dir / "standards" / "gb2762_2025_limits.csv")
    limits = framework("gb-2762").limits
    marked = {(row["symbol"], row["food"], row["note"]) for row in table if row["note"]}
    assert ("Pb", "婴幼儿配方食品", "c") in marked
    assert limits["infant-formula-liquid", "lead"].bases == ("as sold", "as consumed")
    assert "8:1" in limits["infant-formula-liquid", "lead"].note
    for symbol, mark in (("Cd", "a"), ("Hg", "b")):  # 稻谷以糙米计
        assert any(one == symbol and "稻谷" in food and note == mark for one, food, note in marked)
    for parameter in ("lead", "cadmium", "total-mercury", "inorganic-arsenic", "benzo-a-pyrene"):
        assert limits["paddy", parameter].bases == ("husked rice",)
    for category in ("paddy", "brown-rice", "rice"):
        assert "total arsenic" in limits[category, "inorganic-arsenic"].note
    for category in ("infant-formula", "infant-formula-powder", "infant-formula-liquid"):
        for parameter in ("nitrite", "nitrate"):
            assert NOTE_B_TO_E in limits[category, parameter].note
            assert not limits[category, parameter].verified


def test_gb_2762_limits_no_cadmium_or_chromium_in_what_is_made_of_flour(shared_dir):
    """Those rows name grain and what was milled from it; flakes are milled, the three others are not."""
    table = rows_of(shared_dir / "standards" / "gb2762_2025_limits.csv")
    words, gb = shipped().words, framework("gb-2762")
    for symbol, parameter in (("Cd", "cadmium"), ("Cr", "chromium")):
        foods = {row["food"] for row in table if row["symbol"] == symbol and "谷物" in row["category_path"]}
        assert not any(name in food for food in foods for name in ("谷物及其制品", "面筋", "粥", "面米"))
        assert gb.limit(words.lineage("cereal-flakes"), parameter).category == "cereals"
        for category in ("wheat-gluten", "canned-porridge", "filled-dough"):
            assert gb.limit(words.lineage(category), parameter) is None
            assert gb.limit(words.lineage(category), "lead").maximum == "0.5"


def test_parboiled_rice_is_milled_in_china_and_has_a_row_of_its_own_in_europe():
    words, gb, eu = shipped().words, framework("gb-2762"), framework("eu-2023-915")
    assert words.category("parboiled rice") == words.category("蒸谷米") == "parboiled-rice"
    lineage = words.lineage("parboiled-rice")
    assert gb.limit(lineage, "inorganic-arsenic").maximum == "0.2"
    assert gb.limit(lineage, "cadmium").category == "rice"
    assert eu.limit(lineage, "inorganic-arsenic").maximum == "0.25"
    assert eu.limit(words.lineage("rice"), "inorganic-arsenic").maximum == "0.15"
    assert eu.limit(lineage, "cadmium").maximum == "0.15"


@pytest.mark.parametrize(
    ("name", "maximum", "verified"),
    [
        ("table olives", "0.020", True), ("kiwi", "0.020", True), ("banana", "0.020", True), ("芒果", "0.020", True),
        ("papaya", "0.020", True), ("菠萝", "0.020", True), ("apple", "0.020", True), ("lemon", "0.020", True),
        ("cherry", "0.020", True), ("grape", "0.030", True), ("raspberry", "0.040", True), ("fruit", "0.050", False),
    ],
)  # fmt: skip
def test_cadmium_in_fruit_in_europe(name, maximum, verified):
    words, eu = shipped().words, framework("eu-2023-915")
    limit = eu.limit(words.lineage(words.category(name)), "cadmium")
    assert (limit.maximum, limit.verified) == (maximum, verified)


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("三聚氰胺", "melamine"), ("Melamine", "melamine"), ("黄曲霉毒素M1", "aflatoxin-m1"), ("AFM1", "aflatoxin-m1"),
        ("Aflatoxin M₁", "aflatoxin-m1"), ("黄曲霉毒素 B1", "aflatoxin-b1"),
    ],
)  # fmt: skip
def test_contaminants_without_a_limit_have_a_name(name, parameter):
    assert shipped().words.parameter(name) == parameter
    assert not any(parameter == one for each in shipped().limits for _, one in each.limits)


def test_gb_10765(shared_dir):
    ranges = json.loads((shared_dir / "standards" / "gb_10765_2021.json").read_text("utf-8"))["ranges"]
    limits = framework("gb-10765").limits
    words = shipped().words
    assert len(ranges) == len(limits)
    for name, expected in ranges.items():
        limit = limits["infant-formula", words.parameter(name)]
        for bound, text in (("min", limit.minimum), ("max", limit.maximum)):
            stated = expected[bound]
            assert (Decimal(text) if text else None) == (None if stated is None else Decimal(str(stated))), (
                name
            )
        assert limit.clause == expected["key"]
        assert limit.unit.replace("µ", "μ").startswith(expected["unit"])


def test_nutri_score(shared_dir):
    reference = json.loads((shared_dir / "standards" / "nutriscore_2023.json").read_text("utf-8"))
    names = {
        "energy_kJ": "energy", "sugars_g": "sugars", "saturates_g": "saturates", "salt_g": "salt",
        "protein_g": "protein", "fibre_g": "fibre", "fvl_pct": "fruit-vegetables-legumes",
    }  # fmt: skip
    tables = shipped().points[0].tables
    for table in ("general", "cheese", "beverages"):
        expected = reference["general" if table == "cheese" else table]
        for key, name in names.items():
            if key in expected:
                scale = tables[table].scales[name]
                assert list(map(Decimal, scale.over)) == [Decimal(str(one)) for one in expected[key]]
    assert "negative<11 or cheese" in reference["protein_rule"]
    assert (tables["general"].protein_below, tables["cheese"].protein_below) == (11, None)
    assert tables["cheese"].grades == tables["general"].grades
    assert tables["general"].grades == (("A", 0), ("B", 2), ("C", 10), ("D", 18))
    assert tables["beverages"].grades == (("B", 2), ("C", 6), ("D", 9))


def test_cheese_keeps_its_protein():
    """Emmental per 100 g: energy 4, sugars 0, saturates 10, salt 2 = 16 points; protein 7: score 9, grade C."""
    words, nutri = shipped().words, shipped().points[0]
    values = {
        name: Fraction(value)
        for name, value in (
            ("energy", "1600"),
            ("sugars", "0.5"),
            ("saturates", "19"),
            ("salt", "0.5"),
            ("protein", "28"),
        )
    }
    cheese, other = (nutri.table(words.lineage(one)) for one in ("cheese", "milk-powder"))
    assert words.category("干酪") == "cheese"
    assert (cheese.score(values).score, cheese.score(values).grade) == (9, "C")
    assert (other.score(values).score, other.score(values).grade) == (16, "D")


@pytest.mark.parametrize(
    ("category", "parameter", "food"),
    [
        ("infant-formula-powder", "lead", "infant formulae, follow-on formulae, and young-child formulae placed on the market as powder"),
        ("infant-formula-liquid", "lead", "infant formulae, follow-on formulae, and young-child formulae placed on the market as liquid"),
        ("infant-formula-powder", "cadmium", "as powder and manufactured from cow's milk"),
        ("infant-formula-liquid", "cadmium", "as liquid and manufactured from cow's milk"),
        ("infant-formula-powder", "inorganic-arsenic", "young-child formulae placed on the market as powder"),
        ("infant-formula-liquid", "tin", "canned infant formulae"),
        ("rice", "cadmium", "rice, quinoa"),
        ("paddy", "cadmium", "rice, quinoa"),
        ("brown-rice", "cadmium", "rice, quinoa"),
        ("wheat-gluten", "cadmium", "wheat gluten"),
        ("cereals", "cadmium", "cereals except"),
        ("spinach", "cadmium", "spinaches"),
    ],
)  # fmt: skip
def test_eu_2023_915(shared_dir, category, parameter, food):
    limit = framework("eu-2023-915").limits[category, parameter]
    symbol = {"lead": "Pb", "cadmium": "Cd", "inorganic-arsenic": "iAs", "tin": "Sn"}[parameter]
    (row,) = [
        row
        for row in rows_of(shared_dir / "standards" / "eu_2023_915_selected_metals.csv")
        if row["substance"] == symbol and food in row["food"]
    ]
    assert convert(limit.maximum, limit.unit, "µg/kg") == Fraction(row["max_level_ug_per_kg"])


CODEX = {
    "milk": "Milk", "infant-formula": "Infant formula and follow-up formula", "leafy-vegetables": "Leafy vegetables",
    "brassica-vegetables": "Brassica vegetables", "legume-vegetables": "Legume vegetables",
    "root-vegetables": "Root and tuber vegetables", "stem-vegetables": "Stalk and stem vegetables",
    "bulb-vegetables": "Bulb vegetables", "fruiting-vegetables": "Fruiting vegetables", "rice": "Rice, polished",
    "fresh-fruit": "Fruits (general)", "cranberries-currants": "Cranberry", "jam": "Jams, jellies, marmalades",
    "table-olives": "Table olives",
}  # fmt: skip


def test_codex(shared_dir):
    table = {
        (row["substance"], row["food"]): row["max_level_mg_per_kg"]
        for row in rows_of(shared_dir / "standards" / "codex_cxs193_cd_pb.csv")
    }
    symbols = {"lead": "Pb", "cadmium": "Cd"}
    cereals = {"Pb": "Cereal grains", "Cd": "Cereal grains (general)"}
    for (category, parameter), limit in framework("codex-cxs-193").limits.items():
        if parameter in symbols and not limit.exempt:
            symbol = symbols[parameter]
            food = cereals[symbol] if category == "cereals" else CODEX[category]
            assert Decimal(limit.maximum) == Decimal(table[symbol, food]), (category, parameter)


def test_every_number_has_its_source_and_nothing_unverified_claims_to_be():
    for one in shipped().limits:
        assert one.source
        assert one.url.startswith("https://")
        assert one.note.zh
        assert one.verified == all(limit.verified for limit in one.limits.values())
        assert all(limit.clause and limit.standard == one.standard for limit in one.limits.values())
    assert [one.id for one in shipped().limits if one.verified] == ["gb-18401"]


def test_the_days_in_force():
    days = {one.id: one.in_force.isoformat() for one in shipped().limits}
    assert days == {
        "codex-cxs-193": "1995-01-01",
        "eu-2023-915": "2023-05-25",
        "gb-10765": "2023-02-22",
        "gb-18401": "2011-08-01",
        "gb-2762": "2026-09-02",
    }


def test_an_exemption_ends_the_search():
    words, codex = shipped().words, framework("codex-cxs-193")
    assert codex.limit(words.lineage("brown-rice"), "cadmium") is None
    assert codex.limit(words.lineage("brown-rice"), "lead").category == "cereals"
    assert codex.limit(words.lineage("spinach"), "lead") is None
