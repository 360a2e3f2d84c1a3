# SPDX-License-Identifier: MIT
"""Which files are offered."""

from __future__ import annotations

from sxb.tui.programs import programs_under


def test_examples_first_then_by_depth(tmp_path):
    for name in ("deep/er/a.asm", "b.hex", "examples/led/led.asm", "c.txt", ".hidden/d.asm", "e.inc"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert programs_under(tmp_path) == ("examples/led/led.asm", "b.hex", "deep/er/a.asm")
    assert programs_under(tmp_path, "LED") == ("examples/led/led.asm",)


def test_a_folder_that_is_not_there_has_none(tmp_path):
    assert programs_under(tmp_path / "none") == ()
