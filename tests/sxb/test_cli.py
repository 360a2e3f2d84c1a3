# SPDX-License-Identifier: MIT
"""The command line without a board; `test_end_to_end.py` has the rest."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from sxb import cli
from sxb.cli import COMMANDS, main


@pytest.fixture(autouse=True)
def _no_port_in_the_environment(monkeypatch):
    monkeypatch.delenv("SXB_PORT", raising=False)


def test_help_names_every_command(capsys):
    assert main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f" {name} " in out for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name, capsys):
    assert main([name, "--help"]) == 0
    assert "Usage: sxb" in capsys.readouterr().out


def test_help_loads_no_heavy_library():
    code = (
        "import sys; from sxb.cli import main; main(['--help']);"
        "bad = {'serial', 'textual', 'lark', 'intelhex', 'emu.board', 'rich.progress'} & set(sys.modules);"
        "sys.exit(repr(bad) if bad else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_package_loads_nothing_until_asked():
    code = "import sys, sxb; sys.exit('serial' in sys.modules or 'click' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["fly"],
        ["go"],
        ["go", "b6"],
        ["read", "0x200"],
        ["read", "0x200", "many"],
        ["write", "0x200"],
        ["write", "0x200", "A"],
        ["regs", "Q=1"],
        ["run", "x.hex", "--for", "soon"],
        ["run", "x.hex", "--board", "uno"],
        ["regs", "--timeout", "0"],
        ["regs", "--port", "emu:nothing"],
    ],
)
def test_usage_errors_are_2(arguments, capsys):
    assert main(arguments) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_missing_port_is_10_and_one_line(capsys):
    assert main(["regs", "--port", "/dev/ttyUSB_nowhere"]) == 10
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "there is no port /dev/ttyUSB_nowhere" in err
    assert "[S1002]" in err


FAILURES = (
    (["regs", "--port", "/dev/ttyUSB_nowhere"], 10, "S1002"),
    (["load", "nowhere.hex", "--port", "x"], 3, None),
    (["go"], 2, "USAGE"),
    (["fly"], 2, "USAGE"),
    (["go", "nowhere", "--port", "x"], 2, "S0210"),
    (["fill", "0xb6", "1", "256"], 2, "USAGE"),
    (["regs", "--port", "emu:nothing"], 2, "E2001"),
)


@pytest.mark.parametrize(("arguments", "code", "named"), FAILURES, ids=str)
def test_a_failure_is_an_object_with_json(arguments, code, named, capsys):
    assert main([*arguments, "--json"]) == code
    out, err = capsys.readouterr()
    values = json.loads(out)
    assert set(values) == {"code", "message", "hint", "exit_code"}
    assert values["exit_code"] == code
    assert named in (None, values["code"])
    assert values["message"] in err


def test_errors_of_a_source_are_an_object_with_json(tmp_path, capsys):
    source = tmp_path / "bad.asm"
    source.write_text("  stq 1\n", encoding="ascii")
    assert main(["run", str(source), "--port", "x", "--json"]) == 1
    values = json.loads(capsys.readouterr().out)
    assert values["code"] == "E0721"
    assert "E0205" in values["message"]


def test_without_json_standard_output_stays_empty(capsys):
    assert main(["go", "--", "--json"]) == 2
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("name", COMMANDS)
def test_every_help_page_has_examples_and_fits_into_80_columns(name, capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert main([name, "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith(f" sxb {name}") for line in lines)
    assert max(map(len, lines)) <= 80


def test_port_from_the_environment(capsys, monkeypatch):
    monkeypatch.setenv("SXB_PORT", "/dev/ttyUSB_elsewhere")
    assert main(["regs"]) == 10
    assert "ttyUSB_elsewhere" in capsys.readouterr().err


def test_no_port_at_all_says_how_to_try_without_hardware(capsys, monkeypatch):
    monkeypatch.setattr("sxb.ports.system_ports", lambda: ())
    assert main(["regs"]) == 10
    assert "--port emu:" in capsys.readouterr().err


def test_ports_as_json(capsys):
    assert main(["ports", "--json"]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), list)


def test_ports_for_people(capsys):
    assert main(["ports"]) == 0
    assert "emu:qbx" in capsys.readouterr().out


def test_a_missing_file_is_3_before_any_port_is_opened(capsys):
    assert main(["load", "nowhere.hex", "--port", "/dev/ttyUSB_nowhere"]) == 3
    assert "nowhere.hex" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["fill", "0xdf00", "4", "0"], 16),
        (["write", "0x0000", "11"], 16),
        (["fill", "0xe000", "4", "0"], 13),
        (["fill", "0xffffff", "2", "0"], 2),
        (["write", "0xffffff", "1122"], 2),
        (["read", "0xffffff", "2"], 2),
        (["dis", "0xffffff", "2"], 2),
        (["go", "0x1000000"], 2),
        (["call", "0x1000000"], 2),
    ],
    ids=str,
)
def test_guards_and_ranges_come_before_any_port_is_opened(arguments, code, capsys):
    assert main([*arguments, "--port", "/dev/ttyUSB_nowhere"]) == code
    assert "Traceback" not in capsys.readouterr().err


def test_ctrl_c_before_the_start_is_130(monkeypatch, capsys):
    def interrupted(*_args, **_kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr("sxb.client.open_line", interrupted)
    assert main(["regs", "--port", "x"]) == 130
    assert "interrupted" in capsys.readouterr().err


def test_the_table_of_commands_is_the_folder():
    from pathlib import Path

    files = {path.stem for path in (Path(cli.__file__).parent / "commands").glob("[a-z]*.py")}
    assert files == {name.replace("-", "_") for name in COMMANDS}
