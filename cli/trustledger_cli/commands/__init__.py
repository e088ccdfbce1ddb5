"""All commands; importing this package registers them."""

from trustledger_cli.commands import (
    checking,
    demo,
    keys,
    layouts,
    listing,
    parties,
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
    "keys",
    "layouts",
    "listing",
    "parties",
    "reading",
    "setup",
    "signing",
    "starting",
    "submitting",
    "tracing",
    "writing",
]
