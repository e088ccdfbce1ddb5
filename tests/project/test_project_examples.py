"""The examples run as they stand."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from documents import ROOT

pytestmark = pytest.mark.smoke
SAYS = {
    "cheating_merchant.py": "own orders, nobody else signs                    no number",
    "offline_lab.py": "placed in entry 3",
    "own_kind.py": "audit: True",
    "shop_backend.py": "appended after a crash: 0",
    "ssh_agent_signer.py": "audit: True",
}


def test_every_example_is_run():
    assert {path.name for path in (ROOT / "examples").glob("*.py")} == set(SAYS)


@pytest.mark.parametrize("name", SAYS)
def test_example(name, tmp_path):
    if name == "ssh_agent_signer.py" and shutil.which("ssh-agent") is None:
        pytest.skip("not installed: ssh-agent")
    done = subprocess.run(
        [sys.executable, "-W", "error", str(ROOT / "examples" / name)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert SAYS[name] in done.stdout
