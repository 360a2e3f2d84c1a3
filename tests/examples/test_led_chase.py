# SPDX-License-Identifier: MIT
"""examples/led_chase: one lit LED at a time, each edge in the cycle that the opcode table says."""

from __future__ import annotations

import pytest

from asm816 import assemble


@pytest.fixture(scope="module")
def program(examples):
    return assemble(examples / "led_chase" / "led_chase.asm")


def test_the_light_runs_to_the_cycle(program, cycles, booted):
    turns = int.from_bytes(program.image.window(program.symbols["sixteenth"] + 1, 2), "little")
    inner = turns * cycles("dex bne+") + cycles("bne") - cycles("bne+")
    delay = (
        cycles("ldy#") + 2 * (cycles("ldx#") + inner + cycles("dey bne+")) + cycles("bne") - cycles("bne+")
    )
    step = delay + cycles("asl bne+ sta_a")
    wrap = delay + cycles("asl bne bra lda# sta_a")

    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    clock = board.cycle + cycles("sei clc xce sep# rep# stz_a lda# sta_a")
    board.run(seconds=2)
    expected = {n: [] for n in range(8)}
    for position in range(20):
        if clock > board.cycle:
            break
        if position:
            expected[(position - 1) % 8].append((clock, 0))
            expected[position % 8].append((clock, 1))
        clock += wrap if position % 8 == 7 else step
    for n in range(8):
        first = expected[n][0][0]
        assert [edge for edge in board.pin(f"P7{n}").edges if edge[0] >= first] == expected[n]
    assert sum(board.leds) == 1


def test_it_fits_the_free_ram(program):
    assert (program.image.first, program.image.size) == (0x00B6, 32)
