# SPDX-License-Identifier: MIT
"""The listing; its cycle figures are held against the emulated core."""

import re

import pytest

from asm816 import assemble
from asm816.listing import symbol_file
from asm816.target.isa import EXTRA_CYCLES
from emu import Board

SOURCE = """\
; a comment
.org 0xb6
.macro two
  nop
  lda 5,x
.endm
start: two
alone:
  jmp start     ; back
  db "0123456789"
  resb 3
  bra start
"""

EXPECTED = """\
                                                         1 | ; a comment
                                                         2 | .org 0xb6
                                                         3 | .macro two
                                                         4 |   nop
                                                         5 |   lda 5,x
                                                         6 | .endm
0000b6  ea b5 05                 6-8       6-8           7 | start: two
0000b9                                                   8 | alone:
0000b9  4c b6 00                 3         3             9 |   jmp start     ; back
0000bc  30 31 32 33 34 35 36 37                         10 |   db "0123456789"
0000c4  38 39
0000c6                                                  11 |   resb 3
0000c9  80 eb                    3         6            12 |   bra start

+m  1 more if M = 0
+w  1 more if the low byte of D is not 0

alone                0x0000b9   label     <text>:8: not used
start                0x0000b6   label     <text>:7: 9, 12
"""

EXPANDED = """\
0000b6                                                   7 | start: two
0000b6  ea                       2         2             4+|   nop
0000b7  b5 05                    4 +m+w    6-8           5+|   lda 5,x
"""


def test_listing():
    assert assemble(text=SOURCE).listing() == EXPECTED


def test_macros_line_by_line():
    expected = EXPECTED.splitlines()
    expected[6:7] = EXPANDED.splitlines()
    assert assemble(text=SOURCE).listing(expand=True).splitlines() == expected


def test_includes_and_long_data(tmp_path):
    (tmp_path / "part.inc").write_text("; part\n nop\n; end\n")
    (tmp_path / "main.asm").write_text('.org 0\n.include "part.inc"\n.data_fill 0, 1000\n')
    lines = assemble(tmp_path / "main.asm").listing().splitlines()
    assert [line[53:].strip() for line in lines[:5]] == [
        "1 | .org 0", '2 | .include "part.inc"', "1 | ; part", "2 |  nop", "3 | .data_fill 0, 1000",
    ]  # fmt: skip
    assert "... 744 more" in lines[4 + 32]


def test_a_macro_that_includes_and_repeats(tmp_path):
    (tmp_path / "part.inc").write_text(" inx\n.repeat 3\n iny\n.endr\n")
    (tmp_path / "main.asm").write_text('.org 0\n.macro all\n.include "part.inc"\n.endm\n all\n nop\n')
    rows = assemble(tmp_path / "main.asm").listing().splitlines()
    assert [row.split()[:6] for row in rows if row[:1] == "0"] == [
        ["000000", "e8", "c8", "c8", "c8", "4"], ["000004", "ea", "2", "6", "6", "|"],
    ]  # fmt: skip


def test_a_branch_to_another_page():
    source = ".org 0xf0\nback: nop\n bne back\n.org 0x200\n bne 0x1fe\n"
    rows = assemble(text=source).listing().splitlines()
    assert [row[33:42].strip() for row in rows if " bne" in row] == ["2 +t", "2 +t+b"]


def test_symbol_file_is_a_source():
    symbols = {"b": 2, "minus": -1, "a": 2}
    text = symbol_file(symbols)
    assert text == "minus = -1\na = 0x000002\nb = 0x000002\n"
    assert dict(assemble(text=text).symbols) == symbols


def test_a_failed_assembly_has_an_empty_listing():
    assert assemble(text=" foo\n").listing().strip() == ""


# -- on the emulated board


def cycle_column(listing):
    """Address -> (least cycles, footnotes) of each instruction of a listing."""
    column = {}
    for line in listing.splitlines():
        row = re.match(r"([0-9a-f]{6})  (?:[0-9a-f]{2} )+ +(\d+)((?: \+[a-z]|\+[a-z])*) +\d", line)
        if row:
            column[int(row[1], 16)] = int(row[2]), set(row[3].replace("+", "").replace(" ", ""))
    return column


def conditions(core, before, size):
    """The footnotes that hold for the instruction that the core has just finished."""
    pc, m8, x8, emulation, direct = before
    behind = pc + size
    return {
        "m": not m8,
        "r": not m8,
        "x": not x8,
        "w": bool(direct & 0xFF),
        "t": core.pc != behind,
        "b": emulation and core.pc >> 8 != behind >> 8,
        "n": not emulation,
    }


def run_and_compare(source, steps, hurry=None):
    """Run a program instruction by instruction; the addresses whose cycles the listing foretold."""
    program = assemble(source) if hasattr(source, "exists") else assemble(text=source)
    column = cycle_column(program.listing())
    sizes = {row.address: row.size for row in program.debug_info().rows}
    board = Board("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    core = board.chip.core
    seen = set()
    for _ in range(steps):
        at = core.pc
        if at not in column:
            break
        before = (
            at,
            bool(core.p & 0x20) or bool(core.e),
            bool(core.p & 0x10) or bool(core.e),
            bool(core.e),
            core.d,
        )
        clock = core.clock
        core.step()
        holding = conditions(core, before, sizes[at])
        least, letters = column[at]
        expected = least + sum(EXTRA_CYCLES[letter][1] for letter in letters if holding[letter])
        assert core.clock - clock == expected, hex(at)
        seen.add(at)
        if hurry is not None:
            hurry(core)
    return seen, set(column)


def test_the_cycles_of_led_blink_are_those_of_the_core(project):
    def shorten_delays(core):
        core.x = min(core.x, 3)

    seen, all_of_it = run_and_compare(
        project / "examples" / "led_blink" / "led_blink.asm", steps=500, hurry=shorten_delays
    )
    assert seen == all_of_it


WIDTHS = """\
.org 0xb6
start:
  sei
  sec
  xce
  lda.b #1
  ldx.b #0
  bne start
  beq on
  db 0
on:
  clc
  xce
  lda 0x40
  asl 0x41
  sta 0x42
  rep #0x30
  lda.w #0x0101
  ldx.w #0x0102
  pha
  pld
  lda 0x40
  asl 0x41
  ldx 0x42
  phx
  plx
  inc 0xf0,x
  sec
  xce
  stp
"""


def test_cycles_with_all_widths_and_a_direct_page_off_its_page():
    seen, all_of_it = run_and_compare(WIDTHS, steps=100)
    assert seen == all_of_it


@pytest.mark.parametrize("expand", [False, True])
def test_running_totals_start_at_labels(expand):
    source = ".org 0\n.macro m\n nop\n nop\n.endm\none:\n m\n nop\ntwo: nop\n m\n"
    rows = assemble(text=source).listing(expand=expand).splitlines()
    totals = [row[43:52].strip() for row in rows if "|" in row and row[33:43].strip()]
    assert totals == (["2", "4", "6", "2", "4", "6"] if expand else ["4", "6", "2", "6"])


def test_how_full_the_areas_are():
    source = ".memory RAM = 0x0200..0x02ff\n.section code, RAM\n nop\n nop\n"
    rows = assemble(text=source).listing().splitlines()
    assert rows[-1] == "RAM 0x000200-0x0002ff: 2 of 256 bytes (0 %), 254 free"
