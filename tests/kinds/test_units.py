from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.errors import FormatError
from trustledger.kinds import units
from trustledger.kinds.unit_table import TABLE
from trustledger.kinds.units import convert, symbols, unit

ALL = [unit(symbol) for symbol in symbols()]
decimals = st.decimals(
    allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6
).map(lambda d: format(d, "f") if d else "0")


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        *[
            ("KGM", "kg"),
            ("公斤", "kg"),
            ("ｋｇ", "kg"),
            ("㎏", "kg"),
            ("GRM", "g"),
            ("LBR", "lb"),
            ("ONZ", "oz"),
        ],
        *[
            ("TNE", "t"),
            ("吨", "t"),
            ("LTR", "L"),
            ("ml", "mL"),
            ("MLT", "mL"),
            ("CS", "case"),
            ("箱", "case"),
        ],
        *[
            ("EA", "pc"),
            ("C62", "pc"),
            ("H87", "pc"),
            ("件", "pc"),
            ("PR", "pair"),
            ("CEL", "°C"),
            ("℃", "°C"),
        ],
        *[
            ("FAH", "°F"),
            ("KEL", "K"),
            ("MTR", "m"),
            ("ppm", "mg/kg"),
            ("ppb", "µg/kg"),
            ("\u00b5g/kg", "µg/kg"),
        ],
        *[
            ("\u03bcg/kg", "µg/kg"),
            ("g/100g", "g/100 g"),
            ("斤", "斤"),
            ("ph", "pH"),
            ("mg / kg", "mg/kg"),
            ("％", "%"),
        ],
        *[("DD", "°"), ("XYZ", "XYZ"), ("袋", "bag"), ("cfu/g", "CFU/g"), ("MPN/100mL", "MPN/100 mL")],
    ],
)
def test_names(text, symbol):
    assert unit(text).symbol == symbol


@pytest.mark.parametrize(
    ("text", "nearest"),
    [("KG", "kg"), ("Mg", "mg"), ("PPM", "ppm"), ("kgg", "kg"), ("", "kg"), (None, "kg"), (7, "kg")],
)
def test_unknown_units_are_never_guessed(text, nearest):
    with pytest.raises(FormatError) as caught:
        unit(text)
    assert nearest in caught.value.facts["expected"]


@pytest.mark.parametrize(
    ("value", "source", "target", "result"),
    [
        ("1", "斤", "kg", Fraction(1, 2)),
        ("2", "两", "g", Fraction(100)),
        ("1", "mg/kg", "ppm", Fraction(1)),
        ("0.02", "mg/kg", "ppb", Fraction(20)),
        ("1", "g/100 g", "mg/kg", Fraction(10000)),
        ("32", "°F", "°C", Fraction(0)),
        ("-40", "°F", "°C", Fraction(-40)),
        ("-273.15", "°C", "K", Fraction(0)),
        ("16", "oz", "lb", Fraction(1)),
        ("1", "mg/100 kcal", "mg/100 kJ", Fraction(1000, 4184)),
        ("1", "DZN", "件", Fraction(12)),
    ],
)
def test_conversions(value, source, target, result):
    assert convert(value, source, target) == result


@pytest.mark.parametrize(
    ("one", "other"),
    [("mg/kg", "mg/L"), ("%", "g/100 g"), ("箱", "件"), ("XYZ", "XYW"), ("°", "°C"), ("kg", "L")],
)
def test_incomparable(one, other):
    assert not unit(one).comparable(unit(other))
    with pytest.raises(FormatError, match="cannot be compared"):
        convert("1", one, other)


@given(decimals, st.sampled_from(ALL), st.data())
def test_conversion_is_exact_and_transitive(value, first, data):
    same = [known for known in ALL if known.comparable(first)]
    second, third = data.draw(st.sampled_from(same)), data.draw(st.sampled_from(same))
    base = first.to_base(value)
    over = (convert(value, first, second) * second.factor + second.offset - third.offset) / third.factor
    assert over == convert(value, first, third)
    assert convert(value, first, second) * second.factor + second.offset == base


def test_table_is_sound():
    assert all(known.factor > 0 for known in ALL)
    for symbol in symbols():
        assert unit(symbol).symbol == symbol
    assert len({symbol for rows in TABLE.values() for symbol, _, _ in rows}) == sum(map(len, TABLE.values()))
    for (
        dimension,
        rows,
    ) in TABLE.items():  # an alias has its unit's factor, so two rows with one factor would be one unit
        factors = [Fraction(factor) for _, factor, _ in rows]
        assert len(set(factors)) == len(factors), dimension


@pytest.mark.parametrize(
    ("typed", "symbol"),
    [
        ("mcg/kg", "µg/kg"),
        ("mcg/g", "mg/kg"),
        ("mcg/100 g", "µg/100 g"),
        ("mcg", "µg"),
        ("ug/kg", "µg/kg"),
        ("ug/L", "µg/L"),
        ("mcg/mL", "mg/L"),
        ("mcg RE/100 kJ", "µg RE/100 kJ"),
        ("mg/dL", "mg/100 mL"),
        ("毫克每千克", "mg/kg"),
        ("DTN", "quintal"),
        ("NIU", "IU"),
    ],
)
def test_micrograms_as_they_are_typed_and_common_codes(typed, symbol):
    assert units.listed(typed).symbol == symbol


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mcg/kgg", "µg/kg"),
        ("mkg/kg", "µg/kg"),
        ("ugg/kg", "µg/kg"),
        ("micrograms/kg", "µg/kg"),
        ("nng/kg", "ng/kg"),
        ("mg/kgg", "mg/kg"),
        ("kgg", "kg"),
    ],
)
def test_no_other_magnitude_is_suggested_first(typed, first):
    assert units.nearest(typed)[0] == first


@pytest.mark.parametrize("code", ["XYZ", "AB1", "KGG", "4X"])
def test_a_code_outside_the_table_is_opaque_and_not_listed(code):
    assert units.unit(code).dimension == f"code {code}"
    assert not units.unit(code).comparable(units.unit("kg"))
    with pytest.raises(FormatError) as raised:
        units.listed(code)
    assert raised.value.code == "units.unknown"
