"""The market on disk, and a way to call the command line."""

import json
import sys
from pathlib import Path

from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "cli"))  # until the package is installed

from trustledger_cli.entry import cli  # noqa: E402


class Shop:
    """The command line on one ledger."""

    def __init__(self, folder):
        self.folder = folder

    @property
    def ledger(self):
        return self.folder / "market.ledger"

    def run(self, *arguments, code=0, **extra):
        result = CliRunner().invoke(cli, ["--ledger", str(self.ledger), *arguments], **extra)
        assert result.exit_code == code, (result.output, result.stderr)
        return result

    def out(self, *arguments, **extra):
        return self.run(*arguments, **extra).stdout

    def error(self, *arguments, code):
        return self.run(*arguments, code=code).stderr

    def json(self, *arguments, code=0):
        return json.loads(self.run(*arguments, "--json", code=code).stdout)
