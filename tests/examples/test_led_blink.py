# SPDX-License-Identifier: MIT
"""examples/led_blink: every LED edge in the cycle that the opcode table says."""

from __future__ import annotations

import pytest

from asm816 import assemble

LOWER = ["P70", "P71", "P72", "P73"]
UPPER = ["P74", "P75", "P76", "P77"]
START = "sei clc xce sep# rep# stz_a stz_a lda# sta_a lda#"
SHOW = "sta_a"


@pytest.fixture(scope="module")
def program(examples):
    return assemble(examples / "led_blink" / "led_blink.asm")


@pytest.fixture(scope="module")
def half_period(program, cycles):
    turns = program.image.window(program.symbols["sixteenth"] + 1, 2)
    loops = int.from_bytes(turns, "little")
    inner = loops * cycles("dex bne+") + cycles("bne") - cycles("bne+")
    outer = 4 * (cycles("ldx#") + inner + cycles("dey bne+")) + cycles("bne") - cycles("bne+")
    return cycles("sta_a sta_a ldy#") + outer + cycles("eor# bra")


def test_size_and_place(program):
    assert program.ok
    assert (program.image.first, program.image.size) == (0x00B6, 42)
    assert program.image.size <= 74


def test_the_period_is_half_a_second(half_period):
    assert half_period == 921_603
    assert half_period / 3_686_400 == pytest.approx(0.25, rel=1e-5)


@pytest.mark.parametrize("name", ["qbx", "sxb"])
def test_leds_blink_to_the_cycle(program, half_period, cycles, booted, name):
    board = booted(name)
    board.load(program.image)
    board.jml(program.symbols["start"])
    start = board.cycle
    board.run(seconds=2)
    first = start + cycles(START + " " + SHOW)
    turns = [first + n * half_period for n in range(8)]
    pins_off = start + cycles("sei clc xce sep# rep# stz_a")  # P72 showed PD7 = FF until then, others CS

    for pin in LOWER:
        edges = [(c, level) for c, level in board.pin(pin).edges if c > pins_off]
        assert edges == [(turn, 1 - n % 2) for n, turn in enumerate(turns) if n]
    for pin in UPPER:
        edges = [(c, level) for c, level in board.pin(pin).edges if c > pins_off]
        assert edges == [(turn, n % 2) for n, turn in enumerate(turns)]


def test_external_leds_have_opposite_levels(program, half_period, cycles, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    start = board.cycle
    board.run(seconds=1)
    first = start + cycles(START + " sta_a sta_a")
    directed = start + cycles("sei clc xce sep# rep# stz_a stz_a lda# sta_a")
    p03 = [edge for edge in board.pin("P03").edges if edge[0] > directed]
    p04 = [edge for edge in board.pin("P04").edges if edge[0] > directed]
    assert [c for c, _ in p03[-3:]] == [first + n * half_period for n in (1, 2, 3)]
    assert [c for c, _ in p04[-3:]] == [c for c, _ in p03[-3:]]
    assert [level for _, level in p03[-3:]] == [1 - level for _, level in p04[-3:]]


def test_the_leds_of_the_mensch_show_two_groups(program, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    board.run(seconds=0.1)
    assert board.leds == [True] * 4 + [False] * 4
    board.run(seconds=0.25)
    assert board.leds == [False] * 4 + [True] * 4
