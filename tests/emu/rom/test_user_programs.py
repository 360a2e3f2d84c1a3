# SPDX-License-Identifier: MIT
"""A program that leaves interrupts on keeps the monitor's clock going, and comes back in three ways."""

from __future__ import annotations

from functools import cache

import pytest

from asm816 import assemble
from asm816.target.monitor import CELLS
from emu.board import Board

PROGRAM = """
    .65816
    .include "monitor.inc"
    .org 0x2000
start:
    inc 0x2100          ; it is alive
    lda 0x2101          ; until somebody says how to end
    beq start
    cmp.b #'R'
    beq return
    brk #0
return:
    rtl
"""
AT, ALIVE, ENDING = 0x2000, 0x2100, 0x2101
SECONDS = 5


@cache
def booted(rom: str) -> Board:
    board = Board("sxb", rom=rom)
    board.boot()
    board.run(seconds=0.1)
    board.load(assemble(text=PROGRAM).image)
    return board


def clock(board: Board) -> int:
    """Seconds of the monitor's day."""
    hours, minutes, seconds = board.memory[CELLS["HR"] : CELLS["SECS"] + 1]
    return hours * 3600 + minutes * 60 + seconds


def say(board: Board, text: bytes) -> bytes:
    """Type one key after the other; what the board answered."""
    line = board.serial(3)
    line.take()
    for key in text:
        line.send(bytes([key]))
        board.run(seconds=0.04)
    return line.take()


@pytest.mark.parametrize("rom", ["quirks", "fixed"])
@pytest.mark.parametrize(
    ("letter", "ending", "shown"),
    [(b"G", b"B", "00:200E"), (b"J", b"R", "00:2000"), (b"J", b"B", "00:200E"), (b"G", None, "00:20")],
    ids=["G-BRK", "J-RTL", "J-BRK", "G-NMI"],
)
def test_the_clock_goes_on_and_the_program_comes_back(rom, letter, ending, shown):
    board = booted(rom).copy()
    line = board.serial(3)
    say(board, b"/00:DF4041")  # BCR bit 6: NMI reaches the core
    before, begun = clock(board), board.seconds
    say(board, letter + b"002000")
    board.run(seconds=SECONDS)
    alive = board.memory[ALIVE]
    board.run(seconds=0.01)
    assert board.memory[ALIVE] != alive
    assert clock(board) - before == pytest.approx(board.seconds - begun, abs=1)
    line.take()
    if ending is None:
        board.nmi()
    else:
        board.memory[ENDING] = ending[0]
    board.run(seconds=0.4)
    dump = line.take()
    assert dump.startswith(b"\r\rPCntr")
    assert f"\r{shown}".encode() in dump
    assert dump.endswith(b"\r>")
    assert say(board, b"|").endswith(b"|  ")  # the monitor obeys again
    before, begun = clock(board), board.seconds
    board.run(seconds=SECONDS)
    assert clock(board) - before == pytest.approx(board.seconds - begun, abs=1)
