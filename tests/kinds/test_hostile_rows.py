"""Whatever stands in a row, the answer is an error of this library that can be read in both languages."""

from __future__ import annotations

from copy import deepcopy

import pytest
from kind_rows import DATA, row

from trustledger.errors import InputError, TrustLedgerError
from trustledger.record import Draft

HUGE = 10**5000
"""Python refuses to write out more than 4,300 digits."""
VALUES = [
    HUGE, -HUGE, [HUGE], {"a": HUGE}, {HUGE: 1}, "\ud800", {"\ud800": 1}, object(), float("nan"), b"\xff", None, True,
    "x" * 100_000, {1, 2}, (HUGE,), {None: 1},
]  # fmt: skip
EVIDENCE = {"media_type": "application/pdf", "name": "n.pdf", "sha256": "ab" * 32, "size": 1}


def places(value, path=()):
    """Every place in a row, but the row itself."""
    if path:
        yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from places(item, (*path, number))


def draft_or_sentence(kinds, bent):
    try:
        found = kinds.draft(bent)
    except TrustLedgerError as error:
        found = error
    assert isinstance(found, Draft) or (found.text("en") and found.text("zh"))


@pytest.mark.parametrize("kind", sorted(DATA))
def test_any_value_at_any_place(kinds, kind):
    good = row(kind, also=["https://shop.example/a"], evidence=[EVIDENCE], seal=[])
    for path in places(good):
        for value in VALUES:
            bent = deepcopy(good)
            holder = bent
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = value
            draft_or_sentence(kinds, bent)


@pytest.mark.parametrize("name", [HUGE, None, "\ud800", b"a", (HUGE,)], ids=lambda name: type(name).__name__)
def test_any_name_of_a_field(kinds, name):
    for kind in DATA:
        draft_or_sentence(kinds, {**row(kind), name: 1})
        draft_or_sentence(kinds, row(kind, {name: 1}))
        draft_or_sentence(kinds, row(kind, evidence=[{**EVIDENCE, name: 1}]))


def test_a_number_too_long_to_show_is_shown_by_its_size(kinds):
    with pytest.raises(InputError) as caught:
        kinds.draft(row("cost", {"price": -HUGE}))
    assert "-10^80…" in caught.value.text()


def test_evidence_names_are_unicode(faults):
    evidence = [{**EVIDENCE, "name": "\ud800.pdf"}]
    assert faults(row("origin", evidence=evidence)) == {"evidence.0.name": "kinds.evidence_name"}
