# SPDX-License-Identifier: MIT
"""Boards that do not answer, or not with a prompt: each kind is recognised, named, and waited for.

The boards are virtual and so is their time; RESET is pressed by whoever reads the notice.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from asm816.image import image_of
from asm816.target.registers import BY_NAME
from emu import Board
from sxb import Monitor, connect, errors
from sxb.transport import open_line

AT = 0x00B6

FOREVER = bytes.fromhex("78 CB 80FD")
"""SEI, then WAI for ever: the monitor is gone, as under a blink program, and the emulator sleeps too."""

PRINTING = bytes.fromhex("A92E 224BE000 80F8")
"""LDA #'.', JSL PUT_CHR, again."""


@pytest.fixture(scope="module")
def booted():
    board = Board("qbx")
    board.boot()
    return board


@pytest.fixture
def board(booted):
    return booted.copy()


def start(board, program):
    board.load(image_of([(AT, program)]))
    board.jml(AT)
    board.run(seconds=0.01)
    return board


def reset_when_asked(board, said):
    def hear(notice):
        said.append(notice)
        if notice.code == "waiting":
            board.reset()

    return hear


def test_silence_is_told_within_five_seconds(board):
    start(board, FOREVER)
    begin = board.seconds
    with pytest.raises(errors.NoAnswerError) as caught:
        connect(board)
    assert caught.value.exit_code == 11
    assert "reset" in caught.value.hint
    assert board.seconds - begin < 5


def test_silence_is_waited_for_and_the_banner_goes_on(board):
    start(board, FOREVER)
    said = []
    with connect(board, wait=30, notice=reset_when_asked(board, said)) as m:
        assert m.registers().address == 0x00E358
    assert [notice.code for notice in said] == ["again", "no-prompt", "no-prompt", "waiting", "banner"]
    assert said[0].sentence == "no answer to '|'; asking again"
    assert said[3].sentence == "the board does not answer: press RESET; waiting..."


def test_the_waiting_ends_with_its_time_and_is_never_silent_for_long(board):
    start(board, FOREVER)
    told = []
    with pytest.raises(errors.NoAnswerError):
        connect(board, wait=25, notice=lambda notice: told.append((board.seconds, notice.code)))
    times = [seconds for seconds, _ in told] + [board.seconds]
    before = ["again", "no-prompt", "no-prompt", "waiting"]
    assert [code for _, code in told] == before + ["still-waiting"] * (len(told) - len(before))
    assert max(later - earlier for earlier, later in pairwise(times)) < 10


def test_a_program_that_prints_is_named_and_waited_for(board):
    start(board, PRINTING)
    with pytest.raises(errors.NotTheMonitorError) as caught:
        connect(board)
    assert (caught.value.code, caught.value.exit_code) == ("S1201", 12)
    assert "...." in caught.value.sentence
    said = []
    with connect(board, wait=30, notice=reset_when_asked(board, said)) as m:
        assert m.read(AT, 2) == PRINTING[:2]


def test_a_half_finished_load_is_ended_and_told(board):
    line = board.serial()
    line.send(b"S2240000B6" + b"EA" * 5)  # and then the host was killed
    board.run(seconds=0.1)
    said = []
    with connect(board, notice=said.append) as m:
        assert m.read(AT, 8) == b"\xea" * 5 + b"\x00" * 3
    assert [notice.code for notice in said] == ["no-prompt", "no-prompt", "half-load"]


@pytest.mark.parametrize("count", ["24", "25", "FE"])
def test_a_half_finished_load_of_any_length_touches_nothing_behind_it(board, count):
    board.load(image_of([(AT, b"\x77" * 74)]))
    board.serial().send(b"S2%b0000B6" % count.encode() + b"EA" * 5)
    board.run(seconds=0.1)
    connect(board).close()
    behind = bytes(board.memory[AT + 5 : AT + 74])
    assert behind.replace(b"\x77", b"") in (b"", b"\x00")


def test_another_speed_is_named(board):
    line = open_line(board)
    line.read(0)  # what the board said so far
    board.chip.write(BY_NAME["T4LL"].address, 31)  # 7200 baud: a program has set its own
    with pytest.raises(errors.NotTheMonitorError) as caught:
        Monitor(line).find()
    assert caught.value.code == "S1205"
    assert "9600" in caught.value.hint


def test_silence_in_the_middle_is_waited_for_and_the_load_is_done_again(board):
    image = image_of([(AT, bytes(range(64)))])
    said = []

    def stop_once(progress):
        if progress.phase == "verify" and not said:
            start(board, FOREVER)

    with connect(board, wait=30, notice=reset_when_asked(board, said), progress=stop_once) as m:
        m.load(image)
        assert bytes(board.memory[AT : AT + 64]) == bytes(range(64))
    assert [notice.code for notice in said if notice.code in ("waiting", "banner")] == ["waiting", "banner"]
