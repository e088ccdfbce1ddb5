"""Questions about goods, answered by the views from one verified state of the ledger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from trustledger.frameworks import CardPolicy, Frameworks, shipped, shipped_policy
from trustledger.ledger.moments import AsOf, Moment, Past, find_moment
from trustledger.ledger.remembering import Memory, Watched
from trustledger.record import Draft, Opening
from trustledger.subject import check_party, check_subject
from trustledger.views.cost_arithmetic import Share, cost_arithmetic
from trustledger.views.cost_breakdown import CostBreakdown, cost_breakdown
from trustledger.views.inspection_card import (
    Gathered,
    InspectionCard,
    gather,
    inspection_card,
    inspection_cards,
)
from trustledger.views.trust_score import (
    ScorePolicy,
    Trade,
    TrustScore,
    due,
    gather_trade,
    same_seller,
    shipped_score_policy,
    trust_score,
)

if TYPE_CHECKING:
    from trustledger.kinds.registry import Kinds
    from trustledger.ledger.governance import Reading
    from trustledger.ledger.vault import Vault
    from trustledger.views.reading import ChainReader


class Answers:
    """The questions that a ledger answers; `Ledger.card` and its like are the doors to it.

    Args:
        reading: Gives a verified view.
        kinds: The ledger's kinds.
        vault: Openings that are kept beside the ledger.
    """

    def __init__(self, reading: Reading, kinds: Kinds, vault: Vault) -> None:
        self._reading, self._kinds, self._vault = reading, kinds, vault
        self.memory = Memory()

    def cards(  # noqa: PLR0913  (all but the first by name)
        self,
        lot: str,
        *,
        as_of: AsOf = None,
        group: str | None = None,
        side_by_side: bool = False,
        frameworks: Frameworks | None = None,
        policy: CardPolicy | None = None,
    ) -> tuple[InspectionCard, ...]:
        """The card of a lot under one side, or under all that cover it; see `Ledger.card` and `Ledger.cards`."""
        check_subject(lot)
        rules, house = frameworks or shipped(), policy or shipped_policy()
        with self._reading() as reader:
            moment = find_moment(reader, as_of)
            key = ("card", lot, group, side_by_side, moment.named, _digests(rules), house.sha256)

            def fold(watched: Watched) -> tuple[InspectionCard, ...]:
                records = self._gathered(watched, lot, moment)
                asked = self._rules(watched, moment, rules, house)
                if side_by_side:
                    return inspection_cards(records, lot, **asked)
                return (inspection_card(records, lot, group=group, **asked),)

            return self.memory.ask(reader, key, fold)

    def _rules(
        self, watched: Watched, moment: Moment, rules: Frameworks, house: CardPolicy
    ) -> dict[str, Any]:
        parties = Past(watched, moment.size).party
        return {
            "frameworks": rules, "policy": house, "as_of": moment.time, "parties": parties, "kinds": self._kinds,
        }  # fmt: skip

    def _gathered(self, watched: Watched, lot: str, moment: Moment) -> Gathered:
        """The records of a lot's card: reading and verifying them is most of the work, and depends on no rule.

        As of now they are all there are, whatever the time is called, so that one reading serves many moments.
        """
        now = moment.size == watched.size
        key = ("gather", lot, None if now else moment.size)
        return self.memory.share(
            watched, key, lambda inner: gather(inner if now else Past(inner, moment.size), lot, self._kinds)
        )

    def score(  # noqa: PLR0913  (all but the first two by name)
        self,
        product: str,
        merchant: str,
        *,
        as_of: AsOf = None,
        policy: ScorePolicy | None = None,
        frameworks: Frameworks | None = None,
        card_policy: CardPolicy | None = None,
    ) -> TrustScore:
        """What the chain says of a product sold by a merchant; see `Ledger.score`."""
        check_subject(product)
        check_party(merchant)
        rules, house = frameworks or shipped(), card_policy or shipped_policy()
        trust = policy or shipped_score_policy()
        with self._reading() as reader:
            moment = find_moment(reader, as_of)
            key = ("score", product, merchant, moment.named, _digests(rules), house.sha256, trust.sha256)

            def fold(watched: Watched) -> TrustScore:
                past = Past(watched, moment.size)
                states = (past.party(uri) for uri in watched.party_uris())
                sellers = same_seller(merchant, [state for state in states if state is not None])
                asked = self._rules(watched, moment, rules, house)
                return trust_score(
                    self._trade(watched, merchant, sellers, moment), product, merchant, policy=trust,
                    card_of=lambda lot: inspection_card(self._gathered(watched, lot, moment), lot, **asked),
                    parties=past.party, as_of=moment.time, sellers=sellers,
                )  # fmt: skip

            return self.memory.ask(reader, key, fold)

    def due(self, found: TrustScore) -> list[Draft]:
        """The records that follow from a score as of now, ready to be signed."""
        rows = due(found)
        return [self._kinds.draft(row) for row in rows]

    def _trade(self, watched: Watched, merchant: str, sellers: tuple[str, ...], moment: Moment) -> Trade:
        """The records of a merchant's trade; as `_gathered`."""
        now = moment.size == watched.size
        key = ("trade", merchant, sellers, None if now else moment.size)
        return self.memory.share(
            watched,
            key,
            lambda inner: gather_trade(inner if now else Past(inner, moment.size), merchant, sellers),
        )

    def cost(  # noqa: PLR0913  (all but the first by name)
        self,
        subject: str,
        *,
        as_of: AsOf = None,
        seller: str | None = None,
        buyer: str = "",
        currency: str | None = None,
        openings: Mapping[bytes, Opening] | None = None,
        disclose: bool = False,
    ) -> CostBreakdown:
        """What a price pays for; see `Ledger.cost`. What was disclosed for one answer is not remembered."""
        check_subject(subject)
        with self._reading() as reader:
            moment = find_moment(reader, as_of)

            def fold(watched: ChainReader, opened: Mapping[bytes, Opening]) -> CostBreakdown:
                return cost_breakdown(
                    Past(watched, moment.size), subject, as_of=moment.time, seller=seller, buyer=buyer,
                    currency=currency, openings=opened, kinds=self._kinds,
                )  # fmt: skip

            if openings or disclose:
                return fold(reader, self._opened(openings, disclose=disclose))
            key = ("cost", subject, moment.named, seller, buyer, currency)
            return self.memory.ask(reader, key, lambda watched: fold(watched, {}))

    def cost_arithmetic(
        self,
        found: CostBreakdown,
        *,
        as_of: AsOf = None,
        openings: Mapping[bytes, Opening] | None = None,
        disclose: bool = False,
    ) -> tuple[tuple[Share, ...], ...]:
        """For each line of a breakdown the suppliers' shares that it agrees with; arguments as for the breakdown."""
        with self._reading() as reader:
            past = Past(reader, find_moment(reader, as_of).size)
            return cost_arithmetic(past, found, self._opened(openings, disclose=disclose))

    def _opened(self, given: Mapping[bytes, Opening] | None, *, disclose: bool) -> Mapping[bytes, Opening]:
        return KeptOpenings(self._vault if disclose else None, given or {})


class KeptOpenings(Mapping[bytes, Opening]):
    """Openings by commitment: those that a reader was given, and those that are kept here, looked up when asked for.

    Args:
        vault: Keeps openings; None if those here are not to be shown.
        given: Openings that somebody disclosed.
    """

    def __init__(self, vault: Vault | None, given: Mapping[bytes, Opening]) -> None:
        self._vault, self._found = vault, dict(given)

    def __getitem__(self, commitment: bytes) -> Opening:
        if commitment not in self._found and self._vault is not None:
            (kept,) = self._vault.get([commitment])
            if kept is not None:
                self._found[commitment] = kept
        return self._found[commitment]

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)


def _digests(frameworks: Frameworks) -> tuple[str, ...]:
    """SHA-256 of every file that these frameworks were read from."""
    return (
        frameworks.words.sha256,
        *(one.sha256 for one in frameworks.limits),
        *(one.sha256 for one in frameworks.points),
    )
