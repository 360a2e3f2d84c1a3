# SPDX-License-Identifier: MIT
"""Every expectation holds where it is met, and says in a sentence what came instead where it is not."""

from __future__ import annotations

import sys
from importlib.util import find_spec

import pytest

HOLDS = [
    'board.run(ms=200); board.led(3).must_toggle_every(ms=10, within="1 %")',
    "board.run(ms=200); board.led(3).must_toggle_every(ms=10, within=0.01, toggles=18)",
    'board.run(ms=200); board.signal("P72").must_be_low_for(cycles=36871)',
    'board.run(ms=200); board.signal("P72").must_be_high_for(ms=10, within="0.1 %")',
    'board.run(ms=200); board.signal("P72").must_be_high_part(0.5)',
    'board.run(ms=20); board.signal("P20").must_stay(1)',
    "board.run(ms=200); board.must_show(0xAA, 0x55, 0xAA, 0x55)",
    "board.run_to('two')",
    'board.call("square", a=5, x=77).must_return(a=25, carry=False).must_preserve("x", "y")',
    'board.call("square", a=5).must_take_at_most(100).must_leave_the_stack().must_write_only(1)',
    'board.call("square", a=5).must_write_only(range(0, 4))',
    'assert board.call("square", a=15).a == 225',
]


def test_what_is_met_passes(together):
    reports = together(HOLDS)
    assert [(body, str(report.longrepr)) for body, report in reports if not report.passed] == []


SAYS = {
    'board.run(ms=200); board.led(3).must_toggle_every(ms=20, within="1 %")': [
        "*Unlike: LED3 (P73) must toggle every 73,728 cycles (20.000 ms) +-1 %, but its toggle 1 took *",
        "*from cycle * ms after the start) to cycle *",
        "*expected  *▔▁*",
        "*actual    *▔▁*",
    ],
    'board.run(ms=15); board.signal("P72").must_toggle_every(ms=10, within="1 %")': [
        "*LED2 (P72) must toggle every *, but in * it has 1 edge: 2 whole times from edge to edge take 3",
    ],
    'board.run(ms=200); board.signal("P72").must_be_low_for(cycles=12345)': [
        "*LED2 (P72) must be low for 12,345 cycles (3.349 ms) exactly, but once it was so for 36,8* cycles*",
    ],
    'board.run(ms=2); board.signal("P72").must_be_high_for(ms=10, within="1 %")': [
        "*LED2 (P72) must be high for *, but in * there is no whole high pulse",
    ],
    'board.run(ms=200); board.signal("P72").must_be_high_part(0.25)': [
        "*LED2 (P72) must be high 25.0% of the time, give or take 1.0%, but it is 50.*",
    ],
    'board.run(ms=2); board.signal("P72").must_be_high_part(0.25)': ["*but it has * and no whole period"],
    'board.run(ms=20); board.signal("P72").must_stay(1)': [
        "*LED2 (P72) must stay high, but it has 1 edge",
        "*expected  ▔▔▔*",
    ],
    'board.signal("P20").must_stay(0)': ["*P20 must stay low, but it is high"],
    "board.run(ms=50); board.must_show(0xAA, 0x55, 0x11)": [
        "*the LEDs must show AA 55 11 one after the other, but they showed",
        "*FF at 0.000 ms  55 at 0.0* ms  AA at 10.*",
        "*LED0 P70  ▔*ms period, 50% high*",
    ],
    'board.must_print("HELLO", ms=10)': [
        "*the program must print b'HELLO' within 10 ms, but it printed nothing; it is at 00:00* (*blink.asm:*)"
    ],
    "board.run_to('square', ms=5)": [
        "*square must be reached within 5 ms, but it is at 00:* one* (*blink.asm:1*)"
    ],
    'board.call("square", a=5).must_return(a=26)': [
        "*square must return A = 26 (0x1A), but it returned 25 (0x19)",
        "*on entry   PC=00:* A=0005 X=0000 * P=nvMxdIzc E=0",
        "*on return  PC=00:FFF0 A=0019 *",
    ],
    'board.call("spoils", x=7).must_preserve("x")': ["*spoils must preserve X, but it was 7 and is 1"],
    'board.call("square", a=5).must_take_at_most(50)': [
        "*square must take at most 50 cycles, but it took 7*, 2* too many"
    ],
    'board.call("lost", within=1000)': [
        "*lost did not return within 1,0* cycles; it is at 00:* lost (*blink.asm:*)",
        "*the last instructions:",
        "*00:* lost (blink.asm:*)",
    ],
    'board.call("halts")': ["*halts stopped by STP; it is at 00:*"],
    'board.call("square", a=5).must_write_only(2, range(16, 32))': [
        "*square must write only 000002, 000010-00001F, but it wrote 05 to 000001, at 00:* square+1 (*blink.asm:*)"
    ],
    'board.call("square", a=5).must_write_only()': ["*square must write only nothing, but it wrote*"],
    'board.call("sqare")': ["*the program has no symbol 'sqare' (it has *square*"],
    "board.led(8)": ["*the Mensch Microcomputer* has no LED 8 (it has 8, from 0 on)"],
    'board.call("square", m=9)': ["*m=9 (registers are 8 or 16 bits wide)"],
    "board.run(seconds=1, ms=5)": ["*a run in seconds and in milliseconds (give one of them)"],
    "board.led(0).must_toggle_every()": ["*give the time as ms=... or as cycles=..., one of them"],
    "board.led(0).must_toggle_every(ms=1, within='wide')": ["*a tolerance of 'wide': write 0.01 or '1 %'"],
    "board.led(0).must_toggle_every(ms=1, within=3)": ["*a tolerance of 3: it is a fraction from 0 to 1*"],
}


def test_what_is_not_met_is_said(together):
    for body, report in together(SAYS):
        assert report.failed, body
        lines = [line.replace("[", "[[]") for line in SAYS[body]]
        pytest.LineMatcher(str(report.longrepr).splitlines()).fnmatch_lines(lines)


def test_a_routine_that_leaves_something_on_the_stack(tests):
    body = """
program = asm('''.65816
.org 0x00b6
leaves:
  plx
  phx
  phx
  rts
''')
board.take(program)
board.call("leaves").must_leave_the_stack()"""
    said = tests(body)
    said.assert_outcomes(failed=1)
    said.stdout.fnmatch_lines(
        ["*leaves must leave the stack level, but S was 01FF and is 01FD: 2 bytes left"]
    )


def test_a_board_without_a_program_has_none_to_start(tests):
    said = tests("board.start()", mark="")
    said.assert_outcomes(failed=1)
    said.stdout.fnmatch_lines(["*there is no program to start (take one first, or say where to start)"])


@pytest.mark.skipif(
    find_spec("labgrid") is not None, reason="labgrid is here: this is what is said without it"
)
def test_a_lab_needs_labgrid(tests):
    said = tests("board.run(ms=1)", "--board", "labgrid:bench1")
    said.assert_outcomes(errors=1)
    said.stdout.fnmatch_lines(["*labgrid is not in this environment; `make lab` makes one that has it"])


def test_coverage_needs_coverage_py(tests, monkeypatch):
    monkeypatch.setitem(sys.modules, "sxb.judge.coverage_report", None)  # as where an import of it fails
    said = tests("board.run(ms=1)", "--asm-cov", "term")
    assert said.ret == pytest.ExitCode.USAGE_ERROR
    said.stderr.fnmatch_lines(["*--asm-cov needs coverage.py: pip install 'mensch816[[]test]'"])
