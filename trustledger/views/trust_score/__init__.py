"""The trust score of a listing: what the chain says about a product sold by a merchant, and what follows from it.

A fold over verified records and a policy, as of a stated time: the same inputs give the same digits on every machine.
docs/scoring-trust.md has every formula, with cases worked by hand.
"""

from trustledger.views.trust_score.cache import ScoreCache, ScoreKey
from trustledger.views.trust_score.cases import Case, Phase, Standing
from trustledger.views.trust_score.decay import Decay, decay_weights
from trustledger.views.trust_score.enforcing import due, standing_findings
from trustledger.views.trust_score.estimates import Estimate, beta, dirichlet
from trustledger.views.trust_score.gathering import gather_trade
from trustledger.views.trust_score.model import CardLike, Component, Danger, TrustScore
from trustledger.views.trust_score.plain import explained, plain
from trustledger.views.trust_score.policy import ScorePolicy, parse_score_policy, shipped_score_policy
from trustledger.views.trust_score.score import trust_score
from trustledger.views.trust_score.sides import Sellers, same_seller
from trustledger.views.trust_score.trade import Trade

__all__ = [
    "CardLike",
    "Case",
    "Component",
    "Danger",
    "Decay",
    "Estimate",
    "Phase",
    "ScoreCache",
    "ScoreKey",
    "ScorePolicy",
    "Sellers",
    "Standing",
    "Trade",
    "TrustScore",
    "beta",
    "decay_weights",
    "dirichlet",
    "due",
    "explained",
    "gather_trade",
    "parse_score_policy",
    "plain",
    "same_seller",
    "shipped_score_policy",
    "standing_findings",
    "trust_score",
]
