# SPDX-License-Identifier: MIT
"""LED line and waveforms."""

from __future__ import annotations

import pytest

from emu.probes.ledline import led_line
from emu.probes.waveform import changing_pins, render


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


def test_the_period_is_right_where_phi2_has_changed_since(small_board):
    # stz PCS7; PHI2 = CLK; 100 times: inc PD7, dex, bne; PHI2 = FCLK; stop there
    board = small_board("9C27DF A9F9 8D41DF A264 EE23DF CA D0FA A9FB 8D41DF 80FE")
    board.run(seconds=0.2)
    assert board.phi2_hz == 3_686_400
    assert board.pin("P70").frequency == pytest.approx(32_768 / 22)
    line = render(board, 0, board.cycle)[0]
    assert line.startswith("LED0 P70")
    assert f"{22 * 1000 / 32_768:.3f} ms period, 50% high" in line
