"""All commands; importing this package registers them."""

from trustledger_cli.commands import (
    checking,
    demo,
    keys,
    parties,
    reading,
    setup,
    starting,
    submitting,
    tracing,
    writing,
)

__all__ = [
    "checking",
    "demo",
    "keys",
    "parties",
    "reading",
    "setup",
    "starting",
    "submitting",
    "tracing",
    "writing",
]
