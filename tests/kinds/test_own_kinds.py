"""Kinds that users register."""

import subprocess
import sys
from decimal import Decimal

import pytest
from pydantic import field_validator, model_validator

from trustledger.errors import FormatError
from trustledger.kinds import Kinds, KindSpec
from trustledger.kinds.fields import DecimalText, KindModel, Name, UnitName, compiled
from trustledger.kinds.specs import OWN

SPEC = KindSpec(
    "shop.moisture",
    {"en": "moisture", "zh": "水分"},
    business_key=("/meter", "subject"),
    sealable=("/reading/value",),
)


class Reading(KindModel):
    value: DecimalText
    unit: UnitName = "%"


class Moisture(KindModel):
    meter: Name
    reading: Reading
    children: "list[Moisture] | None" = None

    @classmethod
    def check(cls, data):
        if data["meter"] == "broken":
            raise FormatError("kinds.text", seen="broken", at="meter")
        return data


def bad(kind, **data):
    return {"kind": kind, "subject": "urn:lot:1", "occurred_at": 0, "data": data}


def test_a_kind_of_ones_own(kinds, faults):
    mine = kinds.with_kind(SPEC, Moisture)
    assert kinds.spec("shop.moisture") is None
    assert mine.spec("shop.moisture") is SPEC
    draft = mine.draft(bad("shop.moisture", meter="M", reading={"value": Decimal("12.5")}))
    assert draft.data == {"meter": "M", "reading": {"unit": "%", "value": "12.5"}}
    assert draft.business_key == ("M", "urn:lot:1")
    nested = bad(
        "shop.moisture", meter="M", reading={"value": 1}, children=[{"meter": "N", "reading": {"value": 0.5}}]
    )
    assert faults(nested, registry=mine) == {"data.children.0.reading.value": "kinds.float"}
    assert faults(bad("shop.moisture", meter="broken", reading={"value": "1"}), registry=mine) == {
        "data.meter": "kinds.text"
    }


def test_a_seal_within_a_seal_is_refused(kinds, faults):
    wide = KindSpec("shop.wide", {}, sealable=("/reading", "/reading/value", "/meter"))
    mine = kinds.with_kind(wide, Moisture)
    good = bad("shop.wide", meter="M", reading={"value": "1"})
    assert faults({**good, "seal": ["/reading/value", "/meter", "/reading"]}, registry=mine) == {
        "seal": "kinds.seal_overlap"
    }
    assert mine.draft({**good, "seal": ["/reading", "/meter"]}).seal == {
        "/meter": "M",
        "/reading": {"unit": "%", "value": "1"},
    }


def test_registration_refuses(kinds):
    with pytest.raises(FormatError, match="dot"):
        kinds.with_kind(KindSpec("moisture", {}), Moisture)
    mine = kinds.with_kind(SPEC, Moisture)
    with pytest.raises(FormatError, match="registered"):
        mine.with_kind(SPEC, Moisture)
    with pytest.raises(FormatError, match="name"):
        KindSpec("Shop.moisture", {})


def test_models_that_cannot_be_used():
    class Float(KindModel):
        value: list[float]

    class After(KindModel):
        value: str

        @model_validator(mode="after")
        def rule(self):
            return self

    with pytest.raises(FormatError, match="value"):
        compiled(Float)
    with pytest.raises(FormatError, match="check"):
        compiled(After)


def test_values_that_cannot_be_signed(kinds, faults):
    class Odd(KindModel):
        value: Decimal
        text: str = "x"

        @field_validator("text")
        @classmethod
        def short(cls, value):
            if len(value) > 1:
                raise ValueError("too long for us")
            return value

    mine = kinds.with_kind(KindSpec("shop.odd", {}), Odd)
    assert faults(bad("shop.odd", value=Decimal(1)), registry=mine) == {"data.value": "kinds.free_type"}
    assert faults(bad("shop.odd", value=Decimal(1), text="ab"), registry=mine) == {
        "data.text": "kinds.invalid"
    }


def test_pydantic_is_loaded_late():
    code = (
        "import sys, trustledger.kinds, trustledger.kinds.specs, trustledger.kinds.build\n"
        "assert trustledger.kinds.Kinds.default().spec('cost').salted\n"
        "sys.exit('pydantic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_and_models(kinds):
    assert kinds.names == tuple(sorted(OWN))
    assert kinds.model("cost").__name__ == "Cost"
    with pytest.raises(FormatError, match="record"):
        kinds.model("costs")
    assert Kinds.default() is kinds
