# SPDX-License-Identifier: MIT
"""examples/pwm: the duty of each wave, and the monitor's clock that goes on meanwhile."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest

from asm816 import assemble

FCLK = 3_686_400
INTERRUPT = 16 * 120
"""Cycles: T2 counts FCLK / 16 and goes through 0 every 120 of them."""


@pytest.fixture(scope="module")
def program(examples):
    return assemble(examples / "pwm" / "pwm.asm")


def levels_of(wire, since):
    """High times in interrupts, one per wave; waves that are low throughout are not among them."""
    edges = [edge for edge in wire.edges if edge[0] >= since]
    return [round((down - up) / INTERRUPT) for (up, level), (down, _) in pairwise(edges) if level]


def test_the_level_goes_up_and_down_each_for_four_waves(program, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    since = board.cycle
    board.run(seconds=3)
    found = [(level, len(list(same))) for level, same in groupby(levels_of(board.pin("P70"), since))]
    for (level, _), (after, waves) in pairwise(found[:-1]):
        assert abs(after - level) == 1 or (level, after) == (1, 1)
        assert waves == (8 if after in (1, 15) and waves == 8 else 4)
    assert {level for level, _ in found} == set(range(1, 16))
    assert [waves for level, waves in found[1:-1] if level == 15] == [8] * 3


def test_the_groups_are_each_others_complement(program, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    board.run(seconds=1)
    low, high = board.pin("P70").edges, board.pin("P77").edges
    assert [(clock, 1 - level) for clock, level in low][-50:] == high[-50:]


def test_the_clock_of_the_monitor_goes_on(program, booted):
    board = booted("qbx")
    board.load(program.image)
    before = board.peek(0xDF96)
    board.jml(program.symbols["start"])
    board.run(seconds=2.5)
    assert (board.peek(0xDF96) - before) % 60 in (2, 3)


def test_it_fits_the_free_ram(program):
    assert (program.image.first, program.image.size) == (0x00B6, 73)
