"""The file a brand owner writes by hand: read strictly, laid down once."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layout_world import LOT, PRODUCT, T0, uri

from trustledger import FormatError, InputError, PolicyError, TrustLedgerError
from trustledger.interchange.layouts import MAX_FILE, layout_draft, read_layout_file, set_layout
from trustledger.kinds.build import layout, layout_step

GOOD = """\
version = "2026-1"
since = 2026-10-01T00:00:00+08:00
until = 1822000000000

[[steps]]
name = "milking"
kind = "origin"
roles = ["producer"]

[[steps]]
name = "干燥"
kind = "processing"
step = "drying"
parties = ["https://dairy.example/p"]
inputs_from = ["milking"]
"""


def draft(text, subject=PRODUCT):
    return layout_draft(subject, read_layout_file(text.encode(), "powder.toml"), T0, "powder.toml")


def problems(text):
    with pytest.raises(InputError) as caught:
        draft(text)
    assert "powder.toml" in str(caught.value)
    return {one.facts["at"]: one.code for one in caught.value.problems}


def test_a_good_file_becomes_the_record_of_the_typed_function():
    steps = [
        layout_step("milking", "origin", roles=["producer"]),
        layout_step(
            "干燥", "processing", step="drying", parties=["https://dairy.example/p"], inputs_from=["milking"]
        ),
    ]
    made = layout(
        PRODUCT,
        occurred_at=T0,
        version="2026-1",
        steps=steps,
        since="2026-10-01T00:00:00+08:00",
        until=1822000000000,
    )
    assert draft(GOOD) == made
    assert made.data["since"] == 1790784000000
    assert made.business_key == (PRODUCT, "2026-1")
    assert draft("\ufeff" + GOOD) == made


def test_a_lot_may_have_steps_of_its_own():
    assert draft(GOOD, LOT).subjects == (LOT, PRODUCT)


@pytest.mark.parametrize(
    "subject", ["https://farm.example/lot/1", "https://id.gs1.org/00/008600099999850000"]
)
def test_what_is_no_product_has_no_steps(subject):
    with pytest.raises(FormatError) as caught:
        draft(GOOD, subject)
    assert caught.value.code == "layout.subject"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('version = "2026-1"\n', "", {"version": "kinds.missing"}),
        ('"2026-1"', "2026", {"version": "kinds.text"}),
        ("+08:00", "", {"since": "kinds.time_naive"}),
        ("until = 1822000000000", "until = 1.5", {"until": "kinds.time"}),
        ("until = 1822000000000", "until = 1", {"until": "layout.until"}),
        ("since", "sinse", {"sinse": "kinds.unknown_field"}),
        ('"producer"', '"farmer"', {"steps 1 (milking): roles.0": "kinds.choice"}),
        ('roles = ["producer"]', "", {"steps 1 (milking): roles": "layout.nobody"}),
        ('roles = ["producer"]', "roles = []", {"steps 1 (milking): roles": "kinds.too_few"}),
        ("roles", "rolse", {"steps 1 (milking): rolse": "kinds.unknown_field"}),
        ('"origin"', '"orgin"', {"steps 1 (milking): kind": "layout.kind"}),
        ('"origin"', '"product"', {"steps 1 (milking): kind": "layout.kind"}),
        ('"干燥"', '"milking"', {"steps 2 (milking): name": "layout.name_twice"}),
        ('["milking"]', '["milk"]', {"steps 2 (干燥): inputs_from": "layout.inputs_from"}),
        ('["milking"]', '["干燥"]', {"steps 2 (干燥): inputs_from": "layout.inputs_from"}),
        ('step = "drying"', "signatures = 2", {"steps 2 (干燥): signatures": "layout.signatures"}),
        ('step = "drying"', "signatures = 0", {"steps 2 (干燥): signatures": "kinds.int_range"}),
        ('step = "drying"', 'direction = "dispatched"', {"steps 2 (干燥): direction": "layout.field_of"}),
        ('step = "drying"', 'parameters = ["lead"]', {"steps 2 (干燥): parameters": "layout.field_of"}),
        ('step = "drying"', 'optional = "yes"', {"steps 2 (干燥): optional": "kinds.bool"}),
        (
            'roles = ["producer"]',
            'roles = ["producer"]\ninputs_from = ["milking"]',
            {"steps 1 (milking): inputs_from": "layout.origin_inputs"},
        ),
        ("https://dairy", "HTTPS://Dairy", {"steps 2 (干燥): parties.0": "subject.scheme"}),
    ],
)
def test_what_is_wrong_is_told_with_step_and_field(old, new, expected):
    assert old in GOOD
    found = problems(GOOD.replace(old, new, 1))
    if expected.keys() == {"steps 2 (干燥): parties.0"}:
        assert found.keys() == expected.keys()
    else:
        assert found == expected


def test_all_faults_are_told_at_once():
    found = problems(GOOD.replace('"producer"', '"farmer"').replace('"drying"', "7"))
    assert found == {"steps 1 (milking): roles.0": "kinds.choice", "steps 2 (干燥): step": "kinds.text"}


def test_a_file_without_steps():
    assert problems('version = "1"') == {"steps": "kinds.missing"}
    assert problems('version = "1"\nsteps = []') == {"steps": "kinds.too_few"}
    assert problems('version = "1"\nsteps = "x"') == {"steps": "kinds.list"}
    assert list(problems('version = "1"\nsteps = ["x"]')) == ["steps 1"]


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"version = ", "layout.toml"),
        (b"a = 1\na = 2", "layout.toml"),
        (b"\xff\xfe", "layout.text"),
        (b"#" * (MAX_FILE + 1), "layout.large"),
        (b"a = " + b"[" * 30_000, "layout.toml"),
        (b"a = " + b"9" * 5_000, "layout.toml"),
    ],
)
def test_what_is_no_layout_file(raw, code):
    with pytest.raises(FormatError) as caught:
        read_layout_file(raw, "powder.toml")
    assert caught.value.code == code
    assert "powder.toml" in caught.value.text("zh")


def test_a_fault_of_toml_says_where():
    with pytest.raises(FormatError) as caught:
        read_layout_file(b'version = "1"\nsteps = [', "powder.toml")
    assert caught.value.facts["line"] == "?"  # Python names no place at the end of a file
    with pytest.raises(FormatError) as caught:
        read_layout_file(b'version = "1"\nsteps ~ 1', "powder.toml")
    assert caught.value.facts["line"] == "2"


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_hostile_files_raise_our_errors_only(raw):
    with suppress(TrustLedgerError):
        layout_draft(PRODUCT, read_layout_file(raw, "f"), T0, "f")


@given(
    st.dictionaries(
        st.sampled_from(["version", "steps", "since", "note"]),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(max_size=5),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["name", "kind", "roles", "parties", "inputs_from", "signatures"]), inner
                )
            ),
            max_leaves=10,
        ),
    )
)
def test_hostile_fields_raise_our_errors_only(fields):
    with suppress(TrustLedgerError):
        layout_draft(PRODUCT, fields, T0, "f")


def test_laying_down_the_same_file_again_changes_nothing(world):
    world.product()
    brand = world.party("brand")
    first = set_layout(world.ledger, PRODUCT, GOOD.encode(), file="f", signer=brand, now=T0)
    size = world.ledger.size
    again = set_layout(world.ledger, PRODUCT, GOOD.encode(), file="f", signer=brand, now=T0 + 86_400_000)
    assert again.places == first.places
    assert world.ledger.size == size


def test_a_changed_file_needs_a_new_version(world):
    world.product()
    brand = world.party("brand")
    set_layout(world.ledger, PRODUCT, GOOD.encode(), file="f", signer=brand, now=T0)
    changed = GOOD.replace('"producer"', '"merchant"')
    with pytest.raises(PolicyError) as caught:
        set_layout(world.ledger, PRODUCT, changed.encode(), file="f", signer=brand, now=T0 + 1)
    assert caught.value.code == "layout.changed"
    assert caught.value.facts["version"] == "2026-1"
    assert "new version" in str(caught.value)
    newer = changed.replace('"2026-1"', '"2026-2"')
    set_layout(world.ledger, PRODUCT, newer.encode(), file="f", signer=brand, now=T0 + 1)
    world.milked("A")
    assert world.check(LOT).layout.version == "2026-2"
    assert world.check(LOT).layout.signed_by.uri == uri("brand")
