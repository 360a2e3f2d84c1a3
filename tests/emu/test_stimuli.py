# SPDX-License-Identifier: MIT
"""Pins driven from outside, now and later."""

from __future__ import annotations

import math

import pytest

from emu import EmuError


def test_a_level_put_on_an_input_is_read(small_board):
    board = small_board("AD20DF 8540 80F9")  # loop: lda PD4; sta 40
    board.run(cycles=200)
    assert board.memory[0x40] == 0xFF
    board.drive("P42", 0)
    board.run(cycles=20)
    assert board.memory[0x40] == 0xFB
    assert board.pin("P42").level == 0


def test_planned_levels_come_in_their_cycle(small_board):
    board = small_board("80FE")
    board.run(cycles=1000)
    start = board.cycle
    plan = [(start + 17, 0), (start + 18, 1), (start + 500, 0)]
    for cycle, level in reversed(plan):
        board.drive("P50", level, at_cycle=cycle)
    board.run(cycles=600)
    assert board.pin("P50").edges == plan


def test_planned_levels_come_at_their_time(small_board):
    board = small_board("80FE")
    board.run(cycles=1000)
    board.drive("P50", 0, at_seconds=board.seconds + 0.001)
    board.drive("P50", 1, at_seconds=board.seconds + 0.003)
    board.run(seconds=0.005)
    first, second = board.pin("P50").ticks
    assert (second - first) / board.chip.clocks.tick_hz == pytest.approx(0.002, abs=1 / 3_686_400)


def test_a_cycle_stays_that_cycle_when_phi2_changes_before(small_board):
    board = small_board("80FE")  # the ROM goes from 32768 Hz to FCLK within the first 60 cycles
    at = board.cycle + 400
    board.drive("P50", 0, at_cycle=at)
    board.drive("P51", 0, at_seconds=0.0099)
    board.run(seconds=0.02)
    assert board.pin("P50").edges == [(at, 0)]
    (tick,) = board.pin("P51").ticks
    assert tick / board.chip.clocks.tick_hz == pytest.approx(0.0099, abs=1e-6)


def test_an_edge_asks_for_an_interrupt_in_its_cycle(small_board):
    # EIER = 02 (NE57); native; cli; loop
    board = small_board("A902 8D47DF 58 80FE")
    board.run(cycles=400)
    at = board.cycle + 50
    board.drive("P57", 0, at_cycle=at)
    board.run(cycles=40)
    assert board.peek(0xDF45) & 2 == 0
    board.run(cycles=15)
    assert board.peek(0xDF45) & 2


@pytest.mark.parametrize(
    ("name", "level", "times", "code"),
    [
        ("P99", 0, {}, "E2005"),
        ("D13", 0, {}, "E2005"),
        ("P70", 0, {}, "E2075"),
        ("TG0", 0, {}, "E2075"),
        ("P50", 2, {}, "E2076"),
        ("P50", None, {}, "E2076"),
        ("P50", 0, {"at_cycle": 0}, "E2077"),
        ("P50", 0, {"at_cycle": 1e6}, "E2077"),
        ("P50", 0, {"at_seconds": 0.0}, "E2077"),
        ("P50", 0, {"at_seconds": math.nan}, "E2070"),
        ("P50", 0, {"at_seconds": -1.0}, "E2070"),
        ("P50", 0, {"at_cycle": 10**6, "at_seconds": 1.0}, "E2077"),
    ],
)
def test_mistakes_are_named(small_board, name, level, times, code):
    board = small_board("80FE")
    board.run(cycles=100)
    before = board.snapshot()
    with pytest.raises(EmuError) as caught:
        board.drive(name, level, **times)
    assert caught.value.code == code
    assert board.snapshot() == before
