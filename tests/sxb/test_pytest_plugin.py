# SPDX-License-Identifier: MIT
"""The plugin: fixtures, the marker, options, and what a failure shows."""

from __future__ import annotations

import subprocess
import sys

import pytest

from sxb.client import connect  # noqa: F401 - what is loaded here, pytest inside pytest need not load anew
from sxb.journal import read_journal
from sxb.judge import desk, report, target  # noqa: F401

BLINK = """\
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
  bra loop
"""

MARK = '@pytest.mark.program("blink.asm"{})'


@pytest.fixture
def project(pytester):
    pytester.makefile(".asm", blink=BLINK)

    def run(test: str, *options: str):
        pytester.makepyfile(f"import pytest\n{test}\n")
        return pytester.runpytest("-p", "no:cacheprovider", *options)

    return run


def test_the_board_runs_the_program_of_the_marker(project):
    mark = MARK.format("")
    project(f"{mark}\ndef test_it(board):\n    board.run(ms=5)\n    assert board.leds[0]\n").assert_outcomes(
        passed=1
    )


def test_each_test_has_a_fresh_board(project):
    body = "    assert board.cycle - board.started == 0\n    board.run(ms=5)\n"
    mark = MARK.format("")
    project(f"{mark}\ndef test_a(board):\n{body}{mark}\ndef test_b(board):\n{body}").assert_outcomes(passed=2)


def test_a_text_is_assembled(project):
    test = '@pytest.mark.program(text="start:\\n stp\\n")\ndef test_it(board):\n    board.run(ms=1)\n    assert board.chip.core.stopped\n'
    project(test.replace('"start', '".65816\\n.org 0xb6\\nstart')).assert_outcomes(passed=1)


def test_a_program_with_errors_fails_with_them(project, pytester):
    pytester.makefile(".asm", bad=".65816\n.org 0xb6\n  lda.b #nowhere\n")
    said = project('@pytest.mark.program("bad.asm")\ndef test_it(board):\n    pass\n')
    said.assert_outcomes(errors=1)
    said.stdout.fnmatch_lines(["*bad.asm does not assemble:", "*bad.asm:3:*error*nowhere*"])


def test_a_program_that_is_not_there(project):
    said = project('@pytest.mark.program("none.asm")\ndef test_it(board):\n    pass\n')
    said.assert_outcomes(errors=1)
    said.stdout.fnmatch_lines(["*there is no none.asm in *"])


def test_the_marker_takes_nothing_else(project):
    said = project(MARK.format(", colour=1") + "\ndef test_it(board):\n    pass\n")
    said.stdout.fnmatch_lines(["*the marker program takes no colour; it is program(source, *"])
    assert said.ret != 0


def test_a_test_runs_once_per_board_that_is_asked_for(project):
    test = MARK.format("") + "\ndef test_it(board):\n    print('on', board.facts.name)\n"
    said = project(test, "--board", "emu:qbx", "--board", "emu:sxb", "-s")
    said.assert_outcomes(passed=2)
    said.stdout.fnmatch_lines(["*on qbx*", "*on sxb*"])


def test_a_test_runs_on_every_board_of_its_marker(project):
    test = (
        MARK.format(', board=("qbx", "sxb")') + "\ndef test_it(board):\n    print('on', board.facts.name)\n"
    )
    project(test, "-s").assert_outcomes(passed=2)


def test_a_test_that_belongs_elsewhere_is_skipped_with_the_reason(project):
    test = MARK.format(', board="qbx"') + "\ndef test_it(board):\n    pass\n"
    said = project(test, "--board", "emu:sxb", "-rs")
    said.assert_outcomes(skipped=1)
    said.stdout.fnmatch_lines(["*the program belongs on qbx, not on sxb*"])


ECHO = """
@pytest.mark.program({!r})
def test_pins(board):
    board.led(0).must_stay(1)
@pytest.mark.program({!r})
def test_text(board, monitor):
    monitor.send(b"Hi")
    board.must_print("hI", ms=5000)
@pytest.mark.program({!r})
def test_other_text(board):
    board.must_print("HELLO", ms=200)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo-terminals")
def test_the_same_test_through_a_pseudo_terminal(project, request, pytester):
    echo = str(request.config.rootpath / "examples" / "echo" / "echo.asm")
    said = project(ECHO.format(echo, echo, echo), "--board", "pty", "-rs")
    said.assert_outcomes(passed=1, skipped=1, failed=1)
    (journal,) = (pytester.path / "board-reports").glob("*.jsonl")
    said.stdout.fnmatch_lines([f"journal: *{journal.name}"])
    (session,) = read_journal(journal.read_text(), "the journal")
    assert session.bytes_of("<")  # the dialogue of the load, by a line behind a pseudo-terminal
    said.stdout.fnmatch_lines(["*must print b'HELLO' within 200 ms, but it printed nothing"])
    said.stdout.fnmatch_lines(
        ["*board.led cannot be had through the port pty: that needs emu:qbx or emu:sxb*"]
    )


def test_a_port_that_is_not_there(project):
    said = project("def test_it(monitor):\n    pass\n", "--board", "/dev/no-such-port")
    said.assert_outcomes(errors=1)
    said.stdout.fnmatch_lines(["*NoPortError*/dev/no-such-port*"])


def test_an_unknown_board(project):
    said = project("def test_it(board):\n    pass\n", "--board", "emu:c64")
    assert said.ret != 0
    said.stdout.fnmatch_lines(["*there is no board 'c64'; the virtual ones are emu:qbx, emu:sxb*"])


def test_the_limit_ends_a_run(project):
    said = project(MARK.format(", limit_ms=20") + "\ndef test_it(board):\n    board.run(ms=50)\n")
    said.assert_outcomes(failed=1)
    said.stdout.fnmatch_lines(
        ["*the program ran for 20 ms, which is its limit; it is at 00:* (*blink.asm:*)"]
    )


def test_the_monitor_is_that_of_the_board(project):
    test = """
def test_it(board, monitor, asm):
    monitor.load(asm("blink.asm").image)
    assert board.peek(0xB6) == 0x9C
    monitor.go(0xB6)
    board.run(ms=5)
    assert board.leds[0]
"""
    project(test).assert_outcomes(passed=1)


def test_the_monitor_alone(project):
    project("def test_it(monitor):\n    assert monitor.version()\n").assert_outcomes(passed=1)


def test_the_console(project):
    project(
        "def test_it(board, serial):\n    serial.send(b'?')\n    assert serial.expect('?')\n"
    ).assert_outcomes(passed=1)


def test_the_journal_of_a_failure_has_both_directions(project, request, pytester):
    echo = str(request.config.rootpath / "examples" / "echo" / "echo.asm")
    test = f"@pytest.mark.program({echo!r})\ndef test_it(board, serial):\n    serial.send(b'Hi')\n    board.must_print('NO', ms=50)\n"
    project(test).assert_outcomes(failed=1)
    (journal,) = (pytester.path / "board-reports").glob("*.jsonl")
    (session,) = read_journal(journal.read_text(), "the journal")
    assert (session.bytes_of(">"), session.bytes_of("<")) == (b"Hi", b"\x11hI")  # XON comes first
    assert session.pieces[0].seconds < session.pieces[1].seconds < 0.05


def test_a_failure_where_nothing_can_be_saved(project, pytester):
    (pytester.path / "taken").write_text("a file")
    said = project(MARK.format("") + "\ndef test_it(board):\n    assert False\n", "--board-reports=taken")
    said.assert_outcomes(failed=1)
    said.stdout.fnmatch_lines(["*-- not saved --*", "*taken*"])


def test_a_failure_shows_the_board_and_saves_its_waves(project, pytester):
    said = project(
        MARK.format("") + "\ndef test_it(board):\n    board.run(ms=50)\n    assert board.leds == []\n"
    )
    said.assert_outcomes(failed=1)
    said.stdout.fnmatch_lines(
        [
            "*-- board --*",
            "Mensch Microcomputer*, cycle *: * cycles (50.0* ms) after the start",
            "LED0 P70  *▔▁*ms period, 50% high",
            "PC=00:00* A=* S=01FF * E=0",
            "the last instructions:",
            "* 00:00C* wait* (*blink.asm:*)*",
            "*-- saved --*",
            "waves: *board-reports*test_it.vcd",
            "journal: *board-reports*test_it.jsonl",
        ]
    )
    folder = pytester.path / "board-reports"
    (waves,) = folder.glob("*.vcd")
    assert "$var wire 1" in waves.read_text()
    (journal,) = folder.glob("*.jsonl")
    (session,) = read_journal(journal.read_text(), "the journal")
    assert (session.port, session.whole) == ("emu:qbx", True)
    (text,) = folder.glob("*.txt")
    assert "the last instructions:" in text.read_text(encoding="utf-8")


def test_the_last_instructions_are_those_that_ran(project):
    test = MARK.format("") + "\ndef test_it(board):\n    board.run_to('loop')\n    assert False\n"
    said = project(test)
    said.stdout.fnmatch_lines(
        ["the last instructions:", "*00:00B6 start (*blink.asm:4) * stz 0xdf27"],
    )


def test_nothing_is_loaded_where_nobody_asks(pytester):
    pytester.makepyfile(
        "import sys\ndef test_it():\n    assert not [m for m in sys.modules if m.startswith(('emu', 'asm816', 'sxb.j'))]\n"
    )
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n0"],
        cwd=pytester.path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout


def test_tests_run_in_parallel(project):
    test = (
        MARK.format("")
        + "\n@pytest.mark.parametrize('n', range(4))\ndef test_it(board, n):\n    board.run(ms=5)\n"
    )
    project(test, "-n2").assert_outcomes(passed=4)
