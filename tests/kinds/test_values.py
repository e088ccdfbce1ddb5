from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kind_rows import row

from trustledger.encoding import check_decimal, encode
from trustledger.errors import FormatError
from trustledger.kinds.build import inspection, result
from trustledger.kinds.currencies import CURRENCIES
from trustledger.kinds.fields import KindModel, Name, Quantity, Text, compiled
from trustledger.kinds.values import date_text, decimal_text, free_map, quantity_text, text


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?", fullmatch=True))
def test_decimals_are_those_of_the_format(written):
    try:
        expected = check_decimal(written)
    except FormatError:
        with pytest.raises(FormatError):
            decimal_text(written)
    else:
        assert decimal_text(written) == expected
        assert decimal_text(Decimal(written)) == expected


@given(st.text(alphabet="0123456789.-+e ０,\n", max_size=6))
def test_decimals_are_refused_as_the_format_refuses_them(written):
    try:
        check_decimal(written)
    except FormatError:
        with pytest.raises(FormatError):
            decimal_text(written)


class Both(KindModel):
    text: Text | None = None
    name: Name | None = None
    quantity: Quantity | None = None


fast = compiled(Both).validate


@given(st.text(max_size=12) | st.text(alphabet=" !~a、。奶粉（）é\u0301\u200b\n\u3000\xa0", max_size=6))
def test_the_fast_door_lets_in_only_what_the_rule_leaves_as_it_is(written):
    for field, rule in [("text", text), ("quantity", quantity_text)]:
        try:
            expected = rule(written)
        except FormatError:
            with pytest.raises(ValueError, match=field):
                fast({field: written})
        else:
            assert fast({field: written}) == {field: expected}
            assert rule(expected) == expected


free = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(max_size=4)
    | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=3), free, max_size=3))
def test_free_maps_are_kept_whole_and_in_order(given_map):
    found = free_map(given_map)
    assert found == given_map
    assert free_map(found) == found
    assert encode(found)


def test_free_maps_are_bounded():
    deep: object = {}
    for _ in range(5000):
        deep = {"a": deep}
    for bad in (deep, {"a": 2**53}, {"a": {1: 2}}, {"a": "\ud800"}, {"a": object()}, [1]):
        with pytest.raises(FormatError):
            free_map(bad)


def test_the_deepest_free_map_fits_a_record(kinds):
    deep: object = "x"
    for _ in range(13):
        deep = {"a": deep}
    data = kinds.draft(row("observation", {"epcis": deep})).data
    assert encode([1, "observation", 0, [], data, {}, [], b""])
    with pytest.raises(FormatError):
        kinds.draft(row("observation", {"epcis": {"a": deep}}))
    with pytest.raises(FormatError):
        encode([1, "observation", 0, [], {"epcis": {"a": deep}}, {}, [], b""])


def test_currencies():
    assert CURRENCIES["CNY"] == 2
    assert CURRENCIES["JPY"] == 0
    assert CURRENCIES["KWD"] == 3
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)


def test_typed_functions_take_what_all_kinds_take():
    draft = inspection(
        "urn:lot:1",
        occurred_at=0,
        category="milk",
        report="R",
        results=[result("lead", None, "mg/kg", not_detected=True, loq=Decimal("0.005"))],
        also=["urn:lot:0"],
        seal=["/lab"],
        lab="Lab",
        epcis={"b": 1, "a": None},
    )
    assert draft.subjects == ("urn:lot:1", "urn:lot:0")
    assert draft.seal == {"/lab": "Lab"}
    assert draft.data["epcis"] == {"a": None, "b": 1}
    with pytest.raises(FormatError):
        inspection("urn:lot:1", occurred_at=0, category="milk", report="R", results=[], colour="red")


def test_choices_are_told_without_an_english_word():
    from trustledger.errors import InputError
    from trustledger.kinds import Kinds

    row = {"kind": "shipping", "subject": "https://a.example/lot/1", "occurred_at": "2026-10-05T08:00:00Z"}
    with pytest.raises(InputError) as raised:
        Kinds.default().draft({**row, "data": {"direction": "sideways"}})
    assert "'dispatched', 'received'" in raised.value.problems[0].text("zh")
    assert " or " not in raised.value.problems[0].text("zh")


def test_a_datetime_is_written_as_rfc_3339_or_refused():
    moment = datetime(1900, 1, 1, 8, tzinfo=timezone(timedelta(hours=8)))
    assert date_text(moment) == "1900-01-01T08:00:00+08:00"
    before_zones = moment.replace(tzinfo=timezone(timedelta(hours=8, minutes=5, seconds=43)))
    with pytest.raises(FormatError, match="08:05:43"):
        date_text(before_zones)
