"""The inspection card of a lot: what was measured, held against the law in force when it was made (docs/scoring.md).

A pure fold: the same records, frameworks, policy and moment give the same card on every machine, in whatever order and
in however many parts the records arrive.
"""

from trustledger.views.inspection_card.card import inspection_card, inspection_cards
from trustledger.views.inspection_card.gathering import Gathered, gather
from trustledger.views.inspection_card.model import InspectionCard, Result, Side, Untested
from trustledger.views.inspection_card.parties import GroupOf, PartyAt, declared_groups
from trustledger.views.inspection_card.plain import explained, plain

__all__ = [
    "Gathered",
    "GroupOf",
    "InspectionCard",
    "PartyAt",
    "Result",
    "Side",
    "Untested",
    "declared_groups",
    "explained",
    "gather",
    "inspection_card",
    "inspection_cards",
    "plain",
]
