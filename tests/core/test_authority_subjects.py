"""What subjects a record may name, and which of them it touches in passing (docs/format.md, "Registration policy")."""

from __future__ import annotations

import pytest

from trustledger.authority.registration import (
    check_subject_allowed,
    check_subjects_allowed,
    look_at_subjects,
    touches,
)
from trustledger.errors import PolicyError
from trustledger.gs1 import product_of_plain_lot

PRODUCT, OTHER_PRODUCT = "https://id.gs1.org/01/09506000134352", "https://id.gs1.org/01/04006381333931"
LOT, OTHER = f"{PRODUCT}/10/A", f"{OTHER_PRODUCT}/10/B"
ITEM = f"{PRODUCT}/10/A/21/7"
WRONG_DIGIT = "https://id.gs1.org/01/09506000134351"
LEDGER, GUEST = "trustledger:ledger", "trustledger:party/urn:uuid:2b1c6f2e-7a53-4a8e-9d1a-5f0f3a3b9c11"


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        ((LOT,), False),
        ((LOT, PRODUCT), False),
        ((ITEM, LOT), False),
        ((ITEM, PRODUCT), False),
        ((ITEM, PRODUCT, LOT), False),
        ((PRODUCT, LOT), True),
        ((LOT, OTHER), True),
        ((LOT, OTHER_PRODUCT), True),
        ((LOT, PRODUCT, OTHER), True),
        ((LOT, OTHER, PRODUCT), True),
        (("urn:x:1", "urn:x:2"), True),
    ],
    ids=str,
)
def test_classes_of_what_a_record_is_about_are_not_touched_in_passing(subjects, expected):
    assert touches(subjects) is expected
    assert look_at_subjects([("urn:x:1",), (LOT, PRODUCT), subjects, (LOT,)], ()) == ([2] if expected else [])


@pytest.mark.parametrize(
    "good", [(LOT, PRODUCT), (LOT,), ("urn:x:1", "urn:x:2"), (ITEM, PRODUCT, LOT)], ids=str
)
@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ((LEDGER,), "authority.reserved_subject"),
        ((LOT, LEDGER), "authority.reserved_subject"),
        ((LOT, PRODUCT, GUEST), "authority.reserved_subject"),
        ((WRONG_DIGIT,), "ledger.digital_link"),
        ((f"{WRONG_DIGIT}/10/A", WRONG_DIGIT), "ledger.digital_link"),
        ((LOT, f"{WRONG_DIGIT}/10/A"), "ledger.digital_link"),
        (("urn:x:1", WRONG_DIGIT), "ledger.digital_link"),
    ],
    ids=str,
)
def test_one_subject_that_nobody_may_name_stops_the_statement_wherever_it_stands(good, bad, code):
    for before in range(3):
        with pytest.raises(PolicyError) as caught:
            look_at_subjects([*[good] * before, bad, good], ())
        assert (caught.value.code, caught.value.facts["position"]) == (code, before)


def test_only_records_of_authority_name_the_ledgers_own():
    order = ("urn:x:order", GUEST, LOT)
    assert look_at_subjects([(LOT,), order], {1}) == [1]
    with pytest.raises(PolicyError):
        look_at_subjects([(LOT,), order], {0})
    with pytest.raises(PolicyError) as caught:
        look_at_subjects([("urn:x:order", GUEST, WRONG_DIGIT)], {0})
    assert caught.value.code == "ledger.digital_link"


def test_records_of_authority_are_passed_over_and_those_after_them_are_not():
    """What stands on the ledger's own subjects is asked about when it is folded."""
    own = (LEDGER,)
    assert look_at_subjects([own, (LOT, OTHER), own, (LOT, OTHER)], (), {0, 2}) == [1, 3]
    with pytest.raises(PolicyError) as caught:
        look_at_subjects([own, (LOT,), own], (), {0})
    assert (caught.value.code, caught.value.facts["position"]) == ("authority.reserved_subject", 2)


def test_a_plain_lot_beside_its_product_may_stand_in_anybodys_record():
    """They are passed over as right by their shape, so each question says of both that it has nothing to ask."""
    for shape in (LOT, f"{PRODUCT}/10/A-7_b", "https://id.gs1.org/01/00000000000000/10/0"):
        product = product_of_plain_lot(shape)
        assert product is not None
        assert not touches((shape, product))
        check_subjects_allowed((shape, product))


def test_of_one_record_alone_the_position_is_0():
    check_subjects_allowed((LOT, PRODUCT, "urn:x:1"))
    check_subjects_allowed((LOT, GUEST), 3, guest=True)
    for ask in (
        lambda: check_subject_allowed(LEDGER),
        lambda: check_subjects_allowed((LOT, LEDGER)),
        lambda: check_subjects_allowed((LOT, GUEST)),
    ):
        with pytest.raises(PolicyError) as caught:
            ask()
        assert caught.value.facts["position"] == 0
    with pytest.raises(PolicyError) as caught:
        check_subjects_allowed((LOT, GUEST), 3)
    assert caught.value.facts["position"] == 3
