"""Values that stay private leave the data, and nothing else does."""

import pytest
from kind_rows import DATA, PRODUCT, row

from trustledger.errors import FormatError, InputError
from trustledger.kinds.fields import KindModel, Quantity
from trustledger.kinds.spec import KindSpec, pointer_of, steps_of
from trustledger.kinds.specs import OWN


def test_sealed_values_leave_the_data(kinds):
    draft = kinds.draft(row("cost", seal=["/price", "/components/0/amount"]))
    assert draft.seal == {"/components/0/amount": 800, "/price": 1999}
    assert draft.data == {"components": [{"component": "milk"}], "currency": "CNY"}
    assert draft.salted
    assert draft.business_key == kinds.draft(row("cost")).business_key


@pytest.mark.parametrize(
    ("kind", "seal", "code"),
    [
        ("inspection", ["/report"], "kinds.seal"),
        ("inspection", ["/results"], "kinds.seal"),
        ("inspection", ["/results/0/conforms"], "kinds.seal"),
        ("inspection", ["results/0/value"], "kinds.seal"),
        ("inspection", ["/results/00/value"], "kinds.seal_absent"),
        ("inspection", ["/results/9/value"], "kinds.seal_absent"),
        ("inspection", ["/results/-/value"], "kinds.seal_absent"),
        ("inspection", ["/lab"], "kinds.seal_absent"),
        ("inspection", [7], "kinds.seal"),
        ("inspection", ["/results/0/value", "/results/0/value"], "kinds.seal_overlap"),
        ("cost", "/price", "kinds.seal_list"),
        ("product", ["/names"], "kinds.seal"),
    ],
)
def test_bad_seals(faults, kind, seal, code):
    assert list(faults(row(kind, seal=seal)).values()) == [code]


def test_a_secret_is_not_quoted_in_an_error(kinds):
    with pytest.raises(InputError) as caught:
        kinds.draft(row("inspection", {"lab": "secret\x00lab"}, seal=["/lab"]))
    assert "secret" not in str(caught.value)
    with pytest.raises(InputError) as caught:
        kinds.draft(row("cost", {"price": "19.99"}, seal=["/price"]))
    assert "19" not in str(caught.value)


SECRET = "777.77"


@pytest.mark.parametrize(
    ("kind", "data", "seal"),
    [
        # a rule about several fields quotes the private one
        ("inspection", {"results": [{"parameter": "lead", "value": SECRET, "not_detected": True, "unit": "mg/kg"}]},
         ["/results/0/value"]),
        # names of fields within a private map
        ("origin", {"epcis": {"777.77": 1.5}}, ["/epcis"]),
        ("processing", {"loss": {"quantity": "1", "unit": "kg", "777.77": "1"}}, ["/loss"]),
        ("processing", {"loss": SECRET}, ["/loss"]),
        # within a free map
        ("correction", {"data": {"price": 777.77}}, ["/data/price"]),
        # asked for in a wrong way
        ("cost", {"price": SECRET}, "/price"),
        ("cost", {"price": SECRET}, ["price"]),
        ("cost", {"price": SECRET}, ["/prices"]),
        ("cost", {"price": SECRET}, [7]),
        ("inspection", {"results": [{"parameter": "lead", "value": SECRET + "x", "unit": "mg/kg"}]}, ["/results/00/value"]),
        ("inspection", {"results": [{"parameter": "lead", "value": SECRET + "x", "unit": "mg/kg"}]},
         ["/results/" + "0" * 5000 + "/value"]),
    ],
)  # fmt: skip
def test_no_fault_quotes_a_value_to_be_sealed(kinds, kind, data, seal):
    with pytest.raises(InputError) as caught:
        kinds.draft(row(kind, data, seal=seal))
    for problem in caught.value.problems:
        assert SECRET not in repr(problem.facts)
        assert SECRET not in problem.text("en") + problem.text("zh")
        assert str(problem.facts["at"]).startswith("data")


class Range(KindModel):
    """A rule that quotes one field at the place of the other."""

    least: Quantity
    most: Quantity

    @classmethod
    def check(cls, data):
        if len(data["least"]) > len(data["most"]):
            raise FormatError("kinds.invalid", seen=data["least"], expected=data["most"], at="most")
        return data


@pytest.mark.parametrize(
    ("least", "most", "sealed"), [(SECRET, "1", "least"), ("100000", SECRET[:5], "most")]
)
def test_a_rule_about_several_fields_quotes_none_if_one_is_sealed(kinds, least, most, sealed):
    spec = KindSpec("farm.range", {"en": "range"}, sealable=("/least", "/most"))
    data = {
        "kind": "farm.range",
        "subject": PRODUCT,
        "occurred_at": 0,
        "data": {"least": least, "most": most},
    }
    with pytest.raises(InputError) as caught:
        kinds.with_kind(spec, Range).draft({**data, "seal": ["/" + sealed]})
    assert {least, most}.isdisjoint(map(str, caught.value.problems[0].facts.values()))
    with pytest.raises(InputError, match=least):
        kinds.with_kind(spec, Range).draft(data)


def test_other_faults_say_what_was_seen(kinds):
    data = {"results": [{"parameter": "lead", "value": SECRET, "unit": "parsec"}]}
    with pytest.raises(InputError, match="parsec"):
        kinds.draft(row("inspection", data, seal=["/results/0/value"]))


def test_business_keys_are_never_sealable():
    for spec in OWN.values():
        for part in spec.business_key or ():
            assert not any(spec.may_seal(choice) for choice in part.split("|") if choice.startswith("/"))
    for part, sealable in [("/a", "/a"), ("/a/b", "/a"), ("/a", "/a/b"), ("/a/0", "/a/*"), ("|/a|", "/*")]:
        with pytest.raises(FormatError, match="business key"):
            KindSpec("x.y", {"en": "x"}, business_key=("subject", part), sealable=(sealable,))
    with pytest.raises(FormatError, match="business key"):
        KindSpec("x.y", {"en": "x"}, sealable=("/event",))
    KindSpec("x.y", {"en": "x"}, business_key=("subject", "/a"), sealable=("/b", "/subject"))


def test_pointers_round_trip():
    assert steps_of("/a~1b/~01/0") == ("a/b", "~1", "0")
    assert pointer_of(("a/b", "~1", "0")) == "/a~1b/~01/0"


def test_a_correction_can_keep_private_what_the_corrected_record_could(kinds):
    data = {"data": DATA["cost"]}
    draft = kinds.draft(row("correction", data, seal=["/data/price"]))
    assert draft.seal == {"/data/price": 1999}
    assert draft.salted
