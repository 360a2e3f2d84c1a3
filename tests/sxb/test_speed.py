# SPDX-License-Identifier: MIT
"""A program changed T4 and came back to the monitor: the next command finds it and brings it back."""

from __future__ import annotations

import pytest

from asm816.image import image_of
from asm816.target.monitor import BAUD
from asm816.target.registers import BY_NAME
from emu import Board
from sxb import connect, errors, speed
from sxb.speed import SEARCHED

T4 = BY_NAME["T4LL"].address
AT_9600 = 23
"""At 3.6864 MHz: 9600 * 16 * 24."""


@pytest.fixture(scope="module", params=["quirks", "fixed"])
def booted(request):
    board = Board("qbx", rom=request.param)
    board.boot()
    board.serial(3).take()
    return board


@pytest.fixture
def board(booted):
    return booted.copy()


@pytest.mark.parametrize("baud", SEARCHED)
def test_every_rate_is_found_and_left(board, baud):
    board.chip.write(T4, (AT_9600 + 1) * BAUD // baud - 1)
    said = []
    with connect(board, notice=said.append) as monitor:
        assert monitor.found_at == baud
        assert monitor.read(T4, 2) == bytes([AT_9600, 0])
        assert monitor.line.baud == BAUD
    told = [notice.sentence for notice in said if notice.code == "speed"]
    assert told == [f"the monitor is at {baud} baud: a program has changed T4; bringing it back to 9600"]


def test_a_program_that_does_it(board):
    """LDA #5, STA T4LL, RTL: 38400 baud; the dump of the registers comes at that rate."""
    program = bytes([0xA9, 5, 0x8D, T4 & 0xFF, T4 >> 8, 0x6B])
    with connect(board) as monitor:
        monitor.load(image_of([(0xB6, program)]))
        with pytest.raises(errors.ProgramFailedError):
            monitor.call(0xB6, seconds=0.5)
        assert monitor.registers()
        assert monitor.found_at == 38_400


def test_what_cannot_be_brought_back_is_said(board, monkeypatch):
    monkeypatch.setattr(speed, "_set_low", lambda _value: speed.point(T4))
    board.chip.write(T4, 11)
    with pytest.raises(errors.NotTheMonitorError, match=r"talks at 19200 baud.* reset") as caught:
        connect(board)
    assert caught.value.code == "S1206"


def test_at_a_rate_that_nobody_sets_reset_is_asked_for(board):
    board.chip.write(T4, 255)  # 900 baud
    with pytest.raises(errors.SxbError) as caught:
        connect(board)
    assert caught.value.code in errors.RESET_HELPS


def test_a_board_that_is_silent_for_another_reason_is_told_of_as_such(board):
    board.load(image_of([(0xB6, bytes.fromhex("7880FE"))]))  # SEI, BRA to itself
    board.jml(0xB6)
    with pytest.raises(errors.NoAnswerError) as caught:
        connect(board)
    assert caught.value.code == "S1101"
