"""A file of numbers is read strictly: what is not understood is refused, and the error says where."""

import tomllib
from importlib.resources import files

import pytest
from card_world import Book, only, result

from trustledger.errors import FormatError
from trustledger.frameworks import (
    Frameworks,
    parse_framework,
    parse_policy,
    parse_vocabulary,
    shipped,
    shipped_policy,
)
from trustledger.frameworks.collection import SHIPPED


def data(name):
    return files("trustledger.frameworks").joinpath("data", f"{name}.toml").read_bytes()


GB = data("gb-18401-2010")


def refused(raw, code, parse=None):
    with pytest.raises(FormatError) as caught:
        (parse or (lambda raw: parse_framework(raw, shipped().words)))(raw)
    assert caught.value.code == code
    assert caught.value.text("zh")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'max = "20"', b"max = 20.5", "frameworks.float"),
        (b'max = "20"', b"max = 20", "frameworks.type"),
        (b'max = "20"', b'max = "2e1"', "frameworks.type"),
        (b'max = "20"', b'maximum = "20"', "frameworks.bounds"),
        (b'max = "20"', b'max = "20", mx = "3"', "frameworks.unknown"),
        (b'min = "4.0", max = "7.5"', b'min = "8", max = "7.5"', "frameworks.bounds"),
        (b'max = "20"', b'max = "20", exempt = true', "frameworks.bounds"),
        (b'unit = "mg/kg"', b'unit = "mgg/kg"', "units.unknown"),
        (b'unit = "mg/kg"', b'unit = "ZZZ"', "units.unknown"),
        (b"formaldehyde", b"formaldehide", "frameworks.word"),
        (b"limits.textile-infant", b"limits.textile-baby", "frameworks.word"),
        (b'basis = "as sold"', b'basis = "by ear"', "frameworks.word"),
        (b'nature = "safety"', b'nature = "danger"', "frameworks.type"),
        (b"in_force = 2011-08-01", b"in_force = 2011-08-01T00:00:00Z", "frameworks.type"),
        (b"in_force = 2011-08-01", b'in_force = "2011-08-01"', "frameworks.type"),
        (b"in_force = 2011-08-01\n", b"", "frameworks.missing"),
        (b'id = "gb-18401"', b'id = "GB 18401"', "frameworks.type"),
        (b"framework@1", b"framework@2", "frameworks.type"),
        (b'kind = "limits"', b'kind = "limit"', "frameworks.type"),
        (b'source = "', b'sauce = "a"\nsource = "', "frameworks.unknown"),
        (b"graded = false", b'graded = "no"', "frameworks.type"),
        (b"[clauses]", b"[clauses", "frameworks.toml"),
        (b'zh = "', b'zn = "', "frameworks.missing"),
        (b'markets = ["CN"]', b"markets = [1]", "frameworks.type"),
        (b'markets = ["CN"]', b'markets = "CN"', "frameworks.type"),
    ],
)
def test_a_framework_that_is_not_understood(old, new, code):
    assert old in GB
    refused(GB.replace(old, new, 1), code)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"\xff", "frameworks.toml"),
        (b"x = " + b"[" * 5000, "frameworks.toml"),
        (b"# " + b"x" * (1 << 20), "frameworks.too_large"),
        (b"", "frameworks.missing"),
        (
            b'defaults = 3\nformat = "trustledger/framework@1"\nkind = "limits"\nstandard = "x"',
            "frameworks.type",
        ),
    ],
)
def test_hostile_files(raw, code):
    refused(raw, code)


def test_too_many_entries():
    refused(b"\n".join(b"k%d = 1" % n for n in range(5001)), "frameworks.too_many")


NUTRI = data("nutri-score-2023")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'over = ["335", "670"', b'over = ["670", "335"', "frameworks.bounds"),
        (b'milk = "beverages"', b'milk = "cocktails"', "frameworks.type"),
        (b"dairy = ", b"diary = ", "frameworks.word"),
        (b'A = "0"\nB = "2"', b'A = "3"\nB = "2"', "frameworks.bounds"),
        (b"protein_below = 11", b"protein_below = -1", "frameworks.type"),
        (b"sugars = {", b"sugarz = {", "frameworks.word"),
    ],
)
def test_points_that_are_not_understood(old, new, code):
    assert old in NUTRI
    refused(NUTRI.replace(old, new, 1), code)


HOUSE = data("house-stars")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'ratio = "1", stars = 1', b'ratio = "1.1", stars = 1', "frameworks.bands"),
        (b'ratio = "0.1", stars = 5', b'ratio = "0.3", stars = 5', "frameworks.bands"),
        (b'ratio = "0.1", stars = 5', b'ratio = "0.1", stars = 4', "frameworks.bands"),
        (b'ratio = "0.1", stars = 5', b'ratio = "0.1", stars = 6', "frameworks.type"),
        (b"default = 12\n", b"", "frameworks.missing"),
        (b"default = 12", b"default = 0", "frameworks.type"),
        (b"lookback_days = 365", b"lookback_days = true", "frameworks.type"),
    ],
)
def test_a_policy_that_is_not_understood(old, new, code):
    assert old in HOUSE
    refused(HOUSE.replace(old, new, 1), code, parse_policy)


def test_words_mean_one_thing():
    raw = data("vocabulary")
    refused(raw.replace(b'also = ["Cd"', b'also = ["Pb"'), "frameworks.name_twice", parse_vocabulary)
    refused(raw.replace(b'parent = "dairy"', b'parent = "dary"'), "frameworks.parent", parse_vocabulary)


def test_names_in_any_spelling():
    words = shipped().words
    for name in ("lead", "LEAD", "Ｐｂ", "pb", "铅", " lead "):
        assert words.parameter(name) == "lead"
    assert words.parameter("Inorganic_Arsenic") == words.parameter("无机砷") == "inorganic-arsenic"
    assert words.category("milk powder") == words.category("Milk-Powder") == "milk-powder"
    assert words.category("plutonium") is None
    assert words.title("lead").in_language("zh") == "铅"
    assert words.title("lead").in_language("en") == "lead"


def test_the_hash_is_of_the_file():
    from hashlib import sha256

    assert shipped_policy().sha256 == sha256(HOUSE).hexdigest()
    assert {one.sha256 for one in shipped().limits} < {sha256(data(name)).hexdigest() for name in SHIPPED}


def test_a_users_file_takes_the_place_of_the_same_edition():
    raw = data("gb-2762-2025").replace(b'lead = { max = "0.02" }', b'lead = { max = "0.01" }', 1)
    own = shipped().adding([raw])
    assert len(own.limits) == len(shipped().limits)
    book = Book()
    book.product()
    book.made()
    book.report(result(value="0.005"))
    assert only(book.card(frameworks=own)).ratio == "0.5"
    assert only(book.card()).ratio == "0.25"


def test_a_vocabulary_of_ones_own():
    words = data("vocabulary").replace(b'zh = "\xe8\x8c\xb6\xe5\x8f\xb6"', b'zh = "\xe8\x8c\x97"')
    own = Frameworks.load(words, [data("gb-2762-2025")])
    assert own.words.category("茗") == "tea"
    assert own.words.sha256 != shipped().words.sha256
    assert own.groups() == ("CN",)


def test_two_editions_of_one_day_are_refused():
    raw = data("gb-2762-2025").replace(b'edition = "2025"', b'edition = "2025a"')
    with pytest.raises(FormatError) as caught:
        shipped().adding([raw])
    assert caught.value.code == "frameworks.same_day"


def test_an_edition_that_ended_is_missing_afterwards():
    raw = GB.replace(b"in_force = 2011-08-01", b"in_force = 2011-08-01\nuntil = 2026-10-01")
    book = Book()
    book.product("A类", required=["ph"])
    book.made()
    book.report(result("ph", "7", "pH"))
    card = book.card(frameworks=shipped().adding([raw]))
    assert (card.verdict, len(card.framework.missing)) == ("undecided", 1)
    later = raw.replace(b"until = 2026-10-01", b"until = 2026-10-02")
    assert book.card(frameworks=shipped().adding([later])).verdict == "pass"


def test_no_float_in_any_file():
    def refuse(text):
        raise AssertionError(text)

    for name in (*SHIPPED, "vocabulary", "house-stars"):
        tomllib.loads(data(name).decode(), parse_float=refuse)
