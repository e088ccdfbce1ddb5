"""What it costs a cheating merchant to lift a bad product over 3, the score below which it is taken down.

Sixty honest buyers have bought it and most of them are unhappy. The merchant then orders its own goods, sends empty
parcels to helpers, or pays real buyers for five stars; each time on a real ledger, signed by whoever must sign. How
many such orders it takes is found by trying. What one costs is assumed below: put in your own figures.

Run it: python examples/cheating_merchant.py
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from types import SimpleNamespace

from trustledger import (
    Ed25519Signer,
    Ledger,
    claim,
    delivery,
    key_note,
    listing,
    order,
    order_line,
    resolution,
    review,
)
from trustledger.record import Draft
from trustledger.views.trust_score import CardLike, Trade, TrustScore, shipped_score_policy, trust_score

PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT = f"{PRODUCT}/10/LOT-7"
NOON = "2026-10-05T12:00:00+08:00"
PRICE, POSTAGE, COMMISSION, HELPER, GOODS, GIFT = 60, 6, 3, 5, 30, 10
"""Yuan: what an order pays for, in the cheapest way that does not show at once."""
HONEST, STEP, MOST = 60, 20, 500
"""Honest sales; how many fakes are added before the score is asked for again; and when the merchant gives up."""
POLICY = shipped_score_policy()


@dataclass(frozen=True)
class Cheat:
    """A way to cheat: who attests the orders, whose pseudonym stands on them, and what one of them costs in yuan.

    Two are equal if a ledger cannot tell them apart.
    """

    name: str = field(compare=False)
    cost: int = field(compare=False)
    platform: bool = True
    carrier: bool = True
    one_buyer: bool = False
    sealed: bool = False


CHEATS = (
    Cheat("own orders, nobody else signs", 0, platform=False),
    Cheat("own orders through the platform, one account", POSTAGE + COMMISSION, one_buyer=True),
    Cheat("accounts of helpers, no parcel at all", COMMISSION + HELPER, carrier=False),
    Cheat("empty parcels to helpers", POSTAGE + COMMISSION + HELPER),
    Cheat("empty parcels, buyers' pseudonyms sealed", POSTAGE + COMMISSION + HELPER, sealed=True),
    Cheat("colluding buyers, paid in goods and a gift", POSTAGE + COMMISSION + GOODS + GIFT),
)


def card(verdict: str, *, tested: bool, independent: bool = False) -> CardLike:
    """An inspection card, as much of it as a score looks at."""
    limit = SimpleNamespace(nature="safety")
    outcome = "fail" if verdict == "fail" else "pass"
    result = SimpleNamespace(
        parameter="lead", verdict=outcome, required=True, independent=independent, record="1/0", limit=limit
    )
    return SimpleNamespace(
        verdict=verdict,
        stars=1 if verdict == "pass" else None,
        results=[result] if tested else [],
        untested=[] if tested else ["lead"],
        framework=SimpleNamespace(category=""),
        findings=[],
    )


BAD_GOODS = {
    "passed by its own laboratory": card("pass", tested=True),
    "tested by nobody": card("untested", tested=False),
    "failed a safety test": card("fail", tested=True),
}


class Market:
    """A ledger with a shop, a platform and a carrier; the score is folded on as records come."""

    def __init__(self) -> None:
        self.trade, self.sold, self.read = Trade(), 0, 0
        operator, log = self.signer("https://operator.example/"), self.signer("operator.example/ledger")
        self.ledger = Ledger.in_memory(origin="operator.example/ledger", operator=operator, log=log)
        self.shop = self.signer("https://shop.example/")
        self.platform = self.signer("https://platform.example/")
        self.carrier = self.signer("https://carrier.example/")
        roles = {self.shop: "merchant", self.platform: "platform", self.carrier: "carrier"}
        for party, role in roles.items():
            self.ledger.enrol(party.party, operator=operator, key_note=key_note(party), roles=[role])
        offer = listing(
            PRODUCT,
            occurred_at=NOON,
            merchant=self.shop.party,
            currency="CNY",
            price=PRICE * 100,
            lots=[{"lot": LOT}],
        )
        self.ledger.append([offer], signer=self.shop)

    @staticmethod
    def signer(name: str) -> Ed25519Signer:
        """A key that is the same in every run."""
        return Ed25519Signer.from_seed(name, hashlib.sha256(name.encode()).digest())

    def sell(self, stars: list[int], cheat: Cheat | None = None) -> None:
        """Sell one line to each of some buyers, who all review it."""
        buyers = [
            f"urn:uuid:10000000-0000-4000-8000-{self.sold + number:012d}" for number in range(len(stars))
        ]
        names = [buyer.replace("urn:uuid:1", "urn:uuid:0") for buyer in buyers]
        self.sold += len(stars)
        shop, lines = self.shop.party, [order_line("1", PRODUCT, lot=LOT)]
        orders = list(self._orders(names, buyers, cheat))
        signed = [self.platform] if cheat is None or cheat.platform else []
        self.ledger.append(orders, signer=self.shop, cosigners=signed)
        if cheat is None or cheat.carrier:
            parcels = [
                delivery(
                    name, occurred_at=NOON, merchant=shop, document=name, status="delivered", lines=lines
                )
                for name in names
            ]
            self.ledger.append(parcels, signer=self.carrier)
        for name, buyer, rating in zip(names, buyers, stars, strict=True):
            said = {"occurred_at": NOON, "merchant": shop, "line": "1", "product": PRODUCT, "lot": LOT}
            key = self.signer(buyer)
            drafts = [review(name, stars=rating, **said)]
            if rating == 1 and cheat is None:
                drafts.append(claim(name, claim="1", reason="fault", wanted="replacement", **said))
            self.ledger.append(drafts, signer=key)
            if len(drafts) > 1:
                found = resolution(name, claim="1", outcome="replaced", fault_accepted=True, **said)
                self.ledger.append([found], signer=self.platform)

    def _orders(self, names: list[str], buyers: list[str], cheat: Cheat | None) -> Iterator[Draft]:
        for name, buyer in zip(names, buyers, strict=True):
            pseudonym = "the same" if cheat is not None and cheat.one_buyer else buyer[-12:]
            yield order(
                name,
                occurred_at=NOON,
                buyer_key=key_note(self.signer(buyer)),
                merchant=self.shop.party,
                lines=[order_line("1", PRODUCT, lot=LOT, price=PRICE * 100)],
                currency="CNY",
                buyer=pseudonym,
                seal=["/buyer"] if cheat is not None and cheat.sealed else [],
            )

    def scores(self) -> dict[str, TrustScore]:
        """The score of each sort of bad goods now; only what is new since the last time is read."""
        with self.ledger.reading() as reader:
            self.trade.add(
                one for entry in range(self.read, self.ledger.size) for one in reader.records(entry)
            )
            self.read = self.ledger.size
            return {
                name: trust_score(
                    self.trade,
                    PRODUCT,
                    self.shop.party,
                    policy=POLICY,
                    card_of=lambda _, goods=goods: goods,
                    parties=reader.party,
                    as_of=self.trade.latest,
                )
                for name, goods in BAD_GOODS.items()
            }


def honest_stars() -> list[int]:
    """Of ten buyers seven give 1 star, and a claim; two give 2 stars, one gives 4."""
    return ([1] * 7 + [2] * 2 + [4]) * (HONEST // 10)


@cache
def try_cheat(cheat: Cheat) -> dict[str, tuple[int, TrustScore]]:
    """For each sort of bad goods the number of fakes that lift it, and the score then; `MOST` where none does."""
    market = Market()
    market.sell(honest_stars())
    lifted: dict[str, tuple[int, TrustScore]] = {}
    scores, fakes = market.scores(), 0
    while True:
        for name, found in scores.items():
            if found.score > POLICY.standing.threshold:
                lifted.setdefault(name, (fakes, found))
        before = scores
        if fakes == MOST or len(lifted) == len(scores):
            break
        market.sell([5] * STEP, cheat)
        fakes, scores = fakes + STEP, market.scores()
        if all(scores[name].score == before[name].score for name in scores):
            break  # more of the same moves nothing
    return {name: lifted.get(name, (MOST, found)) for name, found in scores.items()}


def main() -> None:
    """Print what each way of cheating costs, for each sort of bad goods."""
    market = Market()
    market.sell(honest_stars())
    tried = [try_cheat(cheat) for cheat in CHEATS]
    for name, found in market.scores().items():
        print(
            f"\nA bad product, {name}: {found.score} ({found.lower} to {found.upper}) after {HONEST} honest sales"
        )
        print(f"  {'to lift it over 3':<46}{'fake sales':>12}{'at a cost of':>16}{'score':>8}")
        for cheat, results in zip(CHEATS, tried, strict=True):
            number, then = results[name]
            lifted = then.score > POLICY.standing.threshold
            fakes, cost = (str(number), f"{number * cheat.cost:,} yuan") if lifted else ("no number", "-")
            print(f"  {cheat.name:<46}{fakes:>12}{cost:>16}{then.score:>8}")
    half = POLICY.reviews.decay.half_life
    print(
        f"\nUp to {MOST} fakes were tried. After {half} days half of them is worn off; honest buyers go on speaking."
    )


if __name__ == "__main__":
    main()
