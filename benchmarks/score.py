"""A trust score over ten thousand reviewed orders; the floor is touching each record once.

``python -m benchmarks.score`` prints: adding the reviews alone to a state that holds their orders, adding everything,
the score itself, and a question that was asked before.
"""

from __future__ import annotations

import argparse
from types import SimpleNamespace
from typing import TYPE_CHECKING

from benchmarks.harness import Machine, Rounds, fail, report
from trustledger.authority.parties import PartyState
from trustledger.ledger.verified import VerifiedRecord
from trustledger.record import Draft, finish_draft, parse_record
from trustledger.subject import PARTY_PREFIX
from trustledger.views.trust_score import ScoreCache, ScoreKey, Trade, shipped_score_policy, trust_score

if TYPE_CHECKING:
    from collections.abc import Iterable

PRODUCT = "https://id.gs1.org/01/09506000134352"
LOT = f"{PRODUCT}/10/LOT-7"
SHOP, PLATFORM, CARRIER = (f"https://{name}.example/" for name in ("shop", "platform", "carrier"))
ROLES = {SHOP: "merchant", PLATFORM: "platform", CARRIER: "carrier"}
START, DAY = 1_790_000_000_000, 86_400_000
POLICY = shipped_score_policy()
PARTIES = {uri: PartyState(uri, uri, frozenset({role}), (), 0, 0) for uri, role in ROLES.items()}
CARD = SimpleNamespace(
    verdict="pass", stars=5, results=[], untested=[], framework=SimpleNamespace(category=""), findings=[]
)


def market(reviews: int) -> list[VerifiedRecord]:
    """A listing, then orders, deliveries and reviews over a year, as a verified reader hands them out."""
    found: list[VerifiedRecord] = []

    def say(who: str, kind: str, subject: str, data: dict, others: Iterable[str]) -> None:
        cosigners = (PLATFORM,) if kind == "order" else ()
        at = START + len(found) * DAY * 365 // (3 * reviews + 1)
        draft = Draft(kind, at, (subject, *sorted(others)), dict(sorted(data.items())))
        record = parse_record(finish_draft(draft, who, bytes)[0])
        found.append(VerifiedRecord(len(found) + 1, 0, record, who, cosigners, (), at, at))

    offer = {"merchant": SHOP, "currency": "CNY", "price": 100, "lots": [{"lot": LOT}]}
    say(SHOP, "listing", PRODUCT, offer, [SHOP, LOT])
    for number in range(reviews):
        name = f"urn:uuid:00000000-0000-4000-8000-{number:012d}"
        guest = f"urn:uuid:10000000-0000-4000-8000-{number:012d}"
        line = {"line": "1", "product": PRODUCT, "lot": LOT}
        goods = [SHOP, PRODUCT, LOT]
        said = {"merchant": SHOP, "lines": [line]}
        ordered = {**said, "keys": ["note"], "buyer": f"b{number}"}
        say(SHOP, "order", name, ordered, [*goods, PARTY_PREFIX + guest])
        say(CARRIER, "delivery", name, {**said, "document": "D", "status": "delivered"}, goods)
        say(guest, "review", name, {**line, "merchant": SHOP, "stars": 1 + number % 5}, goods)
    return found


def run(reviews: int, rounds: int) -> None:
    """Measure and print."""
    records = market(reviews)
    spoken = [one for one in records if one.kind == "review"]
    others = [one for one in records if one.kind != "review"]
    floor, floor_all = Rounds(len(spoken)), Rounds(len(records))
    added, whole, scored, again = Rounds(len(spoken)), Rounds(len(records)), Rounds(len(records)), Rounds(1)
    as_of = records[-1].sequenced_at
    cache: ScoreCache = ScoreCache()
    key = ScoreKey.of(PRODUCT, SHOP, heads=[(b"root", len(records))], policies=[POLICY.sha256], as_of=as_of)
    for _ in range(rounds):
        state = Trade.of(others)
        with floor.round() as timer, timer.running():
            touch(spoken)
        with added.round() as timer, timer.running():
            state.add(spoken)
        with floor_all.round() as timer, timer.running():
            touch(records)
        with whole.round() as timer, timer.running():
            state = Trade.of(records)

        def ask(state: Trade = state) -> object:
            return trust_score(
                state,
                PRODUCT,
                SHOP,
                policy=POLICY,
                card_of=lambda _: CARD,
                parties=lambda uri, _: PARTIES.get(uri),
                as_of=as_of,
            )

        with scored.round() as timer, timer.running():
            found = ask()
        if found.component("reviews").evidence != reviews:
            fail("not every review counts")
        cache.get(key, ask)
        with again.round() as timer, timer.running():
            cache.get(key, ask)
    report(f"fold {reviews:,} verified reviews into a state", added, {"each record once": floor})
    report(
        f"fold {len(records):,} records: orders, deliveries, reviews", whole, {"each record once": floor_all}
    )
    report("the score of that state", scored, {"each record once": floor_all}, {"asked again": again})


def touch(records: list[VerifiedRecord]) -> int:
    """What nobody can avoid: go through the records and look at kind, data and time."""
    total = 0
    for placed in records:
        record = placed.record
        if record.kind and record.data["merchant"]:
            total += placed.sequenced_at
    return total


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.score", description=__doc__)
    parser.add_argument("--reviews", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    print(Machine.describe())
    machine = Machine()
    run(asked.reviews, asked.rounds)
    print(f"\n{machine.noise()}")


if __name__ == "__main__":
    main()
