# SPDX-License-Identifier: MIT
"""examples/clock: a time each second, until a key is pressed."""

from __future__ import annotations

from itertools import pairwise

from asm816 import assemble
from asm816.target.monitor import CELLS


def test_the_time_is_shown_each_second(examples, booted):
    program = assemble(examples / "clock" / "clock.asm")
    board = booted("qbx")
    board.load(program.image)
    board.memory[CELLS["DAYWK"] : CELLS["SECS"] + 1] = bytes((5, 7, 1, 93, 23, 59, 57))
    board.memory[CELLS["FLAGS"]] = 0
    line = board.serial(3)
    line.take()
    start = len(line.log)
    board.jml(program.symbols["start"])
    board.run(seconds=4.1)
    times = line.take().split(b"\r")[1:]
    assert times[:4] == [b"23:59:57", b"23:59:58", b"23:59:59", b"00:00:00"]
    begun = [clock for clock, byte in line.log[start:] if byte == 0x0D][1:]
    for before, after in pairwise(begun):
        assert abs(after - before - 3_686_400) < 1000  # a second of PHI2; less than a turn of the loop
    line.send(b"x")
    board.run(seconds=0.3)
    assert line.take().endswith(b"\r>")
    assert (program.image.first, program.image.size) == (0x00B6, 46)
