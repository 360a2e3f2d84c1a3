# SPDX-License-Identifier: MIT
"""A lab on this machine's loopback: labgrid's coordinator, our exporter, labgrid's client, and tests at its boards.

All run in labgrid's own environment, which `make lab` makes.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
BIN = PROJECT / ".venv-lab" / "bin"
PAGE = PROJECT / "docs" / "lab"
SECONDS = 60

pytestmark = [
    pytest.mark.skipif(
        not (BIN / "labgrid-coordinator").exists(), reason="labgrid is not installed: `make lab` does it"
    ),
    pytest.mark.skipif("MENSCH816_INSTALLED" in os.environ, reason="labgrid's environment runs the checkout"),
    pytest.mark.timeout(300),
]


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


@contextmanager
def running(*command, **kwargs):
    """A process that lives as long as the test."""
    process = subprocess.Popen([*map(str, command)], **kwargs)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def answers(port):
    """Wait until somebody listens."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail(f"nobody listens on {port}")


class Lab:
    """A coordinator, and what its clients do."""

    def __init__(self, folder, bench2):
        self.folder = folder
        self.coordinator = f"127.0.0.1:{free_port()}"
        # The environment's commands come first, and a pytest of ours hands nothing of itself down.
        names = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV_"))}
        self.environment = names | {"LG_COORDINATOR": self.coordinator, "BENCH2_PORT": str(bench2)}

    def start(self, *command):
        return running(BIN / command[0], *command[1:], cwd=self.folder, env=self.environment)

    def done(self, *command, cwd=None):
        """What a command of the environment says; it must succeed."""
        result = subprocess.run(
            [BIN / command[0], *map(str, command[1:])],
            cwd=cwd or self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=4 * SECONDS,
            check=False,
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def client(self, *arguments):
        return self.done("labgrid-client", *arguments)


@pytest.fixture
def lab(tmp_path):
    """Both benches of the page's exporter file: one virtual, one a port that somebody serves."""
    bench2 = free_port()
    lab = Lab(tmp_path, bench2)
    with ExitStack() as stack:
        stack.enter_context(lab.start("labgrid-coordinator", "-l", lab.coordinator))
        stack.enter_context(lab.start("emu816", "serve", "--rfc2217", bench2, "--reset-on-connect"))
        answers(int(lab.coordinator.rpartition(":")[2]))
        answers(bench2)
        exporter = [
            "-m",
            "sxb.lab.exporter",
            "-c",
            lab.coordinator,
            "--hostname",
            "127.0.0.1",
            "--name",
            "desk",
        ]
        stack.enter_context(lab.start("python", *exporter, PAGE / "exporter.yaml"))
        yield lab


def reserved(lab, bench):
    """Make a place of an exported board, and acquire it."""
    lab.client("-p", bench, "create")
    lab.client("-p", bench, "add-match", f"*/{bench}/*")
    end = time.monotonic() + SECONDS
    while f"/{bench}/" not in lab.client("resources"):
        assert time.monotonic() < end, "the exporter offers nothing"
        time.sleep(0.2)
    lab.client("-p", bench, "acquire")


def test_the_tests_of_the_page_run_at_two_boards_of_a_lab(lab):
    for bench in ("bench1", "bench2"):
        reserved(lab, bench)
    boards = ["--board", "labgrid:bench1", "--board", "labgrid:bench2"]
    # Without the project's own settings of pytest, as in a folder of one's own.
    alone = ["-c", os.devnull, "--rootdir", PAGE, "-p", "no:cacheprovider", "-q"]
    said = lab.done("pytest", *alone, "--lg-env", "environment.yaml", *boards, "test_boards.py", cwd=PAGE)
    assert "6 passed" in said
    lab.client("-p", "bench1", "release")
    assert "acquired: None" in lab.client("-p", "bench1", "show")


def test_the_driver_at_a_virtual_board(tmp_path):
    lab = Lab(tmp_path, 0)
    here = Path(__file__).parent
    alone = ["--noconftest", "-c", os.devnull, "--rootdir", here, "-p", "no:cacheprovider", "-q"]
    said = lab.done("pytest", *alone, "--lg-env", here / "desk.yaml", here / "at_the_driver.py")
    assert "passed" in said
    assert "skipped" not in said


def test_our_own_environment_has_pyserial_itself():
    """labgrid's fork replaces it where both are installed."""
    code = "import importlib.metadata as m; print(m.version('pyserial'))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
