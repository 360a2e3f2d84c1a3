# SPDX-License-Identifier: MIT
from __future__ import annotations

import json

import pytest

from sxb import config, errors
from sxb.cli import main
from sxb.config import read_config, settings

FULL = """
port = "/dev/ttyUSB0"
timeout = "250ms"

[profiles.bench]
port = "rfc2217://bench:4000"
board = "sxb"
wait = false
led = "low"
rom = "fixed"

[profiles.desk]
timeout = 2
dtr = "off"
"""


def test_without_profile():
    assert settings(FULL, "f") == {"port": "/dev/ttyUSB0", "timeout": 0.25}


def test_a_profile_goes_over_the_rest():
    assert settings(FULL, "f", "bench") == {
        "port": "rfc2217://bench:4000",
        "timeout": 0.25,
        "board": "sxb",
        "wait": False,
        "led": "low",
        "rom": "fixed",
    }
    assert settings(FULL, "f", "desk") == {"port": "/dev/ttyUSB0", "timeout": 2.0, "dtr": "off"}


def test_the_file_may_name_the_profile():
    assert settings(f'profile = "desk"\n{FULL}', "f")["dtr"] == "off"
    assert settings(f'profile = "desk"\n{FULL}', "f", "bench")["board"] == "sxb"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("port = 3", "port"),
        ('port = ""', "port"),
        ('prot = "x"', "prot"),
        ('board = "uno"', "board"),
        ('timeout = "soon"', "timeout"),
        ("timeout = 0", "timeout"),
        ("timeout = nan", "timeout"),
        ("timeout = true", "timeout"),
        ('wait = "yes"', "wait"),
        ('flow = "dtrdsr"', "flow"),
        ('dtr = "1"', "dtr"),
        ('led = "bright"', "led"),
        ("profile = 1", "profile"),
        ("profiles = 1", "profiles"),
        ("[profiles]\nbench = 1", "profiles.bench"),
        ("[profiles.bench]\nport = 3", "profiles.bench.port"),
        ("[profiles.bench.more]\nport = 3", "profiles.bench.more"),
    ],
)
def test_errors_name_file_and_key(text, key):
    with pytest.raises(errors.BadInputError) as caught:
        settings(text, "the/file.toml")
    assert caught.value.sentence.startswith(f"the/file.toml: {key} ")
    assert caught.value.exit_code == 1


def test_what_is_no_toml_is_named_with_its_line():
    with pytest.raises(errors.BadInputError, match=r"the/file.toml: .*line 2"):
        settings("board = 'qbx'\nport = \n", "the/file.toml")


@pytest.mark.parametrize("text", ["", FULL])
def test_a_profile_that_is_not_there(text):
    with pytest.raises(errors.UsageError, match="no profile lab"):
        settings(text, "f", "lab")


def test_no_file_no_settings(tmp_path):
    assert read_config(tmp_path / "nowhere") == {}
    with pytest.raises(errors.UsageError):
        read_config(tmp_path / "nowhere", "bench")


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(errors.FileAccessError):
        read_config(tmp_path)
    (tmp_path / "f").write_bytes(b"\xff\xfe")
    with pytest.raises(errors.BadInputError, match="UTF-8"):
        read_config(tmp_path / "f")


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Writes the configuration file that the commands read."""
    monkeypatch.delenv("SXB_PORT", raising=False)
    monkeypatch.setenv(config.FILE_VARIABLE, str(tmp_path / "config.toml"))
    return lambda text: (tmp_path / "config.toml").write_text(text, encoding="utf-8")


def test_the_commands_take_their_port_from_it(written, capsys, monkeypatch):
    written('port = "/dev/nowhere1"\n[profiles.bench]\nport = "/dev/nowhere2"\n')
    assert main(["regs"]) == 10
    assert "/dev/nowhere1" in capsys.readouterr().err
    assert main(["regs", "--profile", "bench"]) == 10
    assert "/dev/nowhere2" in capsys.readouterr().err
    monkeypatch.setenv("SXB_PROFILE", "bench")
    assert main(["regs"]) == 10
    assert "/dev/nowhere2" in capsys.readouterr().err


def test_command_line_and_environment_go_first(written, capsys, monkeypatch):
    written('port = "/dev/nowhere1"\n')
    monkeypatch.setenv("SXB_PORT", "/dev/nowhere2")
    assert main(["regs"]) == 10
    assert "/dev/nowhere2" in capsys.readouterr().err
    assert main(["regs", "--port", "/dev/nowhere3"]) == 10
    assert "/dev/nowhere3" in capsys.readouterr().err


def test_a_broken_file_fails_the_command_but_not_its_help(written, capsys):
    written("port = 3\n")
    assert main(["regs", "--json"]) == 1
    out, err = capsys.readouterr()
    assert "config.toml: port must be a text" in err
    assert json.loads(out)["code"] == "S0112"
    assert main(["regs", "--help"]) == 0


def test_every_key_is_an_option():
    from sxb.commands.go import command

    options = {parameter.name: parameter.opts for parameter in command.params}
    for name, key in config.KEYS.items():
        assert f"--{name}" in options[key.parameter or name]
