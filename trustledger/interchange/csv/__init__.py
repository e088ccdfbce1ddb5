"""CSV as merchants have it: read, and templates to start from."""

from trustledger.interchange.csv.reader import read
from trustledger.interchange.csv.template import template

__all__ = ["read", "template"]
