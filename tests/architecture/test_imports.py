# SPDX-License-Identifier: MIT
"""Who loads what: starts are quick, edges stay at the edge, nothing POSIX-only is imported unasked."""

from __future__ import annotations

import subprocess
import sys

import pytest

ABSENT = {
    "asm816.target.isa": ["lark", "intelhex", "serial", "textual", "click", "rich"],
    "asm816.target.boards": ["lark", "intelhex", "serial", "textual", "click", "rich"],
    "asm816": ["lark", "intelhex", "serial", "textual", "click", "rich"],
    "asm816.assembler": ["lark", "intelhex", "serial", "click", "rich", "dataclasses", "inspect"],
    "emu": ["lark", "intelhex", "serial", "textual", "click", "rich"],
    "emu.board": ["lark", "serial", "textual", "click", "rich"],
    "emu.cli": ["lark", "intelhex", "serial", "textual", "emu.board", "vcd", "matplotlib"],
    "emu.probes.plot": ["matplotlib", "numpy"],
    "emu.probes.vcd": ["vcd", "matplotlib"],
    "sxb": ["lark", "intelhex", "serial", "textual", "click", "rich"],
    "sxb.cli": ["lark", "intelhex", "serial", "textual"],
    "sxb.dialogue": ["lark", "serial", "textual", "click", "rich", "emu.board"],
    "asm816.cli": ["lark", "intelhex", "serial", "textual", "emu", "click", "rich", "inspect"],
}

POSIX_ONLY = ["termios", "pty", "tty", "fcntl", "pwd", "grp", "resource"]


def python(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)


@pytest.mark.parametrize("module", ABSENT)
def test_importing_a_module_loads_only_what_it_needs(module):
    ran = python(f"import {module}, sys; print(*[m for m in {ABSENT[module]} if m in sys.modules])")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == ""


@pytest.mark.parametrize(
    "module",
    [
        "asm816.cli",
        "asm816.dis_cli",
        "emu.cli",
        "emu.board",
        "emu.running",
        "emu.serve.tcp",
        "sxb.cli",
        "sxb.loading",
        "sxb.options",
        "sxb.ports",
    ],
)
def test_nothing_posix_only_is_needed(module):
    block = f"import sys; sys.modules.update(dict.fromkeys({POSIX_ONLY}))"
    ran = python(f"{block}; import {module}")
    assert ran.returncode == 0, ran.stderr


def test_public_names():
    import asm816
    import emu
    import sxb

    assert asm816.__all__ == ["AsmError", "Assembly", "Image", "assemble"]
    assert emu.__all__ == ["Board", "EmuError", "PinEdge", "PinLevel", "Registers", "Stop"]
    assert {"connect", "Monitor", "SxbError"} <= set(sxb.__all__)
    for package in (asm816, emu, sxb):
        for name in package.__all__:
            assert getattr(package, name).__name__ == name
        with pytest.raises(AttributeError):
            _ = package.no_such_name
