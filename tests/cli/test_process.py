"""The real program in real processes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

from .conftest import GTIN, ROOT, SHEET, real


def test_python_m_trustledger(shop):
    assert json.loads(real("stats", "--ledger", str(shop.ledger), "--json").stdout)["entries"] == 4
    result = real("nonsense")
    assert (result.returncode, result.stdout) == (2, b"")


def test_piped_output_is_plain(shop):
    for arguments in (("stats",), ("parties",), ("audit",)):
        result = real("--ledger", str(shop.ledger), *arguments)
        assert b"\x1b" not in result.stdout
        assert all(line == line.rstrip() for line in result.stdout.decode().splitlines())


def test_a_terminal_that_cannot_show_chinese_gets_no_traceback(shop):
    result = real(
        "--ledger",
        str(shop.ledger),
        "parties",
        "--lang",
        "zh",
        env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
    )
    assert result.returncode == 0, result.stderr


def test_a_reader_that_goes_away(shop):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "cli")])}
    program = subprocess.Popen(
        [sys.executable, "-m", "trustledger", "--ledger", str(shop.ledger), "log", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    )
    program.stdout.close()
    _, errors = (
        program.communicate(timeout=30) if not program.stdout.closed else (None, program.stderr.read())
    )
    program.wait(timeout=30)
    program.stderr.close()
    assert b"Traceback" not in errors
    assert program.returncode in (0, 1)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_ctrl_c_in_the_middle_of_an_append_leaves_whole_statements(shop):
    rows = [f"'{GTIN},R-{number},2026/10/1 8:00,milk,1,kg,D-{number}\n" for number in range(40_000)]
    sheet = shop.write("big.csv", SHEET.split("\n")[0] + "\n" + "".join(rows))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "cli")])}
    command = [sys.executable, "-m", "trustledger", "--ledger", str(shop.ledger), "append", sheet]
    command += ["--as", "https://farm.example/", "--key", shop.path("farm.key"), "--zone", "Asia/Shanghai"]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    time.sleep(1.2)
    program.send_signal(signal.SIGINT)
    _, errors = program.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert program.returncode in (0, 130)
    shop.run("audit", "--trust", str(shop.ledger / "ledger.card"))


def test_without_click_the_message_says_what_to_install(tmp_path):
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'click'\", name='click')"
    )
    result = real("stats", env={"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT), str(ROOT / "cli")])})
    assert result.returncode == 1
    assert b"pip install" in result.stderr
    assert b"Traceback" not in result.stderr


def test_the_library_loads_nothing_of_the_command_line():
    code = "import sys, trustledger; from trustledger import Ledger; print(sorted({'click', 'rich', 'pydantic', 'trustledger_cli'} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, timeout=60)  # noqa: PLW1510
    assert result.stdout.strip() == b"[]", result


@pytest.mark.parametrize("language", ["en", "zh"])
def test_demo_ends_with_the_fraud_caught(language):
    began = time.monotonic()
    result = real("demo", "--lang", language)
    assert result.returncode == 0, result.stderr
    assert time.monotonic() - began < 15
    text = result.stdout.decode()
    for word in ("0.290", "0.120", "0.2", "LOT-7", "原奶-0901", "trustledger init"):
        assert word in text
    assert ("Caught" if language == "en" else "当场识破") in text
    assert "\x1b" not in text


def test_demo_as_json():
    document = json.loads(real("demo", "--json").stdout)
    assert document["caught"] is True
    assert document["audit"]["ok"] is True
    assert document["tampered_audit"]["faults"][0]["entry"] == document["laboratory"]["entry"]
    assert len(document["recall"]) == 3
