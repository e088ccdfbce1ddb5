"""A brand, its makers and laboratories in a ledger in memory, and a layout to hold their lots against."""

import itertools

from trustledger import Draft, Ed25519Signer, Ledger
from trustledger.keys import key_note
from trustledger.kinds import Kinds
from trustledger.kinds.build import layout_step
from trustledger.views.provenance import trace

GTIN = "https://id.gs1.org/01/"
PRODUCT = GTIN + "09506000134352"
OTHER = GTIN + "04006381333931"
MILK = GTIN + "06901234567892/10/"
LOT = PRODUCT + "/10/LOT-7"
T0 = 1_790_000_000_000
ROLES = {
    "brand": ("brand-owner",),
    "farm": ("producer",),
    "dairy": ("processor",),
    "lab": ("inspector",),
    "lab2": ("inspector",),
    "truck": ("carrier",),
    "rival": ("brand-owner",),
    "stranger": ("merchant",),
}


def uri(name):
    return f"https://{name}.example/p"


STEPS = [
    layout_step("milking", "origin", roles=["producer"]),
    layout_step(
        "raw test", "inspection", roles=["inspector"], inputs_from=["milking"], parameters=["melamine"]
    ),
    layout_step("drying", "processing", step="drying", parties=[uri("dairy")], inputs_from=["milking"]),
    layout_step("final test", "inspection", roles=["inspector"], signatures=2, parameters=["lead"]),
    layout_step("delivery", "shipping", direction="dispatched", roles=["carrier"], inputs_from=["drying"]),
]


class World:
    """The ledger; a second passes with each entry."""

    def __init__(self):
        ticks = itertools.count(T0, 1000)
        self.operator = Ed25519Signer.generate("https://shop.example/operator")
        log = Ed25519Signer.generate("shop.example/ledger")
        self.ledger = Ledger.in_memory(
            origin="shop.example/ledger",
            operator=self.operator,
            log=log,
            clock=lambda: next(ticks),
            policy=None,  # whatever a registration policy lets in: the view asks for itself
        )
        self.signers = {}

    def party(self, name, *roles):
        if name not in self.signers:
            signer = Ed25519Signer.generate(uri(name))
            self.ledger.enrol(
                signer.party,
                operator=self.operator,
                key_note=key_note(signer),
                roles=roles or ROLES[name],
                name=name.title(),
            )
            self.signers[name] = signer
        return self.signers[name]

    def roles(self, name, *roles):
        self.party(name)
        self.ledger.enrol(uri(name), operator=self.operator, roles=roles)

    def say(self, name, kind, subject, data, *, day=1, at=None, cosigners=()):
        """Append one record; its place as ``12/0``."""
        row = {
            "kind": kind,
            "subject": subject,
            "occurred_at": at or f"2026-10-{day:02d}T08:00:00Z",
            "data": data,
        }
        draft = Kinds.default().draft(row)
        assert isinstance(draft, Draft)
        signer, others = self.party(name), [self.party(one) for one in cosigners]
        entry, position = self.ledger.append([draft], signer=signer, cosigners=others).places[0]
        return f"{entry}/{position}"

    # --- what parties say ---------------------------------------------------------------------------------

    def product(self, name="brand", subject=PRODUCT):
        names = {"names": {"en": "Milk powder"}, "category": "milk powder", "market": "CN", "required": []}
        return self.say(name, "product", subject, names)

    def layout(self, steps=STEPS, name="brand", subject=PRODUCT, version="1", **more):
        return self.say(name, "layout", subject, {"version": version, "steps": steps, **more})

    def milked(self, lot, name="farm"):
        return self.say(name, "origin", MILK + lot, {"quantity": "100", "unit": "kg", "document": name})

    def tested(self, lot, *parameters, name="lab", conforms=None, report="R", **more):
        results = [
            {"parameter": one, "value": "0.01", "unit": "mg/kg"}
            | ({} if conforms is None else {"conforms": conforms})
            for one in parameters
        ]
        data = {"category": "milk powder", "report": f"{report}-{name}-{lot[-6:]}", "results": results}
        return self.say(name, "inspection", lot, data, **more)

    def made(self, lot, *inputs, name="dairy", step="drying", **more):
        data = {"step": step, "inputs": list(inputs), "outputs": [lot], "run": f"{name}-{step}"}
        return self.say(name, "processing", lot, data, **more)

    def shipped(self, lot, name="truck", direction="dispatched"):
        return self.say(name, "shipping", lot, {"direction": direction, "document": f"D-{name}"})

    def correct(self, name, ref, data=None, *, subject=None):
        placed = self.ledger.record(*map(int, ref.split("/")))
        fields = {
            "supersedes": {
                "entry": placed.entry,
                "position": placed.position,
                "record": placed.record.hash.hex(),
            },
            "reason": "incorrect_data" if data is not None else "did_not_occur",
        }
        if data is not None:
            fields["data"] = data
        return self.say(name, "correction", subject or placed.record.subjects[0], fields)

    def withhold(self, ref):
        self.ledger.withhold(*map(int, ref.split("/")))

    # --- what comes of it ---------------------------------------------------------------------------------

    def check(self, lot=LOT):
        return trace(self.ledger, lot).layout


def good_story(world):
    """Everything as the layout wants it; the places of the records by what they tell."""
    refs = {"product": world.product(), "layout": world.layout()}
    refs["milking A"] = world.milked("A")
    refs["milking B"] = world.milked("B")
    refs["raw test A"] = world.tested(MILK + "A", "melamine", "fat")
    refs["raw test B"] = world.tested(MILK + "B", "melamine", name="lab2")
    refs["drying"] = world.made(LOT, MILK + "A", MILK + "B")
    refs["final test"] = world.tested(LOT, "lead")
    refs["final test 2"] = world.tested(LOT, "lead", name="lab2")
    refs["delivery"] = world.shipped(LOT)
    return refs


def statuses(result):
    return {one.expected.name: one.status for one in result.steps}


def codes(result):
    return [one.code for one in result.findings]
