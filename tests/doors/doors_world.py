"""A small market: milk from a farm becomes powder at a dairy and is sold by a shop; a laboratory tested it."""

import itertools

from trustledger import (
    Ed25519Signer,
    Ledger,
    cost,
    delivery,
    inspection,
    key_note,
    listing,
    order,
    order_line,
    origin,
    processing,
    product,
    promise,
    result,
    review,
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


PLATFORM, CARRIER = "https://platform.example/", "https://carrier.example/"


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
            self.enrol(uri, roles)

    def enrol(self, uri, roles):
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
                to=SHOP,
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

    def trade(self, orders=12, stars=5):
        """The shop lists the lot and sells it; each buyer signs a review with the key of the order."""
        self.enrol(PLATFORM, ["platform"])
        self.enrol(CARRIER, ["carrier"])
        promises = [promise("ships_within_hours", 48)]
        self.say(
            SHOP,
            listing(
                PRODUCT,
                occurred_at="2026-10-26T00:00:00Z",
                merchant=SHOP,
                currency="CNY",
                price=12800,
                lots=[{"lot": LOT}],
                promises=promises,
            ),
        )
        for number in range(orders):
            self.sell(number, stars)
        return self

    def sell(self, number, stars=5):
        """One order: placed, delivered, reviewed. Gives its name and the buyer's key."""
        name = f"urn:uuid:e4eaaaf2-d142-41b3-b3e4-{number:012d}"
        guest = Ed25519Signer.generate(f"urn:uuid:7d444840-9dc0-41d1-b245-{number:012d}")
        when = "2026-10-27T00:00:00Z"
        lines = [order_line("1", PRODUCT, lot=LOT, quantity=1, price=12800)]
        ordered = order(
            name, occurred_at=when, buyer_key=key_note(guest), merchant=SHOP, lines=lines, currency="CNY",
            buyer=f"b{number}",
        )  # fmt: skip
        self.say(SHOP, ordered, cosigners=[PLATFORM])
        handed = delivery(
            name, occurred_at="2026-10-28T00:00:00Z", merchant=SHOP, document=f"SF-{number}", status="delivered",
            lines=[order_line("1", PRODUCT, lot=LOT)],
        )  # fmt: skip
        self.say(CARRIER, handed)
        told = review(
            name,
            occurred_at="2026-10-30T00:00:00Z",
            merchant=SHOP,
            line="1",
            product=PRODUCT,
            lot=LOT,
            stars=stars,
        )
        self.ledger.append([told], signer=guest)
        return name, guest
