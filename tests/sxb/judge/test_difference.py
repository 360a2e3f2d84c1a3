# SPDX-License-Identifier: MIT
"""The first difference of two boards."""

from __future__ import annotations

from asm816 import assemble
from sxb.judge.difference import first_difference
from sxb.judge.target import Target

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
