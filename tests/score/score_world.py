"""A market made by hand: a shop, its platform and carrier, buyers with a key each, without a ledger."""

import random
from types import SimpleNamespace

from trustledger.authority.parties import PartyState
from trustledger.encoding import parse_time
from trustledger.gs1 import classes
from trustledger.ledger.verified import VerifiedRecord
from trustledger.record import Draft, finish_draft, parse_record
from trustledger.subject import PARTY_PREFIX
from trustledger.views.trust_score import shipped_score_policy, trust_score

PRODUCT = "https://id.gs1.org/01/09506000134352"
OTHER = "https://id.gs1.org/01/06901234567892"
LOT, LOT2 = PRODUCT + "/10/LOT-7", PRODUCT + "/10/LOT-8"
SHOP, TWIN, RIVAL = "https://shop.example/", "https://twin.example/", "https://rival.example/"
PLATFORM, CARRIER, OPERATOR = (
    "https://platform.example/",
    "https://carrier.example/",
    "https://operator.example/",
)
POLICY = shipped_score_policy()
DAY = 86_400_000
NOW = parse_time("2026-11-20T00:00:00Z")


def party(uri, *roles, owner="", identities=(), keys=()):
    return PartyState(
        uri, uri, frozenset(roles), tuple(keys), 0, 0, owner=owner, identities=tuple(identities)
    )


def card(
    verdict="pass",
    stars=5,
    required=1,
    independent=True,  # noqa: FBT002  (said by name)
    untested=0,
    nature="safety",
    ref="1/0",
    codes=(),
    category="milk",
):
    """As much of an inspection card as a score looks at."""
    outcome = "fail" if verdict == "fail" else "pass"
    results = [
        SimpleNamespace(
            parameter=f"p{number}", verdict=outcome, required=True, independent=independent, record=ref,
            limit=SimpleNamespace(nature=nature),
        )
        for number in range(required)
    ]  # fmt: skip
    return SimpleNamespace(
        verdict=verdict,
        stars=stars if verdict == "pass" else None,
        results=results,
        untested=[None] * untested,
        framework=SimpleNamespace(category=category),
        findings=[SimpleNamespace(code=code, ref=ref) for code in codes],
    )


GOOD = card()


class Market:
    """Says things one after the other; `score` scores them. Days count from long ago; `NOW` is day 1000."""

    def __init__(self):
        self.records = []
        self.count = 0
        self.states = {
            SHOP: party(SHOP, "merchant"),
            TWIN: party(TWIN, "merchant"),
            RIVAL: party(RIVAL, "merchant"),
            PLATFORM: party(PLATFORM, "platform"),
            CARRIER: party(CARRIER, "carrier"),
            OPERATOR: party(OPERATOR, "operator"),
        }
        self.cards = {}

    def parties(self, uri, _before=None):
        return self.states.get(uri)

    def say(
        self, who, kind, subject, data, day=1000, *, also=(), cosigners=(), hours=0, occurred=None, keys=()
    ):
        placed = NOW + (day - 1000) * DAY + hours * 3_600_000
        subjects = (subject, *sorted({*also, *classes(subject)} - {subject}))
        when = placed if occurred is None else occurred
        raw, _ = finish_draft(Draft(kind, when, subjects, dict(sorted(data.items()))), who, bytes)
        record = VerifiedRecord(
            len(self.records) + 1, 0, parse_record(raw), who, tuple(cosigners), tuple(keys), placed, placed
        )
        self.records.append(record)
        return record

    def listing(self, lots=(LOT,), day=1, who=SHOP, merchant=SHOP, product=PRODUCT, promises=None, **more):
        data = {"currency": "CNY", "merchant": merchant, "price": 100, **more}
        if lots:
            data["lots"] = [{"lot": lot} for lot in lots]
        if promises:
            data["promises"] = [{"promise": name, "value": value} for name, value in sorted(promises.items())]
        return self.say(who, "listing", product, data, day)

    def order(
        self,
        day=999,
        *,
        merchant=SHOP,
        buyer=None,
        product=PRODUCT,
        lot=LOT,
        by=SHOP,
        cosigners=(PLATFORM,),
        lines=1,
        number=None,
        **more,
    ):
        """An order; ``buyer`` None is a new buyer, "" a sealed one."""
        if number is None:
            self.count += 1
            number = self.count
        name = f"urn:uuid:00000000-0000-4000-8000-{number:012d}"
        guest = f"urn:uuid:10000000-0000-4000-8000-{number:012d}"
        line = {"line": "1", "product": product, "price": 100, **({"lot": lot} if lot else {})}
        data = {
            "currency": "CNY",
            "keys": ["note"],
            "lines": [{**line, "line": str(n + 1)} for n in range(lines)],
            "merchant": merchant,
        }
        if buyer != "":
            data["buyer"] = buyer or f"b-{number}"
        also = (merchant, product, *([lot] if lot else []), PARTY_PREFIX + guest)
        said = self.say(by, "order", name, data, day, also=also, cosigners=cosigners, **more)
        return SimpleNamespace(name=name, guest=guest, line=line, merchant=merchant, record=said, day=day)

    def deliver(self, order, day=None, status="delivered", who=CARRIER, line=None, **more):
        data = {
            "document": f"D-{len(self.records)}",
            "lines": [line or {**order.line, "price": 1}],
            "merchant": order.merchant,
            "status": status,
        }
        data["lines"][0] = {k: v for k, v in data["lines"][0].items() if k != "price"}
        return self.say(
            who, "delivery", order.name, data, order.day if day is None else day, also=(SHOP, PRODUCT), **more
        )

    def of_line(self, order, **more):
        line = {name: value for name, value in order.line.items() if name != "price"}
        return {"merchant": order.merchant, **line, **more}

    def review(self, order, stars, day=None, who=None, **more):
        return self.say(
            who or order.guest,
            "review",
            order.name,
            self.of_line(order, stars=stars, **more),
            order.day if day is None else day,
        )

    def claim(self, order, reason="fault", day=None, claim="1", who=None, **more):
        data = self.of_line(order, claim=claim, reason=reason, wanted="refund")
        return self.say(
            who or order.guest, "claim", order.name, data, order.day if day is None else day, **more
        )

    def resolve(
        self, order, outcome="refunded", day=None, claim="1", who=SHOP, cosigners=(), hours=0, **more
    ):
        data = self.of_line(order, claim=claim, outcome=outcome, **more)
        return self.say(
            who,
            "resolution",
            order.name,
            data,
            order.day if day is None else day,
            cosigners=cosigners,
            hours=hours,
        )

    def sold(self, stars=None, day=999, **more):
        order = self.order(day, **more)
        self.deliver(order)
        if stars:
            self.review(order, stars)
        return order

    def step(self, kind, day=1000, who=PLATFORM, case="c", **data):
        return self.say(who, kind, PRODUCT, {"case": case, "merchant": SHOP, **data}, day, also=(SHOP,))

    def correct(self, old, data, who=None, cosigners=(), day=1000, reason="incorrect_data"):
        said = {
            "reason": reason,
            "supersedes": {"entry": old.entry, "position": 0, "record": old.record.hash.hex()},
        }
        if data is not None:
            said["data"] = dict(sorted(data.items()))
        return self.say(
            who or old.party, "correction", old.record.subjects[0], said, day, cosigners=cosigners
        )

    def append(self, rows, day=None, who=PLATFORM):
        """Place what is due, as `trustledger score --enforce` would."""
        for row in rows:
            data = {
                name: parse_time(value) if name in ("until", "as_of") else value
                for name, value in row["data"].items()
            }
            self.say(who, row["kind"], row["subject"], data, 1000 if day is None else day, also=(SHOP,))

    def score(self, day=1000, records=None, shuffled=None, **more):
        records = list(self.records if records is None else records)
        if shuffled is not None:
            random.Random(shuffled).shuffle(records)
        arguments = {
            "policy": POLICY, "card_of": lambda lot: self.cards.get(lot, GOOD), "parties": self.parties,
            "as_of": NOW + (day - 1000) * DAY, **more,
        }  # fmt: skip
        return trust_score(records, PRODUCT, SHOP, **arguments)


def codes(found):
    return {one.code.removeprefix("score.") for one in found.findings}


def finding(found, code):
    return next(one for one in found.findings if one.code == f"score.{code}")
