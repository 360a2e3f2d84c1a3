# SPDX-License-Identifier: MIT
"""Timers are computed; here they are held against counting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emu.chip.timers import FCLK_DIVISOR, Timer
from emu.cpu.bus import NEVER


@given(
    latch=st.integers(0, 40),
    start=st.integers(0, 40),
    period=st.integers(1, 7),
    steps=st.lists(st.integers(1, 200), max_size=8),
    reload=st.integers(0, 40),
)
def test_advance_equals_counting_edge_by_edge(latch, start, period, steps, reload):
    timer = Timer()
    timer.latch = start
    timer.load()
    timer.latch = latch
    timer.set_source(running=True, period=period, tick=0)
    count, tick = start, 0
    for number, step in enumerate(steps):
        wraps = 0
        if number == 3:
            timer.latch = latch = reload
        for now in range(tick + 1, tick + step + 1):
            if now % period == 0:
                wraps += count == 0
                count = latch if count == 0 else count - 1
        tick += step
        assert timer.counter(tick) == count
        assert timer.advance(tick) == wraps
        assert timer.counter(tick) == count
        assert timer.underflow_tick() == (tick // period + count + 1) * period


def test_a_stopped_timer_stands_still(idle):
    idle.write("T3CL", 0x34)
    idle.write("T3CH", 0x12)
    idle.pass_cycles(5000)
    assert idle.read("T3CH") << 8 | idle.read("T3CL") == 0x1234


def test_the_high_counter_byte_loads_both_and_the_latch_bytes_do_not(idle):
    idle.write("T3CL", 0x10)
    idle.write("T3CH", 0x00)
    idle.write("T3LL", 0x99)
    idle.write("T3LH", 0x88)
    assert (idle.read("T3CL"), idle.read("T3LL"), idle.read("T3LH")) == (0x10, 0x99, 0x88)


@pytest.mark.parametrize("n", [n for n in range(8) if FCLK_DIVISOR[n]])
def test_the_flag_comes_after_latch_plus_one_edges_and_again(idle, n):
    latch, divisor = 99, FCLK_DIVISOR[n]
    idle.write(f"T{n}CL", latch)
    idle.write(f"T{n}CH", 0)
    idle.write("TER", 1 << n)
    edges = 3 * (latch + 1)
    idle.pass_cycles(edges * divisor + divisor)
    assert idle.read("TIFR") == 1 << n
    idle.write("TIFR", 1 << n)
    assert idle.read("TIFR") == 0
    idle.pass_cycles((latch + 1) * divisor)
    assert idle.read("TIFR") == 1 << n


def test_t1_with_7fff_interrupts_once_a_second(idle):
    idle.write("T1CL", 0xFF)
    idle.write("T1CH", 0x7F)
    idle.write("TIER", 0x02)
    idle.write("TER", 0x02)
    start = idle.chip.schedule.now()
    assert idle.core.irq_since == NEVER
    idle.core.waiting = 1
    while idle.core.irq_since == NEVER:
        idle.core.run(idle.core.clock + 1000)
    elapsed = idle.chip.clocks.tick_of(idle.core.irq_since) - start
    assert 0 <= 7_372_800 - elapsed < 225 + 2 * 1  # up to one edge of the 32 kHz crystal early
    assert idle.core.irq_native == 0xFF82
    idle.write("TIFR", 0x02)
    assert idle.core.irq_since == NEVER


def test_fclk_timers_stand_while_the_oscillator_is_off(idle):
    idle.write("T3CL", 0xFF)
    idle.write("T3CH", 0xFF)
    idle.write("TER", 0x08)
    idle.write("SSCR", 0x00)
    before = idle.read("T3CH") << 8 | idle.read("T3CL")
    idle.pass_cycles(100)
    assert idle.read("T3CH") << 8 | idle.read("T3CL") == before


@given(latch=st.integers(0, 2000), pauses=st.lists(st.integers(1, 3000), min_size=1, max_size=5))
def test_reading_at_any_moment_fits_the_closed_form(idle_chip, latch, pauses):
    idle = idle_chip()
    idle.write("T4CL", latch & 0xFF)
    idle.write("T4CH", latch >> 8)
    idle.write("TER", 0x10)
    start = idle.core.clock
    for pause in pauses:
        idle.pass_cycles(pause)
        value = idle.read("T4CL")
        elapsed = idle.core.clock - start
        assert value == (latch - elapsed) % (latch + 1) & 0xFF
