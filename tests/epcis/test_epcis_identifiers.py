"""One thing has one name, however the sender spells it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.errors import FormatError
from trustledger.gs1 import digital_link_problem
from trustledger.interchange.epcis.identifiers import canonical
from trustledger.subject import check_subject

# Pairs printed by GS1's reference event hash generator (epclist_normalisation, epcisDocWithAllGS1Keys).
GS1 = {
    "urn:epc:id:sgtin:4012345.011111.9876": "01/04012345111118/21/9876",
    "urn:epc:id:sgtin:4012345.011111.98%22": "01/04012345111118/21/98%22",
    "urn:epc:id:sgtin:415056789012.0.987654": "01/04150567890128/21/987654",
    "urn:epc:id:sgtin:0614141.812345.6789%2F%26%25%22!%3F()": (
        "01/80614141123458/21/6789%2F%26%25%22%21%3F%28%29"
    ),
    "urn:epc:id:sscc:4012345.3111111111": "00/340123451111111111",
    "urn:epc:id:sscc:4012345.0000000333": "00/040123450000003338",
    "urn:epc:id:sgln:4012345.00005.122": "414/4012345000054/254/122",
    "urn:epc:id:sgln:4012345.00005.0": "414/4012345000054",
    "urn:epc:id:grai:4012345.00022.334455": "8003/04012345000221334455",
    "urn:epc:id:giai:4012345.ABC345": "8004/4012345ABC345",
    "urn:epc:id:gsrn:4012345.0000006765": "8018/401234500000067657",
    "urn:epc:id:gsrnp:4012345.0000000007": "8017/401234500000000074",
    "urn:epc:id:gdti:4012345.00009.PO-4711": "253/4012345000092PO-4711",
    "urn:epc:id:gdti:987659999999..9": "253/98765999999929",
    "urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234": "8010/061414111111111111111-A%23%2F/8011/1234",
    "urn:epc:id:sgcn:4012345.99999.44": "255/401234599999044",
    "urn:epc:id:ginc:0614141.xyz47%2F11": "401/0614141xyz47%2F11",
    "urn:epc:id:gsin:4012345.222333444": "402/40123452223334442",
    "urn:epc:id:itip:4012345.011111.01.02.987": "8006/040123451111180102/21/987",
    "urn:epc:id:pgln:4000001.00000": "417/4000001000005",
    "urn:epc:id:pgln:999999999999.": "417/9999999999994",
    "urn:epc:class:lgtin:4012345.012345.Lot987": "01/04012345123456/10/Lot987",
    "urn:epc:idpat:sgtin:4054739.099914.*": "01/04054739999148",
    "urn:epc:idpat:grai:4012345.66666.*": "8003/04012345666663",
    "urn:epc:idpat:gdti:4012345.55555.*": "253/4012345555554",
    "urn:epc:idpat:sgcn:4012345.99999.*": "255/4012345999990",
    "urn:epc:idpat:cpi:4012345.ABC.*": "8010/4012345ABC",
    "urn:epc:idpat:itip:4012345.012345.01.02.*": "8006/040123451234560102",
    "https://id.gs1.org/gtin/09780345418913": "01/09780345418913",
    "https://example.com/gtin/09780345418913/21/765tz?abc=211121": "01/09780345418913/21/765tz",
    "https://id.gs1.de/01/04012345999990/21/XYZ-1234": "01/04012345999990/21/XYZ-1234",
    "https://id.example.com/8003/040123450007718765": "8003/040123450007718765",
}
OTHER = {
    "URN:EPC:ID:SGTIN:4012345.011111.9876": "https://id.gs1.org/01/04012345111118/21/9876",
    "https://shop.example/a/01/9506000134352/21/S/10/L": "https://id.gs1.org/01/09506000134352/10/L/21/S",
    "HTTPS://ID.GS1.ORG/01/09506000134352/10/a%2db": "https://id.gs1.org/01/09506000134352/10/a-b",
    "https://id.gs1.org/01/09506000134352/10/L?17=261231#x": "https://id.gs1.org/01/09506000134352/10/L",
    "urn:epc:id:bic:CSQU3054383": "urn:epc:id:bic:CSQU3054383",
    "urn:uuid:550E8400-E29B-41D4-A716-446655440021": "urn:uuid:550e8400-e29b-41d4-a716-446655440021",
    "geo:47.506694,11.104301": "geo:47.506694,11.104301",
    "HTTP://Ex.com:80/a b%2fc%7E#x": "http://ex.com/a%20b%2Fc~%23x",
    "https://example.com/01/2024": "https://example.com/01/2024",
    "https://example.com/8004/12345": "https://example.com/8004/12345",
    "https://农场.example/批": "refused",
    "https://farm.example/批": "https://farm.example/%E6%89%B9",
    "https://farm.example?": "https://farm.example/",
    "https://farm.example/100%": "https://farm.example/100%25",
}


@pytest.mark.parametrize(("given_", "path"), GS1.items())
def test_gs1_keys_become_canonical_links(given_, path):
    assert canonical(given_) == f"https://id.gs1.org/{path}"


@pytest.mark.parametrize(("given_", "expected"), OTHER.items())
def test_other_spellings(given_, expected):
    if expected == "refused":
        with pytest.raises(FormatError):
            canonical(given_)
    else:
        assert canonical(given_) == expected


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("urn:epc:id:sgtin:4012345.01111.9876", "epcis.urn"),
        ("urn:epc:id:sgtin:4012345.011111", "epcis.urn"),
        ("urn:epc:id:sgtin:40123٤5.011111.1", "epcis.urn"),
        ("urn:epc:id:lgtin:4012345.012345.Lot", "epcis.urn"),
        ("urn:epc:class:sgtin:4012345.012345.1", "epcis.urn"),
        ("urn:epc:id:itip:4012345.011111.1.02.987", "gs1.value"),
        ("urn:epc:id:sgtin:4012345.011111.", "epcis.urn"),
        ("urn:epc:id:sgtin:4012345.011111.%FF", "epcis.uri"),
        ("https://id.gs1.org/01/09506000134353/10/L", "gs1.check_digit"),
        ("https://example.com/01/09506000134353", "gs1.check_digit"),
        ("https://id.gs1.org/01/09506000134352/99/x", "epcis.link"),
        ("https://id.gs1.org/01/09506000134352/10/A/10/B", "epcis.link"),
        ("https://id.gs1.org/01/09506000134352/10/123456789012345678901", "gs1.value"),
        ("urn:epc:class:lgtin:4012345.012345.%E6%89%B9", "gs1.value"),
        ("trustledger:ledger", "epcis.uri"),
        ("TrustLedger:ledger", "epcis.uri"),
        ("LOT-7", "epcis.uri"),
        ("", "epcis.uri"),
        ("urn:x:\ud800", "epcis.uri"),
        ("urn:x:" + "a" * 600, "subject.uri"),
    ],
)
def test_what_has_no_normal_form_is_refused(uri, code):
    with pytest.raises(FormatError) as caught:
        canonical(uri)
    assert caught.value.code == code


@given(
    st.one_of(
        st.text(),
        st.builds(
            lambda a, b: f"urn:epc:{a}:{b}", st.sampled_from(["id:sgtin", "id:sgln", "idpat:cpi"]), st.text()
        ),
        st.builds(lambda a: f"https://id.gs1.org/{a}", st.text()),
        st.builds(lambda a: f"https://x.example/{a}", st.text()),
    )
)
def test_any_text_has_one_normal_form_or_none(text):
    try:
        made = canonical(text)
    except FormatError:
        return
    assert check_subject(made) == made
    assert canonical(made) == made
    assert digital_link_problem(made) is None
