import json
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from trustledger import gs1
from trustledger.errors import FormatError
from trustledger.subject import check_subject

HOST = "https://id.gs1.org"


@pytest.fixture(scope="module")
def vectors(shared_dir):
    folder = shared_dir / "epcis" / "gs1-digital-link"
    return {
        name: json.loads((folder / f"{name}.json").read_text())
        for name in ("linter_vectors", "digital_link_parse_vectors")
    }


def test_check_digit_vectors(vectors):
    csum = vectors["linter_vectors"]["linters"]["csum"]
    for digits in csum["valid"]:
        assert gs1.check_digit(digits[:-1]) == digits[-1]
    for case in csum["invalid"]:
        digits = case["input"]
        if digits.isdigit():
            assert gs1.check_digit(digits[:-1]) != digits[-1]
        else:
            with pytest.raises(FormatError):
                gs1.check_digit(digits)


def test_digital_link_vectors(vectors):
    """Those whose URI is a plain path: the rest (queries, stems, other spellings) is not in the normal form."""
    checked = {True: 0, False: 0}
    for case in vectors["digital_link_parse_vectors"]["cases"]:
        uri, parts = case["uri"], urlsplit(case["uri"].replace("[fe80::1%25lo]", "x"))
        if (
            case["flags"]
            or parts.scheme != "https"
            or parts.query
            or parts.fragment
            or uri.endswith(("?", "#"))
            or "stem" in uri
        ):
            continue
        if not parts.path.split("/")[1:2][0:1] or not parts.path[1:].split("/")[0].isdigit() or "faux" in uri:
            continue
        translated = HOST + parts.path
        try:
            problem = gs1.digital_link_problem(check_subject(translated))
        except FormatError as error:
            problem = error
        if "%2d" in uri:
            assert problem.code == "subject.uri"
            continue
        if not case["valid"] and ("$" in uri or "00/0061" in uri or "[fe80" in uri):
            continue  # the vector is about the host
        assert (problem is None) == case["valid"], (uri, problem)
        checked[case["valid"]] += 1
    assert checked[True] >= 20
    assert checked[False] >= 8


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("01/09506000134353", "gs1.check_digit"),
        ("01/09506000134352/21/1/10/A", "gs1.qualifier"),
        ("01/09506000134352/10/A/10/B", "gs1.qualifier"),
        ("01/09506000134352/235/A/21/B", "gs1.qualifier"),
        ("01/09506000134352/99/A", "gs1.qualifier"),
        ("10/A", "gs1.key"),
        ("01/09506000134352/10/123456789012345678901", "gs1.value"),
        ("01/09506000134352/10/%E7%94%B2", "gs1.value"),
        ("01/09506000134352/10/A~B", "gs1.value"),
        ("01/09506000134352/10/A+B", "gs1.encoding"),
        ("01/09506000134352/10/A%00", "gs1.value"),
        ("00/123456789012345674", "gs1.check_digit"),
        ("414/9521234000007", "gs1.check_digit"),
        ("414/95212340000060", "gs1.value"),
        ("8018/123456789012345674", "gs1.check_digit"),
        ("8003/09521234000007AB", "gs1.check_digit"),
        ("253/9521234000007AB", "gs1.check_digit"),
        ("8010/abc", "gs1.value"),
    ],
)
def test_what_the_registration_policy_refuses(path, code):
    problem = gs1.digital_link_problem(check_subject(f"{HOST}/{path}"))
    assert problem is not None
    assert problem.code == code
    assert "?:" not in problem.text()


@pytest.mark.parametrize(
    ("uri", "refused"),
    [
        ("https://shop.example/01/09506000134352", True),
        ("http://shop.example/dl/01/09506000134352/10/A?x=1", True),
        ("https://shop.example/414/9521234000006", True),
        ("https://shop.example//01/09506000134352/10/LOT-7", True),
        ("https://shop.example/a//01/09506000134352/10/LOT-7", True),
        ("https://shop.example/x/01/09506000134352/10/LOT-7", True),
        ("https://shop.example/01/9506000134352/10/LOT-7", True),
        ("https://shop.example/01/9506000134352", False),
        ("https://shop.example/01/20261005/10/", False),
        ("https://shop.example/2026/01/20261005", False),
        ("https://shop.example/lot/09506000134352/A", False),
        ("https://shop.example/orders/01/2", False),
        ("urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6", False),
        (f"{HOST}/01/09506000134352/22/V/10/A%2FB/21/-._", False),
        (f"{HOST}/8010/AB-1%2F%23/8011/12", False),
        (f"{HOST}/417/9521234000006", False),
        (f"{HOST}/8006/095060001343520102", False),
    ],
)
def test_other_hosts_and_good_links(uri, refused):
    problem = gs1.digital_link_problem(check_subject(uri))
    assert (problem is not None and problem.code == "gs1.elsewhere") == refused
    assert refused or problem is None


@pytest.mark.parametrize(
    ("text", "gtin"),
    [
        ("96385074", "00000096385074"),
        ("416000336108", "00416000336108"),
        ("6901234567892", "06901234567892"),
        ("09506000134352", "09506000134352"),
    ],
)
def test_gtins_are_padded(text, gtin):
    assert gs1.gtin14(text) == gtin
    assert gs1.product_uri(text) == f"{HOST}/01/{gtin}"
    wrong = text[:-1] + str((int(text[-1]) + 1) % 10)
    with pytest.raises(FormatError) as caught:
        gs1.gtin14(wrong)
    assert caught.value.facts["expected"] == text


@pytest.mark.parametrize(
    "text",
    ["", "6.90123E+12", "690123456789", "６９０１２３４５６７８９２", "123456789", None, 6901234567892],
)
def test_what_is_no_gtin(text):
    with pytest.raises(FormatError):
        gs1.gtin14(text)


@example(".")
@example("..")
@example("...")
@given(st.text(alphabet="!\"%&'()*+,-./0123456789:;<=>?ABCXYZ_abcxyz", min_size=1, max_size=20))
def test_every_gs1_lot_has_a_good_uri(lot):
    if lot in (".", ".."):
        with pytest.raises(FormatError):
            gs1.lot_uri("09506000134352", lot)
        return
    for uri in (gs1.lot_uri("09506000134352", lot), gs1.item_uri("09506000134352", lot, lot)):
        assert gs1.digital_link_problem(check_subject(uri)) is None
    assert gs1.lot_uri("09506000134352", lot).endswith(quote(lot, safe=""))


@given(st.text(min_size=1, max_size=30))
def test_own_lots_are_in_normal_form_or_refused(lot):
    try:
        uri = gs1.lot_of_party("https://shop.example/", lot, "6901234567892")
    except FormatError:
        return
    assert check_subject(uri).startswith("https://shop.example/lot/06901234567892/")
    assert gs1.classes(uri) == (f"{HOST}/01/06901234567892",)
    assert gs1.digital_link_problem(uri) is None


def test_own_lots():
    assert gs1.lot_of_party("https://shop.example/", "甲/1 ") == "https://shop.example/lot/%E7%94%B2%2F1"
    assert gs1.lot_of_party("urn:x:y", "cafe\u0301") == gs1.lot_of_party("urn:x:y", "caf\u00e9")
    for party, lot, code in [
        ("https://shop.example/?a=1", "1", "gs1.party_query"),
        ("https://shop.example/", " ", "gs1.own_lot"),
        ("https://shop.example/", "a\nb", "gs1.own_lot"),
        ("https://shop.example/", "甲" * 60, "gs1.own_lot_long"),
        ("https://shop.example/", "..", "subject.dot_segment"),
        ("no uri", "1", "subject.uri"),
    ]:
        with pytest.raises(FormatError) as caught:
            gs1.lot_of_party(party, lot)
        assert caught.value.code == code


def test_classes():
    product = f"{HOST}/01/09506000134352"
    lot = product + "/10/A"
    assert gs1.classes(product) == ()
    assert gs1.classes(lot) == (product,)
    assert gs1.classes(lot + "/21/1") == (lot, product)
    assert gs1.classes(product + "/21/1") == (product,)
    assert gs1.classes(product + "/22/V/10/A/21/1") == (product + "/22/V/10/A", product)
    assert gs1.classes(f"{HOST}/00/008600099999850000") == ()
    assert gs1.classes("https://shop.example/lot/A") == ()
    assert gs1.classes("https://shop.example/lot/09506000134353/A") == ()  # no GTIN: the check digit is wrong


def test_places_and_units():
    assert gs1.gln_uri("9521234000006") == f"{HOST}/414/9521234000006"
    assert gs1.party_gln_uri("9521234000006") == f"{HOST}/417/9521234000006"
    assert gs1.sscc_uri("123456789012345675") == f"{HOST}/00/123456789012345675"
    for call, bad in [
        (gs1.gln_uri, "123"),
        (gs1.sscc_uri, "123456789012345670"),
        (gs1.gln_uri, "9521234000007"),
    ]:
        with pytest.raises(FormatError):
            call(bad)


@pytest.mark.parametrize(
    "urn",
    [
        "urn:epc:id:sgtin:0614141.107346.2018",
        "urn:epc:class:lgtin:4012345.012345.998877",
        "urn:epc:id:sscc:0614141.1234567890",
        "urn:epc:idpat:sgtin:0614141.107346.*",
    ],
)
def test_an_epc_urn_would_be_a_second_name_of_the_goods(urn):
    assert gs1.digital_link_problem(urn).code == "gs1.elsewhere"
    assert gs1.digital_link_problem("urn:epc:id:gdti:0614141.12345.400") is None
