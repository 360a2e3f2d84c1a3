# SPDX-License-Identifier: MIT
"""A cable as people hold it: sending and waiting in emulated time."""

from __future__ import annotations

import pytest

from emu import EmuError
from emu.chip.frames import Format


@pytest.fixture
def echo(small_board):
    board = small_board("echo")
    board.run(seconds=0.01)
    return board


def test_expect_runs_the_board_until_the_text_has_come(echo):
    line = echo.serial(3)
    line.send(b"ready> go")
    start = echo.seconds
    assert line.expect(b"> ") == b"ready> "
    assert echo.seconds - start == pytest.approx(8 * 10 / 9600, abs=0.002)
    assert line.expect("go") == b"go"
    assert line.take() == b""


def test_what_is_there_already_costs_no_time(echo):
    line = echo.serial(3)
    line.send(b"abc")
    echo.run(seconds=0.01)
    before = echo.cycle
    assert line.expect(b"b") == b"ab"
    assert (echo.cycle, line.waiting) == (before, 1)


def test_a_text_that_never_comes_is_an_error_and_nothing_is_lost(echo):
    line = echo.serial(3)
    line.send(b"abc")
    start = echo.seconds
    with pytest.raises(EmuError) as caught:
        line.expect(b"abd", seconds=0.02)
    assert caught.value.code == "E2078"
    assert "abc" in caught.value.hint
    assert echo.seconds - start == pytest.approx(0.02, abs=0.001)
    assert line.expect(b"abc") == b"abc"
    with pytest.raises(EmuError) as caught:
        line.expect(b"x", seconds=0.001)
    assert "nothing came" in caught.value.hint


def test_a_board_that_stopped_answers_nothing(small_board):
    board = small_board("DB")
    with pytest.raises(EmuError) as caught:
        board.serial(3).expect(b"x", seconds=0.01)
    assert caught.value.code == "E2078"


def test_seven_bits_and_parity(small_board):
    # T4 = 0017, TCR = F0, TER = 10, ACSR3 = 39: receiver, 7 bits, even parity, transmitter; echo
    program = (
        "A917 8D68DF A900 8D69DF A9F0 8D42DF A910 8D43DF A939 8D76DF"
        "AD48DF 2940 F0F9 AD77DF 48 AD48DF 2980 F0F9 68 8D77DF 80E8"
    )
    board = small_board(program)
    line = board.serial(3)
    line.framing = Format(7, parity=True, even=True)
    board.run(seconds=0.01)
    line.send(b"7E1 ok")
    assert line.expect(b"ok", seconds=0.1) == b"7E1 ok"
    assert line.bad_frames == 0
    assert (line.framing.data_bits, line.number) == (7, 3)


@pytest.mark.parametrize("baud", [0, -9600, 4_000_001, 9600.5, "9600"])
def test_no_baud_rate(echo, baud):
    with pytest.raises(EmuError) as caught:
        echo.serial(3).baud = baud
    assert (caught.value.code, echo.serial(3).baud) == ("E2082", 9600)
