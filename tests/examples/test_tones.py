# SPDX-License-Identifier: MIT
"""examples/tones: two waves on the tone generators' pins, of the counts' frequencies, then silence."""

from __future__ import annotations

from itertools import pairwise

import pytest

from asm816 import assemble

FCLK = 3_686_400


def test_the_waves_have_the_frequencies_of_their_counts(examples, booted):
    program = assemble(examples / "tones" / "tones.asm")
    board = booted("qbx")
    board.load(program.image)
    board.serial(3).take()
    board.jml(program.symbols["start"])
    begun = board.seconds
    board.run(seconds=1.5)
    for pin, wanted in (("TG0", 440), ("TG1", 550)):
        edges = board.pin(pin).edges
        rising = [clock for clock, level in edges if level]
        # the timer ran for some cycles before its tone was switched on: the first wave is as much shorter
        (period,) = {after - before for before, after in pairwise(rising[1:])}
        assert period % 16 == 0
        assert FCLK / period == pytest.approx(wanted, rel=0.001)
        assert edges[-1][1] == 0
        assert len(rising) == pytest.approx(wanted * (edges[-1][0] - edges[0][0]) / FCLK, abs=1)
        assert (edges[-1][0] - edges[0][0]) / FCLK == pytest.approx(1.067, abs=0.01)
    assert board.peek(0xDF43) & 0x60 == 0
    assert board.seconds > begun + 1.4
    assert board.serial(3).take().endswith(b"\r>")
    assert (program.image.first, program.image.size) == (0x00B6, 29)
