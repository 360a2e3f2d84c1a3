# SPDX-License-Identifier: MIT
"""The first difference of two boards."""

from __future__ import annotations

from asm816 import assemble
from sxb.client import connect
from sxb.journal import Recorder, read_journal
from sxb.judge.difference import first_difference, first_difference_from_journal
from sxb.judge.target import CONSOLE_UART, Target

SOURCE = """\
.65816
.org 0x00b6
start:
  ldx #{}
wait:
  dex
  bne wait
  sta 0x01
  bra start
"""


def board(count: int, **settings) -> Target:
    return Target.booted("qbx", **settings).take(assemble(text=SOURCE.format(count))).start()


def test_equal_boards_do_not_differ():
    assert first_difference(board(9_000), board(9_000), cycles=100_000) is None


def test_two_cores_do_not_differ():
    assert first_difference(board(900), board(900, backend="plain"), cycles=20_000) is None


def test_the_first_difference_is_found_with_what_led_there():
    found = first_difference(board(0x1234), board(0x1235), cycles=100_000)
    assert found is not None
    assert found.cycle == 2  # the low byte of the number
    assert str(found).splitlines()[0] == "the first difference is in cycle 2 from the beginning:"
    assert "opcode   A2  00:00B6 start (<text>:4)" in str(found)
    one, two = str(found).splitlines()[-2:]
    assert one.startswith("one  ")
    assert "reads    34  00:00B7" in one
    assert "reads    35  00:00B7" in two


def test_a_difference_far_away():
    one, two = board(9_000), board(9_000)
    two.drive("P50", 0)
    two.memory[0x00BB + 1 : 0x00BB + 2] = bytes([two.peek(0x00BC)])  # the same byte: no difference
    assert first_difference(one, two, cycles=50_000) is None
    two.memory[0x00B7] = 0x29
    found = first_difference(one, two, cycles=100_000)
    assert found is not None
    assert 0 < found.cycle < 100_000


# ---------------------------------------------------------------------- a board and a journal


def journal(act):
    """The journal of a connection to another board like it."""
    lines = []
    recorder = Recorder(lines.append, "test", "a test", lambda: "")
    other = Target.booted()
    other.serial(CONSOLE_UART).take()  # its greeting was heard before
    with connect(other, journal=recorder) as monitor:
        act(monitor)
    recorder.end()
    (recording,) = read_journal("".join(lines), "the journal")
    return recording


def test_a_board_does_what_a_journal_says():
    recording = journal(lambda monitor: monitor.read(0x0100, 16))
    assert first_difference_from_journal(recording, Target.booted()) is None


def test_the_first_byte_that_differs_from_a_journal():
    recording = journal(lambda monitor: monitor.read(0x0100, 16))
    board = Target.booted()
    board.memory[0x0103] = board.peek(0x0103) ^ 0x0F
    found = first_difference_from_journal(recording, board)
    assert found is not None
    first, before, said, emulated = str(found).splitlines()
    assert first.startswith("the first difference is in byte ")
    assert before.startswith("before    b'")
    assert said.removeprefix("journal   ") != emulated.removeprefix("emulator  ")
    assert ", and is at 00:" in emulated
    assert found.cycle > 0


def test_a_board_that_says_nothing_differs_from_a_journal():
    recording = journal(lambda monitor: monitor.read(0x0100, 16))
    board = Target.booted().take(assemble(text=".65816\n.org 0xb6\nstart:\n  stp\n")).start()
    assert "emulator  nothing, and is at 00:00B7" in str(first_difference_from_journal(recording, board))
