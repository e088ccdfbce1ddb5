"""``trustledger`` and ``python -m trustledger``: the way into the command line, imported only here."""

from __future__ import annotations

import os
import sys

from trustledger.messages import render


def main() -> None:
    """Run the command line, or say what is not installed."""
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
