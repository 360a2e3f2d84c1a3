# SPDX-License-Identifier: MIT
"""Pacing, with a clock of the test's own."""

from __future__ import annotations

from emu.serve.pacing import MAX_LAG, Pacer


def test_a_board_that_runs_ahead_waits():
    wall = [100.0]
    pacer = Pacer(lambda: wall[0])
    assert pacer.wait_after(0.0) == 0.0
    wall[0] += 0.001
    assert abs(pacer.wait_after(0.004) - 0.003) < 1e-9


def test_a_short_lag_is_made_up_and_a_long_one_forgiven():
    wall = [0.0]
    pacer = Pacer(lambda: wall[0])
    pacer.wait_after(0.0)
    wall[0] = 0.05
    assert pacer.wait_after(0.004) == 0.0
    assert abs(pacer.wait_after(0.06) - 0.01) < 1e-9  # the arrears were made up first
    wall[0] = 10.0
    assert pacer.wait_after(0.1) == 0.0
    wall[0] += 0.001
    assert pacer.wait_after(0.1 + MAX_LAG) > 0.09
