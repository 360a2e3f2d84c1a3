# SPDX-License-Identifier: MIT
"""LED line and waveforms."""

from __future__ import annotations

import pytest

from emu.probes.ledline import led_line
from emu.probes.waveform import changing_pins, render, rhythm
from emu.wires import Wire


def square(high: int, low: int, count: int, start: int = 0) -> Wire:
    wire = Wire("P70", level=0)
    for n in range(count):
        wire.drive(1, start + n * (high + low))
        wire.drive(0, start + n * (high + low) + high)
    return wire


def test_rhythm_is_the_mean_over_whole_periods():
    found = rhythm(square(30, 70, 5, start=13), 0, 1000)
    assert (found.edges, found.period, found.high) == (10, 100.0, 30.0)


@pytest.mark.parametrize(("start", "end", "edges"), [(0, 20, 1), (0, 95, 2), (500, 600, 0)])
def test_without_a_whole_period_there_is_none(start, end, edges):
    assert rhythm(square(30, 70, 3), start, end) == type(rhythm(Wire("x"), 0, 1))(edges, None, None)


def test_led_line_shows_the_highest_led_first(small_board):
    board = small_board("9C27DF A90F 8D23DF DB")
    board.run(seconds=0.1)
    assert led_line(board) == "LED 7-0  ○ ○ ○ ○ ● ● ● ●"
    assert led_line(board, ascii_only=True) == "LED 7-0  . . . . # # # #"


def test_led_line_of_one_led(small_board):
    board = small_board("9C27DF 9C23DF DB", "sxb")
    board.run(seconds=0.1)
    assert led_line(board) == "LED 0  ●"


def test_a_waveform_has_the_width_asked_for_and_the_real_period(small_board):
    # stz PCS7; loop: sta PD7; eor #ff; ldx #..; dex/bne; bra: A = FB after the start
    board = small_board("9C27DF C210 8D23DF 49FF A20010 CA D0FD 80F3")
    board.run(seconds=0.01)
    start = board.cycle
    board.run(seconds=0.1)
    lines = render(board, start, board.cycle, width=40)
    period = 2 * (4 + 2 + 3 + 0x1000 * 5 - 1 + 3)
    assert len(lines) == 8
    assert lines[0].startswith("LED0 P70  ")
    wave = lines[0].split("  ")[1]
    assert len(wave) == 40
    assert set(wave) <= set("▔▁│")
    assert f"{period * 1000 / 3_686_400:.3f} ms period, 50% high" in lines[0]
    assert [wire.name for wire in changing_pins(board, start, board.cycle)] == [f"P7{n}" for n in range(8)]
    assert render(board, board.cycle, board.cycle + 10) == []


def test_fast_edges_show_as_bars_in_ascii_too(small_board):
    board = small_board("toggle")
    board.run(seconds=0.02)
    end = board.cycle
    assert set(render(board, end - 1000, end, width=10, ascii_only=True)[0].split("  ")[1]) == {"|"}
