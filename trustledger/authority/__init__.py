"""Who may say what: the ledger's own subjects, parties, roles and keys (format v1, section 4).

State at a place of the log is a fold over the records of authority kinds before it and nothing else:

- `state`: what is known about a party, and one step of the fold;
- `genesis`: entry 0, from which all authority comes;
- `registration`: what is asked of every statement before it is placed, and again, identically, by the audit.
"""
