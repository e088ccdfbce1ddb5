"""A ledger as the command line makes it, and a way to call the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "cli"))  # until the package is installed

from trustledger_cli.entry import cli  # noqa: E402

OPERATOR = "https://shop.example/"
FARM = "https://farm.example/"
LAB = "https://lab.example/"
GTIN = "9506000134352"
LOT = "https://id.gs1.org/01/09506000134352/10/LOT-7"

SHEET = """商品条码,批号,发生时间,名称,数量,单位,单据号
'9506000134352,RAW-1,2026/10/1 8:00,生牛乳,500,公斤,D-1
'9506000134352,RAW-2,2026/10/1 9:00,生牛乳,300,公斤,D-2
"""


@dataclass
class Shop:
    """A folder with a ledger in it, the farm and the laboratory enrolled."""

    folder: Path

    @property
    def ledger(self) -> Path:
        return self.folder / "shop.ledger"

    def path(self, name: str) -> str:
        return str(self.folder / name)

    def write(self, name: str, text: str, encoding: str = "utf-8") -> str:
        (self.folder / name).write_bytes(text.encode(encoding))
        return self.path(name)

    def run(self, *arguments: str, code: int = 0, **extra: Any) -> Result:
        """One command with this ledger; fails the test if it ends with another code."""
        result = run("--ledger", str(self.ledger), *arguments, **extra)
        assert result.exit_code == code, (result.output, result.stderr)
        return result

    def json(self, *arguments: str, code: int = 0, **extra: Any) -> Any:
        """One command with ``--json``: exactly one document on standard output."""
        return json.loads(self.run(*arguments, "--json", code=code, **extra).stdout)

    def role(self, party: str, *roles: str) -> None:
        """Give a party further roles."""
        added = [word for role in roles for word in ("--add", role)]
        self.run("party", "role", party, *added, "--key", self.path("operator.key"))

    def append(self, *arguments: str, **extra: Any) -> Result:
        return self.run(
            "append",
            *arguments,
            "--as",
            FARM,
            "--key",
            self.path("farm.key"),
            "--zone",
            "Asia/Shanghai",
            **extra,
        )


def run(*arguments: str, **extra: Any) -> Result:
    return CliRunner().invoke(cli, list(arguments), **extra)


def real(*arguments: str, **extra: Any) -> subprocess.CompletedProcess[bytes]:
    """The real program in a process of its own."""
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "cli")]),
        **extra.pop("env", {}),
    }
    return subprocess.run(  # noqa: PLW1510  (tests look at the code)
        [sys.executable, "-m", "trustledger", *arguments],
        capture_output=True,
        env=environment,
        timeout=60,
        **extra,
    )


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No profile, language or ledger of the person who runs the tests."""
    for name in ("TRUSTLEDGER_LEDGER", "TRUSTLEDGER_LANG", "LC_ALL", "LC_MESSAGES", "TZ"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TRUSTLEDGER_PROFILE", str(tmp_path / "profile.json"))


@pytest.fixture(scope="session")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    shop = Shop(folder)
    made = run(
        "init",
        str(shop.ledger),
        "--origin",
        "shop.example/ledger",
        "--operator",
        OPERATOR,
        "--key",
        shop.path("operator.key"),
        "--name",
        "Example Shop",
    )
    assert made.exit_code == 0, made.output
    for name, uri, role in (("farm", FARM, "producer"), ("lab", LAB, "inspector")):
        assert run("key", "new", shop.path(f"{name}.key"), "--party", uri).exit_code == 0
        added = (
            "party",
            "add",
            uri,
            "--role",
            role,
            "--pub",
            shop.path(f"{name}.key.pub"),
            "--name",
            name.title(),
            "--key",
            shop.path("operator.key"),
        )
        shop.run(*added)
    return folder


@pytest.fixture
def shop(_built: Path, tmp_path: Path) -> Shop:
    """A fresh copy of the ledger."""
    folder = tmp_path / "shop"
    shutil.copytree(_built, folder)
    return Shop(folder)
