# SPDX-License-Identifier: MIT
"""Two processes and a pseudo-terminal: `emu816 serve` and `sxb`, as a person with two terminals uses them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sxb import turbo

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminals", allow_module_level=True)

BLINK = Path(__file__).parents[2] / "examples" / "led_blink" / "led_blink.asm"


def tool(module: str) -> list[str]:
    return [sys.executable, "-c", f"import sys; from {module} import main; sys.exit(main())"]


def sxb(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [*tool("sxb.cli"), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture
def served(tmp_path):
    """A board served at full speed: (its port, its process)."""
    link = tmp_path / "mensch"
    command = [*tool("emu.cli"), "serve", "--link", str(link), "--speed", "max"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert str(link) in server.stdout.readline()
    yield link, server
    server.terminate()
    assert server.wait(20) == 0
    server.stdout.close()


def test_run_a_program_and_reset_the_board(served):
    port, server = served
    ran = sxb("run", BLINK, "--port", port)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[1] == f"port {port}"
    assert "loaded 42 bytes in 1 record, verified" in ran.stdout
    assert "started at 00:00B6" in ran.stdout

    silent = sxb("regs", "--port", port)  # the program took the interrupts away from the monitor
    assert silent.returncode == 11
    assert "reset" in silent.stderr

    server.send_signal(signal.SIGUSR1)
    found = sxb("verify", "--port", port, BLINK)  # RAM survives RESET
    assert found.returncode == 0, found.stderr


def test_a_port_can_be_opened_once(served):
    import serial

    with serial.Serial(str(served[0]), exclusive=True):
        second = sxb("regs", "--port", served[0])
    assert second.returncode == 10
    assert "in use" in second.stderr or "busy" in second.stderr


def test_turbo_over_a_pseudo_terminal_at_real_speed(tmp_path):
    """The port's speed counts on a served board: at a wrong one nothing gets through."""
    link, program = tmp_path / "sxb", tmp_path / "program.bin"
    program.write_bytes(bytes(n * 7 & 0xFF for n in range(1500)))
    command = [*tool("emu.cli"), "serve", "--board", "sxb", "--link", str(link)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert str(link) in server.stdout.readline()
        loaded = sxb("load", f"{program}@0x0200", "--port", link, "--json")
        assert loaded.returncode == 0, loaded.stderr
        result = json.loads(loaded.stdout)
        assert result["verified"]
        assert result["turbo"] in (*turbo.RATES, 9600) or "turbo does not get through" in loaded.stderr
        assert sxb("verify", f"{program}@0x0200", "--port", link).returncode == 0
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()
