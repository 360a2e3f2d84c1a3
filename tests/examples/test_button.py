# SPDX-License-Identifier: MIT
"""examples/button: presses count once, whatever the contacts do."""

from __future__ import annotations

import pytest

from asm816 import assemble


@pytest.fixture(scope="module")
def program(examples):
    return assemble(examples / "button" / "button.asm")


@pytest.fixture
def board(program, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    board.run(seconds=0.01)
    return board


def move(board, level, bounces):
    """The button goes down (0) or up (1); its contacts part and meet again some times, 0.4 ms each."""
    now = board.seconds
    for n in range(bounces):
        board.drive("P64", level, at_seconds=now + n * 0.8e-3)
        board.drive("P64", 1 - level, at_seconds=now + n * 0.8e-3 + 0.4e-3)
    board.drive("P64", level, at_seconds=now + bounces * 0.8e-3)
    board.run(seconds=0.08)


def count(board):
    return sum(lit << n for n, lit in enumerate(board.leds))


@pytest.mark.parametrize("bounces", [0, 1, 4, 9])
def test_each_press_counts_once(board, bounces):
    for presses in range(1, 6):
        move(board, 0, bounces)
        assert count(board) == presses
        move(board, 1, bounces)
        assert count(board) == presses


def test_a_spike_that_is_over_soon_is_no_press(board):
    board.drive("P64", 0)
    board.run(seconds=0.002)
    board.drive("P64", 1)
    board.run(seconds=0.05)
    assert count(board) == 0


def test_nothing_is_pressed_nothing_counts(board):
    board.run(seconds=1)
    assert count(board) == 0


def test_it_fits_the_free_ram(program):
    assert (program.image.first, program.image.size) == (0x00B6, 65)
