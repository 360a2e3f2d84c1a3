# SPDX-License-Identifier: MIT
"""What is computed equals what is counted tick by tick."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from emu.chip.timers import FCLK_DIVISOR

from .ticked import Ticked

BYTE = st.integers(0, 255) | st.integers(0, 6)
WRITE = st.one_of(
    st.tuples(st.sampled_from([f"T{n}{k}" for n in range(8) for k in ("CL", "LL")]), BYTE),
    st.tuples(
        st.sampled_from([f"T{n}{k}" for n in range(8) for k in ("CH", "LH")]),
        st.sampled_from([0, 0, 0, 1, 9]),
    ),
    st.tuples(st.just("TER"), st.sampled_from([0xFF, 0xF0, 0x0F, 0x00]) | BYTE),
    st.tuples(st.just("TIFR"), BYTE),
    st.tuples(st.just("TCR"), st.integers(0, 15)),
    st.tuples(st.just("BCR"), st.sampled_from([0x00, 0x02, 0x04, 0x06])),
    st.tuples(st.just("SSCR"), st.sampled_from([0xFB, 0xFB, 0xF9, 0xF8, 0x03])),
    st.tuples(st.sampled_from(["P60", "P62"]), st.integers(0, 1)),
)
PLAN = st.lists(st.tuples(WRITE, st.integers(0, 120)), min_size=1, max_size=40)


@given(PLAN, st.sampled_from([98_304, 229_376, 49_152]))
def test_computed_equals_counted(idle_chip, plan, fclk):
    idle = idle_chip(fclk_hz=fclk)
    clocks, schedule = idle.chip.clocks, idle.chip.schedule
    start = schedule.now()
    model = Ticked(clocks.fclk_ticks, clocks.clk_ticks, start)
    for (name, value), pause in plan:
        if name.startswith("P6"):
            idle.drive(name, value)
            model.run_to(schedule.now())
            model.drive(name, value)
        else:
            idle.write(name, value)
            model.run_to(schedule.now())
            model.write(name, value)
        idle.pass_cycles(pause)
        flags = idle.read("TIFR")
        model.run_to(schedule.now())
        assert flags == model.tifr
        assert idle.chip.interrupts.flags >> 8 & 0x08 == model.eifr
        assert [idle.chip.timers.read_counter(n) for n in range(8)] == model.count
        assert [timer.latch for timer in idle.chip.timers.timers] == model.latch
    for name, edges in model.edges.items():
        wire = idle.pin(name)
        levels = [level for _, level in wire.edges]
        assert list(zip(wire.ticks, levels, strict=True)) == edges, name


@given(
    n=st.integers(0, 7),
    latch=st.integers(0, 0xFFFF) | st.integers(0, 20),
    fclk=st.sampled_from([1_843_200, 3_579_545, 3_686_400, 4_915_200, 6_144_000, 8_000_000]),
    pauses=st.lists(st.integers(0, 2_000_000) | st.integers(0, 50), min_size=1, max_size=6),
)
def test_any_latch_any_clock_any_moment(idle_chip, n, latch, fclk, pauses):
    idle = idle_chip(fclk_hz=fclk)
    clocks = idle.chip.clocks
    period = clocks.fclk_ticks * FCLK_DIVISOR[n] if FCLK_DIVISOR[n] else clocks.clk_ticks
    idle.timer(n, latch)
    idle.write("TER", 1 << n)
    first = idle.chip.schedule.now() // period
    for pause in pauses:
        idle.pass_cycles(pause)
        flags = idle.read("TIFR")
        edges = idle.chip.schedule.now() // period - first
        assert idle.chip.timers.read_counter(n) == (latch - edges) % (latch + 1)
        assert flags == (edges > latch) << n


@given(latch=st.integers(0, 0xFFFF) | st.integers(0, 200), n=st.integers(0, 7))
def test_the_interrupt_comes_with_the_edge(idle_chip, n, latch):
    idle = idle_chip()
    clocks = idle.chip.clocks
    period = clocks.fclk_ticks * FCLK_DIVISOR[n] if FCLK_DIVISOR[n] else clocks.clk_ticks
    idle.write("TIER", 1 << n)
    idle.timer(n, latch)
    idle.write("TER", 1 << n)
    edge = (idle.chip.schedule.now() // period + latch + 1) * period
    idle.core.waiting = 1
    idle.core.run(clocks.clock_of(edge) + 5)
    assert idle.core.irq_since == clocks.clock_of(edge)
