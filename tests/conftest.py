"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A busy machine is no fault of the code: no test fails for the time that an example takes.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of reference data made by others, or a skip that says why."""
    named = os.environ.get("TRUSTLEDGER_SHARED")
    folder = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "vectors").is_dir():
        pytest.skip(f"reference data not found at {folder} (set TRUSTLEDGER_SHARED)")
    return folder
