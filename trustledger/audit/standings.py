"""Whether what follows from a trust score stands in the log: what should be taken down and is not, or the reverse.

The rules are those that are shipped, at the time of the checkpoint that is audited: an operator could choose others by
which nothing is ever due, and an auditor who took his word for it would find nothing. Every finding names their hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Final

from trustledger.authority.parties import PartyState
from trustledger.errors import TrustLedgerError
from trustledger.frameworks import shipped, shipped_policy
from trustledger.ledger.moments import Past, find_moment
from trustledger.ledger.reader import Reader
from trustledger.views.inspection_card import InspectionCard, gather, inspection_card
from trustledger.views.trust_score import (
    ScorePolicy,
    Sellers,
    TrustScore,
    gather_trade,
    shipped_score_policy,
    standing_findings,
    trust_score,
)

if TYPE_CHECKING:
    from trustledger.audit.report import AuditReport
    from trustledger.kinds.registry import Kinds
    from trustledger.store import Snapshot
    from trustledger.views.model import Finding

MAX_LISTINGS: Final = 1_000
"""Listings that are judged: those of which their merchants spoke last. One takes milliseconds to seconds."""
MAX_RECORDS: Final = 5_000_000
"""Records that all scores together may look at, each as often as a score does: about a minute."""
OUT_OF_TURN: Final = frozenset(
    {"score.no_notice", "score.early", "score.own_judge", "score.sold_while_held", "score.sold_unlisted"}
)
"""Findings of a score about how a listing was taken down or put back, and about sales of what was not listed."""

Place = tuple[int, int]
Listings = Mapping[tuple[str, str], Place]
"""(merchant, product) of the listings that their merchants signed → place of the latest record."""


def judge_standings(
    snapshot: Snapshot,
    kinds: Kinds,
    listings: Listings,
    report: AuditReport,
    tell: Callable[[], None],
) -> None:
    """Hold every listing against its score, as of the last entry under the latest signed checkpoint.

    Args:
        snapshot: The store; it is read anew, and verified on the way.
        kinds: Kinds that the auditor knows.
        listings: What was offered.
        report: Says which checkpoint holds; takes findings, how many were judged, and notes about what was not.
        tell: Called after each, so that nobody takes a long work for a dead one.
    """
    judged = 0
    try:
        judge = _Judge(Reader(snapshot), kinds, report.signed_size or report.size)
        chosen = judge.affordable(listings)
        for merchant, pairs in groupby(chosen, key=lambda pair: pair[0]):
            try:
                score = judge.scores(merchant)
                for pair in pairs:
                    for found in _wrong(score(pair[1])):
                        entry, position = listings[pair]
                        facts = {**found.all_facts, "policy": judge.policy.sha256}
                        report.add_finding(found.code, found.ref or f"{entry}/{position}", **facts)
                    judged += 1
                    tell()
            except TrustLedgerError as error:
                report.add_note(
                    "audit.standing_unknown", merchant=merchant, why=error.text(), why_zh=error.text("zh")
                )
        if len(chosen) < len(listings):
            report.add_note("audit.standings_cut", seen=len(listings), expected=len(chosen))
    except TrustLedgerError as error:
        report.add_note(
            "audit.standings_unread", seen=len(listings), why=error.text(), why_zh=error.text("zh")
        )
    report.counts["listings"] = judged


def _wrong(score: TrustScore) -> Iterator[Finding]:
    """What is due and not done, and what was done out of turn."""
    yield from standing_findings(score)
    yield from (one for one in score.findings if one.code in OUT_OF_TURN)


class _Judge:
    """Computes scores as `Ledger.score` does, one merchant's after the other.

    Args:
        reader: Verified records.
        kinds: Kinds that are known.
        size: Entries of the log that are signed for.
    """

    def __init__(self, reader: Reader, kinds: Kinds, size: int) -> None:
        self._reader, self._kinds = reader, kinds
        self._moment = find_moment(reader, str(size))
        self._past = Past(reader, size)
        self.policy: ScorePolicy = shipped_score_policy()
        states = map(self._past.party, reader.party_uris())
        self._sellers = Sellers(state for state in states if state is not None)

    def affordable(self, listings: Listings) -> list[tuple[str, str]]:
        """Those that can be judged within the limits, by merchant."""
        latest = sorted(listings, key=lambda pair: (listings[pair], pair), reverse=True)[:MAX_LISTINGS]
        length: Callable[[str], int] = cache(
            lambda merchant: sum(map(self._reader.chain_length, self._sellers.of(merchant)))
        )
        chosen, left = [], MAX_RECORDS
        for pair in latest:
            left -= length(pair[0])
            if left < 0:
                break
            chosen.append(pair)
        return sorted(chosen)

    def scores(self, merchant: str) -> Callable[[str], TrustScore]:
        """The scores of one merchant's products; its trade is read once.

        Raises:
            VerificationError: A record does not hold. Asking for a score may raise it too.
        """
        sellers, past, moment = self._sellers.of(merchant), self._past, self._moment
        trade = gather_trade(past, merchant, sellers)

        def card_of(lot: str) -> InspectionCard:
            return inspection_card(
                gather(past, lot, self._kinds), lot, frameworks=shipped(), policy=shipped_policy(),
                as_of=moment.time, parties=self._party, kinds=self._kinds,
            )  # fmt: skip

        def score(product: str) -> TrustScore:
            return trust_score(
                trade, product, merchant, policy=self.policy, card_of=card_of, parties=self._party,
                as_of=moment.time, sellers=sellers,
            )  # fmt: skip

        return score

    def _party(self, uri: str, before: int | None = None) -> PartyState | None:
        return self._past.party(uri, before)
