# SPDX-License-Identifier: MIT
"""Coverage of a source: what of it ran, in runs and in calls, with interrupts, in parallel, and its reports."""

from __future__ import annotations

import pytest

from asm816 import assemble
from emu.cpu.bus import OPCODE
from emu.cpu.trace import last_cycles
from sxb.judge import coverage_report, coverage_session  # noqa: F401 - need not be loaded by each pytest
from sxb.judge.coverage import OUTSIDE, Coverage
from sxb.judge.target import Target

SOURCE = """\
.65816
.org 0x00b6
start:
  stz 0xdf27
  lda.b #0x55
loop:
  sta 0xdf23
  ldx #7372
wait:
  dex
  bne wait
  eor.b #0xff
  cmp.b #0x12
  beq never
  bra loop
never:
  stp
square:
  ldx #3
again:
  dex
  bne again
  rts
"""

TESTS = """\
import pytest
@pytest.mark.program("blink.asm")
def test_short(board):
    board.run(ms=2)
@pytest.mark.program("blink.asm")
def test_long(board):
    board.run(ms=30)
@pytest.mark.program("blink.asm")
def test_call(board):
    board.call("square")
"""


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "blink.asm"
    path.write_text(SOURCE)
    return assemble(path)


def covered(program, ms, *, calls=()):
    coverage = Coverage(program)
    board = Target.booted().take(program)
    board.cover(coverage)
    board.start().run(ms=ms)
    for name in calls:
        board.call(name)
    (lines,) = coverage.files().values()
    return coverage, lines


def executed(lines):
    return sorted({line for arc in lines.gone for line in arc} - {OUTSIDE})


def test_the_lines_that_ran_and_the_ways_that_were_gone(program):
    _, lines = covered(program, 2)
    assert sorted(lines.code) == [4, 5, 7, 8, 10, 11, 12, 13, 14, 15, 17, 19, 21, 22, 23]
    assert executed(lines) == [4, 5, 7, 8, 10, 11]
    assert {arc for arc in lines.gone if arc[0] != OUTSIDE} == {(11, 10)}
    assert lines.possible == {(11, 10), (11, 12), (14, 15), (14, 17), (22, 21), (22, 23)}


def test_more_time_shows_more(program):
    _, lines = covered(program, 30, calls=["square"])
    assert executed(lines) == [4, 5, 7, 8, 10, 11, 12, 13, 14, 15, 19, 21, 22, 23]
    assert lines.possible - lines.gone == {(14, 17)}


def test_it_is_what_every_cycle_says(program):
    _, lines = covered(program, 21)
    board = Target.booted().take(program)
    board.chip.core.keep_cycles(1 << 18)
    board.start().run(ms=21)
    rows = {row.address: row.line for row in program.debug_info().rows if row.kind == "code"}
    ran = {rows[c.address] for c in last_cycles(board.chip.core) if c.kind == OPCODE and c.address in rows}
    assert executed(lines) == sorted(ran)


def test_calls_before_count_from_the_moment_of_covering_on(program):
    coverage = Coverage(program)
    board = Target.booted().take(program)
    board.call("square")
    board.cover(coverage)
    assert executed(*coverage.files().values()) == []
    board.call("square")
    assert executed(*coverage.files().values()) == [19, 21, 22, 23]


def test_a_covered_board_does_the_same_to_the_cycle(program):
    plain = Target.booted().take(program)
    plain.start().run(ms=77)
    board = Target.booted().take(program)
    board.cover(Coverage(program))
    board.start().run(ms=77)
    assert (board.cycle, board.registers) == (plain.cycle, plain.registers)
    assert board.pin("P70").edges == plain.pin("P70").edges


@pytest.fixture
def run(pytester):
    pytester.makefile(".asm", blink=SOURCE)
    pytester.makepyfile(TESTS)
    return lambda *options: pytester.runpytest("-p", "no:cacheprovider", *options)


TABLE = [
    "*coverage of the assembly source*",
    "Name *Stmts *Miss *Branch *BrPart *Cover *Missing",
    "blink.asm *15 *1 *6 *1 *90%*17",
]


def test_the_table(run):
    said = run("--asm-cov")
    said.assert_outcomes(passed=3)
    said.stdout.fnmatch_lines(TABLE)


def test_parallel_runs_merge(run):
    said = run("--asm-cov", "-n2")
    said.assert_outcomes(passed=3)
    said.stdout.fnmatch_lines(TABLE)


def test_the_reports(run, pytester):
    said = run("--asm-cov=html", "--asm-cov=lcov:out/a.lcov", "--asm-cov=xml")
    said.stdout.fnmatch_lines(
        ["html: *asm-htmlcov*index.html", "lcov: *out*a.lcov", "xml: *asm-coverage.xml"]
    )
    lcov = (pytester.path / "out" / "a.lcov").read_text()
    assert "SF:blink.asm" in lcov
    assert "DA:17,0" in lcov
    assert "BRDA:14,0,to line 17,0" in lcov
    assert 'line-rate="0.9333"' in (pytester.path / "asm-coverage.xml").read_text()
    (page,) = (pytester.path / "asm-htmlcov").glob("*blink_asm.html")
    assert "stp" in page.read_text()


def test_a_report_of_another_kind(run):
    said = run("--asm-cov=pdf")
    assert said.ret != 0
    said.stderr.fnmatch_lines(["*--asm-cov pdf: it is html, lcov, xml, with :PLACE behind it or without"])


def test_nothing_to_cover(pytester):
    pytester.makepyfile("def test_it():\n    pass\n")
    said = pytester.runpytest("-p", "no:cacheprovider", "--asm-cov")
    said.stdout.fnmatch_lines(["no program from a file was run by the fixture board"])
