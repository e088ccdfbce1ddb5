"""A ledger in memory with a farm, a dairy, a trader and a shop, and short ways to say what things cost."""

from __future__ import annotations

import itertools
from dataclasses import replace

from trustledger import Draft, Ed25519Signer, Ledger, key_note
from trustledger.kinds import Kinds
from trustledger.record import mark_checked
from trustledger.views.cost_breakdown import cost_breakdown

GTIN = "https://id.gs1.org/01/09506000134352"
TIN = f"{GTIN}/10/LOT-7"
MILK, MILK_2 = "https://farm.example/lot/MILK-1", "https://farm.example/lot/MILK-2"
FARM, DAIRY, TRADER, SHOP = (f"https://{name}.example/" for name in ("farm", "dairy", "trader", "shop"))
ROLES = {FARM: ["producer"], DAIRY: ["processor"], TRADER: ["merchant", "processor"], SHOP: ["merchant"]}
T0 = 1_790_000_000_000
LATER = T0 * 2
MAY = "2026-05-{:02d}T00:00:00Z"


class World:
    """The ledger and what is said in it."""

    def __init__(self):
        ticks = itertools.count(T0, 1000)
        self.operator = Ed25519Signer.generate("https://operator.example/")
        log = Ed25519Signer.generate("operator.example/ledger")
        self.ledger = Ledger.in_memory(
            origin="operator.example/ledger", operator=self.operator, log=log, clock=lambda: next(ticks)
        )
        self.signers = {}
        self.openings = {}
        for uri, roles in ROLES.items():
            self.enrol(uri, roles)

    def enrol(self, uri, roles):
        self.signers[uri] = Ed25519Signer.generate(uri)
        self.ledger.enrol(
            uri, operator=self.operator, key_note=key_note(self.signers[uri]), roles=roles, name=uri
        )

    def say(self, party, kind, subject, data, *, day=1, seal=(), also=(), checked=True, cosigners=()):
        """Append one record; as a liar does, unchecked: the bytes of any data at all. Returns it as placed."""
        row = {"kind": kind, "subject": subject, "occurred_at": MAY.format(day), "also": list(also)}
        if checked:
            sealing = {} if seal is None else {"seal": list(seal)}
            draft = Kinds.default().draft({**row, "data": data, **sealing})
        else:
            blank = {**row, "data": {"currency": "CNY", "price": 1, "components": []}}
            draft = replace(Kinds.default().draft(blank), data=data, seal=dict(seal), business_key=None)
            mark_checked(draft, Kinds.default().spec(kind))
        assert isinstance(draft, Draft)
        signers = [self.signers[uri] for uri in cosigners]
        placed = self.ledger.append([draft], signer=self.signers[party], cosigners=signers).places[0]
        found = self.ledger.record(*placed)
        for pointer, committed in found.record.sealed.items():
            self.openings[committed] = self.ledger.openings(found.record)[pointer]
        return found

    def cost(self, party, subject, price, *lines, currency="CNY", seal=(), day=1, **more):
        """A `cost` record; a line is (component, amount) or (component, amount, {further fields})."""
        components = [
            {"component": one[0], "amount": one[1], **(one[2] if len(one) > 2 else {})} for one in lines
        ]
        cosigners = more.pop("cosigners", ())
        data = {"currency": currency, "price": price, "components": components, **more}
        return self.say(party, "cost", subject, data, seal=seal, day=day, cosigners=cosigners)

    def correct(self, placed, data=None, *, seal=()):
        """A correction by the party that signed; without data it did not occur."""
        supersedes = {"entry": placed.entry, "position": placed.position, "record": placed.record.hash.hex()}
        said = {"supersedes": supersedes, "reason": "incorrect_data" if data else "did_not_occur"}
        if data:
            said["data"] = data
        return self.say(placed.party, "correction", placed.record.subjects[0], said, seal=seal, day=28)

    def chain(self):
        """10 kg of milk become 10 tins, which the dairy sends to the shop."""
        kg = {"quantity": "10", "unit": "kg"}
        self.say(FARM, "origin", MILK, {"name": "raw milk", **kg})
        made = {
            "step": "drying",
            "inputs": [{"lot": MILK, **kg}],
            "outputs": [{"lot": TIN, "quantity": "10"}],
        }
        self.say(DAIRY, "processing", TIN, made, day=2)
        self.sent(DAIRY, TIN)
        return self

    def sent(self, party, lot, direction="dispatched"):
        """A handing-over."""
        said = {"direction": direction, "document": f"D-{party}-{direction}", "quantity": "10"}
        return self.say(party, "shipping", lot, said, day=3)

    def traded(self, party, lot):
        """The party takes goods over and sends them on."""
        self.sent(party, lot, "received")
        return self.sent(party, lot)

    def ask(self, subject=TIN, **more):
        """The breakdown; by default at the end of time."""
        more.setdefault("as_of", LATER)
        return cost_breakdown(self.ledger, subject, **more)


def uses(lot, quantity=None, unit=None):
    """The field of a line that names one lot."""
    found = {"lot": lot, "quantity": quantity, "unit": unit}
    return {"lots": [{name: value for name, value in found.items() if value is not None}]}


def codes(found):
    """The codes of the findings, without the room."""
    return [one.code.removeprefix("cost.") for one in found.findings]
