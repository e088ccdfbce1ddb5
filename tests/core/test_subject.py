"""Normal form of subjects, parties and origins (format v1, sections 2 and 3)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trustledger.errors import FormatError
from trustledger.subject import check_origin, check_party, check_subject, party_subject, subject_hash

GTIN = "https://id.gs1.org/01/09506000134352"

GOOD = [
    "a:b",
    "x" * 500 + ":" + "y" * 11,
    "urn:uuid:6f2d6c1e-8a07-4b5a-9d5e-2f8f3f0e9b11",
    "urn:epc:id:sgtin:9506000.134352.7",
    "tag:example.org,2026:a",
    "h2o+x.y-z:rest",
    "mailto:lab@lab.example",
    "trustledger:ledger",
    "trustledger:party/https://farm.example/",
    "https://farm.example/",
    "http://farm.example/a/b?c=d&e=f?g",
    "https://farm.example:8443/",
    "https://farm.example:80/",
    "http://farm.example:443/",
    "https://farm.example:65535/",
    "https://192.0.2.1/a",
    "https://x--y.example/",
    "https://farm.example/a//b",
    "https://farm.example/...",
    "https://farm.example/a..b/.well-known/",
    "https://farm.example/?..",
    "https://farm.example/%E5%A5%B6%20%2F",
    "https://farm.example/%25%40%5B%60%7B%7F%00%2C%3A",
    "https://farm.example/!$&'()*+,;=:@[]~",
    GTIN,
    GTIN + "/10/LOT-7",
    GTIN + "/10/LOT-7/21/%2F",
    "https://id.gs1.org/00/395011018932310000",
    "https://id.gs1.org/414/9501101530003/254/32a%2Fb",
    "https://id.gs1.org/8004/9506000134352",
    "https://id.gs1.org.example/01/9",
    "https://example.org/id.gs1.org",
]

BAD = {
    "no scheme": "farm.example/",
    "empty": "",
    "too short": "a:",
    "two bytes": "ab",
    "513 bytes": "a:" + "b" * 511,
    "empty scheme": ":rest",
    "upper-case scheme": "URN:uuid:1",
    "scheme begins with a digit": "1a:b",
    "scheme with underscore": "a_b:c",
    "space": "urn:a b",
    "newline at the end": "urn:a\n",
    "tab": "urn:\ta",
    "Chinese": "urn:奶",
    "Cyrillic look-alike": "urn:\u0430",
    "fragment": "https://farm.example/#a",
    "fragment in a urn": "urn:a#b",
    "quote": 'urn:"a"',
    "angle bracket": "urn:<a>",
    "backslash": "urn:a\\b",
    "caret": "urn:a^b",
    "backtick": "urn:a`b",
    "brace": "urn:{a}",
    "pipe": "urn:a|b",
    "NUL": "urn:a\0b",
    "percent alone": "urn:a%",
    "percent and one digit": "urn:a%2",
    "percent and no hex": "urn:%GG",
    "lower-case hex": "urn:%2f",
    "lower-case hex, second digit": "urn:%E5%a5",
    "encoded A": "urn:%41",
    "encoded z": "urn:%7A",
    "encoded 0": "urn:%30",
    "encoded 9": "urn:%39",
    "encoded hyphen": "urn:%2D",
    "encoded dot": "urn:%2E",
    "encoded underscore": "urn:%5F",
    "encoded tilde": "urn:%7E",
    "http without slashes": "http:farm.example/",
    "http with one slash": "http:/farm.example/",
    "no path": "https://farm.example",
    "query without path": "https://farm.example?a",
    "upper-case host": "https://Farm.example/",
    "host ends with a dot": "https://farm.example./",
    "host begins with a hyphen": "https://-farm.example/",
    "host ends with a hyphen": "https://farm.example-/",
    "empty host": "https:///a",
    "percent in host": "https://farm%20.example/",
    "IPv6 host": "https://[2001:db8::1]/",
    "user": "https://me@farm.example/",
    "user and password": "https://me:pw@farm.example/",
    "default port of https": "https://farm.example:443/",
    "default port of http": "http://farm.example:80/",
    "port 0": "https://farm.example:0/",
    "port with leading zero": "https://farm.example:0443/",
    "port too large": "https://farm.example:65536/",
    "empty port": "https://farm.example:/",
    "port is a word": "https://farm.example:https/",
    "dot segment": "https://farm.example/./a",
    "dot-dot segment": "https://farm.example/a/../b",
    "ends with a dot segment": "https://farm.example/a/.",
    "ends with a dot-dot segment": "https://farm.example/a/..",
    "dot segment before a query": "https://farm.example/..?a",
    "empty query": "https://farm.example/a?",
    "GS1 over http": "http://id.gs1.org/01/09506000134352",
    "GS1 with a port": "https://id.gs1.org:8443/01/09506000134352",
    "GS1 with a query": GTIN + "?17=270101",
    "GS1 without path": "https://id.gs1.org/",
    "GS1 with an odd number of segments": GTIN + "/10",
    "GS1 with an empty segment": GTIN + "/10/",
    "GS1 with an empty segment in the middle": "https://id.gs1.org//01/09506000134352",
    "GS1 with GTIN-13": "https://id.gs1.org/01/9506000134352",
    "GS1 with GTIN-15": "https://id.gs1.org/01/095060001343521",
    "GS1 with letters in the GTIN": "https://id.gs1.org/01/0950600013435X",
    "GS1 with an AI of one digit": "https://id.gs1.org/1/09506000134352",
    "GS1 with an AI of five digits": "https://id.gs1.org/00100/1",
    "GS1 with an AI in words": "https://id.gs1.org/gtin/09506000134352",
    "GS1 with a second GTIN that is short": GTIN + "/01/123",
    "upper-case GS1 host": "https://ID.GS1.ORG/01/09506000134352",
}


@pytest.mark.parametrize("uri", GOOD, ids=lambda uri: uri[:60])
def test_normal_form(uri):
    assert check_subject(uri) == uri


@pytest.mark.parametrize("name", BAD)
def test_any_other_form_is_refused_and_never_converted(name):
    with pytest.raises(FormatError) as caught:
        check_subject(BAD[name])
    assert caught.value.code.startswith("subject.")


@pytest.mark.parametrize("hexadecimal", [f"{number:02X}" for number in range(256)])
def test_percent_encoding_of_each_byte(hexadecimal):
    unreserved = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    uri = f"urn:x%{hexadecimal}"
    if int(hexadecimal, 16) in unreserved:
        with pytest.raises(FormatError):
            check_subject(uri)
    else:
        assert check_subject(uri) == uri


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x2FF), max_size=3))
def test_only_characters_of_rfc_3986(tail):
    allowed = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?[]@!$&'()*+,;=")
    uri = "urn:x" + tail
    if set(tail) <= allowed:
        assert check_subject(uri) == uri
    elif "%" not in tail:
        with pytest.raises(FormatError):
            check_subject(uri)


@pytest.mark.parametrize("value", [b"urn:abc", 7, None, True])
def test_a_subject_is_a_str(value):
    with pytest.raises(FormatError):
        check_subject(value)


def test_a_web_address_without_a_path_is_told_what_to_add():
    with pytest.raises(FormatError) as caught:
        check_party("https://farm.example")
    assert caught.value.code == "subject.no_path"
    assert "https://farm.example/ " in caught.value.text("en")
    assert "末尾" in caught.value.text("zh")
    assert check_party(caught.value.facts["expected"])


@pytest.mark.parametrize(
    ("uri", "code"),
    [
        ("https://Farm.example", "subject.web"),
        ("https://farm.example?a=b", "subject.web"),
        ("https://farm.example:443", "subject.port"),
        ("https://id.gs1.org", "subject.gs1"),
    ],
)
def test_a_web_address_with_another_fault_is_told_that_one(uri, code):
    with pytest.raises(FormatError) as caught:
        check_subject(uri)
    assert caught.value.code == code


@pytest.mark.parametrize("uri", ["https://farm.example/", "urn:x:farm", "https://farm.example/" + "a" * 234])
def test_parties(uri):
    assert check_party(uri) == uri
    assert party_subject(uri) == "trustledger:party/" + uri
    assert check_subject(party_subject(uri))


@pytest.mark.parametrize(
    "uri",
    ["https://farm.example/a+b", "trustledger:ledger", "trustledger:party/x", "https://farm.example/" + "a" * 235,
     "https://Farm.example/", "", None, ["https://farm.example/"], {}],
    ids=repr,
)  # fmt: skip
def test_no_parties(uri):
    with pytest.raises(FormatError):
        check_party(uri)


@pytest.mark.parametrize("origin", ["a", "shop.example/ledger", "!" * 255, "~", "a#b", "*,"])
def test_origins(origin):
    assert check_origin(origin) == origin


@pytest.mark.parametrize(
    "origin", ["", "a b", "a+b", "a\n", "奶", "\x7f", "a" * 256, None, b"a", ["a"]], ids=repr
)
def test_no_origins(origin):
    with pytest.raises(FormatError):
        check_origin(origin)


def test_a_subjects_hash_is_that_of_its_bytes():
    from hashlib import sha256

    assert subject_hash(GTIN) == sha256(GTIN.encode()).digest()
