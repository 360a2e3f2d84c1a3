# SPDX-License-Identifier: MIT
"""Registers as a value."""

from __future__ import annotations

import pytest

from emu import EmuError


def test_registers_are_set_by_name(small_board):
    board = small_board("toggle")
    board.run(cycles=100)  # native mode, M = 1
    board.set_registers(pc=0x1234, pbr=2, a=0xABCD, x=0x1234, y=0x5678, s=0x01A0, d=0x0100, dbr=3, p=0x21)
    found = board.registers
    assert (found.pc, found.pbr, found.a, found.x, found.y) == (0x1234, 2, 0xABCD, 0x1234, 0x5678)
    assert (found.s, found.d, found.dbr, found.p, found.e) == (0x01A0, 0x0100, 3, 0x21, 0)


def test_they_hold_what_the_chip_would_hold(small_board):
    board = small_board("toggle")
    board.run(cycles=100)
    board.set_registers(e=1, s=0x0380, x=0x1234, p=0)
    assert (board.registers.s, board.registers.x, board.registers.p) == (0x0180, 0x34, 0x30)
    board.set_registers(e=0)
    board.set_registers(p=0x10, y=0x4321)
    assert board.registers.y == 0x21


def test_a_halted_core_goes_on_where_pc_is_set(small_board):
    board = small_board("78 CB")
    board.run(seconds=0.01)
    board.memory[0x40:0x44] = bytes.fromhex("E6 50 80 FC")
    board.set_registers(a=1)
    board.run(cycles=50)
    assert board.memory[0x50] == 0
    board.set_registers(pc=0x40)
    board.run(cycles=50)
    assert board.memory[0x50] > 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"q": 1}, "E2073"),
        ({"pc": 0x10000}, "E2074"),
        ({"a": -1}, "E2074"),
        ({"p": 256, "a": 1}, "E2074"),
        ({"a": 1, "e": 2}, "E2074"),
        ({"x": 1.5}, "E2074"),
    ],
)
def test_mistakes_leave_all_as_it_is(small_board, changes, code):
    board = small_board("toggle")
    before = board.registers
    with pytest.raises(EmuError) as caught:
        board.set_registers(**changes)
    assert (caught.value.code, board.registers) == (code, before)
