"""A market with goods that were tested and priced, in memory and on disk."""

import shutil

import pytest
from doors_world import Market
from shop import Shop


@pytest.fixture
def market():
    market = Market().goods()
    market.report()
    market.prices()
    return market


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch, tmp_path):
    """No profile, language or ledger of the person who runs the tests."""
    for name in ("TRUSTLEDGER_LEDGER", "TRUSTLEDGER_LANG", "LC_ALL", "LC_MESSAGES", "TZ"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TRUSTLEDGER_PROFILE", str(tmp_path / "profile.json"))


@pytest.fixture(scope="session")
def _built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("market")
    market = Market(folder / "market.ledger").goods()
    market.report()
    market.prices()
    market.ledger.close()
    return folder


@pytest.fixture
def shop(_built, tmp_path):
    """The command line on a fresh copy of the market."""
    shutil.copytree(_built, tmp_path / "shop")
    return Shop(tmp_path / "shop")
