# SPDX-License-Identifier: MIT
"""examples/hello: the text is on the serial line, then the monitor's prompt."""

from __future__ import annotations

from asm816 import assemble


def test_it_says_hello_and_gives_the_prompt_back(examples, booted):
    program = assemble(examples / "hello" / "hello.asm")
    board = booted("qbx")
    board.load(program.image)
    board.serial(3).take()
    board.jml(program.symbols["start"])
    board.run(seconds=0.3)
    said = board.serial(3).take()
    assert said.startswith(b"\rHello, world!\r\r\rPCntr ")
    assert b"\r00:00C1   00 00  00 C1  00 00  01 FF  \r" in said
    assert said.endswith(b"\r>")
    assert (program.image.first, program.image.size) == (0x00B6, 27)
