# SPDX-License-Identifier: MIT
"""Two crystals, one time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asm816.target.registers import ADDRESS
from emu.chip.clocks import Clocks, Schedule
from emu.cpu.core import NEVER, Core


def test_a_tick_makes_both_crystals_whole():
    clocks = Clocks(3_686_400, 32_768)
    assert (clocks.tick_hz, clocks.fclk_ticks, clocks.clk_ticks) == (7_372_800, 2, 225)


@given(st.sampled_from([1_843_200, 3_579_545, 3_686_400, 4_915_200, 8_000_000]), st.integers(0, 10**9))
def test_clock_of_is_the_first_clock_at_or_behind_a_tick(fclk, tick):
    clocks = Clocks(fclk, 32_768)
    clock = clocks.clock_of(tick)
    assert clocks.tick_of(clock) >= tick > clocks.tick_of(clock - 1)


def test_time_goes_on_where_phi2_changes():
    clocks = Clocks(3_686_400, 32_768)
    clocks.select_phi2(clocks.fclk_ticks, 1000)
    assert clocks.tick_of(1000) == 225_000
    assert clocks.tick_of(1010) == 225_020
    assert clocks.clock_of(225_020) == 1010


def test_a_schedule_keeps_order_and_forgets_what_is_called_off():
    core = Core()
    schedule = Schedule(Clocks(3_686_400, 32_768), core)
    done = []
    first = schedule.alarm("a", lambda tick: done.append(("a", tick)))
    last = schedule.alarm("b", lambda tick: done.append(("b", tick)))
    never = schedule.alarm("c", lambda tick: done.append(("c", tick)))
    last.set(100)
    last.set(300)  # moved
    first.set(225)
    never.set(225)
    never.cancel()
    assert schedule.state() == [["a", 225], ["b", 300]]
    assert core.event == 0
    assert schedule.next_clock() == 1
    core.clock = 2
    schedule.catch_up()
    assert done == [("a", 225), ("b", 300)]
    assert schedule.next_clock() == schedule.due == NEVER
    with pytest.raises(ValueError, match="already"):
        schedule.alarm("a", done.append)


def test_the_chip_starts_on_the_slow_crystal_and_sscr_selects_the_fast_one(idle):
    clocks = idle.chip.clocks
    assert clocks.phi2_ticks == clocks.fclk_ticks
    idle.write("SSCR", 0xF9)  # oscillator on, PHI2 on CLK
    assert clocks.phi2_ticks == clocks.clk_ticks
    before = clocks.tick_of(idle.core.clock)
    idle.pass_cycles(10)
    assert clocks.tick_of(idle.core.clock) - before == 10 * 225
    idle.write("SSCR", 0xFA)  # PHI2 from an oscillator that is off: it stays on CLK (assumed)
    assert clocks.phi2_ticks == clocks.clk_ticks


def test_reset_goes_back_to_the_slow_crystal(idle):
    idle.chip.reset()
    assert idle.chip.clocks.phi2_ticks == 225
    assert idle.chip.peek(ADDRESS["SSCR"]) == 0
