"""A kind of record of your own: what it holds, what makes two of them the same fact, and what may stay private.

Run it: python examples/own_kind.py
"""

from __future__ import annotations

from typing import Any

from trustledger import Ed25519Signer, FormatError, InputError, Kinds, KindSpec, Ledger, key_note
from trustledger.kinds.fields import DecimalText, KindModel, Name, UnitName
from trustledger.record import Record

BREWERY = "https://brewery.example/"
BARLEY = f"{BREWERY}lot/BARLEY-12"


class Reading(KindModel):
    """One reading of the meter: a measurement and its unit, exact."""

    value: DecimalText
    unit: UnitName


class Moisture(KindModel):
    """What a moisture meter said of a lot of grain."""

    meter: Name
    reading: Reading
    operator: Name | None = None

    @classmethod
    def check(cls, data: dict[str, Any]) -> dict[str, Any]:
        """Rules about several fields stand here, after each is right by itself."""
        if data["reading"]["unit"] != "%":
            raise FormatError("kinds.value", at="reading.unit", seen=data["reading"]["unit"], expected="%")
        return data


MOISTURE = KindSpec(
    name="brewery.moisture",  # a name with a dot never meets a kind of this project
    title={"en": "moisture", "zh": "水分"},
    business_key=(
        "subject",
        "/meter",
        "occurred_at",
    ),  # a second reading at the same moment is the same reading
    sealable=("/operator",),  # a person's name: sealed when a row asks for it
    signed_by=("processor",),
)


def main() -> None:
    """Register the kind, append one record, and see a bad one refused."""
    kinds = Kinds.default().with_kind(MOISTURE, Moisture)
    operator, log = Ed25519Signer.generate(BREWERY), Ed25519Signer.generate("brewery.example/ledger")
    meter = Ed25519Signer.generate(f"{BREWERY}intake")
    with Ledger.in_memory(origin="brewery.example/ledger", operator=operator, log=log, kinds=kinds) as ledger:
        ledger.enrol(
            meter.party, operator=operator, key_note=key_note(meter), roles=["processor"], name="Intake"
        )
        row = {
            "kind": "brewery.moisture",
            "subject": BARLEY,
            "occurred_at": "2026-09-01T07:30:00+02:00",
            "data": {"meter": "M-3", "reading": {"value": "12.4", "unit": "%"}, "operator": "Jo"},
            "seal": ["/operator"],
        }
        receipt = ledger.append([kinds.draft(row)], signer=meter)
        print("stands at", receipt.places[0], "in the chain of", BARLEY)
        for placed in ledger.chain(BARLEY):
            if isinstance(placed.record, Record):  # else its content was withheld
                print(placed.ref, placed.record.data, "sealed:", *placed.record.sealed)
        try:
            kinds.draft(row | {"data": {"meter": "M-3", "reading": {"value": 12.4, "unit": "%"}}})
        except InputError as error:
            print(error)
        print("audit:", ledger.audit(ledger.public_card).ok)


if __name__ == "__main__":
    main()
