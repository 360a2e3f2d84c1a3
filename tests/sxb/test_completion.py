# SPDX-License-Identifier: MIT
"""The shells complete our command lines: asked the way their scripts ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from sxb.cli import COMMANDS, SHELLS, main
from sxb.ports import PortInfo

SXB = "import sys; from sxb.cli import main; sys.argv[0] = 'sxb'; sys.exit(main())"


def completed(line: str, **environment: str) -> list[str]:
    """What is offered for the last word of `line`, by bash's protocol."""
    words = line.split(" ")
    asking = {"_SXB_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    ran = subprocess.run(
        [sys.executable, "-c", SXB],
        env={**os.environ, **asking, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return [answer.partition(",")[2] for answer in ran.stdout.split()]


def test_commands():
    assert completed("sxb re") == [name for name in COMMANDS if name.startswith("re")]
    assert set(completed("sxb ")) == set(COMMANDS)


def test_options_and_their_values():
    assert "--port" in completed("sxb go --p")
    assert completed("sxb go --board ") == ["qbx", "sxb"]
    assert completed("sxb go --flow x") == ["xonxoff"]


def test_ports():
    assert completed("sxb go --port emu:") == ["emu:qbx", "emu:sxb"]


def test_a_broken_configuration_is_no_hindrance(tmp_path):
    broken = tmp_path / "config.toml"
    broken.write_text("port = 3\n", encoding="ascii")
    assert completed("sxb go --board q", MENSCH816_CONFIG=str(broken)) == ["qbx"]


def test_ports_are_offered_with_what_they_are(monkeypatch):
    from sxb.options import _complete_ports

    monkeypatch.setattr("sxb.ports.system_ports", lambda: (PortInfo("/dev/ttyUSB0", "FT232R"),))
    assert [(item.value, item.help) for item in _complete_ports(None, None, "/dev")] == [
        ("/dev/ttyUSB0", "FT232R")
    ]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell(shell, capsys):
    assert main(["--completion", shell]) == 0
    script = capsys.readouterr().out
    assert f"_SXB_COMPLETE={shell}_complete" in script
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed: its syntax is not checked")
    checked = subprocess.run([program, "-n"], input=script, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


def test_an_unknown_shell(capsys):
    assert main(["--completion", "tcsh"]) == 2
    assert "bash" in capsys.readouterr().err
