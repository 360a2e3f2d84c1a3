# SPDX-License-Identifier: MIT
"""Tones: the frequency that the formula says, on the pins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st


@given(
    latch=st.integers(20, 6000),
    number=st.integers(0, 1),
    fclk=st.sampled_from([3_579_545, 3_686_400, 4_915_200, 6_144_000, 8_000_000]),
)
def test_the_frequency_is_fclk_by_16_by_latch_plus_one(idle_chip, latch, number, fclk):
    idle = idle_chip(fclk_hz=fclk)
    idle.timer(5 + number, latch)
    idle.write("TER", 0x60)
    idle.write("BCR", 0x02 << number)
    start = idle.core.clock
    idle.pass_cycles(16 * (latch + 1) * 6)
    pin = idle.pin(f"TG{number}")
    measured = pin.measure(start + 1, idle.core.clock)
    assert measured.period * fclk == pytest.approx(16 * (latch + 1))
    assert measured.high == pytest.approx(measured.period / 2)
    assert idle.pin(f"TG{1 - number}").edges == []


def test_both_sound_at_once_with_their_own_frequencies(idle):
    idle.timer(5, 261)  # 879 Hz
    idle.timer(6, 130)  # 1759 Hz
    idle.write("TER", 0x60)
    idle.write("BCR", 0x06)
    idle.pass_cycles(368_640)
    assert idle.pin("TG0").frequency == pytest.approx(3_686_400 / 16 / 262)
    assert idle.pin("TG1").frequency == pytest.approx(3_686_400 / 16 / 131)


def test_a_new_latch_changes_the_pitch_at_the_next_step(idle):
    idle.timer(5, 99)
    idle.write("TER", 0x20)
    idle.write("BCR", 0x02)
    idle.pass_cycles(1600)
    idle.write("T5LL", 49)
    idle.pass_cycles(4000)
    assert idle.pin("TG0").frequency == pytest.approx(3_686_400 / 16 / 50)


def test_a_tone_whose_timer_stands_holds_its_level(idle):
    idle.timer(5, 99)
    idle.write("TER", 0x20)
    idle.write("BCR", 0x02)
    idle.pass_cycles(1000)
    idle.write("TER", 0x00)
    idle.pass_cycles(5000)
    edges = len(idle.pin("TG0").edges)
    idle.pass_cycles(5000)
    assert len(idle.pin("TG0").edges) == edges


@pytest.mark.parametrize(("waits", "first"), [(True, 800), (False, 500)])
def test_the_wave_begins_with_the_bit_or_runs_on_behind_it(idle_chip, waits, first):
    idle = idle_chip(tone_waits_for_enable=waits)
    idle.timer(5, 99)
    idle.write("TER", 0x20)
    idle.pass_cycles(1600 + 300 - 1)
    idle.write("BCR", 0x02)
    start = idle.core.clock
    idle.pass_cycles(3000)
    fall = next(clock for clock, level in idle.pin("TG0").edges if not level)
    assert fall - start == pytest.approx(first, abs=100)
