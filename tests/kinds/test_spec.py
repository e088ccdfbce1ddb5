"""What kinds mean, read from decoded records that nobody checked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kind_rows import DATA, LOT, RAW, row

from trustledger.kinds.spec import Lots
from trustledger.kinds.specs import OWN


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("product", (LOT,)),
        ("origin", (LOT, "")),
        ("processing", (LOT, "drying", "")),
        ("inspection", ("R-1", LOT)),
        ("report_copy", ("R-1", LOT)),
        ("shipping", (LOT, "dispatched", "DN-1")),
        ("observation", None),
        ("cost", (LOT, "CNY", "1791158400000", "")),
        ("correction", ("3", "0")),
        ("recall", ("RC-1", LOT)),
    ],
)
def test_business_keys(kinds, kind, key):
    assert kinds.draft(row(kind)).business_key == key
    event = "urn:uuid:1"
    assert kinds.draft(row(kind, {"event": event})).business_key == (event, "1")
    assert kinds.draft(row(kind, {"event": event, "part": {"number": 2, "count": 3}})).business_key == (
        event,
        "2",
    )


def test_alternatives_in_business_keys(kinds):
    assert kinds.draft(row("processing", {"run": "7", "document": "D"})).business_key[2] == "7"
    assert kinds.draft(row("processing", {"document": "D"})).business_key[2] == "D"
    assert kinds.draft(row("shipping", {"document": None})).business_key is None


def test_lots(kinds):
    assert kinds.spec("processing").lots(DATA["processing"]) == Lots((RAW,), (LOT,), ())
    assert kinds.spec("shipping").lots(DATA["shipping"]) == Lots((), (), (LOT,))
    assert kinds.spec("inspection").lots(DATA["inspection"]) == Lots()
    corrected = {"data": DATA["processing"]}
    assert kinds.spec("correction").lots(corrected).touched == (RAW, LOT)


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3) | st.binary(max_size=2),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["event", "part", "number", "lots", "lot", "inputs", "data", "document", "supersedes"]
            ),
            inner,
        )
    ),
)


@given(
    st.sampled_from(sorted(OWN)),
    st.dictionaries(st.sampled_from(["event", "part", "lots", "inputs", "data"]), plain),
)
def test_hostile_data_never_raises(kind, data):
    spec = OWN[kind]
    key = spec.business_key_of(LOT, 0, data)
    assert key is None or all(type(part) is str for part in key)
    assert all(type(uri) is str for group in spec.lots(data) for uri in group)
