# SPDX-License-Identifier: MIT
"""`jml` against the monitor itself: the same program, once by typing G."""

from __future__ import annotations

from asm816.target.monitor import CELLS
from asm816.target.registers import REGISTERS
from emu import Board, Stop
from emu.handover import AFTER_BOOT, at_prompt, saved_registers

PROGRAM = bytes.fromhex("80FE")  # bra to itself

TYPED = {
    *range(CELLS["SININDX3"], CELLS["SINCNT3"] + 2),
    *range(CELLS["SOUTINDX3"], CELLS["SOUTCNT3"] + 2),
    *(CELLS["SFLAG3"], CELLS["SDATA_SI3"], CELLS["STATUS_S3"], CELLS["TEMP"]),
    *range(CELLS["TMPRY_PTR"], CELLS["TMPRY_PTR"] + 2),
    *range(CELLS["TMP4"], CELLS["TMP4"] + 2),
    *range(CELLS["TMP6"], CELLS["TMP6"] + 3),
    *range(0x0157, 0x0161),  # the rings of UART 3
    *range(0x017F, 0x0189),
    *range(CELLS["STR_BUF_PTR"], CELLS["STR_BUF"] + 8),
    *range(0x01C0, 0x0200),  # below the stack
}
"""What the typing itself leaves behind: nothing was typed where `jml` was called."""


def typed_and_jumped(address: int) -> tuple[Board, Board]:
    boards = Board.booted("qbx"), Board.booted("qbx")
    for board in boards:
        board.memory[address : address + 2] = PROGRAM
    typed, jumped = boards
    typed.serial(3).send(f"G{address:06X}".encode())
    assert typed.run(seconds=0.05, until=lambda: typed.registers.pc == address) is Stop.UNTIL
    jumped.jml(address)
    return typed, jumped


def test_registers_memory_and_chip_are_those_behind_g():
    typed, jumped = typed_and_jumped(0x00C6)
    assert jumped.registers == typed.registers
    for address in [*range(0x200), *range(0xDF80, 0xDFC0)]:
        if address not in TYPED:
            assert jumped.memory[address] == typed.memory[address], f"{address:04X}"
    typed.run(seconds=0.02)  # the echo of the last digits has left
    jumped.run(seconds=0.02)
    moving = {"T1CL", "T1CH", "T3CL", "T3CH", "T4CL", "T4CH", "ARTD3"}
    for register in REGISTERS:
        if register.name not in moving:
            assert jumped.peek(register.address) == typed.peek(register.address), register.name


def test_behind_a_boot_the_saved_registers_are_the_known_ones():
    board = Board.booted("sxb")
    assert at_prompt(board.peek)
    saved = saved_registers(board.peek)
    assert saved == {name: getattr(AFTER_BOOT, name) for name in saved}
    board.jml(0x2000)
    assert (board.registers.pc, board.registers.x, board.registers.p) == (0x2000, 0xE0B7, 0x22)
    assert board.memory[CELLS["PCL"] : CELLS["PCL"] + 4] == b"\x00\x20\x00\x00"


def test_registers_altered_at_the_prompt_are_handed_over():
    board = Board.booted("qbx")
    board.memory[CELLS["ACC"] : CELLS["ACC"] + 2] = b"\x34\x12"
    board.jml(0x0000C0)
    assert board.registers.a == 0x1234


def test_without_a_monitor_the_known_registers_are_taken(small_board):
    board = small_board("toggle")
    board.run(cycles=100)
    before = board.memory[0xDF80:0xDFC0]
    board.jml(0x0100C0)
    found = board.registers
    assert (found.pbr, found.pc, found.s, found.x, found.e) == (1, 0x00C0, 0x01FF, 0xE0B7, 0)
    assert board.memory[0xDF80:0xDFC0] == before
