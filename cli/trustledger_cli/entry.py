"""What ``trustledger`` and ``python -m trustledger`` run."""

from __future__ import annotations

import sys
from contextlib import suppress

from trustledger_cli import commands
from trustledger_cli.app import cli

__all__ = ["cli", "commands", "main"]


def main() -> None:
    """Run the command line of this process."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, ValueError):  # a stream that was replaced need not know encodings
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    cli.main()
