# SPDX-License-Identifier: MIT
"""examples/counter: port 0 counts, each step in the cycle that the opcode table says."""

from __future__ import annotations

import pytest

from asm816 import assemble


@pytest.fixture(scope="module")
def program(examples):
    return assemble(examples / "counter" / "counter.asm")


def test_it_counts_to_the_cycle(program, cycles, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    since = board.cycle + 100  # the first edges make the pins outputs
    board.run(seconds=2)
    turns = int.from_bytes(program.image.window(program.symbols["next"] + 1, 2), "little")
    step = cycles("ldx#") + turns * cycles("dex bne+") + cycles("bne") - cycles("bne+") + cycles("inc_a bra")
    first = next(clock for clock, level in board.pin("P00").edges if level and clock > since)
    steps = (board.cycle - first) // step + 1
    assert steps == 32
    for bit in range(8):
        expected = [
            (first + (count - 1) * step, count >> bit & 1)
            for count in range(1, steps + 1)
            if (count ^ count - 1) >> bit & 1
        ]
        edges = [edge for edge in board.pin(f"P0{bit}").edges if edge[0] >= first]
        assert edges == expected


def test_it_fits_the_free_ram(program):
    assert (program.image.first, program.image.size) == (0x00B6, 31)
