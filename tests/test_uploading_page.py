# SPDX-License-Identifier: MIT
"""docs/uploading.md says what the commands do: its tables are held against them, its examples run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from asm816.exitcodes import ExitCode
from sxb.cli import COMMANDS, sxb
from sxb.config import KEYS, settings

PAGE = (Path(__file__).parents[1] / "docs" / "uploading.md").read_text(encoding="utf-8")


def test_every_command_is_there():
    assert all(f"`sxb {name}" in PAGE for name in COMMANDS)


def test_every_option_that_it_names_exists():
    named = set(re.findall(r"--[a-z][a-z-]+", PAGE)) - {"--debug-info"}  # asm816's
    known = {option for parameter in sxb.params for option in parameter.opts}
    for name in COMMANDS:
        command = sxb.get_command(None, name)
        known |= {o for parameter in command.params for o in (*parameter.opts, *parameter.secondary_opts)}
    assert named <= known


def test_its_exit_codes_are_all_exit_codes():
    rows = re.findall(r"^\| (\d+) \| [a-zA-Z]", PAGE, re.MULTILINE)
    assert [int(row) for row in rows] == [int(code) for code in ExitCode]


def test_its_keys_are_those_of_the_configuration_file():
    table = PAGE[PAGE.index("| key | |") :]
    assert set(re.findall(r"`([a-z]+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)))) == set(
        KEYS
    )


def test_its_configuration_is_one():
    (text,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    assert settings(text, "f", "bench")["timeout"] == 3.0


def test_its_console_block_is_true():
    (block,) = re.findall(r"```console\n\$ sxb (.*?)\n(.*?)```", PAGE, re.DOTALL)
    code = "import sys; from sxb.cli import main; sys.exit(main())"
    ran = subprocess.run(
        [sys.executable, "-c", code, *block[0].split()], capture_output=True, text=True, check=False
    )
    assert ran.stdout + ran.stderr == block[1]


def test_its_python_runs(capsys):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    exec(code, {})  # noqa: S102 - the page's own example
    assert capsys.readouterr().out == "ea ea ea ea 57527\n"
