# SPDX-License-Identifier: MIT
"""`emu816 serve --rfc2217` and the commands that stay on a line for long, over the network's loopback."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import contextmanager

import pytest

from emu.rom import rom_image
from sxb import turbo
from sxb.cli import main
from sxb.romdump import PIECE, PartFile

pytestmark = pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # pyserial's own


@contextmanager
def served(*arguments):
    """The URL of a board served by another process."""
    command = "import sys; from emu.cli import main; sys.exit(main())"
    arguments = ["serve", "--rfc2217", "127.0.0.1:0", *arguments]
    server = subprocess.Popen([sys.executable, "-c", command, *arguments], stdout=subprocess.PIPE, text=True)
    try:
        yield re.search(r"rfc2217://[0-9.:]+", server.stdout.readline())[0]
    finally:
        server.terminate()
        server.wait(20)
        server.stdout.close()


@pytest.fixture
def port():
    """The URL of a board served at full speed."""
    with served("--speed", "max") as url:
        yield url


def test_a_rom_dump_is_continued(port, tmp_path, capsys):
    rom = rom_image("quirks")
    output = tmp_path / "rom.bin"
    PartFile(output).write(rom[: 31 * PIECE])
    assert main(["dump-rom", "-o", str(output), "--port", port, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["resumed"] == 31 * PIECE
    assert output.read_bytes() == rom


def test_a_journal_from_the_network_is_replayed(port, tmp_path, capsys):
    log = tmp_path / "log.jsonl"
    assert main(["regs", "--port", port]) == 0  # it has booted: what follows is not a matter of time
    assert main(["regs", "A=0x1234", "--port", port, "--log", str(log)]) == 0
    capsys.readouterr()
    assert main(["regs", "A=0x1234", "--port", f"replay:{log}"]) == 0
    assert "A 1234" in capsys.readouterr().out
    assert main(["regs", "A=0x1235", "--port", f"replay:{log}"]) == 14


def test_a_script_of_the_terminal(port, capsys):
    assert (
        main(["term", "--port", port, "--send", "*", "--expect", "ROM", "--send", "R", "--expect", "PCntr"])
        == 0
    )
    assert "PCntr" in capsys.readouterr().out


@pytest.mark.parametrize("speed", ["real", "max"])
def test_turbo_sets_the_rate_of_the_far_port(speed, tmp_path, capsys):
    """At full speed the board's patience may be over before the network's; then records do it, and that is said."""
    program = tmp_path / "program.bin"
    program.write_bytes(bytes(n * 7 & 0xFF for n in range(1500)))
    with served("--board", "sxb", "--speed", speed) as port:
        assert main(["load", f"{program}@0x0200", "--port", port, "--turbo", "on", "--json"]) == 0
        said = capsys.readouterr()
        result = json.loads(said.out)
        assert result["verified"]
        assert result["turbo"] in turbo.RATES or "turbo does not get through" in said.err
        assert main(["verify", f"{program}@0x0200", "--port", port]) == 0  # at the monitor's rate again
