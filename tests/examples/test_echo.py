# SPDX-License-Identifier: MIT
"""examples/echo: what is typed comes back, letters in the other case; ESC gives the prompt."""

from __future__ import annotations

from asm816 import assemble


def test_it_gives_back_what_is_typed(examples, booted):
    program = assemble(examples / "echo" / "echo.asm")
    board = booted("qbx")
    board.load(program.image)
    line = board.serial(3)
    line.take()
    board.jml(program.symbols["start"])
    line.send(b"Hello, World! 0123456789 @[`{\r")
    board.run(seconds=0.05)
    assert line.take() == b"\x11hELLO, wORLD! 0123456789 @[`{\r"  # an XON before the first, as ever
    line.send(b"\x1b")
    board.run(seconds=0.3)
    said = line.take()
    assert said.startswith(b"\r\rPCntr ")
    assert said.endswith(b"\r>")
    assert (program.image.first, program.image.size) == (0x00B6, 33)
