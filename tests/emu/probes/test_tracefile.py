# SPDX-License-Identifier: MIT
"""Traces as text and profiles, of small programs whose cycles are known."""

from __future__ import annotations

import pytest

from asm816 import assemble
from asm816.debuginfo import DebugInfo
from emu.board import Board
from emu.cpu.trace import Tap
from emu.probes.names import Names
from emu.probes.profile import INTERRUPT, Profile
from emu.probes.tracefile import CycleLines, InstructionLines

SOURCE = """.65816
.org 0x0200
start:
  lda.b #0x12
loop:
  sta.w 0xdf23
  bra loop
"""


@pytest.fixture
def traced():
    """The words of 40 cycles of SOURCE, its names, and the clock before them."""
    program = assemble(text=SOURCE)
    board = Board("sxb")
    board.load(program.image)
    board.jml(0x200)
    tap, clock = Tap(board.chip.core), board.cycle
    board.run(cycles=40)
    return tap.take(), Names(program.debug_info()), clock


def test_every_cycle_has_a_line(traced):
    words, names, clock = traced
    lines = CycleLines(names, clock, origin=clock)
    text = lines.feed(words) + lines.finish()
    rows = text.splitlines()
    assert rows[:5] == [
        "           0  00:0200  A9    dp-r-m--  start  <text>:4",
        "           1  00:0201  12    -p-r-m--  start+1",
        "           2  00:0202  8D    dp-r-m--  loop  <text>:6",
        "           3  00:0203  23    -p-r-m--  loop+1",
        "           4  00:0204  DF    -p-r-m--  loop+2",
    ]
    assert rows[5] == "           5  00:DF23  12    d--w-m--  PD7"
    assert len(rows) == len(words)


def test_every_instruction_has_a_line_with_its_cycles(traced):
    words, names, clock = traced
    lines = InstructionLines(names, clock)
    half = len(words) // 2  # portions may end within an instruction
    rows = (lines.feed(words[:half]) + lines.feed(words[half:]) + lines.finish()).splitlines()
    assert rows[0].split() == [str(clock), "2", "00:0200", "A9", "12", "lda.b", "#0x12", "start", "<text>:4"]
    assert rows[1].split()[1:] == ["4", "00:0202", "8D", "23", "DF", "sta.w", "PD7", "loop", "<text>:6"]
    assert rows[2].split()[1:] == ["3", "00:0205", "80", "FB", "bra", "loop", "loop+3", "<text>:7"]
    cycles = [int(row.split()[1]) for row in rows]
    assert sum(cycles) == len(words)


def test_ranges_filter(traced):
    words, names, clock = traced
    only = InstructionLines(names, clock, ((0x205, 0x205),))
    rows = (only.feed(words) + only.finish()).splitlines()
    assert {row.split()[2] for row in rows} == {"00:0205"}
    bus = CycleLines(names, clock, ((0xDF23, 0xDF23), (0x200, 0x201)))
    assert {row.split()[1] for row in bus.feed(words).splitlines()} == {"00:DF23", "00:0200", "00:0201"}


def test_a_profile_counts_cycles_by_routine_and_line(traced):
    words, names, clock = traced
    profile = Profile(clock)
    profile.feed(words[:7])
    profile.feed(words[7:])
    profile.finish()
    routines = {share.name: share for share in profile.by_routine(names)}
    assert routines["start"].cycles == 2
    assert routines["loop"].cycles == len(words) - 2
    lines = {share.name: share.instructions for share in profile.by_line(names)}
    assert lines["<text>:4"] == 1
    assert abs(lines["<text>:6"] - lines["<text>:7"]) <= 1
    assert sum(share.part for share in routines.values()) == pytest.approx(1)


def test_interrupts_are_told_from_instructions():
    board = Board()
    board.boot()
    tap, clock = Tap(board.chip.core), board.cycle
    board.serial(3).send(b"A")
    words = []
    for _ in range(8):
        board.run(cycles=Tap.PORTION)
        words += tap.take()
    names = Names(DebugInfo())
    lines = InstructionLines(names, clock)
    text = lines.feed(words) + lines.finish()
    assert "interrupt U3RX" in text
    assert "monitor" in text
    profile = Profile(clock)
    profile.feed(words)
    profile.finish()
    shares = {share.name: share for share in profile.by_routine(names)}
    assert shares[INTERRUPT].cycles == 8 * text.count("interrupt ")
    assert shares[INTERRUPT].instructions == 0
    assert profile.cycles.total() == board.cycle - clock
    assert [share.name for share in profile.by_line(names)] == [INTERRUPT]  # the ROM has no lines here


def test_waiting_counts_for_the_instruction_that_waits(small_board):
    board = small_board("A901 8D43DF CB 80FD")  # T0 on, no interrupt: wai for ever
    board.run(seconds=0.01)
    tap, clock = Tap(board.chip.core), board.cycle
    board.run(seconds=0.01)
    profile = Profile(clock)
    profile.feed(tap.take())
    profile.finish()
    assert profile.cycles.total() <= board.cycle - clock
