"""Frameworks: limits, points and house rules as dated, hashed TOML data that a user can read, replace and add to.

Nothing here judges anything; `trustledger.views.inspection_card` does. The files shipped are in ``data/``; each number
stands there with its standard, clause, unit, basis and source, and with whether it could be verified.
"""

from trustledger.frameworks.collection import Frameworks, shipped, shipped_policy
from trustledger.frameworks.limits import Framework, Limit, parse_framework
from trustledger.frameworks.points import Points, PointsFramework, PointsTable
from trustledger.frameworks.policy import Band, CardPolicy, parse_policy
from trustledger.frameworks.reading import MAX_FILE, Text
from trustledger.frameworks.vocabulary import Category, Named, Vocabulary, parse_vocabulary

__all__ = [
    "MAX_FILE",
    "Band",
    "CardPolicy",
    "Category",
    "Framework",
    "Frameworks",
    "Limit",
    "Named",
    "Points",
    "PointsFramework",
    "PointsTable",
    "Text",
    "Vocabulary",
    "parse_framework",
    "parse_policy",
    "parse_vocabulary",
    "shipped",
    "shipped_policy",
]
