"""``trustledger`` and ``python -m trustledger``: the way into the command line, imported only here."""

from __future__ import annotations

import os
import sys

from trustledger.messages import render

INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it: 128 and the signal's number."""


def main() -> None:
    """Run the command line, or say what is not installed."""
    try:
        _run()
    except KeyboardInterrupt:  # while modules were still being loaded
        sys.exit(INTERRUPTED)


def _run() -> None:
    try:
        from trustledger_cli.entry import main as run  # noqa: PLC0415  (the library must not load the command line)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in ("", "trustledger"):
            raise
        language = (
            "zh" if os.environ.get("TRUSTLEDGER_LANG", os.environ.get("LANG", "")).startswith("zh") else "en"
        )
        sys.exit(render("cli.missing_click", language, {"seen": missing}))
    run()


if __name__ == "__main__":
    main()
