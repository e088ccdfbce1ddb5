"""The ledger: one door to everything below it.

- `facade`: `Ledger`, what a program holds; `questions`, its part that asks the views;
- `answers`, `moments`, `remembering`: an answer as of a moment, remembered while it holds;
- `opening`, `directory`: how a ledger is made and found;
- `appending`, `existing`: what stands already, and the steps of an append;
- `signing`, `submission`: statements made here or brought from elsewhere;
- `sequencer`: the questions asked of a statement, and the commit that places it;
- `reader`, `log_reader`, `history`: verified reading;
- `tables`: how bytes are laid out in the store;
- `card`: the public page; `vault`: what opens sealed values, kept apart.
"""

from trustledger.ledger.appending import Receipt
from trustledger.ledger.card import Card, parse_card
from trustledger.ledger.facade import Ledger
from trustledger.ledger.submission import Submission, read_submissions, write_submission
from trustledger.ledger.verified import VerifiedEntry, VerifiedRecord

__all__ = [
    "Card",
    "Ledger",
    "Receipt",
    "Submission",
    "VerifiedEntry",
    "VerifiedRecord",
    "parse_card",
    "read_submissions",
    "write_submission",
]
