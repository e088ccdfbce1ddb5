"""An embeddable, append-only ledger of signed supply-chain records."""
