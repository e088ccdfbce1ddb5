"""The trust score of a listing: four parts, joined by the policy's weights. docs/scoring-trust.md has every formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from trustledger.collecting import rarely_collecting
from trustledger.subject import check_party, check_subject
from trustledger.views.inspection_card.parties import PartyAt
from trustledger.views.trust_score.after_sales import after_sales_part
from trustledger.views.trust_score.cases import SAFETY, Case, Docket
from trustledger.views.trust_score.credit import credit_part
from trustledger.views.trust_score.estimates import weighted
from trustledger.views.trust_score.facts import (
    Claimed,
    Delivered,
    Listed,
    Ordered,
    Proceeded,
    Resolved,
    Reviewed,
)
from trustledger.views.trust_score.lots import Lots, OnSale, is_offer, offers_of
from trustledger.views.trust_score.model import TrustScore
from trustledger.views.trust_score.notes import Notes
from trustledger.views.trust_score.policy import ScorePolicy
from trustledger.views.trust_score.promises import Promises
from trustledger.views.trust_score.quality import CardOf, endangers, off_sale, quality_part
from trustledger.views.trust_score.reviews import reviews_part
from trustledger.views.trust_score.sales import Sale, Scope, alike, sales_of, shares_of
from trustledger.views.trust_score.sides import Sides
from trustledger.views.trust_score.trade import Trade

if TYPE_CHECKING:
    from trustledger.ledger.verified import VerifiedRecord


def trust_score(  # noqa: PLR0913  (keywords, which name what a score depends on)
    records: Iterable[VerifiedRecord] | Trade,
    product: str,
    merchant: str,
    *,
    policy: ScorePolicy,
    card_of: CardOf,
    parties: PartyAt,
    as_of: int,
    sellers: Iterable[str] = (),
) -> TrustScore:
    """The trust score of a product sold by a merchant.

    Args:
        records: Verified records of the merchant and of its other names, in any order, or the state of the fold over
            them; `gather_trade` reads them.
        product: The product.
        merchant: URI of the merchant.
        policy: The rules.
        card_of: The inspection card of a lot, as of the same time.
        parties: A party as the ledger knew it before an entry (`Reader.party`).
        as_of: The moment of the score, ms since 1970-01-01T00:00:00Z; records placed later are not seen.
        sellers: Other names of the merchant (`same_seller`): what it did under them counts.

    Returns:
        The score. The same records, policy and time give the same score, in whatever order they come.

    Raises:
        FormatError: ``subject.*``: not a subject, or not a party.

    Cost: linear in the records, and one card for each lot on sale.
    """
    scope = Scope(check_subject(product), check_party(merchant), frozenset({merchant, *sellers}))
    trade = (records if isinstance(records, Trade) else Trade.of(records)).until(as_of)
    with rarely_collecting():
        return _Scoring(trade, scope, policy, parties, as_of).score(card_of)


class _Scoring:
    """One score being made."""

    def __init__(self, trade: Trade, scope: Scope, policy: ScorePolicy, parties: PartyAt, as_of: int) -> None:
        self._scope, self._policy, self._as_of = scope, policy, as_of
        self._notes = Notes(scope.product)
        self._sides = Sides(scope.merchant, parties, _signers(trade))
        self._trade = trade.counting(lambda one: self._sides.witnesses(one, policy.trade.attested_by))

    def score(self, card_of: CardOf) -> TrustScore:
        """The whole."""
        policy, as_of, notes, scope = self._policy, self._as_of, self._notes, self._scope
        listings, stated = self._trade.of_kind(Listed), self._trade.listings()
        sales = sales_of(self._trade, self._sides, policy.trade, notes, scope)
        own = [
            one for one in sales if one.goods.product == scope.product and one.order.merchant in scope.sellers
        ]
        offers = offers_of([one for one in listings if is_offer(one, scope.product, scope.merchant)], as_of)
        orders = list({id(one.order): one.order for one in own}.values())
        lots = Lots(stated, own, scope, policy.quality, notes)
        Promises(stated, policy.service).judge(sales, as_of)
        card_of, on_sale = cache(card_of), lots.on_sale(as_of, offers)
        quality = quality_part(on_sale, card_of, policy, notes)
        docket, others = self._docket(lots), self._others()
        bound = self._bound(others)
        self._note_sold(orders, docket, bound, lots)
        cleared = [case.name for case in docket.cases.values() if _cleared(case, card_of, on_sale)]
        shares = shares_of(own, policy.trade)
        weighed = alike(shares, as_of)
        all_weighed = weighed if len(own) == len(sales) else alike(shares_of(sales, policy.trade), as_of)
        erased = self._erased(own)
        components = (
            quality.component,
            reviews_part(own, shares, policy, as_of, notes, erased),
            after_sales_part(weighed, quality.category, policy),
            credit_part(all_weighed, _measures([docket, *others.values()]), policy, as_of),
        )
        keys, used = sum(1 for one in orders if one.guest), self._keys_used(orders)
        self._note_unreadable()
        return TrustScore(
            subject=scope.product,
            merchant=scope.merchant,
            as_of=as_of,
            estimate=weighted([(one.estimate, one.weight) for one in components]).published(),
            standing=docket.standing(offered=bool(offers), bound=bound),
            cases=tuple(docket.cases.values()),
            provisional=any(one.provisional for one in components),
            components=components,
            erased=len(erased),
            cleared=frozenset(cleared),
            lots=quality.lots,
            dangers=quality.dangers,
            orders=len(orders),
            keys=keys,
            keys_used=used,
            policy=policy,
            findings=notes.findings(),
        )

    def _docket(self, lots: Lots) -> Docket:
        """The proceedings about this listing; cases about danger know the lots that were on sale then."""
        scope = self._scope
        steps = [
            one
            for one in self._trade.of_kind(Proceeded)
            if one.product == scope.product and one.merchant == scope.merchant
        ]
        docket = Docket(steps, self._sides, self._policy.standing, self._notes)
        for case in docket.cases.values():
            if case.reason in SAFETY and case.place is not None:
                at = case.since if case.released_at is None else case.released_at
                case.lots = lots.before(case.released or case.place, at or 0)
        return docket

    def _note_sold(self, orders: Sequence[Ordered], docket: Docket, bound: Case | None, lots: Lots) -> None:
        """Note what was sold while it must not be sold, or was not offered."""
        sold = [one for one in orders if one.merchant == self._scope.merchant]
        for order in docket.sold_while_held(sold):
            self._notes.count("sold_while_held", order.placed, order.order)
        if bound is not None and bound.place is not None:
            for order in sold:
                if order.place > bound.place:
                    self._notes.count("sold_while_held", order.placed, order.order)
        for order in lots.sold_unlisted(sold):
            self._notes.count("sold_unlisted", order.placed, order.order)

    def _others(self) -> dict[tuple[str, str], Docket]:
        """The proceedings about all else that the merchant sells, under all its names, by product and merchant."""
        steps: dict[tuple[str, str], list[Proceeded]] = {}
        for one in self._trade.of_kind(Proceeded):
            key = (one.product, one.merchant)
            if one.merchant in self._scope.sellers and key != (self._scope.product, self._scope.merchant):
                steps.setdefault(key, []).append(one)
        rules, sides = self._policy.standing, self._sides
        # another listing's findings are its own
        return {key: Docket(steps[key], sides, rules, Notes(key[0])) for key in sorted(steps)}

    def _bound(self, others: Mapping[tuple[str, str], Docket]) -> Case | None:
        """The case by which the product was taken down under another name of the merchant, and still is."""
        for (product, merchant), docket in others.items():
            if product == self._scope.product:
                for case in docket.cases.values():
                    if case.phase == "delisted":
                        self._notes.add("bound", case.ref, merchant=merchant)
                        return case
        return None

    def _erased(self, own: Sequence[Sale]) -> list[VerifiedRecord]:
        """What buyers of attested orders said that can no longer be read, where they have no review that can."""
        if not self._trade.withheld:
            return []
        silent = {one.order.guest for one in own if one.attested and one.review is None}
        return [one for _, one in sorted(self._trade.withheld.items()) if one.party in silent]

    def _keys_used(self, orders: Sequence[Ordered]) -> int:
        """With how many of the buyers' keys something was said; that is a finding on every score."""
        given = {one.guest for one in orders if one.guest}
        spoken = [one.placed.party for one in self._trade.of_kind(Reviewed)]
        spoken += [one.placed.party for one in self._trade.of_kind(Claimed)]
        used = len(given.intersection(spoken))
        if orders:
            keys = sum(1 for one in orders if one.guest)
            self._notes.add("keys", count=str(len(orders)), keys=str(keys), used=str(used))
        return used

    def _note_unreadable(self) -> None:
        for placed, field in self._trade.malformed.values():
            self._notes.count("malformed_record", placed, field)
        for placed in self._trade.withheld.values():
            self._notes.count("withheld", placed)
        for placed in self._trade.lone.values():
            self._notes.count("lone_correction", placed)
        for placed in self._trade.taken_back.values():
            self._notes.count("taken_back", placed)
        for chain in sorted(self._trade.cut):
            self._notes.add("cut", subject=chain)


def _measures(dockets: Iterable[Docket]) -> list[Proceeded]:
    """What was held or taken down of all that the merchant sells."""
    return [one for docket in dockets for one in docket.measures()]


def _cleared(case: Case, card_of: CardOf, on_sale: OnSale) -> bool:
    """Whether no lot is left of those that a case about danger held: each passed since, or is recalled and gone."""
    if case.reason not in SAFETY or case.phase not in ("held", "delisted"):
        return False
    cards = {lot: card_of(lot) for lot in sorted(case.lots)}
    return all(
        (not endangers(lot, card) and card.verdict == "pass") or off_sale(lot, card, on_sale)
        for lot, card in cards.items()
    )


def _signers(trade: Trade) -> set[str]:
    """All that signed, but for buyers, who have no roles and are many."""
    kinds = (Listed, Ordered, Delivered, Resolved, Proceeded)
    signed = {(one.party, one.cosigners) for one in trade.corrections.values()}
    signed |= {(fact.placed.party, fact.placed.cosigners) for kind in kinds for fact in trade.of_kind(kind)}
    return {uri for party, cosigners in signed for uri in (party, *cosigners)}
