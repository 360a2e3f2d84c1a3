# SPDX-License-Identifier: MIT
"""Edges, IRQ, NMI and ABORT."""

from __future__ import annotations

import pytest

from emu.cpu.bus import NEVER


@pytest.mark.parametrize(
    ("pin", "name", "rising"),
    [("P56", 0x01, 1), ("P57", 0x02, 0), ("P60", 0x04, 1), ("P64", 0x10, 0), ("P66", 0x20, 0)],
)
def test_only_its_own_edge_sets_a_flag(idle, pin, name, rising):
    idle.drive(pin, 1 - rising)
    idle.write("EIFR", 0xFF)
    for _ in range(3):
        assert idle.read("EIFR") == 0
        idle.drive(pin, rising)
        assert idle.read("EIFR") == name
        idle.drive(pin, 1 - rising)
        idle.write("EIFR", 0xFF)


def test_an_output_makes_edges_too(idle):
    idle.write("PDD5", 0x40)
    idle.write("EIFR", 0xFF)
    idle.write("PD5", 0x40)
    assert idle.read("EIFR") == 0x01


def test_irq_asks_as_long_as_its_pin_is_low(idle):
    idle.write("EIER", 0x80)
    idle.drive("P41", 0)
    assert idle.core.irq_native == 0xFF9E
    idle.write("EIFR", 0x80)
    assert idle.core.irq_since != NEVER
    idle.drive("P41", 1)
    assert idle.core.irq_since == NEVER


def test_irq_as_a_flag_that_the_level_sets(idle_chip):
    idle = idle_chip(irq_flag_follows_pin=False)
    idle.drive("P41", 0)
    idle.drive("P41", 1)
    assert idle.read("EIFR") == 0x80
    idle.write("EIFR", 0x80)
    assert idle.read("EIFR") == 0


def test_irq_that_is_low_at_reset_is_flagged_again(idle):
    idle.drive("P41", 0)
    idle.chip.reset()
    assert idle.read("EIFR") == 0x80


@pytest.mark.parametrize(("highest", "vector"), [(True, 0xFFAE), (False, 0xFF80)])
def test_priority_is_a_setting(idle_chip, highest, vector):
    idle = idle_chip(highest_offset_first=highest)
    idle.write("TIER", 0xFF)
    idle.write("UIER", 0xFF)
    for bit in (0, 4, 22, 23):
        idle.chip.interrupts.raise_flag(bit, idle.core.clock)
    assert idle.core.irq_native == vector


def test_nmi_that_is_low_already_comes_when_its_bit_is_set(idle):
    idle.drive("P40", 0)
    assert idle.core.nmi_since == NEVER
    idle.write("BCR", 0x40)
    assert idle.core.nmi_since == idle.core.clock


def test_the_pulse_of_the_board_leaves_the_pin_as_it_was(idle):
    idle.chip.nmi()
    assert [level for _, level in idle.pin("P40").edges] == [0, 1]
    assert idle.pin("P40").level == 1
