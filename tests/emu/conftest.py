# SPDX-License-Identifier: MIT
"""Boards with a ROM of a few bytes, for tests that need no monitor."""

from __future__ import annotations

import signal

import pytest

from emu.board import Board

# clc; xce; sep #20; lda #f9; sta SSCR; lda #fb; sta SSCR; then the body; the reset vector is E000.
FAST = "18 FB E220 A9F9 8D41DF A9FB 8D41DF"

# stz PCS7; loop: lda #55; sta PD7; lda #aa; sta PD7; bra loop: the pins change every 6 and 9 cycles
TOGGLE = "9C27DF A955 8D23DF A9AA 8D23DF 80F4"

# T4 = 0017, TCR = F0, TER = 10, ACSR3 = 25; loop: wait for a character, send it back
ECHO = (
    "A917 8D68DF A900 8D69DF A9F0 8D42DF A910 8D43DF A925 8D76DF"
    "AD48DF 2940 F0F9 AD77DF 48 AD48DF 2980 F0F9 68 8D77DF 80E8"
)


def rom_with(body: str) -> bytes:
    """An 8 KB ROM that switches to FCLK and runs `body` (hex)."""
    code = bytes.fromhex((FAST + body).replace(" ", ""))
    rom = bytearray(code.ljust(8192, b"\xff"))
    rom[0x1FFC:0x1FFE] = b"\x00\xe0"
    return bytes(rom)


@pytest.fixture(scope="session")
def small_board():
    """A function: a board whose ROM runs the program of this name or these hex bytes."""
    programs = {"toggle": TOGGLE, "echo": ECHO}

    def make(program: str, name: str = "qbx", **settings) -> Board:
        return Board(name, rom=rom_with(programs.get(program, program)), **settings)

    return make


@pytest.fixture(scope="session")
def vcd_reader():
    """The class VCDVCD, whose module lets a closed pipe end the whole process when it is imported."""
    from vcdvcd import VCDVCD

    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)  # as Python has it
    return VCDVCD
