# SPDX-License-Identifier: MIT
"""examples/morse: the signs are read back from the waveform."""

from __future__ import annotations

from itertools import pairwise

import pytest

from asm816 import assemble

UNIT = 368_640
"""Cycles of a tenth of a second."""

LETTERS = {"...": "S", "---": "O"}


@pytest.fixture(scope="module")
def program(examples):
    return assemble(examples / "morse" / "morse.asm")


def units_of(wire, since):
    """(level, units) between edges from `since` on; 0.1 % is the most that a time may be off."""
    edges = [edge for edge in wire.edges if edge[0] >= since]
    for (clock, level), (after, _) in pairwise(edges):
        if after - clock < 100:
            continue  # PCS7 lets the pins go before PD7 is 0
        units = round((after - clock) / UNIT)
        assert after - clock == pytest.approx(units * UNIT, rel=0.001)
        yield level, units


def test_it_calls_sos(program, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    since = board.cycle
    board.run(seconds=6.85)
    text = ""
    for level, units in units_of(board.pin("P70"), since):
        text += {(1, 1): ".", (1, 3): "-", (0, 1): "", (0, 3): " ", (0, 7): " / "}[level, units]
    words = ["".join(LETTERS[sign] for sign in word.split()) for word in text.split(" / ")]
    assert words == ["SOS", "SOS", ""]


def test_all_leds_go_together(program, booted):
    board = booted("qbx")
    board.load(program.image)
    board.jml(program.symbols["start"])
    board.run(seconds=1)
    edges = {tuple(board.pin(f"P7{n}").edges[-6:]) for n in range(8)}
    assert len(edges) == 1


def test_it_fits_the_free_ram(program):
    assert (program.image.first, program.image.size) == (0x00B6, 63)
