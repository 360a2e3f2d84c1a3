# SPDX-License-Identifier: MIT
"""Rows of code around PC."""

from __future__ import annotations

from asm816 import assemble
from sxb.tui.code import Known, code_rows, names_for, top_for

SOURCE = """
.65816
.org 0x1000
start:
  rep #0x30
  lda.w #0x1234
  sta 0xdf23
loop:
  bra loop
"""
ASSEMBLY = assemble(text=SOURCE)
INFO = ASSEMBLY.debug_info()
START = 0x1000
NATIVE_16 = {"pbr": 0, "p": 0x00, "e": 0}


def read(address, length):
    data = ASSEMBLY.image.segments[0].data + bytes(100)
    return bytes(data[address - START : address - START + length])


def rows(top, pc, count=4, breakpoints=()):
    known = Known(INFO, names_for(INFO), breakpoints)
    return code_rows(top, count, {**NATIVE_16, "pc": pc}, known, read)


def test_names_widths_cycles_and_marks():
    shown = rows(START, 0x1002, breakpoints=(0x1005,))
    assert [row.text for row in shown] == ["rep #0x30", "lda.w #0x1234", "sta.w PD7", "bra loop"]
    assert [row.label for row in shown] == ["start", "", "", "loop"]
    assert [row.here for row in shown] == [False, True, False, False]
    assert [row.breakpoint for row in shown] == [False, False, True, False]
    assert shown[0].cycles == "3"


def test_the_window_stays_while_pc_is_well_within_and_follows_otherwise():
    assert top_for(START, 0x1002, 8, INFO, read) == START
    assert top_for(0x4000, 0x1005, 8, INFO, read) == START
    assert top_for(0x4000, 0x1030, 8, INFO, lambda _, length: bytes(length)) == 0x1030
