"""The short way to a lot's product says nothing that the long ways would not say."""

import tracemalloc

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trustledger.gs1 import check_digit, classes, digital_link_problem, product_of_plain_lot
from trustledger.subject import check_subject

PRODUCT = "https://id.gs1.org/01/09506000134352"
PARTS = (
    "https://id.gs1.org",
    "http://id.gs1.org",
    "/01/",
    "09506000134352",
    "09506000134353",
    "/10/",
    "/21/",
    "10",
)
CHARACTERS = "aZ09-_.~%+! é\n/"


def test_a_plain_lot_leads_to_its_product():
    assert product_of_plain_lot(f"{PRODUCT}/10/LOT-7") == PRODUCT
    assert product_of_plain_lot(f"{PRODUCT}/10/{'a' * 20}") == PRODUCT


@pytest.mark.parametrize(
    "uri",
    [
        PRODUCT,
        f"{PRODUCT}/10/",
        f"{PRODUCT}/10/{'a' * 21}",
        f"{PRODUCT}/10/A.1",
        f"{PRODUCT}/10/..",
        f"{PRODUCT}/10/A%2F1",
        f"{PRODUCT}/10/A\n",
        f"{PRODUCT}/10/٣",
        f"{PRODUCT}/21/1",
        f"{PRODUCT}/10/A/21/1",
        f"{PRODUCT[:-1]}3/10/A",
        f" {PRODUCT}/10/A",
        f"{PRODUCT}//10/A",
        f"{PRODUCT}/010/A",
        "https://id.gs1.org/01/9506000134352/10/A",
        "https://id.gs1.org/01/0950600013435٢/10/A",
        "http://id.gs1.org/01/09506000134352/10/A",
        "https://shop.example/01/09506000134352/10/A",
        "",
        "/",
    ],
)
def test_it_says_nothing_of_anything_else(uri):
    assert product_of_plain_lot(uri) is None


@pytest.mark.parametrize("uri", [None, 5, b"https://id.gs1.org/01/09506000134352/10/A", ["a"], {}])
def test_what_is_no_text_is_a_type_error(uri):
    with pytest.raises(TypeError):
        product_of_plain_lot(uri)


def test_hostile_subjects_are_not_kept():
    tracemalloc.start()
    try:
        for number in range(300):
            assert product_of_plain_lot(f"https://{number:05}" + "x" * 60_000 + "/10/A") is None
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < 2_000_000  # of 18 MB that were looked at


@given(st.lists(st.sampled_from(PARTS) | st.text(CHARACTERS, max_size=3), max_size=8).map("".join))
@example(f"{PRODUCT}/10/LOT-7")
def test_it_agrees_with_the_long_ways(uri):
    product = product_of_plain_lot(uri)
    if product is not None:
        assert check_subject(uri) == uri
        assert digital_link_problem(uri) is None
        assert classes(uri) == (product,)


@given(st.from_regex(r"[0-9]{13}", fullmatch=True), st.from_regex(r"[A-Za-z0-9_\-]{1,20}", fullmatch=True))
def test_it_knows_every_plain_lot(digits, lot):
    product = f"https://id.gs1.org/01/{digits}{check_digit(digits)}"
    uri = f"{product}/10/{lot}"
    assert product_of_plain_lot(uri) == product
    assert check_subject(uri) == uri
    assert digital_link_problem(uri) is None
    assert classes(uri) == (product,)
