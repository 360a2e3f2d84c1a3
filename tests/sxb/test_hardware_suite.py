# SPDX-License-Identifier: MIT
"""The suite and the checklist for owners of a board, run to their ends against a served virtual board."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

HARDWARE = Path(__file__).parents[1] / "hardware"
ANSWERS = {"led-polarity": "0-3", "led-idle": "all", "ftdi-ground": "right"}


@pytest.fixture
def served(tmp_path):
    """A board behind a pseudo-terminal: (its port, its process)."""
    link = tmp_path / "mensch"
    code = "import sys; from emu.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "serve", "--link", str(link), "--speed", "max"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert str(link) in server.stdout.readline()
    yield link, server
    server.terminate()
    assert server.wait(20) == 0
    server.stdout.close()


def test_without_a_port_it_skips_and_says_why():
    environment = {name: value for name, value in os.environ.items() if name != "MENSCH816_PORT"}
    ran = run_suite(environment)
    assert ran.returncode == 0, ran.stdout
    assert "MENSCH816_PORT is not set" in ran.stdout
    assert "passed" not in ran.stdout


def run_suite(environment):
    command = [sys.executable, "-P", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n0", str(HARDWARE)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=250, check=False)


def test_the_suite_passes_on_the_virtual_board(served):
    ran = run_suite({**os.environ, "MENSCH816_PORT": str(served[0]), "MENSCH816_TIMEOUT": "5"})
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert " failed" not in ran.stdout


def test_the_checklist_ends_in_a_report(served, tmp_path):
    link, server = served
    answers, report = tmp_path / "answers.json", tmp_path / "report.md"
    answers.write_text(json.dumps(ANSWERS), encoding="utf-8")
    arguments = ["--port", str(link), "--report", str(report), "--answers", str(answers), "--timeout", "5"]
    command = [sys.executable, "-u", str(HARDWARE / "checklist.py"), *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        said = []
        for line in running.stdout:
            said.append(line)
            if "press RESET now" in line:
                server.send_signal(signal.SIGUSR1)
    assert running.returncode == 0, "".join(said)
    rows = dict(
        row_of(line) for line in report.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    )
    assert rows["version"] == ("2.07", "2.07", "as assumed")
    assert rows["led-polarity"] == ("0-3", "0-3", "as assumed")
    assert rows["ftdi-ground"] == ("left", "right", "**different**")
    assert rows["nmi"] == ("none", "not answered", "open")
    different = {name for name, (_, _, mark) in rows.items() if mark == "**different**"}
    assert different == {"ftdi-ground", "cts", "auto-reset"}  # a pseudo-terminal has no handshake lines


def row_of(line):
    point, assumed, found, mark = (part.strip() for part in line.strip("|").split("|"))
    return point.partition(":")[0], (assumed, found, mark)
