"""All commands; importing this package registers them."""

from trustledger_cli.commands import (
    checking,
    demo,
    key_changes,
    keys,
    layouts,
    listing,
    parties,
    party_changes,
    policies,
    reading,
    setup,
    signing,
    starting,
    submitting,
    tracing,
    writing,
)

__all__ = [
    "checking",
    "demo",
    "key_changes",
    "keys",
    "layouts",
    "listing",
    "parties",
    "party_changes",
    "policies",
    "reading",
    "setup",
    "signing",
    "starting",
    "submitting",
    "tracing",
    "writing",
]
