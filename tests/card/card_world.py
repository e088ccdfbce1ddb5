"""Verified records made by hand: a lot, its brand, its maker, two laboratories, without a ledger."""

import random
from types import SimpleNamespace

from trustledger.authority.parties import Accreditation, PartyState
from trustledger.encoding import parse_time
from trustledger.frameworks import shipped, shipped_policy
from trustledger.gs1 import classes
from trustledger.ledger.verified import VerifiedRecord
from trustledger.record import Draft, finish_draft, parse_record
from trustledger.views.inspection_card import inspection_card, inspection_cards, plain

PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT = PRODUCT + "/10/LOT-7"
OTHER = PRODUCT + "/10/LOT-8"
RAW_PRODUCT = "https://id.gs1.org/01/06901234567892"
RAW = RAW_PRODUCT + "/10/RAW-1"
BRAND, MAKER, SHOP = "https://brand.example/", "https://maker.example/", "https://shop.example/"
LAB, LAB2, OWNLAB = "https://lab.example/", "https://lab2.example/", "https://ownlab.example/"
NOW = "2026-11-20T00:00:00Z"


def ms(text):
    return parse_time(text if "T" in text else f"{text}T08:00:00Z")


def party(uri, *roles, owner="", accreditations=(), custody=None, identities=()):
    more = {"owner": owner, "accreditations": tuple(accreditations), "identities": tuple(identities)}
    state = PartyState(uri, uri, frozenset(roles), (), 0, 0, **more)
    if custody is None:
        return state
    return SimpleNamespace(
        uri=uri,
        changed=0,
        identities=(),
        roles=state.roles,
        owner=owner,
        accreditations=state.accreditations,
        enrolled=lambda _: SimpleNamespace(custody=custody, revoked=None),
    )


def cnas(*parameters, since="2020-01-01", until=None):
    return Accreditation("CNAS", "L1", frozenset(parameters) or None, ms(since), until and ms(until))


class Book:
    """Says things one after the other; `card` shows them."""

    def __init__(self):
        self.records = []
        self.states = {
            BRAND: party(BRAND, "brand-owner"),
            MAKER: party(MAKER, "processor", "producer"),
            SHOP: party(SHOP, "merchant"),
            LAB: party(LAB, "inspector", accreditations=[cnas("铅", "cadmium")]),
            LAB2: party(LAB2, "inspector"),
            OWNLAB: party(OWNLAB, "inspector", owner=MAKER),
        }

    def parties(self, uri, _before=None):
        return self.states.get(uri)

    def say(self, who, kind, subject, data, placed="2026-10-05", *, occurred=None, also=(), sealed=None):
        subjects = (subject, *sorted({*also, *classes(subject)} - {subject}))
        when = ms(occurred or placed)
        draft = Draft(kind, when, subjects, data, seal=sealed or {})
        raw, _ = finish_draft(draft, who, bytes)
        record = VerifiedRecord(
            len(self.records) + 1, 0, parse_record(raw), who, (), (), ms(placed), ms(placed)
        )
        self.records.append(record)
        return record

    def product(
        self,
        category="milk",
        market="CN",
        required=("lead",),
        who=BRAND,
        subject=PRODUCT,
        placed="2026-09-01",
    ):
        data = {"category": category, "market": market, "names": {"en": "X"}, "required": list(required)}
        return self.say(who, "product", subject, data, placed)

    def made(self, lot=LOT, produced="2026-10-01", placed="2026-10-02", inputs=(), who=MAKER):
        data = {
            "inputs": [{"lot": uri} for uri in inputs],
            "outputs": [{"lot": lot}],
            "step": "packing",
        }
        if produced:
            data["produced_on"] = produced
        return self.say(who, "processing", lot, dict(sorted(data.items())), placed, also=inputs)

    def report(self, *results, who=LAB, lot=LOT, kind="inspection", placed="2026-10-05", number=None, **more):
        sealed = more.pop("sealed", None)
        occurred = more.pop("occurred", None)
        data = {
            "category": "milk",
            "report": number or f"R-{len(self.records)}",
            "results": list(results),
            **more,
        }
        return self.say(who, kind, lot, dict(sorted(data.items())), placed, occurred=occurred, sealed=sealed)

    def handed(self, to=SHOP, who=MAKER, lot=LOT):
        return self.say(who, "shipping", lot, {"direction": "dispatched", "to": to}, "2026-10-03")

    def correct(self, old, data, who=None, placed="2026-10-20", reason="incorrect_data"):
        said = {
            "reason": reason,
            "supersedes": {"entry": old.entry, "position": 0, "record": old.record.hash.hex()},
        }
        if data is not None:
            said["data"] = data
        said["supersedes"] = dict(sorted(said["supersedes"].items()))
        return self.say(
            who or old.party, "correction", old.record.subjects[0], dict(sorted(said.items())), placed
        )

    def arguments(self, **more):
        return {
            "frameworks": shipped(),
            "policy": shipped_policy(),
            "as_of": ms(NOW),
            "parties": self.parties,
            **more,
        }

    def card(self, lot=LOT, shuffled=0, **more):
        records = list(self.records)
        if shuffled:
            random.Random(shuffled).shuffle(records)
        return inspection_card(records, lot, **self.arguments(**more))

    def cards(self, lot=LOT, **more):
        return inspection_cards(self.records, lot, **self.arguments(**more))

    def plain(self, **more):
        return plain(self.card(**more))


def result(parameter="lead", value="0.004", unit="mg/kg", **more):
    found = {"parameter": parameter, "unit": unit, **more}
    if "not_detected" not in more:
        found["value"] = value
    return dict(sorted(found.items()))


def codes(card):
    return {one.code for one in card.findings}


def only(card):
    (found,) = card.results
    return found
