# SPDX-License-Identifier: MIT
"""The documents say what the tree holds, and the tree speaks of itself alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = ("asm816", "emu", "sxb")
MADE = {"emu/cpu/fast.py"}  # by the build; not in the sources


def sources():
    found = {
        str(path.relative_to(PROJECT)).replace("\\", "/")
        for package in PACKAGES
        for path in (PROJECT / package).rglob("*")
        if path.suffix in (".py", ".lark", ".asm", ".inc") and "__pycache__" not in path.parts
    }
    return sorted(found - MADE)


@pytest.mark.parametrize("file", sources())
def test_every_file_has_its_line_in_the_architecture(file):
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert f"`{file}`" in text


def test_the_architecture_names_no_file_that_is_gone():
    text = (PROJECT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:asm816|emu|sxb)/[\w/]+\.(?:py|lark|asm|inc))`", text)
    assert sorted(set(named)) == sources()


@pytest.mark.parametrize("file", [f for f in sources() if f.endswith(".py")])
def test_every_module_says_what_it_is(file):
    lines = (PROJECT / file).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "# SPDX-License-Identifier: MIT"
    assert lines[1].startswith('"""')


@pytest.mark.parametrize("file", [f for f in sources() if f.endswith(".py")])
def test_no_file_is_too_long_to_read(file):
    tables = {"emu/cpu/core.py", "asm816/target/isa.py", "asm816/target/monitor.py", "sxb/errors.py"}
    length = len((PROJECT / file).read_text(encoding="utf-8").splitlines())
    assert length <= 600 or file in tables
