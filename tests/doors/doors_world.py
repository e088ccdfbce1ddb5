"""A small market: milk from a farm becomes powder at a dairy and is sold by a shop; a laboratory tested it."""

import itertools

from trustledger import (
    Ed25519Signer,
    Ledger,
    cost,
    inspection,
    key_note,
    origin,
    processing,
    product,
    result,
    shipping,
)
from trustledger.kinds.build import lot

START = 1_793_491_200_000
"""2026-11-01T00:00:00Z; each statement is placed a minute after the one before."""
PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT, OTHER = f"{PRODUCT}/10/LOT-7", f"{PRODUCT}/10/LOT-8"
MILK = "https://farm.example/lot/MILK-1"
OPERATOR = "https://market.example/"
FARM, DAIRY, SHOP, LAB = (f"https://{name}.example/" for name in ("farm", "dairy", "shop", "lab"))
ROLES = {
    FARM: ["producer"],
    DAIRY: ["processor", "brand-owner"],
    SHOP: ["merchant"],
    LAB: ["inspector"],
}


class Market:
    """The ledger, and short ways to speak in it. On disk if ``path`` is given."""

    def __init__(self, path=None):
        self.now = itertools.count(START, 60_000)
        self.operator = Ed25519Signer.generate(OPERATOR)
        self.log = Ed25519Signer.generate("market.example/ledger")
        options = {
            "origin": "market.example/ledger",
            "operator": self.operator,
            "log": self.log,
            "name": "Example Market",
            "clock": lambda: next(self.now),
        }
        self.ledger = Ledger.in_memory(**options) if path is None else Ledger.create(path, **options)
        self.signers = {}
        for uri, roles in ROLES.items():
            self.signers[uri] = Ed25519Signer.generate(uri)
            name = uri.split("/")[2].split(".")[0].title()
            self.ledger.enrol(
                uri, operator=self.operator, key_note=key_note(self.signers[uri]), roles=roles, name=name
            )

    def say(self, party, *drafts, cosigners=()):
        """Append; gives the places."""
        signers = [self.signers[uri] for uri in cosigners]
        return self.ledger.append(list(drafts), signer=self.signers[party], cosigners=signers).places

    def goods(self):
        """What a card and a breakdown stand on."""
        self.say(
            FARM, origin(MILK, occurred_at="2026-10-20T06:00:00Z", name="raw milk", quantity="10", unit="kg")
        )
        self.say(
            DAIRY,
            product(
                PRODUCT,
                occurred_at="2026-10-01T00:00:00Z",
                names={"en": "Milk powder", "zh": "奶粉"},
                category="milk",
                market="CN",
                required=["lead"],
            ),
        )
        self.say(
            DAIRY,
            processing(
                occurred_at="2026-10-21T08:00:00Z",
                step="drying",
                inputs=[lot(MILK, "10", "kg")],
                outputs=[lot(LOT, "10")],
                produced_on="2026-10-21",
            ),
            shipping(
                LOT,
                occurred_at="2026-10-22T08:00:00Z",
                direction="dispatched",
                document="DN-1",
                quantity="10",
            ),
        )
        return self

    def report(self, *results, number="R-1", subject=LOT, **more):
        """The laboratory's own report."""
        found = results or (result("lead", "0.004", "mg/kg", method="GB 5009.12"),)
        more.setdefault("occurred_at", "2026-10-25T08:00:00Z")
        more.setdefault("tested_on", "2026-10-24")
        return self.say(LAB, inspection(subject, category="milk", report=number, results=found, **more))[0]

    def prices(self):
        """The farm's, the dairy's and the shop's prices."""
        self.say(
            FARM,
            cost(
                MILK,
                occurred_at="2026-10-20T06:00:00Z",
                currency="CNY",
                price=500,
                per={"quantity": "1", "unit": "kg"},
            ),
        )
        self.say(
            DAIRY,
            cost(
                LOT,
                occurred_at="2026-10-22T08:00:00Z",
                currency="CNY",
                price=8000,
                components=[
                    {"component": "milk", "amount": 500, "lots": [lot(MILK, "1", "kg")]},
                    {"component": "drying", "amount": 6500},
                    {"component": "profit", "amount": 1000},
                ],
            ),
        )
        return self.price()

    def price(self, price=12800, day="2026-10-23", **more):
        """The shop's price; a keyword changes a line."""
        lines = {"tin": 8000, "logistics": 800, "tax": 1200, "platform fee": 300, "profit": 2500} | more
        components = [{"component": name, "amount": amount} for name, amount in lines.items()]
        components[0]["lots"] = [lot(LOT, "1")]
        components[1]["invoice_sha256"] = "0a" * 32
        when = f"{day}T00:00:00Z"
        return self.say(
            SHOP, cost(LOT, occurred_at=when, currency="CNY", price=price, components=components)
        )[0]
