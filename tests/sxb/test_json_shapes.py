# SPDX-License-Identifier: MIT
"""What `--json` prints, command by command: scripts of others rely on these keys.  Add some, change none."""

from __future__ import annotations

import json

import pytest

from sxb.cli import main

LOAD = {"port", "bytes", "records", "resent", "kept", "turbo", "seconds", "verified", "unproven"}
REGISTERS = {"pc", "pbr", "a", "x", "y", "s", "d", "p", "dbr"}
SHAPES = {
    "load": (["load", "{file}"], LOAD),
    "run": (["run", "{file}", "--for", "1ms"], LOAD | {"start", "serial", "leds", "edges"}),
    "verify": (["verify", "{zeros}"], {"port", "bytes", "equal"}),
    "go": (["go", "0x00b6"], {"port", "start", "serial"}),
    "go --until": (["go", "0x00b6", "--until", "0x00b6"], {"port", "start", "registers"}),
    "call": (["call", "0xe07b"], {"port", "start", "registers", "serial"}),
    "step": (["step", "0x00b6"], {"port", "steps", "registers"}),
    "regs": (["regs"], {"port", "registers"}),
    "read": (["read", "0x00b6", "2"], {"port", "address", "length", "hex"}),
    "write": (["write", "0x00b6", "11"], {"port", "address", "length"}),
    "fill": (["fill", "0x00b6", "2", "0"], {"port", "address", "length", "byte"}),
    "dis": (["dis", "0xe000", "3"], {"port", "address", "length", "instructions"}),
    "info": (
        ["info"],
        {"port", "version", "banner", "crystal_hz", "clock", "board", "free", "registers"},
    ),
}
"""Per command: what is typed, and the keys of the object that comes."""


@pytest.mark.parametrize("name", SHAPES)
def test_the_keys_of_a_result(name, tmp_path, capsys):
    arguments, keys = SHAPES[name]
    files = {"file": tmp_path / "spin.bin", "zeros": tmp_path / "zeros.bin"}
    files["file"].write_bytes(b"\x80\xfe")
    files["zeros"].write_bytes(bytes(2))
    typed = [
        argument.format_map({key: f"{path}@0x00b6" for key, path in files.items()}) for argument in arguments
    ]
    assert main([*typed, "--port", "emu:", "--json"]) == 0
    values = json.loads(capsys.readouterr().out)
    assert set(values) == keys
    if "registers" in keys:
        assert set(values["registers"]) == REGISTERS
