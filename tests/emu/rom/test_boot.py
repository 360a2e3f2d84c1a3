# SPDX-License-Identifier: MIT
"""From reset to the prompt: what the ROM writes to the chip, what it leaves in RAM, when.

The values are those recorded while WDC's published ROM image was executed.
"""

from __future__ import annotations

from functools import cache

import pytest

from asm816.target.monitor import CELLS
from emu.board import Board
from emu.chip.w65c265s import W65C265S

IO_WRITES = """
DF40=01 DF27=20 DF27=30 DF27=30 DF27=08 DF27=FB DF41=F9 DF24=C0 DF20=80 DF20=40 DF25=55 DF21=00 DF26=AA
DF22=00 DF23=FF DF43=00 DF44=00 DF46=00 DF42=00 DF49=00 DF48=00 DF45=00 DF47=00 DF41=FB DF62=FF DF63=7F
DF43=02 DF46=02 DF58=17 DF69=00 DF70=04 DF72=04 DF76=04 DF46=02 DF43=12 DF26=FF DF22=FF DF26=AA DF25=55
DF21=00 DF42=B0 DF43=1A DF26=AA DF22=FF DF21=00 DF76=24 DF49=C0 DF44=02 DF76=25 DF48=80
"""
"""Every write to a register up to the first character."""

AFTER_BOOT = {
    "SIN_BUF0": "3901", "SINCNT0": "0A00", "SIN_BUF3": "5701", "SINCNT3": "0A00", "SININDX3": "0000",
    "SOUTBUF0": "6101", "SOUTBUF3": "7F01", "SOUTCNT3": "0A00", "SOUTINDX3": "0400", "SOUTEND3": "0400",
    "SFLAG3": "04", "SDATA_SI3": "00", "STEMP_SX": "10", "OUTPUT_XTRL": "08", "TMPC": "0400",
    "TMP0": "58E300", "ERRORS": "00", "GET_CHR_JMP": "B5F1", "PUT_CHR_JMP": "BFF1", "GET_PUT_JMP": "C9F1",
    "LO_PWR_JMP": "A2FF", "T_TIME": "0000", "ACC": "0000", "XREG": "B7E0", "YREG": "0000",
    "STK_PTR": "FF01", "DIRREG": "0000", "DBREG": "00", "FLGS": "22", "PCL": "58", "PCH": "E3",
    "TPBR": "00", "SB_SENTL": "01", "DAYWK": "05", "MONTH": "07", "DAY": "01", "YR": "5D", "HR": "0C",
    "MIN": "00", "SECS": "04", "TODCKS": "6E", "SPEED": "02", "FLAGS": "00", "PD_TIMER": "0807",
}  # fmt: skip

UNTOUCHED = (0x00B6, 0x0100)
"""The part of page 0 that is the user's: first address, address behind the last."""


@cache
def booted(fill: int) -> Board:
    """A board booted over RAM full of `fill`, a quarter of a second after its prompt."""
    board = Board("qbx")
    for first, last in ((0x0000, 0x0200), (0xDF80, 0xDFC0)):
        board.memory[first:last] = bytes([fill]) * (last - first)
    board.boot()
    board.run(seconds=0.25)
    return board


def test_writes_to_the_chip(monkeypatch):
    writes = []
    write = W65C265S.write

    def recorded(chip, address, value):
        if address < 0xDF80:
            writes.append(f"{address:04X}={value:02X}")
        write(chip, address, value)

    monkeypatch.setattr(W65C265S, "write", recorded)
    board = Board("qbx")
    wanted = IO_WRITES.split()
    board.run(seconds=1.2, until=lambda: len(writes) >= len(wanted))
    assert writes[: len(wanted)] == wanted


def test_times_of_the_first_and_the_last_character():
    board = booted(0)
    log = board.serial(3).log
    assert len(log) == 254
    after_switch = 1513 / 32768 + (log[0][0] - 1513) / 3_686_400
    assert after_switch == pytest.approx(1.0756, abs=0.001)
    assert (log[-1][0] - log[0][0]) / 3_686_400 == pytest.approx(1.3392 - 1.0756, abs=0.001)


@pytest.mark.parametrize("fill", [0x00, 0xA5])
def test_cells_after_boot_do_not_depend_on_what_was_in_ram(fill):
    memory = booted(fill).memory
    seen = {
        name: memory[CELLS[name] : CELLS[name] + len(text) // 2].hex().upper()
        for name, text in AFTER_BOOT.items()
    }
    assert seen == AFTER_BOOT
    assert set(memory[slice(*UNTOUCHED)]) == {fill}


def test_vectors_and_the_byte_too_many():
    memory = booted(0xA5).memory
    restart = "5CB0E000"
    assert memory[0x0100:0x0108].hex().upper() == "5CD6E6005CE4E600"
    assert memory[0x0108:0x0124].hex().upper() == restart * 7
    assert memory[0x0124:0x0134].hex().upper() == "5C9FF600" + restart * 3
    assert memory[0x0134:0x0138].hex().upper() == "C2A5A5A5"


@pytest.mark.parametrize(("text", "started"), [(b"WDC", True), (b"wdc", False), (b"WDx", False)])
def test_a_program_marked_wdc_in_ram_is_started(text, started):
    board = Board("sxb")
    board.memory[0x0800:0x0806] = text + bytes.fromhex("0080FE")  # bra to itself
    board.run(seconds=0.02)
    registers = board.registers
    assert (registers.pc == 0x0804) is started
    if started:
        assert (registers.a, registers.x, registers.s, registers.p) == (0x0043, 3, 0x01FF, 0x27)
        assert [board.peek(address) for address in (0xDF40, 0xDF41, 0xDF27)] == [0x01, 0x00, 0x08]


def test_restart_keeps_a_clock_that_a_second_has_passed_over():
    board = booted(0).copy()
    board.memory[CELLS["HR"] : CELLS["HR"] + 3] = bytes((10, 20, 30))
    board.run(seconds=1.1)
    board.serial(3).send(b"U")
    board.run(seconds=1.3)
    assert bytes(board.memory[CELLS["HR"] : CELLS["HR"] + 2]) == bytes((10, 20))
    assert board.memory[CELLS["SECS"]] > 33  # the seconds of the boot are made up for
