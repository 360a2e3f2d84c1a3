# SPDX-License-Identifier: MIT
"""T4 on its pins, T7 as a stop watch."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emu.chip.settings import PulseCapture


@given(latch=st.integers(10, 2000))
def test_the_square_wave_has_two_timer_periods(idle_chip, latch):
    idle = idle_chip()
    idle.timer(4, latch)
    idle.write("TER", 0x10)
    idle.write("TCR", 0x02)
    idle.pass_cycles(7 * (latch + 1))
    pin = idle.pin("P61")
    assert 1 / pin.frequency * 3_686_400 == pytest.approx(2 * (latch + 1))
    assert pin.duty == 0.5


@pytest.mark.parametrize("high", [True, False])
def test_the_wave_starts_as_the_setting_says(idle_chip, high):
    idle = idle_chip(t4_output_starts_high=high)
    idle.write("TCR", 0x02)
    assert idle.pin("P61").level == high


def test_a_transmitter_keeps_the_pin_from_the_wave(idle):
    idle.timer(4, 20)
    idle.write("TER", 0x10)
    idle.write("ACSR0", 0x01)
    idle.write("TCR", 0x02)
    idle.pass_cycles(500)
    assert idle.pin("P61").edges == []
    idle.write("ACSR0", 0x00)
    idle.pass_cycles(500)
    assert len(idle.pin("P61").edges) > 20


@given(st.integers(0, 40), st.integers(0, 200))
def test_pulses_are_counted(idle_chip, latch, pulses):
    idle = idle_chip()
    idle.write("TCR", 0x01)
    idle.timer(4, latch)
    idle.write("TER", 0x10)
    for _ in range(pulses):
        idle.drive("P60", 0)
        idle.pass_cycles(7)
        idle.drive("P60", 1)
    assert idle.counter(4) == (latch - pulses) % (latch + 1)
    assert idle.read("TIFR") == (pulses > latch) << 4


def test_the_counted_edge_is_a_setting(idle_chip):
    idle = idle_chip(t4_counts_rising=True)
    idle.write("TCR", 0x01)
    idle.timer(4, 9)
    idle.write("TER", 0x10)
    idle.drive("P60", 0)
    assert idle.counter(4) == 9
    idle.drive("P60", 1)
    assert idle.counter(4) == 8


def test_a_timer_that_is_off_counts_no_pulse(idle):
    idle.write("TCR", 0x01)
    idle.timer(4, 9)
    idle.drive("P60", 0)
    assert idle.counter(4) == 9


def test_t4_can_count_its_own_wave_of_events_and_interrupt(idle):
    idle.write("TCR", 0x03)
    idle.timer(4, 1)
    idle.write("TER", 0x10)
    idle.write("TIER", 0x10)
    levels = []
    for _ in range(8):
        idle.drive("P60", 0)
        idle.drive("P60", 1)
        levels.append(idle.pin("P61").level)
    assert levels == [1, 0, 0, 1, 1, 0, 0, 1]
    assert idle.core.irq_native == 0xFF88


@given(st.lists(st.integers(3, 60_000), min_size=2, max_size=6))
def test_the_latch_holds_the_time_between_two_edges(idle_chip, widths):
    idle = idle_chip()
    idle.write("TER", 0x80)
    idle.write("TCR", 0x0C)
    level, since = 1, 0
    for number, width in enumerate(widths):
        idle.pass_cycles(width)
        level = 1 - level
        before = idle.core.clock
        idle.drive("P62", level)
        taken = 0xFFFF - (idle.read("T7LL") | idle.read("T7LH") << 8)
        if number:
            assert taken == before - since
        since = before


def test_without_capture_the_edge_is_flagged_only(idle_chip):
    idle = idle_chip(pulse_capture=PulseCapture.FLAG_ONLY)
    idle.timer(7, 0x4000)
    idle.write("TCR", 0x08)
    idle.drive("P62", 0)
    assert idle.read("EIFR") == 0x08
    assert (idle.counter(7), idle.read("T7LH")) == (0x4000, 0x40)
